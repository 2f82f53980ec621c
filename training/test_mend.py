"""Stray colours go from the target, and the decoder alone learns it."""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path

import pytest
import torch

from . import mend
from .average import read_run
from .checkpoint import save
from .colour_paths import find_carried
from .networks import Networks
from .test_train import make_run


def test_colours_that_follow_the_photo_stay_and_a_red_rim_goes() -> None:
    photo = torch.rand(1, 3, 48, 48)
    strokes = 0.1 * torch.randn(1, 1, 48, 48)
    followed = 0.2 + 0.5 * photo.flip(1) + strokes  # blue for red: linear in the photo's colours
    torch.testing.assert_close(mend.without_stray(followed, photo, 1.5), followed, atol=2e-3, rtol=0)
    rimmed = followed.clone()
    rimmed[:, :, 10:40, 20] = torch.tensor([1.0, 0, 0]).view(1, 3, 1)
    mended = mend.without_stray(rimmed, photo, 1.5)
    rim = (slice(None), slice(None), slice(10, 40), 20)
    colours = [mend.opponent(x - followed)[:, 1:][rim].square().mean() for x in (mended, rimmed)]
    assert colours[0] < 0.3 * colours[1]
    torch.testing.assert_close(mended.sum(1), rimmed.sum(1))  # lightness
    away = mended.clone()
    away[rim] = followed[rim]
    assert (away - followed).abs().max() < 0.06


def test_a_picture_of_one_colour_is_left_alone() -> None:
    flat = torch.full((1, 3, 16, 16), 0.4)
    torch.testing.assert_close(mend.without_stray(flat, flat, 1.5), flat)


def test_the_decoder_learns_it_and_all_else_stays(
    packs: Path, teacher_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(make_run(packs, teacher_folder), tmp_path / "run.pt")
    command = ["mend", "--checkpoint", str(tmp_path / "run.pt"), "--data", str(packs)]
    options = ["--steps", "6", "--batch", "1", "--crop", "32", "--out"]
    monkeypatch.setattr(sys, "argv", [*command, *options, str(tmp_path / "once.pt")])
    mend.main()
    begin = ["--begin", str(tmp_path / "once.pt")]
    monkeypatch.setattr(sys, "argv", [*command, *begin, *options, str(tmp_path / "twice.pt")])
    mend.main()
    runs = [read_run(tmp_path / f"{name}.pt") for name in ("run", "once", "twice")]
    changed = [
        {k for k, v in one["networks"].items() if not v.equal(other["networks"][k])}
        for one, other in pairwise(runs)
    ]
    assert changed[0] == changed[1]
    assert {name.split(".")[0] for name in changed[0]} == {"decoder"}
    assert [len(run["settings"].get("mended", [])) for run in runs] == [0, 1, 2]
    networks = [Networks() for _ in runs]
    for one, run in zip(networks, runs, strict=True):
        one.load_state_dict(run["networks"])
    for before, after in zip(find_carried(networks[0]), find_carried(networks[2]), strict=True):
        assert before.layer == after.layer
        assert before.weight.equal(after.weight)


def test_a_mended_picture_is_nearer_after_some_steps(packs: Path, teacher_folder: Path) -> None:
    run = make_run(packs, teacher_folder)
    networks, painter = Networks(), Networks()
    for one in (networks, painter):
        one.load_state_dict(run.networks.state_dict())
    mending = mend.Mending(networks, painter, packs, 3)
    apart = [mending.step(1, 32, 0.5, 1e-3) for _ in range(60)]
    first, last = (
        sum(now for now, _ in part) / max(sum(before for _, before in part), 1e-12)
        for part in (apart[:8], apart[-16:])
    )
    assert last < 0.9 * first

"""A run can begin with exported weights, and gives older ones opponent colours without changing a picture."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from . import colour_paths
from .checkpoint import save
from .data import read_pack
from .export import read_export, write_export
from .model import DinNet
from .norms import adain, din, statistics
from .restart import leave_alone, start_from_export
from .run import Run
from .test_train import TINY, make_run


def export(run: Run, packs: Path, folder: Path) -> Path:
    save(run, folder / "checkpoint.pt")
    state = torch.load(folder / "checkpoint.pt", weights_only=False)
    write_export(state, list(read_pack(packs, "content").values())[:2], folder / "weights")
    return folder / "weights"


@torch.no_grad()
def given_back(run: Run, picture: torch.Tensor) -> torch.Tensor:
    return run.networks.decoder(run.networks.encoder(picture))


def test_weights_with_red_green_and_blue_get_opponent_axes_and_the_same_pictures(
    packs: Path, teacher_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older:
        older.setattr(colour_paths, "turn_to_opponent", lambda *_: None)
        first = make_run(packs, teacher_folder)
    picture = torch.rand(1, 3, 32, 32)
    second = make_run(packs, teacher_folder, replace(TINY, seed=1))
    folder = export(first, packs, tmp_path)
    start_from_export(second, folder)
    exported = read_export(folder)
    with torch.no_grad():
        before = exported.decoder(exported.encoder(picture))
    torch.testing.assert_close(given_back(second, picture), before, rtol=0, atol=1e-3)
    rows = {layer: taken for layer, taken, *_ in second.carried}
    assert len(rows) == 10
    axes = colour_paths.colours_in(second.networks.encoder, rows["encoder.conv4"])
    assert axes.abs().sum() > 1.5 * axes.abs().max(1).values.sum()
    assert [stage["reached"] for stage in second.stages] == [0]


def test_weights_with_opponent_axes_stay_as_they_are(
    packs: Path, teacher_folder: Path, tmp_path: Path
) -> None:
    first = make_run(packs, teacher_folder)
    folder = export(first, packs, tmp_path)
    second = make_run(packs, teacher_folder, replace(TINY, seed=1))
    start_from_export(second, folder)
    exported = read_export(folder)
    for name, value in exported.encoder.state_dict().items():
        assert torch.equal(second.networks.encoder.state_dict()[name], value)
    assert {c.layer for c in second.carried} == {c.layer for c in first.carried}


def test_din_acts_as_adain_on_channels_left_alone_and_hears_nothing_of_them() -> None:
    net = DinNet(channels=16, group_size=4, hidden=6)
    for head in (net.pointwise, net.depthwise, net.bias):
        torch.nn.init.normal_(head.weight, std=0.3)
    leave_alone(net, [1, 9])
    photo, painting = torch.randn(1, 16, 12, 12), torch.randn(1, 16, 12, 12)
    edited = din(photo, statistics(painting), net)
    expected = adain(photo, statistics(painting))
    torch.testing.assert_close(edited[:, [1, 9]], expected[:, [1, 9]])
    assert (edited - expected)[:, [0, 2, 3, 8]].abs().max() > 0.1
    louder = painting.clone()
    louder[:, [1, 9]] += 3  # means only: the scale is of stds
    again = din(photo, statistics(louder), net)
    others = [i for i in range(16) if i not in (1, 9)]
    torch.testing.assert_close(again[:, others], edited[:, others])


def test_training_din_alone_leaves_encoder_and_decoder(packs: Path, teacher_folder: Path) -> None:
    run = make_run(packs, teacher_folder, replace(TINY, feature_steps=0, din_only=True))
    before = {k: v.clone() for k, v in run.networks.state_dict().items()}
    run.train_step()
    changed = {k.split(".")[0] for k, v in run.networks.state_dict().items() if not torch.equal(v, before[k])}
    assert changed == {"din"}

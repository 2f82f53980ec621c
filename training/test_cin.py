"""CIN's table begins as AdaIN's, gets nearer to its painting, and goes on where it was stopped."""

from __future__ import annotations

import argparse
import math
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from . import cin, losses, norms
from .cin_fit import Fit, FitSettings
from .cin_table import CinError, CinTable, read_table
from .data import read_pack, to_tensor
from .export import read_export, write_export
from .model import LEVEL_CHANNELS, LEVELS, Features
from .run import Networks
from .settings import Settings

TINY = FitSettings(steps=12, crop=32, photos=4, held_out=2)
PAINTING = np.random.RandomState(5).randint(0, 256, (48, 40, 3)).astype(np.uint8)


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Untrained networks, exported."""
    torch.manual_seed(9)
    settings = asdict(Settings(precision="float32"))
    state = {"settings": settings, "step": 1, "averages": {}, "networks": Networks().state_dict()}
    folder = tmp_path_factory.mktemp("weights")
    write_export(state, [PAINTING], folder)
    return folder


@pytest.fixture(scope="module")
def fit(weights: Path, packs: Path, teacher_folder: Path) -> Fit:
    return Fit(read_export(weights), teacher_folder, packs, TINY, torch.device("cpu"))


def test_the_table_starts_as_adain(fit: Fit, packs: Path) -> None:
    photo, painting = to_tensor(next(iter(read_pack(packs, "content").values()))), to_tensor(PAINTING)
    table = fit.start(painting)
    assert {name: len(values) for name, values in table.items()} == {
        f"{level}/{part}": channels
        for level, channels in zip(LEVELS, LEVEL_CHANNELS, strict=True)
        for part in ("gamma", "beta")
    }
    with torch.no_grad():
        seen = fit.look(photo)
        pairs = zip(fit.encoder(photo), fit.encoder(painting), strict=True)
        edited = Features(*(norms.adain(a, norms.statistics(b)) for a, b in pairs))
        found = fit.decode(table, seen, torch.tensor([0]))
        torch.testing.assert_close(found, fit.decoder(edited), rtol=1e-4, atol=1e-4)


def test_a_fit_lowers_the_style_loss_and_leaves_the_networks_alone(fit: Fit) -> None:
    before = {name: value.clone() for name, value in fit.decoder.state_dict().items()}
    table, scores = fit.fit(PAINTING)
    assert scores["cin style"] < scores["adain style"]
    assert all(value.isfinite().all() and not value.requires_grad for value in table.values())
    assert all(value.equal(before[name]) for name, value in fit.decoder.state_dict().items())


def test_content_loss_beyond_adains_is_held_back(fit: Fit) -> None:
    """The more it costs, the nearer the table stays to what AdaIN's content loss allows."""
    style = losses.style_moments(fit.teacher(to_tensor(PAINTING)))
    usual = fit.measure(fit.start(to_tensor(PAINTING)), fit.seen, style)[:, 0].mean()
    content: list[float] = []
    settings = fit.settings
    for weight in (0.0, 1000.0):
        fit.settings = replace(settings, excess_weight=weight, allowed=0.5, steps=24)
        content.append(float(fit.measure(fit.fit(PAINTING)[0], fit.seen, style)[:, 0].mean()))
    fit.settings = settings
    assert content[1] < content[0]
    assert content[1] < usual


def test_what_counts_as_won_is_a_tenth_less_style_loss_at_no_more_content_loss() -> None:
    scores = {"adain style": 1.0, "adain content": 2.0, "cin style": 0.89, "cin content": 2.0}
    assert cin.won(scores)
    assert not cin.won(scores | {"cin content": 2.01})
    assert not cin.won(scores | {"cin style": 0.91})


@pytest.fixture
def asked(
    weights: Path, packs: Path, teacher_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> argparse.Namespace:
    """Two presets, painted by pictures of the small pack."""
    known = tuple(p._replace(file=f"style_{i:02}") for i, p in enumerate(cin.PRESETS[:2]))
    pictures = {f"{preset.file}.webp": PAINTING for preset in known}
    monkeypatch.setattr(cin, "PRESETS", known)
    monkeypatch.setattr(cin, "read_pack", lambda *_: pictures)
    return argparse.Namespace(
        data=packs,
        teacher_weights=teacher_folder,
        weights=weights,
        out=tmp_path / "cin.safetensors",
        presets=None,
        minutes=math.inf,
        device="cpu",
    )


def test_a_stopped_fit_goes_on_with_the_presets_that_are_missing(asked: argparse.Namespace) -> None:
    first, second = (preset.id for preset in cin.PRESETS)
    asked.presets = second
    early = cin.fit_all(asked, replace(TINY, steps=1))
    assert list(early.scores) == [second]
    asked.presets = None
    whole = cin.fit_all(asked, replace(TINY, steps=1))
    assert list(whole.scores) == [second, first]
    stored = read_table(asked.out, read_export(asked.weights).manifest)
    assert stored.scores == whole.scores
    assert len(stored.values) == 2 * 4
    name = f"{second}/fine/gamma"
    assert stored.values[name].equal(early.values[name])
    assert stored.values[name].dtype == torch.float32


def test_no_preset_is_begun_after_the_time_is_up(asked: argparse.Namespace) -> None:
    asked.minutes = -1
    assert cin.fit_all(asked, TINY).scores == {}
    assert not asked.out.exists()


def test_a_table_of_other_weights_or_of_another_fit_is_refused(asked: argparse.Namespace) -> None:
    manifest: dict[str, Any] = read_export(asked.weights).manifest
    table = CinTable({"encoder": "an older one", "decoder": "an older one"}, asdict(TINY))
    table.save(asked.out)
    with pytest.raises(CinError, match="other weights"):
        read_table(asked.out, manifest)
    asked.out.unlink()
    cin.begin(asked.out, manifest, TINY).save(asked.out)
    with pytest.raises(CinError, match="other settings"):
        cin.begin(asked.out, manifest, replace(TINY, steps=99))


def test_a_preset_that_does_not_exist_is_named() -> None:
    with pytest.raises(CinError, match="there is no preset picasso"):
        cin.chosen_presets("picasso")

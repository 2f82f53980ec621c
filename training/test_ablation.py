"""Every variant can be trained, and differs in what it says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from .ablation import SHORT, VARIANTS, multiplications
from .restyling import Norm
from .run import Run

TINY = {"precision": "float32", "steps": 4, "crop": 32, "batch": 1, "feature_steps": 0, "warm_up": 1}


def make_run(name: str, packs: Path, teacher_folder: Path) -> Run:
    variant = VARIANTS[name]
    settings = replace(SHORT, **{**variant.settings, **TINY})
    run = variant.run(settings, packs, teacher_folder, torch.device("cpu"), variant.networks)
    run.step = 1  # a run's first step gives a picture back
    return run


@pytest.mark.parametrize("name", VARIANTS)
def test_a_variant_restyles_and_learns(name: str, packs: Path, teacher_folder: Path) -> None:
    run = make_run(name, packs, teacher_folder)
    before = run.networks.decoder.conv1.weight.detach().clone()
    run.train_step()
    assert not run.networks.decoder.conv1.weight.equal(before)
    assert all(weight.isfinite().all() for weight in run.networks.parameters())


def test_multiplications_are_those_of_the_layers() -> None:
    assert multiplications(VARIANTS["base"].networks()) == 34_272
    assert multiplications(VARIANTS["half"].networks()) == 34_272


def test_the_fine_level_is_left_out_of_some_restylings_but_for_its_colours(
    packs: Path, teacher_folder: Path
) -> None:
    run = make_run("fine-left-out", packs, teacher_folder)
    photo, painting = (run.networks.encoder(torch.rand(1, 3, 32, 32)) for _ in range(2))
    (colours,) = (set(carried.rows) for carried in run.carried if carried.layer == "encoder.conv4")

    def left() -> set[int]:
        fine = run.edit(Norm("adain"), photo, painting).fine
        return set(fine.abs().sum((0, 2, 3)).nonzero()[:, 0].tolist())

    everything = set(range(64))
    seen = [left() for _ in range(20)]
    assert [some for some in seen if some != everything] == [colours] * seen.count(colours)
    assert 0 < seen.count(colours) < len(seen)
    run.networks.eval()
    assert all(left() == everything for _ in range(10))

"""Every variant can be trained, and differs in what it says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch
from torch import nn

from .ablation import SHORT, VARIANTS, multiplications
from .norms import adain, moments
from .restyling import Norm
from .run import Run
from .variants import joined, parted

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
    assert multiplications(VARIANTS["base"].networks()) == 23_904
    assert multiplications(VARIANTS["two-levels"].networks()) == 34_272


def test_two_levels_become_one_map_and_come_apart_again() -> None:
    fine, coarse = torch.rand(2, 64, 6, 8), torch.rand(2, 128, 3, 4)
    both = joined(fine, coarse)
    assert both.shape == (2, 96, 6, 8)
    assert all(found.equal(given) for found, given in zip(parted(both), (fine, coarse), strict=True))


def test_of_two_levels_each_takes_its_own_statistics_and_reaches_the_pixels(
    packs: Path, teacher_folder: Path
) -> None:
    run = make_run("two-levels", packs, teacher_folder)
    photo, painting = (run.networks.encoder(torch.rand(1, 3, 64, 64)) for _ in range(2))
    levels, others = parted(photo), parted(painting)
    edited = run.edit(Norm("adain"), photo, painting)
    for found, level, other in zip(parted(edited), levels, others, strict=True):
        torch.testing.assert_close(found, adain(level, moments(other)))
    for left in (joined(levels[0], 0 * levels[1]), joined(0 * levels[0], levels[1])):
        assert (run.networks.decoder(left) - run.networks.decoder(photo)).abs().max() > 0.01


def test_a_second_level_adds_nothing_to_carried_colours(packs: Path, teacher_folder: Path) -> None:
    run = make_run("two-levels", packs, teacher_folder)
    run.train_step()
    rows = {carried.layer: carried.rows for carried in run.carried}
    assert rows["decoder.up4"] == rows["encoder.conv4"]
    up4 = run.networks.decoder.get_submodule("up4")
    assert isinstance(up4, nn.Conv2d) and up4.bias is not None
    silent = up4.weight.flatten(1).count_nonzero(1) == 0
    assert silent.nonzero()[:, 0].tolist() == sorted(rows["decoder.up4"])
    assert not up4.bias[rows["decoder.up4"]].any()

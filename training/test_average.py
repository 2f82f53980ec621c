"""The mean of two runs' weights begins a new run; strangers are refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from .average import AverageError, average, read_run
from .checkpoint import save, start_from
from .data import read_pack
from .export import write_export
from .settings import Settings
from .test_train import TINY, make_run


def test_the_mean_begins_a_run_and_says_what_it_is_of(
    packs: Path, teacher_folder: Path, tmp_path: Path
) -> None:
    first = make_run(packs, teacher_folder)
    save(first, tmp_path / "first.pt")
    second = make_run(packs, teacher_folder)
    start_from(second, tmp_path / "first.pt")
    while second.step < TINY.steps:
        second.train_step()
    save(second, tmp_path / "second.pt")
    mean = average(read_run(tmp_path / "first.pt"), read_run(tmp_path / "second.pt"), 0.25)
    torch.save(mean, tmp_path / "mean.pt")
    third = make_run(packs, teacher_folder, replace(TINY, seed=1))
    start_from(third, tmp_path / "mean.pt")
    layers = [run.mean.networks["encoder.conv4.weight"] for run in (first, second, third)]
    assert (layers[1] - layers[0]).abs().max() > 1e-4
    torch.testing.assert_close(layers[2], 0.75 * layers[0] + 0.25 * layers[1])
    assert [stage["reached"] for stage in third.stages] == [0, TINY.steps]
    assert third.stages[1]["mean"]["share"] == 0.25
    assert Settings.of(third.stages[1]) == TINY  # CIN's fit asks for the settings of what is exported


def test_exported_weights_are_as_good_as_their_checkpoint(
    packs: Path, teacher_folder: Path, tmp_path: Path
) -> None:
    run = make_run(packs, teacher_folder)
    save(run, tmp_path / "run.pt")
    whole = read_run(tmp_path / "run.pt")
    write_export(whole, list(read_pack(packs, "content").values())[:2], tmp_path / "weights")
    exported = read_run(tmp_path / "weights")
    name = "encoder.conv4.weight"
    torch.testing.assert_close(exported["networks"][name], whole["networks"][name], rtol=0.02, atol=0.01)
    assert exported["step"] == whole["step"]
    average(whole, exported, 0.5)


def test_strangers_are_refused(packs: Path, teacher_folder: Path, tmp_path: Path) -> None:
    for name, settings in (("carried", TINY), ("free", replace(TINY, carry_colour=False))):
        save(make_run(packs, teacher_folder, settings), tmp_path / f"{name}.pt")
    with pytest.raises(AverageError, match="neither began"):
        average(read_run(tmp_path / "carried.pt"), read_run(tmp_path / "free.pt"), 0.5)

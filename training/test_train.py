"""A run that was stopped goes on as if it had not been."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import torch

from .train import Run, Settings

TINY = Settings(
    steps=8, batch=1, crop=32, wct_batch=1, wct_crop=32, warm_up=2, feature_share=0.25, adain_share=0.2
)


def make_run(packs: Path, teachers: Path, settings: Settings = TINY) -> Run:
    return Run(settings, packs, teachers, torch.device("cpu"))


def weights(run: Run) -> dict[str, torch.Tensor]:
    return {name: value.clone() for name, value in run.networks.state_dict().items()}


def test_a_resumed_run_ends_with_the_weights_of_an_uninterrupted_one(
    packs: Path, teachers: Path, tmp_path: Path
) -> None:
    whole = make_run(packs, teachers)
    while whole.step < TINY.steps // 2:
        whole.train_step()
    whole.save(tmp_path / "checkpoint.pt")
    halfway = weights(whole)
    while whole.step < TINY.steps:
        whole.train_step()
    torch.manual_seed(99)  # what another process would find
    resumed = make_run(packs, teachers, replace(TINY, seed=1))
    resumed.settings = TINY
    resumed.resume(tmp_path / "checkpoint.pt")
    assert resumed.step == TINY.steps // 2
    while resumed.step < TINY.steps:
        resumed.train_step()
    ends, again = weights(whole), weights(resumed)
    assert all(torch.equal(ends[name], again[name]) for name in ends)
    assert not torch.equal(ends["decoder.conv1_1.weight"], halfway["decoder.conv1_1.weight"])
    assert whole.averages == resumed.averages


def test_a_checkpoint_names_its_settings_and_step(packs: Path, teachers: Path, tmp_path: Path) -> None:
    run = make_run(packs, teachers)
    run.train_step()
    run.save(tmp_path / "checkpoint.pt")
    state = torch.load(tmp_path / "checkpoint.pt", weights_only=False)
    assert Settings(**state["settings"]) == TINY
    assert state["step"] == 1


def test_the_learning_rate_warms_up_and_falls(packs: Path, teachers: Path) -> None:
    run = make_run(packs, teachers, replace(TINY, steps=1000, warm_up=100))
    rates = []
    for run.step in (0, 100, 500, 1000):
        rates.append(run.learning_rate())
    assert rates[0] < 0.05 * rates[1]
    assert rates[1] > rates[2] > rates[3]
    assert rates[3] == TINY.last_learning_rate


def test_a_run_that_starts_from_another_takes_its_networks_and_names_its_settings(
    packs: Path, teachers: Path, tmp_path: Path
) -> None:
    first = make_run(packs, teachers)
    first.train_step()
    first.save(tmp_path / "first.pt")
    second = make_run(packs, teachers, replace(TINY, seed=1))
    second.start_from(tmp_path / "first.pt")
    assert all(torch.equal(value, weights(second)[name]) for name, value in weights(first).items())
    assert second.step == 0
    assert [(stage["seed"], stage["reached"]) for stage in second.stages] == [(TINY.seed, 1)]
    second.save(tmp_path / "second.pt")
    third = make_run(packs, teachers)
    third.start_from(tmp_path / "second.pt")
    assert [stage["seed"] for stage in third.stages] == [TINY.seed, 1]

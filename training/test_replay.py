"""Work is done as it is asked for on a CPU, and recorded and played again on a GPU."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch
from torch import Tensor

from .optimiser import set_rate
from .replay import DONE_FIRST, Replay
from .restyling import Norm
from .run import Run
from .settings import Settings


def test_a_cpu_does_all_work_and_keeps_nothing() -> None:
    replay = Replay(torch.device("cpu"))
    values, done = torch.ones(2), []
    assert replay.keep("values", values) is values
    for i in range(DONE_FIRST + 3):
        replay.run("counting", lambda i=i: done.append(i))
    assert done == list(range(DONE_FIRST + 3))


@pytest.mark.skipif(not torch.cuda.is_available(), reason="recordings are a GPU's")
@pytest.mark.parametrize("norm", [Norm("adain"), Norm("wct"), Norm("group-wct", 8), Norm("din")], ids=str)
def test_a_recorded_update_does_what_the_same_update_does_when_asked_for(
    norm: Norm, packs: Path, teacher_folder: Path
) -> None:
    settings = replace(Settings(), precision="float32", crop=64, batch=2, feature_steps=0)
    run = Run(settings, packs, teacher_folder, torch.device("cuda"))
    run.step = settings.warm_up
    set_rate(run.optimisers, run.learning_rate())
    for _ in range(DONE_FIRST + 1):
        pair = run.seen_pair()
        run.replay.run(str(norm), lambda pair=pair: run.update(run.restyle_loss(pair, norm)))
    assert str(norm) in run.replay.graphs
    pair = run.seen_pair()  # new pictures where the recording looks for them
    before = copies(run)
    run.replay.run(str(norm), lambda: pytest.fail("asked for again"))
    recorded = copies(run)
    give_back(run, before)
    run.update(run.restyle_loss(pair, norm))
    asked = copies(run)
    moved = far(recorded, before)
    assert moved > 0
    assert far(recorded, asked) < 0.05 * moved


def state(run: Run) -> list[Tensor]:
    kept = (values for one in run.optimisers for values in one.state.values())
    return [*run.networks.parameters(), *(v for values in kept for v in values.values())]


def copies(run: Run) -> list[Tensor]:
    return [values.detach().clone() for values in state(run)]


@torch.no_grad()
def give_back(run: Run, before: list[Tensor]) -> None:
    for values, earlier in zip(state(run), before, strict=True):
        values.copy_(earlier)


def far(a: list[Tensor], b: list[Tensor]) -> float:
    """Over weights and what the optimisers keep of gradients: a count of steps is a scalar."""
    return float(sum((x - y).square().sum() for x, y in zip(a, b, strict=True) if x.ndim > 0) ** 0.5)

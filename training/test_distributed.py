"""Two processes train one set of weights, from different pictures, and one of them writes."""

from __future__ import annotations

import os
import socket
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from torch.multiprocessing.spawn import spawn

from . import distributed, train
from .checkpoint import load_checkpoint
from .test_train import TINY, words

PROCESSES = 2
Both = tuple[Path, list[dict[str, Any]]]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def work(rank: int, port: int, folder: Path, asked: list[str]) -> None:
    """What torchrun would start as process `rank`; leaves what it saw in FOLDER/RANK.pt."""
    address = {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(port)}
    os.environ |= {"RANK": str(rank), "WORLD_SIZE": str(PROCESSES), "LOCAL_RANK": str(rank), **address}
    torch.set_num_threads(1)
    train.LOG_EVERY = 2
    run = train.train([*asked, "--out", str(folder / f"out-{rank}")])
    used, unused = (torch.nn.Parameter(torch.zeros(2, 3)) for _ in range(2))
    used.grad = torch.full((2, 3), float(rank))
    distributed.average_gradients([unused, used])
    seen = {
        "weights": run.networks.state_dict(),
        "averages": run.averages,
        "gradients": (unused.grad, used.grad),
        "agreed": [distributed.agreed(rank == asking, run.device) for asking in range(PROCESSES)],
    }
    torch.save(seen, folder / f"{rank}.pt")
    distributed.leave()


@pytest.fixture(scope="module")
def both(packs: Path, teacher_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Both:
    """The folder that two processes wrote to, and what each of them saw."""
    folder = tmp_path_factory.mktemp("processes")
    settings = replace(TINY, steps=8, feature_steps=1, adain_share=0.3, wct_share=0.2, group_share=0.2)
    asked = words(packs, teacher_folder, folder, settings)
    spawn(work, (free_port(), folder, asked), PROCESSES)
    return folder, [torch.load(folder / f"{rank}.pt") for rank in range(PROCESSES)]


def test_both_processes_end_with_the_same_weights(both: Both) -> None:
    folder, (first, second) = both[0], (seen["weights"] for seen in both[1])
    assert first.keys() == second.keys()
    assert all(torch.equal(first[name], second[name]) for name in first)
    written = load_checkpoint(folder / "out-0/checkpoint.pt")["networks"]
    assert all(torch.equal(first[name], written[name]) for name in first)


def test_each_process_sees_pictures_of_its_own_under_the_same_norms(
    both: Both,
) -> None:
    first, second = (seen["averages"] for seen in both[1])
    assert first.keys() == second.keys() > {"features", "din style", "adain style"}
    assert all(first[name] != second[name] for name in first)


def test_only_rank_0_writes(both: Both) -> None:
    folder, _ = both
    assert {path.name for path in (folder / "out-0").iterdir()} == {"checkpoint.pt", "log.jsonl"}
    assert len((folder / "out-0/log.jsonl").read_text().splitlines()) == 4
    assert not (folder / "out-1").exists()


def test_a_gradient_becomes_the_mean_and_one_that_no_process_has_stays_away(
    both: Both,
) -> None:
    for seen in both[1]:
        unused, used = seen["gradients"]
        assert unused is None
        assert used.equal(torch.full((2, 3), 0.5))


def test_all_stop_when_rank_0_does(both: Both) -> None:
    assert [seen["agreed"] for seen in both[1]] == [[True, False], [True, False]]


def test_one_process_is_its_own_mean() -> None:
    alone = torch.nn.Parameter(torch.zeros(2))
    alone.grad = torch.ones(2)
    distributed.average_gradients([alone])
    assert alone.grad.equal(torch.ones(2))
    assert distributed.agreed(True, torch.device("cpu"))

"""A training run as a file: saved, gone on with, or begun from."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from . import distributed
from .colour_paths import find_carried
from .run import Run


class CheckpointError(Exception):
    """A file of networks that this code does not have."""


def load_checkpoint(path: Path) -> dict[str, Any]:
    """A checkpoint of ours. It holds NumPy's random states, so only open files that you made."""
    state = torch.load(path, map_location="cpu", weights_only=False)
    if "encoder.down8.weight" in state["networks"]:
        raise CheckpointError(f"{path} has features at two levels, and only older code can go on with it")
    return state


def finished(state: dict[str, Any]) -> dict[str, Tensor]:
    """The weights that a run has to show: their running mean, or where there was none yet, the last ones."""
    return state["mean"]["networks"] if "mean" in state else state["networks"]


def save(run: Run, path: Path) -> None:
    state = {
        "settings": asdict(run.settings),
        "step": run.step,
        "stages": run.stages,
        "carried": run.carried,
        "networks": run.networks.state_dict(),
        "mean": {"steps": run.mean.steps, "networks": run.mean.networks},
        "optimisers": [moving.state_dict() for moving in run.optimisers],
        "averages": run.averages,
        "random": [r.random.get_state(legacy=True) for r in (run.photos, run.paintings)]
        + [run.random.get_state(legacy=True)],
        "torch_random": torch.get_rng_state(),
        "cuda_random": torch.cuda.get_rng_state(run.device) if run.device.type == "cuda" else None,
    }
    partial = path.with_suffix(".partial")
    torch.save(state, partial)
    partial.replace(path)  # a run that is stopped here leaves the older checkpoint whole


def start_from(run: Run, path: Path) -> None:
    """Takes a finished run's networks, and remembers how they were made."""
    state = load_checkpoint(path)
    run.networks.load_state_dict(finished(state))
    run.stages = [*state.get("stages", []), {**state["settings"], "reached": state["step"]}]
    run.carried = state.get("carried") or find_carried(run.networks)  # carried twice, colours are lost
    run.carry_colour()
    run.begin_mean()


def resume(run: Run, path: Path) -> None:
    """Goes on as if never stopped. Of several processes only rank 0's crops repeat; others draw new."""
    state = load_checkpoint(path)
    run.networks.load_state_dict(state["networks"])
    run.mean.steps = state["mean"]["steps"]
    for name, value in run.mean.networks.items():
        value.copy_(state["mean"]["networks"][name])
    for moving, saved in zip(run.optimisers, state["optimisers"], strict=True):
        new = [{k: group[k] for k in ("lr", "capturable")} for group in moving.param_groups]
        moving.load_state_dict(saved)
        for group, of_this_device in zip(moving.param_groups, new, strict=True):
            group.update(of_this_device)
    run.step = state["step"]
    run.running = {k: torch.tensor(v, device=run.device) for k, v in state["averages"].items()}
    run.stages, run.carried = state.get("stages", []), state.get("carried", [])
    crops, generators = state["random"][:2], (run.photos.random, run.paintings.random)
    for generator, saved in zip(generators, crops, strict=True):
        if distributed.rank() == 0:
            generator.set_state(saved)
        else:
            generator.seed(generator.randint(2**31) + run.step)
    run.random.set_state(state["random"][2])
    torch.set_rng_state(state["torch_random"])
    if run.device.type == "cuda" and state.get("cuda_random") is not None:
        torch.cuda.set_rng_state(state["cuda_random"], run.device)  # noise in photos is drawn there

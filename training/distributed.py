"""One run on several processes, as `torchrun` starts them.

Every process draws crops of its own; all draw the same norms and step by the mean of their gradients, so
their weights stay equal. Only rank 0 writes. With one process nothing here does anything.
"""

from __future__ import annotations

import os
from collections.abc import Iterable

import torch
import torch.distributed as dist
from torch import Tensor


def join(device: torch.device) -> torch.device:
    """Meets the other processes, if torchrun started any; -> the device of this one."""
    if int(os.environ.get("WORLD_SIZE", "1")) == 1:
        return device
    if device.type == "cuda":
        device = torch.device("cuda", int(os.environ["LOCAL_RANK"]))
        torch.cuda.set_device(device)
    dist.init_process_group("nccl" if device.type == "cuda" else "gloo")
    return device


def leave() -> None:
    if dist.is_initialized():
        dist.destroy_process_group()


def rank() -> int:
    return dist.get_rank() if dist.is_initialized() else 0


def count() -> int:
    return dist.get_world_size() if dist.is_initialized() else 1


def average_gradients(parameters: Iterable[Tensor]) -> None:
    """The mean over the processes, in place. A parameter that a step did not use has no gradient on any of
    them, since they drew the same norm, and keeps none: Adam then leaves it alone, as with one process.
    """
    if count() == 1:
        return
    gradients = [p.grad for p in parameters if p.grad is not None]
    together = torch.cat([g.flatten() for g in gradients])
    dist.all_reduce(together)
    together /= count()
    for gradient, mean in zip(gradients, together.split([g.numel() for g in gradients]), strict=True):
        gradient.copy_(mean.view_as(gradient))


def agreed(mine: bool, device: torch.device) -> bool:
    """Rank 0's answer on every process: clocks differ, and one that stops alone leaves the rest waiting."""
    if count() == 1:
        return mine
    answer = torch.tensor(int(mine), device=device)
    dist.broadcast(answer, 0)
    return bool(answer)

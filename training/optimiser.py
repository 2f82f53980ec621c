"""How weights move, Muon for convolutions and Adam for the rest at one learning rate; their running mean."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import torch
from torch import Tensor, nn
from torch.optim import Adam, Optimizer

from .settings import Settings

MOMENTUM = 0.95  # as published
RMS = (
    0.2  # of a step's entries at learning rate 1: about Adam's, so that both take one rate (Liu et al. 2025)
)
NEWTON_SCHULZ = (3.4445, -4.7750, 2.0315)  # brings singular values from 0.02 .. 1 to 0.7 .. 1.2 in ...
TIMES = 5  # ... as many turns


def learning_rate(s: Settings, step: int) -> float:
    """Constant after the warm-up, so that a run can be made longer; a half cosine down at the end."""
    annealed = max(0, 1 - max(0, s.steps - step) / max(1, s.anneal_steps))  # share of the anneal done
    falling = 0.5 * (1 + math.cos(math.pi * annealed))
    return s.last_learning_rate + s.learning_rate * min(1, (step + 1) / s.warm_up) * falling


def orthogonal(matrix: Tensor) -> Tensor:
    """U V^T of the matrix's U S V^T, roughly: its singular values all come near 1. Zero rows stay zero."""
    wide = matrix if matrix.shape[0] <= matrix.shape[1] else matrix.T
    x = wide / (wide.norm() + 1e-7)
    a, b, c = NEWTON_SCHULZ
    for _ in range(TIMES):
        gram = x @ x.T
        x = a * x + (b * gram + c * gram @ gram) @ x
    return x if wide is matrix else x.T


class Muon(Optimizer):
    """Each step is the momentum of a kernel's gradient, made orthogonal as a matrix [out, in * h * w].

    Directions that gradients seldom point in are followed as far as the others. A gradient that is not finite
    counts as none. Source: Jordan et al. 2024, "Muon: An optimizer for hidden layers in neural networks".
    """

    def __init__(self, kernels: Sequence[Tensor], rate: float | Tensor) -> None:
        super().__init__(kernels, {"lr": rate, "capturable": isinstance(rate, Tensor)})

    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        for group in self.param_groups:
            for kernel in group["params"]:
                if kernel.grad is None:
                    continue
                gradient = kernel.grad.nan_to_num(0, 0, 0)
                if not self.state[kernel]:
                    self.state[kernel]["momentum"] = torch.zeros_like(kernel)
                momentum = self.state[kernel]["momentum"]
                momentum.mul_(MOMENTUM).add_(gradient)
                ahead = gradient.add(momentum, alpha=MOMENTUM).flatten(1)  # Nesterov's
                move = orthogonal(ahead).mul_(RMS * math.sqrt(max(ahead.shape)))
                kernel.sub_(group["lr"] * move.view_as(kernel))


def optimisers(networks: nn.Module, s: Settings, on_device: torch.device | None) -> list[Optimizer]:
    """on_device: where CUDA graphs that record steps look for the learning rate; None for a plain number."""
    rate = 0.0 if on_device is None else torch.zeros((), device=on_device)
    trained = [p for p in networks.parameters() if p.requires_grad]
    kernels = [p for p in trained if p.ndim == 4] if s.optimiser == "muon" else []
    rest = [p for p in trained if s.optimiser == "adam" or p.ndim != 4]
    muon = [Muon(kernels, rate)] if kernels else []
    adam = [Adam(rest, rate, fused=True, capturable=on_device is not None)] if rest else []
    return [*muon, *adam]


def set_rate(moving: Sequence[Optimizer], rate: float) -> None:
    for group in (group for one in moving for group in one.param_groups):
        if isinstance(group["lr"], Tensor):  # recordings look for it there
            group["lr"].fill_(rate)
        else:
            group["lr"] = rate


class RunningMean:
    """The weights' mean over the latest steps, weighted by `decay` to the power of their age.

    At a constant rate weights wander around something better than any of them (Polyak & Juditsky 1992).
    """

    def __init__(self, networks: nn.Module, decay: float) -> None:
        self.decay, self.steps = decay, 0
        self.networks = {name: value.detach().clone() for name, value in networks.state_dict().items()}

    @torch.no_grad()
    def add(self, networks: nn.Module) -> None:
        """What a run began with is forgotten sooner: at first the mean is over a tenth of all steps."""
        self.steps += 1
        share = 1 - min(self.decay, self.steps / (self.steps + 9))
        torch._foreach_lerp_(  # pyright: ignore[reportPrivateImportUsage]
            list(self.networks.values()), list(networks.state_dict().values()), share
        )

"""How trained numbers are rounded for the browser: float16, and large kernels to 8 bits.

A kernel of `LARGE` numbers or more is stored as whole numbers of -127 .. 127, with one float16 scale for
each output channel (symmetric per-channel quantisation; Krishnamoorthi 2018, section 2.1). The browser
multiplies them back, so what runs is float32 in both places, and the same to the last bit.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from torch import Tensor

LARGE = 20_000  # with the smaller ones, pictures got a cast of up to 4 of 255
STEPS = 127


class RoundingError(Exception):
    """Numbers that the format cannot hold."""


class Rounded(NamedTuple):
    """What is stored of one parameter, in torch's layout."""

    stored: np.ndarray  # float16; int8 where there is a scale
    scale: np.ndarray | None = None  # [out], float16

    @property
    def values(self) -> np.ndarray:
        """float32, as the browser has them."""
        numbers = self.stored.astype(np.float32)
        return numbers if self.scale is None else numbers * for_each_output(self.scale, numbers.ndim)


def for_each_output(scale: np.ndarray, dimensions: int) -> np.ndarray:
    """[out] -> float32 [out, 1, ...]."""
    return scale.astype(np.float32).reshape(-1, *(1,) * (dimensions - 1))


def to_float16(name: str, weight: Tensor) -> np.ndarray:
    """Little-endian float16. Raises RoundingError for numbers that are not finite in it."""
    values = finite(name, weight)
    with np.errstate(over="ignore"):
        halves = values.astype("<f2")
    if not np.isfinite(halves).all():
        raise RoundingError(f"{name} reaches {np.abs(values).max():.5g}, and float16 ends at 65504")
    return halves


def finite(name: str, weight: Tensor) -> np.ndarray:
    values = weight.detach().cpu().float().numpy()
    if not np.isfinite(values).all():
        raise RoundingError(f"{name} is not finite: the run diverged, export an earlier checkpoint")
    return values


def rounded(name: str, weight: Tensor) -> Rounded:
    """weight [out, in, kh, kw], [out, in] or [out]. Raises RoundingError."""
    if weight.ndim < 2 or weight.numel() < LARGE:
        return Rounded(to_float16(name, weight))
    values = finite(name, weight)
    scale = to_float16(name, weight.abs().flatten(1).amax(1) / STEPS)
    scale[scale == 0] = 1  # a channel of zeros
    steps = np.rint(values / for_each_output(scale, values.ndim))
    return Rounded(np.clip(steps, -STEPS, STEPS).astype(np.int8), scale)

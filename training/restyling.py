"""What one restyling is given, pictures and a norm, and what the norm makes of features."""

from __future__ import annotations

import math
from typing import NamedTuple

from torch import Tensor

from . import norms
from .model import DinNet
from .teacher import Levels

NORMS = ("adain", "wct", "group-wct", "din")


class Pair(NamedTuple):
    """Photos and the paintings to restyle them after, [N, 3, crop, crop], and what VGG-19 sees in both.

    Noise, if any, is in the photos that the encoder gets, and not in what VGG-19 sees.
    """

    photo: Tensor
    painting: Tensor
    photo_levels: Levels
    painting_levels: Levels
    detail: Tensor  # what is added to the decoder's picture, [N, 3, crop, crop]
    grey: Tensor  # [N], 1 for photos without colours, 0 for others


class Norm(NamedTuple):
    """What a restyling was drawn to use."""

    name: str  # of NORMS
    group_size: int | None = None  # of group-WCT

    def __str__(self) -> str:
        return self.name if self.group_size is None else f"{self.name} {self.group_size}"


def edit(norm: Norm, photo: Tensor, painting: Tensor, din: DinNet) -> Tensor:
    """The photos' features [N, C, H, W] after the paintings'."""
    if norm.name == "adain":
        return norms.adain(photo, norms.moments(painting))
    if norm.name == "din":
        return norms.din(photo, norms.statistics(painting), din)
    fitting = norm.group_size and math.gcd(norm.group_size, photo.shape[1])
    return norms.wct(photo, norms.statistics(painting), fitting)

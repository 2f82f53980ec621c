"""What the features of a training photo have on average: what IN gives to every picture, and what colours
bring to each channel, which a monochrome photo lacks (src/pipeline/monochrome.ts).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor
from tqdm import tqdm

from .bias_correction import whole_cells
from .data import to_tensor
from .model import Encoder
from .norms import statistics

LEAST_LEAK = 0.001  # of a channel's variance, in a photo without colours


class AveragePhoto(NamedTuple):
    mean: Tensor  # [C]
    std: Tensor  # [C]
    colour: Tensor  # [C], variance of a photo less that of the same one in grey


@torch.no_grad()
def average_photo(encoder: Encoder, photos: list[np.ndarray]) -> AveragePhoto:
    """What the features' channels have in a training photo [H, W, 3] uint8 on average."""
    found: list[Tensor] = []  # each [4, C]
    for photo in tqdm(photos, desc="averaging photos", mininterval=5):
        pixels = to_tensor(whole_cells(photo))
        grey = pixels.mean(1, keepdim=True).expand_as(pixels)
        s, g = statistics(encoder(pixels)), statistics(encoder(grey))
        variances = (one.covariance.diagonal(dim1=1, dim2=2) for one in (s, g))
        found.append(torch.cat((s.mean, s.std, *variances)).double())
    return averaged(torch.stack(found).mean(0))


def averaged(moments: Tensor) -> AveragePhoto:
    """moments [4, C]: mean, std, variance, variance in grey. Channels that are flat in grey carry nothing but
    colour: no lightness leaks into them, and their `colour` is 0.
    """
    mean, std, variance, grey = moments
    colour = torch.where(grey > LEAST_LEAK * variance, (variance - grey).clamp(min=0), 0)
    return AveragePhoto(mean.float(), std.float(), colour.float())

"""Detail: what encoder and decoder lose of a photo, at a style's contrast.

The pipeline adds it to every picture (`src/pipeline/detail.ts`), so training and scores do too.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

DETAIL = 0.75  # share of it that comes back when nobody says otherwise
EPSILON = 1e-6  # of 0..1 squared, added to variances: below 0.25 of 255 there is no contrast to speak of
BINOMIAL = (1 / 16, 4 / 16, 6 / 16, 4 / 16, 1 / 16)


def fine_structure(x: Tensor) -> Tensor:
    """x [N, 3, H, W] minus its binomial blur over 5 px, reflected at the border; H and W at least 3."""
    line = torch.tensor(BINOMIAL, device=x.device)
    n, c, h, w = x.shape
    planes = F.pad(x.reshape(n * c, 1, h, w), (2, 2, 2, 2), mode="reflect")
    return x - F.conv2d(F.conv2d(planes, line.view(1, 1, 1, 5)), line.view(1, 1, 5, 1)).view(n, c, h, w)


def contrast(x: Tensor) -> Tensor:
    """x [N, 3, H, W] in 0..1 -> the std of its fine structure, in lightness and in colour: [N, 2]."""
    fine = fine_structure(x)
    lightness = fine.mean(1)
    colour = (fine - lightness[:, None]).square().sum(1)
    variances = (lightness.square().mean((1, 2)), colour.mean((1, 2)))
    return torch.stack(variances, 1).add(EPSILON).sqrt()


def kept(photo: Tensor, style: Tensor, strength: float = 1.0, share: Tensor | float = DETAIL) -> Tensor:
    """How much of the detail is added, of contrasts [N, 2] -> [N, 2] for lightness and colour.

    All of it at strength 0; at strength 1 a share, brought to the style's contrast as AdaIN would (Huang &
    Belongie 2017, eq. 8, without means), but never above the photo's.
    """
    return 1 - strength + strength * share * (style / photo).clamp(max=1)


def scaled(lost: Tensor, kept: Tensor) -> Tensor:
    """lost [N, 3, H, W], photo minus what the decoder gives back of it; kept [N, 2]."""
    gain = kept[..., None, None]  # [N, 2, 1, 1]
    lightness = lost.mean(1, keepdim=True)
    return gain[:, :1] * lightness + gain[:, 1:] * (lost - lightness)

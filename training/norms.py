"""The norms in PyTorch: what training differentiates through, and what TypeScript is checked against.

Every function takes raw features [N, C, H, W] and population moments (divided by H*W).
"""

from __future__ import annotations

import math
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor

from .model import DinNet
from .padding import reflect

EPSILON = 1e-3  # added to every variance: bounds how much a channel that is flat in the photo can grow
SHRINK = 5e-3  # WCT: share of the mean variance added to the diagonal
NEWTON_SCHULZ_STEPS = 20
SLICES = 32


class Moments(NamedTuple):
    """What AdaIN needs of a style."""

    mean: Tensor  # [N, C]
    std: Tensor  # [N, C]


class Statistics(NamedTuple):
    mean: Tensor  # [N, C]
    covariance: Tensor  # [N, C, C]

    @property
    def std(self) -> Tensor:
        return self.covariance.diagonal(dim1=1, dim2=2).add(EPSILON).sqrt()  # [N, C]


def moments(features: Tensor) -> Moments:
    variance, mean = torch.var_mean(features.float(), (2, 3), correction=0)
    return Moments(mean, variance.add(EPSILON).sqrt())


def statistics(features: Tensor) -> Statistics:
    x = features.flatten(2).float()  # [N, C, HW]
    mean = x.mean(2)
    return Statistics(mean, gram(x - mean[..., None]))


def gram(x: Tensor) -> Tensor:
    """x [N, C, K] -> x x^T / K [N, C, C]. In slices of K: one long product keeps little of a GPU busy."""
    n, c, k = x.shape
    slices = math.gcd(k, SLICES)
    parts = x.view(n, c, slices, k // slices).transpose(1, 2)
    return (parts @ parts.transpose(2, 3)).sum(1) / k


def channels(v: Tensor) -> Tensor:
    return v[:, :, None, None]


def standardise(features: Tensor) -> Tensor:
    features = features.float()
    mean = features.mean((2, 3), keepdim=True)
    return (features - mean) / features.var((2, 3), keepdim=True, correction=0).add(EPSILON).sqrt()


def adain(features: Tensor, style: Statistics | Moments) -> Tensor:
    """Huang & Belongie 2017, eq. 8."""
    return standardise(features) * channels(style.std) + channels(style.mean)


def roots(a: Tensor, steps: int = NEWTON_SCHULZ_STEPS) -> tuple[Tensor, Tensor]:
    """a^(1/2) and a^(-1/2) of positive definite a [N, g, g], by Newton-Schulz (Higham 2008, eq. 6.35)."""
    eye = torch.eye(a.shape[-1], device=a.device)
    norm = a.norm(dim=(1, 2), keepdim=True)
    y, z = a / norm, eye.expand_as(a)
    for _ in range(steps):
        t = 1.5 * eye - 0.5 * z @ y
        y, z = y @ t, t @ z
    return y * norm.sqrt(), z / norm.sqrt()


def blocks(covariance: Tensor, group_size: int) -> Tensor:
    """[N, C, C] -> the shrunk blocks on its diagonal [N * C/g, g, g]."""
    n, c, _ = covariance.shape
    g = group_size
    b = covariance.view(n, c // g, g, c // g, g).diagonal(dim1=1, dim2=3)  # [N, g, g, C/g]
    b = b.permute(0, 3, 1, 2).reshape(-1, g, g)
    trace = b.diagonal(dim1=1, dim2=2).sum(1).view(-1, 1, 1)
    return b + (SHRINK * trace / g + EPSILON) * torch.eye(g, device=b.device)


def wct_mix(content: Statistics, style: Statistics, group_size: int) -> Tensor:
    """Colouring times whitening, [N, C/g, g, g] (Li et al. 2017, eq. 3 and 5; in groups: Cho et al. 2019)."""
    n, c = content.mean.shape
    both = [blocks(s.covariance, group_size) for s in (content, style)]
    root, inverse = roots(torch.cat(both))
    whiten, colour = inverse[: len(both[0])], root[len(both[0]) :]
    return (colour @ whiten).view(n, c // group_size, group_size, group_size)


def wct(features: Tensor, style: Statistics, group_size: int | None = None) -> Tensor:
    """Group whitening and colouring; one group holds all channels when no size is given."""
    n, c, h, w = features.shape
    g = min(group_size or c, c)
    if g == 1:
        return adain(features, style)
    content = statistics(features)
    x = (features.float() - channels(content.mean)).reshape(n, c // g, g, h * w)
    return (wct_mix(content, style, g) @ x).view(n, c, h, w) + channels(style.mean)


def din(features: Tensor, style: Statistics, net: DinNet) -> Tensor:
    """DIN (Jing et al. 2020, eq. 3): a predicted convolution of standardised features."""
    n, c, h, w = features.shape
    kernel, bias = net(style.mean, style.std, style.covariance)
    x = reflect(standardise(features)).reshape(1, n * c, h + 2, w + 2)
    groups = n * c // net.group_size
    x = F.conv2d(x, kernel.reshape(n * c, net.group_size, 3, 3), groups=groups).view(n, c, h, w)
    return (x + channels(bias)) * channels(style.std) + channels(style.mean)

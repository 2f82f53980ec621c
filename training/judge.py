"""How a stylised picture is scored: the AdaIN paper's two losses in VGG-19, Gram matrices, SSIM, and colour.

Pictures are [H, W, 3] uint8; every score is a float. Variances here divide by n - 1, unlike
everywhere else in the project: the published figures that ours stand beside were measured so.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from torch import Tensor

from .data import to_tensor
from .model import Encoder
from .teacher import LEVELS, Teacher

LUMINANCE = (0.299, 0.587, 0.114)
FLAT = 0.01  # of the mean std: far below what a decoder can tell from nothing


class Scores(NamedTuple):
    content: float
    style: float
    gram: float
    ssim: float
    colour_mean: float  # /255
    colour_spread: float  # /255


def square(path: Path, size: int) -> Image.Image:
    """The centre square, with the short side scaled to `size` px."""
    picture = Image.open(path).convert("RGB")
    scale = size / min(picture.size)
    width, height = (max(size, round(side * scale)) for side in picture.size)
    left, top = (width - size) // 2, (height - size) // 2
    picture = picture.resize((width, height), Image.Resampling.LANCZOS)
    return picture.crop((left, top, left + size, top + size))


class LevelStyle(NamedTuple):
    """What is compared of one level of VGG-19, whatever the picture's size."""

    mean: Tensor  # [1, C]
    std: Tensor  # [1, C]
    gram: Tensor  # [1, C, C], not centred, a cell's mean


def level_style(features: Tensor) -> LevelStyle:
    x = features.flatten(2)  # [1, C, HW]
    std = features.var((2, 3), correction=1).add(1e-5).sqrt()
    return LevelStyle(x.mean(2), std, x @ x.transpose(1, 2) / x.shape[2])


class Photo(NamedTuple):
    pixels: np.ndarray
    layout: Tensor  # relu4_1 [1, 512, H/8, W/8]


class Painting(NamedTuple):
    pixels: np.ndarray
    style: list[LevelStyle]  # of each of LEVELS


def ssim(a: np.ndarray, b: np.ndarray) -> float:
    """Structural similarity of luminance, 11 x 11 Gaussian window, sigma 1.5 (Wang et al. 2004, eq. 13)."""
    line = torch.exp(-torch.arange(-5, 6.0).square() / (2 * 1.5**2))
    line = (line / line.sum())[None]
    window = (line.T @ line)[None, None]  # [1, 1, 11, 11]
    weights = torch.tensor(LUMINANCE).view(1, 3, 1, 1)
    x, y = ((to_tensor(picture) * weights).sum(1, keepdim=True) for picture in (a, b))
    mean_x, mean_y, xx, yy, xy = (F.conv2d(v, window) for v in (x, y, x * x, y * y, x * y))
    var_x, var_y, covariance = xx - mean_x**2, yy - mean_y**2, xy - mean_x * mean_y
    c1, c2 = 0.01**2, 0.03**2
    similar = (2 * mean_x * mean_y + c1) * (2 * covariance + c2)
    return (similar / ((mean_x**2 + mean_y**2 + c1) * (var_x + var_y + c2))).mean().item()


def colour_root(picture: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The mean [3] and the symmetric root [3, 3] of the covariance of RGB in 0..255."""
    pixels = picture.reshape(-1, 3).astype(np.float64)
    values, vectors = np.linalg.eigh(np.cov(pixels.T))
    return pixels.mean(0), vectors * np.sqrt(np.maximum(values, 0)) @ vectors.T


def colour_distance(output: np.ndarray, painting: np.ndarray) -> tuple[float, float]:
    """Distance of the RGB means, and of the roots of the RGB covariances (Frobenius); both /255."""
    (mean_a, root_a), (mean_b, root_b) = colour_root(output), colour_root(painting)
    return float(np.linalg.norm(mean_a - mean_b)), float(np.linalg.norm(root_a - root_b))


def pixel_difference(a: np.ndarray, b: np.ndarray) -> float:
    """Mean absolute difference, /255: the identity error, and how far apart two norms are."""
    return float(np.abs(a.astype(np.float64) - b).mean())


class Judge:
    """Scores pictures against photos and paintings by VGG-19's features."""

    def __init__(self, teacher: Path, device: torch.device | None = None) -> None:
        self.device = device or torch.device("cpu")
        self.teacher = Teacher(teacher).to(self.device)

    @torch.no_grad()
    def see(self, picture: np.ndarray) -> tuple[Tensor, list[LevelStyle]]:
        """relu4_1, and what is compared of every level."""
        levels = self.teacher(to_tensor(picture).to(self.device))
        return levels["relu4_1"], [level_style(levels[level]) for level in LEVELS]

    def photo(self, picture: np.ndarray) -> Photo:
        return Photo(picture, self.see(picture)[0])

    def painting(self, picture: np.ndarray) -> Painting:
        return Painting(picture, self.see(picture)[1])

    def score(self, output: np.ndarray, photo: Photo, painting: Painting) -> Scores:
        """content: MSE of relu4_1. style: sum over levels of the MSE of mean and of std. gram: sum over
        levels of the MSE of the Gram matrices F F^T / (H W), which also sees which channels go together.

        Huang & Belongie 2017, eq. 12 (with the photo as the target) and 13; Gatys et al. 2016, eq. 3 to 5.
        """
        layout, found = self.see(output)
        style = gram = 0.0
        for a, b in zip(found, painting.style, strict=True):
            style += (F.mse_loss(a.mean, b.mean) + F.mse_loss(a.std, b.std)).item()
            gram += F.mse_loss(a.gram, b.gram).item()
        content = F.mse_loss(layout, photo.layout).item()
        colour = colour_distance(output, painting.pixels)
        return Scores(content, style, gram, ssim(output, photo.pixels), *colour)


@torch.no_grad()
def flat_channels(encoder: Encoder, photos: list[np.ndarray]) -> float:
    """Share of the features' channels that carry nothing: their std over one photo's cells is below 1 % of
    the mean of all stds there. Averaged over photos; a norm divides by such a channel's std.
    """
    shares: list[float] = []
    for photo in photos:
        stds = encoder(to_tensor(photo))[0].flatten(1).std(1, correction=0)  # [C]
        shares.append((stds < FLAT * stds.mean()).float().mean().item())
    return float(np.mean(shares))

"""How a stylised picture is scored: the AdaIN paper's two losses in VGG-19, SSIM, and colour.

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

from .model import LEVELS, Encoder
from .teacher import Teacher

LUMINANCE = (0.299, 0.587, 0.114)
FLAT = 0.01  # of the mean std: far below what a decoder can tell from nothing


class Scores(NamedTuple):
    content: float
    style: float
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


def to_tensor(picture: np.ndarray) -> Tensor:
    """[H, W, 3] uint8 -> [1, 3, H, W] in 0..1."""
    return torch.from_numpy(picture.copy()).permute(2, 0, 1)[None].float() / 255


def moments(features: Tensor) -> tuple[Tensor, Tensor]:
    return features.mean((2, 3)), features.var((2, 3), correction=1).add(1e-5).sqrt()


Moments = list[tuple[Tensor, Tensor]]  # mean and std [1, C] of each of LEVELS


class Photo(NamedTuple):
    pixels: np.ndarray
    layout: Tensor  # relu4_1 [1, 512, H/8, W/8]


class Painting(NamedTuple):
    pixels: np.ndarray
    moments: Moments


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


def identity_error(output: np.ndarray, photo: np.ndarray) -> float:
    """Mean absolute difference, /255."""
    return float(np.abs(output.astype(np.float64) - photo).mean())


class Judge:
    """Scores pictures against photos and paintings by VGG-19's features."""

    def __init__(self, teachers: Path) -> None:
        self.teacher = Teacher(teachers, "vgg19")

    @torch.no_grad()
    def see(self, picture: np.ndarray) -> tuple[Tensor, Moments]:
        """relu4_1, and the moments of every level."""
        levels = self.teacher(to_tensor(picture))
        return levels["relu4_1"], [moments(levels[level]) for level in LEVELS]

    def photo(self, picture: np.ndarray) -> Photo:
        return Photo(picture, self.see(picture)[0])

    def painting(self, picture: np.ndarray) -> Painting:
        return Painting(picture, self.see(picture)[1])

    def score(self, output: np.ndarray, photo: Photo, painting: Painting) -> Scores:
        """content: MSE of relu4_1. style: sum over levels of the MSE of mean and of std.

        Huang & Belongie 2017, eq. 12 (with the photo as the target) and 13.
        """
        layout, found = self.see(output)
        pairs = zip(found, painting.moments, strict=True)
        style = sum(
            F.mse_loss(a, b).item() for ours, theirs in pairs for a, b in zip(ours, theirs, strict=True)
        )
        content = F.mse_loss(layout, photo.layout).item()
        return Scores(content, style, ssim(output, photo.pixels), *colour_distance(output, painting.pixels))


@torch.no_grad()
def silent_channels(encoder: Encoder, photos: list[np.ndarray]) -> dict[str, float]:
    """Shares of relu4_1's channels that carry nothing.

    dead: 0 in every cell of every photo. flat: std over one photo's cells below 1 % of the mean of
    all channels' stds there, averaged over photos. A norm divides by such a channel's std.
    """
    features = [encoder(to_tensor(photo))[0] for photo in photos]  # [C, H/8, W/8]
    stds = torch.stack([f.flatten(1).std(1, correction=0) for f in features])  # [photos, C]
    highest = torch.stack([f.amax((1, 2)) for f in features]).amax(0)  # [C]
    return {
        "dead": (highest == 0).float().mean().item(),
        "flat": (stds < FLAT * stds.mean(1, keepdim=True)).float().mean().item(),
    }

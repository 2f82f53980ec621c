"""What training minimises. Every loss is a scalar; features come from the teacher."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

from .model import LEVELS
from .teacher import TeacherName

Levels = dict[str, Tensor]
COVARIANCE_LEVELS = ("relu3_1", "relu4_1")


def moments(features: Tensor) -> tuple[Tensor, Tensor]:
    return features.mean((2, 3)), features.var((2, 3), correction=0).add(1e-5).sqrt()


def instance_normalise(features: Tensor) -> Tensor:
    mean, std = moments(features)
    return (features - mean[:, :, None, None]) / std[:, :, None, None]


def content_loss(output: Levels, photo: Levels, teacher: TeacherName) -> Tensor:
    """How far the layout moved at relu4_1.

    Against VGG-19 it is the plain MSE that AdaIN's paper reports (eq. 12, with the photo as the
    target); the distilled net's features have no such scale, so there it is of normalised features.
    """
    if teacher == "vgg19":
        return F.mse_loss(output["relu4_1"], photo["relu4_1"])
    return F.mse_loss(instance_normalise(output["relu4_1"]), instance_normalise(photo["relu4_1"]))


def style_loss(output: Levels, painting: Levels, teacher: TeacherName) -> Tensor:
    """Sum over levels of the squared differences of mean and std (Huang & Belongie 2017, eq. 13).

    The distilled net's levels differ in scale, so there each is divided by the painting's power.
    """
    total = torch.zeros((), device=output["relu1_1"].device)
    for level in LEVELS:
        mean, std = moments(output[level])
        mean_to, std_to = moments(painting[level])
        loss = F.mse_loss(mean, mean_to) + F.mse_loss(std, std_to)
        total = total + (loss if teacher == "vgg19" else loss / (mean_to.square() + std_to.square()).mean())
    return total


def covariance_loss(output: Levels, painting: Levels) -> Tensor:
    """Relative squared distance of the channel covariances: what WCT sets and AdaIN does not."""
    total = torch.zeros((), device=output["relu1_1"].device)
    for level in COVARIANCE_LEVELS:
        a, b = (centred_gram(f[level]) for f in (output, painting))
        total = total + ((a - b).square().sum((1, 2)) / b.square().sum((1, 2))).mean()
    return total


def colour_loss(output: Tensor, painting: Tensor) -> Tensor:
    """Distance of the colours themselves: squared, of the mean RGB in units of a photo's variance (about
    0.05), and relative, of the RGB covariance. Feature statistics alone left most styles orange and blue.
    """
    mean = (output.mean((2, 3)) - painting.mean((2, 3))).square().sum(1) / 0.05
    a, b = centred_gram(output), centred_gram(painting)
    covariance = (a - b).square().sum((1, 2)) / (b.square().sum((1, 2)) + 1e-3)
    return (mean + covariance).mean()


def centred_gram(features: Tensor) -> Tensor:
    x = features.flatten(2)
    x = x - x.mean(2, keepdim=True)
    return x @ x.transpose(1, 2) / x.shape[2]


def reconstruction_loss(
    output: Tensor, target: Tensor, output_levels: Levels, target_levels: Levels
) -> Tensor:
    """L1 in pixels and relative MSE in the teacher's features: content = style must give the picture back."""
    loss = 2 * F.l1_loss(output, target)
    for level in LEVELS:
        a, b = output_levels[level], target_levels[level]
        loss = loss + 0.5 * F.mse_loss(a, b) / b.square().mean()
    return loss


def total_variation(pixels: Tensor) -> Tensor:
    across = (pixels[..., 1:] - pixels[..., :-1]).abs().mean()
    down = (pixels[..., 1:, :] - pixels[..., :-1, :]).abs().mean()
    return across + down


def out_of_range(pixels: Tensor) -> Tensor:
    return (F.relu(pixels - 1) + F.relu(-pixels)).mean()


def dead_channels(before_relu: Tensor) -> Tensor:
    """Pulls up channels that no position of the batch activates, which no other gradient can reach."""
    return F.relu(0.1 - before_relu.amax((0, 2, 3))).mean()

"""What training minimises. Every loss is a scalar; features come from the teacher."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor
from torch.autograd import Function
from torch.autograd.function import once_differentiable

from .norms import channels, statistics
from .teacher import LEVELS, Levels

COVARIANCE_LEVELS = ("relu3_1", "relu4_1")
Moments = dict[str, tuple[Tensor, Tensor]]  # level -> mean and std [N, C]
LevelLoss = Callable[[Levels, Levels], Tensor]


class MeanVariance(Function):
    """Mean and variance [N, C] in float32, a picture at a time: torch's own is slow on a CPU."""

    @staticmethod
    def forward(ctx: Any, x: Tensor) -> tuple[Tensor, Tensor]:
        found: list[Tensor] = []
        for picture in x.permute(0, 2, 3, 1).flatten(1, 2):
            cells = picture.float()  # [HW, C]
            each = torch.full((1, len(cells)), 1 / len(cells))
            mean = each @ cells
            found.append(torch.cat((mean, each @ (cells - mean).square_())))
        mean, variance = torch.stack(found, 1)
        ctx.save_for_backward(x, mean)
        return mean, variance

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, *gradients: Tensor) -> Tensor:  # pyright: ignore[reportIncompatibleMethodOverride]
        of_mean, of_variance = gradients
        x, mean = ctx.saved_tensors
        cells = x[0, 0].numel()
        scale = 2 * of_variance / cells
        shift = of_mean / cells - scale * mean
        return torch.addcmul(channels(shift).to(x.dtype), x, channels(scale).to(x.dtype))


def moments(features: Tensor) -> tuple[Tensor, Tensor]:
    """Mean and std [N, C] in float32. On a GPU bfloat16 features are summed so and rounded once, by 0.2 %."""
    if features.device.type == "cpu":
        mean, variance = MeanVariance.apply(features)
    else:
        variance, mean = torch.var_mean(features, (2, 3), correction=0)
    return mean.float(), variance.float().add(1e-5).sqrt()


def content_loss(output: Levels, photo: Levels) -> Tensor:
    """How far the layout moved: MSE at relu4_1, as AdaIN's paper reports it (eq. 12, the photo as target)."""
    return F.mse_loss(output["relu4_1"].float(), photo["relu4_1"].float())


def style_moments(picture: Levels) -> Moments:
    return {level: moments(picture[level]) for level in LEVELS}


def moment_loss(output: Levels, painting: Moments) -> Tensor:
    """`style_loss` against a painting that was measured before; one painting serves all outputs."""
    total = torch.zeros((), device=output["relu1_1"].device)
    for level in LEVELS:
        for found, wanted in zip(moments(output[level]), painting[level], strict=True):
            total = total + F.mse_loss(found, wanted.expand_as(found))
    return total


def style_loss(output: Levels, painting: Levels) -> Tensor:
    """Sum over levels of the squared differences of mean and std (Huang & Belongie 2017, eq. 13)."""
    return moment_loss(output, style_moments(painting))


def covariance_loss(output: Levels, painting: Levels) -> Tensor:
    """Relative squared distance of the channel covariances: what WCT sets and AdaIN does not."""
    total = torch.zeros((), device=output["relu1_1"].device)
    for level in COVARIANCE_LEVELS:
        a, b = (statistics(f[level]).covariance for f in (output, painting))
        total = total + ((a - b).square().sum((1, 2)) / b.square().sum((1, 2))).mean()
    return total


def colour_loss(output: Tensor, painting: Tensor) -> Tensor:
    """Distance of the colours themselves: squared, of the mean RGB in units of a photo's variance (about
    0.05), and relative, of the RGB covariance. Feature statistics alone left most styles orange and blue.
    """
    mean = (output.mean((2, 3)) - painting.mean((2, 3))).square().sum(1) / 0.05
    a, b = (statistics(x).covariance for x in (output, painting))
    covariance = (a - b).square().sum((1, 2)) / (b.square().sum((1, 2)) + 1e-3)
    return (mean + covariance).mean()


def reconstruction_loss(output_levels: Levels, target_levels: Levels) -> Tensor:
    """Relative MSE in the teacher's features: content = style must give the picture back."""
    loss = torch.zeros((), device=output_levels["relu1_1"].device)
    for level in LEVELS:
        a, b = output_levels[level].float(), target_levels[level].float()
        loss = loss + 0.5 * F.mse_loss(a, b) / b.square().mean()
    return loss


def total_variation(pixels: Tensor) -> Tensor:
    across = (pixels[..., 1:] - pixels[..., :-1]).abs().mean()
    down = (pixels[..., 1:, :] - pixels[..., :-1, :]).abs().mean()
    return across + down


def stray_colour(output: Tensor, grey: Tensor) -> Tensor:
    """Colours of restyled grey photos that do not follow their lightness: the mean square of what a cubic of
    r + g + b does not explain of r - g and b - g, in units of a photo's variance (about 0.05).

    Statistics of a whole picture hardly notice the few pixels along dark edges that turn red.

    grey: [N], 1 for photos without colours, 0 for the others, which do not count.
    """
    red, green, blue = output.flatten(2).float().unbind(1)  # [N, HW]
    lightness = (red + green + blue).detach() / 3 - 0.5
    powers = torch.stack([lightness**k for k in range(4)], 2)  # [N, HW, 4]
    colours = torch.stack((red - green, blue - green), 2)
    ridge = 1e-6 * torch.eye(4, device=output.device)
    gram, mixed = (powers.mT @ other / powers.shape[1] for other in (powers, colours))
    left = colours - powers @ torch.linalg.solve(gram + ridge, mixed)
    return (left.square().sum(2).mean(1) * grey).sum() / grey.sum().clamp(min=1) / 0.05


def out_of_range(pixels: Tensor) -> Tensor:
    return (F.relu(pixels - 1) + F.relu(-pixels)).mean()

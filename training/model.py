"""The networks: an encoder to features, the decoder back, and DIN's predictor.

A picture's features are one map, at a quarter of its size. It is linear (its ReLU comes after, in the
decoder), and the norms act on it. Layers are named by the share of the picture's side that their output
has: conv2 is at a half, down4 steps to a quarter.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .padding import ReflectConv

Widths = tuple[int, int, int]  # channels at 1/1, 1/2, 1/4
WIDTHS: Widths = (16, 32, 64)
CELL = 4  # px; the side of the square that one place in the features stands for
MID_GREY = 0.45  # the mean of a photo's pixels in 0..1


def conv3x3(inputs: int, outputs: int, stride: int = 1) -> nn.Conv2d:
    """A reflection-padded 3x3 convolution with He initialisation (He et al. 2015)."""
    layer = ReflectConv(inputs, outputs, stride)
    nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
    assert layer.bias is not None
    nn.init.zeros_(layer.bias)
    return layer


class Encoder(nn.Module):
    """Pixels to features. Strided convolutions halve the map, so only one layer works at full size."""

    layers = ("conv1", "down2", "conv2", "down4", "conv4")

    def __init__(self, widths: Widths = WIDTHS) -> None:
        super().__init__()
        a, b, c = widths
        self.conv1 = conv3x3(3, a)
        self.down2, self.conv2 = conv3x3(a, b, 2), conv3x3(b, b)
        self.down4, self.conv4 = conv3x3(b, c, 2), conv3x3(c, c)
        with torch.no_grad():  # start as if the pixels were centred; reflection padding makes this exact
            assert self.conv1.bias is not None
            self.conv1.bias -= MID_GREY * self.conv1.weight.sum((1, 2, 3))

    def maps(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """x [N, 3, H, W] in 0..1, H and W multiples of 4 -> the map at a half, and the features."""
        x = F.relu(self.conv1(x))  # [N, 16, H, W]
        half = F.relu(self.conv2(F.relu(self.down2(x))))  # [N, 32, H/2, W/2]
        return half, self.conv4(F.relu(self.down4(half)))  # [N, 64, H/4, W/4]

    def forward(self, x: Tensor) -> Tensor:
        return self.maps(x)[1]


class Decoder(nn.Module):
    """Features to pixels, with nearest upsampling."""

    layers: tuple[str, ...] = ("conv4_1", "conv4_2", "up2", "conv2", "up1", "conv1")

    def __init__(self, widths: Widths = WIDTHS) -> None:
        super().__init__()
        a, b, c = widths
        self.conv4_1, self.conv4_2, self.up2 = conv3x3(c, c), conv3x3(c, c), conv3x3(c, b)
        self.conv2, self.up1 = conv3x3(b, b), conv3x3(b, a)
        self.conv1 = conv3x3(a, 3)
        with torch.no_grad():  # the last layer is linear, and starts near mid-grey
            self.conv1.weight *= 0.5**0.5
            assert self.conv1.bias is not None
            self.conv1.bias += MID_GREY

    def forward(self, features: Tensor) -> Tensor:
        """-> pixels [N, 3, H, W], about 0..1 and not clipped."""
        x = F.relu(features)  # [N, 64, H/4, W/4]
        x = F.relu(self.conv4_2(F.relu(self.conv4_1(x))))
        x = F.relu(self.up2(self.upsample(x)))  # [N, 32, H/2, W/2]
        x = F.relu(self.conv2(x))
        x = F.relu(self.up1(self.upsample(x)))  # [N, 16, H, W]
        return self.conv1(x)  # [N, 3, H, W]

    def upsample(self, x: Tensor) -> Tensor:
        return F.interpolate(x, scale_factor=2, mode="nearest")


class DinNet(nn.Module):
    """Predicts the dynamic convolution of the features from a style's statistics (Jing et al. 2020, eq. 4).

    It sees mean, std and the correlations inside each group of neighbouring channels, and gives a
    depthwise 3x3 part, a grouped 1x1 part and a bias, all as departures from the identity: an
    untrained DIN is AdaIN.
    """

    def __init__(self, channels: int = WIDTHS[2], group_size: int = 8, hidden: int = 40) -> None:
        super().__init__()
        self.channels, self.group_size = channels, group_size
        self.see = nn.Linear(2 * channels + channels * group_size, hidden)
        self.think = nn.Linear(hidden, hidden)
        self.pointwise = nn.Linear(hidden, channels * group_size)
        self.depthwise = nn.Linear(hidden, channels * 9)
        self.bias = nn.Linear(hidden, channels)
        for head in (self.pointwise, self.depthwise, self.bias):
            nn.init.normal_(head.weight, 0, 1e-3)
            nn.init.zeros_(head.bias)

    def parts(self, mean: Tensor, std: Tensor, covariance: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """mean, std [N, C], covariance [N, C, C] ->
        pointwise [N, C, C/G], depthwise [N, C, 3, 3], bias [N, C].

        All act on standardised features; `bias` is in units of the style's std.
        """
        n, c, k = mean.shape[0], self.channels, self.group_size
        scale = std.mean(1, keepdim=True)
        correlation = covariance / (std[:, :, None] * std[:, None, :])
        blocks = correlation.view(n, c // k, k, c // k, k).diagonal(dim1=1, dim2=3)  # [N, k, k, C/k]
        summary = blocks.permute(0, 3, 1, 2).reshape(n, c * k)
        hidden = F.relu(self.see(torch.cat((mean / scale, std / scale, summary), 1)))
        hidden = F.relu(self.think(hidden))
        eye = torch.eye(k, device=mean.device).repeat(c // k, 1)  # [C, k]: row o has its own input
        pointwise = self.pointwise(hidden).view(n, c, k) + eye  # out, in (inside the group)
        centre = F.pad(torch.ones(1, 1, 1, device=mean.device), (1, 1, 1, 1))
        depthwise = self.depthwise(hidden).view(n, c, 3, 3) + centre
        return pointwise, depthwise, self.bias(hidden)

    def forward(self, mean: Tensor, std: Tensor, covariance: Tensor) -> tuple[Tensor, Tensor]:
        """The parts as one grouped kernel [N, C, C/G, 3, 3], and the bias [N, C]."""
        pointwise, depthwise, bias = self.parts(mean, std, covariance)
        n, c, k = pointwise.shape
        inputs = depthwise.view(n, c // k, 1, k, 3, 3).expand(n, c // k, k, k, 3, 3).reshape(n, c, k, 3, 3)
        return pointwise[..., None, None] * inputs, bias

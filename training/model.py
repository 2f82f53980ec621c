"""The networks: a quarter-width VGG-19 encoder to relu4_1, its mirrored decoder, and DIN's predictor.

Layer names follow VGG-19 (conv1_1 ... conv4_1). The decoder's layers carry the name of the
encoder layer that they undo, so they are read in falling order.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

WIDTHS = (16, 32, 64, 128)
LEVELS = ("relu1_1", "relu2_1", "relu3_1", "relu4_1")
MID_GREY = 0.45  # the mean of a photo's pixels in 0..1


def conv3x3(inputs: int, outputs: int) -> nn.Conv2d:
    """A reflection-padded 3x3 convolution with He initialisation (He et al. 2015)."""
    layer = nn.Conv2d(inputs, outputs, 3, padding=1, padding_mode="reflect")
    nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
    assert layer.bias is not None
    nn.init.zeros_(layer.bias)
    return layer


def pool(x: Tensor) -> Tensor:
    return F.max_pool2d(x, 2)


def upsample(x: Tensor) -> Tensor:
    return F.interpolate(x, scale_factor=2, mode="nearest")


class Encoder(nn.Module):
    """Pixels to features, VGG-19's topology to relu4_1 (Simonyan & Zisserman 2014)."""

    def __init__(self, widths: tuple[int, int, int, int] = WIDTHS) -> None:
        super().__init__()
        a, b, c, d = widths
        self.conv1_1, self.conv1_2 = conv3x3(3, a), conv3x3(a, a)
        self.conv2_1, self.conv2_2 = conv3x3(a, b), conv3x3(b, b)
        self.conv3_1, self.conv3_2 = conv3x3(b, c), conv3x3(c, c)
        self.conv3_3, self.conv3_4 = conv3x3(c, c), conv3x3(c, c)
        self.conv4_1 = conv3x3(c, d)
        with torch.no_grad():  # start as if the pixels were centred; reflection padding makes this exact
            assert self.conv1_1.bias is not None
            self.conv1_1.bias -= MID_GREY * self.conv1_1.weight.sum((1, 2, 3))

    def levels(self, x: Tensor) -> tuple[dict[str, Tensor], Tensor]:
        """x [N, 3, H, W] in 0..1 -> the four style levels, and relu4_1 before its ReLU."""
        relu1_1 = F.relu(self.conv1_1(x))  # [N, 16, H, W]
        x = pool(F.relu(self.conv1_2(relu1_1)))  # [N, 16, H/2, W/2]
        relu2_1 = F.relu(self.conv2_1(x))  # [N, 32, H/2, W/2]
        x = pool(F.relu(self.conv2_2(relu2_1)))  # [N, 32, H/4, W/4]
        relu3_1 = F.relu(self.conv3_1(x))  # [N, 64, H/4, W/4]
        x = F.relu(self.conv3_3(F.relu(self.conv3_2(relu3_1))))
        x = pool(F.relu(self.conv3_4(x)))  # [N, 64, H/8, W/8]
        before = self.conv4_1(x)  # [N, 128, H/8, W/8]
        return dict(zip(LEVELS, (relu1_1, relu2_1, relu3_1, F.relu(before)), strict=True)), before

    def forward(self, x: Tensor) -> Tensor:
        """x [N, 3, H, W] in 0..1 -> relu4_1 [N, 128, H/8, W/8]."""
        return self.levels(x)[0]["relu4_1"]


class Decoder(nn.Module):
    """Features to pixels: the encoder mirrored, nearest upsampling in place of pooling."""

    def __init__(self, widths: tuple[int, int, int, int] = WIDTHS) -> None:
        super().__init__()
        a, b, c, d = widths
        self.conv4_1 = conv3x3(d, c)
        self.conv3_4, self.conv3_3 = conv3x3(c, c), conv3x3(c, c)
        self.conv3_2, self.conv3_1 = conv3x3(c, c), conv3x3(c, b)
        self.conv2_2, self.conv2_1 = conv3x3(b, b), conv3x3(b, a)
        self.conv1_2, self.conv1_1 = conv3x3(a, a), conv3x3(a, 3)
        with torch.no_grad():  # the last layer is linear, and starts near mid-grey
            self.conv1_1.weight *= 0.5**0.5
            assert self.conv1_1.bias is not None
            self.conv1_1.bias += MID_GREY

    def forward(self, x: Tensor) -> Tensor:
        """x [N, 128, H/8, W/8] -> pixels [N, 3, H, W], about 0..1 and not clipped."""
        x = upsample(F.relu(self.conv4_1(x)))  # [N, 64, H/4, W/4]
        x = F.relu(self.conv3_3(F.relu(self.conv3_4(x))))
        x = upsample(F.relu(self.conv3_1(F.relu(self.conv3_2(x)))))  # [N, 32, H/2, W/2]
        x = upsample(F.relu(self.conv2_1(F.relu(self.conv2_2(x)))))  # [N, 16, H, W]
        return self.conv1_1(F.relu(self.conv1_2(x)))  # [N, 3, H, W]


class DinNet(nn.Module):
    """Predicts DIN's dynamic convolution from a style's statistics (Jing et al. 2020, eq. 4).

    It sees mean, std and the correlations inside each group of neighbouring channels, and gives a
    depthwise 3x3 part, a grouped 1x1 part and a bias, all as departures from the identity: an
    untrained DIN is AdaIN.
    """

    def __init__(self, channels: int = WIDTHS[3], group_size: int = 8, hidden: int = 56) -> None:
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

    def forward(self, mean: Tensor, std: Tensor, covariance: Tensor) -> tuple[Tensor, Tensor]:
        """mean, std [N, C], covariance [N, C, C] -> kernel [N, C, C/G, 3, 3], bias [N, C].

        Both act on standardised features; `bias` is in units of the style's std.
        """
        n, c, k = mean.shape[0], self.channels, self.group_size
        scale = mean.mean(1, keepdim=True) + 1e-3
        correlation = covariance / (std[:, :, None] * std[:, None, :])
        blocks = correlation.view(n, c // k, k, c // k, k).diagonal(dim1=1, dim2=3)  # [N, k, k, C/k]
        summary = blocks.permute(0, 3, 1, 2).reshape(n, c * k)
        hidden = F.relu(self.see(torch.cat((mean / scale, std / scale, summary), 1)))
        hidden = F.relu(self.think(hidden))
        eye = torch.eye(k, device=mean.device).repeat(c // k, 1)  # [C, k]: row o has its own input
        pointwise = self.pointwise(hidden).view(n, c, k) + eye  # out, in (inside the group)
        centre = F.pad(torch.ones(1, 1, 1, device=mean.device), (1, 1, 1, 1))
        depthwise = self.depthwise(hidden).view(n, c, 3, 3) + centre
        inputs = depthwise.view(n, c // k, 1, k, 3, 3).expand(n, c // k, k, k, 3, 3).reshape(n, c, k, 3, 3)
        return pointwise[..., None, None] * inputs, self.bias(hidden)

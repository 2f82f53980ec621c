"""Other networks and other training than what ships, for the ablation: one class for each idea."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .model import LEVELS, WIDTHS, Decoder, DinNet, Encoder, Features, conv3x3
from .networks import Networks
from .padding import reflect
from .restyling import NORMS, Norm
from .run import Run


class CoarseDecoder(Decoder):
    """One bottleneck: the fine level is not read."""

    def forward(self, features: Features) -> Tensor:
        return super().forward(Features(torch.zeros_like(features.fine), features.coarse))


class HalfFeatures(NamedTuple):
    shallow: Tensor  # [N, 32, H/2, W/2]
    fine: Tensor
    coarse: Tensor


class HalfEncoder(Encoder):
    """A third level, at half of the picture's size."""

    def levels(self, x: Tensor) -> tuple[Tensor, HalfFeatures]:  # pyright: ignore[reportIncompatibleMethodOverride]
        x = F.relu(self.conv1(x))
        half = self.conv2(F.relu(self.down2(x)))
        fine = self.conv4(F.relu(self.down4(F.relu(half))))
        coarse = self.conv8(F.relu(self.down8(F.relu(fine))))
        return F.relu(half), HalfFeatures(half, fine, coarse)


class HalfDecoder(Decoder):
    def forward(self, features: HalfFeatures) -> Tensor:  # pyright: ignore[reportIncompatibleMethodOverride]
        x = F.relu(self.conv8(features.coarse))
        x = F.relu(self.up4(self.upsample(x)) + features.fine)
        x = F.relu(self.conv4_2(F.relu(self.conv4_1(x))))
        x = F.relu(self.up2(self.upsample(x)) + features.shallow)
        x = F.relu(self.conv2(x))
        return self.conv1(F.relu(self.up1(self.upsample(x))))


def mixing(inputs: int, outputs: int) -> nn.Conv2d:
    """A linear 1x1 convolution that keeps the size of the values."""
    layer = nn.Conv2d(inputs, outputs, 1)
    nn.init.kaiming_normal_(layer.weight, nonlinearity="linear")
    return layer


class WideEncoder(Encoder):
    """Both maps lifted to twice their channels by a 1x1 convolution: more statistics for the same layers."""

    def __init__(self) -> None:
        super().__init__()
        self.lift4, self.lift8 = (mixing(count, 2 * count) for count in WIDTHS[2:])

    def levels(self, x: Tensor) -> tuple[Tensor, Features]:
        half, features = super().levels(x)
        return half, Features(self.lift4(features.fine), self.lift8(features.coarse))


class WideDecoder(Decoder):
    def __init__(self) -> None:
        super().__init__()
        self.drop4, self.drop8 = (mixing(2 * count, count) for count in WIDTHS[2:])

    def forward(self, features: Features) -> Tensor:
        return super().forward(Features(self.drop4(features.fine), self.drop8(features.coarse)))


class DeeperDecoder(Decoder):
    """More layers of the same width where the map is small."""

    def __init__(self, at_an_eighth: int, at_a_quarter: int) -> None:
        super().__init__()
        self.more8 = nn.ModuleList(conv3x3(WIDTHS[3], WIDTHS[3]) for _ in range(at_an_eighth))
        self.more4 = nn.ModuleList(conv3x3(WIDTHS[2], WIDTHS[2]) for _ in range(at_a_quarter))
        added = tuple(f"more4.{i}" for i in range(at_a_quarter))
        self.after_fine = (*Decoder.after_fine[:2], *added, *Decoder.after_fine[2:])

    def forward(self, features: Features) -> Tensor:
        x = F.relu(self.conv8(features.coarse))
        for layer in self.more8:
            x = F.relu(layer(x))
        x = F.relu(self.up4(self.upsample(x)) + features.fine)
        x = F.relu(self.conv4_2(F.relu(self.conv4_1(x))))
        for layer in self.more4:
            x = F.relu(layer(x))
        x = F.relu(self.conv2(F.relu(self.up2(self.upsample(x)))))
        return self.conv1(F.relu(self.up1(self.upsample(x))))


class PoolEncoder(Encoder):
    """Halves maps by 2x2 max pooling before the layer, as VGG-19 does, in place of a stride."""

    def __init__(self) -> None:
        super().__init__()
        for layer in (self.down2, self.down4, self.down8):
            layer.stride = (1, 1)
            layer.register_forward_pre_hook(lambda _, inputs: self.halve(inputs[0]))

    def halve(self, x: Tensor) -> Tensor:
        return F.max_pool2d(x, 2)


class BlurEncoder(PoolEncoder):
    """Antialiased: a binomial filter, and every second cell (Zhang 2019)."""

    def halve(self, x: Tensor) -> Tensor:
        line = torch.tensor([0.25, 0.5, 0.25], device=x.device, dtype=x.dtype)
        filter = torch.outer(line, line).expand(x.shape[1], 1, 3, 3)
        return F.conv2d(reflect(x), filter, stride=2, groups=x.shape[1])


class BilinearDecoder(Decoder):
    def upsample(self, x: Tensor) -> Tensor:
        return F.interpolate(x, scale_factor=2, mode="bilinear")


class SubPixel(nn.Sequential):
    """3x3 to four times the channels, which become the four pixels of a cell (Shi et al. 2016)."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__(conv3x3(inputs, 4 * outputs), nn.PixelShuffle(2))


class SubPixelDecoder(Decoder):
    def __init__(self) -> None:
        super().__init__()
        a, b, c, d = WIDTHS
        self.up4, self.up2, self.up1 = SubPixel(d, c), SubPixel(c, b), SubPixel(b, a)

    def upsample(self, x: Tensor) -> Tensor:
        return x


class MomentsDin(DinNet):
    """Sees mean and std only."""

    def forward(self, mean: Tensor, std: Tensor, covariance: Tensor) -> tuple[Tensor, Tensor]:
        return super().forward(mean, std, torch.diag_embed(covariance.diagonal(dim1=1, dim2=2)))


def networks(
    encoder: type[Encoder] = Encoder, decoder: type[Decoder] = Decoder, din: type[DinNet] = DinNet
) -> Networks:
    """The networks that ship, with some of them replaced."""
    made = Networks()
    made.encoder, made.decoder = encoder(), decoder()
    if din is not DinNet:
        made.din = nn.ModuleDict({k: din(count) for k, count in zip(LEVELS, WIDTHS[2:], strict=True)})
    return made


def deeper(at_an_eighth: int, at_a_quarter: int) -> Callable[[], Networks]:
    def make() -> Networks:
        made = Networks()
        made.decoder = DeeperDecoder(at_an_eighth, at_a_quarter)
        return made

    return make


def three_levels() -> Networks:
    made = networks(HalfEncoder, HalfDecoder)
    made.din["shallow"] = DinNet(WIDTHS[1])
    return made


def wide_maps() -> Networks:
    """The lifts to the teacher read the wide maps."""
    made = networks(WideEncoder, WideDecoder)
    for i, (level, count) in enumerate(zip(LEVELS, WIDTHS[2:], strict=True)):
        made.din[level] = DinNet(2 * count)
        made.lifts[f"relu{i + 3}_1"] = nn.Conv2d(2 * count, 2 ** (i + 8), 1)
    return made


class BiasedNetworks(Networks):
    """A bias for each norm and channel, added to the edited maps."""

    def __init__(self) -> None:
        super().__init__()
        self.norm_bias = nn.ParameterDict(
            {
                f"{norm} {level}": torch.zeros(count)
                for norm in NORMS
                for level, count in zip(LEVELS, WIDTHS[2:], strict=True)
            }
        )


class BiasedRun(Run):
    def edit(self, norm: Norm, photo: Features, painting: Features) -> Features:
        edited = super().edit(norm, photo, painting)
        assert isinstance(self.networks, BiasedNetworks)
        bias = self.networks.norm_bias
        return Features(*(x + bias[f"{norm.name} {k}"][:, None, None] for k, x in edited._asdict().items()))


class FineLeftOutRun(Run):
    """Every second restyling must do without the fine level, but for the colours that it carries."""

    def edit(self, norm: Norm, photo: Features, painting: Features) -> Features:
        edited = super().edit(norm, photo, painting)
        if not self.networks.training:
            return edited
        rows = [row for carried in self.carried if carried.layer == "encoder.conv4" for row in carried.rows]
        left = torch.rand((), device=self.device) < 0.5
        kept = left.float().repeat(edited.fine.shape[1])
        kept[rows] = 1
        return edited._replace(fine=edited.fine * kept[:, None, None])

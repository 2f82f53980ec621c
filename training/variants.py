"""Other networks and other training than what ships, for the ablation: one class for each idea."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .colour_paths import rows_of
from .model import WIDTHS, Decoder, DinNet, Encoder, conv3x3
from .networks import Networks
from .padding import reflect
from .restyling import NORMS, Norm, edit
from .run import Run
from .teacher import WIDTHS as VGG_WIDTHS
from .teacher import Levels


def mixing(inputs: int, outputs: int) -> nn.Conv2d:
    """A linear 1x1 convolution that keeps the size of the values."""
    layer = nn.Conv2d(inputs, outputs, 1)
    nn.init.kaiming_normal_(layer.weight, nonlinearity="linear")
    return layer


class WideEncoder(Encoder):
    """Features of twice the channels by a 1x1 convolution: more statistics for the same layers."""

    def __init__(self) -> None:
        super().__init__()
        self.lift4 = mixing(WIDTHS[2], 2 * WIDTHS[2])

    def maps(self, x: Tensor) -> tuple[Tensor, Tensor]:
        half, features = super().maps(x)
        return half, self.lift4(features)


class WideDecoder(Decoder):
    def __init__(self) -> None:
        super().__init__()
        self.drop4 = mixing(2 * WIDTHS[2], WIDTHS[2])

    def forward(self, features: Tensor) -> Tensor:
        return super().forward(self.drop4(features))


class DeeperDecoder(Decoder):
    """Two more layers of the same width where the map is small."""

    layers = (*Decoder.layers[:2], "conv4_3", "conv4_4", *Decoder.layers[2:])

    def __init__(self) -> None:
        super().__init__()
        self.conv4_3, self.conv4_4 = (conv3x3(WIDTHS[2], WIDTHS[2]) for _ in range(2))

    def forward(self, features: Tensor) -> Tensor:
        x = F.relu(features)
        for layer in (self.conv4_1, self.conv4_2, self.conv4_3, self.conv4_4):
            x = F.relu(layer(x))
        x = F.relu(self.conv2(F.relu(self.up2(self.upsample(x)))))
        return self.conv1(F.relu(self.up1(self.upsample(x))))


class PoolEncoder(Encoder):
    """Halves maps by 2x2 max pooling before the layer, as VGG-19 does, in place of a stride."""

    def __init__(self) -> None:
        super().__init__()
        for layer in (self.down2, self.down4):
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
        a, b, c = WIDTHS
        self.up2, self.up1 = SubPixel(c, b), SubPixel(b, a)

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
    made.encoder, made.decoder, made.din = encoder(), decoder(), din()
    return made


def wide_features() -> Networks:
    """The lift to the teacher reads the wide features."""
    made = networks(WideEncoder, WideDecoder)
    made.din = DinNet(2 * WIDTHS[2])
    made.lifts["relu3_1"] = nn.Conv2d(2 * WIDTHS[2], VGG_WIDTHS[2], 1)
    return made


class BiasedNetworks(Networks):
    """A bias for each norm and channel, added to the edited features."""

    def __init__(self) -> None:
        super().__init__()
        self.norm_bias = nn.ParameterDict({norm: torch.zeros(WIDTHS[2]) for norm in NORMS})


class BiasedRun(Run):
    def edit(self, norm: Norm, photo: Tensor, painting: Tensor) -> Tensor:
        assert isinstance(self.networks, BiasedNetworks)
        return super().edit(norm, photo, painting) + self.networks.norm_bias[norm.name][:, None, None]


COARSE = 128  # channels of the second level


def joined(fine: Tensor, coarse: Tensor) -> Tensor:
    """[N, 64, H/4, W/4] and [N, 128, H/8, W/8] as one map [N, 96, H/4, W/4], which all but the norms take."""
    return torch.cat((fine, F.pixel_shuffle(coarse, 2)), 1)


def parted(features: Tensor) -> tuple[Tensor, Tensor]:
    """The inverse of `joined`."""
    fine, coarse = features.split((WIDTHS[2], COARSE // 4), 1)
    return fine, F.pixel_unshuffle(coarse, 2)


class TwoLevelEncoder(Encoder):
    """A second level at an eighth, which the norms edit by its own statistics; sides are multiples of 8."""

    def __init__(self) -> None:
        super().__init__()
        self.down8, self.conv8 = conv3x3(WIDTHS[2], COARSE, 2), conv3x3(COARSE, COARSE)

    def maps(self, x: Tensor) -> tuple[Tensor, Tensor]:
        half, fine = super().maps(x)
        return half, joined(fine, self.conv8(F.relu(self.down8(F.relu(fine)))))


class TwoLevelDecoder(Decoder):
    def __init__(self) -> None:
        super().__init__()
        self.conv8, self.up4 = conv3x3(COARSE, COARSE), conv3x3(COARSE, WIDTHS[2])

    def forward(self, features: Tensor) -> Tensor:
        fine, coarse = parted(features)
        return super().forward(fine + self.up4(self.upsample(F.relu(self.conv8(coarse)))))


class TwoLevelNetworks(Networks):
    def __init__(self) -> None:
        super().__init__()
        self.encoder, self.decoder = TwoLevelEncoder(), TwoLevelDecoder()
        self.coarse_din = DinNet(COARSE)
        self.lifts["relu4_1"] = nn.Conv2d(COARSE, VGG_WIDTHS[3], 1)

    def lifted(self, half: Tensor, features: Tensor) -> Levels:
        fine, coarse = parted(features)
        return super().lifted(half, fine) | {"relu4_1": F.relu(self.lifts["relu4_1"](coarse))}


class TwoLevelRun(Run):
    def edit(self, norm: Norm, photo: Tensor, painting: Tensor) -> Tensor:
        assert isinstance(self.networks, TwoLevelNetworks)
        (fine, coarse), (other, other_coarse) = parted(photo), parted(painting)
        edited = edit(norm, coarse, other_coarse, self.networks.coarse_din)
        return joined(super().edit(norm, fine, other), edited)

    def carry_colour(self) -> None:
        """The second level adds nothing to the colours."""
        super().carry_colour()
        up4 = self.networks.decoder.get_submodule("up4")
        assert isinstance(up4, nn.Conv2d) and up4.bias is not None
        for rows in [carried.rows for carried in self.carried if carried.layer == "encoder.conv4"]:
            with torch.no_grad():
                up4.weight[rows] = 0
                up4.bias[rows] = 0
            self.carried.append(rows_of(self.networks, "decoder.up4", rows))

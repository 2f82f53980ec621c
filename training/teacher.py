"""VGG-19 up to relu4_1, frozen: what training is judged by.

Its weights are read from a folder outside the project and never shipped (see training/README.md).
"""

from __future__ import annotations

from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn

from .padding import reflect

FILE = "vgg19_normalised_relu4_1.safetensors"
QUARTER_FILE = "vgg19_distilled16x_relu4_1.safetensors"
LEVELS = ("relu1_1", "relu2_1", "relu3_1", "relu4_1")
WIDTHS = (64, 128, 256, 512)
LAYERS = ("1_1", "1_2", "pool", "2_1", "2_2", "pool", "3_1", "3_2", "3_3", "3_4", "pool", "4_1")
# torch.nn.Sequential positions in the published file, one for each convolution of LAYERS
POSITIONS = (2, 5, 9, 12, 16, 19, 22, 25, 29)

Levels = dict[str, Tensor]


class Teacher(nn.Module):
    """Pixels [N, 3, H, W] in 0..1 to relu1_1, relu2_1, relu3_1 and relu4_1 (Simonyan & Zisserman 2014)."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.read(folder)

    def read(self, folder: Path) -> None:
        weights = load_file(folder / FILE)
        convolutions = [layer for layer in LAYERS if layer != "pool"]
        for layer, position in zip(convolutions, POSITIONS, strict=True):
            weight, bias = (weights[f"{position}.{kind}"].float() for kind in ("weight", "bias"))
            if layer == "1_1":  # the 1x1 colour change before it folds into it: reflection keeps that exact
                colour = weights["0.weight"].float()[:, :, 0, 0]  # [out, in]
                bias = bias + torch.einsum("oikl,i->o", weight, weights["0.bias"].float())
                weight = torch.einsum("oikl,ij->ojkl", weight, colour)
            self.register_buffer(f"{layer}_weight", weight.contiguous(memory_format=torch.channels_last))
            self.register_buffer(f"{layer}_bias", bias)

    def forward(self, x: Tensor) -> Levels:
        """Features in the precision of the weights, which `.to(torch.bfloat16)` changes."""
        levels: Levels = {}
        x = x.to(self.get_buffer("1_1_weight").dtype)
        for layer in LAYERS:
            if layer == "pool":
                x = F.max_pool2d(x, 2)
                continue
            x = F.relu(self.convolve(layer, reflect(x)), inplace=True)
            if f"relu{layer}" in LEVELS:
                levels[f"relu{layer}"] = self.lift(layer, x)
        return levels

    def convolve(self, layer: str, x: Tensor) -> Tensor:
        return F.conv2d(x, self.get_buffer(f"{layer}_weight"), self.get_buffer(f"{layer}_bias"))

    def lift(self, layer: str, x: Tensor) -> Tensor:
        """A level as it is compared: here the channels themselves."""
        return x


class QuarterTeacher(Teacher):
    """VGG-19 with a quarter of the channels, distilled, and 1x1 lifts to VGG-19's own (Wang et al. 2020).

    A fifth of VGG-19's time on a CPU. Its losses are about two thirds of VGG-19's, and its relu4_1 is off by
    0.36 of the variance: enough to set short runs against each other, not to train what ships.
    """

    def read(self, folder: Path) -> None:
        weights = load_file(folder / QUARTER_FILE)
        for layer in ("0", *(layer for layer in LAYERS if layer != "pool")):
            self.keep(layer, weights, f"conv{layer.replace('_', '')}")
        for level in LEVELS:
            layer = level.removeprefix("relu")
            self.keep(f"lift{layer}", weights, f"conv{layer.replace('_', '')}_aux")

    def keep(self, layer: str, weights: dict[str, Tensor], name: str) -> None:
        weight = weights[f"{name}.weight"].float().contiguous(memory_format=torch.channels_last)
        self.register_buffer(f"{layer}_weight", weight)
        self.register_buffer(f"{layer}_bias", weights[f"{name}.bias"].float())

    def forward(self, x: Tensor) -> Levels:
        return super().forward(self.convolve("0", x.to(self.get_buffer("0_weight").dtype)))

    def lift(self, layer: str, x: Tensor) -> Tensor:
        return F.relu(self.convolve(f"lift{layer}", x))

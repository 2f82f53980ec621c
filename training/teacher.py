"""The frozen networks that training is judged by: VGG-19, or its 16x distillation on a CPU.

Weights are read from a folder outside the project and never shipped (see training/README.md).
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn

from .model import LEVELS

TeacherName = Literal["distilled", "vgg19"]
FILES: dict[TeacherName, str] = {
    "distilled": "vgg19_distilled16x_relu4_1.safetensors",
    "vgg19": "vgg19_normalised_relu4_1.safetensors",
}
LAYERS = ("1_1", "1_2", "pool", "2_1", "2_2", "pool", "3_1", "3_2", "3_3", "3_4", "pool", "4_1")
# torch.nn.Sequential positions in the published VGG-19 file, one for each convolution of LAYERS
VGG19_POSITIONS = (2, 5, 9, 12, 16, 19, 22, 25, 29)


class Teacher(nn.Module):
    """Pixels [N, 3, H, W] in 0..1 to relu1_1, relu2_1, relu3_1 and relu4_1."""

    def __init__(self, folder: Path, name: TeacherName) -> None:
        super().__init__()
        self.teacher: TeacherName = name
        weights = load_file(folder / FILES[name])
        convolutions = [layer for layer in LAYERS if layer != "pool"]
        if name == "distilled":
            names = {"colour": "conv0", **{c: f"conv{c.replace('_', '')}" for c in convolutions}}
            names |= {f"lift{level[4:]}": f"conv{level[4:].replace('_', '')}_aux" for level in LEVELS}
        else:
            names = {"colour": "0", **{c: str(i) for c, i in zip(convolutions, VGG19_POSITIONS, strict=True)}}
        for ours, theirs in names.items():
            self.register_buffer(f"{ours}_weight", weights[f"{theirs}.weight"].float())
            self.register_buffer(f"{ours}_bias", weights[f"{theirs}.bias"].float())

    def convolve(self, layer: str, x: Tensor) -> Tensor:
        return F.conv2d(x, self.get_buffer(f"{layer}_weight"), self.get_buffer(f"{layer}_bias"))

    def forward(self, x: Tensor) -> dict[str, Tensor]:
        x = self.convolve("colour", x)
        levels: dict[str, Tensor] = {}
        for layer in LAYERS:
            if layer == "pool":
                x = F.max_pool2d(x, 2)
                continue
            x = F.relu(self.convolve(layer, F.pad(x, (1, 1, 1, 1), mode="reflect")))
            if f"relu{layer}" in LEVELS:
                levels[f"relu{layer}"] = x
        return levels

    def full_width(self, levels: dict[str, Tensor]) -> dict[str, Tensor]:
        """The same levels in VGG-19's own channels: the distilled net carries learned 1x1 lifts."""
        if self.teacher == "vgg19":
            return levels
        return {name: F.relu(self.convolve(f"lift{name[4:]}", level)) for name, level in levels.items()}

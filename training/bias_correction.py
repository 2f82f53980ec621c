"""Gives each channel's mean back what rounding the kernels before it took.

Rounding errors of one kernel add up to a shift that is the same wherever in a picture, and later layers turn
it into a cast. Layer after layer, the difference of the means goes into the bias (Nagel et al. 2019,
section 4.2, with activations measured rather than modelled).
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy

import numpy as np
import torch
from torch import Tensor, nn
from tqdm import tqdm

from .data import to_tensor
from .model import CELL
from .networks import Networks
from .norms import adain, moments
from .rounding import Rounded, to_float16

Pictures = tuple[np.ndarray, np.ndarray]  # photo and painting, [H, W, 3] uint8


class ChannelMeans:
    """Means of what layers give, over all pictures that went through them."""

    def __init__(self, networks: Networks, layers: Sequence[str]) -> None:
        self.sums = dict.fromkeys(layers, torch.zeros(()))
        self.counts = dict.fromkeys(layers, 0)
        self.hooks = [networks.get_submodule(one).register_forward_hook(self.listener(one)) for one in layers]

    def listener(self, layer: str):
        def listen(_module: nn.Module, _inputs: tuple[Tensor, ...], output: Tensor) -> None:
            self.sums[layer] = self.sums[layer] + output.mean((0, 2, 3))
            self.counts[layer] += 1

        return listen

    def finish(self) -> dict[str, Tensor]:
        for hook in self.hooks:
            hook.remove()
        return {layer: total / self.counts[layer] for layer, total in self.sums.items()}


def channel_means(networks: Networks, layers: Sequence[str], pairs: Sequence[Pictures]) -> dict[str, Tensor]:
    """By layer [C], while each photo is restyled by AdaIN after its painting."""
    means = ChannelMeans(networks, layers)
    for pair in pairs:
        photo, painting = (networks.encoder(to_tensor(whole_cells(picture))) for picture in pair)
        networks.decoder(adain(photo, moments(painting)))
    return means.finish()


def whole_cells(picture: np.ndarray) -> np.ndarray:
    """Cut to multiples of CELL."""
    height, width = (side - side % CELL for side in picture.shape[:2])
    return picture[:height, :width]


@torch.no_grad()
def correct_biases(
    networks: Networks, parameters: dict[str, Rounded], pairs: Sequence[Pictures]
) -> dict[str, Rounded]:
    """networks: as they were trained. parameters: of those, by name, rounded; all come back, the biases of
    convolutions with 8-bit kernels corrected.
    """
    given = dict(parameters)
    layers = [
        layer
        for layer in (name.removesuffix(".weight") for name in parameters if name.endswith(".weight"))
        if parameters[f"{layer}.weight"].scale is not None and not layer.startswith("din.")
    ]
    wanted = channel_means(networks, layers, pairs)
    as_shipped = deepcopy(networks)
    load(as_shipped, given)
    for layer in tqdm(layers, desc="correcting biases", mininterval=5):
        shift = wanted[layer] - channel_means(as_shipped, [layer], pairs)[layer]
        name = f"{layer}.bias"
        given[name] = Rounded(to_float16(name, torch.from_numpy(given[name].values) + shift))
        load(as_shipped, {name: given[name]})
    return given


def load(networks: Networks, parameters: dict[str, Rounded]) -> None:
    networks.load_state_dict({k: torch.from_numpy(v.values) for k, v in parameters.items()}, strict=False)

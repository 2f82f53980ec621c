"""Colours on their way through the networks: three channels of each layer that training may not change.

In the features, where norms act, they are lightness and two opponent axes.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import torch
from torch import Tensor, nn

from .model import Decoder, Encoder

# Rows: lightness, red against blue, magenta against green; orthonormal. In photos and paintings red, green
# and blue vary together, and these hardly do (Ohta et al. 1980; in logarithms Ruderman et al. 1998), so that
# a norm that sets each channel's mean and std by itself, as AdaIN does, also sets what goes together.
OPPONENT = torch.tensor([[1.0, 1, 1], [1, 0, -1], [0.5, -1, 0.5]])
OPPONENT = OPPONENT / OPPONENT.norm(dim=1, keepdim=True)
RAISED = 5 / 6  # colours of 0..1 reach 0.82 of the last axis on either side


class Carried(NamedTuple):
    """Rows of a layer that hand colours on, which the optimiser may not change."""

    layer: str
    rows: list[int]
    weight: Tensor  # [3, in, 3, 3]
    bias: Tensor  # [3]


def rows_of(networks: nn.Module, layer: str, rows: list[int]) -> Carried:
    """As they are now."""
    convolution = convolution_of(networks, layer)
    assert convolution.bias is not None
    return Carried(layer, rows, convolution.weight[rows].clone(), convolution.bias[rows].clone())


def convolution_of(networks: nn.Module, layer: str) -> nn.Conv2d:
    found = networks.get_submodule(layer)
    assert isinstance(found, nn.Conv2d)
    return found


@torch.no_grad()
def carry_colour(encoder: Encoder, decoder: Decoder, gain: float = 3.0) -> list[Carried]:
    """Gives three channels of each layer to colours.

    VGG-19 hardly sees the axis from green to magenta, so networks that learn from it lose that axis and do
    not find it again, not even when it was given back but left free. Colours are blurred where maps change
    size. The channels taken are those that the next layer reads least. `gain` brings colours (0..1) to the
    size of the features. The last layer starts as half of what it was and half of the carried colours.
    """
    networks = nn.ModuleDict({"encoder": encoder, "decoder": decoder})
    way = [f"encoder.{k}" for k in encoder.layers] + [f"decoder.{k}" for k in decoder.layers]
    taken = pass_on(networks, way)
    *_, last = taken.values()
    encoder.conv4.weight[taken["encoder.conv4"]] *= gain
    decoder.conv1.weight *= 0.5
    assert decoder.conv1.bias is not None
    decoder.conv1.bias *= 0.5
    decoder.conv1.weight[:, last] = 0
    for colour, channel in enumerate(last):
        decoder.conv1.weight[colour, channel, 1, 1] = 0.5 / gain
    turn_to_opponent(encoder, decoder, taken["encoder.conv4"], gain)
    return [rows_of(networks, layer, rows) for layer, rows in taken.items()]


def pass_on(networks: nn.Module, layers: Sequence[str]) -> dict[str, list[int]]:
    """Makes each layer but the last hand on three channels, at first the picture's; says in which rows."""
    blur, still = torch.tensor([0.25, 0.5, 0.25]), torch.tensor([0.0, 1.0, 0.0])
    carried: dict[str, list[int]] = {}
    channels = [0, 1, 2]
    for this, following in pairwise(layers):
        layer, reader = convolution_of(networks, this), convolution_of(networks, following)
        assert layer.bias is not None
        taken = reader.weight.square().sum((0, 2, 3)).argsort()[:3].tolist()
        line = still if layer.in_channels == layer.out_channels or layer.in_channels == 3 else blur
        for source, target in zip(channels, taken, strict=True):
            layer.weight[target] = 0
            layer.weight[target, source] = torch.outer(line, line)
            layer.bias[target] = 0
        carried[this] = channels = taken
    return carried


@torch.no_grad()
def turn_to_opponent(encoder: Encoder, decoder: Decoder, rows: list[int], gain: float) -> None:
    """Turns the features' channels `rows`, which hold red, green and blue times `gain`, to OPPONENT axes, and
    back where they are read, so that a picture that no norm edits stays as it was. Axes that have both signs
    are raised, so that the ReLU after the features leaves them whole.
    """
    raised = gain * torch.tensor([0, RAISED, RAISED])
    writer, reader = encoder.conv4, decoder.conv4_1
    assert writer.bias is not None and reader.bias is not None
    writer.weight[rows] = torch.einsum("ij,jokl->iokl", OPPONENT, writer.weight[rows])
    writer.bias[rows] = OPPONENT @ writer.bias[rows] + raised
    turned = torch.einsum("oikl,ji->ojkl", reader.weight[:, rows], OPPONENT)  # inverse: transpose
    reader.weight[:, rows] = turned
    reader.bias -= torch.einsum("ojkl,j->o", turned, raised)


def find_carried(networks: nn.Module) -> list[Carried]:
    """The rows that carry colours in networks that came without a list of them: all others read each input
    at each tap, and these at most three inputs at one tap, or one at nine.
    """
    found: list[Carried] = []
    for part in ("encoder", "decoder"):
        for name, layer in networks.get_submodule(part).named_children():
            assert isinstance(layer, nn.Conv2d)
            few = layer.weight.flatten(1).count_nonzero(1) <= 9
            if few.sum() == 3:
                found.append(rows_of(networks, f"{part}.{name}", few.nonzero()[:, 0].tolist()))
    return found


@torch.no_grad()
def colours_in(encoder: Encoder, rows: list[int]) -> Tensor:
    """How much more than for black the channels `rows` of the features have for red, green, blue: [3, 3]."""
    flat = torch.cat((torch.zeros(1, 3), torch.eye(3)))[:, :, None, None].expand(4, 3, 16, 16)
    seen = encoder(flat)[:, rows, 2, 2]  # [4, rows]
    return (seen[1:] - seen[0]).T


def hold(networks: nn.Module, carried: list[Carried]) -> None:
    """Keeps the rows as they are through the next step: their gradients become zeros."""
    held: list[Tensor] = []
    for name, rows, *_ in carried:
        layer = convolution_of(networks, name)
        for values in (layer.weight, layer.bias):
            if values is not None and values.grad is not None:
                held += [values.grad[row] for row in rows]
    if held:
        torch._foreach_zero_(held)  # pyright: ignore[reportPrivateImportUsage]

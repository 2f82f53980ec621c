"""The networks' shapes and sizes."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from .model import LEVELS, WIDTHS, Decoder, DinNet, Encoder


def test_each_level_halves_the_picture_and_doubles_the_channels() -> None:
    levels, before = Encoder().levels(torch.rand(2, 3, 48, 32))
    shapes = {name: tuple(level.shape) for name, level in levels.items()}
    assert shapes == {
        "relu1_1": (2, 16, 48, 32),
        "relu2_1": (2, 32, 24, 16),
        "relu3_1": (2, 64, 12, 8),
        "relu4_1": (2, 128, 6, 4),
    }
    assert tuple(levels) == LEVELS
    assert torch.equal(before.relu(), levels["relu4_1"])


def test_the_decoder_gives_pixels_of_the_encoders_size() -> None:
    assert Decoder()(torch.rand(2, WIDTHS[3], 3, 5)).shape == (2, 3, 24, 40)


def test_an_untrained_encoder_sees_mid_grey_as_nothing() -> None:
    grey = torch.full((1, 3, 16, 16), 0.45)
    assert Encoder()(grey).abs().max() < 1e-5


@pytest.mark.parametrize("network", [Encoder, Decoder])
def test_encoder_and_decoder_have_about_0_22_million_parameters(network: type[Encoder | Decoder]) -> None:
    assert 0.21e6 < sum(p.numel() for p in network().parameters()) < 0.23e6


def test_dins_predictor_has_at_most_a_quarter_of_a_million_parameters() -> None:
    assert sum(p.numel() for p in DinNet().parameters()) <= 0.25e6


def test_dins_kernel_is_its_depthwise_times_its_pointwise_part() -> None:
    """With one style, out channel o and in channel i of its group: kernel = pointwise[o, i] depthwise[i]."""
    net = DinNet(channels=8, group_size=4, hidden=5)
    for head in (net.pointwise, net.depthwise):
        nn.init.normal_(head.weight)
    hidden: list[torch.Tensor] = []

    def keep(_layer: nn.Module, _inputs: object, output: torch.Tensor) -> None:
        hidden.append(output.relu())

    net.think.register_forward_hook(keep)
    kernel, bias = net(torch.rand(1, 8), torch.rand(1, 8) + 1, torch.eye(8)[None])
    assert kernel.shape == (1, 8, 4, 3, 3)
    assert bias.shape == (1, 8)
    pointwise = net.pointwise(hidden[0]).view(8, 4) + torch.eye(4).repeat(2, 1)
    depthwise = net.depthwise(hidden[0]).view(8, 3, 3)
    depthwise[:, 1, 1] += 1  # the heads give departures from the identity
    for out, inside in ((0, 0), (2, 3), (5, 1)):
        channel = out // 4 * 4 + inside
        torch.testing.assert_close(kernel[0, out, inside], pointwise[out, inside] * depthwise[channel])

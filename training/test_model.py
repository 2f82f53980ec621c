"""The networks' shapes and sizes."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from .model import CELL, WIDTHS, Decoder, DinNet, Encoder


def test_features_are_a_quarter_of_the_picture() -> None:
    half, features = Encoder().maps(torch.rand(2, 3, 44, 32))
    assert half.shape == (2, 32, 22, 16)
    assert features.shape == (2, WIDTHS[2], 44 // CELL, 32 // CELL) == (2, 64, 11, 8)


def test_features_are_linear_so_that_no_channel_can_die() -> None:
    half, features = Encoder().maps(torch.rand(1, 3, 32, 32))
    assert half.min() == 0
    assert 0.2 < (features < 0).float().mean() < 0.8


def test_the_decoder_gives_pixels_of_the_encoders_size() -> None:
    assert Decoder()(torch.rand(2, WIDTHS[2], 5, 10)).shape == (2, 3, 20, 40)


def test_features_reach_the_pixels_where_they_are_not_negative() -> None:
    decoder, features = Decoder(), torch.randn(1, 64, 8, 8)
    torch.testing.assert_close(decoder(features), decoder(features.relu()))
    assert (decoder(features) - decoder(torch.zeros_like(features))).abs().max() > 0.01


def test_an_untrained_encoder_sees_mid_grey_as_nothing() -> None:
    grey = torch.full((1, 3, 16, 16), 0.45)
    assert Encoder()(grey).abs().max() < 1e-5


@pytest.mark.parametrize(("network", "millions"), [(Encoder, 0.070), (Decoder, 0.107)])
def test_encoder_and_decoder_have_0_18_million_parameters(
    network: type[Encoder | Decoder], millions: float
) -> None:
    assert sum(p.numel() for p in network().parameters()) == pytest.approx(millions * 1e6, rel=0.02)


def test_dins_predictor_has_at_most_75_thousand_parameters() -> None:
    assert sum(p.numel() for p in DinNet().parameters()) <= 75e3


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

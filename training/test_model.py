"""The networks' shapes and sizes."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from .model import (
    LEVEL_CHANNELS,
    LEVELS,
    WIDTHS,
    Decoder,
    DinNet,
    Encoder,
    Features,
    din_nets,
)


def test_features_are_a_quarter_and_an_eighth_of_the_picture() -> None:
    half, features = Encoder().levels(torch.rand(2, 3, 48, 32))
    assert half.shape == (2, 32, 24, 16)
    assert features.fine.shape == (2, 64, 12, 8)
    assert features.coarse.shape == (2, 128, 6, 4)
    assert features._fields == LEVELS
    assert tuple(f.shape[1] for f in features) == LEVEL_CHANNELS


def test_both_levels_are_linear_so_that_no_channel_can_die() -> None:
    half, features = Encoder().levels(torch.rand(1, 3, 32, 32))
    assert half.min() == 0
    for level in features:
        assert 0.2 < (level < 0).float().mean() < 0.8


def test_the_decoder_gives_pixels_of_the_encoders_size() -> None:
    features = Features(torch.rand(2, WIDTHS[2], 6, 10), torch.rand(2, WIDTHS[3], 3, 5))
    assert Decoder()(features).shape == (2, 3, 24, 40)


@pytest.mark.parametrize("level", LEVELS)
def test_each_level_reaches_the_pixels(level: str) -> None:
    decoder, features = Decoder(), Features(torch.rand(1, 64, 8, 8), torch.rand(1, 128, 4, 4))
    without = features._replace(**{level: torch.zeros_like(getattr(features, level))})
    assert (decoder(features) - decoder(without)).abs().max() > 0.01


def test_an_untrained_encoder_sees_mid_grey_as_nothing() -> None:
    grey = torch.full((1, 3, 16, 16), 0.45)
    assert all(level.abs().max() < 1e-5 for level in Encoder()(grey))


@pytest.mark.parametrize(("network", "millions"), [(Encoder, 0.29), (Decoder, 0.33)])
def test_encoder_and_decoder_have_0_62_million_parameters(
    network: type[Encoder | Decoder], millions: float
) -> None:
    assert sum(p.numel() for p in network().parameters()) == pytest.approx(millions * 1e6, rel=0.02)


def test_dins_predictors_have_at_most_a_quarter_of_a_million_parameters() -> None:
    assert sum(p.numel() for p in din_nets().parameters()) <= 0.25e6


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

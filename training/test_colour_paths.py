"""Colours reach the features and come back, and norms see them as lightness and two opponent axes."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from .colour_paths import carry_colour, hold, turn_to_opponent
from .model import Decoder, Encoder
from .norms import adain, statistics

GAIN = 2.0
COLOUR = torch.tensor([0.1, 0.5, 0.9])


def carried() -> tuple[Encoder, Decoder, list[int]]:
    encoder, decoder = Encoder(), Decoder()
    rows = {name: taken for name, taken, *_ in carry_colour(encoder, decoder, GAIN)}
    return encoder, decoder, rows["encoder.conv4"]


def test_carried_colours_reach_the_features_and_the_decoders_last_layer() -> None:
    encoder, decoder, rows = carried()
    seen: list[torch.Tensor] = []
    decoder.conv1.register_forward_pre_hook(lambda _layer, inputs: seen.append(inputs[0]))
    features = encoder(COLOUR.view(1, 3, 1, 1).expand(1, 3, 32, 32))
    decoder(features)
    axes = features[0, rows, 4, 4]
    wanted = [1.5 / 3**0.5, 5 / 6 - 0.8 / 2**0.5, 5 / 6]
    assert (axes / GAIN).tolist() == pytest.approx(wanted, abs=1e-5)
    for value in COLOUR:
        assert (seen[0][0, :, 16, 16] - GAIN * value).abs().min() < 1e-5


def test_no_colour_is_cut_by_the_relu_after_the_map() -> None:
    encoder, _, rows = carried()
    corners = torch.cartesian_prod(*[torch.tensor([0.0, 1])] * 3)  # of the RGB cube
    for corner in corners:
        assert encoder(corner.view(1, 3, 1, 1).expand(1, 3, 16, 16))[0, rows].min() > -1e-5


def test_opponent_axes_leave_pictures_as_they_were() -> None:
    (encoder, decoder), rows = (Encoder(), Decoder()), [3, 9, 7]
    with torch.no_grad():
        encoder.conv4.weight[rows] = encoder.conv4.weight[rows].abs()  # as colours: never negative
    picture = torch.rand(1, 3, 32, 24)
    before = encoder(picture)
    shown = decoder(before)
    turn_to_opponent(encoder, decoder, rows, gain=20)
    after = encoder(picture)
    torch.testing.assert_close(decoder(after), shown, rtol=1e-4, atol=1e-4)
    lightness = before[0, rows].sum(0) / 3**0.5
    torch.testing.assert_close(after[0, rows[0]], lightness, rtol=1e-4, atol=1e-4)


def test_adain_takes_the_saturation_of_a_grey_painting() -> None:
    """Red, green and blue of their own mean and std keep the photo's hues; opponent axes do not."""
    encoder, _, rows = carried()
    photo = torch.rand(1, 3, 32, 32)
    painting = torch.rand(1, 1, 32, 32).expand(1, 3, 32, 32)
    edited = adain(encoder(photo), statistics(encoder(painting)))[0, rows]
    assert edited[0].std() > 0.1
    assert edited[1:].std((1, 2)).max() < 0.05  # what EPSILON leaves


def test_held_rows_stay_and_others_learn() -> None:
    encoder, decoder = Encoder(), Decoder()
    networks = nn.ModuleDict({"encoder": encoder, "decoder": decoder})
    rows = carry_colour(encoder, decoder)
    before = {k: v.clone() for k, v in networks.state_dict().items()}
    optimiser = torch.optim.Adam(networks.parameters())
    for _ in range(2):
        optimiser.zero_grad()
        decoder(encoder(torch.rand(1, 3, 32, 32))).square().mean().backward()
        hold(networks, rows)
        optimiser.step()
    after = networks.state_dict()
    for name, taken, *_ in rows:
        for kind in ("weight", "bias"):
            assert torch.equal(after[f"{name}.{kind}"][taken], before[f"{name}.{kind}"][taken])
            assert not torch.equal(after[f"{name}.{kind}"], before[f"{name}.{kind}"])

"""What colours bring to a channel, measured on channels that are known."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from .average_photo import average_photo
from .model import Encoder


def test_what_colours_bring_to_the_average_photo() -> None:
    """Of three channels one hears lightness, one colour, and one both."""
    rng = np.random.RandomState(3)
    photos = [rng.randint(0, 256, (32, 40, 3), np.uint8) for _ in range(4)]
    axes = torch.tensor([[1, 1, 1], [1, -1, 0], [1, 0, 0]]) / 1.0

    class Axes(Encoder):
        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return torch.einsum("oc,nchw->nohw", axes, x)

    lightness, colour, both = average_photo(Axes(), photos).colour.tolist()
    assert lightness == pytest.approx(0, abs=1e-6)
    assert colour == 0  # nothing leaks into it
    variance = np.mean([np.var(photo[..., 0] / 255) for photo in photos])
    assert both == pytest.approx(2 / 3 * variance, rel=0.05)  # of independent noise

"""Corrected biases bring back the means that rounded kernels shift, and touch nothing else."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from .bias_correction import channel_means, correct_biases, load
from .export import round_networks
from .networks import Networks
from .rounding import Rounded


@pytest.fixture(scope="module")
def networks() -> Networks:
    torch.manual_seed(2)
    return Networks().requires_grad_(False)


@pytest.fixture(scope="module")
def pairs() -> list[tuple[np.ndarray, np.ndarray]]:
    random = np.random.RandomState(3)
    pictures = [random.randint(0, 256, (41, 50, 3)).astype(np.uint8) for _ in range(6)]
    return list(zip(pictures[:3], pictures[3:], strict=True))


def shift(networks: Networks, parameters: dict[str, Rounded], pairs: list[tuple[np.ndarray, np.ndarray]]):
    """How far the last layer's means are from those of the networks as they were trained."""
    shipped = Networks()
    load(shipped, parameters)
    with torch.no_grad():
        was, now = (channel_means(n, ["decoder.conv1"], pairs)["decoder.conv1"] for n in (networks, shipped))
    return float((now - was).abs().mean())


def test_the_shift_of_the_picture_is_taken_back(
    networks: Networks, pairs: list[tuple[np.ndarray, np.ndarray]]
) -> None:
    plain = round_networks(networks)
    corrected = correct_biases(networks, plain, pairs)
    assert shift(networks, corrected, pairs) < 0.3 * shift(networks, plain, pairs)


def test_only_biases_behind_8_bit_kernels_change(
    networks: Networks, pairs: list[tuple[np.ndarray, np.ndarray]]
) -> None:
    plain = round_networks(networks)
    corrected = correct_biases(networks, plain, pairs)
    assert list(corrected) == list(plain)
    changed = {k for k in plain if not np.array_equal(plain[k].values, corrected[k].values)}
    assert changed
    for name in changed:
        assert name.endswith(".bias") and not name.startswith("din.")
        assert plain[f"{name.removesuffix('bias')}weight"].scale is not None
    assert all(one.stored.dtype == np.float16 for name, one in corrected.items() if name in changed)

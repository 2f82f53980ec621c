"""The fixtures in the project are what parity.py writes now, and are what they say."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
import torch

from . import norms
from .evaluate import ROOT
from .export import read_export
from .model import Decoder
from .parity import NETWORKS, NORMS, decode_by_block, network_fixture, norm_fixture, pooled

WEIGHTS = ROOT / "public/weights"


def assert_agree(stored: Any, made: Any, where: str = "") -> None:
    """Equal, but for the last digits that another processor's order of summing changes."""
    if isinstance(made, dict):
        assert list(stored) == list(made), where
        for key in made:
            assert_agree(stored[key], made[key], f"{where}.{key}")
    elif isinstance(made, list) and made and isinstance(made[0], float):
        np.testing.assert_allclose(stored, made, rtol=1e-4, atol=2e-5, err_msg=where)
    elif isinstance(made, list):
        assert len(stored) == len(made), where
        for i, (a, b) in enumerate(zip(stored, made, strict=True)):
            assert_agree(a, b, f"{where}[{i}]")
    else:
        assert stored == made, where


def test_the_norms_fixture_is_up_to_date() -> None:
    assert_agree(json.loads((ROOT / NORMS).read_text()), norm_fixture())


def test_the_networks_fixture_belongs_to_the_weights_that_ship() -> None:
    assert_agree(json.loads((ROOT / NETWORKS).read_text()), network_fixture(WEIGHTS))


def test_the_weights_that_ship_are_whole() -> None:
    assert (read_export(WEIGHTS).average.std > 0).all()


def test_the_decoder_fixtures_stops_are_maps_after_relu_and_its_pixels_are_what_it_gives() -> None:
    torch.manual_seed(6)
    decoder, features = Decoder(), torch.randn(1, 64, 6, 4)
    with torch.no_grad():
        stops = decode_by_block(decoder, features)
        pixels = decoder(features)
    shapes = {name: stop["shape"] for name, stop in stops.items()}
    assert shapes == {
        "conv4_2": [1, 6, 4, 64],
        "conv2": [1, 12, 8, 32],
        "pixels": [1, 24, 16, 3],
    }
    np.testing.assert_allclose(array(stops.pop("pixels")), pixels.permute(0, 2, 3, 1), rtol=1e-5, atol=1e-6)
    for name, stop in stops.items():
        assert array(stop).min() == 0, name
    first = torch.from_numpy(array(stops["conv4_2"])).float().permute(0, 3, 1, 2)
    expected = decoder.conv2(decoder.up2(decoder.upsample(first)).relu()).relu().detach().permute(0, 2, 3, 1)
    np.testing.assert_allclose(array(stops["conv2"]), expected, rtol=1e-4, atol=1e-5)


def array(entry: dict[str, Any]) -> np.ndarray:
    return np.array(entry["values"]).reshape(entry["shape"])


def test_the_fixtures_statistics_are_numpys_of_its_features() -> None:
    for case in norm_fixture()["cases"]:
        for picture in (case["content"], case["style"]):
            cells = array(picture["features"]).reshape(-1, 8)
            np.testing.assert_allclose(array(picture["mean"]), cells.mean(0), atol=1e-6)
            covariance = np.cov(cells.T, bias=True)
            np.testing.assert_allclose(array(picture["covariance"]), covariance, atol=1e-6)


def test_the_fixtures_wct_agrees_with_eigendecompositions_in_float64() -> None:
    """Colour times whiten on the shrunk covariances, all channels as one group."""
    for case in norm_fixture()["cases"]:
        root = {}
        for side, power in (("content", -0.5), ("style", 0.5)):
            covariance = array(case[side]["covariance"])
            lift = norms.SHRINK * np.trace(covariance) / 8 + norms.EPSILON
            values, vectors = np.linalg.eigh(covariance + lift * np.eye(8))
            root[side] = vectors * values**power @ vectors.T
        cells = array(case["content"]["features"]).reshape(-1, 8) - array(case["content"]["mean"])
        expected = cells @ (root["style"] @ root["content"]).T + array(case["style"]["mean"])
        found = array(case["edited"]["wct-8"]).reshape(-1, 8)
        np.testing.assert_allclose(found, expected, rtol=2e-4, atol=2e-4, err_msg=case["name"])


def test_pooling_two_pictures_by_cells_is_measuring_them_as_one() -> None:
    a, b = torch.randn(1, 4, 3, 5) + 1, torch.randn(1, 4, 3, 2) * 2
    together = norms.statistics(torch.cat((a, b), 3))
    found = pooled([norms.statistics(a), norms.statistics(b)], [15 / 21, 6 / 21])
    torch.testing.assert_close(found.mean, together.mean)
    torch.testing.assert_close(found.covariance, together.covariance)


@pytest.mark.parametrize("path", [NORMS, NETWORKS])
def test_fixtures_stay_small(path: Any) -> None:
    assert (ROOT / path).stat().st_size < 400_000

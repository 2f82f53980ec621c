"""Each norm sets the statistics that it promises."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from . import norms
from .model import DinNet


def features(height: int, width: int, channels: int = 16) -> Tensor:
    """[2, C, H, W], correlated between channels."""
    mix = torch.eye(channels) + 0.5 * torch.randn(channels, channels)
    return torch.einsum("oc,nchw->nohw", mix, torch.randn(2, channels, height, width)) + 1


def test_moments_are_the_populations() -> None:
    x = features(5, 4)
    found = norms.statistics(x)
    flat = x[1].flatten(1).double().numpy()
    np.testing.assert_allclose(found.covariance[1], np.cov(flat, bias=True), rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(found.std[1], np.sqrt(flat.var(1) + norms.EPSILON), rtol=1e-5)


def test_adain_gives_the_styles_mean_and_std() -> None:
    style = norms.statistics(features(7, 6))
    edited = norms.statistics(norms.adain(features(9, 8), style))
    torch.testing.assert_close(edited.mean, style.mean, rtol=1e-4, atol=1e-5)
    torch.testing.assert_close(edited.std, style.std, rtol=2e-3, atol=0)  # EPSILON on both sides


def test_wct_gives_the_styles_covariance() -> None:
    x, style = torch.randn(2, 16, 32, 32), norms.statistics(features(30, 30))

    def error(edited: Tensor) -> float:
        apart = norms.statistics(edited).covariance - style.covariance
        return float((apart.norm(dim=(1, 2)) / style.covariance.norm(dim=(1, 2))).max())

    assert error(norms.wct(x, style)) < 0.01  # what SHRINK costs
    assert error(norms.wct(x, style, 4)) > 0.1
    assert error(norms.adain(x, style)) > error(norms.wct(x, style, 4))


@pytest.mark.parametrize("group_size", [1, 4, 16])
def test_style_equal_to_content_gives_the_features_back(group_size: int) -> None:
    x = features(12, 10)
    edited = norms.wct(x, norms.statistics(x), group_size)
    torch.testing.assert_close(edited, x, rtol=1e-3, atol=2e-3)


def test_a_channel_that_is_flat_in_the_content_takes_the_styles_mean() -> None:
    x = features(6, 6)
    x[:, 3] = 0.5
    style = norms.statistics(features(6, 6))
    for edited in (norms.adain(x, style), norms.wct(x, style, 1)):
        expected = style.mean[:, 3, None, None].expand(2, 6, 6)
        torch.testing.assert_close(edited[:, 3], expected, rtol=1e-4, atol=1e-4)


def test_an_untrained_din_is_adain() -> None:
    net = DinNet(channels=16, group_size=8)
    for head in (net.pointwise, net.depthwise, net.bias):
        nn.init.zeros_(head.weight)
    x, style = features(6, 5), norms.statistics(features(7, 7))
    torch.testing.assert_close(norms.din(x, style, net), norms.adain(x, style), rtol=1e-5, atol=1e-5)


def test_din_convolves_each_picture_of_a_batch_with_its_own_styles_kernel() -> None:
    net = DinNet(channels=16, group_size=8)
    nn.init.normal_(net.pointwise.weight)
    x, painting = features(6, 5), features(7, 7)
    together = norms.din(x, norms.statistics(painting), net)
    for i in range(2):
        alone = norms.din(x[i : i + 1], norms.statistics(painting[i : i + 1]), net)
        torch.testing.assert_close(together[i : i + 1], alone, rtol=1e-4, atol=1e-4)


@pytest.mark.parametrize("cells", [4, 40, 4000])
def test_roots_agree_with_an_eigendecomposition_in_float64(cells: int) -> None:
    """Of the same shrunk matrix; with 4 cells and 16 channels only the shrinking makes it invertible."""
    covariance = norms.statistics(features(cells, 1)).covariance
    shrunk = norms.blocks(covariance, 16)
    root, inverse = norms.roots(shrunk)
    for found, power in ((root, 0.5), (inverse, -0.5)):
        values, vectors = np.linalg.eigh(shrunk.double().numpy())
        exact = vectors * values[:, None] ** power @ vectors.transpose(0, 2, 1)
        error = np.linalg.norm(found.numpy() - exact) / np.linalg.norm(exact)
        assert error < 1e-3


def test_blocks_are_the_groups_on_the_diagonal() -> None:
    covariance = torch.arange(64.0).view(1, 8, 8)
    found = norms.blocks(covariance, 4)
    lift = norms.SHRINK * torch.tensor([0 + 9 + 18 + 27, 36 + 45 + 54 + 63]) / 4 + norms.EPSILON
    torch.testing.assert_close(found[0], covariance[0, :4, :4] + lift[0] * torch.eye(4))
    torch.testing.assert_close(found[1], covariance[0, 4:, 4:] + lift[1] * torch.eye(4))

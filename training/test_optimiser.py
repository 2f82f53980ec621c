"""Steps whose size and direction are known, and the mean of what they leave."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from torch import nn

from .networks import Networks
from .optimiser import RMS, Muon, RunningMean, optimisers, orthogonal, set_rate
from .settings import Settings


@pytest.mark.parametrize("shape", [(6, 20), (20, 6), (8, 8)])
def test_an_orthogonal_matrix_has_the_directions_of_its_own_and_singular_values_near_one(
    shape: tuple[int, int],
) -> None:
    matrix = torch.randn(shape) @ torch.diag(torch.logspace(0, -1, shape[1]))
    u, s, v = torch.linalg.svd(matrix, full_matrices=False)
    found = u.T @ orthogonal(matrix) @ v.T
    kept = s > 0.05 * s[0]
    assert kept.sum() > 2
    diagonal = found.diag()[kept]
    assert (diagonal > 0.6).all()
    assert (diagonal < 1.3).all()
    assert (found - torch.diag(found.diag())).abs().max() < 1e-4


def test_a_step_is_as_large_as_the_rate_says_whatever_the_gradient_is() -> None:
    for size in (1e-4, 1e4):
        kernel = torch.zeros(16, 8, 3, 3)
        kernel.grad = size * torch.randn(16, 8, 3, 3)
        Muon([kernel], 0.01).step()
        assert float(kernel.square().mean().sqrt()) == pytest.approx(0.01 * RMS, rel=0.3)
        assert float((kernel * kernel.grad).sum()) < 0


def test_rows_without_a_gradient_stay() -> None:
    kernel = torch.randn(8, 4, 3, 3)
    before = kernel.clone()
    moving = Muon([kernel], 0.01)
    for _ in range(3):
        kernel.grad = torch.randn(8, 4, 3, 3)
        kernel.grad[[1, 5]] = 0
        moving.step()
    still = (kernel == before).flatten(1).all(1)
    assert still.nonzero()[:, 0].tolist() == [1, 5]


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_gradient_that_is_not_finite_moves_nothing(value: float) -> None:
    kernel = torch.ones(4, 2, 3, 3)
    kernel.grad = torch.full((4, 2, 3, 3), value)
    moving = Muon([kernel], 0.01)
    moving.step()
    assert torch.equal(kernel, torch.ones(4, 2, 3, 3))
    kernel.grad = torch.randn(4, 2, 3, 3)
    moving.step()
    assert kernel.isfinite().all()
    assert not torch.equal(kernel, torch.ones(4, 2, 3, 3))


def test_muon_takes_the_convolutions_and_adam_the_rest_and_both_take_the_rate() -> None:
    networks = Networks()
    moving = optimisers(networks, Settings(), None)
    muon, adam = ([p for group in one.param_groups for p in group["params"]] for one in moving)
    assert {p.ndim for p in muon} == {4}
    assert {p.ndim for p in adam} == {1, 2}
    assert len(muon) + len(adam) == len(list(networks.parameters()))
    set_rate(moving, 0.5)
    assert [group["lr"] for one in moving for group in one.param_groups] == [0.5, 0.5]
    assert len(optimisers(networks, replace(Settings(), optimiser="adam"), None)) == 1


def test_the_mean_of_equal_weights_is_theirs_and_a_jump_comes_through_slowly() -> None:
    layer = nn.Linear(2, 2)
    mean = RunningMean(layer, 0.9)
    for _ in range(200):
        mean.add(layer)
    before = layer.weight.detach().clone()
    torch.testing.assert_close(mean.networks["weight"], before)
    with torch.no_grad():
        layer.weight += 1
    for _ in range(10):
        mean.add(layer)
    torch.testing.assert_close(mean.networks["weight"], before + 1 - 0.9**10)


def test_what_a_run_began_with_is_soon_forgotten_and_without_decay_at_once() -> None:
    layer = nn.Linear(2, 2)
    mean, last = RunningMean(layer, 0.998), RunningMean(layer, 0.0)
    with torch.no_grad():
        layer.weight += 1
    last.add(layer)
    assert torch.equal(last.networks["weight"], layer.weight)
    for _ in range(20):
        mean.add(layer)
    assert (layer.weight - mean.networks["weight"]).abs().max() < 1e-4

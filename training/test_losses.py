"""VGG-19's levels, and losses that vanish where they should."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor

from . import losses
from .conftest import smooth_picture
from .teacher import FILE, LEVELS, POSITIONS, Teacher


def picture(seed: int, side: int = 64) -> Tensor:
    """[1, 3, side, side] in 0..1, smooth as photos are."""
    pixels = np.asarray(smooth_picture(np.random.RandomState(seed), side, side)).copy()
    return torch.from_numpy(pixels).permute(2, 0, 1)[None].float() / 255


def test_vgg19_gives_four_levels_from_64_channels_to_512(teacher_folder: Path) -> None:
    levels = Teacher(teacher_folder)(torch.rand(2, 3, 32, 32))
    assert tuple(levels) == LEVELS
    assert [tuple(level.shape) for level in levels.values()] == [
        (2, 64, 32, 32),
        (2, 128, 16, 16),
        (2, 256, 8, 8),
        (2, 512, 4, 4),
    ]


def test_the_colour_change_folded_into_conv1_1_gives_what_the_published_layers_give(
    teacher_folder: Path,
) -> None:
    """Every level of the unfolded network, borders included, since reflection commutes with a 1x1 layer."""
    weights = load_file(teacher_folder / FILE)
    pixels = torch.rand(1, 3, 32, 32)
    x = F.conv2d(pixels, weights["0.weight"].float(), weights["0.bias"].float())
    unfolded: dict[int, Tensor] = {}
    for position in POSITIONS:
        weight, bias = (weights[f"{position}.{kind}"].float() for kind in ("weight", "bias"))
        x = unfolded[position] = F.relu(F.conv2d(F.pad(x, (1, 1, 1, 1), mode="reflect"), weight, bias))
        if position in (5, 12, 25):
            x = F.max_pool2d(x, 2)
    levels = Teacher(teacher_folder)(pixels)
    for level, position in zip(LEVELS, (2, 9, 16, 29), strict=True):
        torch.testing.assert_close(levels[level], unfolded[position], rtol=1e-4, atol=1e-5)


def test_losses_are_zero_for_the_same_picture_and_not_for_another(teacher_folder: Path) -> None:
    teacher = Teacher(teacher_folder)
    a, b = torch.rand(2, 1, 3, 32, 32)
    seen, same, other = teacher(a), teacher(a.clone()), teacher(b)
    for loss in (losses.content_loss, losses.style_loss, losses.covariance_loss):
        assert loss(seen, same) < 1e-10
        assert loss(seen, other) > 1e-4
    assert losses.colour_loss(a, a.clone()) < 1e-10
    assert losses.colour_loss(a, b) > 1e-5
    assert losses.reconstruction_loss(seen, same) < 1e-10
    assert losses.reconstruction_loss(seen, other) > 1e-4


def test_style_loss_ignores_where_things_are(teacher_folder: Path) -> None:
    levels = Teacher(teacher_folder)(torch.rand(1, 3, 32, 32))
    moved = {k: levels[k].flip(2, 3) for k in LEVELS}
    assert losses.style_loss(levels, moved) < 1e-9
    assert losses.covariance_loss(levels, moved) < 1e-9
    assert losses.content_loss(levels, moved) > 1e-3


def test_a_painting_measured_once_serves_pictures_of_any_number_and_size(teacher_folder: Path) -> None:
    teacher = Teacher(teacher_folder)
    outputs, painting = teacher(torch.rand(2, 3, 32, 32)), teacher(torch.rand(1, 3, 48, 40))
    alone = [losses.style_loss({k: v[i : i + 1] for k, v in outputs.items()}, painting) for i in (0, 1)]
    together = losses.moment_loss(outputs, losses.style_moments(painting))
    torch.testing.assert_close(together, torch.stack(alone).mean())


@pytest.mark.parametrize("loss", [losses.content_loss, losses.style_loss, losses.covariance_loss])
def test_bfloat16_changes_a_loss_by_less_than_3_percent(loss: losses.LevelLoss, teacher_folder: Path) -> None:
    a, b = picture(1), picture(2)
    exact, rough = Teacher(teacher_folder), Teacher(teacher_folder).to(torch.bfloat16)
    expected, found = (float(loss(teacher(a), teacher(b))) for teacher in (exact, rough))
    assert expected > 1e-3
    assert found == pytest.approx(expected, rel=0.03)
    assert found != expected


def test_bfloat16_leaves_a_gradient_that_points_the_same_way(teacher_folder: Path) -> None:
    directions: list[Tensor] = []
    for precision in (torch.float32, torch.bfloat16):
        teacher, pixels = Teacher(teacher_folder).to(precision), picture(1).requires_grad_()
        losses.style_loss(teacher(pixels), teacher(picture(2))).backward()
        assert pixels.grad is not None
        directions.append(pixels.grad.flatten())
    assert F.cosine_similarity(*directions, dim=0) > 0.95


def test_a_flat_grey_picture_has_no_variation_and_stays_in_range() -> None:
    grey = torch.full((1, 3, 8, 8), 0.5)
    assert losses.total_variation(grey) == 0
    assert losses.out_of_range(grey) == 0
    assert losses.out_of_range(grey + 0.75) == pytest.approx(0.25)
    assert losses.out_of_range(grey - 0.75) == pytest.approx(0.25)


def test_moments_and_their_gradients_are_those_of_torch() -> None:
    """On a CPU they are our own; with means far above the stds, as some channels have."""
    noise = torch.randn(2, 5, 6, 7, generator=torch.Generator().manual_seed(1))
    features = noise + 100 * torch.arange(5.0).view(5, 1, 1)
    found, expected = features.clone().requires_grad_(), features.double().requires_grad_()
    variance, mean = torch.var_mean(expected, (2, 3), correction=0)
    theirs = mean, variance.add(1e-5).sqrt()
    ours = losses.moments(found)
    for moments in (ours, theirs):
        torch.stack([moments[0] * 0.3, moments[1].square()]).sum().backward()
    for mine, other in zip(ours, theirs, strict=True):
        torch.testing.assert_close(mine.double(), other, rtol=1e-4, atol=1e-4)
    assert found.grad is not None and expected.grad is not None
    torch.testing.assert_close(found.grad.double(), expected.grad, rtol=1e-3, atol=1e-4)


def test_stray_colours_are_those_that_do_not_follow_the_lightness_of_a_grey_photo() -> None:
    lightness = torch.linspace(0.1, 0.9, 16 * 16).view(1, 1, 16, 16)
    toned = torch.cat((lightness, 0.8 * lightness + 0.1, 0.5 * lightness), 1)  # by lightness alone
    fringed = toned.clone()
    fringed[0, 0, 5] += 0.4
    grey, colour = torch.ones(1), torch.zeros(1)
    assert float(losses.stray_colour(toned, grey)) < 1e-3
    assert float(losses.stray_colour(fringed, grey)) > 0.05
    assert float(losses.stray_colour(fringed, colour)) == 0
    both = torch.cat((fringed, toned))
    assert float(losses.stray_colour(both, torch.tensor([0.0, 1.0]))) < 1e-3

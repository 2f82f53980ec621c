"""The teachers' levels, and losses that vanish where they should."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
import torch.nn.functional as F
from safetensors.torch import load_file

from . import losses
from .model import LEVELS
from .teacher import FILES, Teacher, TeacherName

VGG19_SHAPES = {
    "relu1_1": (2, 64, 32, 32),
    "relu2_1": (2, 128, 16, 16),
    "relu3_1": (2, 256, 8, 8),
    "relu4_1": (2, 512, 4, 4),
}


@pytest.mark.parametrize("name", ["distilled", "vgg19"])
def test_a_teacher_gives_four_levels_that_lift_to_vgg19s_channels(teachers: Path, name: TeacherName) -> None:
    teacher = Teacher(teachers, name)
    levels = teacher(torch.rand(2, 3, 32, 32))
    share = 4 if name == "distilled" else 1
    expected = {k: (n, c // share, h, w) for k, (n, c, h, w) in VGG19_SHAPES.items()}
    assert {k: tuple(v.shape) for k, v in levels.items()} == expected
    assert {k: tuple(v.shape) for k, v in teacher.full_width(levels).items()} == VGG19_SHAPES


def test_vgg19_runs_its_layers_in_the_published_order(teachers: Path) -> None:
    weights = load_file(teachers / FILES["vgg19"])

    def layer(x: torch.Tensor, position: int) -> torch.Tensor:
        weight, bias = (weights[f"{position}.{kind}"].float() for kind in ("weight", "bias"))
        return F.relu(F.conv2d(F.pad(x, (1, 1, 1, 1), mode="reflect"), weight, bias))

    pixels = torch.rand(1, 3, 32, 32)
    x = F.conv2d(pixels, weights["0.weight"].float(), weights["0.bias"].float())
    for position in (2, 5, 9, 12, 16, 19, 22, 25, 29):
        x = layer(x, position)
        if position in (5, 12, 25):
            x = F.max_pool2d(x, 2)
    torch.testing.assert_close(Teacher(teachers, "vgg19")(pixels)["relu4_1"], x)


@pytest.mark.parametrize("name", ["distilled", "vgg19"])
def test_losses_are_zero_for_the_same_picture_and_not_for_another(teachers: Path, name: TeacherName) -> None:
    teacher = Teacher(teachers, name)
    a, b = torch.rand(2, 1, 3, 32, 32)
    seen, same, other = teacher(a), teacher(a.clone()), teacher(b)
    for loss in (losses.content_loss, losses.style_loss):
        assert loss(seen, same, name) < 1e-10
        assert loss(seen, other, name) > 1e-4
    assert losses.covariance_loss(seen, same) < 1e-10
    assert losses.covariance_loss(seen, other) > 1e-4
    assert losses.reconstruction_loss(a, a, seen, same) < 1e-10
    assert losses.reconstruction_loss(a, b, seen, other) > 1e-4


def test_style_loss_ignores_where_things_are(teachers: Path) -> None:
    levels = Teacher(teachers, "vgg19")(torch.rand(1, 3, 32, 32))
    moved = {k: levels[k].flip(2, 3) for k in LEVELS}
    assert losses.style_loss(levels, moved, "vgg19") < 1e-9
    assert losses.covariance_loss(levels, moved) < 1e-9
    assert losses.content_loss(levels, moved, "vgg19") > 1e-3


def test_a_flat_grey_picture_has_no_variation_and_stays_in_range() -> None:
    grey = torch.full((1, 3, 8, 8), 0.5)
    assert losses.total_variation(grey) == 0
    assert losses.out_of_range(grey) == 0
    assert losses.out_of_range(grey + 0.75) == pytest.approx(0.25)
    assert losses.out_of_range(grey - 0.75) == pytest.approx(0.25)


def test_a_channel_that_nothing_activates_is_pulled_up() -> None:
    before = torch.ones(1, 2, 4, 4)
    assert losses.dead_channels(before) == 0
    before[:, 1] = -0.9
    before.requires_grad_()
    loss = losses.dead_channels(before)
    assert loss.item() == pytest.approx(0.5)
    loss.backward()
    assert before.grad is not None
    assert before.grad[0, 1].sum() < 0 == before.grad[0, 0].sum()

"""The judge's scores of pictures whose answer is known."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from .conftest import smooth_picture
from .judge import Judge, colour_distance, flat_channels, level_style, pixel_difference, square, ssim
from .model import Encoder


def picture(seed: int, side: int = 64) -> np.ndarray:
    return np.asarray(smooth_picture(np.random.RandomState(seed), side, side))


def test_ssim_is_one_for_the_same_picture_and_falls_with_noise() -> None:
    photo = picture(1)
    noise = np.random.RandomState(2).randint(-40, 41, photo.shape)
    noisy = np.clip(photo + noise, 0, 255).astype(np.uint8)
    assert ssim(photo, photo) == pytest.approx(1)
    assert ssim(noisy, photo) < 0.9


def test_ssim_of_a_checkerboard_and_its_mean_is_what_contrast_alone_leaves() -> None:
    """Nothing covaries and the means agree, so c2 / (variance + c2) is left, with c2 = 0.03^2."""
    board = np.where(np.indices((32, 32)).sum(0) % 2, 100, 156).astype(np.uint8)
    board = np.repeat(board[..., None], 3, 2)
    expected = 9e-4 / ((28 / 255) ** 2 + 9e-4)
    assert ssim(board, np.full_like(board, 128)) == pytest.approx(expected, rel=1e-3)


def test_colours_are_compared_by_mean_and_by_spread() -> None:
    photo = picture(1) // 2
    assert colour_distance(photo, photo) == (0, 0)
    mean, spread = colour_distance(photo + 10, photo)
    assert mean == pytest.approx(10 * 3**0.5)
    assert spread == pytest.approx(0, abs=1e-6)
    assert colour_distance(photo, photo[::-1])[1] == pytest.approx(0, abs=1e-6)


def test_pixels_that_all_differ_by_ten_are_ten_apart_in_either_order() -> None:
    photo = picture(1) // 2
    assert pixel_difference(photo, photo + 10) == pixel_difference(photo + 10, photo) == 10


def test_the_photo_itself_scores_no_content_loss_and_the_painting_no_style_loss(teacher_folder: Path) -> None:
    judge = Judge(teacher_folder)
    photo, painting = judge.photo(picture(1)), judge.painting(picture(2))
    kept, taken = (judge.score(pixels, photo, painting) for pixels in (photo.pixels, painting.pixels))
    assert kept.content == 0 < taken.content
    assert taken.style == taken.gram == 0
    assert kept.style > 0 < kept.gram
    assert taken.colour_mean == taken.colour_spread == 0


def test_a_gram_matrix_sees_which_channels_go_together_and_mean_and_std_do_not() -> None:
    waves = torch.tensor([0.0, 1, 0, 1])
    together, apart = torch.stack((waves, waves)), torch.stack((waves, 1 - waves))
    a, b = (level_style(features.view(1, 2, 2, 2)) for features in (together, apart))
    torch.testing.assert_close((a.mean, a.std), (b.mean, b.std))
    assert a.gram.tolist() == [[[0.5, 0.5], [0.5, 0.5]]]
    assert b.gram.tolist() == [[[0.5, 0.0], [0.0, 0.5]]]


def test_a_square_is_the_middle_of_the_picture(tmp_path: Path) -> None:
    wide = Image.new("RGB", (90, 30), "red")
    wide.paste("blue", (30, 0, 60, 30))
    wide.save(tmp_path / "wide.png")
    found = np.asarray(square(tmp_path / "wide.png", 30))
    assert found.shape == (30, 30, 3)
    assert (found == (0, 0, 255)).all()


def test_a_channel_that_gives_one_number_for_all_of_a_photo_is_flat() -> None:
    encoder = Encoder()
    with torch.no_grad():
        encoder.conv4.weight[:8] = 0  # an eighth of 64
        encoder.conv4.weight[8:16] *= 1e-3
        assert encoder.conv4.bias is not None
        encoder.conv4.bias[16:32] = 100  # far from zero, and as lively as before
    assert flat_channels(encoder, [picture(1), picture(2)]) == 0.25

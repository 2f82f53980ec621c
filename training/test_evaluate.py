"""The judge's scores, and the pictures that it asks the command line for."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from .conftest import smooth_picture
from .evaluate import ROOT, Pair, StyliseError, evaluate, pairs, read, report
from .judge import Judge, colour_distance, silent_channels, square, ssim
from .model import Encoder

STAND_IN = """
import sys
from pathlib import Path
from PIL import Image
arguments = dict(zip(sys.argv[2::2], sys.argv[3::2]))
assert sys.argv[1] == "stylize" and arguments["--strength"] == "1" and arguments["--size"] == "0"
assert ("--style" in arguments) == (arguments["--norm"] != "in")
Path(arguments["--out"]).mkdir(parents=True)
for content in Path(arguments["--content"]).iterdir():
    taken = content if arguments["--norm"] == "in" else arguments["--style"]
    Image.open(taken).save(Path(arguments["--out"]) / content.name)
"""


def names(count: int) -> list[str]:
    return [f"{i:02}" for i in range(count)]


def test_photo_i_meets_paintings_i_and_i_plus_4_and_i_plus_8_of_twelve() -> None:
    chosen = pairs(names(12), names(12))
    assert len(chosen) == 36
    assert chosen[:3] == [Pair("00", "00"), Pair("00", "04"), Pair("00", "08")]
    assert chosen[-1] == Pair("11", "07")
    assert chosen[0].file == "00__00.png"


@pytest.mark.parametrize(("paintings", "each"), [(1, 1), (2, 2), (3, 3), (5, 3), (40, 3)])
def test_other_folders_meet_without_repeats(paintings: int, each: int) -> None:
    chosen = pairs(names(7), names(paintings))
    assert len(chosen) == len(set(chosen)) == 7 * each


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


def test_the_photo_itself_scores_no_content_loss_and_the_painting_no_style_loss(teachers: Path) -> None:
    judge = Judge(teachers)
    photo, painting = judge.photo(picture(1)), judge.painting(picture(2))
    kept, taken = (judge.score(pixels, photo, painting) for pixels in (photo.pixels, painting.pixels))
    assert kept.content == 0 < taken.content
    assert taken.style == 0 < kept.style
    assert taken.colour_mean == taken.colour_spread == 0


def test_a_square_is_the_middle_of_the_picture(tmp_path: Path) -> None:
    wide = Image.new("RGB", (90, 30), "red")
    wide.paste("blue", (30, 0, 60, 30))
    wide.save(tmp_path / "wide.png")
    found = np.asarray(square(tmp_path / "wide.png", 30))
    assert found.shape == (30, 30, 3)
    assert (found == (0, 0, 255)).all()


def test_a_channel_without_activations_is_dead_and_flat() -> None:
    encoder = Encoder()
    bias = encoder.conv4_1.bias
    assert bias is not None
    with torch.no_grad():
        bias += 5  # else some of a random encoder's channels are dead too
        encoder.conv4_1.weight[:32] = 0
        bias[:32] = -1  # a quarter of 128 is dead
        encoder.conv4_1.weight[32:64] = 0
        bias[32:64] = 1  # and a quarter flat, though not dead
    share = silent_channels(encoder, [picture(1), picture(2)])
    assert share["dead"] == pytest.approx(0.25)
    assert share["flat"] == pytest.approx(0.5)


def arguments(tmp_path: Path, teachers: Path, command: str) -> argparse.Namespace:
    for folder, seeds in (("content", (1, 2)), ("style", (3, 4, 5))):
        (tmp_path / folder).mkdir()
        for seed in seeds:
            Image.fromarray(picture(seed, 48)).save(tmp_path / folder / f"{folder}_{seed}.png")
    return argparse.Namespace(
        pairs=tmp_path,
        teacher_weights=teachers,
        out=tmp_path / "out",
        norms="in,adain",
        size=32,
        weights=ROOT / "public/weights",
        command=command,
    )


def test_each_norm_is_judged_by_what_the_command_line_wrote(teachers: Path, tmp_path: Path) -> None:
    (tmp_path / "stand_in.py").write_text(STAND_IN)
    asked = arguments(tmp_path, teachers, f"{sys.executable} {tmp_path / 'stand_in.py'}")
    scores = evaluate(asked)
    assert scores["pairs"] == 6
    assert scores["norms"]["in"]["mean"]["content"] == 0 < scores["norms"]["in"]["mean"]["style"]
    assert scores["norms"]["adain"]["mean"]["style"] == 0 < scores["norms"]["adain"]["mean"]["content"]
    assert scores["identity"]["mean"] == 0
    assert (tmp_path / "out/adain/content_1__style_3.png").exists()
    assert read(tmp_path / "out/adain.png").shape == (3 * 160, 4 * 160, 3)
    assert "| adain | " in report(scores)


def test_a_command_line_that_fails_is_not_judged(teachers: Path, tmp_path: Path) -> None:
    (tmp_path / "fails.py").write_text("import sys; sys.exit('no such style')")
    asked = arguments(tmp_path, teachers, f"{sys.executable} {tmp_path / 'fails.py'}")
    with pytest.raises(StyliseError, match=r"exit code 1\. no such style"):
        evaluate(asked)

"""The pictures that the judge asks the command line for, and what it says of them."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import pytest
from PIL import Image

from . import evaluate as evaluation
from .command_line import ROOT, StyliseError, read
from .data import PACKS, read_pack
from .evaluate import EvaluateError, evaluate
from .pairs import CURVE_TO, Pair, curve_area, pairs
from .presets import PRESETS
from .report import report
from .test_judge import picture

STAND_IN = """
import sys
from pathlib import Path
import numpy as np
from PIL import Image
arguments = dict(zip(sys.argv[2::2], sys.argv[3::2]))
norm, strength = arguments["--norm"], float(arguments["--strength"])
assert sys.argv[1] == "stylize" and arguments["--size"] == "0"
assert ("--style" in arguments) == (norm != "in" and "--preset" not in arguments)
assert norm != "cin" or "--preset" in arguments
Path(arguments["--out"]).mkdir(parents=True)
for content in Path(arguments["--content"]).iterdir():
    photo = Image.open(content)
    painted = arguments.get("--style")
    style = Image.open(painted) if painted else Image.eval(photo, lambda v: 255 - v)
    taken = photo if norm == "in" else Image.blend(photo, style, strength)
    taken.save(Path(arguments["--out"]) / content.name)
"""
PHOTOS, PAINTINGS = (1, 2), (3, 4, 5)


def names(count: int) -> list[str]:
    return [f"{i:02}" for i in range(count)]


def test_photo_i_meets_paintings_i_and_i_plus_4_and_i_plus_8_of_twelve() -> None:
    chosen = pairs(names(12), names(12))
    assert len(chosen) == 36
    assert chosen[:3] == [Pair("00", "00"), Pair("00", "04"), Pair("00", "08")]
    assert chosen[-1] == Pair("11", "07")
    assert chosen[0].name == "00__00"


@pytest.mark.parametrize(("styles", "each"), [(1, 1), (2, 2), (3, 3), (5, 3), (40, 3)])
def test_other_folders_meet_without_repeats(styles: int, each: int) -> None:
    chosen = pairs(names(7), names(styles))
    assert len(chosen) == len(set(chosen)) == 7 * each


def test_the_area_of_a_straight_curve_is_its_middle() -> None:
    assert curve_area([0, CURVE_TO], [8, 0]) == pytest.approx(4)


def test_a_curve_stays_level_after_its_end_and_never_rises() -> None:
    ended = curve_area([0, CURVE_TO / 2], [8, 4])
    assert ended == pytest.approx((6 + 4) / 2)
    assert curve_area([0, CURVE_TO / 2, CURVE_TO], [8, 4, 7]) == pytest.approx(ended)
    assert curve_area([CURVE_TO / 2, 0], [4, 8]) == pytest.approx(ended)


def test_what_lies_beyond_the_budget_counts_only_up_to_it() -> None:
    assert curve_area([0, 2 * CURVE_TO], [8, 0]) == pytest.approx(6)


@pytest.fixture
def asked(tmp_path: Path, teacher_folder: Path) -> argparse.Namespace:
    """Two photos, three paintings, and a command line that mixes pixels in place of features."""
    for folder, seeds in (("content", PHOTOS), ("style", PAINTINGS)):
        (tmp_path / folder).mkdir()
        for seed in seeds:
            Image.fromarray(picture(seed, 48)).save(tmp_path / folder / f"{folder}_{seed}.png")
    (tmp_path / "stand_in.py").write_text(STAND_IN)
    return argparse.Namespace(
        pairs=tmp_path,
        teacher_weights=teacher_folder,
        out=tmp_path / "out",
        norms="in,adain",
        data=None,
        curve=False,
        size=32,
        weights=ROOT / "public/weights",
        command=f"{sys.executable} {tmp_path / 'stand_in.py'}",
    )


def test_each_norm_is_judged_by_what_the_command_line_wrote(asked: argparse.Namespace) -> None:
    scores = evaluate(asked)
    assert scores["pairs"] == 6
    assert scores["norms"]["in"]["mean"]["content"] == 0 < scores["norms"]["in"]["mean"]["style"]
    assert scores["norms"]["adain"]["mean"]["style"] == 0 < scores["norms"]["adain"]["mean"]["content"]
    assert scores["identity"]["mean"] == 0
    assert scores["apart"]["in, adain"] > 1
    assert (asked.out / "adain/content_1__style_3.png").exists()
    assert read(asked.out / "adain.png").shape == (3 * 160, 4 * 160, 3)
    assert read(asked.out / "side-by-side.png").shape == (6 * 160, 4 * 160, 3)
    text = report(scores)
    assert "| adain | " in text
    assert "area" not in text
    assert "presets" not in text


def test_a_curve_goes_from_the_photo_to_full_strength(asked: argparse.Namespace) -> None:
    asked.curve, asked.norms = True, "adain"
    found = evaluate(asked)["norms"]["adain"]
    assert list(found["curve"]) == ["0", "0.2", "0.4", "0.6", "0.8", "1"]
    content, style = zip(*found["curve"].values(), strict=True)
    assert content[0] == 0 < min(content[1:])
    assert style[-1] == 0 < min(style[:-1])
    assert 0 < found["mean"]["area"] < style[0]
    assert (asked.out / "adain-0.2/content_1__style_3.png").exists()
    points = found["pairs"]["content_1__style_3"]["points"]
    assert len(points) == 6
    (unspent, _), (_, reached) = points[0], points[-1]
    assert unspent == 0 == reached


def test_cin_is_judged_beside_adain_by_the_presets_own_paintings(
    asked: argparse.Namespace, packs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = ("style_00", "style_01", "style_02")  # any part of the pack
    known = tuple(preset._replace(file=file) for preset, file in zip(PRESETS, files, strict=False))
    monkeypatch.setattr(evaluation, "paintings_of", lambda _: {preset.id: picture(9, 48) for preset in known})
    asked.norms, asked.data = "adain,cin", packs
    scores = evaluate(asked)
    assert list(scores["norms"]) == ["adain"]
    assert list(scores["presets"]) == ["adain", "cin"]
    assert len(scores["presets"]["cin"]["pairs"]) == 6
    assert scores["presets_apart"] == {"adain, cin": 0}
    assert (asked.out / f"presets/cin/content_1__{known[0].id}.png").exists()
    assert "against the presets' paintings" in report(scores)


def test_without_pairs_each_held_out_photo_meets_one_painting(asked: argparse.Namespace, packs: Path) -> None:
    asked.pairs, asked.data, asked.norms = None, packs, "adain"
    scores = evaluate(asked)
    aside = [sorted(Path(name).stem for name in read_pack(packs, p, "held-out")) for p in PACKS]
    assert list(scores["norms"]["adain"]["pairs"]) == [f"{a}__{b}" for a, b in zip(*aside, strict=True)]


def test_neither_pairs_nor_data_is_refused(asked: argparse.Namespace) -> None:
    asked.pairs = None
    with pytest.raises(EvaluateError, match="--pairs"):
        evaluate(asked)


def test_cin_without_its_paintings_is_not_judged(asked: argparse.Namespace) -> None:
    asked.norms = "adain,cin"
    with pytest.raises(EvaluateError, match="--data"):
        evaluate(asked)


def test_a_command_line_that_fails_is_not_judged(asked: argparse.Namespace, tmp_path: Path) -> None:
    (tmp_path / "fails.py").write_text("import sys; sys.exit('no such style')")
    asked.command = f"{sys.executable} {tmp_path / 'fails.py'}"
    with pytest.raises(StyliseError, match=r"exit code 1\. no such style"):
        evaluate(asked)

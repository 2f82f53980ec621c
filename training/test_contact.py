"""The sheet of photos, styles and norms shows what the command line wrote, each in its place."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from . import contact as contact_sheet
from .command_line import read
from .contact import ContactError, contact

CELL = 32
COLOURS = {"in": 20, "cin": 60, "adain": 100, "din": 140}
STAND_IN = f"""
import sys
from pathlib import Path
from PIL import Image
arguments = dict(zip(sys.argv[2::2], sys.argv[3::2]))
assert arguments["--norm"] != "cin" or "--preset" in arguments
style = arguments.get("--preset") or Path(arguments.get("--style", "none")).stem
red = {COLOURS}[arguments["--norm"]]
green = 0 if style == "none" else len(style)
Path(arguments["--out"]).mkdir(parents=True)
for photo in Path(arguments["--content"]).iterdir():
    blue = Image.open(photo).getpixel((0, 0))[2]
    Image.new("RGB", (24, 24), (red, green, blue)).save(Path(arguments["--out"]) / photo.name)
"""
PHOTOS = {"photo_a": 10, "photo_b": 200}  # their blue


@pytest.fixture
def asked(tmp_path: Path) -> argparse.Namespace:
    """Two photos, and a command line that answers with plain colours: red the norm, green the style's name's
    length, blue the photo's."""
    for folder, names in (("photos", PHOTOS), ("paintings", {"long name": 0, "short": 0, "unused": 0})):
        (tmp_path / folder).mkdir()
        for name, blue in names.items():
            Image.new("RGB", (30, 24), (0, 0, blue)).save(tmp_path / folder / f"{name}.png")
    (tmp_path / "stand_in.py").write_text(STAND_IN)
    return argparse.Namespace(
        photos=tmp_path / "photos",
        out=tmp_path / "out",
        presets=contact_sheet.FOUR,
        paintings=None,
        data=None,
        norms="in,cin,adain,din",
        count=2,
        size=24,
        cell=CELL,
        command=f"{sys.executable} {tmp_path / 'stand_in.py'}",
    )


def cell(sheet: np.ndarray, photo: int, row: int, column: int) -> tuple[int, ...]:
    """The colour in the middle of a result; blocks stand side by side."""
    line, gap = CELL // 9, CELL // 8
    left = sheet.shape[1] // 2 * photo + gap + CELL + gap + (1 + column) * CELL
    top = gap + line + row * (CELL + line)
    return tuple(int(v) for v in sheet[top + CELL // 2, left + CELL // 2])


def test_every_photo_meets_every_preset_under_every_norm(asked: argparse.Namespace) -> None:
    sheet = read(contact(asked))
    names = asked.presets.split(",")[:2]
    for photo, blue in enumerate(PHOTOS.values()):
        for row, name in enumerate(names):
            for column, norm in enumerate(("in", "cin", "adain", "din")):
                green = 0 if norm == "in" else len(name)
                assert cell(sheet, photo, row, column) == (COLOURS[norm], green, blue), (norm, name)


def test_paintings_of_a_folder_take_the_presets_place_for_all_norms_but_cin(
    asked: argparse.Namespace,
) -> None:
    asked.paintings = asked.photos.parent / "paintings"
    with pytest.raises(ContactError, match="presets only"):
        contact(asked)
    asked.norms = "adain,din"
    sheet = read(contact(asked))
    assert cell(sheet, 1, 0, 1) == (COLOURS["din"], len("long name"), 200)
    assert cell(sheet, 1, 1, 0) == (COLOURS["adain"], len("short"), 200)
    assert not (asked.out / "adain/unused").exists()


def test_an_unknown_preset_is_named(asked: argparse.Namespace) -> None:
    asked.presets = "gogh"
    with pytest.raises(ContactError, match="no preset gogh"):
        contact(asked)


def test_the_presets_paintings_are_shown_where_the_data_is_at_hand(
    asked: argparse.Namespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    yellow = np.full((60, 40, 3), (250, 240, 10), np.uint8)
    monkeypatch.setattr(contact_sheet, "paintings_of", lambda _, known: {p.id: yellow for p in known})
    asked.data = asked.photos
    assert cell(read(contact(asked)), 0, 1, -1) == (250, 240, 10)

"""Asks the product's command line for pictures, so that the product is judged and not the PyTorch model."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
COMMAND = "npm run --silent cli --"
WITHOUT_STYLE = ("in",)  # the command line refuses a style that it would ignore


class StyliseError(Exception):
    """The command line failed, or wrote a picture of another size."""


class Style(NamedTuple):
    """A painting's file, or a preset's name."""

    option: str  # "--style" or "--preset"
    value: str


class Wish(NamedTuple):
    norm: str
    style: Style
    strength: float = 1
    detail: float | None = None  # as the product has it when nobody says otherwise

    @property
    def options(self) -> list[str]:
        options = ["--norm", self.norm, "--strength", f"{self.strength:g}", "--size", "0"]
        if self.detail is not None:
            options += ["--detail", f"{self.detail:g}"]
        if self.norm not in WITHOUT_STYLE:
            options += [*self.style, *(("--style-size", "0") if self.style.option == "--style" else ())]
        return options


def read(path: Path) -> np.ndarray:
    """[H, W, 3] uint8."""
    return np.asarray(Image.open(path).convert("RGB"))


def stylise(command: str, contents: list[Path], wish: Wish, out: Path) -> dict[Path, np.ndarray]:
    """Pictures with one style, in one run of the command line; `out` is a folder, names are kept."""
    if out.exists():
        shutil.rmtree(out)  # else a run that fails silently is judged by older pictures
    with tempfile.TemporaryDirectory() as folder:
        for content in contents:
            shutil.copy(content, folder)
        files = ["--content", folder, "--out", str(out)]
        done = subprocess.run(
            [*shlex.split(command), "stylize", *files, *wish.options],
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
    pictures: dict[Path, np.ndarray] = {}
    for content in contents:
        result = out / content.name
        if done.returncode or not result.exists():
            raise StyliseError(
                f"{content.name}: exit code {done.returncode}. {done.stderr.strip() or done.stdout}"
            )
        picture, expected = read(result), read(content)
        if picture.shape != expected.shape:
            raise StyliseError(f"{result} is {picture.shape}, its content is {expected.shape}")
        pictures[content] = picture
    return pictures

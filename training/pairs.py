"""Which photo meets which style, and how near a style comes for how much of the photo."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from .judge import square

STYLES_PER_PHOTO = 3
CURVE_TO = 2.0  # content loss; published systems give up 1.6 to 2.8 of it at full strength


class Pair(NamedTuple):
    photo: str
    style: str

    @property
    def name(self) -> str:
        return f"{self.photo}__{self.style}"


def pairs(photos: list[str], styles: list[str], each: int = STYLES_PER_PHOTO) -> list[Pair]:
    """Photo i with `each` styles: i, i + n/3, i + 2n/3 (mod n) for three; with fewer styles, each once."""
    n = len(styles)
    steps = sorted({k * n // each for k in range(each)})
    return [Pair(p, styles[(i + step) % n]) for i, p in enumerate(photos) for step in steps]


def write_squares(source: Path, out: Path, size: int) -> dict[str, Path]:
    """Name without suffix -> its centre square as PNG, sorted."""
    out.mkdir(parents=True, exist_ok=True)
    squares: dict[str, Path] = {}
    for path in sorted(source.iterdir()):
        squares[path.stem] = out / f"{path.stem}.png"
        square(path, size).save(squares[path.stem])
    return squares


def style_for(content: ArrayLike, style: ArrayLike, budget: np.ndarray) -> np.ndarray:
    """The style loss that a content loss of `budget` buys, on the curve through one pair's scores at several
    strengths, 0 among them.

    The curve never rises, since a smaller strength may always be chosen, and stays level after its end.
    """
    order = np.argsort(content, kind="stable")
    spent, best = np.asarray(content)[order], np.minimum.accumulate(np.asarray(style)[order])
    return np.interp(budget, spent, best)


def curve_area(content: ArrayLike, style: ArrayLike) -> float:
    """The mean style loss for content losses from 0 to CURVE_TO: the area under the curve, over CURVE_TO."""
    budget = np.linspace(0, CURVE_TO, 1001)
    return float(np.trapezoid(style_for(content, style, budget), budget) / CURVE_TO)

"""One round of judging: photos meet styles under several norms, and every result is scored."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from tqdm import tqdm

from .command_line import Style, Wish, read, stylise
from .judge import Judge, Painting, Photo, Scores, pixel_difference
from .pairs import STYLES_PER_PHOTO, Pair, curve_area, pairs

STRENGTHS = (0.2, 0.4, 0.6, 0.8, 1.0)  # of a curve; 0 is the photo itself


class Meeting(NamedTuple):
    """Who meets whom: names to squares, to what the judge saw, and to what the command line is given."""

    photos: dict[str, Path]
    targets: dict[str, Photo]
    styles: dict[str, Path]
    paintings: dict[str, Painting]
    wishes: dict[str, Style]
    each: int = STYLES_PER_PHOTO

    @property
    def pairs(self) -> list[Pair]:
        return pairs(list(self.photos), list(self.wishes), self.each)


class Round:
    """Pictures go to OUT/NORM, or OUT/NORM-STRENGTH below full strength."""

    def __init__(self, command: str, judge: Judge, meeting: Meeting, out: Path, curve: bool) -> None:
        self.command, self.judge, self.meeting, self.out = command, judge, meeting, out
        self.strengths = STRENGTHS if curve else (1.0,)
        self.results: dict[str, dict[Pair, Path]] = {}  # at full strength, by norm
        self.along: dict[float, dict[str, Scores]] = {}  # what all norms have at strength 0
        if curve:
            self.along[0.0] = self.score({pair: meeting.photos[pair.photo] for pair in meeting.pairs})

    def restyle(self, norm: str, strength: float) -> dict[Pair, Path]:
        """One run of the command line a style."""
        folder = self.out / (norm if strength == 1 else f"{norm}-{strength:g}")
        photos, files = self.meeting.photos, dict[Pair, Path]()
        for name, style in tqdm(self.meeting.wishes.items(), desc=folder.name, mininterval=5):
            mine = [pair for pair in self.meeting.pairs if pair.style == name]
            if mine:
                wish = Wish(norm, style, strength)
                stylise(self.command, [photos[pair.photo] for pair in mine], wish, folder / name)
            for pair in mine:
                made = folder / name / photos[pair.photo].name
                files[pair] = made.rename(folder / f"{pair.name}.png")
        for name in {pair.style for pair in files}:
            (folder / name).rmdir()
        return {pair: files[pair] for pair in self.meeting.pairs}

    def score(self, files: dict[Pair, Path]) -> dict[str, Scores]:
        """Pair's name -> scores."""
        m = self.meeting
        return {
            pair.name: self.judge.score(read(path), m.targets[pair.photo], m.paintings[pair.style])
            for pair, path in files.items()
        }

    def judge_norm(self, norm: str) -> dict[str, Any]:
        """`pairs`, their `mean`, and for a curve its mean points, strength -> content and style loss.

        Of a curve each pair has its `area`, and its points as [content, style] by rising strength.
        """
        along = dict(self.along)
        for strength in self.strengths:
            self.results[norm] = self.restyle(norm, strength)
            along[strength] = self.score(self.results[norm])
        rows = {name: scores._asdict() for name, scores in along[1.0].items()}
        found: dict[str, Any] = {"mean": {}, "pairs": rows}
        points = {name: [at[name][:2] for at in along.values()] for name in rows} if self.along else {}
        for name, curve in points.items():
            rows[name]["area"] = curve_area(*zip(*curve, strict=True))
            found["curve"] = {f"{strength:g}": mean(at.values())[:2] for strength, at in along.items()}
        columns = next(iter(rows.values()))
        found["mean"] = dict(zip(columns, mean(row.values() for row in rows.values()), strict=True))
        for name, curve in points.items():
            rows[name]["points"] = curve
        return found

    def apart(self) -> dict[str, float]:
        """Each two norms -> the mean pixel difference of their results, /255."""
        return {
            f"{a}, {b}": float(
                np.mean([pixel_difference(read(first[p]), read(second[p])) for p in self.meeting.pairs])
            )
            for (a, first), (b, second) in combinations(self.results.items(), 2)
        }


def mean(rows: Iterable[Iterable[float]]) -> list[float]:
    return np.mean([list(row) for row in rows], axis=0).tolist()

"""Says which differences between two results of `training.evaluate` count. Run with `--help` for more.

A difference counts when the 95 % interval of its mean, from a bootstrap over pairs of photo and style
(Efron 1979), excludes zero. Both results must hold the same pairs.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from .pairs import style_for

RESAMPLES = 10_000
SEED = 20261125
PARTS = ("norms", "presets")
Points = list[tuple[float, float]]  # content and style loss by rising strength


class CompareError(Exception):
    """Results that cannot be set against each other."""


class Difference(NamedTuple):
    """Second minus first."""

    mean: float
    low: float
    high: float

    @property
    def counts(self) -> bool:
        return self.low > 0 or self.high < 0


def bootstrap(first: np.ndarray, second: np.ndarray) -> Difference:
    """first, second [pairs]: the same pairs in the same order."""
    apart = second - first
    chosen = np.random.RandomState(SEED).randint(len(apart), size=(RESAMPLES, len(apart)))
    low, high = np.percentile(apart[chosen].mean(1), (2.5, 97.5))
    return Difference(float(apart.mean()), float(low), float(high))


def compare(first: dict[str, Any], second: dict[str, Any], where: str) -> dict[str, tuple[float, Difference]]:
    """Pair name -> scores, twice; -> each score that both have: the first's mean, and the difference."""
    if first.keys() != second.keys():
        raise CompareError(f"{where}: the two results are of other pairs; evaluate both on the same folder")
    names = list(first)
    columns = [name for name in first[names[0]] if name in second[names[0]] and name != "points"]
    found: dict[str, tuple[float, Difference]] = {}
    for column in columns:
        a, b = (np.array([rows[name][column] for name in names]) for rows in (first, second))
        found[column] = (float(a.mean()), bootstrap(a, b))
    if all("points" in rows[names[0]] for rows in (first, second)):
        both = [at_equal_content(first[name]["points"], second[name]["points"]) for name in names]
        a, b = np.array(both).T
        found["style at equal content"] = (float(a.mean()), bootstrap(a, b))
    return found


def at_equal_content(first: Points, second: Points) -> tuple[float, float]:
    """The style losses of one pair's two curves at the largest content loss that both reach."""
    budget = min(max(content for content, _ in points) for points in (first, second))
    a, b = (style_for(*np.array(points).T, budget=np.array(budget)) for points in (first, second))
    return float(a), float(b)


def lines(title: str, found: dict[str, tuple[float, Difference]]) -> list[str]:
    """Rows of the Markdown table."""
    rows: list[str] = []
    for column, (mean, d) in found.items():
        verdict = "counts" if d.counts else "may be chance"
        interval = f"{d.low:+.4f} to {d.high:+.4f}"
        rows.append(f"| {title} | {column} | {mean:.4f} | {d.mean:+.4f} | {interval} | {verdict} |")
    return rows


def report(first: dict[str, Any], second: dict[str, Any], norms: tuple[str, str] | None = None) -> str:
    """first, second: what `scores.json` holds. norms: the first's norm against another of the second's."""
    rows = ["| norm | score | first | second - first | 95 % interval | |", "|---|---|---|---|---|---|"]
    for part in PARTS:
        here, there = first.get(part, {}), second.get(part, {})
        both = [(norm, norm) for norm in here if norm in there] if norms is None else [norms]
        for a, b in both:
            if a in here and b in there:
                title = (a if a == b else f"{a}, {b}") + (" (presets)" if part == "presets" else "")
                rows += lines(title, compare(here[a]["pairs"], there[b]["pairs"], title))
    if norms is None:
        a, b = ({k: {"error": v} for k, v in s["identity"]["photos"].items()} for s in (first, second))
        rows += lines("adain, identity", compare(a, b, "identity"))
    if len(rows) == 2:
        raise CompareError("the two results have no norm in common")
    return "\n".join(rows)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("first", type=Path, help="folder with scores.json")
    parser.add_argument("second", type=Path, help="the same folder again to set two norms against each other")
    parser.add_argument("--norms", help="two norms, such as adain,din: the first's adain, the second's din")
    arguments = parser.parse_args()
    first, second = (json.loads((f / "scores.json").read_text()) for f in (arguments.first, arguments.second))
    norms: tuple[str, str] | None = None
    if arguments.norms is not None:
        a, b = arguments.norms.split(",")
        norms = (a, b)
    try:
        print(report(first, second, norms))
    except CompareError as error:
        raise SystemExit(str(error)) from None


if __name__ == "__main__":
    main()

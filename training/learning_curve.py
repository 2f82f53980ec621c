"""Draws the running losses of a training run's stages, one after the other.

`python -m training.learning_curve runs/first/log.jsonl runs/second/log.jsonl --out learning-curve.svg`
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("svg")

import matplotlib.pyplot as plt

LOSSES = ("style", "content")
NORMS = ("adain", "group-wct", "wct", "din")
LABELS = {"adain": "AdaIN", "group-wct": "group-WCT", "wct": "WCT", "din": "DIN"}


class LogError(Exception):
    """A log that holds nothing to draw."""


def read_stages(logs: list[Path]) -> list[list[dict[str, Any]]]:
    """The lines of each log, with steps counted on from the stage before."""
    stages: list[list[dict[str, Any]]] = []
    reached = 0
    for log in logs:
        lines = [json.loads(line) for line in log.read_text().splitlines()]
        if not lines:
            raise LogError(f"{log} is empty: a run writes its first line after 50 steps")
        stages.append([{**line, "step": line["step"] + reached} for line in lines])
        reached = stages[-1][-1]["step"]
    return stages


def series(stages: list[list[dict[str, Any]]], name: str) -> tuple[list[int], list[float]]:
    """Steps and values of one loss; where a stage begins, NaN breaks the line."""
    steps: list[int] = []
    values: list[float] = []
    for stage in stages:
        known = [line for line in stage if name in line]
        steps += [line["step"] for line in known] + [stage[-1]["step"]]
        values += [line[name] for line in known] + [float("nan")]
    return steps, values


def draw(stages: list[list[dict[str, Any]]], out: Path) -> None:
    mpl.rcParams["svg.hashsalt"] = "statistyle"  # the same picture from the same logs
    figure, axes = plt.subplots(1, len(LOSSES), figsize=(10, 3.6), layout="constrained")
    for loss, axis in zip(LOSSES, axes, strict=True):
        for norm in NORMS:
            steps, values = series(stages, f"{norm} {loss}")
            if len(steps) > len(stages):  # more than the breaks: the run trained it
                axis.plot(steps, values, label=LABELS[norm], linewidth=1.2)
        for stage in stages[:-1]:
            axis.axvline(stage[-1]["step"], color="0.8", linewidth=0.8)
        axis.set(xlabel="step", title=f"{loss} loss on training crops (running mean)")
        axis.set_ylim(bottom=0)
    axes[0].legend(frameon=False)
    figure.savefig(out, metadata={"Date": None})
    plt.close(figure)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("logs", type=Path, nargs="+", help="log.jsonl of each stage, in order")
    parser.add_argument("--out", type=Path, required=True, help="an SVG file")
    arguments = parser.parse_args()
    try:
        draw(read_stages(arguments.logs), arguments.out)
    except LogError as error:
        raise SystemExit(str(error)) from None


if __name__ == "__main__":
    main()

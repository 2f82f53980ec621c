"""Remakes everything that depends on the weights, in order, and stops at the first step that fails.

`python -m training.remake --checkpoint RUN/checkpoint.pt --data DATA`: the exported weights, the presets
(with CIN where a fit is given), the fixtures, the swatches and the README's picture; then it checks the one
number in the code that depends on them. CIN's fit and the scores take long and are asked for by themselves:
training.cin, training.evaluate.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from .cin_table import FILE
from .command_line import ROOT
from .presets import PresetError, paintings_of


class Step(NamedTuple):
    """What is made, and the command that makes it."""

    what: str
    words: tuple[str, ...]


class RemakeError(Exception):
    """A step failed; those after it were not begun."""


def python(module: str, *words: str | Path) -> tuple[str, ...]:
    return (sys.executable, "-m", f"training.{module}", *map(str, words))


def node(script: str) -> tuple[str, ...]:
    return ("node", "--import", "tsx", script)


def steps(checkpoint: Path, data: Path, cin: Path | None) -> list[Step]:
    """cin: a table that fits the checkpoint, or None to leave CIN out."""
    with_cin = ("--without-cin",) if cin is None else ("--cin", cin)
    return [
        Step("the exported weights", python("export", "--checkpoint", checkpoint, "--data", data)),
        Step("the presets", python("presets", "--data", data, *with_cin)),
        Step("the fixtures", python("parity")),
        Step("the swatches", node("scripts/paint-swatches.ts")),
        Step("the README's picture", node("scripts/paint-example.ts")),
        Step("what an even strength stands for", node("scripts/measure-change.ts")),
    ]


def run(asked: list[Step]) -> None:
    for i, step in enumerate(asked):
        print(f"[{i + 1}/{len(asked)}] {step.what}: {' '.join(step.words)}", flush=True)
        try:
            code = subprocess.run(step.words, cwd=ROOT).returncode
        except FileNotFoundError:
            raise RemakeError(f"{step.what} could not be made: {step.words[0]} is not installed") from None
        if code:
            left = ", ".join(later.what for later in asked[i + 1 :]) or "nothing"
            raise RemakeError(
                f"{step.what} could not be made (exit code {code}, see above); not begun: {left}"
            )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True, help="folder with content.tar and style.tar")
    parser.add_argument("--cin", type=Path, default=FILE, help="what training.cin wrote for this checkpoint")
    parser.add_argument("--without-cin", action="store_true", help="leave CIN out, whatever was fitted")
    arguments = parser.parse_args()
    with_cin = (ROOT / arguments.cin).exists() and not arguments.without_cin
    cin = arguments.cin.resolve() if with_cin else None
    try:
        paintings_of(arguments.data)  # before anything is written
        run(steps(arguments.checkpoint.resolve(), arguments.data.resolve(), cin))
    except (PresetError, RemakeError) as error:
        raise SystemExit(f"Stopped: {error}.") from None
    print("All remade. Look at the swatches and at docs/example.webp, then run pytest and npm run check.")


if __name__ == "__main__":
    main()

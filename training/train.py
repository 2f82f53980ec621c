"""Trains encoder, decoder and DIN's predictor together. Run with `python -m training.train --help`."""

from __future__ import annotations

import argparse
import json
import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, get_args

import torch

from . import distributed
from .checkpoint import CheckpointError, load_checkpoint, resume, save, start_from
from .export import ExportError
from .restart import start_from_export
from .run import Run
from .settings import Method, Precision, Settings

LOG_EVERY = 50  # steps
SAVE_EVERY = 300  # seconds
CHOICES = {"precision": Precision, "optimiser": Method}
WITHOUT_DETAIL = {"least_detail": 0.0, "most_detail": 0.0}  # runs from before there was any


def log_lines(run: Run, seconds: float) -> Iterator[tuple[str, Any]]:
    yield from (("step", run.step), ("seconds", round(seconds)), ("lr", round(run.learning_rate(), 6)))
    yield from ((name, round(value, 4)) for name, value in sorted(run.averages.items()))


def parse_arguments(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=f"{__doc__} Reasons: settings.py.")
    parser.add_argument("--data", type=Path, required=True, help="folder with content.tar and style.tar")
    parser.add_argument("--teacher-weights", type=Path, required=True, help="folder with the VGG-19 file")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoint.pt and log.jsonl")
    parser.add_argument(
        "--resume",
        action="store_true",
        help="go on with OUT/checkpoint.pt; only --steps and --anneal-steps can be changed",
    )
    parser.add_argument(
        "--start-from",
        type=Path,
        help="a checkpoint, or exported weights, to begin a new run with",
    )
    parser.add_argument("--minutes", type=float, default=math.inf, help="save and stop after this long")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    for field in fields(Settings):
        option = f"--{field.name.replace('_', '-')}"
        if field.name in CHOICES:
            parser.add_argument(option, choices=get_args(CHOICES[field.name]))
        elif field.type == "bool":
            parser.add_argument(option, action=argparse.BooleanOptionalAction)
        else:
            parser.add_argument(option, type=type(field.default))
    return parser.parse_args(words)


def begin(arguments: argparse.Namespace) -> Run:
    checkpoint = arguments.out / "checkpoint.pt"
    asked = {f.name: getattr(arguments, f.name) for f in fields(Settings)}
    settings = replace(Settings(), **{name: value for name, value in asked.items() if value is not None})
    if arguments.resume:
        settings = Settings(**WITHOUT_DETAIL | load_checkpoint(checkpoint)["settings"])
        length = {k: asked[k] for k in ("steps", "anneal_steps") if asked[k] is not None}
        settings = replace(settings, **length)  # before the anneal a run may be made longer or shorter
    device = distributed.join(torch.device(arguments.device))
    run = Run(settings, arguments.data, arguments.teacher_weights, device)
    if arguments.resume:
        resume(run, checkpoint)
    elif arguments.start_from and arguments.start_from.is_dir():
        start_from_export(run, arguments.start_from)
    elif arguments.start_from:
        start_from(run, arguments.start_from)
    return run


def train(words: Sequence[str] | None = None) -> Run:
    """words: the command line's arguments. Only rank 0 writes."""
    arguments = parse_arguments(words)
    run = begin(arguments)
    writes = distributed.rank() == 0
    checkpoint, log = arguments.out / "checkpoint.pt", arguments.out / "log.jsonl"
    if writes:
        arguments.out.mkdir(parents=True, exist_ok=True)
    start = saved = time.monotonic()
    while run.step < run.settings.steps:
        if distributed.agreed(time.monotonic() - start > arguments.minutes * 60, run.device):
            break
        run.train_step()
        if writes and run.step % LOG_EVERY == 0:
            line = json.dumps(dict(log_lines(run, time.monotonic() - start)))
            print(line, flush=True)
            with log.open("a") as file:
                print(line, file=file)
        if writes and time.monotonic() - saved > SAVE_EVERY:
            save(run, checkpoint)
            saved = time.monotonic()
    if writes:
        save(run, checkpoint)
        print(f"stopped at step {run.step} of {run.settings.steps}; checkpoint written", flush=True)
    return run


def main() -> None:
    try:
        train()
    except (CheckpointError, ExportError) as error:
        raise SystemExit(f"Stopped: {error}.") from None
    distributed.leave()


if __name__ == "__main__":
    main()

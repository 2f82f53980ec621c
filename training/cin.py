"""Fits CIN's table: gamma and beta for each preset. `--help` lists the options.

The table is written after each preset; run again, it goes on with the presets that are missing, and
with those that were fitted for fewer steps.
`cin_fit.py` says how each is fitted. Run it when the weights are final: a table fits only its networks.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, get_args, get_type_hints

import numpy as np
import torch

from .cin_fit import Fit, FitSettings
from .cin_table import FILE, CinError, CinTable, networks_of, read_table
from .export import read_export
from .presets import PRESETS, Preset, PresetError, enlarged, paintings_of

AIM = 0.9  # of AdaIN's style loss, at equal content loss


def begin(out: Path, manifest: dict[str, Any], settings: FitSettings) -> CinTable:
    """The table so far, or an empty one."""
    if not out.exists():
        return CinTable(networks_of(manifest), shared(settings))
    table = read_table(out, manifest)
    if table.settings != shared(settings):
        raise CinError(f"{out} was fitted with {table.settings}: delete it to fit with other settings")
    return table


def shared(settings: FitSettings) -> dict[str, Any]:
    """What all presets of a table have in common: all but the steps, of which some need more."""
    return {name: value for name, value in asdict(settings).items() if name != "steps"}


def chosen_presets(ids: str | None) -> list[Preset]:
    if ids is None:
        return list(PRESETS)
    known = {preset.id: preset for preset in PRESETS}
    unknown = [name for name in ids.split(",") if name not in known]
    if unknown:
        raise CinError(f"there is no preset {unknown[0]}; presets.json lists them")
    return [known[name] for name in ids.split(",")]


def summary(table: CinTable) -> str:
    rows = list(table.scores.values())
    style, content = (
        np.mean([row[f"cin {k}"] for row in rows]) / np.mean([row[f"adain {k}"] for row in rows]) - 1
        for k in ("style", "content")
    )
    return (
        f"{len(rows)} presets: style loss {style:+.1%}, content loss {content:+.1%} against AdaIN; at equal "
        f"content loss style loss is {np.mean([row['ratio'] for row in rows]) - 1:+.1%}, and at least "
        f"{1 - AIM:.0%} lower for {sum(row['ratio'] <= AIM for row in rows)}"
    )


def fit_all(arguments: argparse.Namespace, settings: FitSettings) -> CinTable:
    exported = read_export(arguments.weights)
    table = begin(arguments.out, exported.manifest, settings)
    done = {name: scores["steps"] for name, scores in table.scores.items()}
    missing = [p for p in chosen_presets(arguments.presets) if done.get(p.id, 0) < settings.steps]
    if not missing:
        return table
    device = torch.device(arguments.device)
    fit = Fit(exported, arguments.teacher_weights, arguments.data, settings, device)
    paintings = paintings_of(arguments.data, missing)
    start = time.monotonic()
    for preset in missing:
        began = time.monotonic()
        if began - start > arguments.minutes * 60:
            break
        entry, scores = fit.fit(enlarged(paintings[preset.id]))
        table.values |= {f"{preset.id}/{name}": values.cpu() for name, values in entry.items()}
        table.scores[preset.id] = scores | {"steps": settings.steps}
        arguments.out.parent.mkdir(parents=True, exist_ok=True)
        table.save(arguments.out)
        took = round(time.monotonic() - began, 1)
        print(json.dumps({"preset": preset.id, **scores, "seconds": took}), flush=True)
    return table


def score_again(arguments: argparse.Namespace) -> CinTable:
    """The table as it is, for the networks that ship now, with new scores."""
    exported = read_export(arguments.weights)
    old = read_table(arguments.out, exported.manifest, of_others=True)
    table = CinTable(networks_of(exported.manifest), old.settings, values=old.values)
    settings = FitSettings(**old.settings)
    fit = Fit(exported, arguments.teacher_weights, arguments.data, settings, torch.device(arguments.device))
    paintings = paintings_of(arguments.data, [preset for preset in PRESETS if preset.id in old.scores])
    for name, scores in old.scores.items():
        entry = {
            key.removeprefix(f"{name}/"): values
            for key, values in old.values.items()
            if key.startswith(f"{name}/")
        }
        found = fit.score(enlarged(paintings[name]), entry)
        table.scores[name] = found | {"steps": scores["steps"]}
        print(json.dumps({"preset": name, **found, "before": scores["ratio"]}), flush=True)
    table.save(arguments.out)
    return table


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder with content.tar and style.tar")
    parser.add_argument("--teacher-weights", type=Path, required=True, help="folder with the VGG-19 file")
    parser.add_argument("--weights", type=Path, default=Path("public/weights"))
    parser.add_argument("--out", type=Path, default=FILE)
    parser.add_argument("--presets", help="their names, with commas between; all when left out")
    parser.add_argument(
        "--score-again", action="store_true", help="fit nothing: the networks were only rounded otherwise"
    )
    parser.add_argument("--minutes", type=float, default=math.inf, help="begin no further preset after this")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    for field in fields(FitSettings):
        parser.add_argument(
            f"--{field.name.replace('_', '-')}",
            type=type(field.default),
            default=field.default,
            choices=get_args(get_type_hints(FitSettings)[field.name]) or None,
        )
    arguments = parser.parse_args()
    settings = FitSettings(**{field.name: getattr(arguments, field.name) for field in fields(FitSettings)})
    try:
        table = score_again(arguments) if arguments.score_again else fit_all(arguments, settings)
    except (CinError, PresetError) as error:
        raise SystemExit(str(error)) from None
    print(summary(table) if table.scores else "no preset was begun: give it more minutes")


if __name__ == "__main__":
    main()

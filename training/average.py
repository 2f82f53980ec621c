"""The mean of two runs' weights. `python -m training.average FIRST SECOND --share 0.6 --out mean.pt`

Where the second run began with the first one's weights, networks between the two had lower style losses
than either at the same content loss (training/README.md). Each is a checkpoint or a folder of exported
weights.

Source: Wortsman et al. 2022, "Robust fine-tuning of zero-shot models", eq. 1.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from .checkpoint import CheckpointError, finished, load_checkpoint
from .colour_paths import find_carried
from .export import ExportError, fill, read_export
from .networks import Networks


class AverageError(Exception):
    """Runs that have nothing to do with each other."""


def read_run(path: Path) -> dict[str, Any]:
    """What a checkpoint holds of a finished run. Exported weights have lost their lifts, and get new ones."""
    if not path.is_dir():
        state = load_checkpoint(path)
        kept = {key: state[key] for key in ("settings", "step", "averages", "stages")}
        return {**kept, "networks": finished(state)}
    exported = read_export(path)
    networks = Networks()
    fill(networks, exported)
    run = exported.manifest["run"]
    kept = {key: run[key] for key in ("settings", "step", "stages")}
    return {**kept, "averages": run["losses"], "networks": networks.state_dict()}


def carried_rows(networks: dict[str, Tensor]) -> list[tuple[str, list[int]]]:
    module = Networks()
    module.load_state_dict(networks)
    return [(layer, rows) for layer, rows, *_ in find_carried(module)]


def average(first: dict[str, Any], second: dict[str, Any], share: float) -> dict[str, Any]:
    """What training begins with and export writes: (1 - share) of the first and `share` of the second.

    AverageError where colours are carried in other channels: such networks are no kin.
    """
    a, b = first["networks"], second["networks"]
    if carried_rows(a) != carried_rows(b):
        raise AverageError(
            "the two carry colours in other channels, so that neither began with the other's weights"
        )
    networks = {name: torch.lerp(a[name], b[name], share) for name in b}
    mean = {"share": share, "with": {**first["settings"], "reached": first["step"]}}
    return {**second, "settings": {**second["settings"], "mean": mean}, "networks": networks}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("first", type=Path, help="a checkpoint, or exported weights")
    parser.add_argument("second", type=Path, help="another, whose run began with the first one's weights")
    parser.add_argument("--share", type=float, default=0.5, help="of the second")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    try:
        torch.save(
            average(read_run(arguments.first), read_run(arguments.second), arguments.share), arguments.out
        )
    except (AverageError, CheckpointError, ExportError, FileNotFoundError) as error:
        raise SystemExit(f"Stopped: {error}.") from None


if __name__ == "__main__":
    main()

"""CIN's table as a file: gamma and beta of each preset, and which networks they fit.

safetensors, float32: `<preset>/gamma` and `<preset>/beta`, [C] each. Its metadata holds, as JSON, the
sha256 of encoder and decoder, the settings of the fit, and each preset's steps and scores on held-out photos.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from safetensors import safe_open
from safetensors.torch import save_file
from torch import Tensor

FILE = Path("training/cin.safetensors")
PARTS = ("gamma", "beta")


class CinError(Exception):
    """A table of other networks, or of another fit."""


def networks_of(manifest: dict[str, Any]) -> dict[str, str]:
    """The sha256 of what a table depends on."""
    return {part: manifest["files"][f"{part}.bin"]["sha256"] for part in ("encoder", "decoder")}


@dataclass
class CinTable:
    networks: dict[str, str]
    settings: dict[str, Any]
    scores: dict[str, dict[str, float]] = field(default_factory=dict)  # by preset
    values: dict[str, Tensor] = field(default_factory=dict)  # `<preset>/<part>`

    def save(self, path: Path) -> None:
        known = {"networks": self.networks, "settings": self.settings, "scores": self.scores}
        partial = path.with_suffix(".partial")
        save_file(self.values, partial, {"cin": json.dumps(known)})
        partial.replace(path)  # a fit that is stopped here leaves the older table whole


def read_table(path: Path, manifest: dict[str, Any], *, of_others: bool = False) -> CinTable:
    """The table at `path`, which must be of the networks that the manifest describes, unless `of_others`."""
    with safe_open(path, "pt") as file:
        known = json.loads(file.metadata()["cin"])
        values = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 (not a dict)
    if known["networks"] != networks_of(manifest) and not of_others:
        raise CinError(f"{path} was fitted to other weights: delete it, and run training.cin again")
    return CinTable(known["networks"], known["settings"], known["scores"], values)

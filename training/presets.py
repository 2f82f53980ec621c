"""Writes the preset styles: statistics of public-domain paintings, without the paintings.

Run with `python -m training.presets --help`, after every export: statistics fit only the encoder that
measured them. For CIN each preset also carries gamma and beta, once `training.cin` has fitted them.
`scripts/paint-swatches.ts` then paints the swatches.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from . import detail
from .cin_table import FILE, PARTS, CinError, read_table
from .data import read_pack, to_tensor
from .export import FLOAT16, Spec, read_export
from .model import CELL, Encoder
from .norms import Statistics, blocks, statistics
from .rounding import to_float16

FORMAT = "statistyle-presets/5"
STROKES = 1.5  # paintings are enlarged by this: their strokes then suit a photo of about 512 px


class Preset(NamedTuple):
    """Artist, title and year as the collection gives them; no year where it gives none.

    file: the painting's name in the pack, without its ending.
    """

    file: str
    artist: str
    title: str
    year: int | None = None

    @property
    def id(self) -> str:
        plain = unicodedata.normalize("NFKD", f"{self.artist.split()[-1]} {self.title}")
        return re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode().lower()).strip("-")


PRESETS = (
    Preset("pd_0554", "Vincent van Gogh", "Landscape in the Rain", 1890),
    Preset("pd_1742", "Claude Monet", "The Needle of Étretat, Low Tide"),
    Preset("pd_1457", "Katsushika Hokusai", "Waterfall Where Yoshitsune Washed His Horse"),
    Preset("pd_0085", "Gustav Klimt", "Design for the Stocletfries"),
    Preset("pd_1891", "Aleksandra Ekster", "Venice", 1915),
    Preset("pd_1551", "Nicholas Roerich", "Himalayas", 1947),
    Preset("pd_0669", "Paul Cézanne", "Still Life with Apples", 1894),
    Preset("pd_1178", "Umberto Boccioni", "The City Rises"),
    Preset("pd_1310", "Hiroshige", "Prune Orchard Sun"),
    Preset("pd_0053", "Claude Monet", "Water Lilies"),
    Preset("pd_0378", "Franz Marc", "The Enchanted Mill", 1913),
    Preset("pd_1579", "Albrecht Dürer", "Adam and Eve", 1504),
    Preset("pd_1376", "Paul Gauguin", "Woman Holding a Fruit", 1893),
    Preset("pd_1575", "Fernand Léger", "Contrast of Forms", 1913),
    Preset("pd_1056", "Utagawa Kuniyoshi", "Hanagami Danjō no Jō Arakage Fighting a Giant Salamander"),
    Preset("pd_1644", "Odilon Redon", "The Black Pegasus"),
    Preset("pd_1751", "Leonardo da Vinci", "Drawing of a Botanical Study"),
    Preset("pd_1150", "Olga Rozanova", "Blue on Tin"),
    Preset("pd_0008", "Georges Seurat", "Peasants Driving Stakes", 1882),
    Preset("pd_1323", "Gustav Klimt", "Buchenhain"),
    Preset("pd_1272", "Lyubov Popova", "Space Force Construction"),
    Preset("pd_1592", "Nicholas Roerich", "At Midnight, Light of the Shambhala", 1940),
    Preset("pd_0540", "Ernst Ludwig Kirchner", "Japanese Parasol"),
    Preset("pd_0715", "Pavel Filonov", "Head", 1930),
    Preset("pd_1132", "Shōtei Takahashi", "Shore of Lake Chūzenji"),
    Preset("pd_1905", "Paul Sérusier", "The Incantation, the Holy Wood", 1891),
    Preset("pd_1406", "Oleksandr Bogomazov", "Abstract Composition"),
    Preset("pd_1034", "Marianne North", "Foliage and Flowers of the Burmese Thaw Ka or Soka", 1876),
    Preset("pd_1011", "Kazimir Malevich", "Two Male Figures"),
    Preset("pd_1743", "John Henry Twachtman", "Tiger Lilies"),
    Preset("pd_0879", "Joaquín Torres García", "Structure", 1931),
    Preset("pd_0578", "Pierre Bonnard", "Red Roofs in Cannet", 1942),
    Preset("pd_0513", "Mikalojus Čiurlionis", "Allegro, Sonata of the Sea", 1908),
    Preset("pd_0028", "J. E. H. MacDonald", "Autumn, Algoma", 1918),
)


class PresetError(Exception):
    """A painting that is not there, or statistics that float16 would spoil."""


class Measured(NamedTuple):
    statistics: Statistics  # [1, C], [1, C, C]
    cells: int


def paintings_of(data: Path, presets: Iterable[Preset] = PRESETS) -> dict[str, np.ndarray]:
    """Preset's id -> its painting [H, W, 3] uint8, from either part of the pack of paintings.

    Raises PresetError for the first that the pack has not.
    """
    pack = read_pack(data, "style") | read_pack(data, "style", "held-out")
    pictures = {Path(name).stem: picture for name, picture in pack.items()}
    files = {preset.id: preset.file for preset in presets}
    missing = next((file for file in files.values() if file not in pictures), None)
    if missing is not None:
        raise PresetError(
            f"{data / 'style.tar'} has no {missing}, which PRESETS in training/presets.py names: "
            "write the presets of your own paintings there"
        )
    return {name: pictures[file] for name, file in files.items()}


def enlarged(painting: np.ndarray) -> np.ndarray:
    """[H, W, 3] uint8, larger by STROKES, both sides multiples of CELL."""
    height, width = (round(side * STROKES / CELL) * CELL for side in painting.shape[:2])
    return np.asarray(Image.fromarray(painting).resize((width, height), Image.Resampling.LANCZOS))


@torch.no_grad()
def measure(encoder: Encoder, painting: np.ndarray) -> Measured:
    """The statistics of a painting [H, W, 3] uint8, and over how many cells."""
    features = encoder(to_tensor(enlarged(painting)))
    return Measured(statistics(features), features[0, 0].numel())


def contrast_of(painting: np.ndarray) -> dict[str, float]:
    """How strong the fine structure of a painting [H, W, 3] uint8 is, as its statistics are measured."""
    lightness, colour = detail.contrast(to_tensor(enlarged(painting)))[0].tolist()
    return {"lightness": round(lightness, 5), "colour": round(colour, 5)}


def upper_triangle(name: str, covariance: Tensor) -> np.ndarray:
    """[C, C] -> its upper triangle row by row in float16, which must leave it positive definite for WCT."""
    rounded = to_float16(name, covariance)
    smallest = torch.linalg.eigvalsh(blocks(torch.from_numpy(rounded).float()[None], len(rounded)))[0, 0]
    if smallest <= 0:
        raise PresetError(f"{name} is no longer positive definite in float16 (smallest root {smallest:.3g})")
    return rounded[np.triu_indices(len(rounded))]


def statistics_values(found: Statistics, name: str) -> dict[str, np.ndarray]:
    """`mean` [C] and `covariance`, its upper triangle, float16. name: for complaints."""
    return {
        "mean": to_float16(f"{name}/mean", found.mean[0]),
        "covariance": upper_triangle(f"{name}/covariance", found.covariance[0]),
    }


def affine_values(cin: dict[str, Tensor], name: str) -> dict[str, np.ndarray]:
    """`gamma` and `beta` [C], float16; empty for a preset that CIN was not fitted to."""
    named = {part: f"{name}/{part}" for part in PARTS}
    return {part: to_float16(key, cin[key]) for part, key in named.items() if key in cin}


def specs(values: dict[str, np.ndarray]) -> list[Spec]:
    """tfjs's entries of a weights manifest."""
    return [
        {"name": name, "shape": list(value.shape), "dtype": "float32", "quantization": FLOAT16}
        for name, value in values.items()
    ]


def write_presets(
    encoder: Encoder, sha256: str, paintings: dict[str, np.ndarray], cin: dict[str, Tensor], out: Path
) -> None:
    """presets.json and a file a preset, presets/<id>.bin, for the encoder of that sha256.

    paintings: by the presets' ids.

    A file holds float16: the statistics, then CIN's gamma and beta where it was fitted. All have the same
    layout, which the table gives once; so the page fetches the 4.5 kB that it needs, and no more.

    cin: `<preset>/gamma` and `<preset>/beta` of the presets that have them.
    """
    folder = out / "presets"
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.bin"):
        old.unlink()
    layout: dict[str, list[Spec]] = {"statistics": [], "affine": []}
    listed: list[dict[str, Any]] = []
    for preset in PRESETS:
        found = measure(encoder, paintings[preset.id])
        measured, fitted = statistics_values(found.statistics, preset.id), affine_values(cin, preset.id)
        layout = {
            "statistics": specs(measured),
            "affine": specs(fitted) or layout["affine"],
        }
        content = b"".join(value.tobytes() for value in (*measured.values(), *fitted.values()))
        (folder / f"{preset.id}.bin").write_bytes(content)
        year = {} if preset.year is None else {"year": preset.year}
        listed.append(
            {
                "id": preset.id,
                "artist": preset.artist,
                "title": preset.title,
                **year,
                "cells": found.cells,
                "contrast": contrast_of(paintings[preset.id]),
                "cin": bool(fitted),
                "file": {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)},
            }
        )
    table = {"format": FORMAT, "encoder": sha256, "weights": layout, "presets": listed}
    (out / "presets.json").write_text(json.dumps(table, indent=1, ensure_ascii=False) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder with style.tar")
    parser.add_argument("--weights", type=Path, default=Path("public/weights"))
    parser.add_argument("--cin", type=Path, default=FILE, help="what training.cin wrote")
    parser.add_argument("--without-cin", action="store_true", help="leave CIN out, whatever was fitted")
    arguments = parser.parse_args()
    exported = read_export(arguments.weights)
    cin: dict[str, Tensor] = {}
    if arguments.cin.exists() and not arguments.without_cin:
        try:
            cin = read_table(arguments.cin, exported.manifest).values
        except CinError as error:
            raise SystemExit(f"{error}; or leave CIN out with --without-cin") from None
    try:
        paintings = paintings_of(arguments.data)
    except PresetError as error:
        raise SystemExit(str(error)) from None
    sha256 = exported.manifest["files"]["encoder.bin"]["sha256"]
    write_presets(exported.encoder, sha256, paintings, cin, arguments.weights)
    fitted = len({name.split("/")[0] for name in cin})
    print(
        f"{len(PRESETS)} presets written to {arguments.weights}, {fitted} of them with CIN's gamma and beta"
    )


if __name__ == "__main__":
    main()

"""Judges the product through its command line. Run with `python -m training.evaluate --help`.

Photo i meets three paintings, spread evenly from i on; names sorted. Squares, results and
contact sheets are written under --out, with scores.json and scores.md; both are printed too.
"""

from __future__ import annotations

import argparse
import json
import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from PIL import Image
from tqdm import tqdm

from .export import read_export
from .judge import Judge, Scores, identity_error, silent_channels, square

ROOT = Path(__file__).resolve().parent.parent
COMMAND = "npm run --silent cli --"
PAINTINGS_PER_PHOTO = 3
WITHOUT_STYLE = ("in",)  # the command line refuses a style that it would ignore
CELL = 160  # px, in a contact sheet
COLUMNS = {
    "content": "content",
    "style": "style",
    "ssim": "SSIM",
    "colour_mean": "colour mean /255",
    "colour_spread": "colour spread /255",
}


class StyliseError(Exception):
    """The command line failed, or wrote a picture of another size."""


class Pair(NamedTuple):
    photo: str
    painting: str

    @property
    def file(self) -> str:
        return f"{self.photo}__{self.painting}.png"


def pairs(photos: list[str], paintings: list[str]) -> list[Pair]:
    """Photo i with paintings i, i + n/3, i + 2n/3 (mod n); with fewer than three, each once."""
    n = len(paintings)
    steps = sorted({k * n // PAINTINGS_PER_PHOTO for k in range(PAINTINGS_PER_PHOTO)})
    return [Pair(p, paintings[(i + step) % n]) for i, p in enumerate(photos) for step in steps]


def write_squares(source: Path, out: Path, size: int) -> dict[str, Path]:
    """Name without suffix -> its centre square as PNG, sorted."""
    out.mkdir(parents=True, exist_ok=True)
    squares: dict[str, Path] = {}
    for path in sorted(source.iterdir()):
        squares[path.stem] = out / f"{path.stem}.png"
        square(path, size).save(squares[path.stem])
    return squares


def read(path: Path) -> np.ndarray:
    """[H, W, 3] uint8."""
    return np.asarray(Image.open(path).convert("RGB"))


def stylise(command: str, contents: list[Path], style: Path, norm: str, out: Path) -> dict[Path, np.ndarray]:
    """Pictures with one style, in one run of the command line; `out` is a folder, names are kept."""
    if out.exists():
        shutil.rmtree(out)  # else a run that fails silently is judged by older pictures
    with tempfile.TemporaryDirectory() as folder:
        for content in contents:
            shutil.copy(content, folder)
        options = ["--norm", norm, "--strength", "1", "--size", "0"]
        files = ["--content", folder, "--out", str(out)]
        if norm not in WITHOUT_STYLE:
            files += ["--style", str(style), "--style-size", "0"]
        done = subprocess.run(
            [*shlex.split(command), "stylize", *files, *options], cwd=ROOT, capture_output=True, text=True
        )
    pictures: dict[Path, np.ndarray] = {}
    for content in contents:
        result = out / content.name
        if done.returncode or not result.exists():
            raise StyliseError(
                f"{content.name}: exit code {done.returncode}. {done.stderr.strip() or done.stdout}"
            )
        picture, expected = read(result), read(content)
        if picture.shape != expected.shape:
            raise StyliseError(f"{result} is {picture.shape}, its content is {expected.shape}")
        pictures[content] = picture
    return pictures


def contact_sheet(
    photos: dict[str, Path], paintings: dict[str, Path], results: dict[Pair, Path]
) -> Image.Image:
    """Rows are photos, columns are paintings, both shown on the margins."""
    sheet = Image.new("RGB", (CELL * (len(paintings) + 1), CELL * (len(photos) + 1)), "white")

    def paste(path: Path, column: int, row: int) -> None:
        small = Image.open(path).convert("RGB").resize((CELL - 2, CELL - 2), Image.Resampling.LANCZOS)
        sheet.paste(small, (column * CELL + 1, row * CELL + 1))

    rows = {name: i + 1 for i, name in enumerate(photos)}
    columns = {name: i + 1 for i, name in enumerate(paintings)}
    for name, path in photos.items():
        paste(path, 0, rows[name])
    for name, path in paintings.items():
        paste(path, columns[name], 0)
    for pair, path in results.items():
        paste(path, columns[pair.painting], rows[pair.photo])
    return sheet


def table(norms: dict[str, dict[str, Any]]) -> str:
    """The mean scores of each norm as Markdown."""
    lines = ["| norm | " + " | ".join(COLUMNS.values()) + " |", "|---" * (len(COLUMNS) + 1) + "|"]
    for norm, scores in norms.items():
        lines.append(f"| {norm} | " + " | ".join(f"{scores['mean'][k]:.4f}" for k in COLUMNS) + " |")
    return "\n".join(lines)


def evaluate(arguments: argparse.Namespace) -> dict[str, Any]:
    out: Path = arguments.out.resolve()
    photos = write_squares(arguments.pairs / "content", out / "squares" / "content", arguments.size)
    paintings = write_squares(arguments.pairs / "style", out / "squares" / "style", arguments.size)
    chosen = pairs(list(photos), list(paintings))
    judge = Judge(arguments.teacher_weights)
    targets = {name: judge.photo(read(path)) for name, path in photos.items()}
    styles = {name: judge.painting(read(path)) for name, path in paintings.items()}
    norms: dict[str, dict[str, Any]] = {}
    for norm in arguments.norms.split(","):
        files: dict[Pair, Path] = {}
        rows: dict[str, Scores] = {}
        for painting, style in tqdm(paintings.items(), desc=norm, mininterval=5):
            mine = [pair for pair in chosen if pair.painting == painting]
            contents = [photos[pair.photo] for pair in mine]
            folder = out / norm / painting
            pictures = stylise(arguments.command, contents, style, norm, folder)
            for pair, picture in zip(mine, pictures.values(), strict=True):
                files[pair] = out / norm / pair.file
                (folder / photos[pair.photo].name).rename(files[pair])
                rows[files[pair].stem] = judge.score(picture, targets[pair.photo], styles[painting])
            folder.rmdir()
        contact_sheet(photos, paintings, files).save(out / f"{norm}.png")
        mean = dict(zip(Scores._fields, np.mean(list(rows.values()), axis=0).tolist(), strict=True))
        norms[norm] = {"mean": mean, "pairs": {name: row._asdict() for name, row in rows.items()}}
    errors: dict[str, float] = {}
    for name, path in tqdm(photos.items(), desc="identity", mininterval=5):
        pictures = stylise(arguments.command, [path], path, "adain", out / "identity" / name)
        errors[name] = identity_error(pictures[path], read(path))
    exported = read_export(arguments.weights)
    return {
        "size": arguments.size,
        "pairs": len(chosen),
        "run": {k: exported.manifest["run"][k] for k in ("teacher", "steps", "step", "seed")},
        "norms": norms,
        "identity": {"mean": float(np.mean(list(errors.values()))), "photos": errors},
        "channels": silent_channels(exported.encoder, [read(path) for path in photos.values()]),
    }


def report(scores: dict[str, Any]) -> str:
    channels = scores["channels"]
    return (
        f"{scores['pairs']} pairs at {scores['size']} px, strength 1.\n\n{table(scores['norms'])}\n\n"
        f"Identity error (content = style, AdaIN): {scores['identity']['mean']:.2f}/255.\n"
        f"Bottleneck channels: {channels['dead']:.1%} dead, {channels['flat']:.1%} flat.\n"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pairs", type=Path, required=True, help="folder with content/ and style/")
    parser.add_argument("--teacher-weights", type=Path, required=True, help="folder with the VGG-19 file")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--norms", default="in,adain,wct,din")
    parser.add_argument("--size", type=int, default=512, help="px; the squares' side")
    parser.add_argument(
        "--weights", type=Path, default=ROOT / "public/weights", help="for the channels' share"
    )
    parser.add_argument("--command", default=COMMAND, help="what runs `stylize`, in the project's folder")
    arguments = parser.parse_args()
    scores = evaluate(arguments)
    (arguments.out / "scores.json").write_text(json.dumps(scores, indent=2) + "\n")
    (arguments.out / "scores.md").write_text(report(scores))
    means = {norm: found["mean"] for norm, found in scores["norms"].items()}
    print(json.dumps({**scores, "norms": means, "identity": scores["identity"]["mean"]}))
    print(f"\n{report(scores)}")


if __name__ == "__main__":
    main()

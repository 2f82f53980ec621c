"""Judges the product through its command line. Run with `python -m training.evaluate --help`.

Photo i meets three paintings, spread evenly from i on; names sorted. CIN knows presets only, so it and
AdaIN meet the photos once more with those. Squares, results and sheets are written under --out, with
scores.json and scores.md; both are printed too.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from tqdm import tqdm

from .command_line import COMMAND, ROOT, Style, StyliseError, Wish, read, stylise
from .data import PACKS, read_pack
from .export import read_export
from .judge import Judge, Photo, flat_channels, pixel_difference, square
from .pairs import write_squares
from .presets import PresetError, enlarged, paintings_of
from .report import report
from .rounds import Meeting, Round
from .sheets import contact_sheet, side_by_side

PRESETS_ONLY = "cin"
BESIDE_PRESETS = "adain"  # from the same paintings' statistics


class EvaluateError(Exception):
    """Options that do not fit each other."""


def with_paintings(
    photos: dict[str, Path], targets: dict[str, Photo], judge: Judge, styles: dict[str, Path]
) -> Meeting:
    paintings = {name: judge.painting(read(path)) for name, path in styles.items()}
    wishes = {name: Style("--style", str(path)) for name, path in styles.items()}
    return Meeting(photos, targets, styles, paintings, wishes)


def with_presets(
    photos: dict[str, Path], targets: dict[str, Photo], judge: Judge, data: Path, folder: Path, size: int
) -> Meeting:
    """The judge sees the presets' whole paintings, as large as their statistics were taken from them."""
    files = paintings_of(data)
    folder.mkdir(parents=True, exist_ok=True)
    styles: dict[str, Path] = {}
    paintings, wishes = {}, {}
    for name, original in tqdm(files.items(), desc="presets' paintings", mininterval=5):
        painting = enlarged(original)
        styles[name] = folder / f"{name}.png"
        Image.fromarray(painting).save(styles[name])
        square(styles[name], size).save(styles[name])
        paintings[name] = judge.painting(painting)
        wishes[name] = Style("--preset", name)
    return Meeting(photos, targets, styles, paintings, wishes)


def held_out_pairs(data: Path, out: Path) -> Path:
    """A folder of pairs from the packs' pictures that training never sees."""
    for pack in PACKS:
        (out / pack).mkdir(parents=True, exist_ok=True)
        for name, picture in read_pack(data, pack, "held-out").items():
            Image.fromarray(picture).save((out / pack / name).with_suffix(".png"))
    return out


def identity_errors(command: str, photos: dict[str, Path], out: Path) -> dict[str, float]:
    """Photo -> how far AdaIN with content = style leaves it, /255: what encoder and decoder lose of it."""
    errors: dict[str, float] = {}
    for name, path in tqdm(photos.items(), desc="identity", mininterval=5):
        wish = Wish("adain", Style("--style", str(path)), detail=0)
        pictures = stylise(command, [path], wish, out / name)
        errors[name] = pixel_difference(pictures[path], read(path))
    return errors


def evaluate(arguments: argparse.Namespace) -> dict[str, Any]:
    norms: list[str] = arguments.norms.split(",")
    if norms == [PRESETS_ONLY]:
        raise EvaluateError(f"ask for another norm beside {PRESETS_ONLY}, to set it against")
    if PRESETS_ONLY in norms and arguments.data is None:
        raise EvaluateError(f"{PRESETS_ONLY} is judged by the presets' paintings: --data says where they are")
    if arguments.pairs is None and arguments.data is None:
        raise EvaluateError("--pairs says which pictures meet; without it, --data has those held out")
    out, command, size, curve = arguments.out.resolve(), arguments.command, arguments.size, arguments.curve
    folder: Path = arguments.pairs or held_out_pairs(arguments.data, out / "held-out")
    photos = write_squares(folder / "content", out / "squares/content", size)
    styles = write_squares(folder / "style", out / "squares/style", size)
    judge = Judge(arguments.teacher_weights)
    targets = {name: judge.photo(read(path)) for name, path in photos.items()}
    exported = read_export(arguments.weights)
    scores: dict[str, Any] = {
        "size": size,
        "run": {k: exported.manifest["run"][k] for k in ("steps", "step", "seed")},
    }
    meeting = with_paintings(photos, targets, judge, styles)
    if arguments.pairs is None:
        meeting = meeting._replace(each=1)
    met = Round(command, judge, meeting, out, curve)
    scores["pairs"] = len(met.meeting.pairs)
    scores["norms"] = {norm: met.judge_norm(norm) for norm in norms if norm != PRESETS_ONLY}
    scores["apart"] = met.apart()
    for norm, files in met.results.items():
        contact_sheet(photos, styles, files).save(out / f"{norm}.png")
    side_by_side(photos, styles, met.results).save(out / "side-by-side.png")
    if PRESETS_ONLY in norms:
        meeting = with_presets(photos, targets, judge, arguments.data, out / "squares/presets", size)
        met = Round(command, judge, meeting, out / "presets", curve)
        scores["presets"] = {norm: met.judge_norm(norm) for norm in (BESIDE_PRESETS, PRESETS_ONLY)}
        scores["presets_apart"] = met.apart()
        side_by_side(photos, meeting.styles, met.results).save(out / "presets.png")
    errors = identity_errors(command, photos, out / "identity")
    return {
        **scores,
        "identity": {"mean": float(np.mean(list(errors.values()))), "photos": errors},
        "flat": flat_channels(exported.encoder, [read(path) for path in photos.values()]),
    }


def summary(scores: dict[str, Any]) -> dict[str, Any]:
    """The scores without the pairs."""
    means = {
        part: {norm: found["mean"] for norm, found in scores[part].items()}
        for part in ("norms", "presets")
        if part in scores
    }
    return {**scores, **means, "identity": scores["identity"]["mean"]}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--pairs",
        type=Path,
        help="folder with content/ and style/; without it, each held-out photo of --data meets one painting",
    )
    parser.add_argument("--teacher-weights", type=Path, required=True, help="folder with the VGG-19 file")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--norms", default="in,adain,wct,din", help="cin too, with --data")
    parser.add_argument("--data", type=Path, help="folder with content.tar and style.tar")
    parser.add_argument("--curve", action="store_true", help="five strengths: five times the work")
    parser.add_argument("--size", type=int, default=512, help="px; the squares' side")
    parser.add_argument(
        "--weights", type=Path, default=ROOT / "public/weights", help="for the channels' share"
    )
    parser.add_argument("--command", default=COMMAND, help="what runs `stylize`, in the project's folder")
    arguments = parser.parse_args()
    try:
        scores = evaluate(arguments)
    except EvaluateError as error:
        parser.error(str(error))
    except PresetError as error:
        raise SystemExit(str(error)) from None
    except StyliseError as error:
        raise SystemExit(f"The command line could not restyle {error}") from None
    (arguments.out / "scores.json").write_text(json.dumps(scores, indent=2) + "\n")
    (arguments.out / "scores.md").write_text(report(scores))
    print(json.dumps(summary(scores)))
    print(f"\n{report(scores)}")


if __name__ == "__main__":
    main()

"""Photos x styles x norms on one labelled sheet, to judge by eye: `python -m training.contact --help`.

The styles are presets, which every norm knows, or with --paintings pictures of a folder, which CIN cannot
take. Pictures come from the product's command line, from centre squares, and stay in OUT/NORM/STYLE.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from PIL import Image
from tqdm import tqdm

from .command_line import COMMAND, ROOT, WITHOUT_STYLE, Style, StyliseError, Wish, stylise
from .pairs import Pair, write_squares
from .presets import PRESETS, PresetError, enlarged, paintings_of
from .sheets import norms_sheet

PRESETS_ONLY = "cin"
NORMS = "in,cin,adain,wct,din"
FOUR = (
    "gogh-landscape-in-the-rain,hokusai-waterfall-where-yoshitsune-washed-his-horse,"
    "klimt-design-for-the-stocletfries,boccioni-the-city-rises"
)
SWATCHES = ROOT / "public/presets"


class ContactError(Exception):
    """Options that do not fit each other, or name what is not there."""


def presets(names: list[str], data: Path | None, out: Path, size: int) -> dict[str, tuple[Path, Style]]:
    """Name -> what the sheet shows of it, and what the command line is given: the presets' own paintings
    where the data is at hand, else their swatches."""
    known = {preset.id: preset for preset in PRESETS}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise ContactError(f"no preset {unknown[0]}; there are {', '.join(known)}")
    shown = {name: SWATCHES / f"{name}.webp" for name in names}
    if data is not None:
        files = paintings_of(data, [known[name] for name in names])
        (out / "paintings").mkdir(parents=True, exist_ok=True)
        for name in names:
            painting = Image.fromarray(enlarged(files[name]))
            painting.save(out / "paintings" / f"{name}.png")
        shown = write_squares(out / "paintings", out / "squares/style", size)
    return {name: (shown[name], Style("--preset", name)) for name in names}


def spread(files: dict[str, Path], count: int) -> dict[str, Path]:
    """`count` of them, evenly spread over their names."""
    names = list(files)
    chosen = [names[i * len(names) // count] for i in range(count)] if count < len(names) else names
    return {name: files[name] for name in chosen}


def paintings(folder: Path, count: int, out: Path, size: int) -> dict[str, tuple[Path, Style]]:
    squares = spread(write_squares(folder, out / "squares/style", size), count)
    return {name: (path, Style("--style", str(path))) for name, path in squares.items()}


def restyle(
    command: str, norm: str, photos: dict[str, Path], styles: dict[str, Style], out: Path
) -> dict[Pair, Path]:
    """One run of the command line a style; a norm that takes no style runs once for all of them."""
    results: dict[Pair, Path] = {}
    folders: dict[str, Path] = {}
    for name, style in tqdm(styles.items(), desc=norm, mininterval=5):
        if norm not in WITHOUT_STYLE or not folders:
            folders[name] = out / norm / name
            stylise(command, list(photos.values()), Wish(norm, style), folders[name])
        folder = folders.get(name, next(iter(folders.values())))
        results |= {Pair(photo, name): folder / path.name for photo, path in photos.items()}
    return results


def contact(arguments: argparse.Namespace) -> Path:
    """Writes OUT/norms.png and gives its path."""
    out, size, count = arguments.out.resolve(), arguments.size, arguments.count
    norms: list[str] = arguments.norms.split(",")
    if arguments.paintings is not None and PRESETS_ONLY in norms:
        raise ContactError(f"{PRESETS_ONLY} knows presets only: leave it out of --norms, or --paintings away")
    photos = spread(write_squares(arguments.photos, out / "squares/content", size), count)
    if arguments.paintings is None:
        styles = presets(arguments.presets.split(",")[:count], arguments.data, out, size)
    else:
        styles = paintings(arguments.paintings, count, out, size)
    wishes = {name: style for name, (_, style) in styles.items()}
    results = {norm: restyle(arguments.command, norm, photos, wishes, out) for norm in norms}
    sheet = norms_sheet(photos, {name: shown for name, (shown, _) in styles.items()}, results, arguments.cell)
    sheet.save(out / "norms.png")
    return out / "norms.png"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--photos", type=Path, required=True, help="folder; --count of them, evenly spread by name"
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--presets", default=FOUR, help="names, as `cli -- --list-presets` gives them")
    parser.add_argument("--paintings", type=Path, help="folder, in place of presets")
    parser.add_argument("--data", type=Path, help="folder with style.tar: shows the presets' own paintings")
    parser.add_argument("--norms", default=NORMS)
    parser.add_argument("--count", type=int, default=4, help="photos, and styles")
    parser.add_argument("--size", type=int, default=512, help="px; the squares' side")
    parser.add_argument("--cell", type=int, default=240, help="px; a picture's side on the sheet")
    parser.add_argument("--command", default=COMMAND, help="what runs `stylize`, in the project's folder")
    arguments = parser.parse_args()
    try:
        print(contact(arguments))
    except ContactError as error:
        parser.error(str(error))
    except PresetError as error:
        raise SystemExit(str(error)) from None
    except StyliseError as error:
        raise SystemExit(f"The command line could not restyle {error}") from None


if __name__ == "__main__":
    main()

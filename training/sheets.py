"""Sheets to look at: numbers alone lie."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from .pairs import Pair

CELL = 160  # px


def grid(cells: dict[tuple[int, int], Path]) -> Image.Image:
    """(column, row) -> a square picture's file; empty cells stay white."""
    columns, rows = (1 + max(cell[axis] for cell in cells) for axis in (0, 1))
    sheet = Image.new("RGB", (CELL * columns, CELL * rows), "white")
    for (column, row), path in cells.items():
        small = Image.open(path).convert("RGB").resize((CELL - 2, CELL - 2), Image.Resampling.LANCZOS)
        sheet.paste(small, (column * CELL + 1, row * CELL + 1))
    return sheet


def contact_sheet(photos: dict[str, Path], styles: dict[str, Path], results: dict[Pair, Path]) -> Image.Image:
    """Rows are photos, columns are styles, both shown on the margins."""
    rows = {name: i + 1 for i, name in enumerate(photos)}
    columns = {name: i + 1 for i, name in enumerate(styles)}
    cells = {(0, rows[name]): path for name, path in photos.items()}
    cells |= {(columns[name], 0): path for name, path in styles.items()}
    return grid(cells | {(columns[pair.style], rows[pair.photo]): path for pair, path in results.items()})


def side_by_side(
    photos: dict[str, Path], styles: dict[str, Path], results: dict[str, dict[Pair, Path]]
) -> Image.Image:
    """A row a pair: the photo, the style, then each norm's result under its name."""
    cells: dict[tuple[int, int], Path] = {}
    for row, pair in enumerate(next(iter(results.values()))):
        line = [photos[pair.photo], styles[pair.style], *(files[pair] for files in results.values())]
        cells |= {(column, row): path for column, path in enumerate(line)}
    sheet = grid(cells)
    for column, norm in enumerate(results, 2):
        ImageDraw.Draw(sheet).text((CELL * column + 6, 4), norm, "white", stroke_width=2, stroke_fill="black")
    return sheet


def norms_sheet(
    photos: dict[str, Path], styles: dict[str, Path], results: dict[str, dict[Pair, Path]], cell: int
) -> Image.Image:
    """A block a photo, two blocks side by side: the photo, then a row a style, shown first under its name,
    and a column a norm under its name."""
    text = ImageFont.load_default(max(10, cell // 14))
    line, gap = cell // 9, cell // 8
    width, height = (1 + len(results)) * cell, line + len(styles) * (cell + line)
    left = cell + gap  # of the first style
    columns = min(2, len(photos))
    block = (left + width + 2 * gap, height + gap)
    rows = -(-len(photos) // columns)
    sheet = Image.new("RGB", (columns * block[0], rows * block[1]), "white")
    draw = ImageDraw.Draw(sheet)

    def place(path: Path, x: int, y: int) -> None:
        small = Image.open(path).convert("RGB").resize((cell - 4, cell - 4), Image.Resampling.LANCZOS)
        sheet.paste(small, (x, y))

    def write(words: str, x: int, y: int) -> None:
        while draw.textlength(words, text) > cell - 4 and len(words) > 1:
            words = words[:-2].rstrip("-. ") + "…"
        draw.text((x, y), words, "black", text)

    for index, (photo, path) in enumerate(photos.items()):
        x, y = index % columns * block[0] + gap, index // columns * block[1] + gap
        write(photo, x, y)
        place(path, x, y + line)
        for column, norm in enumerate(results, 1):
            write(norm, x + left + column * cell, y)
        for row, (style, shown) in enumerate(styles.items()):
            top = y + line + row * (cell + line)
            place(shown, x + left, top)
            write(style, x + left, top + cell - 2)
            for column, files in enumerate(results.values(), 1):
                place(files[Pair(photo, style)], x + left + column * cell, top)
    return sheet

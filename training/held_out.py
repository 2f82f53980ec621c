"""Judges a run that is not exported yet, by pairs that training never sees."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

from . import detail
from .data import read_pack, to_tensor
from .judge import Judge, pixel_difference
from .pairs import curve_area
from .restyling import Norm
from .run import Run

STRENGTHS = (0.5, 1.0)
NORMS = ("adain", "wct", "din")


def square(picture: np.ndarray) -> np.ndarray:
    """The centre square, its side cut to a multiple of 8: some variants have maps at an eighth."""
    side = min(picture.shape[:2]) // 8 * 8
    top, left = ((length - side) // 2 for length in picture.shape[:2])
    return picture[top : top + side, left : left + side]


@torch.no_grad()
def restyle(
    run: Run,
    norm: str,
    photo: np.ndarray,
    painting: np.ndarray,
    strength: float,
    share: float = detail.DETAIL,
) -> np.ndarray:
    """As the product does it, but for noise in the photo, which it calms. share: of the detail."""
    pixels, style_pixels = (to_tensor(x).to(run.device) for x in (photo, painting))
    content, style = run.networks.encoder(pixels), run.networks.encoder(style_pixels)
    edited = run.edit(Norm(norm), content, style)
    mixed = content + strength * (edited - content)
    lost = pixels - run.networks.decoder(content)
    kept = detail.kept(detail.contrast(pixels), detail.contrast(style_pixels), strength, share)
    output = run.networks.decoder(mixed) + detail.scaled(lost, kept)
    return (output[0].clamp(0, 1).permute(1, 2, 0) * 255).round().byte().cpu().numpy()


class HeldOut:
    """The pairs, and what the judge sees in them, which is the same for all variants."""

    def __init__(self, judge: Judge, data: Path, count: int) -> None:
        photos, paintings = (
            [square(picture) for picture in list(read_pack(data, pack, "held-out").values())[:count]]
            for pack in ("content", "style")
        )
        self.judge = judge
        self.pairs = [(judge.photo(a), judge.painting(b)) for a, b in zip(photos, paintings, strict=True)]

    def score(self, run: Run) -> dict[str, dict[str, float]]:
        """Norm -> mean scores at full strength, and the area of the curve through all STRENGTHS."""
        found: dict[str, dict[str, float]] = {}
        for norm in NORMS:
            rows: list[dict[str, float]] = []
            for photo, painting in self.pairs:
                pictures = [
                    photo.pixels,
                    *(restyle(run, norm, photo.pixels, painting.pixels, s) for s in STRENGTHS),
                ]
                along = [self.judge.score(picture, photo, painting) for picture in pictures]
                area = curve_area([s.content for s in along], [s.style for s in along])
                rows.append({**along[-1]._asdict(), "area": area})
            found[norm] = {key: float(np.mean([row[key] for row in rows])) for key in rows[0]}
        return found

    def identity(self, run: Run) -> float:
        """Of the networks alone, /255."""
        photos = [photo.pixels for photo, _ in self.pairs]
        return float(np.mean([pixel_difference(restyle(run, "adain", x, x, 1, 0), x) for x in photos]))

"""What CIN's fit looks at: photos that are encoded once, and the losses of a table's entry on them."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor
from tqdm import tqdm

from . import detail, losses, norms
from .export import Exported
from .settings import Precision
from .teacher import Teacher

Table = dict[str, Tensor]  # `gamma` and `beta`, [C]


class Photos(NamedTuple):
    """What is computed once of photos [N, 3, H, W]."""

    raw: Tensor  # features
    standardised: Tensor  # the same, mean 0 and std 1
    layout: Tensor  # VGG-19's relu4_1
    lost: Tensor  # photo - D(E(photo)), of which part comes back
    contrast: Tensor  # [N, 2]


class Style(NamedTuple):
    """What is compared of a painting."""

    moments: losses.Moments
    contrast: Tensor  # [1, 2]


class Scene:
    """Frozen networks and the teacher."""

    def __init__(
        self, exported: Exported, teacher: Path, precision: Precision, share: float, device: torch.device
    ) -> None:
        """share: of the detail."""
        self.device, self.precision, self.share = device, precision, share
        self.encoder, self.decoder = exported.encoder.to(device), exported.decoder.to(device)
        self.teacher = Teacher(teacher).to(device, getattr(torch, precision))

    @torch.no_grad()
    def look(self, pixels: Tensor) -> Photos:
        features: list[Tensor] = []
        layouts: list[Tensor] = []
        lost: list[Tensor] = []
        for one in tqdm(pixels.to(self.device).split(1), desc="encoding photos", mininterval=5):
            features.append(self.encoder(one))
            layouts.append(self.teacher(one)["relu4_1"])
            lost.append(one - self.paint(features[-1]))
        raw = torch.cat(features)
        contrast = detail.contrast(pixels.to(self.device))
        return Photos(raw, norms.standardise(raw), torch.cat(layouts), torch.cat(lost), contrast)

    @torch.no_grad()
    def look_at_style(self, painting: Tensor) -> Style:
        return Style(losses.style_moments(self.teacher(painting)), detail.contrast(painting))

    def paint(self, features: Tensor) -> Tensor:
        """-> pixels, not clipped."""
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self.precision != "float32"):
            return self.decoder(features).float()

    def decode(
        self, table: Table, photos: Photos, chosen: Tensor, contrast: Tensor, strength: float = 1.0
    ) -> Tensor:
        """-> pixels of the chosen photos; strength 0 gives the photos themselves."""
        gamma, beta = (norms.channels(table[part][None]) for part in ("gamma", "beta"))
        edited = photos.standardised[chosen] * gamma + beta
        kept = detail.kept(photos.contrast[chosen], contrast, strength, self.share)
        shown = detail.scaled(photos.lost[chosen], kept)
        if strength != 1:
            edited = strength * edited + (1 - strength) * photos.raw[chosen]
        return self.paint(edited) + shown

    def compare(self, output: Tensor, layout: Tensor, style: losses.Moments) -> tuple[Tensor, Tensor]:
        """Content and style loss of decoded photos."""
        levels = self.teacher(output)
        return losses.content_loss(levels, {"relu4_1": layout}), losses.moment_loss(levels, style)

    @torch.no_grad()
    def measure(self, table: Table, photos: Photos, style: Style, strength: float = 1.0) -> Tensor:
        """Content and style loss of each photo, [N, 2]."""
        rows: list[Tensor] = []
        for i in torch.arange(len(photos.layout), device=self.device).split(1):
            output = self.decode(table, photos, i, style.contrast, strength)
            rows.append(torch.stack(self.compare(output, photos.layout[i], style.moments)))
        return torch.stack(rows)


def line(a: list[float], b: list[float], x: float) -> float:
    """y at x of the line through the points a and b, [x, y]."""
    return a[1] + (b[1] - a[1]) * (x - a[0]) / (b[0] - a[0])

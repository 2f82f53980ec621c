"""Fits one preset's gamma and beta with encoder and decoder frozen (Dumoulin et al. 2017, eq. 5).

It starts where CIN is AdaIN, at the painting's own std and mean, and minimises the losses of training
against that painting, on one set of training photos. Those photos are encoded once for all presets, so a
step is a decode, and VGG-19 on the result.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor
from tqdm import tqdm

from . import losses, norms
from .data import Crops, read_pack, to_tensor
from .export import Exported, spread
from .model import LEVELS, Features
from .settings import Settings
from .teacher import Teacher


@dataclass(frozen=True)
class FitSettings:
    steps: int = 120
    batch: int = 2
    crop: int = 256  # px
    photos: int = 48  # training photos, the same for every preset
    held_out: int = 16  # photos that training never saw, for the scores
    learning_rate: float = 0.05  # of gamma and beta in units of the painting's std
    excess_weight: float = 10.0  # on content loss beyond what is allowed; without it content rose by 16 %
    allowed: float = 0.96  # of AdaIN's content loss of the same photos; held-out photos keep less of it
    seed: int = 20261125


class Photos(NamedTuple):
    """What is computed once of photos [N, 3, H, W]."""

    standardised: Features  # each level, mean 0 and std 1
    layout: Tensor  # VGG-19's relu4_1


class Fit:
    """Frozen networks, photos, and the losses of a table's entry on them."""

    def __init__(
        self, exported: Exported, teacher: Path, data: Path, settings: FitSettings, device: torch.device
    ) -> None:
        self.settings, self.device = settings, device
        self.training = Settings(**exported.manifest["run"]["settings"])
        self.encoder, self.decoder = exported.encoder.to(device), exported.decoder.to(device)
        self.teacher = Teacher(teacher).to(device, getattr(torch, self.training.precision))
        size = settings.crop
        crops = Crops(read_pack(data, "content"), settings.seed, self.training.smallest_photo)
        self.seen = self.look(crops.batch(settings.photos, size, device))
        aside = read_pack(data, "content", "held-out")
        names = spread(list(aside), settings.held_out)
        self.unseen = self.look(torch.cat([middle(aside[name], size) for name in names]).to(device))

    @torch.no_grad()
    def look(self, pixels: Tensor) -> Photos:
        parts = [
            (self.encoder(one), self.teacher(one)["relu4_1"])
            for one in tqdm(pixels.split(1), desc="encoding photos", mininterval=5)
        ]
        levels = zip(*(features for features, _ in parts), strict=True)
        return Photos(
            Features(*(norms.standardise(torch.cat(level)) for level in levels)),
            torch.cat([layout for _, layout in parts]),
        )

    def decode(self, table: dict[str, Tensor], photos: Photos, chosen: Tensor) -> Tensor:
        """table: `<level>/gamma` and `<level>/beta`, [C]. -> pixels of the chosen photos."""
        edited = [
            level[chosen] * norms.channels(table[f"{name}/gamma"][None])
            + norms.channels(table[f"{name}/beta"][None])
            for name, level in zip(LEVELS, photos.standardised, strict=True)
        ]
        precise = self.training.precision == "float32"
        with torch.autocast(self.device.type, torch.bfloat16, enabled=not precise):
            return self.decoder(Features(*edited)).float()

    def compare(self, output: Tensor, layout: Tensor, style: losses.Moments) -> tuple[Tensor, Tensor]:
        """Content and style loss of decoded photos."""
        levels = self.teacher(output)
        return losses.content_loss(levels, {"relu4_1": layout}), losses.moment_loss(levels, style)

    def start(self, painting: Tensor) -> dict[str, Tensor]:
        """AdaIN's table: the painting's own std and mean."""
        with torch.no_grad():
            measured = [norms.statistics(level) for level in self.encoder(painting)]
        return {
            f"{level}/{part}": values[0]
            for level, s in zip(LEVELS, measured, strict=True)
            for part, values in (("gamma", s.std), ("beta", s.mean))
        }

    def fit(self, painting: np.ndarray) -> tuple[dict[str, Tensor], dict[str, float]]:
        """painting [H, W, 3] uint8 -> its table, and its scores on held-out photos beside AdaIN's."""
        s, t = self.settings, self.training
        pixels = to_tensor(painting).to(self.device)
        with torch.no_grad():
            style = losses.style_moments(self.teacher(pixels))
        adain = self.start(pixels)
        usual = self.measure(adain, self.seen, style)[:, 0]
        moved = {name: torch.zeros_like(values, requires_grad=True) for name, values in adain.items()}
        optimiser = torch.optim.Adam(moved.values(), betas=(0.9, 0.99))
        random = np.random.RandomState(s.seed)
        for step in range(s.steps):
            optimiser.param_groups[0]["lr"] = s.learning_rate * 0.5 * (1 + math.cos(math.pi * step / s.steps))
            chosen = torch.from_numpy(random.choice(s.photos, s.batch, replace=False)).to(self.device)
            output = self.decode(departed(adain, moved), self.seen, chosen)
            content, styled = self.compare(output, self.seen.layout[chosen], style)
            excess = F.relu(content - s.allowed * usual[chosen].mean())
            loss = t.content_weight * content + t.style_weight * styled + s.excess_weight * excess
            loss = loss + t.colour_weight * losses.colour_loss(output, pixels)
            loss = loss + t.variation_weight * losses.total_variation(output)
            loss = loss + t.range_weight * losses.out_of_range(output)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
        table = {name: values.detach() for name, values in departed(adain, moved).items()}
        scores = {f"adain {k}": v for k, v in self.score(adain, style).items()}
        return table, scores | {f"cin {k}": v for k, v in self.score(table, style).items()}

    @torch.no_grad()
    def measure(self, table: dict[str, Tensor], photos: Photos, style: losses.Moments) -> Tensor:
        """Content and style loss of each photo, [N, 2]."""
        rows: list[Tensor] = []
        for i in torch.arange(len(photos.layout), device=self.device).split(1):
            output = self.decode(table, photos, i)
            rows.append(torch.stack(self.compare(output, photos.layout[i], style)))
        return torch.stack(rows)

    def score(self, table: dict[str, Tensor], style: losses.Moments) -> dict[str, float]:
        """Mean losses over the held-out photos."""
        content, styled = self.measure(table, self.unseen, style).mean(0).tolist()
        return {"content": round(content, 4), "style": round(styled, 4)}


def departed(adain: dict[str, Tensor], moved: dict[str, Tensor]) -> dict[str, Tensor]:
    """Both parts move in units of the painting's std: one learning rate then suits every channel."""
    return {
        name: values + adain[f"{name.split('/')[0]}/gamma"] * moved[name] for name, values in adain.items()
    }


def middle(photo: np.ndarray, size: int) -> Tensor:
    """The centre square [1, 3, size, size] of a photo that is at least as large."""
    top, left = ((side - size) // 2 for side in photo.shape[:2])
    return to_tensor(photo[top : top + size, left : left + size])

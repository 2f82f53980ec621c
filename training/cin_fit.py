"""Fits one preset's gamma and beta with encoder and decoder frozen (Dumoulin et al. 2017, eq. 5).

It starts where CIN is AdaIN, at the painting's own std and mean, and lowers the style loss against that
painting, on one set of training photos, under the condition that content loss stays AdaIN's of the same
photos: L = style + lambda * content, both in units of AdaIN's, where lambda grows while content is above
AdaIN's and falls while it is below (dual ascent; Boyd et al. 2011, section 2.1).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import torch
from torch import Tensor

from . import losses, norms
from .cin_photos import Scene, Style, Table, line
from .data import read_pack, to_tensor
from .detail import DETAIL
from .export import Exported, spread
from .settings import Precision, Settings

Scored = Literal["choosing", "final"]  # settings of the fit are chosen on other photos than the final ones


@dataclass(frozen=True)
class FitSettings:
    steps: int = 48
    batch: int = 1
    crop: int = 256  # px; a fit on 128 px gained nothing on held-out photos of 256 px, on 192 px less
    photos: int = 48  # training photos at their own scale, the same for every preset, met in turn
    held_out: int = 12  # photos that training never saw, for the scores
    whole: int = 256  # px; the squares that are taken of them
    learning_rate: float = 0.06  # of gamma and beta in units of the painting's std
    multiplier: float = 1.2  # lambda at the start: AdaIN pays 1.2 to 1.4 % of style for 1 % of content
    multiplier_rate: float = 0.2
    detail: float = DETAIL  # share of what the decoder loses that is added, as the product does
    scored: Scored = "final"
    precision: Precision = "float32"  # bfloat16 is faster where a device has it, 20 times slower elsewhere
    seed: int = 20261125


class Fit:
    """Frozen networks, photos, and the fit of a table's entry to a painting."""

    def __init__(
        self, exported: Exported, teacher: Path, data: Path, settings: FitSettings, device: torch.device
    ) -> None:
        self.settings, self.device = settings, device
        self.training = Settings.of(exported.manifest["run"]["settings"])
        self.scene = Scene(exported, teacher, settings.precision, settings.detail, device)
        random = np.random.RandomState(settings.seed)
        photos = read_pack(data, "content")
        shown = [photos[name] for name in spread(list(photos), settings.photos)]
        self.seen = self.scene.look(torch.cat([window(p, settings.crop, random) for p in shown]))
        aside = read_pack(data, "content", "held-out")
        apart = held_out_names(list(aside), settings.held_out, settings.scored)
        self.unseen = self.scene.look(torch.cat([middle(aside[name], settings.whole) for name in apart]))

    def start(self, painting: Tensor) -> Table:
        """AdaIN's table: the painting's own std and mean."""
        with torch.no_grad():
            measured = norms.statistics(self.scene.encoder(painting))
        return {"gamma": measured.std[0], "beta": measured.mean[0]}

    def fit(self, painting: np.ndarray) -> tuple[Table, dict[str, float]]:
        """painting [H, W, 3] uint8 -> its table, and its scores on held-out photos beside AdaIN's."""
        pixels, style = self.seen_painting(painting)
        adain = self.start(pixels)
        table = self.minimise(adain, pixels, style)
        return table, self.scores(adain, table, style)

    def score(self, painting: np.ndarray, table: Table) -> dict[str, float]:
        """The scores of a table that was fitted before, perhaps to networks that were rounded otherwise."""
        pixels, style = self.seen_painting(painting)
        there = {name: values.to(self.device) for name, values in table.items()}
        return self.scores(self.start(pixels), there, style)

    def seen_painting(self, painting: np.ndarray) -> tuple[Tensor, Style]:
        """[H, W, 3] uint8 -> its pixels, and what is compared of it."""
        pixels = to_tensor(painting).to(self.device)
        return pixels, self.scene.look_at_style(pixels)

    def minimise(self, adain: Table, painting: Tensor, style: Style) -> Table:
        s, t = self.settings, self.training
        measured = self.scene.measure(adain, self.seen, style)
        usual = measured[:, 0]
        unit = float(measured[:, 1].mean() / usual.mean())  # brings content loss to the size of style loss
        moved = {name: torch.zeros_like(values, requires_grad=True) for name, values in adain.items()}
        optimiser = torch.optim.Adam(moved.values(), betas=(0.9, 0.98))
        multiplier = s.multiplier
        random = np.random.RandomState(s.seed)
        order: list[int] = []
        for step in range(s.steps):
            optimiser.param_groups[0]["lr"] = s.learning_rate * 0.5 * (1 + math.cos(math.pi * step / s.steps))
            if len(order) < s.batch:
                order = random.permutation(len(usual)).tolist()
            chosen = torch.tensor([order.pop() for _ in range(s.batch)], device=self.device)
            output = self.scene.decode(departed(adain, moved), self.seen, chosen, style.contrast)
            content, styled = self.scene.compare(output, self.seen.layout[chosen], style.moments)
            loss = t.style_weight * (styled + multiplier * unit * content)
            loss = loss + t.colour_weight * losses.colour_loss(output, painting)
            loss = loss + t.variation_weight * losses.total_variation(output)
            loss = loss + t.range_weight * losses.out_of_range(output)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            excess = float(content.detach() / usual[chosen].mean()) - 1
            multiplier = max(0.0, multiplier + s.multiplier_rate * excess)
        return {name: values.detach() for name, values in departed(adain, moved).items()}

    def scores(self, adain: Table, table: Table, style: Style) -> dict[str, float]:
        """Mean losses over the held-out photos, and `ratio`, of CIN's style loss to AdaIN's where both have
        the same content loss: the one with more of it is taken at the strength that gives the other's.
        """
        measured = {
            name: self.scene.measure(entry, self.unseen, style).mean(0).tolist()
            for name, entry in (("adain", adain), ("cin", table))
        }
        more = max(measured, key=lambda name: measured[name][0])
        less = "cin" if more == "adain" else "adain"
        weaker = self.scene.measure({"adain": adain, "cin": table}[more], self.unseen, style, 0.9)
        levelled = {
            less: measured[less][1],
            more: line(weaker.mean(0).tolist(), measured[more], measured[less][0]),
        }
        return {
            f"{name} {k}": round(value, 4)
            for name, both in measured.items()
            for k, value in zip(("content", "style"), both, strict=True)
        } | {"ratio": round(levelled["cin"] / levelled["adain"], 4)}


def departed(adain: Table, moved: Table) -> Table:
    """Both parts move in units of the painting's std: one learning rate then suits every channel."""
    return {name: values + adain["gamma"] * moved[name] for name, values in adain.items()}


def held_out_names(names: list[str], count: int, scored: Scored) -> list[str]:
    """`count` of the held-out photos; those for choosing and the final ones take turns."""
    return spread(names, 2 * count)[scored == "final" :: 2]


def window(photo: np.ndarray, size: int, random: np.random.RandomState) -> Tensor:
    """A random square [1, 3, size, size] of a photo that is at least as large."""
    top, left = (random.randint(side - size + 1) for side in photo.shape[:2])
    return to_tensor(photo[top : top + size, left : left + size])


def middle(photo: np.ndarray, size: int) -> Tensor:
    """The centre square [1, 3, size, size] of a photo that is at least as large."""
    top, left = ((side - size) // 2 for side in photo.shape[:2])
    return to_tensor(photo[top : top + size, left : left + size])

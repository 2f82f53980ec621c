"""Trains encoder, decoder and DIN's predictor together. Run with `python -m training.train --help`.

First the encoder learns the teacher's features through 1x1 lifts, and the decoder to give pictures
back; then every step draws one norm and restyles, and every fourth step still reconstructs.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from collections.abc import Iterator
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from . import losses, norms
from .data import Crops, read_pack
from .model import LEVELS as FEATURE_LEVELS
from .model import WIDTHS, Decoder, Encoder, Features, din_nets
from .settings import Settings
from .teacher import LEVELS, Teacher
from .teacher import WIDTHS as VGG_WIDTHS

SEEN_LEVELS = LEVELS[1:]  # relu2_1, relu3_1, relu4_1: what the encoder's maps have the sizes of


class Networks(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.encoder, self.decoder, self.din = Encoder(), Decoder(), din_nets()
        self.lifts = nn.ModuleDict(
            {k: nn.Conv2d(i, o, 1) for k, i, o in zip(SEEN_LEVELS, WIDTHS[1:], VGG_WIDTHS[1:], strict=True)}
        )


class Run:
    """One training run: networks, optimiser, random state and log, all in its checkpoint."""

    def __init__(self, settings: Settings, data: Path, teacher: Path, device: torch.device) -> None:
        self.settings, self.device = settings, device
        torch.manual_seed(settings.seed)
        print(f"seed {settings.seed}, {settings}", flush=True)
        self.networks = Networks().to(device)
        self.networks.to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue] (untyped in torch)
        self.teacher = Teacher(teacher).to(device, getattr(torch, settings.precision))
        self.optimiser = torch.optim.Adam(self.networks.parameters())
        self.photos = Crops(read_pack(data, "content"), settings.seed + 1, settings.smallest_photo)
        self.paintings = Crops(read_pack(data, "style"), settings.seed + 2, settings.smallest_painting)
        self.random = np.random.RandomState(settings.seed + 3)
        self.step = 0
        self.stages: list[dict[str, Any]] = []  # settings of the runs that this one started from
        self.averages: dict[str, float] = {}

    def learning_rate(self) -> float:
        s = self.settings
        annealed = max(0, 1 - max(0, s.steps - self.step) / max(1, s.anneal_steps))  # share of the anneal done
        falling = 0.5 * (1 + math.cos(math.pi * annealed))
        return s.last_learning_rate + s.learning_rate * min(1, (self.step + 1) / s.warm_up) * falling

    def autocast(self) -> torch.autocast:
        """Convolutions in the precision asked for."""
        return torch.autocast(
            self.device.type, torch.bfloat16, enabled=self.settings.precision == "bfloat16"
        )

    def note(self, name: str, value: Tensor) -> None:
        now = float(value.detach())
        self.averages[name] = now if name not in self.averages else 0.98 * self.averages[name] + 0.02 * now

    def feature_loss(self, pictures: Tensor) -> Tensor:
        """Relative MSE to VGG-19's features through the lifts, and reconstruction of the picture."""
        with self.autocast():
            half, features = self.networks.encoder.levels(pictures)
            output = self.networks.decoder(features).float()
            seen = [self.networks.lifts[k](F.relu(x)) for k, x in zip(SEEN_LEVELS, (half, *features), strict=True)]
        with torch.no_grad():
            target = self.teacher(pictures)
        levels = self.teacher(output)
        terms = [
            F.mse_loss(x.float(), target[k].float()) / target[k].float().var()
            for k, x in zip(SEEN_LEVELS, seen, strict=True)
        ]
        apart = torch.stack(terms).sum()
        reconstruction = losses.reconstruction_loss(output, pictures, levels, target)
        self.note("features", apart)
        self.note("reconstruction", reconstruction)
        weight = 1.0 if self.learning_features() else 0.2
        return weight * apart + reconstruction + self.settings.range_weight * losses.out_of_range(output)

    def learning_features(self) -> bool:
        return self.step < self.settings.feature_steps

    def draw_norm(self) -> str:
        s = self.settings
        shares = (s.adain_share, s.wct_share, s.group_share, 1 - s.adain_share - s.wct_share - s.group_share)
        return str(self.random.choice(("adain", "wct", "group-wct", "din"), p=shares))

    def edit(self, norm: str, photo: Features, painting: Features) -> Features:
        """Each level under the norm, by that level's statistics."""
        group_size = int(2 ** self.random.randint(1, 7)) if norm == "group-wct" else None
        edited: list[Tensor] = []
        for level, features, other in zip(FEATURE_LEVELS, photo, painting, strict=True):
            style = norms.statistics(other)
            if norm == "adain":
                edited.append(norms.adain(features, style))
            elif norm == "din":
                edited.append(norms.din(features, style, self.networks.din[level]))
            else:
                edited.append(norms.wct(features, style, group_size))
        return Features(*edited)

    def restyle_loss(self) -> Tensor:
        s = self.settings
        norm = self.draw_norm()
        photo = self.photos.batch(s.batch, s.crop, self.device)
        painting = self.paintings.batch(s.batch, s.crop, self.device)
        with self.autocast():
            features, style = self.networks.encoder(photo), self.networks.encoder(painting)
        edited = self.edit(norm, features, style)
        with self.autocast():
            output = self.networks.decoder(edited).float()
        with torch.no_grad():
            photo_levels, painting_levels = self.teacher(photo), self.teacher(painting)
        output_levels = self.teacher(output)
        content = losses.content_loss(output_levels, photo_levels)
        styled = losses.style_loss(output_levels, painting_levels)
        colour = losses.colour_loss(output, painting)
        self.note(f"{norm} content", content)
        self.note(f"{norm} colour", colour)
        self.note(f"{norm} style", styled)
        loss = s.content_weight * content + s.style_weight * styled + s.colour_weight * colour
        if norm == "wct":
            covariance = losses.covariance_loss(output_levels, painting_levels)
            self.note("wct covariance", covariance)
            loss = loss + s.covariance_weight * covariance
        tidy = s.variation_weight * losses.total_variation(output)
        return loss + tidy + s.range_weight * losses.out_of_range(output)

    def train_step(self) -> float:
        s = self.settings
        for group in self.optimiser.param_groups:
            group["lr"] = self.learning_rate()
        self.optimiser.zero_grad()
        if self.learning_features() or self.step % s.reconstruct_every == 0:
            crops = self.photos if self.step % 8 < 4 else self.paintings
            self.feature_loss(crops.batch(s.batch, s.crop, self.device)).backward()
        else:
            self.restyle_loss().backward()
        norm = nn.utils.clip_grad_norm_(self.networks.parameters(), s.clip)
        if torch.isfinite(norm):  # a lone singular covariance must not end a run of hours
            self.optimiser.step()
        self.step += 1
        return float(norm)

    def save(self, path: Path) -> None:
        state = {
            "settings": asdict(self.settings),
            "step": self.step,
            "stages": self.stages,
            "networks": self.networks.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "averages": self.averages,
            "random": [r.random.get_state(legacy=True) for r in (self.photos, self.paintings)]
            + [self.random.get_state(legacy=True)],
            "torch_random": torch.get_rng_state(),
        }
        partial = path.with_suffix(".partial")
        torch.save(state, partial)
        partial.replace(path)  # a run that is stopped here leaves the older checkpoint whole

    def start_from(self, path: Path) -> None:
        """Takes a finished run's networks, and remembers how they were made."""
        state = load_checkpoint(path)
        self.networks.load_state_dict(state["networks"])
        self.stages = [*state.get("stages", []), {**state["settings"], "reached": state["step"]}]

    def resume(self, path: Path) -> None:
        state = load_checkpoint(path)
        self.networks.load_state_dict(state["networks"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.step, self.averages = state["step"], state["averages"]
        self.stages = state.get("stages", [])
        for generator, saved in zip(
            (self.photos.random, self.paintings.random, self.random), state["random"], strict=True
        ):
            generator.set_state(saved)
        torch.set_rng_state(state["torch_random"])


def load_checkpoint(path: Path) -> dict[str, Any]:
    """A checkpoint of ours. It holds NumPy's random states, so only open files that you made."""
    return torch.load(path, map_location="cpu", weights_only=False)


def log_lines(run: Run, seconds: float) -> Iterator[tuple[str, Any]]:
    yield from (("step", run.step), ("seconds", round(seconds)), ("lr", round(run.learning_rate(), 6)))
    yield from ((name, round(value, 4)) for name, value in sorted(run.averages.items()))


def parse_arguments() -> argparse.Namespace:
    verbatim = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=verbatim)
    parser.add_argument("--data", type=Path, required=True, help="folder with content.tar and style.tar")
    parser.add_argument("--teacher-weights", type=Path, required=True, help="folder of the teachers")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoint.pt and log.jsonl")
    parser.add_argument("--resume", action="store_true", help="go on with OUT/checkpoint.pt as it is set")
    parser.add_argument("--start-from", type=Path, help="a checkpoint whose networks a new run begins with")
    parser.add_argument("--minutes", type=float, default=math.inf, help="save and stop after this long")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    for field in fields(Settings):
        kind = str if field.name == "precision" else type(field.default)
        parser.add_argument(f"--{field.name.replace('_', '-')}", type=kind, default=None)
    return parser.parse_args()


def main() -> None:
    arguments = parse_arguments()
    checkpoint = arguments.out / "checkpoint.pt"
    asked = {f.name: getattr(arguments, f.name) for f in fields(Settings)}
    settings = replace(Settings(), **{name: value for name, value in asked.items() if value is not None})
    if arguments.resume:
        settings = Settings(**load_checkpoint(checkpoint)["settings"])
        length = {k: asked[k] for k in ("steps", "anneal_steps") if asked[k] is not None}
        settings = replace(settings, **length)  # before the anneal a run may be made longer or shorter
    arguments.out.mkdir(parents=True, exist_ok=True)
    run = Run(settings, arguments.data, arguments.teacher_weights, torch.device(arguments.device))
    if arguments.resume:
        run.resume(checkpoint)
    elif arguments.start_from:
        run.start_from(arguments.start_from)
    start = saved = time.monotonic()
    with (arguments.out / "log.jsonl").open("a") as log:
        while run.step < settings.steps and time.monotonic() - start < arguments.minutes * 60:
            run.train_step()
            if run.step % 50 == 0:
                line = json.dumps(dict(log_lines(run, time.monotonic() - start)))
                print(line, flush=True)
                print(line, file=log, flush=True)
            if time.monotonic() - saved > 300:
                run.save(checkpoint)
                saved = time.monotonic()
    run.save(checkpoint)
    print(f"stopped at step {run.step} of {settings.steps}; checkpoint written", flush=True)


if __name__ == "__main__":
    main()

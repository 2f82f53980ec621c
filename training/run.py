"""What a training run is: networks, optimiser, random state; its losses and its step.

First the encoder learns the teacher's features through 1x1 lifts, and the decoder to give pictures
back; then every step draws one norm and restyles, and every fourth step still reconstructs.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from . import detail, distributed, losses, restyling
from .colour_paths import Carried, carry_colour, hold
from .data import Crops, read_pack
from .networks import Networks
from .optimiser import RunningMean, learning_rate, optimisers, set_rate
from .replay import Replay
from .restyling import NORMS, Norm, Pair
from .settings import Settings
from .teacher import Levels, Teacher

OWN_SEEDS = 10  # from one process's seeds to the next one's


class Run:
    """One training run: networks, optimiser, random state and log, all in its checkpoint."""

    def __init__(
        self,
        settings: Settings,
        data: Path,
        teacher: Path,
        device: torch.device,
        networks: Callable[[], Networks] = Networks,
        see: Callable[[Path], Teacher] = Teacher,
    ) -> None:
        """networks and see: other networks to train, and another teacher, for ablations."""
        self.settings = settings
        self.device = torch.empty(0, device=device).device  # with its number, as tensors name it
        torch.backends.cudnn.benchmark = True  # sizes do not change
        torch.manual_seed(settings.seed)
        print(f"seed {settings.seed}, {settings}", flush=True)
        self.networks = networks().to(self.device)
        self.networks.to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue] (untyped in torch)
        self.teacher = see(teacher).to(self.device, getattr(torch, settings.precision))
        if settings.din_only:
            self.networks.requires_grad_(False)
            self.networks.din.requires_grad_(True)
        if settings.decoder_only:
            self.networks.requires_grad_(False)
            self.networks.decoder.requires_grad_(True)
        self.replay = Replay(self.device)
        self.optimisers = optimisers(self.networks, settings, self.device if self.replay.records else None)
        mine = settings.seed + OWN_SEEDS * distributed.rank()
        self.photos = Crops(read_pack(data, "content"), mine + 1, settings.smallest_photo)
        self.paintings = Crops(read_pack(data, "style"), mine + 2, settings.smallest_painting)
        self.random = np.random.RandomState(settings.seed + 3)
        self.step = 0
        self.stages: list[dict[str, Any]] = []  # settings of the runs that this one started from
        self.carried: list[Carried] = []  # colour paths that training may not change
        self.carry_colour()
        self.begin_mean()
        self.running: dict[str, Tensor] = {}  # means of the losses
        self.seen: dict[str, Levels] = {}  # by the teacher, in the last pair
        self.detail = torch.zeros(0, device=self.device)  # of the last pair

    def begin_mean(self) -> None:
        self.mean = RunningMean(self.networks, self.settings.mean_decay)

    def learning_rate(self) -> float:
        return learning_rate(self.settings, self.step)

    def autocast(self) -> torch.autocast:
        """Convolutions in the precision asked for."""
        return torch.autocast(self.device.type, torch.bfloat16, enabled=self.settings.precision == "bfloat16")

    def note(self, name: str, value: Tensor) -> None:
        """Kept on the device: a GPU that had to say each loss at once would wait for it."""
        if name not in self.running:
            self.running[name] = value.detach().clone()
        self.running[name].lerp_(value.detach(), 0.02)

    @property
    def averages(self) -> dict[str, float]:
        return {name: float(value) for name, value in self.running.items()}

    def feature_loss(self, pictures: Tensor) -> Tensor:
        """Relative MSE to VGG-19's features through the lifts, and reconstruction of the picture.

        While features are learned, the picture is compared in pixels alone: that is a third of the work.
        """
        with self.autocast():
            half, features = self.networks.encoder.maps(pictures)
            output = self.networks.decoder(features).float()
            seen = {k: x.float() for k, x in self.networks.lifted(half, features).items()}
        with torch.no_grad():
            target = self.teacher(pictures)
        terms = [F.mse_loss(x, target[k].float()) / target[k].float().var() for k, x in seen.items()]
        apart = torch.stack(terms).sum()
        self.note("features", apart)
        weight = 1.0
        reconstruction = self.settings.pixel_weight * F.l1_loss(output, pictures)
        if not self.learning_features():
            weight = self.settings.feature_weight
            reconstruction = reconstruction + losses.reconstruction_loss(self.teacher(output), target)
        self.note("reconstruction", reconstruction)
        return weight * apart + reconstruction + self.settings.range_weight * losses.out_of_range(output)

    def learning_features(self) -> bool:
        return self.step < self.settings.feature_steps

    def draw_norm(self) -> Norm:
        s = self.settings
        if s.din_only:
            return Norm("din")
        shares = (s.adain_share, s.wct_share, s.group_share, 1 - s.adain_share - s.wct_share - s.group_share)
        name = str(self.random.choice(NORMS, p=shares))
        return Norm(name, int(2 ** self.random.randint(1, 7)) if name == "group-wct" else None)

    def edit(self, norm: Norm, photo: Tensor, painting: Tensor) -> Tensor:
        """Features under the norm."""
        return restyling.edit(norm, photo, painting, self.networks.din)

    def seen_pair(self) -> Pair:
        """A batch of photos and one of paintings, and what the teacher sees in them."""
        s = self.settings
        keep = self.replay.keep
        photo = self.photos.batch(s.batch, s.crop, self.device)
        grey = keep("grey", (torch.rand(s.batch, device=self.device) < s.grey_share).float())
        photo = keep("photo", torch.lerp(photo, photo.mean(1, keepdim=True), grey[:, None, None, None]))
        painting = keep("painting", self.paintings.batch(s.batch, s.crop, self.device))

        share = torch.empty(s.batch, 1, device=self.device).uniform_(s.least_detail, s.most_detail)
        share = keep("share of detail", share)

        @torch.no_grad()
        def see() -> None:
            seen = {"photo": self.teacher(photo), "painting": self.teacher(painting)}
            self.seen = {
                name: {k: keep(f"{name} {k}", x) for k, x in levels.items()} for name, levels in seen.items()
            }
            self.detail = keep("detail", self.detail_of(photo, painting, share))

        self.replay.run("see", see)
        if s.noise > 0:
            level = s.noise * torch.rand(len(photo), 1, 1, 1, device=self.device)
            photo = keep("noisy photo", photo + level * torch.randn_like(photo))
        return Pair(photo, painting, self.seen["photo"], self.seen["painting"], self.detail, grey)

    @torch.no_grad()
    def detail_of(self, photo: Tensor, painting: Tensor, share: Tensor) -> Tensor:
        """What the decoder loses of the photos, at the paintings' contrasts; share [N, 1]."""
        with self.autocast():
            given_back = self.networks.decoder(self.networks.encoder(photo)).float()
        gain = detail.kept(detail.contrast(photo), detail.contrast(painting), share=share)
        return detail.scaled(photo - given_back, gain)

    def restyle_loss(self, pair: Pair, norm: Norm) -> Tensor:
        s = self.settings
        with self.autocast():
            features, style = self.networks.encoder(pair.photo), self.networks.encoder(pair.painting)
        edited = self.edit(norm, features, style)
        with self.autocast():
            output = self.networks.decoder(edited).float() + pair.detail
        output_levels = self.teacher(output)
        content = losses.content_loss(output_levels, pair.photo_levels)
        styled = losses.style_loss(output_levels, pair.painting_levels)
        colour = losses.colour_loss(output, pair.painting)
        self.note(f"{norm.name} content", content)
        self.note(f"{norm.name} colour", colour)
        self.note(f"{norm.name} style", styled)
        loss = s.content_weight * content + s.style_weight * styled + s.colour_weight * colour
        if s.stray_weight > 0:
            stray = losses.stray_colour(output, pair.grey)
            self.note(f"{norm.name} stray", stray)
            loss = loss + s.stray_weight * stray
        if norm.name == "wct":
            covariance = losses.covariance_loss(output_levels, pair.painting_levels)
            self.note("wct covariance", covariance)
            loss = loss + s.covariance_weight * covariance
        tidy = s.variation_weight * losses.total_variation(output)
        return loss + tidy + s.range_weight * losses.out_of_range(output)

    def train_step(self) -> None:
        """One batch: reconstructed once, or restyled under `norms_a_step` norms, an update each."""
        s = self.settings
        set_rate(self.optimisers, self.learning_rate())
        if self.learning_features() or (self.step % s.reconstruct_every == 0 and not s.din_only):
            crops = self.photos if self.step // s.reconstruct_every % 2 == 0 else self.paintings
            pictures = self.replay.keep("pictures", crops.batch(s.batch, s.crop, self.device))
            kind = "features" if self.learning_features() else "reconstruction"
            self.replay.run(kind, lambda: self.update(self.feature_loss(pictures)))
        else:
            pair = self.seen_pair()
            for norm in [self.draw_norm() for _ in range(s.norms_a_step)]:
                self.replay.run(str(norm), lambda norm=norm: self.update(self.restyle_loss(pair, norm)))
        self.mean.add(self.networks)
        self.step += 1

    def update(self, loss: Tensor) -> None:
        self.networks.zero_grad()
        loss.backward()
        distributed.average_gradients(self.networks.parameters())
        hold(self.networks, self.carried)
        norm = nn.utils.clip_grad_norm_(self.networks.parameters(), self.settings.clip)
        # a lone singular covariance must not end a run of hours; a GPU is not asked, which would wait for it
        for moving in self.optimisers:
            moving.found_inf = norm.isfinite().logical_not().float()  # pyright: ignore[reportAttributeAccessIssue]
            moving.step()

    def carry_colour(self) -> None:
        if self.settings.carry_colour and not self.carried:
            self.networks.cpu()
            self.carried = carry_colour(self.networks.encoder, self.networks.decoder)
            self.networks.to(self.device)

"""Teaches a decoder to leave stray colours out: `python -m training.mend --checkpoint C --data D --out M`.

Restyled, an edge beside something dark may get a red rim, which neither photo nor painting asks for:
losses of whole pictures hardly see it. So the decoder learns what it paints itself with such colours
pulled back, and all else as it is. The encoder stays, and with it every style's statistics. There is no
teacher, so a step takes a fraction of one of training's.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from .average import read_run
from .checkpoint import CheckpointError
from .colour_paths import OPPONENT, find_carried, hold
from .data import Crops, read_pack
from .export import ExportError
from .networks import Networks
from .optimiser import RunningMean, learning_rate, set_rate
from .restyling import NORMS, Norm, edit
from .settings import Settings

SHARES = (0.45, 0.2, 0.15, 0.2)  # of NORMS
WARM_UP = 50  # steps
MEAN_DECAY = 0.995
SOFT = 9  # px, about what a cell of the features sees


def opponent(pixels: Tensor) -> Tensor:
    """RGB [N, 3, H, W] to lightness and two opponent colours."""
    return torch.einsum("ij,njhw->nihw", OPPONENT.to(pixels), pixels)


def without_stray(output: Tensor, photo: Tensor, limit: float) -> Tensor:
    """The restyled picture with outlying colours pulled back; both [N, 3, H, W], 0..1.

    Over a picture, its opponent colours are fitted by least squares with the photo's colours, sharp and
    soft, and powers of both lightnesses. What lies farther from the fit than `limit` times the rms distance
    is brought to that distance. Lightness stays.
    """
    painted, seen = opponent(output), opponent(photo)
    edge = SOFT // 2
    soft = F.avg_pool2d(F.pad(seen, (edge,) * 4, mode="reflect"), SOFT, 1)
    light = painted[:, :1]
    powers = (torch.ones_like(light), seen[:, :1] ** 2, light, light**2, light**3)
    terms = torch.cat((*powers, seen, soft), 1).flatten(2).double().mT  # [N, HW, 11]
    colours = painted[:, 1:].flatten(2).double().mT  # [N, HW, 2]
    gram, mixed = (terms.mT @ other / terms.shape[1] for other in (terms, colours))
    ridge = 1e-6 * torch.eye(terms.shape[2], dtype=gram.dtype, device=gram.device)
    fit = terms @ torch.linalg.solve(gram + ridge, mixed)
    left = colours - fit
    far = left.norm(dim=2, keepdim=True)
    most = limit * far.square().mean(1, keepdim=True).sqrt()
    kept = fit + left * (most / far.clamp(min=1e-9)).clamp(max=1)
    mended = torch.cat((light, kept.mT.unflatten(2, output.shape[2:]).to(light)), 1)
    return torch.einsum("ji,njhw->nihw", OPPONENT.to(mended), mended)  # orthonormal: the inverse


class Mending:
    """A decoder that learns from the one it was."""

    def __init__(self, networks: Networks, painter: Networks, data: Path, seed: int) -> None:
        """painter: whose pictures are mended, with the same encoder."""
        self.networks, self.painter = networks, painter
        networks.requires_grad_(False)
        networks.decoder.requires_grad_(True)
        painter.requires_grad_(False)
        self.carried = find_carried(networks)
        self.mean = RunningMean(networks.decoder, MEAN_DECAY)
        self.random = np.random.RandomState(seed)
        self.photos = Crops(read_pack(data, "content"), seed + 1, 1)
        self.paintings = Crops(read_pack(data, "style"), seed + 2, 1)
        self.adam = torch.optim.Adam(networks.decoder.parameters())
        self.taken = 0

    def asked(self, photo: Tensor) -> Tensor:
        """What is to be painted: features of the photo under a norm, in part; every fourth time as is."""
        features = self.networks.encoder(photo)
        if self.taken % 4 == 3:
            return features
        painting = self.paintings.batch(len(photo), photo.shape[3], photo.device)
        name = str(self.random.choice(NORMS, p=SHARES))
        norm = Norm(name, int(2 ** self.random.randint(1, 7)) if name == "group-wct" else None)
        edited = edit(norm, features, self.networks.encoder(painting), self.networks.din)
        return torch.lerp(features, edited, float(self.random.uniform(0.5, 1)))

    def step(self, batch: int, crop: int, limit: float, rate: float) -> tuple[float, float]:
        """-> mean squared distance of the pictures from the mended ones, now and before all steps."""
        photo = self.photos.batch(batch, crop, torch.device("cpu"))
        with torch.no_grad():
            features = self.asked(photo)
            painted = self.painter.decoder(features)
            target = painted
            if self.taken % 4 != 3:
                shown = painted.clamp(0, 1)
                target = painted + without_stray(shown, photo, limit) - shown
        loss = F.mse_loss(self.networks.decoder(features), target)
        set_rate([self.adam], rate)
        self.adam.zero_grad()
        loss.backward()
        hold(self.networks, self.carried)
        self.adam.step()
        self.mean.add(self.networks.decoder)
        self.taken += 1
        return loss.item(), F.mse_loss(painted, target).item()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--checkpoint", type=Path, required=True, help="a run, or exported weights")
    parser.add_argument("--begin", type=Path, help="an earlier mending of it, to go on with")
    parser.add_argument("--data", type=Path, required=True, help="folder with content.tar and style.tar")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--limit", type=float, default=1.5, help="stray beyond this many rms")
    parser.add_argument("--steps", type=int, default=3000)
    parser.add_argument("--batch", type=int, default=2)
    parser.add_argument("--crop", type=int, default=256)
    parser.add_argument("--learning-rate", type=float, default=3e-4)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    how = {k: getattr(arguments, k) for k in ("limit", "steps", "batch", "crop", "learning_rate", "seed")}
    torch.manual_seed(arguments.seed)
    try:
        run = read_run(arguments.checkpoint)
        begin = read_run(arguments.begin) if arguments.begin else run
    except (CheckpointError, ExportError, FileNotFoundError) as error:
        raise SystemExit(f"Stopped: {error}.") from None
    networks, painter = Networks(), Networks()
    painter.load_state_dict(run["networks"])
    networks.load_state_dict({**run["networks"], **decoder_of(begin["networks"])})
    mending = Mending(networks, painter, arguments.data, arguments.seed)
    falling = Settings(
        steps=arguments.steps,
        anneal_steps=arguments.steps,
        learning_rate=arguments.learning_rate,
        last_learning_rate=0,
        warm_up=WARM_UP,
    )
    now = before = 0.0
    for step in range(arguments.steps):
        apart = mending.step(arguments.batch, arguments.crop, arguments.limit, learning_rate(falling, step))
        now, before = now + 0.02 * (apart[0] - now), before + 0.02 * (apart[1] - before)
        if step % 100 == 99:
            print(
                f"step {step + 1}: {now / max(before, 1e-12):.2f} of the stray colours' power left",
                flush=True,
            )
    networks.decoder.load_state_dict(mending.mean.networks)
    mended = [*begin["settings"].get("mended", []), how]
    settings = {**run["settings"], "mended": mended}
    torch.save({**run, "settings": settings, "networks": networks.state_dict()}, arguments.out)


def decoder_of(networks: dict[str, Tensor]) -> dict[str, Tensor]:
    return {name: value for name, value in networks.items() if name.startswith("decoder.")}


if __name__ == "__main__":
    main()

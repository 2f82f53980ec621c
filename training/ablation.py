"""Short, equal training runs that differ in one thing each. Run with `python -m training.ablation --help`.

Every variant trains from nothing for as many steps, and restyles the same held-out photos after the same
held-out paintings; VGG-19 judges. --out gets a JSON a variant, so that a command that was stopped goes on,
and ablation.md.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, get_args

import torch
from torch import Tensor, nn

from . import variants
from .data import PACKS, read_pack
from .held_out import NORMS, HeldOut
from .judge import Judge
from .model import Widths
from .networks import Networks
from .report import table
from .run import Run
from .settings import Precision, Settings
from .teacher import QuarterTeacher, Teacher

SHORT = Settings(
    steps=1600,
    anneal_steps=800,
    batch=4,
    crop=192,
    learning_rate=2e-3,
    warm_up=50,
    feature_steps=400,
    pixel_weight=5,
    style_weight=7,
    colour_weight=2,
)
PAIRS = 24
COUNTED = 64  # px; the side of the picture whose multiplications are counted


class Variant(NamedTuple):
    says: str  # what is different
    settings: Mapping[str, Any] = MappingProxyType({})
    networks: Callable[[], Networks] = Networks
    run: type[Run] = Run


def widths(*channels: int) -> Callable[[], Networks]:
    a, b, c = channels
    chosen: Widths = (a, b, c)
    return lambda: Networks(chosen)


FREE = {"carry_colour": False}  # where there is no path to carry colours on
VARIANTS = {
    "base": Variant("as it ships: 16/32/64 channels"),
    "seed": Variant("another seed", {"seed": 7}),
    "adam": Variant("Adam for convolutions too", {"optimiser": "adam"}),
    "widths-12": Variant("widths 12/24/48", networks=widths(12, 24, 48)),
    "widths-24": Variant("widths 24/48/96", networks=widths(24, 48, 96)),
    "quarter-96": Variant("96 channels at a quarter", networks=widths(16, 32, 96)),
    "deeper": Variant(
        "decoder with two more layers at a quarter",
        networks=lambda: variants.networks(decoder=variants.DeeperDecoder),
    ),
    "thin-ends": Variant("8 channels at full size", networks=widths(8, 32, 64)),
    "two-levels": Variant(
        "a second level: 128 channels at an eighth",
        networks=variants.TwoLevelNetworks,
        run=variants.TwoLevelRun,
    ),
    "free": Variant("colours not carried", FREE),
    "wide": Variant("128 channels by a 1x1 lift, colours not carried", FREE, variants.wide_features),
    "adain-only": Variant("AdaIN alone is trained", {"adain_share": 1, "wct_share": 0, "group_share": 0}),
    "noise": Variant("photos with noise", {"noise": 4 / 255}),
    "biases": Variant(
        "biases of their own for the norms", networks=variants.BiasedNetworks, run=variants.BiasedRun
    ),
    "style-14": Variant("style weight 14, not 7", {"style_weight": 14}),
    "no-covariance": Variant("no covariance term", {"covariance_weight": 0}),
    "no-identity": Variant("no picture given back while restyling", {"reconstruct_every": 10**6}),
    "large-crops": Variant("crops of 256 px, batches of 2", {"crop": 256, "batch": 2}),
    "small-crops": Variant("crops of 128 px, batches of 9", {"crop": 128, "batch": 9}),
    "one-scale": Variant(
        "whole pictures, strokes in one scale", {"smallest_photo": 2, "smallest_painting": 2}
    ),
    "max-pool": Variant("2x2 max pooling", networks=lambda: variants.networks(variants.PoolEncoder)),
    "blur-pool": Variant("antialiased pooling", networks=lambda: variants.networks(variants.BlurEncoder)),
    "bilinear": Variant(
        "bilinear upsampling", networks=lambda: variants.networks(decoder=variants.BilinearDecoder)
    ),
    "sub-pixel": Variant(
        "sub-pixel upsampling, colours not carried",
        FREE,
        lambda: variants.networks(decoder=variants.SubPixelDecoder),
    ),
    "moments-din": Variant(
        "DIN sees mean and std only", networks=lambda: variants.networks(din=variants.MomentsDin)
    ),
}


@torch.no_grad()
def multiplications(networks: Networks) -> float:
    """Of the convolutions of encoder and decoder as they are trained, a pixel of the picture."""
    counts: list[float] = []

    def count(layer: nn.Module, _: object, output: Tensor) -> None:
        assert isinstance(layer, nn.Conv2d)
        counts.append(output[0].numel() * layer.weight[0].numel())

    device = next(networks.parameters()).device
    layers = [
        x for x in (*networks.encoder.modules(), *networks.decoder.modules()) if isinstance(x, nn.Conv2d)
    ]
    hooks = [layer.register_forward_hook(count) for layer in layers]
    networks.decoder(networks.encoder(torch.rand(1, 3, COUNTED, COUNTED, device=device)))
    for hook in hooks:
        hook.remove()
    return sum(counts) / COUNTED**2


def ablate(name: str, arguments: argparse.Namespace) -> dict[str, Any]:
    """Trains and judges one variant, and writes its JSON; or reads it, where that was done before."""
    file: Path = arguments.out / f"{name}.json"
    if file.exists():
        return json.loads(file.read_text())
    device = torch.device(arguments.device)
    variant = VARIANTS[name]
    settings = replace(settings_of(arguments), **variant.settings)
    see = QuarterTeacher if arguments.quarter else Teacher
    run = variant.run(settings, arguments.data, arguments.teacher_weights, device, variant.networks, see)
    start = time.monotonic()
    while run.step < settings.steps:
        run.train_step()
    held_out = HeldOut(Judge(arguments.teacher_weights, device), arguments.data, arguments.pairs)
    run.networks.eval().to(memory_format=torch.contiguous_format)  # pyright: ignore[reportCallIssue]
    trained = run.networks.named_parameters()
    found = {
        "says": variant.says,
        "parameters": sum(p.numel() for name, p in trained if not name.startswith("lifts")),
        "multiplications": multiplications(run.networks),
        "norms": held_out.score(run),
        "identity": held_out.identity(run),
        "seconds": round(time.monotonic() - start),
    }
    file.write_text(json.dumps(found, indent=2) + "\n")
    print(report({name: found}), flush=True)
    return found


def settings_of(arguments: argparse.Namespace) -> Settings:
    """SHORT, with what the command line changes; the parts of a run keep their shares of it."""
    share = arguments.steps / SHORT.steps
    return replace(
        SHORT,
        steps=arguments.steps,
        feature_steps=round(SHORT.feature_steps * share),
        anneal_steps=round(SHORT.anneal_steps * share),
        batch=arguments.batch,
        crop=arguments.crop,
        precision=arguments.precision,
    )


def report(found: dict[str, dict[str, Any]]) -> str:
    """One row a variant; content / style / area of each norm."""
    rows = [
        [
            row["says"],
            f"{row['parameters'] / 1000:,.0f}",
            f"{row['multiplications'] / 1000:.1f}",
            *(
                " / ".join(f"{row['norms'][norm][k]:.2f}" for k in ("content", "style", "area"))
                for norm in NORMS
            ),
            f"{row['norms']['adain']['gram']:.1f}",
            f"{row['norms']['adain']['colour_mean']:.0f}, {row['norms']['adain']['colour_spread']:.0f}",
            f"{row['identity']:.1f}",
        ]
        for row in found.values()
    ]
    header = ["variant", "k parameters", "kMAC/px", "AdaIN", "WCT", "DIN", "Gram", "colour", "identity"]
    return table(header, rows) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder with content.tar and style.tar")
    parser.add_argument("--teacher-weights", type=Path, required=True, help="folder with the VGG-19 file")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--variants", default=",".join(VARIANTS), help="%(default)s")
    parser.add_argument("--steps", type=int, default=SHORT.steps)
    parser.add_argument("--batch", type=int, default=SHORT.batch)
    parser.add_argument("--crop", type=int, default=SHORT.crop)
    parser.add_argument("--precision", choices=get_args(Precision), default=SHORT.precision)
    parser.add_argument("--pairs", type=int, default=PAIRS)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--jobs", type=int, default=1, help="variants at once, each in a process of its own")
    parser.add_argument(
        "--quarter", action="store_true", help="train under VGG-19 distilled to a quarter of its channels"
    )
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    names = arguments.variants.split(",")
    for pack in PACKS:
        read_pack(arguments.data, pack)  # once, for all processes
    with ProcessPoolExecutor(arguments.jobs, get_context("fork")) as pool:
        found = dict(zip(names, pool.map(partial(ablate, arguments=arguments), names), strict=True))
    (arguments.out / "ablation.md").write_text(report(found))


if __name__ == "__main__":
    main()

"""Writes the numbers that the TypeScript tests agree with. Run with `python -m training.parity --help`.

src/norm/fixtures/norms.json needs no weights: random features, their statistics, and the features
after each norm. app/models/fixtures/networks.json holds the exported networks' answers to one small
picture: its contrast in lightness and colour; the encoder's map at a half (after its ReLU) and its features
(linear); the decoder's blocks on those features, each after its ReLU; DIN's depthwise and pointwise parts
and bias for their statistics, and `edited`, the features with the mirrored picture's (`style`) as its style.
Tensors are {"shape": [...], "values": [...]}, NHWC, to 7 significant digits.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from . import detail, norms
from .export import read_export
from .model import Decoder, DinNet
from .norms import Statistics

Json = dict[str, Any]
NORMS = Path("src/norm/fixtures/norms.json")
NETWORKS = Path("app/models/fixtures/networks.json")
SEED = 20261122
CHANNELS, GROUP_SIZE = 8, 4  # of norms.json
PICTURE = (24, 16)  # height, width: 6 x 4 cells


class GivenParts(DinNet):
    """In the place of DIN's predictor: pointwise [1, C, C/G], depthwise [1, C, 3, 3] and bias [1, C]."""

    def __init__(self, pointwise: Tensor, depthwise: Tensor, bias: Tensor) -> None:
        super().__init__(channels=pointwise.shape[1], group_size=pointwise.shape[2])
        self.answer = (pointwise, depthwise, bias)

    def parts(self, mean: Tensor, std: Tensor, covariance: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        return self.answer


def tensor(values: Tensor) -> Json:
    """As it is; `nhwc` and `dynamic` reorder first."""
    flat = values.detach().reshape(-1).tolist()
    return {"shape": list(values.shape), "values": [float(f"{v:.7g}") for v in flat]}


def nhwc(features: Tensor) -> Json:
    """[N, C, H, W] -> [N, H, W, C]."""
    return tensor(features.permute(0, 2, 3, 1))


def dynamic(pointwise: Tensor, depthwise: Tensor, bias: Tensor) -> Json:
    """DIN's parts for one style, as the browser applies them: [3, 3, C, 1] and [C in, C out]."""
    groups = pointwise[0].split(pointwise.shape[2])  # C/G of [out, in]
    return {
        "depthwise": tensor(depthwise[0].permute(1, 2, 0)[..., None]),
        "pointwise": tensor(torch.block_diag(*groups).T),
        "bias": tensor(bias[0]),
    }


def moments(s: Statistics) -> Json:
    """mean [C], covariance [C, C], std [C] = sqrt(variance + EPSILON)."""
    return {"mean": tensor(s.mean[0]), "covariance": tensor(s.covariance[0]), "std": tensor(s.std[0])}


def pooled(parts: list[Statistics], weights: list[float]) -> Statistics:
    """One style from several pictures, exact when the weights w are their shares of the cells.

    mean = sum w_k mean_k;  covariance = sum w_k (covariance_k + (mean_k - mean)(mean_k - mean)^T)
    """
    mean = torch.stack([w * s.mean for s, w in zip(parts, weights, strict=True)]).sum(0)
    apart = [s.mean - mean for s in parts]
    spreads = [s.covariance + d[:, :, None] * d[:, None, :] for s, d in zip(parts, apart, strict=True)]
    return Statistics(mean, torch.stack([w * s for s, w in zip(spreads, weights, strict=True)]).sum(0))


def random_values(random: np.random.RandomState, *shape: int, scale: float = 1, shift: float = 0) -> Tensor:
    """Normal values of four decimals, so that the fixture holds exactly what the norms were given."""
    return torch.from_numpy(np.round(shift + scale * random.randn(*shape), 4).astype(np.float32))


def random_features(random: np.random.RandomState, height: int, width: int) -> Tensor:
    """[1, C, H, W], at least 0 and correlated between channels, as features after a ReLU are."""
    mix = np.eye(CHANNELS) + 0.4 * random.randn(CHANNELS, CHANNELS)
    x = np.einsum("oc,chw->ohw", mix, random.randn(CHANNELS, height, width)) + 0.7
    return torch.from_numpy(np.round(np.maximum(x, 0), 4)[None].astype(np.float32))


def affine(features: Tensor, scale: Tensor, shift: Tensor) -> Tensor:
    """IN and CIN: the standardised features times one scale [C] plus one shift [C] (Dumoulin 2017, eq. 5)."""
    return norms.standardise(features) * norms.channels(scale[None]) + norms.channels(shift[None])


def norm_fixture() -> Json:
    random = np.random.RandomState(SEED)
    content, style = random_features(random, 5, 4), random_features(random, 3, 6)
    flat = content.clone()
    flat[:, 3] = 0.5
    small = random_features(random, 2, 3)
    average = {
        "mean": random_values(random, CHANNELS, scale=0.2, shift=0.8),
        "std": random_values(random, CHANNELS, scale=0.1, shift=0.9),
    }
    preset = {
        "gamma": random_values(random, CHANNELS, shift=1, scale=0.3),
        "beta": random_values(random, CHANNELS),
    }
    parts = (
        random_values(random, 1, CHANNELS, GROUP_SIZE, scale=0.5),
        random_values(random, 1, CHANNELS, 3, 3, scale=0.5),
        random_values(random, 1, CHANNELS, scale=0.3),
    )
    din = GivenParts(*parts)

    def case(name: str, photo: Tensor, painting: Tensor) -> Json:
        s = norms.statistics(painting)
        edited = {
            "in": affine(photo, average["std"], average["mean"]),
            "cin": affine(photo, preset["gamma"], preset["beta"]),
            "adain": norms.adain(photo, s),
            **{f"wct-{g}": norms.wct(photo, s, g) for g in (2, 4, 8)},
            "din": norms.din(photo, s, din),
        }
        return {
            "name": name,
            "content": {"features": nhwc(photo), **moments(norms.statistics(photo))},
            "style": {"features": nhwc(painting), **moments(s)},
            "edited": {norm: nhwc(features) for norm, features in edited.items()},
        }

    cells = [style[0, 0].numel(), small[0, 0].numel()]
    shares = [n / sum(cells) for n in cells]
    return {
        "epsilon": norms.EPSILON,
        "shrink": norms.SHRINK,
        "newtonSchulzSteps": norms.NEWTON_SCHULZ_STEPS,
        "in": {k: tensor(v) for k, v in average.items()},
        "cin": {k: tensor(v) for k, v in preset.items()},
        "din": dynamic(*parts),
        "cases": [
            case("content and style", content, style),
            case("channel 3 flat in the content", flat, style),
            case("a style with fewer cells than channels", content, small),
        ],
        "pooled": {
            "pictures": [
                {"features": nhwc(f), "cells": n} for f, n in zip((style, small), cells, strict=True)
            ],
            **moments(pooled([norms.statistics(style), norms.statistics(small)], shares)),
        },
    }


def picture() -> Tensor:
    """[1, 3, 24, 16] in 0..1: slow waves, and noise on top."""
    random = np.random.RandomState(SEED)
    y, x = np.mgrid[: PICTURE[0], : PICTURE[1]] / 8
    waves = [np.sin(a * x + b * y + c) for a, b, c in random.uniform(0, 2, (3, 3))]
    pixels = np.clip(0.5 + 0.35 * np.stack(waves) + 0.08 * random.randn(3, *PICTURE), 0, 1)
    return torch.from_numpy(np.round(pixels, 4)[None].astype(np.float32))


def decode_by_block(decoder: Decoder, features: Tensor) -> Json:
    """The decoder's map at the end of each block, after its ReLU, and the pixels."""
    stops: Json = {}

    def keep_output(name: str) -> Callable[[nn.Module, tuple[Tensor, ...], Tensor], None]:
        return lambda _layer, _inputs, output: stops.update({name: nhwc(F.relu(output))})

    hooks = [
        decoder.conv4_2.register_forward_hook(keep_output("conv4_2")),
        decoder.conv2.register_forward_hook(keep_output("conv2")),
    ]
    stops["pixels"] = nhwc(decoder(features))
    for hook in hooks:
        hook.remove()
    return stops


def din_answers(net: DinNet, features: Tensor, mirrored: Tensor) -> Json:
    s = norms.statistics(features)
    return {
        **dynamic(*net.parts(s.mean, s.std, s.covariance)),
        "style": nhwc(mirrored),
        "edited": nhwc(norms.din(features, norms.statistics(mirrored), net)),
    }


@torch.no_grad()
def network_fixture(weights: Path) -> Json:
    exported = read_export(weights)
    pixels = picture()
    half, features = exported.encoder.maps(pixels)
    mirrored = exported.encoder(pixels.flip(3))
    return {
        "weights": {path: file["sha256"] for path, file in exported.manifest["files"].items()},
        "picture": nhwc(pixels),
        "contrast": tensor(detail.contrast(pixels)[0]),
        "encoder": {"half": nhwc(half), "features": nhwc(features)},
        "decoder": decode_by_block(exported.decoder, features),
        "din": din_answers(exported.din, features, mirrored),
    }


def write(path: Path, fixture: Json) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(fixture, separators=(",", ":")) + "\n")
    print(f"{path.stat().st_size:>9} bytes  {path}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--weights", type=Path, default=Path("public/weights"))
    arguments = parser.parse_args()
    write(NORMS, norm_fixture())
    write(NETWORKS, network_fixture(arguments.weights))


if __name__ == "__main__":
    main()

"""Writes trained networks for the browser. Run with `python -m training.export --help`.

The format is tfjs's weights manifest: one .bin a network, little-endian float16, beside a
manifest.json that names the run and each file's sha256. Convolution kernels are
[height, width, in, out], dense kernels [in, out]. A large kernel has 8 bits a number, and a scale [out]
after it that multiplies it: see rounding.py. average-photo.bin (float32) is what IN gives to
every picture: the mean and the std of each channel, averaged over training photos; and what
colours bring to each channel's variance, which a monochrome photo is given (src/pipeline/monochrome.ts).
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import nn

from .average_photo import AveragePhoto, average_photo
from .bias_correction import Pictures, correct_biases
from .checkpoint import CheckpointError, finished, load_checkpoint
from .data import read_pack
from .model import WIDTHS, Decoder, DinNet, Encoder
from .networks import Networks
from .rounding import Rounded, rounded

FORMAT = "statistyle-weights/5"
NETWORKS = ("encoder", "decoder", "din")
AVERAGED_PHOTOS = 400  # another 400 give a mean 5 % and a std 3 % away
CORRECTED_BY = 24  # pairs; 8-bit kernels then move a picture by half as much
Spec = dict[str, Any]  # a weight's entry in the manifest
FLOAT16 = {"dtype": "float16", "original_dtype": "float32"}
UINT8 = {"dtype": "uint8", "original_dtype": "float32", "scale": 1, "min": -128}
STORED = {"float32": "<f4", "float16": "<f2", "uint8": "u1"}


class ExportError(Exception):
    """Files that are not what their manifest says."""


class Exported(NamedTuple):
    """What the browser runs, in float32 that holds exactly the rounded values."""

    encoder: Encoder
    decoder: Decoder
    din: DinNet
    average: AveragePhoto
    manifest: dict[str, Any]


def tfjs_name(parameter: str) -> str:
    """encoder.conv1.weight -> encoder/conv1/kernel; din.see.bias -> din/see/bias."""
    *path, kind = parameter.split(".")
    return "/".join((*path, "kernel" if kind == "weight" else kind))


def tfjs_order(values: np.ndarray) -> np.ndarray:
    """[out, in, kh, kw] -> [kh, kw, in, out]; [out, in] -> [in, out]; [out] stays."""
    return values.transpose(2, 3, 1, 0) if values.ndim == 4 else values.T


def torch_order(values: np.ndarray) -> np.ndarray:
    """The inverse of `tfjs_order`."""
    return values.transpose(3, 2, 0, 1) if values.ndim == 4 else values.T


def round_networks(networks: Networks) -> dict[str, Rounded]:
    """By parameter; the lifts to the teacher stay behind."""
    state = networks.state_dict()
    return {k: rounded(k, v) for k, v in state.items() if k.split(".")[0] in NETWORKS}


def load_values(module: nn.Module, network: str, values: dict[str, np.ndarray]) -> None:
    """values: float32 in torch's layout, by parameter."""
    start = f"{network}."
    own = {k.removeprefix(start): torch.from_numpy(v) for k, v in values.items() if k.startswith(start)}
    module.load_state_dict(own)
    module.eval().requires_grad_(False)


def describe_run(state: dict[str, Any]) -> dict[str, Any]:
    settings = state["settings"]
    return {
        **{name: settings[name] for name in ("steps", "seed")},
        "step": state["step"],
        "settings": settings,
        "losses": {name: float(f"{value:.5g}") for name, value in sorted(state["averages"].items())},
        "torch": torch.__version__,
        "stages": state.get("stages", []),
    }


def entries(parameter: str, one: Rounded) -> list[tuple[Spec, bytes]]:
    """What the manifest says of a parameter, and what the file holds of it."""
    name, ordered = tfjs_name(parameter), tfjs_order(one.stored)
    spec: Spec = {"name": name, "shape": list(ordered.shape), "dtype": "float32"}
    if one.scale is None:
        return [(spec | {"quantization": FLOAT16}, ordered.tobytes())]
    offset = (ordered.astype(np.int16) - UINT8["min"]).astype(np.uint8)
    scale: Spec = {"name": scale_name(name), "shape": list(one.scale.shape), "dtype": "float32"}
    return [
        (spec | {"quantization": UINT8}, offset.tobytes()),
        (scale | {"quantization": FLOAT16}, one.scale.tobytes()),
    ]


def scale_name(kernel: str) -> str:
    """encoder/conv4/kernel -> encoder/conv4/scale."""
    return f"{kernel.removesuffix('kernel')}scale"


def write_export(
    state: dict[str, Any], photos: list[np.ndarray], out: Path, pairs: Sequence[Pictures] = ()
) -> None:
    """state: a checkpoint. pairs: to correct biases by, none for none. Writes the .bin files and then the
    manifest; the same bytes each time.
    """
    networks = Networks()
    networks.load_state_dict(finished(state))
    parameters = round_networks(networks)
    if pairs:
        parameters = correct_biases(networks, parameters, pairs)
    load_values(networks.encoder, "encoder", {k: v.values for k, v in parameters.items()})
    average = average_photo(networks.encoder, photos)

    groups: dict[str, list[tuple[Spec, bytes]]] = {f"{network}.bin": [] for network in NETWORKS}
    for parameter, one in parameters.items():
        groups[f"{parameter.split('.')[0]}.bin"].extend(entries(parameter, one))
    groups["average-photo.bin"] = [
        (
            {"name": f"average-photo/{k}", "shape": list(v.shape), "dtype": "float32"},
            v.numpy().astype("<f4").tobytes(),
        )
        for k, v in average._asdict().items()
    ]

    out.mkdir(parents=True, exist_ok=True)
    files: dict[str, dict[str, Any]] = {}
    for path, both in groups.items():
        content = b"".join(data for _, data in both)
        (out / path).write_bytes(content)
        files[path] = {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
    manifest = {
        "format": FORMAT,
        "widths": WIDTHS,
        "run": describe_run(state),
        "files": files,
        "weights": [{"paths": [p], "weights": [spec for spec, _ in both]} for p, both in groups.items()],
    }
    (out / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")


def read_weights(folder: Path, manifest: dict[str, Any]) -> dict[str, np.ndarray]:
    """tfjs name -> float32 in tfjs's layout, each file checked against its sha256."""
    weights: dict[str, np.ndarray] = {}
    for group in manifest["weights"]:
        (path,) = group["paths"]
        content = (folder / path).read_bytes()
        found, named = hashlib.sha256(content).hexdigest(), manifest["files"][path]["sha256"]
        if found != named:
            raise ExportError(f"{path} has sha256 {found}, its manifest says {named}: export again")
        offset = 0
        for spec in group["weights"]:
            quantization = spec.get("quantization", {"dtype": "float32"})
            kind, count = STORED[quantization["dtype"]], int(np.prod(spec["shape"]))
            stored = np.frombuffer(content, kind, count, offset)
            values = stored.reshape(spec["shape"]).astype(np.float32) + quantization.get("min", 0)
            weights[spec["name"]] = values.astype(np.float32)
            offset += stored.nbytes
        if offset != len(content):
            raise ExportError(f"{path} has {len(content)} bytes, its manifest describes {offset}")
    for kernel in [name for name in weights if scale_name(name) in weights]:
        weights[kernel] *= weights.pop(scale_name(kernel))
    return weights


def read_export(folder: Path) -> Exported:
    """The networks that a folder of exported weights holds."""
    manifest = json.loads((folder / "manifest.json").read_text())
    if manifest["format"] != FORMAT:
        raise ExportError(f"{folder} is in format {manifest['format']}, this reads {FORMAT}: export again")
    weights = read_weights(folder, manifest)
    a, b, c = manifest["widths"]
    hidden, pointwise = weights["din/pointwise/kernel"].shape
    encoder, decoder, din = Encoder((a, b, c)), Decoder((a, b, c)), DinNet(c, pointwise // c, hidden)
    for network, module in zip(NETWORKS, (encoder, decoder, din), strict=True):
        names = {f"{network}.{k}": tfjs_name(f"{network}.{k}") for k in module.state_dict()}
        load_values(module, network, {k: torch_order(weights[name]) for k, name in names.items()})
    average = AveragePhoto(
        *(torch.from_numpy(weights[f"average-photo/{k}"].copy()) for k in AveragePhoto._fields)
    )
    return Exported(encoder, decoder, din, average, manifest)


def fill(networks: Networks, exported: Exported) -> None:
    """Gives networks the exported weights; their lifts stay as they are."""
    networks.encoder.load_state_dict(exported.encoder.state_dict())
    networks.decoder.load_state_dict(exported.decoder.state_dict())
    networks.din.load_state_dict(exported.din.state_dict())


def spread(names: list[str], count: int) -> list[str]:
    """`count` of the sorted names, evenly spread, the same every time."""
    ordered = sorted(names)
    count = min(count, len(ordered))
    return [ordered[i * len(ordered) // count] for i in range(count)]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True, help="folder with content.tar and style.tar")
    parser.add_argument("--out", type=Path, default=Path("public/weights"))
    arguments = parser.parse_args()
    try:
        state = load_checkpoint(arguments.checkpoint)
    except CheckpointError as error:
        raise SystemExit(f"Stopped: {error}.") from None
    photos = read_pack(arguments.data, "content")
    chosen = [photos[name] for name in spread(list(photos), AVERAGED_PHOTOS)]
    paintings = read_pack(arguments.data, "style")
    count = min(CORRECTED_BY, len(photos), len(paintings))
    few, as_many = ([pack[name] for name in spread(list(pack), count)] for pack in (photos, paintings))
    pairs = list(zip(few, as_many, strict=True))
    write_export(state, chosen, arguments.out, pairs)
    for path in sorted(arguments.out.iterdir()):
        print(f"{path.stat().st_size:>9} bytes  {path}")


if __name__ == "__main__":
    main()

"""Stand-ins for what is not part of the project: teachers with random weights, packs of small pictures."""

from __future__ import annotations

import io
import math
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import save_file
from torch import Tensor

from .model import LEVELS, WIDTHS
from .teacher import FILES, LAYERS
from .train import VGG19_WIDTHS

PICTURES = 12  # a pack; a quarter is held out


@pytest.fixture(autouse=True)
def one_thread_and_a_seed() -> Iterator[None]:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    torch.manual_seed(0)
    yield
    torch.set_num_threads(threads)


def random_layer(name: str, inputs: int, outputs: int, side: int) -> dict[str, Tensor]:
    weight = torch.randn(outputs, inputs, side, side) * math.sqrt(2 / (inputs * side * side))
    return {f"{name}.weight": weight.half(), f"{name}.bias": 0.1 * torch.randn(outputs).half()}


def random_teacher(names: Mapping[str, str], colour: str, widths: tuple[int, ...]) -> dict[str, Tensor]:
    """names: this teacher's name for each convolution of LAYERS."""
    weights, inputs = random_layer(colour, 3, 3, 1), 3
    for layer, name in names.items():
        outputs = widths[int(layer[0]) - 1]
        weights |= random_layer(name, inputs, outputs, 3)
        inputs = outputs
    return weights


@pytest.fixture(scope="session")
def teachers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both teachers' files, of the published shapes."""
    torch.manual_seed(1)
    folder = tmp_path_factory.mktemp("teachers")
    layers = [layer for layer in LAYERS if layer != "pool"]
    published = dict(zip(layers, ("2", "5", "9", "12", "16", "19", "22", "25", "29"), strict=True))
    save_file(random_teacher(published, "0", VGG19_WIDTHS), folder / FILES["vgg19"])
    distilled = random_teacher({c: f"conv{c.replace('_', '')}" for c in layers}, "conv0", WIDTHS)
    for level, narrow, wide in zip(LEVELS, WIDTHS, VGG19_WIDTHS, strict=True):
        distilled |= random_layer(f"conv{level[4:].replace('_', '')}_aux", narrow, wide, 1)
    save_file(distilled, folder / FILES["distilled"])
    return folder


def smooth_picture(random: np.random.RandomState, height: int, width: int) -> Image.Image:
    coarse = Image.fromarray(random.randint(0, 256, (6, 8, 3)).astype(np.uint8))
    return coarse.resize((width, height), Image.Resampling.BICUBIC)


@pytest.fixture(scope="session")
def packs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """content.tar and style.tar, PICTURES pictures of 64 x 48 px each."""
    random = np.random.RandomState(2)
    folder = tmp_path_factory.mktemp("packs")
    for pack in ("content", "style"):
        with tarfile.open(folder / f"{pack}.tar", "w") as tar:
            for i in range(PICTURES):
                file = io.BytesIO()
                smooth_picture(random, 48, 64).save(file, "PNG")
                member = tarfile.TarInfo(f"{pack}/{pack}_{i:02}.png")
                member.size = file.tell()
                file.seek(0)
                tar.addfile(member, file)
    return folder

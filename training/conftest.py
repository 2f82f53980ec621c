"""Stand-ins for what is not part of the project: a VGG-19 with random weights, packs of small pictures."""

from __future__ import annotations

import io
import math
import tarfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import save_file
from torch import Tensor

from .teacher import FILE, LAYERS, POSITIONS, WIDTHS

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


@pytest.fixture(scope="session")
def teacher_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """VGG-19's file, of the published names and shapes."""
    torch.manual_seed(1)
    folder = tmp_path_factory.mktemp("teacher")
    weights, inputs = random_layer("0", 3, 3, 1), 3
    convolutions = [layer for layer in LAYERS if layer != "pool"]
    for layer, position in zip(convolutions, POSITIONS, strict=True):
        outputs = WIDTHS[int(layer[0]) - 1]
        weights |= random_layer(str(position), inputs, outputs, 3)
        inputs = outputs
    save_file(weights, folder / FILE)
    return folder


def smooth_picture(random: np.random.RandomState, height: int, width: int) -> Image.Image:
    small = Image.fromarray(random.randint(0, 256, (6, 8, 3)).astype(np.uint8))
    return small.resize((width, height), Image.Resampling.BICUBIC)


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

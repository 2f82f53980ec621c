"""Photos and paintings: read once from `content.tar` and `style.tar`, kept in memory, cropped at random.

Pairs for choosing between models are held out by a fixed seed; the judge's validation pictures are refused.
"""

from __future__ import annotations

import io
import tarfile
from functools import cache
from pathlib import Path
from typing import Literal, get_args

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from torch import Tensor
from tqdm import tqdm

Pack = Literal["content", "style"]
PACKS: tuple[Pack, ...] = get_args(Pack)
Part = Literal["train", "held-out"]
HELD_OUT = 100
HELD_OUT_SEED = 2026


class ValidationPictureError(Exception):
    """Training was pointed at the pictures that it is judged by."""


def held_out(names: list[str]) -> set[str]:
    """The names of a pack that training never sees, the same on every machine."""
    ordered = sorted(names)
    order = np.random.RandomState(HELD_OUT_SEED).permutation(len(ordered))
    return {ordered[i] for i in order[: min(HELD_OUT, len(ordered) // 4)]}


@cache
def read_pack(folder: Path, pack: Pack, part: Part = "train") -> dict[str, np.ndarray]:
    """Name -> picture [H, W, 3] uint8, sRGB. Read once a process."""
    path = folder / f"{pack}.tar"
    if "val" in folder.parts:
        raise ValidationPictureError(f"{folder} holds the judge's pictures; training reads the packs only")
    with tarfile.open(path) as tar:
        files = {Path(m.name).name: tar.extractfile(m) for m in tar.getmembers() if m.isfile()}
        aside = held_out(list(files))
        wanted = [name for name in sorted(files) if (name in aside) == (part == "held-out")]
        pictures: dict[str, np.ndarray] = {}
        for name in tqdm(wanted, desc=f"reading {path.name}", mininterval=5):
            file = files[name]
            assert file is not None
            pictures[name] = np.asarray(Image.open(io.BytesIO(file.read())).convert("RGB"))
    return pictures


def to_tensor(picture: np.ndarray) -> Tensor:
    """[H, W, 3] uint8 -> [1, 3, H, W] in 0..1."""
    return torch.from_numpy(picture.copy()).permute(2, 0, 1)[None].float() / 255


class Crops:
    """Random square crops, mirrored half of the time, from `smallest` px to the picture's short side.

    The pictures stay on the device that asked last: a GPU waits for no decoding and no copies.
    """

    def __init__(self, pictures: dict[str, np.ndarray], seed: int, smallest: float) -> None:
        self.pictures = [torch.from_numpy(pictures[name].copy()) for name in sorted(pictures)]  # [H, W, 3]
        self.random = np.random.RandomState(seed)
        self.smallest = smallest

    def crop(self, size: int) -> Tensor:
        """One crop [3, size, size] in 0..1; its side is drawn log-uniformly: strokes come in many scales."""
        picture = self.pictures[self.random.randint(len(self.pictures))]
        short = min(picture.shape[:2])
        lowest = min(short, self.smallest * size)
        side = min(short, round(float(np.exp(self.random.uniform(np.log(lowest), np.log(short))))))
        top = self.random.randint(picture.shape[0] - side + 1)
        left = self.random.randint(picture.shape[1] - side + 1)
        part = picture[top : top + side, left : left + side].permute(2, 0, 1)[None].float().div(255)
        if side != size:
            part = F.interpolate(part, (size, size), mode="bicubic", antialias=True).clamp(0, 1)
        return (part.flip(3) if self.random.rand() < 0.5 else part)[0]

    def batch(self, count: int, size: int, device: torch.device) -> Tensor:
        """[count, 3, size, size] in 0..1."""
        if self.pictures[0].device != device:
            self.pictures = [picture.to(device) for picture in self.pictures]
        crops = torch.stack([self.crop(size) for _ in range(count)])
        return crops.contiguous(memory_format=torch.channels_last)

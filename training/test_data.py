"""What training reads, and what it must not."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
import torch

from .conftest import PICTURES
from .data import Crops, ValidationPictureError, held_out, read_pack, to_tensor


def test_the_validation_folder_is_refused(packs: Path, tmp_path: Path) -> None:
    folder = tmp_path / "val" / "pictures"
    shutil.copytree(packs, folder)
    with pytest.raises(ValidationPictureError):
        read_pack(folder, "content")


def test_held_out_pictures_are_never_trained_on(packs: Path) -> None:
    train, aside = read_pack(packs, "content"), read_pack(packs, "content", "held-out")
    assert not train.keys() & aside.keys()
    assert len(aside) == PICTURES // 4
    assert len(train) + len(aside) == PICTURES


def test_the_same_pictures_are_held_out_whatever_the_order_of_the_pack() -> None:
    names = [f"photo_{i}.webp" for i in range(1000)]
    assert held_out(names) == held_out(names[::-1])
    assert len(held_out(names)) == 100


def test_a_batch_holds_pixels_from_0_to_1_and_repeats_with_its_seed(packs: Path) -> None:
    pictures = read_pack(packs, "style")
    first, again, other = (
        Crops(pictures, seed, 0.75).batch(4, 32, torch.device("cpu")) for seed in (5, 5, 6)
    )
    assert first.shape == (4, 3, 32, 32)
    assert first.min() >= 0
    assert 0.5 < first.max() <= 1
    assert first.equal(again)
    assert not first.equal(other)


def test_a_crop_is_never_larger_than_its_picture() -> None:
    crops = Crops({"small": np.zeros((20, 30, 3), np.uint8)}, 1, 0.9)
    assert {tuple(crops.crop(64).shape) for _ in range(20)} == {(3, 64, 64)}


def test_a_crop_of_the_whole_picture_is_the_picture_or_its_mirror() -> None:
    picture = np.random.RandomState(1).randint(0, 256, (16, 16, 3)).astype(np.uint8)
    crops = Crops({"one": picture}, 1, 1)
    whole = to_tensor(picture)[0]
    seen = [crops.crop(16) for _ in range(20)]
    assert all(crop.allclose(whole) or crop.allclose(whole.flip(2)) for crop in seen)
    assert any(crop.allclose(whole) for crop in seen)
    assert not all(crop.allclose(whole) for crop in seen)

"""Exported weights come back as they were rounded, in the same bytes, or not at all."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from . import norms
from .export import ExportError, read_export, spread, write_export
from .networks import Networks
from .rounding import RoundingError, rounded
from .settings import Settings


def checkpoint() -> dict[str, Any]:
    torch.manual_seed(3)
    settings = vars(Settings())
    return {
        "settings": settings,
        "step": 7,
        "averages": {"adain style": 0.25},
        "networks": Networks().state_dict(),
    }


@pytest.fixture(scope="module")
def photos() -> list[np.ndarray]:
    random = np.random.RandomState(4)
    return [random.randint(0, 256, (33, 47, 3)).astype(np.uint8) for _ in range(3)]


def test_what_is_read_is_what_was_rounded(photos: list[np.ndarray], tmp_path: Path) -> None:
    state = checkpoint()
    write_export(state, photos, tmp_path)
    exported = read_export(tmp_path)
    networks = {"encoder": exported.encoder, "decoder": exported.decoder, "din": exported.din}
    for network, module in networks.items():
        for name, value in module.state_dict().items():
            parameter = f"{network}.{name}"
            expected = rounded(parameter, state["networks"][parameter]).values
            np.testing.assert_array_equal(value.numpy(), expected, err_msg=parameter)


def test_the_average_of_one_photo_is_its_mean_and_std(photos: list[np.ndarray], tmp_path: Path) -> None:
    write_export(checkpoint(), photos[:1], tmp_path)
    exported = read_export(tmp_path)
    pixels = torch.from_numpy(photos[0][:32, :44].copy()).permute(2, 0, 1)[None].float() / 255
    expected = norms.statistics(exported.encoder(pixels))
    torch.testing.assert_close(exported.average.mean, expected.mean[0])
    torch.testing.assert_close(exported.average.std, expected.std[0])


def test_kernels_are_written_height_width_in_out(photos: list[np.ndarray], tmp_path: Path) -> None:
    state = checkpoint()
    write_export(state, photos, tmp_path)
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    specs = {spec["name"]: spec for group in manifest["weights"] for spec in group["weights"]}
    assert specs["encoder/conv1/kernel"]["shape"] == [3, 3, 3, 16]
    assert specs["decoder/up2/kernel"]["shape"] == [3, 3, 64, 32]
    assert specs["din/see/kernel"]["shape"] == [640, 40]
    assert specs["din/bias/bias"]["shape"] == [64]
    assert specs["decoder/conv4_1/scale"]["shape"] == [64]
    assert specs["average-photo/mean"] == {
        "name": "average-photo/mean",
        "shape": [64],
        "dtype": "float32",
    }
    assert not any("lifts" in name for name in specs)
    first = np.frombuffer((tmp_path / "encoder.bin").read_bytes(), "<f2", 16)
    expected = state["networks"]["encoder.conv1.weight"][:, 0, 0, 0].half()
    np.testing.assert_array_equal(first, expected)


def test_pairs_correct_biases_and_leave_kernels(photos: list[np.ndarray], tmp_path: Path) -> None:
    write_export(checkpoint(), photos, tmp_path / "plain")
    write_export(checkpoint(), photos, tmp_path / "corrected", [(photos[0], photos[1])])
    plain, corrected = (read_export(tmp_path / name).decoder for name in ("plain", "corrected"))
    torch.testing.assert_close(corrected.conv4_1.weight, plain.conv4_1.weight, rtol=0, atol=0)
    assert corrected.conv4_1.bias is not None and plain.conv4_1.bias is not None
    assert not corrected.conv4_1.bias.equal(plain.conv4_1.bias)


def test_the_manifest_names_the_run_and_each_file(photos: list[np.ndarray], tmp_path: Path) -> None:
    write_export(checkpoint(), photos, tmp_path)
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    assert manifest["run"]["step"] == 7
    assert manifest["run"]["losses"] == {"adain style": 0.25}
    assert Settings(**manifest["run"]["settings"]) == Settings()
    written = {path.name for path in tmp_path.iterdir()} - {"manifest.json"}
    assert written == set(manifest["files"])
    for path, file in manifest["files"].items():
        content = (tmp_path / path).read_bytes()
        assert file == {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}


def test_exporting_twice_gives_the_same_bytes(photos: list[np.ndarray], tmp_path: Path) -> None:
    for folder in ("a", "b"):
        write_export(checkpoint(), photos, tmp_path / folder)
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes(), path.name


def test_a_changed_file_is_refused(photos: list[np.ndarray], tmp_path: Path) -> None:
    write_export(checkpoint(), photos, tmp_path)
    content = bytearray((tmp_path / "decoder.bin").read_bytes())
    content[1000] ^= 1
    (tmp_path / "decoder.bin").write_bytes(content)
    with pytest.raises(ExportError, match=r"decoder\.bin has sha256"):
        read_export(tmp_path)


def test_weights_of_another_format_are_refused(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(json.dumps({"format": "statistyle-weights/4"}))
    with pytest.raises(ExportError, match=r"is in format statistyle-weights/4, this reads .*: export again"):
        read_export(tmp_path)


@pytest.mark.parametrize(("value", "reason"), [(7e4, "float16 ends at 65504"), (np.nan, "not finite")])
def test_weights_that_cannot_be_stored_are_refused(
    value: float, reason: str, photos: list[np.ndarray], tmp_path: Path
) -> None:
    state = checkpoint()
    state["networks"]["decoder.conv4_2.bias"][0] = value
    with pytest.raises(RoundingError, match=f"decoder.conv4_2.bias .*{reason}"):
        write_export(state, photos, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_photos_to_average_are_spread_over_the_sorted_names() -> None:
    assert spread(["d", "b", "c", "a"], 2) == ["a", "c"]
    assert spread(["b", "a"], 400) == ["a", "b"]

"""The presets: who painted them, what ships of them, and that float16 does not spoil it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from . import detail, norms
from .conftest import smooth_picture
from .data import to_tensor
from .model import WIDTHS, Encoder
from .presets import PRESETS, PresetError, enlarged, paintings_of, upper_triangle, write_presets


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Encoder, dict[str, np.ndarray]]:
    """presets.json and the files of an untrained encoder and small pictures."""
    torch.manual_seed(7)
    out, random = tmp_path_factory.mktemp("presets"), np.random.RandomState(8)
    paintings = {p.id: np.asarray(smooth_picture(random, 64, 48)) for p in PRESETS}
    encoder = Encoder().requires_grad_(False)
    cin = {f"{PRESETS[3].id}/{part}": torch.randn(WIDTHS[2]) for part in ("gamma", "beta")}
    write_presets(encoder, "an encoder's sha256", paintings, cin, out)
    return out, encoder, paintings


def read_presets(out: Path) -> tuple[dict[str, Any], dict[str, np.ndarray]]:
    """The table, and all values by `<preset>/<part>`."""
    table = json.loads((out / "presets.json").read_text())
    values: dict[str, np.ndarray] = {}
    for preset in table["presets"]:
        content, offset = (out / "presets" / f"{preset['id']}.bin").read_bytes(), 0
        for spec in table["weights"]["statistics"] + (table["weights"]["affine"] if preset["cin"] else []):
            count = int(np.prod(spec["shape"]))
            name = f"{preset['id']}/{spec['name']}"
            values[name] = np.frombuffer(content, "<f2", count, offset).astype(np.float32)
            offset += 2 * count
        assert offset == len(content)
    return table, values


def test_there_are_at_least_32_presets_each_with_an_artist_a_title_and_a_name_of_its_own() -> None:
    assert len({preset.id for preset in PRESETS}) == len(PRESETS) >= 32
    assert len({preset.file for preset in PRESETS}) == len(PRESETS)
    assert all(preset.artist and preset.title for preset in PRESETS)


def test_accents_and_signs_leave_the_name_of_a_preset() -> None:
    ids = {preset.file: preset.id for preset in PRESETS}
    assert ids["pd_1132"] == "takahashi-shore-of-lake-chuzenji"


def test_a_preset_ships_the_mean_and_the_upper_triangle_of_the_covariance(
    written: tuple[Path, Encoder, dict[str, np.ndarray]],
) -> None:
    out, encoder, paintings = written
    table, values = read_presets(out)
    assert table["format"] == "statistyle-presets/5"
    preset = PRESETS[3]
    expected = norms.statistics(encoder(to_tensor(enlarged(paintings[preset.id]))))
    np.testing.assert_allclose(values[f"{preset.id}/mean"], expected.mean[0], rtol=1e-3, atol=1e-6)
    covariance = np.zeros(expected.covariance[0].shape, np.float32)
    covariance[np.triu_indices(len(covariance))] = values[f"{preset.id}/covariance"]
    covariance += np.triu(covariance, 1).T
    np.testing.assert_allclose(covariance, expected.covariance[0], rtol=1e-3, atol=1e-5)


def test_a_preset_that_was_fitted_ships_gamma_and_beta_and_another_does_not(
    written: tuple[Path, Encoder, dict[str, np.ndarray]],
) -> None:
    table, values = read_presets(written[0])
    assert [preset["id"] for preset in table["presets"] if preset["cin"]] == [PRESETS[3].id]
    fitted = {name.split("/")[0] for name in values if name.endswith(("gamma", "beta"))}
    assert fitted == {PRESETS[3].id}
    for part in ("gamma", "beta"):
        assert values[f"{PRESETS[3].id}/{part}"].shape == (WIDTHS[2],)


def test_the_table_names_the_encoder_and_each_presets_file_and_cells(
    written: tuple[Path, Encoder, dict[str, np.ndarray]],
) -> None:
    out, _, _ = written
    table, _ = read_presets(out)
    assert table["encoder"] == "an encoder's sha256"
    for preset in table["presets"]:
        content = (out / "presets" / f"{preset['id']}.bin").read_bytes()
        assert preset["file"] == {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
    assert table["presets"][0]["cells"] == 24 * 18
    assert [preset["id"] for preset in table["presets"]] == [preset.id for preset in PRESETS]
    assert "year" not in table["presets"][1]
    assert table["presets"][0]["year"] == 1890


def test_the_table_has_the_contrast_of_each_painting_at_the_size_it_is_measured_at(
    written: tuple[Path, Encoder, dict[str, np.ndarray]],
) -> None:
    out, _, paintings = written
    table, _ = read_presets(out)
    pixels = to_tensor(enlarged(paintings[PRESETS[5].id]))
    expected = dict(zip(("lightness", "colour"), detail.contrast(pixels)[0].tolist(), strict=True))
    assert table["presets"][5]["contrast"] == pytest.approx(expected, abs=1e-5)


def test_the_file_of_a_preset_that_is_no_more_goes(
    written: tuple[Path, Encoder, dict[str, np.ndarray]], tmp_path: Path
) -> None:
    _, encoder, paintings = written
    (tmp_path / "presets").mkdir()
    (tmp_path / "presets" / "gone.bin").write_bytes(b"old")
    write_presets(encoder, "an encoder's sha256", paintings, {}, tmp_path)
    names = {path.stem for path in (tmp_path / "presets").iterdir()}
    assert names == {preset.id for preset in PRESETS}


def test_the_first_painting_that_a_pack_lacks_is_named_with_what_to_do(packs: Path) -> None:
    """The pack of the tests has pictures of other names."""
    with pytest.raises(PresetError, match=r"style\.tar has no pd_0554, .*: write the presets of your own"):
        paintings_of(packs)
    mine = [PRESETS[0]._replace(file="style_00"), PRESETS[1]._replace(file="style_01")]
    assert list(paintings_of(packs, mine)) == [preset.id for preset in mine]


def test_a_covariance_that_float16_would_leave_indefinite_is_refused() -> None:
    """One direction holds everything: what rounding takes from the others is more than shrinking adds."""
    v = torch.randn(128)
    covariance = 100 * v[:, None] * v[None]
    assert torch.linalg.eigvalsh(norms.blocks(covariance[None], 128))[0, 0] > 0
    with pytest.raises(PresetError, match="grey is no longer positive definite in float16"):
        upper_triangle("grey", covariance)
    assert upper_triangle("colourful", covariance + 10 * torch.eye(128)).shape == (128 * 129 // 2,)

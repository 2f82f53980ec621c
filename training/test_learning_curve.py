"""Stages follow each other on one axis of steps."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from .learning_curve import LogError, draw, read_stages, series


def write_log(path: Path, *lines: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def test_a_second_stage_goes_on_where_the_first_ended_and_the_line_breaks(tmp_path: Path) -> None:
    first = write_log(tmp_path / "a", {"step": 50, "features": 1.0}, {"step": 100, "adain style": 4.0})
    second = write_log(tmp_path / "b", {"step": 50, "adain style": 2.0}, {"step": 100, "adain style": 1.0})
    steps, values = series(read_stages([first, second]), "adain style")
    assert steps == [100, 100, 150, 200, 200]
    assert np.array_equal(values, [4, np.nan, 2, 1, np.nan], equal_nan=True)


def test_the_same_logs_give_the_same_picture(tmp_path: Path) -> None:
    log = write_log(tmp_path / "a", *({"step": 50 * i, "din style": 1 / i} for i in range(1, 4)))
    for name in ("one.svg", "two.svg"):
        draw(read_stages([log]), tmp_path / name)
    assert (tmp_path / "one.svg").read_bytes() == (tmp_path / "two.svg").read_bytes()
    drawn = (tmp_path / "one.svg").read_text()
    assert "DIN" in drawn
    assert "AdaIN" not in drawn


def test_an_empty_log_is_named(tmp_path: Path) -> None:
    with pytest.raises(LogError, match="is empty"):
        read_stages([write_log(tmp_path / "a")])

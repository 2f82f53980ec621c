"""A difference counts when resampling the pairs leaves its sign."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from .compare import CompareError, at_equal_content, bootstrap, report


def test_the_same_gain_on_every_pair_counts_however_unlike_the_pairs_are() -> None:
    first = np.random.RandomState(1).uniform(0, 10, 36)
    found = bootstrap(first, first - 0.1)
    assert found.mean == pytest.approx(-0.1)
    assert found.low == pytest.approx(found.high)
    assert found.counts


def test_a_gain_that_one_pair_in_four_contradicts_may_be_chance() -> None:
    first = np.zeros(12)
    second = np.tile([-1.0, -1, -1, 2.5], 3)
    found = bootstrap(first, second)
    assert found.mean < 0 < found.high
    assert not found.counts


def test_the_interval_is_about_two_standard_errors_wide_on_each_side() -> None:
    apart = np.random.RandomState(2).randn(100) + 1
    found = bootstrap(np.zeros(100), apart)
    error = apart.std() / 10
    assert found.high - found.mean == pytest.approx(1.96 * error, rel=0.1)
    assert found.mean - found.low == pytest.approx(1.96 * error, rel=0.1)


def result(style: dict[str, float], **more: dict[str, Any]) -> dict[str, Any]:
    """What `scores.json` holds: AdaIN's style loss by pair."""
    rows = {name: {"style": value} for name, value in style.items()}
    return {"norms": {"adain": {"pairs": rows}} | more, "identity": {"photos": {"a": 20.0, "b": 22.0}}}


def test_two_results_are_compared_by_norm_and_score() -> None:
    text = report(result({"a__x": 1.0, "b__y": 3.0}), result({"a__x": 0.5, "b__y": 2.5}))
    assert "| adain | style | 2.0000 | -0.5000 | -0.5000 to -0.5000 | counts |" in text
    assert "| adain, identity | error | 21.0000 | +0.0000 | +0.0000 to +0.0000 | may be chance |" in text


def test_two_norms_of_one_result_are_compared_by_score() -> None:
    both = result({"a__x": 1.0, "b__y": 3.0}, din={"pairs": {"a__x": {"style": 0.9}, "b__y": {"style": 2.9}}})
    text = report(both, both, ("adain", "din"))
    assert "| adain, din | style | 2.0000 | -0.1000 | -0.1000 to -0.1000 | counts |" in text
    assert "identity" not in text


def test_two_curves_are_compared_where_both_end() -> None:
    """First's curve ends at a content loss of 1; there the second's is halfway down from 4 to 1."""
    assert at_equal_content([(0, 4), (1, 2)], [(0, 4), (2, 1)]) == pytest.approx((2, 2.5))
    assert at_equal_content([(0, 4), (2, 1)], [(0, 4), (1, 2)]) == pytest.approx((2.5, 2))


def test_results_with_curves_say_what_equal_content_buys() -> None:
    one, other = (
        {"adain": {"pairs": {"a__x": {"style": points[-1][1], "points": points}}}}
        for points in ([[0, 4], [1, 2]], [[0, 4], [2, 1]])
    )
    text = report(
        {"norms": one, "identity": {"photos": {"a": 1}}}, {"norms": other, "identity": {"photos": {"a": 1}}}
    )
    assert "| adain | style at equal content | 2.0000 | +0.5000 |" in text


def test_results_of_other_pairs_are_not_compared() -> None:
    with pytest.raises(CompareError, match="other pairs"):
        report(result({"a__x": 1.0}), result({"a__z": 1.0}))


def test_a_norm_that_only_one_result_has_is_named_as_missing() -> None:
    one = result({"a__x": 1.0})
    with pytest.raises(CompareError, match="no norm in common"):
        report(one, one, ("adain", "din"))

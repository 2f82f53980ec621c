"""What depends on the weights is made in the order in which each needs the one before."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from .command_line import ROOT
from .remake import RemakeError, Step, run, steps


def touch(path: Path) -> tuple[str, ...]:
    return (sys.executable, "-c", f"open({str(path)!r}, 'w')")


def test_presets_come_after_the_weights_and_pictures_after_the_presets() -> None:
    made = [step.what for step in steps(Path("c.pt"), Path("data"), None)]
    wanted = ["the exported weights", "the presets", "the fixtures", "the swatches", "the README's picture"]
    assert made == [*wanted, "what an even strength stands for"]


def test_every_step_is_a_command_that_the_project_has() -> None:
    for step in steps(Path("c.pt"), Path("data"), Path("cin.safetensors")):
        program = step.words[3] if step.words[0] == "node" else f"{step.words[2].replace('.', '/')}.py"
        assert (ROOT / program).exists(), program


def test_cin_goes_along_where_a_fit_is_given_and_is_left_out_where_not() -> None:
    with_fit, without = (steps(Path("c.pt"), Path("data"), cin)[1].words for cin in (Path("cin"), None))
    assert with_fit[-2:] == ("--cin", "cin")
    assert without[-1] == "--without-cin"


def test_the_first_step_that_fails_is_the_last(tmp_path: Path) -> None:
    asked = [
        Step("one", touch(tmp_path / "one")),
        Step("two", (sys.executable, "-c", "raise SystemExit(3)")),
        Step("three", touch(tmp_path / "three")),
    ]
    with pytest.raises(RemakeError, match=r"two could not be made \(exit code 3, see above\).*: three"):
        run(asked)
    assert [path.name for path in tmp_path.iterdir()] == ["one"]


def test_a_program_that_is_missing_is_named() -> None:
    with pytest.raises(RemakeError, match="there-is-no-such-program is not installed"):
        run([Step("one", ("there-is-no-such-program",))])

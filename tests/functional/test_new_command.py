from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.functional.commands import run

if TYPE_CHECKING:
    from pathlib import Path

    Capture = pytest.CaptureFixture[bytes]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_new_problem_is_sound_and_can_be_compared(
    language: str, tmp_path: Path, capsysbinary: Capture
) -> None:
    """What `new` writes passes check, and every command works on it, in both languages."""
    folder = tmp_path / "mijn vraag"
    made = run(capsysbinary, "new", folder, "--lang", language)
    assert (made.code, made.err) == (0, "")
    assert f'afweging compare "{folder}"' in made.out
    assert sorted(path.name for path in folder.iterdir()) == [
        "effects.csv",
        "problem.yaml",
        "profiles.yaml",
        "sources.yaml",
    ]
    for command in (["check"], ["compare"], ["show"], ["compare", "--json"], ["compare", "--csv"]):
        outcome = run(capsysbinary, command[0], folder, *command[1:], "--lang", language)
        assert (outcome.code, outcome.err) == (0, "")
        assert outcome.raw


def test_the_two_languages_are_one_problem(tmp_path: Path, capsysbinary: Capture) -> None:
    """The Dutch and the English template have the same shape and the same numbers."""
    import numpy as np

    from afweging.io.problem_file import read_problem

    problems = []
    for language in ("nl", "en"):
        run(capsysbinary, "new", tmp_path / language, "--lang", language)
        problems.append(read_problem(tmp_path / language))
    dutch, english = problems
    assert np.array_equal(dutch.effects.mode, english.effects.mode)
    assert [c.weight for c in dutch.criteria] == [c.weight for c in english.criteria]


def test_new_never_overwrites(tmp_path: Path, capsysbinary: Capture) -> None:
    """Where one of the files stands already, nothing is written and nothing is lost."""
    (tmp_path / "effects.csv").write_bytes(b"mine")
    outcome = run(capsysbinary, "new", tmp_path)
    assert (outcome.code, outcome.raw) == (2, b"")
    assert "effects.csv bestaat al en is niet overschreven" in outcome.err.replace("»", "")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"mine"]

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.folders import SMALL, write
from tests.functional.commands import run

if TYPE_CHECKING:
    from pathlib import Path

    Capture = pytest.CaptureFixture[bytes]


def test_the_order_of_the_two_makes_no_difference(tmp_path: Path, capsysbinary: Capture) -> None:
    """The option with the higher score comes first, whichever is named first."""
    write(tmp_path, SMALL)
    one = json.loads(run(capsysbinary, "explain", tmp_path, "park", "hof", "--json").raw)
    two = json.loads(run(capsysbinary, "explain", tmp_path, "hof", "park", "--json").raw)
    assert one == two
    assert one["difference"] > 0
    total = sum(clause["difference"] for clause in (*one["because"], *one["despite"]))
    assert total == pytest.approx(one["difference"])


@pytest.mark.parametrize(
    ("first", "second", "sentence"),
    [
        ("prak", "hof", "«prak» is not known here as an option. Do you mean park?"),
        ("park", "hofje", "«hofje» is not known here as an option. Do you mean hof?"),
        ("park", "park", "«park» cannot be compared with itself."),
    ],
)
def test_two_different_options_are_needed(
    first: str, second: str, sentence: str, tmp_path: Path, capsysbinary: Capture
) -> None:
    """An unknown option, or the same one twice, is one sentence and exit code 2."""
    write(tmp_path, SMALL)
    outcome = run(capsysbinary, "explain", tmp_path, first, second, "--lang", "en")
    assert (outcome.code, outcome.raw) == (2, b"")
    assert sentence in outcome.err


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_explanation_names_both_options(
    language: str, tmp_path: Path, capsysbinary: Capture
) -> None:
    """The text names the two options and leaves nothing open."""
    write(tmp_path, SMALL)
    outcome = run(capsysbinary, "explain", tmp_path, "park", "hof", "--lang", language)
    assert outcome.code == 0
    assert "Park" in outcome.out
    assert "Hof" in outcome.out
    assert "{" not in outcome.out

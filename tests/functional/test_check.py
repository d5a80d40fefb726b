from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.folders import EFFECTS, SMALL, write
from tests.functional.commands import run

from afweging.io.canonical import problem_digest
from afweging.io.problem_file import read_problem

if TYPE_CHECKING:
    Capture = pytest.CaptureFixture[bytes]

ROOT = Path(__file__).resolve().parents[2]
COUNTS = "Opties: 3; criteria: 3; gevallen: 2; effecten: 18; profielen: 4; bronnen: 2."
PROBLEMS = sorted(path.parent for path in ROOT.glob("scenarios/*/problem.yaml"))


@pytest.mark.parametrize("folder", PROBLEMS, ids=lambda path: path.name)
def test_the_committed_problems_are_sound(folder: Path, capsysbinary: Capture) -> None:
    """Check finds no fault in what is published."""
    assert run(capsysbinary, "check", folder).code == 0


def test_a_sound_problem_is_counted_and_named(tmp_path: Path, capsysbinary: Capture) -> None:
    """Check says how much there is, and the digest that names the contents."""
    write(tmp_path, SMALL)
    digest = problem_digest(read_problem(tmp_path))
    dutch = run(capsysbinary, "check", tmp_path)
    english = run(capsysbinary, "check", tmp_path, "--lang", "en")
    assert (dutch.code, dutch.err) == (0, "")
    assert dutch.out.splitlines() == [
        f"{tmp_path} is in orde. {COUNTS}",
        f"Kenmerk van de inhoud (SHA-256): {digest}",
    ]
    assert "is sound. Options: 3; criteria: 3; cases: 2; effects: 18;" in english.out


def test_a_missing_effect_is_a_fault_of_check(tmp_path: Path, capsysbinary: Capture) -> None:
    """Check names every effect without a row and ends with exit code 2."""
    table = EFFECTS.replace("hof,nat,kosten,310,350,440,derived,\n", "")
    table = table.replace("park,droog,sfeer,gewoon,fijn,fijn,expert,\n", "")
    write(tmp_path, {**SMALL, "effects.csv": table})
    dutch = run(capsysbinary, "check", tmp_path)
    english = run(capsysbinary, "check", tmp_path, "--lang=en")
    assert (dutch.code, dutch.raw) == (2, b"")
    assert dutch.err.splitlines()[0].startswith("2 fouten gevonden")
    assert "«park · droog · sfeer» ontbreekt" in dutch.err
    assert "«hof · nat · kosten» ontbreekt" in dutch.err
    assert "«hof · nat · kosten» is missing" in english.err


def test_an_effect_that_is_left_empty_is_no_fault(tmp_path: Path, capsysbinary: Capture) -> None:
    """A row with empty numbers declares the gap; check counts it."""
    table = EFFECTS.replace("310,350,440,derived", ",,,")
    write(tmp_path, {**SMALL, "effects.csv": table})
    outcome = run(capsysbinary, "check", tmp_path)
    assert outcome.code == 0
    assert "effecten: 17;" in outcome.out
    assert "leeg gelaten effecten: 1;" in outcome.out.splitlines()[1]


def test_a_folder_that_is_not_there(tmp_path: Path, capsysbinary: Capture) -> None:
    """A wrong path is one sentence with the next step, in both languages."""
    dutch = run(capsysbinary, "check", tmp_path / "gone")
    english = run(capsysbinary, "check", tmp_path / "gone", "--lang", "en")
    assert (dutch.code, english.code) == (2, 2)
    assert "dit bestand is er niet" in dutch.err
    assert "Make one with: afweging new" in english.err

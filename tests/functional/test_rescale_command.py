"""A scale changes after weights were given: refused, rescaled exactly, and said so."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.folders import PROBLEM, SMALL, write
from tests.functional.commands import run

from afweging.analysis.answers import step_gain
from afweging.io.problem_file import read_problem
from afweging.wording import Language, Words

if TYPE_CHECKING:
    from pathlib import Path

PROFILES = """\
profiles:
  # eerst gevraagd
  - id: buurt
    name: Buurt
    origin: own
    method: points
    evidence: expert
    weights:
      doel: {groen: 50, kosten: 50}
      groen: {bomen: 60, sfeer: 40}
    ranges:
      bomen: {worst: 2, best: 40}
      kosten: {worst: WORST, best: BEST}
"""


def _ends(problem: str) -> tuple[float, float]:
    """Return worst and best of the costs in the text of a problem."""
    part = problem[problem.index("id: kosten") :]
    worst, best = (part.split(f"{end}: ", 1)[1].split("\n", 1)[0] for end in ("worst", "best"))
    return float(worst.split(",")[0]), float(best.split(",")[0].rstrip("}"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the small problem with a profile given for half the scale of the costs."""
    worst, best = _ends(PROBLEM)
    text = PROFILES.replace("WORST", f"{(worst + best) / 2:g}").replace("BEST", f"{best:g}")
    return write(tmp_path, {**SMALL, "profiles.yaml": text})


def test_weights_for_another_scale_are_refused(
    folder: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Nothing is computed, and the sentence names the two ways out."""
    outcome = run(capsysbinary, "compare", folder)
    assert (outcome.code, outcome.raw) == (2, b"")
    assert "afweging rescale" in outcome.err
    assert "afweging weigh" in outcome.err


@pytest.mark.parametrize("language", ["nl", "en"])
def test_rescaling_is_exact_and_is_said(
    language: Language, folder: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """The new swing of the costs counts as many times as it holds the old one, in value."""
    before = (folder / "profiles.yaml").read_text(encoding="utf-8")
    outcome = run(capsysbinary, "rescale", folder, "--lang", language)
    assert outcome.code == 0, outcome.err
    costs = _costs(folder)
    shown = Words(language).format_field(costs, "share1")
    assert shown in outcome.out
    result = run(capsysbinary, "compare", folder, "--profile", "buurt", "--json")
    lenses = json.loads(result.raw)["weights"]["lenses"]
    assert lenses == pytest.approx({"groen": 1 - costs, "kosten": costs})
    notices = " ".join(run(capsysbinary, "compare", folder, "--lang", language).out.split())
    assert ("exact omgerekend" if language == "nl" else "rescaled exactly") in notices
    profile = read_problem(folder).profiles[0]
    assert profile.rescale
    assert profile.weights[0] == ("doel", (("groen", 50.0), ("kosten", 50.0)))
    after = (folder / "profiles.yaml").read_text(encoding="utf-8")
    assert after.startswith(before[: before.index("  - id")])


def _costs(folder: Path) -> float:
    """Return what 50 per cent for half the scale of the costs is for the whole scale."""
    problem = read_problem(folder, stale="keep")
    criterion = next(each for each in problem.criteria if each.id == "kosten")
    half = step_gain(criterion, (criterion.worst + criterion.best) / 2, criterion.best)
    return (1 / half) / (1 + 1 / half)


def test_nothing_to_rescale_is_said_and_changes_nothing(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Where all weights are for the scales of now, no file changes."""
    folder = write(tmp_path, SMALL)
    before = (folder / "profiles.yaml").read_bytes()
    outcome = run(capsysbinary, "rescale", folder)
    assert outcome.code == 0
    assert "niets om te rekenen" in outcome.out
    assert (folder / "profiles.yaml").read_bytes() == before


def test_an_unknown_profile_is_refused(
    folder: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """The known names are listed."""
    outcome = run(capsysbinary, "rescale", folder, "--profile", "buur")
    assert outcome.code == 2
    assert "buurt" in outcome.err


def test_a_scale_that_turned_round_has_to_be_asked_again(
    folder: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """What was best is now worst: no rescaling does that, and none is offered."""
    path = folder / "profiles.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("bomen: {worst: 2, best: 40}", "bomen: {worst: 40, best: 2}"))
    outcome = run(capsysbinary, "rescale", folder)
    assert outcome.code == 2
    assert "Exact omrekenen kan hier niet" in outcome.err


def test_a_workbook_is_rescaled_as_well(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """The mark is a cell of the sheet of profiles; the other rows stay."""
    book = tmp_path / "plein.xlsx"
    write(tmp_path / "goed", SMALL)
    assert run(capsysbinary, "convert", tmp_path / "goed", book).code == 0
    from openpyxl import load_workbook

    page = load_workbook(book)
    rows = page["Profielbereiken"]
    heads = {str(cell.value).rstrip(" *"): cell.column or 0 for cell in rows[1]}
    worst, best = _ends(PROBLEM)
    row: dict[str, str | float] = {
        "criterium": "kosten",
        "slechtst": (worst + best) / 2,
        "best": best,
    }
    for head, value in row.items():
        rows.cell(2, heads[head]).value = value
    page.save(book)
    assert run(capsysbinary, "compare", book).code == 2
    outcome = run(capsysbinary, "rescale", book)
    assert outcome.code == 0, outcome.err
    assert run(capsysbinary, "compare", book).code == 0
    whose = rows.cell(2, heads["profiel"]).value
    assert whose in [p.id for p in read_problem(book).profiles if p.rescale]

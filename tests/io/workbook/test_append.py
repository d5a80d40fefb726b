from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from openpyxl.chart import BarChart
from tests.folders import SMALL, write

from afweging.errors import OutputError
from afweging.io.problem_file import read_problem, write_problem
from afweging.io.profile_file import add_profiles
from afweging.model.preference import Judgement, Profile, SwingRange
from afweging.model.text import Text

if TYPE_CHECKING:
    from pathlib import Path

    from afweging.model.problem import DecisionProblem

NEW = Profile(
    *("nieuw", Text("=Łucja"), "own", "ahp", "expert", ()),
    ranges=(SwingRange("bomen", 2.0, 40.0),),
    judgements=(Judgement("ratio", "groen", "kosten", times=3.0),),
    date="2026-11-24",
    report=Text("Alles past.", "All fits."),
)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Return the small problem as a workbook."""
    path = tmp_path / "plein.xlsx"
    write_problem(read_problem(write(tmp_path / "plein", SMALL)), path)
    return path


def _add(path: Path, profile: Profile = NEW) -> DecisionProblem:
    problem = read_problem(path)
    add_profiles(problem, [profile], path)
    return problem


def test_a_profile_is_added_below_the_others(book: Path) -> None:
    """Every part of it reads back, text that looks like a formula included."""
    problem = _add(book)
    assert read_problem(book).profiles == (*problem.profiles, NEW)


def test_what_people_made_their_own_stays(book: Path) -> None:
    """A notes sheet, another order of columns and a column of notes are kept."""
    changed = load_workbook(book)
    changed.create_sheet("Notities van mij")["A1"] = "vraag na"
    page = changed["Profielgewichten"]
    page.move_range("A1:D30", cols=1)
    page["A1"], page["A2"] = "notitie", "eerst bellen"
    changed.save(book)
    problem = _add(book)
    after = load_workbook(book)
    assert after["Notities van mij"]["A1"].value == "vraag na"
    assert after["Profielgewichten"]["A2"].value == "eerst bellen"
    assert read_problem(book).profiles == (*problem.profiles, NEW)


def test_sheets_and_columns_that_are_missing_are_made(book: Path) -> None:
    """An older workbook without the sheet of judgements, or the column of the report, gets them."""
    changed = load_workbook(book)
    del changed["Profieloordelen"]
    page = changed["Profielen"]
    heads = {str(cell.value): cell.column for cell in page[1]}
    page.delete_cols(heads["verslag (nl)"] or 0, 2)
    changed.save(book)
    problem = _add(book)
    assert read_problem(book).profiles == (*problem.profiles, NEW)


def test_a_profile_takes_the_place_of_its_like(book: Path) -> None:
    """The old rows are gone from every sheet of profiles; the others are as they were."""
    problem = _add(book, replace(NEW, id="buurt"))
    found = {profile.id: profile for profile in read_problem(book).profiles}
    assert found["buurt"] == replace(NEW, id="buurt")
    assert {name: p for name, p in found.items() if name != "buurt"} == {
        profile.id: profile for profile in problem.profiles if profile.id != "buurt"
    }


def test_charts_are_not_thrown_away(book: Path) -> None:
    """A workbook with a chart is refused, and not a byte of it changes."""
    changed = load_workbook(book)
    changed.worksheets[3].add_chart(BarChart(), "Z1")
    changed.save(book)
    before = book.read_bytes()
    with pytest.raises(OutputError) as caught:
        _add(book)
    assert [fault.code for fault in caught.value.faults] == ["workbook-pictures"]
    assert book.read_bytes() == before

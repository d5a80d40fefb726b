"""A workbook that people changed: read, or refused with the cell, and never a silent number."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from openpyxl import Workbook, load_workbook

from afweging.errors import ProblemFileError
from afweging.io.canonical import problem_digest
from afweging.io.problem_folder import read_folder
from afweging.io.workbook.layout import SHEET, heading, sheet_name
from afweging.io.workbook.read import read_workbook
from afweging.io.workbook.write import workbook_bytes
from afweging.wording import LANGUAGES, Words
from afweging.wording.faults import fault_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from afweging.errors import Fault
    from afweging.model.problem import DecisionProblem

    Change = Callable[[Workbook], object]

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def problem() -> DecisionProblem:
    """Return the teaching problem, which has one of everything."""
    return read_folder(ROOT / "scenarios" / "leervoorbeeld")


@pytest.fixture(scope="module")
def content(problem: DecisionProblem) -> bytes:
    """Return the workbook of the teaching problem, without the sheet that nothing reads."""
    book = load_workbook(BytesIO(workbook_bytes(problem, name="proef.xlsx")))
    del book["Uitleg"]
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.fixture
def read(content: bytes, tmp_path: Path) -> Callable[[Change], DecisionProblem]:
    """Return a function that changes the workbook as a person would, and reads it."""

    def _read(change: Change) -> DecisionProblem:
        book = load_workbook(BytesIO(content))
        change(book)
        book.save(tmp_path / "proef.xlsx")
        return read_workbook(tmp_path / "proef.xlsx")

    return _read


@pytest.fixture
def faults(read: Callable[[Change], DecisionProblem]) -> Callable[[Change], list[Fault]]:
    """Return a function that changes the workbook and gives the faults, each with its words."""

    def _faults(change: Change) -> list[Fault]:
        with pytest.raises(ProblemFileError) as caught:
            read(change)
        for fault in caught.value.faults:
            for language in LANGUAGES:
                assert fault_text(Words(language), fault)
        return list(caught.value.faults)

    return _faults


def _cell(book: Workbook, sheet: str, column: str, row: int = 2) -> Any:  # noqa: ANN401 - takes any value
    """Return the cell of a column by its keys; of the upright sheet the value of a field."""
    table = book[sheet_name(sheet)]
    name = heading(sheet, column)
    if SHEET[sheet].upright:
        return next(r[1] for r in table.iter_rows() if str(r[0].value).rstrip(" *") == name)
    head = [str(cell.value).rstrip(" *") for cell in table[1]]
    return table.cell(row, head.index(name) + 1)


def _put(sheet: str, column: str, value: object, row: int = 2, form: str | None = None) -> Change:
    def change(book: Workbook) -> None:
        cell = _cell(book, sheet, column, row)
        cell.value = value
        if form is not None:
            cell.number_format = form

    return change


def _said(found: list[Fault]) -> list[tuple[str, str | None, str | None]]:
    return [(fault.code, fault.place.sheet, fault.place.cell) for fault in found]


# --- what is read, whatever people did to it ----------------------------------------------------


def test_saved_again_it_is_the_same_problem(
    read: Callable[[Change], DecisionProblem], problem: DecisionProblem
) -> None:
    """Another program that saves the workbook (shared strings, other styles) changes nothing."""
    assert problem_digest(read(lambda _: None)) == problem_digest(problem)


def _hide_and_filter(book: Workbook) -> None:
    effects = book["Effecten"]
    effects.auto_filter.add_filter_column(0, ["centraal"])
    for row in range(3, 60):
        effects.row_dimensions[row].hidden = True
    effects.column_dimensions["E"].hidden = True
    book["Bronnen"].sheet_state = "hidden"


def _add_blank_rows(book: Workbook) -> None:
    book["Effecten"].insert_rows(5, 3)
    book["Waardeboom"].insert_rows(4)
    book["Effecten"].cell(5, 2).value = "   "


def _type_differently(book: Workbook) -> None:
    _cell(book, "effects", "option").value = "  centraal "
    _cell(book, "effects", "evidence").value = "Aanname "
    _cell(book, "tree", "direction", 4).value = "HOGER  is beter"
    _cell(book, "effects", "unit").value = None
    book["Effecten"]["A1"].value = "Optie"
    book["Scenario's"].title = "Scenario’s"
    _cell(book, "problem", "date").value = 2026


def _use_english_values(book: Workbook) -> None:
    for row in range(2, 20):
        _cell(book, "effects", "evidence", row).value = "assumption"


def _add_notes(book: Workbook) -> None:
    book.create_sheet("Notities van Jan")["B2"] = "=1+1"
    book["Effecten"]["M1"] = "notitie"
    book["Effecten"]["M7"] = "nog navragen"


def _leave_out_what_may_be_empty(book: Workbook) -> None:
    effects = book["Effecten"]
    effects.delete_cols(4)  # there are no horizons
    del book["Horizonnen"]


def _reverse(book: Workbook) -> None:
    """Turn the rows and the columns of the effects around, and put the sheet first."""
    sheet = book["Effecten"]
    head, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    for number, row in enumerate([head, *reversed(rows)], start=1):
        for place, value in enumerate(reversed(row), start=1):
            sheet.cell(number, place).value = value
    book.move_sheet("Effecten", -5)


@pytest.mark.parametrize(
    "change",
    [
        _hide_and_filter,
        _add_blank_rows,
        _type_differently,
        _use_english_values,
        _add_notes,
        _leave_out_what_may_be_empty,
        _reverse,
    ],
)
def test_what_makes_no_difference(
    read: Callable[[Change], DecisionProblem], problem: DecisionProblem, change: Change
) -> None:
    """Hidden rows, filters, blank rows, spaces, capitals and notes change no problem."""
    assert problem_digest(read(change)) == problem_digest(problem)


def test_ids_typed_as_numbers_are_ids(read: Callable[[Change], DecisionProblem]) -> None:
    """A horizon 2030 is an id, whether the cell holds a number or a text."""

    def change(book: Workbook) -> None:
        for column, value in (("id", 2030), ("name.nl", 2030)):
            _cell(book, "horizons", column).value = value
        for row in range(2, book["Effecten"].max_row + 1):
            _cell(book, "effects", "horizon", row).value = 2030 if row % 2 else "2030"

    found = read(change)
    assert [(label.id, label.name.nl) for label in found.horizons] == [("2030", "2030")]


def test_an_empty_effect_is_a_gap(read: Callable[[Change], DecisionProblem]) -> None:
    """A row without numbers is a declared gap; a row that is not there is one too."""

    def change(book: Workbook) -> None:
        for column in ("low", "mode", "high"):
            _cell(book, "effects", column).value = None

    effects = read(change).effects
    assert np.isnan(effects.mode[0, 0, 0])
    assert effects.present[0, 0, 0]


def test_days_are_read_from_date_cells(read: Callable[[Change], DecisionProblem]) -> None:
    """Where a day is expected a date cell gives it, at the precision that it shows."""
    day = _put("problem", "date", date(2026, 2, 1), form="yyyy-mm-dd")
    assert read(day).date == "2026-02-01"
    assert read(_put("problem", "date", date(2026, 2, 1), form="mmm-yy")).date == "2026-02"


# --- cells that hold no plain value -------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "form", "code"),
    [
        ("=1+1", None, "workbook-formula"),
        ("=VLOOKUP(A1,Opties!A:B,2)", None, "workbook-formula"),
        ("#N/A", None, "workbook-error"),
        ("#DIV/0!", None, "workbook-error"),
        (date(2026, 3, 1), "d-mmm", "workbook-date"),
        (datetime(2026, 3, 1, 12, 30), "yyyy-mm-dd hh:mm", "workbook-date"),  # noqa: DTZ001
        (time(12, 30), "hh:mm", "workbook-date"),
        (0.14, "0%", "workbook-percent"),
        (0.145, "0.0%", "workbook-percent"),
        (True, None, "workbook-boolean"),
        ("1.234", "@", "workbook-number-text"),
        ("1,234", "@", "workbook-number-text"),
        ("1.178.300", "@", "number-grouped"),
        ("0,5", "@", "number-mixed-decimals"),
        ("ongeveer 12", "@", "number-invalid"),
        ("1-3-2026", "@", "number-date"),
        ("NaN", "@", "number-not-finite"),
        ("inf", "@", "number-not-finite"),
        ("14%", "@", "number-invalid"),
        (46082, None, "number-date-serial"),
    ],
)
def test_no_cell_gives_a_silent_number(
    faults: Callable[[Change], list[Fault]], value: object, form: str | None, code: str
) -> None:
    """In Effecten, whatever is no plain number is one fault at its cell."""
    found = faults(_put("effects", "mode", value, form=form))
    assert {fault.place.cell for fault in found} == {"G2"}
    assert code in {fault.code for fault in found}
    assert {fault.code for fault in found} <= {code, "workbook-estimates-order"}


@pytest.mark.parametrize(
    ("sheet", "column", "value", "code"),
    [
        ("options", "fte", "=2*3", "workbook-formula"),
        ("options", "fte", "2,5", "workbook-number-text"),
        ("options", "fte", True, "field-kind"),
        ("options", "fte", date(2026, 5, 2), "workbook-date"),
        ("options", "euro_per_year", -1, "field-too-small"),
        ("options", "reference", "misschien", "field-kind"),
        ("options", "roles", "betalen", "field-choice"),
        ("options", "id", "=A3", "workbook-formula"),
        ("regions", "id", 1.5, "workbook-id-number"),
        ("regions", "id", date(2026, 2, 1), "workbook-date"),
        ("regions", "name.nl", None, "workbook-field-missing"),
        ("problem", "title.nl", None, "workbook-field-missing"),
        ("problem", "date", "24 november", "day-form"),
        ("sources", "kind", "krant", "field-choice"),
        ("case_weights", "axis", "gemeente", "field-choice"),
        ("case_weights", "member", None, "workbook-empty"),
        ("profile_weights", "child", "kwal", "id-unknown"),
        ("profile_weights", "profile", "wie", "id-unknown"),
        ("profile_weights", "value", "#REF!", "workbook-error"),
        ("points", "criterion", "druk", "id-unknown"),
        ("points", "x", "veel", "field-kind"),
        ("classes", "value", None, "workbook-field-missing"),
        ("requirements", "threshold", "matig", "id-unknown"),
        ("effects", "evidence", "gevoel", "evidence-unknown"),
        ("effects", "evidence", None, "workbook-evidence-missing"),
        ("effects", "option", None, "workbook-empty"),
        ("effects", "option", "centaal", "id-unknown"),
        ("effects", "option", True, "workbook-boolean"),
        ("effects", "unit", "promille", "workbook-unit"),
        ("effects", "mode", 9_000, "workbook-effect-outside"),
    ],
)
def test_a_fault_stands_at_its_cell(
    faults: Callable[[Change], list[Fault]], sheet: str, column: str, value: object, code: str
) -> None:
    """Whatever is wrong in one cell is reported with the sheet and that cell."""
    cells: list[str] = []

    def change(book: Workbook) -> None:
        cell = _cell(book, sheet, column)
        cell.value = value
        cells.append(cell.coordinate)

    found = faults(change)
    assert (code, sheet_name(sheet), cells[0]) in _said(found)


def test_no_fault_is_told_twice(faults: Callable[[Change], list[Fault]]) -> None:
    """A refused cell gives one fault, and not a second one for what it would mean."""
    assert len(faults(_put("effects", "criterion", "=B2"))) == 1
    assert len(faults(_put("options", "fte", "#N/A"))) == 1
    assert len(faults(_put("tree", "weight", "=10*4", row=3))) == 1


def test_all_faults_come_in_one_go_in_the_order_of_the_file(
    faults: Callable[[Change], list[Fault]],
) -> None:
    """Faults on many sheets come together, by sheet and row, in the words of the workbook."""

    def change(book: Workbook) -> None:
        _cell(book, "effects", "mode", 9).value = "=1"
        _cell(book, "effects", "mode", 3).value = "x"
        _cell(book, "tree", "evidence", 4).value = None
        _cell(book, "problem", "id").value = "met spatie"
        book.create_sheet("Efecten")

    found = faults(change)
    assert _said(found) == [
        ("workbook-sheet-unknown", "Efecten", None),
        ("id-form", "Probleem", "B2"),
        ("workbook-field-missing", "Waardeboom", "O4"),
        ("number-invalid", "Effecten", "G3"),
        ("workbook-formula", "Effecten", "G9"),
    ]
    assert found[2].facts["field"] == "bewijs"
    sentence = fault_text(Words("nl"), found[2])
    assert sentence == (
        "proef.xlsx, blad Waardeboom, cel O4: deze cel is leeg; bewijs is hier verplicht. "
        "Vul de cel in."
    )


def test_choices_are_named_as_the_workbook_shows_them(
    faults: Callable[[Change], list[Fault]],
) -> None:
    """The choices in a fault are the labels of the drop-down, not the values of the files."""
    found = faults(_put("effects", "evidence", "gevoel"))
    assert found[0].facts["choices"] == ("meting", "afgeleid", "expertoordeel", "aanname")


# --- sheets and headings ------------------------------------------------------------------------


def _rename(sheet: str, name: str) -> Change:
    def change(book: Workbook) -> None:
        book[sheet].title = name

    return change


def _set(sheet: str, cell: str, value: object) -> Change:
    def change(book: Workbook) -> None:
        book[sheet][cell].value = value

    return change


def _drop(sheet: str) -> Change:
    return lambda book: book.remove(book[sheet])


def _delete_column(sheet: str, place: int) -> Change:
    return lambda book: book[sheet].delete_cols(place)


def _merge(book: Workbook) -> None:
    book["Effecten"].merge_cells("A3:A5")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (_rename("Opties", "Optie"), ("workbook-sheet-unknown", "Optie", None)),
        (_rename("Bronnen", "Blad3"), ("workbook-sheet-unknown", "Blad3", None)),
        (_drop("Effecten"), ("workbook-sheet-missing", None, None)),
        (_drop("Waardeboom"), ("workbook-sheet-missing", None, None)),
        (_drop("Probleem"), ("workbook-sheet-missing", None, None)),
        (_set("Effecten", "G1", "verwcht"), ("workbook-column-unknown", "Effecten", "G1")),
        (_set("Effecten", "L1", "kosten"), ("workbook-column-unknown", "Effecten", "L1")),
        (_set("Effecten", "H1", "laag"), ("workbook-column-twice", "Effecten", "H1")),
        (_set("Effecten", "P9", 12), ("workbook-no-heading", "Effecten", "P9")),
        (_set("Effecten", "H1", None), ("workbook-no-heading", "Effecten", "H2")),
        (_set("Probleem", "A3", "titel"), ("workbook-column-unknown", "Probleem", "A3")),
        (_set("Probleem", "C3", None), None),
        (_delete_column("Effecten", 7), ("workbook-column-missing", "Effecten", None)),
        (_delete_column("Opties", 1), ("workbook-column-missing", "Opties", None)),
        (_delete_column("Effecten", 2), ("workbook-column-missing", "Effecten", None)),
        (_merge, ("workbook-merged", "Effecten", "A3")),
    ],
)
def test_sheets_and_headings_are_all_accounted_for(
    read: Callable[[Change], DecisionProblem],
    faults: Callable[[Change], list[Fault]],
    change: Change,
    expected: tuple[str, str | None, str | None] | None,
) -> None:
    """An unknown, missing or repeated sheet or column is a fault at its place."""
    if expected is None:
        read(change)
    else:
        assert expected in _said(faults(change))


def test_a_misspelt_name_is_suggested(faults: Callable[[Change], list[Fault]]) -> None:
    """A sheet or heading that looks like a known one is told so."""
    assert faults(_rename("Opties", "Optie"))[0].facts["near"] == "Opties"
    assert faults(_set("Effecten", "G1", "verwcht"))[1].facts["near"] == "verwacht"


def test_a_missing_column_is_one_fault(faults: Callable[[Change], list[Fault]]) -> None:
    """A required column that is gone is not reported again for every row."""
    assert _said(faults(_delete_column("Bronnen", 2))) == [
        ("workbook-column-missing", "Bronnen", None)
    ]


# --- rows that name others ----------------------------------------------------------------------


def _tree(column: str, value: object, row: int) -> Change:
    return _put("tree", column, value, row)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (_tree("parent", "berijk", 4), "id-unknown"),
        (_tree("parent", "goed_loket", 2), "workbook-no-root"),
        (_tree("parent", None, 3), "workbook-roots"),
        (_tree("parent", "bereik", 3), "workbook-loop"),
        (_tree("parent", "bezoekers", 5), "workbook-under-criterion"),
        (_tree("weight", 1, 2), "workbook-root-weight"),
        (_tree("kind", "lens", 3), "field-choice"),
        (_tree("unit.nl", "euro", 3), "workbook-field-unknown"),
        (_tree("id", "afstand", 4), "id-twice"),
        (_tree("weight", 10, 4), "weights-sum"),
        (_tree("value_function.shape", "rechte lijn", 7), "workbook-field-unknown"),
        (_tree("value_function.shape", None, 7), "workbook-field-missing"),
        (_tree("value_function.midvalue", 20, 5), "workbook-field-unknown"),
        (_tree("best", 1, 8), "workbook-ordinal-scale"),
        (_tree("direction", "lager is beter", 4), "workbook-scale-direction"),
        (_put("case_weights", "id", "inwoners", row=4), "workbook-case-weight-missing"),
        (_put("case_weights", "name.nl", "Naar banen", row=3), "workbook-set-differs"),
        (_put("case_weights", "member", "noord", row=3), "workbook-twice"),
        (_put("case_weights", "member", "oost", row=3), "id-unknown"),
        (_put("profile_weights", "child", "bereik", row=3), "workbook-twice"),
        (_put("options", "reference", "ja", row=3), "workbook-reference-twice"),
    ],
)
def test_rows_that_do_not_fit_together(
    faults: Callable[[Change], list[Fault]], change: Change, code: str
) -> None:
    """A tree, a set or a profile that its rows do not make up is a fault with its own words."""
    assert code in {fault.code for fault in faults(change)}


def test_a_tree_of_great_depth_is_refused(faults: Callable[[Change], list[Fault]]) -> None:
    """Groups under groups without end are a fault, not a crash."""

    def change(book: Workbook) -> None:
        tree = book["Waardeboom"]
        above = "goed_loket"
        for number in range(3000):
            tree.append([f"g{number}", "groep", above, "naam"])
            above = f"g{number}"

    assert "workbook-too-deep" in {fault.code for fault in faults(change)}


# --- what reading costs -------------------------------------------------------------------------


def test_the_folder_form_does_not_load_openpyxl() -> None:
    """Who reads folders does not wait for what reads workbooks."""
    code = "import afweging.io.problem_folder, sys; sys.exit('openpyxl' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_distribution_of_a_source_is_a_dutch_word(
    read: Callable[[Change], DecisionProblem],
    faults: Callable[[Change], list[Fault]],
    problem: DecisionProblem,
) -> None:
    """gelijkmatig; empty and driehoek are the same; another word is refused with its cell."""
    stated = read(_put("sources", "distribution", "gelijkmatig"))
    assert stated.sources[0].distribution == "uniform"
    assert problem_digest(stated) != problem_digest(problem)
    triangle = read(_put("sources", "distribution", "driehoek"))
    assert problem_digest(triangle) == problem_digest(problem)
    (fault,) = faults(_put("sources", "distribution", "normaal"))
    assert fault.place.sheet == sheet_name("sources")

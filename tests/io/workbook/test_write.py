"""A workbook as it is written: what a person finds in it, and the same bytes each time."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from tests.problems import AWKWARD

from afweging.errors import OutputError
from afweging.io.problem_folder import read_folder
from afweging.io.workbook import write as workbook_write
from afweging.io.workbook.layout import SHEETS, heading, sheet_name
from afweging.io.workbook.read import read_workbook
from afweging.io.workbook.table import column_letter
from afweging.io.workbook.write import workbook_bytes, write_workbook
from afweging.model.text import Text
from afweging.wording import LANGUAGES, Words
from afweging.wording.faults import fault_text

if TYPE_CHECKING:
    from openpyxl import Workbook

    from afweging.model.problem import DecisionProblem

ROOT = Path(__file__).resolve().parents[3]
EXAMPLE = ROOT / "scenarios" / "leervoorbeeld"

PRINT_DIGEST = """
import hashlib, sys
from pathlib import Path
from afweging.io.problem_folder import read_folder
from afweging.io.workbook.table import column_letter
from afweging.io.workbook.write import workbook_bytes
print(hashlib.sha256(workbook_bytes(read_folder(Path(sys.argv[1])), name="x")).hexdigest())
"""


@pytest.fixture(scope="module")
def problem() -> DecisionProblem:
    """Return the teaching problem, which has one of everything."""
    return read_folder(EXAMPLE)


@pytest.fixture(scope="module")
def book(problem: DecisionProblem) -> Workbook:
    """Return the workbook of the teaching problem, opened."""
    return load_workbook(BytesIO(workbook_bytes(problem, name="x")))


def test_the_sheets_are_dutch_and_in_order(book: Workbook) -> None:
    """The explanation comes first, then the sheets in the order in which one fills them in."""
    names = [sheet_name(sheet.key) for sheet in SHEETS]
    assert book.sheetnames == ["Uitleg", *names]
    assert book.sheetnames[1:6] == ["Probleem", "Waardeboom", "Knikpunten", "Klassen", "Opties"]
    assert book.active is not None
    assert book.active.title == "Uitleg"


def test_every_column_stands_under_its_heading(book: Workbook) -> None:
    """Headings hold units where a whole column has one, and required ones are marked with *."""
    for sheet in SHEETS:
        table = book[sheet_name(sheet.key)]
        head = (
            [row[0].value for row in table.iter_rows(min_row=2)]
            if sheet.upright
            else [cell.value for cell in table[1]]
        )
        expected = [
            heading(sheet.key, column.key) + (" *" if column.required else "")
            for column in sheet.columns
        ]
        assert head == expected
    assert "kosten (euro per jaar, inclusief personeel)" in [c.value for c in book["Opties"][1]]


def test_tables_can_be_read_by_scrolling(book: Workbook) -> None:
    """Headings stay in view and can be filtered; no sheet is locked and no heading cut off."""
    for sheet in SHEETS:
        table = book[sheet_name(sheet.key)]
        assert table.freeze_panes == "B2"
        assert not table.protection.sheet
        if sheet.upright:
            continue
        assert table.auto_filter.ref.startswith("A1:")
        for place, cell in enumerate(table[1]):
            words = str(cell.value).split()
            assert table.column_dimensions[column_letter(place)].width > max(map(len, words))
            assert cell.font.b


def test_the_explanation_names_every_sheet_and_column(book: Workbook) -> None:
    """The first sheet says what each sheet and column is for, in Dutch and in English."""
    said = {str(cell.value) for row in book["Uitleg"].iter_rows() for cell in row if cell.value}
    for sheet in SHEETS:
        for words in (Words("nl"), Words("en")):
            assert words.text(f"workbook.purpose.{sheet.key}") in said
        for column in sheet.columns:
            name = heading(sheet.key, column.key)
            assert name in said or f"{name} *" in said
    assert Words("en").text("workbook.intro.what") in said


def test_choices_have_drop_downs_with_room_to_grow(book: Workbook) -> None:
    """Fixed choices and ids of other sheets are chosen from a list, also on rows to come."""
    effects = book["Effecten"]
    lists = {str(found.sqref): found for found in effects.data_validations.dataValidation}
    evidence = next(found for cells, found in lists.items() if cells.startswith("J2:"))
    assert evidence.formula1 == '"meting,afgeleid,expertoordeel,aanname"'
    scenario = next(found for cells, found in lists.items() if cells.startswith("B2:"))
    assert scenario.formula1.startswith("OFFSET('Scenario''s'!$A$2,")
    assert all(found.type == "list" for found in lists.values())
    last = min(int(cells.rpartition("J")[2]) for cells in lists if cells.startswith("J2:"))
    assert last >= effects.max_row + 5000


def test_text_that_looks_like_a_formula_is_text(problem: DecisionProblem, tmp_path: Path) -> None:
    """Awkward texts are text cells, none is a formula, and all come back as they were."""
    labels = tuple(
        replace(problem.scenarios[0], id=f"s{place}", name=Text(text, text))
        for place, text in enumerate(AWKWARD)
    )
    changed = replace(problem, perspectives=(*problem.perspectives, *labels))
    write_workbook(changed, tmp_path / "x.xlsx")
    assert read_workbook(tmp_path / "x.xlsx").perspectives == changed.perspectives
    table = load_workbook(tmp_path / "x.xlsx")["Perspectieven"]
    kinds = {cell.data_type for row in table.iter_rows(max_col=3) for cell in row}
    assert kinds == {"s"}
    with ZipFile(tmp_path / "x.xlsx") as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        assert not any(b"<f>" in archive.read(name) for name in sheets)
        assert archive.read("xl/styles.xml").count(b'quotePrefix="1"') > 0


def test_numbers_keep_every_digit(problem: DecisionProblem, tmp_path: Path) -> None:
    """Seventeen digits are written where they are needed; a spreadsheet library rounds to 16."""
    number = 0.1 + 0.2
    option = replace(problem.alternatives[0], fte=number, euro_per_year=1 / 3)
    changed = replace(problem, alternatives=(option, *problem.alternatives[1:]))
    write_workbook(changed, tmp_path / "x.xlsx")
    assert read_workbook(tmp_path / "x.xlsx").alternatives[0] == option


def test_two_processes_write_the_same_bytes(problem: DecisionProblem) -> None:
    """Under another hash seed, and at another moment, the workbook is the same to the byte."""
    here = hashlib.sha256(workbook_bytes(problem, name="x")).hexdigest()
    for seed in ("1", "2"):
        outcome = subprocess.run(
            [sys.executable, "-c", PRINT_DIGEST, str(EXAMPLE)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        assert outcome.stdout.strip() == here


def test_what_does_not_fit_is_not_written(
    problem: DecisionProblem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Too many rows for a sheet, or too long a text for a cell: a fault, and no file."""
    with monkeypatch.context() as patch:
        patch.setattr(workbook_write, "LAST_ROW", 100)
        _assert_not_written(problem, tmp_path / "x.xlsx", "workbook-too-many-rows")
    actors = tuple("\x07" * 100 for _ in range(60))  # each sign takes seven in a cell
    option = replace(problem.alternatives[0], chain_actors=actors)
    changed = replace(problem, alternatives=(option, *problem.alternatives[1:]))
    _assert_not_written(changed, tmp_path / "x.xlsx", "workbook-text-too-long")


def _assert_not_written(problem: DecisionProblem, path: Path, code: str) -> None:
    with pytest.raises(OutputError) as caught:
        write_workbook(problem, path)
    assert [fault.code for fault in caught.value.faults] == [code]
    assert all(fault_text(Words(language), caught.value.faults[0]) for language in LANGUAGES)
    assert list(path.parent.iterdir()) == []


def test_a_file_is_only_replaced_when_asked(problem: DecisionProblem, tmp_path: Path) -> None:
    """A workbook that is there stays, unless it may be overwritten."""
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"van iemand anders")
    with pytest.raises(OutputError):
        write_workbook(problem, path)
    assert path.read_bytes() == b"van iemand anders"
    write_workbook(problem, path, overwrite=True)
    assert read_workbook(path).id == problem.id

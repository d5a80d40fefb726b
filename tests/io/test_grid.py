from __future__ import annotations

import datetime as dt
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook, load_workbook
from tests.folders import sentences

from afweging.errors import OutputError, Place, ProblemFileError
from afweging.io.grid import Grid, read_grid, write_grid

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from afweging.errors import Fault

ROWS = (
    ("sleutel", "vraag", "Ömer"),
    ("doel:points:groen", "van 2 naar 40 bomen\nen meer", "100"),
    ("doel:points:kosten", 'met "woorden"; en, meer', ""),
    ("", "=1+1", "_x000D_", "-3\x07"),
)
FULL = tuple((*row, "", "")[:4] for row in ROWS)


def _faults(path: Path) -> tuple[Fault, ...]:
    with pytest.raises(ProblemFileError) as caught:
        read_grid(path)
    sentences(caught.value.faults)
    return caught.value.faults


def _codes(path: Path) -> list[str]:
    return [fault.code for fault in _faults(path)]


def _book(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    """Return a workbook as a person makes it, with numbers and formulas as they are typed."""
    book = Workbook()
    page = book.worksheets[0]
    page.title = "Blad 1"
    for row in rows:
        page.append(list(row))
    book.save(path)
    return path


# --- writing and reading ------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["formulier.xlsx", "formulier.csv", "FORMULIER.CSV"])
def test_what_is_written_is_read(name: str, tmp_path: Path) -> None:
    """Line ends, quotes, separators and what looks like a formula come back as text.

    In a CSV file, which has no kinds of cells, what looks like a formula has an apostrophe.
    """
    write_grid(tmp_path / name, ROWS, sheet="Weging", overwrite=False)
    found = read_grid(tmp_path / name)
    assert found.file == name
    assert found.sheet == (None if name.lower().endswith("csv") else "Weging")
    rows = [tuple((*row, "")[:4]) for row in found.rows]
    if found.sheet is None:
        assert rows[-1] == ("", "'=1+1", "_x000D_", "'-3\x07")
        rows[-1] = FULL[-1]
    assert rows == list(FULL)


@pytest.mark.parametrize("name", ["formulier.xlsx", "formulier.csv"])
def test_the_same_rows_are_the_same_bytes(name: str, tmp_path: Path) -> None:
    """A form is the same file each time it is made."""
    for folder in ("een", "twee"):
        write_grid(tmp_path / folder / name, ROWS, sheet="Weging", overwrite=False)
    first, second = ((tmp_path / folder / name).read_bytes() for folder in ("een", "twee"))
    assert first == second


def test_no_cell_of_a_form_is_a_formula(tmp_path: Path) -> None:
    """A question that starts with = is text, in a file that anyone may open."""
    write_grid(tmp_path / "x.xlsx", ROWS, sheet="Weging", overwrite=False)
    page = load_workbook(tmp_path / "x.xlsx").worksheets[0]
    assert {cell.data_type for row in page.iter_rows() for cell in row if cell.value} == {"s"}
    assert page.freeze_panes == "F2"


def test_a_form_is_only_replaced_when_asked(tmp_path: Path) -> None:
    """What stands there stays, as it may be filled in."""
    path = tmp_path / "x.csv"
    path.write_bytes(b"ingevuld")
    with pytest.raises(OutputError):
        write_grid(path, ROWS, sheet="Weging", overwrite=False)
    assert path.read_bytes() == b"ingevuld"
    write_grid(path, ROWS, sheet="Weging", overwrite=True)
    assert read_grid(path).rows[0] == ROWS[0]


# --- CSV as people save it ----------------------------------------------------------------------


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [";", ","])
def test_every_csv_that_a_spreadsheet_saves_is_read(
    delimiter: str, end: str, mark: bytes, tmp_path: Path
) -> None:
    """Semicolons or commas, each kind of line end, with and without a byte-order mark."""
    lines = ["sleutel;vraag;Jan", 'a;"x;y, z";2.5', "b; ruim ;"]
    text = end.join(lines).replace(";", delimiter).replace(f"x{delimiter}y", "x;y")
    (tmp_path / "x.csv").write_bytes(mark + text.encode())
    found = read_grid(tmp_path / "x.csv")
    assert found.rows == (("sleutel", "vraag", "Jan"), ("a", "x;y, z", "2.5"), ("b", "ruim", ""))
    assert found.place(1, 2) == Place("x.csv", 2, 3)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-empty"),
        ("a;b\n".encode("utf-16"), "file-utf16"),
        (b"a;caf\xe9\n", "file-not-utf8"),
        (b"a;b\x00\n", "file-binary"),
        (b'a;"b\n', "form-broken"),
        (b'a;"b"c\n', "form-broken"),
        (b'a;"' + b"x" * 200_000 + b'"\n', "form-broken"),
    ],
)
def test_a_csv_that_cannot_be_read_is_told(content: bytes, code: str, tmp_path: Path) -> None:
    """Another encoding, quotes that do not close and a cell without end are refused."""
    (tmp_path / "x.csv").write_bytes(content)
    assert _codes(tmp_path / "x.csv") == [code]


# --- workbooks as people fill them in -----------------------------------------------------------


def test_numbers_are_read_with_every_digit(tmp_path: Path) -> None:
    """A number gives the shortest text that reads back, and never one that is doubtful."""
    path = _book(tmp_path / "x.xlsx", [["Jan", 40, 2.5, 1.234, 1 / 3, " E 3 ", True, None]])
    shown = ("Jan", "40", "2.5", "1.2340", "0.3333333333333333", "E 3", "True")
    assert read_grid(path).rows[0][:7] == shown


def test_what_is_no_answer_is_refused_with_its_cell(tmp_path: Path) -> None:
    """A formula, a date and an error are each told with their cell, all at once."""
    day = dt.date(2026, 3, 1)
    path = _book(tmp_path / "x.xlsx", [["a", "=B2+1", 4], ["b", 100, day], ["c", "#DIV/0!", "="]])
    told = [(fault.code, fault.place.cell) for fault in _faults(path)]
    assert told == [("number-formula", "B1"), ("number-date", "C2"), ("number-invalid", "B3")]
    assert {fault.place.sheet for fault in _faults(path)} == {"Blad 1"}


def test_only_the_first_sheet_is_the_form(tmp_path: Path) -> None:
    """Sheets behind the form may hold anything, formulas too."""
    path = _book(tmp_path / "x.xlsx", [["a", 1]])
    book = load_workbook(path)
    book.create_sheet("Kladblok").append(["=1+1", dt.date(2026, 1, 1)])
    book.save(path)
    assert read_grid(path).rows == (("a", "1"),)


def test_a_place_is_a_cell_beyond_z_too() -> None:
    """The 28th column is AB, and the row is counted from 1."""
    assert Grid("x.xlsx", "Weging", ()).place(2, 27) == Place("x.xlsx", sheet="Weging", cell="AB3")


# --- what is no form ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["x.ods", "x.xls", "x.xlsm", "x", "x.csv.txt"])
def test_another_kind_of_file_is_refused(name: str, tmp_path: Path) -> None:
    """Neither written nor read, whatever is in it."""
    with pytest.raises(OutputError) as caught:
        write_grid(tmp_path / name, ROWS, sheet="Weging", overwrite=True)
    assert [fault.code for fault in caught.value.faults] == ["form-format"]
    sentences(caught.value.faults)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / name).write_bytes(b"a;b\n")
    assert _codes(tmp_path / name) == ["form-format"]


@pytest.mark.parametrize("name", ["x.xlsx", "x.csv"])
def test_a_form_that_is_not_there_is_told(name: str, tmp_path: Path) -> None:
    """A file that is missing, or a folder, is no form."""
    assert _codes(tmp_path / name) == ["file-missing"]
    (tmp_path / name).mkdir()
    assert _codes(tmp_path / name) == ["file-missing"]


def _with_part(content: bytes, name: str, part: bytes) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(stream, "w") as target:
        for each in source.namelist():
            target.writestr(each, part if each == name else source.read(each))
    return stream.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
CELL = (
    b"<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'>"
    b"<sheetData><row r='1'>%s</row></sheetData></worksheet>"
)


@pytest.mark.parametrize(
    "part",
    [
        b"<worksheet",
        b"",
        CELL % b"<c r='A1' t='s'><v>99</v></c>",
        CELL % b"<c r='A1'><v>x1</v></c>",
    ],
)
def test_a_broken_sheet_is_told(part: bytes, tmp_path: Path) -> None:
    """XML that stops, is empty, or points at text that is not there: a sentence, no crash."""
    path = _book(tmp_path / "x.xlsx", [["a", 1]])
    path.write_bytes(_with_part(path.read_bytes(), SHEET, part))
    assert _codes(path) == ["form-broken"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "workbook-not-a-workbook"),
        (b"a;b\n", "workbook-not-a-workbook"),
        (b"PK\x03\x04 and no more", "workbook-broken"),
    ],
)
def test_what_is_no_workbook_is_told(content: bytes, code: str, tmp_path: Path) -> None:
    """A broken zip and a text under the name of a workbook are refused."""
    (tmp_path / "x.xlsx").write_bytes(content)
    assert _codes(tmp_path / "x.xlsx") == [code]


def test_a_workbook_is_cut_off_anywhere_without_a_crash(tmp_path: Path) -> None:
    """Whatever is left of a file after a failed copy, it is refused in a sentence."""
    path = _book(tmp_path / "x.xlsx", [["a", "b", 1], ["c", "d", 2]])
    content = path.read_bytes()
    for size in range(7, len(content), 397):
        path.write_bytes(content[:size])
        assert _codes(path)

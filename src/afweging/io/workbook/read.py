"""A decision problem from a workbook (.xlsx), as people fill it in with Excel or LibreOffice."""

from __future__ import annotations

import warnings
import zipfile
import zlib
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from afweging.errors import Place, ProblemFileError
from afweging.io.document import Faults
from afweging.io.problem import build_problem
from afweging.io.workbook.cells import unescaped
from afweging.io.workbook.documents import problem_document, profiles_document, sources_document
from afweging.io.workbook.effects import effects_table
from afweging.io.workbook.guard import merged_ranges, read_package
from afweging.io.workbook.layout import INTRO, folded, sheet_name
from afweging.io.workbook.records import Reading
from afweging.io.workbook.table import CellValue, Odd, RawSheet, read_tables
from afweging.io.workbook.words import in_workbook_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

    from afweging.io.problem import Stale
    from afweging.io.workbook.table import RawRow
    from afweging.model.problem import DecisionProblem

MOST_CELLS = 20_000_000  # a full sheet of effects has eleven million

# what openpyxl raises on a package that is no sound workbook
BROKEN = (
    AttributeError,
    EOFError,
    SyntaxError,  # of XML: what openpyxl parses with depends on whether lxml is there
    IndexError,
    InvalidFileException,
    KeyError,
    OverflowError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)


def read_workbook(path: Path, *, stale: Stale = "refuse") -> DecisionProblem:
    """Return the decision problem in the workbook at `path`.

    Raises
    ------
    ProblemFileError
        With every fault in the workbook, in the order of its sheets.
    """
    faults = Faults()
    content = read_package(path, faults)
    sheets = None if content is None else _sheets(content, path.name, faults)
    if sheets is None:
        raise ProblemFileError(faults)
    tables = read_tables(sheets, file=path.name, faults=faults)
    reading = Reading(tables, path.name, faults)
    problem = problem_document(reading)
    profiles, sources = profiles_document(reading), sources_document(reading)
    effects = effects_table(reading, problem)
    try:
        return build_problem(problem, profiles, sources, effects, faults, stale=stale)
    except ProblemFileError as error:
        raise ProblemFileError(in_workbook_words(error.faults, tables)) from None


def _sheets(content: bytes, file: str, faults: Faults) -> list[RawSheet] | None:
    """Return the sheets with their plain cells, or None after noting that it cannot be read."""
    try:
        with quiet():
            book = load_workbook(BytesIO(content), read_only=True, keep_links=False)
            return [
                _sheet(sheet, content, file, faults)
                for sheet in book.worksheets
                if folded(sheet.title) != folded(sheet_name(INTRO))
            ]
    except BROKEN as error:
        faults.add("workbook-broken", Place(file=file), f"{type(error).__name__}: {error}")
        return None


@contextmanager
def quiet() -> Iterator[None]:
    """Keep openpyxl from warning about what it does not read (colours, extensions)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _sheet(sheet: ReadOnlyWorksheet, content: bytes, file: str, faults: Faults) -> RawSheet:
    sheet.reset_dimensions()  # programs write them wrong; without, every cell is read
    rows: list[RawRow] = []
    seen = 0
    for number, cells in enumerate(sheet.iter_rows(), start=1):  # type: ignore[misc]
        seen += len(cells)
        if seen > MOST_CELLS:
            faults.add("workbook-too-many-cells", Place(file=file, sheet=sheet.title))
            break
        values = [_plain(cell) for cell in cells]
        if any(value is not None for value in values):
            rows.append((number, values))
    # merged cells stand only in the part itself, and openpyxl alone knows which part that is
    part: str = sheet._worksheet_path  # type: ignore[attr-defined]  # noqa: SLF001
    return RawSheet(sheet.title, rows, merged_ranges(content, part))


def _plain(cell: Cell | MergedCell) -> CellValue:
    """Return what a cell holds as a plain value, or as an `Odd` where it is none."""
    value, kind = cell.value, cell.data_type
    if value is None:
        return None
    if kind == "s":
        return unescaped(str(value)) or None
    if kind == "n" and isinstance(value, int | float):
        percent = "%" in (cell.number_format or "")
        return Odd("workbook-percent", f"{100 * value:g}%") if percent else value
    if kind == "b":
        return bool(value)
    if kind == "f":
        return Odd("workbook-formula", str(getattr(value, "text", value)))
    return _odd(value, cell.number_format or "")


def _odd(value: object, form: str) -> Odd:
    if isinstance(value, datetime) and value.time() == time(0):
        day = value.date().isoformat()
        return Odd("workbook-date", day, day if "d" in form.lower() else day[:7])
    if isinstance(value, datetime | date | time | timedelta):
        return Odd("workbook-date", str(value))
    return Odd("workbook-error", str(value))

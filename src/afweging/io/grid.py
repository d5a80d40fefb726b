"""A plain table of cells in a workbook (.xlsx) or a CSV file, each cell with its place."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import TYPE_CHECKING

from afweging.errors import Fault, OutputError, Place, ProblemFileError
from afweging.io.document import Faults
from afweging.io.files import decode, read_bytes, write_files

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

Row = tuple[str, ...]
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
WIDTHS = (26, 24, 60, 70, 44)  # of the first columns of a sheet; the others are narrow


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of a table as texts; `sheet` is None for a CSV file."""

    file: str
    sheet: str | None
    rows: tuple[Row, ...]

    def place(self, row: int, column: int) -> Place:
        """Return where a cell stands, both counted from 0."""
        if self.sheet is None:
            return Place(self.file, row + 1, column + 1)
        from afweging.io.workbook.table import column_letter  # noqa: PLC0415

        return Place(self.file, sheet=self.sheet, cell=f"{column_letter(column)}{row + 1}")


def write_grid(path: Path, rows: Sequence[Sequence[str]], *, sheet: str, overwrite: bool) -> None:
    """Write rows of text as a workbook or, by the name of the file, as CSV.

    Raises
    ------
    OutputError
        When the name ends in neither, something stands there already, or writing fails.
    """
    suffix = path.suffix.lower()
    if suffix not in (".xlsx", ".csv"):
        raise OutputError([Fault("form-format", Place(path.name), str(path))])
    content = _csv(rows) if suffix == ".csv" else _workbook(rows, sheet)
    write_files({path: content}, overwrite=overwrite)


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    stream = StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    # text that a spreadsheet would take for a formula is led by an apostrophe
    writer.writerows([f"'{t}" if t.startswith(_FORMULA) else t for t in row] for row in rows)
    return b"\xef\xbb\xbf" + stream.getvalue().encode("utf-8")


def _workbook(rows: Sequence[Sequence[str]], sheet: str) -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415 - only for a workbook
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415

    from afweging.io.workbook.cells import escaped  # noqa: PLC0415
    from afweging.io.workbook.write import timeless  # noqa: PLC0415

    book = Workbook()
    page = book.worksheets[0]
    page.title = sheet
    for number, row in enumerate(rows, start=1):
        for place, text in enumerate(row, start=1):
            cell = page.cell(number, place)
            if text:
                cell.value, cell.data_type = escaped(text), "s"  # text, also where it starts with =
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=number == 1)
    for letter, width in zip("ABCDE", WIDTHS, strict=True):
        page.column_dimensions[letter].width = width
    page.freeze_panes = "F2"
    stream = BytesIO()
    book.save(stream)
    return timeless(stream.getvalue())


def read_grid(path: Path) -> Grid:
    """Return the cells of a workbook's first sheet, or of a CSV file.

    Raises
    ------
    ProblemFileError
        When the file is not there, is none of both, or a cell holds a formula or a date.
    """
    if path.suffix.lower() not in (".xlsx", ".csv"):
        raise ProblemFileError([Fault("form-format", Place(path.name), str(path))])
    faults = Faults()
    if path.suffix.lower() == ".csv":
        grid = _read_csv(path, faults)
    else:
        grid = _read_workbook(path, faults)
    if faults or grid is None:
        raise ProblemFileError(faults)
    return grid


def _read_csv(path: Path, faults: Faults) -> Grid | None:
    content = read_bytes(path, folder=path.parent, faults=faults)
    text = None if content is None else decode(content, file=path.name, faults=faults)
    if text is None:
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    head = text.split("\n", 1)[0]
    delimiter = ";" if head.count(";") >= head.count(",") else ","
    try:
        rows = list(csv.reader(StringIO(text), delimiter=delimiter, strict=True))
    except csv.Error as error:
        faults.add("form-broken", Place(path.name), str(error))
        return None
    return Grid(path.name, None, tuple(tuple(cell.strip() for cell in row) for row in rows))


def _read_workbook(path: Path, faults: Faults) -> Grid | None:
    from openpyxl import load_workbook  # noqa: PLC0415 - only for a workbook

    from afweging.io.workbook.guard import read_package  # noqa: PLC0415
    from afweging.io.workbook.read import BROKEN, quiet  # noqa: PLC0415

    content = read_package(path, faults)
    if content is None:
        return None
    try:
        with quiet():
            page = load_workbook(BytesIO(content), read_only=True).worksheets[0]
            page.reset_dimensions()
            found = [[(cell.value, cell.data_type) for cell in row] for row in page.iter_rows()]
    except BROKEN as error:
        faults.add("form-broken", Place(path.name), type(error).__name__)
        return None
    grid = Grid(path.name, page.title, tuple(tuple(_text(v) for v, _ in row) for row in found))
    for r, row in enumerate(found):
        for c, (value, kind) in enumerate(row):
            if kind in ("f", "d", "e"):
                code = {"f": "number-formula", "d": "number-date", "e": "number-invalid"}[kind]
                faults.add(code, grid.place(r, c), str(value))
    return grid


def _text(value: object) -> str:
    """Return a cell as text; a number as the shortest text that reads back."""
    if value is None:
        return ""
    if isinstance(value, str):
        from afweging.io.workbook.cells import unescaped  # noqa: PLC0415

        return unescaped(value).strip()
    if isinstance(value, float):
        from afweging.io.numbers import write_number  # noqa: PLC0415

        return write_number(value)
    return str(value).strip()

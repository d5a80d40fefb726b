"""A decision problem as a workbook (.xlsx) that people fill in with Excel or LibreOffice.

The same problem gives the same bytes. Text is always written as text, whatever it looks like.
"""

from __future__ import annotations

import re
import zipfile
from datetime import datetime
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

from afweging.errors import Fault, OutputError, Place
from afweging.io.files import write_files
from afweging.io.workbook.cells import escaped
from afweging.io.workbook.intro import intro_rows
from afweging.io.workbook.layout import (
    CHOICES,
    INTRO,
    LAST_ROW,
    SHEET,
    SHEETS,
    Column,
    Sheet,
    heading,
    help_key,
    label,
    sheet_name,
)
from afweging.io.workbook.rows import sheet_rows
from afweging.io.workbook.table import column_letter
from afweging.wording import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from openpyxl.cell import Cell as SheetCell
    from openpyxl.worksheet.worksheet import Worksheet

    from afweging.io.workbook.rows import Cell
    from afweging.model.problem import DecisionProblem

LONGEST_TEXT = 32_767  # signs in a cell, in Excel and in LibreOffice
_CREATED = datetime(1980, 1, 1)  # noqa: DTZ001 - workbooks and zip files know no time zones
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_CREATION = rb"\g<1>1980-01-01T00:00:00Z"
_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBERS = ("number", "number-or-id")
_TEXT_FORMAT = "@"
_FONT = "Calibri"
_INTRO_WIDTHS = (22, 42, 86, 86)
_LINE = {"title": 28, "section": 26}  # height of one line, in points
_LINE_OF_TEXT = 15.5
_MOST_LINES = 12
_FORMATS = {"euro_per_year": "#,##0"}
_WIDEST = 64
_SAMPLE = 200  # rows that decide the width of a column
_NL = Words("nl")


def write_workbook(problem: DecisionProblem, path: Path, *, overwrite: bool = False) -> None:
    """Write `problem` as a workbook to `path`, whole or not at all.

    Raises
    ------
    OutputError
        When a file stands there already and `overwrite` is false, when the problem does not fit
        in a workbook, or when writing fails.
    """
    write_files({path: workbook_bytes(problem, name=path.name)}, overwrite=overwrite)


def workbook_bytes(problem: DecisionProblem, *, name: str) -> bytes:
    """Return the workbook of `problem`; `name` is how faults call it.

    Raises
    ------
    OutputError
        When a sheet would have too many rows, or a cell too long a text.
    """
    rows = sheet_rows(problem)
    faults = [fault for sheet in SHEETS for fault in _too_large(sheet, rows[sheet.key], name)]
    if faults:
        raise OutputError(faults)
    book = Workbook(write_only=True)
    book.properties.creator = "afweging"
    book.properties.created = _CREATED
    _write_intro(book.create_sheet(sheet_name(INTRO)))
    for sheet in SHEETS:
        _write_sheet(book.create_sheet(sheet_name(sheet.key)), sheet, rows)
    stream = BytesIO()
    book.save(stream)
    return timeless(stream.getvalue())


def _too_large(sheet: Sheet, rows: Sequence[Sequence[Cell]], name: str) -> list[Fault]:
    place = Place(file=name, sheet=sheet_name(sheet.key))
    if len(rows) >= LAST_ROW:
        return [
            Fault(
                "workbook-too-many-rows",
                Place(file=name),
                sheet_name(sheet.key),
                {"rows": len(rows) + 1, "limit": LAST_ROW},
            )
        ]
    return [
        Fault("workbook-text-too-long", place, len(cell), {"limit": LONGEST_TEXT})
        for row in rows
        for cell in row
        if isinstance(cell, str)
        and len(cell) > LONGEST_TEXT // 7
        and len(escaped(cell)) > LONGEST_TEXT
    ]


# --- the first sheet ----------------------------------------------------------------------------


def _write_intro(sheet: Worksheet) -> None:
    sheet.sheet_view.showGridLines = False
    for letter, width in zip("ABCD", _INTRO_WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    _set_page(sheet)
    cells: dict[tuple[str, int], SheetCell] = {}
    merged: list[str] = []
    for number, (style, texts) in enumerate(intro_rows(), start=1):
        widths: Sequence[int] = _INTRO_WIDTHS
        if style == "wide":  # one text over three columns
            merged.append(f"A{number}:C{number}")
            widths = (sum(_INTRO_WIDTHS[:3]),)
        lines = max(ceil(0.95 * len(t) / room) for t, room in zip(texts, widths, strict=False))
        sheet.row_dimensions[number].height = _LINE.get(style, _LINE_OF_TEXT * lines)
        for place, text in enumerate(texts):
            if (style, place) not in cells:  # one cell per style, used again and again
                cells[style, place] = _styled(sheet, "", style)
            cells[style, place].value = escaped(text)
        sheet.append([cells[style, place] for place in range(len(texts))])
    # openpyxl keeps them in a set, whose order differs from run to run; it writes any sequence
    sheet.merged_cells = merged  # type: ignore[assignment]


def _styled(sheet: Worksheet, text: str, style: str) -> SheetCell:
    cell = WriteOnlyCell(sheet, escaped(text))
    cell.alignment = Alignment(wrap_text=style not in _LINE, vertical="top")
    if style in _LINE:
        cell.font = Font(_FONT, bold=True, size=16 if style == "title" else 13)
    if style == "head":
        _make_heading(cell)
    return cell


# --- the sheets with tables ---------------------------------------------------------------------


def _write_sheet(sheet: Worksheet, layout: Sheet, rows: dict[str, list[list[Cell]]]) -> None:
    _set_page(sheet)
    if layout.upright:
        _write_upright(sheet, layout, rows[layout.key][0])
        return
    own = rows[layout.key]
    last = min(len(own) + 1 + layout.spare, LAST_ROW)
    for index, column in enumerate(layout.columns):
        _set_column(sheet, layout, index, column, own)
        _offer(sheet, column, f"{column_letter(index)}2:{column_letter(index)}{last}", rows)
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{column_letter(len(layout.columns) - 1)}{len(own) + 1}"
    sheet.print_title_rows = "1:1"
    sheet.row_dimensions[1].height = 48
    sheet.append([_heading(sheet, layout, column) for column in layout.columns])
    writers = [_Writer(sheet, column) for column in layout.columns]
    widths = [sheet.column_dimensions[column_letter(i)].width for i in range(len(writers))]
    for number, row in enumerate(own, start=2):
        if layout.key != "effects":  # its cells fit on one line
            _set_height(sheet, number, row, widths)
        sheet.append([write.cell(value) for write, value in zip(writers, row, strict=True)])


def _set_height(
    sheet: Worksheet, number: int, cells: Sequence[Cell], widths: Sequence[float]
) -> None:
    """Make a row as high as its longest text needs, up to a limit; programs do not do it all."""
    lines = max((_lines(cell, width) for cell, width in zip(cells, widths, strict=True)), default=1)
    if lines > 1:
        sheet.row_dimensions[number].height = _LINE_OF_TEXT * min(lines, _MOST_LINES)


def _lines(cell: Cell, width: float) -> int:
    return sum(max(1, ceil(len(line) / width)) for line in str(cell or "").split("\n"))


def _write_upright(sheet: Worksheet, layout: Sheet, values: Sequence[Cell]) -> None:
    """Write one field per row: its name, its value and what it is."""
    for letter, width in zip("ABC", (26, 90, 60), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "B2"
    titles = [_NL.text(f"workbook.title.{key}") for key in ("field", "value", "explanation")]
    sheet.append([_make_heading(WriteOnlyCell(sheet, title)) for title in titles])
    for number, (column, value) in enumerate(zip(layout.columns, values, strict=True), start=2):
        about = _styled(sheet, _NL.text(help_key(layout.key, column.key)), "text")
        cells = [_heading(sheet, layout, column), _Writer(sheet, column).cell(value), about]
        _set_height(sheet, number, [value], [90])
        sheet.append(cells)


def _heading(sheet: Worksheet, layout: Sheet, column: Column) -> SheetCell:
    name = heading(layout.key, column.key)
    return _make_heading(WriteOnlyCell(sheet, f"{name} *" if column.required else name))


def _make_heading(cell: SheetCell) -> SheetCell:
    cell.font = Font(_FONT, bold=True, color="FF1F1F1F")
    cell.fill = PatternFill("solid", fgColor="FFDCE6F1")
    cell.alignment = Alignment(horizontal="left", vertical="top", wrap_text=True)
    cell.border = Border(bottom=Side("thin", color="FF7F7F7F"))
    return cell


def _set_page(sheet: Worksheet) -> None:
    """Print on sheets of A4, lying, as wide as the table."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _set_column(
    sheet: Worksheet,
    layout: Sheet,
    index: int,
    column: Column,
    rows: Sequence[Sequence[Cell]],
) -> None:
    """Give a column its width and the style of its empty cells."""
    dimension = sheet.column_dimensions[column_letter(index)]
    dimension.width = _width(layout, index, column, rows)
    dimension.alignment = _alignment(column)
    general = _FORMATS.get(column.key, "General")
    dimension.number_format = general if column.kind in _NUMBERS else _TEXT_FORMAT


def _alignment(column: Column) -> Alignment:
    side = "right" if column.kind in _NUMBERS else "left"
    indent = 1 if side == "right" else 0  # room between a number and the text beside it
    return Alignment(horizontal=side, vertical="top", wrap_text=True, indent=indent)


def _width(layout: Sheet, index: int, column: Column, rows: Sequence[Sequence[Cell]]) -> float:
    """Return a width in which the longest word of the heading and most values fit."""
    name = heading(layout.key, column.key)
    longest_word = max(len(word) for word in name.split())
    values = [len(str(row[index])) for row in rows[:_SAMPLE] if row[index] is not None]
    least = max(longest_word + 5, len(name) / 2.5 + 3, 11)
    widest = _WIDEST if column.kind == "text" else _WIDEST / 2
    return max(least, min(max(values, default=0) + 3, widest))


class _Writer:
    """Writes the cells of one column, one after the other, with one style object for all."""

    def __init__(self, sheet: Worksheet, column: Column) -> None:
        self._plain = WriteOnlyCell(sheet)
        self._quoted = WriteOnlyCell(sheet)
        self._number = WriteOnlyCell(sheet)
        for cell in (self._plain, self._quoted, self._number):
            cell.alignment = _alignment(column)
            if column.key == "unit":  # filled in to be read, not to be changed
                cell.fill = PatternFill("solid", fgColor="FFEDEDED")
                cell.font = Font(_FONT, italic=True, color="FF595959")
        for cell in (self._plain, self._quoted):
            cell.number_format = _TEXT_FORMAT
        self._quoted.quotePrefix = True
        self._number.number_format = _FORMATS.get(column.key, "General")

    def cell(self, value: Cell) -> SheetCell | None:
        """Return the cell for a value; it holds until the next."""
        if value is None:
            return None
        if isinstance(value, str):
            cell = self._quoted if value.startswith(_LIKE_A_FORMULA) else self._plain
            cell.value, cell.data_type = escaped(value), "s"
            return cell
        # as text of a number cell: openpyxl itself would round to 16 digits
        self._number.value, self._number.data_type = repr(value), "n"
        return self._number


def _offer(sheet: Worksheet, column: Column, cells: str, rows: dict[str, list[list[Cell]]]) -> None:
    """Give the cells a drop-down; where only its values are right, warn about others."""
    formula = _list_formula(column, rows)
    if formula is None:
        return
    strict = column.kind in {"id", "choice", "yes-no"} and not column.offers
    validation = DataValidation(
        type="list",
        formula1=formula,
        allow_blank=True,
        showErrorMessage=strict,
        errorStyle="warning",
        errorTitle=_NL.text("workbook.dropdown.title"),
        error=_NL.text("workbook.dropdown.text"),
    )
    validation.add(cells)
    sheet.data_validations.append(validation)


def _list_formula(column: Column, rows: dict[str, list[list[Cell]]]) -> str | None:
    if column.refers is not None:
        last = len(rows[column.refers]) + SHEET[column.refers].spare + 1
        name = sheet_name(column.refers)
        name = name if name.isalpha() else "'" + name.replace("'", "''") + "'"
        start, all_ids = f"{name}!$A$2", f"{name}!$A$2:$A${last}"
        return f"OFFSET({start},0,0,MAX(1,COUNTA({all_ids})),1)"
    if column.choices is not None:
        return _quoted_list(label(column.choices, value) for value in CHOICES[column.choices])
    if column.kind == "yes-no":
        return _quoted_list(_NL.text(f"workbook.choice.{answer}") for answer in ("yes", "no"))
    return _quoted_list(column.offers) if column.offers else None


def _quoted_list(values: Iterable[str]) -> str:
    return f'"{",".join(values)}"'


# --- the package --------------------------------------------------------------------------------


def timeless(content: bytes) -> bytes:
    """Return the package with one date for every part, so that equal contents are equal bytes."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "docProps/core.xml":
                part = _MODIFIED.sub(_CREATION, part)
            info = zipfile.ZipInfo(name, _CREATED.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            target.writestr(info, part)
    return stream.getvalue()

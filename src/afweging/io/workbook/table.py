"""From the raw cells of sheets to tables with known columns; every heading is accounted for.

Knows no library: cells come as plain values, or as an `Odd` where the spreadsheet holds
something that is no fixed text, number or yes/no.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING

from afweging.errors import Place
from afweging.io.workbook.layout import (
    INTRO,
    NOTES,
    SHEET,
    SHEETS,
    Sheet,
    folded,
    heading,
    sheet_name,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from afweging.io.document import Faults


@dataclass(frozen=True, slots=True)
class Odd:
    """A cell that holds no plain value: the fault it may be, and what it shows.

    A date also knows its day in the form 2026-11-24, or 2026-11 where the cell shows no day.
    """

    code: str
    shown: str
    day: str | None = None


CellValue = str | int | float | bool | Odd | None
RawRow = tuple[int, "Sequence[CellValue]"]


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet as it stands in the file: its rows with their numbers, and its merged cells."""

    name: str
    rows: Sequence[RawRow]
    merged: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a sheet below its heading; `columns` tells where each column stands, from 0.

    Of an upright sheet there is one row, and a column stands on a row of the sheet.
    """

    sheet: Sheet
    name: str
    file: str
    columns: dict[str, int]
    rows: list[RawRow] = field(default_factory=list)

    def value(self, row: RawRow, key: str) -> CellValue:
        """Return what a row holds in a column; None where there is nothing."""
        index = self.columns.get(key)
        return None if index is None or index >= len(row[1]) else row[1][index]

    def place(self, row: RawRow, key: str) -> Place:
        """Return the place of a cell, or of the start of its row where there is no such column."""
        index = self.columns.get(key, 0)
        cell = f"B{index + 1}" if self.sheet.upright else f"{column_letter(index)}{row[0]}"
        return Place(file=self.file, sheet=self.name, cell=cell)

    @property
    def whole(self) -> Place:
        """The place of the sheet."""
        return Place(file=self.file, sheet=self.name)


def column_letter(index: int) -> str:
    """Return the letters of a column counted from 0.

    Examples
    --------
    >>> column_letter(0), column_letter(25), column_letter(26)
    ('A', 'Z', 'AA')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def read_tables(sheets: Iterable[RawSheet], *, file: str, faults: Faults) -> dict[str, Table]:
    """Return the tables in the sheets by key, after noting what is wrong with their form.

    A sheet that is not needed may be absent or wholly empty.
    """
    keys = {folded(sheet_name(sheet.key)): sheet.key for sheet in SHEETS}
    found: dict[str, Table] = {}
    strange: list[str] = []
    for raw in sheets:
        key = keys.get(folded(raw.name))
        if key is not None and key not in found:
            found[key] = _table(SHEET[key], raw, file, faults)
        elif not _is_users_own(raw.name) and folded(raw.name) != folded(sheet_name(INTRO)):
            strange.append(raw.name)
    absent = [sheet.key for sheet in SHEETS if sheet.key not in found]
    for name in strange:
        near = _near(name, [sheet_name(key) for key in absent])
        faults.add("workbook-sheet-unknown", Place(file=file, sheet=name), name, near=near)
    for key in absent:
        if SHEET[key].required:
            faults.add("workbook-sheet-missing", Place(file=file), sheet_name(key))
    return found


def _is_users_own(name: str) -> bool:
    return folded(name).startswith(NOTES)


def _near(name: str, known: Sequence[str]) -> str | None:
    by_fold = {folded(each): each for each in known}
    found = get_close_matches(folded(name), list(by_fold), n=1)
    return by_fold[found[0]] if found else None


def _table(sheet: Sheet, raw: RawSheet, file: str, faults: Faults) -> Table:
    for merged in raw.merged:
        place = Place(file=file, sheet=raw.name, cell=merged.split(":")[0].replace("$", ""))
        faults.add("workbook-merged", place, merged)
    rows = [row for row in raw.rows if not _is_blank(row)]
    head, body = _upright(raw.rows) if sheet.upright else _lying(rows)
    table = Table(sheet, raw.name, file, {})
    if rows or sheet.required:
        _read_headings(table, head, body, faults)
    table.rows.extend(body)
    return table


def _is_blank(row: RawRow) -> bool:
    return all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in row[1])


def _lying(rows: Sequence[RawRow]) -> tuple[Sequence[CellValue], list[RawRow]]:
    """Return the headings in row 1 and the rows below; without row 1 there are no headings."""
    if rows and rows[0][0] == 1:
        return rows[0][1], list(rows[1:])
    return (), list(rows)


def _upright(rows: Sequence[RawRow]) -> tuple[Sequence[CellValue], list[RawRow]]:
    """Return the headings in the first column below row 1, and the second column as one row.

    Item n of both stands on row n + 1 of the sheet.
    """
    length = max((number for number, _ in rows), default=1)
    head: list[CellValue] = [None] * length
    body: list[CellValue] = [None] * length
    for number, cells in rows:
        if number > 1:
            head[number - 1] = cells[0] if cells else None
            body[number - 1] = cells[1] if len(cells) > 1 else None
    return head, [(1, body)]


def _read_headings(
    table: Table, head: Sequence[CellValue], body: Sequence[RawRow], faults: Faults
) -> None:
    """Note headings that are unknown, repeated or missing; keep where each column stands."""
    known = {folded(heading(table.sheet.key, c.key)): c.key for c in table.sheet.columns}
    strange: list[tuple[int, str]] = []
    for index, cell in enumerate(head):
        text = cell.shown if isinstance(cell, Odd) else "" if cell is None else str(cell)
        key = known.get(folded(text))
        if not text.strip():
            _check_under_nothing(table, index, body, faults)
        elif key is None:
            strange += [] if _is_users_own(text) else [(index, text.strip())]
        elif key in table.columns:
            faults.add("workbook-column-twice", _head_place(table, index), text.strip())
        else:
            table.columns[key] = index
    for index in range(len(head), max((len(cells) for _, cells in body), default=0)):
        _check_under_nothing(table, index, body, faults)
    _check_columns(table, strange, faults)


def _check_columns(table: Table, strange: list[tuple[int, str]], faults: Faults) -> None:
    key = table.sheet.key
    absent = [column for column in table.sheet.columns if column.key not in table.columns]
    names = [heading(key, column.key) for column in absent]
    for index, text in strange:
        place = _head_place(table, index)
        faults.add("workbook-column-unknown", place, text, near=_near(text, names))
    for column, name in zip(absent, names, strict=True):
        if column.required:
            faults.add("workbook-column-missing", table.whole, name)


def _head_place(table: Table, index: int) -> Place:
    cell = f"A{index + 1}" if table.sheet.upright else f"{column_letter(index)}1"
    return Place(file=table.file, sheet=table.name, cell=cell)


def _check_under_nothing(table: Table, index: int, body: Sequence[RawRow], faults: Faults) -> None:
    """Note the first value that stands in a column without a heading."""
    for number, cells in body:
        value = cells[index] if index < len(cells) else None
        text = value.shown if isinstance(value, Odd) else "" if value is None else str(value)
        if text.strip():
            cell = f"B{index + 1}" if table.sheet.upright else f"{column_letter(index)}{number}"
            place = Place(file=table.file, sheet=table.name, cell=cell)
            faults.add("workbook-no-heading", place, text)
            return

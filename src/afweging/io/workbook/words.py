"""Faults in the words of the workbook: its headings and labels instead of fields and values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afweging.errors import Fault
from afweging.io.workbook.layout import CHOICES, SHEET, SHEETS, Column, heading, label
from afweging.wording import texts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from afweging.io.workbook.table import Table

_PREFIX = "workbook-"


def in_workbook_words(faults: Iterable[Fault], tables: Mapping[str, Table]) -> list[Fault]:
    """Return the faults in the order of the file, each once, in the words of the workbook.

    At a cell that was refused for what it holds, nothing is said about what it means; and a
    field that lacks its column is not reported for every row.
    """
    by_name = {table.name: table for table in tables.values()}
    found: dict[object, Fault] = {}
    given = list(faults)
    refused = {fault.place for fault in given if fault.code.startswith(_PREFIX)}
    for fault in given:
        table = by_name.get(fault.place.sheet or "")
        if fault.place in refused and not fault.code.startswith(_PREFIX):
            continue
        if fault.code == "field-missing" and table is not None and _lacks_column(fault, table):
            continue
        worded = _worded(fault, table)
        found.setdefault((worded.code, worded.place, str(worded.value)), worded)
    order = {table.name: index for index, table in enumerate(_in_order(tables))}
    return sorted(found.values(), key=lambda fault: _position(fault, order))


def _in_order(tables: Mapping[str, Table]) -> list[Table]:
    return [tables[sheet.key] for sheet in SHEETS if sheet.key in tables]


def _position(fault: Fault, order: Mapping[str, int]) -> tuple[int, int, int, str]:
    """Return where a fault stands: what concerns the whole file or a sheet comes first."""
    cell = fault.place.cell or ""
    letters = cell.rstrip("0123456789")
    row = int(cell.removeprefix(letters) or 0)
    return order.get(fault.place.sheet or "", -1), row, len(letters), letters


def _lacks_column(fault: Fault, table: Table) -> bool:
    name = str(fault.facts.get("field", ""))
    absent = {c.key for c in table.sheet.columns if c.key not in table.columns}
    return any(name in key.split(".") for key in absent)


def _worded(fault: Fault, table: Table | None) -> Fault:
    code, facts = fault.code, dict(fault.facts)
    column = None if table is None else _column_at(fault, table)
    if table is not None and column is not None:
        name = heading(table.sheet.key, column.key)
        if code == "id-unknown" and fault.value == "":
            return Fault("workbook-empty", fault.place, None, {"heading": name})
        if str(facts.get("field", "")) in column.key.split("."):
            facts["field"] = name
        if column.choices is not None and "choices" in facts:
            facts["choices"] = tuple(
                label(column.choices, value) for value in CHOICES[column.choices]
            )
    if "end" in facts:
        facts["end"] = heading("tree", str(facts["end"]))
    if code == "column-missing":
        return Fault("workbook-column-missing", fault.place, heading("effects", str(fault.value)))
    known = texts_of("nl", "workbook_faults")
    return Fault(
        _PREFIX + code if _PREFIX + code in known else code, fault.place, fault.value, facts
    )


def _column_at(fault: Fault, table: Table) -> Column | None:
    """Return the column of the cell at which a fault stands."""
    for column in SHEET[table.sheet.key].columns:
        if column.key in table.columns and fault.place.cell is not None:
            index = table.columns[column.key]
            row = (1, ()) if table.sheet.upright else (_row_number(fault.place.cell), ())
            if table.place(row, column.key).cell == fault.place.cell and index >= 0:
                return column
    return None


def _row_number(cell: str) -> int:
    return int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") or 0)

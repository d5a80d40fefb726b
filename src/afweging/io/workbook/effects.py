"""The sheet with effects as an effects table: columns of text, as from the file of a folder.

A number from a number cell becomes a text that can be read in one way only; a text stays what it
is, so that the check of the table decides about it.
"""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

import numpy as np

from afweging.io.effects_table import ESTIMATES, Column, EffectsTable
from afweging.io.numbers import AMBIGUOUS, write_number
from afweging.io.walk import id_of, is_leaf, mapping, nodes
from afweging.io.workbook.cells import read_cell

if TYPE_CHECKING:
    from afweging.errors import Place
    from afweging.io.document import Document, Faults
    from afweging.io.workbook.layout import Column as SheetColumn
    from afweging.io.workbook.records import Reading
    from afweging.io.workbook.table import CellValue, Table

_AXES = ("scenario", "region", "horizon")
_NEEDED = {"option", "criterion", "mode", "evidence"}


def effects_table(reading: Reading, problem: Document) -> EffectsTable | None:
    """Return the effects as columns of text, or None where there are none to be read."""
    table = reading.tables.get("effects")
    if table is None or not table.columns.keys() >= _NEEDED:
        return None
    if not table.rows:
        reading.faults.add("table-empty", table.whole)
        return None
    refused: set[int] = set()
    texts = {
        column.key: _texts(table, column, refused, reading.faults)
        for column in table.sheet.columns
        if column.key in table.columns
    }
    _check_doubtful(table, texts, problem, refused, reading.faults)
    _check_units(table, texts, problem, reading.faults)
    for row in refused:
        for key in ESTIMATES:
            if key in texts:
                texts[key][row] = ""
    columns = {
        key: _coded(found)
        for key, found in texts.items()
        if key != "unit" and (key not in _AXES or any(found))
    }

    def place(row: int, key: str) -> Place:
        return table.place(table.rows[row], key)

    return EffectsTable(columns, len(table.rows), "point", place, table.whole)


def _coded(texts: list[str]) -> Column:
    order = {text: code for code, text in enumerate(dict.fromkeys(texts))}
    return Column(tuple(order), np.array([order[text] for text in texts], dtype=np.int32))


def _texts(table: Table, column: SheetColumn, refused: set[int], faults: Faults) -> list[str]:
    """Return a column as texts; equal cells are read once, a refused one is empty."""
    known: dict[tuple[type, CellValue], str] = {}
    texts = []
    for index, row in enumerate(table.rows):
        value = table.value(row, column.key)
        key = (type(value), value)
        text = known.get(key)
        if text is None:
            text = _text(column, value, table.place(row, column.key), faults)
            if text is None:
                refused.add(index)
            else:
                known[key] = text
        texts.append(text or "")
    return texts


def _text(column: SheetColumn, value: CellValue, place: Place, faults: Faults) -> str | None:
    """Return a cell as text, or None after noting why it holds neither text nor number."""
    before = len(faults)
    found = read_cell(column, value, place, faults)
    if isinstance(found, bool):
        faults.add("workbook-boolean", place, "WAAR" if found else "ONWAAR")
    elif isinstance(found, float) and not isfinite(found):
        faults.add("number-not-finite", place, str(found), field=column.key)
    if len(faults) > before:
        return None
    if isinstance(found, int | float):
        return write_number(found)
    return "" if found is None else str(found)


def _check_doubtful(
    table: Table,
    texts: dict[str, list[str]],
    problem: Document,
    refused: set[int],
    faults: Faults,
) -> None:
    """Note texts like 1.234 where a number belongs; from a number cell there are none."""
    classes = {
        id_of(node)
        for _, node in nodes(problem)
        if mapping(node.get("value_function")).get("shape") == "ordinal"
    }
    for key in ESTIMATES:
        doubtful = {text for text in set(texts.get(key, ())) if AMBIGUOUS.fullmatch(text)}
        for index, text in enumerate(texts[key] if doubtful else ()):
            if text in doubtful and texts["criterion"][index] not in classes:
                place = table.place(table.rows[index], key)
                faults.add("workbook-number-text", place, text)
                refused.add(index)


def _check_units(
    table: Table, texts: dict[str, list[str]], problem: Document, faults: Faults
) -> None:
    """Note a unit that is not that of the criterion: the numbers may be in another one too."""
    units = {id_of(node): _dutch(node.get("unit")) for _, node in nodes(problem) if is_leaf(node)}
    for index, unit in enumerate(texts.get("unit", ())):
        criterion = texts["criterion"][index]
        expected = units.get(criterion)
        if unit.strip() and expected is not None and unit.strip() != expected.strip():
            place = table.place(table.rows[index], "unit")
            faults.add("workbook-unit", place, unit, criterion=criterion, unit=expected)


def _dutch(unit: object) -> str | None:
    found = mapping(unit).get("nl")
    return found if isinstance(found, str) else None

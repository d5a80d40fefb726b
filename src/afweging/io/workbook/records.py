"""One row at a time: the fields of a record, each with the place of its cell."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from afweging.errors import Place
from afweging.io.document import Document
from afweging.io.workbook.cells import read_cell
from afweging.io.workbook.layout import heading

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from afweging.io.document import Faults, Path
    from afweging.io.workbook.table import RawRow, Table

Record = dict[str, object]


@dataclass(frozen=True, slots=True)
class Reading:
    """What every step of reading needs: the tables of the file by key, and where faults go."""

    tables: dict[str, Table]
    file: str
    faults: Faults

    def document(self, value: Record) -> Document:
        """Return a document whose parts stand in the file as a whole until told otherwise."""
        return Document(value, {(): Place(file=self.file)})

    def rows(self, key: str) -> Iterator[tuple[Table, RawRow]]:
        """Yield the rows of a sheet with their table; none where there is no such sheet."""
        table = self.tables.get(key)
        for row in () if table is None else table.rows:
            if table is not None:
                yield table, row

    def cell(self, table: Table, row: RawRow, key: str) -> object:
        """Return what one cell says."""
        column = next(column for column in table.sheet.columns if column.key == key)
        return read_cell(column, table.value(row, key), table.place(row, key), self.faults)

    def needed(self, table: Table, row: RawRow, key: str) -> str | None:
        """Return the id or label in a cell, or None after noting that it is empty or neither."""
        found = self.cell(table, row, key)
        if found is None and key in table.columns:
            name = heading(table.sheet.key, key)
            self.faults.add("workbook-empty", table.place(row, key), None, heading=name)
        return found if isinstance(found, str) else None

    def known(
        self, table: Table, row: RawRow, key: str, *, what: str, among: Collection[str]
    ) -> str | None:
        """Return the id in a cell where it is one of `among`, or None after noting that."""
        name = self.needed(table, row, key)
        if name is None or name in among:
            return name
        near = next(iter(get_close_matches(name, among, n=1)), None)
        self.faults.add("id-unknown", table.place(row, key), name, what=what, near=near)
        return None

    def record(
        self,
        document: Document,
        path: Path,
        table: Table,
        row: RawRow,
        without: Collection[str] = (),
    ) -> Record:
        """Return the fields of a row as a nested mapping, and note their places under `path`.

        An empty cell gives no field, yet has a place, so that what is missing has one too.
        """
        record: Record = {}
        document.places[path] = table.place(row, table.sheet.columns[0].key)
        for column in table.sheet.columns:
            if column.key not in without and column.key in table.columns:
                keys = tuple(column.key.split("."))
                value = self.cell(table, row, column.key)
                _note_places(document, path, keys, table.place(row, column.key), value)
                if value is not None:
                    _put(record, keys, value)
        return record


def _put(record: Record, keys: tuple[str, ...], value: object) -> None:
    inner: Any = record
    for key in keys[:-1]:
        inner = inner.setdefault(key, {})
    inner[keys[-1]] = value


def _note_places(
    document: Document, path: Path, keys: tuple[str, ...], place: Place, value: object
) -> None:
    for depth in range(1, len(keys)):
        document.places.setdefault((*path, *keys[:depth]), place)
    document.places[(*path, *keys)] = place
    for index in range(len(value) if isinstance(value, list) else 0):
        document.places[(*path, *keys, index)] = place

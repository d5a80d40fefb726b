"""The value tree of a workbook: one flat table of rows that name their parent, made into a tree."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from afweging.io.workbook.layout import CHOICES, label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from afweging.io.document import Document, Path
    from afweging.io.workbook.records import Reading, Record
    from afweging.io.workbook.table import RawRow, Table

DEEPEST = 19  # levels below the whole; problem.yaml can be nested as deep

_OWN = ("kind", "parent")  # columns that say where a row belongs, and are no fields


@dataclass(slots=True)
class _Node:
    """One row, before its place in the tree is known."""

    table: Table
    row: RawRow
    id: str | None
    kind: object
    parent: str | None
    children: list[_Node] = field(default_factory=list)

    @property
    def is_group(self) -> bool:
        """Whether the row says so, or says nothing and has rows under it."""
        return self.kind == "group" or (self.kind != "criterion" and bool(self.children))


def read_tree(reading: Reading, document: Document) -> Record | None:
    """Return the value tree, its places noted under `tree` in `document`; None without any row."""
    nodes = [_node(reading, table, row) for table, row in reading.rows("tree")]
    if "tree" in reading.tables:
        document.places["tree",] = reading.tables["tree"].whole
    if not nodes:
        return None
    by_id = {node.id: node for node in reversed(nodes) if node.id is not None}
    root = _root(reading, nodes)
    for node in nodes:
        _hang(reading, node, by_id)
    if root is None:
        return None
    for node in nodes:
        _check_way_up(reading, node, root, by_id)
    shapes = {key: _rows_of(reading, key, by_id) for key in ("points", "classes")}
    return _Planting(reading, document, shapes).plant(root, ("tree",), 0)


def _rows_of(
    reading: Reading, key: str, known: Mapping[str, _Node]
) -> dict[str, list[tuple[Table, RawRow]]]:
    """Return the rows of a sheet by the criterion that they name, after noting unknown ones."""
    found: dict[str, list[tuple[Table, RawRow]]] = {}
    for table, row in reading.rows(key):
        name = reading.known(table, row, "criterion", what="criterion", among=known)
        if name is not None:
            found.setdefault(name, []).append((table, row))
    return found


def _node(reading: Reading, table: Table, row: RawRow) -> _Node:
    name, kind, parent = (reading.cell(table, row, key) for key in ("id", *_OWN))
    if kind is not None and kind not in CHOICES["node"]:
        choices = tuple(label("node", value) for value in CHOICES["node"])
        place = table.place(row, "kind")
        reading.faults.add("field-choice", place, kind, field="kind", choices=choices)
    return _Node(table, row, _maybe(name), kind, _maybe(parent))


def _maybe(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _root(reading: Reading, nodes: list[_Node]) -> _Node | None:
    """Return the row that hangs under nothing; note where there is none, or a second."""
    free = [node for node in nodes if node.parent is None]
    if not free:
        reading.faults.add("workbook-no-root", nodes[0].table.whole)
        return None
    root = free[0]
    for node in free[1:]:
        place = node.table.place(node.row, "parent")
        reading.faults.add("workbook-roots", place, node.id, root=root.id or "")
    if (weight := root.table.value(root.row, "weight")) is not None:
        place = root.table.place(root.row, "weight")
        reading.faults.add("workbook-root-weight", place, getattr(weight, "shown", weight))
    return root


def _hang(reading: Reading, node: _Node, by_id: dict[str, _Node]) -> None:
    """Put a row under its parent, or note why it cannot hang there."""
    if node.parent is None:
        return
    place = node.table.place(node.row, "parent")
    parent = by_id.get(node.parent)
    if parent is None:
        near = next(iter(get_close_matches(node.parent, by_id, n=1)), None)
        reading.faults.add("id-unknown", place, node.parent, what="group", near=near)
    elif parent.kind == "criterion":
        reading.faults.add("workbook-under-criterion", place, node.parent)
    else:
        parent.children.append(node)


def _check_way_up(reading: Reading, node: _Node, root: _Node, by_id: Mapping[str, _Node]) -> None:
    """Note a row that leads back to itself, or that lies too deep."""
    up: _Node | None = node
    for _ in range(DEEPEST):
        if up is None or up is root:
            return
        up = by_id.get(up.parent or "")
        if up is node:
            place = node.table.place(node.row, "parent")
            reading.faults.add("workbook-loop", place, node.id)
            return
    if up is not None and up is not root:
        place = node.table.place(node.row, "parent")
        reading.faults.add("workbook-too-deep", place, node.id, limit=DEEPEST)


@dataclass(frozen=True, slots=True)
class _Planting:
    """Turns rows into nested records, with the points and classes of their value functions."""

    reading: Reading
    document: Document
    shapes: Mapping[str, Mapping[str, Sequence[tuple[Table, RawRow]]]]

    def plant(self, node: _Node, path: Path, depth: int) -> Record:
        """Return the record of a row and of all rows under it."""
        without = (*_OWN, "weight") if depth == 0 else _OWN
        record = self.reading.record(self.document, path, node.table, node.row, without)
        self._add_points(node, (*path, "value_function"), record)
        self._add_classes(node, (*path, "value_function"), record)
        if node.is_group and depth < DEEPEST:
            first = node.children[0] if node.children else node
            place = first.table.place(first.row, "weight" if node.children else "id")
            self.document.places[(*path, "children")] = place
            record["children"] = [
                self.plant(child, (*path, "children", index), depth + 1)
                for index, child in enumerate(node.children)
            ]
        return record

    def _add_points(self, node: _Node, path: Path, record: Record) -> None:
        """Add the points that name this row, whatever its shape: the check of the form decides."""
        rows = self.shapes["points"].get(node.id or "", ())
        points: list[object] = []
        for index, (table, row) in enumerate(rows):
            spot = (*path, "points", index)
            self.document.places[spot] = table.place(row, "x")
            for item, key in enumerate(("x", "value")):
                self.document.places[(*spot, item)] = table.place(row, key)
            points.append([self.reading.cell(table, row, key) for key in ("x", "value")])
        self._put(record, path, "points", points, rows)

    def _add_classes(self, node: _Node, path: Path, record: Record) -> None:
        rows = self.shapes["classes"].get(node.id or "", ())
        classes: list[object] = [
            self.reading.record(
                self.document, (*path, "classes", index), table, row, ("criterion",)
            )
            for index, (table, row) in enumerate(rows)
        ]
        self._put(record, path, "classes", classes, rows)

    def _put(
        self,
        record: Record,
        path: Path,
        key: str,
        parts: list[object],
        rows: Sequence[tuple[Table, RawRow]],
    ) -> None:
        if rows:
            table, row = rows[0]
            self.document.places[(*path, key)] = table.place(row, "value")
            function: Any = record.setdefault("value_function", {})
            function[key] = parts

"""From a decision problem to the rows of each sheet, cell by cell; the twin of reading."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from afweging.io.disassemble import (
    effects_columns,
    problem_document,
    profiles_document,
    sources_document,
)
from afweging.io.effects_table import ESTIMATES
from afweging.io.workbook.cells import cell_of
from afweging.io.workbook.layout import CHOICES, FLAT, SHEET
from afweging.model.criterion import Ordinal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from afweging.model.problem import DecisionProblem

Cell = str | int | float | None
Record = dict[str, Any]


def sheet_rows(problem: DecisionProblem) -> dict[str, list[list[Cell]]]:
    """Return the rows of every sheet by its key, in the order of its columns."""
    document: Record = problem_document(problem)
    profiles: list[Record] = _parts(profiles_document(problem))
    nodes = list(_nodes(document["tree"], None))
    records: dict[str, Iterable[Record]] = {
        "problem": [document],
        "tree": nodes,
        "points": _points(nodes),
        "classes": _classes(nodes),
        "sources": _parts(sources_document(problem)),
        "case_weights": _case_weights(document),
        "profiles": profiles,
        "profile_weights": _profile_weights(profiles),
        "profile_ranges": _profile_ranges(profiles),
        "profile_judgements": _profile_judgements(profiles),
        **{key: document.get(key, []) for key in FLAT},
    }
    rows = {key: _rows(key, found) for key, found in records.items()}
    return {**rows, "effects": _effects(problem)}


def _parts(document: Record) -> list[Record]:
    """Return the only list in a document."""
    (parts,) = document.values()
    return list(parts)


def _rows(key: str, records: Iterable[Record]) -> list[list[Cell]]:
    columns = SHEET[key].columns
    return [[cell_of(column, _at(record, column.key)) for column in columns] for record in records]


def _at(record: Record, key: str) -> object:
    """Return the value at a path with dots; a plain text is the Dutch one."""
    value: Any = record
    for part in key.split("."):
        if isinstance(value, str):
            return value if part == "nl" else None
        value = value.get(part) if isinstance(value, dict) else None
    return value


def _nodes(node: Record, parent: str | None) -> Iterator[Record]:
    """Yield the rows of the value tree, parents before children."""
    kind = "group" if "children" in node else "criterion"
    shape = {} if kind == "group" else {"shape": "linear", **node.get("value_function", {})}
    yield {**node, "kind": kind, "parent": parent, "value_function": shape}
    for child in node.get("children", []):
        yield from _nodes(child, node["id"])


def _points(nodes: Iterable[Record]) -> Iterator[Record]:
    for node in nodes:
        for x, value in node["value_function"].get("points", []):
            yield {"criterion": node["id"], "x": x, "value": value}


def _classes(nodes: Iterable[Record]) -> Iterator[Record]:
    for node in nodes:
        for found in node["value_function"].get("classes", []):
            yield {**found, "criterion": node["id"]}


def _case_weights(document: Record) -> Iterator[Record]:
    """Yield a row for each member of each set; only the first tells the name of the set."""
    for axis in CHOICES["axis"]:
        for found in document.get(axis, []):
            about = {key: value for key, value in found.items() if key != "weights"}
            for member, weight in found["weights"].items():
                yield {**about, **weight, "axis": axis, "id": found["id"], "member": member}
                about = {}


def _profile_weights(profiles: Iterable[Record]) -> Iterator[Record]:
    for profile in profiles:
        for group, weights in profile.get("weights", {}).items():
            for child, value in weights.items():
                yield {"profile": profile["id"], "group": group, "child": child, "value": value}


def _profile_ranges(profiles: Iterable[Record]) -> Iterator[Record]:
    for profile in profiles:
        for criterion, ends in profile.get("ranges", {}).items():
            yield {"profile": profile["id"], "criterion": criterion, **ends}


def _profile_judgements(profiles: Iterable[Record]) -> Iterator[Record]:
    for profile in profiles:
        for judgement in profile.get("judgements", []):
            yield {"profile": profile["id"], **judgement}


def _effects(problem: DecisionProblem) -> list[list[Cell]]:
    """Return a row for each effect that is present, with the unit of its criterion to read."""
    columns: dict[str, list[Any]] = dict(effects_columns(problem))
    known = {criterion.id: criterion for criterion in problem.criteria}
    ordinal = {c.id for c in problem.criteria if isinstance(c.value_function, Ordinal)}
    criteria = columns["criterion"]
    for key in ESTIMATES:
        columns[key] = [
            text if name in ordinal or not text else float(text)
            for text, name in zip(columns[key], criteria, strict=True)
        ]
    columns["evidence"] = [
        cell_of(_EVIDENCE, text) if text else None for text in columns["evidence"]
    ]
    columns["unit"] = [known[name].unit.nl for name in criteria]
    nothing = [None] * len(criteria)
    chosen = [columns.get(column.key, nothing) for column in SHEET["effects"].columns]
    return [[None if cell == "" else cell for cell in row] for row in zip(*chosen, strict=True)]


_EVIDENCE = next(column for column in SHEET["effects"].columns if column.key == "evidence")

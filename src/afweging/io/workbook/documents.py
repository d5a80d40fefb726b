"""From the tables of a workbook to the documents of a decision problem, each value with its cell.

What the values mean is checked where that of a folder is checked; here only what a table can
get wrong and a nested document cannot: rows that name a set or a profile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from afweging.io.walk import mapping
from afweging.io.workbook.layout import CHOICES, FLAT, label
from afweging.io.workbook.tree import read_tree

if TYPE_CHECKING:
    from afweging.errors import Place
    from afweging.io.document import Document, Path
    from afweging.io.workbook.records import Reading, Record
    from afweging.io.workbook.table import RawRow, Table

_SET = ("id", "name.nl", "name.en", "description.nl", "description.en")
_WEIGHT = ("value", "evidence", "source")


def problem_document(reading: Reading) -> Document:
    """Return what stands in problem.yaml in the folder form."""
    document = reading.document({})
    value: Record = {}
    for table, row in reading.rows("problem"):
        value.update(reading.record(document, (), table, row))
    document.places[()] = reading.document({}).place(())
    if (tree := read_tree(reading, document)) is not None:
        value["tree"] = tree
    for key in FLAT:
        value[key] = _records(reading, document, key)
    _add_case_weights(reading, document, value)
    _name_classes(reading, value)
    document.value = value
    return document


def sources_document(reading: Reading) -> Document:
    """Return what stands in sources.yaml in the folder form."""
    document = reading.document({})
    document.value = {"sources": _records(reading, document, "sources")}
    return document


def _records(reading: Reading, document: Document, key: str) -> list[Record]:
    if key in reading.tables:
        document.places[key,] = reading.tables[key].whole
    return [
        reading.record(document, (key, index), table, row)
        for index, (table, row) in enumerate(reading.rows(key))
    ]


def _name_classes(reading: Reading, value: Record) -> None:
    """Read the bare number of a limit as the name of a class, where the criterion has classes."""
    ordinal = {reading.cell(table, row, "criterion") for table, row in reading.rows("classes")}
    requirements: Any = value["requirements"]
    for requirement in requirements:
        if requirement.get("criterion") in ordinal and type(requirement.get("threshold")) is int:
            requirement["threshold"] = str(requirement["threshold"])


# --- sets of case weights -----------------------------------------------------------------------


def _add_case_weights(reading: Reading, document: Document, value: Record) -> None:
    """Add the sets of weights over regions, horizons and scenarios: a row for each member."""
    sets: dict[tuple[str, str], tuple[Path, Record]] = {}
    for table, row in reading.rows("case_weights"):
        axis, name = (reading.needed(table, row, key) for key in ("axis", "id"))
        if axis is not None and axis not in CHOICES["axis"]:
            choices = tuple(label("axis", each) for each in CHOICES["axis"])
            place = table.place(row, "axis")
            reading.faults.add("field-choice", place, axis, field="axis", choices=choices)
        elif axis is not None and name is not None:
            if (axis, name) not in sets:
                found: Any = value.setdefault(axis, [])
                sets[axis, name] = ((axis, len(found)), {"weights": {}})
                found.append(sets[axis, name][1])
            path, part = sets[axis, name]
            _describe_set(reading, document, path, part, table, row)
            _add_member(reading, document, path, part, table, row)


def _describe_set(
    reading: Reading, document: Document, path: Path, part: Record, table: Table, row: RawRow
) -> None:
    """Take from a row what it says about its set; a later row may repeat it, not change it."""
    first = path not in document.places
    places = document if first else reading.document({})
    without = [c.key for c in table.sheet.columns if c.key not in _SET]
    found = reading.record(places, path, table, row, without)
    for key, new in found.items():
        old: Any = part.setdefault(key, new)
        if not isinstance(new, dict):
            continue
        for language, text in new.items():
            before = old.setdefault(language, text)
            if before != text:
                place = table.place(row, f"{key}.{language}")
                reading.faults.add(
                    "workbook-set-differs", place, text, set=str(part["id"]), earlier=before
                )


def _add_member(
    reading: Reading, document: Document, path: Path, part: Record, table: Table, row: RawRow
) -> None:
    member = reading.needed(table, row, "member")
    if member is None:
        return
    weights: Any = part["weights"]
    spot = (*path, "weights", member)
    if member in weights:
        _note_twice(reading, table, row, "member", earlier=document.place(spot))
        return
    document.places.setdefault((*path, "weights"), table.place(row, "value"))
    without = [c.key for c in table.sheet.columns if c.key not in _WEIGHT]
    weights[member] = {"value": None, **reading.record(document, spot, table, row, without)}
    document.places[spot] = table.place(row, "member")


def _note_twice(reading: Reading, table: Table, row: RawRow, key: str, *, earlier: Place) -> None:
    shown = str(reading.cell(table, row, key))
    digits = "".join(sign for sign in earlier.cell or "" if sign.isdigit())
    reading.faults.add("workbook-twice", table.place(row, key), shown, earlier=digits)


# --- profiles -----------------------------------------------------------------------------------


def profiles_document(reading: Reading) -> Document:
    """Return what stands in profiles.yaml in the folder form."""
    document = reading.document({})
    profiles = _records(reading, document, "profiles")
    order: dict[str, int] = {}
    for index, profile in enumerate(profiles):
        profile["weights"] = {}
        document.places["profiles", index, "weights"] = document.place(("profiles", index))
        order.setdefault(str(profile.get("id")), index)
    for table, row in reading.rows("profile_weights"):
        _add_weight(reading, document, profiles, order, table, row)
    for table, row in reading.rows("profile_ranges"):
        _add_range(reading, document, profiles, order, table, row)
    for table, row in reading.rows("profile_judgements"):
        _add_judgement(reading, document, profiles, order, table, row)
    document.value = {"profiles": profiles}
    return document


def _add_weight(
    reading: Reading,
    document: Document,
    profiles: list[Record],
    order: dict[str, int],
    table: Table,
    row: RawRow,
) -> None:
    profile = reading.known(table, row, "profile", what="profile", among=order)
    group, child = (reading.needed(table, row, key) for key in ("group", "child"))
    value = reading.cell(table, row, "value")
    if value is None:
        reading.needed(table, row, "value")
    if profile is None or group is None or child is None:
        return
    path: Path = ("profiles", order[profile], "weights", group)
    weights = mapping(mapping(profiles[order[profile]]["weights"]).setdefault(group, {}))
    if child in weights:
        _note_twice(reading, table, row, "child", earlier=document.place((*path, child)))
        return
    document.places.setdefault(path, table.place(row, "group"))
    document.places[(*path, child)] = table.place(row, "value" if value is None else "child")
    weights[child] = value


def _add_range(
    reading: Reading,
    document: Document,
    profiles: list[Record],
    order: dict[str, int],
    table: Table,
    row: RawRow,
) -> None:
    profile = reading.known(table, row, "profile", what="profile", among=order)
    criterion = reading.needed(table, row, "criterion")
    if profile is None or criterion is None:
        return
    path: Path = ("profiles", order[profile], "ranges", criterion)
    ranges = mapping(profiles[order[profile]].setdefault("ranges", {}))
    if criterion in ranges:
        _note_twice(reading, table, row, "criterion", earlier=document.place(path))
        return
    ranges[criterion] = reading.record(document, path, table, row, ("profile", "criterion"))


def _add_judgement(
    reading: Reading,
    document: Document,
    profiles: list[Record],
    order: dict[str, int],
    table: Table,
    row: RawRow,
) -> None:
    profile = reading.known(table, row, "profile", what="profile", among=order)
    if profile is None:
        return
    judgements: Any = profiles[order[profile]].setdefault("judgements", [])
    path: Path = ("profiles", order[profile], "judgements", len(judgements))
    judgements.append(reading.record(document, path, table, row, ("profile",)))

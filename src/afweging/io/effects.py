"""From the raw effects table to arrays (S, A, C): every cell checked, every gap kept as a gap."""

from __future__ import annotations

import math
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from afweging.io.effects_table import AXES, ESTIMATES, Column, EffectsTable
from afweging.io.numbers import Unreadable, decimal_in_use, read_number
from afweging.io.yaml_document import ambiguous_readings
from afweging.model.problem import Effects
from afweging.model.provenance import EVIDENCE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from afweging.io.document import Faults
    from afweging.io.numbers import Decimal

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]

Kind = TypeVar("Kind", bound=np.generic)

MOST_CELLS = 20_000_000  # scenarios x regions x horizons x options x criteria: about 1 GB
EXCEL_DAYS = (36_526.0, 73_050.0)  # 1 January 2000 to 31 December 2099, as Excel counts days
SUGGESTED = 20  # wrong ids for which a like one is looked up: as many as are shown


@dataclass(frozen=True, slots=True)
class Scale:
    """What a cell of one criterion may hold; `classes` only for an ordinal criterion."""

    lowest: float
    highest: float
    clip: bool = False
    classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """What the table is about: ids on each axis, scales, and sources (None: not known)."""

    axes: Mapping[str, Sequence[str]]
    scales: Mapping[str, Scale]
    sources: Sequence[str] | None = ()


def read_effects(table: EffectsTable, frame: Frame, faults: Faults) -> Effects | None:
    """Return the effects as arrays, or None after noting every fault in the table.

    A row that is absent, or present with empty numbers, is a gap: NaN, never a number.
    """
    before = len(faults)
    if math.prod(shape_of(frame)) > MOST_CELLS:
        faults.add("too-many-cells", table.whole, math.prod(shape_of(frame)), limit=MOST_CELLS)
        return None
    places = _axes(table, frame, faults)
    numbers = _estimates(table, frame, places["criterion"], faults)
    evidence = _marks(table, "evidence", EVIDENCE, faults)
    source = _marks(table, "source", frame.sources, faults)
    sound = np.all([codes >= 0 for codes in places.values()], axis=0)
    cell = _cells(places, frame)
    _check_twice(table, cell, sound, faults)
    _check_estimates(table, numbers, faults)
    _check_bounds(table, frame, places["criterion"], numbers, faults)
    unmarked = ~np.isnan(numbers["mode"]) & _empty(table, "evidence")
    _note(table, unmarked, "evidence", "evidence-missing", faults)
    if len(faults) > before:
        return None
    return _arrays(frame, cell, numbers, evidence, source)


def shape_of(frame: Frame) -> tuple[int, int, int]:
    """Return the shape (S, A, C) of the effects."""
    count = {name: len(frame.axes[name]) for name in AXES}
    cases = count["scenario"] * count["region"] * count["horizon"]
    return cases, count["option"], count["criterion"]


def _axes(table: EffectsTable, frame: Frame, faults: Faults) -> dict[str, IntArray]:
    """Return per axis the place of every row, -1 where the id is unknown."""
    return {name: _axis(table, name, frame.axes[name], faults) for name in AXES}


def _axis(table: EffectsTable, name: str, known: Sequence[str], faults: Faults) -> IntArray:
    column = table.columns.get(name)
    if column is None:
        missing = len(known) > 1
        if missing:
            faults.add("column-missing", table.whole, name)
        return np.full(table.rows, -1 if missing else 0, dtype=np.int64)
    return _lookup(table, name, column, known, "id-unknown", faults)


def _marks(table: EffectsTable, name: str, known: Sequence[str] | None, faults: Faults) -> IntArray:
    """Return per row the place of its mark; an empty text is no mark: -1."""
    column = table.columns.get(name)
    if column is None or known is None:
        return np.full(table.rows, -1, dtype=np.int64)
    code = "evidence-unknown" if name == "evidence" else "id-unknown"
    return _lookup(table, name, column, known, code, faults, empty_is_none=True)


def _lookup(  # noqa: PLR0913 - one place for all id columns
    table: EffectsTable,
    name: str,
    column: Column,
    known: Sequence[str],
    code: str,
    faults: Faults,
    *,
    empty_is_none: bool = False,
) -> IntArray:
    order = {text: place for place, text in enumerate(known)}
    place_of_text = np.array([order.get(text, -1) for text in column.texts], dtype=np.int64)
    wrong = {
        index
        for index, text in enumerate(column.texts)
        if place_of_text[index] < 0 and not (empty_is_none and not text)
    }
    if wrong:
        near = {index: _near(column.texts[index], known) for index in sorted(wrong)[:SUGGESTED]}
        for row in np.flatnonzero(np.isin(column.codes, list(wrong))):
            code_of_text = int(column.codes[row])
            unknown = {"what": name, "near": near.get(code_of_text)}
            facts = unknown if code == "id-unknown" else {"choices": EVIDENCE}
            place = table.place(int(row), name)
            faults.add(code, place, column.texts[code_of_text], **facts)
    return place_of_text[column.codes]


def _near(text: str, known: Sequence[str]) -> str | None:
    return next(iter(get_close_matches(text, known, n=1)), None)


def _estimates(
    table: EffectsTable, frame: Frame, criterion: IntArray, faults: Faults
) -> dict[str, FloatArray]:
    """Return low, mode and high per row; an empty low or high takes the mode."""
    names = list(frame.axes["criterion"])
    ordinal = np.array([bool(frame.scales[name].classes) for name in names] or [False])
    ordinal_row = ordinal[criterion] & (criterion >= 0)
    decimal = table.decimal or _decimal(table)
    numbers = {
        name: _numbers(table, name, criterion, ordinal_row, decimal, faults)
        for name in ESTIMATES
        if name in table.columns
    }
    for row in np.flatnonzero(ordinal_row):
        scale = frame.scales[names[criterion[row]]]
        for name, values in numbers.items():
            values[row] = _class(table, int(row), name, scale, faults)
    mode = numbers["mode"]
    for name in ("low", "high"):
        ends = numbers.setdefault(name, mode.copy())
        stray = ~np.isnan(ends) & np.isnan(mode)
        _note(table, stray & _empty(table, "mode"), name, "mode-missing", faults)
        np.copyto(ends, mode, where=np.isnan(ends))
    return numbers


def _decimal(table: EffectsTable) -> Decimal | None:
    found = {
        text for name in ESTIMATES if name in table.columns for text in table.columns[name].texts
    }
    return decimal_in_use(found)


def _empty(table: EffectsTable, name: str) -> NDArray[np.bool_]:
    column = table.columns[name]
    return np.array([not text for text in column.texts])[column.codes]


def _numbers(
    table: EffectsTable,
    name: str,
    criterion: IntArray,
    ordinal_row: NDArray[np.bool_],
    decimal: Decimal | None,
    faults: Faults,
) -> FloatArray:
    column = table.columns[name]
    declared = table.decimal is not None
    read = [read_number(text, decimal=decimal, declared=declared) for text in column.texts]
    value_of_text = np.array([x if isinstance(x, float) else np.nan for x in read])
    bad = np.array([isinstance(x, Unreadable) for x in read])
    # where the criterion is not known, a text may be the class of an ordinal one
    invalid = np.array([isinstance(x, Unreadable) and x.code == "number-invalid" for x in read])
    judged = ~ordinal_row & ~(invalid[column.codes] & (criterion < 0))
    for row in np.flatnonzero(bad[column.codes] & judged) if bad.any() else ():
        text, why = column.texts[column.codes[row]], read[column.codes[row]]
        if isinstance(why, Unreadable):
            facts = ambiguous_readings(text) if why.code == "number-ambiguous" else {}
            faults.add(why.code, table.place(int(row), name), text, field=name, **facts)
    return value_of_text[column.codes]


def _class(table: EffectsTable, row: int, name: str, scale: Scale, faults: Faults) -> float:
    column = table.columns[name]
    text = column.texts[column.codes[row]]
    if not text:
        return np.nan
    if text not in scale.classes:
        faults.add("class-unknown", table.place(row, name), text, choices=scale.classes)
        return np.nan
    return float(scale.classes.index(text))


def _note(
    table: EffectsTable, rows: NDArray[np.bool_], name: str, code: str, faults: Faults
) -> None:
    for row in np.flatnonzero(rows):
        faults.add(code, table.place(int(row), name), None, field=name)


def _cells(places: dict[str, IntArray], frame: Frame) -> IntArray:
    """Return per row its cell in the flat (S, A, C) array."""
    cell = np.zeros_like(places["option"])
    for name in ("scenario", "region", "horizon", "option", "criterion"):
        cell = cell * len(frame.axes[name]) + places[name]
    return cell


def _check_twice(
    table: EffectsTable, cell: IntArray, sound: NDArray[np.bool_], faults: Faults
) -> None:
    rows = np.flatnonzero(sound)
    _, first, back = np.unique(cell[rows], return_index=True, return_inverse=True)
    for row in rows[first[back] != np.arange(len(rows))]:
        key = " · ".join(
            table.columns[name].texts[table.columns[name].codes[row]]
            for name in AXES
            if name in table.columns
        )
        earlier = rows[first[back[np.searchsorted(rows, row)]]]
        line = table.place(int(earlier), "option")
        faults.add(
            "effect-twice",
            table.place(int(row), "option"),
            key,
            earlier=line.line if line.line is not None else line.cell,
        )


def _check_estimates(table: EffectsTable, numbers: dict[str, FloatArray], faults: Faults) -> None:
    low, mode, high = (numbers[name] for name in ESTIMATES)
    for row in np.flatnonzero((low > mode) | (mode > high)):
        shown = " / ".join(_text(table, int(row), name) or "–" for name in ESTIMATES)
        faults.add("estimates-order", table.place(int(row), "mode"), shown)


def _text(table: EffectsTable, row: int, name: str) -> str:
    column = table.columns.get(name)
    return "" if column is None else column.texts[column.codes[row]]


def _check_bounds(
    table: EffectsTable,
    frame: Frame,
    criterion: IntArray,
    numbers: dict[str, FloatArray],
    faults: Faults,
) -> None:
    """Note numbers outside the scale, where it does not clip, and numbers that must be dates."""
    scales = [frame.scales[name] for name in frame.axes["criterion"]] or [Scale(0, 0)]
    lowest = np.array([scale.lowest for scale in scales])[criterion]
    highest = np.array([scale.highest for scale in scales])[criterion]
    clips = np.array([scale.clip or bool(scale.classes) for scale in scales])[criterion]
    for name in ESTIMATES:
        if name not in table.columns:
            continue
        value = numbers[name]
        outside = ((value < lowest) | (value > highest)) & (criterion >= 0)
        day = (value >= EXCEL_DAYS[0]) & (value <= EXCEL_DAYS[1]) & (value == np.floor(value))
        date = outside & day & (value > 10 * np.maximum(np.abs(lowest), np.abs(highest)))
        for row in np.flatnonzero(outside & (~clips | date)):
            faults.add(
                "number-date-serial" if date[row] else "effect-outside",
                table.place(int(row), name),
                float(value[row]),
                lowest=float(lowest[row]),
                highest=float(highest[row]),
                criterion=frame.axes["criterion"][criterion[row]],
            )


def _arrays(
    frame: Frame,
    cell: IntArray,
    numbers: dict[str, FloatArray],
    evidence: IntArray,
    source: IntArray,
) -> Effects:
    shape = shape_of(frame)

    def spread(values: NDArray[Any], empty: float, kind: type[Kind]) -> NDArray[Kind]:
        flat = np.full(int(np.prod(shape)), empty, dtype=kind)
        flat[cell] = values
        return flat.reshape(shape)

    return Effects(
        low=spread(numbers["low"], np.nan, np.float64),
        mode=spread(numbers["mode"], np.nan, np.float64),
        high=spread(numbers["high"], np.nan, np.float64),
        present=spread(np.ones(len(cell), dtype=bool), 0, np.bool_),
        evidence=spread(evidence, -1, np.int8),
        source=spread(source, -1, np.int32),
    )

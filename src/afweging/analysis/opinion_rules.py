"""What each method needs of its numbers, and which methods come to the same order by formula."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from afweging.analysis.opinion import Refusal, RefusalCode
from afweging.model.criterion import Linear

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from afweging.analysis.opinion_table import Basis, OpinionTable
    from afweging.model.result import Comparison

    BoolArray = NDArray[np.bool_]

POSITIVE: tuple[RefusalCode, ...] = ("not-positive",)
RATIO: tuple[RefusalCode, ...] = ("negative", "cost-zero", "zero-column")
NEEDS: Mapping[Basis, Mapping[str, tuple[RefusalCode, ...]]] = {
    "values": {
        "weighted_product": POSITIVE,
        "waspas": POSITIVE,
        "multimoora": POSITIVE,
        "copras": ("no-cost", "no-cost-effect"),
        "edas": ("zero-column",),
    },
    "effects": {
        "weighted_sum": RATIO,
        "spotis": ("beyond",),
        "aras": RATIO,
        "weighted_product": POSITIVE,
        "waspas": POSITIVE,
        "topsis": ("zero-column",),
        "multimoora": POSITIVE,
        "copras": ("no-cost", "negative", "zero-column", "no-cost-effect"),
        "ram": ("negative", "zero-column"),
        "edas": ("negative", "zero-column"),
        "codas": RATIO,
    },
}


def find_refusal(table: OpinionTable, needs: tuple[RefusalCode, ...]) -> Refusal | None:
    """Return the first of `needs` that the table does not meet, and the criterion that shows it."""
    for code in needs:
        if code in WHOLE:
            if WHOLE[code](table):
                return Refusal(code)
            continue
        bad = np.flatnonzero(COLUMNS[code](table))
        if bad.size:
            return Refusal(code, table.criteria[int(bad[0])])
    return None


def _beyond(table: OpinionTable) -> BoolArray:
    """Return on which criteria a cell lies beyond the scale, but for rounding, shape (C,)."""
    low, high = table.bounds.T
    room = 1e-9 * (high - low)
    return np.asarray(((table.cells < low - room) | (table.cells > high + room)).any(axis=0))


COLUMNS: Mapping[RefusalCode, Callable[[OpinionTable], BoolArray]] = {
    "not-positive": lambda table: np.asarray((table.cells <= 0).any(axis=0)),
    "negative": lambda table: np.asarray((table.cells < 0).any(axis=0)),
    "cost-zero": lambda table: np.asarray(table.falls & (table.cells <= 0).any(axis=0)),
    "zero-column": lambda table: np.asarray((table.cells == 0).all(axis=0)),
    "beyond": _beyond,
}
WHOLE: Mapping[RefusalCode, Callable[[OpinionTable], bool]] = {
    "no-cost": lambda table: not table.falls.any(),
    "no-cost-effect": lambda table: bool((table.cells[:, table.falls] <= 0).all(axis=1).any()),
}


def same_formulas(
    comparison: Comparison, table: OpinionTable, basis: Basis, *, costs: bool
) -> dict[str, str]:
    """Return which methods order as another does on this table, whatever the numbers are."""
    if basis == "values":
        found = dict.fromkeys(("weighted_sum", "spotis", "aras", "mabac"), "ours")
        return found if costs else {**found, "ram": "ours"}
    found = {"mairca": "mabac"} if costs else {"mairca": "mabac", "ram": "aras"}
    kept = [c for c in comparison.problem.criteria if c.id in table.criteria]
    if all(isinstance(c.value_function, Linear) and c.outside == "error" for c in kept):
        found["spotis"] = "ours"
    return found

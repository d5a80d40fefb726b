"""What other methods are given to judge: one table of options and criteria, and weights.

Knows what a comparison found; knows nothing of the methods that read the table.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from afweging.analysis.screening import admissible_options
from afweging.methods.aggregation import weighted_mean

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from afweging.model.result import Comparison

    FloatArray = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]

Basis = Literal["values", "effects"]

GRAIN = 2.0**-40  # 1e-12: finer differences are those of rounding, and no method may see them


@dataclass(frozen=True, slots=True, eq=False)
class OpinionTable:
    """A table to judge: `cells` (A, C), `falls` where less is better, `weights` adding up to 1.

    `bounds` (C, 2) holds the lower and the upper end of the scale of each criterion. Criteria
    without weight are left out. Cells and weights are on a grid of about 1e-12 of the largest in
    the column, so that what is equal but for rounding is equal to the last bit.
    """

    options: tuple[str, ...]
    criteria: tuple[str, ...]
    cells: FloatArray
    falls: BoolArray
    weights: FloatArray
    bounds: FloatArray

    def without(self, place: int) -> OpinionTable:
        """Return the table with one option left out."""
        names = self.options[:place] + self.options[place + 1 :]
        return replace(self, options=names, cells=np.delete(self.cells, place, axis=0))

    def with_copy(self, place: int) -> OpinionTable:
        """Return the table with an exact copy of one option at its end, under the same name."""
        cells = np.vstack([self.cells, self.cells[place]])
        return replace(self, options=(*self.options, self.options[place]), cells=cells)

    def costs_kept(self, falling: BoolArray) -> OpinionTable:
        """Return the table of values in which the criteria of `falling` count as costs: 1 - value.

        The ends of the scales stay where they are, 0 and 1; a cost is better when it is less.
        """
        cells = np.where(falling, 1 - self.cells, self.cells)
        return replace(self, cells=cells, falls=falling)


def falling_criteria(comparison: Comparison, table: OpinionTable) -> BoolArray:
    """Return of which criteria of the table less is better by nature, shape (C,)."""
    falls = {c.id for c in comparison.problem.criteria if c.direction == "min"}
    return np.array([name in falls for name in table.criteria])


def opinion_table(comparison: Comparison, basis: Basis) -> OpinionTable:
    """Return the table of the options that meet the requirements.

    `basis` is "values": the partial values from 0 to 1, averaged over the cases, of all of which
    more is better; or "effects": the most likely effects in their own units, averaged over the
    cases, each with its own direction (of classes their number, counted from 0).
    """
    stays = np.array(comparison.admissible)
    counts = _on_grid(comparison.weights.criteria, np.float64(1.0)) > 0
    criteria = [c for c, has in zip(comparison.problem.criteria, counts, strict=True) if has]
    bounds = np.array([sorted((c.worst, c.best)) for c in criteria])
    if basis == "values":
        cells = comparison.scores.means.low
        falls, bounds = np.zeros(len(criteria), dtype=bool), np.tile([0.0, 1.0], (len(criteria), 1))
    else:
        cells = mean_effects(comparison)
        falls = np.array([c.direction == "min" for c in criteria])
    cells = cells[np.ix_(stays, counts)]
    return OpinionTable(
        options=admissible_options(comparison),
        criteria=tuple(c.id for c in criteria),
        cells=_on_grid(cells, np.abs(cells).max(axis=0)),
        falls=falls,
        weights=_on_grid(comparison.weights.criteria[counts], np.float64(1.0)),
        bounds=bounds,
    )


def mean_effects(comparison: Comparison) -> FloatArray:
    """Return the most likely effects averaged over the cases, shape (A, C), in natural units."""
    mode = comparison.problem.effects.mode[comparison.cases.rows]  # (S, A, C)
    return weighted_mean(mode, comparison.weights.cases)


def _on_grid(numbers: FloatArray, largest: FloatArray | np.float64) -> FloatArray:
    """Return the numbers on a grid of GRAIN times a power of two near the largest."""
    step = GRAIN * 2.0 ** np.ceil(np.log2(np.where(largest > 0, largest, 1.0)))
    return np.asarray(np.round(numbers / step) * step)

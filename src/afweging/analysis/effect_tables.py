"""Draws of uncertain effects, many at a time: looked up in a table of equally likely levels.

One level for each option and criterion, the same in all cases: an estimate that is off is off
everywhere. Estimates from one source that is declared to err together share one level: if one
turns out at its 80 % quantile, in the unit of its criterion, all do, so that on a criterion on
which less is better the value falls where others rise. An option and criterion share the level
of a source only if all their uncertain cases name it. Own choice, as is the number of levels.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from afweging.analysis.effect_draws import mean_value_table
from afweging.analysis.effect_spread import NO_SPREAD, Spread, count_uniform

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from afweging.model.result import Comparison

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.intp]

LEVELS = 1024  # equally likely
FEWEST = 64
WORK = 200_000_000  # effects to be valued for one table: beyond, it has fewer levels


@dataclass(frozen=True, slots=True, eq=False)
class EffectTable:
    """The mean values over the cases of some options, of which N are uncertain.

    Attributes
    ----------
    values : ndarray of shape (A, C)
        With the most likely effects.
    spots : ndarray of shape (N,)
        The places of the uncertain ones in the flat array of values.
    levels : ndarray of shape (N, U)
        The value of each at every level.
    follows : ndarray of shape (N,)
        Which of the drawn levels each follows: its own, or that of its source.
    together : mapping of str to int
        Per source that errs together the number of uncertain ones that follow it.
    spread : Spread
        How many of the uncertain ones have a uniform distribution.
    """

    values: FloatArray
    spots: IntArray
    levels: FloatArray
    follows: IntArray
    together: Mapping[str, int]
    spread: Spread = NO_SPREAD

    def __post_init__(self) -> None:
        for array in (self.values, self.spots, self.levels, self.follows):
            array.setflags(write=False)

    @property
    def uncertain(self) -> int:
        """The number of options and criteria whose value is uncertain."""
        return len(self.spots)

    def draw(self, draws: int, rng: np.random.Generator) -> FloatArray:
        """Return draws of the mean values, shape (draws, A, C)."""
        count = int(self.follows.max(initial=-1)) + 1
        drawn = rng.integers(self.levels.shape[1], size=(count, draws), dtype=np.uint16)
        found = np.repeat(self.values.reshape(-1, 1), draws, axis=1)  # (A C, draws)
        for spot, levels, level in zip(self.spots, self.levels, self.follows, strict=True):
            np.take(levels, drawn[level], out=found[spot])  # one row of levels fits the cache
        return np.moveaxis(found.reshape(*self.values.shape, draws), -1, 0)


def level_count(effects: int) -> int:
    """Return how many levels a table of so many effects has: 1,024, and fewer where they are many.

    The mean value of an effect is off by at most 1 / (2 levels) of its range.

    Examples
    --------
    >>> level_count(8_640), level_count(1_477_440)
    (1024, 128)
    """
    most = max(FEWEST, WORK // effects)
    return int(min(LEVELS, 2 ** (most.bit_length() - 1)))


def effect_table(
    comparison: Comparison, options: Sequence[int], criteria: Sequence[int]
) -> EffectTable:
    """Return the table of some options and all criteria, given by their places and in that order.

    Parameters
    ----------
    comparison : Comparison
        Without missing effects.
    options, criteria : sequence of int
    """
    grid = np.ix_(options, criteria)
    count = level_count(comparison.problem.effects.mode[comparison.cases.rows].size)
    table = mean_value_table(comparison, count)[:, options][:, :, criteria]  # (U, A, C)
    spots = np.flatnonzero(table.max(axis=0) > table.min(axis=0))
    pairs = [(options[a], criteria[c]) for a, c in _pairs(spots, grid)]
    sources = [_shared_source(comparison, a, c) for a, c in pairs]
    keys = [name or spot for name, spot in zip(sources, spots.tolist(), strict=True)]
    places = {key: place for place, key in enumerate(dict.fromkeys(keys))}
    return EffectTable(
        values=comparison.scores.means.low[grid],
        spots=spots,
        levels=np.ascontiguousarray(table.reshape(count, -1)[:, spots].T),
        follows=np.array([places[key] for key in keys], dtype=np.intp),
        together=dict(sorted(Counter(name for name in sources if name).items())),
        spread=count_uniform(comparison, pairs),
    )


def known_table(
    comparison: Comparison, options: Sequence[int], criteria: Sequence[int]
) -> EffectTable:
    """Return the table in which every effect is what is most likely."""
    none = np.empty(0, dtype=np.intp)
    values = comparison.scores.means.low[np.ix_(options, criteria)]
    return EffectTable(values, none, np.empty((0, 0)), none.copy(), {})


def _pairs(spots: IntArray, grid: tuple[NDArray[np.intp], ...]) -> list[tuple[int, int]]:
    """Return the rows and columns of places in the flat array."""
    return [divmod(spot, grid[1].size) for spot in spots.tolist()]


def _shared_source(comparison: Comparison, a: int, c: int) -> str | None:
    """Return the source that errs together behind all uncertain cases, if there is one."""
    problem, rows = comparison.problem, comparison.cases.rows
    effects = problem.effects
    unsure = effects.low[rows, a, c] < effects.high[rows, a, c]
    found = set(effects.source[rows, a, c][unsure].tolist())
    if len(found) != 1 or -1 in found:
        return None
    source = problem.sources[found.pop()]
    return source.id if source.correlated else None

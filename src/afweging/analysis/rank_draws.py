"""Ranks over many draws of weights and effects, in parts that do not need each other.

Each part has random numbers of its own, one stream for weights and one for effects, and only one
part is in memory. Everything stands by the order of the weights and of the table of effects.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

import numpy as np

from afweging.methods.acceptability import (
    merge,
    merge_confidence,
    tally_cases,
    tally_chunks,
    tally_confidence,
)
from afweging.methods.first_counts import count_first

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from afweging.analysis.effect_tables import EffectTable
    from afweging.analysis.weight_draws import WeightDraws
    from afweging.methods.acceptability import Acceptability, Confidence

    FloatArray = NDArray[np.float64]
    IntArray = NDArray[np.int64]
    _Counts = tuple[tuple[Acceptability, ...], IntArray]  # of ranks, and of first places by case

CELLS = 600_000  # values drawn at a time: some megabytes, whatever the number of draws
LEAST, MOST = 256, 4096  # draws at a time
WEIGHTS, EFFECTS = 0, 1  # the streams


@dataclass(frozen=True, slots=True, eq=False)
class RankDraws:
    """What was counted.

    Attributes
    ----------
    drawn : Acceptability
        Over weights and uncertain effects; the same as `likely` where no effect is uncertain.
    likely : Acceptability
        Over weights, with the mean values of the most likely effects.
    cases : ndarray of shape (S, A)
        In how many draws of `likely` each is first in each case.
    confidence : Confidence or None
        None where no effect is uncertain.
    """

    drawn: Acceptability
    likely: Acceptability
    cases: IntArray
    confidence: Confidence | None


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Some of the draws: the how manieth part, and how many it has."""

    number: int
    draws: int
    seed: int

    def stream(self, kind: int) -> np.random.Generator:
        """Return the random numbers of this part for weights or for effects."""
        sequence = np.random.SeedSequence(self.seed, spawn_key=(kind, self.number))
        return np.random.default_rng(sequence)


def parts_of(draws: int, *, seed: int, cells: int) -> tuple[Part, ...]:
    """Return the parts of a number of draws, of which each holds `cells` values.

    Examples
    --------
    >>> [part.draws for part in parts_of(10_000, seed=1, cells=144)]
    [4096, 4096, 1808]
    """
    step = min(MOST, max(LEAST, CELLS // cells))
    starts = range(0, draws, step)
    return tuple(Part(n, min(step, draws - start), seed) for n, start in enumerate(starts))


def draw_ranks(
    weights: WeightDraws,
    effects: EffectTable,
    cases: FloatArray,
    parts: tuple[Part, ...],
    progress: Callable[[int, int], None] | None = None,
) -> RankDraws:
    """Return the ranks over draws; where there are only so many weights, `likely` has each once.

    Parameters
    ----------
    weights : WeightDraws
    effects : EffectTable
    cases : ndarray of shape (S, A, C)
        The values with the most likely effects in each case.
    parts : tuple of Part, in any order
    progress : callable, optional
        Told how much is done and of how much, after each part.
    """
    draws = sum(part.draws for part in parts)
    total = 2 * draws if effects.uncertain else draws
    found: _Counts = (), np.zeros(cases.shape[:2], dtype=np.int64)
    if weights.fixed is not None:
        found = _known(effects, cases, weights.fixed)
    if effects.uncertain or weights.fixed is None:
        each = (_count(weights, effects, cases, part) for part in _told(parts, progress, 0, total))
        more = reduce(_merged, each)
        found = (*found[0], *more[0]), found[1] + more[1]
    (likely, *_), firsts = found
    drawn, confidence = found[0][-1], None
    if effects.uncertain:
        again = _told(parts, progress, draws, total)
        central = drawn.central_weights
        confidence = reduce(merge_confidence, (_confidence(effects, central, p) for p in again))
    return RankDraws(drawn, likely, firsts, confidence)


def _count(weights: WeightDraws, effects: EffectTable, cases: FloatArray, part: Part) -> _Counts:
    """Return what one part says: with known effects where needed, and with uncertain ones."""
    drawn = weights.draw(part.draws, part.stream(WEIGHTS))
    if weights.fixed is None:
        tallies, firsts = _known(effects, cases, drawn)
    else:
        tallies, firsts = (), np.zeros(cases.shape[:2], dtype=np.int64)
    if effects.uncertain:
        values = effects.draw(part.draws, part.stream(EFFECTS))
        tallies = (*tallies, tally_chunks([(values, drawn)]))
    return tallies, firsts


def _known(effects: EffectTable, cases: FloatArray, weights: FloatArray) -> _Counts:
    """Return what the most likely effects give: ranks over the mean, first places in each case."""
    return tally_cases(effects.values[None], weights), count_first(cases, weights)


def _merged(first: _Counts, second: _Counts) -> _Counts:
    return tuple(map(merge, first[0], second[0])), first[1] + second[1]


def _confidence(effects: EffectTable, central: FloatArray, part: Part) -> Confidence:
    """Return who is first with central weights, over the same draws of effects as before."""
    return tally_confidence(effects.draw(part.draws, part.stream(EFFECTS)), central)


def _told(
    parts: Sequence[Part], progress: Callable[[int, int], None] | None, done: int, total: int
) -> Iterator[Part]:
    """Yield the parts; when one is done that is told."""
    for part in parts:
        yield part
        done += part.draws
        if progress is not None:
            progress(done, total)

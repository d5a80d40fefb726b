"""Which distribution an uncertain effect has: the one that its source states, else a triangle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from afweging.model.problem import DecisionProblem
    from afweging.model.result import Comparison
    from afweging.wording import Words

    BoolArray = NDArray[np.bool_]


class Spread(NamedTuple):
    """How many estimates, one for each option and criterion, have a uniform distribution.

    `uniform` in all cases in which they are uncertain, `partly` in some of those but not in all.
    """

    uniform: int
    partly: int


NO_SPREAD = Spread(0, 0)


def spread_evenly(problem: DecisionProblem, source: NDArray[np.int32]) -> BoolArray:
    """Return whether effects have a uniform distribution, in the shape of the places.

    Parameters
    ----------
    problem : DecisionProblem
    source : ndarray of int
        The place of the source of each effect, -1 where it has none.
    """
    stated = [each.distribution == "uniform" for each in problem.sources]
    return np.array([*stated, False])[source]  # -1 is the last


def count_uniform(comparison: Comparison, pairs: Iterable[tuple[int, int]]) -> Spread:
    """Return how many of some uncertain estimates have a uniform distribution.

    Parameters
    ----------
    comparison : Comparison
        Without missing effects.
    pairs : iterable of (int, int)
        The places of the option and the criterion of each estimate.
    """
    effects, rows = comparison.problem.effects, comparison.cases.rows
    uniform = partly = 0
    for a, c in pairs:
        unsure = effects.low[rows, a, c] < effects.high[rows, a, c]
        even = spread_evenly(comparison.problem, effects.source[rows, a, c][unsure])
        uniform += bool(even.all())
        partly += bool(even.any() and not even.all())
    return Spread(uniform, partly)


def spread_sentences(
    spread: Spread, total: int, words: Words, *, what: Literal["drawn", "lead"] = "drawn"
) -> list[str]:
    """Return how many of `total` estimates have a uniform distribution; nothing if none have.

    `what` is "drawn" for all that were drawn, "lead" for those behind a lead.
    """
    if not any(spread):
        return []
    key = "estimates.spread"
    named = words.text(f"{key}.{what}")
    told = [words.text(f"{key}.uniform", what=named, count=spread.uniform, total=total)]
    if spread.partly:
        told.append(words.text(f"{key}.partly", count=spread.partly))
    if spread.uniform < total:
        told.append(words.text(f"{key}.rest"))
    return [" ".join(told)]

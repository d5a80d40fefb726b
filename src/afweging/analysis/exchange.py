"""Exchange rates: how much of one criterion weighs as much as one unit of another."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from afweging.model.criterion import Linear, Ordinal, PiecewiseLinear
from afweging.model.result import ExchangeRate

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from afweging.model.criterion import Criterion

    FloatArray = NDArray[np.float64]


def exchange_rates(criteria: Sequence[Criterion], weights: FloatArray) -> tuple[ExchangeRate, ...]:
    """Return for every criterion what one unit of it weighs, in units of one and the same other.

    That other has a straight value function where there is one, preferably in money, and else
    the largest weight (of equals the first id). One unit of criterion j is worth
    weight_j / scale_j; the rate is the quotient of the two. Classes have no unit, and where value
    rises and falls one unit more is now a gain and now a loss: both are left out.
    """
    weighed = [c for c, each in enumerate(criteria) if _steady(each) and weights[c] > 0]
    if not weighed:
        return ()
    anchor = min(weighed, key=lambda c: _suitability(criteria[c], float(weights[c])))
    worth = {c: weights[c] / abs(criteria[c].best - criteria[c].worst) for c in weighed}
    return tuple(
        ExchangeRate(
            criterion=criteria[c].id,
            other=criteria[anchor].id,
            rate=float(worth[c] / worth[anchor]),
            exact=all(isinstance(criteria[k].value_function, Linear) for k in (c, anchor)),
        )
        for c in weighed
        if c != anchor
    )


def _steady(criterion: Criterion) -> bool:
    """Return whether one unit more always counts the same way: number, and never up and down."""
    match criterion.value_function:
        case Ordinal():
            return False
        case PiecewiseLinear(points):
            steps = [after[1] - before[1] for before, after in pairwise(points)]
            return min(steps) >= 0 or max(steps) <= 0
        case _:
            return True


def _suitability(criterion: Criterion, weight: float) -> tuple[bool, bool, float, str]:
    """Return a sort key: the smaller, the better the criterion serves as a yardstick."""
    straight = isinstance(criterion.value_function, Linear)
    money = "euro" in criterion.unit.nl.casefold() or "€" in criterion.unit.nl
    return not straight, not money, -round(weight, 12), criterion.id

"""How options do on the criteria of one perspective alone: which is best and worst for them.

A perspective is whose view a criterion takes, such as that of labour migrants themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from afweging.methods.aggregation import ordered_sum
from afweging.methods.ranking import SCORE_TOLERANCE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from afweging.model.result import Comparison

    FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PerspectiveView:
    """How the options that take part do on the criteria of one perspective.

    `weight` is the share of all weight on these criteria. `scores` holds per option, in the order
    of the problem, its score on these criteria alone, from 0 to 1, with the weights in use among
    them; low and high differ where it depends on a gap. `best` and `worst` are empty where it
    depends on a gap which they are; several tie.
    """

    perspective: str
    criteria: tuple[str, ...]
    weight: float
    scores: tuple[tuple[str, float, float], ...]
    best: tuple[str, ...]
    worst: tuple[str, ...]


def view_perspectives(comparison: Comparison) -> tuple[PerspectiveView, ...]:
    """Return a view per perspective of which the criteria have weight.

    The score is sum(w_c v_c) / sum(w_c) over the criteria c of the perspective, with v_c the value
    averaged over the cases.

    Examples
    --------
    >>> import afweging as afw
    >>> view = view_perspectives(afw.compare(afw.read_problem("scenarios/brabant")))[0]
    >>> view.perspective, view.best, view.worst
    ('migrants', ('O7',), ('O2',))
    """
    views = (_view(comparison, label.id) for label in comparison.problem.perspectives)
    return tuple(view for view in views if view is not None)


def _view(comparison: Comparison, perspective: str) -> PerspectiveView | None:
    criteria = comparison.problem.criteria
    own = np.array([c.perspective == perspective for c in criteria])
    weights = comparison.weights.criteria * own
    total = float(ordered_sum(weights))
    if total <= 0:
        return None
    means, allowed = comparison.scores.means, np.array(comparison.admissible)
    low = ordered_sum(weights * means.low[allowed]) / total
    high = ordered_sum(weights * means.high[allowed]) / total
    options = [
        a.id for a, kept in zip(comparison.problem.alternatives, allowed, strict=True) if kept
    ]
    return PerspectiveView(
        perspective=perspective,
        criteria=tuple(c.id for c, mine in zip(criteria, own, strict=True) if mine),
        weight=total,
        scores=tuple(zip(options, low.tolist(), high.tolist(), strict=True)),
        best=_first(options, low, high),
        worst=_first(options, -high, -low),
    )


def _first(options: list[str], low: FloatArray, high: FloatArray) -> tuple[str, ...]:
    """Return who are surely first; none where a gap decides."""
    first = low >= low.max() - SCORE_TOLERANCE
    exact = high - low <= SCORE_TOLERANCE
    others = high[~first]
    if not exact[first].all() or (others > low.max() - SCORE_TOLERANCE).any():
        return ()
    return tuple(name for name, is_first in zip(options, first, strict=True) if is_first)

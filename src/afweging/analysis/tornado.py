"""One thing at a time: between which ends the lead of one option over another lies.

A thing is what is not sure about one criterion, the weight of one lens, or which scenario, region
or horizon is the only one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from afweging.analysis.flips import lens_values
from afweging.analysis.values import estimate_values
from afweging.methods.aggregation import ordered_sum, weighted_mean
from afweging.methods.ranking import SCORE_TOLERANCE
from afweging.model.result import AXES

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from afweging.model.result import Comparison

    FloatArray = NDArray[np.float64]

LEAST, MOST = 0.5, 1.5  # times the weight of a lens

Kind = Literal["effects", "lens", "scenario", "region", "horizon"]
KINDS: tuple[Kind, ...] = ("effects", "lens", *AXES)


@dataclass(frozen=True, slots=True)
class Swing:
    """The lead at both ends of one thing, all else as it is.

    `node` is the criterion, the lens, or the axis itself. `low_at` and `high_at` say where the
    lead is `low` and `high`: the weight of the lens, or the id of the scenario, region or horizon;
    None for effects. There the low end has, in every case, the first option at the worst and the
    second at the best of their estimates on the criterion, and the high end the reverse.
    """

    kind: Kind
    node: str
    low: float
    high: float
    low_at: float | str | None = None
    high_at: float | str | None = None

    @property
    def width(self) -> float:
        """How far the ends are apart."""
        return self.high - self.low

    @property
    def reverses(self) -> bool:
        """Whether the second option is ahead at one end."""
        return self.low < -SCORE_TOLERANCE


def find_swings(comparison: Comparison, a: int, b: int) -> tuple[Swing, ...]:
    """Return the ends of every thing that moves the lead of option `a` over `b`, widest first.

    Parameters
    ----------
    comparison : Comparison
        Without missing effects.
    a, b : int
        Places among the alternatives of the problem.
    """
    found = [
        *_effects(comparison, a, b),
        *_lenses(comparison, a, b),
        *_axes(comparison, a, b),
    ]
    moving = [swing for swing in found if swing.width > SCORE_TOLERANCE]
    return tuple(sorted(moving, key=lambda s: (-round(s.width, 12), KINDS.index(s.kind), s.node)))


def _effects(comparison: Comparison, a: int, b: int) -> Iterator[Swing]:
    scores, weights = comparison.scores, comparison.weights
    lead = float(scores.expected.low[a] - scores.expected.low[b])
    ends = estimate_values(comparison.problem, comparison.cases.rows)
    least, greatest = (weighted_mean(end, weights.cases) for end in (ends.low, ends.high))  # (A, C)
    means = scores.means.low
    down = weights.criteria * ((least[a] - means[a]) - (greatest[b] - means[b]))
    up = weights.criteria * ((greatest[a] - means[a]) - (least[b] - means[b]))
    for criterion, worse, better in zip(
        comparison.problem.criteria, down.tolist(), up.tolist(), strict=True
    ):
        yield Swing("effects", criterion.id, lead + worse, lead + better)


def _lenses(comparison: Comparison, a: int, b: int) -> Iterator[Swing]:
    """Yield half and one and a half times the weight of each lens, at most all weight.

    The other lenses keep their proportions; a lens that has all weight has no others to give to.
    """
    values = lens_values(comparison, comparison.scores.means.low)
    gaps, weights = values[a] - values[b], comparison.weights.lenses
    for place, lens in enumerate(comparison.problem.tree.children):
        weight = float(weights[place])
        if not 0 < weight < 1 - SCORE_TOLERANCE:
            continue
        ends = [
            (float(ordered_sum(gaps * _reweighed(weights, place, at))), at)
            for at in (LEAST * weight, min(1.0, MOST * weight))
        ]
        (low, low_at), (high, high_at) = sorted(ends)
        yield Swing("lens", lens.id, low, high, low_at, high_at)


def _reweighed(weights: FloatArray, place: int, at: float) -> FloatArray:
    found: FloatArray = weights * ((1 - at) / (1 - weights[place]))
    found[place] = at
    return found


def _axes(comparison: Comparison, a: int, b: int) -> Iterator[Swing]:
    for axis in AXES:
        ids, scores = comparison.cases.ids[axis], comparison.scores.axes[axis].low  # (G, A)
        leads = (scores[:, a] - scores[:, b]).tolist()
        low, high = leads.index(min(leads)), leads.index(max(leads))
        yield Swing(axis, axis, leads[low], leads[high], ids[low], ids[high])

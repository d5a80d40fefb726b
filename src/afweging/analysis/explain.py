"""Why one option scores above another: because, despite, and what would tip it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from afweging.analysis.compare import contribute, mean_over_cases, total
from afweging.analysis.stability import split_scores
from afweging.analysis.values import estimate_values
from afweging.errors import Fault, RequestError
from afweging.methods.aggregation import ordered_sum, weighted_mean
from afweging.methods.ranking import SCORE_TOLERANCE
from afweging.methods.stability import winner_interval
from afweging.model.criterion import Criterion, Linear, Ordinal
from afweging.model.result import Clause, EffectTip, Explanation, Span, Tip

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from afweging.analysis.stability import Splits
    from afweging.model.result import Comparison

    FloatArray = NDArray[np.float64]


EQUAL = 12  # decimals to which what is sorted is equal; of equals the first id comes first


@dataclass(frozen=True, slots=True, eq=False)
class _Pair:
    """Two options by place, the first not below the second, and their difference per criterion.

    `low` and `high` bound the weighted difference per criterion, shape (C,).
    """

    a: int
    b: int
    low: FloatArray
    high: FloatArray

    @property
    def known(self) -> NDArray[np.bool_]:
        return self.high - self.low <= SCORE_TOLERANCE


def explain(comparison: Comparison, first: str, second: str) -> Explanation:
    """Return why one of two options scores above the other.

    The option with the higher score comes first in the explanation, whatever the order asked.

    Raises
    ------
    RequestError
        When an option is unknown, or both are the same.
    """
    pair = _pair(comparison, *_places(comparison, first, second))
    names = [alternative.id for alternative in comparison.problem.alternatives]
    clauses = _clauses(comparison, pair)
    criteria = comparison.problem.criteria
    return Explanation(
        first=names[pair.a],
        second=names[pair.b],
        difference=_difference(comparison, pair),
        because=tuple(c for c in clauses if c.difference > SCORE_TOLERANCE),
        despite=tuple(
            sorted((c for c in clauses if c.difference < -SCORE_TOLERANCE), key=_least_first)
        ),
        unknown=tuple(c.id for c, known in zip(criteria, pair.known, strict=True) if not known),
        lens_tips=_lens_tips(comparison, pair),
        effect_tip=_effect_tip(comparison, pair),
        estimates=_estimates(comparison, pair),
        cases_ahead=_cases_ahead(comparison, pair),
    )


def lens_tips(comparison: Comparison, first: str, second: str) -> tuple[Tip, ...]:
    """Return at which weight of each lens two options tie, the nearest first.

    Raises
    ------
    RequestError
        When an option is unknown, or both are the same.
    """
    return _lens_tips(comparison, _pair(comparison, *_places(comparison, first, second)))


def _places(comparison: Comparison, first: str, second: str) -> tuple[int, int]:
    known = tuple(alternative.id for alternative in comparison.problem.alternatives)
    if faults := option_faults(first, second, known=known):
        raise RequestError(faults)
    a, b = known.index(first), known.index(second)
    behind = (
        comparison.scores.expected.high[a] < comparison.scores.expected.low[b] - SCORE_TOLERANCE
    )
    return (b, a) if behind else (a, b)


def option_faults(first: str, second: str, *, known: tuple[str, ...]) -> list[Fault]:
    """Return what keeps two names from being two different options of those that are known."""
    faults = [
        Fault("unknown-name", value=name, facts={"what": "option", "known": known})
        for name in (first, second)
        if name not in known
    ]
    if not faults and first == second:
        faults = [Fault("same-option", value=first)]
    return faults


def _pair(comparison: Comparison, a: int, b: int) -> _Pair:
    part = comparison.scores.criteria
    return _Pair(a, b, part.low[a] - part.high[b], part.high[a] - part.low[b])


def _tied(pair: _Pair) -> bool:
    return abs(float(ordered_sum(pair.low))) <= SCORE_TOLERANCE


def _difference(comparison: Comparison, pair: _Pair) -> Span:
    expected = comparison.scores.expected
    return Span(
        float(expected.low[pair.a] - expected.high[pair.b]),
        float(expected.high[pair.a] - expected.low[pair.b]),
    )


def _clauses(comparison: Comparison, pair: _Pair) -> list[Clause]:
    """Return a clause per criterion that is known, from most in favour to most against."""
    effects = _mean_effects(comparison)
    clauses = []
    for c, criterion in enumerate(comparison.problem.criteria):
        if not pair.known[c]:
            continue
        shown = None if isinstance(criterion.value_function, Ordinal) else effects[:, c]
        first, second = (None, None) if shown is None else (shown[pair.a], shown[pair.b])
        clauses.append(
            Clause(
                criterion=criterion.id,
                difference=float(pair.low[c]),
                first=None if first is None or np.isnan(first) else float(first),
                second=None if second is None or np.isnan(second) else float(second),
            )
        )
    return sorted(clauses, key=_most_first)


def _most_first(clause: Clause) -> tuple[float, str]:
    return -round(clause.difference, EQUAL), clause.criterion


def _least_first(clause: Clause) -> tuple[float, str]:
    return round(clause.difference, EQUAL), clause.criterion


def _mean_effects(comparison: Comparison) -> FloatArray:
    """Return the mean effect per option and criterion, shape (A, C), NaN where one is a gap."""
    mode = comparison.problem.effects.mode[comparison.cases.rows]
    return weighted_mean(mode, comparison.weights.cases)


def _lens_tips(comparison: Comparison, pair: _Pair) -> tuple[Tip, ...]:
    """Return at which weight of each lens the two tie, the nearest first; none where they tie."""
    if not pair.known.all() or _tied(pair):
        return ()
    splits = split_scores(comparison, comparison.problem.tree.children)
    tips = []
    for n, lens in enumerate(splits.nodes):
        at = _tipping_weight(splits, n, pair)
        if at is not None:
            tips.append(Tip(lens.id, float(splits.weights[n]), at))
    return tuple(sorted(tips, key=lambda tip: (distance(tip), tip.node)))


def _tipping_weight(splits: Splits, n: int, pair: _Pair) -> float | None:
    """Return the weight of a node at which the two tie, None where no weight makes them tie.

    None too where the node has all the weight: how others would share in it is not known.
    """
    if splits.split_equally[n]:
        return None
    part, rest = (scores[n][[pair.a, pair.b]] for scores in (splits.parts, splits.rests))
    stays = winner_interval(part, rest, at=float(splits.weights[n]), incumbents=[0])
    if stays.at_low:
        return stays.low
    return stays.high if stays.at_high else None


def distance(tip: Tip) -> float:
    """Return how far the weight has to go."""
    return round(abs(tip.at - tip.weight), EQUAL)


def _effect_tip(comparison: Comparison, pair: _Pair) -> EffectTip | None:
    """Return the smallest change of one effect of the first option that makes the two tie.

    The effect changes by the same amount in every case, on a criterion with a straight value
    function, and stays on the scale in every case. None where no such change exists, or where
    the two tie already.
    """
    if not pair.known.all() or _tied(pair):
        return None
    mode = comparison.problem.effects.mode[comparison.cases.rows][:, pair.a]  # (S, C)
    now = float(ordered_sum(pair.low))
    found = []
    for c, criterion in enumerate(comparison.problem.criteria):
        weight = comparison.weights.criteria[c]
        if not isinstance(criterion.value_function, Linear) or weight <= 0:
            continue
        change = -now / weight  # in value
        shift = change * (criterion.best - criterion.worst)
        if fits(criterion, mode[:, c], shift):
            mean = float(weighted_mean(mode[:, [c]], comparison.weights.cases)[0])
            found.append((round(abs(change), EQUAL), criterion.id, mean, mean + shift))
    if not found:
        return None
    _, name, level, at = min(found)
    return EffectTip(name, comparison.problem.alternatives[pair.a].id, level, at)


def fits(criterion: Criterion, effects: FloatArray, shift: float) -> bool:
    """Return whether all effects lie on the scale, before and after the shift."""
    low, high = sorted((criterion.worst, criterion.best))
    room = 1e-9 * (high - low)
    both = np.concatenate([effects, effects + shift])
    return bool(both.min() >= low - room and both.max() <= high + room)


def _estimates(comparison: Comparison, pair: _Pair) -> Span:
    """Return the difference with all estimates against the first option, and all in its favour."""
    values = estimate_values(comparison.problem, comparison.cases.rows)
    means = mean_over_cases(values, comparison.weights.cases)
    expected = total(contribute(means, comparison.weights.criteria))
    return Span(
        float(expected.low[pair.a] - expected.high[pair.b]),
        float(expected.high[pair.a] - expected.low[pair.b]),
    )


def _cases_ahead(comparison: Comparison, pair: _Pair) -> float:
    """Return the share of the weight of the cases in which the first is surely ahead."""
    low, high = comparison.scores.cases.low[:, pair.a], comparison.scores.cases.high[:, pair.b]
    return float(ordered_sum(comparison.weights.cases * (low > high + SCORE_TOLERANCE)))

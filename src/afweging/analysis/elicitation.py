"""From someone's answers about one group to weights, to what conflicts, and to what fits.

The judgements stay what they are; weights, consistency and the set of weights that fit are
computed from them each time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from afweging.analysis.answers import (
    Answers,
    answers_about,
    compared_rows,
    exact_ratios,
    hard_rows,
    judged_ratios,
    pair_matrix,
    rank_rows,
    ratio_rows,
)
from afweging.errors import Fault, PreferenceError
from afweging.methods import best_worst, best_worst_consistency, pairwise, pairwise_repair
from afweging.methods.conflict import smallest_conflict
from afweging.methods.elicitation_report import Inconsistency, worst_first
from afweging.methods.incomplete_pairwise import (
    completed_matrix,
    harker_weights,
    known_judgements,
)
from afweging.methods.weight_set import centre, extreme_points
from afweging.methods.weighting import normalise, rank_order_centroid, rank_reciprocal, rank_sum
from afweging.model.criterion import groups_under
from afweging.model.preference import JUDGEMENT_METHODS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from afweging.methods.elicitation_report import Repair
    from afweging.model.criterion import Group
    from afweging.model.preference import Profile

    FloatArray = NDArray[np.float64]

Measure = Literal["consistency-ratio", "input-based-ratio", "factor"]

# how the numbers of a profile become weights; other methods give weights in proportion
RANKING: Mapping[str, Callable[[FloatArray], FloatArray]] = {
    "rank-order-centroid": rank_order_centroid,
    "rank-sum": rank_sum,
    "rank-reciprocal": rank_reciprocal,
}
SLACK = 1 + 1e-9  # rounding, when a factor is used as a bound
MOST_PARTS = 9  # of a group whose extreme points are listed: ten take seconds, twelve minutes
CHECK_LIMIT = 1.5  # own choice: numbers and a check that differ by more are worth a second look


@dataclass(frozen=True, slots=True, eq=False)
class Consistency:
    """How far answers agree with each other.

    `measure` says which figure `value` is; the answers pass up to `limit`. `passes` and `limit`
    are None where no published limit exists. `complete` is False where not all pairs were
    compared, which makes the figure too mild.
    """

    measure: Measure
    value: float
    limit: float | None
    passes: bool | None
    worst: tuple[Inconsistency, ...]  # the three worst, places of children
    repairs: tuple[Repair, ...]  # the smallest change that makes the answers pass
    complete: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Elicited:
    """What the answers of one profile about one group lead to; arrays over the children.

    `weights` add up to 1. `factor` is 1 where all answers hold exactly for the weights; else each
    exact ratio holds within that factor. `points` are the extreme points of all weights that fit
    the answers so, shape (V, n); the weights are one of those. Beyond `MOST_PARTS` parts that
    are compared by ratio, only the weights themselves are given. `consistency` is None where there
    is nothing that answers could contradict.
    """

    answers: Answers
    weights: FloatArray
    factor: float
    rows: FloatArray
    points: FloatArray
    consistency: Consistency | None


def elicit(tree: Group, profile: Profile) -> tuple[Elicited, ...]:
    """Return what the answers of `profile` lead to in each group that it speaks about.

    Raises
    ------
    PreferenceError
        When answers cannot hold together: the smallest such set of each group.
    """
    found: list[Elicited] = []
    faults: list[Fault] = []
    for group in groups_under(tree):
        answers = answers_about(profile, group)
        if answers.given:
            try:
                found.append(elicit_group(answers))
            except PreferenceError as error:
                faults += error.faults
    if faults:
        raise PreferenceError(faults)
    return tuple(found)


def group_weights(answers: Answers) -> FloatArray:
    """Return the local weights that follow from answers about one group, adding up to 1."""
    if answers.numbers:
        to_weights = RANKING.get(answers.profile.method, normalise)
        return to_weights(np.array(answers.numbers))
    if answers.profile.method == "ahp":
        return ahp_weights(answers)
    if answers.profile.method == "bwm":
        return best_worst.linear_weights(best_worst_answers(answers)).weights
    return centre(fitting_points(answers))


def elicit_group(answers: Answers) -> Elicited:
    """Return weights, consistency and the set of weights that fit for one group."""
    weights = group_weights(answers)
    factor = _factor(answers, weights)
    rows = _rows(answers, factor)
    points = weights[None] if too_many(answers) else extreme_points(rows, count=len(weights))
    return Elicited(answers, weights, factor, rows, points, _consistency(answers, weights, factor))


def ahp_weights(answers: Answers) -> FloatArray:
    """Return the principal eigenvector, by Harker's method where pairs were left out."""
    matrix = pair_matrix(answers)
    known = known_judgements(matrix)
    if known.all():
        return pairwise.eigenvector_weights(matrix)
    return harker_weights(matrix, known)


def best_worst_answers(answers: Answers) -> best_worst.BestWorst:
    """Return the judgements of the best-worst method as arrays."""
    extreme = {each.kind: answers.place(each.first) for each in answers.judgements}
    matrix, best, worst = pair_matrix(answers), extreme["best"], extreme["worst"]
    return best_worst.answers(matrix[best], matrix[:, worst], best=best, worst=worst)


def too_many(answers: Answers) -> bool:
    """Return whether ratios between so many parts have more extreme points than can be listed."""
    return bool(exact_ratios(answers)) and len(answers.children) > MOST_PARTS


def fitting_points(answers: Answers) -> FloatArray:
    """Return the extreme points of the weights that fit statements about one group.

    Raises
    ------
    PreferenceError
        With the smallest set of statements that cannot hold together.
    """
    blocks, always = hard_rows(answers), compared_rows(answers)
    count = len(answers.children)
    points = extreme_points(np.vstack([always, *blocks]), count=count)
    if len(points):
        return points
    conflict = smallest_conflict(blocks, always=always, count=count)
    facts = {
        "profile": answers.profile.id,
        "group": answers.group.id,
        "answers": tuple(answers.judgements[place] for place in conflict),
    }
    raise PreferenceError([Fault("answers-conflict", facts=facts)])


def _factor(answers: Answers, weights: FloatArray) -> float:
    """Return the least factor within which every exact ratio holds for the weights."""
    if answers.profile.method == "statements" and not answers.numbers:
        return 1.0
    sizes = [
        abs(float(np.log(each.times * weights[each.second] / weights[each.first])))
        for each in exact_ratios(answers)
        if weights[each.first] > 0 and weights[each.second] > 0
    ]
    return float(np.exp(max(sizes, default=0.0)))


def _rows(answers: Answers, factor: float) -> FloatArray:
    """Return the rows that the weights fit: exact ratios within `factor`, bounds as given."""
    count = len(answers.children)
    if answers.ranks:
        return rank_rows(answers)
    if answers.profile.method == "statements" and not answers.numbers:
        return np.vstack([compared_rows(answers), *hard_rows(answers)])
    wide = factor * SLACK
    rows = [
        ratio_rows(each.first, each.second, each.times / wide, each.times * wide, count)
        for each in exact_ratios(answers)
    ]
    nothing = [-np.eye(count)[j] for j, number in enumerate(answers.numbers) if number == 0]
    return np.vstack([*rows, np.array(nothing).reshape(-1, count)])


def _consistency(answers: Answers, weights: FloatArray, factor: float) -> Consistency | None:
    method = answers.profile.method if answers.judgements else ""
    if answers.numbers or method not in JUDGEMENT_METHODS:
        return _check_consistency(answers, weights, factor) if method else None
    if method == "ahp":
        return _ahp_consistency(answers, weights)
    return _bwm_consistency(answers) if method == "bwm" else None


def _check_consistency(answers: Answers, weights: FloatArray, factor: float) -> Consistency | None:
    """Return how far trade-off checks agree with the numbers given; None without a check."""
    checks = judged_ratios(answers)
    if not checks:
        return None
    found = [
        Inconsistency(each.first, each.second, each.times, _ratio(weights, each.first, each.second))
        for each in checks
    ]
    worst = worst_first(found, count=3)
    passes = factor <= CHECK_LIMIT * SLACK
    return Consistency("factor", factor, CHECK_LIMIT, passes, worst, ())


def _ratio(weights: FloatArray, first: int, second: int) -> float:
    return float(weights[first] / weights[second]) if weights[second] > 0 else float("inf")


def _ahp_consistency(answers: Answers, weights: FloatArray) -> Consistency | None:
    given = pair_matrix(answers)
    known = known_judgements(given)
    if len(given) <= 2:
        return None
    matrix = completed_matrix(given, known)
    value, limit = float(pairwise.consistency_ratio(matrix)), pairwise.CONSISTENCY_LIMIT
    worst = pairwise.worst_judgements(matrix, weights, known=known)
    repairs = pairwise_repair.repairs(matrix) if known.all() else ()
    return Consistency(
        "consistency-ratio", value, limit, value < limit, worst, repairs, bool(known.all())
    )


def _bwm_consistency(answers: Answers) -> Consistency:
    given = best_worst_answers(answers)
    return Consistency(
        "input-based-ratio",
        best_worst_consistency.input_based_ratio(given),
        best_worst_consistency.consistency_threshold(len(answers.children), float(given.span)),
        best_worst_consistency.passes(given),
        best_worst_consistency.worst_answers(given),
        best_worst_consistency.repairs(given),
    )

"""How consistent best-worst answers are, what conflicts, and the smallest change that repairs it.

All of it can be asked while someone is still answering: it needs the answers, not the weights.
The functions take one person.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from afweging.methods.best_worst import BestWorst, answers
from afweging.methods.elicitation_report import (
    Inconsistency,
    Pair,
    Repair,
    smallest_first,
    worst_first,
)
from afweging.methods.incomplete_pairwise import least_squares_weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]

SCALE = tuple(float(value) for value in range(1, 10))  # the 1 to 9 of the best-worst method

# Liang, Brunelli and Rezaei (2020), Consistency issues in the best worst method, Omega 96,
# thresholds of the input-based ratio: a row per a_BW = 3..9, a column per n = 3..9
_THRESHOLDS = (
    (0.1667, 0.1667, 0.1667, 0.1667, 0.1667, 0.1667, 0.1667),
    (0.1121, 0.1529, 0.1898, 0.2206, 0.2527, 0.2577, 0.2683),
    (0.1354, 0.1994, 0.2306, 0.2546, 0.2716, 0.2844, 0.2960),
    (0.1330, 0.1990, 0.2643, 0.3044, 0.3144, 0.3221, 0.3262),
    (0.1294, 0.2457, 0.2819, 0.3029, 0.3144, 0.3251, 0.3403),
    (0.1309, 0.2521, 0.2958, 0.3154, 0.3408, 0.3620, 0.3657),
    (0.1359, 0.2681, 0.3062, 0.3337, 0.3517, 0.3620, 0.3662),
)


def outside_scale(
    best_to_others: FloatArray, others_to_worst: FloatArray, *, best: int, worst: int
) -> tuple[Pair, ...]:
    """Return the comparisons whose answer is not from 1 to 9; NaN and infinity are not.

    Examples
    --------
    >>> given = np.array([2.0, 1.0, 10.0]), np.array([0.5, 10.0, 1.0])
    >>> outside_scale(*given, best=1, worst=2)
    ((1, 2), (0, 2), (1, 2))
    """
    low, high = SCALE[0], SCALE[-1]
    from_best = np.flatnonzero(~((best_to_others >= low) & (best_to_others <= high)))
    to_worst = np.flatnonzero(~((others_to_worst >= low) & (others_to_worst <= high)))
    return (*((best, int(j)) for j in from_best), *((int(j), worst) for j in to_worst))


def self_comparison_faults(
    best_to_others: FloatArray, others_to_worst: FloatArray, *, best: int, worst: int
) -> tuple[Pair, ...]:
    """Return where the best against itself, or the worst against itself, is not 1.

    Examples
    --------
    >>> given = np.array([2.0, 2.0, 8.0]), np.array([4.0, 8.0, 1.0])
    >>> self_comparison_faults(*given, best=1, worst=2)
    ((1, 1),)
    """
    itself = ((best, best_to_others[best]), (worst, others_to_worst[worst]))
    return tuple((at, at) for at, answer in itself if answer != 1)


def extreme_mismatch(
    best_to_others: FloatArray, others_to_worst: FloatArray, *, best: int, worst: int
) -> tuple[Pair, ...]:
    """Return best and worst if their comparison, asked from both sides, has two answers.

    Examples
    --------
    >>> given = np.array([2.0, 1.0, 8.0]), np.array([4.0, 7.0, 1.0])
    >>> extreme_mismatch(*given, best=1, worst=2)
    ((1, 2),)
    """
    return ((best, worst),) if best_to_others[worst] != others_to_worst[best] else ()


def beyond_extremes(
    best_to_others: FloatArray, others_to_worst: FloatArray, *, best: int, worst: int
) -> tuple[Pair, ...]:
    """Return the comparisons with an answer above that for the best against the worst.

    They say that another criterion is worse than the worst, or better than the best.

    Examples
    --------
    >>> given = np.array([9.0, 1.0, 8.0]), np.array([4.0, 8.0, 1.0])
    >>> beyond_extremes(*given, best=1, worst=2)
    ((1, 0),)
    """
    from_best = np.flatnonzero(best_to_others > best_to_others[worst])
    to_worst = np.flatnonzero(others_to_worst > others_to_worst[best])
    return (*((best, int(j)) for j in from_best), *((int(j), worst) for j in to_worst))


def ordinal_conflicts(given: BestWorst) -> tuple[Pair, ...]:
    """Return the pairs that the two sets of answers put in opposite order, counted most first.

    A pair (i, k) is there if the answers of the best say that i counts more than k, and those
    against the worst say the opposite. A tie on either side is no conflict.

    References
    ----------
    Liang, Brunelli and Rezaei (2020), Consistency issues in the best worst method: measurements
    and thresholds, Omega 96, ordinal consistency.

    Examples
    --------
    >>> ordinal_conflicts(answers([2, 1, 3, 8], [3, 8, 4, 1], best=1, worst=3))
    ((0, 2),)
    """
    _single(given)
    by_best = given.best_to_others[:, None] < given.best_to_others[None, :]
    by_worst = given.others_to_worst[:, None] < given.others_to_worst[None, :]
    return tuple((int(i), int(k)) for i, k in np.argwhere(by_best & by_worst))


def input_based_ratio(given: BestWorst) -> float:
    """Return the largest |a_Bj a_jW - a_BW| / (a_BW^2 - a_BW) over all j; 0 if a_BW is 1.

    References
    ----------
    Liang, Brunelli and Rezaei (2020), Omega 96, input-based consistency ratio.

    Examples
    --------
    >>> round(input_based_ratio(answers([2, 1, 4, 3, 8], [4, 8, 2, 3, 1], best=1, worst=4)), 4)
    0.0179
    """
    return float(_local_ratios(given).max())


def consistency_threshold(size: int, span: float) -> float | None:
    """Return the input-based ratio up to which answers pass; None outside the published table.

    Parameters
    ----------
    size : int
        The number of criteria; published for 3 to 9.
    span : float
        The answer for the best against the worst, a_BW; published for whole numbers 3 to 9.

    References
    ----------
    Liang, Brunelli and Rezaei (2020), Omega 96.

    Examples
    --------
    >>> consistency_threshold(5, 8.0), consistency_threshold(5, 2.0)
    (0.2958, None)
    """
    if span not in SCALE[2:] or not 3 <= size <= 9:
        return None
    return _THRESHOLDS[int(span) - 3][size - 3]


def passes(given: BestWorst) -> bool | None:
    """Return whether the answers pass; None where they are inconsistent and no threshold exists.

    Examples
    --------
    >>> passes(answers([2, 1, 4, 3, 8], [4, 8, 2, 3, 1], best=1, worst=4))
    True
    """
    ratio = input_based_ratio(given)
    threshold = consistency_threshold(given.best_to_others.shape[-1], float(given.span))
    if threshold is None:
        return True if ratio == 0 else None
    return ratio <= threshold


def worst_answers(given: BestWorst, *, count: int = 3) -> tuple[Inconsistency, ...]:
    """Return the answers farthest from what all answers together imply, farthest first.

    Implied are the ratios of the least-squares weights (own choice). The linear and the non-linear
    model make the largest error small by spreading it, also over answers that are fine.

    The two answers about one criterion tie, as nothing tells which of them is off. The best
    against the worst is one comparison. More than `count` are returned where they tie with the
    last.

    Examples
    --------
    >>> found = worst_answers(answers([2, 1, 4, 3, 8], [4, 8, 2, 3, 1], best=1, worst=4))
    >>> [(each.first, each.second, each.given, round(each.implied, 2)) for each in found[:2]]
    [(1, 3, 3.0, 2.86), (3, 4, 3.0, 2.86)]
    """
    weights = least_squares_weights(*_as_matrix(given))
    return worst_first(
        (
            Inconsistency(i, j, answer, float(weights[i] / weights[j]))
            for i, j, answer in _comparisons(given)
        ),
        count=count,
    )


def single_repairs(given: BestWorst) -> tuple[Repair, ...]:
    """Return for each answer that can do it alone its smallest change, to 1 to 9, that passes.

    A change that would make another criterion worse than the worst or better than the best is
    left out; answers that already say so are refused, see `beyond_extremes`. Two changes of the
    same size, up and down, are both there.

    Returns
    -------
    tuple of Repair
        Smallest change first, with the input-based ratio after it; empty if the answers pass, if
        no threshold exists for them, or if one change is not enough.

    Examples
    --------
    >>> given = answers([9, 1, 4, 2, 9], [9, 9, 2, 4, 1], best=1, worst=4)
    >>> [(each.first, each.second, each.proposed) for each in single_repairs(given)]
    [(1, 0, 3.0), (0, 4, 3.0)]
    """
    ends = {"best": int(_single(given).best), "worst": int(given.worst)}
    if beyond_extremes(given.best_to_others, given.others_to_worst, **ends):
        raise ValueError("no answer exceeds that for the best against the worst")
    if passes(given) is not False:
        return ()
    found: list[Repair] = []
    for i, j, answer in _comparisons(given):
        options = [
            Repair(i, j, answer, value, input_based_ratio(changed))
            for value in SCALE
            if (changed := _with_answer(given, i, j, value)) is not None and passes(changed)
        ]
        least = min((each.size for each in options), default=0.0)
        found += [each for each in options if each.size <= least + 1e-12]
    return smallest_first(found)


def repairs(given: BestWorst) -> tuple[Repair, ...]:
    """Return the changes that together make the answers pass; how many is its length.

    If one is not enough, it is one for each criterion whose own chain over the best and the worst
    fails: with the best against the worst as it is, no shorter list exists.

    Returns
    -------
    tuple of Repair
        Empty if the answers pass, or if no threshold exists for them.

    Examples
    --------
    >>> given = answers([9, 1, 4, 8, 9], [9, 9, 2, 8, 1], best=1, worst=4)
    >>> [(each.first, each.second, each.proposed) for each in repairs(given)]
    [(1, 3, 3.0), (1, 0, 3.0)]
    """
    one = single_repairs(given)
    if one:
        return one[:1]
    threshold = consistency_threshold(given.best_to_others.shape[-1], float(given.span))
    if threshold is None:
        return ()
    done: list[Repair] = []
    failing = np.flatnonzero(_local_ratios(given) > threshold)
    steps = smallest_first(_chain_repair(given, int(j), threshold) for j in failing)
    for step in steps:
        changed = _with_answer(given, step.first, step.second, step.proposed)
        given = given if changed is None else changed
        after = input_based_ratio(given)
        done.append(Repair(step.first, step.second, step.given, step.proposed, after))
    return tuple(done)


def _chain_repair(given: BestWorst, place: int, threshold: float) -> Repair:
    """Return the smallest change that brings the chain of one criterion under the threshold."""
    options = (
        Repair(i, j, answer, value, float(_local_ratios(changed)[place]))
        for i, j, answer in _comparisons(given)
        if place in (i, j)
        for value in SCALE
        if (changed := _with_answer(given, i, j, value)) is not None
    )
    return smallest_first(each for each in options if each.index <= threshold)[0]


def _comparisons(given: BestWorst) -> list[tuple[int, int, float]]:
    """Return (first, second, answer): the best against each, then each other against the worst."""
    best, worst = int(given.best), int(given.worst)
    size = given.best_to_others.shape[-1]
    from_best = [(best, j, float(given.best_to_others[j])) for j in range(size) if j != best]
    to_worst = [
        (j, worst, float(given.others_to_worst[j])) for j in range(size) if j not in (best, worst)
    ]
    return from_best + to_worst


def _as_matrix(given: BestWorst) -> tuple[FloatArray, BoolArray]:
    """Return the answers as a comparison matrix of shape (n, n), and which of it was asked."""
    size = _single(given).best_to_others.shape[-1]
    matrix, asked = np.ones((size, size)), np.eye(size, dtype=bool)
    for i, j, answer in _comparisons(given):
        matrix[i, j], matrix[j, i] = answer, 1 / answer
        asked[i, j] = asked[j, i] = True
    return matrix, asked


def _with_answer(given: BestWorst, first: int, second: int, value: float) -> BestWorst | None:
    """Return the answers with one changed; None if the best or the worst would not be it."""
    best, worst = int(given.best), int(given.worst)
    from_best, to_worst = np.array(given.best_to_others), np.array(given.others_to_worst)
    if first == best:
        from_best[second] = value
    if second == worst:
        to_worst[first] = value
    if beyond_extremes(from_best, to_worst, best=best, worst=worst):
        return None
    return answers(from_best, to_worst, best=best, worst=worst)


def _local_ratios(given: BestWorst) -> FloatArray:
    """Return |a_Bj a_jW - a_BW| / (a_BW^2 - a_BW) of each criterion, shape (n,); 0 if a_BW is 1."""
    span = float(_single(given).span)
    if span == 1:
        return np.zeros(given.best_to_others.shape[-1])
    product = given.best_to_others * given.others_to_worst
    product[[int(given.best), int(given.worst)]] = span
    return np.asarray(np.abs(product - span) / (span * span - span), dtype=np.float64)


def _single(given: BestWorst) -> BestWorst:
    if given.best_to_others.ndim != 1:
        raise ValueError("consistency is asked of one person at a time")
    return given

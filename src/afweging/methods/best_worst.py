"""Weights from best-worst comparisons: the linear and the non-linear model, both in closed form.

Someone names the best and the worst criterion, says how many times more the best counts than each
(`best_to_others`), and how many times more each counts than the worst (`others_to_worst`).

Both models ask how far judgements must be off at least. For a given deviation every criterion j
bounds w_B from below and above by increasing functions of w_W, and nothing else ties the criteria
together. So no solver is needed: the two functions that meet first decide. Own derivation; tests
hold it beside a linear program.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    FloatArray = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]
    IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class BestWorst:
    """The answers of one person, or of P people, in the best-worst method.

    Attributes
    ----------
    best_to_others, others_to_worst : ndarray of shape (..., n), 1 or more
    best, worst : ndarray of shape (...), positions of criteria
    """

    best_to_others: FloatArray
    others_to_worst: FloatArray
    best: IntArray
    worst: IntArray

    def __post_init__(self) -> None:
        shape = self.best_to_others.shape
        _require("there are two criteria or more", holds=len(shape) > 0 and shape[-1] >= 2)
        _require("both answers have shape (..., n)", holds=self.others_to_worst.shape == shape)
        for extreme in (self.best, self.worst):
            _require("each person names one best and one worst", holds=extreme.shape == shape[:-1])
            inside = (extreme >= 0) & (extreme < shape[-1])
            _require("best and worst are positions of criteria", holds=inside)
            extreme.setflags(write=False)
        _require("best and worst differ", holds=self.best != self.worst)
        for given in (self.best_to_others, self.others_to_worst):
            _require("answers are numbers of 1 or more", holds=np.isfinite(given) & (given >= 1))
            given.setflags(write=False)

    @property
    def span(self) -> FloatArray:
        """The answer of shape (...) for the best against the worst, a_BW."""
        return _at(self.best_to_others, self.worst)


def _require(rule: str, *, holds: BoolArray | bool) -> None:
    """Raise ValueError with the rule unless it holds everywhere."""
    if not np.all(holds):
        raise ValueError(rule)


def answers(
    best_to_others: ArrayLike, others_to_worst: ArrayLike, *, best: ArrayLike, worst: ArrayLike
) -> BestWorst:
    """Return the answers as a record of arrays; raise ValueError if they are malformed.

    The two answers for the best against the worst have to agree, as have the answers for the
    best against itself and the worst against itself with 1.

    Examples
    --------
    >>> answers([2, 1, 8], [4, 8, 1], best=1, worst=2).span
    array(8.)
    """
    made = BestWorst(
        np.array(best_to_others, dtype=np.float64),
        np.array(others_to_worst, dtype=np.float64),
        np.array(best, dtype=np.int64),
        np.array(worst, dtype=np.int64),
    )
    itself = (_at(made.best_to_others, made.best), _at(made.others_to_worst, made.worst))
    _require("a criterion counts as much as itself", holds=(itself[0] == 1) & (itself[1] == 1))
    agree = made.span == _at(made.others_to_worst, made.best)
    _require("the two answers for the best against the worst agree", holds=agree)
    return made


@dataclass(frozen=True, slots=True, eq=False)
class BestWorstWeights:
    """Weights of shape (..., n) and the smallest deviation, of shape (...), in units of weight."""

    weights: FloatArray
    deviation: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class BestWorstIntervals:
    """Bounds of the weights, shape (..., n), at the smallest deviation of the ratios, shape (...).

    `ratio` is the deviation divided by the consistency index for a_BW; infinite where that index is
    0 (best and worst count the same) and the deviation is not.
    """

    low: FloatArray
    high: FloatArray
    deviation: FloatArray
    ratio: FloatArray


def linear_weights(given: BestWorst) -> BestWorstWeights:
    """Return the weights of the linear model, and its xi.

    It minimises the largest of |w_B - a_Bj w_j| and |w_j - a_jW w_W| over all j.

    With xi as unit, w_B lies between p_j w_W - d_j and p_j w_W + d_j for every j, where p_j =
    a_Bj a_jW and d_j = a_Bj + 1 (a_BW and 1 for the best against the worst itself). All weights
    grow together, and the larger their sum, the smaller xi in weights that add up to 1. So w_W is
    the largest at which no lower bound passes an upper one, min (d_j + d_k) / (p_j - p_k), then
    w_B = min (p_j w_W + d_j) and w_j = min ((w_B + 1) / a_Bj, a_jW w_W + 1). The solution is
    unique.

    Its deviation is not to be divided by the consistency index of the non-linear model.

    References
    ----------
    Rezaei (2016), Best-worst multi-criteria decision-making method: some properties and a linear
    model, Omega 64. The closed form is own work.

    Examples
    --------
    >>> found = linear_weights(answers([2, 1, 4, 3, 8], [4, 8, 2, 3, 1], best=1, worst=4))
    >>> found.weights.round(4), float(found.deviation.round(4))
    (array([0.2295, 0.4481, 0.1148, 0.153 , 0.0546]), 0.0109)
    """
    product, slack = _bounds(given)
    gap = product[..., :, None] - product[..., None, :]  # (..., n, n)
    limits = (slack[..., :, None] + slack[..., None, :]) / np.where(gap > 0, gap, 1.0)
    least = np.where(gap > 0, limits, np.inf).min(axis=(-2, -1))
    consistent = np.isinf(least)
    # consistent answers need no deviation: then w_W is the unit instead, and the slack is 0
    worst = np.where(consistent, 1.0, least)
    unit = np.where(consistent, 0.0, 1.0)
    best = (product * worst[..., None] + slack * unit[..., None]).min(axis=-1)
    below_best = (best + unit)[..., None] / given.best_to_others
    above_worst = given.others_to_worst * worst[..., None] + unit[..., None]
    weights = _with_extremes(given, np.minimum(below_best, above_worst), best, worst)
    total = weights.sum(axis=-1)
    return BestWorstWeights(weights / total[..., None], np.asarray(unit / total))


def minmax_intervals(given: BestWorst) -> BestWorstIntervals:
    """Return bounds of the weights of the non-linear model, its xi* and its consistency ratio.

    It minimises the largest of |w_B / w_j - a_Bj| and |w_j / w_W - a_jW| over all j.

    For a given xi, w_B / w_W lies between (a_Bj - xi)(a_jW - xi) and (a_Bj + xi)(a_jW + xi) for
    every j, and between a_BW - xi and a_BW + xi. The least xi is the largest at which some lower
    bound meets some upper one; there w_B / w_W is fixed, and every other weight has an interval
    of its own, which gives the bounds of the weights that add up to 1.

    References
    ----------
    Rezaei (2015), Best-worst multi-criteria decision-making method, Omega 53; intervals: Rezaei
    (2016), Omega 64, section 3. The closed form is own work.

    Examples
    --------
    >>> found = minmax_intervals(answers([2, 1, 4, 3, 8], [4, 8, 2, 3, 1], best=1, worst=4))
    >>> float(found.deviation.round(4)), float(found.ratio.round(4))
    (0.1459, 0.0326)
    >>> found.low.round(4)
    array([0.2145, 0.4461, 0.1085, 0.1563, 0.0548])
    """
    deviation = _least_deviation(given)
    off = deviation[..., None]
    upper = (given.best_to_others + off) * (given.others_to_worst + off)
    upper = _with_extremes(given, upper, given.span + deviation, given.span + deviation)
    best = upper.min(axis=-1)  # w_B when w_W is 1
    room = given.best_to_others - off
    low = np.maximum(given.others_to_worst - off, best[..., None] / (given.best_to_others + off))
    below = np.where(room > 0, best[..., None] / np.where(room > 0, room, 1.0), np.inf)
    high = np.minimum(given.others_to_worst + off, below)
    one = np.ones_like(best)
    low, high = (_with_extremes(given, each, best, one) for each in (low, high))
    high = np.maximum(low, high)  # they meet where a criterion decides the deviation
    index = consistency_index(given.span)
    ratio = np.where(deviation > 0, np.inf, 0.0)
    np.divide(deviation, index, out=ratio, where=index > 0)
    return BestWorstIntervals(_share(low, high), _share(high, low), deviation, ratio)


def consistency_index(span: FloatArray) -> FloatArray:
    """Return the largest deviation that answers with a_BW = `span` can need.

    It solves xi^2 - (1 + 2 a) xi + a^2 - a = 0: the answers a_Bj = a_jW = a_BW = a. The published
    table rounds it: 0, 0.44, 1, 1.63, 2.30, 3, 3.73, 4.47, 5.23 for 1 to 9.

    References
    ----------
    Rezaei (2015), Omega 53, table 1.

    Examples
    --------
    >>> consistency_index(np.array([1.0, 2.0, 8.0])).round(2)
    array([0.  , 0.44, 4.47])
    """
    return np.asarray(((1 + 2 * span) - np.sqrt(1 + 8 * span)) / 2, dtype=np.float64)


def _bounds(given: BestWorst) -> tuple[FloatArray, FloatArray]:
    """Return per criterion the chained judgement a_Bj a_jW and the slack that goes with it."""
    product = given.best_to_others * given.others_to_worst
    slack = given.best_to_others + 1
    one = np.ones_like(given.span)
    return (
        _with_extremes(given, product, given.span, given.span),
        _with_extremes(given, slack, one, one),
    )


def _least_deviation(given: BestWorst) -> FloatArray:
    """Return the least xi, shape (...), at which no lower bound of w_B / w_W passes an upper."""
    product = given.best_to_others * given.others_to_worst
    total = given.best_to_others + given.others_to_worst
    pairs = (product[..., :, None] - product[..., None, :]) / (
        total[..., :, None] + total[..., None, :]
    )
    span = given.span[..., None]
    # as others of a pair, best and worst give less than the two exact roots below
    # (a_Bj - xi)(a_jW - xi) = a_BW + xi, and a_BW - xi = (a_Bj + xi)(a_jW + xi)
    excess, lack = np.maximum(product - span, 0.0), np.maximum(span - product, 0.0)
    too_large = 2 * excess / (total + 1 + np.sqrt((total + 1) ** 2 - 4 * excess))
    too_small = 2 * lack / (total + 1 + np.sqrt((total + 1) ** 2 + 4 * lack))
    zero = np.zeros_like(given.span)
    found = (pairs.max(axis=-1), too_large, too_small)
    inner = [_with_extremes(given, each, zero, zero) for each in found]
    return np.asarray(np.maximum.reduce(inner).max(axis=-1), dtype=np.float64)


def _share(own: FloatArray, others: FloatArray) -> FloatArray:
    """Return own / (own + the sum of the others) for each criterion, shape (..., n)."""
    rest = others.sum(axis=-1, keepdims=True) - others
    return np.asarray(own / (own + rest), dtype=np.float64)


def _at(values: FloatArray, place: IntArray) -> FloatArray:
    """Return the value of each person at a place, shape (..., n) and (...) -> (...)."""
    return np.asarray(np.take_along_axis(values, place[..., None], axis=-1)[..., 0])


def _with_extremes(
    given: BestWorst, values: FloatArray, at_best: FloatArray, at_worst: FloatArray
) -> FloatArray:
    """Return a copy of `values`, shape (..., n), with other values for the best and the worst."""
    changed = np.array(values)
    np.put_along_axis(changed, given.best[..., None], at_best[..., None], axis=-1)
    np.put_along_axis(changed, given.worst[..., None], at_worst[..., None], axis=-1)
    return changed

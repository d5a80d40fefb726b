"""What can be for some of the weights that fit answers: being first, and every rank.

A set of weights is given by its rows, as in `weight_set`. Values are known.
Knows nothing about names.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from afweging.methods.ranking import SCORE_TOLERANCE
from afweging.methods.weight_set import extreme_points, tidy_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]
    IntArray = NDArray[np.int64]

CAREFUL = {
    "primal_feasibility_tolerance": 1e-10,
    "dual_feasibility_tolerance": 1e-10,
    "presolve": False,  # it finds that nothing fits where the set of weights is thin
}


@dataclass(frozen=True, slots=True, eq=False)
class DecisionRules:
    """What each rule for incomplete weights judges by, each of shape (A,).

    Attributes
    ----------
    maximax, maximin : ndarray of shape (A,)
        The greatest and the least score.
    central : ndarray of shape (A,)
        Halfway between these: the central value.
    possible_loss : ndarray of shape (A,)
        The greatest regret; the only one of which less is better.
    """

    maximax: FloatArray
    maximin: FloatArray
    central: FloatArray
    possible_loss: FloatArray

    def __post_init__(self) -> None:
        for array in (self.maximax, self.maximin, self.central, self.possible_loss):
            array.setflags(write=False)

    @property
    def choices(self) -> Mapping[str, BoolArray]:
        """Who is best by each rule, of shape (A,): several where they tie."""
        judged = {
            "maximax": self.maximax,
            "maximin": self.maximin,
            "central": self.central,
            "minimax_regret": -self.possible_loss,
        }
        return {rule: by >= by.max() - SCORE_TOLERANCE for rule, by in judged.items()}


def potential_optimality(
    values: FloatArray, rows: FloatArray | None = None
) -> tuple[FloatArray, FloatArray]:
    """Return by how much each alternative can be ahead of all others at most, and the weights.

    Parameters
    ----------
    values : ndarray of shape (A, n)
    rows : ndarray of shape (m, n), optional
        The weights are those with rows @ w >= 0; by default all.

    Returns
    -------
    margins : ndarray of shape (A,)
        The lead on the best of the others, at its greatest: at least 0, within the tolerance, if
        the alternative can be first; infinite without others.
    weights : ndarray of shape (A, n)
        Weights with which it has that lead.

    References
    ----------
    Hazen (1986), Partial information, dominance, and potential optimality in multiattribute
    utility theory, Operations Research 34(2).

    Examples
    --------
    >>> margins, weights = potential_optimality(np.array([[1.0, 0.0], [0.0, 1.0], [0.4, 0.4]]))
    >>> margins.round(4), weights[2].round(4)
    (array([ 0.6,  0.6, -0.1]), array([0.5, 0.5]))
    """
    _check_numbers(values)
    bounds = _bounds(rows, values.shape[1])
    rivals = (np.delete(values, i, axis=0) for i in range(len(values)))
    found = [_widest_lead(own - others, bounds) for own, others in zip(values, rivals, strict=True)]
    return np.array([margin for margin, _ in found]), np.stack([weights for _, weights in found])


def extreme_ranks(
    values: FloatArray,
    rows: FloatArray | None = None,
    *,
    leads: tuple[FloatArray, FloatArray] | None = None,
) -> tuple[IntArray, IntArray]:
    """Return the best and the worst rank each alternative can have, best is 1.

    Asked is how many rivals can at most be no further ahead than a tie, or be ahead, all at once.
    A linear program looks whether a group can be; if not, some rivals in it exclude each other,
    and the next group is the largest that holds none of the parts found so far.

    Parameters
    ----------
    values : ndarray of shape (A, n)
    rows : ndarray of shape (m, n), optional
        The weights are those with rows @ w >= 0; by default all.
    leads : pair of ndarrays of shape (A, A), optional
        The least and the greatest lead of i on k for these weights; by default from the extreme
        points, of which there are many where many groups of weights are free at once.

    Returns
    -------
    best, worst : ndarray of shape (A,)
        Ties share the better rank, so a best rank may hold only where alternatives tie.

    References
    ----------
    Kadziński, Greco and Słowiński (2012), Extreme ranking analysis in robust ordinal regression,
    Omega 40(4). Their worst rank counts a tie as behind; ours, as all our ranks, does not.

    Examples
    --------
    >>> extreme_ranks(np.array([[1.0, 0.0], [0.0, 1.0], [0.7, 0.5], [0.4, 0.4]]))
    (array([1, 1, 1, 3]), array([4, 4, 2, 4]))
    """
    _check_numbers(values)
    bounds = _bounds(rows, values.shape[1])
    low, high = _lead_ranges(values, bounds) if leads is None else leads
    best, worst = [], []
    for i in range(len(values)):
        others = np.arange(len(values)) != i
        gaps, ends = values[i] - values[others], (low[i, others], high[i, others])  # (A - 1, n)
        best.append(len(values) - _largest_group(gaps, ends, bounds, -SCORE_TOLERANCE))
        back = (-ends[1], -ends[0])
        worst.append(1 + _largest_group(-gaps, back, bounds, SCORE_TOLERANCE))
    return np.array(best), np.array(worst)


def _lead_ranges(values: FloatArray, bounds: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the least and the greatest lead of each on each, both of shape (A, A)."""
    points = extreme_points(bounds, count=values.shape[1])
    _check_any(points)
    leads = (values[:, None] - values) @ points.T  # (A, A, n) @ (n, V)
    return leads.min(axis=2), leads.max(axis=2)


def _largest_group(
    leads: FloatArray, ends: tuple[FloatArray, FloatArray], bounds: FloatArray, least: float
) -> int:
    """Return how many leads, each with a least and a greatest, can at most be above `least`."""
    always = ends[0] > least
    open_ = ~always & (ends[1] > least)
    rivals = leads[open_]
    clashes: list[list[int]] = []
    while True:
        group = left = _group(len(rivals), clashes)
        while left and _widest_lead(rivals[left], bounds)[0] <= least:
            clashes.append(_clash(rivals, left, bounds, least))
            left = [k for k in left if k not in clashes[-1]]
        if left == group:
            return int(always.sum()) + len(group)


def _group(count: int, clashes: list[list[int]]) -> list[int]:
    """Return the most of so many leads that do not contain a whole clash.

    The program has no weights in it, only whole numbers: with weights the solver may print a
    line of its own when rounding makes an answer doubtful, in the middle of what is written.
    """
    if not clashes:
        return list(range(count))
    from scipy.optimize import LinearConstraint, milp  # type: ignore[import-untyped]  # noqa: PLC0415

    members = np.array([np.isin(range(count), clash) for clash in clashes], dtype=np.float64)
    result = milp(
        -np.ones(count),
        constraints=LinearConstraint(members, ub=members.sum(axis=1) - 1),
        integrality=np.ones(count),
        bounds=(0, 1),
        options={"mip_rel_gap": 0.0},
    )
    _check_solved(result.status, result.message)
    return [int(k) for k in np.flatnonzero(result.x > 0.5)]


def _clash(leads: FloatArray, group: list[int], bounds: FloatArray, least: float) -> list[int]:
    """Return a part of the group that cannot be above `least` together, none of it needless.

    Leads that are not the least of the group at its best weights do not hold it back.
    """
    widest, weights = _widest_lead(leads[group], bounds)
    holding = [k for k in group if leads[k] @ weights <= widest + SCORE_TOLERANCE]
    kept = holding if _widest_lead(leads[holding], bounds)[0] <= least else group
    for k in kept:
        rest = [other for other in kept if other != k]
        if rest and _widest_lead(leads[rest], bounds)[0] <= least:
            kept = rest
    return kept


def _widest_lead(leads: FloatArray, bounds: FloatArray) -> tuple[float, FloatArray]:
    """Return the greatest least lead, computed from weights, and those weights, of shape (n,).

    Presolving takes sets with hardly any room for empty ones, so that is left out.
    """
    from scipy.optimize import linprog  # noqa: PLC0415

    m, n = leads.shape
    reach = float(np.abs(leads).max(initial=0.0))
    asked = np.vstack(
        [np.hstack([-leads, np.ones((m, 1))]), np.hstack([-bounds, np.zeros((len(bounds), 1))])]
    )
    result = linprog(
        np.append(np.zeros(n), -1.0),  # the weights, then the least lead
        A_ub=asked,
        b_ub=np.zeros(len(asked)),
        A_eq=np.append(np.ones(n), 0.0)[None],
        b_eq=[1.0],
        bounds=[(0, 1)] * n + [(-reach, reach)],
        method="highs",
        options=CAREFUL,
    )
    _check_solved(result.status, result.message)
    weights = np.maximum(np.asarray(result.x[:n], dtype=np.float64), 0.0)
    weights /= weights.sum()
    return float((leads @ weights).min(initial=np.inf)), weights


def _bounds(rows: FloatArray | None, count: int) -> FloatArray:
    return tidy_rows(np.empty((0, count)) if rows is None else rows)


def _check_numbers(values: FloatArray) -> None:
    if not np.isfinite(values).all():
        raise ValueError("values are numbers: NaN and infinity have no rank")


def _check_any(points: FloatArray) -> None:
    if not len(points):
        raise ValueError("no weights fit the answers: there are no extreme points")


def _check_solved(status: int, message: str) -> None:
    if status == 2:
        raise ValueError("no weights fit the answers")
    if status != 0:
        raise RuntimeError(f"program not solved: {message}")

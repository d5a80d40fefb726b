"""The smallest change of weights, or of an option, that changes who is ahead.

Knows nothing about names. Scores are additive: values of shape (A, C) times weights of shape (C,).
Being level counts as ahead; whoever wants a lead asks for it with `lead` (or a negative `gap`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from afweging.methods.aggregation import ordered_sum

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]

NOTHING = 1e-12  # differences in value and weights up to this are none


@dataclass(frozen=True, slots=True, eq=False)
class WeightChange:
    """Weights changed as little as possible.

    Attributes
    ----------
    weights : ndarray of shape (C,)
        The new weights. Criteria that do equally well share: what they give, in proportion to
        their weights, and what they get, evenly (not in the result of a linear program).
    moved : float
        The share of all weight that moves, half the L1 distance, in [0, 1].
    unique : bool or None
        False where other weights do it with as little; None where that was not looked into.
    """

    weights: FloatArray
    moved: float
    unique: bool | None

    def __post_init__(self) -> None:
        self.weights.setflags(write=False)


@dataclass(frozen=True, slots=True, eq=False)
class Amendment:
    """The smallest value to add to one alternative on one criterion.

    Attributes
    ----------
    amount : float
        The value to add; 0 where nothing is needed.
    value : float
        The value after it; above 1 it lies beyond the best reference of the criterion.
    needed : ndarray of shape (P,)
        What each person needs before the alternative is acceptable; inf where none is enough.
    needed_not_worst : ndarray of shape (P,)
        What each person needs before it is no longer alone at the bottom.
    """

    amount: float
    value: float
    needed: FloatArray
    needed_not_worst: FloatArray

    def __post_init__(self) -> None:
        self.needed.setflags(write=False)
        self.needed_not_worst.setflags(write=False)

    @property
    def accepting(self) -> BoolArray:
        """True at the people, shape (P,), for whom the amended alternative is acceptable."""
        return np.asarray(self.needed <= self.amount)


def change_to_beat(
    values: FloatArray, weights: FloatArray, *, challenger: int, rival: int, lead: float = 0.0
) -> WeightChange | None:
    """Return the smallest change of weights that puts one alternative `lead` ahead of another.

    Weight moves from the criteria that are worst for the challenger to the one that is best,
    until the lead is there. That is the optimum of the linear program: every unit that moves
    gains the difference of the two, and none can gain more.

    Parameters
    ----------
    values : ndarray of shape (A, C), partial values
    weights : ndarray of shape (C,), adding up to 1
    challenger, rival : int, rows of `values`
    lead : float, 0 or higher

    Returns
    -------
    WeightChange or None
        None where no weights do it.

    References
    ----------
    Rios Insua and French (1991), A framework for sensitivity analysis in discrete multi-objective
    decision-making, EJOR 54(2), with the L1 distance; closed form: own derivation.

    Examples
    --------
    >>> values = np.array([[0.8, 0.2, 0.5], [0.2, 0.7, 0.4]])
    >>> change = change_to_beat(values, np.array([0.6, 0.2, 0.2]), challenger=1, rival=0)
    >>> change.weights.round(4), round(change.moved, 4)
    (array([0.3455, 0.4545, 0.2   ]), 0.2545)
    """
    gain = values[challenger] - values[rival]
    missing = lead - float(ordered_sum(gain * weights))
    if missing <= NOTHING:
        return WeightChange(weights.copy(), 0.0, unique=True)
    best = gain >= gain.max() - NOTHING
    if gain.max() < lead - NOTHING:
        return None
    kept, shared = _take_weight(gain, weights, missing)
    moved = float(ordered_sum(weights - kept))
    new = np.where(best, kept + moved / best.sum(), kept)
    return WeightChange(new, moved, unique=not shared and int(best.sum()) == 1)


def _take_weight(gain: FloatArray, weights: FloatArray, missing: float) -> tuple[FloatArray, bool]:
    """Return what is left of the weights, and whether tied criteria shared the last step.

    Criteria with the same gain give up the same share of their weights. All have shape (C,).
    """
    kept = weights.copy()
    top = gain.max()
    for level in np.unique(gain):  # from worst to best
        here = (np.abs(gain - level) <= NOTHING) & (gain < top - NOTHING) & (kept > 0)
        mass = float(ordered_sum(kept[here]))
        if mass * (top - level) >= missing:
            kept[here] *= 1 - missing / (top - level) / mass
            return kept, int(here.sum()) > 1
        kept[here] = 0.0
        missing -= mass * (top - level)
    return kept, False


def change_to_win(
    values: FloatArray, weights: FloatArray, *, challenger: int, lead: float = 0.0
) -> WeightChange | None:
    """Return the smallest change of weights that puts one alternative ahead of all others.

    Parameters
    ----------
    values : ndarray of shape (A, C), partial values
    weights : ndarray of shape (C,), adding up to 1
    challenger : int, row of `values`
    lead : float, 0 or higher

    Returns
    -------
    WeightChange or None
        None where no weights do it: the alternative can never be first.

    References
    ----------
    As `change_to_beat`; a linear program in what each criterion gets and gives.

    Examples
    --------
    >>> values = np.array([[0.8, 0.2, 0.5], [0.2, 0.7, 0.4], [0.5, 0.6, 0.3]])
    >>> change = change_to_win(values, np.array([0.6, 0.2, 0.2]), challenger=1)
    >>> change.weights.round(4), round(change.moved, 4)
    (array([0.25 , 0.375, 0.375]), 0.35)
    """
    gains = values[challenger] - np.delete(values, challenger, axis=0)  # (A - 1, C)
    missing = lead - ordered_sum(gains * weights)
    if (missing <= NOTHING).all():
        return WeightChange(weights.copy(), 0.0, unique=True)
    steps = _solve(gains, weights, missing)
    if steps is None:
        return None
    new = np.maximum(weights + steps, 0.0)
    new /= ordered_sum(new)
    return WeightChange(new, float(ordered_sum(np.abs(new - weights)) / 2), unique=None)


def _solve(gains: FloatArray, weights: FloatArray, missing: FloatArray) -> FloatArray | None:
    """Return the steps of shape (C,) with the least L1 norm that gain what is missing, or None."""
    from scipy.optimize import linprog  # type: ignore[import-untyped]  # noqa: PLC0415

    count = len(weights)
    result = linprog(
        np.ones(2 * count),  # what each criterion gets, then what each gives
        A_ub=np.hstack([-gains, gains]),
        b_ub=-missing,
        A_eq=np.hstack([np.ones(count), -np.ones(count)])[None, :],
        b_eq=[0.0],
        bounds=[(0, 1)] * count + [(0, float(w)) for w in weights],
        method="highs",
        options={"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10},
    )
    if result.status == 2:  # infeasible
        return None
    if result.status != 0:
        raise RuntimeError(f"linear program not solved: {result.message}")
    return np.asarray(result.x[:count] - result.x[count:], dtype=np.float64)


def amend_to_win(
    values: FloatArray, weights: FloatArray, *, alternative: int, criterion: int, lead: float = 0.0
) -> Amendment | None:
    """Return the least value to add on one criterion so that an alternative is first for everyone.

    Parameters
    ----------
    values : ndarray of shape (A, C), partial values
    weights : ndarray of shape (P, C), rows adding up to 1
    alternative, criterion : int, row and column of `values`
    lead : float, 0 or higher

    Returns
    -------
    Amendment or None
        None where no value is enough: someone gives the criterion no weight.

    References
    ----------
    Triantaphyllou and Sanchez (1997), A sensitivity analysis approach for some deterministic
    multi-criteria decision-making methods, Decision Sciences 28(1).

    Examples
    --------
    >>> values = np.array([[0.8, 0.2], [0.2, 0.6]])
    >>> amendment = amend_to_win(values, np.array([[0.5, 0.5]]), alternative=1, criterion=0)
    >>> round(amendment.amount, 4), round(amendment.value, 4)
    (0.2, 0.4)
    """
    return amend_to_accept(values, weights, alternative=alternative, criterion=criterion, gap=-lead)


def amend_to_accept(
    values: FloatArray,
    weights: FloatArray,
    *,
    alternative: int,
    criterion: int,
    share: float = 1.0,
    gap: float = 0.0,
) -> Amendment | None:
    """Return the least value to add on one criterion so that enough people can accept.

    A person can accept an alternative that is first, or at most `gap` behind the first. At least
    `share` of the people accept, and for nobody it is alone at the bottom. What one person needs
    is (what is missing) / (weight of the criterion); enough people is an order statistic of that.

    Parameters
    ----------
    values : ndarray of shape (A, C), partial values
    weights : ndarray of shape (P, C), rows adding up to 1
    alternative, criterion : int, row and column of `values`
    share : float, in [0, 1]
    gap : float
        How far behind the best of the others is still acceptable; below 0 a lead is asked.

    Returns
    -------
    Amendment or None
        None where no value is enough.

    References
    ----------
    Own derivation, exact for a change on one criterion; see Triantaphyllou and Sanchez (1997).

    Examples
    --------
    >>> values = np.array([[0.8, 0.2], [0.2, 0.6], [0.1, 0.1]])
    >>> weights = np.array([[0.5, 0.5], [0.8, 0.2], [0.3, 0.7]])
    >>> amendment = amend_to_accept(values, weights, alternative=1, criterion=0, share=2 / 3)
    >>> round(amendment.amount, 4), amendment.needed.round(4), amendment.accepting
    (0.2, array([0.2, 0.5, 0. ]), array([ True, False,  True]))
    """
    scores = ordered_sum(values * weights[:, None, :])  # (P, A)
    own, others = scores[:, alternative], np.delete(scores, alternative, axis=1)
    if others.shape[1] == 0:
        others = np.full((len(weights), 1), -np.inf)  # nobody stands in the way
    weight = weights[:, criterion]
    needed = _value_needed(others.max(axis=1) - gap - own, weight)
    not_worst = _value_needed(others.min(axis=1) - own, weight)
    amount = max(_enough_people(needed, share), float(not_worst.max(initial=0.0)))
    if amount == np.inf:
        return None
    after = float(values[alternative, criterion]) + amount
    return Amendment(amount, after, needed, not_worst)


def _value_needed(missing: FloatArray, weight: FloatArray) -> FloatArray:
    """Return the value that makes up for a missing score, of shape (P,); inf without weight."""
    enough = missing <= NOTHING
    possible = weight > NOTHING
    value = missing / np.where(possible, weight, 1.0)
    return np.where(enough, 0.0, np.where(possible, value, np.inf))


def _enough_people(needed: FloatArray, share: float) -> float:
    """Return the least value that at least `share` of the people need no more than."""
    people = int(np.ceil(share * len(needed) - 1e-9))  # 2 / 3 of 3 people is 2, rounding aside
    return float(np.sort(needed)[people - 1]) if people > 0 else 0.0

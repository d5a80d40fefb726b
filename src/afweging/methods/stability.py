"""Between which weights of one part the winner, and the whole order, stay. In closed form.

A part is a criterion or a group of criteria. Its weight varies and all other weights keep their
proportions, so that the score of an alternative at weight t of the part is a straight line:
t * part + (1 - t) * rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

import numpy as np

from afweging.methods.ranking import SCORE_TOLERANCE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]
    IntArray = NDArray[np.int64]

Who = TypeVar("Who")


@dataclass(frozen=True, slots=True)
class Interval(Generic[Who]):
    """The weights from `low` to `high` between which something stays, ends included.

    `at_low` and `at_high` say who catch up with whom towards that end and are level there. They
    are empty where the end is only 0 or 1, with nobody level.
    """

    low: float
    high: float
    at_low: tuple[Who, ...]
    at_high: tuple[Who, ...]


def winner_interval(
    part: FloatArray, rest: FloatArray, *, at: float, incumbents: Sequence[int]
) -> Interval[int]:
    """Return between which weights of the part all incumbents stay first.

    To stay first is to have no score below that of any other. Incumbents that are level now but
    not at other weights part at once: the interval is then the weight `at` alone.

    Parameters
    ----------
    part : ndarray of shape (A,)
        Value of each alternative on the part itself, in [0, 1].
    rest : ndarray of shape (A,)
        Value on all else, in the proportions of now and rescaled to weight 1, in [0, 1].
    at : float
        Weight of the part now, in [0, 1].
    incumbents : sequence of int
        Who are first now: one alternative, or all that tie.

    Returns
    -------
    Interval
        `at_low` and `at_high` name the rivals: the score of an incumbent falls behind theirs
        just outside the interval. Alternatives that are level at every weight are no rivals.

    Raises
    ------
    ValueError
        When `at` is no weight, or an incumbent is not first at it.

    References
    ----------
    Mareschal (1988), Weight stability intervals in multicriteria decision aid, EJOR 33(1).

    Examples
    --------
    >>> part, rest = np.array([0.4, 0.8, 0.0]), np.array([0.7, 0.5, 0.8])
    >>> found = winner_interval(part, rest, at=0.25, incumbents=[0])
    >>> round(found.low, 6), round(found.high, 6), found.at_low, found.at_high
    (0.2, 0.333333, (2,), (1,))
    """
    scores = _at(part, rest, at)
    if (scores[list(incumbents)] < scores.max() - 2 * SCORE_TOLERANCE).any():
        raise ValueError("an incumbent is not first at the weight of now")  # by more than rounding
    pairs = [(a, rival) for a in incumbents for rival in range(len(part)) if rival != a]
    found = _limits(part, rest, at, pairs)
    return Interval(found.low, found.high, _rivals(found.at_low), _rivals(found.at_high))


def order_interval(part: FloatArray, rest: FloatArray, *, at: float) -> Interval[tuple[int, int]]:
    """Return between which weights of the part no pair of alternatives changes places.

    What ties now has to stay tied: with a tie that another weight breaks, the interval is the
    weight `at` alone.

    Parameters
    ----------
    part, rest : ndarray of shape (A,)
        As for `winner_interval`.
    at : float
        Weight of the part now, in [0, 1].

    Returns
    -------
    Interval
        `at_low` and `at_high` hold pairs that are next to each other in the order, the one that
        is ahead inside the interval first.

    Raises
    ------
    ValueError
        When `at` is no weight.

    References
    ----------
    Mareschal (1988), Weight stability intervals in multicriteria decision aid, EJOR 33(1).

    Examples
    --------
    >>> part, rest = np.array([0.4, 0.8, 0.0]), np.array([0.7, 0.5, 0.8])
    >>> found = order_interval(part, rest, at=0.25)
    >>> round(found.low, 6), round(found.high, 6), found.at_low, found.at_high
    (0.2, 0.272727, ((0, 2),), ((2, 1),))
    """
    return _limits(part, rest, at, _neighbours(_at(part, rest, at)))


def first_beside(
    part: FloatArray, rest: FloatArray, *, at: float, side: Literal[-1, 1]
) -> tuple[int, ...]:
    """Return who is first at a weight just below (-1) or just above (1) the weight `at`.

    Of those that are first at `at` itself, it is the one whose score gains most on that side;
    several where they stay level.

    Parameters
    ----------
    part, rest : ndarray of shape (A,)
        As for `winner_interval`.

    Examples
    --------
    >>> part, rest = np.array([0.4, 0.8, 0.0]), np.array([0.7, 0.5, 0.8])
    >>> first_beside(part, rest, at=1 / 3, side=1), first_beside(part, rest, at=1 / 3, side=-1)
    ((1,), (0,))
    """
    scores = _at(part, rest, at)
    gains = np.where(scores >= scores.max() - SCORE_TOLERANCE, side * (part - rest), -np.inf)
    return tuple(np.flatnonzero(gains >= gains.max() - SCORE_TOLERANCE).tolist())


def _at(part: FloatArray, rest: FloatArray, weight: float) -> FloatArray:
    """Return the scores at one weight of the part, shape (A,)."""
    return weight * part + (1 - weight) * rest


def _neighbours(scores: FloatArray) -> list[tuple[int, int]]:
    """Return the pairs that hold the order together: each place with the next, and all ties.

    Alternatives that tie share a place; a tie is there in both directions.
    """
    order = np.argsort(-scores, kind="stable")
    steps = -np.diff(scores[order]) > SCORE_TOLERANCE
    place = np.empty(len(scores), dtype=np.int64)
    place[order] = np.concatenate([[0], np.cumsum(steps)])
    further = place[None, :] - place[:, None]  # (A, A)
    tied = (further == 0) & ~np.eye(len(scores), dtype=bool)
    return list(zip(*(axis.tolist() for axis in np.nonzero(tied | (further == 1))), strict=True))


def _limits(
    part: FloatArray, rest: FloatArray, at: float, pairs: list[tuple[int, int]]
) -> Interval[tuple[int, int]]:
    """Return between which weights no first of a pair falls behind the second, and who end it.

    With A and B the leads of the first on the part and on the rest, its lead at weight t is
    B + (A - B) t: it lasts while t >= -B / (A - B) if A > B, while t <= -B / (A - B) if A < B.
    """
    if not 0 <= at <= 1:
        raise ValueError(f"{at} is no weight between 0 and 1")
    first, second = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    none, full = rest[first] - rest[second], part[first] - part[second]  # leads at 0 and at 1
    now = _at(full, none, at)
    behind_at_none, behind_at_full = none < -SCORE_TOLERANCE, full < -SCORE_TOLERANCE
    crosses = np.where(behind_at_none | behind_at_full, none - full, 1.0)
    level_at = np.where(now <= SCORE_TOLERANCE, at, none / crosses)
    low = float(level_at[behind_at_none].clip(0, at).max(initial=0.0))
    high = float(level_at[behind_at_full].clip(at, 1).min(initial=1.0))
    return Interval(
        low,
        high,
        _level(pairs, _at(full, none, low), none, full),
        _level(pairs, _at(full, none, high), full, none),
    )


def _level(
    pairs: list[tuple[int, int]], lead: FloatArray, near: FloatArray, far: FloatArray
) -> tuple[tuple[int, int], ...]:
    """Return the pairs with no lead at an end, of which the first gains on the way to `far`.

    Pairs that are level all the way are left out: nothing changes between them.
    """
    always = np.maximum(np.abs(near), np.abs(far)) <= SCORE_TOLERANCE
    chosen = (np.abs(lead) <= SCORE_TOLERANCE) & ~always & (far > near)
    return tuple(pair for pair, meets in zip(pairs, chosen.tolist(), strict=True) if meets)


def _rivals(pairs: tuple[tuple[int, int], ...]) -> tuple[int, ...]:
    return tuple(sorted({rival for _, rival in pairs}))

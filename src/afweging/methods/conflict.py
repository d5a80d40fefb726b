"""Which answers about weights cannot all hold, and the fewest of them that already cannot.

Answers are blocks of homogeneous rows, as in `weight_set`. Knows nothing about names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from afweging.methods.weight_set import TOLERANCE, tidy_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    Positions = frozenset[int]


def is_feasible(rows: FloatArray, *, count: int) -> bool:
    """Return whether any weights w >= 0 that add up to 1 have rows @ w >= 0.

    A linear program finds the weights with the most room at the tightest row. Such a program
    always has a solution, so there is no verdict of the solver to trust: its weights are put into
    the rows. The time does not explode with the number of weights, as that of all extreme points.

    Parameters
    ----------
    rows : ndarray of shape (m, n)
    count : int
        n, the number of weights; at least 1.

    References
    ----------
    Own choice.

    Examples
    --------
    >>> double_and_half = np.array([[1.0, -2.0], [-2.0, 1.0]])
    >>> is_feasible(double_and_half[:1], count=2), is_feasible(double_and_half, count=2)
    (True, False)
    """
    return _fitting_weights(tidy_rows(rows), count) is not None


def _fitting_weights(rows: FloatArray, count: int) -> FloatArray | None:
    """Return weights of shape (n,) that fit tidy rows with as much room as can be, or None."""
    from scipy.optimize import linprog  # type: ignore[import-untyped]  # noqa: PLC0415

    if not len(rows):
        return np.full(count, 1 / count)
    result = linprog(
        np.append(np.zeros(count), -1.0),  # the weights, then the room at the tightest row
        A_ub=np.hstack([-rows, np.ones((len(rows), 1))]),
        b_ub=np.zeros(len(rows)),
        A_eq=np.append(np.ones(count), 0.0)[None, :],
        b_eq=[1.0],
        bounds=[(0, 1)] * count + [(-1, 1)],
        method="highs",
        options={"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10},
    )
    if result.status != 0:
        raise RuntimeError(f"linear program not solved: {result.message}")
    weights = np.maximum(np.asarray(result.x[:count], dtype=np.float64), 0.0)
    weights /= weights.sum()
    return weights if _holds(rows, weights) else None


def _holds(rows: FloatArray, weights: FloatArray) -> bool:
    return bool((rows @ weights >= -TOLERANCE).all())


def smallest_conflict(
    answers: Sequence[FloatArray], *, always: FloatArray, count: int
) -> tuple[int, ...]:
    """Return the positions of the fewest answers that cannot all hold; empty if all can.

    Of several conflicts as small, the first in lexicographic order. What is left out to make the
    others fit, a correction, has an answer in common with every conflict. So a smallest set that
    hits all corrections known so far is no larger than any conflict: if it cannot hold itself it
    is a smallest one, else it shows a correction that was not known.

    Parameters
    ----------
    answers : sequence of ndarrays of shape (m_i, n), the rows of each answer
    always : ndarray of shape (k, n)
        Rows that hold whatever is answered. Rows are homogeneous: a = 3 b and b = 2 a hold for
        a = b = 0, unless rows here ask a little of each weight.
    count : int
        n, the number of weights; at least 1.

    References
    ----------
    Ignatiev, Previti, Liffiton and Marques-Silva (2015), Smallest MUS extraction with minimal
    hitting set dualization, CP 2015. Own choice: the first in lexicographic order.

    Examples
    --------
    >>> chain = [np.array([[1.0, -1.0, 0.0]]), np.array([[0.0, 1.0, -1.0]])]
    >>> chain += [np.array([[1.0, 0.0, -2.0]]), np.array([[-3.0, 0.0, 2.0]])]
    >>> smallest_conflict(chain, always=np.eye(3) - 1e-6, count=3)
    (2, 3)
    """
    fixed = tidy_rows(always)
    blocks = [tidy_rows(rows) for rows in answers]
    if _fitting_weights(fixed, count) is None:
        raise ValueError("the rows that always hold leave no weights, whatever is answered")
    corrections: list[Positions] = []
    while True:
        chosen = _first_hitting_set(corrections)
        kept = _grown(chosen, blocks, fixed)
        if kept is None:
            return chosen
        if len(kept) == len(blocks):
            return ()
        corrections.append(frozenset(range(len(blocks))) - kept)


def _grown(
    chosen: Iterable[int], blocks: Sequence[FloatArray], always: FloatArray
) -> Positions | None:
    """Return the chosen answers and as many others, in order, as can hold with them; or None."""
    kept = _held_with(frozenset(chosen), blocks, always)
    if kept is None:
        return None
    for position in range(len(blocks)):
        if position not in kept:
            kept = _held_with(kept | {position}, blocks, always) or kept
    return kept


def _held_with(
    chosen: Positions, blocks: Sequence[FloatArray], always: FloatArray
) -> Positions | None:
    """Return the answers that hold for weights that fit the chosen ones; None without such."""
    rows = tidy_rows(np.vstack([always, *(blocks[position] for position in sorted(chosen))]))
    weights = _fitting_weights(rows, always.shape[1])
    if weights is None:
        return None
    return chosen | {position for position, rows in enumerate(blocks) if _holds(rows, weights)}


def _first_hitting_set(corrections: Sequence[Positions]) -> tuple[int, ...]:
    """Return the smallest set with a member of each correction, the lexicographically first."""
    size = 0
    while (found := _hit(corrections, size, 0)) is None:
        size += 1
    return found


def _hit(missed: Sequence[Positions], size: int, start: int) -> tuple[int, ...] | None:
    """Return the first set of at most `size` positions from `start` on that hits all; or None."""
    if not missed:
        return ()
    if _disjoint(missed) > size:
        return None
    last = min(max(each) for each in missed)  # members ascend: a later one would miss a correction
    for position in sorted(frozenset().union(*missed)):
        if start <= position <= last:
            rest = [each for each in missed if position not in each]
            found = _hit(rest, size - 1, position + 1)
            if found is not None:
                return (position, *found)
    return None


def _disjoint(corrections: Sequence[Positions]) -> int:
    """Return how many corrections without a common member were found: each needs its own."""
    seen: set[int] = set()
    number = 0
    for each in sorted(corrections, key=len):
        if seen.isdisjoint(each):
            seen |= each
            number += 1
    return number

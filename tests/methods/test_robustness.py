from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest

from afweging.methods.robustness import regret, share_first, worst_states


@pytest.mark.parametrize("seed", range(5))
def test_regret_equals_brute_force(seed: int) -> None:
    """Regret is the best score of the state minus the own score, and 0 for the best."""
    scores = np.random.default_rng(seed).uniform(0, 1, (4, 5))
    expected = [[max(row) - score for score in row] for row in scores.tolist()]
    least, greatest = regret(scores, scores)
    assert least.tolist() == greatest.tolist() == expected
    assert (least.min(axis=1) == 0).all()


@pytest.mark.parametrize("seed", range(8))
def test_regret_bounds_are_those_of_all_corners(seed: int) -> None:
    """Least and greatest regret are met at some ends of the scores, and none is outside."""
    rng = np.random.default_rng(seed)
    low = rng.uniform(0, 1, 4)
    high = low + rng.uniform(0, 0.5, 4) * rng.integers(0, 2, 4)
    corners = np.array(list(product(*zip(low, high, strict=True))))
    found = corners.max(axis=1, keepdims=True) - corners
    least, greatest = regret(low[None], high[None])
    assert least[0] == pytest.approx(found.min(axis=0), abs=1e-15)
    assert greatest[0] == pytest.approx(found.max(axis=0), abs=1e-15)


def test_regret_counts_a_rival_that_may_leave_at_most() -> None:
    """A better rival that may be screened out causes regret at most, not at least."""
    scores = np.array([[0.3, 0.9, 0.5]])
    least, greatest = regret(scores, scores, certain=np.array([True, False, True]))
    assert least[0].tolist() == pytest.approx([0.2, 0, 0])
    assert greatest[0].tolist() == pytest.approx([0.6, 0, 0.4])


def test_alone_there_is_no_regret() -> None:
    """A single alternative has no regret in any state."""
    scores = np.array([[0.3], [0.1]])
    assert regret(scores, scores)[1].tolist() == [[0], [0]]


def test_worst_states_name_all_that_tie() -> None:
    """Every state with the lowest number is named, rounding aside."""
    scores = np.array([[0.3, 0.5], [0.1 + 0.2, 0.1], [0.4, 0.9]])
    assert worst_states(scores, scores, lowest=True).T.tolist() == [
        [True, True, False],
        [False, True, False],
    ]
    assert worst_states(scores, scores, lowest=False).T.tolist() == [
        [False, False, True],
        [False, False, True],
    ]


def test_worst_states_within_bounds_are_all_that_can_be() -> None:
    """Where bounds overlap, every state that could hold the lowest number is named."""
    low, high = np.array([[0.2], [0.3], [0.6]]), np.array([[0.4], [0.3], [0.6]])
    assert worst_states(low, high, lowest=True)[:, 0].tolist() == [True, True, False]
    assert worst_states(low, high, lowest=False)[:, 0].tolist() == [False, False, True]


@pytest.mark.parametrize("seed", range(5))
def test_share_first_equals_brute_force(seed: int) -> None:
    """The share is the weight of the states in which nobody is ahead; the tied count each."""
    rng = np.random.default_rng(seed)
    scores, weights = rng.integers(0, 4, (6, 3)) / 3, rng.dirichlet(np.ones(6))
    expected = [
        math.fsum(w for w, row in zip(weights, scores, strict=True) if row[a] >= max(row) - 1e-9)
        for a in range(3)
    ]
    surely, maybe = share_first(scores, scores, weights)
    assert surely.tolist() == maybe.tolist() == pytest.approx(expected)


def test_share_first_between_bounds() -> None:
    """Surely first where the low end is ahead of all, perhaps first where the high end is."""
    low, high = np.array([[0.5, 0.4], [0.2, 0.6]]), np.array([[0.7, 0.6], [0.2, 0.6]])
    surely, maybe = share_first(low, high, np.array([0.25, 0.75]))
    assert surely.tolist() == [0, 0.75]
    assert maybe.tolist() == [0.25, 1]

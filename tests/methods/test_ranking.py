from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from scipy.stats import rankdata  # type: ignore[import-untyped]

from afweging.methods.ranking import (
    at_least,
    dominance,
    is_ranking,
    leaders,
    rank_bounds,
    rank_scores,
)


@pytest.mark.parametrize("seed", range(5))
def test_ranks_equal_scipy(seed: int) -> None:
    """Without near-ties the ranks are scipy's competition ranks of the scores turned around."""
    scores = np.random.default_rng(seed).integers(0, 6, (4, 9)) / 7
    expected = rankdata(-scores, method="min", axis=-1)
    assert rank_scores(scores).tolist() == expected.tolist()


def test_equal_scores_share_a_rank() -> None:
    """Equal scores get the same rank and the next rank is skipped, rounding aside."""
    assert rank_scores(np.array([0.1, 0.1 + 0.2, 0.9, 0.3])).tolist() == [4, 2, 1, 2]


def test_rank_bounds_meet_without_gaps() -> None:
    """Where scores are exact, the best rank is the rank, and the worst counts the ties too."""
    scores = np.array([0.3, 0.9, 0.1, 0.3])
    best, worst = rank_bounds(scores, scores)
    assert best.tolist() == worst.tolist() == rank_scores(scores).tolist() == [2, 1, 4, 2]


@pytest.mark.parametrize("seed", range(8))
def test_rank_bounds_are_the_extremes_of_all_corners(seed: int) -> None:
    """Best and worst rank are those of some combination of ends, and none is outside."""
    rng = np.random.default_rng(seed)
    low = rng.uniform(0, 1, 4)
    high = low + rng.uniform(0, 0.5, 4) * rng.integers(0, 2, 4)
    ranks = np.array(
        [rank_scores(np.array(ends)) for ends in product(*zip(low, high, strict=True))]
    )
    best, worst = rank_bounds(low, high)
    assert best.tolist() == ranks.min(axis=0).tolist()
    assert worst.tolist() == ranks.max(axis=0).tolist()


def test_rank_of_others_improves_when_one_may_leave() -> None:
    """Who may not take part holds nobody back for certain, but can stand in the way."""
    scores = np.array([0.3, 0.9, 0.1])
    best, worst = rank_bounds(scores, scores, certain=np.array([True, False, True]))
    assert best.tolist() == [1, 1, 2]
    assert worst.tolist() == [2, 1, 3]


@pytest.mark.parametrize("seed", range(12))
def test_leaders_are_the_winners_of_all_corners(seed: int) -> None:
    """First are those that win at some ends; it is settled when all ends have the same winners."""
    rng = np.random.default_rng(seed)
    low = rng.integers(0, 5, 4) / 7
    high = low + rng.integers(0, 3, 4) / 7 * rng.integers(0, 2, 4)
    won = [
        frozenset(np.flatnonzero(np.array(ends) >= max(ends) - 1e-9).tolist())
        for ends in product(*zip(low, high, strict=True))
    ]
    first, settled = leaders(low, high)
    assert set(np.flatnonzero(first).tolist()) == set().union(*won)
    assert bool(settled) == (len(set(won)) == 1)


def test_leader_that_may_leave_is_not_settled() -> None:
    """Whoever may be screened out is no settled winner, and the next may be first."""
    scores = np.array([0.3, 0.9, 0.1])
    first, settled = leaders(scores, scores, certain=np.array([True, False, True]))
    assert first.tolist() == [True, True, False]
    assert not settled


def test_rival_that_may_leave_does_not_unsettle() -> None:
    """A lesser rival may leave without consequence for who is first."""
    scores = np.array([0.3, 0.9, 0.1])
    first, settled = leaders(scores, scores, certain=np.array([False, True, True]))
    assert first.tolist() == [False, True, False]
    assert settled


def test_nobody_certain_settles_nothing() -> None:
    """Where all may be screened out, all may be first and nothing is settled."""
    scores = np.array([0.3, 0.9])
    first, settled = leaders(scores, scores, certain=np.array([False, False]))
    assert first.all()
    assert not settled


def test_at_least_keeps_scores_of_the_certain() -> None:
    """Without doubt about who takes part, the least scores are the scores."""
    low = np.array([[0.3, 0.9]])
    assert at_least(low, None) is low
    assert at_least(low, np.array([False, True])).tolist() == [[-np.inf, 0.9]]


def test_dominance_needs_every_case_and_one_difference() -> None:
    """One case or criterion in which it is worse ends dominance; equals do not dominate."""
    values = np.array(
        [
            [[0.9, 0.5], [0.9, 0.4], [0.2, 0.5], [0.9, 0.5]],
            [[0.3, 0.5], [0.3, 0.5], [0.2, 0.6], [0.3, 0.5]],
        ]
    )
    found = dominance(values, values)
    assert np.argwhere(found).tolist() == [[0, 1], [3, 1]]


def test_dominance_is_certain_or_not_at_all() -> None:
    """An interval that could be worse stops dominance; one that cannot be does not."""
    low, high = np.array([[[0.6, 0.5], [0.1, 0.5]]]), np.array([[[0.6, 0.5], [0.5, 0.5]]])
    assert dominance(low, high).tolist() == [[False, True], [False, False]]
    assert not dominance(low, high + np.array([[[0, 0], [0.2, 0]]])).any()


@pytest.mark.parametrize(
    ("ranks", "expected"),
    [([3, 1, 2, 2], False), ([4, 1, 2, 2], True), ([1, 1, 2], False), ([2, 3], False), ([], True)],
)
def test_competition_ranks_are_recognised(ranks: list[float], expected: bool) -> None:  # noqa: FBT001
    """Equal ranks share a place and the next place is skipped; anything else is no ranking."""
    assert is_ranking(ranks) is expected

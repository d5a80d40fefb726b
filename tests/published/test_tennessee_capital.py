"""The capital of Tennessee: 100 voters, four towns, and rules that choose different towns.

Ballots, Condorcet winner, Kemeny order and its distance: Wikipedia, "Kemeny-Young method" and
"Condorcet method", Tennessee example (also electowiki). Pairwise counts, Borda, Copeland and mean
ranks follow from the ballots by hand.
"""

from __future__ import annotations

import numpy as np
import pytest

from afweging.methods.rank_aggregation import (
    Majority,
    borda,
    cook_seiford,
    copeland,
    find_majority,
    kemeny,
    mean_rank,
    pairwise_counts,
    plurality,
)

# Memphis, Nashville, Chattanooga, Knoxville
RANKS = np.array([[1, 2, 3, 4], [4, 1, 2, 3], [4, 3, 1, 2], [4, 3, 2, 1]])
VOTERS = np.array([42, 26, 15, 17])
NASHVILLE = 1


def test_pairwise_counts() -> None:
    """The table of majorities is that of the example: Nashville has 58, 68 and 68 of 100."""
    expected = [[0, 42, 42, 42], [58, 0, 68, 68], [58, 32, 0, 83], [58, 32, 17, 0]]
    assert pairwise_counts(RANKS, counts=VOTERS).tolist() == expected


def test_condorcet_winner_is_nashville() -> None:
    """Nashville wins from each other town by majority, so it is the top on its own."""
    expected = Majority(winner=NASHVILLE, top=(NASHVILLE,), cyclic=False)
    assert find_majority(RANKS, counts=VOTERS) == expected


def test_scores_of_other_rules() -> None:
    """Plurality puts Memphis first; Borda, Copeland and the mean rank put Nashville first."""
    assert plurality(RANKS, counts=VOTERS).tolist() == [42, 26, 15, 17]
    assert borda(RANKS, counts=VOTERS).tolist() == [126, 194, 173, 107]
    assert copeland(RANKS, counts=VOTERS).tolist() == [-3, 3, 1, -1]
    assert mean_rank(RANKS, counts=VOTERS) == pytest.approx([2.74, 2.06, 2.27, 2.93], abs=1e-12)


def test_kemeny_order() -> None:
    """Nashville, Chattanooga, Knoxville, Memphis is the only optimum: distance 207 of 600."""
    result = kemeny(RANKS, counts=VOTERS)
    assert result.ranks.tolist() == [[4, 1, 2, 3]]
    assert result.unique
    assert (result.distance, result.agreement) == (207, 393)


def test_counts_are_voters() -> None:
    """A ballot with a count is the same as that many ballots, for every rule."""
    ballots = np.repeat(RANKS, VOTERS, axis=0)
    assert borda(ballots).tolist() == borda(RANKS, counts=VOTERS).tolist()
    assert plurality(ballots).tolist() == plurality(RANKS, counts=VOTERS).tolist()
    for rule in (kemeny, cook_seiford):
        counted, one_by_one = rule(RANKS, counts=VOTERS), rule(ballots)
        assert counted.ranks.tolist() == one_by_one.ranks.tolist()
        assert counted.distance == one_by_one.distance

from __future__ import annotations

import numpy as np
import pytest

from afweging.methods.aggregation import weighted_sum
from afweging.methods.local_priorities import (
    RankReversal,
    distributive_mode,
    ideal_mode,
    rank_reversals,
)

# Belton and Gear (1983), On a short-coming of Saaty's method of analytic hierarchies, Omega 11(3)
BELTON_GEAR = np.array([[1.0, 9.0, 8.0], [9.0, 1.0, 9.0], [1.0, 1.0, 1.0], [9.0, 1.0, 9.0]])
EQUAL = np.full(3, 1 / 3)


def test_a_copy_of_the_best_overturns_the_ranking() -> None:
    """Published: A 0.45, B 0.47, C 0.08; with a copy of B: A 0.37, B 0.29, C 0.06, copy 0.29."""
    before = weighted_sum(distributive_mode(BELTON_GEAR[:3]), EQUAL)
    after = weighted_sum(distributive_mode(BELTON_GEAR), EQUAL)
    assert before == pytest.approx([0.45, 0.47, 0.08], abs=0.005)
    assert after == pytest.approx([0.37, 0.29, 0.06, 0.29], abs=0.0055)
    assert rank_reversals(BELTON_GEAR, EQUAL) == (RankReversal(1, 3, 0), RankReversal(3, 1, 0))


def test_the_ideal_mode_ignores_a_copy() -> None:
    """In proportion to the best, a copy changes nothing for the others."""
    before = weighted_sum(ideal_mode(BELTON_GEAR[:3]), EQUAL)
    after = weighted_sum(ideal_mode(BELTON_GEAR), EQUAL)
    assert after[:3].tolist() == before.tolist()
    assert rank_reversals(BELTON_GEAR, EQUAL, mode="ideal") == ()


def test_the_ideal_mode_reverses_when_the_best_leaves() -> None:
    """Only an alternative that is best under a criterion can reverse others in the ideal mode."""
    rng = np.random.default_rng(3)
    seen = 0
    for _ in range(300):
        ratios, weights = np.exp(rng.normal(0, 1, (4, 3))), rng.dirichlet(np.ones(3))
        best = set(ratios.argmax(axis=0).tolist())
        found = rank_reversals(ratios, weights, mode="ideal")
        assert {each.removed for each in found} <= best
        seen += len(found)
    assert seen > 0


def test_reversals_are_those_of_two_separate_rankings() -> None:
    """Each reported pair is behind or level with all, and better without the third; no other is."""
    rng = np.random.default_rng(5)
    for _ in range(100):
        ratios, weights = np.exp(rng.normal(0, 1, (4, 3))), rng.dirichlet(np.ones(3))
        all_scores = distributive_mode(ratios) @ weights
        expected = set()
        for gone in range(4):
            kept = [at for at in range(4) if at != gone]
            scores = dict(zip(kept, distributive_mode(ratios[kept]) @ weights, strict=True))
            expected |= {
                RankReversal(gone, i, k)
                for i in kept
                for k in kept
                if all_scores[i] < all_scores[k] and scores[i] > scores[k]
            }
        assert set(rank_reversals(ratios, weights)) == expected


def test_one_criterion_never_reverses() -> None:
    """With one criterion both modes keep the order of the ratios."""
    ratios = np.array([[3.0], [1.0], [2.0], [2.0]])
    assert rank_reversals(ratios, np.ones(1)) == ()
    assert rank_reversals(ratios, np.ones(1), mode="ideal") == ()


def test_priorities_add_up_or_reach_one() -> None:
    """Distributive priorities add up to 1 under each criterion; the best ideal priority is 1."""
    ratios = np.array([[3.0, 1.0], [1.0, 4.0], [2.0, 2.0]])
    assert distributive_mode(ratios).sum(axis=0) == pytest.approx([1, 1])
    assert ideal_mode(ratios).max(axis=0).tolist() == [1, 1]


@pytest.mark.parametrize("ratios", [np.array([[1.0, 0.0]]), np.array([[np.nan]]), np.ones(3)])
def test_malformed_ratios_are_refused(ratios: np.ndarray) -> None:
    """Ratios are positive numbers in a table."""
    for mode in (distributive_mode, ideal_mode):
        with pytest.raises(ValueError, match="ratios are positive"):
            mode(ratios)

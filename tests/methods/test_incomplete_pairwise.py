from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afweging.methods.incomplete_pairwise import (
    compared_groups,
    completed_matrix,
    geometric_consistency_index,
    geometric_consistency_limit,
    harker_weights,
    known_judgements,
    least_squares_weights,
)
from afweging.methods.pairwise import (
    consistency_ratio,
    eigenvector_weights,
    geometric_mean_weights,
    reciprocal_matrix,
)

ALL = np.ones((4, 4), dtype=bool)


def _known(size: int, pairs: list[tuple[int, int]]) -> np.ndarray:
    known = np.eye(size, dtype=bool)
    for i, j in pairs:
        known[i, j] = known[j, i] = True
    return known


@settings(deadline=None)
@given(st.integers(0, 1000), st.integers(2, 7))
def test_any_connected_consistent_judgements_give_back_the_weights(seed: int, size: int) -> None:
    """Ratios on a random tree, and one pair more, are enough for the weights of both methods."""
    rng = np.random.default_rng(seed)
    weights = rng.dirichlet(np.ones(size)) + 0.01
    weights /= weights.sum()
    tree = [(int(rng.integers(at)), at) for at in range(1, size)]
    known = _known(size, [*tree, (0, size - 1)])
    matrix = np.where(known, weights[:, None] / weights[None, :], np.nan)
    assert (known_judgements(matrix) == known).all()
    assert least_squares_weights(matrix, known) == pytest.approx(weights, rel=1e-9)
    assert harker_weights(matrix, known) == pytest.approx(weights, rel=1e-6)
    assert geometric_consistency_index(matrix, known) == pytest.approx(0, abs=1e-20)
    assert consistency_ratio(completed_matrix(matrix, known)) == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("seed", range(5))
def test_without_gaps_nothing_changes(seed: int) -> None:
    """With all pairs compared both methods are those for complete matrices."""
    rng = np.random.default_rng(seed)
    matrix = reciprocal_matrix(np.exp(rng.normal(0, 1, 6)))
    assert least_squares_weights(matrix, ALL) == pytest.approx(geometric_mean_weights(matrix))
    assert harker_weights(matrix, ALL) == pytest.approx(eigenvector_weights(matrix))
    assert (completed_matrix(matrix, ALL) == matrix).all()
    assert geometric_consistency_index(matrix, ALL) == geometric_consistency_index(matrix)


@pytest.mark.parametrize("seed", range(5))
def test_least_squares_are_least(seed: int) -> None:
    """No nearby weights have a smaller sum of squared logarithms over the known pairs."""
    rng = np.random.default_rng(seed)
    matrix = reciprocal_matrix(np.exp(rng.normal(0, 1, 6)))
    known = _known(4, [(0, 1), (1, 2), (2, 3), (0, 3), (0, 2)])

    def misfit(weights: np.ndarray) -> float:
        ratio = matrix / (weights[:, None] / weights[None, :])
        return float((np.log(ratio[known]) ** 2).sum())

    best = least_squares_weights(matrix, known)
    assert all(misfit(best) < misfit(best * np.exp(rng.normal(0, 0.01, 4))) for _ in range(50))


def test_harker_fills_gaps_with_its_own_ratios() -> None:
    """The eigenvector of the matrix completed with the ratios of Harker's weights is the same."""
    rng = np.random.default_rng(2)
    matrix = reciprocal_matrix(np.exp(rng.normal(0, 1, 10)))
    known = _known(5, [(0, 1), (1, 2), (2, 3), (3, 4), (0, 4), (1, 3)])
    weights = harker_weights(matrix, known)
    filled = np.where(known, matrix, weights[:, None] / weights[None, :])
    assert eigenvector_weights(filled) == pytest.approx(weights, rel=1e-9)


def test_index_per_degree_of_freedom() -> None:
    """The index is 2 / ((n - 1)(n - 2)) times the squared residuals, or 0 without spare pairs."""
    matrix = reciprocal_matrix(np.array([2.0, 3.0, 5.0, 4.0, 1.0, 0.5]))
    weights = geometric_mean_weights(matrix)
    residual = np.log(matrix * weights[None, :] / weights[:, None])[np.triu_indices(4, 1)]
    assert geometric_consistency_index(matrix) == pytest.approx((residual**2).sum() / 3)
    tree = _known(4, [(0, 1), (1, 2), (2, 3)])
    assert geometric_consistency_index(matrix, tree) == 0
    assert geometric_consistency_index(np.ones((2, 2))) == 0


def test_index_and_ratio_agree_at_the_limit() -> None:
    """Judgements with a ratio near 0.10 have a geometric index near its limit."""
    rng = np.random.default_rng(4)
    for size in (3, 4, 6):
        matrices = reciprocal_matrix(np.exp(rng.normal(0, 0.6, (800, size * (size - 1) // 2))))
        near = np.abs(consistency_ratio(matrices) - 0.10) < 0.01
        found = [geometric_consistency_index(matrix) for matrix in matrices[near]]
        assert np.mean(found) == pytest.approx(geometric_consistency_limit(size), rel=0.06)


def test_unconnected_criteria_are_reported() -> None:
    """Groups that no comparison connects are named, and get no weights."""
    known = _known(5, [(0, 3), (1, 4)])
    assert compared_groups(known) == ((0, 3), (1, 4), (2,))
    assert compared_groups(_known(6, [(at, at + 1) for at in range(5)])) == (tuple(range(6)),)
    for method in (least_squares_weights, harker_weights, completed_matrix):
        with pytest.raises(ValueError, match="do not connect"):
            method(np.ones((5, 5)), known)


def test_malformed_input_is_refused() -> None:
    """A lopsided set of known pairs, and a known pair that is not reciprocal, are refused."""
    with pytest.raises(ValueError, match="symmetric"):
        least_squares_weights(np.ones((3, 3)), np.triu(np.ones((3, 3), dtype=bool)))
    with pytest.raises(ValueError, match="reciprocal"):
        least_squares_weights(np.array([[1.0, 2.0], [2.0, 1.0]]), np.ones((2, 2), dtype=bool))
    half = np.array([[1.0, 2.0], [np.nan, 1.0]])
    with pytest.raises(ValueError, match="do not connect"):
        least_squares_weights(half, known_judgements(half))

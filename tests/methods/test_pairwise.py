from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from afweging.methods.pairwise import (
    checked,
    consistency_index,
    consistency_ratio,
    diagonal_faults,
    eigenvector_weights,
    geometric_mean_weights,
    nonpositive_pairs,
    nonreciprocal_pairs,
    principal_eigenvalue,
    random_index,
    reciprocal_matrix,
    worst_judgements,
)

METHODS = [eigenvector_weights, geometric_mean_weights]
SAATY = np.concatenate([1 / np.arange(9.0, 1.0, -1.0), np.arange(1.0, 10.0)])


def random_matrices(seed: int, *, count: int, size: int) -> np.ndarray:
    """Return comparison matrices with judgements drawn from Saaty's scale."""
    rng = np.random.default_rng(seed)
    return reciprocal_matrix(rng.choice(SAATY, (count, size * (size - 1) // 2)))


@settings(deadline=None)
@given(arrays(np.float64, st.integers(1, 9), elements=st.floats(0.01, 1.0)))
def test_consistent_judgements_give_back_their_weights(points: np.ndarray) -> None:
    """Ratios of weights give back these weights by both methods, without inconsistency."""
    weights = points / points.sum()
    matrix = weights[:, None] / weights[None, :]
    for method in METHODS:
        assert method(matrix) == pytest.approx(weights, rel=1e-9)
    assert consistency_ratio(matrix) == pytest.approx(0, abs=1e-12)
    assert worst_judgements(matrix, weights) == ()


@pytest.mark.parametrize("size", [3, 4, 7, 15])
def test_eigenvector_is_the_one_of_numpy(size: int) -> None:
    """Weights and eigenvalue are those of the general eigenvalue routine, for any judgements."""
    matrices = random_matrices(size, count=200, size=size)
    values, vectors = np.linalg.eig(matrices)
    at = values.real.argmax(axis=-1)
    rows = np.arange(200)
    expected = np.abs(vectors[rows, :, at].real)
    expected /= expected.sum(axis=-1, keepdims=True)
    assert eigenvector_weights(matrices) == pytest.approx(expected, rel=1e-8)
    assert principal_eigenvalue(matrices) == pytest.approx(values.real[rows, at], rel=1e-10)


def test_slow_convergence_is_reached() -> None:
    """A cycle of judgements of a million converges though its eigenvalues are nearly as large."""
    matrix = reciprocal_matrix(np.array([1e6, 1e-6, 1e6]))
    assert eigenvector_weights(matrix) == pytest.approx([1 / 3] * 3, rel=1e-9)
    assert principal_eigenvalue(matrix) == pytest.approx(1 + 1e6 + 1e-6)


@pytest.mark.parametrize("method", METHODS)
def test_a_batch_gives_what_single_matrices_give(method: object) -> None:
    """Two thousand people at once get the weights that each would get alone."""
    assert callable(method)
    matrices = random_matrices(5, count=2000, size=4)
    together = method(matrices)
    for at in range(0, 2000, 97):
        assert together[at] == pytest.approx(method(matrices[at]), rel=1e-13)


@settings(deadline=None)
@given(st.permutations(range(5)), st.integers(0, 50))
def test_permuting_criteria_permutes_weights(order: list[int], seed: int) -> None:
    """The order in which criteria are written does not matter, nor for the worst judgements."""
    matrix = random_matrices(seed, count=1, size=5)[0]
    turned = matrix[np.ix_(order, order)]
    for method in METHODS:
        assert method(turned) == pytest.approx(method(matrix)[order], rel=1e-11)
    assert consistency_ratio(turned) == pytest.approx(consistency_ratio(matrix), rel=1e-10)
    found = worst_judgements(matrix, eigenvector_weights(matrix), count=10)
    again = worst_judgements(turned, eigenvector_weights(turned), count=10)
    pairs = {frozenset((each.first, each.second)) for each in found}
    assert {frozenset((order[each.first], order[each.second])) for each in again} == pairs
    sizes = [each.size for each in found]
    assert [each.size for each in again] == pytest.approx(sizes, rel=1e-9)


def test_two_criteria_are_always_consistent() -> None:
    """With one judgement, or none, nothing can conflict: index and ratio are 0, not NaN."""
    assert consistency_ratio(reciprocal_matrix(np.array([7.0]))) == 0
    assert consistency_index(np.ones((1, 1))) == 0
    assert random_index(2) == random_index(1) == 0
    assert eigenvector_weights(np.ones((1, 1))).tolist() == [1]


@pytest.mark.parametrize("size", [3, 4, 5, 8])
def test_random_index_is_the_mean_of_random_matrices(size: int) -> None:
    """The tabulated index is the mean consistency index of random judgements on Saaty's scale."""
    found = consistency_index(random_matrices(3, count=6000, size=size)).mean()
    assert found == pytest.approx(random_index(size), rel=0.025)


def test_random_index_grows_on_beyond_its_table() -> None:
    """The index rises with the size, also where the line takes over from the table."""
    found = [random_index(size) for size in range(2, 21)]
    assert found == sorted(found)
    assert found[13] == 1.5838
    assert found[14] == pytest.approx(1.5978, abs=1e-4)


def test_the_worst_judgement_comes_first() -> None:
    """A judgement turned round in a consistent matrix is the first to be named, with its ratio."""
    weights = np.array([8.0, 4.0, 2.0, 1.0]) / 15
    matrix = weights[:, None] / weights[None, :]
    matrix[1, 3], matrix[3, 1] = 1 / 4, 4
    first, second, *_ = worst_judgements(matrix, eigenvector_weights(matrix))
    assert (first.first, first.second, first.given) == (1, 3, 0.25)
    assert first.implied == pytest.approx(
        eigenvector_weights(matrix)[1] / eigenvector_weights(matrix)[3]
    )
    assert first.size > second.size


def test_judgements_that_tie_are_all_named() -> None:
    """In a perfect cycle no judgement is worse than another: all stand in the list of one."""
    matrix = reciprocal_matrix(np.array([3.0, 1 / 3, 3.0]))
    found = worst_judgements(matrix, eigenvector_weights(matrix), count=1)
    assert [(each.first, each.second) for each in found] == [(0, 1), (0, 2), (1, 2)]


def test_judgements_that_were_not_given_are_not_named() -> None:
    """Where a pair was not compared, nothing is said about it."""
    matrix = reciprocal_matrix(np.array([3.0, 1 / 3, 3.0]))
    known = np.array([[True, True, False], [True, True, True], [False, True, True]])
    found = worst_judgements(matrix, eigenvector_weights(matrix), known=known)
    assert [(each.first, each.second) for each in found] == [(0, 1), (1, 2)]


def test_faults_are_found_where_they_stand() -> None:
    """Positions of non-positive, non-reciprocal and wrong self-comparisons; a gap is no fault."""
    gap = np.nan
    matrix = np.array(
        [[1.0, 2.0, gap, 3.0], [0.4, 1.0, -1.0, gap], [gap, -1.0, 2.0, 5.0], [1 / 3, 4.0, 0.2, 1.0]]
    )
    assert nonpositive_pairs(matrix) == ((1, 2), (2, 1))
    assert nonreciprocal_pairs(matrix) == ((0, 1), (1, 3))
    assert diagonal_faults(matrix) == ((2, 2),)
    assert diagonal_faults(np.array([[gap]])) == ((0, 0),)
    assert nonpositive_pairs(np.array([[0.0, np.inf], [1.0, 1.0]])) == ((0, 0), (0, 1))


def test_a_rounded_reciprocal_can_be_accepted() -> None:
    """0.33 for 1/3 is a fault by default, and none with a tolerance for two decimals."""
    matrix = np.array([[1.0, 3.0], [0.33, 1.0]])
    assert nonreciprocal_pairs(matrix) == ((0, 1),)
    assert nonreciprocal_pairs(matrix, tolerance=0.02) == ()


@pytest.mark.parametrize(
    "matrix",
    [
        np.ones((2, 3)),
        np.ones(3),
        np.ones((0, 0)),
        np.array([[1.0, 2.0], [2.0, 1.0]]),
        np.array([[1.0, -2.0], [-0.5, 1.0]]),
        np.array([[1.0, np.nan], [np.nan, 1.0]]),
        np.array([[2.0, 1.0], [1.0, 1.0]]),
    ],
)
def test_malformed_matrices_are_refused(matrix: np.ndarray) -> None:
    """No weights come from a matrix that is not square, positive, complete and reciprocal."""
    for function in (checked, eigenvector_weights, geometric_mean_weights, consistency_ratio):
        with pytest.raises(ValueError, match="a comparison matrix"):
            function(matrix)


def test_a_wrong_number_of_judgements_is_refused() -> None:
    """Four judgements fill no matrix."""
    with pytest.raises(ValueError, match="4 judgements"):
        reciprocal_matrix(np.ones(4))

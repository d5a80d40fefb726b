from __future__ import annotations

import math
from functools import reduce
from itertools import permutations
from operator import add

import numpy as np
import pytest
from skcriteria import mkdm
from skcriteria.agg.simple import WeightedSumModel

from afweging.methods.aggregation import correlations, ordered_sum, weighted_mean, weighted_sum


def test_ordered_sum_knows_no_order() -> None:
    """Every order of the terms gives the same bits, where plain addition gives several."""
    terms = np.array([0.1, 0.7, 0.2, -0.3, 1e-9, 0.6])
    orders = [terms[list(order)] for order in permutations(range(6))]
    assert len({float(ordered_sum(each)) for each in orders}) == 1
    assert len({reduce(add, each.tolist()) for each in orders}) > 1


def test_ordered_sum_is_the_sum_along_its_axis() -> None:
    """The sum along each axis is the exact sum to within rounding."""
    terms = np.random.default_rng(3).normal(size=(4, 5, 3))
    for axis in range(3):
        flat = np.moveaxis(terms, axis, -1)
        exact = [math.fsum(row) for row in flat.reshape(-1, terms.shape[axis])]
        assert ordered_sum(terms, axis=axis).ravel() == pytest.approx(exact, abs=1e-14)


def test_ordered_sum_of_nothing_is_zero() -> None:
    """A sum over an empty axis is 0."""
    assert ordered_sum(np.zeros((2, 0))).tolist() == [0, 0]


@pytest.mark.parametrize("seed", range(5))
def test_weighted_sum_equals_scikit_criteria(seed: int) -> None:
    """The score is that of scikit-criteria's WeightedSumModel on the same value matrix."""
    rng = np.random.default_rng(seed)
    values, points = rng.uniform(0, 1, (6, 4)), rng.uniform(1, 9, 4)
    weights = points / points.sum()
    other = WeightedSumModel().evaluate(mkdm(values, [max] * 4, weights=weights))
    assert weighted_sum(values, weights) == pytest.approx(other.e_.score, abs=1e-12)
    assert (
        other.rank_.tolist()
        == (
            1
            + (weighted_sum(values, weights)[None, :] > weighted_sum(values, weights)[:, None]).sum(
                1
            )
        ).tolist()
    )


def test_weighted_mean_is_over_the_first_axis() -> None:
    """States are averaged with their weights, each column on its own."""
    found = weighted_mean(np.array([[1.0, 8.0], [3.0, 2.0], [9.0, 0.0]]), np.array([0.5, 0.3, 0.2]))
    assert found.tolist() == pytest.approx([3.2, 4.6])


def test_weighted_mean_of_a_gap_is_a_gap() -> None:
    """A missing number is not left out of a mean: the mean is missing too."""
    found = weighted_mean(np.array([[1.0, 8.0], [3.0, np.nan]]), np.array([0.25, 0.75]))
    assert found[0] == 2.5
    assert math.isnan(found[1])


@pytest.mark.parametrize("seed", range(5))
def test_correlations_equal_numpy(seed: int) -> None:
    """Correlations are those of numpy.corrcoef."""
    columns = np.random.default_rng(seed).normal(size=(7, 4)) @ np.diag([1.0, 50.0, 0.01, 3.0])
    assert correlations(columns) == pytest.approx(np.corrcoef(columns.T), abs=1e-12)


def test_correlation_with_a_constant_is_zero() -> None:
    """A constant column correlates with nothing, and no NaN comes out."""
    columns = np.array([[0.1, 3.0], [0.1, 1.0], [0.1, 2.0]])
    assert correlations(columns).tolist() == [[0, 0], [0, pytest.approx(1)]]

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from afweging.methods.aggregation import weighted_sum
from afweging.methods.weighting import (
    normalise,
    rank_order_centroid,
    rank_reciprocal,
    rank_sum,
    rescale_weights,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]

BY_RANK = [rank_order_centroid, rank_sum, rank_reciprocal]


def test_swing_points_become_shares() -> None:
    """Points keep their proportions and add up to 1."""
    found = normalise(np.array([100.0, 80.0, 70.0, 30.0, 20.0, 10.0]))
    assert found.sum() == pytest.approx(1)
    assert found.tolist() == pytest.approx([p / 310 for p in (100, 80, 70, 30, 20, 10)])


@pytest.mark.parametrize("method", BY_RANK)
def test_rank_weights_follow_the_given_order(method: Callable[[FloatArray], FloatArray]) -> None:
    """Weights stand in the order of the criteria, not in the order of the ranks."""
    straight = method(np.array([1.0, 2.0, 3.0, 4.0]))
    turned = method(np.array([3.0, 1.0, 4.0, 2.0]))
    assert turned.tolist() == straight[[2, 0, 3, 1]].tolist()
    assert straight.sum() == pytest.approx(1)


@pytest.mark.parametrize("method", BY_RANK)
@pytest.mark.parametrize("ranks", [[1, 2, 2, 4], [1, 2, 2, 3], [1, 2.5, 2.5, 4]])
def test_tied_ranks_share_the_mean(
    method: Callable[[FloatArray], FloatArray], ranks: list[float]
) -> None:
    """Tied criteria get the mean of the weights of their places, however the tie is written."""
    places = method(np.array([1.0, 2.0, 3.0, 4.0]))
    mean = (places[1] + places[2]) / 2
    assert method(np.array(ranks)).tolist() == pytest.approx([places[0], mean, mean, places[3]])


@pytest.mark.parametrize("method", BY_RANK)
def test_all_ranks_tied_are_equal_weights(method: Callable[[FloatArray], FloatArray]) -> None:
    """Where everything is equally important, everything weighs the same."""
    assert method(np.ones(5)).tolist() == pytest.approx([0.2] * 5)


def test_centroid_is_the_mean_of_ordinal_weights() -> None:
    """The centroid is the mean of random weights sorted by rank."""
    rng = np.random.default_rng(11)
    draws = np.sort(rng.dirichlet(np.ones(4), 40_000), axis=1)[:, ::-1]
    assert rank_order_centroid(np.arange(1.0, 5.0)) == pytest.approx(draws.mean(axis=0), abs=4e-3)


@pytest.mark.parametrize("seed", range(5))
def test_rescaled_weights_keep_all_differences(seed: int) -> None:
    """On a new scale, rescaled weights change every difference by one and the same factor."""
    rng = np.random.default_rng(seed)
    effects, weights = rng.uniform(2, 8, (5, 3)), rng.dirichlet(np.ones(3))
    old, new = (np.array([0.0, 10.0]), np.array([[1.0, 9.0], [2.0, 8.5], [0.5, 12.0]]))
    values = (effects - old[0]) / (old[1] - old[0])
    again = (effects - new[:, 0]) / (new[:, 1] - new[:, 0])
    stretch = (new[:, 1] - new[:, 0]) / (old[1] - old[0])
    before = weighted_sum(values, weights)
    after = weighted_sum(again, rescale_weights(weights, stretch))
    ratio = np.diff(after) / np.diff(before)
    assert ratio == pytest.approx([ratio[0]] * 4, rel=1e-9)
    assert ratio[0] > 0

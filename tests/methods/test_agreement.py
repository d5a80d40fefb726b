from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kendalltau  # type: ignore[import-untyped]
from tests.analysis.opinion_oracle import tau_b

from afweging.methods.agreement import kendall_tau_b, majority_points, turned_around

if TYPE_CHECKING:
    from numpy.typing import NDArray

    IntArray = NDArray[np.int64]

ORDERS = st.integers(1, 7).flatmap(
    lambda n: st.tuples(*[st.lists(st.integers(1, 4), min_size=n, max_size=n)] * 3)
)


def _competition(places: list[int]) -> IntArray:
    return np.array([1 + sum(other < place for other in places) for place in places])


@given(ORDERS)
def test_tau_b_is_that_of_the_definition_and_of_scipy(
    orders: tuple[list[int], list[int], list[int]],
) -> None:
    """Pair by pair; None where one of the orders is one tie; the same both ways around."""
    first, second, _ = (_competition(order) for order in orders)
    found = kendall_tau_b(first, second)
    assert found == kendall_tau_b(second, first)
    assert found == pytest.approx(tau_b(first.tolist(), second.tolist()), abs=1e-12)
    if found is not None:
        assert found == pytest.approx(float(kendalltau(first, second).statistic), abs=1e-12)


def test_the_same_order_agrees_fully_and_the_reverse_not_at_all() -> None:
    """1 and -1, also with ties in both."""
    order = np.array([3, 1, 1, 4])
    assert kendall_tau_b(order, order) == pytest.approx(1)
    assert kendall_tau_b(order, -order) == pytest.approx(-1)
    assert kendall_tau_b(order, np.array([1, 1, 1, 1])) is None


@given(ORDERS)
def test_turned_pairs_are_the_strictly_opposite_ones(
    orders: tuple[list[int], list[int], list[int]],
) -> None:
    """Each pair once, ours in front first; a tie in either order is no turn."""
    first, second, _ = (_competition(order) for order in orders)
    every = range(len(first))
    pairs = [(i, k) for i in every for k in every if first[i] < first[k] and second[i] > second[k]]
    assert turned_around(first, second) == pairs


@given(ORDERS)
def test_majority_points_count_pairs_won_in_two_orders(
    orders: tuple[list[int], list[int], list[int]],
) -> None:
    """A pair that ties anywhere counts for nobody."""
    three = np.stack([_competition(order) for order in orders])
    points = [
        sum(
            sum(order[i] < order[k] for order in three) >= 2
            and all(order[i] != order[k] for order in three)
            for k in range(three.shape[1])
        )
        for i in range(three.shape[1])
    ]
    assert majority_points(three).tolist() == points

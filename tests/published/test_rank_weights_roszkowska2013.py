"""Weights from ranks: rank-order centroid, rank sum, rank reciprocal.

Roszkowska, E. (2013). Rank ordering criteria weighting methods - a comparative overview. Optimum.
Studia Ekonomiczne 5(65), 14-33, table 4; formulae of Barron and Barrett (1996) and of Stillwell,
Seaver and Edwards (1981). Tied ranks share the mean of the weights of their places.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from afweging.methods.weighting import rank_order_centroid, rank_reciprocal, rank_sum

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Method = Callable[[NDArray[np.float64]], NDArray[np.float64]]

CENTROID = {
    2: [0.75, 0.25],
    3: [11 / 18, 5 / 18, 2 / 18],
    4: [0.5208333333, 0.2708333333, 0.1458333333, 0.0625],
    5: [0.4566666667, 0.2566666667, 0.1566666667, 0.09, 0.04],
}


@pytest.mark.parametrize("count", CENTROID)
def test_centroid(count: int) -> None:
    """Centroid weights for two to five criteria; for three they are 11/18, 5/18 and 2/18."""
    found = rank_order_centroid(np.arange(1.0, count + 1))
    assert found.tolist() == pytest.approx(CENTROID[count], abs=1e-9)
    assert found.sum() == pytest.approx(1)


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        (rank_order_centroid, [0.52, 0.27, 0.15, 0.06]),
        (rank_sum, [0.40, 0.30, 0.20, 0.10]),
        (rank_reciprocal, [0.48, 0.24, 0.16, 0.12]),
    ],
)
def test_table_4(method: Method, expected: list[float]) -> None:
    """The row for four criteria, as printed, in the order in which the criteria stand."""
    found = method(np.array([1.0, 2.0, 3.0, 4.0]))
    assert found.tolist() == pytest.approx(expected, abs=0.005)
    turned = method(np.array([2.0, 4.0, 1.0, 3.0]))
    assert turned.tolist() == pytest.approx([found[1], found[3], found[0], found[2]])


def test_ties() -> None:
    """With ranks 2 and 3 tied both get the mean of the two places."""
    found = rank_order_centroid(np.array([1.0, 2.0, 2.0, 4.0]))
    expected = [0.5208333333, 0.2083333333, 0.2083333333, 0.0625]
    assert found.tolist() == pytest.approx(expected, abs=1e-9)

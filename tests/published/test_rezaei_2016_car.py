"""Buying a car: best-worst weights of consistent and of slightly inconsistent answers.

Rezaei, J. (2016). Best-worst multi-criteria decision-making method: some properties and a linear
model. Omega 64, 126-130, tables 2-4 and sections 3-4; the non-linear model is that of Rezaei, J.
(2015), Omega 53, 49-57. The input-based ratio is from Liang, F., Brunelli, M. and Rezaei, J.
(2020), Omega 96, 102175, computed from the answers.
"""

from __future__ import annotations

import numpy as np
import pytest

from afweging.methods.best_worst import answers, linear_weights, minmax_intervals
from afweging.methods.best_worst_consistency import input_based_ratio, passes

# quality, price, comfort, safety and style; price is the best, style the worst
CONSISTENT = answers([2, 1, 4, 2, 8], [4, 8, 2, 4, 1], best=1, worst=4)
SLIGHTLY_OFF = answers([2, 1, 4, 3, 8], [4, 8, 2, 3, 1], best=1, worst=4)


def test_consistent_answers() -> None:
    """The weights are those of table 3, 4/19, 8/19, 2/19, 4/19 and 1/19, with deviation 0."""
    found = linear_weights(CONSISTENT)
    assert found.weights == pytest.approx(np.array([4, 8, 2, 4, 1]) / 19, abs=1e-12)
    assert found.weights == pytest.approx([0.2105, 0.4211, 0.1053, 0.2105, 0.0526], abs=6e-5)
    assert float(found.deviation) == pytest.approx(0, abs=1e-12)
    bounds = minmax_intervals(CONSISTENT)
    assert bounds.low == pytest.approx(found.weights)
    assert bounds.high == pytest.approx(found.weights)


def test_linear_model() -> None:
    """The single weights of the linear model and xi of 0.0109."""
    found = linear_weights(SLIGHTLY_OFF)
    assert found.weights == pytest.approx([0.2295, 0.4481, 0.1148, 0.1530, 0.0546], abs=6e-5)
    expected = [0.2295081967, 0.4480874317, 0.1147540984, 0.1530054645, 0.0546448087]
    assert found.weights == pytest.approx(expected, abs=1e-9)
    assert float(found.deviation) == pytest.approx(0.0109289617, abs=1e-9)


def test_nonlinear_model() -> None:
    """The least deviation is 0.1459, and every weight has the published interval."""
    found = minmax_intervals(SLIGHTLY_OFF)
    assert float(found.deviation) == pytest.approx(0.1459, abs=6e-5)
    assert found.low == pytest.approx([0.2145, 0.4461, 0.1085, 0.1563, 0.0548], abs=1.1e-4)
    assert found.high == pytest.approx([0.2289, 0.4571, 0.1176, 0.1602, 0.0561], abs=1.1e-4)


def test_consistency_of_each_model() -> None:
    """The non-linear ratio divides by 4.47; the input-based one needs no weights, and passes."""
    assert float(minmax_intervals(SLIGHTLY_OFF).ratio) == pytest.approx(0.1459 / 4.47, abs=1e-4)
    assert input_based_ratio(SLIGHTLY_OFF) == pytest.approx(1 / 56, abs=1e-12)
    assert passes(SLIGHTLY_OFF)

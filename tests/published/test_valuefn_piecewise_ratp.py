"""Piecewise-linear value functions applied to a transport table.

Meyer, P. and Bigaret, S., R package MCDA, applyPiecewiseLinearValueFunctionsOnPerformanceTable,
package test. The weights are inside the functions, and the functions of price and time are given
with falling x.
"""

from __future__ import annotations

import numpy as np
import pytest
from tests.analysis.random_problems import leaf, plain_problem

from afweging.analysis.compare import compare
from afweging.methods.aggregation import ordered_sum
from afweging.methods.ranking import rank_scores
from afweging.methods.value_function import piecewise_linear
from afweging.model.criterion import PiecewiseLinear

MODES = ("RER", "METRO1", "METRO2", "BUS", "TAXI")
MATRIX = [[3, 10, 1], [4, 20, 2], [2, 20, 0], [6, 40, 0], [30, 30, 3]]
FUNCTIONS = {
    "price": [(30, 0), (16, 0), (2, 0.0875)],
    "time": [(40, 0), (30, 0), (20, 0.025), (10, 0.9)],
    "comfort": [(0, 0), (1, 0), (2, 0.0125), (3, 0.0125)],
}
PARTIAL = [
    [0.08125, 0.9, 0],
    [0.075, 0.025, 0.0125],
    [0.0875, 0.025, 0],
    [0.0625, 0, 0],
    [0, 0, 0.0125],
]
OVERALL = [0.98125, 0.1125, 0.1125, 0.0625, 0.0125]
RANKS = [1, 2, 2, 4, 5]


def test_partial_values_and_ranking() -> None:
    """Partial values and sums are those of the table; the two metros tie at rank 2."""
    matrix = np.array(MATRIX, dtype=float)
    values = np.stack(
        [
            piecewise_linear(matrix[:, c], points=sorted(points))
            for c, points in enumerate(FUNCTIONS.values())
        ],
        axis=1,
    )
    assert values == pytest.approx(np.array(PARTIAL), abs=1e-9)
    assert ordered_sum(values).tolist() == pytest.approx(OVERALL, abs=1e-9)
    assert rank_scores(ordered_sum(values)).tolist() == RANKS


def test_as_a_decision_problem() -> None:
    """With each function stretched to [0, 1] and its height as weight, the answer is the same."""
    children = []
    for name, points in FUNCTIONS.items():
        top = max(value for _, value in points)
        stretched = tuple(sorted((float(x), value / top) for x, value in points))
        worst, best = float(points[0][0]), float(points[-1][0])
        function = PiecewiseLinear(stretched)
        children.append(leaf(name, top, worst=worst, best=best, function=function))
    found = compare(plain_problem([MATRIX], tuple(children), options=MODES))
    total = sum(max(value for _, value in points) for points in FUNCTIONS.values())
    assert (found.scores.expected.low * total).tolist() == pytest.approx(OVERALL, abs=1e-9)
    assert [(line.id, line.rank, line.worst_rank) for line in found.ranking] == [
        ("RER", 1, 1),
        ("METRO1", 2, 2),
        ("METRO2", 2, 2),
        ("BUS", 4, 4),
        ("TAXI", 5, 5),
    ]

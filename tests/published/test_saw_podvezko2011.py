"""Four economies: simple additive weighting under three named normalisations.

Podvezko, V. (2011). The comparative analysis of MCDA methods SAW and COPRAS. Inzinerine
Ekonomika - Engineering Economics 22(2), 134-146, tables 1-3, 5-6. doi:10.5755/j01.ee.22.2.310.
Table 2 has .599 for 306/501 = .611, so the .872 printed for Lithuania is .874.
"""

from __future__ import annotations

import numpy as np
import pytest
from tests.analysis.random_problems import leaf, plain_problem

from afweging.analysis.compare import compare
from afweging.methods.aggregation import weighted_sum
from afweging.methods.ranking import rank_scores

COUNTRIES = ("Estonia", "Latvia", "Lithuania", "Poland")
CRITERIA = ("gdp", "production", "salary", "unemployment", "export")
FALLS = 3  # the place of unemployment, of which less is better
WEIGHTS = np.array([0.35, 0.1, 0.17, 0.25, 0.13])
MATRIX = np.array(
    [
        [5.1, 9.8, 430, 9.3, 0.7],
        [7.5, 6.5, 298, 10.3, 0.55],
        [9.7, 16.1, 306, 11.6, 0.73],
        [3.8, 8.4, 501, 19.3, 0.79],
    ]
)
RANKS = [2, 3, 1, 4]


def test_linear_max() -> None:
    """Divided by the best, or the best divided by it for a cost: the scores of table 5."""
    values = MATRIX / MATRIX.max(axis=0)
    values[:, FALLS] = MATRIX[:, FALLS].min() / MATRIX[:, FALLS]
    scores = weighted_sum(values, WEIGHTS)
    expected = [0.7559882408, 0.7283434764, 0.8743899521, 0.6097536363]
    assert scores.tolist() == pytest.approx(expected, abs=1e-6)
    assert scores.tolist() == pytest.approx([0.756, 0.728, 0.872, 0.61], abs=0.003)
    assert rank_scores(scores).tolist() == RANKS


def test_sum_after_inversion() -> None:
    """Divided by the sum of the column, a cost first turned to min / x: the scores of table 6."""
    turned = MATRIX.copy()
    turned[:, FALLS] = MATRIX[:, FALLS].min() / MATRIX[:, FALLS]
    scores = weighted_sum(turned / turned.sum(axis=0), WEIGHTS)
    expected = [0.2513404837, 0.2461604716, 0.3005866088, 0.2019124359]
    assert scores.tolist() == pytest.approx(expected, abs=1e-6)
    assert scores.tolist() == pytest.approx([0.251, 0.246, 0.301, 0.202], abs=0.0006)


def test_min_max_as_scales_of_the_problem() -> None:
    """Minimum and maximum as references give the local-scale reading of the additive model."""
    children = []
    for c, name in enumerate(CRITERIA):
        ends = [MATRIX[:, c].min(), MATRIX[:, c].max()]
        worst, best = ends[::-1] if c == FALLS else ends
        children.append(leaf(name, float(WEIGHTS[c]), worst=float(worst), best=float(best)))
    problem = plain_problem([MATRIX.tolist()], tuple(children), options=COUNTRIES)
    found = compare(problem)
    expected = [0.553285516, 0.4444915254, 0.7466995074, 0.3197916667]
    assert found.scores.expected.low.tolist() == pytest.approx(expected, abs=1e-6)
    assert {line.id: line.rank for line in found.ranking} == dict(
        zip(COUNTRIES, RANKS, strict=True)
    )


def test_linear_max_as_scales_of_the_problem() -> None:
    """Zero and the maximum as references give the linear-max scores where more is better."""
    rising = [c for c in range(5) if c != FALLS]
    children = tuple(
        leaf(CRITERIA[c], float(WEIGHTS[c]), worst=0, best=float(MATRIX[:, c].max()))
        for c in rising
    )
    found = compare(plain_problem([MATRIX[:, rising].tolist()], children))
    values = MATRIX[:, rising] / MATRIX[:, rising].max(axis=0)
    expected = values @ (WEIGHTS[rising] / 0.75)
    assert found.scores.expected.low == pytest.approx(expected, abs=1e-12)

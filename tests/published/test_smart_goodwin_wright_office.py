"""Office location: SMART with swing weights.

Goodwin, P. and Wright, G. (2004). Decision Analysis for Management Judgment, 3rd ed., Wiley,
chapter 3 (SMART, after Edwards 1971), pp. 30-48. The book rounds the weights to whole per cents
before it aggregates (80.8); with exact swing weights the best office has 80.48.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.analysis.random_problems import leaf, plain_problem, text

from afweging.analysis.compare import compare
from afweging.methods.aggregation import weighted_sum
from afweging.methods.ranking import rank_scores
from afweging.methods.weighting import normalise
from afweging.model.preference import Profile
from afweging.model.result import Request

CRITERIA = ("closeness", "visibility", "image", "size", "comfort", "parking")
OFFICES = ("Addison", "Bilton", "Carlisle", "Denver", "Elton", "Filton", "Gorton")
VALUES = [
    [100, 60, 100, 75, 0, 90],
    [20, 80, 10, 30, 100, 30],
    [80, 70, 0, 0, 10, 100],
    [70, 50, 30, 55, 30, 90],
    [40, 60, 90, 100, 60, 70],
    [0, 0, 70, 0, 80, 0],
    [60, 100, 20, 50, 50, 80],
]
SWINGS = (100.0, 80.0, 70.0, 30.0, 20.0, 10.0)
ROUNDED = (32.0, 26.0, 23.0, 10.0, 6.0, 3.0)
BY_ROUNDED = [80.8, 39.4, 47.4, 52.3, 64.8, 20.9, 60.2]
BY_EXACT = [
    80.4838709677,
    39.6774193548,
    47.7419354839,
    52.4193548387,
    64.5161290323,
    20.9677419355,
    60.3225806452,
]
RANKS = [1, 6, 5, 4, 2, 7, 3]


def test_swing_weights() -> None:
    """Swing points give the weights of the book, within its rounding and exactly."""
    weights = normalise(np.array(SWINGS))
    assert weights.tolist() == pytest.approx([w / 100 for w in ROUNDED], abs=0.006)
    exact = [0.3225806452, 0.2580645161, 0.2258064516, 0.0967741935, 0.064516129, 0.0322580645]
    assert weights.tolist() == pytest.approx(exact, abs=1e-6)


def test_aggregate_values() -> None:
    """The book's 80.8 comes from the rounded weights, 80.48 from the exact ones."""
    values = np.array(VALUES, dtype=float)
    rounded = weighted_sum(values, normalise(np.array(ROUNDED)))
    exact = weighted_sum(values, normalise(np.array(SWINGS)))
    assert rounded.tolist() == pytest.approx(BY_ROUNDED, abs=0.05)
    assert exact.tolist() == pytest.approx(BY_EXACT, abs=1e-6)
    assert rank_scores(rounded).tolist() == rank_scores(exact).tolist() == RANKS


def test_as_a_decision_problem() -> None:
    """The tree gives the rounded answer, a swing profile the exact one, and both the ranking."""
    children = tuple(
        leaf(name, weight, worst=0, best=100)
        for name, weight in zip(CRITERIA, ROUNDED, strict=True)
    )
    problem = plain_problem([VALUES], children, options=OFFICES)
    swing = tuple(zip(CRITERIA, SWINGS, strict=True))
    profile = Profile("p", text("p"), "own", "swing", "expert", (("doel", swing),))
    problem = replace(problem, profiles=(profile,))
    by_tree, by_swing = compare(problem), compare(problem, Request(profile="p"))
    assert (100 * by_tree.scores.expected.low).tolist() == pytest.approx(BY_ROUNDED, abs=0.05)
    assert (100 * by_swing.scores.expected.low).tolist() == pytest.approx(BY_EXACT, abs=1e-6)
    for found in (by_tree, by_swing):
        assert [line.id[0] for line in found.ranking] == list("AEGDCBF")
        assert found.scores.criteria.low.sum(axis=1) == pytest.approx(found.scores.expected.low)

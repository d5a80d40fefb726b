"""Four fighter aircraft: TOPSIS with vector normalisation.

Hwang, C.-L. and Yoon, K. (1981). Multiple Attribute Decision Making, Springer LNEMS 186,
pp. 131-134. The book rounds its normalised matrix (.5063 printed for .5069), so that its
closeness of A3, .613, is .6135 when nothing is rounded.
"""

from __future__ import annotations

import warnings

import pytest
from tests.published.second_opinions import opinion_of, published

from afweging.analysis.second_opinion import second_opinion, to_decision_matrix

OPTIONS = ("A1", "A2", "A3", "A4")
SCALES = [
    ("speed", 0.2, 0.0, 3.0),
    ("range", 0.1, 0.0, 3000.0),
    ("payload", 0.1, 0.0, 25000.0),
    ("cost", 0.1, 10.0, 0.0),
    ("reliability", 0.2, 1.0, 10.0),
    ("manoeuvrability", 0.3, 1.0, 10.0),
]
ROWS = [
    [2.0, 1500, 20000, 5.5, 5, 9],
    [2.5, 2700, 18000, 6.5, 3, 5],
    [1.8, 2000, 21000, 4.5, 7, 7],
    [2.2, 1800, 20000, 5.0, 5, 5],
]
EXACT = [0.6432770006, 0.2683835677, 0.61354229, 0.3122910656]
COMPARISON = published(SCALES, ROWS, OPTIONS)


def test_closeness_and_order_on_effects() -> None:
    """As published, and to six decimals as computed without rounding."""
    found = opinion_of(second_opinion(COMPARISON, basis="effects"), "topsis")
    assert found.scores == pytest.approx(EXACT, abs=1e-6)
    assert found.scores == pytest.approx([0.643, 0.268, 0.613, 0.312], abs=0.0012)
    assert found.ranks == (1, 4, 2, 3)


def test_closeness_in_a_notebook() -> None:
    """The decision matrix under a pipeline of the library gives the same."""
    from skcriteria.agg.topsis import TOPSIS
    from skcriteria.pipelines import mkpipe
    from skcriteria.preprocessing.scalers import VectorScaler

    matrix = to_decision_matrix(COMPARISON)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library advises against costs in TOPSIS
        found = mkpipe(VectorScaler(target="matrix"), TOPSIS()).evaluate(matrix)
    assert found.e_.similarity == pytest.approx(EXACT, abs=1e-6)


def test_on_fixed_scales_closeness_is_another_number() -> None:
    """Values on the scales of the problem are not normalised again: A1 stays first, A3 second."""
    found = opinion_of(second_opinion(COMPARISON), "topsis")
    assert found.ranks == (1, 4, 2, 3)
    assert found.scores != pytest.approx(EXACT, abs=1e-3)

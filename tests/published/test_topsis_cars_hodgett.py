"""Three cars with one cost: TOPSIS with vector normalisation.

Hodgett, R., TOPSIS in Excel (hodgett.co.uk); also a test of the R package MCDA.
"""

from __future__ import annotations

import pytest
from tests.published.second_opinions import opinion_of, published

from afweging.analysis.second_opinion import second_opinion

SCALES = [
    ("price", 0.35, 10000.0, 0.0),
    ("economy", 0.25, 0.0, 100.0),
    ("aesthetics", 0.25, 0.0, 10.0),
    ("boot", 0.15, 0.0, 500.0),
]
ROWS = [[5490, 51.4, 8.5, 285], [6500, 70.6, 7, 288], [6489, 54.3, 7.5, 290]]
OPTIONS = ("Corsa", "Clio", "Fiesta")
EXACT = [0.4816852902, 0.5182076659, 0.1779553619]


def test_closeness_and_order_on_effects() -> None:
    """As published, with the price as a cost."""
    found = second_opinion(published(SCALES, ROWS, OPTIONS), basis="effects")
    topsis = opinion_of(found, "topsis")
    assert topsis.scores == pytest.approx(EXACT, abs=1e-6)
    assert topsis.scores == pytest.approx([0.4817, 0.5182, 0.178], abs=6e-5)
    assert topsis.ranks == (2, 1, 3)


def test_a_price_that_is_no_cost_gives_other_numbers() -> None:
    """The direction of a criterion reaches the method."""
    turned = [("price", 0.35, 0.0, 10000.0), *SCALES[1:]]
    found = second_opinion(published(turned, ROWS, OPTIONS), basis="effects")
    assert opinion_of(found, "topsis").scores != pytest.approx(EXACT, abs=1e-3)

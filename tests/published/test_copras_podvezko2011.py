"""Three options, two benefits and two costs: COPRAS, variant II.

Podvezko, V. (2011). The comparative analysis of MCDA methods SAW and COPRAS. Inzinerine
Ekonomika - Engineering Economics 22(2), 134-146, tables 7-8. doi:10.5755/j01.ee.22.2.310.
"""

from __future__ import annotations

import pytest
from tests.published.second_opinions import opinion_of, published

from afweging.analysis.second_opinion import second_opinion, to_decision_matrix

OPTIONS = ("A1", "A2", "A3")
SCALES = [
    ("r1", 0.26, 0.0, 100.0),
    ("r2", 0.23, 0.0, 30.0),
    ("r3", 0.24, 20.0, 0.0),
    ("r4", 0.27, 300.0, 0.0),
]
ROWS = [[42, 19, 13, 110], [71, 18, 11, 200], [53, 20, 12, 149]]
EXACT = [0.3316517978, 0.3337993786, 0.3345488235]


def test_q_and_order_on_effects() -> None:
    """As published; Q adds up to the weights, and the order is A3, A2, A1."""
    found = second_opinion(published(SCALES, ROWS, OPTIONS), basis="effects")
    copras = opinion_of(found, "copras")
    assert copras.scores == pytest.approx(EXACT, abs=1e-6)
    assert copras.scores == pytest.approx([0.332, 0.334, 0.335], abs=0.0006)
    assert sum(copras.scores) == pytest.approx(1, abs=1e-9)
    assert copras.ranks == (3, 2, 1)


@pytest.mark.parametrize("basis", ["values", "effects"])
def test_a_higher_cost_is_never_rewarded(basis: str) -> None:
    """A3 is last once its second cost doubles, on values and on effects."""
    dear = [ROWS[0], ROWS[1], [53, 20, 12, 299]]
    before, after = (
        second_opinion(
            published(SCALES, rows, OPTIONS), basis="values" if basis == "values" else "effects"
        )
        for rows in (ROWS, dear)
    )
    one, two = (opinion_of(found, "copras") for found in (before, after))
    assert two.ranks[2] == 3 > one.ranks[2]


def test_parts_in_a_notebook() -> None:
    """S+ and S- by the library on the decision matrix, and utility in percentages."""
    from skcriteria.agg.copras import COPRAS
    from skcriteria.pipelines import mkpipe
    from skcriteria.preprocessing.scalers import SumScaler

    matrix = to_decision_matrix(published(SCALES, ROWS, OPTIONS))
    extra = mkpipe(SumScaler(target="matrix"), COPRAS()).evaluate(matrix).e_
    assert extra.S_max == pytest.approx([0.1424497992, 0.1838363982, 0.1637138026], abs=1e-6)
    assert extra.S_min == pytest.approx([0.151372549, 0.1909803922, 0.1676470588], abs=1e-6)
    assert extra.score == pytest.approx([99.1340499398, 99.7759833988, 100.0], abs=1e-6)

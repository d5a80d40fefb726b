"""The mountain climber: VIKOR with v = 0.5, a tie, and a compromise set of one.

Opricovic, S. and Tzeng, G.-H. (2004). Compromise solution by MCDM methods: a comparative analysis
of VIKOR and TOPSIS. EJOR 156(2), 445-455, tables 1-3. VIKOR is the same in other units. The
library puts the compromise set at rank 1 together and counts on from there; our ranks are of Q.
"""

from __future__ import annotations

import pytest
from tests.published.second_opinions import opinion_of, published

from afweging.analysis.second_opinion import second_opinion, to_decision_matrix

OPTIONS = ("A1", "A2", "A3")
METRES = (
    [("risk", 0.5, 10.0, 0.0), ("altitude", 0.5, 0.0, 9000.0)],
    [[1.0, 3000.0], [2.0, 3750.0], [5.0, 4500.0]],
)
OTHER_UNITS = (
    [("risk", 0.5, 20.0, 0.0), ("altitude", 0.5, 0.0, 10.0)],
    [[6.0, 2.0], [7.0, 2.75], [10.0, 3.5]],
)


@pytest.mark.parametrize("basis", ["values", "effects"])
@pytest.mark.parametrize("table", [METRES, OTHER_UNITS], ids=["metres", "other units"])
def test_q_ranks_and_compromise_set(
    table: tuple[list[tuple[str, float, float, float]], list[list[float]]], basis: str
) -> None:
    """On values and on effects, in both units: Q = 1, 0, 1, and A2 alone."""
    comparison = published(*table, OPTIONS)
    found = second_opinion(comparison, basis="values" if basis == "values" else "effects")
    vikor = opinion_of(found, "vikor")
    assert [-score for score in vikor.scores] == pytest.approx([1, 0, 1], abs=1e-9)
    assert vikor.ranks == (2, 1, 2)
    assert vikor.compromise == ("A2",)


def test_s_r_and_the_conditions_in_a_notebook() -> None:
    """S, R, advantage and stability by the library itself, on the decision matrix."""
    from skcriteria.agg.vikor import VIKOR

    extra = VIKOR().evaluate(to_decision_matrix(published(*METRES, OPTIONS))).e_
    assert extra.s_k == pytest.approx([0.5, 0.375, 0.5], abs=1e-9)
    assert extra.r_k == pytest.approx([0.5, 0.25, 0.5], abs=1e-9)
    assert extra.acceptable_advantage
    assert extra.acceptable_stability

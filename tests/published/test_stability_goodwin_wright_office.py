"""Office location: how far the weight of turnover can go.

Goodwin, P. and Wright, G. (2004). Decision Analysis for Management Judgment, 3rd ed., Wiley,
chapter 3, pp. 30-48: the values and the rounded weights, and its value tree of benefits, in which
closeness, visibility and image make up turnover, and size, comfort and parking make up working
conditions. The ends below are worked out by hand from these tables, in fractions.

With all weight on turnover Addison has 7060/81 and Elton 4910/81; with none on it, Addison has
1020/19 and Elton 1570/19. Elton is level with Addison at a weight of turnover of
(550/19) / (550/19 + 2150/81) = 891/1708, about 52 %; it is 81 % now.
"""

from __future__ import annotations

from fractions import Fraction

import pytest
from tests.analysis.random_problems import leaf, plain_problem, text
from tests.published.test_smart_goodwin_wright_office import CRITERIA, OFFICES, ROUNDED, VALUES

from afweging.analysis.compare import compare
from afweging.analysis.stability import NodeStability, Stability, find_stability
from afweging.model.criterion import Group

TURNOVER_END = Fraction(550, 19) / (Fraction(550, 19) + Fraction(2150, 81))


def _found() -> Stability:
    """Return the stability of the office example with its tree of two lenses."""
    leaves = [
        leaf(name, weight, worst=0, best=100)
        for name, weight in zip(CRITERIA, ROUNDED, strict=True)
    ]
    lenses = (
        Group("turnover", text("turnover"), 81, tuple(leaves[:3])),
        Group("working", text("working"), 19, tuple(leaves[3:])),
    )
    return find_stability(compare(plain_problem([VALUES], lenses, options=OFFICES)))


def _node(name: str) -> NodeStability:
    (node,) = (each for each in _found().nodes if each.node == name)
    return node


def _by_hand(column: int, rival: str) -> Fraction:
    """Return the weight of one criterion at which Addison and a rival are level."""
    others = [c for c in range(6) if c != column]
    weight = {c: Fraction(int(ROUNDED[c])) for c in others}
    leads = [a - b for a, b in zip(VALUES[0], VALUES[OFFICES.index(rival)], strict=True)]
    rest = sum((weight[c] * leads[c] for c in others), Fraction(0)) / sum(weight.values())
    return rest / (rest - leads[column])


def test_turnover() -> None:
    """Addison stays first while turnover has at least 52 %; below, Elton takes over."""
    assert Fraction(891, 1708) == TURNOVER_END
    node = _node("turnover")
    assert (node.weight, node.winner.low, node.winner.high) == pytest.approx(
        (0.81, float(TURNOVER_END), 1)
    )
    assert (node.below, node.above) == (("Elton",), ())
    assert _node("working").winner.high == pytest.approx(1 - float(TURNOVER_END))


@pytest.mark.parametrize(
    ("criterion", "rival"), [("visibility", "Gorton"), ("size", "Elton"), ("comfort", "Elton")]
)
def test_criteria_by_hand(criterion: str, rival: str) -> None:
    """The upper ends of three criteria are the fractions at which the rival named is level."""
    node = _node(criterion)
    assert node.winner.low == 0
    assert node.winner.high == pytest.approx(float(_by_hand(CRITERIA.index(criterion), rival)))
    assert node.above == (rival,)


def test_most_sensitive() -> None:
    """Comfort needs the smallest change: from 6 % to 1960 / (1960 + 94 * 60) = 49/190."""
    found = _found()
    assert found.winners == ("Addison",)
    assert found.most_sensitive == ("comfort",)
    assert _by_hand(CRITERIA.index("comfort"), "Elton") == Fraction(49, 190)

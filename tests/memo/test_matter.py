from __future__ import annotations

from tests.analysis.random_problems import leaf, plain_problem
from tests.memo.matters import FEW, brabant

from afweging.memo.matter import Matter
from afweging.memo.results import find
from afweging.model.result import Request
from afweging.wording import Words


def test_first_and_second_are_those_of_the_ranking() -> None:
    """Screened options are nobody's rival."""
    matter = brabant()
    assert (matter.winner, matter.rival) == ("O7", "O8")
    assert "O5" not in matter.ranked
    assert matter.place("O7") == 6


def test_a_tie_has_no_winner_and_no_rival() -> None:
    """Of two that are level neither is said to be first."""
    problem = plain_problem([[[0.5], [0.5]]], (leaf("c"),))
    matter = Matter(*find(problem, Request(), FEW), Words("nl"))
    assert matter.winner is None
    assert matter.rival is None
    assert len(matter.winners) == 2

from __future__ import annotations

import numpy as np
import pytest

from afweging.analysis.opinion import MethodOpinion, Refusal, Reversal
from afweging.analysis.opinion_measures import Scored, form_opinion, with_worsening
from afweging.analysis.opinion_table import OpinionTable

TABLE = OpinionTable(
    options=("a", "b", "c"),
    criteria=("x", "y"),
    cells=np.array([[3.0, 1.0], [1.0, 3.0], [2.0, 0.5]]),
    falls=np.array([False, True]),
    weights=np.array([0.5, 0.5]),
    bounds=np.array([[0.0, 4.0], [0.0, 4.0]]),
)


def _relative(table: OpinionTable) -> Scored | Refusal:
    """Score x by what is more than the mean, so that who is there matters; stop without c."""
    if "c" not in table.options:
        return Refusal("undefined")
    x = table.cells[:, 0]
    return Scored(-np.abs(x - x.mean()))


def test_an_opinion_says_who_turns_it() -> None:
    """C is first, in the middle; without a or b another is, and a copy moves the middle too."""
    found = form_opinion("mean", _relative, TABLE, np.array([0.9, 0.1, 0.5]))
    assert found.first == ("c",)
    assert found.ranks == (2, 2, 1)
    assert found.turned == (("a", "c"),)
    assert found.agreement == pytest.approx(0.0)
    assert found.stability.tried == 2
    assert found.stability.left_out == (
        Reversal("a", ("b", "c")),
        Reversal("b", ("a", "c")),
    )
    assert found.stability.copied == ()


def test_what_stops_without_an_option_is_told() -> None:
    """Not being able to run without a loser is a change as well."""

    def judge(table: OpinionTable) -> Scored | Refusal:
        return Refusal("undefined") if len(table.options) == 2 else Scored(table.cells[:, 0])

    found = form_opinion("x", judge, TABLE, np.array([0.9, 0.1, 0.5]))
    assert found.stability.left_out == (Reversal("b", ()), Reversal("c", ()))


def test_of_two_options_the_one_that_is_left_is_first_unasked() -> None:
    """Leaving out the loser of two is no question to a method."""

    def judge(table: OpinionTable) -> Scored:
        assert len(table.options) > 1
        return Scored(table.cells[:, 0])

    stability = form_opinion("x", judge, TABLE.without(2), np.array([1.0, 0.0])).stability
    assert (stability.tried, stability.left_out) == (1, ())


def test_a_refusal_is_passed_on() -> None:
    """With nothing else filled in."""
    found = form_opinion("x", lambda _: Refusal("no-cost"), TABLE, np.array([1.0, 0.0, 0.0]))
    assert found == MethodOpinion("x", refusal=Refusal("no-cost"))


def test_runs_are_counted() -> None:
    """How many there were, and in how many the first stayed."""
    stability = with_worsening(MethodOpinion("x"), (True, False, True)).stability
    assert (stability.worsened, stability.kept) == (3, 2)

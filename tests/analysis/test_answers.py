from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.judged import group, names, profile, ratio
from tests.analysis.random_problems import leaf, plain_problem, text

from afweging.analysis.answers import (
    answers_about,
    compared_rows,
    exact_ratios,
    gain_ratio,
    hard_rows,
    judged_ratios,
    pair_matrix,
    rank_rows,
    share_rows,
)
from afweging.analysis.compare import compare
from afweging.errors import PreferenceError
from afweging.model.criterion import Exponential, Group, PiecewiseLinear
from afweging.model.preference import Judgement
from afweging.model.result import Request

if TYPE_CHECKING:
    from afweging.model.criterion import Criterion


def test_answers_stand_in_the_order_of_the_tree() -> None:
    """Numbers follow the children of the group, however the profile lists them."""
    given_so = profile("points", numbers=[20, 50, 30])
    found = answers_about(given_so, group(["c", "a", "b"]))
    assert found.numbers == (30.0, 20.0, 50.0)
    assert found.children == ("c", "a", "b")
    assert found.place("b") == 2
    assert not found.ranks


def test_answers_are_about_one_group() -> None:
    """A group about which nothing was said has no answers; a judgement goes to its own group."""
    inner = Group("g", text("g"), 60, (leaf("c"), leaf("d")))
    tree = Group("doel", text("doel"), 1, (inner, leaf("b"), leaf("a")))
    orders = (Judgement("order", "d", "c"), Judgement("order", "a", "b"))
    said = profile("statements", orders)
    assert answers_about(said, tree).judgements == (orders[1],)
    assert answers_about(said, inner).judgements == (orders[0],)
    silent = answers_about(replace(said, judgements=orders[1:]), inner)
    assert (silent.numbers, silent.judgements) == ((), ())


def test_numbers_are_ratios_to_the_largest() -> None:
    """Points of 20, 80, 0 and 40 say that b counts 4 times as much as a and twice as much as d."""
    found = exact_ratios(answers_about(profile("points", numbers=[20, 80, 0, 40]), _four()))
    assert [(each.first, each.second, each.times) for each in found] == [(1, 0, 4.0), (1, 3, 2.0)]


def _four() -> Group:
    return group(names(4))


def test_ranks_are_no_ratios() -> None:
    """Ranks say who comes first, not by how much; equal ranks count the same."""
    answers = answers_about(profile("rank-sum", numbers=[2, 1, 2, 4]), _four())
    assert exact_ratios(answers) == ()
    rows = rank_rows(answers)
    fits = np.array([[0.3, 0.35, 0.3, 0.05], [0.25, 0.25, 0.25, 0.25]])
    fails = np.array([[0.2, 0.35, 0.3, 0.15], [0.3, 0.25, 0.3, 0.15], [0.2, 0.3, 0.2, 0.3]])
    assert ((rows @ fits.T) >= 0).all()
    assert ((rows @ fails.T) < 0).any(axis=0).all()


def test_pairs_that_were_not_compared_are_gaps() -> None:
    """Bounds, orders and shares are no numbers in a comparison matrix."""
    said = [
        ratio("c", "a", 4.0),
        Judgement("ratio", "b", "a", low=2.0, high=3.0),
        Judgement("order", "c", "b"),
        Judgement("share", "b", low=10.0),
    ]
    found = pair_matrix(answers_about(profile("statements", said), group(names(3))))
    nan = np.nan
    expected = [[1, nan, 0.25], [nan, 1, nan], [4, nan, 1]]
    assert np.array_equal(found, np.array(expected), equal_nan=True)


@pytest.mark.parametrize(
    ("judgement", "fits", "fails"),
    [
        (Judgement("ratio", "c", "a", 2.0), [0.2, 0.4, 0.4], [0.2, 0.3, 0.5]),
        (Judgement("ratio", "c", "a", low=2.0), [0.1, 0.4, 0.5], [0.3, 0.2, 0.5]),
        (Judgement("ratio", "c", "a", high=2.0), [0.3, 0.2, 0.5], [0.1, 0.4, 0.5]),
        (Judgement("ratio", "c", "a", low=2.0, high=4.0), [0.1, 0.6, 0.3], [0.1, 0.4, 0.5]),
        (Judgement("order", "b", "c"), [0.2, 0.4, 0.4], [0.2, 0.3, 0.5]),
        (Judgement("share", "b", low=30.0), [0.6, 0.3, 0.1], [0.5, 0.2, 0.3]),
        (Judgement("share", "b", high=30.0), [0.6, 0.3, 0.1], [0.5, 0.4, 0.1]),
        (Judgement("share", "b", low=20.0, high=30.0), [0.6, 0.25, 0.15], [0.6, 0.35, 0.05]),
        (Judgement("best", "b"), [0.1, 0.5, 0.4], [0.2, 0.3, 0.5]),
        (Judgement("worst", "b"), [0.4, 0.25, 0.35], [0.2, 0.3, 0.5]),
    ],
)
def test_an_answer_as_rows(judgement: Judgement, fits: list[float], fails: list[float]) -> None:
    """Weights for which the answer holds have no row below 0, others have one."""
    answers = answers_about(profile("statements", [judgement]), group(names(3)))
    (rows,) = hard_rows(answers)
    assert (rows @ fits).min() >= -1e-12
    assert (rows @ fails).min() < -1e-12


@pytest.mark.parametrize("kind", ["best", "worst"])
def test_an_only_child_is_best_and_worst(kind: str) -> None:
    """To say of the only part of a group that it counts most, or least, asks nothing."""
    said = profile("statements", [Judgement("best" if kind == "best" else "worst", "a")])
    (rows,) = hard_rows(answers_about(said, group(["a"])))
    assert rows.shape == (0, 1)


def test_what_is_compared_by_ratio_has_a_weight() -> None:
    """Both ends of a ratio have some weight; the ends of an order may have none."""
    said = [ratio("d", "b", 3.0), Judgement("order", "a", "c")]
    rows = compared_rows(answers_about(profile("statements", said), _four()))
    assert rows.shape == (2, 4)
    assert (rows @ np.array([0.0, 0.3, 0.0, 0.7]) > 0).all()
    assert (rows @ np.array([0.5, 0.0, 0.5, 0.0]) < 0).all()


@given(st.integers(0, 3), st.floats(0, 100), st.floats(0, 100), st.floats(0, 1))
def test_shares_are_per_cents_of_the_whole(
    place: int, one: float, other: float, share: float
) -> None:
    """A weight from low to high per cent of the group fits, and no other."""
    low, high = sorted((one, other))
    weights = np.full(4, (1 - share) / 3)
    weights[place] = share
    held = (share_rows(place, low, high, 4) @ weights >= -1e-12).all()
    assert held == (low / 100 - 1e-12 <= share <= high / 100 + 1e-12)


# --- trade-offs ---------------------------------------------------------------------------------

NOISE = leaf("b", worst=70, best=45)  # the fewer decibels the better
TREES = leaf("a", worst=2, best=40, function=PiecewiseLinear(((2, 0), (10, 0.6), (40, 1))))
RENT = leaf("c", worst=900, best=100, function=Exponential(600))
STEP = Judgement(
    "trade-off", "a", "b", first_from=4.0, first_to=10.0, second_from=65.0, second_to=50.0
)


def _trade_off(first: Criterion, low: float, high: float, second: Criterion) -> Judgement:
    """Return a trade-off of a part of the first scale against a quarter of the second."""
    return Judgement(
        "trade-off",
        first.id,
        second.id,
        first_from=first.worst + low * (first.best - first.worst),
        first_to=first.worst + high * (first.best - first.worst),
        second_from=second.worst + 0.5 * (second.best - second.worst),
        second_to=second.worst + 0.75 * (second.best - second.worst),
    )


def test_a_trade_off_is_a_ratio_of_gains() -> None:
    """Six trees are worth 0.45 and 15 dB are worth 0.6, so trees count 4/3 times as much."""
    tree = Group("doel", text("doel"), 1, (NOISE, TREES))
    answers = answers_about(profile("statements", [STEP]), tree)
    assert gain_ratio(answers, STEP) == pytest.approx(0.6 / 0.45)
    (found,) = judged_ratios(answers)
    assert (found.first, found.second) == (1, 0)


@settings(max_examples=40, deadline=None)
@given(
    st.permutations([TREES, NOISE, RENT]),
    st.floats(0, 0.45),
    st.floats(0.5, 1),
)
def test_two_steps_of_equal_worth_tie(criteria: list[Criterion], low: float, high: float) -> None:
    """Options that differ by exactly the two steps that someone exchanges have equal scores."""
    first, second, third = criteria
    said = _trade_off(first, low, high, second)
    problem = plain_problem(
        [
            [
                [said.first_to or 0, said.second_from or 0, third.worst],
                [said.first_from or 0, said.second_to or 0, third.worst],
                [said.first_from or 0, said.second_from or 0, third.worst],
            ]
        ],
        (first, second, third),
    )
    problem = replace(problem, profiles=(profile("statements", [said]),))
    scores = compare(problem, Request(profile="p")).scores.expected.low
    assert scores[0] == pytest.approx(scores[1], abs=1e-12)
    assert scores[0] > scores[2] + 1e-6


def test_a_step_that_gains_nothing_leads_to_no_weights() -> None:
    """A step on a flat part of the value function is named; both steps are, if both are flat."""
    flat = PiecewiseLinear(((0, 0), (3, 0.5), (6, 0.5), (9, 1)))
    tree = Group(
        "doel",
        text("doel"),
        1,
        (leaf("a", worst=0, best=9, function=flat), leaf("b", worst=0, best=9, function=flat)),
    )
    levels = {"first_from": 3.5, "first_to": 5.0, "second_from": 2.0}
    for second_to, named in ((4.0, ["a"]), (2.0, ["a", "b"])):
        said = Judgement("trade-off", "a", "b", **levels, second_to=second_to)
        with pytest.raises(PreferenceError) as caught:
            judged_ratios(answers_about(profile("statements", [said]), tree))
        assert [fault.code for fault in caught.value.faults] == ["answers-no-gain"] * len(named)
        assert [fault.value for fault in caught.value.faults] == named
        assert caught.value.faults[0].facts == {"profile": "p", "start": 3.5, "end": 5.0}

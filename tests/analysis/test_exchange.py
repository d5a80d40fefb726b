from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.analysis.random_problems import Shape, leaf, random_problem, text, with_mode

from afweging.analysis.compare import compare
from afweging.analysis.exchange import exchange_rates
from afweging.model.criterion import Exponential, Ordinal, OrdinalClass, PiecewiseLinear
from afweging.model.text import Text


@pytest.mark.parametrize("seed", range(6))
def test_exchanging_at_the_rate_leaves_the_score(seed: int) -> None:
    """One unit better here and the rate worse there leaves every score as it was."""
    problem = random_problem(seed, Shape(linear=True))
    found = compare(problem)
    place = {criterion.id: c for c, criterion in enumerate(problem.criteria)}
    assert len(found.exchange) == 5
    middle = np.array([(c.worst + c.best) / 2 for c in problem.criteria])
    start = with_mode(problem, np.broadcast_to(middle, problem.effects.mode.shape))
    before = compare(start).scores.expected.low
    for rate in found.exchange:
        one, other = (problem.criteria[place[name]] for name in (rate.criterion, rate.other))
        step = 0.4 / max(1 / abs(one.best - one.worst), rate.rate / abs(other.best - other.worst))
        mode = start.effects.mode.copy()
        mode[..., place[one.id]] += step * np.sign(one.best - one.worst)
        mode[..., place[other.id]] -= step * rate.rate * np.sign(other.best - other.worst)
        after = compare(with_mode(start, mode)).scores.expected.low
        assert after == pytest.approx(before, abs=1e-12)
        assert rate.exact


def test_the_yardstick_is_straight_then_money_then_heavy() -> None:
    """A straight scale in money is the yardstick, though a heavier criterion has another unit."""
    money = replace(leaf("z", 10, worst=1500, best=0), unit=Text("euro per jaar"))
    criteria = [leaf("a", 60, worst=0, best=30), money, leaf("b", 30, worst=0, best=5)]
    found = exchange_rates(criteria, np.array([0.6, 0.1, 0.3]))
    assert [(each.criterion, each.other) for each in found] == [("a", "z"), ("b", "z")]
    assert found[0].rate == pytest.approx((0.6 / 30) / (0.1 / 1500))
    bent = replace(money, value_function=Exponential(500.0))
    found = exchange_rates([criteria[0], bent, criteria[2]], np.array([0.6, 0.1, 0.3]))
    assert [(each.criterion, each.other) for each in found] == [("z", "a"), ("b", "a")]
    assert [each.exact for each in found] == [False, True]


def test_of_equal_yardsticks_the_first_id_is_one_in_any_order() -> None:
    """Equal weights make no choice of their own: the first id is the yardstick in every order."""
    criteria = [leaf("b"), leaf("c"), leaf("a")]
    for order in ([0, 1, 2], [2, 0, 1], [1, 2, 0]):
        found = exchange_rates([criteria[i] for i in order], np.array([1 / 3, 1 / 3, 1 / 3]))
        assert {each.other for each in found} == {"a"}


def test_a_value_that_rises_and_falls_has_no_rate() -> None:
    """Where one unit more is now a gain and now a loss, no single rate would be true."""
    peak = PiecewiseLinear(((0.0, 0.0), (1.0, 1.0), (6.0, 0.2)))
    slope = PiecewiseLinear(((0.0, 0.0), (3.0, 0.9), (6.0, 1.0)))
    criteria = [leaf("a"), leaf("b", function=peak), leaf("c", function=slope)]
    found = exchange_rates(criteria, np.array([0.5, 0.3, 0.2]))
    assert [(each.criterion, each.exact) for each in found] == [("c", False)]


def test_classes_and_idle_criteria_have_no_rate() -> None:
    """Classes have no unit and a criterion without weight buys nothing: neither gets a rate."""
    classes = (OrdinalClass("k", text("k"), 0), OrdinalClass("m", text("m"), 1))
    criteria = [leaf("a"), leaf("b", function=Ordinal(classes)), leaf("c"), leaf("d")]
    found = exchange_rates(criteria, np.array([0.3, 0.4, 0.0, 0.3]))
    assert [(each.criterion, each.other, each.rate) for each in found] == [("d", "a", 1)]
    assert exchange_rates(criteria[1:3], np.array([1.0, 0.0])) == ()

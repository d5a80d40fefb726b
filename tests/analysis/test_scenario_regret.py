from __future__ import annotations

import math
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.futures import UNEQUAL, WIDE, Futures, brabant, unequal, varied
from tests.analysis.oracle import NEAR
from tests.analysis.random_problems import leaf, plain_problem, random_problem

from afweging.analysis.compare import compare
from afweging.analysis.scenario_regret import bars, drops, group_regret, least_regret, trades

if TYPE_CHECKING:
    from afweging.model.result import Comparison

SEEDS = st.integers(0, 10**6)


def _by_scenario(rows: list[list[float]]) -> Comparison:
    """Return a comparison in which `rows` are the scores, per scenario and option."""
    return compare(plain_problem([[[x] for x in row] for row in rows], (leaf("a"),)))


@pytest.mark.parametrize("seed", range(6))
def test_regret_per_region_and_horizon_equals_a_loop(seed: int) -> None:
    """What is lost to the best in each group, the greatest of it and where that is."""
    comparison, futures = varied(seed)
    for axis in ("region", "horizon"):
        found = group_regret(comparison, axis)
        expected = futures.regrets(futures.by_group(axis))
        assert found.groups == tuple(futures.oracle.ids[axis])
        for row, right in zip(found.regret.tolist(), expected, strict=True):
            assert dict(zip(futures.options, row, strict=True)) == pytest.approx(right)
        for each in found.greatest:
            most = max(row[each.alternative] for row in expected)
            assert each.span.exact == pytest.approx(most)
            where = [
                group
                for group, row in zip(found.groups, expected, strict=True)
                if row[each.alternative] >= most - NEAR
            ]
            assert list(each.states) == where
        assert not found.regret.flags.writeable


@settings(max_examples=25, deadline=None)
@given(seed=SEEDS)
def test_regret_is_never_below_zero_and_zero_for_someone(seed: int) -> None:
    """In every region and horizon someone has nothing to regret."""
    comparison = compare(random_problem(seed), UNEQUAL)
    for axis in ("region", "horizon"):
        found = group_regret(comparison, axis)
        assert (found.regret >= 0).all()
        assert found.regret.min(axis=1).tolist() == [0] * len(found.groups)


@pytest.mark.parametrize("seed", range(6))
def test_who_sets_the_bar_equals_a_count(seed: int) -> None:
    """Scenarios, cases and their weight in which an option has the highest score."""
    comparison, futures = varied(seed)
    first = [futures.setters(scores) for scores in futures.by_case]
    of_scenario = [futures.setters(scores) for scores in futures.by_scenario]
    found = bars(comparison)
    assert [bar.option for bar in found] == futures.options
    for bar in found:
        here = [bar.option in each for each in first]
        where = [s for s, o in zip(futures.scenarios, of_scenario, strict=True) if bar.option in o]
        assert list(bar.scenarios) == where
        assert bar.cases == sum(here)
        share = sum(w for w, is_first in zip(futures.case_weights, here, strict=True) if is_first)
        assert bar.share == pytest.approx(share)
        for scenario, within in zip(futures.scenarios, bar.within, strict=True):
            weights = [
                (w, is_first)
                for w, is_first, case in zip(
                    futures.case_weights, here, futures.oracle.cases, strict=True
                )
                if case[0] == scenario
            ]
            total = sum(w for w, _ in weights)
            assert within == pytest.approx(sum(w for w, one in weights if one) / total)


def test_options_that_tie_set_the_bar_together() -> None:
    """The bar counts for each of them."""
    one, two, three = bars(_by_scenario([[0.5, 0.5, 0.2], [0.1, 0.3, 0.2]]))
    assert (one.scenarios, two.scenarios, three.scenarios) == (("S1",), ("S1", "S2"), ())
    assert (one.share, two.share, three.share) == (0.5, 1.0, 0.0)
    assert (one.cases, two.cases, three.cases) == (1, 2, 0)


@pytest.mark.parametrize("seed", range(8))
def test_dropping_an_option_equals_a_loop(seed: int) -> None:
    """The greatest regrets without each option, who then has the least, and whether that turns."""
    comparison, futures = varied(seed)
    least = futures.least()
    assert list(least_regret(comparison)) == least
    found = drops(comparison)
    assert [drop.option for drop in found] == (futures.options if len(futures.options) > 1 else [])
    for drop in found:
        greatest = dict(zip(futures.options, drop.greatest, strict=True))
        assert greatest.pop(drop.option) is None
        assert greatest == pytest.approx(futures.greatest(without=drop.option))
        assert list(drop.least) == futures.least(without=drop.option)
        stay = [option for option in least if option != drop.option]
        assert drop.reverses == (bool(stay) and list(drop.least) != stay)


def test_a_loser_can_decide_who_has_the_least_regret() -> None:
    """O2 and O3 are no choice, yet without either of them O1 is none any more."""
    comparison = _by_scenario([[0.5, 0.3, 0.9], [0.3, 0.6, 0.0]])
    assert least_regret(comparison) == ("O1",)
    one, two, three = drops(comparison)
    assert (two.reverses, two.least) == (True, ("O3",))
    assert (three.reverses, three.least) == (True, ("O2",))
    assert three.greatest == pytest.approx((0.3, 0.2, None))
    assert not one.reverses  # it was the choice itself that dropped out


@pytest.mark.parametrize("seed", range(8))
def test_who_is_dominated_equals_a_loop(seed: int) -> None:
    """By expected score and greatest regret together; the highest score comes first."""
    comparison, futures = varied(seed)
    greatest = futures.greatest()
    found = trades(comparison)
    assert sorted(trade.option for trade in found) == sorted(futures.options)
    scores = [trade.expected for trade in found]
    assert scores == sorted(scores, reverse=True)
    for trade in found:
        assert trade.expected == pytest.approx(futures.expected[trade.option])
        assert trade.regret == pytest.approx(greatest[trade.option])
        by = [other for other in futures.options if _beats(futures, greatest, other, trade.option)]
        assert list(trade.dominated_by) == by


def _beats(futures: Futures, greatest: dict[str, float], one: str, other: str) -> bool:
    score = futures.expected[one] - futures.expected[other]
    regret = greatest[other] - greatest[one]
    return min(score, regret) >= -NEAR and max(score, regret) > NEAR


@settings(max_examples=25, deadline=None)
@given(seed=SEEDS)
def test_someone_is_not_dominated(seed: int) -> None:
    """The front is never empty, and holds the least regret and the highest score."""
    comparison = compare(random_problem(seed, WIDE), UNEQUAL)
    found = trades(comparison)
    front = {trade.option for trade in found if not trade.dominated_by}
    assert front
    assert front & set(least_regret(comparison))
    assert front & set(comparison.first.overall.alternatives)


def test_identical_options_do_not_dominate_each_other() -> None:
    """Two options that are the same are on the front together."""
    found = trades(_by_scenario([[0.6, 0.6, 0.5], [0.2, 0.2, 0.1]]))
    assert [trade.dominated_by for trade in found] == [(), (), ("O1", "O2")]


def test_better_on_one_of_the_two_is_enough() -> None:
    """With the same expected score the smaller regret dominates, and the other way round."""
    found = trades(_by_scenario([[0.8, 0.5, 0.9], [0.2, 0.5, 0.1]]))
    assert {t.option: t.dominated_by for t in found} == {"O1": (), "O2": ("O1",), "O3": ("O1",)}
    found = trades(_by_scenario([[0.5, 0.5, 0.9], [0.9, 0.8, 0.2]]))
    assert {t.option: t.regret for t in found} == pytest.approx({"O1": 0.4, "O2": 0.4, "O3": 0.7})
    assert {t.option: t.dominated_by for t in found}["O2"] == ("O1",)


def test_one_option_has_no_regret() -> None:
    """With nothing else to choose there is nothing to lose and nobody to drop."""
    comparison = _by_scenario([[0.6], [0.2]])
    assert drops(comparison) == ()
    assert least_regret(comparison) == ("O1",)
    assert group_regret(comparison, "region").regret.tolist() == [[0.0]]
    (trade,) = trades(comparison)
    assert (trade.regret, trade.dominated_by) == (0.0, ())


def test_a_scenario_without_weight_counts_in_the_greatest_regret() -> None:
    """As in the comparison, whose regret this is."""
    problem = random_problem(5, WIDE)
    comparison = compare(problem, UNEQUAL)
    futures = Futures(problem, unequal(problem))
    most = {each.alternative: each.span.low for each in comparison.regret.over_scenarios}
    assert {t.option: t.regret for t in trades(comparison)} == pytest.approx(most)
    assert most == pytest.approx(futures.greatest())


def test_brabant() -> None:
    """Two options set the bar in the scenarios, four are on no front."""
    found = {bar.option: bar for bar in bars(brabant())}
    assert found["O8"].scenarios == ("SC1", "SC2", "SC4")
    assert found["O7"].scenarios == ("SC3",)
    assert math.isclose(sum(bar.share for bar in found.values()), 1)
    assert least_regret(brabant()) == ("O7",)
    assert not any(drop.reverses for drop in drops(brabant()))
    assert [t.option for t in trades(brabant()) if not t.dominated_by] == ["O7"]
    allowed = np.flatnonzero(brabant().admissible)
    regret = brabant().regret.by_scenario.low[:, allowed]
    for (g, a), each in zip(product(range(4), range(len(allowed))), regret.ravel(), strict=True):
        setter = found[brabant().problem.alternatives[allowed[a]].id].scenarios
        assert (each <= NEAR) == (brabant().cases.ids["scenario"][g] in setter)

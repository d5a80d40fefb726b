from __future__ import annotations

from dataclasses import replace

import pytest
from tests.analysis.futures import brabant, varied
from tests.analysis.random_problems import Shape, leaf, plain_problem, random_problem

from afweging.analysis.compare import compare
from afweging.analysis.measures import measured, satisfied
from afweging.analysis.scenario_regret import bars, drops, group_regret, least_regret, trades
from afweging.analysis.scenario_robustness import USUAL, find_scenario_robustness
from afweging.errors import RequestError
from afweging.methods.robustness_metrics import Settings
from afweging.model.result import Request


@pytest.mark.parametrize("seed", range(3))
def test_everything_is_about_the_same_options(seed: int) -> None:
    """The parts are those of the comparison, in the order of the options that take part."""
    comparison, futures = varied(seed)
    found = find_scenario_robustness(comparison)
    assert list(found.options) == futures.options
    assert found.settings == USUAL
    assert found.over_cases == measured(comparison, "cases", USUAL)
    assert found.over_scenarios == measured(comparison, "scenarios", USUAL)
    assert (found.bars, found.drops) == (bars(comparison), drops(comparison))
    assert (found.trades, found.satisfied) == (trades(comparison), satisfied(comparison))
    assert found.least_regret == least_regret(comparison)
    for each, axis in zip(found.by_group, ("region", "horizon"), strict=True):
        again = group_regret(comparison, axis)  # type: ignore[arg-type]
        assert (each.axis, each.greatest) == (axis, again.greatest)


def test_the_measures_agree_with_the_comparison() -> None:
    """Mean, lowest score and greatest regret are those that the comparison shows."""
    comparison, _ = varied(4)
    found = find_scenario_robustness(comparison)
    value = {each.metric: each.values for each in found.over_scenarios.metrics}
    lowest = {each.alternative: each.span.low for each in comparison.regret.lowest_score}
    assert value["maximin"] == pytest.approx([lowest[option] for option in found.options])
    greatest = [each.span.low for each in comparison.regret.over_scenarios]
    assert value["minimax_regret"] == pytest.approx(greatest)
    over_cases = {each.metric: each.values for each in found.over_cases.metrics}
    most = [each.span.low for each in comparison.regret.over_cases]
    assert over_cases["minimax_regret"] == pytest.approx(most)
    assert over_cases["laplace"] == pytest.approx(value["laplace"])


def test_settings_are_kept() -> None:
    """What was chosen stands in the record, with what is good enough."""
    chosen = Settings(pessimism=1.0, threshold=0.4)
    found = find_scenario_robustness(brabant(), settings=chosen)
    assert (found.settings, found.basis) == (chosen, "threshold")
    value = {each.metric: each.values for each in found.over_cases.metrics}
    assert value["hurwicz"] == value["maximin"]


def test_one_scenario_and_one_case() -> None:
    """One state has the measures of one state, and no measure of spread."""
    problem = plain_problem([[[0.5, 0.3], [0.2, 0.4]]], (leaf("a"), leaf("b")))
    found = find_scenario_robustness(compare(problem))
    assert (found.over_cases.states, found.over_scenarios.states) == (1, 1)
    refused = {each.metric: each.refused for each in found.over_scenarios.metrics}
    assert refused["maximin"] is None
    assert refused["mean_variance"] == refused["undesirable_deviations"] == "few-states"
    assert refused["starr_domain"] == "no-threshold"
    assert found.least_regret == ("O1",)
    assert [trade.dominated_by for trade in found.trades] == [(), ("O1",)]


def test_scenarios_without_weight_are_named() -> None:
    """They count in no measure, and that must be known."""
    children = (leaf("a"),)
    problem = plain_problem([[[0.0], [0.9]], [[0.6], [0.5]]], children)
    comparison = compare(problem, Request(likelihoods=(("S1", 0), ("S2", 1))))
    assert find_scenario_robustness(comparison).weightless == ("S1",)
    assert find_scenario_robustness(compare(problem)).weightless == ()


def test_identical_options_tie_everywhere() -> None:
    """Nothing tells them apart: no measure counts, and each has the least regret."""
    problem = plain_problem([[[0.5]] * 3, [[0.2]] * 3], (leaf("a"),))
    found = find_scenario_robustness(compare(problem))
    assert found.over_scenarios.counted == 0
    assert found.over_scenarios.best_in == (0, 0, 0)
    assert found.least_regret == found.options
    assert not any(drop.reverses for drop in found.drops)
    assert all(trade.dominated_by == () for trade in found.trades)


def test_missing_effects_are_refused() -> None:
    """A number that is not known has no robustness."""
    comparison = compare(random_problem(3, Shape(gaps=2)))
    with pytest.raises(RequestError):
        find_scenario_robustness(comparison)


def test_criteria_without_weight_change_nothing() -> None:
    """A criterion with all weight gives the regret of that criterion alone."""
    children = (replace(leaf("a"), weight=1.0), replace(leaf("b"), weight=0.0))
    problem = plain_problem([[[0.1, 0.9], [0.4, 0.0]], [[0.8, 0.1], [0.7, 0.2]]], children)
    found = find_scenario_robustness(compare(problem))
    assert {t.option: t.regret for t in found.trades} == pytest.approx({"O1": 0.3, "O2": 0.1})

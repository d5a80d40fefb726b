from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.futures import (
    LOWER_IS_BETTER,
    NAMES,
    PERCENTILES,
    Choice,
    Futures,
    brabant,
    equal,
    places,
    varied,
    without_requirements,
)
from tests.analysis.random_problems import Shape, leaf, permuted, plain_problem, random_problem

from afweging.analysis.compare import compare
from afweging.analysis.measures import Measured, Over, basis_of, measured, meets_all, satisfied
from afweging.methods.robustness_metrics import Settings
from afweging.model.result import Comparison, Request

OVERS: tuple[Over, ...] = ("cases", "scenarios")
SEEDS = st.integers(0, 10**6)


def _check(comparison: Comparison, futures: Futures, over: Over, chosen: Choice) -> Measured:
    """Hold every value, rank, best and reason against the loops."""
    given_settings = Settings(chosen.pessimism, chosen.aversion, chosen.threshold)
    found = measured(comparison, over, given_settings)
    expected = futures.measures(over, chosen)
    assert [each.metric for each in found.metrics] == list(NAMES)
    telling = []
    for each in found.metrics:
        right = expected[each.metric]
        if isinstance(right, str):
            assert each.refused == right
            assert set(each.values) | set(each.ranks) == {None}
            assert each.best == ()
            continue
        assert each.refused is None
        values = dict(zip(futures.options, each.values, strict=True))
        assert values == pytest.approx(right, abs=1e-9), each.metric
        ranks = places(right, lower=each.metric in LOWER_IS_BETTER)
        assert dict(zip(futures.options, each.ranks, strict=True)) == ranks
        assert list(each.best) == [name for name, rank in ranks.items() if rank == 1]
        if each.best and len(each.best) < len(futures.options):
            telling.append(each.best)
    assert found.counted == len(telling)
    counts = [sum(option in best for best in telling) for option in futures.options]
    assert list(found.best_in) == counts
    return found


@pytest.mark.parametrize("over", OVERS)
@pytest.mark.parametrize("seed", range(6))
def test_every_measure_equals_a_loop(seed: int, over: Over) -> None:
    """All twelve, with weights that all differ; the ranks, the best, and how often each is best."""
    comparison, futures = varied(seed)
    _check(comparison, futures, over, Choice())
    _check(comparison, futures, over, Choice(pessimism=0.8, aversion=2.5, threshold=0.5))


@pytest.mark.parametrize("over", OVERS)
@pytest.mark.parametrize("seed", range(3))
def test_clones_tie_in_every_measure(seed: int, over: Over) -> None:
    """Two options that are the same share every rank, and are the best together or not at all."""
    problem = random_problem(seed, Shape(options=4, clones=1, requirements=0))
    found = _check(*equal(problem), over, Choice(threshold=0.5))
    for each in found.metrics:
        assert each.ranks[0] == each.ranks[-1]
        assert ("O1" in each.best) == ("O4" in each.best)


@settings(max_examples=20, deadline=None)
@given(seed=SEEDS, pessimism=st.floats(0, 1))
def test_hurwicz_and_laplace_lie_between_the_ends(seed: int, pessimism: float) -> None:
    """Maximin <= Hurwicz, Laplace <= maximax, over cases and over scenarios."""
    comparison, _ = varied(seed)
    for over in OVERS:
        found = measured(comparison, over, Settings(pessimism=pessimism))
        value = {each.metric: np.array(each.values, dtype=float) for each in found.metrics}
        for name in ("hurwicz", "laplace"):
            assert (value["maximin"] <= value[name] + 1e-12).all()
            assert (value[name] <= value["maximax"] + 1e-12).all()


def test_percentiles_are_given_for_the_cases_of_brabant_and_not_for_its_scenarios() -> None:
    """Sixty cases are enough, four scenarios are not."""
    over_cases, over_scenarios = (measured(brabant(), over, Settings()) for over in OVERS)
    assert (over_cases.states, over_scenarios.states) == (60, 4)
    for found, refused in ((over_cases, None), (over_scenarios, "few-states")):
        given_for = {each.metric: each for each in found.metrics}
        assert {given_for[name].refused for name in PERCENTILES} == {refused}
        others = {each.refused for each in found.metrics if each.metric not in PERCENTILES}
        assert others == {None}


def test_percentiles_ask_for_twenty_states_with_weight() -> None:
    """Twenty cases have percentiles, nineteen have none; a case without weight is not there."""
    problem = random_problem(1, Shape(options=3, scenarios=20, regions=1, horizons=1))
    names = [each.id for each in problem.scenarios]

    def refused(request: Request) -> set[str | None]:
        found = measured(compare(problem, request), "cases", Settings()).metrics
        return {each.refused for each in found if each.metric in PERCENTILES}

    assert refused(Request()) == {None}
    assert refused(Request(scenarios=tuple(names[1:]))) == {"few-states"}
    likelihoods = tuple((name, 0.0 if name == "S1" else 1 / 19) for name in names)
    assert refused(Request(likelihoods=likelihoods)) == {"few-states"}


def test_a_scenario_without_weight_counts_in_no_measure() -> None:
    """The worst and the greatest regret of a scenario that cannot happen are not there."""
    children = (leaf("a"),)
    problem = plain_problem([[[0.0], [0.9]], [[0.6], [0.5]], [[0.7], [0.4]]], children)
    comparison = compare(problem, Request(likelihoods=(("S1", 0), ("S2", 0.5), ("S3", 0.5))))
    found = measured(comparison, "scenarios", Settings())
    value = {each.metric: each.values for each in found.metrics}
    assert found.states == 2
    assert value["maximin"] == pytest.approx((0.6, 0.4))
    assert value["minimax_regret"] == pytest.approx((0, 0.3))


def test_scores_that_do_not_differ_have_no_skewness() -> None:
    """An option with one score in all cases has no skewness or kurtosis; the others do."""
    rows = [[[0.4], [s / 30]] for s in range(25)]
    found = measured(compare(plain_problem(rows, (leaf("a"),))), "cases", Settings())
    value = {each.metric: each for each in found.metrics}
    for name in ("percentile_skewness", "percentile_kurtosis"):
        assert value[name].refused is None
        assert value[name].values[0] is None
        assert value[name].ranks == (None, 1)
        assert value[name].best == ("O2",)


def test_good_enough_is_a_score_where_one_is_given() -> None:
    """A threshold goes before requirements; with neither there is no Starr's domain."""
    comparison, _ = varied(1)
    bare = compare(without_requirements(comparison.problem))
    assert basis_of(comparison, Settings()) == "requirements"
    assert basis_of(comparison, Settings(threshold=0.3)) == "threshold"
    assert basis_of(bare, Settings()) is None
    assert measured(bare, "cases", Settings()).metrics[-1].refused == "no-threshold"


@pytest.mark.parametrize("seed", range(6))
def test_how_often_requirements_are_met_equals_a_count(seed: int) -> None:
    """Of every option, also those that are screened out, for each requirement and for all."""
    comparison, futures = varied(seed)
    found = satisfied(comparison)
    assert [each.option for each in found] == futures.oracle.options
    for each in found:
        by_requirement, all_at_once = futures.met(each.option)
        assert each.by_requirement == pytest.approx(by_requirement)
        assert each.all == pytest.approx(all_at_once)
        assert each.screened_out == (each.option not in futures.options)
        assert each.all <= min(each.by_requirement) + 1e-12
        place = futures.oracle.options.index(each.option)
        good = meets_all(comparison, "scenarios")[:, place].tolist()
        assert good == futures.good_scenarios(each.option)


def test_meeting_is_also_counted_where_all_options_fail() -> None:
    """Where every option is ruled out none is screened out, and the shares say why."""
    comparison, _ = varied(2)
    asked = tuple(
        replace(each, threshold=1e9 if c.direction == "max" else -1e9, tolerated_share=0.0)
        for each in comparison.problem.requirements
        for c in comparison.problem.criteria
        if c.id == each.criterion
    )
    found = satisfied(compare(replace(comparison.problem, requirements=asked)))
    assert {each.screened_out for each in found} == {False}
    assert {each.all for each in found} == {0.0}


def test_no_requirements_are_met_by_nobody() -> None:
    """Without requirements there are no shares."""
    comparison, _ = varied(0)
    assert satisfied(compare(without_requirements(comparison.problem))) == ()


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_the_input_changes_nothing(seed: int) -> None:
    """Options, criteria and cases in another order have the same measures."""
    problem = random_problem(seed, Shape(scenarios=5, horizons=3))
    one, other = (
        compare(each) for each in (problem, permuted(problem, np.random.default_rng(seed))[0])
    )
    for over in OVERS:
        found = measured(one, over, Settings()), measured(other, over, Settings())
        for first, second in zip(found[0].metrics, found[1].metrics, strict=True):
            values = [
                dict(zip((r.id for r in _taking_part(c)), each.values, strict=True))
                for c, each in ((one, first), (other, second))
            ]
            assert values[0] == pytest.approx(values[1], abs=1e-12)
            assert set(first.best) == set(second.best)


def _taking_part(comparison: Comparison) -> list:  # type: ignore[type-arg]
    pairs = zip(comparison.problem.alternatives, comparison.admissible, strict=True)
    return [alternative for alternative, allowed in pairs if allowed]

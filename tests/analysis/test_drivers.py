from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.analysis.lead_oracle import effect_shares
from tests.analysis.random_problems import Shape, leaf, permuted, plain_problem, random_problem

import afweging as afw
from afweging.analysis.compare import compare
from afweging.analysis.drivers import Contest, Drivers, Found, find_drivers
from afweging.analysis.drivers_document import drivers_document
from afweging.analysis.effect_draws import mean_value_table
from afweging.errors import RequestError
from afweging.model.result import Request

if TYPE_CHECKING:
    from afweging.model.problem import DecisionProblem
    from afweging.model.result import Comparison


def _found(comparison: Comparison, *, draws: int = 512, seed: int = 1) -> Found:
    found = find_drivers(comparison, draws=draws, seed=seed).found
    assert found is not None
    return found


@cache
def _comparison(seed: int) -> Comparison:
    request = Request(profile="P1", region_weights="banen", likelihood_set="kansen")
    return compare(random_problem(seed), request)


@pytest.mark.parametrize("seed", range(6))
def test_the_contest_is_between_the_best_two(seed: int) -> None:
    """Of the options that meet the requirements, by expected score."""
    comparison = _comparison(seed)
    if sum(comparison.admissible) < 2:
        assert find_drivers(comparison, draws=64).found is None
        return
    contest = _found(comparison).contest
    first, second = [row for row in comparison.ranking if row.rank is not None][:2]
    assert (contest.winner, contest.runner_up) == (first.id, second.id)
    assert contest.lead == pytest.approx(first.score.low - second.score.low, abs=1e-15)
    assert contest.level == contest.level_second == ()


@pytest.mark.parametrize("seed", range(6))
def test_shares_mean_and_deviation_are_those_of_a_dense_table(seed: int) -> None:
    """The exact decomposition against the variance at eight thousand levels per estimate."""
    comparison = compare(replace(random_problem(seed), requirements=()), Request(profile="P2"))
    found = _found(comparison)
    options = [alternative.id for alternative in comparison.problem.alternatives]
    a, b = options.index(found.contest.winner), options.index(found.contest.runner_up)
    shares, mean, deviation = effect_shares(comparison, a, b)
    assert found.effects.mean == pytest.approx(mean, abs=1e-4)
    assert found.effects.deviation == pytest.approx(deviation, rel=1e-3)
    criteria = [criterion.id for criterion in comparison.problem.criteria]
    assert len(found.effects.shares) == (shares > 0).sum()
    for each in found.effects.shares:
        row = 0 if each.option == found.contest.winner else 1
        assert each.share == pytest.approx(shares[row, criteria.index(each.criterion)], abs=2e-3)
    told = [each.share for each in found.effects.shares]
    assert sum(told) == pytest.approx(1)
    assert told == sorted(told, reverse=True)


def test_drawn_leads_have_the_mean_and_deviation() -> None:
    """A hundred thousand sums of independently drawn mean values."""
    comparison = compare(replace(random_problem(2), requirements=()))
    found = _found(comparison)
    options = [alternative.id for alternative in comparison.problem.alternatives]
    pair = [options.index(found.contest.winner), options.index(found.contest.runner_up)]
    table = mean_value_table(comparison, 1000)[:, pair]  # (U, 2, C)
    places = np.random.default_rng(1).integers(0, 1000, (100_000, *table.shape[1:]))
    drawn = np.take_along_axis(table, places, axis=0)
    leads = (drawn[:, 0] - drawn[:, 1]) @ comparison.weights.criteria
    assert found.effects.mean == pytest.approx(leads.mean(), abs=5 * leads.std() / 300)
    assert found.effects.deviation == pytest.approx(leads.std(), rel=0.02)


def test_the_same_seed_gives_the_same_answer() -> None:
    """To the last bit; another seed moves what is drawn and nothing that is exact."""
    comparison = _comparison(1)
    one, same, other = (find_drivers(comparison, draws=512, seed=seed) for seed in (3, 3, 4))
    assert drivers_document(one) == drivers_document(same)
    assert one.found is not None
    assert other.found is not None
    assert one.found.effects == other.found.effects
    assert one.found.swings == other.found.swings
    assert one.found.together != other.found.together


def test_the_order_of_the_input_does_not_move_what_is_exact() -> None:
    """Shares and ends are the same in another order of options, criteria and cases."""
    problem = replace(random_problem(3), requirements=())
    turned, _ = permuted(problem, np.random.default_rng(3))
    one, other = _found(compare(problem)), _found(compare(turned))
    assert one.contest == other.contest
    assert one.effects.deviation == pytest.approx(other.effects.deviation, rel=1e-12)
    for mine, yours in zip(one.effects.shares, other.effects.shares, strict=True):
        assert (mine.option, mine.criterion) == (yours.option, yours.criterion)
        assert mine.share == pytest.approx(yours.share, rel=1e-9)
    assert [(s.kind, s.node) for s in one.swings] == [(s.kind, s.node) for s in other.swings]


def test_one_option_has_no_lead() -> None:
    """Nothing is found, and nothing is refused."""
    comparison = compare(plain_problem([[[0.4]]], (leaf("a"),)))
    assert find_drivers(comparison, draws=64, seed=2) == Drivers(64, 2, None)


def test_ties_are_told_and_not_broken() -> None:
    """Who is level with the winner, or with the runner-up."""
    problem = plain_problem([[[0.4], [0.7], [0.7], [0.7]]], (leaf("a"),))
    found = _found(compare(problem))
    assert found.contest == Contest("O2", "O3", 0.0, ("O4",), ("O4",))
    second = plain_problem([[[0.4], [0.7], [0.4]]], (leaf("a"),))
    contest = _found(compare(second)).contest
    assert (contest.winner, contest.level, contest.level_second) == ("O2", (), ("O3",))


def _one_criterion() -> DecisionProblem:
    return plain_problem([[[0.9], [0.2]]], (leaf("a"),))


def _zero_weight() -> DecisionProblem:
    return plain_problem([[[0.9, 0.1], [0.2, 0.8]]], (leaf("a", 1.0), leaf("b", 0.0)))


def _constant_column() -> DecisionProblem:
    return plain_problem([[[0.9, 0.5], [0.2, 0.5]]] * 2, (leaf("a"), leaf("b")))


def _identical() -> DecisionProblem:
    return plain_problem([[[0.9, 0.5], [0.9, 0.5]]] * 2, (leaf("a"), leaf("b")))


@pytest.mark.parametrize("make", [_one_criterion, _zero_weight, _constant_column, _identical])
def test_sure_and_degenerate_problems_work(make: object) -> None:
    """No estimate is uncertain: no shares, no deviation; and all numbers are finite."""
    assert callable(make)
    found = _found(compare(make()))
    assert found.effects.shares == ()
    assert found.effects.deviation == 0
    assert found.effects.mean == pytest.approx(found.contest.lead)
    for swing in found.swings:
        assert np.isfinite([swing.low, swing.high]).all()
    for each in found.together.factors:
        assert np.isfinite([each.first, each.total, each.first_error, each.total_error]).all()


def test_a_criterion_without_weight_has_no_share() -> None:
    """However uncertain its estimates are."""
    problem = _zero_weight()
    mode = problem.effects.mode
    effects = replace(problem.effects, low=mode - 0.1, high=mode + 0.1)
    found = _found(compare(replace(problem, effects=effects)))
    assert {each.criterion for each in found.effects.shares} == {"a"}
    assert {swing.node for swing in found.swings} == {"a"}


def test_missing_effects_are_refused() -> None:
    """And so is a number of draws that has no half."""
    with pytest.raises(RequestError):
        find_drivers(compare(random_problem(1, Shape(gaps=2))))
    with pytest.raises(ValueError, match="held out"):
        find_drivers(_comparison(1), draws=1)


def test_brabant_is_decided_by_no_single_estimate() -> None:
    """O7 over O8: the weights matter most, and the mean lead is on the other side of zero."""
    found = _found(compare(afw.read_problem("scenarios/brabant")), draws=4096)
    assert (found.contest.winner, found.contest.runner_up) == ("O7", "O8")
    assert found.together.factors[0].factor.kind == "lenses"
    assert found.effects.shares[0].share < 0.1
    assert found.effects.mean < 0 < found.contest.lead

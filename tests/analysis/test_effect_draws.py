from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.analysis.effect_oracle import values
from tests.analysis.random_problems import (
    leaf,
    permuted,
    plain_problem,
    random_problem,
    stated_uniform,
)

import afweging as afw
from afweging.analysis.compare import compare
from afweging.analysis.effect_draws import (
    even_levels,
    mean_value_table,
    mean_values_at,
    quantile_values,
    scenario_values_at,
    values_in_cases,
)
from afweging.methods.aggregation import weighted_mean
from afweging.methods.sampling import triangular
from afweging.model.criterion import Linear, Ordinal, OrdinalClass
from afweging.model.problem import Effects
from afweging.model.result import Request
from afweging.model.text import Text

if TYPE_CHECKING:
    from afweging.model.result import Comparison

LEVELS = np.array([0.0, 0.07, 0.31, 0.5, 0.83, 1.0])
REQUEST = Request(region_weights="banen", horizon_weights="straks", likelihood_set="kansen")


@cache
def _comparison(seed: int, *uniform: int) -> Comparison:
    """Return a random problem; the sources at some places state a uniform distribution."""
    problem = stated_uniform(random_problem(seed), *uniform)
    return compare(replace(problem, requirements=()), REQUEST)


def _in_every_case(comparison: Comparison) -> np.ndarray:
    """Return what drawing in cases gives, every case at every level: shape (U, S, A, C)."""
    shape = (len(LEVELS), *comparison.scores.values.low.shape)
    cases = np.tile(np.arange(shape[1]), shape[0])
    levels = np.repeat(LEVELS, shape[1])[:, None, None]
    drawn = values_in_cases(comparison, cases, np.broadcast_to(levels, (len(cases), *shape[2:])))
    return drawn.reshape(shape)


def _oracle(comparison: Comparison) -> np.ndarray:
    """Return the values at the levels, shape (U, S, A, C)."""
    found = np.empty((len(LEVELS), *comparison.scores.values.low.shape))
    for s, a, c in np.ndindex(found.shape[1:]):
        found[:, s, a, c] = values(comparison, s, a, c, LEVELS)
    return found


@pytest.mark.parametrize("uniform", [(), (1,), (0, 1, 2)])
@pytest.mark.parametrize("seed", range(4))
def test_values_are_those_of_the_quantile_in_every_case(
    seed: int, uniform: tuple[int, ...]
) -> None:
    """For bent, curved, stepped and straight value functions, and beyond the references."""
    comparison = _comparison(seed, *uniform)
    np.testing.assert_allclose(_in_every_case(comparison), _oracle(comparison), atol=1e-9)


@pytest.mark.parametrize("seed", range(4))
def test_means_weigh_the_cases(seed: int) -> None:
    """Over all cases, and over the regions and horizons of each scenario."""
    comparison = _comparison(seed, 2)
    each = _in_every_case(comparison)
    means = np.einsum("s,usac->uac", comparison.weights.cases, each)
    np.testing.assert_allclose(mean_values_at(comparison, LEVELS), means, atol=1e-12)
    per_scenario = scenario_values_at(comparison, LEVELS, range(4))
    some = scenario_values_at(comparison, LEVELS, (3, 1))
    np.testing.assert_array_equal(some, per_scenario[:, :, [3, 1]])
    share = comparison.cases.weights["scenario"]
    np.testing.assert_allclose(np.einsum("g,ugac->uac", share, per_scenario), means, atol=1e-12)
    region, horizon = (comparison.cases.weights[axis] for axis in ("region", "horizon"))
    first = each.reshape(len(LEVELS), len(share), len(region), len(horizon), *means.shape[1:])
    np.testing.assert_allclose(
        per_scenario, np.einsum("r,h,ugrhac->ugac", region, horizon, first), atol=1e-12
    )


@pytest.mark.parametrize("seed", range(3))
def test_each_draw_has_a_case_and_levels_of_its_own(seed: int) -> None:
    """Drawing in cases gives the values of those cases at those levels."""
    comparison, rng = _comparison(seed, 0), np.random.default_rng(seed)
    each = _in_every_case(comparison)  # (U, S, A, C)
    cases = rng.integers(0, each.shape[1], 50)
    places = rng.integers(0, len(LEVELS), (50, *each.shape[2:]))
    found = values_in_cases(comparison, cases, LEVELS[places])
    for k, a, c in np.ndindex(found.shape):
        assert found[k, a, c] == each[places[k, a, c], cases[k], a, c]


def test_a_certain_effect_does_not_move() -> None:
    """Where low equals high in every case, every level gives the value of the comparison."""
    problem = _comparison(1).problem
    mode = problem.effects.mode
    sure = Effects(
        low=mode.copy(),
        mode=mode.copy(),
        high=mode.copy(),
        present=problem.effects.present.copy(),
        evidence=problem.effects.evidence.copy(),
        source=problem.effects.source.copy(),
    )
    comparison = compare(replace(problem, effects=sure), REQUEST)
    found = mean_values_at(comparison, LEVELS)
    np.testing.assert_array_equal(found, np.broadcast_to(comparison.scores.means.low, found.shape))


def test_a_table_is_the_mean_values_at_even_levels() -> None:
    """Its mean over the rows is the expected mean value of a triangular effect."""
    problem = plain_problem([[[0.2], [0.9]]], (leaf("a"),))
    effects = replace(problem.effects, low=np.array([[[0.1], [0.9]]]))
    effects = replace(effects, high=np.array([[[0.6], [0.9]]]))
    comparison = compare(replace(problem, effects=effects))
    table = mean_value_table(comparison, 400)
    assert table.shape == (400, 2, 1)
    np.testing.assert_array_equal(table, mean_values_at(comparison, even_levels(400)))
    assert table[:, 0, 0].mean() == pytest.approx((0.1 + 0.2 + 0.6) / 3, abs=0.5 / 800)
    assert (table[:, 1, 0] == 0.9).all()


def test_classes_have_the_chance_of_the_nearest_quantile() -> None:
    """From the first to the third class around the second: one in eight for either end."""
    classes = tuple(OrdinalClass(f"k{i}", Text(f"k{i}"), v) for i, v in enumerate((0.0, 0.7, 1.0)))
    problem = plain_problem([[[1.0]]], (leaf("a", best=2.0, function=Ordinal(classes)),))
    effects = replace(problem.effects, low=np.zeros((1, 1, 1)), high=np.full((1, 1, 1), 2.0))
    table = mean_value_table(compare(replace(problem, effects=effects)), 800)[:, 0, 0]
    assert [(table == each).mean() for each in (0.0, 0.7, 1.0)] == [0.125, 0.75, 0.125]


def test_the_order_of_the_input_does_not_matter() -> None:
    """Mean values are the same to the last bit when cases, options and criteria are reordered."""
    problem = replace(random_problem(5), requirements=())
    turned, order = permuted(problem, np.random.default_rng(5))
    before = mean_values_at(compare(problem, REQUEST), LEVELS)
    after = mean_values_at(compare(turned, REQUEST), LEVELS)
    grid = before[:, order["option"]][:, :, order["criterion"]]
    np.testing.assert_allclose(after, grid, atol=1e-15)


def test_long_tables_are_made_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The parts give the same numbers as the whole."""
    comparison = _comparison(2)
    whole = mean_values_at(comparison, LEVELS), scenario_values_at(comparison, LEVELS, (0, 1))
    monkeypatch.setattr("afweging.analysis.effect_draws.CHUNK", 1)
    np.testing.assert_array_equal(mean_values_at(comparison, LEVELS), whole[0])
    np.testing.assert_array_equal(scenario_values_at(comparison, LEVELS, (0, 1)), whole[1])


def test_the_brabant_problem_has_the_exact_mean_of_its_straight_criteria() -> None:
    """The mean over the levels is the value of (low + mode + high) / 3, averaged over the cases."""
    comparison = compare(afw.read_problem("scenarios/brabant"))
    table, effects = mean_value_table(comparison, 1000), comparison.problem.effects
    for c, criterion in enumerate(comparison.problem.criteria):
        if isinstance(criterion.value_function, Linear):
            centre = (effects.low + effects.mode + effects.high)[..., c] / 3
            exact = (centre - criterion.worst) / (criterion.best - criterion.worst)
            np.testing.assert_allclose(table[:, :, c].mean(axis=0), exact.mean(axis=0), atol=1e-4)


def test_without_a_stated_distribution_all_effects_are_triangular() -> None:
    """Brabant, to the last bit; so is an effect without a source where all sources are uniform."""
    problem = afw.read_problem("scenarios/brabant")
    assert {source.distribution for source in problem.sources} == {"triangular"}
    comparison, effects = compare(problem), problem.effects
    found = mean_values_at(comparison, LEVELS)
    for c, criterion in enumerate(problem.criteria):
        low, mode, high = (
            each[comparison.cases.rows][:, :, c]
            for each in (effects.low, effects.mode, effects.high)
        )
        drawn = quantile_values(
            criterion, triangular(low, mode, high, uniforms=LEVELS[:, None, None])
        )
        plain = weighted_mean(np.moveaxis(drawn, 1, 0), comparison.weights.cases)
        np.testing.assert_array_equal(found[..., c], plain)
    without = replace(effects, source=np.full(effects.source.shape, -1, dtype=np.int32))
    stated = stated_uniform(replace(problem, effects=without), *range(len(problem.sources)))
    np.testing.assert_array_equal(mean_values_at(compare(stated), LEVELS), found)

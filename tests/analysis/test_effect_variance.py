from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.analysis.effect_oracle import values
from tests.analysis.random_problems import (
    Shape,
    leaf,
    plain_problem,
    random_problem,
    stated_uniform,
    text,
)

import afweging as afw
from afweging.analysis.compare import compare
from afweging.analysis.effect_variance import bends, value_moments
from afweging.model.criterion import Exponential
from afweging.model.provenance import Source
from afweging.model.result import Request

if TYPE_CHECKING:
    from afweging.model.result import Comparison

REQUEST = Request(region_weights="banen", horizon_weights="straks", likelihood_set="kansen")


@cache
def _comparison(seed: int, *uniform: int) -> Comparison:
    problem = stated_uniform(random_problem(seed), *uniform)
    return compare(replace(problem, requirements=()), REQUEST)


def _one(
    low: float, mode: float, high: float, midvalue: float, *, uniform: bool = False
) -> Comparison:
    """Return a comparison of one option on one curved criterion from 0 to 1."""
    problem = plain_problem([[[mode]]], (leaf("a", function=Exponential(midvalue)),))
    effects = replace(problem.effects, low=np.full((1, 1, 1), low))
    effects = replace(effects, high=np.full((1, 1, 1), high))
    sources = (Source("bron", "expert", text("bron")),)
    effects = replace(effects, source=np.zeros((1, 1, 1), dtype=np.int32))
    problem = replace(problem, effects=effects, sources=sources)
    return compare(stated_uniform(problem, 0) if uniform else problem)


@pytest.mark.parametrize("uniform", [(), (0, 2)])
@pytest.mark.parametrize("seed", range(5))
def test_moments_are_those_of_many_small_steps(seed: int, uniform: tuple[int, ...]) -> None:
    """For every option and criterion, over the cases with their weights."""
    comparison = _comparison(seed, *uniform)
    count = len(comparison.problem.criteria)
    means, variances = value_moments(comparison, (0, 2))
    levels = (np.arange(20_000) + 0.5) / 20_000
    for i, a in enumerate((0, 2)):
        for c in range(count):
            drawn = sum(
                weight * values(comparison, s, a, c, levels)
                for s, weight in enumerate(comparison.weights.cases.tolist())
            )
            assert isinstance(drawn, np.ndarray)
            assert means[i, c] == pytest.approx(drawn.mean(), abs=1e-5)
            assert variances[i, c] == pytest.approx(drawn.var(), abs=1e-5)


@pytest.mark.parametrize("midvalue", [0.001, 0.02, 0.2, 0.7, 0.98, 0.999])
@pytest.mark.parametrize("ends", [(0.0, 0.3, 1.0), (0.05, 0.05, 0.2), (0.7, 1.0, 1.0)])
def test_steep_curves_are_met_within_ten_decimals(
    midvalue: float, ends: tuple[float, float, float]
) -> None:
    """Against a Gauss-Legendre rule on two thousand pieces of the angle."""
    comparison = _one(*ends, midvalue)
    edges = np.linspace(0, np.pi / 2, 2001)
    width = ends[2] - ends[0]
    edges = np.unique([*edges, np.arcsin(np.sqrt((ends[1] - ends[0]) / width))])
    nodes, weights = np.polynomial.legendre.leggauss(8)
    half = np.diff(edges)[:, None] / 2
    angle = (edges[:-1, None] + half * (1 + nodes)).ravel()
    share = (half * weights).ravel() * np.sin(2 * angle)
    drawn = values(comparison, 0, 0, 0, np.sin(angle) ** 2)
    means, variances = value_moments(comparison, (0,))
    mean = share @ drawn
    assert means[0, 0] == pytest.approx(mean, abs=1e-10)
    assert variances[0, 0] == pytest.approx(share @ (drawn - mean) ** 2, abs=1e-10)


@pytest.mark.parametrize("seed", range(2))
def test_many_cases_are_integrated_on_fewer_pieces(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Six hundred cases: within 1e-7 of the integral that stops at every bend."""
    shape = Shape(options=2, scenarios=20, regions=10, horizons=3, profiles=0, requirements=0)
    comparison = compare(random_problem(seed, shape))
    few = value_moments(comparison, (0,))
    monkeypatch.setattr("afweging.methods.variance_decomposition.MOST_PIECES", 10_000)
    np.testing.assert_allclose(few, value_moments(comparison, (0,)), rtol=0, atol=1e-7)


def test_brabant_has_the_moments_of_a_dense_table() -> None:
    """The variance of the mean values at twenty thousand levels, for the first two options."""
    comparison = compare(afw.read_problem("scenarios/brabant"))
    means, variances = value_moments(comparison, (0, 6))
    levels = (np.arange(5_000) + 0.5) / 5_000
    for i, a in enumerate((0, 6)):
        for c in (0, 4, 7):
            drawn = np.mean([values(comparison, s, a, c, levels) for s in range(60)], axis=0)
            assert means[i, c] == pytest.approx(drawn.mean(), abs=1e-4)
            assert variances[i, c] == pytest.approx(drawn.var(), abs=2e-5)


def test_a_sure_effect_has_no_variance() -> None:
    """Exactly none, and the value of the comparison as its mean."""
    problem = replace(random_problem(3), requirements=())
    mode = problem.effects.mode
    effects = replace(problem.effects, low=mode.copy(), high=mode.copy())
    comparison = compare(replace(problem, effects=effects))
    means, variances = value_moments(comparison, (1,))
    assert not variances.any()
    np.testing.assert_allclose(means[0], comparison.scores.means.low[1], atol=1e-14)


def test_long_sums_are_made_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The parts give the same numbers as the whole."""
    whole = value_moments(_comparison(1), (0,))
    monkeypatch.setattr("afweging.analysis.effect_variance.CHUNK", 1)
    np.testing.assert_array_equal(value_moments(_comparison(1), (0,)), whole)


def test_bends_lie_where_the_value_turns() -> None:
    """A flat curve bends at its references only, a steep one in the part that rises."""
    flat, steep = (leaf("a", function=Exponential(middle)) for middle in (0.4, 0.01))
    assert bends(flat).tolist() == [0, 1]
    found = np.sort(bends(steep))
    assert len(found) == 12
    assert found[-2] < 0.6


@pytest.mark.parametrize("midvalue", [0.001, 0.02, 0.169, 0.2, 0.7, 0.83, 0.98, 0.999])
@pytest.mark.parametrize("ends", [(0.0, 0.3, 1.0), (0.05, 0.05, 0.2), (0.7, 1.0, 1.0)])
def test_steep_curves_of_uniform_effects_are_met_within_ten_decimals(
    midvalue: float, ends: tuple[float, float, float]
) -> None:
    """Against a Gauss-Legendre rule on two thousand pieces of the level itself."""
    comparison = _one(*ends, midvalue, uniform=True)
    nodes, weights = np.polynomial.legendre.leggauss(8)
    levels = ((np.arange(2000)[:, None] + (1 + nodes) / 2) / 2000).ravel()
    share = np.tile(weights / 4000, 2000)
    drawn = values(comparison, 0, 0, 0, levels)
    means, variances = value_moments(comparison, (0,))
    mean = share @ drawn
    assert means[0, 0] == pytest.approx(mean, abs=1e-10)
    assert variances[0, 0] == pytest.approx(share @ (drawn - mean) ** 2, abs=1e-10)

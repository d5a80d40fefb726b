from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.analysis.lead_oracle import factor_shares
from tests.analysis.random_problems import Shape, leaf, plain_problem, random_problem

from afweging.analysis.compare import compare
from afweging.analysis.effect_draws import scenario_values_at
from afweging.analysis.together import Factor, GapModel, Together, vary_together
from afweging.model.criterion import Criterion, Group
from afweging.model.result import Request

if TYPE_CHECKING:
    from afweging.model.result import Comparison

FloatArray = np.ndarray


@cache
def _comparison(seed: int) -> Comparison:
    problem = replace(random_problem(seed), requirements=())
    return compare(problem, Request(likelihood_set="kansen", horizon_weights="straks"))


@pytest.mark.parametrize("seed", range(3))
def test_indices_are_those_of_exact_moments(seed: int) -> None:
    """First-order and total of every factor, by products of known moments."""
    comparison = _comparison(seed)
    found = vary_together(comparison, 0, 1, draws=16_384, rng=np.random.default_rng(seed))
    exact = factor_shares(comparison, 0, 1)
    assert {each.factor for each in found.factors} <= exact.keys()
    for each in found.factors:
        assert (each.first, each.total) == pytest.approx(exact[each.factor], abs=0.02)
        for index, error, truth in zip(
            (each.first, each.total),
            (each.first_error, each.total_error),
            exact[each.factor],
            strict=True,
        ):
            assert abs(index - truth) < 6 * error + 1e-3
    told = {each.factor for each in found.factors}
    assert all(abs(exact[factor][1]) < 1e-9 for factor in exact.keys() - told)


@pytest.mark.parametrize("seed", range(3))
def test_the_model_has_the_lead_of_a_comparison(seed: int) -> None:
    """At weights, levels and a scenario of its own, every row is what a comparison would say."""
    comparison = _comparison(seed)
    model = GapModel(comparison, 2, 1)
    numbers = np.random.default_rng(seed).random((6, sum(model.sizes)))
    tree = comparison.problem.tree
    for row, gap in zip(numbers, model.gaps(numbers).tolist(), strict=True):
        parts = dict(zip(model.factors, np.split(row, np.cumsum(model.sizes)[:-1]), strict=True))
        weights = _weights(tree, parts)
        share = np.cumsum(comparison.cases.weights["scenario"])
        scenario = int((parts[Factor("scenario", "")][0] >= share).sum())
        expected = 0.0
        for c, name in enumerate(criterion.id for criterion in comparison.problem.criteria):
            levels = (np.floor(parts.get(Factor("effects", name), np.zeros(2)) * 512) + 0.5) / 512
            values = scenario_values_at(comparison, levels, (2, 1))[:, scenario, :, c]
            expected += weights[name] * (values[0, 0] - values[1, 1])
        assert gap == pytest.approx(expected, abs=1e-12)


def _weights(tree: Group, parts: dict[Factor, FloatArray]) -> dict[str, float]:
    """Return the weights of the criteria, as gaps between sorted numbers in every group."""

    def split(group: Group, numbers: list[float]) -> tuple[list[float], list[float]]:
        count = len(group.children) - 1
        marks = [0.0, *sorted(numbers[:count]), 1.0]
        return [b - a for a, b in pairwise(marks)], numbers[count:]

    def under(node: Group | Criterion, weight: float, numbers: list[float]) -> list[float]:
        if isinstance(node, Criterion):
            found[node.id] = weight
            return numbers
        local, numbers = split(node, numbers)
        for child, share in zip(node.children, local, strict=True):
            numbers = under(child, weight * share, numbers)
        return numbers

    found: dict[str, float] = {}
    lenses, _ = split(tree, parts[Factor("lenses", tree.id)].tolist())
    for lens, share in zip(tree.children, lenses, strict=True):
        under(lens, share, list(parts.get(Factor("within", lens.id), np.empty(0))))
    return found


def test_what_cannot_change_is_no_factor() -> None:
    """One criterion, one scenario and a sure effect: nothing varies."""
    comparison = compare(plain_problem([[[0.9], [0.2]]], (leaf("a"),)))
    found = vary_together(comparison, 0, 1, draws=64, rng=np.random.default_rng(1))
    assert found == Together((), 0.0, 0)


def test_sure_clones_have_a_lead_of_nothing() -> None:
    """Two options that are the same for sure: factors there are, but no deviation."""
    problem = replace(random_problem(2, Shape(clones=1)), requirements=())
    mode = problem.effects.mode
    effects = replace(problem.effects, low=mode.copy(), high=mode.copy())
    comparison = compare(replace(problem, effects=effects))
    found = vary_together(comparison, 0, 3, draws=64, rng=np.random.default_rng(1))
    assert found.deviation == 0
    assert {each.factor.kind for each in found.factors} == {"lenses", "within", "scenario"}
    assert all(each.total == 0 for each in found.factors)


def test_the_largest_comes_first_and_the_seed_decides() -> None:
    """Sorted by total share; the same generator gives the same numbers."""
    comparison = _comparison(1)
    one, same = (
        vary_together(comparison, 0, 1, draws=512, rng=np.random.default_rng(9)) for _ in range(2)
    )
    assert one == same
    totals = [each.total for each in one.factors]
    assert totals == sorted(totals, reverse=True)
    assert one.evaluations == 8 * 64 * (len(one.factors) + 2)

from __future__ import annotations

import math

import numpy as np
import pytest
from tests.analysis.oracle import Oracle
from tests.analysis.random_problems import (
    Shape,
    draw,
    leaf,
    plain_problem,
    random_problem,
    table_effects,
)

from afweging.analysis.values import estimate_values, extremes, mode_values, value_of
from afweging.model.criterion import Exponential, Ordinal, PiecewiseLinear

SEEDS = range(8)


def _all_rows(count: int) -> np.ndarray:
    return np.arange(count)


@pytest.mark.parametrize("seed", SEEDS)
def test_values_equal_plain_formulas(seed: int) -> None:
    """Values of all kinds of criteria are those of the formulas, in [0, 1], and a gap is open."""
    problem = random_problem(seed, Shape(gaps=3))
    found, oracle = mode_values(problem, _all_rows(len(problem.cases))), Oracle(problem)
    for (case, option, criterion), (low, high) in oracle.values.items():
        place = (oracle.row[case], oracle.options.index(option), oracle.column[criterion])
        assert found.at(*place).low == pytest.approx(low, abs=1e-9)
        assert found.at(*place).high == pytest.approx(high, abs=1e-9)
    assert found.low.min() >= 0
    assert found.high.max() <= 1 + 1e-12


def test_effects_beyond_a_clipped_scale_count_as_its_end() -> None:
    """Beyond worst the value is 0, beyond best it is 1, on a bent scale too."""
    straight = leaf("a", worst=1500, best=0, outside="clip")
    bent = leaf("b", worst=1500, best=0, function=Exponential(300.0), outside="clip")
    for criterion in (straight, bent):
        found = value_of(criterion, np.array([1700.0, 1500.0, 0.0, -20.0]))
        assert found.tolist() == pytest.approx([0, 0, 1, 1], abs=1e-15)


def test_rescaling_the_unit_changes_no_value() -> None:
    """Degrees or other degrees: a scale that moves along with its unit gives the same values."""
    points = ((3.0, 0.0), (5.0, 0.9), (8.0, 0.4), (13.0, 1.0))
    x = np.linspace(3, 13, 41)
    for factor, shift in ((1.8, 32.0), (0.001, -7.0)):
        moved = tuple((factor * a + shift, v) for a, v in points)
        before = value_of(leaf("a", worst=3, best=13, function=PiecewiseLinear(points)), x)
        worst, best, middle = (factor * level + shift for level in (3, 13, 6))
        after = value_of(
            leaf("a", worst=worst, best=best, function=PiecewiseLinear(moved)), factor * x + shift
        )
        assert after == pytest.approx(before, abs=1e-12)
        before = value_of(leaf("a", worst=3, best=13, function=Exponential(6.0)), x)
        after = value_of(
            leaf("a", worst=worst, best=best, function=Exponential(middle)), factor * x + shift
        )
        assert after == pytest.approx(before, abs=1e-9)


def test_extremes_of_a_function_that_does_not_reach_its_ends() -> None:
    """A gap spans the values that the points have, not [0, 1] where they do not reach it."""
    points = ((0.0, 0.2), (4.0, 0.9), (10.0, 0.1))
    assert extremes(leaf("a", worst=0, best=10, function=PiecewiseLinear(points))) == (0.1, 0.9)
    assert extremes(leaf("a", worst=0, best=10, function=Exponential(2.0))) == (0, 1)


@pytest.mark.parametrize("seed", SEEDS)
def test_estimate_bounds_hold_every_draw(seed: int) -> None:
    """Whatever lies between low and high has a value between the bounds, and both are met."""
    problem, rng = random_problem(seed, Shape(gaps=2)), np.random.default_rng(seed)
    bounds = estimate_values(problem, _all_rows(len(problem.cases)))
    effects, oracle = problem.effects, Oracle(problem)
    seen_low, seen_high = np.full(bounds.low.shape, 2.0), np.full(bounds.low.shape, -1.0)
    for t in np.linspace(0, 1, 60):
        for c, criterion in enumerate(problem.criteria):
            level = effects.low[..., c] + t * (effects.high[..., c] - effects.low[..., c])
            if isinstance(criterion.value_function, Ordinal):
                level = np.round(level)
            missing = np.isnan(level)
            level[missing] = [draw(rng, criterion) for _ in range(int(missing.sum()))]
            value = np.vectorize(oracle.value, excluded=[0])(criterion, level)
            seen_low[..., c] = np.minimum(seen_low[..., c], value)
            seen_high[..., c] = np.maximum(seen_high[..., c], value)
    known = ~np.isnan(effects.mode)
    assert (seen_low >= bounds.low - 1e-9).all()
    assert (seen_high <= bounds.high + 1e-9).all()
    assert np.abs(seen_low - bounds.low)[known].max() < 0.05
    assert np.abs(seen_high - bounds.high)[known].max() < 0.05


def test_estimate_bounds_see_a_peak_in_between() -> None:
    """Between two bad ends the peak of a function that rises and falls counts."""
    criterion = leaf("a", worst=0, best=10, function=PiecewiseLinear(((0, 0), (4, 1), (10, 0.2))))
    problem = plain_problem([[[3.0], [4.0]]], (criterion,))
    effects = table_effects(
        np.array([[[3.0], [4.0]]]), low=np.array([[[2.0], [4.0]]]), high=np.array([[[8.5], [7.0]]])
    )
    object.__setattr__(problem, "effects", effects)
    found = estimate_values(problem, _all_rows(1))
    assert found.low[0, :, 0].tolist() == pytest.approx([0.4, 0.6])
    assert found.high[0, :, 0].tolist() == [1, 1]


def test_no_gap_means_one_array() -> None:
    """Without a gap both bounds are the very same numbers."""
    problem = random_problem(0)
    found = mode_values(problem, _all_rows(len(problem.cases)))
    assert found.low is found.high
    assert not math.isnan(float(found.low.sum()))

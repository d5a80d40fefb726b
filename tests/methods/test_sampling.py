from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.stats import beta, ks_2samp, kstest, triang  # type: ignore[import-untyped]

from afweging.methods.sampling import (
    effect_quantiles,
    even_weights,
    triangular,
    uniform_weights,
)
from afweging.methods.weight_set import extreme_points, sample_weights
from afweging.methods.weighting import rank_order_centroid

FloatArray = NDArray[np.float64]


def _rng(seed: int = 3) -> np.random.Generator:
    return np.random.default_rng(seed)


# --- weights ------------------------------------------------------------------------------------


@settings(max_examples=50, deadline=None)
@given(count=st.integers(1, 20), draws=st.integers(0, 30), seed=st.integers(0, 10**6))
def test_weights_are_weights(count: int, draws: int, seed: int) -> None:
    """Every draw is 0 or more and adds up to 1; the seed decides all of it."""
    weights = uniform_weights(count, draws=draws, rng=_rng(seed))
    assert weights.shape == (draws, count)
    assert weights.min(initial=0.0) >= 0
    assert weights.sum(axis=1) == pytest.approx(1, abs=1e-12)
    assert uniform_weights(count, draws=draws, rng=_rng(seed)).tobytes() == weights.tobytes()


@pytest.mark.parametrize("count", [2, 3, 7])
def test_each_weight_has_its_beta_distribution(count: int) -> None:
    """One of n even weights has the distribution Beta(1, n - 1)."""
    for weight in uniform_weights(count, draws=5000, rng=_rng()).T:
        assert kstest(weight, beta(1, count - 1).cdf).pvalue > 1e-4


def test_one_weight_is_all() -> None:
    """A single weight is 1, and there is no set of no weights."""
    assert uniform_weights(1, draws=2, rng=_rng()).tolist() == [[1], [1]]
    with pytest.raises(ValueError, match="no set of 0 weights"):
        uniform_weights(0, draws=2, rng=_rng())


def _ranking(order: list[int]) -> FloatArray:
    """Return the rows of a complete ranking, the largest weight first."""
    eye = np.eye(len(order))
    return eye[order[:-1]] - eye[order[1:]]


def _drawn(rows: FloatArray, count: int, draws: int, seed: int = 3) -> FloatArray:
    points = extreme_points(rows, count=count)
    return even_weights(rows, points, draws=draws, rng=_rng(seed))


@settings(max_examples=50, deadline=None)
@given(order=st.permutations(range(5)), seed=st.integers(0, 10**6))
def test_draws_keep_the_ranking(order: list[int], seed: int) -> None:
    """In every draw the weight that is first is the largest, then the second, and so on."""
    weights = _drawn(_ranking(order), 5, 20, seed)
    assert weights.sum(axis=1) == pytest.approx(1, abs=1e-12)
    assert (np.diff(weights[:, order], axis=1) <= 1e-12).all()


def test_mean_of_a_ranking_is_the_rank_order_centroid() -> None:
    """The mean of ordered draws comes near the centroid that Barron and Barrett give."""
    weights = _drawn(_ranking([2, 0, 3, 1]), 4, 40_000)
    expected = rank_order_centroid(np.array([2.0, 4.0, 1.0, 3.0]))
    assert weights.mean(axis=0) == pytest.approx(expected, abs=0.003)


def _bounded(low: list[float], high: list[float]) -> FloatArray:
    """Return the rows of a lower and an upper bound for each weight."""
    eye = np.eye(len(low))
    return np.vstack([eye - np.array(low)[:, None], np.array(high)[:, None] - eye])


BOXES = [
    _bounded([0.1, 0.2, 0.1, 0.0], [0.5, 0.6, 0.4, 0.3]),  # most draws fit
    _bounded([0.0, 0.0, 0.0, 0.0], [0.36, 0.36, 0.36, 0.36]),  # fewer do
    np.vstack([_ranking([0, 1]) @ np.eye(4)[:2], _bounded([0.0] * 4, [0.5, 0.4, 1.0, 0.6])]),
]


@pytest.mark.parametrize("place", range(len(BOXES)))
def test_draws_within_bounds_are_even(place: int) -> None:
    """All fit, and their means and spreads are those of even draws from all weights that fit."""
    rows = BOXES[place]
    weights = _drawn(rows, 4, 20_000)
    assert weights.shape == (20_000, 4)
    assert (weights @ rows.T).min() >= -1e-9
    every = uniform_weights(4, draws=1_000_000, rng=_rng(8))
    fitting = every[(every @ rows.T >= 0).all(axis=1)]
    error = 5 * fitting.std(axis=0) * np.sqrt(1 / 20_000 + 1 / len(fitting))
    assert (np.abs(weights.mean(axis=0) - fitting.mean(axis=0)) < error).all()
    for weight, known in zip(weights.T, fitting.T, strict=True):
        assert ks_2samp(weight, known).pvalue > 1e-4


def test_few_draws_that_fit_come_from_walks() -> None:
    """In a thin set the draws are those of the walks, after the trial."""
    rows = _bounded([0.0] * 6, [0.22] * 6)
    points = extreme_points(rows, count=6)
    rng = _rng()
    uniform_weights(6, draws=2000, rng=rng)
    walked = sample_weights(rows, points, draws=50, rng=rng)
    assert even_weights(rows, points, draws=50, rng=_rng()).tobytes() == walked.tobytes()


def test_known_weights_come_back_each_time() -> None:
    """With one extreme point every draw is that point."""
    point = np.array([[0.3, 0.7, 0.0]])
    rows = np.vstack([np.eye(3) - point.T, point.T - np.eye(3)])
    assert (even_weights(rows, point, draws=3, rng=_rng()) == point).all()


# --- effects ------------------------------------------------------------------------------------

SHAPES = [(0.0, 1.0, 4.0), (-3.0, -3.0, 2.0), (10.0, 25.0, 25.0)]


@pytest.mark.parametrize(("low", "mode", "high"), SHAPES)
def test_effects_are_the_inverse_of_the_distribution(low: float, mode: float, high: float) -> None:
    """The distribution function of a drawn effect gives the uniform number back."""
    uniforms = np.linspace(0, 1, 101)
    effects = triangular(np.array(low), np.array(mode), np.array(high), uniforms=uniforms)
    known = triang((mode - low) / (high - low), loc=low, scale=high - low)
    assert known.cdf(effects) == pytest.approx(uniforms, abs=1e-12)
    assert (effects[0], effects[-1]) == (low, high)


def test_effects_are_drawn_over_all_shapes_at_once() -> None:
    """Effects of shape (A, C) and uniforms of shape (K, A, C) give (K, A, C), each its own."""
    low = np.array([[0.0, 5.0, 2.0], [1.0, -1.0, 0.0]])
    mode, high = low + np.array([[1.0], [0.0]]), low + np.array([[3.0], [0.5]])
    uniforms = _rng().random((40_000, 2, 3))
    effects = triangular(low, mode, high, uniforms=uniforms)
    assert effects.mean(axis=0) == pytest.approx((low + mode + high) / 3, abs=0.02)
    one = triangular(low[1, 2], mode[1, 2], high[1, 2], uniforms=uniforms[:, 1, 2])
    assert effects[:, 1, 2].tobytes() == one.tobytes()


def test_known_effects_stay_as_they_are() -> None:
    """Where low, mode and high are one number each draw is that number, to the last bit."""
    known = np.array([0.1, 0.7, 1e9 / 3])
    effects = triangular(known, known, known, uniforms=_rng().random((9, 3)))
    assert (effects == known).all()


@settings(max_examples=200, deadline=None)
@given(
    ends=st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=3).map(sorted),
    uniforms=st.lists(st.floats(0, 1), min_size=2, max_size=2).map(sorted),
)
def test_effects_stay_in_their_range_and_order(ends: list[float], uniforms: list[float]) -> None:
    """No draw is outside its range, and a larger uniform number never gives a smaller effect."""
    low, mode, high = (np.array(end) for end in ends)
    first, second = triangular(low, mode, high, uniforms=np.array(uniforms))
    assert low <= first <= high
    assert first <= second + 1e-9 * (high - low)


@pytest.mark.parametrize("shape", [(1.0, 0.0, 2.0), (0.0, 3.0, 2.0), (0.0, float("nan"), 2.0)])
def test_other_shapes_are_refused(shape: tuple[float, float, float]) -> None:
    """A mode outside the range and NaN are refused."""
    low, mode, high = (np.array(number) for number in shape)
    with pytest.raises(ValueError, match="low <= mode <= high"):
        triangular(low, mode, high, uniforms=np.array([0.5]))


@pytest.mark.parametrize("uniform", [-0.1, 1.1, float("nan")])
def test_other_uniforms_are_refused(uniform: float) -> None:
    """Uniform numbers outside [0, 1] are refused."""
    shape = np.array(0.0), np.array(1.0), np.array(2.0)
    with pytest.raises(ValueError, match="uniform numbers"):
        triangular(*shape, uniforms=np.array([uniform]))


@pytest.mark.parametrize(("low", "mode", "high"), SHAPES)
def test_uniform_effects_have_their_published_moments(low: float, mode: float, high: float) -> None:
    """Mean (low + high) / 2 and variance (high - low)^2 / 12, whatever the mode; ends included."""
    uniforms = (np.arange(10_000) + 0.5) / 10_000
    shape = np.array(low), np.array(mode), np.array(high)
    effects = effect_quantiles(*shape, uniforms=uniforms, even=True)
    assert effects.mean() == pytest.approx((low + high) / 2, abs=1e-12)
    assert effects.var() == pytest.approx((high - low) ** 2 / 12, rel=1e-7)
    ends = effect_quantiles(*shape, uniforms=np.array([0.0, 1.0]), even=True)
    assert ends.tolist() == [low, high]


def test_only_what_is_uniform_is_drawn_so() -> None:
    """Beside uniform effects, and without any, a triangular one is the same to the last bit."""
    low, mode, high = (
        np.array(each) for each in ([0.0, 0.0, 3.0], [1.0, 1.0, 3.0], [4.0, 4.0, 3.0])
    )
    uniforms = _rng().random((500, 3))
    plain = triangular(low, mode, high, uniforms=uniforms)
    mixed = effect_quantiles(low, mode, high, uniforms=uniforms, even=np.array([False, True, True]))
    assert effect_quantiles(low, mode, high, uniforms=uniforms).tobytes() == plain.tobytes()
    assert mixed[:, 0].tobytes() == plain[:, 0].tobytes()
    assert mixed[:, 1] == pytest.approx(4 * uniforms[:, 1])
    assert (mixed[:, 2] == 3).all()


@settings(max_examples=100, deadline=None)
@given(
    ends=st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=3).map(sorted),
    uniforms=st.lists(st.floats(0, 1), min_size=2, max_size=2).map(sorted),
)
def test_uniform_effects_stay_in_their_range_and_order(
    ends: list[float], uniforms: list[float]
) -> None:
    """No draw is outside its range, and a larger uniform number never gives a smaller effect."""
    low, mode, high = (np.array(end) for end in ends)
    first, second = effect_quantiles(low, mode, high, uniforms=np.array(uniforms), even=True)
    assert low <= first <= second <= high

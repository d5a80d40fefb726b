from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad  # type: ignore[import-untyped]
from scipy.stats import triang  # type: ignore[import-untyped]

from afweging.methods.sampling import effect_quantiles, triangular
from afweging.methods.variance_decomposition import (
    gap_variance,
    level_breaks,
    level_moments,
    triangular_share,
)

TRIPLES = st.tuples(*[st.floats(-10, 10).map(lambda x: round(x, 2))] * 3).map(
    lambda numbers: tuple(sorted(numbers))
)


def _columns(triples: list[tuple[float, ...]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    low, mode, high = np.array(triples, dtype=float).T
    return low, mode, high


@given(TRIPLES, st.floats(0.001, 0.999))
def test_the_share_below_a_quantile_is_its_level(triple: tuple[float, ...], level: float) -> None:
    """The inverse of the quantile; 1 where there is one number only."""
    low, mode, high = _columns([triple])
    at = triangular(low, mode, high, uniforms=np.array([level]))
    expected = level if high > low else 1.0
    assert triangular_share(low, mode, high, at=at) == pytest.approx(expected, abs=1e-7)


@given(TRIPLES)
def test_one_triangle_has_its_published_mean_and_variance(triple: tuple[float, ...]) -> None:
    """(a + b + c) / 3 and (a2 + b2 + c2 - ab - ac - bc) / 18, to rounding."""
    low, mode, high = _columns([triple])
    a, b, c = (float(each[0]) for each in (low, mode, high))
    breaks = level_breaks(low, mode, high, bends=np.empty(0))
    mean, variance = level_moments(
        lambda levels: triangular(low, mode, high, uniforms=levels), breaks=breaks
    )
    assert mean == pytest.approx((a + b + c) / 3, abs=1e-12)
    expected = (a * a + b * b + c * c - a * b - a * c - b * c) / 18
    assert variance == pytest.approx(expected, abs=1e-12)


@given(st.lists(TRIPLES, min_size=2, max_size=4), st.lists(st.floats(-8, 8), max_size=3))
@settings(max_examples=40, deadline=None)
def test_a_sum_of_bent_values_over_cases_is_exact(
    triples: list[tuple[float, ...]], bends: list[float]
) -> None:
    """The mean over cases at one level has the moments that many small steps give."""
    low, mode, high = _columns(triples)
    x = np.unique([-11.0, *bends, 11.0])
    y = np.cos(3 * x)  # up and down

    def value(levels: np.ndarray) -> np.ndarray:
        effects = triangular(low, mode, high, uniforms=levels[:, None])
        return np.asarray(np.interp(effects, x, y).mean(axis=1))

    found = level_moments(value, breaks=level_breaks(low, mode, high, bends=x))
    levels = (np.arange(100_000) + 0.5) / 100_000
    assert found[0] == pytest.approx(value(levels).mean(), abs=1e-6)
    assert found[1] == pytest.approx(value(levels).var(), abs=1e-6)


def test_many_bends_are_thinned_out() -> None:
    """A thousand cases that bend at levels of their own give sixty-four pieces from 0 to 1."""
    mode = np.random.default_rng(1).random(1000)
    found = level_breaks(mode - 1, mode, mode + 2 * mode + 1, bends=np.array([0.5]))
    assert len(found) == 65
    assert (found[0], found[-1]) == (0, 1)
    assert (np.diff(found) > 0).all()


def test_a_step_counts_with_its_share() -> None:
    """Values 0 and 1 with the threshold inside: the mean is the share, the variance p (1 - p)."""
    low, mode, high = np.array([0.0]), np.array([1.0]), np.array([4.0])
    p = 1 - float(triang.cdf(2.5, 0.25, loc=0, scale=4))
    breaks = level_breaks(low, mode, high, bends=np.array([2.5]))

    def value(levels: np.ndarray) -> np.ndarray:
        effects = triangular(low, mode, high, uniforms=levels)
        return np.asarray(effects >= 2.5, dtype=float)

    assert level_moments(value, breaks=breaks) == pytest.approx((p, p * (1 - p)), abs=1e-13)


@pytest.mark.parametrize("curve", [-4.0, 0.3, 4.0])
def test_a_curve_is_met_by_adaptive_quadrature(curve: float) -> None:
    """An exponential of four e-folds over the whole range, within 1e-12."""
    low, mode, high = np.array([0.0]), np.array([0.3]), np.array([1.0])

    def value(levels: np.ndarray) -> np.ndarray:
        return np.asarray(np.exp(curve * triangular(low, mode, high, uniforms=levels)))

    density = triang(0.3).pdf

    def moment(power: int) -> float:
        def weighed(x: float) -> float:
            return float(np.exp(power * curve * x) * density(x))

        return float(quad(weighed, 0, 1, points=[0.3], epsabs=1e-13)[0])

    mean, square = moment(1), moment(2)
    found = level_moments(value, breaks=level_breaks(low, mode, high, bends=np.empty(0)))
    assert found[0] == pytest.approx(mean, rel=1e-12)
    assert found[1] == pytest.approx(square - mean**2, rel=1e-10)


def test_a_certain_effect_has_no_variance() -> None:
    """Exactly 0, whatever rounding may do elsewhere."""
    same = np.array([0.1, 0.7])
    breaks = level_breaks(same, same, same, bends=np.array([0.3]))
    assert breaks.tolist() == [0, 1]
    mean, variance = level_moments(
        lambda u: triangular(same, same, same, uniforms=u[:, None]).mean(axis=1), breaks=breaks
    )
    assert mean == pytest.approx(0.4)
    assert variance == 0


@given(
    st.lists(
        st.tuples(st.floats(0, 1), st.floats(0, 0.1), st.floats(0, 0.1)), min_size=1, max_size=5
    ),
)
def test_shares_add_up_and_do_not_depend_on_order(rows: list[tuple[float, ...]]) -> None:
    """To 1, or to 0 where nothing varies; and the variance keeps its bits in any order."""
    weights, first, second = np.array(rows).T
    found = gap_variance(weights, np.array([first, second]))
    turned = gap_variance(weights[::-1], np.array([first, second])[:, ::-1])
    assert found.variance == turned.variance
    assert found.terms.sum() == pytest.approx(found.variance)
    assert found.shares.sum() == pytest.approx(1.0 if found.variance > 0 else 0.0)
    # weights times c give the variance times c squared, and the same shares
    scaled = gap_variance(2 * weights, np.array([first, second]))
    assert scaled.variance == pytest.approx(4 * found.variance)


def test_draws_have_the_exact_variance() -> None:
    """The variance of a million drawn gaps is the sum of the terms."""
    rng = np.random.default_rng(3)
    weights = np.array([0.5, 0.3, 0.2])
    draws = rng.random((2, 3, 200_000)) * np.array([[1, 2, 0], [0.5, 1, 3]])[:, :, None]
    variances = np.array([[1, 4, 0], [0.25, 1, 9]]) / 12
    gaps = np.einsum("c,ckn->n", weights, np.stack([draws[0], -draws[1]], axis=1))
    assert gap_variance(weights, variances).variance == pytest.approx(gaps.var(), rel=0.01)


@given(TRIPLES)
def test_a_uniform_effect_has_its_published_mean_and_variance(triple: tuple[float, ...]) -> None:
    """(low + high) / 2 and (high - low)^2 / 12, to rounding; cut halfway."""
    low, mode, high = _columns([triple])
    breaks = level_breaks(low, mode, high, bends=np.empty(0), even=True)
    assert breaks == pytest.approx([0, 0.5, 1] if high > low else [0, 1])
    mean, variance = level_moments(
        lambda levels: effect_quantiles(low, mode, high, uniforms=levels, even=True), breaks=breaks
    )
    assert mean == pytest.approx((low[0] + high[0]) / 2, abs=1e-12)
    assert variance == pytest.approx((high[0] - low[0]) ** 2 / 12, abs=1e-12)


@given(st.lists(TRIPLES, min_size=2, max_size=4), st.lists(st.floats(-8, 8), max_size=3))
@settings(max_examples=25, deadline=None)
def test_bent_values_over_both_distributions_are_exact(
    triples: list[tuple[float, ...]], bends: list[float]
) -> None:
    """Cases of which every other one is uniform have the moments that many small steps give."""
    low, mode, high = _columns(triples)
    even = np.arange(len(low)) % 2 == 0
    x = np.unique([-11.0, *bends, 11.0])
    y = np.cos(3 * x)  # up and down

    def value(levels: np.ndarray) -> np.ndarray:
        effects = effect_quantiles(low, mode, high, uniforms=levels[:, None], even=even)
        return np.asarray(np.interp(effects, x, y).mean(axis=1))

    found = level_moments(value, breaks=level_breaks(low, mode, high, bends=x, even=even))
    levels = (np.arange(100_000) + 0.5) / 100_000
    assert found[0] == pytest.approx(value(levels).mean(), abs=1e-6)
    assert found[1] == pytest.approx(value(levels).var(), abs=1e-6)

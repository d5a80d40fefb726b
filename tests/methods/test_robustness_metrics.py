from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from afweging.methods.robustness_metrics import (
    ENOUGH_FOR_PERCENTILES,
    METRICS,
    Settings,
    best_alternatives,
    measure,
    weighted_quantiles,
)

FloatArray = NDArray[np.float64]

SEEDS = st.integers(0, 10**6)
GOOD_ENOUGH = Settings(threshold=0.5)
INVESTOR = np.array([[-4.0, -2.0, 3.0], [4.0, 3.0, 2.0], [12.0, 8.0, 1.0]])
# The scores in the tests of the RAPID package, of the first author of McPhail et al. (2018)
RAPID = np.array([[0.99, 0.69], [1.0, 0.6], [0.5, 0.6]])
PERCENTILES = ["percentile_regret", "percentile_skewness", "percentile_kurtosis"]


def _measured(
    name: str,
    scores: FloatArray,
    *,
    weights: FloatArray | None = None,
    chosen: Settings = GOOD_ENOUGH,
) -> FloatArray:
    found = measure(METRICS[name], scores, weights=weights, settings=chosen)
    assert found is not None
    return found


def _scores(seed: int, *, states: int | None = None) -> FloatArray:
    rng = np.random.default_rng(seed)
    shape = states or int(rng.integers(1, 40)), int(rng.integers(1, 6))
    return np.round(rng.random(shape), int(rng.integers(1, 4)))


def _weights(seed: int, states: int) -> FloatArray:
    return np.random.default_rng(seed).dirichlet(np.ones(states))


# --- known numbers ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "expected", "best"),
    [
        ("maximin", [-4, -2, 1], [False, False, True]),
        ("maximax", [12, 8, 3], [True, False, False]),
        ("laplace", [4, 3, 2], [True, False, False]),
        ("hurwicz", [4, 3, 2], [True, False, False]),
        ("minimax_regret", [7, 5, 11], [False, True, False]),
    ],
)
def test_investor(name: str, expected: list[float], best: list[bool]) -> None:
    """Stocks, bonds and money market of the regret literature: three rules, three choices."""
    found = _measured(name, INVESTOR)
    assert found.tolist() == pytest.approx(expected, abs=1e-12)
    assert best_alternatives(METRICS[name], found).tolist() == best


def test_mean_variance_as_in_rapid() -> None:
    """(mean + 1) / (standard deviation + 1), with S - 1 in the variance."""
    expected = [1.42320289996384, 1.54948632859709]
    assert _measured("mean_variance", RAPID).tolist() == pytest.approx(expected, abs=1e-12)
    spread = np.sqrt([0.0817, 0.0027])
    expected = (np.array([0.83, 0.63]) - spread).tolist()
    assert _measured("mean_less_spread", RAPID).tolist() == pytest.approx(expected, abs=1e-12)


def test_undesirable_deviations_as_in_rapid() -> None:
    """The mean deviation from the median over the lower half, rounded up."""
    found = _measured("undesirable_deviations", RAPID)
    assert found.tolist() == pytest.approx([-0.245, 0], abs=1e-12)
    turned = _measured("undesirable_deviations", -RAPID)
    assert turned.tolist() == pytest.approx([-0.005, -0.045], abs=1e-12)


def test_percentile_shapes_as_in_rapid() -> None:
    """Enough states, with the quantiles of the tests there, have the skewness and kurtosis there.

    Quantiles 0.5, 0.99 and 1 give a skewness of 0.96; 0.5, 0.52, 0.99 and 1 a kurtosis of 1.0638.
    """
    skewed = np.repeat([0.5, 0.99, 1.0], [4, 12, 4])[:, None]
    assert _measured("percentile_skewness", skewed).tolist() == pytest.approx([0.96])
    assert _measured("percentile_skewness", -skewed).tolist() == pytest.approx([-0.96])
    peaked = np.repeat([0.5, 0.52, 0.8, 0.99, 1.0], [3, 5, 4, 5, 3])[:, None]
    found = _measured("percentile_kurtosis", peaked)
    assert found.tolist() == pytest.approx([0.5 / 0.47])


def test_ninetieth_percentile_regret() -> None:
    """Of regrets 0 to 1 in 21 steps the 90th percentile is that of the nineteenth, 0.9."""
    scores = np.stack([np.ones(21), 1 - np.arange(21) / 20], axis=1)
    assert _measured("percentile_regret", scores).tolist() == pytest.approx([0, 0.9])
    weights = np.array([0.02] * 20 + [0.6])  # the worst state has most of the weight
    found = _measured("percentile_regret", scores, weights=weights)
    assert found.tolist() == pytest.approx([0, 1])


def test_starr_domain_is_the_share_that_is_good_enough() -> None:
    """A score at the threshold, also after rounding, is good enough."""
    scores = np.array([[0.3, 0.2], [0.1 + 0.2, 0.4], [0.29, 0.1]])
    chosen = Settings(threshold=0.3)
    found = _measured("starr_domain", scores, chosen=chosen)
    assert found.tolist() == pytest.approx([2 / 3, 1 / 3])
    weights = np.array([0.5, 0.2, 0.3])
    found = _measured("starr_domain", scores, weights=weights, chosen=chosen)
    assert found.tolist() == pytest.approx([0.7, 0.2])


def test_pessimism_is_the_weight_of_the_worst() -> None:
    """Hurwicz with pessimism 1 is maximin, with 0 maximax."""
    for pessimism, expected in ((1.0, [-4, -2, 1]), (0.0, [12, 8, 3]), (0.25, [8, 5.5, 2.5])):
        found = _measured("hurwicz", INVESTOR, chosen=Settings(pessimism=pessimism))
        assert found.tolist() == pytest.approx(expected)
    with pytest.raises(ValueError, match="pessimism"):
        Settings(pessimism=1.5)


# --- laws ---------------------------------------------------------------------------------------


@settings(max_examples=80, deadline=None)
@given(seed=SEEDS, pessimism=st.floats(0, 1))
def test_hurwicz_and_laplace_lie_between_the_ends(seed: int, pessimism: float) -> None:
    """Maximin <= Hurwicz, Laplace <= maximax, and no regret is below 0."""
    scores = _scores(seed)
    weights = _weights(seed, len(scores))
    low, high = _measured("maximin", scores), _measured("maximax", scores)
    for between in (
        _measured("hurwicz", scores, chosen=Settings(pessimism=pessimism)),
        _measured("laplace", scores, weights=weights),
    ):
        assert (low - 1e-12 <= between).all()
        assert (between <= high + 1e-12).all()
    assert (_measured("minimax_regret", scores) >= 0).all()


@pytest.mark.parametrize("name", METRICS)
@settings(max_examples=30, deadline=None)
@given(seed=SEEDS)
def test_order_of_states_and_alternatives_is_irrelevant(name: str, seed: int) -> None:
    """Permuting states does nothing; permuting alternatives permutes the metric."""
    scores = _scores(seed, states=ENOUGH_FOR_PERCENTILES + seed % 7)
    weights = _weights(seed, len(scores))
    rng = np.random.default_rng(seed)
    states, order = rng.permutation(len(scores)), rng.permutation(scores.shape[1])
    one = _measured(name, scores, weights=weights)
    two = _measured(name, scores[np.ix_(states, order)], weights=weights[states])
    assert two == pytest.approx(one[order], abs=1e-9, nan_ok=True)


@pytest.mark.parametrize("name", METRICS)
@settings(max_examples=30, deadline=None)
@given(seed=SEEDS)
def test_equal_weights_are_no_weights(name: str, seed: int) -> None:
    """Weights that are all the same give what no weights give; a state of weight 0 is not there."""
    scores = _scores(seed, states=ENOUGH_FOR_PERCENTILES)
    plain = _measured(name, scores)
    equal = np.full(len(scores), 1 / len(scores))
    assert _measured(name, scores, weights=equal) == pytest.approx(plain, nan_ok=True)
    more = np.vstack([scores, np.full((1, scores.shape[1]), -9.0)])
    found = _measured(name, more, weights=np.append(equal, 0.0))
    assert found == pytest.approx(plain, nan_ok=True)


@pytest.mark.parametrize("name", ["laplace", "starr_domain", *PERCENTILES])
@settings(max_examples=30, deadline=None)
@given(seed=SEEDS)
def test_double_weight_is_a_state_twice(name: str, seed: int) -> None:
    """Means and quantiles do not know whether a state has double weight or is there twice."""
    scores = _scores(seed, states=ENOUGH_FOR_PERCENTILES)
    times = np.random.default_rng(seed).integers(1, 4, len(scores))
    weighted = _measured(name, scores, weights=times / times.sum())
    assert weighted == pytest.approx(_measured(name, np.repeat(scores, times, axis=0)), nan_ok=True)


@settings(max_examples=50, deadline=None)
@given(seed=SEEDS)
def test_better_everywhere_is_no_worse(seed: int) -> None:
    """An alternative that is better in every state is never worse by a metric of level."""
    scores = _scores(seed, states=ENOUGH_FOR_PERCENTILES)
    both = np.hstack([scores, scores[:, :1] + 0.1])
    for name in METRICS:
        if name in {"mean_variance", "percentile_skewness", "percentile_kurtosis"}:
            continue
        found = _measured(name, both)
        sign = 1 if METRICS[name].higher_is_better else -1
        assert sign * found[-1] >= sign * found[0] - 1e-9


@settings(max_examples=50, deadline=None)
@given(seed=SEEDS)
def test_quantiles_are_those_of_numpy(seed: int) -> None:
    """For equal weights the quantiles are numpy's averaged inverted distribution function."""
    numbers = _scores(seed)
    equal = np.full(len(numbers), 1 / len(numbers))
    levels = (0.1, 0.25, 0.5, 0.75, 0.9)
    found = weighted_quantiles(numbers, equal, levels)
    # each score twenty times: the quantiles stay, and a tenth of their number is a whole number
    many = np.repeat(numbers, 20, axis=0)
    expected = np.quantile(many, levels, axis=0, method="averaged_inverted_cdf")
    assert found == pytest.approx(expected, abs=1e-12)


# --- registry -----------------------------------------------------------------------------------


def test_registry_has_the_eleven_and_one_of_our_own() -> None:
    """The eleven metrics of McPhail et al., and the mean less a number of standard deviations."""
    assert len(METRICS) == 11 + 1
    assert all(metric.name == name for name, metric in METRICS.items())
    lower = [name for name, metric in METRICS.items() if not metric.higher_is_better]
    assert lower == ["minimax_regret", "percentile_regret"]
    assert len({(metric.triple, metric.quantiles) for metric in METRICS.values()}) == len(METRICS)


@pytest.mark.parametrize("name", METRICS)
def test_too_few_states_have_no_metric(name: str) -> None:
    """Below the least number of states there is None, from it on there are numbers."""
    least = METRICS[name].least_states
    assert (least == ENOUGH_FOR_PERCENTILES) == (name in PERCENTILES)
    scores = np.random.default_rng(least).random((least, 3))
    assert _measured(name, scores).shape == (3,)
    if least > 1:
        assert measure(METRICS[name], scores[1:], settings=GOOD_ENOUGH) is None
        weights = np.append(np.full(least - 1, 1 / (least - 1)), 0.0)  # one that does not count
        assert measure(METRICS[name], scores, weights=weights, settings=GOOD_ENOUGH) is None


def test_starr_domain_needs_a_threshold() -> None:
    """Without a threshold nothing is good enough or not."""
    assert measure(METRICS["starr_domain"], INVESTOR) is None


def test_scores_that_do_not_differ() -> None:
    """A constant score has no spread: 0 off the mean, and no skewness or kurtosis."""
    scores = np.full((20, 2), 0.4)
    assert _measured("mean_less_spread", scores).tolist() == pytest.approx([0.4, 0.4])
    assert _measured("undesirable_deviations", scores).tolist() == pytest.approx([0, 0])
    for name in ("percentile_skewness", "percentile_kurtosis"):
        found = _measured(name, scores)
        assert np.isnan(found).all()
        assert not best_alternatives(METRICS[name], found).any()


def test_one_alternative_has_no_regret() -> None:
    """With nothing else to choose nothing is regretted, and it is best by every metric."""
    scores = np.random.default_rng(3).random((25, 1))
    assert _measured("minimax_regret", scores).tolist() == [0]
    for name, metric in METRICS.items():
        assert best_alternatives(metric, _measured(name, scores)).tolist() == [True]


def test_ties_are_all_best() -> None:
    """Identical alternatives are best together."""
    scores = INVESTOR[:, [0, 2, 2]]
    found = best_alternatives(METRICS["maximin"], _measured("maximin", scores))
    assert found.tolist() == [False, True, True]


# --- refused ------------------------------------------------------------------------------------


@pytest.mark.parametrize("wrong", [float("nan"), float("inf")])
def test_scores_that_are_no_numbers_are_refused(wrong: float) -> None:
    """NaN and infinity are refused, as is a table without any score."""
    for scores in (np.array([[0.1, wrong]]), np.empty((0, 2))):
        with pytest.raises(ValueError, match="NaN"):
            measure(METRICS["laplace"], scores)


@pytest.mark.parametrize(
    "weights", [[0.5, 0.5], [0.5, 0.6, -0.1], [0.5, 0.2, 0.2], [0.5, float("nan"), 0.5]]
)
def test_weights_that_do_not_fit_are_refused(weights: list[float]) -> None:
    """One weight for each state, none below 0, adding up to 1."""
    with pytest.raises(ValueError, match="weight"):
        measure(METRICS["laplace"], INVESTOR, weights=np.array(weights))

"""Metrics of how an alternative does over states of the world, each a triple of three steps.

What every metric does to scores of shape (S, A), higher is better: transform them, select states,
aggregate what was selected to one number per alternative (McPhail et al. 2018). Knows nothing
about names of states or alternatives. States may have weights; one without weight is left out.

Quantiles are those of the weighted distribution function, halfway between two scores where it
meets the level exactly (Hyndman and Fan 1996, type 2): the median of few states is the usual one,
and turning all scores around turns the quantiles around. RAPID takes the nearest score instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

import numpy as np

from afweging.methods.aggregation import ordered_sum
from afweging.methods.ranking import SCORE_TOLERANCE
from afweging.methods.robustness import regret

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]
    Picked = tuple[FloatArray, FloatArray]  # numbers of shape (J, A), and their weights

Transform = Literal["identity", "regret", "deviation_from_median", "meets_threshold"]
Select = Literal["lowest", "highest", "both_ends", "all", "lowest_half", "quantiles"]
Aggregate = Literal[
    "value", "hurwicz", "mean", "mean_over_spread", "mean_less_spread", "skewness", "kurtosis"
]

ENOUGH_FOR_PERCENTILES = 20  # own choice: below it a tenth of the states is one state, or none
LEVEL_TOLERANCE = 1e-9  # of sums of weights that add up to 1
NO_WEIGHT = 1e-12  # a state with no more does not count


@dataclass(frozen=True, slots=True)
class Settings:
    """What a decision maker chooses for the metrics that ask it.

    Attributes
    ----------
    pessimism : float, in [0, 1]
        The weight of the worst state in Hurwicz, the best has the rest.
    aversion : float
        How many standard deviations are taken off the mean in `mean_less_spread`.
    threshold : float or None
        The score that is good enough, for Starr's domain; that metric is None without it.
    """

    pessimism: float = 0.5
    aversion: float = 1.0
    threshold: float | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.pessimism <= 1:
            raise ValueError(f"pessimism is a share of 1, not {self.pessimism}")


@dataclass(frozen=True, slots=True)
class Metric:
    """How a metric goes from scores to one number per alternative.

    Attributes
    ----------
    name : str
    triple : tuple of (transform, select, aggregate)
    higher_is_better : bool
    least_states : int
        With fewer states the metric means nothing and is not given.
    quantiles : tuple of float
        The levels, where quantiles are selected.
    """

    name: str
    triple: tuple[Transform, Select, Aggregate]
    higher_is_better: bool = True
    least_states: int = 1
    quantiles: tuple[float, ...] = ()


_ALL = (
    Metric("maximin", ("identity", "lowest", "value")),
    Metric("maximax", ("identity", "highest", "value")),
    Metric("hurwicz", ("identity", "both_ends", "hurwicz")),
    Metric("laplace", ("identity", "all", "mean")),
    Metric("minimax_regret", ("regret", "highest", "value"), higher_is_better=False),
    Metric(
        "percentile_regret",
        ("regret", "quantiles", "value"),
        higher_is_better=False,
        least_states=ENOUGH_FOR_PERCENTILES,
        quantiles=(0.9,),
    ),
    Metric("mean_variance", ("identity", "all", "mean_over_spread"), least_states=2),
    Metric("mean_less_spread", ("identity", "all", "mean_less_spread"), least_states=2),
    Metric(
        "undesirable_deviations", ("deviation_from_median", "lowest_half", "mean"), least_states=2
    ),
    Metric(
        "percentile_skewness",
        ("identity", "quantiles", "skewness"),
        least_states=ENOUGH_FOR_PERCENTILES,
        quantiles=(0.1, 0.5, 0.9),
    ),
    Metric(
        "percentile_kurtosis",
        ("identity", "quantiles", "kurtosis"),
        least_states=ENOUGH_FOR_PERCENTILES,
        quantiles=(0.1, 0.25, 0.75, 0.9),
    ),
    Metric("starr_domain", ("meets_threshold", "all", "mean")),
)
METRICS: Mapping[str, Metric] = MappingProxyType({metric.name: metric for metric in _ALL})


def measure(
    metric: Metric,
    scores: FloatArray,
    *,
    weights: FloatArray | None = None,
    settings: Settings = Settings(),
) -> FloatArray | None:
    """Return the metric of each alternative, or None where it would mean nothing.

    Parameters
    ----------
    metric : Metric
    scores : ndarray of shape (S, A), higher is better
    weights : ndarray of shape (S,), adding up to 1, optional
        Of the states, by default all the same. The variance is then the unbiased one, divided by
        1 less the sum of squared weights: for equal weights that is S / (S - 1).
    settings : Settings

    Returns
    -------
    ndarray of shape (A,), or None
        None with too few states (`least_states`) or without the threshold that the metric asks.
        NaN for the skewness or kurtosis of an alternative whose quantiles do not differ.

    References
    ----------
    McPhail, Maier, Kwakkel, Giuliani, Castelletti and Westra (2018), Robustness metrics: how are
    they calculated, when should they be used and why do they give different results?, Earth's
    Future 6. Undesirable deviations: the mean of RAPID, the software of the first author, over
    states in ascending order until they have half of the weight.

    Examples
    --------
    >>> scores = np.array([[-4.0, -2.0, 3.0], [4.0, 3.0, 2.0], [12.0, 8.0, 1.0]])
    >>> measure(METRICS["minimax_regret"], scores)
    array([ 7.,  5., 11.])
    >>> measure(METRICS["percentile_kurtosis"], scores) is None
    True
    """
    shares = _weights_of_states(scores, weights)
    possible = shares > NO_WEIGHT
    kept, shares = scores[possible], shares[possible]
    transform, select, aggregate = metric.triple
    lacks_threshold = transform == "meets_threshold" and settings.threshold is None
    if lacks_threshold or len(kept) < metric.least_states:
        return None
    numbers = _TRANSFORMS[transform](kept, shares, settings)
    picked = _SELECTIONS[select](numbers, shares, metric.quantiles)
    return _AGGREGATES[aggregate](*picked, settings)


def best_alternatives(metric: Metric, measured: FloatArray) -> BoolArray:
    """Return who is best by a metric, of shape (A,): several where they tie, none if all are NaN.

    Examples
    --------
    >>> best_alternatives(METRICS["minimax_regret"], np.array([7.0, 5.0, 11.0]))
    array([False,  True, False])
    """
    turned = measured if metric.higher_is_better else -measured
    known = np.where(np.isnan(turned), -np.inf, turned)
    return np.asarray((known >= known.max() - SCORE_TOLERANCE) & ~np.isnan(measured))


def weighted_quantiles(
    numbers: FloatArray, weights: FloatArray, levels: tuple[float, ...]
) -> FloatArray:
    """Return the quantiles at each level, with weights: those of type 2 for equal weights.

    Parameters
    ----------
    numbers : ndarray of shape (S, A)
    weights : ndarray of shape (S,), adding up to 1
    levels : tuple of J numbers in (0, 1)

    Returns
    -------
    ndarray of shape (J, A)

    References
    ----------
    Hyndman and Fan (1996), Sample quantiles in statistical packages, The American Statistician
    50(4), definition 2.

    Examples
    --------
    >>> numbers = np.array([[1.0], [2.0], [4.0], [8.0]])
    >>> weighted_quantiles(numbers, np.full(4, 0.25), (0.5, 0.9)).tolist()
    [[3.0], [8.0]]
    """
    order = np.argsort(numbers, axis=0, kind="stable")
    ascending = np.take_along_axis(numbers, order, axis=0)
    below = np.cumsum(weights[order], axis=0)  # (S, A)
    at = np.array(levels)[:, None, None]
    first = (below < at - LEVEL_TOLERANCE).sum(axis=1)  # (J, S, A) -> (J, A)
    last = np.minimum((below <= at + LEVEL_TOLERANCE).sum(axis=1), len(numbers) - 1)
    low = np.take_along_axis(ascending, first, axis=0)
    return (low + np.take_along_axis(ascending, last, axis=0)) / 2


def _weights_of_states(scores: FloatArray, weights: FloatArray | None) -> FloatArray:
    """Return weights of shape (S,) after a look at what was given."""
    if not np.isfinite(scores).all() or not scores.size:
        raise ValueError("scores are numbers, at least one: NaN and infinity have no metrics")
    if weights is None:
        return np.full(len(scores), 1 / len(scores))
    if weights.shape != (len(scores),) or not (weights >= 0).all():
        raise ValueError("each state has one weight, 0 or more")
    if abs(float(weights.sum()) - 1) > LEVEL_TOLERANCE:
        raise ValueError(f"the weights of states add up to {weights.sum()}, not to 1")
    return weights


# --- transform ----------------------------------------------------------------------------------


def _identity(scores: FloatArray, _weights: FloatArray, _settings: Settings) -> FloatArray:
    return scores


def _regret(scores: FloatArray, _weights: FloatArray, _settings: Settings) -> FloatArray:
    return regret(scores, scores)[0]


def _deviation(scores: FloatArray, weights: FloatArray, _settings: Settings) -> FloatArray:
    return scores - weighted_quantiles(scores, weights, (0.5,))


def _success(scores: FloatArray, _weights: FloatArray, settings: Settings) -> FloatArray:
    least = np.inf if settings.threshold is None else settings.threshold
    return np.asarray(scores >= least - SCORE_TOLERANCE, dtype=np.float64)


# --- select -------------------------------------------------------------------------------------


def _lowest(numbers: FloatArray, _weights: FloatArray, _levels: tuple[float, ...]) -> Picked:
    return _equally(numbers.min(axis=0)[None])


def _highest(numbers: FloatArray, _weights: FloatArray, _levels: tuple[float, ...]) -> Picked:
    return _equally(numbers.max(axis=0)[None])


def _both_ends(numbers: FloatArray, _weights: FloatArray, _levels: tuple[float, ...]) -> Picked:
    return _equally(np.stack([numbers.min(axis=0), numbers.max(axis=0)]))


def _all(numbers: FloatArray, weights: FloatArray, _levels: tuple[float, ...]) -> Picked:
    return numbers, np.broadcast_to(weights[:, None], numbers.shape)


def _lowest_half(numbers: FloatArray, weights: FloatArray, _levels: tuple[float, ...]) -> Picked:
    """Return the lowest numbers until they have half of the weight: of S equal ones S / 2, up.

    Of the same numbers the one with the larger weight first, so that their order is irrelevant.
    """
    of_each = np.broadcast_to(weights[:, None], numbers.shape)
    order = np.lexsort((-of_each, numbers), axis=0)
    shares = weights[order]
    before = np.cumsum(shares, axis=0) - shares
    kept = np.where(before < 0.5 - LEVEL_TOLERANCE, shares, 0.0)
    return np.take_along_axis(numbers, order, axis=0), kept / ordered_sum(kept, axis=0)


def _quantiles(numbers: FloatArray, weights: FloatArray, levels: tuple[float, ...]) -> Picked:
    return _equally(weighted_quantiles(numbers, weights, levels))


def _equally(picked: FloatArray) -> Picked:
    return picked, np.full(picked.shape, 1 / len(picked))


# --- aggregate ----------------------------------------------------------------------------------


def _value(picked: FloatArray, _weights: FloatArray, _settings: Settings) -> FloatArray:
    return np.asarray(picked[0])


def _hurwicz(picked: FloatArray, _weights: FloatArray, settings: Settings) -> FloatArray:
    share = settings.pessimism
    return np.asarray(share * picked[0] + (1 - share) * picked[1])


def _mean(picked: FloatArray, weights: FloatArray, _settings: Settings) -> FloatArray:
    return ordered_sum(picked * weights, axis=0)


def _mean_over_spread(picked: FloatArray, weights: FloatArray, settings: Settings) -> FloatArray:
    """Return (mean + 1) / (standard deviation + 1): not the same in another unit."""
    mean = _mean(picked, weights, settings)
    return np.asarray((mean + 1) / (_spread(picked, weights, mean) + 1))


def _mean_less_spread(picked: FloatArray, weights: FloatArray, settings: Settings) -> FloatArray:
    """Return the mean less so many standard deviations: in any unit the same choice."""
    mean = _mean(picked, weights, settings)
    return np.asarray(mean - settings.aversion * _spread(picked, weights, mean))


def _spread(picked: FloatArray, weights: FloatArray, mean: FloatArray) -> FloatArray:
    """Return the standard deviation, from the unbiased variance."""
    variance = ordered_sum(weights * (picked - mean) ** 2, axis=0)
    return np.asarray(np.sqrt(variance / (1 - ordered_sum(weights**2, axis=0))))


def _skewness(picked: FloatArray, _weights: FloatArray, _settings: Settings) -> FloatArray:
    low, middle, high = picked
    return _ratio(middle - (high + low) / 2, (high - low) / 2)


def _kurtosis(picked: FloatArray, _weights: FloatArray, _settings: Settings) -> FloatArray:
    return _ratio(picked[3] - picked[0], picked[2] - picked[1])


def _ratio(above: FloatArray, below: FloatArray) -> FloatArray:
    """Return a ratio of distances between quantiles; NaN where the one below is nothing."""
    nothing = below <= SCORE_TOLERANCE
    return np.where(nothing, np.nan, above / np.where(nothing, 1.0, below))


_TRANSFORMS: Mapping[Transform, Callable[[FloatArray, FloatArray, Settings], FloatArray]] = {
    "identity": _identity,
    "regret": _regret,
    "deviation_from_median": _deviation,
    "meets_threshold": _success,
}
_SELECTIONS: Mapping[Select, Callable[[FloatArray, FloatArray, tuple[float, ...]], Picked]] = {
    "lowest": _lowest,
    "highest": _highest,
    "both_ends": _both_ends,
    "all": _all,
    "lowest_half": _lowest_half,
    "quantiles": _quantiles,
}
_AGGREGATES: Mapping[Aggregate, Callable[[FloatArray, FloatArray, Settings], FloatArray]] = {
    "value": _value,
    "hurwicz": _hurwicz,
    "mean": _mean,
    "mean_over_spread": _mean_over_spread,
    "mean_less_spread": _mean_less_spread,
    "skewness": _skewness,
    "kurtosis": _kurtosis,
}

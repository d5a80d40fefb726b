"""What the weights of many people share, how far they lie apart, and how far they agree.

Knows nothing about names. Weights are of shape (P, C), each row adding up to 1. All sums are
taken in sorted order, so no result depends on the order of the people.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from afweging.methods.aggregation import ordered_sum
from afweging.methods.ranking import SCORE_TOLERANCE
from afweging.methods.weighting import normalise

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]
    IntArray = NDArray[np.int64]

ConsensusWord = Literal["very_low", "low", "moderate", "high", "very_high"]

ZERO_DELTA = 0.005  # what a weight of 0 becomes before a logarithm: half a point of 100
ZERO = 1e-12  # weights up to this are zero
AHP_SCALE = 9.0  # the largest ratio of two weights in the scale that S* was made for
WORDS: tuple[tuple[float, ConsensusWord], ...] = (
    (0.875, "very_high"),
    (0.75, "high"),
    (0.625, "moderate"),
    (0.5, "low"),
)


@dataclass(frozen=True, slots=True, eq=False)
class GroupWeights:
    """One set of weights for a group, by two means.

    Attributes
    ----------
    geometric, arithmetic, difference : ndarray of shape (C,)
        The geometric mean (the Aitchison centre), the arithmetic mean, and the first minus the
        second.
    zeros_replaced : int
        How many weights of 0 became `delta` before the geometric mean.
    delta : float
    """

    geometric: FloatArray
    arithmetic: FloatArray
    difference: FloatArray
    zeros_replaced: int
    delta: float

    def __post_init__(self) -> None:
        for array in (self.geometric, self.arithmetic, self.difference):
            array.setflags(write=False)


@dataclass(frozen=True, slots=True, eq=False)
class WeightSpread:
    """How far the weights of people lie apart.

    Attributes
    ----------
    lower_quartile, median, upper_quartile : ndarray of shape (C,)
    centre : ndarray of shape (C,)
        The Aitchison centre, with zeros replaced.
    total_variance : float
        Mean squared Aitchison distance to the centre, with zeros replaced; 0 for equal weights.
    zeros_replaced : int
        How many weights of 0 became `delta`.
    delta : float
    mean_distance : float or None
        Mean over all pairs of people of the share of the weight that is elsewhere (half the L1
        distance), in [0, 1]; no zeros replaced. None for one person.
    """

    lower_quartile: FloatArray
    median: FloatArray
    upper_quartile: FloatArray
    centre: FloatArray
    total_variance: float
    zeros_replaced: int
    delta: float
    mean_distance: float | None

    def __post_init__(self) -> None:
        for array in (self.lower_quartile, self.median, self.upper_quartile, self.centre):
            array.setflags(write=False)


@dataclass(frozen=True, slots=True, eq=False)
class SharedChoice:
    """Who would choose what the group chooses.

    Attributes
    ----------
    same : ndarray of shape (P,)
        True where all alternatives that the person puts first are first for the group too.
    may : ndarray of shape (P,)
        True where at least one of them is: differs from `same` only where people tie.
    """

    same: BoolArray
    may: BoolArray

    def __post_init__(self) -> None:
        self.same.setflags(write=False)
        self.may.setflags(write=False)

    @property
    def share(self) -> float:
        """The share of people for whom it is sure."""
        return int(self.same.sum()) / len(self.same)

    @property
    def share_at_most(self) -> float:
        """The share if every tie were settled in favour of the group's choice."""
        return int(self.may.sum()) / len(self.may)


def replace_zeros(weights: FloatArray, *, delta: float = ZERO_DELTA) -> tuple[FloatArray, int]:
    """Return weights without zeros, and how many were replaced.

    A zero becomes `delta`; the other weights of that person shrink in proportion, so that the
    ratios between them stay.

    Parameters
    ----------
    weights : ndarray of shape (P, C)
    delta : float, below 1 / C

    References
    ----------
    Martin-Fernandez, Barcelo-Vidal and Pawlowsky-Glahn (2003), Dealing with zeros and missing
    values in compositional data sets, Mathematical Geology 35(3): multiplicative replacement.

    Examples
    --------
    >>> replace_zeros(np.array([[0.6, 0.4, 0.0]]), delta=0.01)
    (array([[0.594, 0.396, 0.01 ]]), 1)
    """
    zero = weights <= ZERO
    kept = 1 - delta * zero.sum(axis=1, keepdims=True)
    return np.where(zero, delta, weights * kept), int(zero.sum())


def centred_log_ratio(weights: FloatArray) -> FloatArray:
    """Return clr(w) = ln w - mean of ln w, for weights above 0 of shape (P, C).

    References
    ----------
    Aitchison (1986), The Statistical Analysis of Compositional Data, section 4.5.

    Examples
    --------
    >>> centred_log_ratio(np.array([[0.5, 0.25, 0.25]])).round(4)
    array([[ 0.4621, -0.231 , -0.231 ]])
    """
    logs = np.log(weights)
    return np.asarray(logs - ordered_sum(logs)[:, None] / logs.shape[1])


def aitchison_centre(weights: FloatArray) -> FloatArray:
    """Return the normalised geometric mean, of shape (C,), of weights above 0 of shape (P, C).

    References
    ----------
    Aitchison (1986), The Statistical Analysis of Compositional Data, section 4.2; for weights of
    people: Mohammadi, Tamburri and Rezaei (2023), arXiv 2304.08859.

    Examples
    --------
    >>> aitchison_centre(np.array([[0.8, 0.2], [0.5, 0.5]])).round(4)
    array([0.6667, 0.3333])
    """
    return normalise(np.exp(ordered_sum(np.log(weights), axis=0) / len(weights)))


def aggregate_priorities(weights: FloatArray, *, delta: float = ZERO_DELTA) -> GroupWeights:
    """Return the weights of a group by the geometric and by the arithmetic mean.

    Parameters
    ----------
    weights : ndarray of shape (P, C)
    delta : float, what a weight of 0 becomes in the geometric mean

    References
    ----------
    Forman and Peniwati (1998), Aggregating individual judgments and priorities with the AHP,
    EJOR 108(1).

    Examples
    --------
    >>> group = aggregate_priorities(np.array([[0.8, 0.2], [0.5, 0.5]]))
    >>> group.geometric.round(4), group.arithmetic.round(4), group.difference.round(4)
    (array([0.6667, 0.3333]), array([0.65, 0.35]), array([ 0.0167, -0.0167]))
    """
    positive, zeros = replace_zeros(weights, delta=delta)
    geometric = aitchison_centre(positive)
    arithmetic = normalise(ordered_sum(weights, axis=0))
    return GroupWeights(geometric, arithmetic, geometric - arithmetic, zeros, delta)


def aggregate_judgements(matrices: FloatArray) -> FloatArray:
    """Return the elementwise geometric mean of pairwise comparisons: the only reciprocal mean.

    Parameters
    ----------
    matrices : ndarray of shape (P, C, C)
        Reciprocal matrices, entry [j, k] how many times j weighs as much as k.

    References
    ----------
    Aczel and Saaty (1983), Procedures for synthesizing ratio judgements, Journal of Mathematical
    Psychology 27(1).

    Examples
    --------
    >>> aggregate_judgements(np.array([[[1, 8], [1 / 8, 1]], [[1, 2], [1 / 2, 1]]])).round(6)
    array([[1.  , 4.  ],
           [0.25, 1.  ]])
    """
    return np.asarray(np.exp(ordered_sum(np.log(matrices), axis=0) / len(matrices)))


def measure_spread(weights: FloatArray, *, delta: float = ZERO_DELTA) -> WeightSpread:
    """Return how far the weights of people lie apart, per criterion and as a whole.

    Parameters
    ----------
    weights : ndarray of shape (P, C)
    delta : float, what a weight of 0 becomes for the centre and the total variance

    References
    ----------
    Total variance: Aitchison (1986), section 4.6. Quartiles: Hyndman and Fan (1996), type 7.

    Examples
    --------
    >>> spread = measure_spread(np.array([[0.8, 0.2], [0.5, 0.5], [0.2, 0.8]]))
    >>> spread.median, round(spread.total_variance, 4), round(spread.mean_distance, 4)
    (array([0.5, 0.5]), 0.6406, 0.4)
    """
    positive, zeros = replace_zeros(weights, delta=delta)
    lower, median, upper = np.quantile(np.sort(weights, axis=0), [0.25, 0.5, 0.75], axis=0)
    centre = aitchison_centre(positive)
    steps = centred_log_ratio(positive) - centred_log_ratio(centre[None, :])
    variance = float(ordered_sum(ordered_sum(steps**2, axis=0)) / len(weights))
    return WeightSpread(
        lower_quartile=lower,
        median=median,
        upper_quartile=upper,
        centre=centre,
        total_variance=variance,
        zeros_replaced=zeros,
        delta=delta,
        mean_distance=mean_distance(weights),
    )


def mean_distance(weights: FloatArray) -> float | None:
    """Return the mean over pairs of people of half the L1 distance; None for one person.

    Sorted per criterion, the k-th of n people is counted (2k - n - 1) times: no pairs are formed.

    Parameters
    ----------
    weights : ndarray of shape (P, C)

    References
    ----------
    Half the L1 distance is the total variation distance; the mean over pairs is Gini's mean
    difference (1912).

    Examples
    --------
    >>> round(mean_distance(np.array([[0.8, 0.2], [0.5, 0.5], [0.2, 0.8]])), 4)
    0.4
    """
    count = len(weights)
    if count < 2:
        return None
    times = 2.0 * np.arange(count) - (count - 1)
    centred = np.sort(weights, axis=0) - np.sort(weights, axis=0)[0]  # equal weights: exactly 0
    pairs = count * (count - 1) / 2
    return float(ordered_sum(ordered_sum(centred * times[:, None], axis=0)) / (2 * pairs))


def share_choice(scores: FloatArray, group_scores: FloatArray) -> SharedChoice:
    """Return which people would choose what the group chooses.

    Parameters
    ----------
    scores : ndarray of shape (P, A)
        Scores with each person's own weights, higher is better.
    group_scores : ndarray of shape (A,)

    References
    ----------
    Own choice: agreement on the decision says more than agreement on weights.

    Examples
    --------
    >>> choice = share_choice(np.array([[0.6, 0.5], [0.5, 0.5], [0.2, 0.7]]), np.array([0.6, 0.5]))
    >>> round(choice.share, 4), round(choice.share_at_most, 4)
    (0.3333, 0.6667)
    """
    own = scores >= scores.max(axis=1, keepdims=True) - SCORE_TOLERANCE
    group = group_scores >= group_scores.max() - SCORE_TOLERANCE
    return SharedChoice(same=~(own & ~group).any(axis=1), may=(own & group).any(axis=1))


def ahp_consensus(weights: FloatArray) -> float | None:
    """Return Goepel's consensus S*: 1 for equal weights, 0 for the extremes of the AHP scale.

    S* = (1 / e^Hb - h) / (1 - h), Hb = H(mean weights) - mean of H(weights), h = e^Ha / C with Ha
    the least entropy on a scale up to 9. Weights further apart than that scale allows give a
    number below 0; it is not cut off.

    Parameters
    ----------
    weights : ndarray of shape (P, C)

    Returns
    -------
    float or None, where one criterion leaves it undefined

    References
    ----------
    Goepel (2013), Implementing the AHP as a standard method, ISAHP 2013; in the later form of
    bpmsg.com (equation 1.10), with the largest gamma diversity equal to C.

    Examples
    --------
    >>> round(ahp_consensus(np.array([[0.75, 0.25], [0.25, 0.75]])), 4)
    0.6018
    """
    count = weights.shape[1]
    if count < 2:
        return None
    extreme = normalise(np.array([AHP_SCALE] + [1.0] * (count - 1)))
    least = float(np.exp(_entropy(extreme))) / count
    mean = ordered_sum(weights, axis=0) / len(weights)
    within = float(ordered_sum(_entropy(weights)) / len(weights))
    beta = max(float(_entropy(mean)) - within, 0.0)  # below 0 only by rounding
    return float((np.exp(-beta) - least) / (1 - least))


def _entropy(weights: FloatArray) -> FloatArray:
    """Return the Shannon entropy, in nats, along the last axis; 0 ln 0 is 0."""
    return -ordered_sum(weights * np.log(np.where(weights > 0, weights, 1.0)))


def consensus_word(consensus: float) -> ConsensusWord:
    """Return the word of Goepel's scale for S*; a bound belongs to the lower word.

    References
    ----------
    bpmsg.com, AHP group consensus indicator, table 1 (seen 2026).

    Examples
    --------
    >>> consensus_word(0.9), consensus_word(0.875), consensus_word(0.2)
    ('very_high', 'high', 'very_low')
    """
    return next((word for bound, word in WORDS if consensus > bound), "very_low")


def ordinal_consensus(scores: IntArray, *, low: int, high: int) -> float:
    """Return the Tastle-Wierman consensus: 1 if all give one score, 0 if half give each end.

    Cns = 1 + sum over scores of p log2(1 - |score - mean| / (high - low)).

    Parameters
    ----------
    scores : ndarray of shape (P,), whole numbers from `low` to `high`
    low, high : int
        The ends of the scale, low below high.

    References
    ----------
    Tastle and Wierman (2007), Consensus and dissention: a measure of ordinal dispersion,
    International Journal of Approximate Reasoning 45(3).

    Examples
    --------
    >>> round(ordinal_consensus(np.array([1, 2, 2, 5]), low=1, high=5), 4)
    0.3804
    """
    values, counts = np.unique(scores, return_counts=True)
    mean = int((values * counts).sum()) / len(scores)
    logs = np.log2(1 - np.abs(values - mean) / (high - low))
    return 1 + float(ordered_sum(counts / len(scores) * logs))

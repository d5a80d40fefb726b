"""How often each alternative has each rank, over draws of weights and effects (SMAA-2).

Knows no names, keeps no draws: each chunk adds to whole numbers, so results of parts add up to
that of all draws, to the last bit and in any order. An alternative's rank is 1 more than how many
score higher by more than the tolerance: ties share the better rank, and then the shares of a rank
over the alternatives do not add up to 1 (own choice, that of `ranking.rank_scores`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

import numpy as np

from afweging.methods.ranking import SCORE_TOLERANCE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]
    IntArray = NDArray[np.int64]
    RankArray = NDArray[np.uint8]

CHUNK = 4096  # draws at a time: the scores of some alternatives stay in the cache
BLOCK = 1024  # draws in a product that BLAS does in one thread: waiting for a busy core costs more
MOST_ALTERNATIVES = 255  # ranks are bytes
UNIT = 2.0**-32  # of a weight: sums of a chunk are exact in floats, of 2**31 draws in 64 bits
NORMAL_QUANTILE = 1.959963984540054  # two-sided 95 %


@dataclass(frozen=True, slots=True, eq=False)
class Acceptability:
    """What draws say about ranks; shares are of all draws.

    Attributes
    ----------
    draws : int
    rank_counts : ndarray of shape (A, A)
        In how many draws alternative i has rank r, at [i, r - 1].
    ahead_counts : ndarray of shape (A, A)
        In how many draws i scores higher than k, by more than the tolerance.
    weight_units : ndarray of shape (A, C)
        The sum of the weights of all draws in which the alternative is first, in units of 2**-32.
    """

    draws: int
    rank_counts: IntArray
    ahead_counts: IntArray
    weight_units: IntArray

    def __post_init__(self) -> None:
        for array in (self.rank_counts, self.ahead_counts, self.weight_units):
            array.setflags(write=False)

    @property
    def rank_shares(self) -> FloatArray:
        """The rank acceptability b, of shape (A, A): each row adds up to 1."""
        return _share(self.rank_counts, self.draws)

    @property
    def winning_shares(self) -> FloatArray:
        """The pairwise winning index p, of shape (A, A): how often i is ahead of k."""
        return _share(self.ahead_counts, self.draws)

    @property
    def tie_counts(self) -> IntArray:
        """In how many draws i and k tie, of shape (A, A); each always ties with itself."""
        return self.draws - self.ahead_counts - self.ahead_counts.T

    @property
    def tie_shares(self) -> FloatArray:
        """How often i and k tie, of shape (A, A): with p and its transpose this adds up to 1."""
        return _share(self.tie_counts, self.draws)

    @property
    def central_weights(self) -> FloatArray:
        """The mean weights with which each is first, of shape (A, C); NaN where it never is."""
        total = self.weight_units.sum(axis=1, keepdims=True)
        return np.where(total > 0, self.weight_units / np.maximum(total, 1), np.nan)


@dataclass(frozen=True, slots=True, eq=False)
class Confidence:
    """How often alternatives are first with central weights, over draws of effects.

    Attributes
    ----------
    draws : int
    first_counts : ndarray of shape (A, A)
        In how many draws i is first with the central weights of k; 0 where k has none.
    defined : ndarray of shape (A,)
        Which alternatives have central weights.
    """

    draws: int
    first_counts: IntArray
    defined: BoolArray

    def __post_init__(self) -> None:
        self.first_counts.setflags(write=False)
        self.defined.setflags(write=False)

    @property
    def cross_factors(self) -> FloatArray:
        """How often i is first with the weights of k, of shape (A, A); NaN where k has none."""
        return np.where(self.defined, _share(self.first_counts, self.draws), np.nan)

    @property
    def factors(self) -> FloatArray:
        """The confidence factors, of shape (A,): how often each is first with its own weights."""
        return np.diag(self.cross_factors).copy()


def tally(scores: FloatArray, weights: FloatArray) -> Acceptability:
    """Return what draws say, of which scores and weights are known.

    Parameters
    ----------
    scores : ndarray of shape (K, A), higher is better
    weights : ndarray of shape (K, C), of the same draws, each adding up to 1

    References
    ----------
    Lahdelma and Salminen (2001), SMAA-2: stochastic multicriteria acceptability analysis for
    group decision making, Operations Research 49(3).

    Examples
    --------
    >>> weights = np.array([[0.9, 0.1], [0.6, 0.4], [0.2, 0.8]])
    >>> found = tally(weights @ np.array([[1.0, 0.0], [0.0, 1.0]]).T, weights)
    >>> found.rank_counts.tolist(), found.central_weights.round(4).tolist()
    ([[2, 1], [1, 2]], [[0.75, 0.25], [0.2, 0.8]])
    """
    _check_numbers(weights)
    if len(scores) != len(weights):
        raise ValueError(f"{len(scores)} draws of scores, but {len(weights)} of weights")
    columns = _columns(scores)
    found = (
        _tally(np.ascontiguousarray(columns[:, part]), np.rint(weights[part] / UNIT))
        for part in _parts(len(weights))
    )
    return reduce(merge, found, _nothing(len(columns), weights.shape[1]))


def tally_cases(values: FloatArray, weights: FloatArray) -> tuple[Acceptability, ...]:
    """Return what draws of weights say in each case, as `tally`, for effects that are known.

    The fast way for many draws and cases: what is in memory does not grow with either.

    Parameters
    ----------
    values : ndarray of shape (S, A, C), partial values in S cases
    weights : ndarray of shape (K, C), each adding up to 1

    Examples
    --------
    >>> weights = np.array([[0.9, 0.1], [0.6, 0.4], [0.2, 0.8]])
    >>> values = np.array([[[1.0, 0.0], [0.0, 1.0]], [[0.5, 0.5], [0.4, 0.6]]])
    >>> [found.rank_counts.tolist() for found in tally_cases(values, weights)]
    [[[2, 1], [1, 2]], [[2, 1], [1, 2]]]
    """
    _check_numbers(values)
    _check_numbers(weights)
    found = [_nothing(*values.shape[1:])] * len(values)
    for part in _parts(len(weights)):
        units, columns = np.rint(weights[part] / UNIT), np.ascontiguousarray(weights[part].T)
        for s, case in enumerate(values):
            scores = np.einsum("ac,ck->ak", case, columns)  # no BLAS: the same bits everywhere
            found[s] = merge(found[s], _tally(scores, units))
    return tuple(found)


def tally_chunks(chunks: Iterable[tuple[FloatArray, FloatArray]]) -> Acceptability:
    """Return what draws of both effects and weights say, as `tally`, taken chunk by chunk.

    Parameters
    ----------
    chunks : iterable of (values of shape (K, A, C), weights of shape (K, C))
        At least one. Only one is in memory if the iterable makes them one by one.

    Examples
    --------
    >>> values = np.array([[[1.0, 0.0], [0.0, 1.0]], [[0.5, 0.5], [0.6, 0.6]]])
    >>> weights = np.array([[0.9, 0.1], [0.6, 0.4]])
    >>> tally_chunks([(values, weights), (values, weights)]).rank_counts.tolist()
    [[2, 2], [2, 2]]
    """
    parts = (tally(np.einsum("kac,kc->ka", values, weights), weights) for values, weights in chunks)
    return reduce(merge, parts)


def merge(first: Acceptability, second: Acceptability) -> Acceptability:
    """Return the record of the draws of both; exact, so the order of merging does not matter.

    Examples
    --------
    >>> weights = np.array([[0.9, 0.1], [0.6, 0.4], [0.2, 0.8]])
    >>> merge(tally(weights[:1], weights[:1]), tally(weights[1:], weights[1:])).rank_counts
    array([[2, 1],
           [1, 2]])
    """
    return Acceptability(
        first.draws + second.draws,
        first.rank_counts + second.rank_counts,
        first.ahead_counts + second.ahead_counts,
        first.weight_units + second.weight_units,
    )


def tally_confidence(values: FloatArray, central: FloatArray) -> Confidence:
    """Return how often each alternative is first with each one's central weights.

    A second pass over draws of effects, with the central weights that the first pass found.
    Undefined central weights give an undefined factor, not 0 or 1.

    Parameters
    ----------
    values : ndarray of shape (K, A, C), draws of partial values
    central : ndarray of shape (A, C), NaN where undefined

    References
    ----------
    Lahdelma and Salminen (2001), Operations Research 49(3): the confidence factor p.

    Examples
    --------
    >>> values = np.array([[[1.0, 0.0], [0.6, 0.6]], [[1.0, 0.0], [0.9, 0.9]]])
    >>> tally_confidence(values, np.array([[0.8, 0.2], [np.nan, np.nan]])).factors
    array([0.5, nan])
    """
    _check_numbers(values)
    defined = np.asarray(~np.isnan(central).any(axis=1))
    counts = np.zeros((len(central), len(central)), dtype=np.int64)
    for part in _parts(len(values)):
        scores = values[part] @ central[defined].T  # (K, A, C) @ (C, D) -> (K, A, D)
        first = scores.max(axis=1, keepdims=True) <= scores + SCORE_TOLERANCE
        counts[:, defined] += first.sum(axis=0)
    return Confidence(len(values), counts, defined)


def merge_confidence(first: Confidence, second: Confidence) -> Confidence:
    """Return the record of the draws of both, made with the same central weights.

    Examples
    --------
    >>> one = tally_confidence(np.array([[[1.0, 0.0], [0.6, 0.6]]]), np.eye(2) * 0.6 + 0.2)
    >>> merge_confidence(one, one).first_counts.tolist()
    [[2, 0], [0, 2]]
    """
    if not np.array_equal(first.defined, second.defined):
        raise ValueError("both records need the same central weights")
    counts = first.first_counts + second.first_counts
    return Confidence(first.draws + second.draws, counts, first.defined)


def wilson_interval(counts: IntArray, *, draws: int) -> tuple[FloatArray, FloatArray]:
    """Return the 95 % confidence interval of each share of independent draws.

    Parameters
    ----------
    counts : ndarray of shape (...), as are both ends; 0 for none and 1 for all are ends themselves
    draws : int, at least 1

    References
    ----------
    Wilson (1927), Probable inference, the law of succession, and statistical inference, JASA
    22(158).

    Examples
    --------
    >>> low, high = wilson_interval(np.array([0, 50]), draws=100)
    >>> low.round(4), high.round(4)
    (array([0.    , 0.4038]), array([0.037 , 0.5962]))
    """
    share = _share(counts, draws)
    square = NORMAL_QUANTILE**2 / draws
    middle = share + square / 2
    half = np.sqrt(square * (share * (1 - share) + square / 4))
    low = np.where(counts == 0, 0.0, (middle - half) / (1 + square))
    high = np.where(counts == draws, 1.0, (middle + half) / (1 + square))
    return low, high


def _nothing(alternatives: int, criteria: int) -> Acceptability:
    """Return the record of no draws, which changes nothing when merged."""
    none = np.zeros((alternatives, alternatives), np.int64)
    return Acceptability(0, none, none, np.zeros((alternatives, criteria), np.int64))


def _tally(columns: FloatArray, units: FloatArray) -> Acceptability:
    """Return what one chunk says: scores of shape (A, K), and weights of (K, C) in units."""
    ranks, ahead = _compare(columns)
    first = (ranks == 1).astype(np.float64)
    sums = np.zeros((len(first), units.shape[1]))
    for part in _parts(len(units), BLOCK):
        sums += first[:, part] @ units[part]  # whole numbers below 2**53: exact
    return Acceptability(len(units), _rank_counts(ranks), ahead, sums.astype(np.int64))


def _compare(columns: FloatArray) -> tuple[RankArray, IntArray]:
    """Return the ranks, of shape (A, K), and in how many draws i is ahead of k, (A, A)."""
    count = len(columns)
    if count > MOST_ALTERNATIVES:
        raise ValueError(f"{count} alternatives: ranks are counted for {MOST_ALTERNATIVES} at most")
    ranks = np.ones(columns.shape, dtype=np.uint8)
    ahead = np.zeros((count, count), dtype=np.int64)
    for i in range(count):  # over pairs, not over draws: pairs are few
        for k in range(i + 1, count):
            lead = columns[i] - columns[k]
            above, below = lead > SCORE_TOLERANCE, lead < -SCORE_TOLERANCE
            ahead[i, k], ahead[k, i] = np.count_nonzero(above), np.count_nonzero(below)
            ranks[k] += above.view(np.uint8)
            ranks[i] += below.view(np.uint8)
    return ranks, ahead


def _rank_counts(ranks: RankArray) -> IntArray:
    """Return how often each rank occurs in each row of shape (A, K)."""
    places = range(1, len(ranks) + 1)
    return np.stack([np.count_nonzero(ranks == r, axis=1) for r in places], axis=1)


def _columns(scores: FloatArray) -> FloatArray:
    _check_numbers(scores)
    return np.ascontiguousarray(scores.T)


def _parts(length: int, step: int = CHUNK) -> Iterator[slice]:
    return (slice(start, start + step) for start in range(0, length, step))


def _share(counts: IntArray, draws: int) -> FloatArray:
    if draws < 1:
        raise ValueError("no draws have no shares")
    return np.asarray(counts / draws)


def _check_numbers(numbers: FloatArray) -> None:
    if not np.isfinite(numbers).all():
        raise ValueError("values, scores and weights are numbers: NaN and infinity have no rank")

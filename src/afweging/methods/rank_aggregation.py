"""Rankings of many people made into group measures and consensus rankings, all ties kept.

Knows nothing about names, and takes ranks as they are. Everything is counted in whole numbers
(ranks doubled where ties give halves), so no result depends on the order of the people.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]
    IntArray = NDArray[np.int64]

EXACT_LIMIT = 12  # alternatives; the search over subsets has 2**A states
LISTED_LIMIT = 1_000  # optimal rankings that are listed one by one; their number is always exact


@dataclass(frozen=True, slots=True)
class Majority:
    """Who wins from all others by majority, or else who are the top together.

    `winner` is the Condorcet winner. `top` is the smallest set whose members each win from all
    outside it (the Smith set). `cyclic` is True where majorities run in a circle within the top,
    and False where the top only ties.
    """

    winner: int | None
    top: tuple[int, ...]
    cyclic: bool


@dataclass(frozen=True, slots=True, eq=False)
class Consensus:
    """The rankings without ties that are nearest to all ballots together.

    Attributes
    ----------
    ranks : ndarray of shape (N, A)
        Optimal rankings, best is 1; at most `LISTED_LIMIT` of them are listed.
    number : int or None
        How many rankings are optimal; None where only their being more than one is known.
    best_rank, worst_rank : ndarray of shape (A,), or None where they are not known
        Over all optimal rankings, listed or not.
    distance : float, to all ballots together
    agreement : int or None, for Kemeny: pairs, over all people, in the same order in both
    """

    ranks: IntArray
    number: int | None
    best_rank: IntArray | None
    worst_rank: IntArray | None
    distance: float
    agreement: int | None = None

    def __post_init__(self) -> None:
        for array in (self.ranks, self.best_rank, self.worst_rank):
            if array is not None:
                array.setflags(write=False)

    @property
    def unique(self) -> bool:
        """True where one ranking is the nearest."""
        return self.number == 1

    @property
    def complete(self) -> bool:
        """True where all optimal rankings are listed."""
        return self.number == len(self.ranks)


def pairwise_counts(ranks: IntArray, *, counts: IntArray | None = None) -> IntArray:
    """Return how many people put i strictly above k, at [i, k].

    Parameters
    ----------
    ranks : ndarray of shape (P, A), best is 1; equal ranks are ties
    counts : ndarray of shape (P,), whole numbers, optional
        How many people gave each ballot, by default one.

    References
    ----------
    Condorcet (1785), Essai sur l'application de l'analyse a la probabilite des decisions.

    Examples
    --------
    >>> pairwise_counts(np.array([[1, 2, 3], [2, 1, 2]]), counts=np.array([3, 2]))
    array([[0, 3, 3],
           [2, 0, 5],
           [0, 0, 0]])
    """
    above = ranks[:, :, None] < ranks[:, None, :]
    return _total(above.astype(np.int64), counts)


def plurality(ranks: IntArray, *, counts: IntArray | None = None) -> FloatArray:
    """Return how many people put each alternative first; who has t firsts gives each 1/t.

    Parameters
    ----------
    ranks, counts : ndarray of shape (P, A) and (P,), as for `pairwise_counts`

    Examples
    --------
    >>> plurality(np.array([[1, 2, 3], [2, 1, 1]]), counts=np.array([3, 2]))
    array([3., 1., 1.])
    """
    first = ranks == ranks.min(axis=1, keepdims=True)
    result = np.zeros(ranks.shape[1])
    for tied in range(1, ranks.shape[1] + 1):  # whole numbers per size of tie, then one division
        here = first & (first.sum(axis=1, keepdims=True) == tied)
        result += _total(here.astype(np.int64), counts) / tied
    return result


def borda(ranks: IntArray, *, counts: IntArray | None = None) -> FloatArray:
    """Return for each alternative the pairs it wins over all ballots; a tie counts half.

    Parameters
    ----------
    ranks, counts : ndarray of shape (P, A) and (P,), as for `pairwise_counts`

    References
    ----------
    Borda (1781), Memoire sur les elections au scrutin. With ties every ballot gives as much.

    Examples
    --------
    >>> borda(np.array([[1, 2, 3], [2, 1, 2]]), counts=np.array([3, 2]))
    array([7., 7., 1.])
    """
    wins = pairwise_counts(ranks, counts=counts)
    tied = _people(ranks, counts) - wins - wins.T
    np.fill_diagonal(tied, 0)
    return np.asarray((2 * wins + tied).sum(axis=1) / 2)


def copeland(ranks: IntArray, *, counts: IntArray | None = None) -> IntArray:
    """Return the majorities each alternative wins minus those it loses.

    Parameters
    ----------
    ranks, counts : ndarray of shape (P, A) and (P,), as for `pairwise_counts`

    References
    ----------
    Copeland (1951), A reasonable social welfare function, University of Michigan.

    Examples
    --------
    >>> copeland(np.array([[1, 2, 3], [2, 1, 2]]), counts=np.array([3, 2]))
    array([ 2,  0, -2])
    """
    wins = pairwise_counts(ranks, counts=counts)
    return np.asarray(np.sign(wins - wins.T).sum(axis=1), dtype=np.int64)


def find_majority(ranks: IntArray, *, counts: IntArray | None = None) -> Majority:
    """Return the Condorcet winner, or the top within which no one wins from all others.

    Parameters
    ----------
    ranks, counts : ndarray of shape (P, A) and (P,), as for `pairwise_counts`

    References
    ----------
    Smith (1973), Aggregation of preferences with variable electorate, Econometrica 41(6).

    Examples
    --------
    >>> find_majority(np.array([[1, 2, 3, 4], [3, 1, 2, 4], [2, 3, 1, 4]]))
    Majority(winner=None, top=(0, 1, 2), cyclic=True)
    """
    wins = pairwise_counts(ranks, counts=counts)
    holds = _reachable(wins >= wins.T).all(axis=1)
    top = tuple(int(i) for i in np.flatnonzero(holds))
    cyclic = bool((np.diag(_reachable(wins > wins.T)) & holds).any())
    return Majority(top[0] if len(top) == 1 else None, top, cyclic)


def _reachable(step: BoolArray) -> BoolArray:
    """Return the transitive closure of a relation of shape (A, A)."""
    reach = step.copy()
    for k in range(len(step)):
        reach |= reach[:, [k]] & reach[[k], :]
    return reach


def mean_rank(ranks: IntArray, *, counts: IntArray | None = None) -> FloatArray:
    """Return the mean rank of each alternative; tied alternatives share the mean of their places.

    Parameters
    ----------
    ranks, counts : ndarray of shape (P, A) and (P,), as for `pairwise_counts`

    Examples
    --------
    >>> mean_rank(np.array([[1, 2, 3], [2, 1, 2]]))
    array([1.75, 1.5 , 2.75])
    """
    return _total(_double_places(ranks), counts) / (2 * _people(ranks, counts))


def kendall_w(
    ranks: IntArray, *, counts: IntArray | None = None
) -> tuple[float | None, float | None]:
    """Return Kendall's W without and with correction for ties: 1 is full agreement, 0 none.

    Parameters
    ----------
    ranks, counts : ndarray of shape (P, A) and (P,), as for `pairwise_counts`

    Returns
    -------
    plain, corrected : float or None, where one alternative or only ties leave it undefined

    References
    ----------
    Kendall and Babington Smith (1939), The problem of m rankings, Annals of Mathematical
    Statistics 10(3); W = 12 S / (K^2 (m^3 - m) - K sum T_q) with T_q = sum(t^3 - t).

    Examples
    --------
    >>> [round(w, 4) for w in kendall_w(np.array([[1, 2, 3], [1, 2, 2], [1, 3, 2]]))]
    [0.75, 0.8182]
    """
    people, places = _people(ranks, counts), ranks.shape[1]
    sums = _total(_double_places(ranks), counts) - people * (places + 1)
    tied = (ranks[:, :, None] == ranks[:, None, :]).sum(axis=1)  # (P, A): with how many, itself too
    ties = int(_total((tied**2 - 1).sum(axis=1), counts))  # t members give t^2 - 1 each
    spread, full = 3 * sum(int(s) ** 2 for s in sums), people**2 * (places**3 - places)
    plain, corrected = (spread / whole if whole else None for whole in (full, full - people * ties))
    return plain, corrected


def kemeny(ranks: IntArray, *, counts: IntArray | None = None) -> Consensus:
    """Return the rankings with the fewest pairs in another order than in the ballots.

    Distance: pairs, over all people, ordered the other way. Agreement: ordered the same way. A
    pair that a person ties counts for neither.

    Parameters
    ----------
    ranks, counts : ndarray of shape (P, A) and (P,), as for `pairwise_counts`
        At most `EXACT_LIMIT` alternatives.

    References
    ----------
    Kemeny (1959), Mathematics without numbers, Daedalus 88(4). Subsets: Betzler et al. (2009),
    Fixed-parameter algorithms for Kemeny rankings, Theoretical Computer Science 410(45).

    Examples
    --------
    >>> result = kemeny(np.array([[1, 2, 3], [2, 1, 3]]), counts=np.array([3, 2]))
    >>> result.ranks, result.number, result.distance, result.agreement
    (array([[1, 2, 3]]), 1, 2.0, 13)
    """
    wins = pairwise_counts(ranks, counts=counts)
    costs = _members(ranks.shape[1]) @ wins.T  # (2**A, A): who is placed next, against all above
    optimum = _search(costs)
    return replace(optimum, agreement=int(wins.sum() - optimum.distance))


def cook_seiford(ranks: IntArray, *, counts: IntArray | None = None) -> Consensus:
    """Return the rankings with the least sum of differences in place with all ballots.

    Tied alternatives in a ballot share the mean of their places. Up to `EXACT_LIMIT` alternatives
    all optimal rankings are found; beyond that one of them, and whether it is the only one.

    Parameters
    ----------
    ranks, counts : ndarray of shape (P, A) and (P,), as for `pairwise_counts`

    References
    ----------
    Cook and Seiford (1978), Priority ranking and consensus formation, Management Science 24(16).

    Examples
    --------
    >>> result = cook_seiford(np.array([[1, 2, 3], [2, 1, 3]]))
    >>> result.ranks.tolist(), result.distance
    ([[1, 2, 3], [2, 1, 3]], 2.0)
    """
    places = ranks.shape[1]
    moved = np.abs(_double_places(ranks)[:, :, None] - 2 * np.arange(1, places + 1))
    table = _total(moved, counts)  # (A, A): twice the cost of alternative i at place k
    if places > EXACT_LIMIT:
        return _assign(table)
    sizes = np.minimum(_members(places).sum(axis=1), places - 1)  # after the full set: not read
    return _search(table.T[sizes], unit=2)


def _assign(table: IntArray) -> Consensus:
    """Return one optimal assignment of places, and whether any other costs as little."""
    from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped]  # noqa: PLC0415

    _, columns = linear_sum_assignment(table)
    rows = np.arange(len(table))
    least = int(table[rows, columns].sum())
    bar = np.zeros_like(table)
    for i in rows:  # until one placing can be forbidden without any loss
        bar[i - 1], bar[i, columns[i]] = 0, table.sum() + 1
        barred = table + bar
        if int(barred[linear_sum_assignment(barred)].sum()) == least:
            return Consensus(columns[None, :] + 1, None, None, None, least / 2)
    place = np.asarray(columns + 1, dtype=np.int64)
    return Consensus(place[None, :], 1, place, place, least / 2)


def _search(costs: IntArray, *, unit: int = 1) -> Consensus:
    """Return all cheapest orders, by dynamic programming over the sets that are placed first.

    `costs`, of shape (2**A, A), in parts of `unit`: placing i directly after the set s, i not in s.
    """
    forward, backward = _least_costs(costs)
    count = costs.shape[1]
    bits = 1 << np.arange(count)
    after = np.arange(len(costs))[:, None] | bits
    free = _members(count) == 0
    optimal = free & (forward[:, None] + costs + backward[after] == forward[-1])
    sizes = _members(count).sum(axis=1)
    places = np.stack([optimal[sizes == size].any(axis=0) for size in range(count)])  # (place, A)
    return Consensus(
        ranks=_list_orders(optimal),
        number=_count_orders(optimal),
        best_rank=1 + places.argmax(axis=0),
        worst_rank=count - places[::-1].argmax(axis=0),
        distance=int(forward[-1]) / unit,
    )


def _least_costs(costs: IntArray) -> tuple[IntArray, IntArray]:
    """Return per set the least cost of placing it first, and of placing all others after it."""
    count = costs.shape[1]
    bits, member = 1 << np.arange(count), _members(count) == 1
    sizes, never = member.sum(axis=1), np.iinfo(np.int64).max // 4
    forward, backward = np.zeros(len(costs), dtype=np.int64), np.zeros(len(costs), dtype=np.int64)
    for size in range(1, count + 1):
        sets = np.flatnonzero(sizes == size)
        last = forward[sets[:, None] & ~bits] + costs[sets[:, None] & ~bits, np.arange(count)]
        forward[sets] = np.where(member[sets], last, never).min(axis=1)
    for size in range(count - 1, -1, -1):
        sets = np.flatnonzero(sizes == size)
        following = costs[sets] + backward[sets[:, None] | bits]
        backward[sets] = np.where(member[sets], never, following).min(axis=1)
    return forward, backward


def _count_orders(optimal: BoolArray) -> int:
    """Return how many orders run over optimal steps only."""
    ways = [0] * len(optimal)
    ways[0] = 1
    for placed, following in zip(*(part.tolist() for part in np.nonzero(optimal)), strict=True):
        ways[placed | 1 << following] += ways[placed]  # sets grow, so ways[placed] is final
    return ways[-1]


def _list_orders(optimal: BoolArray) -> IntArray:
    """Return the first `LISTED_LIMIT` orders over optimal steps, as ranks of shape (N, A)."""
    orders: list[tuple[int, ...]] = [()]
    for _ in range(optimal.shape[1]):
        orders = [
            (*order, int(i))
            for order in orders
            for i in np.flatnonzero(optimal[sum(1 << j for j in order)])
        ][:LISTED_LIMIT]
    return np.argsort(np.array(orders, dtype=np.int64), axis=1) + 1


def _members(count: int) -> IntArray:
    """Return who is in each set, of shape (2**A, A), 0 or 1."""
    if count > EXACT_LIMIT:
        raise ValueError(f"{count} alternatives; all rankings are searched up to {EXACT_LIMIT}")
    return (np.arange(1 << count)[:, None] >> np.arange(count)) & 1


def _double_places(ranks: IntArray) -> IntArray:
    """Return twice the place of each alternative in each ballot; ties share the mean place."""
    above = (ranks[:, None, :] < ranks[:, :, None]).sum(axis=2)
    tied = (ranks[:, None, :] == ranks[:, :, None]).sum(axis=2)
    return np.asarray(2 * above + tied + 1, dtype=np.int64)


def _people(ranks: IntArray, counts: IntArray | None) -> int:
    """Return how many people there are."""
    return len(ranks) if counts is None else int(counts.sum())


def _total(numbers: IntArray, counts: IntArray | None) -> IntArray:
    """Return the sum over ballots of whole numbers of shape (P, ...), each times its people."""
    if counts is None:
        return np.asarray(numbers.sum(axis=0), dtype=np.int64)
    return np.asarray(np.tensordot(counts, numbers, axes=1), dtype=np.int64)

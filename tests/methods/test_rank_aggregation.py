from __future__ import annotations

from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.stats import rankdata, spearmanr  # type: ignore[import-untyped]

from afweging.methods.rank_aggregation import (
    EXACT_LIMIT,
    LISTED_LIMIT,
    Consensus,
    borda,
    cook_seiford,
    copeland,
    find_majority,
    kemeny,
    kendall_w,
    mean_rank,
    pairwise_counts,
    plurality,
)

CYCLE = np.array([[1, 2, 3, 4], [3, 1, 2, 4], [2, 3, 1, 4]])

IntArray = NDArray[np.int64]


def _ballots(seed: int, people: int, alternatives: int, levels: int = 9) -> IntArray:
    """Return competition ranks of random scores; few levels give many ties."""
    scores = np.random.default_rng(seed).integers(0, levels, (people, alternatives))
    return np.asarray(rankdata(scores, method="min", axis=1), dtype=np.int64)


def _disagreements(order: tuple[int, ...], wins: IntArray) -> int:
    """Return the pairs, over all people, that are the other way round in `order`."""
    return sum(int(wins[low, high]) for high, low in combinations(order, 2))


def _best_orders(costs: dict[tuple[int, ...], float]) -> tuple[float, set[tuple[int, ...]]]:
    """Return the least cost, and the rank vectors of all orders that have it."""
    least = min(costs.values())
    best = {order for order, cost in costs.items() if abs(cost - least) < 1e-9}
    return least, {tuple(int(order.index(i)) + 1 for i in range(len(order))) for order in best}


def _listed(consensus: Consensus) -> set[tuple[int, ...]]:
    """Return the optimal rankings that are listed."""
    return {tuple(ranking) for ranking in consensus.ranks.tolist()}


@pytest.mark.parametrize("seed", range(40))
def test_kemeny_equals_brute_force(seed: int) -> None:
    """Distance and all optimal rankings are those found by trying every order, ties included."""
    alternatives = 2 + seed % 5
    ranks = _ballots(seed, 1 + seed % 7, alternatives, levels=3 + seed % 4)
    wins = pairwise_counts(ranks)
    costs = {o: float(_disagreements(o, wins)) for o in permutations(range(alternatives))}
    least, best = _best_orders(costs)
    result = kemeny(ranks)
    assert (result.distance, result.number) == (least, len(best))
    assert _listed(result) == best
    _assert_rank_range(result, best)


@pytest.mark.parametrize("seed", range(40))
def test_cook_seiford_equals_brute_force(seed: int) -> None:
    """Distance and all optimal rankings are those found by trying every order, ties included."""
    alternatives = 2 + seed % 5
    ranks = _ballots(seed, 1 + seed % 7, alternatives, levels=3 + seed % 4)
    places = rankdata(ranks, method="average", axis=1)
    costs = {}
    for order in permutations(range(alternatives)):
        target = np.array([order.index(i) + 1 for i in range(alternatives)])
        costs[order] = float(np.abs(places - target).sum())
    least, best = _best_orders(costs)
    result = cook_seiford(ranks)
    assert (result.distance, result.number) == (least, len(best))
    assert _listed(result) == best
    _assert_rank_range(result, best)


def _assert_rank_range(result: Consensus, best: set[tuple[int, ...]]) -> None:
    """Check best and worst rank against all optimal rankings."""
    assert result.best_rank is not None
    assert result.worst_rank is not None
    assert result.best_rank.tolist() == np.array(sorted(best)).min(axis=0).tolist()
    assert result.worst_rank.tolist() == np.array(sorted(best)).max(axis=0).tolist()


def test_agreement_and_distance_are_all_strict_pairs() -> None:
    """Agreement plus distance is the number of pairs that people order; ties are in neither."""
    result = kemeny(np.array([[1, 2, 2], [3, 1, 2]]))
    assert result.agreement is not None
    assert result.agreement + result.distance == 5


def test_many_optima_are_counted_and_capped() -> None:
    """Seven tied alternatives have 5,040 optimal rankings: all counted, 1,000 listed, and said."""
    result = kemeny(np.ones((2, 7), dtype=np.int64))
    assert result.number == 5040
    assert len(_listed(result)) == len(result.ranks) == LISTED_LIMIT
    assert not result.complete
    assert result.best_rank is not None
    assert result.best_rank.tolist() == [1] * 7


def test_kemeny_refuses_what_it_cannot_search() -> None:
    """Twelve alternatives are searched exactly; thirteen are refused."""
    assert kemeny(np.arange(1, EXACT_LIMIT + 1)[None, :]).unique
    with pytest.raises(ValueError, match="13 alternatives"):
        kemeny(np.arange(1, 14)[None, :])


def test_cook_seiford_beyond_the_limit_says_whether_it_is_alone() -> None:
    """With 14 alternatives one optimum is given, and whether there are others."""
    order = np.random.default_rng(3).permutation(14) + 1
    alone = cook_seiford(np.stack([order, order, order[::-1]]))
    assert alone.unique
    assert alone.ranks[0].tolist() == order.tolist()
    split = cook_seiford(np.stack([order, np.roll(order, 3)]))
    assert not split.unique
    assert split.number is None
    assert len(split.ranks) == 1
    assert split.best_rank is None


@pytest.mark.parametrize("seed", range(6))
def test_assignment_costs_what_the_search_costs(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Assignment finds the same distance and the same uniqueness as the search over subsets."""
    ranks = _ballots(seed, 1 + seed, 6, levels=8)
    exact = cook_seiford(ranks)
    monkeypatch.setattr("afweging.methods.rank_aggregation.EXACT_LIMIT", 5)
    assigned = cook_seiford(ranks)
    assert assigned.distance == exact.distance
    assert assigned.unique == exact.unique
    assert _listed(assigned) <= _listed(exact)


def test_condorcet_cycle_is_reported() -> None:
    """Three that beat each other in a circle are the top; the fourth is not, and no one wins."""
    majority = find_majority(CYCLE)
    assert majority.winner is None
    assert majority.top == (0, 1, 2)
    assert majority.cyclic
    assert copeland(CYCLE).tolist() == [1, 1, 1, -3]
    assert kemeny(CYCLE).number == 3


def test_a_tie_at_the_top_is_not_a_cycle() -> None:
    """Two that tie against each other and beat the third are the top without a circle."""
    majority = find_majority(np.array([[1, 2, 3], [2, 1, 3]]))
    assert (majority.winner, majority.top, majority.cyclic) == (None, (0, 1), False)


@pytest.mark.parametrize("seed", range(30))
def test_top_is_the_smallest_dominant_set(seed: int) -> None:
    """The top is the smallest set whose members each beat all outside it, by trying all sets."""
    ranks = _ballots(seed, 2 + seed % 6, 5, levels=6)
    wins = pairwise_counts(ranks)
    beats = wins > wins.T
    dominant = [
        members
        for size in range(1, 6)
        for members in combinations(range(5), size)
        if all(beats[i, k] for i in members for k in range(5) if k not in members)
    ]
    assert find_majority(ranks).top == dominant[0]


@pytest.mark.parametrize("seed", range(10))
def test_kendall_w_is_the_mean_spearman_correlation(seed: int) -> None:
    """Without ties both forms of W are one, and the mean Spearman is (K W - 1) / (K - 1)."""
    rng = np.random.default_rng(seed)
    people = 3 + seed
    ranks = np.stack([rng.permutation(6) + 1 for _ in range(people)])
    plain, corrected = kendall_w(ranks)
    matrix = spearmanr(ranks, axis=1).statistic
    mean = (matrix.sum() - people) / (people * (people - 1))
    assert corrected == pytest.approx(plain, abs=1e-15)
    assert plain is not None
    assert (people * plain - 1) / (people - 1) == pytest.approx(mean, abs=1e-12)


def test_kendall_w_corrects_for_ties() -> None:
    """W with ties is 12 S / (K^2 (m^3 - m)), the corrected one divides by K sum T less."""
    ranks = np.array([[1, 1, 3, 4], [1, 2, 2, 2], [1, 3, 2, 4]])
    places = rankdata(ranks, method="average", axis=1)
    spread = ((places.sum(axis=0) - 3 * 5 / 2) ** 2).sum()
    plain, corrected = kendall_w(ranks)
    assert plain == pytest.approx(12 * spread / (9 * 60))
    assert corrected == pytest.approx(12 * spread / (9 * 60 - 3 * (6 + 24)))


def test_identical_judges_agree_fully() -> None:
    """Equal ballots give W = 1, the ballot as consensus, and distance 0."""
    ranks = np.tile(np.array([3, 1, 4, 2]), (6, 1))
    assert kendall_w(ranks) == (1.0, 1.0)
    for consensus in (kemeny(ranks), cook_seiford(ranks)):
        assert consensus.ranks.tolist() == [[3, 1, 4, 2]]
        assert consensus.distance == 0


def test_identical_judges_with_ties_agree_fully_after_correction() -> None:
    """Equal ballots with ties give a corrected W of exactly 1, and a plain W below it."""
    plain, corrected = kendall_w(np.tile(np.array([1, 2, 2, 4]), (5, 1)))
    assert corrected == 1.0
    assert plain is not None
    assert plain < 1


def test_kendall_w_is_undefined_where_nothing_is_ranked() -> None:
    """One alternative has no W; judges who tie everything have no corrected W."""
    assert kendall_w(np.array([[1], [1]])) == (None, None)
    assert kendall_w(np.array([[1, 1, 1], [1, 1, 1]])) == (0.0, None)


def test_ties_are_shared() -> None:
    """A person with two firsts gives each a half; a tie in Borda is half a win for both."""
    ranks = np.array([[1, 1, 3], [2, 1, 3]])
    assert plurality(ranks).tolist() == [0.5, 1.5, 0]
    assert borda(ranks).tolist() == [2.5, 3.5, 0]
    assert mean_rank(ranks).tolist() == [1.75, 1.25, 3]


def test_dense_and_competition_ranks_mean_the_same() -> None:
    """Only the order in a ballot counts, not which numbers follow a tie."""
    competition, dense = np.array([[1, 1, 3], [3, 1, 2]]), np.array([[1, 1, 2], [3, 1, 2]])
    assert mean_rank(competition).tolist() == mean_rank(dense).tolist()
    assert kendall_w(competition) == kendall_w(dense)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6), people=st.integers(1, 9), alternatives=st.integers(2, 6))
def test_order_of_people_and_alternatives_is_irrelevant(
    seed: int, people: int, alternatives: int
) -> None:
    """Permuting people changes nothing to the last bit; permuting alternatives permutes results."""
    rng = np.random.default_rng(seed)
    ranks = _ballots(seed, people, alternatives, levels=5)
    counts = rng.integers(1, 5, people)
    crowd, moved = rng.permutation(people), rng.permutation(alternatives)
    other, number = ranks[crowd][:, moved], counts[crowd]
    for rule in (plurality, borda, copeland, mean_rank):
        before, after = rule(ranks, counts=counts), rule(other, counts=number)
        assert before[moved].tolist() == after.tolist()
    assert kendall_w(ranks, counts=counts) == kendall_w(other, counts=number)
    for search in (kemeny, cook_seiford):
        consensus, turned = search(ranks, counts=counts), search(other, counts=number)
        assert (consensus.distance, consensus.number) == (turned.distance, turned.number)
        assert {tuple(row) for row in consensus.ranks[:, moved].tolist()} == _listed(turned)


def test_a_record_cannot_be_changed() -> None:
    """The rankings in a result are read-only."""
    with pytest.raises(ValueError, match="read-only"):
        kemeny(CYCLE).ranks[0, 0] = 9

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog  # type: ignore[import-untyped]

from afweging.methods.best_worst import (
    BestWorst,
    answers,
    consistency_index,
    linear_weights,
    minmax_intervals,
)


def random_answers(seed: int, *, size: int) -> BestWorst:
    """Return answers that keep best and worst at the ends, and are otherwise anything."""
    rng = np.random.default_rng(seed)
    best, worst = rng.permutation(size)[:2]
    span = rng.integers(1, 10)
    from_best, to_worst = rng.integers(1, span + 1, (2, size))
    from_best[best] = to_worst[worst] = 1
    from_best[worst] = to_worst[best] = span
    return answers(from_best, to_worst, best=best, worst=worst)


def _rows(one: BestWorst) -> list[tuple[int, int, float]]:
    """Return (i, j, a): i counts a times as much as j, for all comparisons."""
    best, worst = int(one.best), int(one.worst)
    from_best = [(best, j, float(a)) for j, a in enumerate(one.best_to_others) if j != best]
    return from_best + [
        (j, worst, float(a)) for j, a in enumerate(one.others_to_worst) if j != worst
    ]


def solve_linear(one: BestWorst) -> np.ndarray:
    """Return weights and xi of the linear model from a linear program, one person."""
    size = one.best_to_others.shape[-1]
    rows = []
    for i, j, a in _rows(one):
        row = np.zeros(size + 1)
        row[i], row[j] = 1, -a
        rows += [row, -row]
    table = np.array(rows)
    table[:, -1] = -1
    cost = np.eye(size + 1)[-1]
    total = [[1.0] * size + [0.0]]
    solved = linprog(cost, A_ub=table, b_ub=np.zeros(len(table)), A_eq=total, b_eq=[1])
    return np.asarray(solved.x)


def _solve_ratios(one: BestWorst, xi: float, cost: np.ndarray) -> float | None:
    """Return the least cost of weights whose ratios are off by at most xi; None without any."""
    size = len(cost)
    rows = []
    for i, j, a in _rows(one):
        above, below = np.zeros(size), np.zeros(size)
        above[i], above[j] = 1, -(a + xi)
        below[i], below[j] = -1, a - xi
        rows += [above, below]
    zero = np.zeros(len(rows))
    solved = linprog(cost, A_ub=np.array(rows), b_ub=zero, A_eq=[[1.0] * size], b_eq=[1])
    return float(solved.fun) if solved.status == 0 else None


@settings(deadline=None)
@given(st.integers(0, 100_000), st.integers(2, 9))
def test_linear_weights_are_those_of_the_linear_program(seed: int, size: int) -> None:
    """The closed form gives the weights and the deviation that a solver finds."""
    one = random_answers(seed, size=size)
    found = linear_weights(one)
    assert [*found.weights, float(found.deviation)] == pytest.approx(solve_linear(one), abs=1e-8)


@pytest.mark.parametrize("size", [2, 3, 4, 6])
@pytest.mark.parametrize("seed", range(4))
def test_minmax_deviation_is_the_least_feasible(seed: int, size: int) -> None:
    """With the deviation that is found weights exist, with 0.001 % less they do not."""
    one = random_answers(seed, size=size)
    deviation = float(minmax_intervals(one).deviation)
    nothing = np.zeros(size)
    assert _solve_ratios(one, deviation + 1e-7, nothing) is not None
    if deviation > 0:
        assert _solve_ratios(one, deviation * (1 - 1e-5) - 1e-6, nothing) is None


@pytest.mark.parametrize("seed", range(8))
def test_minmax_intervals_are_reached(seed: int) -> None:
    """Each bound is the smallest or largest weight that a linear program finds there."""
    one = random_answers(seed, size=5)
    found = minmax_intervals(one)
    room = float(found.deviation) + 1e-8
    for at in range(5):
        cost = np.eye(5)[at]
        assert _solve_ratios(one, room, cost) == pytest.approx(found.low[at], abs=1e-5)
        assert _solve_ratios(one, room, -cost) == pytest.approx(-found.high[at], abs=1e-5)


@settings(deadline=None)
@given(st.lists(st.floats(0.1, 0.9), min_size=2, max_size=9, unique=True))
def test_consistent_answers_give_back_their_weights(points: list[float]) -> None:
    """Ratios of weights give back these weights by both models, with deviation 0."""
    weights = np.array(points) / sum(points)
    best, worst = int(weights.argmax()), int(weights.argmin())
    one = answers(weights[best] / weights, weights / weights[worst], best=best, worst=worst)
    found, bounds = linear_weights(one), minmax_intervals(one)
    assert found.weights == pytest.approx(weights, rel=1e-9)
    assert float(found.deviation) == pytest.approx(0, abs=1e-12)
    assert bounds.low == pytest.approx(weights, rel=1e-9)
    assert bounds.high == pytest.approx(weights, rel=1e-9)
    assert float(bounds.deviation) == pytest.approx(0, abs=1e-12)


@settings(deadline=None)
@given(st.permutations(range(5)), st.integers(0, 1000))
def test_permuting_criteria_permutes_weights(order: list[int], seed: int) -> None:
    """The order in which criteria are asked does not matter."""
    one = random_answers(seed, size=5)
    turned = answers(
        one.best_to_others[order],
        one.others_to_worst[order],
        best=order.index(int(one.best)),
        worst=order.index(int(one.worst)),
    )
    expected, found = linear_weights(one), linear_weights(turned)
    assert found.weights == pytest.approx(expected.weights[order], rel=1e-12)
    assert minmax_intervals(turned).low == pytest.approx(minmax_intervals(one).low[order])


def test_a_batch_gives_what_single_people_give() -> None:
    """People with other bests and worsts, at once, get what each would get alone."""
    alone = [random_answers(seed, size=4) for seed in range(60)]
    together = _stacked(alone)
    weights, bounds = linear_weights(together), minmax_intervals(together)
    for at, one in enumerate(alone):
        assert weights.weights[at].tolist() == linear_weights(one).weights.tolist()
        assert weights.deviation[at] == linear_weights(one).deviation
        expected = minmax_intervals(one)
        assert bounds.low[at].tolist() == expected.low.tolist()
        assert bounds.high[at].tolist() == expected.high.tolist()
        assert bounds.ratio[at] == expected.ratio


def _stacked(people: list[BestWorst]) -> BestWorst:
    return answers(
        [one.best_to_others for one in people],
        [one.others_to_worst for one in people],
        best=[int(one.best) for one in people],
        worst=[int(one.worst) for one in people],
    )


def test_consistency_index_is_the_published_table() -> None:
    """The index for a_BW = 1 to 9, rounded as in table 1 of Rezaei (2015)."""
    expected = [0.00, 0.44, 1.00, 1.63, 2.30, 3.00, 3.73, 4.47, 5.23]
    assert consistency_index(np.arange(1.0, 10.0)).round(2).tolist() == expected


@pytest.mark.parametrize("span", [2, 5, 9])
def test_consistency_index_is_the_largest_deviation(span: int) -> None:
    """The index is the deviation of the answers a_Bj = a_jW = a_BW: then the ratio is 1."""
    one = answers([1, span, span], [span, span, 1], best=0, worst=2)
    found = minmax_intervals(one)
    assert float(found.deviation) == pytest.approx(float(consistency_index(np.array(float(span)))))
    assert float(found.ratio) == pytest.approx(1)


def test_a_ratio_without_index_is_infinite() -> None:
    """Best and worst that count the same leave nothing to divide by; consistent answers have 0."""
    assert float(minmax_intervals(answers([1, 3, 1], [1, 2, 1], best=0, worst=2)).ratio) == np.inf
    assert float(minmax_intervals(answers([1, 1, 1], [1, 1, 1], best=0, worst=2)).ratio) == 0


@pytest.mark.parametrize(
    ("given_answers", "best", "worst", "message"),
    [
        (([1, 2, 8], [8, 4, 1]), 0, 0, "differ"),
        (([1, 2, 8], [7, 4, 1]), 0, 2, "agree"),
        (([2, 2, 8], [8, 4, 1]), 0, 2, "as much as itself"),
        (([1, 2, 8], [8, 4, 2]), 0, 2, "as much as itself"),
        (([1, 0.5, 8], [8, 4, 1]), 0, 2, "1 or more"),
        (([1, float("nan"), 8], [8, 4, 1]), 0, 2, "1 or more"),
        (([1, 2, 8], [8, 1]), 0, 2, "shape"),
        (([1], [1]), 0, 0, "two criteria"),
        (([1, 2, 8], [8, 4, 1]), 0, 3, "positions"),
        (([1, 2, 8], [8, 4, 1]), [0], [2], "one best"),
    ],
)
def test_malformed_answers_are_refused(
    given_answers: tuple[list[float], list[float]], best: int, worst: int, message: str
) -> None:
    """Answers that no one can mean give no weights."""
    with pytest.raises(ValueError, match=message):
        answers(*given_answers, best=best, worst=worst)


def test_answers_cannot_change_later() -> None:
    """The arrays in the record are read-only copies."""
    mine = np.array([1.0, 2.0, 8.0])
    one = answers(mine, [8, 4, 1], best=0, worst=2)
    mine[1] = 5
    assert one.best_to_others.tolist() == [1, 2, 8]
    with pytest.raises(ValueError, match="read-only"):
        one.best_to_others[1] = 5

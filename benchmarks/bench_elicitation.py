"""AHP and best-worst weights of 2,000 people on four lenses, beside one scipy solver per person."""

from __future__ import annotations

import time

import numpy as np
from benchmarks.timing import median_seconds

from afweging.methods.best_worst import BestWorst, answers, linear_weights, minmax_intervals
from afweging.methods.pairwise import consistency_ratio, eigenvector_weights, reciprocal_matrix

PEOPLE = 2_000
LENSES = 4
SAATY = np.concatenate([1 / np.arange(9.0, 1.0, -1.0), np.arange(1.0, 10.0)])


def _matrices() -> np.ndarray:
    rng = np.random.default_rng(1)
    return reciprocal_matrix(rng.choice(SAATY, (PEOPLE, LENSES * (LENSES - 1) // 2)))


def _answers() -> BestWorst:
    rng = np.random.default_rng(2)
    order = rng.permuted(np.tile(np.arange(LENSES), (PEOPLE, 1)), axis=1)
    best, worst, rows = order[:, 0], order[:, 1], np.arange(PEOPLE)
    span = rng.integers(3, 10, PEOPLE)
    from_best, to_worst = rng.integers(1, span[:, None] + 1, (2, PEOPLE, LENSES))
    from_best[rows, best] = to_worst[rows, worst] = 1
    from_best[rows, worst] = to_worst[rows, best] = span
    return answers(from_best, to_worst, best=best, worst=worst)


def bench_ahp_weights_of_two_thousand_people() -> None:
    """Weights and consistency ratios within 0.2 s; beside scipy's eigenvectors one by one."""
    from scipy.linalg import eig  # type: ignore[import-untyped]

    matrices = _matrices()
    batch = median_seconds(lambda: (eigenvector_weights(matrices), consistency_ratio(matrices)))
    start = time.perf_counter()
    solved = [eig(matrix) for matrix in matrices]
    slow = time.perf_counter() - start
    first = np.abs(solved[0][1][:, solved[0][0].real.argmax()])
    assert np.allclose(eigenvector_weights(matrices)[0], first / first.sum())
    print(f"\nAHP {batch * 1e3:.0f} ms; one by one {slow * 1e3:.0f} ms, ratio {slow / batch:.0f}")
    assert batch <= 0.2


def bench_best_worst_weights_of_two_thousand_people() -> None:
    """Linear weights and non-linear bounds within 0.2 s; beside one linear program per person."""
    given = _answers()
    linear = median_seconds(lambda: linear_weights(given))
    bounds = median_seconds(lambda: minmax_intervals(given))
    start = time.perf_counter()
    solved = np.array([_solved(given, person) for person in range(PEOPLE)])
    slow = time.perf_counter() - start
    assert np.allclose(linear_weights(given).weights, solved, atol=1e-6)
    print(
        f"\nbest-worst {linear * 1e3:.1f} ms, bounds {bounds * 1e3:.1f} ms;"
        f" linear programs {slow:.1f} s, ratio {slow / linear:.0f}"
    )
    assert linear + bounds <= 0.2


def _solved(given: BestWorst, person: int) -> np.ndarray:
    """Return the weights of one person from the linear program of Rezaei (2016)."""
    from scipy.optimize import linprog  # type: ignore[import-untyped]

    best, worst = int(given.best[person]), int(given.worst[person])
    table = np.zeros((4 * LENSES, LENSES + 1))
    for j in range(LENSES):
        table[4 * j, best] += 1
        table[4 * j, j] -= given.best_to_others[person, j]
        table[4 * j + 1, j] += 1
        table[4 * j + 1, worst] -= given.others_to_worst[person, j]
        table[4 * j + 2 : 4 * j + 4] = -table[4 * j : 4 * j + 2]
    table[:, -1] = -1
    total = [[1.0] * LENSES + [0.0]]
    cost = [0.0] * LENSES + [1.0]
    solved = linprog(cost, A_ub=table, b_ub=np.zeros(len(table)), A_eq=total, b_eq=[1.0])
    return np.asarray(solved.x[:LENSES])

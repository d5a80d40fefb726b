"""Published weights once more, from profiles in which people's answers stand.

Saaty, T.L. (2008). Decision making with the analytic hierarchy process. International Journal of
Services Sciences 1(1), 83-98. Rezaei, J. (2016). Best-worst multi-criteria decision-making
method: some properties and a linear model. Omega 64, 126-130, tables 2-4. Roszkowska, E. (2013).
Rank ordering criteria weighting methods - a comparative overview. Optimum. Studia Ekonomiczne
5(65), 14-33, table 4. Goodwin, P. and Wright, G. (2004). Decision Analysis for Management
Judgment, 3rd ed., Wiley, chapter 3, pp. 30-48.
"""

from __future__ import annotations

import numpy as np
import pytest
from tests.analysis.judged import asked, best_worst, comparisons, group, names, profile

from afweging.analysis.weights import global_weights

# flexibility, opportunities, security, reputation, salary
JOB = np.array(
    [
        [1, 1 / 4, 1 / 6, 1 / 4, 1 / 8],
        [4, 1, 1 / 3, 3, 1 / 7],
        [6, 3, 1, 4, 1 / 2],
        [4, 1 / 3, 1 / 4, 1, 1 / 7],
        [8, 7, 2, 7, 1],
    ]
)


def test_the_best_job_from_ten_comparisons() -> None:
    """The weights are those printed, and the ratio passes: 0.0816 over 1.1086; no repair."""
    found = asked(5, "ahp", comparisons(JOB))
    assert found.weights == pytest.approx([0.036, 0.122, 0.262, 0.075, 0.506], abs=0.0006)
    expected = [0.0360501036, 0.1219027062, 0.2618926185, 0.0745528610, 0.5056017107]
    assert found.weights == pytest.approx(expected, abs=1e-9)
    assert found.consistency is not None
    assert found.consistency.value == pytest.approx(0.0815702309 / 1.1086, abs=1e-9)
    assert (found.consistency.passes, found.consistency.repairs) == (True, ())


@pytest.mark.parametrize(
    ("from_best", "to_worst", "printed", "expected"),
    [
        (
            [2, 1, 4, 2, 8],
            [4, 8, 2, 4, 1],
            [0.2105, 0.4211, 0.1053, 0.2105, 0.0526],
            [4 / 19, 8 / 19, 2 / 19, 4 / 19, 1 / 19],
        ),
        (
            [2, 1, 4, 3, 8],
            [4, 8, 2, 3, 1],
            [0.2295, 0.4481, 0.1148, 0.1530, 0.0546],
            [0.2295081967, 0.4480874317, 0.1147540984, 0.1530054645, 0.0546448087],
        ),
    ],
)
def test_a_car_from_best_and_worst(
    from_best: list[float], to_worst: list[float], printed: list[float], expected: list[float]
) -> None:
    """Price is the best and style the worst; both sets of answers give the weights of the paper."""
    found = asked(5, "bwm", best_worst(from_best, to_worst, best=1, worst=4))
    assert found.weights == pytest.approx(printed, abs=6e-5)
    assert found.weights == pytest.approx(expected, abs=1e-9)
    assert found.consistency is not None
    assert (found.consistency.passes, found.consistency.repairs) == (True, ())


def test_how_far_the_answers_about_a_car_agree() -> None:
    """The input-based ratio of the second set of answers is 1/56, of the first 0."""
    exact = asked(5, "bwm", best_worst([2, 1, 4, 2, 8], [4, 8, 2, 4, 1], best=1, worst=4))
    off = asked(5, "bwm", best_worst([2, 1, 4, 3, 8], [4, 8, 2, 3, 1], best=1, worst=4))
    assert exact.consistency is not None
    assert off.consistency is not None
    assert exact.consistency.value == 0
    assert off.consistency.value == pytest.approx(1 / 56, abs=1e-12)
    assert exact.factor == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("rank-order-centroid", [0.52, 0.27, 0.15, 0.06]),
        ("rank-sum", [0.40, 0.30, 0.20, 0.10]),
        ("rank-reciprocal", [0.48, 0.24, 0.16, 0.12]),
    ],
)
def test_ranks_of_four(method: str, expected: list[float]) -> None:
    """The row for four criteria as printed, for places 2, 4, 1 and 3."""
    ranks = [2, 4, 1, 3]
    tree = group(names(4))
    found = global_weights(tree, profile(method, numbers=ranks))
    assert found.tolist() == pytest.approx([expected[rank - 1] for rank in ranks], abs=0.005)


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (2, [0.75, 0.25]),
        (3, [11 / 18, 5 / 18, 2 / 18]),
        (4, [0.5208333333, 0.2708333333, 0.1458333333, 0.0625]),
        (5, [0.4566666667, 0.2566666667, 0.1566666667, 0.09, 0.04]),
    ],
)
def test_centroid_of_ranks(count: int, expected: list[float]) -> None:
    """Centroid weights of two to five places, last place first."""
    ranks = list(range(count, 0, -1))
    found = global_weights(group(names(count)), profile("rank-order-centroid", numbers=ranks))
    assert found.tolist() == pytest.approx(expected[::-1], abs=1e-9)


def test_centroid_of_tied_ranks() -> None:
    """With ranks 2 and 3 tied both get the mean of the two places."""
    tied = profile("rank-order-centroid", numbers=[2, 1, 2, 4])
    found = global_weights(group(names(4)), tied)
    expected = [0.2083333333, 0.5208333333, 0.2083333333, 0.0625]
    assert found.tolist() == pytest.approx(expected, abs=1e-9)


def test_offices_from_swings() -> None:
    """Swings of 100 to 10 give the weights of the book, within its rounding and exactly."""
    swings = [100.0, 80.0, 70.0, 30.0, 20.0, 10.0]
    found = asked(6, "swing", numbers=swings)
    printed = [0.32, 0.26, 0.23, 0.10, 0.06, 0.03]
    exact = [0.3225806452, 0.2580645161, 0.2258064516, 0.0967741935, 0.064516129, 0.0322580645]
    assert found.weights.tolist() == pytest.approx(printed, abs=0.006)
    assert found.weights.tolist() == pytest.approx(exact, abs=1e-9)
    assert found.consistency is None

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from afweging.methods.conflict import is_feasible, smallest_conflict
from afweging.methods.weight_set import extreme_points

FloatArray = NDArray[np.float64]


def _positive(count: int) -> FloatArray:
    """Return rows that ask a millionth of the whole for every weight."""
    return np.eye(count) - 1e-6


def _ratio(count: int, over: int, under: int, value: float) -> FloatArray:
    """Return the two rows of an equality, w_over = value * w_under."""
    row = np.zeros(count)
    row[over], row[under] = 1.0, -value
    return np.array([row, -row])


def _together(answers: list[FloatArray], always: FloatArray, chosen: tuple[int, ...]) -> bool:
    rows = np.vstack([always, *(answers[position] for position in chosen)])
    return is_feasible(rows, count=always.shape[1])


def _by_brute_force(answers: list[FloatArray], always: FloatArray) -> tuple[int, ...]:
    """Return the first of the smallest subsets that cannot hold, from the empty set on."""
    for size in range(len(answers) + 1):
        for chosen in combinations(range(len(answers)), size):
            if not _together(answers, always, chosen):
                return chosen
    return ()


def _questions(seed: int) -> tuple[list[FloatArray], int]:
    """Return answers of one or two rows, whole numbers or not, and how many weights there are."""
    rng = np.random.default_rng(seed)
    count, answers = int(rng.integers(3, 5)), []
    for _ in range(int(rng.integers(1, 7))):
        over, under = (int(each) for each in rng.choice(count, 2, replace=False))
        ratio = _ratio(count, over, under, float(rng.choice([0.5, 1.0, 2.0, 3.0])))
        answers.append(
            [ratio, ratio[:1], rng.normal(size=(1, count)), -np.abs(ratio[1:])][rng.choice(3)]
        )
    return answers, count


# --- feasible -----------------------------------------------------------------------------------


@settings(max_examples=200, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_feasible_sets_have_extreme_points(seed: int) -> None:
    """The linear program finds weights exactly where the double description finds points."""
    rng = np.random.default_rng(seed)
    count = int(rng.integers(1, 6))
    rows = rng.integers(-3, 4, (int(rng.integers(0, 9)), count)).astype(np.float64)
    assert is_feasible(rows, count=count) == (len(extreme_points(rows, count=count)) > 0)


def test_rounding_is_no_contradiction() -> None:
    """Equalities that agree but for rounding are feasible, also with every weight positive."""
    rows = np.vstack([_ratio(3, 0, 1, 0.1), _ratio(3, 1, 2, 0.7), _ratio(3, 0, 2, 0.1 * 0.7)])
    assert is_feasible(np.vstack([rows, _positive(3)]), count=3)


def test_without_rows_anything_fits() -> None:
    """No rows, or rows without entries, contradict nothing; a weight below nought does."""
    assert is_feasible(np.empty((0, 4)), count=4)
    assert is_feasible(np.zeros((2, 3)), count=3)
    assert not is_feasible(np.array([[-1.0, -2.0, -1.0]]), count=3)


# --- smallest conflict --------------------------------------------------------------------------


@settings(max_examples=150, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_smallest_conflict_is_that_of_brute_force(seed: int) -> None:
    """The conflict is the first of the smallest among all subsets, or empty where all can hold."""
    answers, count = _questions(seed)
    always = _positive(count)
    found = smallest_conflict(answers, always=always, count=count)
    assert found == _by_brute_force(answers, always)


@pytest.mark.parametrize("seed", range(20))
def test_conflict_needs_each_of_its_answers(seed: int) -> None:
    """Among many answers the conflict cannot hold, and can when any one answer is taken back."""
    rng = np.random.default_rng(seed)
    answers = []
    for _ in range(14):
        over, under = (int(each) for each in rng.choice(6, 2, replace=False))
        answers.append(_ratio(6, over, under, float(rng.uniform(0.3, 3))))
    found = smallest_conflict(answers, always=_positive(6), count=6)
    assert len(found) > 1
    assert not _together(answers, _positive(6), found)
    for left_out in found:
        rest = tuple(position for position in found if position != left_out)
        assert _together(answers, _positive(6), rest)


def test_of_two_conflicts_the_smaller_is_returned() -> None:
    """Of a circle of three answers and, apart from it, two that contradict, the two come back."""
    circle = [_ratio(5, 0, 1, 2.0), _ratio(5, 1, 2, 3.0), _ratio(5, 0, 2, 5.0)]
    pair = [_ratio(5, 3, 4, 3.0), _ratio(5, 4, 3, 2.0)]
    assert smallest_conflict([*circle, *pair], always=_positive(5), count=5) == (3, 4)
    assert smallest_conflict([*circle, pair[0]], always=_positive(5), count=5) == (0, 1, 2)


def test_of_conflicts_as_small_the_first_is_returned() -> None:
    """Where several pairs contradict, the one that comes first in lexicographic order is given."""
    one = [_ratio(4, 0, 1, 2.0), _ratio(4, 0, 1, 5.0)]
    two = [_ratio(4, 2, 3, 3.0), _ratio(4, 2, 3, 4.0)]
    assert smallest_conflict([two[0], *one, two[1]], always=_positive(4), count=4) == (0, 3)
    assert smallest_conflict([one[0], *two, one[1]], always=_positive(4), count=4) == (0, 3)
    assert smallest_conflict([*one, *one, *two], always=_positive(4), count=4) == (0, 1)


def test_long_circle_is_one_conflict() -> None:
    """Nine ratios in a circle that do not multiply to 1 contradict only all together."""
    factors = [2.0, 0.5, 3.0, 0.7, 1.0, 1.5, 0.4, 1.2, 1.1]
    answers = [_ratio(9, at, (at + 1) % 9, factor) for at, factor in enumerate(factors)]
    free = np.array([[1.0, 0, 0, 0, -0.1, 0, 0, 0, 0]])
    found = smallest_conflict([free, *answers], always=_positive(9), count=9)
    assert found == tuple(range(1, 10))


def test_answer_can_contradict_itself() -> None:
    """An answer whose own rows cannot hold is the conflict, whatever the others are."""
    both = np.vstack([_ratio(3, 0, 1, 2.0), _ratio(3, 0, 1, 4.0)])
    answers = [_ratio(3, 0, 1, 3.0), _ratio(3, 1, 2, 1.0), both]
    assert smallest_conflict(answers, always=_positive(3), count=3) == (2,)


def test_weights_of_nought_solve_a_conflict_unless_excluded() -> None:
    """Both a = 3 b and b = 2 a hold for a = b = 0; with every weight positive they do not."""
    answers = [_ratio(3, 0, 1, 3.0), _ratio(3, 1, 0, 2.0)]
    assert smallest_conflict(answers, always=np.empty((0, 3)), count=3) == ()
    assert smallest_conflict(answers, always=_positive(3), count=3) == (0, 1)


def test_answers_that_agree_have_no_conflict() -> None:
    """Answers that can all hold, one without rows, and no answers at all, give an empty tuple."""
    answers = [_ratio(3, 0, 1, 2.0), np.empty((0, 3)), _ratio(3, 1, 2, 3.0), _ratio(3, 0, 2, 6.0)]
    assert smallest_conflict(answers, always=_positive(3), count=3) == ()
    assert smallest_conflict([], always=_positive(3), count=3) == ()


def test_rows_that_hold_anyway_must_be_possible() -> None:
    """If nothing fits before any answer there is no conflict of answers to give."""
    always = np.vstack([_positive(2), [[-1.0, 0.0]]])
    with pytest.raises(ValueError, match="always hold"):
        smallest_conflict([np.array([[1.0, -1.0]])], always=always, count=2)

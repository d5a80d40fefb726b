from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
import pytest

from afweging.methods.best_worst import BestWorst, answers
from afweging.methods.best_worst_consistency import (
    SCALE,
    beyond_extremes,
    consistency_threshold,
    extreme_mismatch,
    input_based_ratio,
    ordinal_conflicts,
    outside_scale,
    passes,
    repairs,
    self_comparison_faults,
    single_repairs,
    worst_answers,
)

if TYPE_CHECKING:
    from afweging.methods.elicitation_report import Repair


def _random_answers(seed: int, *, size: int) -> BestWorst:
    rng = np.random.default_rng(seed)
    best, worst = rng.permutation(size)[:2]
    span = rng.integers(3, 10)
    from_best, to_worst = rng.integers(1, span + 1, (2, size))
    from_best[best] = to_worst[worst] = 1
    from_best[worst] = to_worst[best] = span
    return answers(from_best, to_worst, best=best, worst=worst)


def _with(given: BestWorst, first: int, second: int, value: float) -> BestWorst | None:
    """Return the answers with another value; None if another criterion would go beyond the ends."""
    from_best, to_worst = given.best_to_others.copy(), given.others_to_worst.copy()
    if first == given.best:
        from_best[second] = value
    if second == given.worst:
        to_worst[first] = value
    changed = answers(from_best, to_worst, best=given.best, worst=given.worst)
    beyond = max(from_best.max(), to_worst.max()) > changed.span
    return None if beyond else changed


def _apply(given: BestWorst, repair: Repair) -> BestWorst:
    changed = _with(given, repair.first, repair.second, repair.proposed)
    assert changed is not None
    return changed


@pytest.mark.parametrize("seed", range(40))
def test_a_single_repair_passes_and_nothing_smaller_does(seed: int) -> None:
    """With the proposed answer the threshold is met; with every nearer answer it is not."""
    given = _random_answers(seed, size=5)
    found = single_repairs(given)
    if passes(given):
        assert found == repairs(given) == ()
        return
    for each in found:
        assert passes(_apply(given, each))
        assert input_based_ratio(_apply(given, each)) == pytest.approx(each.index)
        nearer = [value for value in SCALE if abs(np.log(value / each.given)) < each.size - 1e-9]
        tried = (_with(given, each.first, each.second, value) for value in nearer)
        assert not any(passes(changed) for changed in tried if changed is not None)


@pytest.mark.parametrize("seed", range(40))
def test_repairs_together_make_it_clean(seed: int) -> None:
    """After all changes, made one after the other, the answers pass, and not before."""
    given = _random_answers(seed, size=6)
    needed = repairs(given)
    for each in needed:
        assert not passes(given)
        given = _apply(given, each)
        assert input_based_ratio(given) == pytest.approx(each.index)
    assert passes(given)


def test_every_chain_can_be_repaired() -> None:
    """For every size and all whole answers up to a_BW, repairs exist and make the answers pass."""
    for size, span in itertools.product((3, 4, 9), range(3, 10)):
        for one, two in itertools.product(range(1, span + 1), repeat=2):
            rest = size - 3
            given = answers(
                [1, one, *[1] * rest, span], [span, two, *[span] * rest, 1], best=0, worst=size - 1
            )
            for each in repairs(given):
                given = _apply(given, each)
            assert passes(given)


def test_a_slip_is_found_and_named() -> None:
    """Both answers about the criterion with the slip come first, and the repair is one of them."""
    given = answers([2, 1, 4, 8, 8], [4, 8, 2, 4, 1], best=1, worst=4)  # 8 where 2 was meant
    worst = worst_answers(given)[:2]
    assert {(each.first, each.second, each.given) for each in worst} == {(1, 3, 8), (3, 4, 4)}
    assert all(each.implied < each.given for each in worst)
    assert worst[0].size == pytest.approx(worst[1].size)
    assert {(each.first, each.second) for each in single_repairs(given)} <= {(1, 3), (3, 4)}


def test_consistent_answers_have_no_worst() -> None:
    """Where all answers agree with the weights, nothing is named and nothing repaired."""
    given = answers([2, 1, 4, 2, 8], [4, 8, 2, 4, 1], best=1, worst=4)
    assert worst_answers(given) == ()
    assert ordinal_conflicts(given) == ()
    assert input_based_ratio(given) == 0
    assert passes(given)


def test_best_against_worst_is_named_once() -> None:
    """Where all chains say 4 and the answer is 9, that answer is the worst, and is there once."""
    found = worst_answers(answers([2, 1, 2, 9], [2, 9, 2, 1], best=1, worst=3), count=10)
    assert (found[0].first, found[0].second, found[0].given) == (1, 3, 9)
    assert found[0].implied == pytest.approx(6)
    assert len({(each.first, each.second) for each in found}) == len(found) == 5


def test_opposite_orders_are_conflicts() -> None:
    """A pair put in one order by the best and in the other by the worst is there once; ties not."""
    given = answers([1, 2, 3, 4, 9], [9, 3, 5, 3, 1], best=0, worst=4)
    assert ordinal_conflicts(given) == ((1, 2),)


def test_ratio_is_one_at_its_worst() -> None:
    """A product as large as it can be has ratio 1; best and worst that count the same have 0."""
    assert input_based_ratio(answers([1, 9, 9], [9, 9, 1], best=0, worst=2)) == 1
    assert input_based_ratio(answers([1, 3, 1], [1, 3, 1], best=0, worst=2)) == 0


def test_thresholds_stand_only_in_their_table() -> None:
    """Corners of the table, and nothing outside it or for answers between whole numbers."""
    assert consistency_threshold(3, 3.0) == 0.1667
    assert consistency_threshold(9, 9.0) == 0.3662
    assert consistency_threshold(3, 9.0) == 0.1359
    assert consistency_threshold(9, 4.0) == 0.2683
    for size, span in ((2, 5.0), (10, 5.0), (5, 2.0), (5, 10.0), (5, 4.5)):
        assert consistency_threshold(size, span) is None


def test_without_a_threshold_nothing_is_judged() -> None:
    """Inconsistent answers outside the table neither pass nor fail, and get no repair."""
    given = answers([1, 2, 2], [2, 2, 1], best=0, worst=2)
    assert passes(given) is None
    assert single_repairs(given) == repairs(given) == ()
    assert passes(answers([1, 1, 2], [2, 2, 1], best=0, worst=2)) is True


def test_faults_are_found_where_they_stand() -> None:
    """Each check names the comparisons that break its rule, and those only."""
    from_best = np.array([2.0, 1.0, 10.0, 9.0, 8.0])
    to_worst = np.array([0.5, 7.0, np.nan, 2.0, 3.0])
    at = {"best": 1, "worst": 4}
    assert outside_scale(from_best, to_worst, **at) == ((1, 2), (0, 4), (2, 4))
    assert self_comparison_faults(from_best, to_worst, **at) == ((4, 4),)
    assert extreme_mismatch(from_best, to_worst, **at) == ((1, 4),)
    assert beyond_extremes(from_best, to_worst, **at) == ((1, 2), (1, 3))
    fine = np.array([1.0, 2.0, 8.0]), np.array([8.0, 4.0, 1.0])
    checks = (outside_scale, self_comparison_faults, extreme_mismatch, beyond_extremes)
    assert all(check(*fine, best=0, worst=2) == () for check in checks)


def test_answers_beyond_the_extremes_get_no_repair() -> None:
    """Who finds another criterion worse than the worst has to choose another worst first."""
    given = answers([1, 9, 9, 8], [8, 2, 2, 1], best=0, worst=3)
    for function in (single_repairs, repairs):
        with pytest.raises(ValueError, match="exceeds"):
            function(given)


def test_a_batch_is_refused() -> None:
    """Consistency is reported to one person, so asked of one person."""
    given = answers([[1, 2, 8]], [[8, 4, 1]], best=[0], worst=[2])
    for function in (input_based_ratio, ordinal_conflicts, passes):
        with pytest.raises(ValueError, match="one person"):
            function(given)

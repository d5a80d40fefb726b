from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.faulty import BEST_ANSWERS, BEST_WORST_CASES, EXTREMES, WORST_ANSWERS, asked
from tests.folders import Case, check_case, params, write

from afweging.io.problem_file import read_problem

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("case", params(BEST_WORST_CASES))
def test_a_fault_in_best_worst_answers_is_named_with_its_place(case: Case, tmp_path: Path) -> None:
    """What keeps the best-worst method from giving weights is named with line and column."""
    check_case(case, tmp_path)


SOUND = (
    asked("all-answers", "bwm", f"{EXTREMES}\n{BEST_ANSWERS}\n{WORST_ANSWERS}"),
    asked("answers-in-another-order", "bwm", f"{WORST_ANSWERS}\n{EXTREMES}\n{BEST_ANSWERS}"),
    asked(
        "answers-that-contradict-each-other",
        "bwm",
        f"{EXTREMES}\n{BEST_ANSWERS}\n{WORST_ANSWERS}".replace("times: 4", "times: 1"),
    ),
    asked(
        "answers-between-whole-numbers",
        "bwm",
        f"{EXTREMES}\n{BEST_ANSWERS}\n{WORST_ANSWERS}".replace("times: 4", "times: 3.5"),
    ),
    asked(
        "two-parts",
        "bwm",
        "{kind: best, first: sfeer}\n{kind: worst, first: bomen}\n"
        "{kind: ratio, first: sfeer, second: bomen, times: 9}",
    ),
)


@pytest.mark.parametrize("case", params(SOUND))
def test_answers_that_give_weights_are_no_fault(case: Case, tmp_path: Path) -> None:
    """Order, rounding and contradiction are no faults; how far answers agree is found later."""
    (profile,) = read_problem(write(tmp_path, case.files)).profiles
    assert len(profile.judgements) == case.new.count("{kind:")

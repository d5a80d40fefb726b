from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
from tests.analysis.random_problems import SMALL, random_problem

from afweging.analysis.compare import compare
from afweging.analysis.gaps import missing_effects
from afweging.model.problem import DecisionProblem, Effects


def _with_gap(
    problem: DecisionProblem, place: tuple[int, int, int], *, row: bool
) -> DecisionProblem:
    arrays = {each.name: getattr(problem.effects, each.name).copy() for each in fields(Effects)}
    for name in ("low", "mode", "high"):
        arrays[name][place] = np.nan
    arrays["present"][place] = row
    return replace(problem, effects=Effects(**arrays))


def test_a_missing_row_is_a_fault_by_name() -> None:
    """An effect without a row is named by option, case (where there is a choice) and criterion."""
    problem = _with_gap(random_problem(2, SMALL), (1, 2, 3), row=False)
    found = missing_effects(problem)
    assert [(fault.code, fault.value) for fault in found] == [("effect-missing", "O3 · S2 · C4")]


def test_a_declared_gap_is_no_fault_but_counts() -> None:
    """A gap that is declared is no missing row, and the comparison counts it."""
    problem = _with_gap(random_problem(2, SMALL), (1, 2, 3), row=True)
    assert missing_effects(problem) == ()
    assert dict(compare(problem).gaps) == {"O3": 1}

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.analysis.random_problems import Shape, leaf, plain_problem, random_problem

import afweging as afw
from afweging.analysis.perspectives import view_perspectives
from afweging.model.problem import DecisionProblem, Label
from afweging.model.text import Text

OWN = (Label("migrants", Text("Arbeidsmigranten")),)


def _problem(*weights: float) -> DecisionProblem:
    """Return three options on three criteria, of which the last two are of one perspective."""
    leaves = tuple(
        leaf(f"c{k}", weight, perspective=None if k == 0 else "migrants")
        for k, weight in enumerate(weights)
    )
    mode = [[[1.0, 0.2, 0.1], [0.0, 0.6, 0.7], [0.5, 0.8, 0.1]]]
    return replace(plain_problem(mode, leaves), perspectives=OWN)


def test_scores_are_those_of_their_own_criteria() -> None:
    """Weights 2 and 1 among their own criteria: (2 x + y) / 3, whatever the others weigh."""
    (view,) = view_perspectives(afw.compare(_problem(9, 2, 1)))
    assert view.weight == pytest.approx(0.25)
    assert [low for _, low, _ in view.scores] == pytest.approx([0.5 / 3, 1.9 / 3, 1.7 / 3])
    names = [name for name, _, _ in view.scores]
    assert view.best == (names[1],)
    assert view.worst == (names[0],)


def test_without_weight_there_is_no_view() -> None:
    """Criteria that do not count say nothing about how anyone fares."""
    assert view_perspectives(afw.compare(_problem(1, 0, 0))) == ()


@pytest.mark.parametrize("seed", range(6))
def test_a_gap_can_leave_open_who_is_best(seed: int) -> None:
    """The best and the worst that are told are so at every value of the gaps."""
    problem = random_problem(seed, Shape(gaps=4))
    for view in view_perspectives(afw.compare(problem)):
        low = {name: score for name, score, _ in view.scores}
        high = {name: score for name, _, score in view.scores}
        for name in view.best:
            assert all(low[name] >= high[other] - 1e-9 for other in low if other not in view.best)
        for name in view.worst:
            assert all(high[name] <= low[other] + 1e-9 for other in low if other not in view.worst)

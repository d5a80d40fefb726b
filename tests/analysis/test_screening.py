from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.analysis.oracle import Oracle
from tests.analysis.random_problems import Shape, leaf, plain_problem, random_problem, text

from afweging.analysis.compare import compare
from afweging.analysis.screening import admissible, certainly_admissible
from afweging.model.problem import Requirement
from afweging.model.result import Request

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afweging.model.problem import DecisionProblem

NAN = float("nan")


def _bounded(
    rows: Sequence[Sequence[Sequence[float]]],
    *,
    threshold: float,
    tolerated: float = 0.0,
    falls: bool = False,
) -> DecisionProblem:
    worst, best = (10.0, 0.0) if falls else (0.0, 10.0)
    children = (leaf("a", worst=worst, best=best), leaf("b", worst=0, best=10))
    need = Requirement("E", text("E"), "a", threshold, "expert", tolerated)
    return replace(plain_problem(rows, children), requirements=(need,))


@pytest.mark.parametrize("seed", range(10))
def test_screening_equals_a_count(seed: int) -> None:
    """Verdict, count and weight of failing cases are those of a plain count, gaps included."""
    problem = random_problem(seed, Shape(gaps=6, requirements=2))
    given = {w.id: w.value or 0.0 for w in problem.region_weights[0].weights}
    oracle = Oracle(problem, shares={"region": given})
    found = compare(problem, Request(region_weights="banen"))
    for each in found.screening:
        surely, maybe, low, high = oracle.failing(each.requirement, each.alternative)
        assert each.failing_cases == (surely, maybe)
        assert (each.failing_share.low, each.failing_share.high) == pytest.approx((low, high))
        assert each.verdict == oracle.verdict(each.requirement, each.alternative)
    names = [a.id for a in problem.alternatives]
    assert [name for name, ok in zip(names, found.admissible, strict=True) if ok] == oracle.allowed
    sure = certainly_admissible(problem, found.screening)
    assert {name for name, ok in zip(names, sure, strict=True) if ok} == oracle.certain


def test_at_the_threshold_is_met() -> None:
    """At least means at least: an effect on the threshold meets it, in both directions."""
    up = compare(_bounded([[[5, 1], [4.9, 9]]], threshold=5))
    down = compare(_bounded([[[5, 1], [5.1, 9]]], threshold=5, falls=True))
    assert up.admissible == down.admissible == (True, False)


def test_tolerated_share_is_a_share_of_the_weight() -> None:
    """One failing case of three is tolerated by a third, and not by a little less."""
    rows = [[[5, 1], [9, 9]], [[4, 1], [9, 9]], [[6, 1], [9, 9]]]
    assert compare(_bounded(rows, threshold=5, tolerated=1 / 3)).admissible == (True, True)
    assert compare(_bounded(rows, threshold=5, tolerated=0.33)).admissible == (False, True)
    likely = Request(likelihoods=(("S1", 0.7), ("S2", 0.1), ("S3", 0.2)))
    found = compare(_bounded(rows, threshold=5, tolerated=0.2), likely)
    assert found.admissible == (True, True)


def test_screened_out_is_shown_but_not_ranked() -> None:
    """An option that fails keeps its score, has no rank, and is first nowhere."""
    found = compare(_bounded([[[4, 10], [6, 1], [5, 4]]], threshold=5))
    assert [(line.id, line.rank) for line in found.ranking] == [("O3", 1), ("O2", 2), ("O1", None)]
    assert found.ranking[2].score.low == pytest.approx(0.7)
    assert found.first.overall.alternatives == ("O3",)
    assert {each.alternative for each in found.regret.over_scenarios} == {"O2", "O3"}


def test_where_all_fail_all_are_ranked() -> None:
    """Where no option meets the requirements, none is left out."""
    found = compare(_bounded([[[4, 10], [3, 1]]], threshold=5))
    assert found.admissible == (True, True)
    assert [line.rank for line in found.ranking] == [1, 2]
    assert certainly_admissible(found.problem, found.screening).all()


def test_a_gap_under_a_requirement_unsettles_the_winner() -> None:
    """A winner that a gap may screen out is not settled, and the next may be first."""
    rows: list[list[list[float]]] = [[[6, 10], [6, 4]], [[NAN, 10], [6, 4]]]
    found = compare(_bounded(rows, threshold=5))
    assert [each.verdict for each in found.screening] == ["depends", "meets"]
    assert found.admissible == (True, True)
    assert found.scores.expected.low[0] > found.scores.expected.high[1]
    assert found.first.overall.alternatives == ("O1", "O2")
    assert not found.first.overall.settled
    assert [(line.id, line.rank, line.worst_rank) for line in found.ranking] == [
        ("O1", 1, 1),
        ("O2", 1, 2),
    ]


def test_a_gap_that_cannot_matter_leaves_the_verdict() -> None:
    """With a tolerated share that covers the gap the requirement is met for certain."""
    rows: list[list[list[float]]] = [[[6, 10], [6, 4]], [[NAN, 10], [6, 4]]]
    found = compare(_bounded(rows, threshold=5, tolerated=0.5))
    assert [each.verdict for each in found.screening] == ["meets", "meets"]
    assert found.first.overall.settled


def test_without_requirements_everything_is_admissible() -> None:
    """No requirement, no screening."""
    problem = random_problem(1, Shape(requirements=0))
    assert admissible(problem, ()).all()
    assert compare(problem).screening == ()

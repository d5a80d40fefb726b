from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pytest
from tests.analysis.random_problems import Shape
from tests.live.browsing import LAPTOP, browser, open_face
from tests.memo.matters import brabant, random_matter
from tests.memo.report.computing import Program, as_read, play, random_moves
from tests.memo.report.made import MATTERS, report_of, written

from afweging.analysis.compare import compare
from afweging.analysis.session.outcome import score
from afweging.analysis.weights import global_weights
from afweging.memo.report.what_if import MOST_CASES, case_values, refusal_of, what_if_document
from afweging.model.result import Request

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

MOVES = int(os.environ.get("AFWEGING_REPORTS", "40"))  # a long run has 1000, and 20 problems more
PROBLEMS = max(1, MOVES // 50)


@pytest.fixture(scope="module")
def shown() -> Iterator[Browser]:
    """Return a browser for all tests here."""
    with browser() as found:
        yield found


@pytest.mark.parametrize("name", MATTERS)
def test_the_page_computes_what_the_program_does(name: str, shown: Browser, tmp_path: Path) -> None:
    """After each of many moves every number is the same double, and every text the same."""
    matter = MATTERS[name]()
    face = open_face(shown, written(tmp_path, report_of(matter)), LAPTOP)
    program = Program(matter)
    moves = random_moves(matter, MOVES, seed=len(name))
    for move, found in zip(moves, play(face.page, moves), strict=True):
        assert as_read(found) == program.play(move), move
    assert face.faults == []
    face.page.context.close()


@pytest.mark.parametrize("seed", range(100, 100 + PROBLEMS))
def test_random_problems_compute_alike(seed: int, shown: Browser, tmp_path: Path) -> None:
    """Problems of every form, in both languages."""
    rng = np.random.default_rng(seed)
    shape = Shape(
        options=int(rng.integers(1, 13)),
        scenarios=int(rng.integers(1, 5)),
        clones=int(rng.integers(0, 2)),
        requirements=int(rng.integers(0, 4)),
        linear=bool(rng.integers(2)),
    )
    matter = random_matter(seed, shape, "nl" if seed % 2 else "en")
    face = open_face(shown, written(tmp_path, report_of(matter)), LAPTOP)
    program = Program(matter)
    moves = random_moves(matter, MOVES, seed=seed)
    for move, found in zip(moves, play(face.page, moves), strict=True):
        assert as_read(found) == program.play(move), (shape, move)
    assert face.faults == []
    face.page.context.close()


def test_the_weights_of_the_report_give_its_scores() -> None:
    """The values per lens add up, with the weights in use, to the scores of the comparison."""
    comparison = brabant().comparison
    found = what_if_document(comparison, brabant().words)
    assert found is not None
    scores = score(np.array(found["values"]), np.array(found["weights"]))
    expected = comparison.scores.expected.low[np.array(comparison.admissible)]
    assert np.abs(scores - expected).max() < 1e-12


def test_the_values_of_the_cases_have_the_mean_of_all() -> None:
    """Weighted by the cases they give the values over all, and there is a name for each."""
    comparison = brabant().comparison
    found = what_if_document(comparison, brabant().words)
    assert found is not None
    cases = np.array(found["by_case"])
    mean = np.einsum("s,sal->al", comparison.weights.cases, cases)
    assert np.abs(mean - np.array(found["values"])).max() < 1e-12
    names = found["names"]["cases"]  # type: ignore[index]
    assert len(names) == len(set(names)) == 60
    assert names[0].count(" · ") == 2


def test_a_profile_with_other_weights_keeps_those_within_the_lenses() -> None:
    """With a profile in use they are said; its weights come out, under an id that is free."""
    problem = brabant().comparison.problem
    comparison = compare(problem, Request(profile="gs_economie"))
    found = what_if_document(comparison, brabant().words)
    assert found is not None
    said = cast("dict[str, Any]", found["profile"])
    within = tuple((each["id"], tuple(map(tuple, each["weights"]))) for each in said["within"])
    root = tuple(zip(found["lenses"], found["weights"], strict=True))  # type: ignore[call-overload]
    named = next(each for each in problem.profiles if each.id == "gs_economie")
    profile = replace(named, id=said["id"], weights=((said["root"], root), *within), judgements=())
    weights = global_weights(problem.tree, profile)
    assert np.abs(weights - comparison.weights.criteria).max() < 1e-15
    taken = replace(problem, profiles=(*problem.profiles, profile))
    again = what_if_document(compare(taken), brabant().words)
    assert again is not None
    assert cast("dict[str, Any]", again["profile"]) == {
        "id": "what_if2",
        "root": problem.tree.id,
        "within": [],
    }


def test_cases_are_not_chosen_where_there_are_too_many_or_only_scenarios() -> None:
    """One region and horizon leave the scenarios; hundreds of cases are left out."""
    few = random_matter(2, Shape(options=3, regions=1, horizons=1))
    many = random_matter(2, Shape(options=3, scenarios=3, regions=9, horizons=9, requirements=0))
    assert len(many.comparison.weights.cases) > MOST_CASES
    assert [len(case_values(each.comparison)) for each in (few, many)] == [0, 0]


def test_missing_effects_are_a_refusal() -> None:
    """Where effects are missing nothing is computed in the page, and its text says so."""
    matter = random_matter(6, Shape(gaps=2))
    assert refusal_of(matter.comparison) == "gaps"
    assert what_if_document(matter.comparison, matter.words) is None

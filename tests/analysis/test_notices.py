from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from tests.analysis.expected_sentences import Expected
from tests.analysis.oracle import Oracle
from tests.analysis.random_problems import (
    Shape,
    leaf,
    plain_problem,
    random_problem,
    table_effects,
    text,
    with_mode,
)

from afweging.analysis import notice_sentences
from afweging.analysis.compare import compare
from afweging.model.problem import Alternative, CaseWeight, CaseWeightSet, DecisionProblem
from afweging.model.provenance import Source
from afweging.model.result import Request
from afweging.wording import Words

NAN = float("nan")
TWO = (leaf("a", 60, worst=0, best=10), leaf("b", 40, worst=100, best=0))


def _facts(problem: DecisionProblem, code: str, **asked: object) -> list[dict[str, object]]:
    request = Request(**asked)  # type: ignore[arg-type]
    return [dict(each.facts) for each in compare(problem, request).notices if each.code == code]


def test_narrow_is_the_widest_range_in_one_case() -> None:
    """Options that differ by 9 % of the scale at most are narrow, by 10 % they are not."""
    rows: list[list[list[float]]] = [[[5, 10], [5.9, 90]], [[2, 10], [2.1, 90]]]
    (only,) = _facts(plain_problem(rows, TWO), "narrow-range")
    assert only == {"criterion": "a", "share": pytest.approx(0.09)}
    rows[1][1][0] = 3.0
    assert _facts(plain_problem(rows, TWO), "narrow-range") == []


def test_levels_that_differ_between_cases_alone_stay_narrow() -> None:
    """What differs between scenarios but not between options does not tell options apart."""
    rows = [[[1, 10], [1, 90]], [[9, 10], [9, 90]]]
    assert _facts(plain_problem(rows, TWO), "narrow-range") == [{"criterion": "a", "share": 0}]


def test_narrow_looks_at_the_cases_asked() -> None:
    """A criterion that is narrow in the scenario asked is reported, though not in all."""
    rows = [[[5, 10], [5, 90]], [[1, 10], [9, 90]]]
    problem = plain_problem(rows, TWO)
    assert _facts(problem, "narrow-range") == []
    assert len(_facts(problem, "narrow-range", scenarios=("S1",))) == 1


def test_a_gap_makes_no_criterion_narrow() -> None:
    """Where an effect is missing the range is not known, and nothing is claimed."""
    rows: list[list[list[float]]] = [[[5, 10], [NAN, 90], [5, 20]]]
    assert _facts(plain_problem(rows, TWO), "narrow-range") == []


def test_one_option_has_no_range() -> None:
    """With a single option there is nothing that could differ."""
    assert _facts(plain_problem([[[5, 10]]], TWO), "narrow-range") == []


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("gaps", [0, 2])
def test_correlations_equal_plain_loops(seed: int, gaps: int) -> None:
    """Pairs and correlations are those of loops over options within cases with their level out."""
    problem = random_problem(seed, Shape(options=4, scenarios=2, regions=1, gaps=gaps))
    mode = problem.effects.mode.copy()
    mode[..., 0] = 3 * mode[..., 3] + 0.1 * mode[..., 0]
    mode[..., 5] = -2 * mode[..., 4] + 0.01 * mode[..., 5]
    turned = with_mode(problem, mode)
    tree = replace(turned.tree, children=_straight(turned))
    plain = replace(turned, tree=tree, profiles=())
    found = {(fact["first"], fact["second"]): fact["rho"] for fact in _facts(plain, "correlated")}
    expected = Expected(Oracle(plain), Words("nl")).correlated()
    assert {(a, b): pytest.approx(rho) for a, b, rho in expected} == found
    assert ("C5", "C6") in found or gaps


def _straight(problem: DecisionProblem) -> tuple:  # type: ignore[type-arg]
    return tuple(leaf(c.id, 1.0, worst=-900, best=900, outside="clip") for c in problem.criteria)


def test_two_options_in_a_case_correlate_with_nothing() -> None:
    """Two complete options always move together, so they say nothing about criteria."""
    rows: list[list[list[float]]] = [[[1, 10], [9, 90], [NAN, 50]]]
    assert _facts(plain_problem(rows, TWO), "correlated") == []
    rows[0][2] = [5, 60]
    (only,) = _facts(plain_problem(rows, TWO), "correlated")
    rho = np.corrcoef([1, 9, 5], [10, 90, 60])[0, 1]
    assert only["rho"] == pytest.approx(-rho)  # of b, less is better: they pull apart
    rows[0][2] = [2, 90]
    assert _facts(plain_problem(rows, TWO), "correlated") == []


def test_a_constant_of_large_numbers_correlates_with_nothing() -> None:
    """Rounding noise in constants of a million is no correlation."""
    children = tuple(leaf(name, worst=0, best=3e6) for name in "ab")
    rows = [[[1e6 + 0.1, 1e6 + 0.1]] * 3, [[7e5 + 0.3, 1e6 + 0.7]] * 3]
    assert _facts(plain_problem(rows, children), "correlated") == []


def test_clipped_counts_effects_beyond_the_scale() -> None:
    """Effects beyond the ends of a scale that is clipped are counted, on it they are not."""
    children = (leaf("a", worst=0, best=10, outside="clip"), TWO[1])
    problem = plain_problem([[[-1, 10], [10, 90]], [[10.5, 10], [0, 90]]], children)
    assert _facts(problem, "clipped") == [{"criterion": "a", "count": 2}]


def test_shared_sources_count_at_one_remove() -> None:
    """A source under two lenses is named, also where one of them rests on it; assumptions not."""
    problem = plain_problem([[[1, 10], [9, 90]]], TWO)
    sources = (
        Source("F", "primary", text("F")),
        Source("D", "derived", text("D"), based_on=("F",)),
        Source("A", "assumption", text("A")),
    )
    codes = np.array([[[0, 1], [2, 2]]], dtype=np.int32)
    effects = table_effects(problem.effects.mode, source=codes)
    found = _facts(replace(problem, sources=sources, effects=effects), "shared-source")
    assert found == [{"source": "F", "lenses": ("a", "b")}]


def test_packages_and_requirements_between_options() -> None:
    """A package that stands beside its parts, and an option that needs another, are named."""
    options = (
        Alternative("O1", text("O1"), parts=("O2", "X")),
        Alternative("O2", text("O2"), requires=("O1",)),
    )
    problem = replace(plain_problem([[[1, 10], [9, 90]]], TWO), alternatives=options)
    assert _facts(problem, "package") == [{"option": "O1", "parts": ("O2",)}]
    assert _facts(problem, "requires") == [{"option": "O2", "others": ("O1",)}]


def test_unlike_figures_are_those_that_count() -> None:
    """Region weights of different years are reported, but not for regions that were not asked."""
    problem = random_problem(1, Shape(regions=3))
    weights = tuple(CaseWeight(f"R{i}", float(i), "measured", f"F{i % 2}") for i in (1, 2, 3))
    problem = replace(problem, region_weights=(CaseWeightSet("x", text("x"), weights),))
    found = _facts(problem, "unlike-figures", region_weights="x")
    assert found == [{"set": "x", "years": ("2020", "2021")}]
    part = _facts(problem, "unlike-figures", region_weights="x", regions=("R1", "R3"))
    assert part == []
    assert _facts(problem, "unlike-figures") == []


def test_profiles_are_marked() -> None:
    """A profile written about a group is marked when used; those without ranges always."""
    problem = random_problem(1)
    about = next(profile.id for profile in problem.profiles if profile.origin == "about")
    without = tuple(profile.id for profile in problem.profiles if not profile.ranges)
    assert _facts(problem, "written-about", profile=about) == [{"profile": about}]
    assert _facts(problem, "written-about") == []
    (found,) = _facts(problem, "no-ranges", profile=about)
    assert found == {"profiles": without, "used": about}
    words = Words("en")
    told = notice_sentences.notices(compare(problem, Request(profile=about)), words)
    assert f"The weights of {about}-name were not drawn up by the group itself." in told
    assert any(line.startswith(f"In {len(without)} of the 3 profiles") for line in told)


def test_zero_weights_are_named() -> None:
    """Criteria that do not count are named."""
    problem = plain_problem([[[1, 10], [9, 90]]], (TWO[0], replace(TWO[1], weight=0.0)))
    assert _facts(problem, "zero-weight") == [{"criteria": ("b",)}]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_notices_in_sentences(language: str) -> None:
    """Each notice names its criteria in the language, with its number."""
    rows = [[[5, 10], [5.9, 90], [5.6, 35]]]
    told = " ".join(
        notice_sentences.notices(compare(plain_problem(rows, TWO)), Words(language))  # type: ignore[arg-type]
    )
    rho = np.corrcoef([5, 5.9, 5.6], [10, 90, 35])[0, 1]
    assert 0.8 < rho < 0.99
    if language == "nl":
        assert "a-naam (9" in told
        assert f"a-naam met b-naam (correlatie −0,{math.floor(rho * 100 + 0.5)})" in told
    else:
        assert "a-name (9" in told
        assert f"a-name with b-name (correlation −0.{math.floor(rho * 100 + 0.5)})" in told


def test_effects_without_a_source_are_counted() -> None:
    """A number that names no source, not even an assumption, is said to be without one."""
    (facts,) = _facts(plain_problem([[[1, 10], [9, 90], [NAN, 50]]], TWO), "no-source")
    assert facts == {"count": 5, "total": 5}

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.analysis.expected_sentences import Expected
from tests.analysis.oracle import Oracle
from tests.analysis.random_problems import SMALL, Shape, random_problem

from afweging.analysis import sentences
from afweging.analysis.compare import compare
from afweging.analysis.explain import explain
from afweging.analysis.explanation_sentences import explanation_sentences
from afweging.io.problem_file import read_problem
from afweging.model.result import Request
from afweging.wording import Words

if TYPE_CHECKING:
    from afweging.model.problem import DecisionProblem
    from afweging.model.result import Comparison
    from afweging.wording import Language

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
ONE_CASE = Shape(options=3, scenarios=1, regions=1, horizons=1)
MANY = Shape(options=3, scenarios=2, regions=8, horizons=1)
SHAPES = {
    "plain": Shape(),
    "one case": ONE_CASE,
    "ties": Shape(clones=2),
    "all tied": Shape(options=3, clones=2),
    "gap": Shape(gaps=1),
    "gaps": Shape(gaps=6, requirements=2),
    "gap in one case": Shape(options=3, scenarios=1, regions=1, horizons=1, gaps=1),
    "strict": Shape(requirements=4),
    "no requirements": Shape(requirements=0, profiles=0),
    "one option": Shape(options=1),
    "many regions": MANY,
    "small": SMALL,
}


@dataclass(frozen=True)
class Asked:
    """A comparison, and the oracle that answers the same request."""

    found: Comparison
    oracle: Oracle
    likely: bool = False


def _asked(problem: DecisionProblem, how: int) -> Asked:
    """Return one of three requests: as it is; weights and likelihoods; a profile and a part."""
    if how == 1:
        sets = {"scenario": problem.scenario_likelihoods, "region": problem.region_weights}
        shares = {
            axis: {weight.id: weight.value or 0.0 for weight in found[0].weights}
            for axis, found in sets.items()
        }
        likelihoods = shares["scenario"]
        total = sum(likelihoods.values())
        given = tuple((name, value / total) for name, value in likelihoods.items())
        request = Request(region_weights="banen", likelihoods=given)
        return Asked(compare(problem, request), Oracle(problem, shares=shares), likely=True)
    if how == 2 and problem.profiles:
        chosen = {"scenario": [label.id for label in problem.scenarios[:2]]}
        profile = problem.profiles[1].id
        request = Request(profile=profile, scenarios=tuple(chosen["scenario"]))
        return Asked(compare(problem, request), Oracle(problem, profile=profile, chosen=chosen))
    return Asked(compare(problem), Oracle(problem))


NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def _read(line: str, language: Language) -> tuple[str, list[tuple[float, float]]]:
    """Return a line without its numbers, and each number with half a unit of its last digit."""
    thousands, point = (".", ",") if language == "nl" else (",", ".")
    numbers = []
    for shown in NUMBER.findall(line):
        plain = shown.replace(thousands, "").replace(point, ".")
        places = len(plain.partition(".")[2])
        numbers.append((float(plain), 0.5 * 10**-places))
    return NUMBER.sub("#", line), numbers


def _same(told: list[str], expected: list[str], language: Language) -> None:
    """Hold lines to others: the same words, and numbers that differ in rounding at most."""
    assert len(told) == len(expected)
    for line, other in zip(told, expected, strict=True):
        (words, numbers), (others, again) = _read(line, language), _read(other, language)
        assert words == others
        for (number, half), (truth, _) in zip(numbers, again, strict=True):
            assert abs(number - truth) <= 2 * half + 1e-12, (line, other)


def _check(asked: Asked, language: Language) -> None:
    """Hold every sentence to the one with the numbers of the oracle."""
    words = Words(language)
    expected = Expected(asked.oracle, words, likely=asked.likely)
    found = asked.found
    _same(sentences.headline(found, words), expected.headline(), language)
    _same(sentences.requirements(found, words), expected.requirements(), language)
    _same(sentences.winners(found, words), expected.winners(), language)
    _same(sentences.profiles(found, words), expected.profiles(), language)
    _same(sentences.exchange(found, words), expected.exchange(), language)
    every = [criterion.id for criterion in found.problem.criteria]
    _same(sentences.exchange(found, words, every=every), expected.exchange(every), language)
    _same(sentences.evidence(found, words), expected.evidence(), language)
    for first, second in pairwise(asked.oracle.options):
        told = explanation_sentences(found, explain(found, first, second), words)
        _same(told, expected.explanation(first, second), language)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("how", range(3))
@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_every_sentence_holds_on_random_problems(
    shape: Shape, how: int, language: Language
) -> None:
    """Every sentence names whom plain loops name, with the numbers that plain loops find."""
    for seed in range(3):
        _check(_asked(random_problem(seed, shape), how), language)


@pytest.fixture(scope="module", name="brabant")
def _brabant() -> DecisionProblem:
    return read_problem(SCENARIOS / "brabant")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_sentence_holds_on_brabant(brabant: DecisionProblem, language: Language) -> None:
    """Every sentence about the Brabant options follows from its effects by plain loops."""
    _check(Asked(compare(brabant), Oracle(brabant)), language)


def test_every_sentence_holds_for_a_profile_and_a_part(brabant: DecisionProblem) -> None:
    """With other weights, one region and two horizons the sentences hold as well."""
    profile = next(each.id for each in brabant.profiles if each.origin == "about")
    chosen = {"region": ["AM26"], "horizon": ["2030", "2050"]}
    request = Request(profile=profile, regions=("AM26",), horizons=("2050", "2030"))
    oracle = Oracle(brabant, profile=profile, chosen=chosen)
    _check(Asked(compare(brabant, request), oracle), "nl")


@pytest.mark.parametrize("name", ["kantoor", "leervoorbeeld"])
def test_every_sentence_holds_on_the_teaching_problems(name: str) -> None:
    """The two teaching problems say what plain loops find."""
    problem = read_problem(SCENARIOS / name)
    _check(Asked(compare(problem), Oracle(problem)), "en")


def test_the_random_problems_reach_every_turn() -> None:
    """Among the problems above are gaps, ties, nobody admissible, and winners in doubt."""
    found = [_asked(random_problem(seed, s), 0).found for s in SHAPES.values() for seed in range(4)]
    assert any(each.gaps and each.first.overall.settled for each in found)
    assert any(not each.first.overall.settled for each in found)
    assert any(len(each.first.overall.alternatives) > 1 for each in found if not each.gaps)
    assert any(sentences.none_admissible(each) for each in found)
    assert any(v.verdict == "depends" for each in found for v in each.screening)
    assert any(np.isnan(each.regret.by_case.low).any() for each in found)

"""Documents in JSON of usual problems and of odd ones, as the commands write them."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from tests.analysis.futures import without_requirements
from tests.analysis.lens_problems import lens_problem, ordered, random_lens_problem
from tests.analysis.random_problems import Shape, random_problem, table_effects
from tests.functional.json_tables import known_ids

import afweging as afw
from afweging.analysis.compare import compare
from afweging.analysis.flip_document import flip_document
from afweging.analysis.flips import find_flips
from afweging.analysis.robustness import robustness
from afweging.analysis.robustness_document import robustness_document
from afweging.analysis.second_opinion import second_opinion
from afweging.analysis.second_opinion_document import second_opinion_document
from afweging.cli.output import versions
from afweging.io.canonical import canonical_json
from afweging.model.result import Request

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.functional.json_tables import Ids

    from afweging.analysis.opinion_table import Basis
    from afweging.analysis.weight_draws import WeightKind
    from afweging.model.problem import DecisionProblem

DRAWS = 200
ANSWERED = Request(profile="volgorde")


@dataclass(frozen=True, slots=True)
class Written:
    """A document as it is read back, and the ids that may be in it."""

    content: dict[str, object]
    ids: Ids

    @property
    def form(self) -> str:
        """The format it says it has."""
        return str(self.content["format"])


@cache
def documents() -> tuple[Written, ...]:
    """Return documents of each format."""
    return (*_robust(), *_flips(), *_opinions())


def _written(document: dict[str, object], problem: DecisionProblem) -> Written:
    """Return what the command writes of a document; odd problems here need no real digest."""
    whole = {**document, "versions": versions(), "digest": "0" * 64}
    return Written(json.loads(canonical_json(whole)), known_ids(problem))


@cache
def _brabant() -> DecisionProblem:
    """Return a real problem in which estimates err together, those of one source uniformly."""
    problem = afw.read_problem("scenarios/brabant")
    used = set(problem.effects.source.ravel().tolist())
    even = min(place for place in used if place >= 0)
    sources = tuple(
        replace(source, correlated=True, distribution="uniform" if place == even else "triangular")
        if place in used
        else source
        for place, source in enumerate(problem.sources)
    )
    return replace(problem, sources=sources)


@cache
def _kantoor() -> DecisionProblem:
    return afw.read_problem("scenarios/kantoor")


@cache
def _answered() -> DecisionProblem:
    """Return a problem with a profile that has answers about the lenses."""
    problem = random_lens_problem(3, lenses=3)
    return replace(problem, profiles=(*problem.profiles, ordered("ABC")))


@cache
def _hopeless() -> DecisionProblem:
    """Return a problem with an option that is worst at all, and with answers."""
    values = [[0.9, 0.8, 0.9], [0.1, 0.1, 0.1], [0.8, 0.9, 0.9]]
    return lens_problem(values, profiles=[ordered("ABC")])


@cache
def _alone() -> DecisionProblem:
    return lens_problem([[0.5, 0.4, 0.3]])


@cache
def _doubtful() -> DecisionProblem:
    """Return a problem with one lens and one scenario: only estimates decide."""
    problem = lens_problem([[0.5], [0.45]])
    mode = problem.effects.mode
    room = np.array([0.05, 0.4])[None, :, None]  # of each option
    return replace(problem, effects=table_effects(mode, low=mode - room, high=mode + room))


@cache
def _level() -> DecisionProblem:
    """Return a problem in which all options but one are the same, and one lens has all weight."""
    return lens_problem([[0.5, 0.4, 0.3]] * 3 + [[0.1, 0.1, 0.1]], weights=[1.0, 0.0, 0.0])


@cache
def _many_lenses() -> DecisionProblem:
    return random_lens_problem(4, lenses=6)


@cache
def _varied(seed: int) -> DecisionProblem:
    return random_problem(seed, Shape(options=4, horizons=3, requirements=2))


@cache
def _all_fail() -> DecisionProblem:
    """Return a problem in which no option meets a requirement."""
    problem = _varied(2)
    direction = {criterion.id: criterion.direction for criterion in problem.criteria}
    return replace(
        problem,
        requirements=tuple(
            replace(each, threshold=1e9 if direction[each.criterion] == "max" else -1e9)
            for each in problem.requirements
        ),
    )


def _robust() -> Iterator[Written]:
    part = Request(
        scenarios=("SC1", "SC2"),
        regions=("AM25", "AM26"),
        horizons=("2030", "2050"),
        likelihoods=(("SC1", 100.0), ("SC2", 0.0)),
    )
    asked: tuple[tuple[DecisionProblem, Request | None, WeightKind], ...] = (
        (_brabant(), None, "all"),
        (_brabant(), part, "panel"),
        (_kantoor(), None, "near"),
        (_answered(), ANSWERED, "answers"),
        (_hopeless(), ANSWERED, "order"),
        (_alone(), None, "all"),
        (_level(), None, "lenses"),
        (_doubtful(), None, "all"),
        (_many_lenses(), None, "all"),
        (_varied(3), Request(likelihood_set="kansen"), "all"),
        *((_varied(seed), None, "all") for seed in range(3)),
        (without_requirements(_varied(1)), None, "all"),
        (_all_fail(), None, "all"),
    )
    for problem, request, weights in asked:
        found = robustness(problem, request, weights=weights, draws=DRAWS)
        yield _written(robustness_document(found), problem)


def _flips() -> Iterator[Written]:
    for problem, request, first, second in (
        (_brabant(), None, "O7", "O6"),
        (_brabant(), Request(profile="gelijk"), "O7", "O8"),
        (_kantoor(), None, "addison", "bilton"),
        (_answered(), ANSWERED, "O1", "O2"),
        (_hopeless(), ANSWERED, "O1", "O2"),
        (_hopeless(), ANSWERED, "O1", "O3"),
        (_level(), None, "O1", "O2"),
        *((_varied(seed), None, *_two(_varied(seed))) for seed in range(4)),
    ):
        comparison = compare(problem, request)
        yield _written(flip_document(comparison, find_flips(comparison, first, second)), problem)


def _two(problem: DecisionProblem) -> tuple[str, str]:
    """Return two options that take part."""
    allowed = np.flatnonzero(compare(problem).admissible)[:2].tolist()
    first, second = (problem.alternatives[a].id for a in allowed)
    return first, second


def _opinions() -> Iterator[Written]:
    asked: tuple[tuple[DecisionProblem, Basis], ...] = (
        (_brabant(), "values"),
        (_kantoor(), "values"),
        (_alone(), "values"),
        (_level(), "values"),
        (_hopeless(), "effects"),
        (_varied(1), "effects"),
        (_all_fail(), "effects"),
    )
    for problem, basis in asked:
        comparison = compare(problem)
        found = second_opinion(comparison, basis=basis)
        yield _written(second_opinion_document(comparison, found), problem)

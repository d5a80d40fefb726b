"""Reports of problems of every form, for tests to share."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from tests.analysis.random_problems import Shape, random_problem
from tests.memo.matters import FEW, brabant, random_matter

from afweging.memo.matter import Matter
from afweging.memo.report.make import report_bytes
from afweging.memo.results import find
from afweging.model.result import Request
from afweging.model.text import Text
from afweging.wording import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from afweging.model.problem import DecisionProblem
    from afweging.wording import Language

DAY = date(2026, 11, 25)
ODD = (
    "</script><script>alert(1)</script>",
    "<b>&amp; \"twee\" 'drie'</b>",
    "Zażółć gęślą jaźń",
    "x" * 120,
    "{first} {0} %s $1 \\u003c",
    "naam, die; heel lang is " * 5,
)


@cache
def report(language: Language = "nl") -> bytes:
    """Return the report of Brabant."""
    return report_bytes(brabant(language), FEW, day=DAY)[0]


def report_of(matter: Matter) -> bytes:
    """Return the report of what was found."""
    return report_bytes(matter, FEW, day=DAY)[0]


@cache
def odd_matter(language: Language = "nl") -> Matter:
    """Return a problem with twelve options whose names mean something to a browser."""
    problem = named_oddly(random_problem(7, Shape(options=12, profiles=2, clones=1)))
    return Matter(*find(problem, Request(), FEW), Words(language))


def named_oddly(problem: DecisionProblem) -> DecisionProblem:
    """Return a problem with odd names of options, scenarios and lenses."""

    def name(place: int) -> Text:
        return Text(ODD[place % len(ODD)] + str(place), ODD[place % len(ODD)] + str(place))

    tree = replace(
        problem.tree,
        children=tuple(replace(c, name=name(k)) for k, c in enumerate(problem.tree.children)),
    )
    options = tuple(replace(o, name=name(k)) for k, o in enumerate(problem.alternatives))
    scenarios = tuple(replace(s, name=name(k)) for k, s in enumerate(problem.scenarios))
    return replace(problem, tree=tree, alternatives=options, scenarios=scenarios)


def written(folder: Path, content: bytes, name: str = "report.html") -> str:
    """Return the address of a report that was written to a file."""
    path = folder / name
    path.write_bytes(content)
    return path.as_uri()


MATTERS: Mapping[str, Callable[[], Matter]] = {
    "brabant": brabant,
    "random": lambda: random_matter(3, Shape()),
    "ties": lambda: random_matter(5, Shape(options=5, clones=2, requirements=0)),
    "screened": lambda: random_matter(11, Shape(options=6, requirements=3)),
    "one scenario": lambda: random_matter(2, Shape(scenarios=1, regions=1, horizons=1)),
    "odd": odd_matter,
    "one option": lambda: random_matter(4, Shape(options=1, requirements=0)),
}

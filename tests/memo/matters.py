"""What memos are about, for tests: Brabant with few draws, and problems of other forms."""

from __future__ import annotations

from functools import cache

from tests.analysis.random_problems import Shape, random_problem

import afweging as afw
from afweging.io.dossier import Settings
from afweging.memo.matter import Matter
from afweging.memo.results import find
from afweging.model.result import Request
from afweging.wording import Language, Words

FEW = Settings(draws=400)


@cache
def brabant(language: Language = "nl") -> Matter:
    """Return Brabant with few draws."""
    if language != "nl":
        return Matter(brabant().comparison, brabant().robust, Words(language))
    problem = afw.read_problem("scenarios/brabant")
    return Matter(*find(problem, Request(), FEW), Words(language))


@cache
def random_matter(seed: int, shape: Shape, language: Language = "nl") -> Matter:
    """Return a random problem and what was found, with few draws."""
    if language != "nl":
        found = random_matter(seed, shape)
        return Matter(found.comparison, found.robust, Words(language))
    return Matter(*find(random_problem(seed, shape), Request(), FEW), Words(language))

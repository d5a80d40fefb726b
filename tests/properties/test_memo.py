"""A memo is made of every sound problem, whatever its size and whatever its names hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np
import pypdf
import pytest
from tests.analysis.random_problems import Shape, random_problem

from afweging.io.dossier import Settings
from afweging.memo.build import html_bytes, office_bytes, pdf_bytes
from afweging.memo.content import memo_text
from afweging.memo.results import find
from afweging.model.criterion import Criterion
from afweging.model.result import Request
from afweging.model.text import Text
from afweging.wording import LANGUAGES, Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from afweging.model.criterion import Group
    from afweging.model.problem import DecisionProblem

    Rename = Callable[[Text], Text]

ODD = (
    "Zażółć gęślą jaźń – Łódź",
    "#let x = 1 *vet* _cursief_ $x^2$ @ref <label> `code` \\ // /* */",
    "<script>alert(1)</script> & \"q\" 'a'",
    "=SUM(A1) +1 -2 @x",
    "x" * 120,
    "een lange naam van een optie die niet ophoudt " * 3,
    "[haak] {accolade} {title} %s ~tilde~ \u00ad-- ...",
    "\u4f60\u597d \u0416 \U0001f600 \u05d0",
    "a\x07b\tc\nd",
    "- lijst",
    "= Kop",
    "1. een",
    "a:",
    "“aanhaling” — streep",
    "\u200b\u200e\u202e rtl",
)


def _random_shape(rng: np.random.Generator) -> Shape:
    return Shape(
        options=int(rng.integers(1, 13)),
        scenarios=int(rng.integers(1, 5)),
        regions=int(rng.integers(1, 4)),
        horizons=int(rng.integers(1, 4)),
        gaps=int(rng.choice([0, 0, 2])),
        clones=int(rng.choice([0, 0, 1])),
        profiles=int(rng.integers(0, 6)),
        requirements=int(rng.integers(0, 3)),
    )


def _odd_problem(seed: int) -> DecisionProblem:
    """Return a random problem of which every name begins with something odd."""
    rng = np.random.default_rng(seed)
    problem = random_problem(seed, _random_shape(rng))

    def odd(name: Text) -> Text:
        first, second = (ODD[int(k)] for k in rng.integers(0, len(ODD), 2))
        return Text(f"{first} {name.nl}", f"{second} {name.en or name.nl}")

    return replace(
        problem,
        title=odd(problem.title),
        description=odd(problem.title),
        tree=_renamed(problem.tree, odd),
        alternatives=tuple(
            replace(each, name=odd(each.name), description=odd(each.name))
            for each in problem.alternatives
        ),
        scenarios=tuple(replace(each, name=odd(each.name)) for each in problem.scenarios),
        regions=tuple(replace(each, name=odd(each.name)) for each in problem.regions),
        horizons=tuple(replace(each, name=odd(each.name)) for each in problem.horizons),
        profiles=tuple(replace(each, name=odd(each.name)) for each in problem.profiles),
        requirements=tuple(replace(each, name=odd(each.name)) for each in problem.requirements),
        perspectives=tuple(replace(each, name=odd(each.name)) for each in problem.perspectives),
    )


def _renamed(group: Group, odd: Rename) -> Group:
    children = tuple(
        replace(child, name=odd(child.name), unit=odd(child.unit))
        if isinstance(child, Criterion)
        else _renamed(child, odd)
        for child in group.children
    )
    return replace(group, name=odd(group.name), children=children)


@pytest.mark.parametrize("seed", range(8))
def test_every_problem_gives_a_memo_in_every_format(seed: int) -> None:
    """From one option to twelve, with ties and gaps: all formats are written, in both languages."""
    comparison, robust = find(_odd_problem(seed), Request(), Settings(draws=100))
    for language in LANGUAGES:
        text = memo_text(comparison, robust, Words(language), kind="memo", day=date(2026, 11, 25))
        pdf = pypdf.PdfReader(BytesIO(pdf_bytes(text, "ab" * 32, b"{}")))
        assert "ab" * 32 in pdf.pages[-1].extract_text()
        assert html_bytes(text, "ab" * 32).endswith(b"</html>\n")
        if seed % 4 == 0:
            assert office_bytes(text, "ab" * 32, "docx")[:2] == b"PK"
            assert office_bytes(text, "ab" * 32, "odt")[:2] == b"PK"

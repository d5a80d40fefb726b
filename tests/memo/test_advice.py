from __future__ import annotations

import re
from dataclasses import replace

import pytest
from tests.analysis.random_problems import Shape, leaf, plain_problem
from tests.memo.matters import FEW, brabant, random_matter

from afweging.memo.advice import FIRM, LIKELY, advice
from afweging.memo.matter import Matter
from afweging.memo.results import find
from afweging.model.problem import DecisionProblem, Requirement
from afweging.model.result import Request
from afweging.model.text import Text
from afweging.wording import LANGUAGES, Language, Words

SHAPES = [Shape(options=5), Shape(options=3, profiles=0), Shape(options=6, clones=1)]


def _matter(problem: DecisionProblem, language: Language = "nl") -> Matter:
    return Matter(*find(problem, Request(), FEW), Words(language))


def _options(*scores: float) -> DecisionProblem:
    """Return options with these scores, on one criterion."""
    return plain_problem([[[score] for score in scores]], (leaf("c"),))


def test_the_advice_on_brabant() -> None:
    """The first, how sure, and what to watch: three sentences, in words that a reader knows."""
    told = advice(brabant())
    assert len(told) == 3
    assert told[0].startswith("Kies O7 Handhaving en bescherming in de hele keten: ")
    assert "0,577" in told[0]
    assert told[1].startswith("Dat is niet zeker: ")
    assert told[2].startswith("Let op: in het scenario Doorgroei van arbeidsintensief werk ")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("seed", range(4))
def test_how_sure_is_how_often_first(seed: int, shape: Shape, language: Language) -> None:
    """The shares told are those of the draws, and the word for them follows from the share."""
    matter = random_matter(seed, shape, language)
    if matter.winner is None or len(matter.ranked) < 2:
        return
    assert matter.robust is not None
    found = matter.robust.acceptability
    first = dict(zip(found.options, found.drawn.rank_counts[:, 0] / found.drawn.draws, strict=True))
    own = float(first.pop(matter.winner))
    told = advice(matter)[1]
    if own == 1.0:
        assert not re.search(r"\d", told)
        return
    words = {
        "nl": ("Dat staat stevig", "Dat is waarschijnlijk", "Dat is niet zeker"),
        "en": ("That is firm", "That is likely", "That is not certain"),
    }[language]
    assert told.startswith(words[0 if own >= FIRM else 1 if own >= LIKELY else 2])
    shown = [matter.words.format_field(s, "share1") for s in (own, float(max(first.values())))]
    assert [told.find(share) for share in shown] == sorted(told.find(share) for share in shown)
    assert all(share in told for share in shown)
    best = [name for name, share in first.items() if share == max(first.values())]
    assert all(matter.names.option(name) in told for name in best)


def test_a_tie_is_not_broken() -> None:
    """Two that are level are both named, and no reason is made up to choose between them."""
    told = advice(_matter(_options(0.6, 0.6, 0.2)))
    assert told[0].startswith("Gelijk bovenaan staan ")
    assert told[0].count("-naam") == 2
    assert "0,600" in told[0]


def test_one_option_alone_is_said_to_be_so() -> None:
    """Only one meets the requirement: nothing is said about others."""
    problem = _options(0.9, 0.4)
    floor = Requirement("r", Text("ondergrens"), "c", 0.5, "assumption")
    told = advice(_matter(replace(problem, requirements=(floor,))))
    assert len(told) == 1
    assert told[0].startswith("Alleen ")
    none = advice(_matter(replace(problem, requirements=(replace(floor, threshold=0.95),))))
    assert none[0].startswith("Geen enkele optie voldoet aan alle ondergrenzen; ")


def test_missing_effects_come_first() -> None:
    """Where a gap decides, no choice is advised; where it does not, it is asked to be filled."""
    gap = float("nan")
    told = advice(_matter(_options(0.5, gap)))
    assert told[0].startswith("Kies nog niet: ")
    assert "(1)" in told[0]
    assert told[1].startswith("Vul eerst de ontbrekende effecten aan, bij ")

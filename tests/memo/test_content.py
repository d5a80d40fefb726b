from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pytest
from tests.analysis.random_problems import SMALL, Shape
from tests.memo.matters import brabant, random_matter

from afweging.memo.content import PARTS, memo_text
from afweging.memo.headings import Headings, usual_headings
from afweging.wording import LANGUAGES, Language

if TYPE_CHECKING:
    from afweging.memo.matter import Matter

DAY = date(2026, 11, 25)
KINDS = ("memo", "statenmededeling", "statenvoorstel", "poster")
SHAPES = [
    Shape(options=1, profiles=0, requirements=0),
    Shape(options=12, scenarios=2, profiles=5),
    Shape(options=5, clones=1),
    Shape(options=4, gaps=3),
    Shape(scenarios=1, regions=1, horizons=1),
    SMALL,
]


def _texts(matter: Matter, kind: str) -> list[str]:
    text = memo_text(matter.comparison, matter.robust, matter.words, kind=kind, day=DAY)
    parts = ((*b.lines, *b.heads, *(c for row in b.rows for c in row)) for b in text.blocks)
    return [line for part in parts for line in part]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_headings_are_those_of_the_kind(kind: str, language: Language) -> None:
    """The parts stand in their order, each under its heading; none on a session without one."""
    matter = brabant(language)
    text = memo_text(matter.comparison, matter.robust, matter.words, kind=kind, day=DAY)
    first = [b.lines[0] for b in text.blocks if b.kind == "heading" and b.level == 1]
    parts = usual_headings(kind, matter.words).parts
    assert first == [heading for part, heading in parts.items() if part != "session"]
    assert max(Counter(block.id for block in text.blocks).values()) == 1
    assert (text.language, text.kind, text.date) == (language, kind, "2026-11-25")


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_of_problem_gives_a_memo(shape: Shape, language: Language) -> None:
    """One option, twelve, ties, gaps, one case: every kind has text, and none is broken."""
    matter = random_matter(7, shape, language)
    for kind in KINDS:
        texts = _texts(matter, kind)
        assert [text for text in texts if re.search(r"\bnan\b|None|\{|\}|  |\[\]", text)] == []


def test_a_part_that_is_not_computed_is_to_be_filled_in() -> None:
    """An unknown part has its heading and says that the author fills it in."""
    matter = brabant()
    headings = Headings("Nota", {"legal": "Juridisch"})
    text = memo_text(
        matter.comparison,
        None,
        matter.words,
        kind="nota",
        day=DAY,
        concept=False,
        headings=headings,
    )
    assert "legal" not in PARTS
    assert [block.lines[0] for block in text.blocks] == [
        "Nota, 25 november 2026.",
        "Juridisch",
        "[In te vullen door de opsteller.]",
    ]


def test_no_heading_stands_alone() -> None:
    """A part that has nothing to tell says so: one case, nobody asked."""
    matter = random_matter(4, Shape(scenarios=1, regions=1, horizons=1, profiles=0))
    for kind in KINDS:
        text = memo_text(matter.comparison, matter.robust, matter.words, kind=kind, day=DAY)
        parts = Counter(block.id.split(".")[0] for block in text.blocks)
        assert [part for part, count in parts.items() if count < 2 and part != "about"] == []


def test_every_picture_has_a_caption_an_alternative_and_its_numbers() -> None:
    """After each picture of the memo stands the table of its numbers."""
    matter = brabant()
    text = memo_text(matter.comparison, matter.robust, matter.words, kind="memo", day=DAY)
    places = [k for k, block in enumerate(text.blocks) if block.kind == "figure"]
    assert len(places) == 9
    for k in places:
        assert all(text.blocks[k].lines)
        assert len(text.blocks[k].lines) == 2
        assert text.blocks[k].svg.startswith("<svg ")
        table = next(block for block in text.blocks[k:] if block.kind == "table")
        assert table.lines[0].startswith("Getallen bij de figuur: ")

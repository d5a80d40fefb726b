from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.analysis.random_problems import Shape
from tests.memo.matters import brabant, random_matter

from afweging.memo import sure_parts
from afweging.memo.page import Page
from afweging.wording import LANGUAGES, Language

if TYPE_CHECKING:
    from afweging.memo.blocks import Block
    from afweging.memo.matter import Matter


def _people(matter: Matter) -> list[Block]:
    page = Page()
    sure_parts.people(page, matter)
    return page.blocks


def _matters(language: Language) -> list[Matter]:
    shapes = [Shape(options=5, profiles=6), Shape(options=3, profiles=1), Shape(gaps=2)]
    return [brabant(language), *(random_matter(8, shape, language) for shape in shapes)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_worst_option_for_those_concerned_is_always_told(language: Language) -> None:
    """Best and worst on their own criteria, recomputed from weights and values."""
    matter = brabant(language)
    comparison = matter.comparison
    own = np.array([c.perspective == "migrants" for c in comparison.problem.criteria])
    weights = comparison.weights.criteria * own
    scores = comparison.scores.means.low @ weights / weights.sum()
    ids = [option.id for option in comparison.problem.alternatives]
    taking = [ids.index(name) for name in matter.ranked]
    best = matter.names.option(ids[max(taking, key=lambda a: scores[a])])
    worst = matter.names.option(ids[min(taking, key=lambda a: scores[a])])
    blocks = _people(matter)
    told = next(b.lines[0] for b in blocks if b.kind == "paragraph" and worst in b.lines[0])
    assert told.index(best) < told.index(worst)
    table = next(block for block in blocks if block.kind == "table")
    shown = [matter.words.format_field(float(scores[a]), "3") for a in taking]
    assert sorted(row[1] for row in table.rows) == sorted(shown)


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_gives_up_most_with_the_first_is_told(language: Language) -> None:
    """Each profile for whom another scores higher is in the table, with the difference."""
    for matter in _matters(language):
        if matter.winner is None or matter.robust is None or len(matter.ranked) < 2:
            continue
        scores = matter.comparison.scores.panel.low
        a = matter.place(matter.winner)
        taking = [matter.place(name) for name in matter.ranked]
        losses = scores[:, taking].max(axis=1) - scores[:, a]
        losses = np.sort(losses[losses > 1e-9])[::-1]
        tables = [
            b for b in _people(matter) if b.kind == "table" and len(b.heads) == 3 and b.left == 2
        ]
        if not losses.size:
            assert tables == []
            continue
        told = [row[2] for row in tables[-1].rows]
        assert told == [matter.words.format_field(float(loss), "gap") for loss in losses]


def test_without_profiles_nothing_is_said_about_them() -> None:
    """Nobody is made up."""
    matter = random_matter(1, Shape(profiles=0))
    headings = [block.lines[0] for block in _people(matter) if block.kind == "heading"]
    assert "Wie zou wat kiezen?" not in headings


def test_missing_effects_leave_how_sure_open() -> None:
    """With gaps there is one sentence that says why nothing else is there."""
    page = Page()
    sure_parts.sureness(page, random_matter(3, Shape(gaps=2)))
    assert [block.kind for block in page.blocks] == ["paragraph"]
    assert page.blocks[0].lines[0].startswith("Er ontbreken effecten.")

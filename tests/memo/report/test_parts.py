from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.analysis.random_problems import Shape
from tests.memo.matters import brabant, random_matter
from tests.memo.report.made import DAY, MATTERS

from afweging.analysis import notice_sentences, robust_page, sentences
from afweging.memo.content import PARTS, text_with_values
from afweging.memo.headings import REPORT, report_headings
from afweging.memo.report.parts import CHARTS, REPORT_PARTS

if TYPE_CHECKING:
    from afweging.memo.blocks import Block, MemoText
    from afweging.memo.matter import Matter
    from afweging.memo.page import Values
    from afweging.wording import Language

SHAPES = [
    Shape(options=1, requirements=0),
    Shape(options=12, profiles=0),
    Shape(gaps=4),
    Shape(clones=2, requirements=3),
    Shape(scenarios=1, regions=1, horizons=1, profiles=1),
]


def _told(matter: Matter) -> tuple[MemoText, dict[str, Values]]:
    headings = report_headings(matter.words)
    text, values = text_with_values(matter, kind=REPORT, day=DAY, concept=False, headings=headings)
    return text, dict(values)


def _part(text: MemoText, part: str) -> list[Block]:
    return [block for block in text.blocks if block.id.startswith(f"{part}.")]


def test_every_part_is_made_and_every_part_has_a_heading() -> None:
    """The headings name parts that there are, and all those of the report."""
    parts = set(report_headings(brabant().words).parts)
    assert parts <= PARTS.keys()
    assert REPORT_PARTS.keys() <= parts


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_form_of_problem_gives_a_report(shape: Shape, language: Language) -> None:
    """Each part says something; numbers stand for rows and columns that are there."""
    text, values = _told(random_matter(8, shape, language))
    blocks = {block.id: block for block in text.blocks}
    for part in report_headings(random_matter(8, shape, language).words).parts:
        assert len(_part(text, part)) > 1, part
    for name, rows in values.items():
        assert [len(row) for row in rows] == [len(blocks[name].heads)] * len(blocks[name].rows)


@pytest.mark.parametrize("name", MATTERS)
def test_the_numbers_behind_a_cell_are_those_it_shows(name: str) -> None:
    """Each is written as its cell is; of a range the lower end counts, and classes have names."""
    matter = MATTERS[name]()
    text, values = _told(matter)
    for block in text.blocks:
        for row, numbers in zip(block.rows, values.get(block.id, ()), strict=False):
            for cell, number in zip(row, numbers, strict=True):
                if number is not None and not any(sign.isalpha() for sign in cell):
                    assert cell.split("–")[0] in _written(matter, number), (block.id, cell)


def _written(matter: Matter, number: float) -> set[str]:
    """Return a number as a table of the report can show it."""
    forms = ("3", "4", "gap", "weight")
    rounded = matter.words.format_field(float(f"{number:.3g}"), "number")
    return {rounded, *(matter.words.format_field(number, form) for form in forms)}


def test_the_answer_is_the_headline_with_its_notices() -> None:
    """Each sentence is there once, in order, and is not said again under how sure it is."""
    text, _ = _told(brabant())
    comparison, words = brabant().comparison, brabant().words
    lines = [line for block in _part(text, "report_answer") for line in block.lines]
    told = sentences.headline(comparison, words)
    assert lines[1 : len(told) + 1] == told
    assert set(notice_sentences.notices(comparison, words)) <= set(lines)
    again = [line for block in _part(text, "report_robustness") for line in block.lines]
    assert not set(told) & set(again)


def test_how_sure_it_is_has_all_sentences_tables_and_charts() -> None:
    """Of every section; the charts that belong to one stand in it."""
    text, _ = _told(brabant())
    robust = brabant().robust
    assert robust is not None
    blocks = _part(text, "report_robustness")
    lines = [line for block in blocks for line in block.lines]
    told = set(sentences.headline(brabant().comparison, brabant().words))
    sections = robust_page.sections(robust, brabant().words)
    for section in sections:
        assert set(section.lines) - told <= set(lines), section.name
        assert {table.title for table in section.tables} <= set(lines), section.name
    drawn = sum(section.name in CHARTS for section in sections)
    assert sum(block.kind == "figure" for block in blocks) == drawn == 4


@pytest.mark.parametrize("name", ["brabant", "random", "ties", "screened"])
def test_every_profile_has_its_best_and_its_worst_option(name: str) -> None:
    """Recomputed from the scores with its weights, among those that take part; ties are named."""
    matter = MATTERS[name]()
    text, _ = _told(matter)
    comparison = matter.comparison
    title = matter.words.text("report.profiles.title")
    (table,) = [b for b in _part(text, "report_people") if b.lines and b.lines[0] == title]
    allowed = np.flatnonzero(comparison.admissible)
    ids = [each.id for each in comparison.problem.alternatives]
    for row, scores in zip(table.rows, comparison.scores.panel.low[:, allowed], strict=True):
        for column, score, extreme in ((1, 3, scores.max()), (2, 4, scores.min())):
            ends = [ids[allowed[k]] for k in np.flatnonzero(np.abs(scores - extreme) < 1e-9)]
            # in the order of the ranking
            order = [name for name in matter.ranked if name in ends]
            assert row[column] == matter.words.join([matter.names.option(n) for n in order])
            assert row[score] == matter.words.format_field(float(extreme), "3")


def test_who_is_screened_out_is_said_at_the_what_if() -> None:
    """By name; and where effects are missing why there is none."""
    text, _ = _told(brabant())
    lines = [block.lines[0] for block in _part(text, "report_what_if")]
    assert "O1 Huidige inzet voortzetten en O5" in lines[2]
    gaps = random_matter(6, Shape(gaps=2))
    text, _ = _told(gaps)
    (told,) = [block.lines[0] for block in _part(text, "report_what_if")[1:]]
    for option in gaps.comparison.gaps:
        assert gaps.names.option(option) in told

from __future__ import annotations

import pytest

from afweging.analysis.word_table import WordTable
from afweging.memo.page import WIDE, WIDEST, Page, tidy


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("regel een\nregel twee", "regel een regel twee"),
        ("a\x07b", "a b"),
        ("12,5\u00a0%", "12,5\u00a0%"),
        ("  rand ", "rand"),
        ("half \ud800 teken", "half \ufffd teken"),
    ],
)
def test_text_is_one_tidy_line(given: str, kept: str) -> None:
    """Line ends and control characters become one space; hard spaces stay."""
    assert tidy(given) == kept


def test_blocks_are_numbered_within_their_part() -> None:
    """The place of a block is its part and its number in it, heading included."""
    page = Page()
    page.start("advice", "Advies")
    page.paragraphs(["Kies dit.", "", "Let op."])
    page.start("options", "De opties")
    page.items(["een", "twee"])
    assert [(block.id, block.kind) for block in page.blocks] == [
        ("advice.1", "heading"),
        ("advice.2", "paragraph"),
        ("advice.3", "paragraph"),
        ("options.1", "heading"),
        ("options.2", "list"),
    ]


@pytest.mark.parametrize("columns", [2, 7, 8, 12, 30])
def test_a_wide_table_goes_on_with_its_first_column(columns: int) -> None:
    """Every cell is printed once, under its head and beside the name of its row."""
    heads = tuple(f"h{c}" for c in range(columns))
    rows = tuple(tuple(f"r{r}c{c}" for c in range(columns)) for r in range(3))
    page = Page()
    page.table(WordTable("Titel", heads, rows), more="{title} (vervolg)")
    assert all(2 <= len(block.heads) <= WIDEST for block in page.blocks)
    assert all(block.heads[0] == "h0" for block in page.blocks)
    for r in range(3):
        cells = [cell for block in page.blocks for cell in block.rows[r][1:]]
        assert cells == list(rows[r][1:])
    captions = [block.lines[0] for block in page.blocks]
    assert captions == ["Titel", *["Titel (vervolg)"] * (len(captions) - 1)]


def test_a_page_that_scrolls_keeps_a_wide_table_whole() -> None:
    """And knows the numbers behind its cells, by the id of the table."""
    table = WordTable("Titel", tuple(f"h{c}" for c in range(30)), (("x",) * 30,))
    page = Page(WIDE)
    page.table(table, values=[[None, *(float(c) for c in range(1, 30))]])
    page.table(table)
    assert [len(block.heads) for block in page.blocks] == [30, 30]
    assert page.values == {"part.1": [[None, *range(1, 30)]]}


def test_the_numbers_of_a_table_go_on_with_it() -> None:
    """Each part of a wide table has those of its own columns."""
    heads, row = tuple(f"h{c}" for c in range(12)), tuple(str(c) for c in range(12))
    page = Page()
    page.table(WordTable("Titel", heads, (row,)), values=[[float(c) for c in range(12)]])
    for block in page.blocks:
        assert [str(int(value or 0)) for value in page.values[block.id][0]] == list(block.rows[0])


def test_an_empty_table_is_not_printed() -> None:
    """A head without rows says nothing."""
    page = Page()
    page.table(WordTable("Titel", ("a",), ()))
    assert page.blocks == []

from __future__ import annotations

import pytest

from afweging.io.visible import Over, Seen, Visible
from afweging.memo.beside import compare_beside
from afweging.memo.blocks import Block, MemoText
from afweging.memo.differences import Comparer, Difference
from afweging.memo.html import STYLE

BLOCKS = (
    Block("heading", "a.1", level=1, lines=("Advies in 3 zinnen",)),
    Block("table", "a.2", lines=("Score",), heads=("optie", "O1", "O2"), rows=(("p", "1", "2"),)),
)
TEXT = MemoText("nl", "memo", "Welk kantoor?", "2026-11-25", concept=False, blocks=BLOCKS)


def _found(shown: Visible) -> list[Difference]:
    return compare_beside(TEXT, shown, Comparer(["Park"], ["Concept"]))


@pytest.mark.parametrize(
    ("text", "odd"),
    [("Pagina 2", []), ("2 / 6", []), ("Pagina 6", ["6"]), ("6 / 2", ["6", "2"]), ("Pagina", [])],
)
def test_a_page_number_is_that_of_its_page(text: str, odd: list[str]) -> None:
    """Not that of all pages, which may only come after it."""
    found = _found(Visible(margin=[Seen(text, page=2)], pages=6))
    assert [each.found for each in found] == odd


@pytest.mark.parametrize(
    ("heads", "count"),
    [
        (["optie", "O1", "O2"], 0),
        (["optie O1 O2"], 0),
        (["optie", "O2", "O1"], 2),
        (["optie", "O1", "O1"], 2),
        (["O1"], 1),
    ],
)
def test_heads_of_a_table_that_goes_on_are_whole_and_in_order(heads: list[str], count: int) -> None:
    """A head that stands elsewhere in the memo is no excuse for it here."""
    margin = [Seen("Concept", page=2), *(Seen(head, page=2) for head in heads)]
    assert len(_found(Visible(margin=margin, pages=3))) == count


def test_a_title_is_that_of_the_memo() -> None:
    """In the properties and the table of contents; other words are prose, other numbers are not."""
    assert _found(Visible(titles=["Welk kantoor?", " "], outline=["Advies in 3 zinnen"])) == []
    found = _found(Visible(titles=["Welk park?"], outline=["Advies in 4 zinnen"]))
    assert [(each.kind, each.what) for each in found] == [("prose", "title"), ("figure", "title")]


def test_what_lies_over_a_page_is_no_prose() -> None:
    """Whatever it says: a box without a word can hide a number."""
    over = [Over("annotation", "Mooi", 2), Over("image", page=3), Over("field", "x", 1)]
    found = _found(Visible(over=over))
    assert [(each.kind, each.what, each.spot.page) for each in found] == [
        ("figure", "annotation", 2),
        ("figure", "image", 3),
        ("figure", "field", 1),
    ]


def test_hidden_text_may_have_no_figures_of_its_own() -> None:
    """Words, and what stands in the memo as well, mislead nobody; a name or a number does."""
    over = [Over("hidden", text) for text in ("\u00ad", "Advies in 3 zinnen", "Park", "0,9")]
    assert [each.found for each in _found(Visible(over=over))] == ["Park", "0,9"]


def test_a_page_has_the_styles_that_it_was_given() -> None:
    """A style can hide a number or add one."""
    assert _found(Visible(styles=[STYLE, "width:8rem"])) == []
    (found,) = _found(Visible(styles=["td::after { content: '9' }"]))
    assert (found.kind, found.what) == ("figure", "hidden")

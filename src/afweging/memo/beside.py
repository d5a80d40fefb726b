"""What a document shows beside its running text: titles, margins, and what lies over its pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from afweging.memo.differences import Difference, squeezed
from afweging.memo.headings import REPORT
from afweging.memo.html import is_known_style
from afweging.memo.printed import Spot, printed_alternatives, printed_body
from afweging.memo.report.page import is_own
from afweging.wording import LANGUAGES, texts_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from afweging.io.visible import Seen, Visible
    from afweging.memo.blocks import MemoText
    from afweging.memo.differences import Comparer

# the number of a page that a word processor filled in: it is written anew whenever it is shown
PAGE_OF = re.compile(
    "|".join(
        rf"{labels['page']}\d*{labels['of']}\d*"
        for labels in (texts_of(language, "memo")["print"] for language in LANGUAGES)
    )
)


def compare_beside(text: MemoText, shown: Visible, comparer: Comparer) -> list[Difference]:
    """Return the differences outside the running text."""
    return [
        *_margins(text, shown, comparer),
        *_titles(text, shown, comparer),
        *_over(text, shown, comparer),
        *_rows(text, shown),
    ]


# --- headers and footers ------------------------------------------------------------------------


def _margins(text: MemoText, shown: Visible, comparer: Comparer) -> Iterator[Difference]:
    """Yield the figures in headers and footers that are no page numbers or heads of tables."""
    pages: dict[int | None, list[Seen]] = {}
    for seen in shown.margin:
        pages.setdefault(seen.page, []).append(seen)
    known = {squeezed(each) for each in (text.title, text.date)} | comparer.allowed
    for page, all_seen in pages.items():
        for seen in _without_heads(text, all_seen):
            counted = page is None and PAGE_OF.fullmatch(squeezed(seen.text))
            if squeezed(seen.text) not in known and not counted:
                yield from _odd(seen, page, shown.pages, comparer)


def _without_heads(text: MemoText, seen: Sequence[Seen]) -> list[Seen]:
    """Return what is left without the heads of tables that go on: whole, and in their order."""
    heads = [[squeezed(head) for head in b.heads if squeezed(head)] for b in text.blocks if b.heads]
    kept, place = [], 0
    while place < len(seen):
        taken = max((_taken(row, seen[place:]) for row in heads), default=0)
        kept += [] if taken else [seen[place]]
        place += taken or 1
    return kept


def _taken(heads: Sequence[str], seen: Sequence[Seen]) -> int:
    """Return how many pieces of text are these heads, 0 where they do not come next."""
    left = "".join(heads)
    for count, each in enumerate(seen, start=1):
        said = squeezed(each.text)
        if not left.startswith(said):
            return 0
        left = left[len(said) :]
        if not left:
            return count
    return 0


def _odd(seen: Seen, page: int | None, pages: int | None, comparer: Comparer) -> list[Difference]:
    """Return the figures that are not the number of the page, and perhaps of all pages after it."""
    facts = comparer.facts(seen.text)
    count = [str(page), str(pages)] if page else []
    odd = [] if facts in (count, count[:1], []) else facts
    return [Difference("figure", Spot(page=page), None, each) for each in odd]


# --- titles -------------------------------------------------------------------------------------


def _titles(text: MemoText, shown: Visible, comparer: Comparer) -> Iterator[Difference]:
    """Yield the titles in properties and in the table of contents that are none of the memo."""
    headings = [b.lines[0] for b in text.blocks if b.kind == "heading" and b.lines]
    known = {squeezed(each) for each in (text.title, *headings)} | comparer.allowed
    for title in (*shown.titles, *shown.outline):
        if title.strip() and squeezed(title) not in known:
            changed = comparer.facts(title) != comparer.facts(text.title)
            yield Difference(
                "figure" if changed else "prose", Spot(text.title), text.title, title, "title"
            )


# --- rows of tables -----------------------------------------------------------------------------


def _rows(text: MemoText, shown: Visible) -> Iterator[Difference]:
    """Yield the first row with more or fewer cells: an empty one puts all after it elsewhere."""
    if shown.rows is None:
        return
    wanted = [
        (len(row), Spot(caption=block.lines[0], row=row[0]))
        for block in text.blocks
        if block.kind == "table"
        for row in (block.heads, *block.rows)
    ]
    for (cells, spot), found in zip(wanted, shown.rows, strict=False):
        if cells != found:
            yield Difference("figure", spot, str(cells), str(found), "row")
            return
    if len(wanted) != len(shown.rows):
        yield Difference("figure", Spot(), str(len(wanted)), str(len(shown.rows)), "rows")


# --- over the pages -----------------------------------------------------------------------------


def _over(text: MemoText, shown: Visible, comparer: Comparer) -> Iterator[Difference]:
    """Yield what lies over the pages, and hidden text with figures that the memo does not have."""
    said = [each.text for each in (*printed_body(text), *printed_alternatives(text))]
    known = {squeezed(each) for each in said} | comparer.allowed
    for over in shown.over:
        if over.kind == "acting" and text.kind == REPORT and (not over.text or is_own(over.text)):
            continue  # what these hold is found anew with the results
        facts = comparer.facts(over.text)
        harmless = {
            "hidden": squeezed(over.text) in known or not facts,
            "mark": squeezed(over.text) in comparer.allowed,  # the word Draft
            "format": not facts,  # else a figure that is the right one, and cannot be read
        }
        if not harmless.get(over.kind):
            yield Difference("figure", Spot(page=over.page), None, over.text, over.kind)
    for style in shown.styles:
        if not is_known_style(style) and not (text.kind == REPORT and is_own(style)):
            yield Difference("figure", Spot(), None, style, "hidden")

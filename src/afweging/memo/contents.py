"""The table of contents of a memo: what it lists, and whether a file lists just that.

It is no block, for the pages are known to the file only. Where a file has pages, the number behind
a heading has to be that of the page on which the heading stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from afweging.memo.differences import Difference, squeezed
from afweging.memo.printed import Spot

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from afweging.io.visible import Seen
    from afweging.memo.blocks import MemoText

LEAST = 4  # headings that make a list worth its place
BEFORE = 6  # pieces of text before it at most: marks of a draft, the title, the kind of document


def listed(text: MemoText, labels: Mapping[str, str]) -> list[str]:
    """Return the headings that the table of contents lists; none for a poster or a short memo."""
    found = [b.lines[0] for b in text.blocks if b.kind == "heading" and b.level == 1]
    if text.kind == "poster" or len(found) < LEAST:
        return []
    return [*found, labels["fingerprint"]]


def without_contents(
    text: MemoText, seen: Sequence[Seen], labels: Mapping[str, str], *, fields: bool
) -> tuple[list[Seen], list[Difference]]:
    """Return the text that is seen without the table of contents, and its wrong page numbers.

    With `fields` a word processor fills in the pages, and any number may stand there. Else it has
    to be the page of the heading, and nothing where the file has no pages.

    A table of contents that does not list the headings in their order stays: it is text that is
    no part of the memo.
    """
    wanted = listed(text, labels)
    starts = [k for k, each in enumerate(seen[:BEFORE]) if _is(each, labels["contents"])]
    if not wanted or not starts:
        return list(seen), []
    start = starts[0] + 1
    entries, rest = seen[start : start + len(wanted)], list(seen[start + len(wanted) :])
    numbers = [_number(*pair) for pair in zip(wanted, entries, strict=False)]
    if len(entries) < len(wanted) or None in numbers:
        return list(seen), []
    place = Spot(labels["contents"])
    found = [
        Difference("figure", place, f"{heading} {page}".strip(), entry.text)
        for heading, entry, number in zip(wanted, entries, numbers, strict=True)
        if not fields and (page := _page(heading, rest)) != number
    ]
    return [*seen[: start - 1], *rest], found


def _is(seen: Seen, label: str) -> bool:
    return squeezed(seen.text) == squeezed(label)


def _number(heading: str, entry: Seen) -> str | None:
    """Return what stands behind a heading if that is a number or nothing, else None."""
    said, name = squeezed(entry.text), squeezed(heading)
    after = said.removeprefix(name).strip(".")
    return after if said.startswith(name) and (not after or after.isdecimal()) else None


def _page(heading: str, rest: Sequence[Seen]) -> str:
    """Return the page of a heading, empty where the file has no pages of its own."""
    page = next((each.page for each in rest if _is(each, heading)), None)
    return "" if page is None else str(page)

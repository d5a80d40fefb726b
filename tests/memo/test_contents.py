from __future__ import annotations

from dataclasses import replace

import pytest

from afweging.io.visible import Seen
from afweging.memo.blocks import Block, MemoText
from afweging.memo.contents import listed, without_contents

LABELS = {"contents": "Inhoud", "fingerprint": "Vingerafdruk"}
NAMES = ("De vraag", "Advies 2026", "Bijlage 1: lang-lopend", "Slot")
TEXT = MemoText(
    language="nl",
    kind="memo",
    title="T",
    date="2026-11-25",
    concept=False,
    blocks=tuple(Block("heading", f"p{k}.1", level=1, lines=(n,)) for k, n in enumerate(NAMES)),
)
PAGES = (1, 1, 3, 12, 12)
BODY = [Seen(name, page=page) for name, page in zip((*NAMES, "Vingerafdruk"), PAGES, strict=True)]


def _shown(*entries: str, paged: bool = True) -> list[Seen]:
    body = BODY if paged else [replace(each, page=None) for each in BODY]
    page = 1 if paged else None
    return [Seen(text, page=page) for text in ("T", "Memo", "Inhoud", *entries)] + body


def _entries(pages: tuple[int | str, ...]) -> list[str]:
    return [f"{each.text} {page}".strip() for each, page in zip(BODY, pages, strict=True)]


def test_a_long_memo_lists_its_headings_and_a_short_one_does_not() -> None:
    """From four headings on, with that of the fingerprint; a poster is one page."""
    assert listed(TEXT, LABELS) == [*NAMES, "Vingerafdruk"]
    assert listed(replace(TEXT, blocks=TEXT.blocks[:3]), LABELS) == []
    assert listed(replace(TEXT, kind="poster"), LABELS) == []


def test_right_pages_leave_nothing() -> None:
    """The list is taken out, and no difference is found; hyphens and spaces do not matter."""
    shown = _shown(*_entries(PAGES))
    rest, found = without_contents(TEXT, shown, LABELS, fields=False)
    assert [each.text for each in rest] == ["T", "Memo", *NAMES, "Vingerafdruk"]
    assert found == []


@pytest.mark.parametrize("place", range(5))
@pytest.mark.parametrize("wrong", ["2", "13", ""])
def test_a_wrong_page_is_a_changed_figure(place: int, wrong: str) -> None:
    """In a file with pages each number is that of its heading; it has to be there too."""
    pages: list[int | str] = list(PAGES)
    pages[place] = wrong
    _, found = without_contents(TEXT, _shown(*_entries(tuple(pages))), LABELS, fields=False)
    assert [each.kind for each in found] == ["figure"]
    assert (found[0].expected or "").endswith(f" {PAGES[place]}")


@pytest.mark.parametrize("pages", [("",) * 5, (1, 2, 3, 4, 5)])
def test_a_word_processor_numbers_its_own_pages(pages: tuple[int | str, ...]) -> None:
    """Where the pages are not in the file, any number may stand there, or none yet."""
    shown = _shown(*_entries(pages), paged=False)
    rest, found = without_contents(TEXT, shown, LABELS, fields=True)
    assert found == []
    assert len(rest) == 2 + len(BODY)
    wrong = without_contents(TEXT, shown, LABELS, fields=False)[1]
    assert len(wrong) == sum(bool(page) for page in pages)  # a web page has none to number


def test_another_list_stays() -> None:
    """A heading that is changed, moved or left out makes it text that is no part of the memo."""
    good = _entries(PAGES)
    for entries in (good[1:], [good[1], good[0], *good[2:]], ["Kies O2 1", *good[1:]]):
        shown = _shown(*entries)
        assert without_contents(TEXT, shown, LABELS, fields=False) == (shown, [])
    shown = _shown(*[f"{entry} O2 is beter" for entry in good])
    assert without_contents(TEXT, shown, LABELS, fields=False) == (shown, [])

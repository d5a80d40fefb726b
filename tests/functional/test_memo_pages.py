"""A memo as it is printed: what stands on which page, in every kind, and in both languages.

`AFWEGING_PAGES=1` looks at more kinds and at more posters.
"""

from __future__ import annotations

import os
import re
from functools import cache
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pypdf
import pytest
from tests.memo.made import DAY
from tests.memo.matters import FEW, brabant
from tests.memo.odd_problems import odd_problem
from tests.memo.text_boxes import text_boxes

from afweging.io.read_visible import read_visible
from afweging.memo.build import own_reference, pdf_bytes
from afweging.memo.content import memo_text
from afweging.memo.contents import listed, without_contents
from afweging.memo.differences import squeezed
from afweging.memo.matter import Matter
from afweging.memo.printed import picture_words, printed_body
from afweging.memo.results import find
from afweging.model.result import Request
from afweging.wording import Language, Words, texts_of

if TYPE_CHECKING:
    from afweging.io.visible import Seen, Visible
    from afweging.memo.blocks import Block, MemoText

SEAL = "0123456789abcdef" * 4
MORE = bool(os.environ.get("AFWEGING_PAGES"))
LONG: list[tuple[str, Language]] = [("memo", "nl"), ("statenmededeling", "en")]
LONG += [("memo", "en"), ("statenvoorstel", "nl")] if MORE else []
POSTERS: list[tuple[Language, int | None]] = [("nl", None), ("en", 23)]
POSTERS += [("en", None), ("nl", 11), ("nl", 35)] if MORE else []
MARGIN = 14.0  # points that stay free along the edge of a page
THOUSANDS = {"nl": r"\d{1,3}(\.\d{3})+(,\d+)?", "en": r"\d{1,3}(,\d{3})+(\.\d+)?"}


@cache
def _printed(kind: str, language: Language, seed: int | None = None) -> tuple[MemoText, bytes]:
    """Return the memo of Brabant, or of a random problem with odd names, and its PDF."""
    matter = brabant(language) if seed is None else _odd(seed, language)
    text = memo_text(matter.comparison, matter.robust, matter.words, kind=kind, day=DAY)
    return text, pdf_bytes(text, SEAL, b"{}")


def _odd(seed: int, language: Language) -> Matter:
    return Matter(*find(odd_problem(seed), Request(), FEW), Words(language))


@cache
def _shown(kind: str, language: Language) -> tuple[list[tuple[Block, list[Seen]]], Visible]:
    """Return each block with the pieces of text that print it, and all that is seen."""
    text, pdf = _printed(kind, language)
    shown = read_visible(pdf)
    body, wrong = without_contents(
        text, shown.body, texts_of(language, "memo")["print"], fields=False
    )
    assert wrong == []
    pieces = iter(body[1:])  # after the title
    found = []
    for block in text.blocks:
        alone = printed_body(_only(text, block))[1:]
        printed = [next(pieces) for each in alone if squeezed(each.text)]
        assert [squeezed(p.text) for p in printed] == [
            squeezed(each.text) for each in alone if squeezed(each.text)
        ]
        found.append((block, printed))
    return found, shown


def _only(text: MemoText, block: Block) -> MemoText:
    return type(text)(text.language, text.kind, text.title, text.date, text.concept, (block,))


@pytest.mark.parametrize(("kind", "language"), LONG)
def test_no_heading_is_last_on_its_page(kind: str, language: Language) -> None:
    """What comes after a heading begins on the same page, also after two headings in a row."""
    found, _ = _shown(kind, language)
    for (block, own), (_, following) in pairwise(found):
        if block.kind == "heading":
            assert own[0].page == following[0].page, block.lines[0]


@pytest.mark.parametrize(("kind", "language"), LONG)
def test_no_introduction_of_a_list_is_last_on_its_page(kind: str, language: Language) -> None:
    """A line that ends with a colon stays with what it introduces."""
    found, _ = _shown(kind, language)
    for (block, own), (_, following) in pairwise(found):
        if block.kind == "paragraph" and block.lines[0].endswith(":"):
            assert own[-1].page == following[0].page, block.lines[0]


@pytest.mark.parametrize(("kind", "language"), LONG)
def test_every_picture_is_with_its_caption(kind: str, language: Language) -> None:
    """On one page; there are as many captions as pictures, and no caption is empty."""
    found, shown = _shown(kind, language)
    captions = [own[0] for block, own in found if block.kind == "figure"]
    assert len(captions) == len(shown.pictures) - 1 >= 4  # the last is the fingerprint
    for caption, picture in zip(captions, shown.pictures, strict=False):
        assert caption.text
        assert caption.page == picture.page


@pytest.mark.parametrize(("kind", "language"), LONG)
def test_tables_stay_with_their_captions_and_repeat_their_heads(
    kind: str, language: Language
) -> None:
    """Caption, heads and first row are on one page; each later page has the heads again."""
    found, shown = _shown(kind, language)
    carried = 0
    for block, own in found:
        if block.kind != "table":
            continue
        assert own[0].page == own[1].page == own[len(block.heads) + 1].page, block.lines[0]
        later = {each.page for each in own} - {own[0].page}
        carried += len(later)
        for page in later:
            told = squeezed("".join(each.text for each in shown.margin if each.page == page))
            assert squeezed("".join(block.heads)) in told, (block.lines[0], page)
    if kind == "memo":
        assert carried > 0


@pytest.mark.parametrize(
    ("kind", "language", "seed"),
    [*((k, la, None) for k, la in LONG), ("poster", "nl", None), ("memo", "nl", 23)],
)
def test_no_text_leaves_its_page(kind: str, language: Language, seed: int | None) -> None:
    """Every letter stands within the page, and clear of its edge."""
    _, pdf = _printed(kind, language, seed)
    pieces = list(text_boxes(pdf))
    assert len(pieces) > 100
    for page, (left, low, right, high), (x0, y0, x1, y1) in pieces:
        inside = left >= x0 + MARGIN and right <= x1 - MARGIN
        assert inside, (page, left, right)
        assert y0 + MARGIN <= low < high <= y1 - MARGIN, (page, low, high)


@pytest.mark.parametrize(("language", "seed"), POSTERS)
def test_a_poster_is_one_page(language: Language, seed: int | None) -> None:
    """Of A1, also with twelve options and names of 120 letters, and letters that read on A3."""
    _, pdf = _printed("poster", language, seed)
    pages = pypdf.PdfReader(BytesIO(pdf)).pages
    assert len(pages) == 1
    assert [round(float(side)) for side in pages[0].mediabox[2:]] == [1684, 2384]
    if seed is None:
        heights = sorted((high - low) / 0.95 for _, (_, low, _, high), _ in text_boxes(pdf))
        assert heights[len(heights) // 50] / 2 >= 6.5  # points, when A1 is printed as A3


@pytest.mark.parametrize(("kind", "language"), [*LONG, ("poster", "nl")])
def test_numbers_are_written_in_the_way_of_the_language(kind: str, language: Language) -> None:
    """A comma before decimals in Dutch, a point in English, in text, tables and pictures."""
    text, _ = _printed(kind, language)
    sources = {each.title.in_language(language) for each in brabant().comparison.problem.sources}
    told = [line for b in text.blocks for line in (*b.lines, *b.heads)]
    told += [
        cell
        for b in text.blocks
        for row in b.rows
        for cell in row
        if not any(title in cell for title in sources)
    ]
    told += [word for b in text.blocks if b.svg for word in picture_words(b.svg)]
    numbers = [number for line in told for number in re.findall(r"\d+(?:[.,]\d+)+", line)]
    decimal, other = (",", ".") if language == "nl" else (".", ",")
    assert sum(decimal in number for number in numbers) > 50
    wrong = [n for n in numbers if other in n and not re.fullmatch(THOUSANDS[language], n)]
    assert wrong == []
    assert [n for n in numbers if n.count(decimal) > 1 and other not in n] == []


@pytest.mark.parametrize(("kind", "language"), LONG)
def test_the_list_of_contents_has_the_right_pages(kind: str, language: Language) -> None:
    """Each heading is listed with the page on which the reader finds it, page x of y."""
    text, pdf = _printed(kind, language)
    labels = texts_of(language, "memo")["print"]
    pages = [" ".join(p.extract_text().split()) for p in pypdf.PdfReader(BytesIO(pdf)).pages]
    for number, page in enumerate(pages, start=1):
        assert f"{labels['page']} {number} {labels['of']} {len(pages)}" in page
    for heading in listed(text, labels):
        found = re.search(re.escape(heading) + r"[ .]*?(\d+)", pages[0])
        assert found is not None, heading
        assert heading in pages[int(found[1]) - 1]


def test_headings_of_word_processors_stay_with_what_follows() -> None:
    """The styles of headings and captions of tables keep with the next paragraph."""
    with ZipFile(BytesIO(own_reference("docx"))) as parts:
        styles = parts.read("word/styles.xml").decode("utf-8")
    for name in ("Heading1", "Heading2", "TableCaption"):
        style = styles[styles.index(f'w:styleId="{name}"') :]
        assert "<w:keepNext" in style[: style.index("</w:style>")], name
    with ZipFile(BytesIO(own_reference("odt"))) as parts:
        styles = parts.read("styles.xml").decode("utf-8")
    for name in ("Heading", "TableCaption"):
        style = styles[styles.index(f'style:name="{name}"') :]
        assert 'fo:keep-with-next="always"' in style[: style.index("</style:style>")], name

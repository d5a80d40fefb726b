from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
from tests.memo.made import memo

from afweging import __version__
from afweging.io.dossier import fingerprint, read_dossier
from afweging.memo.blocks import Block
from afweging.memo.differences import Difference
from afweging.memo.dossier import text_of, versions
from afweging.memo.printed import Spot
from afweging.memo.redrawn import drawn_otherwise, is_plain, pdf_again, same_typst

RAW = memo("json")
TEXT = text_of(read_dossier(RAW))
BOX = b"1 g 90 300 9 9 re f"


def _boxed(content: bytes, page: int) -> bytes:
    """Return a PDF with a white box over one of its pages, from 0."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.pages[page].contents_add(pdf.make_stream(BOX), prepend=False)
        stream = io.BytesIO()
        pdf.save(stream)
    return stream.getvalue()


def test_a_pdf_is_made_again_from_its_dossier() -> None:
    """Byte for byte, by the same versions; by another version of either it is not tried."""
    mark = fingerprint(RAW)
    assert pdf_again(TEXT, mark, RAW, versions()) == memo("pdf")
    for name in ("afweging", "typst"):
        assert pdf_again(TEXT, mark, RAW, {**versions(), name: "0.0.9"}) is None
    assert versions()["afweging"] == __version__
    assert not same_typst({})


def test_a_picture_that_asks_for_more_is_not_drawn() -> None:
    """Another file, or itself without end; nor is a text of no size of a memo."""
    assert is_plain(TEXT)
    for svg in ('<svg><image href="file:///etc/passwd"/></svg>', "<svg><use/></svg>", "no XML"):
        assert not is_plain(replace(TEXT, blocks=(Block("figure", "a.1", svg=svg),)))
    large = Block("paragraph", "a.1", lines=("x" * 9_000_000,))
    assert not is_plain(replace(TEXT, blocks=(large,)))


def test_the_page_that_is_drawn_otherwise_is_named() -> None:
    """A box of paper over a number is no text, and is seen; not where something is known yet."""
    whole = memo("pdf")
    assert drawn_otherwise(_boxed(whole, 0), whole, [])[0][0].spot.page == 1
    prose = Difference("prose", Spot(page=2), "a", "b")
    assert drawn_otherwise(_boxed(whole, 1), whole, [prose]) == ([], frozenset({2}))

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pikepdf
import pytest
from tests.memo.made import memo

from afweging.errors import DossierError
from afweging.io.pdf_pages import differing_pages

if TYPE_CHECKING:
    from collections.abc import Callable


def _saved(change: Callable[[pikepdf.Pdf], None] | None = None) -> bytes:
    """Return a memo as another program saves it, with a change."""
    with pikepdf.open(io.BytesIO(memo("pdf"))) as pdf:
        if change is not None:
            change(pdf)
        stream = io.BytesIO()
        pdf.save(
            stream, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable
        )
    return stream.getvalue()


def _rewritten(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[1]
    parsed = pikepdf.parse_content_stream(page)
    page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(parsed))


def test_how_a_page_is_stored_makes_no_difference() -> None:
    """Not compressed, in other objects, with numbers and strings written otherwise."""
    assert differing_pages(_saved(), memo("pdf")) == []
    assert differing_pages(_saved(_rewritten), memo("pdf")) == []


def _size(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].MediaBox = pikepdf.Array([0, 0, 400, 400])


def _font(pdf: pikepdf.Pdf) -> None:
    font = next(iter(pdf.pages[1].Resources.Font.values()))
    file = font.DescendantFonts[0].FontDescriptor
    stream = next(file[key] for key in ("/FontFile3", "/FontFile2") if key in file)
    stream.write(stream.read_bytes()[:-1] + b"x")


def _gone(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[-1]


@pytest.mark.parametrize(("change", "first"), [(_size, 2), (_gone, 0)])
def test_a_page_of_another_size_or_gone_differs(
    change: Callable[[pikepdf.Pdf], None], first: int
) -> None:
    """That page, and no other."""
    found = differing_pages(_saved(change), memo("pdf"))
    last = len(pikepdf.open(io.BytesIO(memo("pdf"))).pages)
    assert found == [first or last]


def test_other_letters_differ_on_each_page_that_has_them() -> None:
    """A font in which a 1 looks like a 7 has the same codes."""
    assert 2 in differing_pages(_saved(_font), memo("pdf"))


def test_no_pdf_is_refused() -> None:
    """As one fault."""
    with pytest.raises(DossierError):
        differing_pages(b"%PDF-1.7", memo("pdf"))

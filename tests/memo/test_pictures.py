from __future__ import annotations

from afweging.io.visible import Picture
from afweging.memo.blocks import Block, MemoText
from afweging.memo.pictures import compare_pictures

SVG = '<svg xmlns="http://www.w3.org/2000/svg"><rect width="30"/><text>Park 0,5</text></svg>'
FIGURE = Block("figure", "a.1", lines=("Balken", "Park is 0,5"), svg=SVG)
TEXT = MemoText("nl", "memo", "T", "2026-11-25", concept=False, blocks=(FIGURE, FIGURE))
GOOD = Picture(SVG.encode())


def test_a_drawing_has_to_be_the_same() -> None:
    """Also the length of a bar."""
    assert compare_pictures(TEXT, [GOOD, GOOD]) == ([], 0)
    longer = Picture(SVG.replace("30", "90").encode())
    ((found,), unknown) = compare_pictures(TEXT, [GOOD, longer])
    assert (found.kind, found.spot.caption, unknown) == ("figure", "Balken", 0)
    assert "30" in (found.expected or "")
    assert "90" in (found.found or "")


def test_of_a_pdf_the_words_are_compared() -> None:
    """As they are drawn, sign by sign."""
    assert compare_pictures(TEXT, [Picture(words="P a r k 0,5"), GOOD]) == ([], 0)
    ((found,), _) = compare_pictures(TEXT, [Picture(words="P a r k 0,6"), GOOD])
    assert (found.expected, found.found) == ("Park0,5", "Park0,6")


def test_a_picture_of_dots_is_compared_with_one_drawn_again() -> None:
    """Where it can be."""
    dots = [b"\x89PNG 1", b"\x89PNG 2"]
    good = [Picture(b"\x89PNG 1"), Picture(b"\x89PNG 2")]
    assert compare_pictures(TEXT, good, dots) == ([], 0)
    ((found,), unknown) = compare_pictures(TEXT, [*good[:1], Picture(b"\x89PNG 3")], dots)
    assert (found.kind, found.expected, found.found, unknown) == ("figure", None, None, 0)


def test_a_picture_of_dots_is_counted() -> None:
    """It cannot be compared; one that is gone is a difference."""
    found, unknown = compare_pictures(TEXT, [Picture(b"\x89PNG")])
    assert unknown == 1
    assert [(each.expected, each.found) for each in found] == [("Balken", None)]


def test_the_last_picture_is_that_of_the_fingerprint() -> None:
    """It has to be the same as well; one more than that is not of the memo."""
    code = Picture(b"<svg>code</svg>")
    assert compare_pictures(TEXT, [GOOD, GOOD, code], seal="<svg>code</svg>") == ([], 0)
    assert len(compare_pictures(TEXT, [GOOD, GOOD, GOOD], seal="<svg>code</svg>")[0]) == 1
    ((found,), _) = compare_pictures(TEXT, [GOOD, GOOD, code, Picture(None, page=3)])
    assert (found.what, found.spot.page) == ("image", 3)

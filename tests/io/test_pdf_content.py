from __future__ import annotations

import pytest

from afweging.io.pdf_content import drawn


class _Stream(dict[str, object]):
    """A stream or a dictionary as pypdf gives it: with data, and standing for itself."""

    def __init__(self, data: bytes = b"", **entries: object) -> None:
        super().__init__({f"/{key}": value for key, value in entries.items()})
        self.data = data

    def get_data(self) -> bytes:
        return self.data

    def get_object(self) -> _Stream:
        return self

    raw_get = dict.__getitem__


TABLE = b"begincodespacerange <00> <FF> endcodespacerange beginbfrange <20> <7E> <0020> endbfrange"
FONTS = _Stream(F=_Stream(ToUnicode=_Stream(TABLE)))
FORM = _Stream(b"BT /F 9 Tf (in a form) Tj ET", Subtype="/Form", Resources=_Stream(Font=FONTS))
RESOURCES = _Stream(Font=FONTS, XObject=_Stream(X=FORM))


def test_text_stands_by_its_mark() -> None:
    """In pieces, with escapes, brackets and hexadecimal digits, under the innermost number."""
    page = (
        rb"/P<</MCID 3>>BDC BT /F 9 Tf [(7)20(2,)-3(5)] TJ ET "
        rb"/Span<</Lang(nl)>>BDC BT (a\(b\)(c)\101) Tj ET EMC EMC "
        rb"/P <</MCID 4>> BDC BT <37 32> Tj ET EMC"
    )
    found = drawn(_Stream(page), RESOURCES, {})
    assert found.marked == {3: "72,5 a(b)(c)A ", 4: "72 "}
    assert (found.artifacts, found.loose) == ([], [])


def test_brackets_within_a_text_go_as_deep_as_they_like() -> None:
    """A text ends at its own bracket: what comes after it is not lost, and a sign % is a sign."""
    page = (
        rb"/P<</MCID 1>>BDC BT /F 9 Tf (a(b(c(d(e\)f)%)g)h)i) Tj (72%) Tj ET EMC "
        rb"/P<</MCID 2>>BDC BT /F 9 Tf ((((\(5)))) Tj ET EMC /P<</MCID 3>>BDC BT (not closed) "
    )
    found = drawn(_Stream(page), RESOURCES, {})
    assert found.marked == {1: "a(b(c(d(e)f)%)g)h)i72% ", 2: "((((5))) "}
    assert found.loose == []


def test_what_is_drawn_outside_a_mark_is_found() -> None:
    """Artifacts by themselves, with what is marked within them; loose text; text of a form."""
    page = (
        b"/Artifact BMC BT /F 9 Tf (page ) Tj /Span <</MCID 9>> BDC (3) Tj EMC ET EMC "
        b"BT /F 9 Tf (loose) Tj ET /P <</MCID 1>> BDC /X Do EMC /Artifact BMC 0 0 5 5 re f EMC"
    )
    found = drawn(_Stream(page), RESOURCES, {})
    assert found.marked == {1: "in a form "}
    assert (found.artifacts, found.loose) == (["page 3"], ["loose"])


def test_drawing_without_text_or_font() -> None:
    """Paths and numbers are passed over; text in a font that is not there is unknown."""
    page = b"q 1 0 0 -1 4 4 cm 0.5 scn 0 0 m 9 .5 l S Q % (comment) Tj\n (12) Tj"
    assert drawn(_Stream(page), RESOURCES, {}).loose == ["\ufffd\ufffd"]
    assert drawn(None, RESOURCES, {}).loose == []


def test_a_form_that_draws_itself_ends() -> None:
    """By a fault, not by a crash."""
    resources = _Stream(XObject=_Stream())
    form = _Stream(b"/X Do", Subtype="/Form", Resources=resources)
    resources["/XObject"]["/X"] = form  # type: ignore[index]
    with pytest.raises(ValueError, match="large"):
        drawn(_Stream(b"/X Do"), resources, {})

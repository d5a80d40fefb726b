from __future__ import annotations

import pytest

from afweging.io.pdf_font import Font, read_table

TABLE = b"""1 begincodespacerange <0000> <FFFF> endcodespacerange
2 beginbfchar
<0001> <0037>
<0002> <00660069>
endbfchar
2 beginbfrange
<0010> <0013> <0030>
<0020> <0021> [<2212> <D835DC00>]
endbfrange"""


def test_a_table_is_read_in_all_its_forms() -> None:
    """Single codes, a ligature, a range, and a range with a list; beyond the basic plane too."""
    font = read_table(TABLE)
    assert font.width == 2
    codes = bytes.fromhex("0001 0002 0010 0013 0020 0021")
    assert font.text(codes) == "7fi03\N{MINUS SIGN}\U0001d400"


def test_what_is_not_in_the_table_is_seen_as_unknown() -> None:
    """It is drawn, so it may not be passed over."""
    assert read_table(TABLE).text(b"\x00\x03\x00\x01") == "\ufffd7"
    assert Font.of({"/Subtype": "/Type0"}).text(b"\x00\x01\x00\x02") == "\ufffd\ufffd"
    assert Font.of({"/Subtype": "/Type1"}).text(b"12") == "\ufffd\ufffd"


@pytest.mark.parametrize(
    "content",
    [b"beginbfrange <00> <FFFFFF> <0000> endbfrange", b"beginbfrange <00> <01> endbfrange"],
)
def test_a_table_that_is_endless_or_broken_fails(content: bytes) -> None:
    """Its reader turns that into a fault."""
    with pytest.raises((ValueError, StopIteration, RuntimeError)):
        read_table(content)

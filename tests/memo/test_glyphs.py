from __future__ import annotations

from afweging.memo.glyphs import INSTEAD, drawable


def test_what_europe_writes_is_drawn() -> None:
    """Polish, Romanian, Bulgarian and Greek letters, and signs of our own sentences, stay."""
    text = "Zażółć gęślą jaźń, Timișoara, Пловдив, Αθήνα – ‘ja’ “nee” ≥ € × − …"
    assert drawable(text) == text


def test_what_cannot_be_drawn_is_replaced() -> None:
    """A character that the letters do not have becomes one sign, in its place."""
    assert drawable("a你b😀c") == f"a{INSTEAD}b{INSTEAD}c"

from __future__ import annotations

import pytest

from afweging.errors import RequestError
from afweging.memo.content import PARTS
from afweging.memo.headings import Headings, usual_headings
from afweging.memo.own_texts import read_texts, with_texts
from afweging.wording import Words


def _with(content: bytes, kind: str = "statenvoorstel") -> Headings:
    texts = read_texts(content, file="t.toml")
    return with_texts(usual_headings(kind, Words("nl")), texts, computed=PARTS, file="t.toml")


def test_blank_lines_part_paragraphs() -> None:
    """Of a text of several lines too; the order of the document is that of its headings."""
    found = _with(b'goal = """\nEen.\n\nTwee,\nook twee.\n"""\nauthority = "Staten"')
    assert found.texts == {"goal": ("Een.", "Twee,\nook twee."), "authority": ("Staten",)}


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        (b"goal = ", [("memo-texts-toml", None)]),
        (b"\xff", [("memo-texts-toml", None)]),
        (b'goal = " "\nauthority = 3', [("memo-text", "goal"), ("memo-text", "authority")]),
        (b'advice = "Kies O2"', [("memo-text-part", "advice")]),
        (
            b'goals = "Doel"\noccasion = "A"',
            [("memo-text-part", "goals"), ("memo-text-part", "occasion")],
        ),
    ],
)
def test_what_cannot_be_a_text_is_named(
    content: bytes, codes: list[tuple[str, str | None]]
) -> None:
    """No TOML, no text, a part that is computed, one that this kind does not have."""
    with pytest.raises(RequestError) as caught:
        _with(content)
    found = [(fault.code, fault.value) for fault in caught.value.faults]
    assert [code for code, _ in found] == [code for code, _ in codes]
    assert all(value in {None, seen} for (_, seen), (_, value) in zip(found, codes, strict=True))

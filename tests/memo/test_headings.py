from __future__ import annotations

import pytest

from afweging.errors import RequestError
from afweging.memo.content import PARTS
from afweging.memo.headings import read_headings, usual_headings
from afweging.wording import LANGUAGES, Language, Words, texts_of


def _codes(content: bytes, kind: str) -> list[tuple[str, object]]:
    with pytest.raises(RequestError) as caught:
        read_headings(content, kind, file="koppen.toml")
    return [(fault.code, fault.value) for fault in caught.value.faults]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_has_the_advice_and_the_answer(language: Language) -> None:
    """All kinds say what is advised; all but the poster can be redone by hand."""
    for kind in texts_of(language, "memokinds"):
        parts = usual_headings(kind, Words(language)).parts
        assert "advice" in parts
        assert ("appendix" in parts) == (kind != "poster")
    assert PARTS.keys() >= usual_headings("memo", Words(language)).parts.keys()


def test_faults_in_a_file_are_named() -> None:
    """No TOML, no such kind, no headings, and each empty heading."""
    assert _codes(b"[", "memo")[0][0] == "memo-headings-toml"
    assert _codes(b"\xff", "memo")[0][0] == "memo-headings-toml"
    assert _codes(b"a = 1", "memo") == [("memo-kind", "memo")]
    assert _codes(b'[memo]\nname = "Memo"', "memo") == [("memo-headings-form", "memo")]
    text = b'[m]\nname = "M"\n[m.headings]\nadvice = " "\nranking = 3\nmethod = "Methode"\n'
    assert _codes(text, "m") == [("memo-heading", "advice"), ("memo-heading", "ranking")]

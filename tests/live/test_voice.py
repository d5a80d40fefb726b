from __future__ import annotations

import string

import pytest

from afweging.live.voice import AREA, FALLBACK, Voice, language_names
from afweging.wording import LANGUAGES, texts_of


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_of_ours_says_everything_itself(language: str) -> None:
    """No text of a participant falls back in Dutch or in English."""
    voice = Voice(language)
    for part, texts in texts_of(language, AREA).items():
        for key in texts:
            assert "[en]" not in voice.text(f"{part}.{key}", lens="x", step=1, seat=1, **_facts())
    assert not any(text.startswith("[") for text in voice.script().values())


def _facts() -> dict[str, str]:
    """Return something for every fact of every text."""
    said = [text for part in texts_of("en", AREA).values() for text in part.values()]
    names = {name for text in said for _, name, _, _ in string.Formatter().parse(text) if name}
    return dict.fromkeys(names - {"lens", "step", "seat"}, "x")


def test_a_language_that_is_there_in_part_falls_back_visibly(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is said is said; the rest stands in English, marked for readers and for machines."""
    known = {"join": {"title": "Dołącz"}, "script": {"kept": "Zapisano."}}

    def texts(language: str, area: str) -> object:
        return known if language == "pl" else texts_of(language, area)

    monkeypatch.setattr("afweging.live.voice.texts_of", texts)
    voice = Voice("pl")
    assert voice.text("join.title") == voice.html("join.title") == "Dołącz"
    assert voice.text("join.submit") == "[en] Join"
    assert voice.html("join.submit") == '<span lang="en">Join</span>'
    script = voice.script()
    assert script["kept"] == "Zapisano."
    assert script["matches"].startswith("[en] ")


def test_text_of_a_language_is_escaped(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file with a language cannot put markup in a page."""
    monkeypatch.setattr("afweging.live.voice.texts_of", lambda *_: {"join": {"title": "<b>x"}})
    assert Voice("pl").html("join.title") == "&lt;b&gt;x"


def test_only_languages_that_are_there_can_be_chosen() -> None:
    """A language is offered as soon as its file is there, in its own words."""
    assert language_names() == {"nl": "Nederlands", "en": "English"}
    assert FALLBACK in language_names()


def test_an_unknown_text_is_a_bug() -> None:
    """A key that is in no language is not shown as such."""
    with pytest.raises(KeyError):
        Voice("nl").text("join.nothing")

from __future__ import annotations

import re
import string
from pathlib import Path
from typing import Any

import pytest

from afweging.analysis import session
from afweging.live.voice import (
    AREA,
    FALLBACK,
    SECTIONS,
    Voice,
    language_names,
    languages,
    voice_for,
)
from afweging.wording import LANGUAGES, Words, texts_of

OTHERS = ("bg", "pl", "ro", "uk")
CONSOLE_ONLY = {"door.no-export-yet", "door.not-proxy"}  # said to the facilitator alone
HOMES = {"page": "live", "elsewhere": "live", "fault": "live", "check": "live", "mark": "cli"}
HOMES |= {"door": "live_server", "refusal": "session", "stage": "session", "code_name": "session"}


def said_by(language: str) -> dict[str, str]:
    """Return all that the file of a language says, by section and key."""
    texts: Any = texts_of(language, AREA)
    return {f"{part}.{key}": text for part, found in texts.items() for key, text in found.items()}


def whole_key(key: str) -> str:
    """Return the key of `Words` for a key in the one file of a language."""
    part = key.partition(".")[0]
    return key if part == "units" else f"{HOMES.get(part, AREA)}.{key}"


def english(key: str) -> str:
    """Return the English template of a text."""
    area, *path = whole_key(key).split(".")
    found: Any = texts_of("en", area)
    for part in path:
        found = found[part]
    return str(found)


def facts_of(text: str) -> set[tuple[str, str | None]]:
    """Return what a text asks for, with the form of each."""
    return {(name, form) for _, name, form, _ in string.Formatter().parse(text) if name}


def refusals() -> set[str]:
    """Return the codes of what a participant may be refused, as they stand in the code."""
    folder = Path(next(iter(session.__path__)))
    known: Any = texts_of("en", "session")["refusal"]
    quoted = {
        word
        for name in ("participants", "texts", "draft")
        for word in re.findall(r'"([\w-]+)"', (folder / f"{name}.py").read_text(encoding="utf-8"))
    }
    return quoted & set(known) - {"weights-sum"}  # that one is of the facilitator


# --- a language that is there as a whole ----------------------------------------------------------


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_says_all_that_a_phone_shows(language: str) -> None:
    """Screens, faults, refusals and marks: nothing falls back, and no key is one of nobody."""
    own = set(said_by(language))
    needed = {*said_by("en")}
    for part, area in HOMES.items():
        keys: Any = texts_of("en", area)[part]
        needed |= {f"{part}.{key}" for key in keys if part != "refusal"}
    needed |= {f"refusal.{code}" for code in refusals()} | {"units.and", "units.or"}
    assert needed - own - CONSOLE_ONLY == set()
    for key in own:
        assert english(key), key


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_asks_for_the_same_facts(language: str) -> None:
    """Each text fills in what the English one does, in the same form."""
    differ = {
        key: text
        for key, text in said_by(language).items()
        if facts_of(text) != facts_of(english(key))
    }
    assert differ == {}


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_is_another_one_and_says_who_has_to_read_it(language: str) -> None:
    """No text is left in English, none is empty, and the file says that it awaits a reader."""
    own = said_by(language)
    same = {key for key, text in own.items() if text == english(key)}
    assert {key for key in same if len(english(key)) > 12} == set()
    assert all(text.strip() == text and text for text in own.values())
    head = Path(texts_file(language)).read_text(encoding="utf-8").splitlines()[1]
    assert re.search("czeka|așteaptă|чака|чекає", head)


def texts_file(language: str) -> str:
    """Return the path of the file of a language."""
    from afweging import wording

    return str(Path(next(iter(wording.__path__))) / language / f"{AREA}.toml")


@pytest.mark.parametrize("language", OTHERS)
def test_no_noun_follows_a_number(language: str) -> None:
    """With more forms of the plural than two, a sentence with any number has to stay right.

    Only a unit, such as kB, comes after a number that varies.
    """
    counted = "n|left|points|most|seconds|kilobytes|given|lenses|length"
    for key, text in said_by(language).items():
        for after in re.findall(rf"\{{(?:{counted})(?::\w+)?\}} (\w+)", text):
            assert len(after) <= 3, (key, text)


def test_numbers_are_those_of_the_language() -> None:
    """Thousands and decimals as its readers write them."""
    shown = {language: Voice(language).format_field(12345.5, "number") for language in languages()}
    assert shown == {
        "nl": "12.345,5",
        "en": "12,345.5",
        "bg": "12\u00a0345,5",
        "pl": "12\u00a0345,5",
        "ro": "12.345,5",
        "uk": "12\u00a0345,5",
    }


def test_a_refusal_is_worded_in_the_language() -> None:
    """What stands elsewhere for us is in the same file for another language."""
    voice = Voice("uk")
    said = voice.text("session.refusal.text-too-long", length=1200, most=140)
    assert said == "Текст задовгий. Знаків: 1\u00a0200; щонайбільше: 140."
    assert voice.text("live_server.door.no-page") == "Такої сторінки немає."
    assert Voice("pl").join(["a", "b"]) == "a i b"


# --- a language of ours ---------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_of_ours_says_everything_itself(language: str) -> None:
    """No text of a participant falls back in Dutch or in English."""
    voice = Voice(language)
    names = {name for text in said_by("en").values() for name, _ in facts_of(text)}
    for key in said_by(language):
        assert voice.plain(key, **dict.fromkeys(names, "x")) == Words(voice.language).text(
            f"{AREA}.{key}", **dict.fromkeys(names, "x")
        )
    assert not any(text.startswith("[") for text in voice.script().values())


def test_problems_are_named_in_a_language_of_ours() -> None:
    """Names stay Dutch where the reader has another language than we have."""
    assert [Voice(each).problem for each in ("nl", "en", "pl")] == ["nl", "en", "nl"]


# --- a language that is there in part -------------------------------------------------------------


def test_a_language_that_is_there_in_part_falls_back_visibly(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is said is said; the rest stands in English, marked for readers and for machines."""
    known = {"join": {"title": "Dołącz"}, "script": {"kept": "Zapisano."}}

    def texts(language: str, area: str) -> object:
        return known if language == "pl" else texts_of(language, area)

    monkeypatch.setattr("afweging.live.voice.texts_of", texts)
    voice = Voice("pl")
    assert voice.plain("join.title") == voice.html("join.title") == "Dołącz"
    assert voice.plain("join.submit") == "[en] Join"
    assert (
        voice.html("join.submit") == '<span class="other" lang="en"><small>[en]</small> Join</span>'
    )
    assert voice.text("session.refusal.paused").startswith("[en] The session")
    script = voice.script()
    assert script["kept"] == "Zapisano."
    assert script["matches"].startswith("[en] ")


def test_text_of_a_language_is_escaped(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file with a language cannot put markup in a page."""
    monkeypatch.setattr("afweging.live.voice.texts_of", lambda *_: {"join": {"title": "<b>x"}})
    assert Voice("pl").html("join.title") == "&lt;b&gt;x"


def test_a_language_that_is_there_can_be_chosen() -> None:
    """A language is offered as soon as its file is there, in its own words."""
    assert language_names() == {
        "nl": "Nederlands",
        "en": "English",
        "bg": "Български",
        "pl": "Polski",
        "ro": "Română",
        "uk": "Українська",
    }
    assert FALLBACK in languages()
    assert AREA in SECTIONS


@pytest.mark.parametrize("name", ["xx", "", "../nl", "nl/../pl", "\0", "PL"])
def test_no_other_name_is_a_language(name: str) -> None:
    """What is asked for and not there is English, whatever was sent."""
    assert voice_for(name).language == FALLBACK
    assert Voice(name).plain("join.submit") == "[en] Join"


def test_an_unknown_text_is_a_bug() -> None:
    """A key that is in no language is not shown as such."""
    for language in ("nl", "pl"):
        with pytest.raises(KeyError):
            Voice(language).plain("join.nothing")

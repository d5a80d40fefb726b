from __future__ import annotations

import string
from collections.abc import Mapping
from importlib import resources

import pytest

from afweging.wording import LANGUAGES, Words, texts_of

AREAS = sorted(
    {
        path.name.removesuffix(".toml")
        for language in LANGUAGES
        for path in (resources.files("afweging.wording") / language).iterdir()
    }
)


def _flat(texts: object, prefix: str = "") -> dict[str, str]:
    """Return the texts of an area by their whole key."""
    if isinstance(texts, str):
        return {prefix: texts}
    if isinstance(texts, list):  # words that mean the same, such as those of a command
        texts = dict(enumerate(texts))
    assert isinstance(texts, Mapping)
    return {
        name: text
        for key, part in texts.items()
        for name, text in _flat(part, f"{prefix}.{key}" if prefix else key).items()
    }


def _placeholders(text: str) -> set[tuple[str, str]]:
    """Return the facts that a text asks for, with the form that each is written in."""
    parsed = string.Formatter().parse(text)
    return {(name, form or "") for _, name, form, _ in parsed if name is not None}


def _area(language: str, area: str) -> dict[str, str]:
    return {
        key: text
        for key, text in _flat(texts_of(language, area)).items()
        # the fixed words of the command library are English, and so need no English
        if not (area == "cli" and key.startswith("fixed."))
    }


@pytest.mark.parametrize("area", AREAS)
def test_both_languages_say_the_same_things(area: str) -> None:
    """Every file is there in Dutch and in English, with the same keys in the same order."""
    dutch, english = (list(_area(language, area)) for language in ("nl", "en"))
    assert sorted(dutch) == sorted(english)


@pytest.mark.parametrize("area", AREAS)
def test_both_languages_use_the_same_facts(area: str) -> None:
    """A text asks for the same facts, in the same form, in both languages."""
    dutch, english = _area("nl", area), _area("en", area)
    differ = {
        key: (_placeholders(text), _placeholders(english[key]))
        for key, text in dutch.items()
        if _placeholders(text) != _placeholders(english[key])
    }
    assert differ == {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("area", AREAS)
def test_no_text_is_empty_or_untidy(language: str, area: str) -> None:
    """No text is empty, and none has two spaces in a row."""
    texts = _area(language, area)
    assert [key for key, text in texts.items() if not text] == []
    assert [key for key, text in texts.items() if "  " in text.strip()] == []


def test_a_fact_is_written_by_its_form() -> None:
    """Numbers and lists are written in the way of the language."""
    text = "faults.code.profile-swing"
    assert "1.234,5 punten" in Words("nl").text(text, group="a", value=1234.5)
    assert "1,234.5 points" in Words("en").text(text, group="a", value=1234.5)
    assert Words("nl").join(["a", "b", "c"], "or") == "a, b of c"
    assert Words("en").join(["a", "b"]) == "a and b"
    assert Words("en").join(["a"]) == "a"
    assert Words("en").join([]) == ""


@pytest.mark.parametrize("key", ["faults.code.gone", "gone.gone", "faults.code"])
def test_a_key_that_is_not_there_is_known_not_to_be(key: str) -> None:
    """`has` tells whether there is a text; asking for one that is not there is a bug."""
    assert not Words("nl").has(key)
    with pytest.raises((KeyError, FileNotFoundError)):
        Words("nl").text(key)


def test_a_missing_fact_is_a_bug() -> None:
    """A text is never shown with a hole in it."""
    with pytest.raises(KeyError):
        Words("nl").text("faults.code.profile-swing", value=3)

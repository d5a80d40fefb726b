"""The words of a participant, in a language that may be there only in part.

A language is a folder with `live_participant.toml`. What it does not say is said in English, and
is marked as such, so that a reader and a screen reader know that the language changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from markupsafe import Markup

from afweging.wording import LANGUAGES, Language, Words, texts_of

if TYPE_CHECKING:
    from collections.abc import Mapping

AREA = "live_participant"
FALLBACK: Language = "en"


class Voice:
    """The participant texts of one language, with those of English where there are none.

    Examples
    --------
    >>> Voice("nl").text("join.submit")
    'Meedoen'
    >>> Voice("xx").text("join.submit")
    '[en] Join'
    >>> Voice("xx").html("join.submit")
    Markup('<span lang="en">Join</span>')
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._own = _known(language)
        self._other = Words(FALLBACK)

    def text(self, key: str, **facts: object) -> str:
        """Return plain text; what is missing stands in English behind a mark."""
        own = self._said(key, facts)
        return own if own is not None else f"[{FALLBACK}] {self._english(key, facts)}"

    def html(self, key: str, **facts: object) -> Markup:
        """Return text for a page; what is missing stands in English, marked as that language."""
        own = self._said(key, facts)
        if own is not None:
            return Markup.escape(own)
        return Markup('<span lang="{}">{}</span>').format(FALLBACK, self._english(key, facts))

    def script(self) -> dict[str, str]:
        """Return the texts whose facts the page itself fills in."""
        english = cast("Mapping[str, str]", texts_of(FALLBACK, AREA)["script"])
        own = cast("Mapping[str, str]", {} if self._own is None else self._own.get("script", {}))
        return {key: own.get(key, f"[{FALLBACK}] {text}") for key, text in english.items()}

    def _said(self, key: str, facts: Mapping[str, object]) -> str | None:
        found: object = self._own
        for part in key.split("."):
            found = found.get(part) if isinstance(found, dict) else None
        return found.format(**facts) if isinstance(found, str) else None

    def _english(self, key: str, facts: Mapping[str, object]) -> str:
        return self._other.text(f"{AREA}.{key}", **facts)


def _known(language: str) -> Mapping[str, object] | None:
    try:
        return texts_of(language, AREA)
    except (FileNotFoundError, NotADirectoryError):
        return None


def language_names() -> dict[str, str]:
    """Return the languages that a participant can choose, by code, each in its own words.

    Examples
    --------
    >>> language_names()["nl"]
    'Nederlands'
    """
    found = {code: Voice(code) for code in (*LANGUAGES, *OTHERS) if _known(code) is not None}
    return {code: voice.text("language.name") for code, voice in found.items()}


OTHERS = ("pl", "ro", "bg", "uk")  # offered as soon as their file is there

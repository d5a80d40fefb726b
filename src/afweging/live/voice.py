"""The words of a participant, in a language that may be there only in part.

Dutch and English are whole. Any other language is one file: a folder with `live_participant.toml`,
that holds all that a phone shows. What it does not say is said in English, and is marked as such,
so that a reader and a screen reader know that the language changes.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, cast

from markupsafe import Markup

from afweging.wording import LANGUAGES, Language, Words, texts_of

if TYPE_CHECKING:
    from collections.abc import Mapping

AREA = "live_participant"
FALLBACK: Language = "en"
PROBLEM: Language = "nl"  # of names in the problem, where a language is not one of ours
SECTIONS = ("live_server", "session", "live", "cli", AREA)  # areas with sections in the one file


class Voice(Words):
    """The texts that a phone shows in one language, with those of English where there are none.

    Keys are those of `Words`; `html` and `plain` take the keys of `live_participant`.

    Examples
    --------
    >>> Voice("nl").plain("join.submit"), Voice("pl").plain("join.submit")
    ('Meedoen', 'Dołącz')
    >>> Voice("pl").text("session.refusal.round-sealed", round=1)
    'Runda 1 jest zamknięta. Twoja odpowiedź już się nie liczy.'
    >>> Voice("xx").plain("join.submit")
    '[en] Join'
    >>> Voice("xx").html("join.submit")
    Markup('<span class="other" lang="en"><small>[en]</small> Join</span>')
    """

    def __init__(self, language: str) -> None:
        super().__init__(cast("Language", language))
        self._own: Mapping[str, Any] = {} if language in LANGUAGES else _file_of(language)
        self._other = Words(FALLBACK)

    @property
    def problem(self) -> Language:
        """The language in which the problem itself is named."""
        return self.language if self.language in LANGUAGES else PROBLEM

    def text(self, key: str, **facts: object) -> str:
        """Return plain text; what is missing stands in English behind a mark."""
        own = self._said(key, facts)
        return own if own is not None else f"[{FALLBACK}] {self._other.text(key, **facts)}"

    def has(self, key: str) -> bool:
        """Return whether there is a text under `key`, in this language or in English."""
        return self._other.has(key)

    def plain(self, key: str, **facts: object) -> str:
        """Return a text of `live_participant`, for an attribute or a title."""
        return self.text(f"{AREA}.{key}", **facts)

    def html(self, key: str, **facts: object) -> Markup:
        """Return a text of `live_participant` for a page, with what is missing marked as such."""
        return self.marked(f"{AREA}.{key}", **facts)

    def marked(self, key: str, **facts: object) -> Markup:
        """Return a text for a page; what is missing stands in English, marked as that language."""
        own = self._said(key, facts)
        if own is not None:
            return Markup.escape(own)
        text = self._other.text(key, **facts)
        mark = '<span class="other" lang="{0}"><small>[{0}]</small> {1}</span>'
        return Markup(mark).format(FALLBACK, text)  # noqa: S704 - filled in, and so escaped

    def script(self) -> dict[str, str]:
        """Return the texts whose facts the page itself fills in."""
        keys = cast("Mapping[str, str]", texts_of(FALLBACK, AREA)["script"])
        own = texts_of(self.language, AREA) if self.language in LANGUAGES else self._own
        said = cast("Mapping[str, str]", own.get("script", {}))
        return {key: said.get(key, f"[{FALLBACK}] {text}") for key, text in keys.items()}

    def _said(self, key: str, facts: Mapping[str, object]) -> str | None:
        """Return what this language says itself; None where it does not."""
        if self.language in LANGUAGES:
            return super().text(key, **facts)
        area, *path = key.split(".")
        found: object = self._own
        for part in path if area in SECTIONS else (area, *path):
            found = found.get(part) if isinstance(found, dict) else None
        return self.vformat(found, (), facts) if isinstance(found, str) else None


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that a participant can choose: ours first, then by code.

    Examples
    --------
    >>> languages()
    ('nl', 'en', 'bg', 'pl', 'ro', 'uk')
    """
    folders = resources.files("afweging.wording").iterdir()
    found = {each.name for each in folders if each.joinpath(f"{AREA}.toml").is_file()}
    return (*LANGUAGES, *sorted(found - set(LANGUAGES)))


def language_names() -> dict[str, str]:
    """Return the languages that a participant can choose, by code, each in its own words.

    Examples
    --------
    >>> language_names()["uk"]
    'Українська'
    """
    return {code: Voice(code).plain("language.name") for code in languages()}


def voice_for(language: str) -> Voice:
    """Return the voice of a language; that of English where nothing is known of it."""
    return Voice(language if language in languages() else FALLBACK)


def _file_of(language: str) -> Mapping[str, Any]:
    """Return the one file of a language; empty where it is not there."""
    return texts_of(language, AREA) if language in languages() else {}

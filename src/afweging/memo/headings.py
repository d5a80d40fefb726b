"""The parts of a kind of document and their headings: the usual ones, or those of a file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from afweging.errors import Fault, Place, RequestError
from afweging.wording import texts_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from afweging.wording import Words

REPORT = "report"  # the kind of document that is a page to compute with


@dataclass(frozen=True, slots=True)
class Headings:
    """What a kind of document is called, and its parts with their headings, in their order.

    A part that is not computed is to be filled in by the author, and says so; `texts` has the
    paragraphs of those that the author filled in.
    """

    name: str
    parts: Mapping[str, str]
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))


def usual_headings(kind: str, words: Words) -> Headings:
    """Return the name and the headings of a kind of document.

    Raises
    ------
    RequestError
        When there is no such kind.
    """
    return _chosen(texts_of(words.language, "memokinds"), kind, Place())


def report_headings(words: Words) -> Headings:
    """Return the name and the headings of the interactive report."""
    found = texts_of(words.language, "report")
    return Headings(found["name"], found["parts"])


def read_headings(content: bytes, kind: str, *, file: str) -> Headings:
    r"""Return the headings of a kind of document from a file in the form of our own.

    Raises
    ------
    RequestError
        When the file is no TOML, has no such kind, or a heading is empty or no text.

    Examples
    --------
    >>> text = b'[nota]\nname = "Nota"\n[nota.headings]\nadvice = "Voorstel"\n'
    >>> read_headings(text, "nota", file="koppen.toml").parts
    {'advice': 'Voorstel'}
    """
    try:
        found = tomllib.loads(content.decode("utf-8"))
    except ValueError as error:
        raise RequestError([Fault("memo-headings-toml", Place(file=file), str(error))]) from None
    return _chosen(found, kind, Place(file=file))


def _chosen(kinds: Mapping[str, object], kind: str, place: Place) -> Headings:
    found = kinds.get(kind)
    if not isinstance(found, dict):
        raise RequestError([Fault("memo-kind", place, kind, {"known": sorted(kinds)})])
    name, parts = found.get("name"), found.get("headings")
    if not _is_text(name) or not isinstance(parts, dict) or not parts:
        raise RequestError([Fault("memo-headings-form", place, kind)])
    faults = [
        Fault("memo-heading", place, key) for key, text in parts.items() if not _is_text(text)
    ]
    if faults:
        raise RequestError(faults)
    return Headings(str(name), parts)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())

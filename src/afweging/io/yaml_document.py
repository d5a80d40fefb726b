"""YAML 1.2 text to a document, without tags, aliases or doubtful numbers.

The text is read as events, so that nothing in it is ever constructed or expanded.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import ReaderError

from afweging.errors import Place
from afweging.io.document import Document, Faults
from afweging.io.numbers import AMBIGUOUS

if TYPE_CHECKING:
    from afweging.io.document import Key, Path

DEEPEST = 40
MOST_DIGITS = 20  # of a whole number; beyond, a float holds as much

_NULL = {"", "~", "null", "Null", "NULL"}
_TRUE = {"true", "True", "TRUE"}
_FALSE = {"false", "False", "FALSE"}
_WHOLE = re.compile(r"[-+]?[0-9]+")
_LEADING_ZERO = re.compile(r"[-+]?0[0-9]+")  # a code such as 0758, not the number 758
_REAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_DECIMAL_COMMA = re.compile(r"[-+]?[0-9]+,[0-9]+")
_SURROGATE = re.compile(r"[\ud800-\udfff]")  # half a character, from an escape such as "\\ud800"


def read_yaml(text: str, *, file: str, faults: Faults) -> Document:
    """Return the document in `text`; every doubtful part is noted in `faults`.

    Text that is no YAML, or nested too deeply, gives an unread document.
    """
    builder = _Builder(file, faults)
    try:
        for event in YAML(typ="rt", pure=True).parse(text):
            if not builder.take(event):
                break
    except MarkedYAMLError as error:
        faults.add("yaml-syntax", _marked(error, file), error.problem or "")
        return Document(None)
    except ReaderError as error:
        before = text[: error.position].split("\n")
        place = Place(file=file, line=len(before), column=len(before[-1]) + 1)
        faults.add("yaml-character", place, f"U+{error.character:04X}")
        return Document(None)
    except (OverflowError, ValueError) as error:  # an escape beyond the last character
        faults.add("yaml-syntax", Place(file=file), str(error))
        return Document(None)
    if builder.document.value is None and not builder.too_deep:
        faults.add("file-empty", Place(file=file))
    return Document(None) if builder.document.value is None else builder.document


def _marked(error: MarkedYAMLError, file: str) -> Place:
    mark = error.problem_mark
    return Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)


@dataclass(slots=True)
class _Builder:
    """Builds the document event by event; `open` holds the containers not yet closed."""

    file: str
    faults: Faults
    document: Document = field(default_factory=lambda: Document(None))
    open: list[tuple[Path, Any]] = field(default_factory=list)
    key: list[str | None] = field(default_factory=list)
    documents: int = 0
    too_deep: bool = False

    def take(self, event: Any) -> bool:
        """Add what one event says; return whether to read on."""
        place = self._place(event)
        if isinstance(event, DocumentStartEvent):
            return self._start_document(place)
        if isinstance(event, (MappingStartEvent, SequenceStartEvent)) and len(self.open) == DEEPEST:
            self.faults.add("yaml-too-deep", place, DEEPEST)
            self.document, self.too_deep = Document(None), True
            return False
        self._take_part(event, place)
        return True

    def _take_part(self, event: Any, place: Place) -> None:
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            self._refuse("yaml-alias", place, event)
        elif isinstance(event, (MappingStartEvent, SequenceStartEvent)):
            self._start_container({} if isinstance(event, MappingStartEvent) else [], place, event)
        elif isinstance(event, (MappingEndEvent, SequenceEndEvent)):
            self.open.pop()
            self.key.pop()
        elif isinstance(event, ScalarEvent):
            self._scalar(event, place)

    def _place(self, event: Any) -> Place:
        mark = event.start_mark
        return Place(file=self.file, line=mark.line + 1, column=mark.column + 1)

    def _start_document(self, place: Place) -> bool:
        self.documents += 1
        if self.documents > 1:
            self.faults.add("yaml-documents", place)
        return self.documents == 1

    def _refuse(self, code: str, place: Place, event: Any) -> None:
        self.faults.add(code, place, getattr(event, "anchor", None))
        if isinstance(event, (MappingStartEvent, SequenceStartEvent)):
            self._start_container({} if isinstance(event, MappingStartEvent) else [], place, None)
        else:
            self._add(None, place)

    def _check_tag(self, event: Any, place: Place) -> None:
        if event is not None and (tag := event.tag) is not None and str(tag) != "!":
            self.faults.add("yaml-tag", place, str(tag))

    def _start_container(self, container: Any, place: Place, event: Any) -> None:
        self._check_tag(event, place)
        path = self._add(container, place)
        self.open.append((path, container))
        self.key.append(None)

    def _scalar(self, event: Any, place: Place) -> None:
        self._check_tag(event, place)
        # the reader marks where a folded text was folded with a bell, so as to fold it again
        text = event.value.replace("\a", "") if event.style == ">" else event.value
        if found := _SURROGATE.search(text):
            self.faults.add("yaml-character", place, f"U+{ord(found[0]):04X}")
            text = _SURROGATE.sub("?", text)
        if self.open and isinstance(self.open[-1][1], dict) and self.key[-1] is None:
            self._take_key(text, place)
        else:
            self._add(text if event.style else self._resolve(text, place), place)

    def _take_key(self, key: str, place: Place) -> None:
        path, container = self.open[-1]
        if key in container:
            self.faults.add("yaml-duplicate-key", place, key)
        self.key[-1] = key
        self.document.places.setdefault((*path, key), place)

    def _add(self, value: object, place: Place) -> Path:
        """Put `value` where it belongs and return its path."""
        if not self.open:
            self.document.value = value
            self.document.places[()] = place
            return ()
        path, container = self.open[-1]
        if isinstance(container, list):
            key: Key = len(container)
            container.append(value)
        elif self.key[-1] is None:
            self.faults.add("yaml-key", place)
            key, self.key[-1] = "?", "?"
            return (*path, key)
        else:
            key = self.key[-1]
            container[key] = value
            self.key[-1] = None
        self.document.places[(*path, key)] = place
        return (*path, key)

    def _resolve(self, text: str, place: Place) -> object:
        """Return the value of a plain scalar by the YAML 1.2 core schema."""
        if text in _NULL:
            return None
        if text in _TRUE or text in _FALSE:
            return text in _TRUE
        if _NOT_FINITE.fullmatch(text):
            self.faults.add("number-not-finite", place, text)
            return None
        if AMBIGUOUS.fullmatch(text):
            readings = ambiguous_readings(text.replace(",", "."))
            self.faults.add("number-ambiguous", place, text, **readings)
            return None
        if _DECIMAL_COMMA.fullmatch(text):
            self.faults.add("number-comma-in-yaml", place, text, point=text.replace(",", "."))
            return None
        return self._number(text, place)

    def _number(self, text: str, place: Place) -> object:
        if _LEADING_ZERO.fullmatch(text) or not _REAL.fullmatch(text):
            return text
        if _WHOLE.fullmatch(text) and len(text) < MOST_DIGITS:
            return int(text)
        if math.isinf(number := float(text)):
            self.faults.add("number-not-finite", place, text)
            return None
        return number


def looks_like_number(text: str) -> bool:
    """Return whether `text` without quotes would be read, or refused, as a number.

    Examples
    --------
    >>> looks_like_number("12,5"), looks_like_number("0758"), looks_like_number("2026-11")
    (True, False, False)
    """
    patterns = (AMBIGUOUS, _DECIMAL_COMMA, _NOT_FINITE, _REAL)
    return not _LEADING_ZERO.fullmatch(text) and any(p.fullmatch(text) for p in patterns)


def ambiguous_readings(text: str) -> dict[str, str]:
    """Return how an ambiguous number can be written without doubt, in both readings.

    Examples
    --------
    >>> ambiguous_readings("1.234")
    {'decimal': '1.2340', 'whole': '1234'}
    """
    return {"decimal": f"{text}0", "whole": text.replace(".", "").replace(",", "")}

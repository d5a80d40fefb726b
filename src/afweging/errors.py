"""The one tree of errors, and the faults they carry.

A fault is a code with facts; `afweging.wording` turns it into a sentence.
Everything a user can cause is an `AfwegingError`; a bug stays an ordinary exception.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a line and column of a file, or a cell of a sheet."""

    file: str | None = None
    line: int | None = None
    column: int | None = None
    sheet: str | None = None
    cell: str | None = None


def _no_facts() -> Mapping[str, object]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: its code, its place, the value found and the facts to word it."""

    code: str
    place: Place = Place()
    value: object = None
    facts: Mapping[str, object] = field(default_factory=_no_facts)


class AfwegingError(Exception):
    """Something the user can mend; carries every fault found, in the order of the input."""

    exit_code = 2

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{fault.code} {fault.value!r}" for fault in self.faults))


class ProblemFileError(AfwegingError):
    """A decision problem cannot be read, or does not hold together."""


class PreferenceError(AfwegingError):
    """Someone's answers cannot hold together, or lead to no weights."""


class RequestError(AfwegingError):
    """What is asked of a sound problem cannot be answered: an unknown name, an empty selection."""


class DossierError(AfwegingError):
    """A document holds no dossier, or one that cannot be read."""


class OutputError(AfwegingError):
    """A file cannot be written where it was asked."""


class SessionFileError(AfwegingError):
    """The log of a session cannot be read, does not hold together, or is in use."""

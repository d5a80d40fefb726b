"""What of a session may stand in a document that anybody reads: nothing that tells of a person."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from afweging.analysis.session.spread import LEAST_SHOWN, large_enough
from afweging.model.session_record import Quote, Remark

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from afweging.model.session import Choice
    from afweging.model.session_record import RoundRecord, SessionRecord

GONE = "[…]"
SHORTEST_NAME = 3  # letters; a shorter part of a name is a word of many texts
ADDRESSES = re.compile(
    r"[^\s@]+@[^\s@]+\.[^\s@]+"  # of mail
    r"|\b(?:https?://|www\.)\S+"
    r"|\b(?:\d{1,3}\.){3}\d{1,3}\b"  # of a machine, version 4
    r"|(?<![\w:])(?:[0-9A-Fa-f]{1,4}:){2,7}[0-9A-Fa-f:]*[0-9A-Fa-f]"  # and version 6
    r"|(?<![\w.,])\+?\d(?:[ ()-]*\d){8,14}(?![\w,])"  # of a telephone
    r"|\b[0-9A-Fa-f]{32,}\b"  # a token
)


def publishable(
    record: SessionRecord, *, names: Iterable[str] = (), quoted: Sequence[int] | None = ()
) -> SessionRecord:
    """Return a session without what tells of a person.

    A round of fewer than five people loses its weights, the decision loses counts of one to four
    people (and those from which they follow), and texts lose what looks like an address, a token
    or one of the names.

    Parameters
    ----------
    record : SessionRecord
        As read from an export.
    names : iterable of str
        Of participants who gave theirs.
    quoted : sequence of int, or None
        The numbers, from 1, of the remarks about the decision that are quoted; None for all.

    Raises
    ------
    IndexError
        When there is no such remark.
    """
    wiped = _Wiper(names)
    chosen = range(1, len(record.remarks) + 1) if quoted is None else sorted(set(quoted))
    if any(not 1 <= number <= len(record.remarks) for number in chosen):
        raise IndexError
    remarks = tuple(record.remarks[number - 1] for number in chosen)
    group = record.group
    found = replace(
        record,
        rounds=tuple(_round(each) for each in record.rounds),
        pairs=record.pairs if len(record.pairs) >= LEAST_SHOWN else (),
        group=group and replace(group, reason=wiped.maybe(group.reason)),
        quotes=tuple(Quote(q.round, wiped(q.text), q.uneasy) for q in record.quotes),
        decision=wiped.maybe(record.decision),
        conditions=tuple(wiped(each) for each in record.conditions),
        endorsements=_counts(record),
        remarks=tuple(Remark(each.choice, wiped(each.text)) for each in remarks),
        unquoted=len(remarks) < len(record.remarks),
    )
    return replace(found, omitted=wiped.count)


def _round(found: RoundRecord) -> RoundRecord:
    return found if found.n >= LEAST_SHOWN else replace(found, swings=(), salt=None)


def _counts(record: SessionRecord) -> tuple[tuple[Choice, int | None], ...]:
    """Return the counts that may be shown; 0 only where it is known that nobody is left out."""
    sizes: dict[str, int] = {choice: count or 0 for choice, count in record.endorsements}
    shown = counts_shown(sizes, sum(sizes.values()))
    return tuple((choice, shown[choice]) for choice, _ in record.endorsements)


def counts_shown(sizes: dict[str, int], total: int) -> dict[str, int | None]:
    """Return per part of a room how many people it has; None where that would tell of a few.

    Examples
    --------
    >>> counts_shown({"a": 7, "b": 5, "c": 0}, 12)
    {'a': 7, 'b': 5, 'c': 0}
    >>> counts_shown({"a": 9, "b": 2, "c": 1}, 12)
    {'a': None, 'b': None, 'c': None}
    >>> counts_shown({"a": 11, "b": 6, "c": 3, "d": 2}, 22)
    {'a': 11, 'b': 6, 'c': None, 'd': None}
    """
    kept = large_enough(sizes, total)
    full = sum(sizes[name] for name in kept) == total
    return {
        name: size if name in kept or (full and size == 0) else None for name, size in sizes.items()
    }


class _Wiper:
    """Takes addresses and names out of texts, and counts how many."""

    def __init__(self, names: Iterable[str]) -> None:
        self.count = 0
        parts = {part for name in names for part in (name, *name.split())}
        told = sorted((p for p in parts if len(p) >= SHORTEST_NAME), key=len, reverse=True)
        listed = "|".join(re.escape(part) for part in told)
        self._names = re.compile(rf"(?<!\w)(?:{listed})(?!\w)", re.IGNORECASE) if told else None

    def __call__(self, text: str) -> str:
        found, count = ADDRESSES.subn(GONE, text)
        self.count += count
        if self._names is not None:
            found, count = self._names.subn(GONE, found)
            self.count += count
        return found

    def maybe(self, text: str | None) -> str | None:
        return None if text is None else self(text)

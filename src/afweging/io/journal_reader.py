"""Reading the log of a live session: every event checked against the chain, in order."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from afweging.errors import Fault, Place, SessionFileError
from afweging.io.journal_faults import read_fault
from afweging.io.journal_file import START, chained, check_kind, check_there, connect
from afweging.io.journal_witness import stored_before
from afweging.model.session import Event

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from afweging.io.journal_witness import Stored

DAMAGE = (sqlite3.Error, ValueError, TypeError, OverflowError)  # what reading damaged pages raises


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What can be read of a damaged log: the events up to the fault, and the fault if any."""

    events: tuple[Event, ...]
    fault: Fault | None


def read_journal(path: Path) -> tuple[Event, ...]:
    """Return all events of the log at `path`, checked; also while another process writes it.

    Raises
    ------
    SessionFileError
        When it is missing, not a log of a session, of a newer version, or damaged.
    """
    found = salvage_journal(path)
    if found.fault is not None:
        raise SessionFileError([found.fault])
    return found.events


def salvage_journal(path: Path) -> Salvaged:
    """Return the events of the log at `path` up to the first fault, and that fault if any.

    Raises
    ------
    SessionFileError
        When there is no file, it is no log of a session, or it is of a newer version.
    """
    place = Place(file=path.name)
    check_there(path)
    stored = stored_before(path)  # before the log itself: another process may write on
    events: list[Event] = []
    connection: sqlite3.Connection | None = None
    try:
        connection = _connect_to_read(path)
        check_kind(connection, place)
        for event in _checked(connection, place, stored):
            events.append(event)  # noqa: PERF402 - what came before a fault is kept
    except DAMAGE as error:
        return Salvaged(tuple(events), read_fault(error, place, after=len(events)))
    except BrokenChainError as broken:
        return Salvaged(tuple(events[: broken.sound]), broken.fault)
    finally:
        if connection is not None:
            connection.close()
    return Salvaged(tuple(events), None)


def _connect_to_read(path: Path) -> sqlite3.Connection:
    """Return a connection that does not write; on a disk that cannot be written to as well."""
    connection = connect(path, "mode=ro")
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.OperationalError:
        connection.close()
        if path.with_name(f"{path.name}-wal").exists():
            raise
        return connect(path, "mode=ro&immutable=1")
    except DAMAGE:
        connection.close()
        raise
    return connection


class BrokenChainError(Exception):
    """The chain does not hold; the first `sound` events do."""

    def __init__(self, code: str, place: Place, sound: int, **facts: object) -> None:
        facts |= {"seq": sound + 1, "wal": f"{place.file}-wal", "note": f"{place.file}.head"}
        self.fault = Fault(code, place, None, MappingProxyType(facts))
        self.sound = sound
        super().__init__(code)


def read_all(
    connection: sqlite3.Connection, place: Place, stored: Stored | None = None
) -> tuple[Event, ...]:
    """Return all events through a connection, up to `stored` at least; see `read_journal`."""
    try:
        return tuple(_checked(connection, place, stored))
    except DAMAGE as error:
        raise SessionFileError([read_fault(error, place)]) from error
    except BrokenChainError as broken:
        raise SessionFileError([broken.fault]) from broken


def check_tail(connection: sqlite3.Connection, place: Place, stored: Stored | None) -> None:
    """Refuse a log that does not hold what is known to be stored in it.

    Raises
    ------
    SessionFileError
        When it ends before that, or holds something else there.
    """
    if stored is None:
        return
    last = connection.execute("SELECT max(seq) FROM events").fetchone()[0] or 0
    there = connection.execute("SELECT hash FROM events WHERE seq = ?", (stored.seq,)).fetchone()
    broken = None
    if last < stored.seq:
        broken = BrokenChainError("session-tail", place, last, last=last, known=stored.seq)
    elif there is None or there[0] != stored.digest:
        broken = BrokenChainError("session-differs", place, stored.seq - 1)
    if broken is not None:
        raise SessionFileError([broken.fault])


def _checked(
    connection: sqlite3.Connection, place: Place, stored: Stored | None
) -> Iterator[Event]:
    """Yield the events in order, each after a check of its number, its hash and its parts."""
    last, sound = START, 0
    gone: set[tuple[int, str]] = set()
    for seq, body, digest in connection.execute("SELECT seq, body, hash FROM events ORDER BY seq"):
        if seq != sound + 1:
            raise BrokenChainError("session-gap", place, sound)
        last = chained(last, body)
        if last != digest:
            raise BrokenChainError("session-chain", place, sound)
        if stored is not None and seq == stored.seq and last != stored.digest:
            raise BrokenChainError("session-differs", place, sound)
        event = _event(connection, body, place)
        gone |= {(seq, name) for name, part in event.private.items() if part is None}
        if event.kind == "erased":
            gone -= {(number, name) for number, name in event.payload["parts"]}  # type: ignore[attr-defined]
        yield event
        sound = seq
    if stored is not None and sound < stored.seq:
        raise BrokenChainError("session-tail", place, sound, last=sound, known=stored.seq)
    if gone:
        raise BrokenChainError("session-part-missing", place, min(gone)[0] - 1)


def _event(connection: sqlite3.Connection, body: bytes, place: Place) -> Event:
    said = json.loads(body)
    digests: dict[str, str] = said["digests"]
    parts: dict[str, bytes] = {}
    if digests:
        rows = connection.execute("SELECT part, body FROM parts WHERE seq = ?", (said["seq"],))
        parts = dict(rows.fetchall())
    for name, part in parts.items():
        if hashlib.sha256(part).hexdigest() != digests.get(name):
            raise BrokenChainError("session-part", place, said["seq"] - 1)
    private = {name: json.loads(parts[name]) if name in parts else None for name in digests}
    return Event(
        seq=said["seq"],
        at=said["at"],
        kind=said["kind"],
        payload=MappingProxyType(said["payload"]),
        private=MappingProxyType(private),
        digests=MappingProxyType(digests),
    )

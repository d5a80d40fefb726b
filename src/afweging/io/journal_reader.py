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
from afweging.io.journal_file import START, chained, check_kind, connect
from afweging.model.session import Event

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


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
    if not path.is_file():
        raise SessionFileError([Fault("session-missing", place, str(path))])
    events: list[Event] = []
    connection: sqlite3.Connection | None = None
    try:
        connection = _connect_to_read(path)
        check_kind(connection, place)
        for event in _checked(connection, place):
            events.append(event)  # noqa: PERF402 - what came before a fault is kept
    except sqlite3.Error as error:
        return Salvaged(tuple(events), read_fault(error, place, after=len(events)))
    except BrokenChainError as broken:
        return Salvaged(tuple(events), broken.fault)
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
    except sqlite3.Error:
        connection.close()
        raise
    return connection


class BrokenChainError(Exception):
    """The chain does not hold from here on."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(fault.code)


def read_all(connection: sqlite3.Connection, place: Place) -> tuple[Event, ...]:
    """Return all events through a connection; see `read_journal`."""
    try:
        return tuple(_checked(connection, place))
    except sqlite3.Error as error:
        raise SessionFileError([read_fault(error, place)]) from error
    except BrokenChainError as broken:
        raise SessionFileError([broken.fault]) from broken


def _checked(connection: sqlite3.Connection, place: Place) -> Iterator[Event]:
    """Yield the events in order, each after a check of its number, its hash and its parts."""
    last, expected = START, 1
    for seq, body, digest in connection.execute("SELECT seq, body, hash FROM events ORDER BY seq"):
        if seq != expected:
            facts = MappingProxyType({"seq": expected})
            raise BrokenChainError(Fault("session-gap", place, None, facts))
        last = chained(last, body)
        if last != digest:
            raise BrokenChainError(
                Fault("session-chain", place, None, MappingProxyType({"seq": seq}))
            )
        yield _event(connection, body, place)
        expected += 1


def _event(connection: sqlite3.Connection, body: bytes, place: Place) -> Event:
    said = json.loads(body)
    digests: dict[str, str] = said["digests"]
    parts: dict[str, bytes] = {}
    if digests:
        rows = connection.execute("SELECT part, body FROM parts WHERE seq = ?", (said["seq"],))
        parts = dict(rows.fetchall())
    for name, part in parts.items():
        if hashlib.sha256(part).hexdigest() != digests.get(name):
            facts = MappingProxyType({"seq": said["seq"]})
            raise BrokenChainError(Fault("session-part", place, None, facts))
    private = {name: json.loads(parts[name]) if name in parts else None for name in digests}
    return Event(
        seq=said["seq"],
        at=said["at"],
        kind=said["kind"],
        payload=MappingProxyType(said["payload"]),
        private=MappingProxyType(private),
        digests=MappingProxyType(digests),
    )

"""The log of a live session on disk: one SQLite file, appended to, whole or not at all.

Every row holds the SHA-256 of the hash of the row before and its own canonical bytes: a chain, of
which the last hash names the whole log. Private parts stand in a table of their own, so that they
can be erased while the chain over their digests stays. One process writes; a second one is
refused. Reading beside a writer is fine.
"""

from __future__ import annotations

import sqlite3
from contextlib import ExitStack, closing, contextmanager
from typing import TYPE_CHECKING, Self

from afweging.errors import Fault, OutputError, Place, SessionFileError
from afweging.io.journal_faults import read_fault, write_fault
from afweging.io.journal_file import (
    START,
    VERSION,
    chained,
    check_kind,
    check_there,
    connect,
    make_log,
)
from afweging.io.journal_reader import DAMAGE, check_tail, read_all, read_journal, salvage_journal
from afweging.io.journal_witness import Stored, Witness, stored_before, witness_path
from afweging.model.canonical import canonical_json
from afweging.model.session import event_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
    from types import TracebackType

    from afweging.model.session import Event

__all__ = ["Journal", "create_journal", "open_journal", "read_journal", "salvage_journal"]


class Journal:
    """The log of one session, open for writing by this process alone.

    Made by `create_journal` or `open_journal`; a context manager that closes it. Events are stored
    when `append` returns, and not before: the commit has reached the disk then (WAL with
    `synchronous=FULL`). A batch is one transaction, so that many submissions cost one flush.
    """

    def __init__(
        self,
        path: Path,
        connection: sqlite3.Connection,
        lock: sqlite3.Connection,
        witness: Witness,
    ) -> None:
        self.path = path
        self._connection = connection
        self._lock = lock
        self._broken = False
        self._witness = witness
        row = connection.execute(
            "SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1"
        ).fetchone()
        self._seq, self._hash = (0, START) if row is None else (int(row[0]), bytes(row[1]))

    @property
    def seq(self) -> int:
        """The number of events that are stored."""
        return self._seq

    @property
    def head(self) -> str:
        """The hash of the last event, 64 hexadecimal digits: it names the whole log."""
        return self._hash.hex()

    def append(self, events: Sequence[Event], *, erase: Iterable[tuple[int, str]] = ()) -> None:
        """Store events that follow on what is stored, and erase private parts: all or nothing.

        Erased parts are overwritten in the file; the caller records the event "erased" in `events`.

        Raises
        ------
        OutputError
            When the disk is full, cannot be written to or fails; nothing is stored then. After a
            failing disk the journal is to be opened again.
        ValueError
            When an event is not the next one: a bug of the caller.
        """
        self._check_order(events)
        if self._broken:
            raise OutputError([Fault("session-reopen", self._place)])
        seq, last = self._seq, self._hash
        gone = sorted(set(erase))
        with self._writing():
            for event in events:
                body = event_bytes(event)
                seq, last = event.seq, chained(last, body)
                self._connection.execute("INSERT INTO events VALUES (?, ?, ?)", (seq, body, last))
                self._connection.executemany("INSERT INTO parts VALUES (?, ?, ?)", _parts(event))
            self._connection.executemany("DELETE FROM parts WHERE seq = ? AND part = ?", gone)
        self._seq, self._hash = seq, last
        self._witness.note(self._stored)
        if gone:
            self._checkpoint()

    def read(self) -> tuple[Event, ...]:
        """Return all events, after a check of the chain and of every private part.

        Raises
        ------
        SessionFileError
            When the log is damaged, or was changed outside the program.
        """
        return read_all(self._connection, self._place, self._stored)

    def close(self) -> None:
        """Put everything in the one file, close it and let other processes in."""
        try:
            self._checkpoint()
        finally:
            self._connection.close()
            self._witness.close()
            self._lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def _stored(self) -> Stored:
        return Stored(self._seq, self._hash)

    @property
    def _place(self) -> Place:
        return Place(file=self.path.name)

    def _check_order(self, events: Sequence[Event]) -> None:
        wanted = range(self._seq + 1, self._seq + 1 + len(events))
        if [event.seq for event in events] != list(wanted):
            raise ValueError(f"events do not follow on event {self._seq}")

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Run one transaction; undo it whatever goes wrong."""
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            yield
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            fault = write_fault(error, self._place)
            self._broken = fault.code == "session-disk-failed"
            raise OutputError([fault]) from error
        finally:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")

    def _checkpoint(self) -> None:
        """Move the write-ahead log into the file, and empty it; readers may keep that waiting."""
        try:
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        except sqlite3.Error as error:
            raise OutputError([write_fault(error, self._place)]) from error


def create_journal(path: Path) -> Journal:
    """Return a new, empty log at `path`.

    Raises
    ------
    OutputError
        When a file stands there already, or none can be written.
    SessionFileError
        When another process has it open.
    """
    place = Place(file=path.name)
    if path.exists():
        raise OutputError([Fault("output-exists", place, str(path))])
    for name in (f"{path.name}-wal", witness_path(path).name):
        left = path.with_name(name)
        if left.exists() and left.stat().st_size:
            raise OutputError([Fault("session-remains", place, name)])
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(_locked(path, place)):
            make_log(path)
    except (OSError, sqlite3.Error) as error:
        raise OutputError([_making_fault(error, place)]) from error
    return open_journal(path)


def _making_fault(error: OSError | sqlite3.Error, place: Place) -> Fault:
    if isinstance(error, sqlite3.Error):
        return write_fault(error, place)
    return Fault("output-failed", place, error.strerror or type(error).__name__)


def open_journal(path: Path) -> Journal:
    """Return the log at `path`, to go on with it; what a process left half done is undone.

    Raises
    ------
    SessionFileError
        When it is missing, not a log of a session, of a newer version, damaged or in use.
    OutputError
        When it cannot be written to.
    """
    check_there(path)
    place = Place(file=path.name)
    with ExitStack() as opened:
        lock = _locked(path, place)
        opened.callback(lock.close)
        try:
            connection = connect(path, "mode=rw")
            opened.callback(connection.close)
            _make_ready(connection, place)
            check_tail(connection, place, stored_before(path))
            witness = Witness(path)
            opened.callback(witness.close)
            journal = Journal(path, connection, lock, witness)
        except DAMAGE as error:
            fault = read_fault(error, place)
            kind = OutputError if fault.code == "session-read-only" else SessionFileError
            raise kind([fault]) from error
        except OSError as error:
            raise OutputError([_making_fault(error, place)]) from error
        opened.pop_all()
    return journal


def _make_ready(connection: sqlite3.Connection, place: Place) -> None:
    """Check that a file is a log and whole, and set how it is written."""
    check_kind(connection, place)
    connection.execute("PRAGMA secure_delete = ON").fetchall()
    connection.execute("PRAGMA journal_mode = WAL").fetchall()
    connection.execute("PRAGMA synchronous = FULL")
    found = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
    if found != "ok":
        raise sqlite3.DatabaseError(found)
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute(
            f"PRAGMA user_version = {VERSION}"
        )  # refused by a file that is read-only
    finally:
        connection.execute("ROLLBACK")


def _locked(path: Path, place: Place) -> sqlite3.Connection:
    """Return a lock beside the log that the system lets go when this process ends, however."""
    lock: sqlite3.Connection | None = None
    try:
        lock = connect(path.with_name(f"{path.name}.lock"), "mode=rwc")
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        if lock is not None:
            lock.close()
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
            raise SessionFileError([Fault("session-in-use", place)]) from error
        raise OutputError([write_fault(error, place)]) from error
    return lock


def _parts(event: Event) -> list[tuple[int, str, bytes]]:
    return [
        (event.seq, name, canonical_json(part))
        for name, part in event.private.items()
        if part is not None
    ]

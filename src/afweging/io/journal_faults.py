"""What SQLite says, as faults that a person can do something about."""

from __future__ import annotations

import sqlite3
from types import MappingProxyType
from typing import TYPE_CHECKING

from afweging.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Mapping

    from afweging.errors import Place

WRITE_CODES: Mapping[int, str] = MappingProxyType(
    {
        sqlite3.SQLITE_FULL: "session-disk-full",
        sqlite3.SQLITE_IOERR: "session-disk-failed",
        sqlite3.SQLITE_READONLY: "session-read-only",
        sqlite3.SQLITE_CANTOPEN: "session-read-only",
        sqlite3.SQLITE_PERM: "session-read-only",
        sqlite3.SQLITE_BUSY: "session-in-use",
        sqlite3.SQLITE_LOCKED: "session-in-use",
        sqlite3.SQLITE_CORRUPT: "session-damaged",
        sqlite3.SQLITE_NOTADB: "session-not-a-log",
    }
)
READ_CODES: Mapping[int, str] = MappingProxyType(
    {**WRITE_CODES, sqlite3.SQLITE_CANTOPEN: "session-unreadable"}
)


def write_fault(error: sqlite3.Error, place: Place) -> Fault:
    """Return the fault of a failed write; one that is not known is a failing disk."""
    return Fault(WRITE_CODES.get(_primary(error), "session-disk-failed"), place, str(error))


def read_fault(error: Exception, place: Place, *, after: int = 0) -> Fault:
    """Return the fault of a failed read, after how many events it was.

    An error that is not from SQLite came up while what it gave was taken apart: it is damaged.
    """
    code = READ_CODES.get(_primary(error), "session-damaged")
    why = str(error) if isinstance(error, sqlite3.Error) else type(error).__name__
    return Fault(code, place, why, MappingProxyType({"after": after}))


def _primary(error: Exception) -> int:
    """Return the result code of SQLite without its details; 0 where there is none."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF

"""The file under the log of a live session: its tables, how it is opened and recognised."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import sys
from types import MappingProxyType
from typing import TYPE_CHECKING

from afweging.errors import Fault, Place, SessionFileError

if TYPE_CHECKING:
    from pathlib import Path

APPLICATION_ID = 0x61667767  # "afwg": SQLite keeps it in the header of the file
VERSION = 1
START = bytes(32)  # the hash before the first event
SCHEMA = f"""
CREATE TABLE events (seq INTEGER PRIMARY KEY, body BLOB NOT NULL, hash BLOB NOT NULL UNIQUE) STRICT;
CREATE TABLE parts (seq INTEGER NOT NULL REFERENCES events, part TEXT NOT NULL, body BLOB NOT NULL,
                    PRIMARY KEY (seq, part)) STRICT, WITHOUT ROWID;
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {VERSION};
"""


def make_log(path: Path) -> None:
    """Make an empty log: whole beside its place, and then moved into it.

    So a process that is killed meanwhile leaves no half log, and the next may make it anew. What
    people give is for nobody else to read.

    Raises
    ------
    OSError, sqlite3.Error
        When it cannot be made.
    """
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    new.touch(mode=0o600)
    try:
        connection = connect(new, "mode=rw")
        try:
            connection.executescript(f"BEGIN;{SCHEMA}COMMIT;")
        finally:
            connection.close()
        new.replace(path)
        keep_names(path.parent)
    finally:
        new.unlink(missing_ok=True)


def keep_names(folder: Path) -> None:
    """Have the disk keep the names of the files in a folder, where the system can."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def connect(path: Path, how: str) -> sqlite3.Connection:
    """Return a connection without transactions of its own, for use by one thread at a time."""
    uri = f"{path.absolute().as_uri()}?{how}"
    return sqlite3.connect(uri, uri=True, isolation_level=None, timeout=0, check_same_thread=False)


def check_there(path: Path) -> None:
    """Refuse a path where no file is, or a folder.

    Raises
    ------
    SessionFileError
    """
    if not path.is_file():
        code = "session-is-folder" if path.is_dir() else "session-missing"
        raise SessionFileError([Fault(code, Place(file=path.name), str(path))])


def check_kind(connection: sqlite3.Connection, place: Place) -> None:
    """Refuse a file that is no log of a session, or of a version that is not known yet."""
    kind = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if kind != APPLICATION_ID:
        raise SessionFileError([Fault("session-not-a-log", place)])
    if version > VERSION:
        facts = MappingProxyType({"known": VERSION})
        raise SessionFileError([Fault("session-newer", place, version, facts)])


def chained(last: bytes, body: bytes) -> bytes:
    """Return the hash of a row: SHA-256 over the hash before and the bytes of the event."""
    return hashlib.sha256(last + body).digest()

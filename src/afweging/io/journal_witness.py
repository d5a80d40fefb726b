"""Up to where a log was stored, noted beside it: against a tail that goes missing.

SQLite takes what is damaged at the end of its write-ahead log for something that was never
stored. The note says what was, so that a lost tail is found when the log is opened or read. It is
written after the commit and never waited for: it may lag behind the log, never run ahead of it.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from pathlib import Path

LONGEST = 200  # bytes
SUM = 16  # hexadecimal digits that tell a torn note from a whole one


@dataclass(frozen=True, slots=True)
class Stored:
    """The number and the hash of the last event that is known to be stored."""

    seq: int
    digest: bytes

    @property
    def note(self) -> bytes:
        """What is written: always of the same length, so that it fits once it is there."""
        said = f"{self.seq:012d} {self.digest.hex()}".encode("ascii")
        return said + b" " + _sum(said) + b"\n"

    @classmethod
    def read(cls, note: bytes) -> Self | None:
        """Return what a note says; None where it is torn or something else."""
        said, _, stated = note.strip().rpartition(b" ")
        if _sum(said) != stated:
            return None
        seq, _, digest = said.decode("ascii").partition(" ")
        return cls(int(seq), bytes.fromhex(digest))


def _sum(said: bytes) -> bytes:
    return hashlib.sha256(said).hexdigest()[:SUM].encode("ascii")


def witness_path(log: Path) -> Path:
    """Return where the note of a log stands: beside it."""
    return log.with_name(f"{log.name}.head")


def stored_before(log: Path) -> Stored | None:
    """Return what is known to be stored in a log; None where nothing is known."""
    try:
        with witness_path(log).open("rb") as file:
            return Stored.read(file.read(LONGEST))
    except OSError:
        return None


class Witness:
    """The note of a log that is open for writing."""

    def __init__(self, log: Path) -> None:
        """Open the note, or make one.

        Raises
        ------
        OSError
            When it cannot be made.
        """
        handle = os.open(
            witness_path(log), os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600
        )
        self._file = os.fdopen(handle, "r+b", buffering=0)

    def note(self, stored: Stored) -> None:
        """Write down what is stored; where that fails, the note lags behind."""
        with suppress(OSError):
            self._file.seek(0)
            self._file.write(stored.note)

    def close(self) -> None:
        """Let go of the note."""
        self._file.close()

from __future__ import annotations

import hashlib
import sqlite3
from typing import TYPE_CHECKING

import pytest

from afweging.errors import Place, SessionFileError
from afweging.io.journal import create_journal, open_journal
from afweging.io.journal_file import START, VERSION, chained, check_kind, connect, make_log
from afweging.model.session import event_bytes, make_event

if TYPE_CHECKING:
    from pathlib import Path


def test_the_chain_can_be_computed_by_hand(tmp_path: Path) -> None:
    """The head is SHA-256 over the hash before and the bytes of the event, from 32 zero bytes."""
    events = [make_event(seq, "2026-06-01T09:00:00Z", "paused", {}) for seq in (1, 2)]
    first = hashlib.sha256(bytes(32) + event_bytes(events[0])).digest()
    second = hashlib.sha256(first + event_bytes(events[1])).hexdigest()
    with create_journal(tmp_path / "s.afw") as journal:
        journal.append(events)
        assert journal.head == second
    assert chained(START, event_bytes(events[0])) == first


def test_a_log_is_known_by_its_header(tmp_path: Path) -> None:
    """Another database is not taken for a log, whatever its name."""
    path = tmp_path / "s.afw"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE events (a)")
    other.close()
    connection = connect(path, "mode=ro")
    with pytest.raises(SessionFileError) as caught:
        check_kind(connection, Place(file="s.afw"))
    connection.close()
    assert caught.value.faults[0].code == "session-not-a-log"
    create_journal(tmp_path / "t.afw").close()
    connection = connect(tmp_path / "t.afw", "mode=ro")
    check_kind(connection, Place(file="t.afw"))
    assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
    connection.close()


def test_a_log_is_made_whole_or_not_at_all(tmp_path: Path) -> None:
    """What a killed process left half made is in nobody's way."""
    path = tmp_path / "s.afw"
    path.with_name("s.afw.new").write_bytes(b"half")
    make_log(path)
    assert [each.name for each in tmp_path.iterdir()] == ["s.afw"]
    assert path.stat().st_mode & 0o077 == 0
    with open_journal(path) as journal:
        assert journal.seq == 0


def test_a_log_that_cannot_be_made_leaves_nothing(tmp_path: Path) -> None:
    """A name that is taken by a folder is left as it is."""
    (tmp_path / "s.afw").mkdir()
    with pytest.raises(OSError, match="directory"):
        make_log(tmp_path / "s.afw")
    assert [each.name for each in tmp_path.iterdir()] == ["s.afw"]

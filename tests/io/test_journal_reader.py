from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from afweging.io.journal import create_journal
from afweging.io.journal_reader import read_journal, salvage_journal
from afweging.model.session import make_event

if TYPE_CHECKING:
    from pathlib import Path

EVENTS = tuple(
    make_event(seq, "2026-06-01T09:00:00Z", "unclear", {"seat": seq}, {"answer": {"n": seq}})
    for seq in range(1, 30)
)


def test_reading_writes_nothing(tmp_path: Path) -> None:
    """The file is the same to the byte, and nothing is left beside it."""
    path = tmp_path / "s.afw"
    with create_journal(path) as journal:
        journal.append(EVENTS)
    before, names = path.read_bytes(), {each.name for each in tmp_path.iterdir()}
    assert read_journal(path) == EVENTS
    assert path.read_bytes() == before
    assert {each.name for each in tmp_path.iterdir()} - {"s.afw-shm", "s.afw-wal"} == names


def test_what_a_killed_writer_left_beside_the_file_is_read(tmp_path: Path) -> None:
    """Events that are still in the write-ahead log count."""
    with create_journal(tmp_path / "s.afw") as journal:
        journal.append(EVENTS)
        there = tmp_path / "copy"
        there.mkdir()
        for name in ("s.afw", "s.afw-wal"):
            shutil.copy(tmp_path / name, there / name)
    assert read_journal(there / "s.afw") == EVENTS


def test_a_sound_log_is_salvaged_whole(tmp_path: Path) -> None:
    """Without a fault there is none."""
    path = tmp_path / "s.afw"
    with create_journal(path) as journal:
        journal.append(EVENTS)
    found = salvage_journal(path)
    assert found.fault is None
    assert found.events == EVENTS

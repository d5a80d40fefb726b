from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afweging.errors import SessionFileError
from afweging.io.journal import create_journal, open_journal, read_journal, salvage_journal
from afweging.io.journal_witness import Stored, Witness, stored_before, witness_path
from afweging.model.session import Event, make_event
from afweging.wording import LANGUAGES, Words
from afweging.wording.faults import fault_text

if TYPE_CHECKING:
    from pathlib import Path

NOTES = st.builds(Stored, st.integers(1, 10**12 - 1), st.binary(min_size=32, max_size=32))


def event(seq: int, lens: str = "wonen") -> Event:
    """Return an event."""
    return make_event(seq, "2026-06-01T09:00:00Z", "unclear", {"seat": seq, "lens": lens})


def refusal(path: Path) -> str:
    """Return the code with which a log is refused, opened and read alike, worded both ways."""
    codes = set()
    for reader in (open_journal, read_journal):
        with pytest.raises(SessionFileError) as caught:
            reader(path)
        codes.add(caught.value.faults[0].code)
        for language in LANGUAGES:
            assert "log.head" in fault_text(Words(language), caught.value.faults[0])
    (code,) = codes
    return code


@given(NOTES)
def test_a_note_says_what_was_stored(stored: Stored) -> None:
    """It comes back as it was, and always takes the same room."""
    assert Stored.read(stored.note) == stored
    assert len(stored.note) == len(Stored(1, bytes(32)).note)


@given(NOTES, st.data())
def test_a_torn_note_says_nothing(stored: Stored, data: st.DataObject) -> None:
    """Cut off, or with one byte of another value, it is as if there were none."""
    place = data.draw(st.integers(0, len(stored.note) - 2))
    other = data.draw(st.integers(0, 255).filter(lambda each: each != stored.note[place]))
    assert Stored.read(stored.note[:place]) is None
    assert Stored.read(stored.note[:place] + bytes([other]) + stored.note[place + 1 :]) is None


def test_a_log_whose_tail_went_missing_is_refused(tmp_path: Path) -> None:
    """Without the file that a killed program left beside it; what is left can be saved."""
    path, copy = tmp_path / "log", tmp_path / "copy" / "log"
    copy.parent.mkdir()
    with create_journal(path) as journal:
        journal.append([event(1), event(2)])
        for name in ("log", "log.head"):  # of a moment at which nothing was in the file yet
            shutil.copy(path.with_name(name), copy.with_name(name))
        shutil.copy(path.with_name("log-wal"), tmp_path / "kept")
    assert refusal(copy) == "session-tail"
    assert salvage_journal(copy).events == ()
    shutil.copy(tmp_path / "kept", copy.with_name("log-wal"))
    assert read_journal(copy) == (event(1), event(2))
    open_journal(copy).close()


def test_another_log_in_the_place_of_the_first_is_refused(tmp_path: Path) -> None:
    """Another log is as long, but is not the one; who deletes the note goes on with it."""
    path, other = tmp_path / "log", tmp_path / "other"
    for each, lens in ((path, "wonen"), (other, "werk")):
        with create_journal(each) as journal:
            journal.append([event(1), event(2, lens), event(3)])
    shutil.copy(other, path)
    assert refusal(path) == "session-differs"
    assert salvage_journal(path).events == (event(1), event(2, "werk"))
    witness_path(path).unlink()
    with open_journal(path) as journal:
        assert journal.seq == 3


def test_the_note_may_lag_behind(tmp_path: Path) -> None:
    """An older note, or none, is no objection; the next event brings it up to date."""
    path = tmp_path / "log"
    with create_journal(path) as journal:
        assert stored_before(path) is None
        journal.append([event(1)])
        former = stored_before(path)
        assert former is not None
        journal.append([event(2)])
    witness = Witness(path)
    witness.note(former)
    witness.close()
    assert len(read_journal(path)) == 2
    with open_journal(path) as journal:
        journal.append([event(3)])
        known = stored_before(path)
        assert known is not None
        assert (known.seq, known.digest.hex()) == (3, journal.head)
    assert witness_path(path).stat().st_mode & 0o077 == 0

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from afweging.errors import OutputError, SessionFileError
from afweging.io.journal import (
    Journal,
    create_journal,
    open_journal,
    read_journal,
    salvage_journal,
)
from afweging.model.session import Event, make_event
from afweging.wording import LANGUAGES, Words
from afweging.wording.faults import fault_text

if TYPE_CHECKING:
    from afweging.errors import AfwegingError

ROOT = Path(__file__).resolve().parents[2]
NOW = "2026-06-01T09:00:00Z"
WRITER = """
import sys
from pathlib import Path
from afweging.io.journal import open_journal
from afweging.model.session import make_event
with open_journal(Path(sys.argv[1])) as journal:
    while True:
        seq, batch = journal.seq, 1 + journal.seq % 3
        events = [
            make_event(seq + 1 + i, "2026-06-01T09:00:00Z", "unclear", {"seat": seq + 1 + i},
                       {"answer": {"swings": [seq + 1 + i], "salt": "0"}})
            for i in range(batch)
        ]
        journal.append(events)
        print(journal.seq, journal.head, flush=True)  # the acknowledgement
"""


def event(seq: int, **private: str) -> Event:
    """Return an event with private parts."""
    parts = {name: {"text": text} for name, text in private.items()}
    return make_event(seq, NOW, "unclear", {"seat": seq, "lens": "wonen"}, parts)


def filled(path: Path, count: int = 20) -> None:
    """Write a log of so many events."""
    with create_journal(path) as journal:
        journal.append([event(seq, answer=f"antwoord {seq}") for seq in range(1, count + 1)])


def changed(path: Path, statement: str) -> None:
    """Change a log outside the program."""
    connection = sqlite3.connect(path, isolation_level=None)
    assert connection.execute(statement).rowcount != 0
    connection.close()


def said(error: AfwegingError) -> str:
    """Return the code of the one fault, after wording it in both languages."""
    (fault,) = error.faults
    for language in LANGUAGES:
        assert fault_text(Words(language), fault).startswith("s.afw: ")
    return fault.code


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the log stands."""
    return tmp_path / "s.afw"


def test_what_is_stored_comes_back(path: Path) -> None:
    """Events come back equal and in order, over several batches and openings."""
    events = [event(seq, answer=f"a{seq}", reason="é") for seq in range(1, 8)]
    with create_journal(path) as journal:
        journal.append(events[:1])
        journal.append(events[1:4])
        assert journal.read() == tuple(events[:4])
    with open_journal(path) as journal:
        journal.append(events[4:])
        head = journal.head
    assert read_journal(path) == tuple(events)
    with open_journal(path) as journal:
        assert (journal.seq, journal.head) == (7, head)
    assert path.stat().st_mode & 0o077 == 0
    assert not path.with_name("s.afw-wal").exists()


def test_reading_beside_a_writer(path: Path) -> None:
    """Another connection reads what is stored while the log is open."""
    with create_journal(path) as journal:
        journal.append([event(1)])
        assert read_journal(path) == (event(1),)
        journal.append([event(2)])
        assert len(read_journal(path)) == 2


def test_events_have_to_follow(path: Path) -> None:
    """A number that is skipped or used already is a bug, and nothing is stored."""
    with create_journal(path) as journal:
        journal.append([event(1)])
        for wrong in ([event(1)], [event(3)], [event(2), event(2)], [event(2), event(4)]):
            with pytest.raises(ValueError, match="do not follow"):
                journal.append(wrong)
        assert journal.read() == (event(1),)


def test_erasing_leaves_the_chain(path: Path) -> None:
    """A part that is erased is gone from the file; the chain and the other parts still hold."""
    with create_journal(path) as journal:
        journal.append([event(1, answer="geheime tekst", reason="blijft"), event(2)])
        assert b"geheime tekst" in path.read_bytes() + path.with_name("s.afw-wal").read_bytes()
        note = make_event(3, NOW, "erased", {"parts": [[1, "answer"]]})
        journal.append([note], erase=[(1, "answer")])
        first = journal.read()[0]
        assert first.private == {"answer": None, "reason": {"text": "blijft"}}
        assert first.digests == event(1, answer="geheime tekst", reason="blijft").digests
        for each in path.parent.iterdir():
            assert b"geheime tekst" not in each.read_bytes()
    assert b"geheime tekst" not in path.read_bytes()


def test_a_second_writer_is_refused(path: Path) -> None:
    """One process writes; another one is told so, and may go on once the first has closed."""
    with create_journal(path):
        with pytest.raises(SessionFileError) as caught:
            open_journal(path)
        assert said(caught.value) == "session-in-use"
    open_journal(path).close()


def test_a_log_is_never_written_over(path: Path) -> None:
    """Making a log where a file stands is refused, and leaves that file."""
    path.write_text("iets")
    with pytest.raises(OutputError) as caught:
        create_journal(path)
    assert said(caught.value) == "output-exists"
    assert path.read_text() == "iets"


def test_a_folder_that_cannot_be_made(path: Path) -> None:
    """A log in a folder is made with that folder; where it cannot be, that is said."""
    with create_journal(path.parent / "nieuw" / "s.afw") as journal:
        assert journal.seq == 0
    path.write_text("geen map")
    with pytest.raises(OutputError) as caught:
        create_journal(path / "s.afw")
    assert said(caught.value) == "output-failed"


def test_a_folder_is_no_log(path: Path) -> None:
    """A folder is said to be one, whatever is asked of it."""
    path.mkdir()
    for reader in (read_journal, open_journal, salvage_journal):
        with pytest.raises(SessionFileError) as caught:
            reader(path)
        assert said(caught.value) == "session-is-folder"


@pytest.mark.parametrize("name", ["s.afw-wal", "s.afw.head"])
def test_what_is_left_of_a_log_is_not_mixed_with_a_new_one(path: Path, name: str) -> None:
    """A new log is not made where another one went missing."""
    path.with_name(name).write_bytes(b"iets")
    with pytest.raises(OutputError) as caught:
        create_journal(path)
    assert said(caught.value) == "session-remains"
    assert [each.name for each in path.parent.iterdir()] == [name]


@pytest.mark.parametrize(
    ("statement", "code", "left"),
    [
        ("DELETE FROM events WHERE seq = 7", "session-gap", 6),
        (
            "UPDATE events SET body = CAST(replace(body, 'wonen', 'arbeid') AS BLOB) WHERE seq = 9",
            "",
            8,
        ),
        ("UPDATE events SET hash = zeroblob(32) WHERE seq = 20", "session-chain", 19),
        ("UPDATE parts SET body = CAST('geen json' AS BLOB) WHERE seq = 4", "session-part", 3),
        ("DELETE FROM parts WHERE seq = 5", "session-part-missing", 4),
        ("DELETE FROM events WHERE seq > 15", "session-tail", 15),
        ("PRAGMA user_version = 2", "session-newer", -1),
        ("PRAGMA application_id = 1", "session-not-a-log", -1),
    ],
)
def test_a_log_that_was_changed_is_refused(
    path: Path, statement: str, code: str, left: int
) -> None:
    """Every change outside the program is found; what comes before it can be saved."""
    filled(path)
    changed(path, statement)
    with pytest.raises(SessionFileError) as caught:
        read_journal(path)
    assert said(caught.value) == (code or "session-chain")
    if left >= 0:
        saved = salvage_journal(path)
        assert len(saved.events) == left
        assert saved.fault == caught.value.faults[0]
    else:
        with pytest.raises(SessionFileError):
            open_journal(path)


@pytest.mark.parametrize("content", [b"", b"geen sessie" * 200, os.urandom(8192)])
def test_another_file_is_no_log(path: Path, content: bytes) -> None:
    """An empty file, text or noise is refused with a sentence."""
    path.write_bytes(content)
    for reader in (read_journal, open_journal):
        with pytest.raises((SessionFileError, OutputError)) as caught:
            reader(path)
        assert said(caught.value) == "session-not-a-log"
    assert path.read_bytes() == content


def test_no_file(path: Path) -> None:
    """A log that is not there is said not to be."""
    for reader in (read_journal, open_journal, salvage_journal):
        with pytest.raises(SessionFileError) as caught:
            reader(path)
        assert said(caught.value) == "session-missing"


@pytest.mark.parametrize("damage", ["noise", "cut"])
def test_a_corrupt_last_page(path: Path, damage: str) -> None:
    """A last page of noise, or cut off, is a fault; never other events than were stored."""
    filled(path, 400)
    events = read_journal(path)
    content = path.read_bytes()
    end = os.urandom(4096) if damage == "noise" else b""
    path.write_bytes(content[:-4096] + end)
    with pytest.raises(SessionFileError) as caught:
        read_journal(path)
    assert said(caught.value) in {"session-damaged", "session-part", "session-chain", "session-gap"}
    saved = salvage_journal(path).events
    assert len(saved) < 400
    assert saved == events[: len(saved)]


def limited(journal: Journal, statement: str) -> None:
    """Limit what the connection of a log may do, as a disk would."""
    journal._connection.execute(statement).fetchall()  # noqa: SLF001 - a disk cannot be filled here


def test_a_full_disk_stores_nothing(path: Path) -> None:
    """On a full disk a batch is refused whole; with room again the session goes on."""
    with create_journal(path) as journal:
        journal.append([event(1)])
        limited(journal, "PRAGMA max_page_count = 6")
        batch = [event(seq, answer="x" * 3000) for seq in range(2, 20)]
        with pytest.raises(OutputError) as caught:
            journal.append(batch)
        assert said(caught.value) == "session-disk-full"
        assert journal.read() == (event(1),)
        assert journal.seq == 1
        limited(journal, "PRAGMA max_page_count = 100000")
        journal.append(batch)
    assert len(read_journal(path)) == 19


def test_a_disk_that_cannot_be_written_to(path: Path) -> None:
    """A log that may not be written to says so, and stays as it was."""
    with create_journal(path) as journal:
        journal.append([event(1)])
        limited(journal, "PRAGMA query_only = ON")
        with pytest.raises(OutputError) as caught:
            journal.append([event(2)])
        assert said(caught.value) == "session-read-only"
        limited(journal, "PRAGMA query_only = OFF")
    assert read_journal(path) == (event(1),)


def test_a_file_too_large_for_the_disk(path: Path) -> None:
    """Where the system refuses to let the file grow, all that was acknowledged is there."""
    create_journal(path).close()
    code = (
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (90_000, 90_000))\n"
        "from afweging.errors import OutputError\n"
    )
    body = WRITER.replace(
        "        journal.append(events)\n",
        "        try:\n            journal.append(events)\n"
        "        except OutputError as error:\n"
        "            print(error.faults[0].code); break\n",
    )
    pytest.importorskip("resource")
    done = subprocess.run(
        [sys.executable, "-c", code + body, str(path)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    *acknowledged, last = done.stdout.splitlines()
    assert last in {"session-disk-full", "session-disk-failed"}
    assert len(read_journal(path)) == int(acknowledged[-1].split()[0])


def test_a_killed_writer_loses_nothing_acknowledged(path: Path) -> None:
    """Killed at 20 random moments, every acknowledged event is there, once, and the chain holds."""
    create_journal(path).close()
    moments = random.Random(20260601)  # noqa: S311 - moments, not secrets
    stored = 0
    for _ in range(20):
        command = [sys.executable, "-c", WRITER, str(path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            first = writer.stdout.readline()
            time.sleep(moments.uniform(0, 0.03))
            writer.send_signal(signal.SIGKILL)
            lines = [first, *writer.stdout.read().splitlines(keepends=True)]
        seq, head = [line for line in lines if line.endswith("\n")][-1].split()
        events = read_journal(path)
        assert [each.seq for each in events] == list(range(1, len(events) + 1))
        assert len(events) >= int(seq) > stored
        assert all(each.private["answer"] == {"swings": [each.seq], "salt": "0"} for each in events)
        with open_journal(path) as journal:
            assert journal.seq == len(events)
            assert head == hash_at(path, int(seq))
        stored = len(events)


def hash_at(path: Path, seq: int) -> str:
    """Return the hash that stands in the file at an event."""
    connection = sqlite3.connect(path)
    found = connection.execute("SELECT hash FROM events WHERE seq = ?", (seq,)).fetchone()[0]
    connection.close()
    return bytes(found).hex()

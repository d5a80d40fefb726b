from __future__ import annotations

from typing import TYPE_CHECKING

from tests.analysis.session.rooms import clock, room_at

from afweging.analysis.session.verify import verify
from afweging.io.journal import create_journal, read_journal
from afweging.live.links import links_path, open_links
from afweging.live.purge import purge_log

if TYPE_CHECKING:
    from pathlib import Path

HOUR, DAY = 3600, 86400


def closed(log: Path) -> float:
    """Write the log of a session that was closed; return its last second."""
    room = room_at("closed", people=5)
    with create_journal(log) as journal:
        journal.append(room.events)
    open_links(log)
    return room.seconds


def test_what_is_due_is_erased_at_its_time(tmp_path: Path) -> None:
    """Tokens after 24 hours; the session itself after 30 days, with its links."""
    log = tmp_path / "log"
    end = closed(log)
    early = purge_log(log, at=clock(end + HOUR))
    assert (early.ended, early.erased) == (False, 0)
    assert early.refusal is not None
    assert early.refusal.code == "too-early"
    day = purge_log(log, at=clock(end + 25 * HOUR))
    assert (day.ended, day.erased) == (False, 5)
    assert links_path(log).exists()
    late = purge_log(log, at=clock(end + 31 * DAY))
    assert (late.ended, late.refusal) == (True, None)
    assert not links_path(log).exists()
    found = verify(read_journal(log))
    assert found.holds
    assert found.erased == 5


def test_a_reason_ends_a_session_before_its_term(tmp_path: Path) -> None:
    """On record; a second time nothing is left to do."""
    log = tmp_path / "log"
    end = closed(log)
    done = purge_log(log, reason="op verzoek", at=clock(end + 1))
    assert (done.ended, done.refusal) == (True, None)
    assert done.erased > 0
    again = purge_log(log, at=clock(end + 2))
    assert (again.ended, again.erased, again.log_hash) == (True, 0, done.log_hash)

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tests.analysis.session.rooms import clock, room_at
from tests.live.led import person_of
from tests.live.running import Running, listening, running, setup, wait_until

from afweging.analysis.session.fold import fold
from afweging.analysis.session.receipts import token_hash
from afweging.analysis.session.verify import verify
from afweging.io.journal import create_journal, read_journal
from afweging.live.room import open_room

if TYPE_CHECKING:
    from pathlib import Path

HOUR = 3600
PEOPLE = 5


def closed(log: Path) -> float:
    """Write the log of a session that was closed; return its last second."""
    made = setup(quorum=2)
    given = {name: getattr(made, name) for name in made.__dataclass_fields__}
    room = room_at("closed", people=PEOPLE, **given)
    with create_journal(log) as journal:
        journal.append(room.events)
    return room.seconds


def erasures(server: Running) -> list[set[str]]:
    """Return which kinds of parts each erasure in the log names."""
    return [
        {part for _, part in event.payload["parts"]}  # type: ignore[attr-defined]
        for event in server.room.events
        if event.kind == "erased"
    ]


def test_a_server_that_runs_erases_tokens_a_day_after_the_close(tmp_path: Path) -> None:
    """Not an hour early; on record, from the disk and from memory, and only once."""
    log = tmp_path / "log"
    end = closed(log)
    time = [end + 23 * HOUR]
    with running(log, clock=lambda: clock(time[0])) as server:
        person = person_of(server, 1)
        url = f"{server.base}/api/deelnemer/stream"
        with listening(url, person.client) as stream:
            assert next(stream)[1]["stage"] == "closed"
            assert erasures(server) == []
            time[0] = end + 24 * HOUR
            wait_until(lambda: server.room.state.erased)
            assert list(stream)[-1] == ("bye", {})
        out = person.client.get(f"{server.base}/api/deelnemer/snapshot")
        assert (out.status_code, out.json()["code"]) == (401, "no-seat")
        assert erasures(server) == [{"token"}]
        assert server.room.state.erased == PEOPLE
        assert server.facilitator().view["stage"] == "closed"
        state = server.room.state
    for seat in range(1, PEOPLE + 1):
        assert token_hash(f"token {seat}").encode() not in log.read_bytes()
    events = read_journal(log)
    assert fold(events) == state
    assert verify(events).holds
    assert verify(events).erased == PEOPLE


def test_what_is_due_is_erased_when_a_server_starts(tmp_path: Path) -> None:
    """Also where none ran at the time; a second start finds nothing left to do."""
    log = tmp_path / "log"
    end = closed(log)
    for _ in range(2):
        with running(log, clock=lambda: clock(end + 40 * HOUR)) as server:
            wait_until(lambda: server.room.state.erased)
            assert erasures(server) == [{"token"}]
            assert server.room.devices == set()
            assert server.room.state.tokens == {}


def test_two_who_erase_at_once_erase_once(tmp_path: Path) -> None:
    """The facilitator and the server itself may find the same to be due."""
    log = tmp_path / "log"
    end = closed(log)
    room = open_room(log, setup(quorum=2), clock=lambda: clock(end + 25 * HOUR))

    async def erase() -> list[int]:
        async with room.running():
            return list(await asyncio.gather(room.erase_due(), room.erase_due()))

    assert asyncio.run(erase()) == [PEOPLE, 0]
    assert verify(read_journal(log)).erased == PEOPLE


def test_what_was_replaced_is_erased_once_in_each_round(tmp_path: Path) -> None:
    """An erasure of the second round does not name again what was erased in the first."""
    with running(tmp_path / "log") as server:
        lead = server.facilitator()
        lead.next()
        person = server.person()
        lead.go_to("r1_open")
        for round_ in (1, 2):
            person.submit(100, 1, 2, 3, round_=round_)
            person.submit(100, 4, 5, 6, round_=round_)
            lead.seal()
            wait_until(lambda n=round_: len(erasures(server)) == n)  # type: ignore[misc]
            if round_ == 1:
                lead.go_to("r2_open")
        parts = [e.payload["parts"] for e in server.room.events if e.kind == "erased"]
        assert [len(each) for each in parts] == [1, 1]  # type: ignore[arg-type]
        assert parts[0] != parts[1]

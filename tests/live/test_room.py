from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING

import pytest
from tests.live.running import PATIENCE, running, setup

from afweging.analysis.session.fold import fold
from afweging.analysis.session.receipts import receipt_of, token_hash
from afweging.analysis.session.verify import verify
from afweging.analysis.session.weights import group_weights
from afweging.errors import RequestError
from afweging.io.journal import read_journal
from afweging.live.room import MOST_WAITING, BusyError, Room, chain, now, open_room, salt
from afweging.model.session import Event, Refusal, Repeat
from afweging.model.session_command import Join, Next, Submit

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from afweging.model.session import Stage
    from afweging.model.session_command import Command
    from afweging.model.session_state import SessionState


BEFORE: tuple[Stage, ...] = ("lobby", "explain")


def work(room: Room, do: Callable[[], Awaitable[None]]) -> None:
    """Do something while the room works."""

    async def run() -> None:
        async with room.running(), asyncio.timeout(PATIENCE):
            await do()

    asyncio.run(run())


def test_what_is_asked_at_once_is_stored_in_order(tmp_path: Path) -> None:
    """Many commands together: each on top of the one before, all on disk when answered."""
    log = tmp_path / "log"
    room = open_room(log, setup())

    async def do() -> None:
        await room.ask(Next("draft"))
        joins = [room.ask(Join(token_hash(str(n)), "nl")) for n in range(300)]
        found = await asyncio.gather(*joins)
        assert [each.payload["seat"] for each in found if isinstance(each, Event)] == list(
            range(1, 301)
        )
        assert read_journal(log) == tuple(room.events)
        assert isinstance(await room.ask(Join(token_hash("7"), "nl")), Repeat)
        assert isinstance(await room.ask(Next("draft")), Refusal)

    work(room, do)
    assert fold(read_journal(log)) == room.state
    assert room.log_hash == chain("00" * 32, room.events)
    assert room.delay is not None


def test_a_bug_in_one_command_is_not_one_of_all(tmp_path: Path) -> None:
    """Others in the same batch are carried out, and whoever asked gets the error."""
    room = open_room(tmp_path / "log", setup())

    def broken(_state: SessionState, _hash: str) -> Command:
        raise LookupError("kapot")

    async def do() -> None:
        found = await asyncio.gather(
            room.ask(Next("draft")),
            room.ask(broken),
            room.ask(Next("lobby")),
            return_exceptions=True,
        )
        assert isinstance(found[0], Event)
        assert isinstance(found[1], LookupError)
        assert isinstance(found[2], Refusal)
        assert found[2].code == "nobody-joined"

    work(room, do)


def test_who_goes_away_does_not_undo_what_was_asked(tmp_path: Path) -> None:
    """A device that closes its connection while the disk is busy has still submitted."""
    room = open_room(tmp_path / "log", setup())

    async def do() -> None:
        asking = asyncio.create_task(room.ask(Next("draft")))
        await asyncio.sleep(0)
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
        assert isinstance(await room.ask(Next("draft")), Refusal)

    work(room, do)
    assert room.state.stage == "lobby"


def test_more_than_can_wait_is_turned_away(tmp_path: Path) -> None:
    """Beyond a number of waiting commands the room says that it is busy."""
    room = open_room(tmp_path / "log", setup())

    async def do() -> None:
        asked = [asyncio.create_task(room.ask(Next("frozen"))) for _ in range(MOST_WAITING + 5)]
        found = await asyncio.gather(*asked, return_exceptions=True)
        assert sum(isinstance(each, BusyError) for each in found) == 5

    work(room, do)


def test_the_receipt_is_that_of_the_event(tmp_path: Path) -> None:
    """What the room says is what the log gives; an event without a seat has none."""
    room = open_room(tmp_path / "log", setup())

    async def do() -> None:
        moved = await room.ask(Next("draft"))
        await room.ask(Join(token_hash("a"), "nl"))
        for stage in BEFORE:
            await room.ask(Next(stage))
        given = await room.ask(Submit(1, 1, (100, 0, 0, 1), "sleutel-01", salt()))
        assert isinstance(moved, Event)
        assert isinstance(given, Event)
        assert room.receipt(given) == receipt_of(given)
        assert room.receipt(moved) == ""

    work(room, do)


def test_answers_that_were_replaced_are_erased_after_the_commitment(tmp_path: Path) -> None:
    """Two seconds after the seal the round is committed, and what no longer counts is gone."""
    log = tmp_path / "log"
    room = open_room(log, setup())

    async def do() -> None:
        await room.ask(Next("draft"))
        await room.ask(Join(token_hash("a"), "nl"))
        for stage in BEFORE:
            await room.ask(Next(stage))
        for points in (11.5, 22.5):
            await room.ask(Submit(1, 1, (100, 0, 0, points), f"sleutel-{10 * points:.0f}", salt()))
        await room.ask(Next("r1_open", "klaar"))
        erased = asyncio.Event()
        room.watch(lambda events, _: erased.set() if events[-1].kind == "erased" else None)
        await erased.wait()

    work(room, do)
    assert room.state.round(1).commitment is not None
    assert b"22.5" in log.read_bytes()
    assert b"11.5" not in log.read_bytes()


def test_a_session_keeps_the_setup_of_its_log(tmp_path: Path) -> None:
    """What was asked at a later start does not change it; another problem is refused."""
    log = tmp_path / "log"
    open_room(log, setup(mode="open")).close()
    again = open_room(log, setup(mode="sealed"))
    assert again.state.setup.mode == "open"
    again.close()
    with pytest.raises(RequestError):
        open_room(log, setup(digest="0" * 64))
    open_room(log, setup()).close()  # the refusal left it closed


def test_an_unsound_setup_leaves_nothing_behind(tmp_path: Path) -> None:
    """No log is made of a session that cannot begin."""
    with pytest.raises(RequestError):
        open_room(tmp_path / "log", setup(rounds=3))
    assert list(tmp_path.iterdir()) == []


def test_the_clock_has_milliseconds() -> None:
    """UTC, as every event has it."""
    assert len(now()) == len("2026-06-01T09:00:00.125Z")
    assert now().endswith("Z")


@pytest.mark.parametrize("hours", [-5, 5])
def test_a_clock_that_jumps_changes_no_result(tmp_path: Path, hours: int) -> None:
    """By hours, at every step and back again: times never decrease, and everything follows."""
    log, real = tmp_path / "log", datetime(2026, 6, 1, 9, tzinfo=UTC)
    calls = count()

    def clock() -> str:
        turn = next(calls)
        at = real + timedelta(seconds=turn, hours=hours * (turn // 3 % 2))
        return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")

    with running(log, clock=clock) as server:
        lead = server.facilitator()
        lead.next()
        people = server.people(3)
        lead.go_to("r1_open")
        for at, person in enumerate(people):
            person.submit(100, 10 * at, 20, 30)
            person.submit(100, 20, 10 * at, 30)
        lead.seal()
        lead.go_to("discuss")
        lead.go_to("r2_open")
        for person in people:
            assert person.view["open"] == 2
            assert person.ask("confirm", key=f"{person.csrf}-2", reason="").status_code == 200
        lead.seal()
        lead.go_to("reveal2")
        weights = group_weights(server.room.state)
    events = read_journal(log)
    assert verify(events).holds
    assert [each.at for each in events] == sorted(each.at for each in events)
    assert (len({each.at[:13] for each in events}) > 1) == (hours > 0)
    given = [[100, 20, 10 * at, 30] for at in range(3)]
    shares = [[each / sum(row) for each in row] for row in given]
    assert weights is not None
    assert weights.weights == pytest.approx(group_of(shares))
    assert group_weights(fold(events)) == weights


def group_of(shares: list[list[float]]) -> list[float]:
    """Return the means of weights, by hand."""
    return [sum(column) / len(shares) for column in zip(*shares, strict=True)]

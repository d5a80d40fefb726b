from __future__ import annotations

import asyncio
import json
import os
import random
import re
import socket
import sys
import time
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from tests.functional.commands import run
from tests.functional.crowd import Leader, Phone, Snapshot, Wire
from tests.functional.live_server import program
from tests.functional.stable import Stable

from afweging.analysis.session.fold import apply, fold
from afweging.analysis.session.receipts import receipt_of, token_hash
from afweging.analysis.session.verify import verify
from afweging.analysis.session.views import participant_view
from afweging.io.journal import read_journal

if TYPE_CHECKING:
    from collections.abc import Callable

    from afweging.model.session import Event
    from afweging.model.session_state import SessionState

KILLS = int(os.environ.get("AFWEGING_KILLS", "10"))  # 200 take some minutes
SEED = int(os.environ.get("AFWEGING_SEED", "5"))
CROWD = 30
FALSE_STARTS = 8
BACK = 10.0  # seconds after a start within which everybody looks on again


class Storm:
    """A crowd, a server that is killed again and again, and what the log holds after each kill."""

    def __init__(self, stable: Stable, port: int) -> None:
        self.stable = stable
        self.chance = random.Random(SEED)  # noqa: S311 - moments, no secrets
        wire = Wire(port)
        self.phones = [Phone(wire, SEED + number) for number in range(CROWD)]
        self.leader = Leader(wire, lambda: self.stage, lambda: stable.tokens)
        self.events: tuple[Event, ...] = ()
        self.states: dict[int, SessionState] = {}
        self.kills = self.compared = 0
        self._stage = "draft"
        self.back: list[float] = []

    async def rage(self) -> None:
        """Kill the server at random moments while the crowd goes on, and once more at the end."""
        await self._false_starts()
        process = self.stable.start()
        await until(self.stable.has_started)
        async with asyncio.TaskGroup() as tasks:
            actors = [tasks.create_task(self.leader.live(self._hurry))]
            await until(lambda: self.leader.stored)
            code = self.stable.tokens[0]
            actors += [tasks.create_task(each.live(code)) for each in self.phones]
            while self.kills < KILLS:
                await self._live_on(at_once=self.kills and self.chance.random() < 0.3)
                self.stable.kill(process)
                self.kills += 1
                await until(lambda: not any(each.now for each in self.phones))
                self._look()
                process = self.stable.start()
            await self._live_on(at_once=False)
            self.stable.kill(process)
            for each in actors:
                each.cancel()
        self._look()

    @property
    def summary(self) -> str:
        """What happened, in a line."""
        given = [each for phone in self.phones for each in phone.given.values()]
        return (
            f"{self.kills} kills, {len(self.events)} events, {len(self.leader.stored)} steps, "
            f"{sum(bool(each.receipts) for each in given)} of {len(given)} acknowledged, "
            f"{sum(phone.gone for phone in self.phones)} answers that did not come, "
            f"{self.compared} snapshots compared, all back in at most {max(self.back):.2f} s\n"
        )

    @property
    def stage(self) -> str:
        """Where the session is, as far as anybody knows."""
        seen = [each.now for each in self.phones if each.now]
        if seen:
            self._stage = str(max(seen, key=lambda view: int(view["seq"]))["stage"])
        elif self._stage == "draft" and self.leader.stored:
            self._stage = "lobby"
        return self._stage

    async def _false_starts(self) -> None:
        """Kill a server while it makes its log."""
        for _ in range(FALSE_STARTS):
            process = self.stable.start()
            await asyncio.sleep(self.chance.uniform(0, 0.06))
            self.stable.kill(process)

    def _hurry(self) -> bool:
        """Whether a round is to be closed: the first after a third of all kills."""
        return self.kills >= KILLS / 3

    async def _live_on(self, *, at_once: object) -> None:
        """Wait for a moment: while the server starts, or once everybody looks on again."""
        if at_once:
            await asyncio.sleep(self.chance.uniform(0, 0.2))
            return
        begin = time.monotonic()
        await until(lambda: all(each.now for each in self.phones), BACK)
        self.back.append(time.monotonic() - begin)
        committing = "sealed" in self.stage and self.chance.random() < 0.3
        await asyncio.sleep(self.chance.uniform(0, 3 if committing else 0.5))

    def _look(self) -> None:
        """Compare the log with what it held after the kill before, and with what people saw."""
        before, self.events = self.events, read_journal(self.stable.log)
        assert [lasting(each) for each in before] == [
            lasting(each) for each in self.events[: len(before)]
        ]
        state = self.states.get(len(before))
        self.states = {} if state is None else {len(before): state}
        for event in self.events[len(before) :]:
            state = self.states[event.seq] = apply(state, event)
        for phone in self.phones:
            for snapshot in phone.seen:
                self._compare(snapshot)
            phone.seen.clear()

    def _compare(self, snapshot: Snapshot) -> None:
        """Check that a snapshot is what the events up to it lead to."""
        state = self.states[snapshot["seq"]]
        view = json.loads(json.dumps(participant_view(state, snapshot["seat"]["id"])))
        for number, answer in view["rounds"].items():
            if answer is not None and answer["swings"] is None:  # erased since then
                answer["swings"] = snapshot["rounds"][number]["swings"]
        seen = {name: snapshot[name] for name in view}
        if "sealed" in state.stage:  # depends on the time as well
            seen["open"] = view["open"]
        assert seen == view
        self.compared += 1


def lasting(event: Event) -> tuple[object, ...]:
    """Return what of an event stays, also when what is private in it is erased."""
    return event.seq, event.at, event.kind, dict(event.payload), dict(event.digests)


async def until(fulfilled: Callable[[], Any], seconds: float = BACK) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(seconds):
        while not fulfilled():  # noqa: ASYNC110 - it is up to another process
            await asyncio.sleep(0.005)


def quiet_port() -> int:
    """Return a free port that the system gives to no connection that goes out."""
    for port in random.sample(range(20000, 32000), 50):
        with socket.socket() as found:
            if found.connect_ex(("127.0.0.1", port)):
                return port
    raise AssertionError("no port is free")


@pytest.fixture(scope="module")
def storm(tmp_path_factory: pytest.TempPathFactory) -> Storm:
    """Return a storm that has raged, with its last log."""
    if sys.platform == "win32":
        pytest.skip("no SIGKILL there")
    port = quiet_port()
    with Stable(tmp_path_factory.mktemp("storm") / "log", port) as stable:
        found = Storm(stable, port)
        asyncio.run(found.rage())
    sys.stdout.write(found.summary)
    return found


def test_nothing_acknowledged_is_lost_and_nothing_counts_twice(storm: Storm) -> None:
    """Each receipt is that of one event; what was refused is in no event; a retry adds none."""
    state = fold(storm.events)
    answers = {
        str(event.payload["key"]): event
        for event in storm.events
        if event.kind in {"submitted", "confirmed"}
    }
    times = Counter(
        event.payload["key"] for event in storm.events if event.kind in {"submitted", "confirmed"}
    )
    assert set(times.values()) == {1}
    given = {key: each for phone in storm.phones for key, each in phone.given.items()}
    assert times.keys() <= given.keys()
    acknowledged = {key: each for key, each in given.items() if each.receipts}
    assert len(acknowledged) > KILLS
    for key, each in acknowledged.items():
        assert each.receipts == {receipt_of(answers[key])}
    for key, each in given.items():
        if each.refused:
            assert key not in answers
    for phone in storm.phones:
        assert token_hash(phone.cookie.partition("=")[2]) in state.tokens
    kinds = {storm.events[seq - 1].kind for seq in storm.leader.stored}
    assert kinds == {"moved"}


def test_the_state_after_a_restart_is_the_fold_of_the_log(storm: Storm) -> None:
    """Every snapshot was what the events lead to, everything follows, and no server failed."""
    assert storm.compared > CROWD
    assert storm.states[len(storm.events)] == fold(storm.events)
    assert verify(storm.events).holds
    assert "Traceback" not in storm.stable.errors
    assert "ERROR" not in storm.stable.errors


def test_the_program_goes_on_where_it_was(
    storm: Storm, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """On the log of the storm: the same code, receipts and weights; and every receipt verifies."""
    keys = {k: (p, g) for p in storm.phones for k, g in p.given.items() if g.receipts}
    log = storm.stable.log
    with program(log) as server:
        assert server.code == storm.stable.tokens[0]
        wire = Wire(int(re.findall(r":(\d+)$", server.base)[0]))
        for phone in storm.phones:
            phone.wire = wire
        for key in storm.chance.sample(sorted(keys), 10):
            phone, given = keys[key]
            asyncio.run(phone.send(key))
            assert len(given.receipts) == 1
        view = server.facilitator().view
        assert view["seq"] >= len(storm.events)
        assert server.stop()[0] == 0
    receipts = sorted(next(iter(given.receipts)) for _, given in keys.values())
    arguments = [part for each in receipts for part in ("--receipt", each)]
    checked = run(capsysbinary, "session", "verify", log, *arguments)
    assert checked.code == 0, checked.out
    assert len(fold(read_journal(log)).seats) == view["joined"]

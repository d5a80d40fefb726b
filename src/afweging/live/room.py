"""The one stateful object of a live session: commands go in, and only what is stored counts.

A single task decides, stores, applies and answers, in that order, so nothing runs beside it.
Commands that come in while the disk is busy are stored together with the next flush. The state
that others read is always that of what is stored.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from afweging.analysis.session.decide import create, decide
from afweging.analysis.session.fold import apply, fold
from afweging.analysis.session.moves import sealed_round
from afweging.analysis.session.retention import due_for_erasure, without_parts
from afweging.errors import AfwegingError, Fault, Place, RequestError
from afweging.io.journal import create_journal, open_journal
from afweging.io.journal_file import chained
from afweging.model.session import GRACE_SECONDS, Event, Refusal, Repeat, event_bytes
from afweging.model.session_command import Commit, MarkErased

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from afweging.io.journal import Journal
    from afweging.model.session import Setup
    from afweging.model.session_command import Command
    from afweging.model.session_state import SessionState

    Part = tuple[int, str]
    Outcome = Event | Repeat | Refusal
    Clock = Callable[[], str]
    Make = Callable[[SessionState, str], Command]  # from what it comes after: state, hash of log

MOST_AT_ONCE = 512  # commands in one flush
MOST_WAITING = 8192  # commands that wait; beyond, the door says that it is too busy
GRACE_MARGIN = 0.05  # seconds
OF_COURSE = {"created", "moved", "paused", "resumed", "committed", "frozen", "exported", "purged"}
LOG = logging.getLogger("afweging.live")
T = TypeVar("T")


class BusyError(Exception):
    """More commands wait than the disk keeps up with."""


@dataclass(slots=True)
class _Asked:
    command: Command | Make
    answer: asyncio.Future[Outcome]
    erase: tuple[Part, ...] = ()


def now() -> str:
    """Return the time in UTC with milliseconds, such as "2026-06-01T09:00:00.125Z"."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def salt() -> str:
    """Return fresh randomness for a command."""
    return secrets.token_hex(16)


class Room:
    """A session in progress. Made by `open_room`; its work runs inside `running`.

    Attributes
    ----------
    state : SessionState
        After everything that is stored.
    events : list of Event
        Everything that is stored; what is erased is not in it.
    clock : function
        The time in UTC, as `now` gives it.
    trouble : Fault or None
        Why the disk did not take what was last given to it.
    """

    def __init__(self, journal: Journal, clock: Clock = now) -> None:
        self._journal = journal
        self._path = journal.path
        self._queue: deque[_Asked] = deque()
        self._work_waits = asyncio.Event()
        self._disk = ThreadPoolExecutor(1, thread_name_prefix="journal")
        self.clock = clock
        self.trouble: Fault | None = None
        self._closed = False
        self._erasing = asyncio.Lock()
        self._watchers: list[Callable[[Sequence[Event], SessionState], None]] = []
        self._delays: deque[float] = deque(maxlen=400)
        self._chores: set[asyncio.Task[None]] = set()
        self._load(journal)

    def _load(self, journal: Journal) -> None:
        self._journal = journal
        self._head = journal.head
        self.events: list[Event] = list(journal.read())
        self.state = fold(self.events)
        self.devices = set(_devices(self.events))

    def close(self) -> None:
        """Close the log; once is enough. What a full disk leaves beside it is not lost."""
        if not self._closed:
            self._closed = True
            with suppress(AfwegingError):
                self._journal.close()

    def watch(self, tell: Callable[[Sequence[Event], SessionState], None]) -> None:
        """Have `tell` called with what is stored, each time after it is."""
        self._watchers.append(tell)

    @property
    def delay(self) -> float | None:
        """How long answers to commands took lately, in milliseconds: 95 of 100 took at most this.

        None while there were none.
        """
        if not self._delays:
            return None
        return 1000 * sorted(self._delays)[int(0.95 * (len(self._delays) - 1))]

    @property
    def log_hash(self) -> str:
        """The hash of the log up to and with the event that led to `state`."""
        return self._head

    def receipt(self, event: Event) -> str:
        """Return the receipt of what was stored; empty where it has none."""
        seat = self.state.seats.get(int(event.payload.get("seat", 0)))  # type: ignore[call-overload]
        keys = () if seat is None else reversed(seat.keys)
        return next((receipt for _, receipt, seq in keys if seq == event.seq), "")

    async def ask(self, command: Command | Make, *, erase: tuple[Part, ...] = ()) -> Outcome:
        """Return what a command leads to; an event is stored when this returns.

        A function is given the state and the hash of the log at its turn, and makes the command.

        Raises
        ------
        OutputError
            When the disk did not take it; nothing changed then.
        BusyError
            When too much waits.
        """
        if len(self._queue) >= MOST_WAITING:
            raise BusyError
        begin = time.perf_counter()
        answer: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._queue.append(_Asked(command, answer, erase))
        self._work_waits.set()
        found = await answer
        self._delays.append(time.perf_counter() - begin)
        return found

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Do the work of the room; at the end everything is stored and the log is closed."""
        worker = asyncio.create_task(self._work())
        self._after(self.state)
        try:
            yield
        finally:
            for chore in (*self._chores, worker):
                chore.cancel()
                with suppress(asyncio.CancelledError):
                    await chore
            for left in self._queue:
                _answer(left, BusyError())
            await self._in_disk_thread(self.close)
            self._disk.shutdown()

    async def _work(self) -> None:
        while True:
            await self._work_waits.wait()
            batch = [self._queue.popleft() for _ in range(min(len(self._queue), MOST_AT_ONCE))]
            if not self._queue:
                self._work_waits.clear()
            # storing goes on to its end, also when the server stops meanwhile
            await _to_its_end(self._carry_out(batch))

    async def _carry_out(self, batch: Sequence[_Asked]) -> None:
        """Decide on commands one after another, store what they lead to, and answer."""
        try:
            await self._mend()
            state, events, outcomes = self._decide(batch)
            erase = [part for each in batch for part in each.erase]
            if events:
                await self._in_disk_thread(lambda: self._journal.append(events, erase=erase))
        except AfwegingError as error:
            self._failed(batch, error)
            return
        self._stored(state, events)
        for each, outcome in zip(batch, outcomes, strict=True):
            _answer(each, outcome)

    def _decide(
        self, batch: Sequence[_Asked]
    ) -> tuple[SessionState, list[Event], list[Outcome | Exception]]:
        """Return what commands lead to, each on top of those before it."""
        state, at = self.state, self.clock()
        events: list[Event] = []
        outcomes: list[Outcome | Exception] = []
        for each in batch:
            try:
                command = each.command
                if callable(command):
                    command = command(state, chain(self._journal.head, events))
                found = decide(state, command, at=at)
                if isinstance(found, Event):
                    state = apply(state, found)
                    events.append(found)
                outcomes.append(found)
            except Exception as error:  # noqa: BLE001 - a bug in one command is not one of all
                outcomes.append(error)
        return state, events, outcomes

    def _stored(self, state: SessionState, events: Sequence[Event]) -> None:
        if not events:
            return
        self.state, self._head = state, self._journal.head
        self.events.extend(events)
        self.devices.update(_devices(events))
        for event in events:
            if event.kind == "erased":
                self._forget(event)
            level = logging.INFO if event.kind in OF_COURSE else logging.DEBUG
            LOG.log(level, "event %d %s, now %s", event.seq, event.kind, state.stage)
        for tell in self._watchers:
            tell(events, state)
        self._after(state)

    def _forget(self, event: Event) -> None:
        """Drop from memory what was erased from the disk."""
        parts = {(int(seq), str(part)) for seq, part in event.payload["parts"]}  # type: ignore[attr-defined]
        self.events = without_parts(self.events, parts)
        self.devices = set(_devices(self.events))

    def _failed(self, batch: Sequence[_Asked], error: AfwegingError) -> None:
        codes = {fault.code for fault in error.faults}
        self.trouble = error.faults[0]
        LOG.error("nothing stored: %s", ", ".join(sorted(codes)))
        for each in batch:
            _answer(each, error)
        for tell in self._watchers:
            tell((), self.state)

    async def _mend(self) -> None:
        """After a failed write, open the log again where it is to be read anew."""
        if self.trouble is None:
            return

        def reopen() -> Journal:
            with suppress(AfwegingError):
                self._journal.close()
            return open_journal(self._path)

        self._load(await self._in_disk_thread(reopen))
        self.trouble = None

    async def _in_disk_thread(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._disk, work)

    # --- what the room does by itself -------------------------------------------------------------

    def _after(self, state: SessionState) -> None:
        """Commit a sealed round after the time of grace, and erase what was replaced."""
        number = sealed_round(state)
        if number is None or state.round(number).commitment is not None or self._chores:
            return
        chore = asyncio.create_task(self._commit())
        self._chores.add(chore)
        chore.add_done_callback(self._done)

    def _done(self, chore: asyncio.Task[None]) -> None:
        self._chores.discard(chore)
        error = None if chore.cancelled() else chore.exception()
        if error is not None:  # the next event, or the next start, tries again
            LOG.error("a round is not committed: %s", type(error).__name__)

    async def _commit(self) -> None:
        with suppress(BusyError):
            while True:
                await asyncio.sleep(GRACE_SECONDS + GRACE_MARGIN)
                found = await self.ask(Commit(salt()))
                if not (isinstance(found, Refusal) and found.code == "grace-runs"):
                    break
            await self.erase_due()

    async def erase_due(self) -> int:
        """Erase what is due now, on record, and return how many parts."""
        async with self._erasing:  # nothing is named twice
            due = await asyncio.to_thread(due_for_erasure, tuple(self.events), at=self.clock())
            if due:
                await self.ask(MarkErased(due), erase=due)
            return len(due)


def _devices(events: Iterable[Event]) -> Iterator[str]:
    """Yield the hashes of the tokens of devices, as far as they are kept."""
    for event in events:
        if (part := event.private.get("token")) is not None:
            yield str(part["hash"])


def _answer(asked: _Asked, outcome: Outcome | Exception) -> None:
    if asked.answer.done():  # whoever asked has gone
        return
    if isinstance(outcome, Exception):
        asked.answer.set_exception(outcome)
    else:
        asked.answer.set_result(outcome)


def chain(head: str, events: Iterable[Event]) -> str:
    """Return the hash of a log after more events, from its hash before them."""
    last = bytes.fromhex(head)
    for event in events:
        last = chained(last, event_bytes(event))
    return last.hex()


async def _to_its_end(work: object) -> None:
    task = asyncio.ensure_future(work)  # type: ignore[call-overload]
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await task
        raise


def first_event(setup: Setup, at: str) -> Event:
    """Return the event that begins a session.

    Raises
    ------
    RequestError
        When the setup is not sound.
    """
    first = create(setup, at=at)
    if isinstance(first, Refusal):
        raise RequestError([Fault(f"live-{first.code}", facts=first.facts)])
    return first


def open_room(path: Path, setup: Setup, clock: Clock = now) -> Room:
    """Return the room whose log is at `path`; a new one where there is none.

    A session that goes on keeps the setup of its log. `clock` gives the time of events.

    Raises
    ------
    OutputError, SessionFileError
        When the log cannot be made, read or written, or is in use.
    RequestError
        When the setup is not sound, or the log is of another decision problem.
    """
    if not path.exists():
        first = first_event(setup, clock())
        journal = create_journal(path)
        journal.append([first])
        return Room(journal, clock)
    journal = open_journal(path)
    try:
        if not journal.seq:  # the first start was broken off
            journal.append([first_event(setup, clock())])
        room = Room(journal, clock)
        if room.state.setup.digest != setup.digest:
            raise RequestError([Fault("live-other-problem", Place(file=path.name), setup.problem)])
    except AfwegingError:
        journal.close()
        raise
    return room

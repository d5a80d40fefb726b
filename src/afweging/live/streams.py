"""Server-sent events: every listener has one slot, the latest snapshot wins.

A listener is told that something changed; only when it is its turn the snapshot of that moment is
made and sent. So a slow reader costs nothing, and nobody is sent more than a few per second.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from afweging.analysis.session.moves import shown_rounds

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence

    from starlette.types import Receive, Scope, Send

    from afweging.model.session import Event
    from afweging.model.session_state import SessionState

    Make = Callable[[], Awaitable[bytes]]

Who = Literal["console", "projector", "participant"]
HEARTBEAT = 15.0  # seconds
SEALED_PACE, OPEN_PACE = 0.25, 0.1  # seconds between two snapshots for one listener
SEND_LIMIT = 30.0  # seconds that one snapshot may take to be taken by whoever reads
MOST_OF_ROLE = 50  # streams of the console, and of the projector

OF_ONE_SEAT = {"joined", "removed", "device_replaced", "unclear", "tapped", "endorsed"}
ANSWERS = {"submitted", "confirmed"}
NOT_ON_PHONES = {
    *("exported", "erased", "blanked", "unblanked", "lens_chosen", "scenario_chosen"),
    *("reason_moderated", "table_set", "adopted", "freeze_asked", "decision_set"),
}


@dataclass(slots=True, eq=False)
class Listener:
    """One open stream. `ends` is the name of the last event that it gets."""

    who: Who
    seat: int | None = None
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    changed: bool = True
    gone: bool = False
    ends: Literal["elsewhere", "bye"] | None = None

    def tell(self) -> None:
        """Say that there is something new."""
        self.changed = True
        self.wake.set()


class Hub:
    """All open streams, and who of them is told of what."""

    def __init__(self) -> None:
        self._seats: dict[int, Listener] = {}
        self._others: dict[Who, list[Listener]] = {"console": [], "projector": []}
        self._closed = False

    @property
    def online(self) -> int:
        """How many participants have a stream open."""
        return len(self._seats)

    def listen(self, who: Who, seat: int | None = None) -> Listener | None:
        """Return a new listener; None where a role has too many.

        A seat has one: the former is told that the session goes on elsewhere.
        """
        listener = Listener(who, seat, ends="bye" if self._closed else None)
        if seat is not None:
            self.end(seat)
            self._seats[seat] = listener
            self.tell("console")
            return listener
        if len(self._others[who]) >= MOST_OF_ROLE:
            return None
        self._others[who].append(listener)
        return listener

    def leave(self, listener: Listener) -> None:
        """Forget a listener."""
        if listener.seat is None:
            with suppress(ValueError):
                self._others[listener.who].remove(listener)
        elif self._seats.get(listener.seat) is listener:
            del self._seats[listener.seat]
            self.tell("console")

    def end(self, seat: int) -> None:
        """End the stream of a seat, if it has one: the session goes on elsewhere."""
        former = self._seats.pop(seat, None)
        if former is not None:
            former.ends = "elsewhere"
            former.wake.set()

    def close(self) -> None:
        """End every stream, and each that still comes: the server stops."""
        self._closed = True
        for listener in list(self._all()):
            listener.ends = listener.ends or "bye"
            listener.wake.set()

    def tell(self, who: Who) -> None:
        """Tell all of a role that something changed."""
        for listener in self._seats.values() if who == "participant" else self._others[who]:
            listener.tell()

    def publish(self, events: Sequence[Event], state: SessionState) -> None:
        """Tell whoever sees something of events that were stored."""
        self.tell("console")
        self.tell("projector")
        everybody = False
        for event in events:
            seats = seats_told(event, state)
            everybody = everybody or seats is None
            for seat in seats or ():
                if (listener := self._seats.get(seat)) is not None:
                    listener.tell()
            if event.kind == "device_replaced":
                self.end(int(event.payload["seat"]))  # type: ignore[call-overload]
            if event.kind == "erased":
                self._end_of_forgotten(state)
        if everybody:
            self.tell("participant")

    def _end_of_forgotten(self, state: SessionState) -> None:
        """End the streams of seats whose device is no longer known."""
        for seat, listener in list(self._seats.items()):
            if state.seats[seat].token is None:
                listener.ends = "bye"
                listener.wake.set()

    def _all(self) -> Iterator[Listener]:
        yield from self._seats.values()
        for listeners in self._others.values():
            yield from listeners


def seats_told(event: Event, state: SessionState) -> Iterable[int] | None:
    """Return the seats whose own view an event changes; None for all seats.

    What one person gives is seen by others only as part of the spread, once that is shown.
    """
    if event.kind in NOT_ON_PHONES:
        return ()
    if event.kind == "admitted":
        return tuple(event.payload["seats"])  # type: ignore[arg-type]
    if event.kind in OF_ONE_SEAT or (event.kind in ANSWERS and not shown_rounds(state)):
        return (int(event.payload["seat"]),)  # type: ignore[call-overload]
    return None


class EventStream:
    """An answer that goes on: snapshots as they change, until either side ends it."""

    def __init__(self, hub: Hub, listener: Listener, make: Make, pace: Callable[[], float]) -> None:
        self._hub = hub
        self._listener = listener
        self._make = make
        self._pace = pace

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the events; the reader that goes away ends them at once."""
        del scope
        left = asyncio.create_task(self._watch(receive))
        try:
            headers = [
                (b"content-type", b"text/event-stream; charset=utf-8"),
                (b"x-accel-buffering", b"no"),  # a proxy that buffers would hold everything up
            ]
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            await self._run(send)
        except (TimeoutError, OSError):  # nobody takes what is sent
            pass
        finally:
            self._hub.leave(self._listener)
            left.cancel()

    async def _watch(self, receive: Receive) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        self._listener.gone = True
        self._listener.wake.set()

    async def _run(self, send: Send) -> None:
        mine, sent = self._listener, 0.0
        while not mine.gone and mine.ends is None:
            if mine.changed:
                wait = sent + self._pace() - time.monotonic()
                if wait > 0:
                    await self._pause(wait)
                    continue
                mine.changed = False
                await _put(send, b"data: " + await self._make() + b"\n\n")
                sent = time.monotonic()
            elif not await self._pause(HEARTBEAT):
                await _put(send, b": \n\n")
        if not mine.gone:
            await _put(send, f"event: {mine.ends}\ndata: {{}}\n\n".encode(), more=False)

    async def _pause(self, seconds: float) -> bool:
        """Wait until something happens, or the time is over; return which it was."""
        mine = self._listener
        mine.wake.clear()
        if mine.gone or mine.ends is not None:
            return True
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await mine.wake.wait()
                return True
        return False


async def _put(send: Send, content: bytes, *, more: bool = True) -> None:
    async with asyncio.timeout(SEND_LIMIT):
        await send({"type": "http.response.body", "body": content, "more_body": more})

"""Connections that end by themselves: each step of a request has its time, and room is limited.

The server of uvicorn waits without end for a head that does not come, for the rest of a body that
nobody reads, and for a client that does not take its answer. Here each of these has an end. What
waits for a request gives way where there are too many connections; what has a request under way,
such as a stream, never does.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from afweging.live.links import network_of
from afweging.live.shield import HEADERS


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a client may take, in seconds, and how many connections there may be.

    Attributes
    ----------
    head : float
        For the head of a request, from its first byte or from the connection on.
    rest : float
        For what is left of a body after the answer to it.
    taken : float
        For an answer to be taken; a stream too.
    most : int
        Connections in all.
    of_one_place : int
        Connections of one address that wait for a request. A whole room may come from one address,
        so only those that waited `patience` seconds give way.
    """

    head: float = 10.0
    rest: float = 5.0
    taken: float = 20.0
    most: int = 15_000
    of_one_place: int = 256
    patience: float = 3.0


class Gate:
    """All connections of a server, and those that wait for a request, the longest first."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._open: set[Connection] = set()
        self._waiting: OrderedDict[Connection, float] = OrderedDict()
        self._places: dict[str, OrderedDict[Connection, float]] = {}

    def __len__(self) -> int:
        return len(self._open)

    def waiting_at(self, place: str) -> int:
        """Return how many connections of a place wait for a request."""
        return len(self._places.get(place, ()))

    def enter(self, connection: Connection) -> bool:
        """Let a connection in, in place of one that waits; False where there is no room at all."""
        self._open.add(connection)
        self.wait(connection)
        own = self._places[connection.place]
        first, since = next(iter(own.items()))
        if len(own) > self.limits.of_one_place and time.monotonic() - since > self.limits.patience:
            first.give_way()
        if len(self._open) <= self.limits.most:
            return True
        longest = next(iter(self._waiting))
        if longest is connection:
            return False
        longest.give_way()
        return True

    def wait(self, connection: Connection) -> None:
        """Remember since when a connection waits for a request."""
        if connection in self._open:
            since = self._waiting.setdefault(connection, time.monotonic())
            self._places.setdefault(connection.place, OrderedDict()).setdefault(connection, since)

    def begin(self, connection: Connection) -> None:
        """Remember that a connection has a request under way."""
        if self._waiting.pop(connection, None) is None:
            return
        own = self._places[connection.place]
        del own[connection]
        if not own:
            del self._places[connection.place]

    def leave(self, connection: Connection) -> None:
        """Forget a connection."""
        self.begin(connection)
        self._open.discard(connection)

    async def close(self) -> None:
        """End what is still open when the server stops, also who came in while it did."""
        for connection in list(self._open):
            connection.transport.abort()
        await asyncio.sleep(0)  # each is told that it is closed


class Connection(H11Protocol):
    """One connection, with an end to everything that it waits for."""

    def __init__(self, *given: Any, gate: Gate, **named: Any) -> None:  # noqa: ANN401 - of uvicorn
        super().__init__(*given, **named)
        self._gate = gate
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self.place = "?"

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Let a client in, if there is room."""
        super().connection_made(transport)
        self.place = network_of(self.client[0] if self.client else "")
        self._start("head", self._gate.limits.head)
        if not self._gate.enter(self):
            self._refuse(503)

    def connection_lost(self, exc: Exception | None) -> None:
        """Let a client go, and all that waited for it."""
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()
        self._gate.leave(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what comes in; a head that is not complete yet has its time."""
        super().data_received(data)
        if self.conn.our_state is not h11.DONE:
            self._stop("rest")
        if self.conn.their_state is not h11.IDLE:
            self._stop("head")
            self._gate.begin(self)
        elif not self.transport.is_closing():
            self._gate.wait(self)
            self._start("head", self._gate.limits.head)

    def on_response_complete(self) -> None:
        """Wait for the next request, or a while for what is left of this one."""
        super().on_response_complete()
        if self.transport.is_closing():
            self._start("taken", self._gate.limits.taken)
        elif self.conn.their_state is h11.SEND_BODY and self.conn.our_state is h11.DONE:
            self._start("rest", self._gate.limits.rest)
        elif self.conn.their_state is h11.IDLE:
            self._gate.wait(self)

    def pause_writing(self) -> None:
        """Give a client that does not read a while to do so."""
        super().pause_writing()
        self._start("taken", self._gate.limits.taken)

    def resume_writing(self) -> None:
        """Go on with a client that reads."""
        super().resume_writing()
        self._stop("taken")

    def timeout_keep_alive_handler(self) -> None:
        """Close a connection on which nothing came for a while."""
        super().timeout_keep_alive_handler()
        self._start("taken", self._gate.limits.taken)

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no HTTP, with the headers of every other answer."""
        del msg
        self._refuse(400)

    def give_way(self) -> None:
        """Make room for another connection."""
        self._gate.leave(self)
        self._close()

    # --- what ends --------------------------------------------------------------------------------

    def _start(self, name: str, seconds: float) -> None:
        if name not in self._timers:
            ends = self._late if name == "head" else self.transport.abort
            self._timers[name] = self.loop.call_later(seconds, ends)

    def _stop(self, name: str) -> None:
        timer = self._timers.pop(name, None)
        if timer is not None:
            timer.cancel()

    def _late(self) -> None:
        """End a connection whose head did not come in time."""
        if not self.transport.is_closing():
            self._refuse(408)

    def _refuse(self, status: int) -> None:
        """Answer without a word, where there is no request to answer to, and close."""
        headers = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
        headers += [(b"content-length", b"0"), (b"connection", b"close")]
        if self.conn.our_state in {h11.IDLE, h11.SEND_RESPONSE}:
            answer = h11.Response(status_code=status, headers=headers)
            self.transport.write(self.conn.send(answer) or b"")
            self.transport.write(self.conn.send(h11.EndOfMessage()) or b"")
        self._close()

    def _close(self) -> None:
        self.transport.close()
        self._start("taken", self._gate.limits.taken)

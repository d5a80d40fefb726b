"""A room full of people who give weights, revise them and look on while the server is killed.

They speak plain HTTP and server-sent events over sockets to 127.0.0.1. As the pages do, everybody
sends what was not acknowledged again with the same key, and opens the stream again with jitter.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

HOST = "127.0.0.1"
PATIENCE = 20.0  # seconds for one answer
JITTER = 0.15  # seconds at most before somebody tries again
CALM = 0.3  # seconds at most between two answers of one person
JSON, FORM = "application/json", "application/x-www-form-urlencoded"
ON_AT_ONCE = {"draft", "lobby", "explain", "r1_sealed", "reveal1", "discuss"}
Snapshot = dict[str, Any]


class GoneError(Exception):
    """The server went away before it had answered."""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    head: str
    body: bytes

    @property
    def said(self) -> dict[str, Any]:
        """The body as JSON."""
        return json.loads(self.body)  # type: ignore[no-any-return]


class Wire:
    """Requests to one port, each on a connection of its own."""

    def __init__(self, port: int) -> None:
        self._port = port

    async def ask(self, path: str, body: bytes | None = None, **headers: str) -> Answer:
        """Return one answer.

        Raises
        ------
        GoneError
            When the server did not answer in full.
        """
        try:
            async with asyncio.timeout(PATIENCE):
                async with self._connected() as (reader, writer):
                    writer.write(self._head(path, body, {"connection": "close"} | headers))
                    answer = await reader.read(-1)
        except OSError as error:
            raise GoneError from error
        top, _, content = answer.partition(b"\r\n\r\n")
        length = re.search(rb"content-length: (\d+)", top, re.IGNORECASE)
        if length is None or len(content) != int(length[1]):
            raise GoneError
        return Answer(int(top.split(b" ", 2)[1]), top.decode(), content)

    async def stream(self, path: str, take: Callable[[Snapshot], None], **headers: str) -> None:
        """Give each snapshot of a stream to `take`, until the server goes away."""
        with suppress(OSError, asyncio.IncompleteReadError):
            async with self._connected() as (reader, writer):
                writer.write(self._head(path, None, headers))
                await reader.readuntil(b"\r\n\r\n")
                while line := await reader.readline():
                    if line.startswith(b"data: {") and line.endswith(b"\n"):
                        take(json.loads(line[6:]))

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        reader, writer = await asyncio.open_connection(HOST, self._port)
        try:
            yield reader, writer
        finally:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

    def _head(self, path: str, body: bytes | None, headers: dict[str, str]) -> bytes:
        given = {"host": f"{HOST}:{self._port}", "content-type": JSON} | headers
        if body is not None:
            given["content-length"] = str(len(body))
        lines = [f"{'GET' if body is None else 'POST'} {path} HTTP/1.1"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in given.items()]
        return "\r\n".join([*lines, "", ""]).encode() + (body or b"")


@dataclass
class Given:
    """What somebody gave under one key, and what came back each time."""

    message: dict[str, object]
    receipts: set[str] = field(default_factory=set)
    refused: bool = False  # the last time that it was sent, and the answer came


class Somebody:
    """Who goes on until told to stop, whatever happens to the server."""

    def __init__(self, wire: Wire, seed: int) -> None:
        self.wire = wire
        self.chance = random.Random(seed)  # noqa: S311 - choices, no secrets
        self.gone = 0  # how often no answer came

    async def insist(self, ask: Callable[[], Awaitable[Answer]]) -> Answer:
        """Return an answer, however often the server has to be asked."""
        while True:
            try:
                return await ask()
            except GoneError:
                self.gone += 1
                await self.rest(JITTER)

    async def rest(self, most: float) -> None:
        """Wait a while."""
        await asyncio.sleep(self.chance.uniform(0, most))


class Phone(Somebody):
    """A participant: a seat, all that was given from it, and what was seen."""

    def __init__(self, wire: Wire, seed: int) -> None:
        super().__init__(wire, seed)
        self.cookie = self.csrf = ""
        self.given: dict[str, Given] = {}
        self.now: Snapshot = {}  # the last that the stream brought; empty after a lost connection
        self.seen: list[Snapshot] = []  # all that it brought since they were last taken

    async def live(self, code: str) -> None:
        """Join, look on, and give weights again and again."""
        await self._join(code)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._look_on())
            while True:
                await self.rest(CALM)
                await self._give()

    async def _join(self, code: str) -> None:
        """Take a seat; a seat whose cookie never came is an empty one."""
        form = f"code={code}&language=nl".encode()
        joined = await self.insist(lambda: self.wire.ask("/join", form, content_type=FORM))
        assert joined.status == 303, joined
        self.cookie = re.findall(r"set-cookie: (seat=[^;]+)", joined.head, re.IGNORECASE)[0]
        page = await self.insist(lambda: self.wire.ask("/deelnemer", cookie=self.cookie))
        self.csrf = re.findall(r"\b[0-9a-f]{32}\b", page.body.decode())[0]

    async def _look_on(self) -> None:
        while True:
            await self.wire.stream("/api/deelnemer/stream", self._take, cookie=self.cookie)
            self.now = {}
            await self.rest(JITTER)

    def _take(self, snapshot: Snapshot) -> None:
        self.now = snapshot
        self.seen.append(snapshot)

    async def _give(self) -> None:
        """Give something new, or what was given before once more, as after a lost answer."""
        number = self.now.get("open")
        if self.given and self.chance.random() < 0.2:
            await self.send(self.chance.choice(list(self.given)))
        elif number is not None:
            key = f"{self.chance.getrandbits(64):016x}"
            self.given[key] = Given(self._message(number, key))
            await self.send(key)

    def _message(self, number: int, key: str) -> dict[str, object]:
        if number == 2 and self.chance.random() < 0.3:
            return {"kind": "confirm", "key": key, "reason": "ik blijf erbij"}
        swings = [100, *(self.chance.randrange(101) for _ in range(3))]
        self.chance.shuffle(swings)
        return {"kind": "submit", "round": number, "key": key, "swings": swings}

    async def send(self, key: str) -> None:
        """Give what stands under a key, for the first time or once more."""
        given = self.given[key]
        given.refused = False
        body = json.dumps(given.message).encode()
        answer = await self.insist(
            lambda: self.wire.ask(
                "/api/deelnemer/command", body, cookie=self.cookie, x_csrf=self.csrf
            )
        )
        if answer.status == 200:
            given.receipts.add(answer.said["receipt"])
        else:
            assert answer.status == 409, answer
            given.refused = True


class Leader(Somebody):
    """The facilitator: goes on and back, so that rounds close and open while people give."""

    def __init__(
        self, wire: Wire, stage: Callable[[], str], tokens: Callable[[], list[str]]
    ) -> None:
        super().__init__(wire, 0)
        self._stage, self._tokens = stage, tokens
        self._link = self._csrf = ""
        self.stored: list[int] = []  # the numbers of the events that were acknowledged

    async def live(self, hurry: Callable[[], bool]) -> None:
        """Lead the session; round 1 ends when there is a hurry, round 2 opens again and again."""
        while True:
            await self.rest(2 * CALM)
            stage = self._stage()
            if stage == "r2_sealed" and self.chance.random() < 0.8:
                await self._command("back", stage=stage, reason="nog niet klaar")
            elif stage in ON_AT_ONCE or (stage in {"r1_open", "r2_open"} and hurry()):
                await self._command("next", stage=stage, reason="genoeg")

    async def _command(self, kind: str, **fields: str) -> None:
        body = json.dumps({"kind": kind} | fields).encode()
        answer = await self.insist(lambda: self._ask(body))
        if answer.status == 200:
            self.stored.append(answer.said["seq"])
        else:
            assert answer.status == 409, answer

    async def _ask(self, body: bytes) -> Answer:
        """Command by a link that goes on working when the server starts again."""
        if not self._link:
            _, link, _ = self._tokens()
            page = await self.wire.ask(f"/regie/{link}")
            self._csrf = re.findall(r"\b[0-9a-f]{32}\b", page.body.decode())[0]
            self._link = link
        path = f"/api/regie/{self._link}/command"
        answer = await self.wire.ask(path, body, x_csrf=self._csrf)
        if answer.status == 404:  # of too many starts ago
            self._link = ""
            raise GoneError
        return answer

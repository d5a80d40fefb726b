"""A load generator that speaks plain HTTP and server-sent events over sockets of this machine.

It plays a sealed round: everybody joins, listens, submits once on a new connection within a
while, and is cut off and comes back. Nothing else than 127.0.0.1 is ever spoken to, and the
number of requests is fixed beforehand.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import re
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

HOST = "127.0.0.1"
PATIENCE = 60.0  # seconds for any one step
SPREAD = 2.0  # seconds within which all submit
BACK = 5.0  # seconds over which a client that was cut off waits before it comes back
AT_ONCE = 400  # connections that are being made at one time, as a room has no more
STAGE = re.compile(rb'"stage":\s?"(\w+)"')


@dataclass
class Phone:
    """One participant: a cookie, a token, and when each stage was seen."""

    cookie: str = ""
    csrf: str = ""
    seen: dict[str, float] = field(default_factory=dict)
    news: asyncio.Event = field(default_factory=asyncio.Event)
    listening: asyncio.Task[None] | None = None


@dataclass(frozen=True)
class Measured:
    """What was measured, in seconds: percentiles of many, or the time of a whole step."""

    people: int
    join: float  # all have a seat
    ack: tuple[float, float, float]  # 50, 95 and 99 of 100 answers to a submission
    push: tuple[float, float, float]  # 50, 95 and 99 of 100 who see that a round opens
    back: float  # all listen again after everybody was cut off
    memory: float  # MB of the server, at the end
    cpu: float  # of the server, per submission
    acknowledged: int

    def lines(self, name: str) -> list[str]:
        """Return the numbers as lines to print."""
        ack, push = (
            "/".join(f"{1000 * each:.0f}" for each in part) for part in (self.ack, self.push)
        )
        return [
            f"{name}: {self.people} people, join storm {self.join:.2f} s",
            f"  submit to ack p50/p95/p99 {ack} ms, stage to all p50/p95/p99 {push} ms",
            (
                f"  {1000 * self.cpu:.2f} ms of processor per submission, {self.memory:.0f} MB, "
                f"all back in {self.back:.2f} s after a jitter of {BACK:.0f} s"
            ),
        ]


@dataclass(frozen=True)
class Idle:
    """What a crowd that only listens costs: times in seconds, memory in MB."""

    streams: int
    ack: tuple[float, float, float]  # of the few who submit meanwhile
    push: tuple[float, float, float]  # until each stream says that a round opens
    memory: float

    def line(self) -> str:
        """Return the numbers as a line to print."""
        ack, push = (
            "/".join(f"{1000 * each:.0f}" for each in part) for part in (self.ack, self.push)
        )
        return (
            f"{self.streams} streams: submit to ack p50/p95/p99 {ack} ms, "
            f"stage to all p50/p95/p99 {push} ms, {self.memory:.0f} MB"
        )


class Load:
    """One run against one server."""

    def __init__(self, port: int, code: str, console: str, people: int) -> None:
        self._port, self._code, self._console = port, code, console
        self._phones = [Phone() for _ in range(people)]
        self._gate = asyncio.Semaphore(AT_ONCE)
        self._console_csrf = ""
        self._random = random.Random(1)  # noqa: S311 - moments, no secrets

    async def run(self, process: int) -> Measured:
        """Play the round and return what it took; `process` is the id of that of the server."""
        join = await self._enter()
        await asyncio.gather(*(self._token(each) for each in self._phones))
        push = await self._open()
        before = _processor(process)
        acks = await asyncio.gather(*(self._submit(each) for each in self._phones))
        cpu = _processor(process) - before
        back = await self._come_back()
        self._leave()
        return Measured(
            people=len(self._phones),
            join=join,
            ack=_percentiles(acks),
            push=_percentiles(push),
            back=back,
            memory=_memory(process),
            cpu=cpu / len(acks),
            acknowledged=len(acks),
        )

    async def idle(self, process: int, *, active: int) -> Idle:
        """Let all listen and only some submit; return what that took."""
        await self._enter()
        push = await self._open()
        some = self._phones[:active]
        await asyncio.gather(*(self._token(each) for each in some))
        acks = await asyncio.gather(*(self._submit(each) for each in some))
        memory = _memory(process)
        self._leave()
        return Idle(len(self._phones), _percentiles(acks), _percentiles(push), memory)

    async def _enter(self) -> float:
        """Let all join; return how long that took."""
        self._console_csrf = _csrf((await self._ask("GET", f"/regie/{self._console}"))[2])
        await self._next("draft")
        begin = time.perf_counter()
        await asyncio.gather(*(self._join(each) for each in self._phones))
        return time.perf_counter() - begin

    async def _open(self) -> list[float]:
        """Let all listen and open the round; return after how long each saw it."""
        await self._listen("lobby")
        await self._next("lobby")
        await self._all_saw("explain")
        begin = time.perf_counter()
        await self._next("explain")
        await self._all_saw("r1_open")
        return [each.seen["r1_open"] - begin for each in self._phones]

    def _leave(self) -> None:
        for each in self._phones:
            if each.listening is not None:
                each.listening.cancel()

    async def _join(self, phone: Phone) -> None:
        form = f"code={self._code}&language=nl".encode()
        async with self._gate:
            status, head, _ = await self._ask(
                "POST", "/join", form, kind="application/x-www-form-urlencoded"
            )
        assert status == 303, head
        found = re.search(rb"set-cookie: seat=([^;]+);", head, re.IGNORECASE)
        assert found is not None
        phone.cookie = found[1].decode()

    async def _token(self, phone: Phone) -> None:
        async with self._gate:
            phone.csrf = _csrf((await self._ask("GET", "/deelnemer", cookie=phone.cookie))[2])

    async def _submit(self, phone: Phone) -> float:
        """Submit at some moment on a new connection; return how long the answer took."""
        await asyncio.sleep(self._random.uniform(0, SPREAD))
        swings = [100, *(self._random.randrange(101) for _ in range(3))]
        key = f"{self._random.getrandbits(64):016x}"
        message = {"kind": "submit", "round": 1, "swings": swings, "key": key}
        begin = time.perf_counter()
        status, _, body = await self._ask(
            "POST",
            "/api/deelnemer/command",
            json.dumps(message).encode(),
            cookie=phone.cookie,
            csrf=phone.csrf,
        )
        took = time.perf_counter() - begin
        assert status == 200, body
        assert json.loads(body)["receipt"]
        return took

    async def _next(self, stage: str) -> None:
        message = json.dumps({"kind": "next", "stage": stage}).encode()
        path = f"/api/regie/{self._console}/command"
        status, _, body = await self._ask("POST", path, message, csrf=self._console_csrf)
        assert status == 200, body

    # --- streams ----------------------------------------------------------------------------------

    async def _listen(self, stage: str) -> None:
        for each in self._phones:
            each.listening = asyncio.create_task(self._follow(each))
        await self._all_saw(stage)

    async def _follow(self, phone: Phone) -> None:
        async with self._gate:
            reader, writer = await asyncio.open_connection(HOST, self._port)
            writer.write(self._head("GET", "/api/deelnemer/stream", cookie=phone.cookie))
            await reader.readuntil(b"\r\n\r\n")
        try:
            while line := await reader.readline():
                if line.startswith(b"data:") and (found := STAGE.search(line)) is not None:
                    phone.seen.setdefault(found[1].decode(), time.perf_counter())
                    phone.news.set()
        finally:
            writer.close()

    async def _all_saw(self, stage: str) -> None:
        async with asyncio.timeout(PATIENCE):
            for each in self._phones:
                while stage not in each.seen:
                    each.news.clear()
                    await each.news.wait()

    async def _come_back(self) -> float:
        """Cut everybody off; return how long it takes until all listen again."""
        for each in self._phones:
            assert each.listening is not None
            each.listening.cancel()
            each.seen.clear()
        begin = time.perf_counter()

        async def again(phone: Phone) -> None:
            await asyncio.sleep(self._random.uniform(0, BACK))
            await self._follow(phone)

        for each in self._phones:
            each.listening = asyncio.create_task(again(each))
        await self._all_saw("r1_open")
        return time.perf_counter() - begin

    # --- plain HTTP -------------------------------------------------------------------------------

    async def _ask(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        *,
        kind: str = "application/json",
        cookie: str = "",
        csrf: str = "",
    ) -> tuple[int, bytes, bytes]:
        """Send one request on a connection of its own; return status, head and body."""
        async with asyncio.timeout(PATIENCE):
            reader, writer = await asyncio.open_connection(HOST, self._port)
            head = self._head(method, path, cookie=cookie)[:-2]
            head += b"Connection: close\r\n"
            if method == "POST":
                head += f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n".encode()
            if csrf:
                head += f"X-CSRF: {csrf}\r\n".encode()
            writer.write(head + b"\r\n" + body)
            answer = await reader.read(-1)
            writer.close()
        top, _, content = answer.partition(b"\r\n\r\n")
        return int(top.split(b" ", 2)[1]), top, content

    def _head(self, method: str, path: str, *, cookie: str = "") -> bytes:
        said = f"Cookie: seat={cookie}\r\n" if cookie else ""
        return f"{method} {path} HTTP/1.1\r\nHost: {HOST}:{self._port}\r\n{said}\r\n".encode()


def _csrf(page: bytes) -> str:
    found = re.search(rb"\b[0-9a-f]{32}\b", page)
    assert found is not None
    return found[0].decode()


def _percentiles(times: Sequence[float]) -> tuple[float, float, float]:
    ranked = sorted(times)
    at = [ranked[int(share * (len(ranked) - 1))] for share in (0.5, 0.95, 0.99)]
    return at[0], at[1], at[2]


def _processor(process: int) -> float:
    """Return the seconds of processor time that a process has used; Linux says it."""
    said = Path(f"/proc/{process}/stat").read_text(encoding="ascii")
    user, system = said.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _memory(process: int) -> float:
    """Return the resident memory of a process in MB; Linux says it."""
    said = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    found = re.search(r"VmRSS:\s+(\d+) kB", said)
    assert found is not None
    return int(found[1]) / 1000

"""A bare Starlette server with the traffic of a live session: what the framework itself costs.

It takes seats, stores what is submitted with a group commit of SQLite (`synchronous=FULL`) and
sends every listener a snapshot of a kilobyte when the stage changes. It checks nothing. Run as
`python bare_server.py LOG`; it prints its address.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import socket
import sqlite3
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import uvicorn
from starlette.applications import Starlette
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request

STAGES = ("draft", "lobby", "explain", "r1_open", "r1_sealed")
PADDING = "x" * 900
PACE = 0.25  # seconds between two snapshots for one listener
HEARTBEAT = 15.0  # seconds


class Bare:
    """Seats, a stage, a log and listeners; no rules."""

    def __init__(self, log: str) -> None:
        self.base = sqlite3.connect(log, isolation_level=None, check_same_thread=False)
        self.base.executescript(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
            "CREATE TABLE IF NOT EXISTS events (seq INTEGER PRIMARY KEY, body BLOB)"
        )
        self.disk = ThreadPoolExecutor(1)
        self.waiting: list[tuple[bytes, asyncio.Future[None]]] = []
        self.work = asyncio.Event()
        self.stage = 0
        self.listeners: set[asyncio.Event] = set()

    async def run(self) -> None:
        """Store what waits, all at once, again and again."""
        while True:
            await self.work.wait()
            self.work.clear()
            batch, self.waiting = self.waiting, []
            loop = asyncio.get_running_loop()
            await loop.run_in_executor(self.disk, self.write, [body for body, _ in batch])
            for _, done in batch:
                done.set_result(None)

    def write(self, bodies: list[bytes]) -> None:
        """Store some in one transaction."""
        self.base.execute("BEGIN")
        self.base.executemany("INSERT INTO events (body) VALUES (?)", [(each,) for each in bodies])
        self.base.execute("COMMIT")

    async def store(self, body: bytes) -> None:
        """Return once it is stored."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.waiting.append((body, done))
        self.work.set()
        await done

    async def join(self, request: Request) -> Response:
        """Give a seat."""
        await self.store(await request.body())
        answer = RedirectResponse("/deelnemer", 303)
        answer.set_cookie("seat", secrets.token_urlsafe(24))
        return answer

    async def page(self, _request: Request) -> Response:
        """Show what a command has to carry."""
        return Response(secrets.token_hex(16))

    async def command(self, request: Request) -> Response:
        """Store a command, and go on where it says so."""
        body = await request.body()
        await self.store(body)
        if json.loads(body)["kind"] == "next":
            self.stage = min(self.stage + 1, len(STAGES) - 1)
            for each in self.listeners:
                each.set()
        return JSONResponse({"receipt": secrets.token_hex(4), "seq": 1})

    async def stream(self, _request: Request) -> Response:
        """Send snapshots."""
        return StreamingResponse(self.events(), media_type="text/event-stream")

    async def snapshot(self, _request: Request) -> Response:
        """Send one snapshot."""
        return JSONResponse(self.view())

    def view(self) -> dict[str, object]:
        """Return a snapshot of about a kilobyte."""
        return {"seq": 1, "stage": STAGES[self.stage], "padding": PADDING, "commitments": {"1": 1}}

    async def events(self) -> AsyncIterator[str]:
        """Yield a snapshot after each change, the latest only."""
        wake = asyncio.Event()
        wake.set()
        self.listeners.add(wake)
        try:
            while True:
                try:
                    async with asyncio.timeout(HEARTBEAT):
                        await wake.wait()
                except TimeoutError:
                    yield ": \n\n"
                    continue
                wake.clear()
                yield f"data: {json.dumps(self.view())}\n\n"
                await asyncio.sleep(PACE)
        finally:
            self.listeners.discard(wake)


def main() -> None:
    """Serve until the process is ended."""
    bare = Bare(sys.argv[1])

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        worker = asyncio.create_task(bare.run())
        yield
        worker.cancel()

    routes = [
        Route("/join", bare.join, methods=["POST"]),
        Route("/deelnemer", bare.page),
        Route("/regie/{token}", bare.page),
        Route("/api/deelnemer/stream", bare.stream),
        Route("/api/deelnemer/command", bare.command, methods=["POST"]),
        Route("/api/regie/{token}/command", bare.command, methods=["POST"]),
        Route("/api/regie/{token}/snapshot", bare.snapshot),
    ]
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.bind(("127.0.0.1", 0))
    listening.listen(4096)
    base = f"http://127.0.0.1:{listening.getsockname()[1]}"
    print(f"code AAAAAA\n{base}/regie/token\nCtrl+C", flush=True)
    config = uvicorn.Config(
        Starlette(routes=routes, lifespan=lifespan), access_log=False, log_level="error"
    )
    uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main()

from __future__ import annotations

import gc
import json
import socket
import time
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING

import pytest
from tests.live.led import running_at
from tests.live.running import PATIENCE, running, wait_until

from afweging.live import shield
from afweging.live.connections import Limits
from afweging.live.shield import HEADERS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.live.running import Running

SHORT = Limits(head=0.4, rest=0.4, taken=0.5, most=60, of_one_place=20, patience=0.1)


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Return a server with little patience, in its lobby, shared by this module."""
    log = tmp_path_factory.mktemp("strict") / "log"
    with running(log, limits=SHORT, mode="open") as server:
        server.facilitator().next()
        yield server


@contextmanager
def dial(server: Running, *, receive: int = 0) -> Iterator[socket.socket]:
    """Open a connection; `receive` is how many bytes this side keeps when it does not read."""
    host, port = server.base.removeprefix("http://").split(":")
    with socket.socket() as line:
        if receive:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive)
        line.settimeout(PATIENCE)
        line.connect((host, int(port)))
        yield line


def said(line: socket.socket) -> bytes:
    """Return all that a server says until it closes."""
    found = b""
    with suppress(ConnectionError):
        while part := line.recv(65536):
            found += part
    return found


def trickle(line: socket.socket, seconds: float = 5.0) -> bytes:
    """Send a byte now and then until the server closes; return what it said."""
    found, end = b"", time.monotonic() + seconds
    line.settimeout(0.02)
    with suppress(ConnectionError):
        while time.monotonic() < end:
            line.sendall(b"a")
            with suppress(TimeoutError):
                part = line.recv(65536)
                if not part:
                    return found
                found += part
    assert time.monotonic() < end, "the server goes on waiting"
    return found


def answers(content: bytes) -> list[int]:
    """Return the statuses of answers."""
    return [int(part[:3]) for part in content.split(b"HTTP/1.1 ")[1:]]


def shielded(content: bytes) -> bool:
    """Return whether every answer has the headers of every answer."""
    heads = [each.partition(b"\r\n\r\n")[0] for each in content.split(b"HTTP/1.1 ")[1:]]
    lines = [f"{name}: {value}".encode() for name, value in HEADERS.items()]
    return all(line in head.replace(b"no-cache", b"no-store") for head in heads for line in lines)


# --- slow ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("begin", [b"", b"GET /he", b"GET /health HTTP/1.1\r\nHost: x\r\nX: "])
def test_a_head_that_does_not_come_is_not_waited_for(strict: Running, begin: bytes) -> None:
    """408, however slowly the client goes on, and also when it says nothing at all."""
    with dial(strict) as line:
        line.sendall(begin)
        content = trickle(line) if begin else said(line)
    assert answers(content) == [408]
    assert shielded(content)


def test_the_next_head_on_a_connection_has_its_time_too(strict: Running) -> None:
    """A request that went well gives no right to a slow one."""
    with dial(strict) as line:
        line.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\nGET /hea")
        line.sendall(b"l")
        assert answers(trickle(line)) == [200, 408]


def test_a_body_that_nobody_reads_has_an_end(strict: Running) -> None:
    """The refusal comes at once; what is left of the body is not waited for."""
    with dial(strict) as line:
        line.sendall(
            b"POST /api/deelnemer/command HTTP/1.1\r\nHost: x\r\nContent-Length: 99999\r\n"
            b"Content-Type: application/json\r\n\r\n"
        )
        assert answers(trickle(line)) == [401]


def test_what_is_left_of_a_body_may_still_come(strict: Running) -> None:
    """A connection whose body came after its answer goes on."""
    with dial(strict) as line:
        line.sendall(b"POST /health HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\na")
        assert answers(line.recv(65536)) == [405]
        line.sendall(b"bcd")
        line.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert answers(said(line)) == [200]


def test_a_command_that_comes_too_slowly_is_refused(
    strict: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    """408 with a sentence; nothing is stored."""
    monkeypatch.setattr(shield, "BODY_SECONDS", 0.3)
    person, seq = strict.person(), strict.room.state.seq
    with dial(strict) as line:
        line.sendall(
            f"POST /api/deelnemer/command HTTP/1.1\r\nHost: x\r\nContent-Length: 9999\r\n"
            f"Content-Type: application/json\r\nCookie: seat={person.client.cookies['seat']}\r\n"
            f"X-CSRF: {person.csrf}\r\n\r\n".encode()
        )
        content = trickle(line)
    assert answers(content) == [408]
    assert json.loads(content.partition(b"\r\n\r\n")[2])["code"] == "too-slow"
    assert strict.room.state.seq == seq


def test_who_does_not_read_answers_is_let_go(strict: Running) -> None:
    """Thousands of requests at once whose answers are not taken: others do not notice."""
    with dial(strict, receive=4096) as line:
        line.settimeout(0.2)
        with suppress(TimeoutError, ConnectionError):
            for _ in range(3000):
                line.sendall(b"GET /static/participant.js HTTP/1.1\r\nHost: x\r\n\r\n")
        strict.person()
        line.settimeout(PATIENCE)
        wait_until(lambda: is_cut_off(line))


def is_cut_off(line: socket.socket) -> bool:
    """Return whether the other side takes nothing any more."""
    try:
        line.sendall(b"\r\n")
    except ConnectionError:
        return True
    return False


def test_who_does_not_read_a_stream_is_let_go(strict: Running) -> None:
    """The console that hangs is dropped; what others see goes on, and little is kept for it."""
    lead = strict.facilitator()
    hanging = strict.house.hub._others["console"]  # noqa: SLF001 - the streams as they are
    with dial(strict, receive=4096) as line:
        path = f"/api/regie/{strict.console}/stream"
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        wait_until(lambda: hanging)
        end = time.monotonic() + PATIENCE
        while hanging and time.monotonic() < end:
            lead.do("overlay", action="pause")
            lead.do("overlay", action="resume")
        assert not hanging
    assert strict.wall_view()["seq"] == strict.room.state.seq


@pytest.mark.filterwarnings("error::ResourceWarning")
def test_a_server_that_stops_leaves_no_connection_open(tmp_path: Path) -> None:
    """Who does not take an answer is not waited for, and nothing is left for others to close."""
    with ExitStack() as stack:
        with running(tmp_path / "log") as server:
            lines = [stack.enter_context(dial(server, receive=4096)) for _ in range(3)]
            for line in lines:
                line.settimeout(0.2)
                with suppress(TimeoutError, ConnectionError):
                    for _ in range(1000):
                        line.sendall(b"GET /static/participant.js HTTP/1.1\r\nHost: x\r\n\r\n")
        gc.collect()


# --- odd ----------------------------------------------------------------------------------------

HEAD = b"POST /join HTTP/1.1\r\nHost: x\r\n"
SECOND = b"GET /api/nergens HTTP/1.1\r\nHost: x\r\n\r\n"
ODD = {
    "no HTTP": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(100),
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "no version": b"GET /\r\n\r\n",
    "no host": b"GET / HTTP/1.1\r\n\r\n",
    "two hosts": b"GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
    "a space before the colon": b"GET / HTTP/1.1\r\nHost : x\r\n\r\n",
    "a sign of nothing": b"GET /\x00 HTTP/1.1\r\nHost: x\r\n\r\n",
    "a letter that is none": "GET /\u00e9 HTTP/1.1\r\nHost: x\r\n\r\n".encode(),
    "a line break in a name": b"GET / HTTP/1.1\r\nHost: x\r\nX\nY: z\r\n\r\n",
    "a name without end": b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X" * 70_000,
    "an address without end": b"GET /" + b"a" * 70_000,
    "thousands of headers": b"GET / HTTP/1.1\r\nHost: x\r\n" + b"A: b\r\n" * 20_000,
    "both lengths": HEAD + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "two lengths": HEAD + b"Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcd",
    "a length below nothing": HEAD + b"Content-Length: -1\r\n\r\n",
    "a length with a plus": HEAD + b"Content-Length: +4\r\n\r\nabcd",
    "a length without end": HEAD + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n",
    "a length in other figures": HEAD + "Content-Length: \u0664\r\n\r\n".encode(),
    "another encoding": HEAD + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    "an encoding in disguise": HEAD + b"Transfer-Encoding: xchunked\r\n\r\n",
}


@pytest.mark.parametrize("name", ODD)
def test_what_is_no_request_is_refused_once(strict: Running, name: str) -> None:
    """One answer with all headers, then the end: nothing behind it is taken for a request."""
    with dial(strict) as line:
        with suppress(ConnectionError):
            line.sendall(ODD[name] + SECOND)
        content = said(line)
    assert all(400 <= status < 500 for status in answers(content))
    assert answers(content) or name in CUT_OFF
    assert shielded(content)
    assert b'"code"' not in content, "the second request was answered"


CUT_OFF = {"thousands of headers", "an address without end", "a name without end"}
BROKEN = {
    "a chunk of no size": b"x\r\nabcd\r\n0\r\n\r\n",
    "a chunk of huge size": b"f" * 30 + b"\r\nabcd",
    "a chunk of size below nothing": b"-4\r\nabcd\r\n0\r\n\r\n",
    "a chunk without its end": b"4\r\nabcdefgh\r\n0\r\n\r\n",
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_body_that_cannot_be_taken_apart_is_refused(strict: Running, name: str) -> None:
    """Nothing of 5xx, and nothing behind it is taken for a request."""
    with dial(strict) as line:
        line.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + BROKEN[name] + SECOND)
        content = said(line)
    assert 404 not in answers(content)
    assert all(400 <= status < 500 for status in answers(content))


@pytest.mark.parametrize(
    "path",
    [
        *("../app.py", "..%2fapp.py", "%2e%2e/app.py", "..\\app.py", "....//app.py", "/etc/passwd"),
        *("%00", "participant.js%00.css", "participant.js/", "./participant.js", "", "."),
        *("C:%5cwindows", "participant%2ejs/..", "~root", "%c0%ae%c0%ae/app.py", "%ff"),
    ],
)
def test_files_are_had_by_their_name_only(strict: Running, path: str) -> None:
    """Whatever stands in the address, there is no way to another file."""
    with dial(strict) as line:
        line.sendall(
            f"GET /static/{path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode()
        )
        content = said(line)
    assert answers(content) == [404]
    assert shielded(content)


@pytest.mark.parametrize(
    "header",
    [
        *("Host: [::1", "Host: " + "x" * 9000, "Origin: http://[", "Origin: \u00e9"),
        *("Cookie: seat", "Cookie: =;=;seat=;;", "Cookie: seat=" + "%00" * 99, "Cookie: \xff\xfe"),
        *("Accept-Language: ,,;q=;nl-NL-x" + ",xx" * 900, "Accept-Language: \xff"),
        *("Content-Type: \xff/\xff; charset=\xff", "X-CSRF: \xff", "Sec-Fetch-Site: \x7f"),
        *("Range: bytes=0-999999999999999999999", "Expect: 100-continue", "Expect: \xff"),
        *("Upgrade: websocket\r\nConnection: upgrade", "Upgrade: h2c\r\nConnection: Upgrade"),
        *("X-Forwarded-For: 1.2.3.4", "Forwarded: for=\xff", "X-HTTP-Method-Override: PURGE"),
    ],
    ids=lambda header: repr(header[:24]),
)
def test_headers_can_be_as_odd_as_they_like(strict: Running, header: str) -> None:
    """No fault of the server, for any door of each kind."""
    for request in (b"GET / ", b"GET /deelnemer ", b"POST /join ", b"POST /api/regie/x/command "):
        with dial(strict) as line:
            odd = header.encode("latin-1")
            line.sendall(
                request
                + b"HTTP/1.1\r\n"
                + (b"" if odd.startswith(b"Host") else b"Host: x\r\n")
                + odd
                + b"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            )
            content = said(line)
        assert next(each for each in answers(content) if each != 100) < 500
        assert shielded(content.replace(b"HTTP/1.1 100 Continue\r\n\r\n", b""))


# --- many ---------------------------------------------------------------------------------------


def test_connections_that_wait_give_way_to_those_that_ask(tmp_path: Path) -> None:
    """From one place or in all: who has a stream keeps it, and who comes new gets in."""
    limits = Limits(most=60, of_one_place=20, patience=0.0)
    with running(tmp_path / "log", limits=limits) as server, ExitStack() as stack:
        server.facilitator().next()
        watching = stack.enter_context(dial(server))
        watching.sendall(
            f"GET /api/scherm/{server.wall}/stream HTTP/1.1\r\nHost: x\r\n\r\n".encode()
        )
        assert answers(watching.recv(65536)) == [200]
        idle = [stack.enter_context(dial(server)) for _ in range(300)]
        assert server.person().ask("tap", mood="agree").status_code == 409
        assert server.house.hub._others["projector"]  # noqa: SLF001 - the streams as they are
        gone = [each for each in idle if not said_nothing(each)]
        assert len(gone) >= 300 - limits.of_one_place


def said_nothing(line: socket.socket) -> bool:
    """Return whether a connection is open and silent."""
    line.settimeout(0.001)
    try:
        return bool(line.recv(1))
    except TimeoutError:
        return True
    except ConnectionError:
        return False


def test_five_hundred_idle_streams_hold_nobody_up(tmp_path: Path) -> None:
    """All phones listen and say nothing; who submits is answered, and all are told of a change."""
    count = 500
    with running_at(tmp_path / "log", "explain", people=count) as server, ExitStack() as stack:
        lead = server.facilitator()
        lines = [stack.enter_context(dial(server)) for _ in range(count)]
        for seat, line in enumerate(lines, start=1):
            line.sendall(
                b"GET /api/deelnemer/stream HTTP/1.1\r\nHost: x\r\n"
                + f"Cookie: seat=token {seat}\r\n\r\n".encode()
            )
        wait_until(lambda: server.house.hub.online == count)
        person = server.person()
        lead.go_to("r1_open")
        begin = time.monotonic()
        assert person.submit(100, 1, 2, 3)["receipt"]
        assert time.monotonic() - begin < 2
        for line in lines:
            content = b""
            while b'"stage":"r1_open"' not in content:
                content += line.recv(65536)
        lines.clear()
    assert server.room.trouble is None

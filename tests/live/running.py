"""A real server on a real port for tests, and people who talk to it over HTTP."""

from __future__ import annotations

import json
import re
import secrets
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx

from afweging.analysis.compare import compare
from afweging.analysis.session.arrays import SessionModel, session_model
from afweging.analysis.session.fold import apply
from afweging.analysis.session.views import projector_view, view_hash
from afweging.io.canonical import problem_digest
from afweging.io.journal import read_journal
from afweging.io.problem_file import read_problem
from afweging.live.house import House
from afweging.live.keeper import LOOK_SECONDS
from afweging.live.links import open_links
from afweging.live.room import Room, now, open_room
from afweging.live.server import Address, make_server, open_socket
from afweging.model.session import Setup

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from afweging.live.connections import Limits
    from afweging.model.problem import DecisionProblem
    from afweging.model.session_state import SessionState

BRABANT = Path(__file__).resolve().parents[2] / "scenarios" / "brabant"
LENSES = 4
PATIENCE = 10.0  # seconds


@cache
def brabant() -> tuple[DecisionProblem, SessionModel]:
    """Return the problem of Brabant, and what a session computes with."""
    problem = read_problem(BRABANT)
    return problem, session_model(compare(problem))


def setup(**changes: object) -> Setup:
    """Return the setup of a session about Brabant."""
    problem, model = brabant()
    given: dict[str, object] = {
        "session": "20260601-PROEF",
        "problem": problem.id,
        "digest": problem_digest(problem),
        "lenses": model.lenses,
        "scenarios": model.scenarios,
    }
    return Setup(**(given | changes))  # type: ignore[arg-type]


@dataclass
class Facilitator:
    """Who leads: knows the link of the console."""

    base: str
    token: str
    client: httpx.Client

    @property
    def path(self) -> str:
        """The start of all addresses of the console."""
        return f"{self.base}/api/regie/{self.token}"

    @property
    def csrf(self) -> str:
        """What the page of the console sends with every command."""
        return csrf_in(self.client.get(f"{self.base}/regie/{self.token}").text)

    def ask(self, kind: str, **fields: object) -> httpx.Response:
        """Send a command."""
        return self.post("command", {"kind": kind, **fields})

    def post(self, name: str, message: object) -> httpx.Response:
        """Send a message to one of the doors of the console."""
        return self.client.post(f"{self.path}/{name}", json=message, headers={"x-csrf": self.csrf})

    def do(self, kind: str, **fields: object) -> dict[str, Any]:
        """Send a command that has to be carried out."""
        answer = self.ask(kind, **fields)
        assert answer.status_code == 200, answer.text
        return answer.json()  # type: ignore[no-any-return]

    @property
    def view(self) -> dict[str, Any]:
        """What the facilitator sees."""
        return self.client.get(f"{self.path}/snapshot").json()  # type: ignore[no-any-return]

    def next(self, reason: str = "") -> None:
        """Go to the next stage."""
        self.do("next", stage=self.view["stage"], reason=reason)

    def go_to(self, stage: str) -> None:
        """Go on, without more ado, to a stage."""
        while self.view["stage"] != stage:
            self.next()

    def seal(self) -> None:
        """Close the open round, and wait until it is committed."""
        self.next("genoeg")
        number = self.view["stage"][1]
        wait_until(lambda: self.view["commitments"].get(number))

    def freeze(self) -> None:
        """Freeze the weights in two steps."""
        self.do("ask_freeze")
        self.do("freeze", digest=self.view["asked"])


@dataclass
class Person:
    """A participant with a browser of their own."""

    base: str
    client: httpx.Client
    csrf: str = ""

    def join(self, code: str, **fields: str) -> httpx.Response:
        """Fill in the form of the first page."""
        answer = self.client.post(
            f"{self.base}/join", data={"code": code, "language": "nl", **fields}
        )
        if answer.status_code == 303:
            self.csrf = csrf_in(self.client.get(f"{self.base}/deelnemer").text)
        return answer

    def ask(self, kind: str, **fields: object) -> httpx.Response:
        """Send a command."""
        return self.client.post(
            f"{self.base}/api/deelnemer/command",
            json={"kind": kind, **fields},
            headers={"x-csrf": self.csrf},
        )

    def submit(self, *swings: float, round_: int = 1, **fields: object) -> dict[str, Any]:
        """Give weights."""
        message = {"round": round_, "swings": swings, "key": secrets.token_hex(8)}
        answer = self.ask("submit", **(message | fields))
        assert answer.status_code == 200, answer.text
        return answer.json()  # type: ignore[no-any-return]

    @property
    def view(self) -> dict[str, Any]:
        """What this participant sees."""
        answer = self.client.get(f"{self.base}/api/deelnemer/snapshot")
        return answer.json()  # type: ignore[no-any-return]


@dataclass
class Running:
    """A server that runs, with its links."""

    house: House
    base: str
    code: str
    console: str
    wall: str
    clients: list[httpx.Client] = field(default_factory=list)

    @property
    def room(self) -> Room:
        """The room inside the server; for a look at what is stored."""
        return self.house.room

    def client(self) -> httpx.Client:
        """Return a browser of its own, with its own cookies."""
        self.clients.append(httpx.Client(timeout=PATIENCE, verify=False))  # noqa: S501 - no TLS here
        return self.clients[-1]

    def facilitator(self) -> Facilitator:
        """Return who leads."""
        return Facilitator(self.base, self.console, self.client())

    def person(self, **fields: str) -> Person:
        """Return somebody who joined."""
        found = Person(self.base, self.client())
        answer = found.join(self.code, **fields)
        assert answer.status_code == 303, answer.text
        return found

    def people(self, count: int) -> list[Person]:
        """Return some who joined."""
        return [self.person() for _ in range(count)]

    def wall_view(self) -> dict[str, Any]:
        """Return what stands on the wall."""
        answer = httpx.get(f"{self.base}/api/scherm/{self.wall}/snapshot", timeout=PATIENCE)
        return answer.json()  # type: ignore[no-any-return]


class Watched:
    """All that a wall showed of a session, to be compared with a replay of its log."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._shown: dict[int, str] = {}
        self._over = False
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def look(self) -> None:
        """Note what the wall shows now; a test may have stopped the server."""
        with suppress(httpx.TransportError):
            self._note(httpx.get(f"{self._base}/snapshot", timeout=PATIENCE).json())

    def check(self, log: Path) -> None:
        """Play the log again: it gives every frame that was shown."""
        self._over = True
        self._thread.join(2 * PATIENCE)
        assert self._shown, "nothing was seen of the wall"
        assert not self._thread.is_alive(), "the stream of the wall does not end"
        state: SessionState | None = None
        for event in read_journal(log):
            state = apply(state, event)
            if event.seq in self._shown:
                again = view_hash(projector_view(state, brabant()[1]))
                assert self._shown[event.seq] == again, f"frame {event.seq} comes out otherwise"

    def _watch(self) -> None:
        """Look at the wall until the server stops; after silence the stream is opened again."""
        with suppress(httpx.TransportError), httpx.Client() as client:
            while not self._over:
                with suppress(httpx.ReadTimeout):
                    self._follow(client)

    def _follow(self, client: httpx.Client) -> None:
        with listening(f"{self._base}/stream", client) as shown:
            for name, view in shown:
                if name == "bye":
                    self._over = True
                else:
                    self._note(view)

    def _note(self, view: dict[str, Any]) -> None:
        seen = {name: view[name] for name in view if name not in {"html", "state"}}
        self._shown[int(view["seq"])] = view_hash(seen)


@contextmanager
def running(
    log: Path,
    *,
    port: int = 0,
    limits: Limits | None = None,
    clock: Callable[[], str] = now,
    **changes: object,
) -> Iterator[Running]:
    """Run a server in a thread of its own until the end of the block.

    With a `clock` of its own it looks at once, and often, at what is to be erased.
    """
    problem, model = brabant()
    listening = open_socket(Address("127.0.0.1", port))
    base = f"http://127.0.0.1:{listening.getsockname()[1]}"
    room = open_room(log, setup(**changes), clock)
    links, console, wall = open_links(log)
    look_every = LOOK_SECONDS if clock is now else 0.01
    house = House(room, problem, model, links, base, look_every=look_every)
    server = make_server(house, Address("127.0.0.1", 0), limits=limits)
    thread = threading.Thread(target=lambda: server.run(sockets=[listening]), daemon=True)
    thread.start()
    wait_until(lambda: server.started)
    found = Running(house, base, links.code, console, wall)
    watched = Watched(f"{base}/api/scherm/{wall}")
    try:
        yield found
        watched.look()
    finally:
        for client in found.clients:
            client.close()
        server.should_exit = True
        thread.join(PATIENCE)
        listening.close()
        assert not thread.is_alive(), "the server does not stop"
    watched.check(log)


def wait_until(fulfilled: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not fulfilled():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.02)


def csrf_in(page: str) -> str:
    """Return what a page of ours sends with every command."""
    found = re.search(r"\b[0-9a-f]{32}\b", page)
    assert found is not None, page[:500]
    return found[0]


@contextmanager
def listening(url: str, client: httpx.Client) -> Iterator[Iterator[tuple[str, Any]]]:
    """Open a stream; what it yields are names of events and what they hold."""
    with client.stream("GET", url, timeout=PATIENCE) as answer:
        assert answer.status_code == 200, answer.read()
        yield _events(answer)


def _events(answer: httpx.Response) -> Iterator[tuple[str, Any]]:
    name, data = "message", ""
    with suppress(httpx.RemoteProtocolError):
        for line in answer.iter_lines():
            kind, _, value = line.partition(": ")
            if kind == "event":
                name = value
            elif kind == "data":
                data = value
            elif not line and data:
                yield name, json.loads(data)
                name, data = "message", ""

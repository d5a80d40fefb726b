"""A room for tests: commands go in, events come out, and time and randomness are counted."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from afweging.analysis.session.arrays import SessionModel
from afweging.analysis.session.decide import create, decide
from afweging.analysis.session.fold import apply
from afweging.model import session_command as ask
from afweging.model.session import Event, Refusal, Repeat, Setup

if TYPE_CHECKING:
    from afweging.model.session_command import Command
    from afweging.model.session_state import SessionState

LENSES = ("economie", "arbeid", "wonen", "samenleving")
SCENARIOS = ("krimp", "groei")
BEGIN = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)


def clock(seconds: float) -> str:
    """Return the time so many seconds after the session began."""
    time = BEGIN + timedelta(seconds=seconds)
    return time.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def token(name: object) -> str:
    """Return the hash of a token."""
    return hashlib.sha256(f"token {name}".encode()).hexdigest()


def salt(name: object) -> str:
    """Return what stands for fresh randomness."""
    return hashlib.sha256(f"salt {name}".encode()).hexdigest()[:32]


def setup(**changes: object) -> Setup:
    """Return a setup with four lenses."""
    given: dict[str, object] = {
        "session": "s1",
        "problem": "brabant",
        "digest": "0" * 64,
        "lenses": LENSES,
        "scenarios": SCENARIOS,
        "quorum": 2,
    }
    return Setup(**(given | changes))  # type: ignore[arg-type]


@cache
def small_model(options: int = 5, seed: int = 1, profiles: int = 6) -> SessionModel:
    """Return a random model over the lenses and scenarios of `setup`."""
    rng = np.random.default_rng(seed)
    by_scenario = rng.uniform(0, 1, (len(SCENARIOS), options, len(LENSES)))
    return SessionModel(
        options=tuple(f"O{a + 1}" for a in range(options)),
        lenses=LENSES,
        scenarios=SCENARIOS,
        profiles=tuple(f"P{p + 1}" for p in range(profiles)),
        values=by_scenario.mean(axis=0),
        by_scenario=by_scenario,
        profile_scores=rng.uniform(0, 1, (profiles, options)),
    )


@dataclass
class Room:
    """One session with the time of the last command."""

    events: list[Event]
    state: SessionState
    seconds: float = 0.0
    asked: list[Command] = field(default_factory=list)

    def try_(self, command: Command, *, wait: float = 1.0) -> Event | Repeat | Refusal:
        """Carry out a command after a while, if it is allowed."""
        self.seconds += wait
        found = decide(self.state, command, at=clock(self.seconds))
        if isinstance(found, Event):
            self.events.append(found)
            self.state = apply(self.state, found)
            self.asked.append(command)
        return found

    def do(self, command: Command, *, wait: float = 1.0) -> Event:
        """Carry out a command that has to be allowed."""
        found = self.try_(command, wait=wait)
        assert isinstance(found, Event), found
        return found

    def refused(self, command: Command, *, wait: float = 0.0) -> str:
        """Return the code with which a command is refused."""
        found = self.try_(command, wait=wait)
        assert isinstance(found, Refusal), found
        return found.code

    def next(self, reason: str = "") -> Event:
        """Go to the next stage."""
        return self.do(ask.Next(self.state.stage, reason))

    def join(self, count: int = 1, **given: object) -> None:
        """Let people join."""
        for _ in range(count):
            seat = len(self.state.seats) + 1
            self.do(ask.Join(token(seat), "nl", **given))  # type: ignore[arg-type]

    def submit(self, seat: int, *swings: float, round_: int = 1, reason: str = "") -> Event:
        """Give weights for a seat."""
        return self.do(self.submission(seat, *swings, round_=round_, reason=reason))

    def submission(
        self, seat: int, *swings: float, round_: int = 1, reason: str = ""
    ) -> ask.Submit:
        """Return what gives weights for a seat, with a key of its own."""
        name = f"{seat}-{round_}-{len(self.events)}"
        return ask.Submit(
            seat, round_, swings or swings_of(seat), f"key-{name}", salt(name), reason=reason
        )

    def seal(self) -> None:
        """Close the open round and fix it."""
        self.next("eerder klaar")
        self.do(ask.Commit(salt(self.state.stage)), wait=3)

    def freeze(self) -> None:
        """Freeze the weights in two steps."""
        event = self.do(ask.AskFreeze())
        self.do(ask.Freeze(str(event.payload["digest"])))


def swings_of(seat: int, round_: int = 1) -> tuple[float, ...]:
    """Return swings that differ per seat, with a hundred among them."""
    rng = np.random.default_rng([seat, round_])
    swings = rng.integers(0, 100, len(LENSES)).astype(float)
    swings[int(rng.integers(len(LENSES)))] = 100.0
    return tuple(swings.tolist())


def new_room(**changes: object) -> Room:
    """Return a session that was just created."""
    first = create(setup(**changes), at=clock(0))
    assert isinstance(first, Event)
    return Room([first], apply(None, first))


def room_at(stage: str, people: int = 6, **changes: object) -> Room:
    """Return a session that was led to a stage by everybody taking part."""
    room = new_room(**changes)
    while room.state.stage != stage:
        step(room, people)
    return room


def step(room: Room, people: int) -> None:
    """Do what this stage is for and go to the next one."""
    stage, setup_ = room.state.stage, room.state.setup
    if stage == "lobby":
        room.join(people)
    if stage in {"r1_open", "r2_open"}:
        number = 1 if stage == "r1_open" else 2
        for seat in range(1, people + 1):
            room.submit(seat, *swings_of(seat, number), round_=number)
    if stage == "frozen":
        room.do(ask.SetDecision("Wij kiezen.", ("mits",)))
    if stage == "decided":
        room.do(ask.MarkExported("1" * 64))
    _leave(room, short=setup_.mode == "open" or setup_.rounds == 1)


def _leave(room: Room, *, short: bool) -> None:
    stage = room.state.stage
    if stage == "closed":
        room.do(ask.Purge("proef"))
    elif stage == ("discuss" if short else "reveal2"):
        room.freeze()
    elif stage in {"r1_open", "r2_open"} and room.state.setup.mode == "sealed":
        room.seal()
    else:
        room.next()


STAGES_WITH_WEIGHTS = {"r1_open": 0, "r1_sealed": 0, "reveal1": 1, "r2_sealed": 1, "frozen": 2}

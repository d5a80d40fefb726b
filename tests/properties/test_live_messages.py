"""Any sequence of messages to a running server: nothing illegal, nothing lost, no fault."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import tempfile
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from tests.live.led import running_at
from tests.live.running import running

from afweging.analysis.session.fold import apply, fold
from afweging.analysis.session.moves import open_round, route
from afweging.analysis.session.verify import verify
from afweging.io.journal import read_journal
from afweging.live.links import csrf_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager

    import httpx
    from tests.live.running import Running

    Message = Mapping[str, object]
    Spoil = Callable[[str], str]

EXAMPLES = int(os.environ.get("AFWEGING_ATTACKS", "4"))
PEOPLE = 4
BACK = {("explain", "lobby"), ("discuss", "reveal1"), ("r2_sealed", "r2_open")}
STARTS = ("lobby", "explain", "r1_open", "reveal1", "discuss", "r2_open", "reveal2", "frozen")
OPEN_STARTS = ("lobby", "explain", "r1_open", "discuss", "frozen", "decided", "closed")
WHO = st.sampled_from(["console", "wall", "nobody", "seat 1", "seat 2", "seat 3", "seat 4"])
DOORS = st.sampled_from(["deelnemer/command", "regie/{}/command", "regie/{}/what-if"])
KINDS = st.sampled_from(
    [
        {"kind": "next", "stage": "HERE", "reason": "verder"},
        {"kind": "back", "stage": "HERE", "reason": "terug"},
        {"kind": "freeze", "digest": "ASKED"},
        {"kind": "ask_freeze"},
        {"kind": "overlay", "action": "pause"},
        {"kind": "overlay", "action": "resume"},
        {"kind": "set_decision", "text": "Wij kiezen."},
        {"kind": "mark_exported"},
        {"kind": "purge", "reason": "proef"},
        {"kind": "remove_seat", "seat": 4, "reason": "dubbel"},
        {"kind": "replace_device", "seat": 3},
        {"kind": "add_proxy"},
        {"kind": "configure", "rounds": 1, "admission": "by_hand"},
        {"kind": "adopt", "weights": [0.25, 0.25, 0.25, 0.25], "reason": "samen"},
        {"kind": "set_table", "weights": [0.25, 0.25, 0.25, 0.25]},
        {"kind": "confirm", "key": "zelfde-sleutel"},
        {"kind": "endorse", "choice": "dissent", "key": "zelfde-sleutel", "text": "nee"},
        {"kind": "tap", "mood": "uneasy", "text": "duur"},
        {"kind": "not_understood", "lens": "E"},
        {"kind": "submit", "round": 1, "swings": [100, 1, 2, 3], "key": "zelfde-sleutel"},
        {"kind": "submit", "round": 2, "swings": [1, 100, 2, 3], "key": "een-andere-01"},
        {"kind": "submit", "round": 1, "swings": [100, 1, 2, 3], "key": "voor-een-01", "seat": 1},
        {"lens": "E", "weight": 0.5},
    ]
)
ONWARDS = (
    *({"kind": "ask_freeze"}, {"kind": "freeze", "digest": "ASKED"}),
    *({"kind": "set_decision", "text": "Wij kiezen."}, {"kind": "mark_exported"}),
    {"kind": "next", "stage": "HERE", "reason": "verder"},
)
SPOILS = st.sampled_from(
    [
        lambda text: text[:-1],
        lambda text: text + text,
        lambda text: f"[{text}]",
        lambda text: text.replace("1", "1e999"),
        lambda text: text.replace("1", "NaN"),
        lambda text: text.replace("1", "-Infinity"),
        lambda text: text.replace("1", "9" * 5000),
        lambda text: text.replace("1", '"1"'),
        lambda text: text.replace(":", ": {} ,", 1),
        lambda text: text.replace("{", '{"kind": "purge", ', 1),
        lambda text: text.replace("{", '{"__proto__": {"admin": true}, ', 1),
        lambda text: '{"a":' * 3000 + text + "}" * 3000,
        lambda text: "\ufeff" + text,
        lambda text: text.replace("e", "\\u0000"),
        lambda text: text.replace("e", "\\ud800"),
    ]
)


class AnyMessages(RuleBasedStateMachine):
    """A server at some stage, to which everybody sends whatever they like."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.opened: AbstractContextManager[Running] | None = None
        self.sent: list[tuple[str, dict[str, str], str]] = []

    @initialize(data=st.data(), mode=st.sampled_from(["sealed", "open"]))
    def begin(self, data: st.DataObject, mode: str) -> None:
        """Start a server whose session stands somewhere already."""
        stage = data.draw(st.sampled_from(STARTS if mode == "sealed" else OPEN_STARTS))
        self.open(running_at(self.folder / "log", stage, people=PEOPLE, mode=mode))

    def open(self, opened: AbstractContextManager[Running]) -> None:
        """Begin to talk to a server."""
        self.opened, self.server = opened, opened.__enter__()
        self.client = self.server.client()
        self.token = {f"seat {n}": f"token {n}" for n in range(1, PEOPLE + 1)}
        self.token |= {"console": self.server.console, "wall": self.server.wall, "nobody": "x"}

    @rule(who=WHO, csrf=WHO, door=DOORS, message=KINDS, spoil=st.none() | SPOILS)
    def send(self, who: str, csrf: str, door: str, message: Message, spoil: Spoil | None) -> None:
        """Send a message by anybody to any door, with anybody's token, as it is or spoilt."""
        self.deliver(who, csrf, door, message, spoil)

    @rule(message=KINDS)
    def lead(self, message: Message) -> None:
        """Send a message to the door for it, with the right tokens."""
        self.deliver("console", "console", "regie/{}/command", message)

    @rule(message=KINDS, seat=st.integers(1, PEOPLE))
    def take_part(self, message: Message, seat: int) -> None:
        """Send a message as a participant, with the right tokens."""
        self.deliver(f"seat {seat}", f"seat {seat}", "deelnemer/command", message)

    @rule()
    def advance(self) -> None:
        """Do what takes the session further."""
        number = open_round(self.server.room.state)
        for seat in (1, 2) if number else ():
            key = secrets.token_hex(8)
            given = {"kind": "submit", "round": number, "swings": [100, 9, 8, 7], "key": key}
            self.deliver(f"seat {seat}", f"seat {seat}", "deelnemer/command", given)
        for message in ONWARDS:
            self.deliver("console", "console", "regie/{}/command", message)

    @rule(place=st.integers(0, 10**6))
    def replay(self, place: int) -> None:
        """Send something once more, exactly as it was."""
        if self.sent:
            self.post(*self.sent[place % len(self.sent)])

    @rule()
    def restart(self) -> None:
        """Stop the server and start it again: the same state, links and seats."""
        before = self.server.room.state
        assert self.opened is not None
        self.opened.__exit__(None, None, None)
        self.open(running(self.folder / "log", clock=lambda: before.at))
        assert self.server.room.state == before

    def deliver(
        self, who: str, csrf: str, door: str, message: Message, spoil: Spoil | None = None
    ) -> None:
        """Send a message and hold the answer beside what may be answered."""
        state = self.server.room.state
        filled = {"HERE": state.stage, "ASKED": state.asked or "0" * 16}
        said = {k: filled.get(v, v) if isinstance(v, str) else v for k, v in message.items()}
        text = json.dumps(said)
        headers = {"x-csrf": csrf_of(self.token[csrf]), "cookie": f"seat={self.token[who]}"}
        path = f"/api/{door.format(self.token[who])}"
        answer = self.post(path, headers, text if spoil is None else spoil(text))
        own = "deelnemer" if who.startswith("seat") else "regie" if who == "console" else "-"
        if answer.status_code == 200:
            assert own in door
            assert csrf == who
            self.sent.append((path, headers, text))

    def post(self, path: str, headers: dict[str, str], text: str) -> httpx.Response:
        """Send a body; whatever it is, the answer is one of ours, and a refusal changes nothing."""
        before = self.server.room.state
        content = text.encode("utf-8", "surrogatepass")
        answer = self.client.post(
            f"{self.server.base}{path}",
            content=content,
            headers={**headers, "content-type": "application/json"},
        )
        assert answer.status_code in {200, 401, 403, 404, 409, 413, 422}, answer.text
        if answer.status_code != 200:
            assert set(answer.json()) == {"code", "message"}
            assert self.server.room.state == before
        return answer

    @invariant()
    def the_state_is_that_of_the_log(self) -> None:
        """Hold what the room says beside the fold of what it stored."""
        if self.opened is not None:
            assert fold(tuple(self.server.room.events)) == self.server.room.state

    def teardown(self) -> None:
        """Hold the log on the disk beside the rules: each step, each stage, each receipt."""
        if self.opened is not None:
            self.opened.__exit__(None, None, None)
            events = read_journal(self.folder / "log")
            assert fold(events) == self.server.room.state
            state = None
            for event in events:
                after = apply(state, event)
                if state is not None and after.stage != state.stage:
                    legal = {*pairwise(route(after.setup)), *BACK}
                    assert (state.stage, after.stage) in legal
                state = after
            assert verify(events).discrepancies == ()
        shutil.rmtree(self.folder)


TestAnyMessages = AnyMessages.TestCase
TestAnyMessages.settings = settings(
    max_examples=EXAMPLES,
    stateful_step_count=25,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)

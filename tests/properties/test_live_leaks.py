"""Nothing of a person reaches another: marks are planted, and every answer is searched for them."""

from __future__ import annotations

import logging
import os
import re
import secrets
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from tests.live.running import PATIENCE, running, wait_until

from afweging.analysis.session.moves import shown_rounds
from afweging.analysis.session.receipts import token_hash
from afweging.live.app import build_app
from afweging.live.links import csrf_of
from afweging.model.session import STAGES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.live.running import Person, Running

SESSIONS = [("sealed", "anonymous"), ("open", "named")]
if "AFWEGING_ATTACKS" in os.environ:  # the other two take as long again
    SESSIONS += [("sealed", "named"), ("open", "anonymous")]
PEOPLE = 12  # the quartiles of twelve lie between two people, so they are of nobody
WATCHING = 12  # the seat whose phone looks at everything that it can reach
WATCHER = f"seat {WATCHING}"
QUOTED = 1  # the seat whose reason is quoted on the wall
NUMBERS, WORDS = {"swing", "share"}, {"reason", "remark", "name"}
LENSES = ("E", "A", "W", "M")


@dataclass(frozen=True)
class Mark:
    """Something that only one person gave or has: of what kind, and in which round if in one."""

    seat: int
    kind: str
    text: str
    round: int = 0


@dataclass
class Marked:
    """A participant, and what is only theirs."""

    seat: int
    person: Person
    marks: list[Mark] = field(default_factory=list)

    def __post_init__(self) -> None:
        token = self.person.client.cookies["seat"]
        for secret in (token, token_hash(token), csrf_of(token)):
            self.mark("secret", secret)

    def mark(self, kind: str, *texts: str, round_: int = 0) -> None:
        """Remember what may not be found with others."""
        self.marks += [Mark(self.seat, kind, text, round_) for text in texts]

    def give(self, round_: int) -> None:
        """Give weights in a round, with a reason, all of them found nowhere else."""
        points = [
            round(9 + 5.137311 * self.seat + 4.318773 * lens + round_ + self.seat / 1009, 6)
            for lens in range(4)
        ]
        points[(self.seat + round_) % 4] = 100.0
        key, reason = secrets.token_hex(8), f"reden-{self.seat}-{round_}-zzz"
        answer = self.person.submit(*points, round_=round_, key=key, reason=reason)
        self.mark("swing", *(str(each) for each in points if each != 100), round_=round_)
        self.mark("share", *(str(round(each / sum(points), 6)) for each in points), round_=round_)
        self.mark("reason", reason, round_=round_)
        self.mark("secret", answer["receipt"], key)

    def tap(self) -> None:
        """Say that the outcome does not feel right, and why."""
        self.mark("reason", f"gevoel-{self.seat}-zzz", round_=1)
        self.person.ask("tap", mood="uneasy", text=f"gevoel-{self.seat}-zzz")

    def endorse(self) -> None:
        """Dissent from the decision, and say why."""
        key, text = secrets.token_hex(8), f"oordeel-{self.seat}-zzz"
        answer = self.person.ask("endorse", choice="dissent", key=key, text=text)
        self.mark("remark", text)
        self.mark("secret", answer.json()["receipt"], key)


class Heard:
    """All that was answered, with its headers, by who asked for it."""

    def __init__(self) -> None:
        self.answers: dict[str, list[tuple[str, str]]] = {}

    def listen(self, who: str, client: httpx.Client) -> None:
        """Keep every answer that a client gets, also to its commands."""
        self.answers[who] = []
        client.event_hooks = {"response": [lambda answer: self._keep(who, answer)]}

    def _keep(self, who: str, answer: httpx.Response) -> None:
        if "event-stream" not in answer.headers.get("content-type", ""):
            answer.read()
            text = f"{answer.status_code} {answer.headers!r} {answer.text}"
            self.answers[who].append((answer.url.path, text))

    def follow(self, who: str, client: httpx.Client, url: str) -> None:
        """Keep what a stream says until its end, in a thread of its own."""

        def run() -> None:
            with suppress(httpx.HTTPError), client.stream("GET", url, timeout=PATIENCE) as answer:
                for line in answer.iter_lines():
                    self.answers[who].append((answer.url.path, line))

        threading.Thread(target=run, daemon=True).start()
        wait_until(lambda: any(path in url for path, _ in self.answers[who]))


class Walk:
    """A session on its way through its stages, and everybody who looks at it."""

    def __init__(self, server: Running) -> None:
        self.server, self.heard, self.quoted = server, Heard(), False
        self.lead = server.facilitator()
        self.lead.next()
        self.is_open = server.room.state.setup.mode == "open"
        self.named = server.room.state.setup.naming == "named"
        self.marked = [Marked(seat, self._person(seat)) for seat in range(1, PEOPLE + 1)]
        if self.named:
            for each in self.marked:
                each.mark("name", f"naam-{each.seat}-zzz")
        self.clients = {"console": self.lead.client, "wall": server.client()}
        self.clients |= {"stranger": server.client()}
        self.clients |= {WATCHER: self._of(WATCHING).person.client}
        for who, client in self.clients.items():
            self.heard.listen(who, client)
        self._follow()
        self.paths = [path for path in _readable(server) if not path.endswith("/stream")]
        self.stages: list[str] = []
        self.seen: set[tuple[str, str]] = set()

    def _person(self, seat: int) -> Person:
        given = {"name": f"naam-{seat}-zzz", "consent": "yes"} if self.named else {}
        return self.server.person(**given)

    def _of(self, seat: int) -> Marked:
        return self.marked[seat - 1]

    def _follow(self) -> None:
        base, server = f"{self.server.base}/api", self.server
        streams = {"console": f"regie/{server.console}", "wall": f"scherm/{server.wall}"}
        streams[WATCHER] = "deelnemer"
        for who, path in streams.items():
            self.heard.follow(who, self.clients[who], f"{base}/{path}/stream")

    def _token(self, who: str, path: str) -> str:
        own = {"console": self.server.console, "wall": self.server.wall}
        return own.get(who, "x" if "plaats" in path else self.server.code)

    def look(self, *who_looks: str) -> None:
        """Ask for all there is, as everybody or some, and search what came since the last time."""
        for who in who_looks or self.clients:
            client = self.clients[who]
            for path in self.paths:
                if who not in {"console", "wall"} or "{token}" in path:
                    url = path.replace("{token}", self._token(who, path))
                    client.get(self.server.base + url.replace("{code}", self.server.code))
        self.stages.append(self.server.room.state.stage)
        self.search()

    def search(self) -> None:
        """Find no mark of a person in what another was told, but for what may be shown now."""
        marks = [mark for each in self.marked for mark in each.marks]
        for who, answers in self.heard.answers.items():
            fresh = [answers.pop(0) for _ in range(len(answers))]
            for path, text in fresh:
                odd = [m for m in found_in(text, marks) if not self.may_see(who, path, m)]
                self.seen |= {(mark.kind, who) for mark in found_in(text, marks)}
                assert not odd, (who, self.stages[-1:], path, odd)

    def may_see(self, who: str, path: str, mark: Mark) -> bool:
        """Return whether somebody may be told this of another, in this stage."""
        shown = mark.round in shown_rounds(self.server.room.state)
        if mark.kind == "share" and path.endswith("/stream") and self.is_open:
            return True  # while some have not given weights yet, a quartile is that of one
        if who == "console":
            return {
                "name": True,
                "reason": shown,
                "remark": True,  # it is for the facilitator, and there is none before
                "swing": shown and path.endswith("/export"),
                "share": shown and self.named,
            }.get(mark.kind, False)
        if who == "wall":
            return mark.kind == "reason" and shown and self.quoted and mark.seat == QUOTED
        return who == f"seat {mark.seat}"

    def panels(self) -> None:
        """Look at every panel of this stage."""
        for panel in self.lead.view["panels"]:
            self.lead.do("show_panel", panel=panel)
            self.look("wall", "console")
        self.look()

    def odd(self) -> None:
        """Ask for what is not there, or not theirs; the refusals are searched as well."""
        watcher, other = self._of(WATCHING), self._of(QUOTED)
        key = next((m.text for m in reversed(other.marks) if m.kind == "secret"), "x" * 16)
        if self.server.room.state.stage not in GIVING:
            watcher.person.ask("submit", round=1, swings=[100, 1, 2, 3], key=key)
            watcher.person.ask("confirm", key=key)
            watcher.person.ask("endorse", choice="endorse", key=key)
            watcher.person.ask("tap", mood="agree")
        self.lead.ask("submit", seat=QUOTED, round=1, swings=[100, 1, 2, 3], key=key)
        self.lead.post("what-if", {"lens": "E", "weight": 0.5})
        self.lead.ask("mark_exported")


def found_in(text: str, marks: list[Mark]) -> list[Mark]:
    """Return the marks that stand in a text; numbers also with a decimal comma."""
    numbers = {found.replace(",", ".") for found in re.findall(r"\d+[.,]\d+", text)}
    words = "zzz" in text
    return [
        mark
        for mark in marks
        if (mark.text in numbers if mark.kind in NUMBERS else mark.text in text)
        and (words or mark.kind not in WORDS)
    ]


def _readable(server: Running) -> Iterator[str]:
    """Yield the addresses that can be read, from the routes as they are."""
    app: Any = build_app(server.house)
    for route in app._app.routes:  # noqa: SLF001 - the routes as they are
        if "GET" in route.methods and not route.path.startswith("/static/"):
            yield route.path


def first_part(walk: Walk) -> None:
    """Go from the lobby to the discussion."""
    lead = walk.lead
    walk.look()
    lead.next()
    walk.look()
    lead.next()
    for each in walk.marked:
        each.give(1)
    walk.odd()
    walk.panels()
    if not walk.is_open:
        lead.next()
        walk.odd()
        walk.look()
        wait_until(lambda: lead.view["commitments"].get("1"))
        walk.look()
        lead.next()
        walk.look()
        for lens in LENSES:
            lead.do("reveal_lens", lens=lens)
            lead.do("choose_lens", lens=lens)
            walk.look("wall", WATCHER)
    lead.next()
    walk.panels()


def second_part(walk: Walk) -> None:
    """Quote one reason, and go on to the end."""
    lead = walk.lead
    for each in walk.marked:
        each.tap()
    walk.look()
    code = next(r["code"] for r in lead.view["reasons"] if r["text"] == f"reden-{QUOTED}-1-zzz")
    walk.quoted = True
    lead.do("moderate", reason=code, action="quote")
    walk.odd()
    walk.panels()
    if not walk.is_open:
        lead.next()
        for each in walk.marked:
            each.give(2)
        walk.look()
        lead.seal()
        walk.odd()
        walk.look()
        lead.next()
        walk.panels()
    ending(walk)


def ending(walk: Walk) -> None:
    """Freeze, decide, dissent, export, close and purge."""
    lead = walk.lead
    lead.freeze()
    walk.panels()
    lead.do("set_decision", text="Wij kiezen O8.")
    lead.next()
    for each in walk.marked:
        each.endorse()
    walk.panels()
    lead.do("mark_exported")
    walk.look()
    lead.next()
    walk.odd()
    walk.look()
    lead.do("purge", reason="proef")
    walk.look()


@pytest.mark.parametrize(("mode", "naming"), SESSIONS)
def test_nothing_of_a_person_reaches_another(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, mode: str, naming: str
) -> None:
    """In no body, header or stream of any role, in no stage, and in no line of the log."""
    for own in ("httpx", "httpcore"):  # of the test itself
        caplog.set_level(logging.WARNING, logger=own)
    with (
        caplog.at_level(logging.DEBUG),
        running(tmp_path / "log", mode=mode, naming=naming, quorum=PEOPLE) as server,
    ):
        walk = Walk(server)
        first_part(walk)
        second_part(walk)
        wait_until(lambda: server.room.state.erased)
        walk.search()
        assert set(walk.stages) == set(STAGES[1:]) - (ONLY_SEALED if mode == "open" else set())
        # what may be seen was seen, so that a mark that is there is found
        assert walk.seen >= {("reason", "wall"), ("reason", "console"), ("remark", "console")}
        assert walk.seen >= {("swing", WATCHER), ("secret", WATCHER), ("swing", "console")}
        assert (("share", "console") in walk.seen) == (naming == "named")
    lines = [line.getMessage() for line in caplog.records]
    assert any("event" in line for line in lines)
    secrets_ = [server.console, server.wall, server.code, server.house.links.invitation]
    forbidden = [*secrets_, "127.0.0", *(m.text for each in walk.marked for m in each.marks)]
    assert not [line for line in lines for text in forbidden if text in line]


GIVING = {"r1_open", "r2_open", "discuss", "decided"}  # it would replace what was given
ONLY_SEALED = {"r1_sealed", "reveal1", "r2_open", "r2_sealed", "reveal2"}

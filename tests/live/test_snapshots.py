from __future__ import annotations

import json
import logging
import re
from typing import TYPE_CHECKING

import pytest
from tests.live.running import Person, Running, listening, running, wait_until

from afweging.live.room import chain

if TYPE_CHECKING:
    from pathlib import Path

# what one person gives, in signs that nothing else has
SWINGS = (73.15625, 100, 41.34375, 12.71875)
MARKS = ("73.15625", "41.34375", "12.71875", "GEHEIMWOORD")
NAME = "Wilhelmina"  # given with consent: for the console only
# the same as weights, as far as a screen would round them
SHARES = tuple(f"{each / sum(SWINGS):.3f}" for each in SWINGS)
OTHERS = [
    (100, 40, 20, 10),
    (30, 100, 60, 5),
    (10, 20, 100, 90),
    (50, 50, 50, 100),
    (100, 0, 80, 1),
]


def seen_by_others(server: Running, other: Person) -> str:
    """Return all that console, wall, another participant and a stranger can read now."""
    lead, found = server.facilitator(), []
    paths = [
        *(f"regie/{server.console}", f"scherm/{server.wall}", "health", "netwerk", "", "nergens"),
        *(f"api/regie/{server.console}/{name}" for name in ("snapshot", "export")),
        f"api/scherm/{server.wall}/snapshot",
    ]
    found += [lead.client.get(f"{server.base}/{path}").text for path in paths]
    mine = ["deelnemer", "api/deelnemer/snapshot", "api/deelnemer/decision"]
    found += [other.client.get(f"{server.base}/{path}").text for path in mine]
    stranger = server.client()
    found += [stranger.get(f"{server.base}/{path}").text for path in [*paths, *mine]]
    found.append(lead.post("what-if", {"lens": "E", "weight": 0.5}).text)
    for name, client in (("regie", lead.client), ("scherm", lead.client), ("", other.client)):
        token = {"regie": server.console, "scherm": server.wall}.get(name)
        path = f"{name}/{token}" if token else "deelnemer"
        with listening(f"{server.base}/api/{path}/stream", client) as stream:
            found.append(json.dumps(next(stream), separators=(",", ":")))
    return "\n".join(found)


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Return all that the application and its server log."""
    caplog.set_level(logging.DEBUG, "afweging")
    caplog.set_level(logging.DEBUG, "uvicorn")
    return caplog


def test_nothing_tells_what_a_person_gave_before_the_reveal(
    tmp_path: Path, log: pytest.LogCaptureFixture
) -> None:
    """Marked weights, text and name show in no answer to others and in no line of the log."""
    with running(tmp_path / "log", naming="named") as server:
        lead = server.facilitator()
        lead.next()
        marked = server.person(name=NAME, consent="on")
        others = [server.person() for _ in OTHERS]
        lead.go_to("r1_open")
        marked.submit(*SWINGS, reason="GEHEIMWOORD")
        for stage in ("r1_open", "r1_sealed"):
            if stage == "r1_sealed":
                for each, swings in zip(others, OTHERS, strict=True):
                    each.submit(*swings)
                lead.seal()
            assert lead.view["stage"] == stage
            seen = seen_by_others(server, others[0])
            assert [mark for mark in (*MARKS, *SHARES) if mark in seen] == []
        assert marked.view["rounds"]["1"]["swings"] == list(SWINGS), "but the giver sees it"
        assert NAME in str(lead.view)
        assert NAME not in str([server.wall_view(), others[0].view, marked.view])
    told = "\n".join(record.getMessage() for record in log.records)
    assert "submitted" in told
    assert [mark for mark in (*MARKS, *SHARES, NAME, "127.0.0.1") if mark in told] == []


def test_nothing_tells_whose_weights_are_whose_after_the_reveal(
    tmp_path: Path, log: pytest.LogCaptureFixture
) -> None:
    """In every later stage points of a person, texts not quoted, keys and tokens stay inside."""
    with running(tmp_path / "log") as server:
        lead = server.facilitator()
        lead.next()
        marked = server.person()
        others = [server.person() for _ in OTHERS]
        lead.go_to("r1_open")
        marked.submit(*SWINGS, key="GEHEIMWOORD-sleutel")
        for each, swings in zip(others, OTHERS, strict=True):
            each.submit(*swings)
        lead.seal()
        hidden = (*MARKS, marked.client.cookies["seat"], *server.room.state.tokens)
        for stage in ("reveal1", "discuss", "r2_open", "r2_sealed", "reveal2", "frozen", "decided"):
            advance(server, stage, marked)
            panels = lead.view["panels"]
            for panel in panels:
                lead.do("show_panel", panel=panel)
                seen = seen_by_others(server, others[0])
                assert [mark for mark in hidden if mark in seen] == [], (stage, panel)
    told = "\n".join(record.getMessage() for record in log.records)
    assert [mark for mark in (*hidden, "127.0.0.1") if mark in told] == []


def advance(server: Running, stage: str, person: Person) -> None:
    """Go on to a stage, with one marked answer in the second round."""
    lead = server.facilitator()
    if stage == "r2_sealed":
        person.submit(*SWINGS, round_=2, key="GEHEIMWOORD-tweede")
        lead.seal()
    elif stage == "frozen":
        lead.freeze()
    else:
        if stage == "decided":
            lead.do("set_decision", text="Wij kiezen.")
        lead.next()
    assert lead.view["stage"] == stage


def test_snapshots_are_small(tmp_path: Path) -> None:
    """At most 1.5 KB for a phone, and 20 KB of data for the wall."""
    with running(tmp_path / "log", mode="open") as server:
        lead = server.facilitator()
        lead.next()
        people = server.people(12)
        lead.go_to("r1_open")
        for number, each in enumerate(people):
            each.submit(100, number, 2 * number, 3 * number, reason=f"reden {number} " * 8)
        for panel in lead.view["panels"]:
            lead.do("show_panel", panel=panel)
            view = server.wall_view()
            assert len(str({**view, "html": ""})) <= 20_000
            path = f"{server.base}/api/deelnemer/snapshot"
            assert len(people[0].client.get(path).content) <= 1536


def test_the_wall_closes_with_the_hash_of_the_log(sealed: Running) -> None:
    """On the last panel stands what names the whole log: that of the chain over all events."""
    lead = sealed.facilitator()
    lead.next()
    person = sealed.person()
    lead.go_to("r1_open")
    person.submit(100, 1, 2, 3)
    lead.seal()
    lead.go_to("r2_open")
    person.ask("confirm", key="sleutel-02")
    lead.seal()
    lead.go_to("reveal2")
    assert "digest" not in sealed.wall_view()["html"]
    lead.freeze()
    lead.do("set_decision", text="Wij kiezen.", conditions=[])
    lead.next()
    lead.do("mark_exported")
    lead.next()
    view = sealed.wall_view()
    said = "".join(re.findall(r"<span>([0-9a-f]{8})</span>", view["html"]))
    assert said == chain("0" * 64, sealed.room.events) == sealed.room.log_hash
    assert "log_hash" not in view  # a frame is a function of the events before it
    lead.do("purge", reason="proef")
    wait_until(lambda: sealed.room.state.stage == "purged")
    assert said not in sealed.wall_view()["html"].replace("</span> <span>", "")

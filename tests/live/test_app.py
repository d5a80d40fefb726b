from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING, Any

import pytest
from tests.live.running import Person, running, wait_until

from afweging.analysis.session.fold import fold
from afweging.analysis.session.receipts import token_hash
from afweging.analysis.session.verify import verify
from afweging.io.journal import read_journal
from afweging.live.app import build_app
from afweging.live.links import csrf_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.live.running import Running

GIVEN = [(100, 40, 20, 10), (30, 100, 60, 5), (10, 20, 100, 90), (50, 50, 50, 100), (100, 0, 80, 1)]


def test_a_sealed_session_from_start_to_end(tmp_path: Path) -> None:
    """Two rounds, the freeze, the decision, endorsements, the export and the purge."""
    log = tmp_path / "log"
    with running(log, quorum=5, expected=6) as server:
        people, receipts = first_round(server)
        reveal(server, people)
        second_round(server, people)
        receipts.append(ending(server, people))
    events = read_journal(log)
    found = verify(events)
    assert found.holds
    assert set(receipts) <= {receipt for receipt, _ in found.receipts}
    assert fold(events) == server.room.state


def first_round(server: Running) -> tuple[list[Person], list[str]]:
    """Let five people and a late one give weights, and close the round."""
    lead = server.facilitator()
    assert lead.view["stage"] == "draft"
    lead.next()
    people = server.people(5)
    lead.go_to("r1_open")
    receipts = [each.submit(*swings)["receipt"] for each, swings in zip(people, GIVEN, strict=True)]
    late = server.person()
    receipts.append(late.submit(10, 10, 10, 100, reason="later gekomen")["receipt"])
    assert lead.view["submitted"] == 6
    lead.seal()
    return [*people, late], receipts


def reveal(server: Running, people: list[Person]) -> None:
    """Show the lenses one by one, quote a reason, and show the ranking."""
    lead = server.facilitator()
    lead.next()
    assert server.wall_view()["content"]["n"] == 6
    assert people[0].view["spread"]["lenses"] == [None] * 4
    for lens in ("E", "A", "W", "M"):
        lead.do("reveal_lens", lens=lens)
    assert None not in people[0].view["spread"]["lenses"]
    reason = lead.view["reasons"][0]
    assert reason["text"] == "later gekomen"
    lead.do("moderate", reason=reason["code"], action="quote")
    lead.do("show_panel", panel="reasons")
    assert server.wall_view()["content"]["reasons"][0]["text"] == "later gekomen"
    lead.next()
    lead.do("show_panel", panel="outcome")
    assert people[1].ask("tap", mood="uneasy", text="te duur").status_code == 200


def second_round(server: Running, people: list[Person]) -> None:
    """Let all but one keep what they gave."""
    lead = server.facilitator()
    lead.next()
    for each in people[:-1]:
        assert each.ask("confirm", key=secrets.token_hex(8)).status_code == 200
    people[-1].submit(0, 0, 100, 50, round_=2)
    lead.seal()
    lead.next()
    assert lead.view["stage"] == "reveal2"
    assert server.wall_view()["panel"] == "shift"


def ending(server: Running, people: list[Person]) -> str:
    """Freeze, decide, endorse, export, close and purge; return the receipt of an endorsement."""
    lead = server.facilitator()
    lead.freeze()
    lead.do("set_decision", text="Wij kiezen O8.", conditions=["mits betaalbaar"])
    lead.next()
    said = people[0].client.get(f"{server.base}/api/deelnemer/decision").json()
    assert (said["text"], said["conditions"]) == ("Wij kiezen O8.", ["mits betaalbaar"])
    endorsed = people[0].ask("endorse", choice="endorse", key=secrets.token_hex(8))
    lead.do("mark_exported")
    export = lead.client.get(f"{lead.path}/export")
    assert hashlib.sha256(export.content).hexdigest() == lead.view["exported"]
    assert 'filename="20260601-PROEF.json"' in export.headers["content-disposition"]
    assert [row["n"] for row in export.json()["rounds"]] == [6, 6]
    lead.next()
    lead.do("purge", reason="proef")
    assert lead.view["erased"] > 0
    assert lead.client.get(f"{lead.path}/export").content == export.content
    return str(endorsed.json()["receipt"])


def test_an_open_session_from_start_to_end(tmp_path: Path) -> None:
    """Weights move on the wall as people give them, and as the facilitator sets them."""
    with running(tmp_path / "log", mode="open", language="en") as server:
        lead = server.facilitator()
        lead.next()
        people = server.people(5)
        lead.go_to("r1_open")
        for number, (each, swings) in enumerate(zip(people, GIVEN, strict=True), start=1):
            each.submit(*swings)
            assert server.wall_view()["submitted"] == number
        people[0].submit(100, 100, 100, 100)
        assert server.wall_view()["content"]["source"] == "mean"
        found = lead.post("what-if", {"lens": "E", "weight": 0.7}).json()
        assert found["exact"][0] == pytest.approx(0.7)
        assert sum(found["exact"]) == pytest.approx(1)
        before = server.room.state.seq
        lead.post("what-if", {"lens": "E", "weight": 0.2, "weights": found["exact"]})
        assert server.room.state.seq == before, "a what-if is not stored"
        lead.do("set_table", weights=found["exact"])
        assert server.wall_view()["content"]["source"] == "table"
        lead.next()
        lead.do("adopt", weights=found["exact"], reason="agreed at the table")
        lead.freeze()
        assert server.wall_view()["stage"] == "frozen"


def test_a_facilitator_alone_at_the_screen(tmp_path: Path) -> None:
    """An open session needs no phones."""
    with running(tmp_path / "log", mode="open") as server:
        lead = server.facilitator()
        lead.go_to("r1_open")
        start = lead.post("what-if", {"lens": "W", "weight": 0.4}).json()
        assert start["exact"] == pytest.approx([0.2, 0.2, 0.4, 0.2])
        lead.do("set_table", weights=start["exact"])
        lead.next()
        lead.freeze()
        assert lead.view["group"]["source"] == "table"


def test_a_server_that_starts_again_goes_on(tmp_path: Path) -> None:
    """Links, code, cookies and all that was given hold over a restart, also in a sealed round."""
    log = tmp_path / "log"
    with running(log) as server:
        lead = server.facilitator()
        lead.next()
        person = server.person()
        lead.go_to("r1_open")
        given = person.submit(100, 1, 2, 3, key="voor-de-herstart")
        lead.next("genoeg")
        cookie, csrf, before = person.client.cookies["seat"], person.csrf, server.room.state
    with running(log) as again:
        assert again.room.state == before
        assert again.code == server.code
        client = again.client()
        client.cookies.set("seat", cookie)
        back = Person(again.base, client, csrf)
        assert back.view["rounds"]["1"]["receipt"] == given["receipt"]
        repeat = back.ask("submit", round=1, swings=[100, 1, 2, 3], key="voor-de-herstart")
        assert repeat.json() == given
        former = client.get(f"{again.base}/api/regie/{server.console}/snapshot")
        assert former.status_code == 200
        wait_until(lambda: again.facilitator().view["commitments"].get("1"))


METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "LOCK")
FOR_ALL = {"/", "/j/{code}", "/join", "/netwerk", "/health", "/static/{name}"} | {
    *("/api/netwerk/stream", "/openapi.json"),
}
OF_A_SEAT = {"/deelnemer"} | {
    f"/api/deelnemer/{name}" for name in ("snapshot", "stream", "decision", "command")
}
BY_LINK = ("/plaats/", "/regie/", "/scherm/", "/api/regie/", "/api/scherm/")


def routes(server: Running) -> list[str]:
    """Return all addresses that the application knows."""
    app: Any = build_app(server.house)
    return [route.path for route in app._app.routes]  # noqa: SLF001 - the routes as they are


def keys_of(server: Running, person: Person) -> list[str]:
    """Return what a participant knows, finds on the wall, or makes up, to put in a link."""
    seat = person.client.cookies["seat"]
    console = server.console
    known = [seat, token_hash(seat), person.csrf, server.code, server.house.links.invitation]
    near = [console[:-1], console.swapcase(), f"{console}%00", f"%20{console}", f"{console}%2F"]
    return [*known, *near, *server.house.links.console, "%2e%2e", "x", "*"]


def test_every_address_is_for_all_or_for_a_seat_or_by_link(one: Running) -> None:
    """An address that is added has to be placed here, or have a secret in it."""
    for path in routes(one):
        assert path in FOR_ALL | OF_A_SEAT or path.startswith(BY_LINK), path
        assert ("{token}" in path) == path.startswith(BY_LINK), path


@pytest.mark.parametrize("who", ["participant", "nobody"])
def test_nobody_comes_in_by_a_link_that_is_not_theirs(one: Running, who: str) -> None:
    """All addresses with a secret, all methods, all secrets a participant can have or make up."""
    person, seq = one.person(), one.room.state.seq
    client = person.client if who == "participant" else one.client()
    seats = len(one.room.state.seats)
    for path in (path for path in routes(one) if path.startswith(BY_LINK)):
        for key in keys_of(one, person) + [one.wall] * ("scherm" not in path):
            if path.startswith("/plaats/") and key == person.client.cookies["seat"]:
                continue  # their own seat on another device
            url = one.base + path.replace("{token}", key)
            for method in METHODS:
                answer = client.request(
                    method, url, json={"kind": "next", "stage": "lobby"}, headers=headers_for(key)
                )
                assert answer.status_code in {403, 404, 405}, (method, url)
    assert (one.room.state.seq, len(one.room.state.seats)) == (seq, seats)
    assert one.room.state.stage == "lobby"


def headers_for(key: str) -> dict[str, str]:
    """Return the headers of a command by whoever has this secret."""
    return {"x-csrf": csrf_of(key)}


def test_who_has_no_seat_sees_nothing_of_one(one: Running) -> None:
    """All addresses of a seat, all methods, with no cookie, an odd one, or a link as a cookie."""
    for cookie in ("", "x", one.wall, one.console, one.code, "\u00e9\u00ff", "a" * 3000):
        sent = f"seat={cookie}".encode("latin-1")
        headers = {b"cookie": sent, b"x-csrf": csrf_of(cookie).encode()}
        for path in OF_A_SEAT:
            for method in METHODS:
                client = one.client()
                answer = client.request(
                    method, one.base + path, json={"kind": "tap", "mood": "agree"}, headers=headers
                )
                assert answer.status_code in {303, 401, 405}, (method, path)
                assert answer.headers.get("location", "/") == "/"


def test_a_method_that_is_not_there_is_answered_with_those_that_are(one: Running) -> None:
    """405 with `Allow`, as JSON below /api/ and as a page elsewhere."""
    client = one.client()
    for path, there in (("/api/deelnemer/command", {"POST"}), ("/netwerk", {"GET", "HEAD"})):
        answer = client.delete(f"{one.base}{path}")
        assert answer.status_code == 405
        assert set(answer.headers["allow"].split(", ")) == there

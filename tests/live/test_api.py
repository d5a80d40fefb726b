from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.live.running import Running, running, wait_until

if TYPE_CHECKING:
    from pathlib import Path

GIVEN = [(100, 40, 20, 10), (30, 100, 60, 5), (10, 20, 100, 90), (50, 50, 50, 100), (100, 0, 80, 1)]


def test_a_proxy_answers_through_the_facilitator_only(sealed: Running) -> None:
    """A seat without a phone is filled in at the console; one with a phone never."""
    lead = sealed.facilitator()
    lead.next()
    sealed.person()
    lead.do("add_proxy")
    lead.go_to("r1_open")
    message = {"round": 1, "swings": GIVEN[0], "key": "sleutel-0001"}
    refused = lead.ask("submit", seat=1, **message)
    assert (refused.status_code, refused.json()["code"]) == (403, "not-proxy")
    assert lead.do("submit", seat=2, **message)["receipt"]
    assert lead.view["submitted"] == 1


def test_the_same_submission_twice_gives_one_receipt(sealed: Running) -> None:
    """A message that was sent again, since its answer was lost, is stored once."""
    lead = sealed.facilitator()
    lead.next()
    person = sealed.person()
    lead.go_to("r1_open")
    first = person.submit(100, 1, 2, 3, key="zelfde-sleutel")
    seq = sealed.room.state.seq
    again = person.submit(100, 1, 2, 3, key="zelfde-sleutel")
    assert again == first
    assert sealed.room.state.seq == seq
    assert person.view["rounds"]["1"]["receipt"] == first["receipt"]


@pytest.mark.parametrize(
    ("language", "said"), [("nl", "Ronde 1 is nog niet open."), ("en", "Round 1 is not open yet.")]
)
def test_what_may_not_happen_now_is_refused_in_a_sentence(
    tmp_path: Path, language: str, said: str
) -> None:
    """409, a code, and a plain sentence in the language of whoever asked."""
    with running(tmp_path / "log", language=language) as server:
        lead = server.facilitator()
        lead.next()
        person = server.person(language=language)
        early = person.ask("submit", round=1, swings=[100, 0, 0, 0], key="sleutel-0001")
        assert early.status_code == 409
        assert early.json() == {"code": "round-not-open", "message": said}
        stale = lead.ask("next", stage="draft")
        assert (stale.status_code, stale.json()["code"]) == (409, "stage-moved")
        moves: dict[str, dict[str, object]] = {
            "freeze": {"digest": "0" * 16},
            "set_table": {"weights": [1, 0, 0, 0]},
            "show_panel": {"panel": "outcome"},
            "purge": {},
            "mark_exported": {},
            "moderate": {"reason": "ACDEFG", "action": "quote"},
        }
        for kind, fields in moves.items():
            answer = lead.ask(kind, **fields)
            assert answer.status_code == 409, answer.text
            assert answer.json()["message"].endswith(".")


def test_after_the_seal_and_its_grace_nothing_counts(sealed: Running) -> None:
    """What was under way still counts; what comes later gets a plain no, and nothing is stored."""
    lead = sealed.facilitator()
    lead.next()
    first, second = sealed.people(2)
    lead.go_to("r1_open")
    first.submit(100, 0, 0, 0)
    lead.next("genoeg")
    assert second.submit(0, 100, 0, 0)["receipt"]
    wait_until(lambda: lead.view["commitments"].get("1"))
    late = second.ask("submit", round=1, swings=[0, 0, 0, 100], key="sleutel-0001")
    assert (late.status_code, late.json()["code"]) == (409, "round-sealed")
    assert lead.view["submitted"] == 2


def test_links_and_seats_open_only_their_own_doors(sealed: Running) -> None:
    """A participant reaches neither console nor wall, and the wall no command."""
    sealed.facilitator().next()
    person = sealed.person()
    seat = person.client.cookies["seat"]
    for path in ("regie/{}", "scherm/{}", "api/regie/{}/snapshot", "api/scherm/{}/stream"):
        for token in (seat, sealed.code, "x", sealed.wall if "regie" in path else sealed.console):
            found = person.client.get(f"{sealed.base}/{path.format(token)}")
            assert found.status_code == 404
    for token in (seat, sealed.wall):
        answer = person.client.post(
            f"{sealed.base}/api/regie/{token}/command",
            json={"kind": "next", "stage": "lobby"},
            headers={"x-csrf": person.csrf},
        )
        assert answer.status_code in {403, 404}
    stranger = sealed.client()
    for name in ("snapshot", "stream", "decision"):
        answer = stranger.get(f"{sealed.base}/api/deelnemer/{name}")
        assert (answer.status_code, answer.json()["code"]) == (401, "no-seat")
    assert stranger.get(f"{sealed.base}/deelnemer").headers["location"] == "/"
    assert sealed.room.state.stage == "lobby"

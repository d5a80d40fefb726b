from __future__ import annotations

from typing import Any

from tests.analysis.session.rooms import STAGES_WITH_WEIGHTS, room_at, swings_of, token

from afweging.analysis.session.export import check_commitments, export_document, to_minute
from afweging.model import session_command as ask
from afweging.model.canonical import canonical_json


def test_an_export_names_nobody() -> None:
    """No token, key, receipt or seat; swings in an order of their own; times to the minute."""
    room = room_at("closed", 6)
    document: Any = export_document(room.state, log_hash="f" * 64)
    text = canonical_json(document).decode()
    for seat in room.state.seats.values():
        assert token(seat.id) not in text
        assert not any(key in text or receipt in text for key, receipt, _ in seat.keys)
    assert '"seat"' not in text
    for round_ in document["rounds"]:
        assert round_["swings"] == sorted(list(swings_of(s, round_["round"])) for s in range(1, 7))
    assert document["at"].endswith("Z")
    assert len(document["at"]) == len("2026-06-01T09:01Z")
    assert document["concept"] is False
    assert document["log_hash"] == "f" * 64


def test_a_commitment_is_checked_from_the_export_alone() -> None:
    """The weights are those that were sealed; one point more and they are not."""
    document: Any = export_document(room_at("closed", 6).state, log_hash="")
    assert check_commitments(document) == {1: True, 2: True}
    document["rounds"][1]["swings"][0][0] += 1
    assert check_commitments(document) == {1: True, 2: False}


def test_what_is_not_shown_yet_is_not_exported() -> None:
    """Before reveal1 there is no round in it, and before the freeze it is a draft."""
    for stage, count in STAGES_WITH_WEIGHTS.items():
        document: Any = export_document(room_at(stage, 6).state, log_hash="")
        assert len(document["rounds"]) == count
        assert document["concept"] is (stage != "frozen")


def test_only_quoted_reasons_are_in_it() -> None:
    """What nobody quoted stays in the room."""
    room = room_at("r1_open", 6)
    for seat in range(1, 4):
        room.submit(seat, reason=f"reden {seat}")
    room.seal()
    room.next()
    room.do(ask.Moderate(room.state.reasons[min(room.state.reasons)].code, "quote"))
    document: Any = export_document(room.state, log_hash="")
    assert [each["text"] for each in document["reasons"]] == ["reden 1"]


def test_times_are_rounded_to_the_minute() -> None:
    """Also over the hour and from another time zone."""
    assert to_minute("2026-06-01T09:59:30Z") == "2026-06-01T10:00Z"
    assert to_minute("2026-06-01T11:00:29.999+02:00") == "2026-06-01T09:00Z"

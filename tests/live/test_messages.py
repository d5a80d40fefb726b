from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.live.running import Running


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"null",
        b"[]",
        b"{",
        b'{"kind": "submit"}',
        b'{"kind": "purge"}',
        b'{"kind": "tap", "mood": "agree", "seat": 1}',
        b'{"kind": "tap", "mood": "agree", "salt": "00000000000000000000000000000000"}',
        b'{"kind": "submit", "round": 1, "swings": [NaN, 1, 2, 100], "key": "sleutel-01"}',
        b'{"kind": "submit", "round": "1", "swings": [100, 1, 2, 3], "key": "sleutel-01"}',
        b'{"kind": "submit", "round": 1, "swings": ["100", 1, 2, 3], "key": "sleutel-01"}',
        b'{"kind": "tap", "mood": "agree", "text": "\\ud800"}',
        b'{"kind": "tap", "mood": "\xff"}',
        b"[" * 5000,
    ],
)
def test_messages_of_the_wrong_form_are_refused(one: Running, content: bytes) -> None:
    """422 with a sentence; nothing of what was sent comes back, and nothing is stored."""
    person, seq = one.person(), one.room.state.seq
    answer = person.client.post(
        f"{one.base}/api/deelnemer/command",
        content=content,
        headers={"x-csrf": person.csrf, "content-type": "application/json"},
    )
    assert answer.status_code == 422
    assert set(answer.json()) == {"code", "message"}
    assert one.room.state.seq == seq


@pytest.mark.parametrize(
    "content",
    [
        b'{"kind": "tap", "mood": "agree", "mood": "nergens"}',
        b'{"kind": "purge", "kind": "tap", "mood": "agree"}',
        b'{"kind": "submit", "round": 1, "swings": [100, 1, 2, Infinity], "key": "sleutel-01"}',
        b'{"kind": "submit", "round": 1, "swings": [100, 1, 2, 1e999], "key": "sleutel-01"}',
        b'{"kind": "submit", "round": 1e0, "swings": [100, 1, 2, 3], "key": "sleutel-01"}',
        b'{"kind": "not_understood", "lens": "' + b"x" * 201 + b'"}',
        b'{"kind": "tap", "mood": "agree", "text": ' + b'{"a":' * 2000 + b"1" + b"}" * 2000 + b"}",
        b'{"kind": "submit", "round": ' + b"1" * 5000 + b', "swings": [], "key": "sleutel-01"}',
    ],
)
def test_messages_with_two_faces_or_without_end_change_nothing(
    one: Running, content: bytes
) -> None:
    """A name that is there twice counts once; numbers without end and deep nests are no form."""
    person, seq = one.person(), one.room.state.seq
    headers = {"x-csrf": person.csrf, "content-type": "application/json"}
    url = f"{one.base}/api/deelnemer/command"
    answer = person.client.post(url, content=content, headers=headers)
    assert answer.status_code in {409, 422}
    assert one.room.state.seq == seq


@pytest.mark.parametrize("seat", [2**31, 2**53 + 1, 2**64, 10**300, -1, 0])
def test_seats_that_cannot_be_are_refused(one: Running, seat: int) -> None:
    """However large the number, there is no such seat, and a sentence says so."""
    lead = one.facilitator()
    forms: dict[str, dict[str, object]] = {
        "remove_seat": {"seat": seat, "reason": "dubbel"},
        "replace_device": {"seat": seat},
        "admit": {"seats": [seat]},
        "confirm": {"seat": seat, "key": "sleutel-0001"},
    }
    for kind, fields in forms.items():
        answer = lead.ask(kind, **fields)
        assert answer.status_code in {409, 422}, (kind, answer.text)
        assert answer.json()["message"].endswith(".")

from __future__ import annotations

import hashlib
import json

from hypothesis import given
from hypothesis import strategies as st
from tests.analysis.session.rooms import room_at

from afweging.analysis.session.receipts import (
    ALPHABET,
    anonymous_swings,
    code_of,
    commitment_of,
    part_salt,
    receipt_of,
    token_hash,
)


def test_a_receipt_follows_from_its_event() -> None:
    """Eight characters, none of which looks like another one, the same each time."""
    room = room_at("r1_open", 6)
    events = [room.submit(seat) for seat in (1, 1, 2, 3)]
    receipts = [receipt_of(event) for event in events]
    assert len(set(receipts)) == 4
    assert all(len(each) == 8 and set(each) <= set(ALPHABET) for each in receipts)
    assert receipts[1] == room.state.round(1).submissions[1].receipt
    assert not set(ALPHABET) & set("0O1IL2Z5S8BU")


def test_a_commitment_is_plain_to_check() -> None:
    """SHA-256 over JSON without spaces, keys in order, rows in ascending order."""
    said = json.dumps(
        {"round": 1, "salt": "ab", "weights": [[30, 100], [100, 40.5]]},
        separators=(",", ":"),
        sort_keys=True,
    )
    expected = hashlib.sha256(said.encode()).hexdigest()
    assert commitment_of(1, [(100.0, 40.5), (30.0, 100.0)], salt="ab") == expected


@given(st.permutations(range(6)))
def test_a_commitment_tells_nothing_of_the_order(order: list[int]) -> None:
    """Seats in another order give the same hash."""
    rows = [(100.0, float(seat)) for seat in range(6)]
    assert commitment_of(1, [rows[k] for k in order], salt="0") == commitment_of(1, rows, salt="0")


def test_swings_without_seats() -> None:
    """In ascending order."""
    room = room_at("r1_sealed", 6)
    rows = anonymous_swings(room.state.round(1))
    assert list(rows) == sorted(rows)
    assert len(rows) == 6


def test_codes_and_salts() -> None:
    """A token is stored as its hash; parts of one event have their own salts."""
    assert token_hash("a") == hashlib.sha256(b"a").hexdigest()
    assert part_salt("0", "answer") != part_salt("0", "reason")
    assert len(part_salt("0", "answer")) == 32
    assert len(code_of(b"\x00" * 16, length=6)) == 6

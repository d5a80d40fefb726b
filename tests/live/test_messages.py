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

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.live.running import LENSES, Facilitator, Person, Running, running

from afweging.analysis.session.verify import verify
from afweging.model.session import STAGES

if TYPE_CHECKING:
    import pytest

# what somebody may send who knows the forms, and somebody who does not
KEYS = st.sampled_from(["sleutel-01", "sleutel-02", "kort", "", "x" * 70, "sleutel 03"])
SWINGS = st.lists(
    st.sampled_from([0, 1, 50, 99.5, 100, -1, 101, 1e300, None, "100", True]), max_size=LENSES + 1
) | st.just([100, 1, 2, 3])
TEXTS = st.text(max_size=8) | st.sampled_from(["x" * 141, "x" * 5000, "\u202e", "<script>", "\x00"])
LENS = st.sampled_from(["E", "A", "W", "M", "X", "", None])
FORMS: dict[str, dict[str, st.SearchStrategy[object]]] = {
    "submit": {"round": st.integers(0, 3), "swings": SWINGS, "key": KEYS, "reason": TEXTS},
    "confirm": {"key": KEYS, "reason": TEXTS},
    "endorse": {"choice": st.sampled_from(["endorse", "dissent", "ja"]), "key": KEYS},
    "not_understood": {"lens": LENS},
    "tap": {"mood": st.sampled_from(["agree", "uneasy", ""]), "text": TEXTS},
    "next": {"stage": st.sampled_from([*STAGES, "nergens"]), "reason": TEXTS},
    "back": {"stage": st.sampled_from(STAGES), "reason": TEXTS},
    "overlay": {"action": st.sampled_from(["pause", "resume", "blank", "unblank"])},
    "ask_freeze": {},
    "freeze": {"digest": st.sampled_from(["0" * 16, "", "0" * 64])},
    "set_decision": {"text": TEXTS, "conditions": st.lists(TEXTS, max_size=12)},
    "admit": {"seats": st.lists(st.integers(-1, 9), max_size=3)},
    "remove_seat": {"seat": st.integers(-1, 9), "reason": TEXTS},
    "replace_device": {"seat": st.integers(-1, 9)},
    "add_proxy": {"role": st.none() | TEXTS},
    "choose_lens": {"lens": LENS},
    "reveal_lens": {"lens": LENS},
    "show_panel": {"panel": st.sampled_from(["outcome", "spread", "shift", "nergens"])},
    "choose_scenario": {"scenario": st.sampled_from(["SC1", "SC9", None])},
    "moderate": {"reason": KEYS, "action": st.sampled_from(["quote", "merge"]), "into": KEYS},
    "set_table": {"weights": SWINGS},
    "adopt": {"weights": SWINGS, "reason": TEXTS},
    "configure": {"rounds": st.integers(0, 3), "quorum": st.integers(-1, 4)},
    "mark_exported": {},
    "purge": {"reason": TEXTS},
}
MESSAGES = st.sampled_from(sorted(FORMS)).flatmap(
    lambda kind: st.fixed_dictionaries({"kind": st.just(kind)}, optional=FORMS[kind])
)
BESIDE = st.sampled_from(["", '"kind"', "[]", '{"kind": 1}', '{"kind": "submit", "kind": "tap"}'])
SENDS = st.lists(
    st.tuples(st.sampled_from(["lead", "one", "two"]), MESSAGES | BESIDE), min_size=5, max_size=25
)
GO_ON = {"kind": "next"}


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(sends=SENDS, mode=st.sampled_from(["sealed", "open"]))
def test_whatever_is_sent_the_room_goes_on(
    tmp_path_factory: pytest.TempPathFactory, sends: list[tuple[str, object]], mode: str
) -> None:
    """No answer of 500, nothing stored that the rules do not allow, and everybody still sees."""
    log = tmp_path_factory.mktemp("hostile") / "log"
    with running(log, mode=mode) as server:
        lead = server.facilitator()
        lead.next()
        people = {"one": server.person(), "two": server.person()}
        csrf = lead.csrf
        for number, (who, message) in enumerate(sends):
            if number % 4 == 3:  # lead the room on, so that every stage is met
                lead.post("command", GO_ON | {"stage": server.room.state.stage, "reason": "door"})
            content = message if isinstance(message, str) else json.dumps(message)
            assert send(server, people.get(who), lead, csrf, content) in {200, 403, 409, 422}
        assert lead.view["seq"] == server.room.state.seq == server.wall_view()["seq"]
        found = verify(server.room.events)
        assert found.discrepancies == ()


def send(server: Running, person: Person | None, lead: Facilitator, csrf: str, content: str) -> int:
    """Send a message as a participant, or at the console, and return the status."""
    client = lead.client if person is None else person.client
    url = f"{lead.path}/command" if person is None else f"{server.base}/api/deelnemer/command"
    token = csrf if person is None else person.csrf
    headers = {"x-csrf": token, "content-type": "application/json"}
    answer = client.post(url, content=content.encode("utf-8", "surrogatepass"), headers=headers)
    if answer.status_code != 200:
        assert set(answer.json()) == {"code", "message"}
    # who is removed or replaced is told so, and sends no more
    return 403 if answer.status_code == 401 else answer.status_code

from __future__ import annotations

from typing import Any

import pytest
from tests.analysis.session.rooms import (
    LENSES,
    clock,
    new_room,
    room_at,
    setup,
    small_model,
    swings_of,
)

from afweging.analysis.session.fold import apply
from afweging.analysis.session.moves import panels, route
from afweging.analysis.session.views import (
    decision_view,
    participant_view,
    projector_view,
    shared_view,
    view_hash,
)
from afweging.analysis.session.weights import round_weights
from afweging.model import session_command as ask
from afweging.model.canonical import canonical_json
from afweging.model.session import STAGES


@pytest.mark.parametrize("mode", ["sealed", "open"])
def test_views_stay_small(mode: str) -> None:
    """In every stage and panel a participant gets at most 1.5 KB and the projector 20 KB."""
    for stage in route(setup(mode=mode)):
        room = room_at(stage, 60, mode=mode)
        for panel in panels(room.state.setup, stage):
            room.try_(ask.ShowPanel(panel))
            assert len(canonical_json(projector_view(room.state, small_model()))) <= 20_000
        for seat in list(room.state.seats)[:3]:
            assert len(canonical_json(participant_view(room.state, seat))) <= 1_500


def test_a_participant_with_much_to_see() -> None:
    """Eight lenses, fractions of points, a role and an endorsement still fit in 1.5 KB."""
    lenses = tuple(f"lens-{i}" for i in range(8))
    room = new_room(lenses=lenses, session="s" * 36, roles=("statenlid-met-een-lange-naam",))
    room.next()
    room.join(9, role="statenlid-met-een-lange-naam")
    room.next()
    for lens in lenses:
        room.do(ask.NotUnderstood(1, lens))
    room.next()
    for number in (1, 2):
        for seat in range(1, 10):
            room.submit(seat, 100.0, *(33.333333333 + seat + i for i in range(7)), round_=number)
        room.seal()
        room.next()
        if number == 1:
            room.next()
            room.next()
    view = participant_view(room.state, 1)
    assert len(canonical_json(view)) <= 1_500


def test_one_sees_the_own_answer_only() -> None:
    """The own swings and receipt are there; those of others are not, in any stage."""
    for stage in STAGES[4:]:
        room = room_at(stage, 9)
        given = room.state.round(1).submissions
        view: Any = participant_view(room.state, 3)
        assert view["rounds"]["1"]["swings"] == list(swings_of(3))
        assert view["rounds"]["1"]["receipt"] == given[3].receipt
        text = canonical_json(view).decode()
        assert not any(given[seat].receipt in text for seat in given if seat != 3)


def test_the_spread_beside_the_own_dot() -> None:
    """Quartiles of the lenses that were revealed, once they are."""
    room = room_at("reveal1", 9)
    view: Any = participant_view(room.state, 1)
    assert view["spread"]["lenses"] == [None] * 4
    room.do(ask.RevealLens(LENSES[2]))
    view = participant_view(room.state, 1)
    assert [each is not None for each in view["spread"]["lenses"]] == [False, False, True, False]
    weights = sorted(round_weights(room.state, 1)[:, 2].tolist())
    assert view["spread"]["lenses"][2] == pytest.approx(
        [weights[2], weights[4], weights[6]], abs=1e-6
    )
    assert participant_view(room_at("r1_sealed", 9).state, 1)["spread"] is None


def test_the_shared_part_is_the_same() -> None:
    """With the shared part made beforehand the view does not differ."""
    state = room_at("discuss", 9).state
    shared = shared_view(state)
    for seat in state.seats:
        assert participant_view(state, seat, shared=shared) == participant_view(state, seat)


def test_the_round_is_open_for_two_seconds_more() -> None:
    """With the time a participant sees that there is grace."""
    room = room_at("r1_open")
    room.submit(1)
    room.next("klaar")
    assert participant_view(room.state, 1)["open"] is None
    assert participant_view(room.state, 1, at=clock(room.seconds + 1))["open"] == 1
    assert participant_view(room.state, 1, at=clock(room.seconds + 3))["open"] is None


def test_a_blank_projector_shows_nothing() -> None:
    """The content is gone while it is blank, and comes back."""
    room = room_at("discuss", 9)
    before = projector_view(room.state, small_model())["content"]
    room.do(ask.Overlay("blank"))
    assert projector_view(room.state, small_model())["content"] is None
    room.do(ask.Overlay("unblank"))
    assert projector_view(room.state, small_model())["content"] == before


def test_an_open_session_moves_with_every_answer() -> None:
    """Each answer and each slider changes the frame at once."""
    room = room_at("r1_open", 9, mode="open")
    hashes = [view_hash(projector_view(room.state, small_model()) | {"seq": 0})]
    for seat in range(1, 10):
        room.submit(seat)
        hashes.append(view_hash(projector_view(room.state, small_model()) | {"seq": 0}))
    room.do(ask.SetTable((0.7, 0.1, 0.1, 0.1)))
    view: Any = projector_view(room.state, small_model())
    assert view["content"]["source"] == "table"
    assert view["content"]["weights"] == [0.7, 0.1, 0.1, 0.1]
    hashes.append(view_hash(view | {"seq": 0}))
    assert len(set(hashes)) == len(hashes)
    room.do(ask.SetTable(None))
    view = projector_view(room.state, small_model())
    assert view_hash(view | {"seq": 0}) == hashes[-2]


def test_the_decision_is_read_before_it_is_endorsed() -> None:
    """It is there from the decision on, with the frozen weights."""
    assert decision_view(room_at("frozen").state)["text"] is None
    found = decision_view(room_at("decided").state)
    assert found["text"] == "Wij kiezen."
    assert found["conditions"] == ["mits"]


def test_a_view_is_a_function_of_the_events() -> None:
    """Two folds of the same events give the same bytes."""
    room = room_at("discuss", 9)
    state = None
    for event in room.events:
        state = apply(state, event)
    assert state is not None
    first, second = (canonical_json(projector_view(s, small_model())) for s in (room.state, state))
    assert first == second

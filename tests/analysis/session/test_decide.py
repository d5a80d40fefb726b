"""Any command in any state: nothing illegal, nothing leaked, nothing counted twice."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from tests.analysis.session.rooms import (
    LENSES,
    SCENARIOS,
    Room,
    clock,
    new_room,
    room_at,
    salt,
    setup,
    small_model,
    swings_of,
    token,
)

from afweging.analysis.session.console import console_view
from afweging.analysis.session.decide import RULES, create, decide
from afweging.analysis.session.fold import apply, fold
from afweging.analysis.session.moves import open_round, route, sealed_round
from afweging.analysis.session.verify import verify
from afweging.analysis.session.views import (
    decision_view,
    participant_view,
    projector_view,
    view_hash,
)
from afweging.model import session_command as ask
from afweging.model.canonical import canonical_json
from afweging.model.session import STAGES, Choice, Event, Panel, Refusal, Repeat

if TYPE_CHECKING:
    from afweging.model.session_command import Command
    from afweging.model.session_state import SessionState

MARKED = (100.0, 37.734113, 61.190727, 5.550901)  # what one person gives; nobody else does
MARK_SHARES = tuple(str(round(each / sum(MARKED), 6)) for each in MARKED)
MARK_TEXT = "gemerkte reden"
SEALED_STEPS = {
    *pairwise(STAGES),
    *(("explain", "lobby"), ("discuss", "reveal1"), ("r2_sealed", "r2_open")),
}
SHORT_STEPS = (SEALED_STEPS - {("discuss", "r2_open")}) | {("discuss", "frozen")}
OPEN_STEPS = {
    *(("draft", "lobby"), ("lobby", "explain"), ("explain", "lobby"), ("explain", "r1_open")),
    *(("r1_open", "discuss"), ("discuss", "frozen"), ("frozen", "decided")),
    *(("decided", "closed"), ("closed", "purged")),
}

seats = st.integers(1, 7)
texts = st.sampled_from(["", "te duur", "x" * 141])
points = st.floats(0, 100).map(lambda x: round(x, 2))
swings = st.one_of(
    st.tuples(st.just(100.0), points, points, points),
    st.sampled_from([(100.0,) * 4, (90.0,) * 4, (100.0, -1.0, 0.0, 0.0), (100.0,)]),
)
numbers = st.integers(0, 10**6)
weights = st.sampled_from([None, (0.25,) * 4, (0.7, 0.1, 0.1, 0.1), (0.5, 0.1, 0.1, 0.1), (1.0,)])
keys = numbers.map("key-{:08}".format)
salts = numbers.map(salt)
stages = st.sampled_from(STAGES)
commands: st.SearchStrategy[Command] = st.one_of(
    st.builds(ask.Join, numbers.map(token), st.sampled_from(["nl", "en", "X"]), st.none()),
    st.builds(ask.Submit, seats, st.integers(1, 3), swings, keys, salts, reason=texts),
    st.builds(ask.Submit, seats, st.integers(1, 2), swings, keys, salts),
    st.builds(ask.Confirm, seats, keys, salts, texts),
    st.builds(
        ask.Endorse, seats, st.sampled_from(["endorse", "remark", "dissent"]), keys, salts, texts
    ),
    st.builds(ask.NotUnderstood, seats, st.sampled_from([None, *LENSES, "weg"])),
    st.builds(ask.Tap, seats, st.sampled_from(["agree", "uneasy"]), salts, texts),
    st.builds(ask.Configure, st.builds(setup, quorum=st.integers(0, 4))),
    st.builds(ask.Next, stages, texts),
    st.builds(ask.Back, stages, texts),
    st.builds(ask.Commit, salts),
    st.builds(ask.Overlay, st.sampled_from(["pause", "resume", "blank", "unblank"])),
    st.builds(ask.AskFreeze),
    st.builds(ask.Freeze, st.just("0" * 16)),
    st.builds(ask.SetDecision, st.sampled_from(["", "Wij kiezen."]), st.just(("mits",))),
    st.builds(ask.MarkExported, st.sampled_from(["1" * 64, "x"])),
    st.builds(ask.Purge, texts),
    st.builds(ask.Admit, st.tuples(seats, seats)),
    st.builds(ask.RemoveSeat, st.integers(2, 7), texts),
    st.builds(ask.ReplaceDevice, seats, numbers.map(token)),
    st.builds(ask.AddProxy),
    st.builds(ask.ChooseLens, st.sampled_from([*LENSES, "weg"])),
    st.builds(ask.RevealLens, st.sampled_from(LENSES)),
    st.builds(
        ask.ShowPanel,
        st.sampled_from(["spread", "reasons", "outcome", "groups", "shift", "regret"]),
    ),
    st.builds(ask.ChooseScenario, st.sampled_from([None, *SCENARIOS, "weg"])),
    st.builds(
        ask.Moderate, st.just("ANDERS34"), st.sampled_from(["quote", "hide", "merge", "pin"])
    ),
    st.builds(ask.SetTable, weights),
    st.builds(ask.Adopt, weights, texts),
)


often: st.SearchStrategy[Command] = st.one_of(
    st.builds(ask.ChooseLens, st.sampled_from(LENSES)),
    st.builds(ask.RevealLens, st.sampled_from(LENSES)),
    st.builds(ask.ShowPanel, st.sampled_from(get_args(Panel))),
    st.builds(ask.ChooseScenario, st.sampled_from([None, *SCENARIOS])),
    st.builds(ask.NotUnderstood, st.integers(1, 5), st.sampled_from(LENSES)),
    st.builds(ask.Overlay, st.sampled_from(["blank", "unblank", "resume"])),
    st.builds(ask.SetTable, weights),
    st.builds(ask.Adopt, weights, st.just("samen")),
    st.builds(ask.AddProxy),
    st.builds(ask.RemoveSeat, st.integers(2, 7), st.just("dubbel")),
    st.builds(ask.ReplaceDevice, st.integers(2, 7), numbers.map(token)),
    st.builds(ask.Join, numbers.map(token), st.just("nl")),
)


def views_of_others(state: SessionState, *, at: str) -> dict[str, str]:
    """Return as text what everybody but the person on seat 1 may see."""
    views = {
        "projector": projector_view(replace(state, blank=False), small_model()),
        "console": console_view(state, at=at),
        "decision": decision_view(state),
    }
    views |= {f"seat {id_}": participant_view(state, id_, at=at) for id_ in state.seats if id_ > 1}
    return {name: canonical_json(view).decode() for name, view in views.items()}


def shown(state: SessionState, number: int) -> bool:
    """Return, by the specification alone, whether round 1 or 2 has been revealed."""
    if state.setup.mode == "open":
        return True
    return STAGES.index(state.stage) >= STAGES.index("reveal1" if number == 1 else "reveal2")


class AnyRoom(RuleBasedStateMachine):
    """A room in which anybody asks anything at any time."""

    @initialize(
        mode=st.sampled_from(["sealed", "sealed", "open"]),
        rounds=st.sampled_from([2, 2, 1]),
        ranking=st.sampled_from(["between", "after"]),
        start=st.sampled_from(["lobby", "r1_open", "r1_sealed", "r2_sealed", "frozen"]),
    )
    def begin(self, mode: str, rounds: int, ranking: str, start: str) -> None:
        """Begin somewhere, with one person whose weights are marked."""
        self.room: Room = new_room(mode=mode, rounds=rounds, ranking=ranking, quorum=1)
        self.steps = SEALED_STEPS if rounds == 2 else SHORT_STEPS
        if mode == "open":
            self.steps = OPEN_STEPS
        self.hashes: list[str] = []
        reach = start if start in route(self.room.state.setup) else "r1_open"
        self.room.next()
        self.room.join(5)
        if reach != "lobby":
            self.room.next()
            self.room.next()
            self.mark()
        while self.room.state.stage not in {reach, "discuss"} and reach != "lobby":
            self.advance()

    def mark(self) -> None:
        """Let the person on seat 1 give the marked weights, if a round is open."""
        for number in (1, 2):
            name = f"mark {len(self.room.events):0>6}"
            key = name.replace(" ", "-")
            self.room.try_(ask.Submit(1, number, MARKED, key, salt(name), (), MARK_TEXT))

    @rule(command=commands, wait=st.sampled_from([0.0, 0.5, 5.0, -3600.0, 90000.0]))
    def ask(self, command: Command, wait: float) -> None:
        """Ask something; a step that is taken is one of the specification."""
        before, number = self.room.state, len(self.room.events)
        found = self.room.try_(command, wait=wait)
        after = self.room.state
        if isinstance(found, Event):
            assert after.seq == before.seq + 1 == number + 1
            assert found.at >= before.at
        else:
            assert after is before
        if after.stage != before.stage:
            assert (before.stage, after.stage) in self.steps

    @rule(command=often, other=often)
    def use(self, command: Command, other: Command) -> None:
        """Ask what may well be allowed now."""
        self.ask(command, 0.1)
        self.ask(other, 0.1)

    @rule(seat=st.integers(1, 6), given_=swings, text=texts)
    def give(self, seat: int, given_: tuple[float, ...], text: str) -> None:
        """Give or confirm weights in the round that is open or was just sealed."""
        state = self.room.state
        number = open_round(state) or sealed_round(state) or 1
        name = str(len(self.room.events))
        given_ = MARKED if seat == 1 else given_
        text = MARK_TEXT if seat == 1 else text
        key = f"give-{name:0>8}"
        self.ask(ask.Submit(seat, number, given_, key, salt(name), (), text), 0.1)
        self.ask(ask.Confirm(seat % 6 + 1, f"{key}-c", salt(name)), 0.1)

    @rule(text=st.sampled_from(["", "toch nog"]))
    def back(self, text: str) -> None:
        """Go back, where that is allowed."""
        self.ask(ask.Back(self.room.state.stage, text), 0.1)

    @rule(choice=st.sampled_from(["endorse", "remark", "dissent"]), seat=st.integers(1, 6))
    def react(self, choice: Choice, seat: int) -> None:
        """Say what one thinks of the outcome and the decision, and let the facilitator moderate."""
        name = str(len(self.room.events))
        self.ask(ask.Endorse(seat, choice, f"react-{name:0>8}", salt(name), "nee"), 0.1)
        self.ask(ask.Tap(seat, "uneasy", salt(name), "toch niet"), 0.1)
        for reason in [each.code for each in self.room.state.reasons.values()][:2]:
            action: Literal["quote", "pin"] = "quote" if seat % 2 else "pin"
            self.ask(ask.Moderate(reason, action), 0.1)

    @rule()
    def advance(self) -> None:
        """Do what takes the session further."""
        stage = self.room.state.stage
        if stage in {"r1_open", "r2_open"}:
            self.mark()
        self.room.try_(ask.Commit(salt(stage)), wait=3)
        if stage == "frozen":
            self.room.try_(ask.SetDecision("Wij kiezen."))
        if stage == "decided":
            self.room.try_(ask.MarkExported("1" * 64))
        asked = self.room.try_(ask.AskFreeze())
        if isinstance(asked, Event):
            self.room.try_(ask.Freeze(str(asked.payload["digest"])))
        if self.room.state.stage == stage:
            self.room.try_(ask.Next(stage, "verder"))

    @rule(place=st.integers(0, 10**6))
    def repeat(self, place: int) -> None:
        """Send a submission once more: the same receipt, and nothing is counted."""
        sent = [
            (command, event)
            for command, event in zip(self.room.asked, self.room.events[1:], strict=True)
            if isinstance(command, ask.Submit | ask.Confirm | ask.Endorse)
        ]
        if not sent:
            return
        command, event = sent[place % len(sent)]
        before = self.room.state
        found = self.room.try_(command)
        assert self.room.state is before
        if before.seats[command.seat].removed:
            assert isinstance(found, Refusal)
            return
        assert isinstance(found, Repeat)
        assert found.seq == event.seq
        known = {key: (receipt, seq) for key, receipt, seq in before.seats[command.seat].keys}
        assert known[command.key] == (found.receipt, event.seq)

    @invariant()
    def nothing_leaks(self) -> None:
        """Show in no view of others what the person on seat 1 gave, before it is revealed."""
        state = self.room.state
        for name, text in views_of_others(state, at=clock(self.room.seconds)).items():
            for mark in MARKED[1:]:
                assert str(mark) not in text, name
            if not shown(state, 1):
                assert not any(share in text for share in MARK_SHARES), name
                assert MARK_TEXT not in text, name
                assert '"people":[]' in text or name != "console"
        frame = projector_view(state, small_model())
        if not shown(state, 1):
            assert '"median"' not in json.dumps(frame)
        assert len(canonical_json(frame)) <= 20_000
        assert len(canonical_json(participant_view(state, 1))) <= 1_500 if state.seats else True

    @invariant()
    def one_answer_per_seat(self) -> None:
        """Every answer in a round is of a seat that is there, and is its last one."""
        for round_ in self.room.state.rounds.values():
            for seat, given_ in round_.submissions.items():
                assert given_.seat == seat
                assert given_.receipt in {r for _, r, _ in self.room.state.seats[seat].keys}

    def teardown(self) -> None:
        """Replay all: the same states and frames, and every step is verified."""
        if not hasattr(self, "room"):
            return
        state: SessionState | None = None
        for event in self.room.events:
            state = apply(state, event)
        assert state == self.room.state == fold(self.room.events)
        frame = projector_view(fold(self.room.events), small_model())
        assert view_hash(frame) == view_hash(projector_view(self.room.state, small_model()))
        found = verify(self.room.events)
        assert found.holds, found.discrepancies


TestAnyRoom = AnyRoom.TestCase
TestAnyRoom.settings = settings(
    max_examples=35,
    stateful_step_count=50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def test_every_frame_of_a_replay_has_the_same_hash() -> None:
    """Frame k follows from the first k events, for each k."""
    room = new_room()
    hashes = [view_hash(projector_view(room.state, small_model()))]
    full = room_at("closed", 12)
    for event in full.events[1:]:
        room.state = apply(room.state, event)
        hashes.append(view_hash(projector_view(room.state, small_model())))
    assert len(set(hashes)) == len(full.events)
    for k in (1, 2, 10, 25, len(full.events)):
        assert view_hash(projector_view(fold(full.events[:k]), small_model())) == hashes[k - 1]


@settings(max_examples=15, deadline=None)
@given(first=swings, other=swings, people=st.integers(1, 9))
def test_views_before_the_reveal_do_not_depend_on_what_somebody_gives(
    first: tuple[float, ...], other: tuple[float, ...], people: int
) -> None:
    """Another answer of seat 1 changes nothing for others but the hash of the sealed round."""
    valid = [s for s in (first, other) if len(s) == 4 and max(s) == 100 and min(s) >= 0]
    pair = [s for s in valid if len(set(s)) > 1]
    if len(pair) < 2:
        return
    seen = []
    for given_ in pair:
        room = room_at("r1_open", people + 1)
        for seat in range(2, people + 1):
            room.submit(seat)
        room.submit(1, *given_, reason="")
        texts_ = [views_of_others(room.state, at=clock(room.seconds))]
        room.next("klaar")
        texts_.append(views_of_others(room.state, at=clock(room.seconds)))
        room.do(ask.Commit(salt("x")), wait=3)
        commitment = str(room.state.round(1).commitment)
        after = views_of_others(room.state, at=clock(room.seconds))
        texts_.append({name: text.replace(commitment, "-") for name, text in after.items()})
        seen.append(texts_)
    assert seen[0] == seen[1]


def test_every_command_has_a_rule() -> None:
    """What can be asked is what can be decided."""
    assert set(get_args(ask.Command)) == set(RULES)


def test_a_clock_that_jumps_back_does_not_turn_time_back() -> None:
    """Times never decrease; the order of events is that of their numbers."""
    room = room_at("lobby")
    last = room.state.at
    event = room.do(ask.Join(token(1), "nl"), wait=-3600)
    assert event.at == last


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"lenses": ()}, "setup-lenses"),
        ({"lenses": ("a", "a")}, "setup-lenses"),
        ({"quorum": 0}, "setup-values"),
        ({"mode": "half"}, "setup-values"),
        ({"expected": 3, "quorum": 4}, "setup-quorum"),
        ({"language": "Nederlands"}, "odd-code"),
    ],
)
def test_a_setup_that_cannot_be_is_refused(changes: dict[str, object], code: str) -> None:
    """A session is not created with a setup that does not hold together."""
    found = create(setup(**changes), at=clock(0))
    assert isinstance(found, Refusal)
    assert found.code == code


def test_deciding_changes_nothing() -> None:
    """The state is the same after a decision that was not applied."""
    room = room_at("r1_open")
    before = room.state
    decide(room.state, room.submission(1, *swings_of(1)), at=clock(99))
    assert room.state is before
    assert fold(room.events) == before

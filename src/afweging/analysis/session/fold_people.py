"""What events about people do to the state: seats, what they gave, and what is erased of it."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from afweging.analysis.session.receipts import receipt_of, text_code
from afweging.model.session_state import Endorsement, Reason, Round, Seat, SessionState, Submission

if TYPE_CHECKING:
    from collections.abc import Mapping

    from afweging.model.session import Event

Key = TypeVar("Key")
Value = TypeVar("Value")


def put(mapping: Mapping[Key, Value], key: Key, value: Value) -> Mapping[Key, Value]:
    """Return the mapping with one more or another value."""
    return MappingProxyType(mapping | {key: value})  # type: ignore[operator]


def drop(mapping: Mapping[Key, Value], key: Key | None) -> Mapping[Key, Value]:
    """Return the mapping without a key."""
    return MappingProxyType({name: value for name, value in mapping.items() if name != key})


def number_in(event: Event, name: str) -> int:
    """Return a whole number of the payload."""
    return int(event.payload[name])  # type: ignore[call-overload, no-any-return]


def _text(event: Event, part: str, name: str = "text") -> str | None:
    """Return a text of a private part; None where the part is erased or was never there."""
    found = event.private.get(part)
    return None if found is None else str(found[name])


def joined(state: SessionState, event: Event) -> SessionState:
    """Return the state with one more seat."""
    payload = event.payload
    role = payload["role"]
    seat = Seat(
        id=number_in(event, "seat"),
        token=_text(event, "token", "hash"),
        language=str(payload["language"]),
        role=None if role is None else str(role),
        name=_text(event, "name", "name"),
        proxy=bool(payload["proxy"]),
        admitted=bool(payload["admitted"]),
        joined=event.seq,
        device=event.seq,
    )
    return _seated(state, seat)


def _seated(state: SessionState, seat: Seat) -> SessionState:
    tokens = state.tokens
    former = state.seats.get(seat.id)
    if former is not None and former.token is not None:
        tokens = drop(tokens, former.token)
    if seat.token is not None and not seat.removed:
        tokens = put(tokens, seat.token, seat.id)
    return replace(state, seats=put(state.seats, seat.id, seat), tokens=tokens)


def admitted(state: SessionState, event: Event) -> SessionState:
    """Return the state with people let in."""
    seats = event.payload["seats"]
    let_in = {seat: replace(state.seats[seat], admitted=True) for seat in seats}  # type: ignore[attr-defined]
    return replace(state, seats=MappingProxyType(state.seats | let_in))  # type: ignore[operator]


def removed(state: SessionState, event: Event) -> SessionState:
    """Take a seat away, with what it gave in rounds that are not committed."""
    id_ = number_in(event, "seat")
    rounds = {
        number: round_
        if round_.commitment is not None
        else replace(round_, submissions=drop(round_.submissions, id_))
        for number, round_ in state.rounds.items()
    }
    state = replace(state, rounds=MappingProxyType(rounds), moods=drop(state.moods, id_))
    return _seated(state, replace(state.seats[id_], removed=True))


def device_replaced(state: SessionState, event: Event) -> SessionState:
    """Return the state with another device at a seat."""
    seat = state.seats[number_in(event, "seat")]
    return _seated(state, replace(seat, token=_text(event, "token", "hash"), device=event.seq))


def submitted(state: SessionState, event: Event) -> SessionState:
    """Return the state with what one person gave, or confirmed, in a round."""
    id_, number = number_in(event, "seat"), number_in(event, "round")
    round_, receipt = state.round(number), receipt_of(event)
    former = round_.submissions.get(id_)
    swings, checks = _answer(state, event)
    given = Submission(
        seat=id_,
        seq=event.seq,
        swings=swings,
        checks=checks,
        receipt=receipt,
        revisions=0 if former is None else former.revisions + 1,
        confirmed=event.kind == "confirmed",
        proxy=bool(event.payload["proxy"]),
    )
    reasons = state.reasons
    if "reason" in event.digests:
        reason = Reason(
            event.seq, id_, number, _text(event, "reason"), text_code(event.digests["reason"])
        )
        reasons = put(reasons, reason.id, reason)
    submissions = put(round_.submissions, id_, given)
    return replace(
        _keyed(state, id_, event, receipt),
        rounds=put(state.rounds, number, replace(round_, submissions=submissions)),
        reasons=reasons,
    )


def _answer(state: SessionState, event: Event) -> tuple[tuple[float, ...] | None, tuple[str, ...]]:
    """Return swings and checks: those given, or those of round 1 where they were confirmed."""
    if event.kind == "confirmed":
        first = state.round(1).submissions[number_in(event, "seat")]
        return first.swings, first.checks
    answer = event.private.get("answer")
    if answer is None:
        return None, ()
    swings = tuple(float(each) for each in answer["swings"])  # type: ignore[attr-defined]
    return swings, tuple(answer["checks"])  # type: ignore[arg-type]


def _keyed(state: SessionState, id_: int, event: Event, receipt: str) -> SessionState:
    """Return the state with the key of a submission remembered at its seat."""
    seat = state.seats[id_]
    keys = (*seat.keys, (str(event.payload["key"]), receipt, event.seq))
    return replace(state, seats=put(state.seats, id_, replace(seat, keys=keys)))


def unclear(state: SessionState, event: Event) -> SessionState:
    """Return the state with one more lens that somebody does not understand."""
    lens = event.payload["lens"]
    said = (number_in(event, "seat"), None if lens is None else str(lens))
    return replace(state, unclear=state.unclear | {said})


def tapped(state: SessionState, event: Event) -> SessionState:
    """Return the state with what somebody feels about the outcome."""
    id_, mood = number_in(event, "seat"), event.payload["mood"]
    reasons = state.reasons
    if "remark" in event.digests:
        number = max(state.rounds, default=1)
        code = text_code(event.digests["remark"])
        text = _text(event, "remark")
        reason = Reason(event.seq, id_, number, text, code, uneasy=mood == "uneasy")
        reasons = put(reasons, reason.id, reason)
    moods = put(state.moods, id_, mood)
    return replace(state, moods=moods, reasons=reasons)  # type: ignore[arg-type]


def endorsed(state: SessionState, event: Event) -> SessionState:
    """Return the state with what somebody says of the decision."""
    id_, receipt = number_in(event, "seat"), receipt_of(event)
    said = Endorsement(
        seat=id_,
        seq=event.seq,
        choice=event.payload["choice"],  # type: ignore[arg-type]
        text=_text(event, "remark"),
        receipt=receipt,
    )
    endorsements = put(state.endorsements, id_, said)
    return replace(_keyed(state, id_, event, receipt), endorsements=endorsements)


# --- erasure --------------------------------------------------------------------------------------


def erased(state: SessionState, event: Event) -> SessionState:
    """Return the state without what was erased, as a replay without it gives."""
    parts = {(int(seq), str(part)) for seq, part in event.payload["parts"]}  # type: ignore[attr-defined]
    reasons = {
        id_: replace(reason, text=None) if {(id_, "reason"), (id_, "remark")} & parts else reason
        for id_, reason in state.reasons.items()
    }
    seats = {id_: _seat_without(seat, parts) for id_, seat in state.seats.items()}
    kept = {seat.token for seat in seats.values() if seat.token is not None}
    return replace(
        state,
        reasons=MappingProxyType(reasons),
        seats=MappingProxyType(seats),
        tokens=MappingProxyType({t: id_ for t, id_ in state.tokens.items() if t in kept}),
        rounds=MappingProxyType(
            {number: _round_without(round_, parts) for number, round_ in state.rounds.items()}
        ),
        endorsements=MappingProxyType(
            {
                id_: replace(said, text=None) if (said.seq, "remark") in parts else said
                for id_, said in state.endorsements.items()
            }
        ),
        erased=state.erased + len(parts),
    )


def _seat_without(seat: Seat, parts: set[tuple[int, str]]) -> Seat:
    return replace(
        seat,
        token=None if (seat.device, "token") in parts else seat.token,
        name=None if (seat.joined, "name") in parts else seat.name,
    )


def _round_without(round_: Round, parts: set[tuple[int, str]]) -> Round:
    submissions = {
        id_: replace(given, swings=None, checks=()) if (given.seq, "answer") in parts else given
        for id_, given in round_.submissions.items()
    }
    return replace(round_, submissions=MappingProxyType(submissions))

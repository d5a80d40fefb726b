"""What a participant may do when: join, give weights, confirm, tap, and endorse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afweging.analysis.session.draft import Draft, Outcome, find_seat, first, when
from afweging.analysis.session.moves import in_grace, open_round, route, sealed_round
from afweging.analysis.session.receipts import part_salt
from afweging.analysis.session.texts import clean, odd_code, odd_swings, too_long
from afweging.model.session import LONGEST_NAME, LONGEST_REASON, Refusal, Repeat

if TYPE_CHECKING:
    from afweging.model.session import Stage
    from afweging.model.session_command import (
        Confirm,
        Endorse,
        Join,
        NotUnderstood,
        Submit,
        Tap,
    )
    from afweging.model.session_state import Seat, SessionState

CHECKS = ("agree", "adjusted", "kept")
MOST_CHECKS = 4


def join(state: SessionState, command: Join, _at: str) -> Outcome:
    """Take a seat, from the lobby until the weights are frozen; the same token, the same seat."""
    refusal = first(
        odd_code(token=command.token, language=command.language),
        _cannot_join(state),
        _odd_role(state, command.role),
        _odd_name(state, command),
    )
    if refusal is not None:
        return refusal
    if command.token in state.tokens:
        return Repeat("", state.seq)
    payload = {
        "seat": len(state.seats) + 1,
        "role": command.role,
        "language": command.language,
        "proxy": False,
        "admitted": state.setup.admission == "all",
    }
    private: dict[str, dict[str, object]] = {"token": {"hash": command.token}}
    if name := clean(command.name or ""):
        private["name"] = {"name": name, "salt": part_salt(command.token, "name")}
    return Draft("joined", payload, private)


def _cannot_join(state: SessionState) -> Refusal | None:
    stages = route(state.setup)
    place = stages.index(state.stage)
    if state.stage == "draft":
        return Refusal("not-open-yet")
    return Refusal("joining-over") if place >= stages.index("frozen") else None


def _odd_role(state: SessionState, role: str | None) -> Refusal | None:
    if role is None or role in state.setup.roles:
        return None
    return Refusal("unknown-role", {"role": clean(role)[:LONGEST_NAME]})


def _odd_name(state: SessionState, command: Join) -> Refusal | None:
    if not command.name:
        return None
    if state.setup.naming == "anonymous":
        return Refusal("no-names")
    if not command.consent:
        return Refusal("name-needs-consent")
    return too_long(command.name, LONGEST_NAME)


def submit(state: SessionState, command: Submit, at: str) -> Outcome:
    """Give weights for the round; the same key once more gives the same receipt."""
    seat = _heard(state, command)
    if isinstance(seat, Refusal | Repeat):
        return seat
    refusal = first(
        _cannot_submit(state, seat, command.round, at),
        odd_swings(command.swings, lenses=len(state.setup.lenses)),
        _odd_checks(command.checks),
    )
    if refusal is not None:
        return refusal
    private: dict[str, dict[str, object]] = {
        "answer": {
            "swings": list(command.swings),
            "checks": list(command.checks),
            "salt": part_salt(command.salt, "answer"),
        }
    }
    return Draft(
        "submitted",
        _submission(seat, command.round, command.key),
        private | _text("reason", clean(command.reason), command.salt),
    )


def confirm(state: SessionState, command: Confirm, at: str) -> Outcome:
    """Keep in round 2 what was given in round 1."""
    seat = _heard(state, command)
    if isinstance(seat, Refusal | Repeat):
        return seat
    refusal = _cannot_submit(state, seat, 2, at)
    if refusal is not None:
        return refusal
    if command.seat not in state.round(1).submissions:
        return Refusal("nothing-to-confirm")
    private = _nonce(command.salt) | _text("reason", clean(command.reason), command.salt)
    return Draft("confirmed", _submission(seat, 2, command.key), private)


def _heard(state: SessionState, command: Submit | Confirm) -> Seat | Refusal | Repeat:
    """Return the seat that a well-formed answer is from, and that did not send it before."""
    seat = find_seat(state, command.seat)
    if isinstance(seat, Refusal):
        return seat
    refusal = first(
        odd_code(key=command.key, salt=command.salt),
        too_long(clean(command.reason), LONGEST_REASON),
    )
    return refusal or _repeat(seat, command.key) or seat


def _submission(seat: Seat, number: int, key: str) -> dict[str, object]:
    return {"seat": seat.id, "round": number, "key": key, "proxy": seat.proxy}


def _text(part: str, text: str, salt: str) -> dict[str, dict[str, object]]:
    return {part: {"text": text, "salt": part_salt(salt, part)}} if text else {}


def _nonce(salt: str) -> dict[str, dict[str, object]]:
    """Return a private part that keeps the receipt of an event from being guessed."""
    return {"nonce": {"salt": part_salt(salt, "nonce")}}


def _repeat(seat: Seat, key: str) -> Repeat | None:
    found = (Repeat(receipt, seq) for known, receipt, seq in seat.keys if known == key)
    return next(found, None)


def _cannot_submit(state: SessionState, seat: Seat, number: int, at: str) -> Refusal | None:
    if not seat.admitted:
        return Refusal("not-admitted")
    if open_round(state) == number:
        return None
    if sealed_round(state) == number and in_grace(state, at):
        return None
    stages = route(state.setup)
    opens: Stage = "r1_open" if number == 1 else "r2_open"
    if opens not in stages:
        return Refusal("unknown-round", {"round": number})
    early = stages.index(state.stage) < stages.index(opens)
    return Refusal("round-not-open" if early else "round-sealed", {"round": number})


def _odd_checks(checks: tuple[str, ...]) -> Refusal | None:
    fine = len(checks) <= MOST_CHECKS and all(each in CHECKS for each in checks)
    return None if fine else Refusal("odd-checks")


def endorse(state: SessionState, command: Endorse, _at: str) -> Outcome:
    """Say what one thinks of the decision; the last time counts."""
    seat = find_seat(state, command.seat)
    if isinstance(seat, Refusal):
        return seat
    text = clean(command.text)
    refusal = first(odd_code(key=command.key, salt=command.salt), too_long(text, LONGEST_REASON))
    if refusal is not None:
        return refusal
    if repeat := _repeat(seat, command.key):
        return repeat
    payload = {"seat": seat.id, "choice": command.choice, "key": command.key}
    private = _nonce(command.salt) | _text("remark", text, command.salt)
    refusal = first(
        when(state.stage != "decided", "not-now", stage=state.stage),
        when(not seat.admitted, "not-admitted"),
        when(command.choice not in {"endorse", "remark", "dissent"}, "unknown-choice"),
        when(command.choice == "remark" and not text, "remark-needs-text"),
    )
    return refusal or Draft("endorsed", payload, private)


def not_understood(state: SessionState, command: NotUnderstood, _at: str) -> Outcome:
    """Count a lens as not understood, once per seat."""
    seat = find_seat(state, command.seat)
    if isinstance(seat, Refusal):
        return seat
    if state.stage not in {"explain", "r1_open", "r2_open"}:
        return Refusal("not-now", {"stage": state.stage})
    if command.lens is not None and command.lens not in state.setup.lenses:
        return Refusal("unknown-lens")
    if (seat.id, command.lens) in state.unclear:
        return Repeat("", state.seq)
    return Draft("unclear", {"seat": seat.id, "lens": command.lens})


def tap(state: SessionState, command: Tap, _at: str) -> Outcome:
    """Say whether the outcome agrees with what one feels, once it has been shown."""
    seat = find_seat(state, command.seat)
    if isinstance(seat, Refusal):
        return seat
    text = clean(command.text)
    shown = state.ranked and state.stage in {"r1_open", "discuss", "reveal2", "frozen"}
    refusal = first(
        odd_code(salt=command.salt),
        too_long(text, LONGEST_REASON),
        when(not shown, "not-now", stage=state.stage),
        when(not seat.admitted, "not-admitted"),
        when(command.mood not in {"agree", "uneasy"}, "unknown-choice"),
    )
    if refusal is not None:
        return refusal
    if state.moods.get(seat.id) == command.mood and not text:
        return Repeat("", state.seq)
    payload = {"seat": seat.id, "mood": command.mood}
    return Draft("tapped", payload, _text("remark", text, command.salt))

"""What the facilitator may do with seats and with what stands on the wall."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afweging.analysis.session.draft import Draft, Outcome, find_seat
from afweging.analysis.session.moves import panels, route, shown_rounds
from afweging.analysis.session.texts import clean, odd_code, too_long
from afweging.model.session import LONGEST_REASON, Refusal

if TYPE_CHECKING:
    from afweging.model.session_command import (
        AddProxy,
        Admit,
        ChooseLens,
        ChooseScenario,
        Moderate,
        RemoveSeat,
        ReplaceDevice,
        RevealLens,
        ShowPanel,
    )
    from afweging.model.session_state import Reason, SessionState

STATUS_AFTER = {"quote": "quoted", "hide": "hidden", "restore": "new", "merge": "merged"}


def admit(state: SessionState, command: Admit, _at: str) -> Outcome:
    """Let people in who wait; who is in already stays in."""
    for seat in command.seats:
        found = find_seat(state, seat)
        if isinstance(found, Refusal):
            return found
    waiting = [seat for seat in sorted(set(command.seats)) if not state.seats[seat].admitted]
    return Draft("admitted", {"seats": waiting}) if waiting else Refusal("nothing-to-do")


def remove_seat(state: SessionState, command: RemoveSeat, _at: str) -> Outcome:
    """Take a duplicate seat away, before the weights are frozen."""
    reason = clean(command.reason)
    found = find_seat(state, command.seat)
    if isinstance(found, Refusal):
        return found
    if _frozen(state):
        return Refusal("not-now", {"stage": state.stage})
    if not reason:
        return Refusal("reason-needed")
    long = too_long(reason, LONGEST_REASON)
    return long or Draft("removed", {"seat": command.seat, "reason": reason})


def replace_device(state: SessionState, command: ReplaceDevice, _at: str) -> Outcome:
    """Give a seat to another device; the former one is out."""
    found = find_seat(state, command.seat)
    if isinstance(found, Refusal):
        return found
    if found.proxy:
        return Refusal("seat-is-proxy")
    if refusal := odd_code(token=command.token):
        return refusal
    if command.token in state.tokens:
        return Refusal("token-in-use")
    if state.stage in {"closed", "purged"}:
        return Refusal("not-now", {"stage": state.stage})
    payload = {"seat": command.seat}
    return Draft("device_replaced", payload, {"token": {"hash": command.token}})


def add_proxy(state: SessionState, command: AddProxy, _at: str) -> Outcome:
    """Make a seat for somebody without a phone; what is given for it is marked as by proxy."""
    if state.stage == "draft" or _frozen(state):
        return Refusal("not-now", {"stage": state.stage})
    if command.role is not None and command.role not in state.setup.roles:
        return Refusal("unknown-role", {"role": clean(command.role)})
    payload = {
        "seat": len(state.seats) + 1,
        "role": command.role,
        "language": state.setup.language,
        "proxy": True,
        "admitted": True,
    }
    return Draft("joined", payload)


def choose_lens(state: SessionState, command: ChooseLens, _at: str) -> Outcome:
    """Bring one lens to the front, of the ranges or of the spread."""
    if command.lens not in state.setup.lenses:
        return Refusal("unknown-lens")
    return Draft("lens_chosen", {"lens": command.lens})


def reveal_lens(state: SessionState, command: RevealLens, _at: str) -> Outcome:
    """Show the spread of one more lens, once the round is revealed."""
    if command.lens not in state.setup.lenses:
        return Refusal("unknown-lens")
    if state.setup.mode == "open" or not shown_rounds(state):
        return Refusal("not-now", {"stage": state.stage})
    if command.lens in state.revealed:
        return Refusal("nothing-to-do")
    return Draft("lens_revealed", {"lens": command.lens})


def show_panel(state: SessionState, command: ShowPanel, _at: str) -> Outcome:
    """Show one of the panels of this stage."""
    if command.panel in panels(state.setup, state.stage):
        return Draft("panel_shown", {"panel": command.panel})
    between = state.setup.ranking == "after" and state.stage == "discuss"
    return Refusal("ranking-after" if between else "panel-not-here", {"stage": state.stage})


def choose_scenario(state: SessionState, command: ChooseScenario, _at: str) -> Outcome:
    """Show the outcome in one scenario, or over all."""
    if command.scenario is not None and command.scenario not in state.setup.scenarios:
        return Refusal("unknown-scenario")
    return Draft("scenario_chosen", {"scenario": command.scenario})


def moderate(state: SessionState, command: Moderate, _at: str) -> Outcome:
    """Quote, hide, restore, merge, pin or unpin a reason that has been revealed."""
    reason = _find_reason(state, command.reason)
    if reason is None:
        return Refusal("unknown-reason")
    if command.action not in {*STATUS_AFTER, "pin", "unpin"}:
        return Refusal("unknown-choice")
    if command.action == "quote" and reason.text is None:
        return Refusal("reason-erased")
    into: Reason | None = None
    if command.action == "merge":
        into = _find_reason(state, command.into)
        if into is None or into.id == reason.id or into.merged is not None:
            return Refusal("unknown-reason")
        if any(each.merged == reason.id for each in state.reasons.values()):
            return Refusal("unknown-reason")
    payload = {"reason": reason.id, "action": command.action, "into": into.id if into else None}
    return Draft("reason_moderated", payload)


def _find_reason(state: SessionState, code: str | None) -> Reason | None:
    """Return the reason with a code, if the facilitator may see it."""
    found = (reason for reason in state.reasons.values() if reason.code == code)
    return next((reason for reason in found if visible(state, reason)), None)


def visible(state: SessionState, reason: Reason) -> bool:
    """Return whether the facilitator may see a reason: its round has been revealed."""
    return reason.round in shown_rounds(state)


def _frozen(state: SessionState) -> bool:
    stages = route(state.setup)
    return stages.index(state.stage) >= stages.index("frozen")

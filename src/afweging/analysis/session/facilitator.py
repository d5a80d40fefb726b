"""What the facilitator may do with the course of a session: set up, move, commit, freeze, end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afweging.analysis.session.draft import Draft, Outcome, first
from afweging.analysis.session.moves import (
    back_stage,
    barrier,
    in_grace,
    next_stage,
    route,
    sealed_round,
    seconds_between,
)
from afweging.analysis.session.receipts import anonymous_swings, commitment_of
from afweging.analysis.session.texts import clean, odd_code, odd_weights, too_long
from afweging.analysis.session.weights import group_weights, weights_digest
from afweging.model.session import (
    LONGEST_CONDITION,
    LONGEST_DECISION,
    LONGEST_REASON,
    MOST_CONDITIONS,
    Refusal,
)

if TYPE_CHECKING:
    from afweging.model.session import Setup
    from afweging.model.session_command import (
        Adopt,
        AskFreeze,
        Back,
        Commit,
        Configure,
        Freeze,
        MarkErased,
        MarkExported,
        Next,
        Overlay,
        Purge,
        SetDecision,
        SetTable,
    )
    from afweging.model.session_state import SessionState

PURGE_DAYS = 30  # after the close


def setup_document(setup: Setup) -> dict[str, object]:
    """Return a setup as plain data; `Setup(**document)` with tuples reads it back."""
    names = setup.__dataclass_fields__
    values = {name: getattr(setup, name) for name in names}
    return {name: list(v) if isinstance(v, tuple) else v for name, v in values.items()}


def odd_setup(setup: Setup) -> Refusal | None:
    """Return what is wrong with a setup, or None."""
    if not setup.lenses or len(set(setup.lenses)) != len(setup.lenses):
        return Refusal("setup-lenses")
    known = (
        setup.mode in {"sealed", "open"}
        and setup.naming in {"anonymous", "named"}
        and setup.rounds in {1, 2}
        and setup.ranking in {"between", "after"}
        and setup.admission in {"all", "by_hand"}
    )
    if not known or setup.quorum < 1 or setup.expected < 0:
        return Refusal("setup-values")
    if setup.expected and setup.quorum > setup.expected:
        return Refusal("setup-quorum", {"quorum": setup.quorum, "expected": setup.expected})
    return odd_code(language=setup.language)


def configure(state: SessionState, command: Configure, _at: str) -> Outcome:
    """Change the setup before round 1 opens: from then on scores and ranges are fixed.

    Once people have joined, what they were told stays: the mode, names or not, and the roles.
    """
    new, old = command.setup, state.setup
    if state.stage not in {"draft", "lobby", "explain"}:
        return Refusal("setup-fixed", {"stage": state.stage})
    told = [(s.session, s.mode, s.naming, s.roles) for s in (new, old)]
    if new.session != old.session or (state.seats and told[0] != told[1]):
        return Refusal("setup-told")
    return odd_setup(new) or Draft("configured", {"setup": setup_document(new)})


def go_on(state: SessionState, command: Next, at: str) -> Outcome:
    """Go to the next stage, unless something keeps the session where it is."""
    reason = clean(command.reason)
    refusal = first(
        _not_here(state, command.stage),
        too_long(reason, LONGEST_REASON),
        barrier(state, reason=reason, at=at),
    )
    if refusal is not None:
        return refusal
    override = barrier(state, reason="", at=at) is not None
    return Draft(
        "moved",
        {"from": state.stage, "to": next_stage(state), "reason": reason, "override": override},
    )


def go_back(state: SessionState, command: Back, _at: str) -> Outcome:
    """Go back where that is allowed; a second round opens again only with a reason."""
    reason = clean(command.reason)
    refusal = first(_not_here(state, command.stage), too_long(reason, LONGEST_REASON))
    if refusal is not None:
        return refusal
    to = back_stage(state)
    if to is None:
        stages = route(state.setup)
        opened = state.setup.mode == "sealed" and stages.index(state.stage) > stages.index(
            "r1_open"
        )
        return Refusal("round-1-stays-closed" if opened else "no-way-back", {"stage": state.stage})
    if state.stage == "r2_sealed" and not reason:
        return Refusal("reason-needed")
    return Draft("moved", {"from": state.stage, "to": to, "reason": reason, "override": False})


def _not_here(state: SessionState, stage: str) -> Refusal | None:
    if stage != state.stage:
        return Refusal("stage-moved", {"stage": state.stage})
    return Refusal("paused") if state.paused else None


def commit(state: SessionState, command: Commit, at: str) -> Outcome:
    """Fix what was given in the sealed round by its hash, once the time of grace is over."""
    number = sealed_round(state)
    if number is None:
        return Refusal("not-now", {"stage": state.stage})
    if in_grace(state, at):
        return Refusal("grace-runs")
    round_ = state.round(number)
    if round_.commitment is not None:
        return Refusal("already-committed")
    if refusal := odd_code(salt=command.salt):
        return refusal
    swings = anonymous_swings(round_)
    payload = {
        "round": number,
        "n": len(swings),
        "commitment": commitment_of(number, swings, salt=command.salt),
        "salt": command.salt,
    }
    return Draft("committed", payload)


def overlay(state: SessionState, command: Overlay, _at: str) -> Outcome:
    """Pause or go on, blank the projector or show it again; never twice the same."""
    match command.action, state.paused, state.blank:
        case "pause", False, _:
            return Draft("paused")
        case "resume", True, _:
            return Draft("resumed")
        case "blank", _, False:
            return Draft("blanked")
        case "unblank", _, True:
            return Draft("unblanked")
        case _:
            return Refusal("nothing-to-do")


def ask_freeze(state: SessionState, _command: AskFreeze, _at: str) -> Outcome:
    """Name the weights that are about to be frozen: the first of two steps."""
    chosen = group_weights(state)
    if not may_freeze(state):
        return Refusal("not-now", {"stage": state.stage})
    if state.paused:
        return Refusal("paused")
    if chosen is None:
        return Refusal("no-weights")
    return Draft("freeze_asked", {"digest": weights_digest(chosen)})


def freeze(state: SessionState, command: Freeze, _at: str) -> Outcome:
    """Freeze the weights that were named, if they are still the same."""
    chosen = group_weights(state)
    if not may_freeze(state):
        return Refusal("not-now", {"stage": state.stage})
    if state.paused:
        return Refusal("paused")
    if state.asked is None or chosen is None:
        return Refusal("freeze-not-asked")
    digest = weights_digest(chosen)
    if not command.digest == state.asked == digest:
        return Refusal("freeze-changed")
    payload = {"weights": list(chosen.weights), "source": chosen.source, "reason": chosen.reason}
    return Draft("frozen", payload | {"from": state.stage, "digest": digest})


def may_freeze(state: SessionState) -> bool:
    """Return whether the weights may be frozen, or a what-if adopted, in this stage."""
    return next_stage(state) == "frozen"


def set_table(state: SessionState, command: SetTable, _at: str) -> Outcome:
    """Set the weights on the wall of an open session."""
    if state.setup.mode != "open":
        return Refusal("only-open")
    if state.stage not in {"r1_open", "discuss"}:
        return Refusal("not-now", {"stage": state.stage})
    if command.weights is None:
        return Draft("table_set", {"weights": None})
    refusal = odd_weights(command.weights, lenses=len(state.setup.lenses))
    return refusal or Draft("table_set", {"weights": list(command.weights)})


def adopt(state: SessionState, command: Adopt, _at: str) -> Outcome:
    """Make a what-if the weights of the group, with a reason, before they are frozen."""
    reason = clean(command.reason)
    if not may_freeze(state):
        return Refusal("not-now", {"stage": state.stage})
    refusal = too_long(reason, LONGEST_REASON) or (None if reason else Refusal("reason-needed"))
    if refusal is not None:
        return refusal
    if command.weights is None:
        return Draft("adopted", {"weights": None, "reason": reason})
    odd = odd_weights(command.weights, lenses=len(state.setup.lenses))
    return odd or Draft("adopted", {"weights": list(command.weights), "reason": reason})


def set_decision(state: SessionState, command: SetDecision, _at: str) -> Outcome:
    """Record the text of the decision, while the weights are frozen and nobody endorsed yet."""
    text = clean(command.text, lines="keep")
    conditions = [clean(each) for each in command.conditions if clean(each)]
    if state.stage != "frozen":
        return Refusal("not-now", {"stage": state.stage})
    if not text:
        return Refusal("no-decision")
    if len(conditions) > MOST_CONDITIONS:
        return Refusal("too-many-conditions", {"most": MOST_CONDITIONS})
    long = first(
        too_long(text, LONGEST_DECISION),
        *(too_long(each, LONGEST_CONDITION) for each in conditions),
    )
    return long or Draft("decision_set", {"text": text, "conditions": conditions})


def mark_exported(state: SessionState, command: MarkExported, _at: str) -> Outcome:
    """Record an export; before the weights are frozen it is marked as a draft ("concept")."""
    stages = route(state.setup)
    place = stages.index(state.stage)
    if place < stages.index("r1_open") or state.stage == "purged":
        return Refusal("not-now", {"stage": state.stage})
    if refusal := odd_code(digest=command.digest):
        return refusal
    concept = place < stages.index("frozen")
    return Draft("exported", {"digest": command.digest, "concept": concept})


def mark_erased(_state: SessionState, command: MarkErased, _at: str) -> Outcome:
    """Record which private parts of which events are erased."""
    if not command.parts:
        return Refusal("nothing-to-do")
    return Draft("erased", {"parts": [[seq, part] for seq, part in sorted(set(command.parts))]})


def purge(state: SessionState, command: Purge, at: str) -> Outcome:
    """End a closed session for good: 30 days after the close, or before with a reason."""
    reason = clean(command.reason)
    if state.stage != "closed":
        return Refusal("not-now", {"stage": state.stage})
    if refusal := too_long(reason, LONGEST_REASON):
        return refusal
    if seconds_between(state.since, at) < PURGE_DAYS * 86400 and not reason:
        return Refusal("too-early", {"days": PURGE_DAYS})
    return Draft("purged", {"reason": reason, "erased": state.erased})

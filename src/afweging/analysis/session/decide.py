"""What a command leads to: an event to store, a repeat, or a refusal.

The door stores the event first and then applies it; an answer to whoever asked is given only
after that.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from afweging.analysis.session import facilitator, participants, wall
from afweging.analysis.session.draft import Draft
from afweging.analysis.session.moves import seconds_between
from afweging.model import session_command as asked
from afweging.model.session import Refusal, Repeat, make_event

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from afweging.analysis.session.draft import Outcome
    from afweging.model.session import Event, Setup
    from afweging.model.session_command import Command
    from afweging.model.session_state import SessionState

RULES: Mapping[type, Callable[..., Outcome]] = MappingProxyType(
    {
        asked.Join: participants.join,
        asked.Submit: participants.submit,
        asked.Confirm: participants.confirm,
        asked.Endorse: participants.endorse,
        asked.NotUnderstood: participants.not_understood,
        asked.Tap: participants.tap,
        asked.Configure: facilitator.configure,
        asked.Next: facilitator.go_on,
        asked.Back: facilitator.go_back,
        asked.Commit: facilitator.commit,
        asked.Overlay: facilitator.overlay,
        asked.AskFreeze: facilitator.ask_freeze,
        asked.Freeze: facilitator.freeze,
        asked.SetDecision: facilitator.set_decision,
        asked.MarkExported: facilitator.mark_exported,
        asked.MarkErased: facilitator.mark_erased,
        asked.Purge: facilitator.purge,
        asked.SetTable: facilitator.set_table,
        asked.Adopt: facilitator.adopt,
        asked.Admit: wall.admit,
        asked.RemoveSeat: wall.remove_seat,
        asked.ReplaceDevice: wall.replace_device,
        asked.AddProxy: wall.add_proxy,
        asked.ChooseLens: wall.choose_lens,
        asked.RevealLens: wall.reveal_lens,
        asked.ShowPanel: wall.show_panel,
        asked.ChooseScenario: wall.choose_scenario,
        asked.Moderate: wall.moderate,
    }
)


def create(setup: Setup, *, at: str) -> Event | Refusal:
    """Return the first event of a session, or what is wrong with its setup."""
    refusal = facilitator.odd_setup(setup)
    return refusal or make_event(1, at, "created", facilitator.setup_document(setup))


def decide(state: SessionState, command: Command, *, at: str) -> Event | Repeat | Refusal:
    """Return what a command leads to; nothing changes by it.

    Parameters
    ----------
    state : SessionState
    command : one of the records of `afweging.model.session_command`
    at : str
        The time in UTC, ISO 8601, such as "2026-06-01T09:00:00.125Z".

    Returns
    -------
    Event
        To be stored and then applied with `fold.apply`. Its time is `at`, or that of the event
        before where the clock jumped back: times in a log never decrease.
    Repeat
        A submission whose key is known: nothing to store, the first receipt stands.
    Refusal
        With the code of the sentence that says why.

    Examples
    --------
    >>> from afweging.analysis.session.fold import fold
    >>> from afweging.model.session import Setup
    >>> from afweging.model.session_command import Next
    >>> now = "2026-06-01T09:00:00Z"
    >>> state = fold([create(Setup("s1", "brabant", "", ("wonen", "werk")), at=now)])
    >>> decide(state, Next("draft"), at=now).payload["to"]
    'lobby'
    >>> decide(state, Next("lobby"), at=now).code
    'stage-moved'
    """
    outcome = RULES[type(command)](state, command, at)
    if not isinstance(outcome, Draft):
        return outcome
    time = state.at if seconds_between(state.at, at) < 0 else at
    return make_event(state.seq + 1, time, outcome.kind, outcome.payload, outcome.private)

"""What the wall would show next: the following panel, or the first one of the following stage.

A pure function of the state, for the preview on the console. What people gave in a round that is
not revealed stays unseen here too.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from afweging.analysis.session.moves import next_stage, panels, shown_rounds
from afweging.analysis.session.views import projector_view

if TYPE_CHECKING:
    from afweging.analysis.session.arrays import SessionModel
    from afweging.model.session import Panel, Stage
    from afweging.model.session_state import SessionState

    View = dict[str, object]


def next_screen(state: SessionState) -> tuple[Stage, Panel] | None:
    """Return the stage and the panel that come after what is on the wall; None at the end.

    Examples
    --------
    >>> from afweging.model.session import Setup
    >>> from afweging.model.session_state import SessionState
    >>> state = SessionState(Setup("s", "p", "", ("wonen",)), seq=1, at="", stage="explain")
    >>> next_screen(replace(state, panel="ranges"))
    ('r1_open', 'progress')
    """
    here = panels(state.setup, state.stage)
    after = here[here.index(state.panel) + 1 :] if state.panel in here else ()
    if after:
        return state.stage, after[0]
    stage = next_stage(state)
    return None if stage is None else (stage, panels(state.setup, stage)[0])


def ahead_view(state: SessionState, model: SessionModel) -> View | None:
    """Return the wall's next view as `projector_view` does, without pause and blank.

    None at the end, and where the next step reveals a round of a sealed session: nobody sees
    before the room does.
    """
    found = next_screen(state)
    if found is None:
        return None
    stage, panel = found
    then = replace(state, stage=stage, panel=panel, paused=False, blank=False)
    if state.setup.mode == "sealed" and shown_rounds(then) != shown_rounds(state):
        return None
    return projector_view(then, model)

"""A session with what it came to, computed over all cases as in the room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afweging.analysis.compare import compare
from afweging.analysis.session.arrays import session_model
from afweging.analysis.session.result_sentences import SessionTold
from afweging.analysis.session.results import session_results

if TYPE_CHECKING:
    from afweging.model.problem import DecisionProblem
    from afweging.model.session_record import SessionRecord
    from afweging.wording import Words


def tell_session(problem: DecisionProblem, record: SessionRecord, words: Words) -> SessionTold:
    """Return a session with what it came to, over all cases as in the room.

    Raises
    ------
    RequestError
        When effects are missing.
    """
    found = session_results(record, session_model(compare(problem)))
    return SessionTold(record, found, problem, words)

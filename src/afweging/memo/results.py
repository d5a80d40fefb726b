"""What a memo rests on: found once for its text and its dossier, and again when it is verified."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afweging.analysis.compare import compare
from afweging.analysis.document import comparison_document, explanation_document
from afweging.analysis.explain import explain
from afweging.analysis.perspectives import view_perspectives
from afweging.analysis.robustness import robustness
from afweging.analysis.robustness_document import robustness_document
from afweging.analysis.session import borrow
from afweging.errors import Fault, RequestError
from afweging.io.canonical import problem_digest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from afweging.analysis.robustness import Part, Robustness
    from afweging.analysis.session.result_sentences import SessionTold
    from afweging.io.dossier import Settings
    from afweging.model.problem import DecisionProblem
    from afweging.model.result import Comparison, Request
    from afweging.model.session_record import SessionRecord


def find(
    problem: DecisionProblem,
    request: Request,
    settings: Settings,
    *,
    progress: Callable[[Part, float], None] | None = None,
) -> tuple[Comparison, Robustness | None]:
    """Return the comparison and how sure it is; None for the latter where effects are missing.

    Raises
    ------
    RequestError, PreferenceError
        When what is asked is not there or cannot be.
    """
    comparison = compare(problem, request)
    if comparison.gaps:
        return comparison, None
    found = robustness(
        problem,
        request,
        weights=settings.weights,  # type: ignore[arg-type]  # refused there if it is none
        panel=settings.panel,
        draws=settings.draws,
        seed=settings.seed,
        progress=progress,
    )
    return found.comparison, found


def with_session(problem: DecisionProblem, record: SessionRecord | None) -> DecisionProblem:
    """Return the problem with the weights of a session to compare with; as it is without one.

    They are asked by the profile "session:group", "session:round1" or "session:round2": the
    weights of the group, or the mean of a round of five people or more.

    Raises
    ------
    RequestError
        When the session is about another problem, or another version of it.
    """
    if record is None:
        return problem
    if record.digest != problem_digest(problem):
        raise RequestError([Fault("session-other-problem", value=record.problem)])
    return borrow.with_session(problem, record)


def results_document(
    comparison: Comparison, robust: Robustness | None, session: SessionTold | None = None
) -> Mapping[str, object]:
    """Return all that was found as plain dicts, lists and numbers, the same for the same input.

    Versions are left out: they say what it was found with, and are beside it in the dossier.
    """
    found = comparison_document(comparison, digest=problem_digest(comparison.problem), versions={})
    first, *others = [line.id for line in comparison.ranking if line.rank is not None]
    held = {} if session is None else {"session": session.results}
    return {
        **held,
        "comparison": found,
        "robustness": None if robust is None else robustness_document(robust),
        "explanations": [
            explanation_document(explain(comparison, first, other)) for other in others
        ],
        "perspectives": [
            {
                "perspective": view.perspective,
                "criteria": list(view.criteria),
                "weight": view.weight,
                "scores": [{"option": o, "low": low, "high": high} for o, low, high in view.scores],
                "best": list(view.best),
                "worst": list(view.worst),
            }
            for view in view_perspectives(comparison)
        ],
    }

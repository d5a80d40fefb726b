"""Multi-criteria decision support for integral public questions: lenses, options, scenarios.

Examples
--------
>>> import afweging as afw
>>> problem = afw.read_problem("scenarios/kantoor")
>>> result = afw.compare(problem)
>>> result.ranking[0].id
'addison'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from afweging import charts
    from afweging.analysis import tables
    from afweging.analysis.compare import compare
    from afweging.analysis.explain import explain
    from afweging.analysis.opinion import SecondOpinion
    from afweging.analysis.robustness import Robustness, robustness
    from afweging.analysis.second_opinion import second_opinion, to_decision_matrix
    from afweging.errors import (
        AfwegingError,
        OutputError,
        PreferenceError,
        ProblemFileError,
        RequestError,
    )
    from afweging.io.canonical import problem_digest
    from afweging.io.problem_file import read_problem, write_problem
    from afweging.live.held import read_session
    from afweging.memo.results import with_session
    from afweging.model.problem import DecisionProblem
    from afweging.model.result import Comparison, Explanation, Request

__all__ = [
    "AfwegingError",
    "Comparison",
    "DecisionProblem",
    "Explanation",
    "OutputError",
    "PreferenceError",
    "ProblemFileError",
    "Request",
    "RequestError",
    "Robustness",
    "SecondOpinion",
    "charts",
    "compare",
    "explain",
    "problem_digest",
    "read_problem",
    "read_session",
    "robustness",
    "second_opinion",
    "tables",
    "to_decision_matrix",
    "with_session",
    "write_problem",
]

_HOME = {
    "AfwegingError": "errors",
    "Comparison": "model.result",
    "DecisionProblem": "model.problem",
    "Explanation": "model.result",
    "OutputError": "errors",
    "PreferenceError": "errors",
    "ProblemFileError": "errors",
    "Request": "model.result",
    "RequestError": "errors",
    "Robustness": "analysis.robustness",
    "SecondOpinion": "analysis.opinion",
    "compare": "analysis.compare",
    "explain": "analysis.explain",
    "problem_digest": "io.canonical",
    "read_problem": "io.problem_file",
    "read_session": "live.held",
    "robustness": "analysis.robustness",
    "second_opinion": "analysis.second_opinion",
    "to_decision_matrix": "analysis.second_opinion",
    "with_session": "memo.results",
    "write_problem": "io.problem_file",
}
_MODULES = {"charts": "afweging.charts", "tables": "afweging.analysis.tables"}


def __getattr__(name: str) -> object:
    """Load a public name on first use, so that importing the package stays cheap."""
    if name in _MODULES:
        return import_module(_MODULES[name])
    if name not in _HOME:
        msg = f"module 'afweging' has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(f"afweging.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted([*__all__, "__version__"])

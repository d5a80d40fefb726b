"""Requirements that cannot be compensated: screened before scoring, and always shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from afweging.errors import Fault, RequestError
from afweging.methods.aggregation import ordered_sum
from afweging.model.result import Screening, Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from afweging.model.problem import DecisionProblem, Requirement
    from afweging.model.result import Cases, Comparison

    FloatArray = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]

SHARE_TOLERANCE = 1e-9


def screen(problem: DecisionProblem, cases: Cases, share: FloatArray) -> tuple[Screening, ...]:
    """Return how every option fares on every requirement over the cases with weights `share`."""
    found: list[Screening] = []
    for requirement in problem.requirements:
        fails, unknown = failing_cases(problem, cases, requirement)
        for a, alternative in enumerate(problem.alternatives):
            found.append(_screening(requirement, alternative.id, fails[:, a], unknown[:, a], share))
    return tuple(found)


def admissible_options(comparison: Comparison) -> tuple[str, ...]:
    """Return the options that meet the requirements, in the order of the problem."""
    pairs = zip(comparison.problem.alternatives, comparison.admissible, strict=True)
    return tuple(alternative.id for alternative, allowed in pairs if allowed)


def require_effects(comparison: Comparison) -> None:
    """Refuse a comparison in which effects are missing, for a question that needs them all.

    Raises
    ------
    RequestError
        With the number of effects that are missing.
    """
    missing = sum(comparison.gaps.values())
    if missing:
        raise RequestError([Fault("group-needs-effects", value=missing)])


def failing_cases(
    problem: DecisionProblem, cases: Cases, requirement: Requirement
) -> tuple[BoolArray, BoolArray]:
    """Return in which cases each option fails, and in which a gap hides it; both (S, A)."""
    names = [criterion.id for criterion in problem.criteria]
    c = names.index(requirement.criterion)
    effects = problem.effects.mode[cases.rows][:, :, c]
    rises = problem.criteria[c].direction == "max"
    worse = effects < requirement.threshold if rises else effects > requirement.threshold
    return worse, np.isnan(effects)


def _screening(
    requirement: Requirement,
    alternative: str,
    fails: BoolArray,
    unknown: BoolArray,
    share: FloatArray,
) -> Screening:
    surely = float(ordered_sum(share * fails))
    maybe = float(ordered_sum(share * (fails | unknown)))
    limit = requirement.tolerated_share + SHARE_TOLERANCE
    verdict: Literal["meets", "fails", "depends"] = "depends"
    if surely > limit:
        verdict = "fails"
    elif maybe <= limit:
        verdict = "meets"
    return Screening(
        requirement=requirement.id,
        alternative=alternative,
        failing_share=Span(surely, maybe),
        failing_cases=(int(fails.sum()), int((fails | unknown).sum())),
        tolerated_share=requirement.tolerated_share,
        verdict=verdict,
    )


def certainly_admissible(problem: DecisionProblem, screening: tuple[Screening, ...]) -> BoolArray:
    """Return which options stay in whatever the gaps turn out to be, shape (A,).

    Where no option meets the requirements all stay in, and that is certain too.
    """
    fails = {each.alternative for each in screening if each.verdict == "fails"}
    doubt = {each.alternative for each in screening if each.verdict == "depends"}
    ids = [alternative.id for alternative in problem.alternatives]
    if fails.issuperset(ids):
        return np.ones(len(ids), dtype=bool)
    return np.array([name not in fails | doubt for name in ids])


def admissible(problem: DecisionProblem, screening: tuple[Screening, ...]) -> BoolArray:
    """Return which options meet every requirement, shape (A,).

    An option whose verdict depends on a gap stays in. Where no option meets them all, none is
    left out: the reader is told, and sees the scores as they are.
    """
    out = {each.alternative for each in screening if each.verdict == "fails"}
    allowed = np.array([alternative.id not in out for alternative in problem.alternatives])
    return allowed if allowed.any() else np.ones_like(allowed)

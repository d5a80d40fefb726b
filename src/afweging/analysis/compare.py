"""Compare the options of a decision problem: scores, ranking, regret, winners, evidence."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from afweging.analysis.cases import case_weights, select_cases
from afweging.analysis.exchange import exchange_rates
from afweging.analysis.notices import notices
from afweging.analysis.screening import admissible, certainly_admissible, screen
from afweging.analysis.values import mode_values
from afweging.analysis.weights import global_weights, members, panel_weights
from afweging.errors import Fault, RequestError
from afweging.methods.aggregation import ordered_sum, weighted_mean, weighted_sum
from afweging.methods.ranking import dominance, leaders, rank_bounds
from afweging.methods.robustness import regret, share_first, worst_states
from afweging.model.provenance import EVIDENCE
from afweging.model.result import (
    AXES,
    Bounds,
    Comparison,
    First,
    RankedAlternative,
    Regret,
    RegretFound,
    Request,
    Scores,
    Weights,
    Winners,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from afweging.model.preference import Profile
    from afweging.model.problem import DecisionProblem
    from afweging.model.provenance import Evidence
    from afweging.model.result import Axis, Cases

    FloatArray = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class _Field:
    """Who takes part in the ranking.

    `allowed`, shape (A,), says who is not screened out; `certain`, per allowed option, that no
    gap in the effects can screen it out either.
    """

    allowed: BoolArray
    certain: BoolArray


def compare(problem: DecisionProblem, request: Request | None = None) -> Comparison:
    """Return the comparison of the options of `problem`.

    Parameters
    ----------
    problem : DecisionProblem
    request : Request, optional
        Whose weights, which cases and how they weigh; by default the weights of the value tree,
        all cases, equal weights for regions and horizons, and no likelihoods.

    Raises
    ------
    RequestError
        When the request names something that the problem does not have.

    References
    ----------
    Additive value model: Keeney and Raiffa (1976), Decisions with Multiple Objectives.
    """
    request = request or Request()
    cases = select_cases(problem, request)
    profile = find_profile(problem, request.profile)
    weights = _weights(problem, cases, profile)
    scores = _scores(problem, cases, weights)
    screening = screen(problem, cases, weights.cases)
    allowed = admissible(problem, screening)
    field = _Field(allowed, certainly_admissible(problem, screening)[allowed])
    return Comparison(
        problem=problem,
        request=request,
        cases=cases,
        weights=weights,
        scores=scores,
        screening=screening,
        admissible=tuple(allowed.tolist()),
        ranking=rank(_options(problem), scores.expected, field),
        regret=_regret(problem, cases, scores, field),
        first=_first(problem, cases, weights, scores, field),
        dominated=_dominated(_options(problem), scores.values),
        exchange=exchange_rates(problem.criteria, weights.criteria),
        evidence=_evidence(problem, cases, weights),
        gaps=_gaps(problem, cases),
        notices=notices(problem, request, cases, weights.criteria, profile),
    )


def _options(problem: DecisionProblem) -> tuple[str, ...]:
    return tuple(alternative.id for alternative in problem.alternatives)


def _weights(problem: DecisionProblem, cases: Cases, profile: Profile | None) -> Weights:
    criteria = global_weights(problem.tree, profile)
    lenses = members(problem.tree, problem.tree.children)
    return Weights(
        cases=case_weights(cases),
        criteria=criteria,
        lenses=ordered_sum(lenses * criteria),
        panel=panel_weights(problem),
        perspectives=_perspectives(problem, criteria),
    )


def _scores(problem: DecisionProblem, cases: Cases, weights: Weights) -> Scores:
    values = mode_values(problem, cases.rows)
    by_case = score(values, weights.criteria)
    means = mean_over_cases(values, weights.cases)
    contributions = contribute(means, weights.criteria)
    return Scores(
        values=values,
        means=means,
        cases=by_case,
        expected=total(contributions),
        criteria=contributions,
        lenses=_per_lens(contributions, members(problem.tree, problem.tree.children)),
        panel=_panel_scores(means, weights.panel),
        axes=MappingProxyType({axis: _by_axis(by_case, cases, axis) for axis in AXES}),
    )


def _regret(problem: DecisionProblem, cases: Cases, scores: Scores, field: _Field) -> RegretFound:
    names, scenarios = _options(problem), cases.ids["scenario"]

    def regret_of(part: Bounds) -> Bounds:
        return Bounds(*regret(part.low, part.high, certain=field.certain))

    by_scenario = _among(scores.axes["scenario"], field.allowed, regret_of)
    by_case = _among(scores.cases, field.allowed, regret_of)
    labels = [" / ".join(label) for label in cases.labels]
    return RegretFound(
        by_scenario=by_scenario,
        by_case=by_case,
        over_scenarios=_greatest(names, by_scenario, scenarios),
        over_cases=_greatest(names, by_case, labels),
        lowest_score=_lowest(names, scores.axes["scenario"], scenarios),
    )


def _first(
    problem: DecisionProblem, cases: Cases, weights: Weights, scores: Scores, field: _Field
) -> First:
    names = _options(problem)
    profiles = [profile.id for profile in problem.panel]

    def share(part: Bounds) -> Bounds:
        return Bounds(*share_first(part.low, part.high, weights.cases, certain=field.certain))

    return First(
        overall=_winners(names, "all", scores.expected, field),
        axes=MappingProxyType(
            {axis: _per_group(names, cases.ids[axis], scores.axes[axis], field) for axis in AXES}
        ),
        profiles=_per_group(names, profiles, scores.panel, field),
        share=_among(scores.cases, field.allowed, share),
    )


def find_profile(problem: DecisionProblem, name: str | None) -> Profile | None:
    """Return the profile called `name`; None stands for the weights of the value tree.

    Raises
    ------
    RequestError
        When there is no such profile, or it has no weights yet.
    """
    if name is None:
        return None
    for profile in (*problem.profiles, *problem.borrowed):
        if profile.id == name and not profile.has_weights:
            raise RequestError([Fault("profile-without-weights", value=name)])
        if profile.id == name:
            return profile
    known = tuple(profile.id for profile in problem.profiles)
    raise RequestError(
        [Fault("unknown-name", value=name, facts={"what": "profile", "known": known})]
    )


def score(values: Bounds, weights: FloatArray) -> Bounds:
    """Return the scores, shape (S, A), of values of shape (S, A, C)."""
    low = weighted_sum(values.low, weights)
    return Bounds(low, low if values.low is values.high else weighted_sum(values.high, weights))


def mean_over_cases(values: Bounds, share: FloatArray) -> Bounds:
    """Return the mean values, shape (A, C), of values of shape (S, A, C)."""
    low = weighted_mean(values.low, share)
    return Bounds(low, low if values.low is values.high else weighted_mean(values.high, share))


def contribute(means: Bounds, weights: FloatArray) -> Bounds:
    """Return the contribution of each criterion to the score, shape (A, C)."""
    return Bounds(means.low * weights, means.high * weights)


def total(contributions: Bounds) -> Bounds:
    """Return the expected scores, shape (A,), that the contributions add up to."""
    return Bounds(ordered_sum(contributions.low), ordered_sum(contributions.high))


def _per_lens(contributions: Bounds, lenses: BoolArray) -> Bounds:
    low, high = (
        ordered_sum(part[:, None, :] * lenses) for part in (contributions.low, contributions.high)
    )
    return Bounds(low, high)


def _panel_scores(means: Bounds, panel: FloatArray) -> Bounds:
    """Return the expected score of each alternative under each profile, shape (P, A)."""
    low, high = (ordered_sum(panel[:, None, :] * part) for part in (means.low, means.high))
    return Bounds(low, high)


def _by_axis(scores: Bounds, cases: Cases, axis: Axis) -> Bounds:
    """Return the mean scores per scenario, region or horizon, shape (G, A)."""
    place = AXES.index(axis)
    others = [each for each in AXES if each != axis]
    share = np.multiply.outer(*(cases.weights[each] for each in others)).ravel()
    shape = tuple(len(cases.ids[each]) for each in AXES)

    def mean(part: FloatArray) -> FloatArray:
        grid = np.moveaxis(part.reshape(*shape, -1), place, 0)  # (G, others, others, A)
        flat = grid.reshape(shape[place], len(share), -1)
        return ordered_sum(flat * share[None, :, None], axis=1)

    return Bounds(mean(scores.low), mean(scores.high))


def _among(scores: Bounds, allowed: BoolArray, measure: Callable[[Bounds], Bounds]) -> Bounds:
    """Return `measure` among the admissible options; NaN for the others."""
    some = measure(Bounds(scores.low[:, allowed], scores.high[:, allowed]))

    def spread(part: FloatArray) -> FloatArray:
        full = np.full((*part.shape[:-1], len(allowed)), np.nan)
        full[..., allowed] = part
        return full

    return Bounds(spread(some.low), spread(some.high))


def rank(names: Sequence[str], expected: Bounds, field: _Field) -> tuple[RankedAlternative, ...]:
    """Return the ranking, best first; options that are screened out follow, without a rank."""
    allowed = field.allowed
    best, worst = rank_bounds(expected.low[allowed], expected.high[allowed], certain=field.certain)
    ranks = dict(zip(np.flatnonzero(allowed).tolist(), zip(best, worst, strict=True), strict=True))
    lines = [
        RankedAlternative(
            name,
            int(ranks[i][0]) if i in ranks else None,
            int(ranks[i][1]) if i in ranks else None,
            expected.at(i),
        )
        for i, name in enumerate(names)
    ]
    return tuple(sorted(lines, key=_place))


def _place(line: RankedAlternative) -> tuple[bool, float, float, float]:
    return (line.rank is None, line.rank or 0, line.worst_rank or 0, -line.score.high)


def _winners(names: Sequence[str], of: str, scores: Bounds, field: _Field) -> Winners:
    low, high = scores.low[field.allowed], scores.high[field.allowed]
    first, settled = leaders(low, high, certain=field.certain)
    chosen = np.flatnonzero(field.allowed)[first]
    return Winners(of, tuple(names[i] for i in chosen), bool(settled))


def _per_group(
    names: Sequence[str], groups: Sequence[str], scores: Bounds, field: _Field
) -> tuple[Winners, ...]:
    return tuple(
        _winners(names, group, Bounds(scores.low[g], scores.high[g]), field)
        for g, group in enumerate(groups)
    )


def _lowest(names: Sequence[str], scores: Bounds, scenarios: Sequence[str]) -> tuple[Regret, ...]:
    """Return per option its lowest score over the scenarios and where that is or can be."""
    where = worst_states(scores.low, scores.high, lowest=True)
    spans = Bounds(scores.low.min(axis=0), scores.high.min(axis=0))
    return tuple(
        Regret(name, spans.at(i), _named(scenarios, where[:, i])) for i, name in enumerate(names)
    )


def _greatest(names: Sequence[str], regrets: Bounds, states: Sequence[str]) -> tuple[Regret, ...]:
    """Return per admissible option its greatest regret and the states that (can) cause it."""
    where = worst_states(regrets.low, regrets.high, lowest=False)
    spans = Bounds(regrets.low.max(axis=0), regrets.high.max(axis=0))
    return tuple(
        Regret(name, spans.at(i), _named(states, where[:, i]))
        for i, name in enumerate(names)
        if not np.isnan(spans.low[i])
    )


def _named(states: Sequence[str], chosen: BoolArray) -> tuple[str, ...]:
    return tuple(state for state, each in zip(states, chosen, strict=True) if each)


def _dominated(names: Sequence[str], values: Bounds) -> tuple[tuple[str, str], ...]:
    found = dominance(values.low, values.high)
    return tuple((names[k], names[i]) for k, i in np.argwhere(found.T).tolist())


def _perspectives(problem: DecisionProblem, weights: FloatArray) -> Mapping[str, float]:
    """Return the share of the weight on criteria that carry each perspective."""
    carried = [criterion.perspective for criterion in problem.criteria]
    return MappingProxyType(
        {
            each.id: float(ordered_sum(weights * [name == each.id for name in carried]))
            for each in problem.perspectives
        }
    )


def _evidence(problem: DecisionProblem, cases: Cases, weights: Weights) -> Mapping[Evidence, float]:
    """Return the share of the result per evidence mark: by weight of cases and criteria."""
    known = ~np.isnan(problem.effects.mode[cases.rows])
    marks = np.where(known, problem.effects.evidence[cases.rows], -1)  # a gap rests on nothing
    found: dict[Evidence, float] = {}
    for code, mark in enumerate(EVIDENCE):
        per_criterion = weighted_mean((marks == code).astype(float), weights.cases)  # (A, C)
        per_option = weighted_sum(per_criterion, weights.criteria)
        found[mark] = min(float(ordered_sum(per_option) / len(per_option)), 1.0)  # rounding
    return MappingProxyType(found)


def _gaps(problem: DecisionProblem, cases: Cases) -> Mapping[str, int]:
    missing = np.isnan(problem.effects.mode[cases.rows]).sum(axis=(0, 2))
    names = (alternative.id for alternative in problem.alternatives)
    return MappingProxyType(
        {name: int(count) for name, count in zip(names, missing, strict=True) if count}
    )

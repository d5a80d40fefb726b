"""What the reader must know before trusting a comparison: computed, never assumed."""

from __future__ import annotations

from itertools import combinations
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from afweging.analysis.rescaling import changed_ranges
from afweging.methods.aggregation import correlations, ordered_sum
from afweging.model.criterion import criteria_under
from afweging.model.result import Notice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from afweging.model.criterion import Criterion
    from afweging.model.preference import Profile
    from afweging.model.problem import DecisionProblem
    from afweging.model.result import Cases, Request

    FloatArray = NDArray[np.float64]
    Found = Iterator[tuple[str, dict[str, object]]]

NARROW = 0.1  # share of the scale
STRONG = 0.8  # absolute correlation


def notices(
    problem: DecisionProblem,
    request: Request,
    cases: Cases,
    weights: FloatArray,
    profile: Profile | None,
) -> tuple[Notice, ...]:
    """Return every warning that applies, in a fixed order."""
    return tuple(
        Notice(code, MappingProxyType(facts))
        for found in (
            _without_source(problem, cases),
            _narrow_criteria(problem, cases),
            _clipped(problem, cases),
            _correlated(problem, cases),
            _shared_sources(problem, cases),
            _packages(problem),
            _exclusions(problem),
            _unlike_definitions(problem, request, cases),
            _written_about(profile),
            _awaited(problem),
            _rescaled(problem),
            _without_ranges(problem, profile),
            _zero_weights(problem, weights),
        )
        for code, facts in found
    )


def _spread(problem: DecisionProblem, cases: Cases) -> FloatArray:
    """Return per criterion the widest range over the options in one case, as share of the scale.

    NaN where an effect is a gap: the range is then not known.
    """
    mode = problem.effects.mode[cases.rows]  # (S, A, C)
    width = np.max(mode.max(axis=1) - mode.min(axis=1), axis=0)
    return np.asarray(width / _scales(problem), dtype=float)


def _without_source(problem: DecisionProblem, cases: Cases) -> Found:
    """Yield how many effects name no source, not even a stated assumption."""
    known = ~np.isnan(problem.effects.mode[cases.rows])
    bare = known & (problem.effects.source[cases.rows] < 0)
    if bare.any():
        yield "no-source", {"count": int(bare.sum()), "total": int(known.sum())}


def _scales(problem: DecisionProblem) -> FloatArray:
    return np.array([abs(c.best - c.worst) for c in problem.criteria])


def _narrow_criteria(problem: DecisionProblem, cases: Cases) -> Found:
    if len(problem.alternatives) < 2:
        return
    for criterion, share in zip(problem.criteria, _spread(problem, cases), strict=True):
        if share < NARROW:
            yield "narrow-range", {"criterion": criterion.id, "share": float(share)}


def _clipped(problem: DecisionProblem, cases: Cases) -> Found:
    """Yield criteria with effects beyond the scale that count as its end."""
    mode = problem.effects.mode[cases.rows]
    for c, criterion in enumerate(problem.criteria):
        if criterion.outside != "clip":
            continue
        low, high = _domain(criterion)
        count = int(((mode[..., c] < low) | (mode[..., c] > high)).sum())
        if count:
            yield "clipped", {"criterion": criterion.id, "count": count}


def _domain(criterion: Criterion) -> tuple[float, float]:
    points = getattr(criterion.value_function, "points", ())
    levels = [criterion.worst, criterion.best, *(x for x, _ in points)]
    return min(levels), max(levels)


def _correlated(problem: DecisionProblem, cases: Cases) -> Found:
    """Yield pairs of criteria that move together over the options, the cases' own level aside."""
    start = np.array([criterion.worst for criterion in problem.criteria])
    swing = np.array([criterion.best for criterion in problem.criteria]) - start
    mode = (problem.effects.mode[cases.rows] - start) / swing  # higher is better, in no unit
    complete: NDArray[np.bool_] = np.asarray(~np.isnan(mode).any(axis=2))  # (S, A)
    complete &= complete.sum(axis=1, keepdims=True) >= 3  # two options always move together
    columns = np.where(complete[..., None], mode, 0.0)
    count = np.maximum(complete.sum(axis=1), 1)[:, None]
    mean = ordered_sum(columns, axis=1)[:, None, :] / count[..., None]  # (S, 1, C)
    centred = (columns - mean)[complete]
    if not len(centred):
        return
    rho = correlations(centred)
    for a, b in combinations(range(len(problem.criteria)), 2):
        if abs(rho[a, b]) > STRONG:
            pair = {"first": problem.criteria[a].id, "second": problem.criteria[b].id}
            yield "correlated", {**pair, "rho": float(rho[a, b])}


def _shared_sources(problem: DecisionProblem, cases: Cases) -> Found:
    """Yield sources that effects under more than one lens rest on, directly or at one remove.

    A stated assumption may serve every lens; only what was found elsewhere can be counted twice.
    """
    used = problem.effects.source[cases.rows]
    lenses: dict[str, set[str]] = {}
    place = {criterion.id: c for c, criterion in enumerate(problem.criteria)}
    for lens in problem.tree.children:
        columns = [place[criterion.id] for criterion in criteria_under(lens)]
        for code in np.unique(used[..., columns]).tolist():
            if code >= 0:
                source = problem.sources[code]
                for name in source.based_on or (source.id,):
                    lenses.setdefault(name, set()).add(lens.id)
    order = [lens.id for lens in problem.tree.children]
    for source in problem.sources:
        if source.kind == "assumption":
            continue
        found = [name for name in order if name in lenses.get(source.id, ())]
        if len(found) > 1:
            yield "shared-source", {"source": source.id, "lenses": tuple(found)}


def _packages(problem: DecisionProblem) -> Found:
    known = {alternative.id for alternative in problem.alternatives}
    for alternative in problem.alternatives:
        parts = tuple(part for part in alternative.parts if part in known)
        if parts:
            yield "package", {"option": alternative.id, "parts": parts}


def _exclusions(problem: DecisionProblem) -> Found:
    for alternative in problem.alternatives:
        if alternative.requires:
            yield "requires", {"option": alternative.id, "others": alternative.requires}


def _unlike_definitions(problem: DecisionProblem, request: Request, cases: Cases) -> Found:
    """Yield the weight set in use when the figures that count differ in year or definition."""
    sources = {source.id: source for source in problem.sources}
    for found in problem.region_weights:
        if found.id != request.region_weights:
            continue
        used = [w for w in found.weights if w.id in cases.ids["region"] and w.value is not None]
        cited = [sources[w.source] for w in used if w.source]
        years = {source.date[:4] for source in cited if source.date}
        definitions = {source.definition for source in cited}
        if len(years) > 1 or len(definitions) > 1:
            yield "unlike-figures", {"set": found.id, "years": tuple(sorted(years))}


def _written_about(profile: Profile | None) -> Found:
    if profile is not None and profile.origin == "about":
        yield "written-about", {"profile": profile.id}


def _awaited(problem: DecisionProblem) -> Found:
    """Yield the profiles that take no part: their people have not been asked yet."""
    waiting = tuple(each.id for each in problem.profiles if not each.has_weights)
    if waiting:
        yield "awaited", {"profiles": waiting}


def _rescaled(problem: DecisionProblem) -> Found:
    """Yield each profile whose weights were given for other ranges than the scales have now."""
    for profile in problem.panel:
        changed = tuple(each.criterion for each in changed_ranges(problem.tree, profile))
        if changed and profile.rescale:
            yield "rescaled", {"profile": profile.id, "criteria": changed}


def _without_ranges(problem: DecisionProblem, profile: Profile | None) -> Found:
    """Yield the profiles whose weights were given without the ranges in view."""
    without = tuple(each.id for each in problem.panel if not each.ranges)
    if without:
        used = profile.id if profile is not None and profile.id in without else None
        yield "no-ranges", {"profiles": without, "used": used}


def _zero_weights(problem: DecisionProblem, weights: FloatArray) -> Found:
    idle = tuple(c.id for c, w in zip(problem.criteria, weights, strict=True) if w == 0)
    if idle:
        yield "zero-weight", {"criteria": idle}

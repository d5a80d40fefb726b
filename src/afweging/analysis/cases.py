"""Which cases are compared, and how they weigh."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from afweging.errors import Fault, RequestError
from afweging.methods.weighting import normalise
from afweging.model.result import AXES, Cases

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from afweging.model.problem import CaseWeightSet, DecisionProblem, Label
    from afweging.model.result import Axis, Comparison, Request

    FloatArray = NDArray[np.float64]

SUM_TOLERANCE = 1e-6


def select_cases(problem: DecisionProblem, request: Request) -> Cases:
    """Return the cases that `request` asks for, with their weights.

    Raises
    ------
    RequestError
        When an id is unknown, a weight set lacks a number that is needed, or likelihoods do not
        add up.
    """
    labels: dict[Axis, tuple[Label, ...]] = {
        "scenario": problem.scenarios,
        "region": problem.regions,
        "horizon": problem.horizons,
    }
    asked = {"scenario": request.scenarios, "region": request.regions, "horizon": request.horizons}
    faults: list[Fault] = []
    ids = {axis: _chosen(labels[axis], asked[axis], axis, faults) for axis in AXES}
    if faults:
        raise RequestError(faults)
    weights = {
        "scenario": _likelihoods(problem, request, ids["scenario"]),
        "region": _named(problem.region_weights, request.region_weights, ids["region"], "region"),
        "horizon": _named(
            problem.horizon_weights, request.horizon_weights, ids["horizon"], "horizon"
        ),
    }
    likely = bool(request.likelihoods or request.likelihood_set)
    return Cases(ids, weights, _rows(labels, ids), likely)  # type: ignore[arg-type]


def _chosen(
    labels: Sequence[Label], asked: Sequence[str], axis: Axis, faults: list[Fault]
) -> tuple[str, ...]:
    known = tuple(label.id for label in labels)
    facts = {"what": axis, "known": known}
    faults += [
        Fault("unknown-name", value=name, facts=facts) for name in asked if name not in known
    ]
    return tuple(name for name in known if not asked or name in asked)


def _rows(
    labels: Mapping[Axis, Sequence[Label]], ids: Mapping[Axis, Sequence[str]]
) -> NDArray[np.intp]:
    """Return the rows of the chosen cases on the first axis of the effects."""
    grid = np.arange(np.prod([len(labels[axis]) for axis in AXES])).reshape(
        *(len(labels[axis]) for axis in AXES)
    )
    chosen = (np.flatnonzero([label.id in ids[axis] for label in labels[axis]]) for axis in AXES)
    return grid[np.ix_(*chosen)].ravel()


def _equal(count: int) -> FloatArray:
    return np.full(count, 1 / count)


def _named(sets: Sequence[CaseWeightSet], name: str, ids: Sequence[str], axis: Axis) -> FloatArray:
    """Return the weights of a named set for `ids`; `equal` always exists."""
    found = next((each for each in sets if each.id == name), None)
    if found is None:
        if name == "equal":
            return _equal(len(ids))
        known = ("equal", *(each.id for each in sets))
        facts = {"what": f"{axis}-weights", "known": known}
        raise RequestError([Fault("unknown-name", value=name, facts=facts)])
    value = {weight.id: weight.value for weight in found.weights}
    absent = [each for each in ids if value[each] is None]
    if absent:
        facts = {"what": axis, "missing": absent}
        raise RequestError([Fault("case-weight-not-found", value=name, facts=facts)])
    numbers = np.array([value[each] for each in ids], dtype=float)
    if not numbers.any():
        raise RequestError([Fault("case-weights-all-zero", value=name, facts={"what": axis})])
    return normalise(numbers)


def _likelihoods(problem: DecisionProblem, request: Request, ids: Sequence[str]) -> FloatArray:
    """Return the weight of each scenario: stated likelihoods, or equal where none is stated."""
    if request.likelihood_set is not None:
        return _named(problem.scenario_likelihoods, request.likelihood_set, ids, "scenario")
    if not request.likelihoods:
        return _equal(len(ids))
    given = dict(request.likelihoods)
    faults = [
        Fault("unknown-name", value=name, facts={"what": "scenario", "known": tuple(ids)})
        for name in given
        if name not in ids
    ]
    faults += [Fault("likelihood-missing", value=name) for name in ids if name not in given]
    faults += [
        Fault("likelihood-range", value=value, facts={"scenario": name})
        for name, value in given.items()
        if not 0 <= value <= 100
    ]
    total = sum(given.values())
    if not faults and min(abs(total - 1), abs(total / 100 - 1)) > SUM_TOLERANCE:
        faults.append(Fault("likelihood-sum", value=total))
    if faults:
        raise RequestError(faults)
    return normalise(np.array([given[name] for name in ids]))


def case_weights(cases: Cases) -> FloatArray:
    """Return the weight of every case, shape (S,): scenario x region x horizon."""
    scenario, region, horizon = (cases.weights[axis] for axis in AXES)
    return np.asarray(np.einsum("s,r,h->srh", scenario, region, horizon).ravel(), dtype=float)


def equal_cases(comparison: Comparison) -> bool:
    """Return whether all cases weigh the same, so that a share of the weight counts cases."""
    weights = comparison.weights.cases
    return bool(weights.max() - weights.min() <= SUM_TOLERANCE / len(weights))

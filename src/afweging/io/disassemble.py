"""From the records of the model back to plain documents and columns of text; nothing is lost."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

import numpy as np

from afweging.io.assemble import THE_ONLY
from afweging.io.effects_table import COLUMNS
from afweging.io.numbers import write_number
from afweging.model.criterion import (
    Criterion,
    Exponential,
    Group,
    Ordinal,
    PiecewiseLinear,
    ValueFunction,
)
from afweging.model.provenance import DISTRIBUTIONS, EVIDENCE
from afweging.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from afweging.model.preference import Profile
    from afweging.model.problem import (
        CaseWeight,
        CaseWeightSet,
        DecisionProblem,
        Label,
        Requirement,
    )
    from afweging.model.provenance import Source

Plain = dict[str, object]


def problem_document(problem: DecisionProblem) -> Plain:
    """Return the contents of problem.yaml."""
    known = {criterion.id: criterion for criterion in problem.criteria}
    parts: Plain = {
        "id": problem.id,
        "title": _text(problem.title),
        "description": None if problem.description is None else _text(problem.description),
        "date": problem.date,
        "tree": {k: v for k, v in _node(problem.tree).items() if k != "weight"},
        "options": _records(problem.alternatives),
        "scenarios": _axis(problem.scenarios),
        "regions": _axis(problem.regions),
        "horizons": _axis(problem.horizons),
        "requirements": [
            _requirement(requirement, known[requirement.criterion])
            for requirement in problem.requirements
        ],
        "region_weights": [_weight_set(found) for found in problem.region_weights],
        "horizon_weights": [_weight_set(found) for found in problem.horizon_weights],
        "scenario_likelihoods": [_weight_set(found) for found in problem.scenario_likelihoods],
        "portfolios": _records(problem.portfolios),
        "chain_stages": _records(problem.chain_stages),
        "perspectives": _records(problem.perspectives),
    }
    return {key: value for key, value in parts.items() if value not in (None, [])}


def profiles_document(problem: DecisionProblem) -> Plain:
    """Return the contents of profiles.yaml."""
    return {"profiles": [profile_document(profile) for profile in problem.profiles]}


def sources_document(problem: DecisionProblem) -> Plain:
    """Return the contents of sources.yaml."""
    return {"sources": [_source(source) for source in problem.sources]}


def _text(text: Text) -> object:
    return text.nl if text.en is None else {"nl": text.nl, "en": text.en}


def _record(record: object) -> Plain:
    """Return the fields of a frozen record that hold something, as plain values."""
    plain: Plain = {}
    for each in fields(record):  # type: ignore[arg-type]
        value = getattr(record, each.name)
        if value is None or value is False or (isinstance(value, tuple) and not value):
            continue
        plain[each.name] = _plain(value)
    return plain


def _plain(value: object) -> object:
    if isinstance(value, Text):
        return _text(value)
    if isinstance(value, tuple):
        return list(value)
    return _whole(value) if isinstance(value, float) else value


def _whole(value: float) -> float | int:
    """Return 28000.0 as 28000: how people write it, and never read as grouped thousands."""
    return int(value) if value.is_integer() and abs(value) < 1e15 else value


def _records(records: Iterable[object]) -> list[Plain]:
    return [_record(record) for record in records]


def _source(source: Source) -> Plain:
    plain = _record(source)
    if source.distribution == DISTRIBUTIONS[0]:
        del plain["distribution"]
    return plain


def _axis(labels: tuple[Label, ...]) -> list[Plain]:
    return [] if labels == (THE_ONLY,) else _records(labels)


def _node(node: Group | Criterion) -> Plain:
    if isinstance(node, Criterion):
        return _criterion(node)
    plain = {"id": node.id, "name": _text(node.name), "weight": _whole(node.weight)}
    if node.description is not None:
        plain["description"] = _text(node.description)
    return {**plain, "children": [_node(child) for child in node.children]}


def _criterion(criterion: Criterion) -> Plain:
    plain = _record(criterion)
    function = _value_function(criterion.value_function)
    if function is None:
        del plain["value_function"]
    else:
        plain["value_function"] = function
    if isinstance(criterion.value_function, Ordinal):
        del plain["worst"], plain["best"]
    return plain


def _value_function(function: ValueFunction) -> Plain | None:
    match function:
        case PiecewiseLinear(points):
            return {"shape": "piecewise", "points": [[_whole(x), _whole(v)] for x, v in points]}
        case Exponential(midvalue):
            return {"shape": "exponential", "midvalue": _whole(midvalue)}
        case Ordinal(classes):
            return {
                "shape": "ordinal",
                "classes": [
                    {"id": c.id, "name": _text(c.name), "value": _whole(c.value)} for c in classes
                ],
            }
        case _:
            return None


def _requirement(requirement: Requirement, criterion: Criterion) -> Plain:
    plain = _record(requirement)
    if isinstance(criterion.value_function, Ordinal):
        plain["threshold"] = criterion.value_function.classes[int(requirement.threshold)].id
    return plain


def _weight_set(found: CaseWeightSet) -> Plain:
    weights = {weight.id: _case_weight(weight) for weight in found.weights}
    return {**_record(found), "weights": weights}


def _case_weight(weight: CaseWeight) -> Plain:
    value = None if weight.value is None else _whole(weight.value)
    rest = {k: v for k, v in _record(weight).items() if k not in {"id", "value"}}
    return {"value": value, **rest}


def profile_document(profile: Profile) -> Plain:
    """Return a profile as it stands in the list of profiles.yaml."""
    plain = _record(profile)
    if profile.weights:
        plain["weights"] = {
            group: {child: _whole(weight) for child, weight in weights}
            for group, weights in profile.weights
        }
    if profile.judgements:
        plain["judgements"] = _records(profile.judgements)
    if profile.ranges:
        plain["ranges"] = {
            r.criterion: {"worst": _whole(r.worst), "best": _whole(r.best)} for r in profile.ranges
        }
    return plain


def effects_columns(problem: DecisionProblem) -> dict[str, list[str]]:
    """Return the columns of effects.csv as text, one row for every effect that is present."""
    effects = problem.effects
    labels = _labels(problem)
    rows = np.flatnonzero(effects.present.ravel())
    columns = {
        name: [labels[name][i] for i in ids] for name, ids in _indices(problem, rows).items()
    }
    ordinal = {
        i: [c.id for c in criterion.value_function.classes]
        for i, criterion in enumerate(problem.criteria)
        if isinstance(criterion.value_function, Ordinal)
    }
    criterion = _indices(problem, rows)["criterion"]
    for name in ("low", "mode", "high"):
        values = getattr(effects, name).ravel()[rows]
        columns[name] = [
            _estimate(value, ordinal.get(c)) for value, c in zip(values, criterion, strict=True)
        ]
    marks = {"evidence": (*EVIDENCE, ""), "source": (*(s.id for s in problem.sources), "")}
    for name, texts in marks.items():
        columns[name] = [texts[i] for i in getattr(effects, name).ravel()[rows]]
    return {name: columns[name] for name in COLUMNS if name in columns}


def _labels(problem: DecisionProblem) -> dict[str, list[str]]:
    axes = {
        "scenario": problem.scenarios,
        "region": problem.regions,
        "horizon": problem.horizons,
    }
    labels = {k: [label.id for label in v] for k, v in axes.items() if v != (THE_ONLY,)}
    labels["option"] = [alternative.id for alternative in problem.alternatives]
    labels["criterion"] = [criterion.id for criterion in problem.criteria]
    return labels


def _indices(problem: DecisionProblem, rows: np.ndarray) -> dict[str, list[int]]:
    """Return per axis the index of each flat row of the (S, A, C) array."""
    shape = (
        len(problem.scenarios),
        len(problem.regions),
        len(problem.horizons),
        len(problem.alternatives),
        len(problem.criteria),
    )
    names = ("scenario", "region", "horizon", "option", "criterion")
    found = np.unravel_index(rows, shape)
    labels = _labels(problem)
    return {
        name: index.tolist() for name, index in zip(names, found, strict=True) if name in labels
    }


def _estimate(value: float, classes: list[str] | None) -> str:
    if np.isnan(value):
        return ""
    return write_number(value) if classes is None else classes[int(value)]

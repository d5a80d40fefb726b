"""A comparison as one plain document: what `--json` prints in canonical form."""

from __future__ import annotations

import math
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from afweging.methods.ranking import rank_bounds
from afweging.model.result import AXES, Bounds, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from afweging.model.result import Comparison, Explanation
    from afweging.model.text import Text

    FloatArray = NDArray[np.float64]

FORMAT = "afweging-comparison/1"


class HasId(Protocol):
    """A part of a problem that has an id."""

    @property
    def id(self) -> str:
        """The id."""
        ...


def comparison_document(
    comparison: Comparison, *, digest: str, versions: Mapping[str, str]
) -> dict[str, object]:
    """Return the comparison as plain dicts, lists and numbers.

    Every number that may depend on a gap is either a number, or {"low": .., "high": ..}.
    """
    problem = comparison.problem
    return {
        "format": FORMAT,
        "versions": dict(versions),
        "problem": {
            "id": problem.id,
            "title": _text(problem.title),
            "date": problem.date,
            "digest": digest,
        },
        "request": plain(comparison.request),
        "names": _names(comparison),
        "cases": _cases(comparison),
        "weights": _weights(comparison),
        "ranking": plain(comparison.ranking),
        "scores": _scores(comparison),
        "regret": _regret(comparison),
        "first": _first(comparison),
        "screening": plain(comparison.screening),
        "dominated": [{"option": option, "by": other} for option, other in comparison.dominated],
        "exchange_rates": plain(comparison.exchange),
        "evidence": dict(comparison.evidence),
        "gaps": dict(comparison.gaps),
        "notices": plain(comparison.notices),
    }


def _ids(parts: Iterable[HasId]) -> list[str]:
    return [part.id for part in parts]


def _cases(comparison: Comparison) -> dict[str, object]:
    cases = comparison.cases
    return {
        "count": len(comparison.weights.cases),
        "likelihoods_stated": cases.likely,
        **{axis: _row(cases.weights[axis], cases.ids[axis]) for axis in AXES},
    }


def _weights(comparison: Comparison) -> dict[str, object]:
    problem, weights = comparison.problem, comparison.weights
    return {
        "lenses": _row(weights.lenses, _ids(problem.tree.children)),
        "criteria": _row(weights.criteria, _ids(problem.criteria)),
        "perspectives": dict(weights.perspectives),
    }


def _scores(comparison: Comparison) -> dict[str, object]:
    problem, scores, cases = comparison.problem, comparison.scores, comparison.cases
    options = _ids(problem.alternatives)
    return {
        "lenses": table(scores.lenses, options, _ids(problem.tree.children)),
        "criteria": table(scores.criteria, options, _ids(problem.criteria)),
        **{axis: table(scores.axes[axis], cases.ids[axis], options) for axis in AXES},
        "case": table(scores.cases, _case_labels(comparison), options),
        "case_rank": table(_case_ranks(comparison), _case_labels(comparison), options),
        "profile": table(scores.panel, _ids(problem.panel), options),
    }


def _case_ranks(comparison: Comparison) -> Bounds:
    """Return the ranks in each case, shape (S, A), among the options that meet the requirements."""
    allowed, scores = np.array(comparison.admissible), comparison.scores.cases
    found = np.full((2, *scores.low.shape), np.nan)
    found[:, :, allowed] = rank_bounds(scores.low[:, allowed], scores.high[:, allowed])
    return Bounds(*found)


def _regret(comparison: Comparison) -> dict[str, object]:
    found, options = comparison.regret, _ids(comparison.problem.alternatives)
    return {
        "scenario": table(found.by_scenario, comparison.cases.ids["scenario"], options),
        "case": table(found.by_case, _case_labels(comparison), options),
        "greatest_over_scenarios": plain(found.over_scenarios),
        "greatest_over_cases": plain(found.over_cases),
        "lowest_score": plain(found.lowest_score),
    }


def _first(comparison: Comparison) -> dict[str, object]:
    first, options = comparison.first, _ids(comparison.problem.alternatives)
    shares = [first.share.at(a) for a in range(len(options))]
    return {
        "overall": plain(first.overall),
        **{axis: plain(first.axes[axis]) for axis in AXES},
        "profile": plain(first.profiles),
        "share_of_cases": {name: plain(share) for name, share in zip(options, shares, strict=True)},
    }


def _case_labels(comparison: Comparison) -> list[str]:
    return [" / ".join(label) for label in comparison.cases.labels]


def explanation_document(explanation: Explanation) -> dict[str, object]:
    """Return an explanation as plain dicts, lists and numbers."""
    return {each.name: plain(getattr(explanation, each.name)) for each in fields(explanation)}


def _text(text: Text) -> dict[str, str]:
    return {"nl": text.nl, "en": text.in_language("en")}


def _names(comparison: Comparison) -> dict[str, dict[str, dict[str, str]]]:
    problem = comparison.problem
    groups = {
        "options": problem.alternatives,
        "lenses": problem.tree.children,
        "criteria": problem.criteria,
        "scenarios": problem.scenarios,
        "regions": problem.regions,
        "horizons": problem.horizons,
        "profiles": problem.profiles,
    }
    return {group: {part.id: _text(part.name) for part in parts} for group, parts in groups.items()}


def plain(value: object) -> object:
    """Return records as dicts, tuples as lists, spans as a number or as low and high."""
    if isinstance(value, Span):
        return span(value.low, value.high)
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if hasattr(value, "items"):
        return {key: plain(item) for key, item in value.items()}
    return value


def span(low: float, high: float) -> object:
    """Return one number, low and high where they differ, or None where there is none."""
    if math.isnan(low):
        return None
    return low if low == high else {"low": low, "high": high}


def table(
    bounds: Bounds, rows: Sequence[str], columns: Sequence[str]
) -> dict[str, dict[str, object]]:
    """Return a matrix as a dict of dicts."""
    return {
        row: {
            column: span(float(bounds.low[r, c]), float(bounds.high[r, c]))
            for c, column in enumerate(columns)
        }
        for r, row in enumerate(rows)
    }


def _row(numbers: FloatArray, names: Sequence[str]) -> dict[str, float]:
    return dict(zip(names, numbers.tolist(), strict=True))

"""The disagreement of two parties as one plain document, for canonical JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afweging.analysis.document import plain
from afweging.methods.ranking import SCORE_TOLERANCE
from afweging.model.criterion import Ordinal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from afweging.analysis.disagreement import Dispute, Side
    from afweging.model.criterion import Criterion

    FloatArray = NDArray[np.float64]

FORMAT = "afweging-disagreement/1"


def disagreement_document(dispute: Dispute) -> dict[str, object]:
    """Return the disagreement as plain dicts, lists and numbers."""
    split = dispute.split
    names = [criterion.id for criterion in _criteria(dispute)]
    return {
        "format": FORMAT,
        "request": plain(dispute.first.comparison.request),
        "options": list(dispute.options),
        "shared_estimates": dispute.shared,
        "same_case_weights": dispute.same_cases,
        "first": _side(dispute, dispute.first, split.first_lead),
        "second": _side(dispute, dispute.second, split.second_lead),
        "opposed": split.opposed,
        "difference": split.first_lead - split.second_lead,
        "values": split.values,
        "facts": split.facts,
        "kind": split.kind,
        "criteria": {
            name: {"values": values, "facts": facts, "total": values + facts}
            for name, values, facts in zip(
                names,
                split.values_by_criterion.tolist(),
                split.facts_by_criterion.tolist(),
                strict=True,
            )
        },
        "discuss": {
            "values": [names[c] for c in split.discuss_values],
            "facts": [names[c] for c in split.discuss_facts],
        },
    }


def _criteria(dispute: Dispute) -> tuple[Criterion, ...]:
    return dispute.first.comparison.problem.criteria


def _side(dispute: Dispute, side: Side, lead: float) -> dict[str, object]:
    """Return one party: who, their leads, mean weights, and what they expect."""
    problem = side.comparison.problem
    origin = {profile.id: profile.origin for profile in problem.profiles}
    return {
        "problem": problem.id,
        "profiles": [
            {"id": name, "origin": origin[name], "lead": each}
            for name, each in zip(side.profiles, side.leads.tolist(), strict=True)
        ],
        "lead": lead,
        "prefers": _preferred(dispute, lead),
        "weights": _row(dispute, side.mean_weights),
        "value_differences": _row(dispute, side.difference),
        "effects": _effects(dispute, side),
    }


def _preferred(dispute: Dispute, lead: float) -> str | None:
    if abs(lead) <= SCORE_TOLERANCE:
        return None
    return dispute.options[0 if lead > 0 else 1]


def _row(dispute: Dispute, numbers: FloatArray) -> dict[str, float]:
    ids = (criterion.id for criterion in _criteria(dispute))
    return dict(zip(ids, numbers.tolist(), strict=True))


def _effects(dispute: Dispute, side: Side) -> dict[str, object]:
    """Return the mean effects of both options; the places of classes have no mean."""
    return {
        criterion.id: None
        if isinstance(criterion.value_function, Ordinal)
        else dict(zip(dispute.options, side.effects[:, c].tolist(), strict=True))
        for c, criterion in enumerate(_criteria(dispute))
    }

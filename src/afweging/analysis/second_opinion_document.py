"""What other methods say, as one plain document for canonical JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afweging.analysis.document import plain

if TYPE_CHECKING:
    from afweging.analysis.opinion import MethodOpinion, SecondOpinion
    from afweging.model.result import Comparison

FORMAT = "afweging-second-opinion/1"


def second_opinion_document(comparison: Comparison, found: SecondOpinion) -> dict[str, object]:
    """Return the opinions as plain dicts, lists and numbers; None where a method did not run."""
    return {
        "format": FORMAT,
        "problem": comparison.problem.id,
        "request": plain(comparison.request),
        "basis": found.basis,
        "options": list(found.options),
        "criteria": list(found.criteria),
        "agreeing": [method.method for method in found.agreeing],
        "others": [method.method for method in found.others],
        "ours": _opinion(found, found.ours),
        "methods": [_opinion(found, method) for method in found.methods],
    }


def _opinion(found: SecondOpinion, method: MethodOpinion) -> dict[str, object]:
    ran = method.refusal is None
    return {
        "method": method.method,
        "same_as": method.same_as,
        "refusal": plain(method.refusal),
        "scores": dict(zip(found.options, method.scores, strict=True)) if ran else None,
        "ranks": dict(zip(found.options, method.ranks, strict=True)) if ran else None,
        "first": list(method.first) if ran else None,
        "agreement": method.agreement,
        "turned": [list(pair) for pair in method.turned] if ran else None,
        "compromise": list(method.compromise) or None,
        "stability": plain(method.stability) if ran else None,
    }

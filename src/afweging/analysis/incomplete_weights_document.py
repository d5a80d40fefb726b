"""What holds for all weights that are possible, as one plain document for canonical JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from afweging.analysis.incomplete_weights import IncompleteWeights
    from afweging.model.result import Comparison


def incomplete_weights_document(
    comparison: Comparison, found: IncompleteWeights
) -> dict[str, object]:
    """Return, by id, what each option can do and what each rule chooses.

    The greatest lead of an option is None where there are no others.
    """
    return {
        "weights": found.kind,
        "options": {
            option: _option(comparison, found, k) for k, option in enumerate(found.options)
        },
        "rules": {rule: list(picked) for rule, picked in found.choices.items()},
    }


def _option(comparison: Comparison, found: IncompleteWeights, place: int) -> dict[str, object]:
    criteria = [criterion.id for criterion in comparison.problem.criteria]
    rules, alone = found.rules, len(found.options) == 1
    weights = found.best_weights[place].tolist()
    return {
        "score": {"low": float(rules.maximin[place]), "high": float(rules.maximax[place])},
        "central_value": float(rules.central[place]),
        "possible_loss": float(rules.possible_loss[place]),
        "loses_against": list(found.against[place]),
        "best_rank": int(found.best_ranks[place]),
        "worst_rank": int(found.worst_ranks[place]),
        "can_be_first": bool(found.can_be_first[place]),
        "greatest_lead": None if alone else float(found.margins[place]),
        "weights_of_greatest_lead": None if alone else dict(zip(criteria, weights, strict=True)),
        "dominates": _names(found, found.dominates[place].tolist()),
        "dominates_absolutely": _names(found, found.absolutely[place].tolist()),
    }


def _names(found: IncompleteWeights, row: list[bool]) -> list[str]:
    return [name for name, dominated in zip(found.options, row, strict=True) if dominated]

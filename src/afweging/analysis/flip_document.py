"""What must differ for another option to come first, as one plain document for canonical JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afweging.analysis.document import plain

if TYPE_CHECKING:
    from afweging.analysis.flips import FlipAnswer, WeightFlip
    from afweging.model.result import Comparison

FORMAT = "afweging-flip/1"
PARTS = ("lenses", "criteria", "first_lenses", "first_criteria", "answers", "likelihoods")


def flip_document(comparison: Comparison, found: FlipAnswer) -> dict[str, object]:
    """Return the answer as plain dicts, lists and numbers."""
    return {
        "format": FORMAT,
        "problem": comparison.problem.id,
        "request": plain(comparison.request),
        "leader": found.leader,
        "challenger": found.challenger,
        "lead": found.lead,
        **{name: _flip(getattr(found, name)) for name in PARTS},
        "estimates": plain(found.estimates),
    }


def _flip(flip: WeightFlip | None) -> object:
    if flip is None:
        return None
    after = flip.after
    return {
        "before": dict(zip(flip.nodes, flip.before.tolist(), strict=True)),
        "after": None if after is None else dict(zip(flip.nodes, after.tolist(), strict=True)),
        "moved": flip.moved,
        "bound": flip.bound,
    }

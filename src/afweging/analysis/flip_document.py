"""What must differ for another option to come first, as one plain document for canonical JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afweging.analysis.document import plain

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from afweging.analysis.flips import FlipAnswer
    from afweging.analysis.weight_flips import NearestWeights, WeightFlip
    from afweging.model.result import Comparison

    FloatArray = NDArray[np.float64]

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
        **{name: weight_flip_document(getattr(found, name)) for name in PARTS},
        "estimates": plain(found.estimates),
        "room": plain(found.room),
    }


def weight_flip_document(flip: WeightFlip | None) -> dict[str, object] | None:
    """Return the smallest changes of weights, each with its bound; None where not asked."""
    if flip is None:
        return None
    return {
        "before": dict(zip(flip.nodes, flip.before.tolist(), strict=True)),
        "after": _named(flip.nodes, flip.after),
        "moved": flip.moved,
        "bound": flip.bound,
        "largest": _nearest(flip.nodes, flip.largest),
        "straight": _nearest(flip.nodes, flip.straight),
    }


def _nearest(nodes: tuple[str, ...], found: NearestWeights | None) -> dict[str, object] | None:
    if found is None:
        return None
    after = _named(nodes, found.after)
    return {"after": after, "distance": found.distance, "bound": found.bound}


def _named(nodes: tuple[str, ...], weights: FloatArray | None) -> dict[str, float] | None:
    return None if weights is None else dict(zip(nodes, weights.tolist(), strict=True))

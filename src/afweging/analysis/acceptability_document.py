"""How often each option is first under uncertain weights and effects, as one plain document."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from afweging.analysis.acceptability import AcceptabilityFound, Interval

    FloatArray = NDArray[np.float64]


def acceptability_document(found: AcceptabilityFound) -> dict[str, object]:
    """Return the result as plain dicts, lists and numbers; what is undefined is None.

    A share that is drawn stands between `low` and `high`, its 95 % interval; cases stand in the
    order of the comparison.
    """
    options = found.options
    return {
        "weights": found.kind,
        "participants": list(found.profiles),
        "draws": found.drawn.draws,
        "seed": found.seed,
        "exact": found.exact[0],
        "uncertain_estimates": found.uncertain,
        "estimates_together": dict(found.together),
        "estimates_uniform": found.spread._asdict(),
        "rank_shares": dict(
            zip(options, _cells(found.drawn.rank_shares, found.rank_intervals), strict=True)
        ),
        "winning_shares": _pairs(
            options, _cells(found.drawn.winning_shares, found.winning_intervals)
        ),
        "tie_shares": _pairs(options, _cells(found.drawn.tie_shares, found.tie_intervals)),
        "holistic": dict(zip(options, found.holistic.tolist(), strict=True)),
        "central_weights": {
            "lenses": _named(options, found.lenses, found.central_lenses),
            "criteria": _named(options, found.criteria, found.drawn.central_weights),
        },
        "confidence": _confidence(found),
        "most_likely_effects": _likely(found),
    }


def _likely(found: AcceptabilityFound) -> dict[str, object]:
    """Return what holds with the most likely effects: over the mean of all cases, and in each."""
    ranks = _cells(found.likely.rank_shares, found.likely_intervals)
    firsts = _cells(found.case_shares, found.case_intervals)
    return {
        "draws": found.likely.draws,
        "exact": found.exact[1],
        "rank_shares": dict(zip(found.options, ranks, strict=True)),
        "cases": [
            {
                "case": case,
                "most_often_first": list(leaders),
                "first_shares": dict(zip(found.options, row, strict=True)),
            }
            for case, leaders, row in zip(found.cases, found.case_leaders, firsts, strict=True)
        ],
    }


def _confidence(found: AcceptabilityFound) -> object:
    """Return how often each is first with the central weights of each; None where undefined."""
    if found.confidence is None or found.cross_intervals is None:
        return None
    rows = _cells(found.confidence.cross_factors, found.cross_intervals)
    return {
        option: dict(zip(found.options, row, strict=True))
        for option, row in zip(found.options, rows, strict=True)
    }


def _cells(shares: FloatArray, ends: Interval) -> list[list[object]]:
    """Return each share with its interval, None where it is undefined."""
    rows = zip(shares.tolist(), ends[0].tolist(), ends[1].tolist(), strict=True)
    return [
        [
            None if math.isnan(share) else {"share": share, "low": low, "high": high}
            for share, low, high in zip(*row, strict=True)
        ]
        for row in rows
    ]


def _pairs(options: Sequence[str], rows: Sequence[Sequence[object]]) -> dict[str, object]:
    """Return what there is of each option and every other, but not of one and itself."""
    return {
        option: {other: cell for other, cell in zip(options, row, strict=True) if other != option}
        for option, row in zip(options, rows, strict=True)
    }


def _named(
    options: Sequence[str], parts: Sequence[str], weights: FloatArray
) -> dict[str, dict[str, float] | None]:
    """Return the central weights of each option by id; None where it is never first."""
    return {
        option: None if math.isnan(row[0]) else dict(zip(parts, row, strict=True))
        for option, row in zip(options, weights.tolist(), strict=True)
    }

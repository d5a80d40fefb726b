"""The space of weights on the lenses as one plain document for canonical JSON."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from afweging.analysis.weight_space import Shares, Standing, WeightSpace

    FloatArray = NDArray[np.float64]


def weight_space_document(found: WeightSpace) -> dict[str, object]:
    """Return shares, central weights and where profiles stand, by id.

    `whole` and `fitting` are None where they were not computed or are not there.
    """
    return {
        "options": list(found.options),
        "lenses": list(found.lenses),
        "values": {
            option: _row(found.lenses, row)
            for option, row in zip(found.options, found.values, strict=True)
        },
        "now": _standing(found, found.now),
        "profiles": {each.profile or "": _standing(found, each) for each in found.panel},
        "whole": _shares(found, found.whole),
        "fitting": _shares(found, found.fitting),
    }


def _standing(found: WeightSpace, each: Standing) -> dict[str, object]:
    return {
        "weights": _row(found.lenses, each.weights),
        "first": list(each.first),
        "first_with_own_weights": list(each.own),
    }


def _shares(found: WeightSpace, shares: Shares | None) -> dict[str, object] | None:
    if shares is None:
        return None
    first = shares.first
    return {
        "weights": shares.kind,
        "freedom": shares.freedom,
        "first_shares": _row(found.options, first.shares),
        "first_alone_shares": _row(found.options, first.alone),
        "first_tied_share": first.shared,
        "can_be_first": dict(zip(found.options, shares.possible.tolist(), strict=True)),
        "central_weights": {
            option: None if math.isnan(row[0]) else _row(found.lenses, row)
            for option, row in zip(found.options, first.central, strict=True)
        },
        "rank_shares": {
            option: [float(share) for share in row]
            for option, row in zip(found.options, shares.ranks, strict=True)
        },
        "winning_shares": {
            option: {
                other: float(share)
                for other, share in zip(found.options, row, strict=True)
                if other != option
            }
            for option, row in zip(found.options, shares.ahead, strict=True)
        },
    }


def _row(names: Sequence[str], numbers: FloatArray) -> dict[str, float]:
    return dict(zip(names, numbers.tolist(), strict=True))

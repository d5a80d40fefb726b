"""From what people gave in a session to weights on the lenses, of each and of the group."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np

from afweging.analysis.session.moves import shown_rounds
from afweging.methods.aggregation import ordered_sum
from afweging.methods.weighting import normalise
from afweging.model.canonical import canonical_json
from afweging.model.session_state import Chosen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from afweging.model.session_state import SessionState

    FloatArray = NDArray[np.float64]


def swing_weights(swings: Sequence[Sequence[float]], *, lenses: int) -> FloatArray:
    """Return weights of shape (P, L), each row adding up to 1, from swings of the same shape.

    References
    ----------
    Swing weights: von Winterfeldt and Edwards (1986), Decision Analysis and Behavioral Research.

    Examples
    --------
    >>> swing_weights([(100, 50, 50)], lenses=3)
    array([[0.5 , 0.25, 0.25]])
    """
    points = np.array(swings, dtype=np.float64).reshape(len(swings), lenses)
    return np.asarray(points / ordered_sum(points)[:, None])


def weights_by_seat(state: SessionState, number: int) -> dict[int, FloatArray]:
    """Return the weights, of shape (L,), that each seat gave in a round, in the order of seats."""
    given = state.round(number).submissions
    seats = [seat for seat in sorted(given) if given[seat].swings is not None]
    rows = swing_weights([given[seat].swings or () for seat in seats], lenses=_lenses(state))
    return dict(zip(seats, rows, strict=True))


def round_weights(state: SessionState, number: int) -> FloatArray:
    """Return what was given in a round as weights of shape (P, L), in an order without seats."""
    rows = list(weights_by_seat(state, number).values())
    found = np.array(rows).reshape(len(rows), _lenses(state))
    return np.asarray(found[np.lexsort(found.T[::-1])])


def group_weights(state: SessionState) -> Chosen | None:
    """Return the weights of the group: frozen, adopted, set on the wall, or the mean of people.

    The mean is the arithmetic one over those who gave weights in the last round that is shown.
    None where nobody did, or nothing may be shown yet.
    """
    chosen = state.frozen or state.adopted or state.table
    if chosen is not None:
        return chosen
    shown = shown_rounds(state)
    if not shown:
        return None
    people = round_weights(state, shown[-1])
    if not len(people):
        return None
    mean = normalise(ordered_sum(people, axis=0))
    return Chosen(tuple(mean.tolist()), "mean", state.seq)


def weights_digest(chosen: Chosen) -> str:
    """Return a short digest of weights and where they come from: what is frozen in two steps."""
    said = {"source": chosen.source, "weights": list(chosen.weights)}
    return hashlib.sha256(canonical_json(said)).hexdigest()[:16]


def _lenses(state: SessionState) -> int:
    return len(state.setup.lenses)

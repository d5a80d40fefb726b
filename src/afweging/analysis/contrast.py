"""What the spread of the effects alone would give as weights: a contrast, never a preference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from afweging.methods.aggregation import ordered_sum
from afweging.methods.contrast import critic_weights, entropy_weights
from afweging.model.criterion import Ordinal

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from afweging.model.problem import DecisionProblem

    FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Contrast:
    """Weights of shape (C,) by two rules that know the effects only; NaN where one has no say.

    `entropy` leaves out criteria with effects below 0 and those with classes, whose zero means
    nothing; `critic` leaves out those with classes. What is left adds up to 1. `gaps` says
    whether effects are missing: then there is no contrast at all.
    """

    entropy: FloatArray
    critic: FloatArray
    gaps: bool


def contrast(problem: DecisionProblem) -> Contrast:
    """Return the weights that only the mean effects of the options over the cases give."""
    mode = problem.effects.mode  # (S, A, C)
    nothing = np.full(mode.shape[2], np.nan)
    if np.isnan(mode).any():
        return Contrast(nothing, nothing.copy(), gaps=True)
    means = ordered_sum(np.moveaxis(mode, 0, -1)) / len(mode)  # (A, C)
    numbers = np.array([not isinstance(c.value_function, Ordinal) for c in problem.criteria])
    upward = np.array([c.direction == "max" for c in problem.criteria])
    entropy, critic = nothing.copy(), nothing.copy()
    counted = numbers & (means >= 0).all(axis=0)
    if counted.any() and (found := entropy_weights(means[:, counted])) is not None:
        entropy[counted] = found
    if numbers.any():
        found = critic_weights(means[:, numbers], higher_is_better=upward[numbers])
        critic[numbers] = np.nan if found is None else found
    return Contrast(entropy, critic, gaps=False)

"""Effects that are missing: no number, and not declared as a gap either."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from afweging.errors import Fault

if TYPE_CHECKING:
    from afweging.model.problem import DecisionProblem


def missing_effects(problem: DecisionProblem) -> tuple[Fault, ...]:
    """Return a fault for every effect that has no row in the effects table."""
    cases = problem.cases
    found = []
    for s, a, c in np.argwhere(~problem.effects.present).tolist():
        key = (problem.alternatives[a].id, *cases[s], problem.criteria[c].id)
        found.append(Fault("effect-missing", value=" · ".join(key)))
    return tuple(found)

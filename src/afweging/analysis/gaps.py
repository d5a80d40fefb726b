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
    axes = (problem.scenarios, problem.regions, problem.horizons)
    told = [place for place, axis in enumerate(axes) if len(axis) > 1]  # one label says nothing
    found = []
    for s, a, c in np.argwhere(~problem.effects.present).tolist():
        case = (cases[s][place] for place in told)
        key = (problem.alternatives[a].id, *case, problem.criteria[c].id)
        found.append(Fault("effect-missing", value=" · ".join(key)))
    return tuple(found)

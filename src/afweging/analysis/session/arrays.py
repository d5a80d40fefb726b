"""A decision problem as the arrays that a live session computes with, made once beforehand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from afweging.analysis.flips import lens_values
from afweging.analysis.screening import admissible_options, require_effects
from afweging.methods.aggregation import weighted_mean

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from afweging.model.result import Comparison

    FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class SessionModel:
    """The options that meet the requirements, by what each is worth on each lens.

    Shapes: A options, L lenses, G scenarios, P profiles. Within a lens the weights of the problem
    hold; people weigh the lenses. All values are from 0 to 1.

    Attributes
    ----------
    options, lenses, scenarios, profiles : tuple of str
        Ids, in the order of the problem.
    values : ndarray of shape (A, L)
        Over all scenarios, as these weigh.
    by_scenario : ndarray of shape (G, A, L)
    profile_scores : ndarray of shape (P, A)
        What the options are worth to the profiles of the problem, with all of their own weights.
    """

    options: tuple[str, ...]
    lenses: tuple[str, ...]
    scenarios: tuple[str, ...]
    profiles: tuple[str, ...]
    values: FloatArray
    by_scenario: FloatArray
    profile_scores: FloatArray

    def __post_init__(self) -> None:
        for array in (self.values, self.by_scenario, self.profile_scores):
            array.setflags(write=False)

    def in_scenario(self, scenario: str | None) -> FloatArray:
        """Return the values in one scenario, or over all, shape (A, L)."""
        if scenario is None:
            return self.values
        return np.asarray(self.by_scenario[self.scenarios.index(scenario)])


def session_model(comparison: Comparison) -> SessionModel:
    """Return what a session needs of a comparison.

    Raises
    ------
    RequestError
        When effects are missing: people would see numbers that depend on gaps.
    """
    require_effects(comparison)
    problem = comparison.problem
    allowed = np.array(comparison.admissible)
    own = np.array([profile.origin != "neutral" for profile in problem.panel], dtype=bool)
    means = _scenario_means(comparison)  # (G, A, C)
    return SessionModel(
        options=admissible_options(comparison),
        lenses=tuple(lens.id for lens in problem.tree.children),
        scenarios=comparison.cases.ids["scenario"],
        profiles=tuple(p.id for p, is_own in zip(problem.panel, own, strict=True) if is_own),
        values=lens_values(comparison, comparison.scores.means.low[allowed]),
        by_scenario=np.stack([lens_values(comparison, each[allowed]) for each in means]),
        profile_scores=comparison.scores.panel.low[own][:, allowed],
    )


def _scenario_means(comparison: Comparison) -> FloatArray:
    """Return partial values averaged over the regions and horizons of each scenario."""
    values = comparison.scores.values.low  # (S, A, C), scenarios slowest
    weights = comparison.cases.weights
    inside = np.outer(weights["region"], weights["horizon"]).ravel()
    blocks = values.reshape(len(weights["scenario"]), len(inside), *values.shape[1:])
    return np.stack([weighted_mean(block, inside) for block in blocks])


def model_document(model: SessionModel) -> dict[str, object]:
    """Return the arrays as plain data, for a page that computes a what-if while one drags."""
    return {
        "options": list(model.options),
        "lenses": list(model.lenses),
        "scenarios": list(model.scenarios),
        "values": model.values.tolist(),
        "by_scenario": model.by_scenario.tolist(),
    }

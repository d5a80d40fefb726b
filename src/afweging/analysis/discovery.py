"""When an option is not first: a short description of the draws in which it loses.

Every draw has one scenario, one region and one horizon, with the weights they have in the
comparison; weights of the lenses, every set as likely as any other; and an effect for every
estimate, drawn as in `effect_draws`. Weights within a lens stay as they are. An option loses when
another scores higher by more than the tolerance: a tie is no loss.

The description may limit the case, the share of the weight of each lens, and how the estimates
of the option and of its closest rival turn out. Shares of lenses depend on each other, since they
add up to 1; a limit on one is read as it stands ("more than 40 % of the weight"), and how well
the whole description does is counted, not derived.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from afweging.analysis.compare import find_profile
from afweging.analysis.effect_draws import values_in_cases
from afweging.analysis.weights import lens_shares
from afweging.methods.aggregation import ordered_sum
from afweging.methods.prim import Sample, chance_p, find_box, measure, quasi_p
from afweging.methods.ranking import SCORE_TOLERANCE
from afweging.methods.sampling import uniform_weights
from afweging.model.result import AXES, Axis

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from afweging.methods.prim import Box, Limit
    from afweging.model.result import Comparison

    FloatArray = NDArray[np.float64]

FEWEST = 50  # draws of either kind in the half that is searched
LARGEST_P = 0.05  # a description that chance matches more often on held-out draws is not given

Outcome = Literal["found", "few", "most", "none", "unconfirmed"]


@dataclass(frozen=True, slots=True)
class Subject:
    """What a limit is on: an axis, the weight of a lens, or the estimate of an option.

    `node` is the axis, the lens or the criterion; `option` is None but for an estimate.
    """

    kind: Literal["case", "lens", "effect"]
    node: str
    option: str | None = None


@dataclass(frozen=True, slots=True)
class LossLimit:
    """One limit of a description.

    `low` or `high` is a share of the weight for a lens, and a level for an estimate (0.8: above
    80 % of what is likely); `among` holds the ids for an axis. `quasi_p` says how likely chance
    alone does as well, on the draws that were searched.
    """

    subject: Subject
    low: float | None
    high: float | None
    among: tuple[str, ...]
    quasi_p: float


@dataclass(frozen=True, slots=True)
class Losses:
    """In which draws the option loses.

    `lost` of all `draws` are lost; one half is searched, and what is said of the description is
    counted on the other half: `held_out` draws, of which the share `base` is lost. `coverage` is
    the share of the lost draws that the description holds, `density` the share of what it holds
    that is lost, `mass` how much of all draws it holds, `chance` how likely as many draws at
    random do as well. They are None, and there are no limits, unless the outcome is "found".
    """

    outcome: Outcome
    draws: int
    lost: int
    held_out: int
    base: float
    limits: tuple[LossLimit, ...] = ()
    coverage: float | None = None
    density: float | None = None
    mass: float | None = None
    chance: float | None = None


def find_losses(
    comparison: Comparison, a: int, b: int, *, draws: int, rng: np.random.Generator
) -> Losses:
    """Return when option `a` is not first, `b` being its closest rival.

    Parameters
    ----------
    comparison : Comparison
        Without missing effects.
    a, b : int
        Places among the alternatives of the problem.
    draws : int
        At least 2; the first half is searched.
    rng : numpy.random.Generator
    """
    sample, subjects = _draw(comparison, a, b, draws, rng)
    half = draws // 2
    searched, held_out = sample.part(slice(0, half)), sample.part(slice(half, draws))
    lost, size = int(sample.hit.sum()), draws - half
    base = float(held_out.hit.mean())
    if searched.hit.sum() < FEWEST:
        return Losses("few", draws, lost, size, base)
    if (~searched.hit).sum() < FEWEST:
        return Losses("most", draws, lost, size, base)
    box = find_box(searched)
    if box is None:
        return Losses("none", draws, lost, size, base)
    found = measure(box, held_out)
    chance = chance_p(found)
    if chance > LARGEST_P:
        return Losses("unconfirmed", draws, lost, size, base)
    limits = tuple(
        _limit(comparison, box, limit, subjects, quasi_p(box, limit, searched))
        for limit in box.limits
    )
    return Losses(
        "found", draws, lost, size, base, limits, found.coverage, found.density, found.mass, chance
    )


def _draw(
    comparison: Comparison, a: int, b: int, draws: int, rng: np.random.Generator
) -> tuple[Sample, list[Subject]]:
    """Return the draws, and what their numbers are on."""
    problem = comparison.problem
    places = _cases(comparison, draws, rng)  # (draws, 3)
    shape = tuple(len(comparison.cases.ids[axis]) for axis in AXES)
    weights = uniform_weights(len(problem.tree.children), draws=draws, rng=rng)  # (draws, L)
    levels = rng.random((draws, len(problem.alternatives), len(problem.criteria)))
    case = np.ravel_multi_index(tuple(places.T), shape)
    values = values_in_cases(comparison, case, levels)  # (draws, A, C)
    shares = lens_shares(problem.tree, find_profile(problem, comparison.request.profile))
    scores = ordered_sum(values * (weights @ shares)[:, None, :])  # (draws, A)
    rivals = np.array(comparison.admissible)
    rivals[a] = False
    lost = (scores[:, rivals] > scores[:, [a]] + SCORE_TOLERANCE).any(axis=1)
    numbers, subjects = [], []
    if len(problem.tree.children) > 1:
        numbers += list(weights.T)
        subjects += [Subject("lens", lens.id) for lens in problem.tree.children]
    for option, c in _uncertain(comparison, (a, b), shares):
        numbers.append(levels[:, option, c])
        names = problem.criteria[c].id, problem.alternatives[option].id
        subjects.append(Subject("effect", *names))
    columns = np.array(numbers).reshape(len(numbers), draws).T
    return Sample(columns, places, shape, np.asarray(lost, dtype=bool)), subjects


def _cases(comparison: Comparison, draws: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Return the place of the scenario, region and horizon of each draw, shape (draws, 3)."""
    columns = [
        np.searchsorted(np.cumsum(comparison.cases.weights[axis])[:-1], rng.random(draws), "right")
        for axis in AXES
    ]
    return np.asarray(np.stack(columns, axis=1), dtype=np.int64)


def _uncertain(
    comparison: Comparison, options: tuple[int, int], shares: FloatArray
) -> list[tuple[int, int]]:
    """Return the pairs (option, criterion) whose estimates have a range and carry weight."""
    effects, rows = comparison.problem.effects, comparison.cases.rows
    ranged = (effects.low[rows] < effects.high[rows]).any(axis=0) & (shares.max(axis=0) > 0)
    return [(a, int(c)) for a in options for c in np.flatnonzero(ranged[a])]


def _limit(
    comparison: Comparison, box: Box, limit: Limit, subjects: list[Subject], p: float
) -> LossLimit:
    if limit.side == "classes":
        axis: Axis = AXES[limit.column]
        ids = comparison.cases.ids[axis]
        among = tuple(ids[k] for k in np.flatnonzero(box.allowed[limit.column]))
        return LossLimit(Subject("case", axis), None, None, among, p)
    ends = box.low if limit.side == "low" else box.high
    at = float(ends[limit.column])
    low, high = (at, None) if limit.side == "low" else (None, at)
    return LossLimit(subjects[limit.column], low, high, (), p)

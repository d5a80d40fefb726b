"""How sure an answer is, and what would change it: every part of that question in one record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from afweging.analysis.acceptability import find_acceptability
from afweging.analysis.adaptation import find_adaptation
from afweging.analysis.compare import compare
from afweging.analysis.drivers import find_drivers
from afweging.analysis.flip_table import find_flip_table
from afweging.analysis.incomplete_weights import find_incomplete
from afweging.analysis.scenario_robustness import find_scenario_robustness
from afweging.analysis.screening import require_effects
from afweging.analysis.stability import find_stability
from afweging.analysis.weight_sets import KINDS
from afweging.analysis.weight_space import find_weight_space
from afweging.errors import Fault, RequestError

if TYPE_CHECKING:
    from collections.abc import Callable

    from afweging.analysis.acceptability import AcceptabilityFound
    from afweging.analysis.adaptation import Adaptation
    from afweging.analysis.drivers import Drivers
    from afweging.analysis.flip_table import FlipTable
    from afweging.analysis.incomplete_weights import IncompleteWeights
    from afweging.analysis.scenario_robustness import ScenarioRobustness
    from afweging.analysis.stability import Stability
    from afweging.analysis.weight_draws import WeightKind
    from afweging.analysis.weight_sets import WeightSetKind
    from afweging.analysis.weight_space import WeightSpace
    from afweging.model.problem import DecisionProblem
    from afweging.model.result import Comparison, Request

DRAWS = 20_000
WEIGHTS: tuple[WeightKind, ...] = (*KINDS, "panel")
LEAST_DRAWS, MOST_DRAWS = 100, 10_000_000

Part = Literal["flips", "stability", "space", "incomplete", "draws", "futures", "drivers"]
PARTS: tuple[Part, ...] = get_args(Part)


@dataclass(frozen=True, slots=True, eq=False)
class Robustness:
    """What holds for the answer of one comparison, and what would change it.

    `weights` says which weights are taken as possible in `incomplete_weights` (all of them where
    it is the panel) and drawn in `acceptability`.
    """

    comparison: Comparison
    weights: WeightKind
    flips: FlipTable
    stability: Stability
    weight_space: WeightSpace
    incomplete_weights: IncompleteWeights
    acceptability: AcceptabilityFound
    scenario_robustness: ScenarioRobustness
    adaptation: Adaptation
    drivers: Drivers


def robustness(  # noqa: PLR0913 - each is a choice of the reader
    problem: DecisionProblem,
    request: Request | None = None,
    *,
    weights: WeightKind = "all",
    panel: tuple[str, ...] | None = None,
    draws: int = DRAWS,
    seed: int = 1,
    progress: Callable[[Part, float], None] | None = None,
) -> Robustness:
    """Return how sure the answer to a decision problem is, and what would change it.

    What can be exact is exact: the smallest changes of weights, the intervals in which the answer
    stays, shares of the weights on the lenses, and bounds over all weights. Draws are used where
    effects are uncertain too; the same seed gives the same result.

    Parameters
    ----------
    problem : DecisionProblem
    request : Request, optional
        Whose weights, which cases, and how the cases weigh.
    weights : {"all", "lenses", "order", "near", "answers", "panel"}
        Which weights are possible, around those of the profile in the request: any; any of the
        lenses; those that keep the order in each group; those within one and a half times; those
        that fit the answers behind the profile; or those of the participants.
    panel : tuple of str, optional
        The profiles of the participants; by default all that are no neutral starting point. Giving
        them asks for their weights.
    draws : int, from 100 to 10,000,000
    seed : int, 0 or more
    progress : callable, optional
        Is told which part is under way and which share of it is done.

    Raises
    ------
    RequestError
        When effects are missing, or something that is asked is not there or cannot be.
    PreferenceError
        When the answers behind a profile cannot hold together.

    Examples
    --------
    >>> import afweging as afw
    >>> problem = afw.read_problem("scenarios/kantoor")
    >>> found = afw.robustness(problem, draws=500)
    >>> found.stability.winners, found.flips.options[0].option
    (('addison',), 'addison')
    """
    _require(weights, draws, seed)
    comparison = compare(problem, request)
    require_effects(comparison)
    kind: WeightKind = "panel" if panel is not None else weights
    sets: WeightSetKind = "all" if kind == "panel" else kind
    tell = progress or (lambda _part, _share: None)

    def draw(done: int, total: int) -> None:
        tell("draws", done / total)

    tell("stability", 0.0)
    stability = find_stability(comparison)
    tell("space", 0.0)
    space = find_weight_space(comparison, weights=sets)
    tell("incomplete", 0.0)
    incomplete = find_incomplete(comparison, weights=sets)
    tell("flips", 0.0)
    flips = find_flip_table(comparison)
    tell("futures", 0.0)
    futures, adaptation = find_scenario_robustness(comparison), find_adaptation(comparison)
    tell("draws", 0.0)
    acceptability = find_acceptability(
        comparison, weights=kind, draws=draws, seed=seed, panel=panel, progress=draw
    )
    tell("drivers", 0.0)
    drivers = find_drivers(comparison, seed=seed)
    return Robustness(
        comparison=comparison,
        weights=kind,
        flips=flips,
        stability=stability,
        weight_space=space,
        incomplete_weights=incomplete,
        acceptability=acceptability,
        scenario_robustness=futures,
        adaptation=adaptation,
        drivers=drivers,
    )


def _require(weights: str, draws: int, seed: int) -> None:
    faults = []
    if weights not in WEIGHTS:
        known: dict[str, object] = {"what": "weights", "known": WEIGHTS}
        faults.append(Fault("unknown-name", value=weights, facts=known))
    if not LEAST_DRAWS <= draws <= MOST_DRAWS:
        limits: dict[str, object] = {"least": LEAST_DRAWS, "most": MOST_DRAWS}
        faults.append(Fault("draws-out-of-range", value=draws, facts=limits))
    if seed < 0:
        faults.append(Fault("seed-below-nought", value=seed))
    if faults:
        raise RequestError(faults)

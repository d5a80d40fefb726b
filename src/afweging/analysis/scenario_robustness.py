"""How the options hold up over what may come: measures, regret, requirements, what is given up.

Regret per scenario and per case, and who is first in each, are those of the comparison; what is
added here are the measures of McPhail et al. over the cases and over the scenarios, whose score
the regret is measured against, and what an option costs that lowers the greatest regret. Only
options that meet the requirements take part, except in how often requirements are met.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from afweging.analysis.measures import basis_of, measured, satisfied
from afweging.analysis.scenario_regret import bars, drops, group_regret, least_regret, trades
from afweging.analysis.screening import admissible_options, require_effects
from afweging.methods.robustness_metrics import NO_WEIGHT, Settings

if TYPE_CHECKING:
    from afweging.analysis.measures import Basis, Measured, Satisfied
    from afweging.analysis.scenario_regret import Bar, Drop, GroupRegret, Trade
    from afweging.model.result import Comparison

USUAL = Settings()


@dataclass(frozen=True, slots=True)
class ScenarioRobustness:
    """How the options hold up over the cases and the scenarios of a comparison.

    `options` take part: they meet the requirements. `basis` says what is good enough in Starr's
    domain: a score, or the requirements; None where there is neither. `least_regret` has the
    least greatest regret over the scenarios. `satisfied` holds all options, and is empty without
    requirements. `weightless` are the scenarios without any weight.
    """

    options: tuple[str, ...]
    settings: Settings
    basis: Basis | None
    over_cases: Measured
    over_scenarios: Measured
    by_group: tuple[GroupRegret, ...]
    bars: tuple[Bar, ...]
    least_regret: tuple[str, ...]
    drops: tuple[Drop, ...]
    satisfied: tuple[Satisfied, ...]
    trades: tuple[Trade, ...]
    weightless: tuple[str, ...]


def find_scenario_robustness(
    comparison: Comparison, *, settings: Settings = USUAL
) -> ScenarioRobustness:
    """Return how the options hold up over the cases and scenarios.

    Parameters
    ----------
    comparison : Comparison
    settings : Settings
        Pessimism for Hurwicz, aversion of spread, and the score that is good enough for Starr's
        domain: without that score it is the requirements that must be met.

    Raises
    ------
    RequestError
        When effects are missing.

    References
    ----------
    Measures: McPhail et al. (2018), Earth's Future 6. Regret: Savage (1951), The theory of
    statistical decision, JASA 46(253).

    Examples
    --------
    >>> import afweging as afw
    >>> found = find_scenario_robustness(afw.compare(afw.read_problem("scenarios/brabant")))
    >>> found.least_regret, found.over_scenarios.counted
    (('O7',), 8)
    """
    require_effects(comparison)
    cases = comparison.cases
    weighed = zip(cases.ids["scenario"], cases.weights["scenario"], strict=True)
    return ScenarioRobustness(
        options=admissible_options(comparison),
        settings=settings,
        basis=basis_of(comparison, settings),
        over_cases=measured(comparison, "cases", settings),
        over_scenarios=measured(comparison, "scenarios", settings),
        by_group=(group_regret(comparison, "region"), group_regret(comparison, "horizon")),
        bars=bars(comparison),
        least_regret=least_regret(comparison),
        drops=drops(comparison),
        satisfied=satisfied(comparison),
        trades=trades(comparison),
        weightless=tuple(name for name, weight in weighed if weight <= NO_WEIGHT),
    )

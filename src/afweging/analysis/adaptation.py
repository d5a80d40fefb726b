"""Until when an option is enough: the last horizon at which it still meets the requirements.

An option is enough at one horizon of one scenario when it misses no requirement in regions that
have more than the tolerated share of the weight of the regions: the rule that screens options,
for the cases of that scenario and horizon alone. The answer is a pair of horizons, the last at
which it is enough and the first at which it is not; nothing is said of the years between.
Horizons follow each other in the order of the problem.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from afweging.analysis.screening import (
    SHARE_TOLERANCE,
    admissible_options,
    failing_cases,
    require_effects,
)
from afweging.methods.aggregation import ordered_sum

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from afweging.model.result import Comparison

    FloatArray = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]

Kind = Literal["always", "until", "returns", "later", "never"]
Empty = Literal["one-horizon", "no-requirements"]


@dataclass(frozen=True, slots=True)
class Stretch:
    """At which horizons one option is enough in one scenario.

    `requirement` is None for all requirements together. `meets` says per horizon whether it is
    enough. `kind` is one of

    - always: at every horizon;
    - until: from the first horizon to `last`, and never from `first_failure` on;
    - returns: to `last`, not at `first_failure`, and again at a later horizon;
    - later: not at the first horizon, but at a later one;
    - never: at no horizon.

    `last` is the horizon up to which it is enough without a break, None where it never was;
    `first_failure` the first at which it is not. At that horizon `missed` are the requirements
    that it misses, and `regions` those where it fails any of these. `then` are the options that
    take part and are enough from that horizon to the last; for all requirements together only.
    """

    option: str
    scenario: str
    requirement: str | None
    meets: tuple[bool, ...]
    kind: Kind
    last: str | None
    first_failure: str | None
    missed: tuple[str, ...]
    regions: tuple[str, ...]
    then: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Adaptation:
    """Until when every option is enough, those that are screened out included.

    `failing`, shape (requirements, scenarios, horizons, options), is the share of the weight of
    the regions where an option fails. `overall` is per option and scenario for all requirements
    together, `by_requirement` for each of them. `empty` says why there is nothing, if so.
    """

    options: tuple[str, ...]
    screened_out: tuple[str, ...]
    scenarios: tuple[str, ...]
    horizons: tuple[str, ...]
    requirements: tuple[str, ...]
    failing: FloatArray
    overall: tuple[Stretch, ...]
    by_requirement: tuple[Stretch, ...]
    empty: Empty | None

    def __post_init__(self) -> None:
        """Keep the shares from being written to."""
        self.failing.setflags(write=False)


def find_adaptation(comparison: Comparison) -> Adaptation:
    """Return until when every option meets the requirements, per scenario.

    With one horizon, or without requirements, there is nothing to find and `empty` says so.

    Raises
    ------
    RequestError
        When effects are missing.

    References
    ----------
    Haasnoot, Kwakkel, Walker and ter Maat (2013), Dynamic adaptive policy pathways: a method for
    crafting robust decisions for a deeply uncertain world, Global Environmental Change 23(2).

    Examples
    --------
    >>> import afweging as afw
    >>> found = find_adaptation(afw.compare(afw.read_problem("scenarios/brabant")))
    >>> ends = [each for each in found.overall if each.kind == "until"]
    >>> [(each.option, each.scenario, each.last, each.first_failure) for each in ends[1:]]
    [('O7', 'SC1', '2030', '2040'), ('O8', 'SC1', '2040', '2050')]
    """
    require_effects(comparison)
    problem, ids = comparison.problem, comparison.cases.ids
    options = tuple(alternative.id for alternative in problem.alternatives)
    empty: Empty | None = "one-horizon" if len(ids["horizon"]) == 1 else None
    if empty is None and not problem.requirements:
        empty = "no-requirements"
    search = None if empty else _Search(comparison, options, _fails(comparison))
    nothing = np.empty((0, len(ids["scenario"]), len(ids["horizon"]), len(options)))
    allowed = set(admissible_options(comparison))
    return Adaptation(
        options=options,
        screened_out=tuple(name for name in options if name not in allowed),
        scenarios=ids["scenario"],
        horizons=ids["horizon"],
        requirements=tuple(requirement.id for requirement in problem.requirements),
        failing=search.failing if search else nothing,
        overall=search.overall() if search else (),
        by_requirement=search.by_requirement() if search else (),
        empty=empty,
    )


def _fails(comparison: Comparison) -> BoolArray:
    """Return where each option misses each requirement, shape (Q, G, R, H, A)."""
    problem, cases = comparison.problem, comparison.cases
    sizes = [len(cases.ids[axis]) for axis in ("scenario", "region", "horizon")]
    found = [failing_cases(problem, cases, each)[0] for each in problem.requirements]
    return np.stack(found).reshape(len(found), *sizes, -1)


class _Search:
    """Where each option misses each requirement, and the stretches that follow from it."""

    def __init__(self, comparison: Comparison, options: tuple[str, ...], fails: BoolArray) -> None:
        """`fails` has shape (Q, G, R, H, A)."""
        problem, cases = comparison.problem, comparison.cases
        self.options = options
        self.requirements = tuple(requirement.id for requirement in problem.requirements)
        self.scenarios, self.regions, self.horizons = (
            cases.ids[axis] for axis in ("scenario", "region", "horizon")
        )
        weights = cases.weights["region"]
        self.fails: BoolArray = fails & (weights > 0)[:, None, None]
        self.failing = ordered_sum(
            np.where(fails, weights[:, None, None], 0.0), axis=2
        )  # (Q, G, H, A)
        limits = np.array([each.tolerated_share for each in problem.requirements])
        self.meets: BoolArray = self.failing <= limits[:, None, None, None] + SHARE_TOLERANCE
        self.enough: BoolArray = np.asarray(self.meets.all(axis=0))  # (G, H, A)
        self.taking_part = np.array(comparison.admissible)

    def overall(self) -> tuple[Stretch, ...]:
        """Return the stretches of all requirements together, per option and scenario."""
        return tuple(
            self._stretch(a, g, None)
            for a in range(len(self.options))
            for g in range(len(self.scenarios))
        )

    def by_requirement(self) -> tuple[Stretch, ...]:
        """Return the stretches of each requirement, per option and scenario."""
        return tuple(
            self._stretch(a, g, q)
            for q in range(len(self.requirements))
            for a in range(len(self.options))
            for g in range(len(self.scenarios))
        )

    def _stretch(self, a: int, g: int, q: int | None) -> Stretch:
        meets = (self.enough if q is None else self.meets[q])[g, :, a]
        first = len(meets) if meets.all() else int(meets.argmin())
        fails = first < len(meets)
        missed = [] if not fails else self._missed(a, g, first, q)
        return Stretch(
            option=self.options[a],
            scenario=self.scenarios[g],
            requirement=None if q is None else self.requirements[q],
            meets=tuple(meets.tolist()),
            kind=_kind(meets, first),
            last=self.horizons[first - 1] if first else None,
            first_failure=self.horizons[first] if fails else None,
            missed=tuple(self.requirements[each] for each in missed),
            regions=self._regions(a, g, first, missed) if fails else (),
            then=self._then(g, first) if fails and q is None else (),
        )

    def _missed(self, a: int, g: int, h: int, q: int | None) -> list[int]:
        every = range(len(self.requirements)) if q is None else [q]
        return [each for each in every if not self.meets[each, g, h, a]]

    def _regions(self, a: int, g: int, h: int, missed: list[int]) -> tuple[str, ...]:
        """Return the regions with weight where the option fails one of the missed requirements."""
        where = np.asarray(self.fails[missed, g, :, h, a].any(axis=0))
        return tuple(name for name, here in zip(self.regions, where, strict=True) if here)

    def _then(self, g: int, h: int) -> tuple[str, ...]:
        """Return the options that take part and are enough from one horizon to the last."""
        to_the_end = np.asarray(self.enough[g, h:].all(axis=0)) & self.taking_part
        return tuple(name for name, here in zip(self.options, to_the_end, strict=True) if here)


def _kind(meets: BoolArray, first: int) -> Kind:
    """Return the kind of a stretch that has its first failure at place `first`."""
    if first == len(meets):
        return "always"
    again = bool(meets[first:].any())
    if first == 0:
        return "later" if again else "never"
    return "returns" if again else "until"

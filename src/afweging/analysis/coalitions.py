"""Who stands behind each option, how far the others are from joining, and what would bring them.

Everything is exact for the additive model: weights by linear programming, amendments in closed
form.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from afweging.analysis.explain import fits
from afweging.analysis.screening import admissible_options
from afweging.methods.minimal_change import amend_to_accept, change_to_win
from afweging.model.criterion import Linear

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from afweging.analysis.group import GroupAnalysis
    from afweging.model.result import Comparison

    FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Joining:
    """How far a profile is from choosing an option: the least share of its weight that moves.

    `moved` is None where no weights make the option its first choice.
    """

    profile: str
    moved: float | None


@dataclass(frozen=True, slots=True)
class Coalition:
    """The profiles that put an option first (ties included), and how far the others are."""

    option: str
    supporters: tuple[str, ...]
    others: tuple[Joining, ...]  # nearest first


@dataclass(frozen=True, slots=True)
class OptionAmendment:
    """The smallest change of an option on one criterion that makes it acceptable to enough.

    With `shift` added to its effect in every case, in the unit of the criterion, the option is
    the first choice of `accepting` and for nobody alone at the bottom. `value` is the same change
    in value, on a scale from 0 to 1.
    """

    option: str
    criterion: str
    shift: float
    value: float
    accepting: tuple[str, ...]


def coalitions(group: GroupAnalysis) -> tuple[Coalition, ...]:
    """Return the coalition of every option that meets the requirements, the largest first."""
    found = [_coalition(group, name) for name in admissible_options(group.comparison)]
    return tuple(sorted(found, key=lambda each: (-len(each.supporters), each.option)))


def _coalition(group: GroupAnalysis, option: str) -> Coalition:
    supporters = tuple(
        profile
        for profile, own in zip(group.profiles, group.choices.own, strict=True)
        if option in own
    )
    others = [
        Joining(profile, _moved(group, option, p))
        for p, profile in enumerate(group.profiles)
        if profile not in supporters
    ]
    return Coalition(option, supporters, tuple(sorted(others, key=_nearness)))


def _nearness(joining: Joining) -> tuple[float, str]:
    return (np.inf if joining.moved is None else joining.moved, joining.profile)


def _moved(group: GroupAnalysis, option: str, profile: int) -> float | None:
    """Return the least share of the weight of a profile that moves before `option` is first."""
    comparison = group.comparison
    values = comparison.scores.means.low[np.array(comparison.admissible)]
    place = admissible_options(comparison).index(option)
    change = change_to_win(values, group.panel[profile], challenger=place)
    return None if change is None else change.moved


def amendments(group: GroupAnalysis, *, share: float) -> tuple[OptionAmendment, ...]:
    """Return per option the smallest amendment that at least `share` of the profiles accept.

    Only criteria with a straight value function are amended, and only as far as the scale goes in
    every case. Options that are accepted as they are, or that no single amendment can help, are
    left out.
    """
    names = admissible_options(group.comparison)
    found = (_amendment(group, option, share) for option in names)
    return tuple(each for each in found if each is not None)


def _amendment(group: GroupAnalysis, option: str, share: float) -> OptionAmendment | None:
    """Return the amendment with the least value; of equals the first criterion by id."""
    found = [
        each
        for c in range(len(group.comparison.problem.criteria))
        if (each := _on_criterion(group, option, c, share)) is not None
    ]
    if not found or any(each.value == 0 for each in found):
        return None
    return min(found, key=lambda each: (each.value, each.criterion))


def _on_criterion(
    group: GroupAnalysis, option: str, c: int, share: float
) -> OptionAmendment | None:
    comparison = group.comparison
    criterion = comparison.problem.criteria[c]
    if not isinstance(criterion.value_function, Linear):
        return None
    amendment = amend_to_accept(
        comparison.scores.means.low[np.array(comparison.admissible)],
        group.panel,
        alternative=admissible_options(comparison).index(option),
        criterion=c,
        share=share,
    )
    if amendment is None:
        return None
    shift = amendment.amount * (criterion.best - criterion.worst)
    if not fits(criterion, _effects(comparison, option, c), shift):
        return None
    accepting = tuple(
        name for name, yes in zip(group.profiles, amendment.accepting, strict=True) if yes
    )
    return OptionAmendment(option, criterion.id, shift, amendment.amount, accepting)


def _effects(comparison: Comparison, option: str, c: int) -> FloatArray:
    """Return the effects of an option on criterion `c` in the cases compared, shape (S,)."""
    options = [alternative.id for alternative in comparison.problem.alternatives]
    return comparison.problem.effects.mode[comparison.cases.rows][:, options.index(option), c]

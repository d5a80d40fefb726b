"""Two parties on option A against option B: what their weights and what their estimates explain.

A party is one profile or a group of profiles, with the effects of its own problem. Knows nothing
about files and words; what does not match is reported in full before anything is computed.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from afweging.analysis.compare import compare
from afweging.errors import Fault, Place, RequestError
from afweging.methods.aggregation import ordered_sum, weighted_mean
from afweging.methods.ranking import SCORE_TOLERANCE
from afweging.methods.values_or_facts import split_group_disagreement
from afweging.model.criterion import Ordinal
from afweging.model.result import AXES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from afweging.analysis.document import HasId
    from afweging.methods.values_or_facts import Disagreement
    from afweging.model.criterion import Criterion
    from afweging.model.problem import DecisionProblem
    from afweging.model.result import Axis, Comparison, Request

    FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Party:
    """Who disagrees: profiles of a problem, and the problem as this party filled it in.

    `place` is where the problem was read, for messages; empty where there is only one problem.
    """

    problem: DecisionProblem
    profiles: tuple[str, ...]
    place: Place = field(default_factory=Place)


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """One party, worked out; the criteria stand in the order of the first party's problem.

    Attributes
    ----------
    comparison : Comparison
    profiles : tuple of str
    weights : ndarray of shape (P, C), adding up to 1 per profile
    difference : ndarray of shape (C,), the mean value of A minus that of B, from -1 to 1
    effects : ndarray of shape (2, C), the mean effects of A and of B, in the unit of the criterion
    reach : ndarray of shape (2, 2, C), the lowest and the highest of these effects over the cases
    """

    comparison: Comparison
    profiles: tuple[str, ...]
    weights: FloatArray
    difference: FloatArray
    effects: FloatArray
    reach: FloatArray

    def __post_init__(self) -> None:
        for array in (self.weights, self.difference, self.effects, self.reach):
            array.setflags(write=False)

    @property
    def leads(self) -> FloatArray:
        """The lead of A over B for each profile, shape (P,)."""
        return ordered_sum(self.weights * self.difference)

    @property
    def mean_weights(self) -> FloatArray:
        """The mean weight of each criterion over the profiles, shape (C,)."""
        return ordered_sum(self.weights, axis=0) / len(self.weights)


@dataclass(frozen=True, slots=True, eq=False)
class Dispute:
    """Two parties on two options A and B, and what makes their leads of A over B differ."""

    options: tuple[str, str]
    first: Side
    second: Side
    split: Disagreement

    @property
    def shared(self) -> bool:
        """Whether both parties use one problem, so that they can differ in weights alone."""
        return self.first.comparison is self.second.comparison

    @property
    def same_cases(self) -> bool:
        """Whether both parties weigh scenarios, regions and horizons alike."""
        return all(
            abs(weight - _case_weights(self.second, axis)[name]) <= SCORE_TOLERANCE
            for axis in AXES
            for name, weight in _case_weights(self.first, axis).items()
        )


def disagree(
    first: Party, second: Party, options: tuple[str, str], request: Request | None = None
) -> Dispute:
    """Return what the weights and what the estimates of two parties explain of their dispute.

    Two parties that name the same problem share its estimates.

    Raises
    ------
    RequestError
        When an option or profile is unknown, the two problems differ in more than weights and
        effects, or an effect of one of the options is missing.
    """
    mine = _compare(first, request)
    faults = [
        *_unknown_options(first, options),
        *_unknown_profiles(first),
        *_unknown_profiles(second),
        *_mismatches(mine, second, options),
    ]
    if faults:
        raise RequestError(faults)
    yours = mine if first.problem is second.problem else _compare(second, request)
    gaps = [*_gaps(mine, first, options), *([] if yours is mine else _gaps(yours, second, options))]
    if gaps:
        raise RequestError(gaps)
    one, other = _side(mine, first, options, mine), _side(yours, second, options, mine)
    return Dispute(
        options=options,
        first=one,
        second=other,
        split=split_group_disagreement(_person_by_person(one), _person_by_person(other)),
    )


def _compare(party: Party, request: Request | None) -> Comparison:
    """Return the comparison of a party's problem; a fault says which problem it is about."""
    try:
        return compare(party.problem, request)
    except RequestError as error:
        raise RequestError(replace(each, place=party.place) for each in error.faults) from None


# --- do the two problems match? -----------------------------------------------------------------


def _unknown_options(party: Party, options: tuple[str, str]) -> list[Fault]:
    known = tuple(alternative.id for alternative in party.problem.alternatives)
    facts = {"what": "option", "known": known}
    found = [
        Fault("unknown-name", party.place, name, facts)
        for name in dict.fromkeys(options)
        if name not in known
    ]
    if not found and options[0] == options[1]:
        found.append(Fault("same-option", value=options[0]))
    return found


def _unknown_profiles(party: Party) -> list[Fault]:
    """Return a fault for each profile that is not there or has no weights yet."""
    known = tuple(profile.id for profile in party.problem.profiles)
    ready = {profile.id for profile in party.problem.panel}
    facts = {"what": "profile", "known": known}
    return [
        Fault("profile-without-weights", party.place, name)
        if name in known
        else Fault("unknown-name", party.place, name, facts)
        for name in dict.fromkeys(party.profiles)
        if name not in ready
    ]


def _mismatches(mine: Comparison, second: Party, options: tuple[str, str]) -> list[Fault]:
    """Return all that keeps the second party's problem from being laid beside the first's."""
    if mine.problem is second.problem:
        return []
    there = _ids(mine.problem, "option")
    return [
        *_absent(second, "option", [name for name in options if name in there]),
        *_other_criteria(mine.problem, second),
        *_other_cases(mine, second),
    ]


def _absent(second: Party, what: str, wanted: Sequence[str]) -> list[Fault]:
    """Return a fault for each id that the second party's problem lacks."""
    known = _ids(second.problem, what)
    facts = {"what": what, "known": known}
    absent = [name for name in dict.fromkeys(wanted) if name not in known]
    return [Fault("party-lacks", second.place, name, facts) for name in absent]


def _extra(second: Party, what: str, wanted: Sequence[str]) -> list[Fault]:
    """Return a fault for each id that only the second party's problem has."""
    extra = [name for name in _ids(second.problem, what) if name not in wanted]
    return [Fault("party-adds", second.place, name, {"what": what}) for name in extra]


def _ids(problem: DecisionProblem, what: str) -> tuple[str, ...]:
    parts: Mapping[str, Sequence[HasId]] = {
        "option": problem.alternatives,
        "criterion": problem.criteria,
        "scenario": problem.scenarios,
        "region": problem.regions,
        "horizon": problem.horizons,
    }
    return tuple(part.id for part in parts[what])


def _other_criteria(first: DecisionProblem, second: Party) -> list[Fault]:
    ids = _ids(first, "criterion")
    found = [*_absent(second, "criterion", ids), *_extra(second, "criterion", ids)]
    theirs = {criterion.id: criterion for criterion in second.problem.criteria}
    for criterion in first.criteria:
        if criterion.id in theirs:
            found += _other_scale(criterion, theirs[criterion.id], second.place)
    return found


def _other_scale(mine: Criterion, yours: Criterion, place: Place) -> Iterator[Fault]:
    """Yield a fault for every part of the scale that the two have differently."""
    one, other = _curve(mine), _curve(yours)
    if one != other:
        yield Fault("party-value-function", place, mine.id)
    if isinstance(mine.value_function, Ordinal) or isinstance(yours.value_function, Ordinal):
        return  # the scale of classes is their number
    for name in ("direction", "worst", "best"):
        here, there = getattr(yours, name), getattr(mine, name)
        if here != there:
            facts = {"criterion": mine.id, "part": name, "other": there}
            yield Fault("party-scale", place, here, facts)


def _curve(criterion: Criterion) -> object:
    """Return the value function without names, so that a translation is no difference."""
    function = criterion.value_function
    if isinstance(function, Ordinal):
        return tuple((each.id, each.value) for each in function.classes)
    return function


def _other_cases(mine: Comparison, second: Party) -> list[Fault]:
    """Return the faults of the cases chosen; where none was asked for, both have all of them."""
    asked = {
        "scenario": mine.request.scenarios,
        "region": mine.request.regions,
        "horizon": mine.request.horizons,
    }
    found = []
    for axis in AXES:
        chosen = mine.cases.ids[axis]
        found += _absent(second, axis, chosen)
        if not asked[axis]:
            found += _extra(second, axis, chosen)
    return found


def _gaps(comparison: Comparison, party: Party, options: tuple[str, str]) -> list[Fault]:
    """Return a fault for each of the two options that lacks effects in the cases compared."""
    mode = comparison.problem.effects.mode[comparison.cases.rows]
    names = _ids(comparison.problem, "option")
    counts = [int(np.isnan(mode[:, names.index(name)]).sum()) for name in options]
    return [
        Fault("party-needs-effects", party.place, name, {"count": count})
        for name, count in zip(options, counts, strict=True)
        if count
    ]


# --- from a comparison to a side ----------------------------------------------------------------


def _side(comparison: Comparison, party: Party, options: tuple[str, str], lead: Comparison) -> Side:
    """Return a party worked out, with its criteria in the order of the comparison `lead`."""
    problem = comparison.problem
    names = _ids(problem, "option")
    pair = [names.index(name) for name in options]
    place = {name: c for c, name in enumerate(_ids(problem, "criterion"))}
    order = [place[name] for name in _ids(lead.problem, "criterion")]
    profiles = tuple(dict.fromkeys(party.profiles))
    means = comparison.scores.means.low[np.ix_(pair, order)]  # (2, C)
    mode = problem.effects.mode[comparison.cases.rows][:, pair][:, :, order]  # (S, 2, C)
    counted = mode[comparison.weights.cases > 0]
    return Side(
        comparison=comparison,
        profiles=profiles,
        weights=_panel_rows(comparison, profiles)[:, order],
        difference=means[0] - means[1],
        effects=weighted_mean(mode, comparison.weights.cases),
        reach=np.stack([counted.min(axis=0), counted.max(axis=0)]),
    )


def _panel_rows(comparison: Comparison, profiles: Sequence[str]) -> FloatArray:
    """Return the weights of the profiles on the criteria, shape (P, C)."""
    known = [profile.id for profile in comparison.problem.panel]
    return comparison.weights.panel[[known.index(name) for name in profiles]]


def _person_by_person(side: Side) -> tuple[FloatArray, FloatArray]:
    """Return weights and differences per profile; within a party all use the same effects."""
    return side.weights, np.broadcast_to(side.difference, side.weights.shape)


def _case_weights(side: Side, axis: Axis) -> dict[str, float]:
    cases = side.comparison.cases
    return dict(zip(cases.ids[axis], cases.weights[axis].tolist(), strict=True))

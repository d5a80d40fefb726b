"""From the answers of a questionnaire to the preference profile that keeps them as judgements."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

from afweging.analysis.answers import answers_about
from afweging.analysis.elicitation import elicit_group
from afweging.model.criterion import Criterion, Ordinal, criteria_under
from afweging.model.preference import Judgement, Profile, SwingRange

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from afweging.analysis.elicitation import Elicited
    from afweging.analysis.questionnaire import Answer, Method, Script
    from afweging.model.criterion import Group
    from afweging.model.preference import Origin
    from afweging.model.text import Text

    Numbers = dict[str, float]

# how a profile calls the method of a questionnaire
STORED: Mapping[Method, str] = {
    "swing": "swing",
    "points": "points",
    "rank": "rank-order-centroid",
    "ahp": "ahp",
    "bwm": "bwm",
}


@dataclass(frozen=True, slots=True)
class Person:
    """Whose answers they are, and when they were given."""

    id: str
    name: Text
    origin: Origin
    date: str


def profile_of(script: Script, answers: Mapping[str, Answer], person: Person) -> Profile:
    """Return the profile that answers make; only groups about which all was said count."""
    weights: list[tuple[str, tuple[tuple[str, float], ...]]] = []
    judgements: list[Judgement] = []
    said = [group for group in script.groups if f"{group.id}:review" in answers]
    for group in said:
        numbers, judged = _SAID[script.method](group, answers)
        weights += [(group.id, tuple(numbers.items()))] if numbers else []
        judgements += judged
    return Profile(
        id=person.id,
        name=person.name,
        origin=person.origin,
        method=STORED[script.method],
        evidence="expert",
        weights=tuple(weights),
        ranges=_ranges(said),
        judgements=tuple(judgements),
        date=person.date,
    )


def group_result(script: Script, answers: Mapping[str, Answer], group: Group) -> Elicited:
    """Return what the answers about one group lead to, all its questions being answered."""
    person = Person("_", script.tree.name, "own", "")
    said = replace(script, groups=(group,))
    profile = profile_of(said, {**answers, f"{group.id}:review": "ok"}, person)
    return elicit_group(answers_about(profile, group))


def _ranges(groups: list[Group]) -> tuple[SwingRange, ...]:
    """Return the ranges that were in view: of every criterion under the groups, each once."""
    found: dict[str, SwingRange] = {}
    for group in groups:
        for criterion in criteria_under(group):
            if not isinstance(criterion.value_function, Ordinal):
                found[criterion.id] = SwingRange(criterion.id, criterion.worst, criterion.best)
    return tuple(found.values())


def _number(answers: Mapping[str, Answer], key: str) -> float:
    found = answers[key]
    return float(found) if isinstance(found, int | float) else 0.0


def _names(group: Group) -> list[str]:
    return [child.id for child in group.children]


def _swing(group: Group, answers: Mapping[str, Answer]) -> tuple[Numbers, list[Judgement]]:
    top = str(answers[f"{group.id}:largest"])
    points = {
        name: 100.0 if name == top else _number(answers, f"{group.id}:points:{top}:{name}")
        for name in _names(group)
    }
    checks = [
        _trade_off(group, key, _number(answers, key))
        for key in answers
        if key.startswith(f"{group.id}:level:{top}:")
    ]
    return points, [check for check in checks if points[str(check.second)] > 0]


def _trade_off(group: Group, key: str, level: float) -> Judgement:
    """Return that `first` from worst to a level is worth the whole swing of `second`."""
    _, _, first, second = key.split(":")
    nodes = {child.id: child for child in group.children if isinstance(child, Criterion)}
    return Judgement(
        "trade-off",
        first,
        second,
        first_from=nodes[first].worst,
        first_to=level,
        second_from=nodes[second].worst,
        second_to=nodes[second].best,
    )


def _points(group: Group, answers: Mapping[str, Answer]) -> tuple[Numbers, list[Judgement]]:
    *rest, last = _names(group)
    points = {name: _number(answers, f"{group.id}:share:{name}") for name in rest}
    return {**points, last: round(100.0 - sum(points.values()), 9)}, []


def _rank(group: Group, answers: Mapping[str, Answer]) -> tuple[Numbers, list[Judgement]]:
    ranks: Numbers = {}
    while (key := f"{group.id}:place:{len(ranks) + 1}") in answers:
        place, chosen = float(len(ranks) + 1), answers[key]
        ranks |= {str(name): place for name in chosen} if isinstance(chosen, tuple) else {}
    left = [name for name in _names(group) if name not in ranks]
    ranks |= {name: float(len(ranks) + 1) for name in left}
    return {name: ranks[name] for name in _names(group)}, []


def _ahp(group: Group, answers: Mapping[str, Answer]) -> tuple[Numbers, list[Judgement]]:
    judged = []
    for first, second in combinations(_names(group), 2):
        said = answers[f"{group.id}:pair:{first}:{second}"]
        if isinstance(said, tuple):
            pair = (first, second) if said[0] == first else (second, first)
            judged.append(Judgement("ratio", *pair, times=float(said[1])))
    return {}, judged


def _bwm(group: Group, answers: Mapping[str, Answer]) -> tuple[Numbers, list[Judgement]]:
    best, worst = (str(answers[f"{group.id}:{end}"]) for end in ("best", "worst"))
    others = [name for name in _names(group) if name != best]
    pairs = [("best-times", best, name) for name in others]
    pairs += [("worst-times", name, worst) for name in others if name != worst]
    return {}, [
        Judgement("best", best),
        Judgement("worst", worst),
        *(
            Judgement("ratio", one, two, times=_number(answers, f"{group.id}:{kind}:{one}:{two}"))
            for kind, one, two in pairs
        ),
    ]


_SAID: Mapping[Method, Callable[[Group, Mapping[str, Answer]], tuple[Numbers, list[Judgement]]]] = {
    "swing": _swing,
    "points": _points,
    "rank": _rank,
    "ahp": _ahp,
    "bwm": _bwm,
}

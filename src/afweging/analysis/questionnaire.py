"""Which question comes next, for each way of giving weights; pure, for every door that asks.

A plan is all questions up to the first one that cannot be known yet; it is made anew from the
answers each time. An answer whose question is no longer in the plan, or that its question no
longer allows since an earlier answer changed, has no meaning any more.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Literal

from afweging.analysis.answers import step_gain
from afweging.errors import Fault, RequestError
from afweging.model.criterion import Criterion, Linear, Ordinal, groups_under

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from afweging.model.criterion import Group

Kind = Literal[
    "largest",  # which swing is the largest: an id
    "points",  # points of a swing where the largest has 100: 0 to 100
    "share",  # points of a swing where all have 100 together
    "place",  # which swings come next: one or more ids
    "pair",  # which of two counts more, and how many times
    "best",  # which swing counts most: an id
    "worst",  # which swing counts least: an id
    "best-times",  # how many times as much the best counts as another: 1 to 9
    "worst-times",  # how many times as much another counts as the worst: 1 to 9
    "level",  # the level on `first` from worst that is worth the whole swing of `second`
    "review",  # all said about one group: go on
]
Method = Literal["swing", "points", "rank", "ahp", "bwm"]
METHODS: tuple[Method, ...] = ("swing", "points", "rank", "ahp", "bwm")
CHOOSING = ("largest", "best", "worst", "place")
SCALE = (1.0, 9.0)  # of how many times
WHOLE = 100.0

Answer = str | float | tuple[str, ...] | tuple[str, float]


@dataclass(frozen=True, slots=True)
class Question:
    """One question about a group; `choices` are the ids to choose from.

    `first` and `second` are the parts it is about. `most` is the highest number that can be
    given, and for a level the number that the answers so far imply.
    """

    id: str
    group: str
    kind: Kind
    first: str | None = None
    second: str | None = None
    choices: tuple[str, ...] = ()
    most: float | None = None


@dataclass(frozen=True, slots=True)
class Script:
    """What is asked: by which method, about which groups of a value tree."""

    tree: Group
    method: Method
    groups: tuple[Group, ...]


Answers = dict[str, Answer]


def script_of(tree: Group, method: Method, only: Sequence[str] = ()) -> Script:
    """Return the script for some groups of the tree, or for all that have two parts or more.

    Raises
    ------
    RequestError
        When a name is no group, or a group has one part only, or every group has.
    """
    known = {group.id: group for group in groups_under(tree)}
    faults = [_not_a_group(name, tuple(known)) for name in only if name not in known]
    faults += [
        Fault("group-of-one", value=name)
        for name in only
        if name in known and len(known[name].children) < 2
    ]
    chosen = [g for g in known.values() if len(g.children) > 1 and (not only or g.id in only)]
    if not chosen and not faults:
        faults = [Fault("group-of-one", value=tree.id)]
    if faults:
        raise RequestError(faults)
    return Script(tree, method, tuple(chosen))


def _not_a_group(name: str, known: tuple[str, ...]) -> Fault:
    return Fault("unknown-name", value=name, facts={"what": "group", "known": known})


def plan(script: Script, answers: Mapping[str, Answer]) -> tuple[Question, ...]:
    """Return the questions answered so far and the next one, in order."""
    found: list[Question] = []
    for group in script.groups:
        for question in questions_about(script, group, answers):
            found.append(question)
            if not is_answered(script, question, answers):
                return tuple(found)
    return tuple(found)


def questions_about(
    script: Script, group: Group, answers: Mapping[str, Answer]
) -> Iterator[Question]:
    """Yield every question about one group, as far as the answers tell which they are."""
    yield from _PLANS[script.method](group, answers)
    yield _review(group)


def is_answered(script: Script, question: Question, answers: Mapping[str, Answer]) -> bool:
    """Return whether there is an answer to a question, and the question allows it."""
    return question.id in answers and check_answer(script, question, answers[question.id]) is None


def next_question(script: Script, answers: Mapping[str, Answer]) -> Question | None:
    """Return the first question without an answer; None when all is said."""
    asked = plan(script, answers)
    return next((each for each in asked if not is_answered(script, each, answers)), None)


def kept(script: Script, answers: Mapping[str, Answer]) -> Answers:
    """Return the answers whose question is still asked, in the order of the plan."""
    asked = plan(script, answers)
    return {each.id: answers[each.id] for each in asked if is_answered(script, each, answers)}


def without_last(script: Script, answers: Mapping[str, Answer]) -> Answers:
    """Return the answers without the last one before the next question; later ones stay."""
    last = next(reversed(kept(script, answers)), None)
    return {key: answer for key, answer in answers.items() if key != last}


def without(answers: Mapping[str, Answer], question: Question) -> Answers:
    """Return the answers without one of them, and without the review of its group."""
    gone = {question.id, f"{question.group}:review"}
    return {key: answer for key, answer in answers.items() if key not in gone}


def _review(group: Group) -> Question:
    return Question(f"{group.id}:review", group.id, "review")


def _ids(group: Group) -> tuple[str, ...]:
    return tuple(child.id for child in group.children)


# --- one plan per method ------------------------------------------------------------------------


def _swing(group: Group, answers: Mapping[str, Answer]) -> Iterator[Question]:
    """Yield: the largest swing, the points of the others, a check between the two largest."""
    largest = Question(f"{group.id}:largest", group.id, "largest", choices=_ids(group))
    yield largest
    top = answers.get(largest.id)
    for name in _ids(group):
        if name != top:
            key = f"{group.id}:points:{top}:{name}"
            yield Question(key, group.id, "points", name, str(top), most=WHOLE)
    if (check := _check(group, answers, str(top))) is not None:
        yield check


def _check(group: Group, answers: Mapping[str, Answer], top: str) -> Question | None:
    """Return the trade-off between the two largest swings, where levels can be named."""
    points = {name: answers.get(f"{group.id}:points:{top}:{name}") for name in _ids(group)}
    given = {n: float(p) for n, p in points.items() if isinstance(p, int | float) and 0 < p < WHOLE}
    second = max(given, key=lambda name: given[name], default=None)
    nodes = {child.id: child for child in group.children}
    one = nodes.get(top)
    if second is None or not isinstance(one, Criterion) or not _straight(one, nodes[second]):
        return None
    implied = one.worst + given[second] / WHOLE * (one.best - one.worst)
    key = f"{group.id}:level:{top}:{second}"
    return Question(key, group.id, "level", top, second, most=implied)


def _straight(one: Criterion, other: Criterion | Group) -> bool:
    """Return whether a level on `one` can be named that is worth the swing of `other`."""
    return (
        isinstance(one.value_function, Linear)
        and isinstance(other, Criterion)
        and not isinstance(other.value_function, Ordinal)
        and step_gain(other, other.worst, other.best) > 0
    )


def _points(group: Group, answers: Mapping[str, Answer]) -> Iterator[Question]:
    """Yield one question per part but the last, which gets what is left."""
    left = WHOLE
    for name in _ids(group)[:-1]:
        question = Question(f"{group.id}:share:{name}", group.id, "share", name, most=left)
        yield question
        given = answers.get(question.id)
        left -= float(given) if isinstance(given, int | float) else 0.0
        left = round(left, 9)


def _rank(group: Group, answers: Mapping[str, Answer]) -> Iterator[Question]:
    """Yield which swing comes first, which next, until one is left; several share a place."""
    left = _ids(group)
    place = 1
    while len(left) > 1:
        question = Question(f"{group.id}:place:{place}", group.id, "place", choices=left)
        yield question
        chosen = answers.get(question.id)
        if not isinstance(chosen, tuple):
            return
        left = tuple(name for name in left if name not in chosen)
        place += len(chosen)


def _ahp(group: Group, _answers: Mapping[str, Answer]) -> Iterator[Question]:
    """Yield every pair of parts."""
    for first, second in combinations(_ids(group), 2):
        key = f"{group.id}:pair:{first}:{second}"
        yield Question(key, group.id, "pair", first, second, choices=(first, second))


def _bwm(group: Group, answers: Mapping[str, Answer]) -> Iterator[Question]:
    """Yield best and worst, the best against the others, the others against the worst."""
    names = _ids(group)
    best = Question(f"{group.id}:best", group.id, "best", choices=names)
    yield best
    top = answers.get(best.id)
    others = tuple(name for name in names if name != top)
    worst = Question(f"{group.id}:worst", group.id, "worst", choices=others)
    yield worst
    low = answers.get(worst.id)
    widest = Question(
        f"{group.id}:best-times:{top}:{low}", group.id, "best-times", str(top), str(low), most=9.0
    )
    yield widest
    span = answers.get(widest.id)
    most = float(span) if isinstance(span, int | float) else SCALE[1]
    middle = [name for name in others if name != low]
    for kind, pairs in (
        ("best-times", [(str(top), name) for name in middle]),
        ("worst-times", [(name, str(low)) for name in middle]),
    ):
        for first, second in pairs:
            key = f"{group.id}:{kind}:{first}:{second}"
            yield Question(key, group.id, kind, first, second, most=most)  # type: ignore[arg-type]


_PLANS: Mapping[Method, Callable[[Group, Mapping[str, Answer]], Iterator[Question]]] = {
    "swing": _swing,
    "points": _points,
    "rank": _rank,
    "ahp": _ahp,
    "bwm": _bwm,
}


# --- what can be an answer ----------------------------------------------------------------------


def check_answer(script: Script, question: Question, answer: Answer) -> Fault | None:
    """Return what is wrong with an answer, or None."""
    if question.kind == "review":
        return None
    names, number = _parts_of(question, answer)
    if not names and number is None:
        return Fault("answer-empty")
    wrong = [name for name in names if name not in question.choices]
    if wrong:
        return Fault("answer-choice", value=wrong[0], facts={"choices": question.choices})
    if number is None:
        return None
    if question.kind == "level":
        return _off_scale(script, question, number)
    least = SCALE[0] if question.kind in ("pair", "best-times", "worst-times") else 0.0
    most = SCALE[1] if question.kind == "pair" else question.most
    return None if most is None else _outside(number, least, most)


def _parts_of(question: Question, answer: Answer) -> tuple[tuple[str, ...], float | None]:
    """Return the names and the number in an answer; nothing where its form is not right.

    A conversation always gives the right form; a draft that was changed by hand may not.
    """
    if isinstance(answer, tuple) != (question.kind in ("place", "pair")):
        return (), None
    parts = answer if isinstance(answer, tuple) else (answer,)
    names = tuple(part for part in parts if isinstance(part, str))
    numbers = tuple(float(part) for part in parts if type(part) in (int, float))
    pair = question.kind == "pair"
    form = (len(parts), 0) if question.kind in CHOOSING else (int(pair), 1)
    if (len(names), len(numbers)) != form or (pair and parts[0] not in names):
        return (), None
    return names, numbers[0] if numbers else None


def _outside(number: float, least: float, most: float) -> Fault | None:
    if least <= number <= most:
        return None
    return Fault("answer-range", value=number, facts={"least": least, "most": most})


def _off_scale(script: Script, question: Question, level: float) -> Fault | None:
    """Return a fault for a level beyond the scale, or at its worst end, where nothing is gained."""
    criterion = node_of(script.tree, question.first or "")
    if not isinstance(criterion, Criterion):
        return None
    low, high = sorted((criterion.worst, criterion.best))
    if level == criterion.worst:
        return Fault("answer-no-step", value=level)
    return _outside(level, low, high)


def node_of(tree: Group, name: str) -> Group | Criterion:
    """Return the node of the tree with an id that is there."""
    nodes = [child for group in groups_under(tree) for child in group.children]
    return next(node for node in (tree, *nodes) if node.id == name)

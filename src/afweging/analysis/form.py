"""The questions of a script as the rows of a form that a group fills in, and its answers back.

A form cannot ask one question after another: every row that may be needed is there. What comes
back are the answers of the conversation, so that the same checks and the same profile follow.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from afweging.analysis.questionnaire import Question, check_answer, questions_about
from afweging.errors import Fault
from afweging.methods.ranking import is_ranking

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from afweging.analysis.questionnaire import Answer, Answers, Script
    from afweging.model.criterion import Group

    Cells = Mapping[str, Answer]  # by key of the row; only what was filled in
    Found = tuple[str, Fault]  # key of the row, what is wrong


@dataclass(frozen=True, slots=True)
class FormRow:
    """One row of a form: what it asks about, and how its question words it."""

    key: str
    group: str
    kind: str
    first: str | None = None
    second: str | None = None

    @property
    def question(self) -> Question:
        """The question that reads what is typed in this row."""
        choices = (self.first or "", self.second or "") if self.kind == "pair" else ()
        kind = {"rank": "points", "best-times": "points", "worst-times": "points"}
        asked = kind.get(self.kind, self.kind)
        return Question(self.key, self.group, asked, self.first, self.second, choices)  # type: ignore[arg-type]


_KIND = {"swing": "points", "points": "share", "rank": "rank"}


def form_rows(script: Script) -> tuple[FormRow, ...]:
    """Return every row that a form for the script needs, group by group."""
    return tuple(row for group in script.groups for row in _rows(script, group))


def _rows(script: Script, group: Group) -> list[FormRow]:
    names, name = [child.id for child in group.children], group.id
    if script.method in _KIND:
        kind = _KIND[script.method]
        return [FormRow(f"{name}:{kind}:{child}", name, kind, child) for child in names]
    if script.method == "ahp":
        return [
            FormRow(f"{name}:pair:{first}:{second}", name, "pair", first, second)
            for first, second in combinations(names, 2)
        ]
    ends = [FormRow(f"{name}:{end}", name, end) for end in ("best", "worst")]
    return ends + [
        FormRow(f"{name}:{kind}:{child}", name, kind, child)
        for kind in ("best-times", "worst-times")
        for child in names
    ]


def form_answers(script: Script, cells: Cells, *, person: str) -> tuple[Answers, list[Found]]:
    """Return the answers in one column of a form, and what is wrong by the key of its row.

    A group of which no row is filled in is left out: the person says nothing about it.
    """
    answers: Answers = {}
    faults: list[Found] = []
    for group in script.groups:
        rows = _rows(script, group)
        given = {row.key: cells[row.key] for row in rows if row.key in cells}
        if not given:
            continue
        found, wrong = _OF_GROUP[script.method](group, given, person)
        faults += [*wrong, *_out_of_range(script, group, found)]
        answers |= {**found, f"{group.id}:review": "ok"}
    return answers, faults


def _out_of_range(script: Script, group: Group, answers: Answers) -> list[Found]:
    """Return the answers that the questions of the group do not allow."""
    wrong = []
    for question in questions_about(script, group, answers):
        if question.id in answers and question.kind != "review":
            fault = check_answer(script, question, answers[question.id])
            wrong += [] if fault is None else [(question.id, fault)]
    return wrong


def _numbers(
    group: Group, given: Cells, kind: str, person: str
) -> tuple[dict[str, float], list[Found]]:
    """Return the number per part of a group; a row that is empty is a fault."""
    found: dict[str, float] = {}
    faults: list[Found] = []
    for child in group.children:
        key = f"{group.id}:{kind}:{child.id}"
        number = given.get(key)
        if isinstance(number, int | float) and number >= 0:
            found[child.id] = float(number)
        elif number is None:
            faults.append((key, Fault("form-missing", facts={"person": person})))
        else:
            facts = {"least": 0, "most": 100}
            faults.append((key, Fault("answer-range", value=number, facts=facts)))
    return found, faults


def _as_a_whole(code: str, value: object, group: Group, key: str, person: str) -> list[Found]:
    return [(key, Fault(code, value=value, facts={"person": person, "group": group.id}))]


def _swing(group: Group, given: Cells, person: str) -> tuple[Answers, list[Found]]:
    points, faults = _numbers(group, given, "points", person)
    if faults:
        return {}, faults
    top = max(points, key=points.__getitem__)
    if points[top] != 100:
        key = f"{group.id}:points:{top}"
        return {}, _as_a_whole("form-largest", points[top], group, key, person)
    rest = {f"{group.id}:points:{top}:{name}": p for name, p in points.items() if name != top}
    return {f"{group.id}:largest": top, **rest}, []


def _points(group: Group, given: Cells, person: str) -> tuple[Answers, list[Found]]:
    points, faults = _numbers(group, given, "share", person)
    if faults:
        return {}, faults
    total = round(sum(points.values()), 9)
    *rest, last = points
    if total != 100:
        key = f"{group.id}:share:{last}"
        return {}, _as_a_whole("form-total", total, group, key, person)
    return {f"{group.id}:share:{name}": points[name] for name in rest}, []


def _rank(group: Group, given: Cells, person: str) -> tuple[Answers, list[Found]]:
    ranks, faults = _numbers(group, given, "rank", person)
    if faults:
        return {}, faults
    numbers = list(ranks.values())
    if not is_ranking(numbers):
        shown = ", ".join(f"{rank:g}" for rank in numbers)
        key = f"{group.id}:rank:{group.children[0].id}"
        return {}, _as_a_whole("form-ranks", shown, group, key, person)
    places = sorted(set(numbers))
    found: Answers = {
        f"{group.id}:place:{place:g}": tuple(n for n, rank in ranks.items() if rank == place)
        for place in places
    }
    return found, []


def _ahp(group: Group, given: Cells, person: str) -> tuple[Answers, list[Found]]:
    names = [child.id for child in group.children]
    keys = [f"{group.id}:pair:{a}:{b}" for a, b in combinations(names, 2)]
    missing = [(k, Fault("form-missing", facts={"person": person})) for k in keys if k not in given]
    return dict(given), missing


def _bwm(group: Group, given: Cells, person: str) -> tuple[Answers, list[Found]]:
    facts = {"person": person}
    faults = _ends(group, given, person)
    if faults:
        return {}, faults
    best, worst = (str(given[f"{group.id}:{end}"]) for end in ("best", "worst"))
    found: Answers = {f"{group.id}:best": best, f"{group.id}:worst": worst}
    for child in group.children:
        for kind, itself, pair in (
            ("best-times", child.id == best, f"{best}:{child.id}"),
            ("worst-times", child.id in (best, worst), f"{child.id}:{worst}"),
        ):
            key = f"{group.id}:{kind}:{child.id}"
            number = given.get(key)
            if isinstance(number, int | float) and not itself:
                found[f"{group.id}:{kind}:{pair}"] = float(number)
            elif number is None and not itself:
                faults.append((key, Fault("form-missing", facts=facts)))
    return found, faults


def _ends(group: Group, given: Cells, person: str) -> list[Found]:
    """Return what is wrong with the best and the worst of a group as they were named."""
    names = tuple(child.id for child in group.children)
    ends = {key: given.get(key) for key in (f"{group.id}:best", f"{group.id}:worst")}
    facts = {"person": person}
    faults = [(key, Fault("form-missing", facts=facts)) for key, end in ends.items() if end is None]
    faults += [
        (key, Fault("answer-choice", value=str(end), facts={"choices": names}))
        for key, end in ends.items()
        if end is not None and end not in names
    ]
    if not faults and len(set(ends.values())) == 1:
        key, end = f"{group.id}:worst", str(ends[f"{group.id}:worst"])
        return [(key, Fault("form-same", value=end, facts=facts))]
    return faults


_OF_GROUP: Mapping[str, Callable[[Group, Cells, str], tuple[Answers, list[Found]]]] = {
    "swing": _swing,
    "points": _points,
    "rank": _rank,
    "ahp": _ahp,
    "bwm": _bwm,
}

"""Questions and answers of a questionnaire as a person reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afweging.analysis.naming import names_of
from afweging.analysis.questionnaire import Question, Script, node_of
from afweging.model.criterion import Criterion, Ordinal, criteria_under

if TYPE_CHECKING:
    from collections.abc import Iterator

    from afweging.analysis.questionnaire import Answer
    from afweging.model.criterion import Group
    from afweging.model.problem import DecisionProblem
    from afweging.wording import Words


class Asker:
    """Words the questions about one problem in one language."""

    def __init__(self, problem: DecisionProblem, script: Script, words: Words) -> None:
        self.problem = problem
        self.script = script
        self.words = words
        self.names = names_of(problem, words.language)

    def name(self, node: str) -> str:
        """Return the name of a lens or criterion, led by its id where that is a short code."""
        name = self.names.criterion(node)
        return f"{node} {name}" if self.names.is_code(node) and node != name else name

    def heading(self, group: Group) -> str:
        """Return the heading above the questions about a group."""
        places = [each.id for each in self.script.groups]
        return self.words.text(
            "weigh.group.head",
            name=self.name(group.id),
            place=places.index(group.id) + 1,
            total=len(places),
        )

    def swings(self, group: Group) -> list[tuple[str, list[str]]]:
        """Return per part of a group its numbered line and, of a lens, a line per criterion."""
        lines = []
        for number, child in enumerate(group.children, start=1):
            if isinstance(child, Criterion):
                shown, under = self.scale(child), []
            else:
                shown = self.name(child.id)
                under = [self.scale(each) for each in criteria_under(child)]
            lines.append((self.words.text("weigh.group.part", number=number, name=shown), under))
        return lines

    def scale(self, criterion: Criterion) -> str:
        """Return from what to what a criterion can go, in its unit, and what that rests on."""
        name = self.name(criterion.id)
        source = self._source(criterion)
        if isinstance(criterion.value_function, Ordinal):
            ends = [
                each.name.in_language(self.words.language)
                for each in criterion.value_function.classes
            ]
            return self.words.text(
                "weigh.group.classes", name=name, worst=ends[0], best=ends[-1], source=source
            )
        return self.words.text(
            "weigh.group.scale",
            name=name,
            worst=criterion.worst,
            best=criterion.best,
            unit=self.names.unit[criterion.id],
            source=source,
        )

    def _source(self, criterion: Criterion) -> str:
        mark = self.words.text(f"cli.mark.{criterion.evidence}")
        known = {source.id: source.title for source in self.problem.sources}
        if criterion.source is None or criterion.source not in known:
            return mark
        return f"{mark}: {known[criterion.source].in_language(self.words.language)}"

    def question(self, question: Question) -> str:
        """Return the sentence that asks."""
        facts: dict[str, object] = {"most": question.most}
        for key in ("first", "second"):
            node = getattr(question, key)
            facts[key] = None if node is None else self.name(node)
        if question.kind == "level":
            facts |= self._levels(question)
        return self.words.text(f"weigh.question.{question.kind}", **facts)

    def _levels(self, question: Question) -> dict[str, object]:
        one, two = (node_of(self.script.tree, n or "") for n in (question.first, question.second))
        if not (isinstance(one, Criterion) and isinstance(two, Criterion)):
            return {}
        return {
            "worst": one.worst,
            "implied": question.most,
            "unit": self.names.unit[one.id],
            "other_worst": two.worst,
            "other_best": two.best,
            "other_unit": self.names.unit[two.id],
        }

    def choices(self, question: Question) -> list[str]:
        """Return the numbered lines to choose from: of a pair the two, else of the group."""
        group = node_of(self.script.tree, question.group)
        children = [] if isinstance(group, Criterion) else [child.id for child in group.children]
        children = list(question.choices) if question.kind == "pair" else children
        return [
            self.words.text("weigh.choice.line", number=number, name=self.name(name))
            for number, name in enumerate(children, start=1)
            if name in question.choices
        ]

    def answer(self, question: Question, answer: Answer) -> str:
        """Return an answer as a short line."""
        kind: str = question.kind
        facts: dict[str, object] = {
            key: self.name(node)
            for key in ("first", "second")
            if (node := getattr(question, key)) is not None
        }
        facts["place"] = question.id.rsplit(":", 1)[-1]
        if question.kind == "level":
            facts["unit"] = self.names.unit[question.first or ""]
        if question.kind == "pair" and isinstance(answer, tuple):
            kind = self._pair(question, str(answer[0]), float(answer[1]), facts)
        elif isinstance(answer, tuple):
            facts["answers"] = [self.name(str(name)) for name in answer]
        elif isinstance(answer, str):
            facts["answer"] = self.name(answer)
        else:
            facts["number"] = answer
        return self.words.text(f"weigh.answer.{kind}", **facts)

    def _pair(self, question: Question, more: str, times: float, facts: dict[str, object]) -> str:
        less = question.second if more == question.first else question.first
        facts |= {"more": self.name(more), "less": self.name(less or ""), "times": times}
        return "pair" if times != 1 else "pair_same"

    def answers(self, questions: list[tuple[Question, Answer]]) -> Iterator[str]:
        """Yield the answers given, numbered."""
        for number, (question, answer) in enumerate(questions, start=1):
            said = self.answer(question, answer)
            yield self.words.text("weigh.answer.line", number=number, said=said)

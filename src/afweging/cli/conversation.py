"""The terminal conversation in which someone gives weights: asks, checks, goes back, keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from afweging.analysis import elicitation_sentences, questionnaire
from afweging.analysis.answered_profile import group_result
from afweging.analysis.question_sentences import Asker
from afweging.cli.answer_reader import read_answer
from afweging.cli.console import show_line
from afweging.cli.layout import heading
from afweging.errors import Fault
from afweging.wording import texts_of
from afweging.wording.faults import fault_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO

    from rich.console import Console

    from afweging.analysis.questionnaire import Answer, Answers, Question, Script
    from afweging.model.criterion import Group
    from afweging.model.problem import DecisionProblem
    from afweging.wording import Words

Ending = Literal["done", "stopped", "cut-off", "interrupted"]


class Conversation:
    """One person's conversation; `keep` is called with all answers after each change."""

    def __init__(
        self,
        problem: DecisionProblem,
        script: Script,
        words: Words,
        *,
        screen: Console,
        source: TextIO,
        keep: Callable[[Answers], None],
    ) -> None:
        self.problem = problem
        self.script = script
        self.words = words
        self.screen = screen
        self.source = source
        self.keep = keep
        self.asker = Asker(problem, script, words)
        self.answers: Answers = {}
        self.commands = texts_of(words.language, "weigh")["command"]
        self.shown: str | None = None  # the group whose swings stand on the screen

    def run(self, answers: Answers) -> Ending:
        """Ask until all is said; return how it ended. The answers stand in `answers`."""
        try:
            return self._run(answers)
        except KeyboardInterrupt:
            return "interrupted"

    def _run(self, answers: Answers) -> Ending:
        self.answers = dict(answers)
        while (question := questionnaire.next_question(self.script, self.answers)) is not None:
            self._show(question)
            line = self.source.readline()
            if not line:
                return "cut-off"
            typed = line.strip()
            if typed.casefold() in self.commands["stop"]:
                return "stopped"
            if not self._obey(typed, question):
                self._take(typed, question)
        self.answers = questionnaire.kept(self.script, self.answers)
        return "done"

    # --- showing --------------------------------------------------------------------------------

    def _say(self, line: str) -> None:
        show_line(self.screen, line)

    def _group(self, name: str) -> Group:
        return next(group for group in self.script.groups if group.id == name)

    def _show(self, question: Question) -> None:
        if self.shown != question.group:
            self._show_group(self._group(question.group))
            self.shown = question.group
        if question.kind == "review":
            self._review(question)
        self._say("")
        self._say(self.asker.question(question))
        for line in self.asker.choices(question):
            self._say(line)
        self.screen.print(self.words.text("weigh.prompt.line"), end="")
        self.screen.file.flush()

    def _show_group(self, group: Group) -> None:
        self._say("")
        self.screen.print(heading(self.screen, self.asker.heading(group)))
        for name, scales in self.asker.swings(group):
            self._say(name)
            for scale in scales:
                self._say(f"- {scale}")

    def _review(self, question: Question) -> None:
        """Show what the answers about a group lead to, and the answers by number."""
        found = group_result(self.script, self._given(), self._group(question.group))
        self._say("")
        name = self.asker.name(question.group)
        self._say(self.words.text("weigh.result.weights", group=name))
        for line in (
            *elicitation_sentences.weight_lines(self.problem, found, self.words),
            *elicitation_sentences.worth_a_look(self.problem, found, self.words),
            *elicitation_sentences.consistency_lines(self.problem, found, self.words),
        ):
            self._say(f"- {line}")
        self._overview(question)

    def _overview(self, question: Question) -> None:
        for line in self.asker.answers(self._said(question.group)):
            self._say(f"   {line}")

    def _said(self, group: str) -> list[tuple[Question, Answer]]:
        """Return the questions about a group that have an answer, in order."""
        asked = questionnaire.plan(self.script, self.answers)
        return [
            (each, self.answers[each.id])
            for each in asked
            if each.group == group and each.id in self.answers and each.kind != "review"
        ]

    def _given(self) -> Answers:
        return questionnaire.kept(self.script, self.answers)

    # --- taking what was typed ------------------------------------------------------------------

    def _obey(self, typed: str, question: Question) -> bool:
        """Carry out a command; return whether it was one."""
        word = typed.casefold()
        if word in self.commands["help"]:
            self._say(self.words.text(f"weigh.help.{self.script.method}"))
            return True
        if word in self.commands["overview"]:
            self._overview(question)
            return True
        if word in self.commands["back"]:
            self._change(questionnaire.without_last(self.script, self.answers))
            return True
        return question.kind == "review" and self._reopen(typed, question)

    def _reopen(self, typed: str, question: Question) -> bool:
        """Take back the answer whose number was typed; return False where nothing was."""
        if not typed:
            return False
        said = self._said(question.group)
        if typed.isascii() and typed.isdigit() and 1 <= int(typed) <= len(said):
            self._change(questionnaire.without(self.answers, said[int(typed) - 1][0]))
        else:
            self._refuse(Fault("answer-range", value=typed, facts={"least": 1, "most": len(said)}))
        return True

    def _take(self, typed: str, question: Question) -> None:
        siblings = [child.id for child in self._group(question.group).children]
        same = self.commands["same"]
        answer = read_answer(question, typed, siblings=siblings, same=same)
        if not isinstance(answer, Fault):
            wrong = questionnaire.check_answer(self.script, question, answer)
            if wrong is None:
                self._change({**self.answers, question.id: answer})
                return
            answer = wrong
        self._refuse(answer)

    def _refuse(self, fault: Fault) -> None:
        said = fault_text(self.words, fault)
        self._say(said[:1].upper() + said[1:])

    def _change(self, answers: Answers) -> None:
        self.answers = answers
        self.keep(answers)

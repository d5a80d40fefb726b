"""What a person typed as an answer to a question: a number, a choice, a pair; or what is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afweging.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afweging.analysis.questionnaire import Answer, Question


def read_answer(
    question: Question, text: str, *, siblings: Sequence[str], same: Sequence[str] = ("=",)
) -> Answer | Fault:
    """Return the answer in `text`, or why it is none; what it may be is checked elsewhere.

    A part is named by its number among its siblings, as shown, or by its id. `same` are the
    words for "equal".
    """
    shown = " ".join(text.split())
    if question.kind == "review":
        return "ok"
    if question.kind == "pair":
        return _pair(question, shown, same)
    if question.kind == "place":
        names = [_name(part, siblings) for part in shown.replace(",", " ").split()]
        return tuple(dict.fromkeys(names)) if names else Fault("answer-empty")
    if question.kind in ("largest", "best", "worst"):
        return _name(shown, siblings) if shown else Fault("answer-empty")
    if question.kind == "level" and not shown and question.most is not None:
        return question.most
    return _number(shown)


def _name(text: str, siblings: Sequence[str]) -> str:
    """Return the id that a number or an id stands for; anything else as it is."""
    if text in siblings:
        return text
    place = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
    if 1 <= place <= len(siblings):
        return siblings[place - 1]
    folded = {name.casefold(): name for name in siblings}
    return folded.get(text.casefold(), text)


def _number(text: str) -> float | Fault:
    from afweging.io.numbers import read_number

    found = read_number(text, decimal=None, declared=False)
    if found is None:
        return Fault("answer-empty")
    return found if isinstance(found, float) else Fault("answer-number", value=text)


def _pair(question: Question, text: str, same: Sequence[str]) -> Answer | Fault:
    """Return who counts more and how many times, from "2 3", "M 3" or "="."""
    choices = question.choices
    if text.casefold() in same:
        return (choices[0], 1.0)
    more, _, times = text.partition(" ")
    if not times:
        return Fault("answer-pair", value=text)
    number = _number(times)
    return number if isinstance(number, Fault) else (_name(more, choices), number)

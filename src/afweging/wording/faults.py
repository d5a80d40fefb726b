"""A fault as one sentence: the place, then the value, the rule and the next step."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from afweging.wording import Words


ANSWER_FIELDS = (
    *("kind", "first", "second", "times", "low", "high"),
    *("first_from", "first_to", "second_from", "second_to"),
)
AREAS = (
    *("faults.code", "workbook_faults", "dossier_faults"),
    *("session_faults", "memo_faults", "charts_faults"),
)
LONGEST = 80  # characters of a value that a reader can take in


class PlaceLike(Protocol):
    """Where something stands."""

    @property
    def file(self) -> str | None:
        """Name of the file."""
        ...

    @property
    def line(self) -> int | None:
        """Line of the file, from 1."""
        ...

    @property
    def column(self) -> int | None:
        """Column on the line, or of the table, from 1."""
        ...

    @property
    def sheet(self) -> str | None:
        """Name of the sheet."""
        ...

    @property
    def cell(self) -> str | None:
        """Cell of the sheet, such as B4."""
        ...


class FaultLike(Protocol):
    """What is wrong, and where."""

    @property
    def code(self) -> str:
        """The key of the sentence."""
        ...

    @property
    def place(self) -> PlaceLike:
        """Where it stands."""
        ...

    @property
    def value(self) -> object:
        """What was found."""
        ...

    @property
    def facts(self) -> Mapping[str, object]:
        """What else the sentence needs."""
        ...


def fault_text(words: Words, fault: FaultLike) -> str:
    """Return the whole sentence for a fault in the language of `words`."""
    facts = {"field": "", **fault.facts, "value": _quoted(fault.value)}
    if "what" in facts:
        facts["what"] = words.text(f"faults.what.{facts['what']}")
    if "kind" in facts:
        facts["kind"] = words.text(f"faults.kind.{facts['kind']}")
    if isinstance(facts.get("earlier"), int):
        facts["earlier"] = words.text("faults.earlier", line=str(facts["earlier"]))
    answers = facts.get("answers")
    if isinstance(answers, tuple):
        facts["answers"] = "; ".join(_answer(words, each) for each in answers)
    facts["near"] = _near(words, fault)
    return place_text(words, fault.place) + words.text(_key(words, fault.code), **facts)


def _key(words: Words, code: str) -> str:
    area = next((area for area in AREAS if words.has(f"{area}.{code}")), AREAS[0])
    return f"{area}.{code}"


def _answer(words: Words, answer: object) -> str:
    """Return an answer that someone gave in the notation of mathematics."""
    facts = {"low": 0.0, "high": 100.0} if getattr(answer, "kind", "") == "share" else {}
    for name in ANSWER_FIELDS:
        if (value := getattr(answer, name)) is not None:
            facts[name] = value
    key = str(facts["kind"])
    if key == "ratio":
        forms = {"times": "times", "low": "at_least", "high": "at_most", "low high": "between"}
        key = forms[" ".join(name for name in ("times", "low", "high") if name in facts)]
    return words.text(f"faults.answer.{key}", **facts)


def _quoted(value: object) -> object:
    """Return text in quotes and cut to what a reader can take in; numbers as they are."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "«true»" if value else "«false»"
    if isinstance(value, str):
        shown = value if len(value) <= LONGEST else f"{value[: LONGEST - 3]}…"
        # a line end or an escape of the terminal would break the sentence
        return f"«{''.join(c if c.isprintable() else '�' for c in shown)}»"
    return value


def _near(words: Words, fault: FaultLike) -> str:
    near, known = fault.facts.get("near"), fault.facts.get("known")
    if near is None and isinstance(known, tuple):
        near = next(iter(get_close_matches(str(fault.value), known, n=1)), None)
    return "" if near is None else words.text("faults.near", near=near)


def place_text(words: Words, place: PlaceLike) -> str:
    """Return the place as the start of a sentence; empty where there is none."""
    if place.file is None:
        return ""
    kind = "file"
    if place.sheet is not None:
        kind = "sheet" if place.cell is None else "cell"
    elif place.line is not None:
        kind = "line" if place.column is None else "column"
    return words.text(
        f"faults.place.{kind}",
        file=place.file,
        line=str(place.line),
        column=str(place.column),
        sheet=place.sheet,
        cell=place.cell,
    )

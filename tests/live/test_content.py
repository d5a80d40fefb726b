from __future__ import annotations

from typing import Any

import pytest
from tests.live.running import brabant

from afweging.live.content import participant_content, room_content
from afweging.live.voice import Voice
from afweging.wording import Language, Words


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_swing_is_told_in_its_own_unit_with_its_source(language: Language) -> None:
    """Per lens each criterion once: worst, best, unit, the mark of its evidence, the source."""
    problem, _ = brabant()
    content: dict[str, Any] = participant_content(problem, Words(language))
    titles = {source.id: source.title.in_language(language) for source in problem.sources}
    told = {swing["id"]: swing for lens in content["lenses"] for swing in lens["swings"]}
    assert list(told) == [criterion.id for criterion in problem.criteria]
    for criterion in problem.criteria:
        swing = told[criterion.id]
        assert swing["name"] == criterion.name.in_language(language)
        assert swing["source"] == titles[criterion.source or ""]
        assert swing["evidence"]
        if swing["unit"]:
            ends = [number(swing[end], language) for end in ("worst", "best")]
            assert ends == [criterion.worst, criterion.best]
            assert swing["unit"] == criterion.unit.in_language(language)


def test_numbers_follow_the_reader_and_names_the_problem() -> None:
    """In Polish a swing has Polish figures and marks, and its Dutch name."""
    problem, _ = brabant()
    content: dict[str, Any] = participant_content(problem, Voice("pl"))
    dutch: dict[str, Any] = participant_content(problem, Words("nl"))
    assert (content["language"], dutch["language"]) == ("nl", "nl")
    assert content["options"] == dutch["options"]
    marks = set()
    for lens, other in zip(content["lenses"], dutch["lenses"], strict=True):
        for swing, same in zip(lens["swings"], other["swings"], strict=True):
            assert swing["name"] == same["name"]
            assert swing["worst"].replace("\u00a0", ".") == same["worst"]
            marks.add(swing["evidence"])
    assert marks <= {"pomiar", "wartość pochodna", "ocena ekspercka", "założenie"}


def number(text: str, language: str) -> float:
    """Return a number as a reader of the language reads it."""
    text = text.replace("−", "-")
    thousands, point = (".", ",") if language == "nl" else (",", ".")
    return float(text.replace(thousands, "").replace(point, "."))


def test_texts_stand_on_one_line() -> None:
    """A text of several lines in the file has no sign in it that cannot be shown."""
    problem, model = brabant()
    for text in strings(room_content(problem, model, Words("nl"))):
        assert text.isprintable() or "\u00a0" in text


def strings(value: object) -> list[str]:
    """Return all texts in plain data."""
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for part in parts for text in strings(part)]


def test_the_table_says_who_does_better_than_the_mean() -> None:
    """From -2 to 2 per option and lens, of options that meet the requirements."""
    problem, model = brabant()
    content: dict[str, Any] = room_content(problem, model, Words("nl"))
    assert list(content["table"]) == list(model.options)
    for place, lens in enumerate(model.lenses):
        mean = sum(float(row[place]) for row in model.values) / len(model.options)
        for option, row in zip(model.options, model.values, strict=True):
            step, away = content["table"][option][lens], float(row[place]) - mean
            assert step == sum(away >= edge for edge in (-0.1, -0.02, 0.02, 0.1)) - 2
    assert set(content["names"]["options"]) == {each.id for each in problem.alternatives}

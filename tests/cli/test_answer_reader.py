from __future__ import annotations

import pytest
from tests.folders import sentences

from afweging.analysis.questionnaire import Kind, Question
from afweging.cli.answer_reader import read_answer
from afweging.errors import Fault

# ids that are also words of the conversation, and one that is a number
SIBLINGS = ("t", "Groen", "stop", "A4", "2030")
SAME = ("=", "gelijk")
NUMBERS: tuple[Kind, ...] = ("points", "share", "best-times", "worst-times", "level")


def _read(kind: Kind, text: str, most: float | None = None) -> object:
    choices = ("stop", "A4") if kind == "pair" else SIBLINGS
    question = Question("doel:x", "doel", kind, "stop", "A4", choices, most)
    return read_answer(question, text, siblings=SIBLINGS, same=SAME)


def _code(kind: Kind, text: str) -> tuple[str, object]:
    found = _read(kind, text)
    assert isinstance(found, Fault)
    sentences([found])
    return found.code, found.value


@pytest.mark.parametrize("kind", ["largest", "best", "worst"])
@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("1", "t"),
        ("3", "stop"),
        (" 4 ", "A4"),
        ("t", "t"),
        ("a4", "A4"),
        ("GROEN", "Groen"),
        ("2030", "2030"),
        ("5", "2030"),
    ],
)
def test_a_part_is_named_by_its_number_or_its_id(kind: Kind, text: str, name: str) -> None:
    """The number is that of its place in the group; capitals make no difference."""
    assert _read(kind, text) == name


@pytest.mark.parametrize("text", ["0", "6", "-1", "1.0", "Groene", "99999", "²", "१"])
def test_what_names_no_part_is_passed_on_as_it_is(text: str) -> None:
    """A number beyond the list or another word is no part: what checks the answer says so."""
    assert _read("largest", text) == text


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("2", ("Groen",)),
        ("2 1", ("Groen", "t")),
        ("4,1", ("A4", "t")),
        ("A4, stop", ("A4", "stop")),
        ("2 groen 2", ("Groen",)),
        ("3 9", ("stop", "9")),
    ],
)
def test_several_parts_share_a_place(text: str, names: tuple[str, ...]) -> None:
    """Numbers and ids with spaces or commas between, each part once, in the order typed."""
    assert _read("place", text) == names


@pytest.mark.parametrize("kind", NUMBERS)
@pytest.mark.parametrize(
    ("text", "number"),
    [("40", 40.0), ("2,5", 2.5), ("2.5", 2.5), (" 07 ", 7.0), ("-3", -3.0), ("1e1", 10.0)],
)
def test_a_number_has_a_comma_or_a_point(kind: Kind, text: str, number: float) -> None:
    """Both signs are for decimals; whether the number is allowed is checked elsewhere."""
    assert _read(kind, text) == number


@pytest.mark.parametrize("kind", NUMBERS)
@pytest.mark.parametrize(
    "text",
    ["veel", "40 punten", "40%", "1.234", "1,234", "1 000", "inf", "nan", "=4", "1e999"],
)
def test_what_is_no_number_is_told_as_it_was_typed(kind: Kind, text: str) -> None:
    """Words, units, doubtful thousands and what is not finite are not guessed at."""
    assert _code(kind, text) == ("answer-number", text)


def test_a_level_is_confirmed_with_enter() -> None:
    """An empty line takes the level that the points imply, where there is one."""
    assert _read("level", "  ", most=583.0) == 583.0
    assert _read("level", "600", most=583.0) == 600.0
    assert _code("level", "") == ("answer-empty", None)


@pytest.mark.parametrize("kind", ["largest", "place", "points", "share", "best", "worst-times"])
def test_an_empty_line_is_no_answer(kind: Kind) -> None:
    """Nothing, or spaces and commas alone, is asked again."""
    assert _code(kind, "") == ("answer-empty", None)
    assert _code(kind, " \t ") == ("answer-empty", None)
    if kind == "place":
        assert _code(kind, " , ") == ("answer-empty", None)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("1 3", ("stop", 3.0)),
        ("2 9", ("A4", 9.0)),
        ("A4 2,5", ("A4", 2.5)),
        ("STOP  4", ("stop", 4.0)),
        ("=", ("stop", 1.0)),
        ("Gelijk", ("stop", 1.0)),
        ("1 1", ("stop", 1.0)),
        ("3 4", ("3", 4.0)),
        ("t 2", ("t", 2.0)),
    ],
)
def test_a_pair_names_who_counts_more_and_how_many_times(
    text: str, answer: tuple[str, float]
) -> None:
    """1 and 2 are the two that are shown, not places in the group; equal is 1 time."""
    assert _read("pair", text) == answer


@pytest.mark.parametrize(
    ("text", "code", "value"),
    [
        ("", "answer-pair", ""),
        ("3", "answer-pair", "3"),
        ("A4", "answer-pair", "A4"),
        ("==", "answer-pair", "=="),
        ("1 keer", "answer-number", "keer"),
        ("1 3 2", "answer-number", "3 2"),
        ("A4 3x", "answer-number", "3x"),
    ],
)
def test_a_pair_that_is_not_clear_is_told(text: str, code: str, value: str) -> None:
    """Without a part and a number it is not guessed which was meant."""
    assert _code("pair", text) == (code, value)


def test_a_review_is_passed_with_anything() -> None:
    """What takes an answer back is a command, and stands elsewhere."""
    assert _read("review", "") == "ok"

from __future__ import annotations

import pytest

from afweging.analysis.questionnaire import Answer, Kind, Question
from afweging.cli.answer_reader import read_answer
from afweging.errors import Fault

SIBLINGS = ("E", "stop", "3", "mens")


def _read(kind: Kind, text: str, **more: object) -> Answer | Fault:
    choices = ("E", "mens") if kind == "pair" else SIBLINGS
    question = Question("k", "g", kind, choices=choices, **more)  # type: ignore[arg-type]
    return read_answer(question, text, siblings=SIBLINGS, same=("=", "gelijk"))


@pytest.mark.parametrize(
    ("text", "name"), [("1", "E"), (" 4 ", "mens"), ("MENS", "mens"), ("2", "stop"), ("9", "9")]
)
def test_a_part_is_named_by_number_or_id(text: str, name: str) -> None:
    """By its number as shown, by its id in any case; what is neither comes back as it is."""
    assert _read("best", text) == name


def test_an_id_that_is_a_number_wins_from_the_place() -> None:
    """A part called 3 is meant by 3, though it stands in the third place by chance only."""
    assert read_answer(
        Question("k", "g", "best", choices=("3", "a")), "3", siblings=("3", "a", "b")
    ) == ("3")


@pytest.mark.parametrize(
    ("text", "number"), [("40", 40.0), ("2,5", 2.5), ("2.5", 2.5), (" 0 ", 0.0)]
)
def test_numbers_are_read_as_people_write_them(text: str, number: float) -> None:
    """With a comma or a point."""
    assert _read("points", text) == number


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        ("points", "veel", "answer-number"),
        ("points", "1.234", "answer-number"),
        ("points", "", "answer-empty"),
        ("best", "", "answer-empty"),
        ("place", "", "answer-empty"),
        ("pair", "E", "answer-pair"),
        ("pair", "E veel", "answer-number"),
    ],
)
def test_what_is_no_answer_is_a_fault(kind: Kind, text: str, code: str) -> None:
    """Nothing is guessed, and nothing typed is no answer but where Enter says yes."""
    found = _read(kind, text)
    assert isinstance(found, Fault)
    assert found.code == code


@pytest.mark.parametrize(
    ("text", "answer"),
    [("2 3", ("mens", 3.0)), ("e 9", ("E", 9.0)), ("=", ("E", 1.0)), ("Gelijk", ("E", 1.0))],
)
def test_a_pair_says_who_and_how_many_times(text: str, answer: tuple[str, float]) -> None:
    """The number or id of the one that counts more, then how many times; or equal."""
    assert _read("pair", text) == answer


def test_several_share_a_place_once() -> None:
    """Numbers and ids with spaces or commas between them, each once."""
    assert _read("place", "4, E 1") == ("mens", "E")


def test_enter_accepts_the_level_that_is_implied() -> None:
    """An empty answer to the check is the implied level; another level is read as a number."""
    assert _read("level", "", most=17.5) == 17.5
    assert _read("level", "12", most=17.5) == 12.0
    assert _read("review", "") == "ok"

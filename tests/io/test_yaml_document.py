from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from tests.faulty import YAML_CASES
from tests.folders import check_case, params

from afweging.errors import Place
from afweging.io.document import Faults
from afweging.io.yaml_document import looks_like_number, read_yaml

if TYPE_CHECKING:
    from pathlib import Path

    from tests.folders import Case


def _read(text: str) -> tuple[object, Faults]:
    faults = Faults()
    return read_yaml(text, file="x.yaml", faults=faults).value, faults


@pytest.mark.parametrize("case", params(YAML_CASES))
def test_a_fault_is_named_with_its_place(case: Case, tmp_path: Path) -> None:
    """What YAML may hold and a problem may not is refused, with line and column."""
    check_case(case, tmp_path)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7", 7),
        ("-0.25", -0.25),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("1234.5678", 1234.5678),
        ("0.125", 0.125),
        ("1.2340", 1.234),
        ("true", True),
        ("~", None),
        ("0758", "0758"),
        ("2026-11", "2026-11"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("yes", "yes"),
        ("'1.234'", "1.234"),
        ('"0,5"', "0,5"),
    ],
)
def test_a_plain_value_is_read_one_way(text: str, value: object) -> None:
    """Numbers, truth and nothing follow the core schema of YAML 1.2; quotes make text of all."""
    read, faults = _read(f"a: {text}")
    assert read == {"a": value}
    assert repr(read) == repr({"a": value})
    assert faults == []


def test_places_point_at_values() -> None:
    """A document knows the place of each value, and the nearest one for what is absent."""
    document = read_yaml("a: 1\nb:\n  - c: x\n    d: [3, 4]\n", file="f.yaml", faults=Faults())
    assert document.value == {"a": 1, "b": [{"c": "x", "d": [3, 4]}]}
    assert document.place(("b", 0, "d", 1)) == Place("f.yaml", 4, 12)
    assert document.place(("b", 0, "gone", "deeper")) == Place("f.yaml", 3, 5)


def test_a_second_document_changes_no_place() -> None:
    """What stands after a second start is not read: values and places of the first stay."""
    document = read_yaml("a: 1\n---\n\n\na: 2\n", file="f.yaml", faults=Faults())
    assert document.value == {"a": 1}
    assert document.place(("a",)) == Place("f.yaml", 1, 4)


@pytest.mark.parametrize("text", ["# only a comment\n", "---\n", "--- # nothing\n", "~\n"])
def test_a_file_that_says_nothing_is_empty(text: str) -> None:
    """Comments, a start mark or a null alone are an empty file, and that is a fault."""
    value, faults = _read(text)
    assert value is None
    assert [(fault.code, fault.place) for fault in faults] == [("file-empty", Place("x.yaml"))]


def test_aliases_that_explode_are_refused_at_once() -> None:
    """Nine levels of nine aliases (a billion laughs) are refused unexpanded, within a second."""
    lines = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    start = time.process_time()
    _, faults = _read("\n".join(lines) + "\n")
    assert time.process_time() - start < 1
    assert {fault.code for fault in faults} == {"yaml-alias"}
    assert len(faults) == 10 + 9 * 9


@pytest.mark.parametrize("text", ["[" * 200_000, "{a: " * 100_000, "- " * 100_000])
def test_deep_nesting_is_refused_at_once(text: str) -> None:
    """A hundred thousand levels are refused at the forty-first, within a second."""
    start = time.process_time()
    value, faults = _read(text)
    assert time.process_time() - start < 1
    assert value is None
    assert [fault.code for fault in faults] == ["yaml-too-deep"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12,5", True),
        ("600.000", True),
        (".inf", True),
        ("1e5", True),
        ("0758", False),
        ("2026-11", False),
        ("1.2.3", False),
    ],
)
def test_what_needs_quotes_is_known(text: str, number: bool) -> None:  # noqa: FBT001 - a parameter
    """A text that would be read, or refused, as a number is told from one that stays a text."""
    assert looks_like_number(text) is number
    value, faults = _read(f"a: {text}")
    assert (value != {"a": text} or bool(faults)) is number


def test_a_folded_text_is_one_line() -> None:
    """No sign of where it was folded stays in the text, nor in a document made of it."""
    value, faults = _read("text: >-\n  een regel\n  die doorloopt\n\n  en een alinea\n")
    assert not faults
    assert value == {"text": "een regel die doorloopt\nen een alinea"}

from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING
from unicodedata import normalize

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from tests.analysis.random_problems import random_problem
from tests.folders import sentences
from tests.problems import problems

import afweging as afw
from afweging.errors import DossierError, ProblemFileError
from afweging.io.canonical import problem_digest
from afweging.io.disassemble import (
    effects_columns,
    problem_document,
    profiles_document,
    sources_document,
)
from afweging.io.dossier import (
    Settings,
    dossier_bytes,
    dossier_document,
    fingerprint,
    problem_of,
    read_dossier,
    request_of,
    settings_of,
)
from afweging.model.result import Request

if TYPE_CHECKING:
    from afweging.model.problem import DecisionProblem

TEXT = {
    "language": "nl",
    "kind": "memo",
    "title": "Welk plein?",
    "date": "2026-11-25",
    "concept": False,
    "blocks": [
        {
            "kind": "paragraph",
            "id": "advice.1",
            "level": 0,
            "lines": ["Park staat bovenaan: 72,5."],
            "heads": [],
            "rows": [],
            "left": 1,
            "svg": "",
        }
    ],
}
ASKED = Request(profile="raad", scenarios=("nat",), likelihoods=(("nat", 1.0), ("droog", 0.25)))


def _dossier(problem: DecisionProblem) -> dict[str, object]:
    return dossier_document(
        problem,
        ASKED,
        Settings(panel=("a",), draws=500),
        text=TEXT,
        results={"score": 0.1, "large": 1e20},
        versions={"afweging": "0.1.0"},
    )


def _same(one: DecisionProblem, other: DecisionProblem) -> None:
    for field in fields(one):
        if field.name != "effects":
            assert getattr(one, field.name) == getattr(other, field.name), field.name
    for field in fields(one.effects):
        ours, theirs = (getattr(problem.effects, field.name) for problem in (one, other))
        np.testing.assert_array_equal(ours, theirs)


@pytest.mark.parametrize("name", ["brabant", "kantoor", "leervoorbeeld"])
def test_a_problem_comes_back_as_it_was(name: str) -> None:
    """Every record and every number, to the last bit, through the bytes of the dossier."""
    problem = afw.read_problem(f"scenarios/{name}")
    found = read_dossier(dossier_bytes(_dossier(problem)))
    _same(problem_of(found), problem)


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking takes minutes
)
@given(problems())
def test_a_random_problem_comes_back_as_it_was(problem: DecisionProblem) -> None:
    """In all that its files say, in their order; text in Unicode normal form C."""
    found = problem_of(read_dossier(dossier_bytes(_dossier(problem))))
    for parts in (problem_document, profiles_document, sources_document, effects_columns):
        assert str(parts(found)) == normalize("NFC", str(parts(problem)))
    assert problem_digest(found) == problem_digest(problem)


def test_what_was_asked_comes_back_as_it_was() -> None:
    """Request and settings are the same records again, and reading changes no byte."""
    content = dossier_bytes(_dossier(random_problem(3)))
    found = read_dossier(content)
    assert request_of(found) == ASKED
    assert settings_of(found) == Settings(panel=("a",), draws=500)
    assert dossier_bytes(found) == content


def test_the_fingerprint_is_that_of_the_bytes() -> None:
    """SHA-256, as any other program computes it."""
    known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert fingerprint(b"abc") == known


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "dossier-json"),
        (b"\xff\xfe", "dossier-json"),
        (b'{"a": 1, "a": 2}', "dossier-json"),
        (b'{"a": NaN}', "dossier-json"),
        (b'{"a": 1e999}', "dossier-json"),
        (b'{"a": ' + b"9" * 5000 + b"}", "dossier-json"),
        (b'{"a": 9007199254740993}', "dossier-json"),
        (b"[" * 100_000, "dossier-json"),
        (b"[]", "dossier-format"),
        (b"3", "dossier-format"),
        (b'{"format": "afweging-comparison/1"}', "dossier-format"),
        (b'{"format": ["afweging-dossier/1"]}', "dossier-format"),
        (b'{"format": "afweging-dossier/2"}', "dossier-newer"),
        (b'{"format": "afweging-dossier/1"}', "field-missing"),
    ],
)
def test_what_is_no_dossier_is_refused(content: bytes, code: str) -> None:
    """With a sentence in both languages, whatever it is."""
    with pytest.raises(DossierError) as caught:
        read_dossier(content)
    assert caught.value.faults[0].code == code
    sentences(caught.value.faults)


PARTS = ["versions", "problem", "request", "settings", "results", "text"]
VALUES: tuple[object, ...] = (None, 3, [], {"x": 1}, "a")
ODD = [(part, value) for part in PARTS for value in VALUES]


@pytest.mark.parametrize(
    ("part", "value"),
    [pair for pair in ODD if pair != ("results", {"x": 1})],  # results may hold anything
)
def test_a_part_of_another_form_is_refused(part: str, value: object) -> None:
    """The form of every part is checked before anything is done with it."""
    changed = {**_dossier(random_problem(3)), part: value}
    with pytest.raises(DossierError) as caught:
        read_dossier(json.dumps(changed).encode())
    sentences(caught.value.faults)


def test_effects_of_unequal_length_are_refused() -> None:
    """A column that lost a value is a fault of the problem, not a crash."""
    found = read_dossier(dossier_bytes(_dossier(random_problem(3))))
    found["problem"]["effects"]["mode"].pop()  # type: ignore[index]
    with pytest.raises(ProblemFileError) as caught:
        problem_of(found)
    sentences(caught.value.faults)

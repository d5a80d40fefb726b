from __future__ import annotations

import json
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.folders import SMALL, changed, sentences, write

from afweging.errors import ProblemFileError
from afweging.io.draft import draft_path, read_draft, tree_digest, write_draft
from afweging.io.files import LARGEST
from afweging.io.problem_file import read_problem
from afweging.model.text import Text

if TYPE_CHECKING:
    from pathlib import Path

ABOUT: dict[str, object] = {"method": "rank", "groups": ["doel", "groen"], "tree": "a1"}
ANSWERS: dict[str, object] = {
    "doel:place:1": ("kosten",),
    "doel:review": "ok",
    "groen:pair:bomen:sfeer": ("sfeer", 2.5),
    "groen:points:bomen:sfeer": 0.1 + 0.2,
    "groen:best": "Łódź",
}


def _codes(path: Path, about: dict[str, object]) -> list[str]:
    with pytest.raises(ProblemFileError) as caught:
        read_draft(path, about)
    sentences(caught.value.faults)
    return [fault.code for fault in caught.value.faults]


def test_answers_come_back_as_they_were(tmp_path: Path) -> None:
    """Names, numbers with every digit, and several names as a tuple, in the order of asking."""
    path = tmp_path / ".weigh-jan.json"
    write_draft(path, ABOUT, ANSWERS)
    found = read_draft(path, ABOUT)
    assert found == ANSWERS
    assert list(found) == list(ANSWERS)


def test_no_draft_is_no_answers(tmp_path: Path) -> None:
    """Where there is no draft, nothing was said yet, and none is made."""
    assert read_draft(tmp_path / ".weigh-jan.json", ABOUT) == {}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="who may read a file is of POSIX")
def test_only_the_owner_can_read_a_draft(tmp_path: Path) -> None:
    """A new draft is private, and so is the next one that takes its place; one file is left."""
    path = tmp_path / ".weigh-jan.json"
    for count in (1, 2):
        write_draft(path, ABOUT, dict(list(ANSWERS.items())[:count]))
        assert path.stat().st_mode & 0o777 == 0o600
        assert len(read_draft(path, ABOUT)) == count
    assert [found.name for found in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[1, 2]",
        b"null",
        b"\xff\xfe{\x00}\x00",
        b"caf\xe9",
        b'{"format": "afweging-draft/1", "about": {}}',
        b'{"format": "afweging-draft/1", "about": {}, "answers": ["ja"]}',
        b'{"format": "afweging-draft/9", "about": {}, "answers": {}}',
        b"[" * 100_000,
    ],
)
def test_a_broken_draft_is_told(content: bytes, tmp_path: Path) -> None:
    """What is no draft, or cut off, is refused in a sentence, and stays."""
    path = tmp_path / ".weigh-jan.json"
    path.write_bytes(content)
    assert _codes(path, {}) == ["draft-broken"]
    assert path.read_bytes() == content


def test_a_draft_that_cannot_be_a_draft_is_not_opened(tmp_path: Path) -> None:
    """More than a megabyte is no conversation, and a folder is no file."""
    path = tmp_path / ".weigh-jan.json"
    path.write_bytes(b" " * (LARGEST[".json"] + 1))
    assert _codes(path, ABOUT) == ["file-too-large"]
    path.unlink()
    path.mkdir()
    assert _codes(path, ABOUT) == ["file-missing"]


@pytest.mark.parametrize("key", ["method", "groups", "tree"])
def test_a_draft_about_something_else_is_not_used(key: str, tmp_path: Path) -> None:
    """Answers to another method, about other groups or another tree are refused, and stay."""
    path = tmp_path / ".weigh-jan.json"
    write_draft(path, ABOUT, ANSWERS)
    other = {**ABOUT, key: ["groen", "doel"] if key == "groups" else "swing"}
    assert _codes(path, other) == ["draft-other"]
    assert read_draft(path, ABOUT) == ANSWERS


def test_the_draft_is_beside_what_it_is_about(tmp_path: Path) -> None:
    """It is in the folder of the problem, or beside its workbook; each person has one."""
    book = tmp_path / "plein.xlsx"
    assert draft_path(tmp_path, "jan") == tmp_path / ".weigh-jan.json"
    assert draft_path(book, "An.2") == tmp_path / ".weigh-An.2.json"


def test_the_digest_is_of_the_tree_alone(tmp_path: Path) -> None:
    """Another scale is another tree; other profiles, effects and titles are the same tree."""
    problem = read_problem(write(tmp_path / "een", SMALL))
    digest = tree_digest(problem)
    told = replace(problem, title=Text("Iets anders"), profiles=(), sources=())
    assert tree_digest(told) == digest
    wider = write(tmp_path / "twee", changed("problem.yaml", "midvalue: 600", "midvalue: 650"))
    assert tree_digest(read_problem(wider)) != digest
    assert len(digest) == 64


def test_a_draft_is_text_that_a_person_can_read(tmp_path: Path) -> None:
    """It is JSON in UTF-8 that names what it is about, a line per answer."""
    path = tmp_path / ".weigh-jan.json"
    write_draft(path, ABOUT, ANSWERS)
    text = path.read_text(encoding="utf-8")
    assert json.loads(text)["about"] == ABOUT
    assert '\n  "groen:best": "Łódź"\n' in text

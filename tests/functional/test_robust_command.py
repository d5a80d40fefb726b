from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from rich.cells import cell_len
from tests.functional.commands import run

from afweging.analysis.robustness import robustness
from afweging.io.problem_file import read_problem

if TYPE_CHECKING:
    from pathlib import Path

    from afweging.analysis.robustness import Robustness

BRABANT = ("robust", "scenarios/brabant", "--draws", "1000")
MOST_LINES = 92


@pytest.fixture(scope="module")
def brabant() -> Robustness:
    """Return what is found about Brabant, computed once."""
    return robustness(read_problem("scenarios/brabant"), draws=1000)


@pytest.fixture
def known(brabant: Robustness, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command show what is found already: how it is shown is the question."""
    monkeypatch.setattr("afweging.analysis.robustness.robustness", lambda *_, **__: brabant)


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("details", [(), ("--details",)])
@pytest.mark.parametrize("width", ["80", "140"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_answer_comes_first_and_fits(
    width: str,
    language: str,
    details: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    """No line is too long; nine sections, the answer with the winner in the first."""
    monkeypatch.setenv("COLUMNS", width)
    outcome = run(capsysbinary, *BRABANT, "--lang", language, *details)
    assert (outcome.code, outcome.err) == (0, "")
    lines = outcome.out.splitlines()
    assert max(cell_len(line) for line in lines) <= int(width)
    headings = [place for place, line in enumerate(lines) if line.endswith("──") and line[0] != "─"]
    assert len(headings) == 9
    assert "O7" in lines[headings[0] + 1]
    assert all(line.strip() not in {"%", "%)"} for line in lines)
    if not details and width == "80":
        assert len(lines) <= MOST_LINES


def test_json_is_the_same_twice_and_bound_to_the_problem(
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    """Canonical, with digest and versions; the certificate of a flip meets its distance."""
    outcome = run(capsysbinary, *BRABANT, "--json")
    assert outcome.raw == run(capsysbinary, *BRABANT, "--json").raw
    found = json.loads(outcome.raw)
    assert found["format"] == "afweging-robustness/1"
    assert len(found["digest"]) == 64
    assert "numpy" in found["versions"]
    for option in found["flips"]["options"].values():
        for flip in (option["lenses"], option["criteria"]):
            assert flip["bound"] == pytest.approx(flip["moved"], abs=1e-9)


@pytest.mark.usefixtures("known")
def test_csv_has_a_row_for_each_cell(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """In Dutch with semicolons and commas; part, table, row and column in words."""
    outcome = run(capsysbinary, *BRABANT, "--csv")
    assert outcome.raw.startswith(b"\xef\xbb\xbfdeel;tabel;regel;kolom;waarde;eenheid\r\n")
    rows = list(csv.reader(outcome.out.lstrip("\ufeff").splitlines(), delimiter=";"))
    assert all(len(row) == 6 for row in rows)
    assert len(rows) > 1000
    assert "39,4" in {row[4] for row in rows if row[5] == "%" and row[2].startswith("O7 ")}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_map_is_a_picture_by_its_name(
    language: str, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """A name that does not end in .svg is refused, and nothing is written."""
    picture = tmp_path / "kaart.png"
    outcome = run(capsysbinary, *BRABANT, "--map", picture, "--lang", language)
    assert (outcome.code, outcome.raw, picture.exists()) == (2, b"", False)
    assert ".svg" in outcome.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("robust", "scenarios/brabant", "--draws", "x"), "--draws: dit moet een heel getal zijn."),
        (("flip", "scenarios/brabant", "O7"), "Er ontbreekt iets: B."),
    ],
)
def test_what_is_typed_wrong_is_named_as_the_help_names_it(
    arguments: tuple[str, ...], said: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """In Dutch, by the name of the option or the argument in the help."""
    outcome = run(capsysbinary, *arguments)
    assert outcome.code == 2
    assert outcome.err.startswith(said)


@pytest.mark.usefixtures("known")
def test_a_map_is_written_once(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """A well-formed picture; an existing file is left alone until --force."""
    picture = tmp_path / "kaart.svg"
    assert run(capsysbinary, *BRABANT, "--map", picture).code == 0
    written = picture.read_bytes()
    assert ET.fromstring(written).tag.endswith("svg")  # noqa: S314 - written by the test itself
    outcome = run(capsysbinary, *BRABANT, "--map", picture)
    assert (outcome.code, picture.read_bytes()) == (2, written)
    assert run(capsysbinary, *BRABANT, "--map", picture, "--force").code == 0


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("--weights", "some"), "«some»"),
        (("--draws", "3"), "100"),
        (("--seed", "-1"), "−1"),
        (("--panel", "nobody"), "nobody"),
        (("--weights", "answers"), ""),
        (("--scenario", "SC9"), "SC9"),
    ],
)
def test_what_cannot_be_is_refused(
    arguments: tuple[str, ...],
    named: str,
    language: str,
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    """Exit code 2, one report, nothing on standard output."""
    outcome = run(capsysbinary, "robust", "scenarios/brabant", *arguments, "--lang", language)
    assert (outcome.code, outcome.raw) == (2, b"")
    assert named in outcome.err


def test_missing_effects_are_refused(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """The teaching problem with a gap: said how many, nothing guessed."""
    outcome = run(capsysbinary, "robust", "scenarios/leervoorbeeld")
    assert (outcome.code, outcome.raw) == (2, b"")
    assert "1" in outcome.err


def test_the_office_case_runs_for_participants(
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    """A small published case, near the weights of now."""
    outcome = run(capsysbinary, "robust", "scenarios/kantoor", "--weights", "near", "--lang", "en")
    assert outcome.code == 0
    assert "Addison" in outcome.out

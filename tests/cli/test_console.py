from __future__ import annotations

import pytest

from afweging.cli.console import SHOWN_PER_CODE, language_in, show_error, wrapped
from afweging.errors import Fault, Place, ProblemFileError, RequestError
from afweging.wording import Words


@pytest.mark.parametrize(
    ("arguments", "language"),
    [
        ([], "nl"),
        (["compare", "x"], "nl"),
        (["--lang", "en", "compare"], "en"),
        (["compare", "x", "--lang=en"], "en"),
        (["compare", "x", "--lang"], "nl"),
        (["compare", "--lang", "de"], "nl"),
        (["compare", "en"], "nl"),
    ],
)
def test_the_language_is_taken_from_anywhere(arguments: list[str], language: str) -> None:
    """--lang counts before and after the command; without it, or with nonsense, it is Dutch."""
    assert language_in(arguments) == language


def test_faults_of_a_file_are_counted_and_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """The first line says how many faults there are and that nothing was computed."""
    faults = [Fault("file-empty", Place("a.csv")), Fault("file-binary", Place("a.csv", 3))]
    show_error(ProblemFileError(faults), Words("en"), path="map")
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [
        "2 faults found in map. Nothing was computed and nothing was written.",
        "- a.csv: the file is empty. Fill it in, or remove it if it is not required.",
        "- a.csv line 3: this is no text file. See whether this is the right file.",
    ]


def test_a_long_run_of_one_kind_is_cut_short(capsys: pytest.CaptureFixture[str]) -> None:
    """After twenty of one kind only their number is told; another kind is still shown."""
    many = [Fault("number-invalid", Place("a.csv", line), "x") for line in range(1, 51)]
    show_error(ProblemFileError([*many, Fault("file-empty")]), Words("nl"), path="map")
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1 + SHOWN_PER_CODE + 1 + 1
    assert lines[-2] == "- … en nog 30 keer dezelfde soort fout (number-invalid)."
    assert lines[-1].startswith("- het bestand is leeg")


def test_a_request_is_not_blamed_on_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    """A question that cannot be answered is told apart from a file with faults."""
    show_error(RequestError([Fault("same-option", value="O1")]), Words("nl"), path=None)
    assert capsys.readouterr().err.splitlines()[0] == "De vraag kan niet worden beantwoord:"


def test_a_number_stays_with_its_unit() -> None:
    """Lines break at spaces that are no hard ones, and at no hyphen; too long a word stays."""
    line = "tussen 28,2\u00a0% en 29,5\u00a0% bij EU-arbeidsaanbod"
    assert wrapped(line, 14).splitlines() == [
        "tussen 28,2\u00a0%",
        "en 29,5\u00a0% bij",
        "EU-arbeidsaanbod",
    ]
    assert wrapped("", 14) == ""

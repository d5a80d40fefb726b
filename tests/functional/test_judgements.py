"""Profiles of judgements, and of people who were not asked yet, through the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.faulty import JUDGEMENT
from tests.folders import SMALL, changed, write
from tests.functional.commands import run

if TYPE_CHECKING:
    from pathlib import Path

    Capture = pytest.CaptureFixture[bytes]

CONFLICT = changed(
    "profiles.yaml",
    JUDGEMENT,
    "{kind: ratio, first: groen, second: kosten, low: 2}\n"
    "      - {kind: share, first: bomen, low: 20, high: 80}\n"
    "      - {kind: order, first: kosten, second: groen}",
)
WAITING = changed(
    "profiles.yaml",
    "",
    "  - {id: later, name: {nl: De wijk, en: The ward}, origin: own, method: swing,"
    " evidence: expert}\n",
)
SENTENCES = {
    "nl": "De vraag kan niet worden beantwoord:\n"
    "- profiel bewoner, groep doel: deze antwoorden kunnen niet samen waar zijn: "
    "groen ≥ 2 × kosten; kosten ≥ groen. Verander er een of haal er een weg.\n",
    "en": "The request cannot be answered:\n"
    "- profile bewoner, group doel: these answers cannot hold together: "
    "groen ≥ 2 × kosten; kosten ≥ groen. Change one or remove one.\n",
}


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    "command", ["compare", "explain", "flip", "robust", "second-opinion", "group", "show"]
)
def test_answers_that_contradict_are_told_and_nothing_is_written(
    command: str, language: str, tmp_path: Path, capsysbinary: Capture
) -> None:
    """One sentence names the two answers of three that cannot hold together; exit code 2."""
    folder = write(tmp_path / "in", CONFLICT)
    more: dict[str, list[object]] = {
        "compare": ["--json", "--tables", tmp_path / "out"],
        "explain": ["park", "hof"],
        "flip": ["park", "hof", "--json"],
        "robust": ["--weights", "answers", "--json", "--map", tmp_path / "map.svg"],
        "second-opinion": ["--json"],
        "group": ["--json"],
        "show": ["profiles"],
    }
    outcome = run(capsysbinary, command, folder, *more[command], "--lang", language)
    assert (outcome.code, outcome.raw) == (2, b"")
    assert outcome.err == SENTENCES[language]
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_answers_that_contradict_can_be_read_and_converted(
    tmp_path: Path, capsysbinary: Capture
) -> None:
    """Contradicting answers are no damage to a file: it can be converted, and stays as it was."""
    folder = write(tmp_path / "in", CONFLICT)
    outcome = run(capsysbinary, "convert", folder, tmp_path / "uit.xlsx")
    assert (outcome.code, outcome.err) == (0, "")
    again = run(capsysbinary, "compare", tmp_path / "uit.xlsx")
    assert (again.code, again.raw, again.err) == (2, b"", SENTENCES["nl"])


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nl", "profiel «later» heeft nog geen gewichten; ze worden niet geraden."),
        ("en", "profile «later» has no weights yet; they are not guessed."),
    ],
)
@pytest.mark.parametrize("command", ["compare", "explain"])
def test_a_profile_without_weights_cannot_be_computed_with(
    command: str, language: str, sentence: str, tmp_path: Path, capsysbinary: Capture
) -> None:
    """Weights of people who were not asked yet are not guessed; exit code 2, nothing computed."""
    folder = write(tmp_path, WAITING)
    more = ["park", "hof"] if command == "explain" else []
    outcome = run(capsysbinary, command, folder, *more, "--profile", "later", "--lang", language)
    assert (outcome.code, outcome.raw) == (2, b"")
    assert sentence in outcome.err
    assert outcome.err.count("\n- ") == 1


@pytest.mark.parametrize(
    ("language", "name", "sentence"),
    [("nl", "De wijk", "Nog niet gevraagd"), ("en", "The ward", "Not asked yet")],
)
@pytest.mark.parametrize("command", ["compare", "group"])
def test_who_was_not_asked_is_named_and_not_counted(
    command: str, language: str, name: str, sentence: str, tmp_path: Path, capsysbinary: Capture
) -> None:
    """A report names who was not asked, and computes as if that profile were not there."""
    waiting = write(tmp_path / "een", WAITING)
    without = write(tmp_path / "twee", SMALL)
    outcome = run(capsysbinary, command, waiting, "--lang", language)
    other = run(capsysbinary, command, without, "--lang", language)
    assert outcome.code == other.code == 0
    lines = [" ".join(line.split()) for line in outcome.out.splitlines()]
    assert sum(sentence in line and name in line for line in lines) == 1
    assert sentence not in other.out
    assert name not in other.out
    kept = [line for line in outcome.out.splitlines() if line in other.out.splitlines()]
    assert len(kept) > 0.8 * len(other.out.splitlines())


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("nl", "nog niet gevraagd; de gewichten worden niet geraden"),
        ("en", "not asked yet; the weights are not guessed"),
    ],
)
def test_show_says_who_was_not_asked(
    language: str, shown: str, tmp_path: Path, capsysbinary: Capture
) -> None:
    """Under a profile without weights stands that its people were not asked, and no number."""
    outcome = run(capsysbinary, "show", write(tmp_path, WAITING), "profiles", "--lang", language)
    heading, below = outcome.out.splitlines()[-2:]
    assert heading.startswith("later ")
    assert below.strip() == shown
    assert outcome.out.count(shown) == 1


def test_rescaled_weights_are_told(tmp_path: Path, capsysbinary: Capture) -> None:
    """Weights that were given for another scale are rescaled where asked; the report says so."""
    old = changed("profiles.yaml", "worst: 900, best: 100", "worst: 900, best: 250")
    outcome = run(capsysbinary, "compare", write(tmp_path, old), "--profile", "bewoner")
    said = " ".join(outcome.out.split())
    assert outcome.code == 0
    assert "De gewichten van Bewoner zijn gegeven voor een andere schaal van Kosten." in said

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len
from tests.functional.commands import run

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(("width", "language"), [("80", "nl"), ("140", "en")])
def test_the_answer_comes_first_and_fits(
    width: str,
    language: str,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    """No line is too long; how many agree, that it decides nothing, reasons and three tables."""
    monkeypatch.setenv("COLUMNS", width)
    outcome = run(capsysbinary, "second-opinion", "scenarios/brabant", "--lang", language)
    assert (outcome.code, outcome.err) == (0, "")
    lines = outcome.out.splitlines()
    assert max(cell_len(line) for line in lines) <= int(width)
    text = " ".join(outcome.out.split())
    informs = {"nl": "Dit informeert, het beslist niet.", "en": "This informs, it does not decide."}
    count = {"nl": "2 van de 11 andere methoden", "en": "2 of the 11 other methods"}[language]
    assert text.index(count) < text.index(informs[language])
    assert "…" not in text
    assert all(name in text for name in ("TOPSIS", "VIKOR", "MULTIMOORA", "COPRAS", "ELECTRE II"))


def test_the_json_is_the_same_twice_and_names_its_basis(
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    """Canonical, with the digest, for the profile and the effects asked for."""
    arguments = ("second-opinion", "scenarios/brabant", "--profile", "gemeente_stad", "--json")
    outcome = run(capsysbinary, *arguments)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.raw == run(capsysbinary, *arguments).raw
    found = json.loads(outcome.raw)
    assert found["request"]["profile"] == "gemeente_stad"
    assert (found["basis"], len(found["methods"])) == ("values", 15)
    assert len(found["digest"]) == 64
    effects = json.loads(run(capsysbinary, *arguments, "--effects").raw)
    assert effects["basis"] == "effects"
    assert effects["ours"] == found["ours"]


def test_it_is_typed_in_an_empty_folder(tmp_path: Path) -> None:
    """As a person does: only the problem is there, and nothing is written, nothing warned."""
    shutil.copytree(ROOT / "scenarios" / "kantoor", tmp_path / "kantoor")
    outcome = _type(tmp_path, "-W", "error", "-m", "afweging", "second-opinion", "kantoor")
    assert (outcome.returncode, outcome.stderr) == (0, "")
    assert "Alle 6 andere methoden zetten Addison Square ook bovenaan." in outcome.stdout
    assert "COPRAS kan hier niet rekenen" in outcome.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["kantoor"]


WITHOUT = """
import sys
sys.modules["skcriteria"] = None
from afweging.cli import main
sys.exit(main({arguments}))
"""


@pytest.mark.parametrize(
    ("language", "words"),
    [("nl", ("nodig", "Typ: pip install")), ("en", ("needs", "Type: pip install"))],
)
def test_without_the_extra_one_message_says_what_to_install(
    language: str, words: tuple[str, str], tmp_path: Path
) -> None:
    """Exit code 2, in the language of the user, nothing on standard output."""
    problem = str(ROOT / "scenarios" / "kantoor")
    arguments = ["second-opinion", problem, "--lang", language]
    outcome = _type(tmp_path, "-c", WITHOUT.format(arguments=arguments))
    assert (outcome.returncode, outcome.stdout) == (2, "")
    assert all(word in outcome.stderr for word in (*words, '"afweging[second-opinion]"'))
    assert "Traceback" not in outcome.stderr


def test_missing_effects_are_told(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """The example has a declared gap: refused with exit code 2, before anything is loaded."""
    outcome = run(capsysbinary, "second-opinion", "scenarios/leervoorbeeld")
    assert (outcome.code, outcome.raw) == (2, b"")
    assert "ontbreken effecten (1)" in outcome.err


def _type(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

"""The conversation of `weigh`, typed into the real program, from first question to profile."""

from __future__ import annotations

import json
import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.functional.commands import run

from afweging.io.problem_file import read_problem

ROOT = Path(__file__).parents[2]
LENSES = "brede_welvaart"
SESSIONS = {
    # W first with 100; E 50, A 80, M 40
    "swing": ("3\n50\n80\n40\n\n", {"E": 50 / 270, "A": 80 / 270, "W": 100 / 270, "M": 40 / 270}),
    "points": ("40\n30\n20\n\n", {"E": 0.4, "A": 0.3, "W": 0.2, "M": 0.1}),
    # M first, then E and W together, A last: (1, 2.5, 2.5, 4) share the rank-order centroid
    "rank": ("4\n1 3\n\n", {"M": 25 / 48, "E": 10 / 48, "W": 10 / 48, "A": 3 / 48}),
    # E : A : W : M as 8 : 4 : 2 : 1, consistently
    "ahp": (
        "1 2\nE 4\n1 8\n1 2\n1 4\n1 2\n\n",
        {"E": 8 / 15, "A": 4 / 15, "W": 2 / 15, "M": 1 / 15},
    ),
    "bwm": ("1\n4\n8\n2\n4\n4\n2\n\n", {"E": 8 / 15, "A": 4 / 15, "W": 2 / 15, "M": 1 / 15}),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the Brabant problem."""
    return Path(shutil.copytree(ROOT / "scenarios" / "brabant", tmp_path / "brabant"))


def _weigh(
    folder: Path, typed: str, *arguments: str, name: str = "jan"
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "afweging", "weigh", str(folder), "--as", name]
    return subprocess.run(
        [*command, "--only", LENSES, "--date", "2026-11-24", *arguments],
        input=typed,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "COLUMNS": "100", "PYTHONIOENCODING": "utf-8"},
        check=False,
    )


def _lenses(folder: Path, capture: pytest.CaptureFixture[bytes], name: str) -> dict[str, float]:
    outcome = run(capture, "compare", folder, "--profile", name, "--json")
    assert outcome.code == 0, outcome.err
    found: dict[str, float] = json.loads(outcome.raw)["weights"]["lenses"]
    return found


@pytest.mark.parametrize("method", SESSIONS)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_conversation_gives_the_profile_that_compare_uses(
    method: str, language: str, folder: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Each method, typed through, gives the weights computed by hand; no draft stays behind."""
    typed, expected = SESSIONS[method]
    outcome = _weigh(folder, typed, "--method", method, "--lang", language)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    assert _lenses(folder, capsysbinary, "jan") == pytest.approx(expected)
    assert not list(folder.glob(".weigh-*"))


@pytest.mark.parametrize("method", ["swing", "ahp", "bwm"])
def test_an_interrupted_conversation_goes_on_where_it_was(method: str, folder: Path) -> None:
    """Cut off after two answers and resumed, it writes what it writes without interruption."""
    typed, _ = SESSIONS[method]
    whole = Path(shutil.copytree(folder, folder.parent / "whole"))
    assert _weigh(whole, typed, "--method", method).returncode == 0
    before = (folder / "profiles.yaml").read_bytes()
    lines = typed.splitlines(keepends=True)
    cut = _weigh(folder, "".join(lines[:2]), "--method", method)
    assert cut.returncode == 2
    assert (folder / "profiles.yaml").read_bytes() == before
    draft = folder / ".weigh-jan.json"
    assert draft.stat().st_mode & 0o777 == 0o600
    resumed = _weigh(folder, "".join(lines[2:]), "--method", method)
    assert resumed.returncode == 0
    assert (folder / "profiles.yaml").read_bytes() == (whole / "profiles.yaml").read_bytes()
    assert (folder / "profiles.yaml").read_bytes().startswith(before)
    assert not draft.exists()


def test_control_c_in_a_terminal_keeps_the_answers(folder: Path) -> None:
    """In a real terminal, interrupted by the keyboard: exit code 130, and the draft is there."""
    controller, terminal = pty.openpty()
    command = [sys.executable, "-m", "afweging", "weigh", str(folder), "--as", "jan"]
    with subprocess.Popen(
        [*command, "--only", LENSES],
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        start_new_session=True,
        preexec_fn=_own_terminal,  # noqa: PLW1509 - the child does nothing else before it starts
    ) as process:
        os.close(terminal)
        _read_until(controller, rb"\n> ")
        os.write(controller, b"3\n")
        _read_until(controller, rb"100\)\s+> ")
        os.write(controller, b"\x03")
        shown = _read_until(controller, rb"--restart")
        assert process.wait(timeout=60) == 130
    os.close(controller)
    assert "bewaard" in shown.decode("utf-8")
    kept = json.loads((folder / ".weigh-jan.json").read_text(encoding="utf-8"))
    assert kept["answers"] == {f"{LENSES}:largest": "W"}


def _own_terminal() -> None:
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def _read_until(terminal: int, wanted: bytes) -> bytes:
    """Return what the program shows up to and with what the pattern `wanted` matches."""
    found = b""
    while not re.search(wanted, found):
        found += os.read(terminal, 4096)
    return found


def test_a_person_can_go_back_ask_for_help_and_change_an_answer(
    folder: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Back asks the last question again; a number in the review re-opens that answer."""
    typed = "1\nterug\n3\n?\noverzicht\n60\nveel\n120\n80\n40\n2\n50\n\n"
    outcome = _weigh(folder, typed)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    assert "«veel» is geen getal" in outcome.stdout
    assert "120 valt buiten 0 tot 100" in outcome.stdout
    assert _lenses(folder, capsysbinary, "jan") == pytest.approx(SESSIONS["swing"][1])


def test_contradictions_never_block_and_stand_in_the_profile(folder: Path) -> None:
    """Answers that run in a circle are kept with a report in both languages, as was shown."""
    typed = "1 9\n2 9\n1 9\n1 9\n1 9\n1 9\n\n"
    outcome = _weigh(folder, typed, "--method", "ahp")
    assert outcome.returncode == 0
    assert "spreken elkaar deels tegen" in outcome.stdout
    profile = next(p for p in read_problem(folder).profiles if p.id == "jan")
    assert profile.report is not None
    assert "spreken elkaar deels tegen" in profile.report.nl
    assert "partly contradict" in (profile.report.en or "")
    assert len(profile.judgements) == 6


@pytest.mark.parametrize(
    ("name", "said"), [("werkgevers", "bestaat al"), ("a b", "geen id"), ("", "geen naam")]
)
def test_a_name_that_cannot_be_is_refused_before_the_first_question(
    name: str, said: str, folder: Path
) -> None:
    """A name that is taken, no id, or missing: exit code 2, nothing asked, nothing written."""
    before = (folder / "profiles.yaml").read_bytes()
    outcome = _weigh(folder, "", name=name)
    assert outcome.returncode == 2
    assert outcome.stdout == ""
    assert said in outcome.stderr
    assert (folder / "profiles.yaml").read_bytes() == before


def test_written_about_others_carries_the_mark(
    folder: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """With --about the profile is of origin about, and the report on the group marks it."""
    assert _weigh(folder, SESSIONS["swing"][0], "--about").returncode == 0
    assert "jan (*)" in run(capsysbinary, "group", folder).out


def test_a_workbook_takes_the_profile_too(
    folder: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """In a workbook the judgements are rows, and compare uses them as in a folder."""
    book = tmp_path / "brabant.xlsx"
    assert run(capsysbinary, "convert", folder, book).code == 0
    outcome = _weigh(book, SESSIONS["bwm"][0], "--method", "bwm")
    assert outcome.returncode == 0, outcome.stderr
    assert _lenses(book, capsysbinary, "jan") == pytest.approx(SESSIONS["bwm"][1])

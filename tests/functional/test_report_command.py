from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from random import Random
from typing import TYPE_CHECKING

import pytest
from tests.functional.commands import run
from tests.memo.tampering import changed

from afweging.io.carriers import extract
from afweging.io.dossier import fingerprint, read_dossier

if TYPE_CHECKING:
    from pathlib import Path

    Capture = pytest.CaptureFixture[bytes]

KANTOOR, LESSON = "scenarios/kantoor", "scenarios/leervoorbeeld"
FAST = ("--date", "2026-11-25", "--draws", "200")


def _made(folder: Path, capture: Capture, *options: str, problem: str = KANTOOR) -> bytes:
    out = folder / "report.html"
    done = run(capture, "report", problem, "--out", str(out), "--force", *FAST, *options)
    assert done.code == 0, done.err
    assert str(out) in done.out
    content = out.read_bytes()
    assert re.findall(r"\b[0-9a-f]{64}\b", done.out) == [fingerprint(extract(content))]
    return content


@pytest.mark.parametrize(
    ("problem", "options"),
    [
        (KANTOOR, ("--lang", "nl", "--weights", "near")),
        (LESSON, ("--lang", "en", "--profile", "ouderen")),
        (LESSON, ("--scenario", "groei", "--region", "noord", "--region-weights", "inwoners")),
        (LESSON, ("--likelihoods", "verwachting")),
    ],
    ids=["one case", "profile", "part", "likely"],
)
def test_a_report_proves_itself(
    problem: str, options: tuple[str, ...], tmp_path: Path, capsysbinary: Capture
) -> None:
    """All three verdicts hold, whatever was asked; the dossier says what that was."""
    _made(tmp_path, capsysbinary, *options, problem=problem)
    done = run(capsysbinary, "verify", str(tmp_path / "report.html"), "--lang", "en")
    assert done.code == 0, done.out
    assert [line.split(": ")[1][:4] for line in done.out.splitlines()[-3:]] == ["yes."] * 3


def test_the_same_command_writes_the_same_bytes(tmp_path: Path) -> None:
    """Two processes, two folders, equal files."""
    sums = set()
    for name in ("een.html", "twee.html"):
        out = tmp_path / name
        asked = ["report", KANTOOR, "--out", str(out), *FAST]
        subprocess.run([sys.executable, "-m", "afweging", *asked], check=True, capture_output=True)
        sums.add(hashlib.sha256(out.read_bytes()).hexdigest())
    assert len(sums) == 1


def test_what_is_there_is_not_overwritten(tmp_path: Path, capsysbinary: Capture) -> None:
    """A second time needs --force."""
    _made(tmp_path, capsysbinary)
    refused = run(capsysbinary, "report", KANTOOR, "--out", str(tmp_path / "report.html"), *FAST)
    assert refused.code == 2
    assert "--force" in refused.err


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--date", "25-11-2026"), "25-11-2026"),
        (("--profile", "niemand"), "niemand"),
        (("--likelihood", "groei=2"), "groei"),
    ],
)
def test_what_cannot_be_is_refused(
    options: tuple[str, ...], told: str, tmp_path: Path, capsysbinary: Capture
) -> None:
    """In a sentence, and nothing is written."""
    done = run(capsysbinary, "report", KANTOOR, "--out", str(tmp_path / "r.html"), *options)
    assert done.code == 2
    assert told in done.err
    assert list(tmp_path.iterdir()) == []


def test_a_changed_digit_is_found(tmp_path: Path, capsysbinary: Capture) -> None:
    """In what is shown, in the numbers to sort by and to compute with, and in the script."""
    content = _made(tmp_path, capsysbinary)
    places = {
        "shown": re.compile(rb"<td[^>]*>([^<]*[0-9][^<]*)<"),
        "sorted by": re.compile(rb'data-value="([^"]*[0-9][^"]*)"'),
        "computed with": re.compile(rb'"values": \[\[([^]]*)\]'),
        "script": re.compile(rb"const TOLERANCE = (1e-9);"),
    }
    random = Random(3)  # noqa: S311 - which digit is changed
    for name, place in places.items():
        spans = [match.span(1) for match in place.finditer(content)]
        path = tmp_path / f"{name}.html"
        path.write_bytes(changed(content, [random.choice(spans)], random))
        done = run(capsysbinary, "verify", str(path))
        assert done.code != 0, name
        assert "nee." in done.out, name


def test_the_dossier_has_all_that_was_asked(tmp_path: Path, capsysbinary: Capture) -> None:
    """The request and the settings are those of the command line."""
    said = read_dossier(extract(_made(tmp_path, capsysbinary, "--seed", "7")))
    assert said["settings"] == {"weights": "all", "panel": None, "draws": 200, "seed": 7}
    assert said["text"]["kind"] == "report"  # type: ignore[index]

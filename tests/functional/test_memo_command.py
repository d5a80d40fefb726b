from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from tests.functional.commands import run

import afweging as afw
from afweging.io.canonical import problem_digest
from afweging.io.carriers import extract
from afweging.io.dossier import fingerprint, problem_of, read_dossier

if TYPE_CHECKING:
    from pathlib import Path

    Capture = pytest.CaptureFixture[bytes]

KANTOOR = "scenarios/kantoor"
FORMS = ("pdf", "docx", "odt", "html")
FAST = ("--date", "2026-11-25", "--draws", "200")


def test_four_formats_carry_one_dossier(tmp_path: Path, capsysbinary: Capture) -> None:
    """Each file holds the same dossier, whose fingerprint is told and whose problem is whole."""
    done = run(
        capsysbinary, "memo", KANTOOR, "--to", "pdf,docx,odt,html", "--out", str(tmp_path), *FAST
    )
    assert done.code == 0, done.err
    files = sorted(path.name for path in tmp_path.iterdir())
    assert files == [f"kantoor-memo-nl.{form}" for form in ("docx", "html", "odt", "pdf")]
    dossiers = {extract((tmp_path / name).read_bytes()) for name in files}
    assert len(dossiers) == 1
    dossier = dossiers.pop()
    assert re.findall(r"\b[0-9a-f]{64}\b", done.out) == [fingerprint(dossier)]
    again = problem_digest(problem_of(read_dossier(dossier)))
    assert again == problem_digest(afw.read_problem(KANTOOR))


def test_the_same_command_writes_the_same_bytes(tmp_path: Path) -> None:
    """Two processes, two folders, equal files."""
    sums = []
    for name in ("een", "twee"):
        folder = tmp_path / name
        asked = ["memo", KANTOOR, "--to", "docx,pdf,odt,html", "--out", str(folder), *FAST]
        subprocess.run([sys.executable, "-m", "afweging", *asked], check=True, capture_output=True)
        files = sorted(folder.iterdir())
        sums.append([hashlib.sha256(path.read_bytes()).hexdigest() for path in files])
    assert len(sums[0]) == 4
    assert sums[0] == sums[1]


def test_what_is_there_is_not_overwritten(tmp_path: Path, capsysbinary: Capture) -> None:
    """A second time needs --force."""
    asked = ("memo", KANTOOR, "--to", "html", "--kind", "poster", "--out", str(tmp_path), *FAST)
    assert run(capsysbinary, *asked).code == 0
    refused = run(capsysbinary, *asked)
    assert refused.code == 2
    assert "--force" in refused.err
    assert run(capsysbinary, *asked, "--force", "--final", "--lang", "en").code == 0
    page = (tmp_path / "kantoor-poster-en.html").read_text("utf-8")
    assert "Poster, 25 November 2026.</p>" in page


def test_headings_of_ones_own(tmp_path: Path, capsysbinary: Capture) -> None:
    """A file with a kind of its own decides which parts there are, and what they are called."""
    own = tmp_path / "koppen.toml"
    own.write_text('[nota]\nname = "Nota"\n[nota.headings]\nadvice = "Voorstel"\n', "utf-8")
    asked = ("memo", KANTOOR, "--kind", "nota", "--headings", str(own), "--to", "html", *FAST)
    assert run(capsysbinary, *asked, "--out", str(tmp_path)).code == 0
    page = (tmp_path / "kantoor-nota-nl.html").read_text("utf-8")
    assert re.findall(r"<h2[^>]*>([^<]*)</h2>", page) == ["Voorstel", "Vingerafdruk"]


def test_what_the_author_fills_in_is_part_of_the_proof(
    tmp_path: Path, capsysbinary: Capture
) -> None:
    """Own texts with figures stand in all formats, and the memo verifies; changed they do not."""
    own = tmp_path / "eigen.toml"
    own.write_text('occasion = "Op 3 maart 2026 vroegen 12 leden hierom."\n', "utf-8")
    asked = ("--kind", "statenmededeling", "--texts", str(own), "--to", "pdf,docx,odt,html")
    done = run(capsysbinary, "memo", KANTOOR, *asked, "--out", str(tmp_path), *FAST)
    assert done.code == 0, done.err
    files = [tmp_path / f"kantoor-statenmededeling-nl.{form}" for form in FORMS]
    checked = run(capsysbinary, "verify", *map(str, files))
    assert checked.code == 0, checked.out
    page = files[-1].read_text("utf-8")
    assert '<p id="occasion.2">Op 3 maart 2026 vroegen 12 leden hierom.</p>' in page
    assert page.count(">[In te vullen") == 4
    files[-1].write_text(
        page.replace("vroegen 12 leden hierom.</p>", "vroegen 21 leden hierom.</p>"), "utf-8"
    )
    assert run(capsysbinary, "verify", str(files[-1])).code == 1


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--to", "pdf,rtf"), "«rtf» is geen vorm van een document"),
        (("--to", ","), "is geen vorm van een document"),
        (("--date", "25-11-2026"), "«25-11-2026» is geen datum"),
        (("--kind", "brief"), "er is geen soort document «brief»"),
        (("--reference", "stijl.txt"), "«stijl.txt» is geen .docx of .odt"),
        (("--headings", "er-niet.toml"), "kan niet worden gelezen"),
        (("--texts", "er-niet.toml"), "kan niet worden gelezen"),
    ],
)
def test_what_cannot_be_made_is_said(
    options: tuple[str, ...], told: str, tmp_path: Path, capsysbinary: Capture
) -> None:
    """A wrong option is named, nothing is written, and the exit code is 2."""
    done = run(capsysbinary, "memo", KANTOOR, "--out", str(tmp_path / "uit"), *options)
    assert done.code == 2
    assert told in done.err.replace("\n", " ")
    assert not (tmp_path / "uit").exists()

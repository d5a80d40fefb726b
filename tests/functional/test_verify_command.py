from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.functional.commands import run
from tests.memo.made import FORMATS, edited, memo

if TYPE_CHECKING:
    from pathlib import Path

    from afweging.io.carriers import Carrier
    from afweging.wording import Language


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the memo in every format, and the dossier by itself."""
    for carrier in (*FORMATS, "json"):
        (tmp_path / f"memo.{carrier}").write_bytes(memo(carrier))
    return tmp_path


@pytest.mark.parametrize(
    ("language", "verdicts"),
    [
        ("nl", ("Ongeschonden: ja", "Kloppend: ja", "Reproduceerbaar: ja")),
        ("en", ("Intact: yes", "Consistent: yes", "Reproduced: yes")),
    ],
)
def test_every_format_proves_its_numbers(
    folder: Path,
    language: Language,
    verdicts: tuple[str, ...],
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    """Several files in one go; exit code 0, and all three verdicts for each."""
    files = [folder / f"memo.{carrier}" for carrier in FORMATS]
    outcome = run(capsysbinary, "verify", *files, "--lang", language)
    assert (outcome.code, outcome.err) == (0, "")
    for verdict in verdicts:
        assert outcome.out.count(verdict) == len(FORMATS)


def test_a_changed_figure_is_named(
    folder: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Exit code 1; what stands there, what should, and where."""
    page = folder / "memo.html"
    page.write_bytes(edited("html", memo("html"), lambda text: text.replace("0,755", "0,855", 1)))
    outcome = run(capsysbinary, "verify", page, "--only", "consistent")
    assert (outcome.code, outcome.err) == (1, "")
    said = " ".join(outcome.out.split())
    assert "0,855" in said
    assert "0,755" in said
    assert "onder «" in said
    assert "Reproduceerbaar" not in said


def test_edited_prose_is_reported_and_passes(
    folder: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Exit code 0, and the place of the edit."""
    page = folder / "memo.html"
    page.write_bytes(edited("html", memo("html"), lambda text: text.replace("deze", "zo’n", 1)))
    outcome = run(capsysbinary, "verify", page, "--only", "consistent", "--only", "intact")
    assert outcome.code == 0
    assert "zo’n" in outcome.out


def test_json_holds_all_of_it(folder: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """Canonical, with the versions; a dossier alone shows nothing to be consistent with."""
    file = folder / "memo.json"
    outcome = run(capsysbinary, "verify", file, "--json")
    found = json.loads(outcome.raw)
    assert outcome.code == 0
    assert found["documents"][0]["verdicts"]["consistent"] == {"holds": None, "reason": "alone"}
    assert "numpy" in found["versions"]
    assert run(capsysbinary, "verify", file, "--only", "consistent").code == 1


def test_a_memo_without_its_dossier_takes_it_from_another(
    folder: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Refused by itself; with the dossier in the PDF of the same memo it holds."""
    page = folder / "alone.html"
    whole = memo("html")
    page.write_bytes(whole[: whole.index(b"<script type")] + b"</body></html>")
    assert run(capsysbinary, "verify", page).code == 2
    outcome = run(capsysbinary, "verify", page, "--dossier", folder / "memo.pdf")
    assert (outcome.code, outcome.err) == (0, "")


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    ("name", "content", "named"),
    [
        ("a.pdf", b"%PDF-1.7 nothing", "a.pdf"),
        ("a.docx", b"PK\x03\x04 cut off", "a.docx"),
        ("a.txt", b"plain", "a.txt"),
        ("a.json", b'{"format": "afweging-dossier/9"}', "9"),
        ("a.html", b"<!DOCTYPE html><html><body>x</body></html>", "a.html"),
    ],
)
def test_what_cannot_be_read_is_refused(
    name: str,
    content: bytes,
    named: str,
    language: str,
    tmp_path: Path,
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    """Exit code 2, one report with the file, nothing on standard output."""
    (tmp_path / name).write_bytes(content)
    outcome = run(capsysbinary, "verify", tmp_path / name, "--lang", language)
    assert (outcome.code, outcome.raw) == (2, b"")
    assert named in outcome.err
    assert len(outcome.err.splitlines()) == 2


@pytest.mark.parametrize(
    "arguments", [("nowhere.pdf",), ("scenarios/brabant",), ("README.md", "--only", "right")]
)
def test_what_is_not_there_is_refused(
    arguments: tuple[str, ...], capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """A file that is missing, a folder, a verdict that does not exist."""
    outcome = run(capsysbinary, "verify", *arguments)
    assert (outcome.code, outcome.raw) == (2, b"")


@pytest.mark.parametrize("carrier", FORMATS)
def test_a_cut_file_never_crashes(
    carrier: Carrier, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Wherever it ends: refused, or a verdict that fails."""
    whole = memo(carrier)
    for share in (0.1, 0.5, 0.9, 0.99):
        (tmp_path / "cut").write_bytes(whole[: int(share * len(whole))])
        assert run(capsysbinary, "verify", tmp_path / "cut", "--only", "intact").code in {1, 2}

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.functional.commands import run

if TYPE_CHECKING:
    from pathlib import Path

ASKED = ("memo", "scenarios/leervoorbeeld", "--date", "2026-11-25", "--to", "html")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_an_archive_folder_is_written_with_the_memo(
    language: str, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Its parts are what its description says, the memo in it proves itself; all or none."""
    crate = tmp_path / "archief"
    asked = (*ASKED, "--out", tmp_path, "--crate", crate, "--lang", language)
    outcome = run(capsysbinary, *asked)
    assert (outcome.code, outcome.err) == (0, "")
    described = json.loads((crate / "ro-crate-metadata.json").read_bytes())
    root = next(each for each in described["@graph"] if each["@id"] == "./")
    assert all((crate / part["@id"]).is_file() for part in root["hasPart"])
    pages = list(crate.glob("*.html"))
    assert [page.read_bytes() for page in pages] == [(tmp_path / pages[0].name).read_bytes()]
    assert run(capsysbinary, "verify", *pages, crate / "afweging-dossier.json").code == 0
    assert run(capsysbinary, "check", crate / "problem").code == 0
    (tmp_path / pages[0].name).unlink()
    assert run(capsysbinary, *asked).code == 2
    assert not (tmp_path / pages[0].name).exists()

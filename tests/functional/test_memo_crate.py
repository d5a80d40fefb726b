from __future__ import annotations

import hashlib
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


KEPT = ("--mdto", "Provincie Noord-Brabant", "--mdto-value", "B", "--mdto-use", "Openbaar")


def test_mdto_is_written_beside_the_documents(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """For the memo and for each document; the digest is that of the file that was written."""
    outcome = run(capsysbinary, *ASKED, "--out", tmp_path, *KEPT)
    assert (outcome.code, outcome.err) == (0, "")
    (page,) = tmp_path.glob("*.html")
    described = (tmp_path / f"{page.name}.bestand.mdto.xml").read_text("utf-8")
    assert hashlib.sha256(page.read_bytes()).hexdigest() in described
    assert "Noord-Brabant" in (tmp_path / f"{page.stem}.mdto.xml").read_text("utf-8")


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    ("given", "named"), [(KEPT[:2], "--mdto-use"), ((*KEPT[:3], "X", *KEPT[4:]), "X")]
)
def test_what_an_archive_needs_is_asked(
    given: tuple[str, ...],
    named: str,
    language: str,
    tmp_path: Path,
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    """Nothing is guessed, and nothing is written."""
    outcome = run(capsysbinary, *ASKED, "--out", tmp_path, *given, "--lang", language)
    assert (outcome.code, outcome.raw) == (2, b"")
    assert named in outcome.err
    assert list(tmp_path.iterdir()) == []


def test_other_programs_read_the_archive_folder(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """The package for RO-Crates finds the root with what it needs, and every file with its size."""
    from rocrate.rocrate import ROCrate  # type: ignore[import-untyped]

    assert run(capsysbinary, *ASKED, "--out", tmp_path, "--crate", tmp_path / "a").code == 0
    crate = ROCrate(tmp_path / "a")
    root = crate.root_dataset
    assert {"name", "description", "datePublished"} <= root.properties().keys()
    files = {each.id: each for each in crate.data_entities}
    on_disk = [path for path in (tmp_path / "a").rglob("*") if path.is_file()]
    assert len(files) == len(on_disk) - 1  # the description itself
    for name, each in files.items():
        assert int(each["contentSize"]) == (tmp_path / "a" / name).stat().st_size
    actions = crate.get_by_type("CreateAction")
    assert [each["instrument"].type for each in actions] == ["SoftwareApplication"]

"""A memo that a real word processor opened and saved again: what can still be said of it."""

from __future__ import annotations

import os
import re
import subprocess
from io import BytesIO
from typing import TYPE_CHECKING, Literal

import pytest
from pypdf import PdfReader
from tests.memo.made import edited, memo

from afweging.errors import DossierError
from afweging.io.carriers import extract
from afweging.memo.verify import verify

if TYPE_CHECKING:
    from pathlib import Path

Made = Literal["docx", "odt"]
FILTERS = {"docx": "docx:MS Word 2007 XML", "odt": "odt:writer8", "pdf": "pdf:writer_pdf_Export"}


def _saved(
    soffice: str, carrier: Made, folder: Path, kind: str | None = None, name: str = "leervoorbeeld"
) -> bytes:
    """Return the memo as LibreOffice saves it in its own or another format, in its own profile."""
    path = folder / f"memo.{carrier}"
    path.write_bytes(memo(carrier, name=name))
    done = subprocess.run(
        [
            soffice,
            f"-env:UserInstallation=file://{folder / 'profile'}",
            "--headless",
            "--convert-to",
            FILTERS[kind or carrier],
            "--outdir",
            str(folder / "saved"),
            str(path),
        ],
        check=False,
        capture_output=True,
        timeout=180,
    )
    saved = folder / "saved" / f"{path.stem}.{kind or carrier}"
    if not saved.is_file():
        reason = f"LibreOffice saved no document: {done.stderr.decode()[:200]}"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    return saved.read_bytes()


def test_a_docx_keeps_its_dossier(soffice: str, tmp_path: Path) -> None:
    """Saved again it is intact and consistent, and a figure changed after that is found."""
    saved = _saved(soffice, "docx", tmp_path)
    assert saved != memo("docx")
    found = verify(saved, asked=("intact", "consistent"))
    assert {name: verdict.holds for name, verdict in found.verdicts.items()} == {
        "intact": True,
        "consistent": True,
    }
    changed = edited("docx", saved, lambda text: text.replace("0,755", "0,855", 1))
    assert changed != saved
    later = verify(changed, asked=("consistent",))
    assert not later.verdicts["consistent"].holds
    assert any("0,855" in (each.found or "") for each in later.figures)


def test_an_odt_loses_its_dossier_and_proves_itself_by_another(
    soffice: str, tmp_path: Path
) -> None:
    """That is said; with the dossier of another copy all that is shown is compared."""
    saved = _saved(soffice, "odt", tmp_path)
    with pytest.raises(DossierError) as caught:
        extract(saved)
    assert caught.value.faults[0].code == "dossier-none"
    found = verify(saved, dossier=memo("json"), asked=("intact", "consistent"))
    assert all(verdict.holds for verdict in found.verdicts.values())


@pytest.mark.parametrize("carrier", ["docx", "odt"])
def test_a_word_processor_fills_in_the_pages(carrier: Made, soffice: str, tmp_path: Path) -> None:
    """Every page is numbered, of all pages; in an ODT the table of contents has the pages too."""
    printed = _saved(soffice, carrier, tmp_path, "pdf", name="kantoor")
    pages = [" ".join(p.extract_text().split()) for p in PdfReader(BytesIO(printed)).pages]
    assert len(pages) > 4
    for number, text in enumerate(pages, start=1):
        assert f"Pagina {number} van {len(pages)}" in text
    if carrier == "odt":
        found = re.search(r"Methode\W*(\d+)", pages[0])
        assert found is not None
        assert "Methode" in pages[int(found[1]) - 1]


def test_a_docx_saved_as_odt_can_still_be_compared(soffice: str, tmp_path: Path) -> None:
    """It lost its dossier; by that of another copy what it shows is compared."""
    saved = _saved(soffice, "docx", tmp_path, "odt")
    with pytest.raises(DossierError) as caught:
        extract(saved)
    assert caught.value.faults[0].code == "dossier-none"
    found = verify(saved, dossier=memo("json"), asked=("intact", "consistent", "reproduced"))
    assert {name: verdict.holds for name, verdict in found.verdicts.items()} == {
        "intact": True,
        "consistent": True,
        "reproduced": True,
    }


def test_a_docx_exported_as_pdf_lost_its_dossier_and_says_so(soffice: str, tmp_path: Path) -> None:
    """By that of another copy it is intact and reproduced; pictures of dots prove nothing."""
    saved = _saved(soffice, "docx", tmp_path, "pdf")
    with pytest.raises(DossierError) as caught:
        extract(saved)
    assert caught.value.faults[0].code == "dossier-none"
    found = verify(saved, dossier=memo("json"))
    assert {name: verdict.holds for name, verdict in found.verdicts.items()} == {
        "intact": True,
        "consistent": False,
        "reproduced": True,
    }
    assert any(each.what == "image" for each in found.figures)

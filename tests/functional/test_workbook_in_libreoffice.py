"""The workbook in a real spreadsheet program: LibreOffice saves it again, and nothing is lost."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from afweging.io.canonical import problem_digest
from afweging.io.problem_folder import read_folder
from afweging.io.workbook.layout import SHEETS, sheet_name
from afweging.io.workbook.read import read_workbook
from afweging.io.workbook.write import write_workbook

if TYPE_CHECKING:
    from openpyxl import Workbook

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"


def _save_again(soffice: str, path: Path, folder: Path) -> Path:
    """Return the workbook as LibreOffice saves it, with a profile of its own."""
    subprocess.run(
        [
            soffice,
            f"-env:UserInstallation=file://{folder / 'profile'}",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(folder / "saved"),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return folder / "saved" / path.name


def _lists(book: Workbook) -> dict[str, dict[str, str]]:
    """Return the formula of each drop-down by sheet and first column."""
    return {
        sheet_name(sheet.key): {
            str(found.sqref).split("2:")[0]: str(found.formula1).replace(" ", "")
            for found in book[sheet_name(sheet.key)].data_validations.dataValidation
        }
        for sheet in SHEETS
    }


@pytest.mark.parametrize("name", ["leervoorbeeld", "brabant"])
def test_libreoffice_saves_the_same_problem(soffice: str, tmp_path: Path, name: str) -> None:
    """Opened and saved by LibreOffice, a workbook reads to the same digest and has its lists."""
    problem = read_folder(SCENARIOS / name)
    path = tmp_path / f"{name}.xlsx"
    write_workbook(problem, path)
    saved = _save_again(soffice, path, tmp_path)
    assert problem_digest(read_workbook(saved)) == problem_digest(problem)
    assert _lists(load_workbook(saved)) == _lists(load_workbook(path))

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.folders import SMALL, write
from tests.functional.commands import run

from afweging.io.canonical import problem_digest
from afweging.io.problem_file import read_problem

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    Capture = pytest.CaptureFixture[bytes]


def test_there_and_back_is_the_same_problem(tmp_path: Path, capsysbinary: Capture) -> None:
    """A folder, the workbook made of it, and the folder made of that have one digest."""
    folder, book, back = write(tmp_path / "een", SMALL), tmp_path / "twee.xlsx", tmp_path / "drie"
    digest = problem_digest(read_problem(folder))
    for source, target in ((folder, book), (book, back)):
        outcome = run(capsysbinary, "convert", source, target)
        assert (outcome.code, outcome.err) == (0, "")
        assert digest[:12] in outcome.out
    assert problem_digest(read_problem(back)) == digest


def test_nothing_is_overwritten_unasked(tmp_path: Path, capsysbinary: Capture) -> None:
    """What stands there stays, in either form, until --force."""
    folder = write(tmp_path / "een", SMALL)
    write(tmp_path, {"twee.xlsx": "old"})
    target = write(tmp_path / "drie", {"effects.csv": "old"})
    for path in (tmp_path / "twee.xlsx", target):
        outcome = run(capsysbinary, "convert", folder, path)
        assert (outcome.code, outcome.raw) == (2, b"")
        assert "bestaat al" in outcome.err
    assert (tmp_path / "twee.xlsx").read_bytes() == b"old"
    assert [path.read_bytes() for path in target.iterdir()] == [b"old"]
    for path in (tmp_path / "twee.xlsx", target):
        assert run(capsysbinary, "convert", folder, path, "--force").code == 0
        assert read_problem(path).id == "pleinkeuze"


def test_another_form_is_refused(tmp_path: Path, capsysbinary: Capture) -> None:
    """A form that cannot be written is refused before anything is."""
    folder = write(tmp_path / "een", SMALL)
    outcome = run(capsysbinary, "convert", folder, tmp_path / "uit.ods", "--lang", "en")
    assert (outcome.code, outcome.raw) == (2, b"")
    assert "is no form that afweging can write" in outcome.err
    assert not (tmp_path / "uit.ods").exists()

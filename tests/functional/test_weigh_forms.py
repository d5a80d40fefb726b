"""Forms that a group fills in: made by the program, filled in as people do, and read back."""

from __future__ import annotations

import csv
import random
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from tests.functional.commands import run

from afweging.analysis.weights import local_weights
from afweging.io.problem_file import read_problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.worksheet.worksheet import Worksheet

ROOT = Path(__file__).parents[2]
METHODS = ("swing", "points", "rank", "ahp", "bwm")
LENSES = ["--only", "brede_welvaart"]
FIRST = 6  # the column of the first participant

Cells = dict[str, str | int]  # by key of the row


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the Brabant problem."""
    return Path(shutil.copytree(ROOT / "scenarios" / "brabant", tmp_path / "brabant"))


def _fill(path: Path, people: dict[str, Cells]) -> None:
    """Fill in a column per participant."""
    book = load_workbook(path)
    page: Worksheet = book.worksheets[0]
    rows = {page.cell(row, 1).value: row for row in range(2, page.max_row + 1)}
    for column, (name, cells) in enumerate(people.items(), start=FIRST):
        page.cell(1, column).value = name
        for key, value in cells.items():
            page.cell(rows[f"brede_welvaart:{key}"], column).value = value
    book.save(path)


def _swing(points: dict[str, int]) -> Cells:
    return {f"points:{name}": value for name, value in points.items()}


def _drawn(method: str, rng: random.Random) -> Cells:
    """Return a column that someone may fill in."""
    lenses = ["E", "A", "W", "M"]
    rng.shuffle(lenses)
    if method == "swing":
        return _swing({n: 100 if i == 0 else rng.randrange(90) for i, n in enumerate(lenses)})
    if method == "points":
        return dict(zip([f"share:{n}" for n in lenses], [45, 30, 20, 5], strict=True))
    if method == "rank":
        return dict(zip([f"rank:{n}" for n in lenses], [1, 2, 2, 4], strict=True))
    if method == "ahp":
        pairs = ["E:A", "E:W", "E:M", "A:W", "A:M", "W:M"]
        said = ["=", "{0} 3", "{1} 2", "{0} 5"]
        return {f"pair:{p}": rng.choice(said).format(*p.split(":")) for p in pairs}
    best, worst, *middle = lenses
    times = {f"best-times:{n}": 7 if n == worst else 3 for n in lenses if n != best}
    return {"best": best, "worst": worst, **times, **{f"worst-times:{n}": 2 for n in middle}}


@pytest.mark.parametrize("method", METHODS)
def test_a_group_fills_in_a_form(
    method: str, folder: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """Three columns become three profiles; names with other letters get a readable id."""
    form = tmp_path / "form.xlsx"
    made = run(capsysbinary, "weigh", folder, "--method", method, "--form", form, *LENSES)
    assert made.code == 0, made.err
    rng = random.Random(7)  # noqa: S311 - a fixed choice of answers
    _fill(form, {name: _drawn(method, rng) for name in ("Anna", "Ömer", "Łucja")})
    outcome = run(capsysbinary, "weigh", folder, "--method", method, "--from", form, *LENSES)
    assert outcome.code == 0, outcome.err
    problem = read_problem(folder)
    assert [profile.id for profile in problem.profiles[-3:]] == ["Anna", "Omer", "Lucja"]
    for profile in problem.profiles[-3:]:
        local = local_weights(problem.tree, profile)
        assert sum(local[lens.id] for lens in problem.tree.children) == pytest.approx(1)
    assert run(capsysbinary, "group", folder).code == 0


def _missing(cells: Cells) -> Cells:
    return {key: value for key, value in cells.items() if not key.endswith("W")}


SWING = _swing({"E": 100, "A": 40, "W": 30, "M": 20})
BWM: Cells = {
    "best": "E",
    "worst": "M",
    "best-times:A": 2,
    "best-times:W": 4,
    "best-times:M": 8,
    "worst-times:A": 4,
    "worst-times:W": 2,
}
AHP: Cells = {f"pair:{p}": "=" for p in ("E:A", "E:W", "E:M", "A:W", "A:M", "W:M")}


@pytest.mark.parametrize(
    ("method", "cells", "said", "cell"),
    [
        ("swing", {**SWING, "points:A": -4}, "−4 valt buiten", "F3"),
        ("swing", {**SWING, "points:E": 90}, "de grootste sprong krijgt 100", "F2"),
        ("swing", _swing(dict.fromkeys("EAWM", 0)), "de grootste sprong krijgt 100", "F2"),
        ("swing", _missing(SWING), "ontbreekt het antwoord van Anna", "F4"),
        ("swing", {**SWING, "points:A": "veel"}, "geen getal", "F3"),
        ("points", {f"share:{n}": 30 for n in "EAWM"}, "samen 120", "F5"),
        ("rank", dict(zip(["rank:E", "rank:A", "rank:W", "rank:M"], [1, 1, 2, 4], strict=True)),
         "geen rangorde", "F2"),
        ("ahp", {**AHP, "pair:E:W": "E 12"}, "12 valt buiten", "F3"),
        ("ahp", {**AHP, "pair:E:W": "A 2"}, "kies uit E of W", "F3"),
        ("bwm", {**BWM, "worst": "E"}, "tegelijk de zwaarste en de lichtste", "F3"),
        ("bwm", {**BWM, "best-times:A": 9}, "9 valt buiten 1 tot 8", "F5"),
        ("bwm", {**BWM, "best": "X"}, "«X» is hier geen keuze", "F2"),
    ],
)  # fmt: skip
def test_a_bad_cell_is_named_and_nothing_is_written(  # noqa: PLR0917 - a case and fixtures
    method: str,
    cells: Cells,
    said: str,
    cell: str,
    folder: Path,
    tmp_path: Path,
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    """The cell, what stands there and what to do; exit code 2, and the profiles are untouched."""
    form = tmp_path / "form.xlsx"
    run(capsysbinary, "weigh", folder, "--method", method, "--form", form, *LENSES)
    good = {"swing": SWING, "bwm": BWM, "ahp": AHP}.get(method, {})
    _fill(form, {"Anna": cells, "Piet": good})
    before = (folder / "profiles.yaml").read_bytes()
    outcome = run(capsysbinary, "weigh", folder, "--method", method, "--from", form, *LENSES)
    assert outcome.code == 2
    assert f"cel {cell}: " in outcome.err
    assert said in outcome.err
    assert (folder / "profiles.yaml").read_bytes() == before


def _rename(form: Path) -> None:
    book = load_workbook(form)
    book.worksheets[0]["F1"], book.worksheets[0]["G1"] = "Piet", "Piet"
    book.save(form)


def _retype(form: Path) -> None:
    book = load_workbook(form)
    book.worksheets[0]["A2"] = "brede_welvaart:points:X"
    book.save(form)


def _empty(form: Path) -> None:
    book = load_workbook(form)
    book.worksheets[0].delete_cols(FIRST, 2)
    book.save(form)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [(_rename, "een eigen naam"), (_retype, "sleutels"), (_empty, "geen enkele kolom")],
)
def test_a_form_that_was_spoiled_is_refused(
    spoil: Callable[[Path], None],
    said: str,
    folder: Path,
    tmp_path: Path,
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    """Two columns of one name, a changed key, and a form that nobody filled in."""
    form = tmp_path / "form.xlsx"
    run(capsysbinary, "weigh", folder, "--form", form, *LENSES)
    _fill(form, {"Anna": SWING, "Piet": SWING})
    spoil(form)
    outcome = run(capsysbinary, "weigh", folder, "--from", form, *LENSES)
    assert outcome.code == 2
    assert said in outcome.err


def test_who_says_nothing_about_a_group_keeps_the_tree(
    folder: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """On a form about all groups, one who fills in the lenses only speaks about these only."""
    form = tmp_path / "form.csv"
    assert run(capsysbinary, "weigh", folder, "--form", form).code == 0
    with form.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream, delimiter=";"))
    for row in rows:
        points = SWING.get(row[0].removeprefix("brede_welvaart:"), "")
        row.extend([str(points)] if len(row) < FIRST else [])
    with form.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows(rows)
    outcome = run(capsysbinary, "weigh", folder, "--from", form)
    assert outcome.code == 0, outcome.err
    profile = read_problem(folder).profiles[-1]
    assert [group for group, _ in profile.weights] == ["brede_welvaart"]


def test_a_form_is_not_overwritten(
    folder: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """A form that stands there stays, unless --replace is given."""
    form = tmp_path / "form.csv"
    form.write_text("van mij", encoding="utf-8")
    assert run(capsysbinary, "weigh", folder, "--form", form).code == 2
    assert form.read_text(encoding="utf-8") == "van mij"
    assert run(capsysbinary, "weigh", folder, "--form", form, "--replace").code == 0

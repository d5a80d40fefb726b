"""Profiles into a workbook that people made their own, and what else is in it afterwards."""

from __future__ import annotations

import sys
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from tests.folders import SMALL, changed, sentences, write

from afweging.errors import OutputError
from afweging.io.canonical import problem_digest
from afweging.io.problem_folder import read_folder
from afweging.io.profile_file import add_profiles, with_profiles
from afweging.io.workbook.layout import SHEET, heading, sheet_name
from afweging.io.workbook.read import read_workbook
from afweging.io.workbook.write import write_workbook
from afweging.model.preference import Judgement, Profile, SwingRange
from afweging.model.text import Text

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

JAN = Profile(
    "jan",
    Text("Jan", "John"),
    "own",
    "ahp",
    "expert",
    (("groen", (("bomen", 30.0), ("sfeer", 70.0))),),
    ranges=(SwingRange("kosten", 900.0, 100.0), SwingRange("bomen", 2.0, 40.0)),
    judgements=(Judgement("ratio", "kosten", "groen", times=2.5),),
    date="2026-11-24",
    report=Text("De antwoorden passen bij elkaar.", "The answers agree."),
)
SHEETS = ("profiles", "profile_weights", "profile_ranges", "profile_judgements")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the small problem as the program writes it to a workbook."""
    book = tmp_path / "plein.xlsx"
    write_workbook(read_folder(write(tmp_path / "in", SMALL)), book)
    return book


def _add(path: Path, *new: Profile) -> Workbook:
    """Return the workbook after adding profiles; it says what it said, with those profiles."""
    problem = read_workbook(path)
    add_profiles(problem, new, path)
    after = read_workbook(path)
    assert problem_digest(after) == problem_digest(with_profiles(problem, new))
    found = {profile.id: profile for profile in after.profiles}
    assert all(found[each.id] == each for each in new)
    return load_workbook(path, rich_text=True)


def _refused(path: Path, *new: Profile) -> list[str]:
    """Return the codes of the faults; the workbook is the same to the byte."""
    before = path.read_bytes()
    problem = read_workbook(path)
    with pytest.raises(OutputError) as caught:
        add_profiles(problem, new, path)
    sentences(caught.value.faults)
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir() if each.is_file()] == [path.name]
    return [fault.code for fault in caught.value.faults]


def _page(book: Workbook, key: str) -> Worksheet:
    found: Worksheet = book[sheet_name(key)]
    return found


def _column(page: Worksheet, name: str) -> int:
    """Return the number of the column under a heading."""
    (found,) = (c.column for c in page[1] if str(c.value or "").rstrip(" *") == name)
    assert found is not None
    return found


def _ids(book: Workbook, key: str) -> list[str]:
    """Return the first column of a sheet of profiles: the ids."""
    page = _page(book, key)
    column = _column(page, heading(key, SHEET[key].columns[0].key))
    cells = (page.cell(row, column).value for row in range(2, page.max_row + 1))
    return [str(value) for value in cells if value is not None]


# --- adding -------------------------------------------------------------------------------------


def test_a_profile_is_added_below_the_others(path: Path) -> None:
    """Its rows stand below those of the others on each of the four sheets."""
    before = load_workbook(path)
    after = _add(path, JAN)
    for key, rows in zip(SHEETS, (1, 2, 2, 1), strict=True):
        assert _ids(after, key) == [*_ids(before, key), *["jan"] * rows]


def test_the_other_sheets_stay_as_they_were(path: Path) -> None:
    """On no other sheet any cell, width or drop-down differs."""
    before, after = load_workbook(path), _add(path, JAN)
    assert after.sheetnames == before.sheetnames
    for name in set(before.sheetnames) - {sheet_name(key) for key in SHEETS}:
        one, two = before[name], after[name]
        values = [[[c.value for c in row] for row in page.iter_rows()] for page in (one, two)]
        assert values[0] == values[1]
        assert [str(d.sqref) for d in one.data_validations.dataValidation] == [
            str(d.sqref) for d in two.data_validations.dataValidation
        ]
        widths = ({k: v.width for k, v in p.column_dimensions.items()} for p in (one, two))
        assert next(widths) == next(widths)


def test_what_a_person_keeps_in_the_workbook_stays(path: Path) -> None:
    """Someone's own sheet, with a formula, a note at a cell and words in bold, is still there."""
    book = load_workbook(path)
    page = book.create_sheet("Notities", 0)
    page["A1"], page["A2"], page["B7"] = "=1+1", "let op", 3.5
    page["A2"].comment = Comment("van Jan", "Jan")
    page["B1"] = CellRichText("niet ", TextBlock(InlineFont(b=True), "vergeten"))
    book.save(path)
    after = _add(path, JAN)["Notities"]
    assert (after["A1"].value, after["A2"].value, after["B7"].value) == ("=1+1", "let op", 3.5)
    assert after["A2"].comment.text == "van Jan"
    bold = after["B1"].value[1]
    assert isinstance(bold, TextBlock)
    assert (bold.text, bold.font.b) == ("vergeten", True)


def test_columns_are_found_by_their_heading(path: Path) -> None:
    """In another order, and with a column of one's own between, each value stands rightly."""
    book = load_workbook(path)
    page = _page(book, "profile_weights")
    page.move_range(f"A1:A{page.max_row}", cols=6)
    page.delete_cols(1)
    page["D1"], page["D2"] = "notitie van mij", "klopt dit?"
    book.save(path)
    after = _page(_add(path, JAN), "profile_weights")
    names = [heading("profile_weights", c.key) for c in SHEET["profile_weights"].columns]
    last = [after.cell(after.max_row, _column(after, name)).value for name in names]
    assert last == ["jan", "groen", "sfeer", 70]
    assert _column(after, names[0]) == 6


def test_a_sheet_that_is_not_there_is_made(path: Path) -> None:
    """A workbook from before judgements could be kept gets their sheet, with its headings."""
    book = load_workbook(path)
    for key in ("profile_judgements", "profile_ranges"):
        del book[sheet_name(key)]
    statements = _page(book, "profiles")
    statements.delete_rows(_ids(book, "profiles").index("bewoner") + 2)
    book.save(path)
    after = _add(path, JAN)
    assert _ids(after, "profile_judgements") == ["jan"]
    assert _ids(after, "profile_ranges") == ["jan", "jan"]


def test_a_column_that_is_not_there_is_made(path: Path) -> None:
    """Without a column for reports there is one afterwards, at the right."""
    book = load_workbook(path)
    page = _page(book, "profiles")
    for row in range(2, page.max_row + 1):
        page.cell(row, _column(page, heading("profiles", "report.nl"))).value = None
    page.delete_cols(_column(page, heading("profiles", "report.nl")))
    width = page.max_column
    book.save(path)
    after = _page(_add(path, JAN), "profiles")
    assert _column(after, heading("profiles", "report.nl")) == width + 1


def test_text_stays_text(path: Path) -> None:
    """What looks like a formula or a number, and what XML cannot hold, is a cell of text."""
    report = Text("=1+1", "+31 _x000D_\x07")
    after = _page(_add(path, replace(JAN, name=Text("1.234", "@x"), report=report)), "profiles")
    cells = [cell for cell in after[after.max_row] if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {cell.number_format for cell in cells} == {"@"}
    assert "=1+1" in [cell.value for cell in cells]


def test_numbers_keep_every_digit(tmp_path: Path) -> None:
    """Seventeen digits stay, in the new rows and in effects that were there already."""
    number = 0.1 + 0.2
    files = changed(
        "effects.csv", "markt,droog,bomen,3,4.5,7", f"markt,droog,bomen,3,4.5,{7.1 + 0.2}"
    )
    assert float(f"{7.1 + 0.2:.16g}") == 7.1 + 0.2
    files["effects.csv"] = files["effects.csv"].replace("150,180,240", f"150,{180 + number!r},240")
    book = tmp_path / "plein.xlsx"
    write_workbook(read_folder(write(tmp_path / "in", files)), book)
    exact = replace(JAN, judgements=(replace(JAN.judgements[0], times=1 + number),))
    _add(book, exact)
    _add(book, replace(JAN, id="an"))


def test_a_second_profile_gives_the_same_as_both_at_once(path: Path) -> None:
    """One after the other or together: the same profiles; each time the same bytes."""
    other = path.with_name("ander.xlsx")
    other.write_bytes(path.read_bytes())
    _add(path, JAN)
    _add(path, replace(JAN, id="an"))
    _add(other, JAN, replace(JAN, id="an"))
    assert read_workbook(path).profiles == read_workbook(other).profiles


def test_the_same_addition_is_the_same_bytes(path: Path) -> None:
    """No date and no name of a machine is in the workbook."""
    before = path.read_bytes()
    _add(path, JAN)
    first = path.read_bytes()
    path.write_bytes(before)
    _add(path, JAN)
    assert path.read_bytes() == first


# --- putting in the place of another ------------------------------------------------------------


@pytest.mark.parametrize("name", ["buurt", "kenner", "bewoner"])
def test_a_profile_is_replaced_on_every_sheet(name: str, path: Path) -> None:
    """None of its old rows is left, and no row of another is gone."""
    before = load_workbook(path)
    after = _add(path, replace(JAN, id=name))
    for key, rows in zip(SHEETS, (1, 2, 2, 1), strict=True):
        others = [each for each in _ids(before, key) if each != name]
        expected = _ids(before, key) if key == "profiles" else [*others, *[name] * rows]
        assert _ids(after, key) == expected


def test_a_note_beside_a_profile_stays_beside_it(path: Path) -> None:
    """What someone noted in a column of their own stays on the row of the profile."""
    book = load_workbook(path)
    page = _page(book, "profiles")
    width = page.max_column + 1
    page.cell(1, width).value, page.cell(3, width).value = "Notitie", "nog bellen"
    book.save(path)
    after = _page(_add(path, replace(JAN, id="raad"), JAN), "profiles")
    assert [after.cell(row, width).value for row in range(1, 7)] == [
        "Notitie",
        None,
        "nog bellen",
        None,
        None,
        None,
    ]
    assert after.cell(3, 1).value == "raad"


def test_a_profile_is_marked_for_rescaling(tmp_path: Path) -> None:
    """A profile for an older scale can be read to be marked, and is whole afterwards."""
    book = tmp_path / "plein.xlsx"
    old = changed(
        "profiles.yaml", "worst: 900, best: 100}\n    rescale: true", "worst: 900, best: 250}"
    )
    folder = write(tmp_path / "in", old)
    problem = read_folder(folder, stale="keep")
    write_workbook(problem, book)
    problem = read_workbook(book, stale="keep")
    resident = next(each for each in problem.profiles if each.id == "bewoner")
    add_profiles(problem, [replace(resident, rescale=True)], book)
    after = {each.id: each for each in read_workbook(book).profiles}
    assert after["bewoner"] == replace(resident, rescale=True)


# --- what cannot be -----------------------------------------------------------------------------


def test_a_chart_is_not_lost(path: Path) -> None:
    """A workbook with a chart is left alone, as the chart would be gone."""
    book = load_workbook(path)
    page = book.create_sheet("Notities")
    page.append([1, 4, 2])
    chart = BarChart()
    chart.add_data(Reference(page, min_col=1, max_col=3, min_row=1))
    page.add_chart(chart, "A5")
    book.save(path)
    assert _refused(path, JAN) == ["workbook-pictures"]


@pytest.mark.parametrize(
    "part", ["xl/media/image1.png", "xl/pivotTables/pivotTable1.xml", "xl/drawings/drawing1.xml"]
)
def test_a_picture_or_pivot_table_is_not_lost(part: str, path: Path) -> None:
    """Nor are pictures, pivot tables and drawings that came from another program."""
    with zipfile.ZipFile(path, "a") as package:
        package.writestr(part, b"<x/>")
    assert _refused(path, JAN) == ["workbook-pictures"]


@pytest.mark.skipif(sys.platform == "win32", reason="who may read a file is of POSIX")
def test_who_may_read_the_workbook_stays(path: Path) -> None:
    """A workbook that only its owner could read is not opened to others."""
    path.chmod(0o600)
    _add(path, JAN)
    assert path.stat().st_mode & 0o777 == 0o600

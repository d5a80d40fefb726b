"""Profiles into a workbook that people made their own: only the sheets of profiles change.

What was written is read back before it takes the place of the workbook.
"""

from __future__ import annotations

import re
import tempfile
import zipfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import load_workbook

from afweging.errors import AfwegingError, Fault, OutputError, Place
from afweging.io.canonical import problem_digest
from afweging.io.files import mode_of, write_files
from afweging.io.workbook.cells import escaped
from afweging.io.workbook.layout import SHEET, Sheet, folded, heading, sheet_name
from afweging.io.workbook.read import quiet, read_workbook
from afweging.io.workbook.rows import sheet_rows
from afweging.io.workbook.write import timeless

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from afweging.io.problem import Stale
    from afweging.io.workbook.rows import Cell
    from afweging.model.preference import Profile
    from afweging.model.problem import DecisionProblem

PROFILE_SHEETS = ("profiles", "profile_weights", "profile_ranges", "profile_judgements")
LOST = re.compile(  # what openpyxl drops; notes at cells (.vml) it keeps
    r"xl/(charts|media|pivotTables|threadedComments)/|xl/drawings/(?!.*\.vml$)", re.IGNORECASE
)
TEXT = "@"  # the number format of text, whatever it looks like


def add_to_workbook(
    problem: DecisionProblem, new: Sequence[Profile], path: Path, *, stale: Stale = "keep"
) -> None:
    """Write the `new` profiles of `problem` into the workbook at `path`, read with `stale`.

    Raises
    ------
    OutputError
        When the workbook holds pictures or charts, which would be lost, or does not read back.
    """
    content = path.read_bytes()
    with zipfile.ZipFile(BytesIO(content)) as package:
        if any(LOST.match(name) for name in package.namelist()):
            raise OutputError([Fault("workbook-pictures", Place(path.name), path.name)])
    with quiet():
        book = load_workbook(BytesIO(content), rich_text=True)
    names = {profile.id for profile in new}
    rows = sheet_rows(problem)
    for key in PROFILE_SHEETS:
        place = 0  # the first column of each of these sheets is the id of the profile
        chosen = [row for row in rows[key] if row[place] in names]
        _replace_rows(_sheet(book, SHEET[key]), SHEET[key], names, chosen)
    _keep_every_digit(book)
    stream = BytesIO()
    book.save(stream)
    changed = timeless(stream.getvalue())
    _check(problem, changed, path, stale)
    write_files({path: changed}, overwrite=True, mode=mode_of(path))


def _sheet(book: Workbook, sheet: Sheet) -> Worksheet:
    """Return a sheet of the workbook; one that is not there is made, with its headings."""
    wanted = folded(sheet_name(sheet.key))
    for found in book.worksheets:
        if folded(found.title) == wanted:
            return found
    made: Worksheet = book.create_sheet(sheet_name(sheet.key))
    made.append([heading(sheet.key, column.key) for column in sheet.columns])
    return made


def _replace_rows(
    page: Worksheet, sheet: Sheet, names: Iterable[str], rows: Iterable[Sequence[Cell]]
) -> None:
    """Put the rows of some profiles below the others; the row of a profile itself stays its own.

    In that row someone may have put notes in a column of their own.
    """
    places = _columns(page, sheet)
    own: dict[Cell, int] = {}
    for number in range(page.max_row, 1, -1):
        name = str(page.cell(number, places[0]).value).strip()
        if name in names and sheet.key == PROFILE_SHEETS[0]:
            own[name] = number
        elif name in names:
            page.delete_rows(number)
    last = max(
        (cell.row for column in page.iter_cols(min_row=1) for cell in column if cell.value),
        default=1,
    )
    for row in rows:
        if row[0] not in own:
            last += 1
        _write_row(page, own.get(row[0], last), places, row)


def _write_row(page: Worksheet, number: int, places: Sequence[int], row: Sequence[Cell]) -> None:
    for place, value in zip(places, row, strict=True):
        cell = page.cell(number, place)
        cell.value = escaped(value) if isinstance(value, str) else value
        if isinstance(value, str):
            cell.data_type, cell.number_format = "s", TEXT


def _keep_every_digit(book: Workbook) -> None:
    """Make text of the numbers that openpyxl would round to 16 digits, in cells for numbers."""
    for page in book.worksheets:
        cells = page._cells.values()  # noqa: SLF001 - iter_rows makes the cells that are not there
        for cell in cells:
            value = cell.value
            if isinstance(value, float) and float(f"{value:.16g}") != value:
                cell.value = repr(value)
                cell.data_type = "n"


def _columns(page: Worksheet, sheet: Sheet) -> list[int]:
    """Return where each column stands; one that is not there is added at the right."""
    known = {folded(str(cell.value)): cell.column for cell in page[1] if cell.value is not None}
    places = []
    for column in sheet.columns:
        name = heading(sheet.key, column.key)
        if folded(name) not in known:
            known[folded(name)] = max(known.values(), default=0) + 1
            page.cell(1, known[folded(name)]).value = name
        places.append(known[folded(name)])
    return places


def _check(problem: DecisionProblem, content: bytes, path: Path, stale: Stale) -> None:
    """Raise OutputError unless the new workbook says what it should."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        copy.write_bytes(content)
        try:
            same = problem_digest(read_workbook(copy, stale=stale)) == problem_digest(problem)
        except AfwegingError:
            same = False
    if not same:
        raise OutputError([Fault("profiles-layout", Place(path.name), path.name)])

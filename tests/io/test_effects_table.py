from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from tests.faulty import TABLE_CASES
from tests.folders import EFFECTS, SMALL, changed, check_case, faults_in, found, params, write

from afweging.errors import Place
from afweging.io.canonical import problem_digest
from afweging.io.document import Faults
from afweging.io.effects_table import read_effects_csv, write_effects_csv
from afweging.io.problem_file import read_problem

if TYPE_CHECKING:
    from pathlib import Path

    from tests.folders import Case


def _dialect(delimiter: str, comma: str = ".", end: str = "\n", mark: bytes = b"") -> bytes:
    """Return the small table in another dialect of CSV."""
    stream = io.StringIO()
    rows = csv.reader(io.StringIO(EFFECTS))
    writer = csv.writer(stream, delimiter=delimiter, lineterminator=end)
    writer.writerows([field.replace(".", comma) for field in row] for row in rows)
    return mark + stream.getvalue().encode()


@pytest.mark.parametrize("case", params(TABLE_CASES))
def test_a_table_that_cannot_be_read_is_named_with_its_place(case: Case, tmp_path: Path) -> None:
    """Columns and rows that do not fit are named with line and, for a heading, column."""
    check_case(case, tmp_path)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(_dialect(";"), id="semicolon"),
        pytest.param(_dialect("\t"), id="tab"),
        pytest.param(_dialect(";", comma=","), id="semicolon-and-decimal-comma"),
        pytest.param(_dialect(",", comma=","), id="decimal-comma-in-quotes"),
        pytest.param(_dialect(",", end="\r\n"), id="crlf"),
        pytest.param(_dialect(";", end="\r"), id="cr"),
        pytest.param(_dialect(",", mark=b"\xef\xbb\xbf"), id="byte-order-mark"),
        pytest.param(_dialect(";", ",", "\r\n", b"\xef\xbb\xbf"), id="dutch-excel"),
        pytest.param(EFFECTS.replace(",", " , ").encode(), id="spaces-around"),
        pytest.param(EFFECTS.replace("hof", '"hof"').encode(), id="quotes"),
        pytest.param(EFFECTS.replace("\n", "\n\n").encode(), id="empty-lines"),
        pytest.param(EFFECTS.rstrip("\n").encode(), id="no-line-end-at-the-end"),
    ],
)
def test_a_dialect_makes_no_difference(content: bytes, tmp_path: Path) -> None:
    """Delimiter, decimal sign, line ends, mark, quotes and spaces change nothing in the problem."""
    expected = problem_digest(read_problem(write(tmp_path / "plain", SMALL)))
    other = write(tmp_path / "other", {**SMALL, "effects.csv": content})
    assert problem_digest(read_problem(other)) == expected


def test_columns_may_stand_in_any_order(tmp_path: Path) -> None:
    """The heading says which column is which."""
    rows = [list(reversed(line.split(","))) for line in EFFECTS.splitlines()]
    turned = "\n".join(",".join(row) for row in rows)
    plain = read_problem(write(tmp_path / "plain", SMALL))
    other = read_problem(write(tmp_path / "other", {**SMALL, "effects.csv": turned}))
    assert problem_digest(plain) == problem_digest(other)


def test_texts_are_kept_as_they_stand() -> None:
    """A column of numbers stays text: 600.000 is not 600, and the id 01 is not 1."""
    content = b"option,criterion,mode,evidence\n01,1.0,600.000,measured\n1,1e3,1.2340,measured\n"
    faults = Faults()
    table = read_effects_csv(content, file="effects.csv", decimal=None, faults=faults)
    assert faults == []
    assert table is not None
    assert table.columns["option"].texts == ("01", "1")
    assert table.columns["criterion"].texts == ("1.0", "1e3")
    assert table.columns["mode"].texts == ("600.000", "1.2340")


def test_thousands_in_a_table_of_numbers_are_refused(tmp_path: Path) -> None:
    """Where all effects are numbers, 600.000 is still a number that can be read in two ways."""
    tree = """\
id: geld
title: Geld
tree:
  id: doel
  name: Doel
  children:
    - {id: kosten, name: K, weight: 1, unit: euro, worst: 0, best: 900000, evidence: expert}
options: [{id: a, name: A}, {id: b, name: B}]
"""
    table = "option,criterion,mode,evidence\na,kosten,600.000,expert\nb,kosten,7.5,expert\n"
    write(tmp_path, {"problem.yaml": tree, "effects.csv": table})
    assert found(faults_in(tmp_path)) == [("number-ambiguous", "effects.csv", 2, 3)]


def test_a_row_over_several_lines_keeps_the_count(tmp_path: Path) -> None:
    """After a line break in quotes the faults below are still placed on their own line."""
    files = changed("effects.csv", "hof,nat,kosten", "hoff,nat,kosten")
    files["effects.csv"] = files["effects.csv"].replace("park,nat,bomen", '"park\n\n", nat,bomen')
    write(tmp_path, files)
    assert found(faults_in(tmp_path)) == [("id-unknown", "effects.csv", 21, 1)]


def test_a_place_is_told_on_demand() -> None:
    """The table knows the line and the column of each field."""
    faults = Faults()
    table = read_effects_csv(EFFECTS.encode(), file="e.csv", decimal=None, faults=faults)
    assert table is not None
    assert table.place(3, "mode") == Place("e.csv", 5, 5)
    assert table.place(3, "region") == Place("e.csv", 5)


def test_what_is_written_is_read_back() -> None:
    """Columns of text come back from the CSV that they are written to, line breaks included."""
    columns = {
        "option": ["a", "b"],
        "criterion": ["x", 'q"r'],
        "mode": ["1.5", ""],
        "evidence": ["measured", "two\nlines"],
    }
    content = write_effects_csv(columns)
    table = read_effects_csv(content, file="e.csv", decimal=None, faults=Faults())
    assert table is not None
    read = {
        name: [column.texts[code] for code in column.codes]
        for name, column in table.columns.items()
    }
    assert read == columns


@pytest.mark.parametrize("end", [";;;;;;;;\r\n;;;;;;;;\r\n", "\n   \n", "\n\n\n", ",,,,,,,,"])
def test_idle_rows_at_the_end_are_no_rows(end: str) -> None:
    """Rows of separators only, as a spreadsheet leaves below a table, are passed over."""
    row = "a,x,1,2,3,measured\n"
    content = f"option,criterion,low,mode,high,evidence\n{row}{end}".encode()
    faults = Faults()
    table = read_effects_csv(content, file="effects.csv", decimal=None, faults=faults)
    assert not faults
    assert table is not None
    assert table.rows == 1
    assert table.columns["evidence"].texts == ("measured",)

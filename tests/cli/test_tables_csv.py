from __future__ import annotations

import csv
import io

import pandas as pd
import pytest

from afweging.cli.tables_csv import csv_bytes, frame_csv
from afweging.wording import Words

HEADS = ["naam", "getal", "ja"]
ROWS: list[list[object]] = [["a;b", 0.5, True], ['c"d', -1234.25, None], ["e,f\n", float("nan"), 7]]


def test_dutch_is_for_excel_in_dutch() -> None:
    """In Dutch: a byte-order mark, semicolons, decimal commas and CRLF."""
    content = csv_bytes(HEADS, ROWS, Words("nl"))
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig") == (
        'naam;getal;ja\r\n"a;b";0,5;True\r\n"c""d";-1234,25;\r\n"e,f\n";;7\r\n'
    )


def test_english_is_rfc_4180() -> None:
    """In English: no mark, commas, decimal points and CRLF."""
    content = csv_bytes(HEADS, ROWS, Words("en"))
    assert content.decode() == (
        'naam,getal,ja\r\na;b,0.5,True\r\n"c""d",-1234.25,\r\n"e,f\n",,7\r\n'
    )


@pytest.mark.parametrize("text", ["=1+2", "+A1", "-A1", "@SUM(A1)", "\tx", "\rx"])
def test_text_is_never_a_formula(text: str) -> None:
    """A text that a spreadsheet would compute is led by an apostrophe; a number is not."""
    content = csv_bytes(["a", "b"], [[text, -1.5]], Words("en")).decode()
    (_, row) = list(csv.reader(io.StringIO(content, newline="")))
    assert row == [f"'{text}", "-1.5"]


def test_numbers_keep_every_digit() -> None:
    """A number reads back as the same number."""
    number = 0.1 + 0.2
    content = csv_bytes(["a"], [[number]], Words("en")).decode()
    assert float(content.splitlines()[1]) == number


def test_a_table_of_pandas_has_plain_cells() -> None:
    """Whole numbers, decimals, truth and gaps of a table are written as such."""
    frame = pd.DataFrame(
        {
            "rank": pd.array([1, None], dtype="Int64"),
            "score": [0.25, float("nan")],
            "settled": [True, False],
            "first": ["a; b", None],
        }
    )
    assert frame_csv(frame, Words("en")).decode() == (
        "rank,score,settled,first\r\n1,0.25,True,a; b\r\n,,False,\r\n"
    )

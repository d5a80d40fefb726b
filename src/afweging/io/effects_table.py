"""The effects table in long form, as columns of raw text; reads and writes its CSV.

Comma or semicolon, decimal point or comma, with or without byte-order mark, LF or CRLF: all are
recognised, none is guessed. What the texts mean is decided in `effects`.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from afweging.errors import Place
from afweging.io.files import decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from numpy.typing import NDArray

    from afweging.io.document import Faults
    from afweging.io.numbers import Decimal

AXES = ("option", "scenario", "region", "horizon", "criterion")
ESTIMATES = ("low", "mode", "high")
MARKS = ("evidence", "source")
BLOCK = 100_000  # rows read at a time
COLUMNS = (*AXES, *ESTIMATES, *MARKS)
OPTIONAL = ("scenario", "region", "horizon", "low", "high", "source")
REQUIRED = tuple(name for name in COLUMNS if name not in OPTIONAL)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its distinct texts, and for every row the place among them."""

    texts: tuple[str, ...]
    codes: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class EffectsTable:
    """The columns of the table, the decimal separator where declared, and where each row stands."""

    columns: Mapping[str, Column]
    rows: int
    decimal: Decimal | None
    place: Callable[[int, str], Place]
    whole: Place


def read_effects_csv(
    content: bytes, *, file: str, decimal: Decimal | None, faults: Faults
) -> EffectsTable | None:
    """Return the table in `content`, or None after noting why it is none."""
    content = _without_empty_end(content)
    text = decode(content, file=file, faults=faults)
    if text is None:
        return None
    head = re.split(r"[\r\n]", text, maxsplit=1)[0]
    delimiter = max(",;\t", key=head.count)
    names = [name.strip() for name in next(csv.reader([head], delimiter=delimiter))]
    if not _check_head(names, file, faults):
        return None
    if not _even(content, len(names) - 1, delimiter) and not _check_widths(
        text, names, delimiter, file, faults
    ):
        return None
    columns = _columns(content, names, delimiter)
    rows = len(columns["option"].codes)
    if not rows:
        faults.add("table-empty", Place(file=file))
        return None
    places = _places(text, names, delimiter, file)
    return EffectsTable(columns, rows, decimal, places, Place(file=file, line=1))


def _without_empty_end(content: bytes) -> bytes:
    """Return the content without rows at its end of separators only, as Excel leaves them."""
    end, idle = len(content), b";,\t \r\n"
    while (start := content.rfind(b"\n", 0, end)) > 0 and not content[start:end].strip(idle):
        end = start
    return content[:end]


def _columns(content: bytes, names: list[str], delimiter: str) -> dict[str, Column]:
    """Return the columns with their texts stripped; texts that become equal are one.

    They are read as texts, block by block: as a category, pandas would make 600.000 a 600.
    """
    known: dict[str, dict[str, int]] = {name: {} for name in names}
    codes = {name: [np.empty(0, dtype=np.int32)] for name in names}
    blocks = pd.read_csv(
        io.BytesIO(content),
        encoding="utf-8-sig",
        sep=delimiter,
        header=0,
        names=names,
        dtype=object,
        keep_default_na=False,
        na_filter=False,
        skipinitialspace=True,
        chunksize=BLOCK,
    )
    for block in blocks:
        for name, order in known.items():
            places, raw = pd.factorize(block[name].to_numpy())
            merge = [order.setdefault(str(text).strip(), len(order)) for text in raw]
            codes[name].append(np.array(merge, dtype=np.int32)[places])
    return {name: Column(tuple(known[name]), np.concatenate(codes[name])) for name in names}


def _check_head(names: list[str], file: str, faults: Faults) -> bool:
    before = len(faults)
    for index, name in enumerate(names):
        place = Place(file=file, line=1, column=index + 1)
        if name not in COLUMNS:
            faults.add("column-unknown", place, name, columns=COLUMNS)
        elif name in names[:index]:
            faults.add("column-twice", place, name)
    for name in REQUIRED:
        if name not in names:
            faults.add("column-missing", Place(file=file, line=1), name)
    return len(faults) == before


def _even(content: bytes, delimiters: int, delimiter: str) -> bool:
    """Return whether every line certainly has the same number of fields: the quick way to know.

    Not certain are quotes, a carriage return alone (it ends a line too) and endless fields.
    """
    mark, longest = delimiter.encode(), csv.field_size_limit()
    if b'"' in content or content.count(b"\r") != content.count(b"\r\n"):
        return False
    return all(
        (line.count(mark) == delimiters and len(line) < longest) or not line.rstrip(b"\r\n")
        for line in io.BytesIO(content)
    )


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, int, list[str]]]:
    """Yield the first and the last line of each row, and its fields."""
    stream = io.StringIO(text, newline="")
    reader = csv.reader(stream, delimiter=delimiter, skipinitialspace=True, strict=True)
    start = 1
    for fields in reader:
        yield start, reader.line_num, fields
        start = reader.line_num + 1


def _check_widths(text: str, names: list[str], delimiter: str, file: str, faults: Faults) -> bool:
    """Note every line that has too few or too many fields."""
    before, end = len(faults), 0
    facts = {"expected": len(names), "delimiter": delimiter}
    try:
        for line, end, fields in _rows(text, delimiter):  # noqa: B007 - where it goes wrong
            if fields and len(fields) != len(names):
                faults.add("row-width", Place(file=file, line=line), len(fields), **facts)
    except csv.Error as error:
        faults.add("table-syntax", Place(file=file, line=end + 1), str(error))
    return len(faults) == before


def _places(text: str, names: list[str], delimiter: str, file: str) -> Callable[[int, str], Place]:
    """Return a function that tells line and column of a row; lines are counted on first use."""
    lines: list[int] = []

    def place(row: int, name: str) -> Place:
        if not lines:
            lines.extend(line for line, _, fields in _rows(text, delimiter) if fields)
        column = names.index(name) + 1 if name in names else None
        return Place(file=file, line=lines[row + 1], column=column)

    return place


def write_effects_csv(columns: Mapping[str, list[str]]) -> bytes:
    """Return the CSV (RFC 4180 with LF, decimal point) of columns of text."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(zip(*columns.values(), strict=True))
    return stream.getvalue().encode("utf-8")

"""One cell at a time: what it says in the form of a decision problem, or why it says nothing.

Also the two ways of writing that a cell needs: lists with ; between the items, and the signs
that a workbook cannot hold.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from afweging.io.numbers import Unreadable, read_number
from afweging.io.workbook.layout import Column, Kind, label, value_of
from afweging.io.workbook.table import CellValue, Odd
from afweging.wording import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from afweging.errors import Place
    from afweging.io.document import Faults

_NL = Words("nl")
_LABEL_OF = {True: _NL.text("workbook.choice.yes"), False: _NL.text("workbook.choice.no")}
_YES_NO = {_LABEL_OF[True]: True, "yes": True, _LABEL_OF[False]: False, "no": False}
_QUOTED = re.compile(r'\s*"((?:[^"]|"")*)"\s*(?:[;\n]|\Z)')
_SEPARATOR = {False: re.compile(r"[;\n]|\Z"), True: re.compile(r"[;,\n]|\Z")}

# a workbook writes signs that XML cannot hold as _x000D_, and _x000D_ itself as _x005F_x000D_
_CANNOT_STAND = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_STANDS_FOR = re.compile(
    r"_x(005F)_(?=x[0-9A-F]{4}_)|_x(00[01][0-9A-F]|0020|FFF[EF])_", re.IGNORECASE
)


def escaped(text: str) -> str:
    r"""Return `text` as a cell holds it.

    Examples
    --------
    >>> escaped("a\rb"), escaped("_x000D_"), escaped(" ")
    ('a_x000D_b', '_x005F_x000D_', '_x0020_')
    """
    if text and not text.strip(" \t\n"):  # white space alone would be lost on the way
        return f"_x{ord(text[0]):04X}_{text[1:]}"
    return _CANNOT_STAND.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def unescaped(text: str) -> str:
    r"""Return the text that a cell stands for.

    Examples
    --------
    >>> unescaped("a_x000D_b"), unescaped("_x005F_x000D_")
    ('a\rb', '_x000D_')
    """
    if "_x" not in text:
        return text
    return _STANDS_FOR.sub(lambda found: chr(int(found[1] or found[2], 16)), text)


def joined(items: Iterable[str]) -> str:
    r"""Return the items of a list as one cell; an item with a sign of its own stands in quotes.

    Examples
    --------
    >>> joined(["gemeente", "werk; inkomen"])
    'gemeente; "werk; inkomen"'
    """
    return "; ".join(_quoted(item) for item in items)


def _quoted(item: str) -> str:
    plain = (
        item == item.strip() and item and not item.startswith('"') and not set(item) & set(";\n")
    )
    return item if plain else '"' + item.replace('"', '""') + '"'


def split(text: str, *, commas: bool = False) -> list[str]:
    """Return the items of a list in a cell, separated by ; or a new line, or also by a comma.

    Examples
    --------
    >>> split('gemeente; "werk; inkomen"'), split("O1, O2;", commas=True)
    (['gemeente', 'werk; inkomen'], ['O1', 'O2'])
    """
    items: list[str] = []
    start = 0
    while start < len(text):
        if quoted := _QUOTED.match(text, start):
            items.append(quoted[1].replace('""', '"'))
            start = quoted.end()
            continue
        end = _SEPARATOR[commas].search(text, start)
        stop = len(text) if end is None else end.start()
        items += [item] if (item := text[start:stop].strip()) else []
        start = stop + 1
    return items


def read_cell(column: Column, raw: CellValue, place: Place, faults: Faults) -> object:
    """Return what a cell says in the form of `column`, None where it is empty.

    What does not fit comes back as it is, so that the check of the form refuses it at its cell.
    """
    if isinstance(raw, Odd):
        if column.kind == "day" and raw.day is not None:
            return raw.day
        faults.add(raw.code, place, raw.shown)
        return raw.shown
    if isinstance(raw, str) and column.kind != "text":
        raw = raw.strip()
    if raw is None or raw == "":
        return None
    if isinstance(raw, float) and column.kind in _WHOLE:
        raw = _whole(raw, place, faults)
    if isinstance(raw, bool):
        return raw
    if column.kind == "choice" and isinstance(raw, str):
        return value_of(column.choices or "", raw)
    return _READ[column.kind](raw, place, faults)


def _whole(raw: float, place: Place, faults: Faults) -> str | int:
    """Return a number where an id is expected; with decimals it may have been another id."""
    if raw.is_integer():
        return int(raw)
    faults.add("workbook-id-number", place, raw)
    return repr(raw)


def _text(raw: str | float, place: Place, faults: Faults) -> object:
    del place, faults
    return str(int(raw)) if isinstance(raw, int) else raw


def _number(raw: str | float, place: Place, faults: Faults) -> object:
    if isinstance(raw, str) and looks_like_number(raw):
        faults.add("workbook-number-text", place, raw)
    return raw


def looks_like_number(text: str) -> bool:
    """Return whether a text could have been meant as a number.

    Examples
    --------
    >>> looks_like_number("0,5"), looks_like_number("1.178.300"), looks_like_number("goed")
    (True, True, False)
    """
    found = read_number(text, decimal=None, declared=True)
    return found == Unreadable("number-grouped") or isinstance(found, float)


def _as_it_is(raw: str | float, place: Place, faults: Faults) -> object:
    del place, faults
    return raw


def _yes_no(raw: str | float, place: Place, faults: Faults) -> object:
    del place, faults
    return _YES_NO.get(str(raw).casefold(), raw)


def _ids(raw: str | float, place: Place, faults: Faults) -> object:
    del place, faults
    return split(str(raw), commas=True)


def _words(raw: str | float, place: Place, faults: Faults) -> object:
    del place, faults
    return split(str(raw))


_WHOLE: tuple[Kind, ...] = ("id", "ids", "day", "words")
_READ: dict[Kind, Callable[[str | float, Place, Faults], object]] = {
    "id": _text,
    "ids": _ids,
    "words": _words,
    "text": _text,
    "number": _number,
    "number-or-id": _as_it_is,
    "day": _text,
    "choice": _as_it_is,
    "yes-no": _yes_no,
}


def cell_of(column: Column, value: object) -> str | int | float | None:
    """Return what a cell of `column` holds for `value`: a number, or text not yet escaped."""
    if value is None:
        return None
    if isinstance(value, bool):
        return _LABEL_OF[value]
    if isinstance(value, list):
        return joined(str(item) for item in value) or None
    if column.kind == "choice":
        return label(column.choices or "", str(value))
    return value if isinstance(value, int | float) else str(value)

"""Numbers as people and spreadsheets write them: read without guessing, or refused."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

Decimal = Literal["point", "comma"]
SEPARATOR: dict[Decimal, str] = {"point": ".", "comma": ","}

AMBIGUOUS = re.compile(r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:(?P<separator>[.,])[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}([., \u00a0\u202f'][0-9]{3})+([.,][0-9]+)?")
_NOT_FINITE = re.compile(r"[+-]?(nan|inf(inity)?|n/a|#n/[ab]|#\S+[!?])", re.IGNORECASE)
_DATE = re.compile(
    r"[0-9]{1,4}[-/][0-9]{1,2}([-/][0-9]{1,4})?( .*)?"
    r"|[0-9]{0,4}[- ]?(jan|feb|mrt|mar|apr|mei|may|jun|jul|aug|sep|okt|oct|nov|dec)[a-z]*"
    r"[- .]?[0-9]{0,4}",
    re.IGNORECASE,
)
_FORMULA = re.compile(r"[=@].*|[+-][A-Za-z(=@].*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a text is not taken for a number: the code of a fault."""

    code: str


def decimal_in_use(texts: Iterable[str]) -> Decimal | None:
    """Return the decimal separator that most of the undoubted numbers use; None without any.

    Examples
    --------
    >>> decimal_in_use(["0,5", "12,25", "7", "1.234"])
    'comma'
    """
    count = {".": 0, ",": 0}
    for text in texts:
        match = _NUMBER.fullmatch(text)
        if match and match["separator"] and not AMBIGUOUS.fullmatch(text):
            count[match["separator"]] += 1
    if not any(count.values()):
        return None
    return "comma" if count[","] > count["."] else "point"


def read_number(text: str, *, decimal: Decimal | None, declared: bool) -> float | Unreadable | None:
    """Return the number in `text`, None where it is empty, or why it cannot be read.

    `decimal` is the separator of the file; where it is only seen in use, and not `declared`,
    a text that could also hold a thousands separator is refused.

    Examples
    --------
    >>> read_number("0,5", decimal="comma", declared=False)
    0.5
    >>> read_number("1.234", decimal="point", declared=False)
    Unreadable(code='number-ambiguous')
    """
    if not text:
        return None
    match = _NUMBER.fullmatch(text)
    if not match:
        return Unreadable(_reason(text))
    if AMBIGUOUS.fullmatch(text) and not declared:
        return Unreadable("number-ambiguous")
    if (separator := match["separator"]) and decimal and separator != SEPARATOR[decimal]:
        return Unreadable("number-mixed-decimals")
    number = float(text.replace(",", "."))
    return number if math.isfinite(number) else Unreadable("number-not-finite")


def _reason(text: str) -> str:
    for pattern, code in (
        (_NOT_FINITE, "number-not-finite"),
        (_GROUPED, "number-grouped"),
        (_DATE, "number-date"),
        (_FORMULA, "number-formula"),
    ):
        if pattern.fullmatch(text):
            return code
    return "number-invalid"


def write_number(number: float) -> str:
    """Return the shortest text that reads back as `number` and cannot be read in two ways.

    Examples
    --------
    >>> write_number(1234.0), write_number(0.5), write_number(1.234)
    ('1234', '0.5', '1.2340')
    """
    text = repr(float(number))
    text = text.removesuffix(".0")
    return f"{text}0" if AMBIGUOUS.fullmatch(text) else text

"""What number a cell shows, to sort by where no more exact number is known."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"(?P<sign>[−-]?)(?P<figure>\d[\d.,]*)(?:\s×\s10\^(?P<power>−?\d+))?")
_SIGNS = {"nl": str.maketrans(",", ".", "."), "en": str.maketrans("", "", ",")}


def shown_value(cell: str, language: str) -> float | None:
    r"""Return the first number in a cell; None where there is none.

    Examples
    --------
    >>> shown_value("1.234,5", "nl"), shown_value("−12.5\u00a0%", "en"), shown_value("1–3", "nl")
    (1234.5, -12.5, 1.0)
    >>> shown_value("nooit", "nl"), shown_value("1,2 × 10^18", "nl")
    (None, 1.2e+18)
    """
    match = _NUMBER.search(cell)
    if match is None:
        return None
    number = float(match["figure"].translate(_SIGNS[language]).rstrip("."))
    power = (match["power"] or "0").replace("−", "-")
    return (-1 if match["sign"] else 1) * number * 10.0 ** int(power)

"""Numbers and shares as Dutch and English readers write them. Rounding happens only here."""

from __future__ import annotations

import math

from babel.numbers import format_decimal, get_decimal_symbol

LOCALES = {"nl": "nl_NL", "en": "en_GB"}  # of another language the locale has its name
LARGEST = 1e15  # beyond, a float has no whole numbers; written with a power of ten
HARD_SPACE = "\u00a0"
PERCENTAGES = {"share", "share1", "weight"}
MOST_PLACES = 9
NO_SHARE = 1e-9  # of all: less is rounding
AROUND = {
    "share": ("", f"{HARD_SPACE}%"),
    "share1": ("", f"{HARD_SPACE}%"),
    "weight": ("", f"{HARD_SPACE}%"),
    "money": (f"€{HARD_SPACE}", ""),
}


def write(value: object, form: str, language: str) -> str:
    r"""Return `value` in the given form, or as it is.

    Forms: number, share, share1, weight, money, gap, or a count of decimals.

    Examples
    --------
    >>> write(1234.5, "number", "nl"), write(0.3333, "share", "nl"), write(-2, "1", "nl")
    ('1.234,5', '33\xa0%', '−2,0')
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    if not math.isfinite(value):
        return {math.inf: "∞", -math.inf: "−∞"}.get(value, "–")
    before, after = AROUND.get(form, ("", ""))
    scaled = _percent(value) if form in PERCENTAGES else value
    return f"{before}{_decimal(scaled, _pattern(value, form), language)}{after}"


def write_apart(numbers: tuple[float, float], form: str, language: str) -> tuple[str, str]:
    """Return two numbers in the given form, with more decimals where they would read the same.

    Examples
    --------
    >>> write_apart((0.0621, 0.0624), "gap", "nl"), write_apart((0.2, 0.2), "gap", "nl")
    (('0,0621', '0,0624'), ('0,20', '0,20'))
    """
    first, second = (write(number, form, language) for number in numbers)
    for places in map(str, range(2, MOST_PLACES + 1)):
        if first != second:
            return first, second
        one, other = (write(number, places, language) for number in numbers)
        if one != other:
            return one, other
    return first, second


def _pattern(value: float, form: str) -> str:
    """Return how many digits a form shows of a value."""
    if form.isdigit():
        return "#,##0" + ("." + "0" * int(form) if int(form) else "")
    if form == "share":
        return _share_pattern(value)
    if form == "gap":
        return "#,##0." + "0" * _gap_places(value)
    if form == "share1":
        return "#,##0." + "0" * _places(value, least=1)
    if form == "weight":
        return "#,##0." + "#" * _places(value, least=2)
    fixed = {"money": "#,##0", "number": "#,##0.####"}
    return fixed.get(form, "0.################")  # as it is: an input, quoted


def _gap_places(value: float) -> int:
    """Two decimals, and for a small difference as many as show two digits: 0.0018."""
    if value == 0 or abs(value) >= 0.1:
        return 2
    return min(MOST_PLACES, 1 - math.floor(math.log10(abs(value))))


def _percent(share: float) -> float:
    """Return a share as a percentage; what is just below all is not rounded to all."""
    percent = 100 * share
    return min(percent, 99.9) if percent < 100 - 1e-9 else percent


def _share_pattern(share: float) -> str:
    """Small shares and exact halves keep decimals: 0.4 % is not 0 %, 12.5 % is not 12 %."""
    percent = abs(100 * share)
    half = abs(percent * 2 - round(percent * 2)) < 1e-9
    if 0 < percent < 1 or 99 < percent < 100 or half:
        return "#,##0." + "#" * _places(share, least=1)
    return "#,##0"


def _places(share: float, *, least: int) -> int:
    """Return how many decimals of a percentage show that a share is not 0, and some at least."""
    percent = abs(100 * share)
    if abs(share) < NO_SHARE or percent >= 0.5 * 10**-least:
        return least
    return math.ceil(-math.log10(percent))


def _decimal(value: float, pattern: str, language: str) -> str:
    locale = LOCALES.get(language, language)
    if abs(value) >= LARGEST:
        text = f"{value:.3g}".replace("e+", " × 10^").replace("-", "−")
        return text.replace(".", get_decimal_symbol(locale))
    text = format_decimal(abs(value), format=pattern, locale=locale)
    # a minus sign, and no minus before a rounded zero
    is_zero = not any(figure in text for figure in "123456789")
    return f"−{text}" if value < 0 and not is_zero else text

"""Checks of what came from outside: text, codes, points and weights."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import TYPE_CHECKING

from afweging.model.session import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

KEY = re.compile(r"[0-9A-Za-z_-]{8,64}")
SALT = re.compile(r"[0-9a-f]{32}")
DIGEST = re.compile(r"[0-9a-f]{64}")
LANGUAGE = re.compile(r"[a-z]{2,3}")
SUM_TOLERANCE = 1e-6


def clean(text: str, *, lines: str = "join") -> str:
    r"""Return text in normal form C, without signs that cannot be shown, spaces joined.

    With `lines="keep"` line ends stay.

    Examples
    --------
    >>> clean("  veel\u200b te \n duur\x1b ")
    'veel te duur'
    """
    if lines == "keep":
        return "\n".join(clean(line) for line in text.strip().splitlines())
    shown = (c if c.isprintable() else " " * c.isspace() for c in text)
    return unicodedata.normalize("NFC", " ".join("".join(shown).split()))


def too_long(text: str, most: int) -> Refusal | None:
    """Return the refusal of a text of more than `most` characters."""
    return (
        Refusal("text-too-long", {"most": most, "length": len(text)}) if len(text) > most else None
    )


def odd_code(**codes: str) -> Refusal | None:
    """Return the refusal of a key, salt, token or digest of the wrong form, by its name."""
    forms = {"key": KEY, "salt": SALT, "token": DIGEST, "digest": DIGEST, "language": LANGUAGE}
    odd = [name for name, code in codes.items() if not forms[name].fullmatch(code)]
    return Refusal("odd-code", {"name": odd[0]}) if odd else None


def odd_swings(swings: Sequence[float], *, lenses: int) -> Refusal | None:
    """Return the refusal of swings that are not 0 to 100 per lens with 100 as the largest.

    Examples
    --------
    >>> odd_swings((100, 40), lenses=2), odd_swings((90, 40), lenses=2).code
    (None, 'swings-no-hundred')
    """
    if len(swings) != lenses:
        return Refusal("swings-count", {"given": len(swings), "lenses": lenses})
    if not all(_is_number(each) and 0 <= each <= 100 for each in swings):
        return Refusal("swings-range")
    return None if max(swings) == 100 else Refusal("swings-no-hundred", {"largest": max(swings)})


def odd_weights(weights: Sequence[float], *, lenses: int) -> Refusal | None:
    """Return the refusal of weights on the lenses that are not 0 or more or do not add up to 1."""
    if len(weights) != lenses:
        return Refusal("swings-count", {"given": len(weights), "lenses": lenses})
    fits = all(_is_number(each) and 0 <= each <= 1 for each in weights)
    if not fits or abs(math.fsum(weights) - 1) > SUM_TOLERANCE:
        return Refusal("weights-sum")
    return None


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)

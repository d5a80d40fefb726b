"""One canonical form of plain data: JSON by RFC 8785, whose bytes can be hashed and compared."""

from __future__ import annotations

import unicodedata
from types import MappingProxyType

import numpy as np
import rfc8785


def canonical_json(value: object) -> bytes:
    """Return `value` as canonical JSON; text in Unicode normal form C, no NaN, no infinity.

    Examples
    --------
    >>> canonical_json({"b": 0.5, "a": [True, None]})
    b'{"a":[true,null],"b":0.5}'
    """
    return rfc8785.dumps(plain(value))  # type: ignore[arg-type]


def plain(value: object) -> object:
    """Return `value` with normalised text and with numpy's numbers as Python's."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict | MappingProxyType):
        return {plain(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value.item() if isinstance(value, np.generic) else value

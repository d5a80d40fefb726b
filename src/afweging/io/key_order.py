"""Mappings whose order people chose, kept through canonical JSON, which sorts every mapping.

Weights and ranges are mappings of ids; their order says nothing, but what comes back should be
what was given.
"""

from __future__ import annotations

ORDERED = ("weights", "ranges")


def with_order(value: object) -> object:
    """Return a document with its mappings of weights and ranges as lists of pairs.

    Examples
    --------
    >>> with_order({"weights": {"b": 1, "a": {"value": 2}}, "id": "x"})
    {'weights': [['b', 1], ['a', [['value', 2]]]], 'id': 'x'}
    """
    if isinstance(value, list):
        return [with_order(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {k: _pairs(v) if k in ORDERED else with_order(v) for k, v in value.items()}


def without_order(value: object) -> object:
    """Return a document with its lists of pairs as mappings again; what is none stays as it is.

    Examples
    --------
    >>> without_order({"weights": [["b", 1], ["a", [["value", 2]]]], "id": "x"})
    {'weights': {'b': 1, 'a': {'value': 2}}, 'id': 'x'}
    """
    if isinstance(value, list):
        return [without_order(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {k: _mapping(v) if k in ORDERED else without_order(v) for k, v in value.items()}


def _pairs(value: object) -> object:
    if not isinstance(value, dict):
        return value
    return [[key, _pairs(item)] for key, item in value.items()]


def _mapping(value: object) -> object:
    if not isinstance(value, list) or not all(_is_pair(item) for item in value):
        return value
    return {key: _mapping(item) for key, item in value}


def _is_pair(item: object) -> bool:
    return isinstance(item, list) and len(item) == 2 and isinstance(item[0], str)

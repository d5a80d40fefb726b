"""Names that fit on the wall: long ones are cut, and never so that two read the same.

The full names stand on the panels that explain the options and the lenses, and on every phone.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST: Mapping[str, int] = MappingProxyType(
    # characters, so that a name takes at most two lines of its column
    {"options": 44, "lenses": 30, "scenarios": 30, "profiles": 46}
)
FEW: Mapping[str, tuple[int, int]] = MappingProxyType(
    # with at most so many each has room for so many characters
    {"options": (6, 54), "scenarios": (4, 40)}
)
WHOLE: Mapping[str, frozenset[str]] = MappingProxyType(
    # panels that explain, with what they name in full
    {"options": frozenset({"options"}), "ranges": frozenset({"lenses"})}
)


def fitting(content: Mapping[str, Any], panel: str) -> dict[str, Any]:
    """Return the content of a problem with names that fit on a panel of the wall."""
    whole = WHOLE.get(panel, frozenset())
    counts = {"options": len(content["table"]), "scenarios": len(content["scenarios"])}
    few = {kind: most for kind, (count, most) in FEW.items() if counts[kind] <= count}
    longest = {**LONGEST, **few}
    names = {
        kind: dict(found) if kind in whole else short_names(found, longest[kind])
        for kind, found in content["names"].items()
    }
    lenses = [lens | {"name": names["lenses"][lens["id"]]} for lens in content["lenses"]]
    return {**content, "names": names, "lenses": lenses}


def short_names(names: Mapping[str, str], most: int) -> dict[str, str]:
    """Return names of at most so many characters; one that reads as another keeps its end as well.

    Where even that does not tell them apart, they stay as they are.

    Examples
    --------
    >>> short_names({"a": "Wonen in de regio Noord", "b": "Wonen in de regio Zuid"}, 16)
    {'a': 'Wonen … Noord', 'b': 'Wonen … Zuid'}
    >>> short_names({"a": "Wonen", "b": "Werken in de buurt"}, 12)
    {'a': 'Wonen', 'b': 'Werken in …'}
    """
    found = {each: cut_end(name, most) for each, name in names.items()}
    for change in (lambda name: cut_middle(name, most), str):
        twice = {name for name in found.values() if list(found.values()).count(name) > 1}
        found = {
            each: change(names[each]) if name in twice else name for each, name in found.items()
        }
    return found


def cut_end(text: str, most: int) -> str:
    """Return the first words of a text, at most so many characters.

    Examples
    --------
    >>> cut_end("Gespreid wonen en integratie", 20)
    'Gespreid wonen en …'
    """
    if len(text) <= most:
        return text
    head = text[: most - 1].rpartition(" ")[0] or text[: most - 2]
    return f"{head.rstrip(',')} …"


def cut_middle(text: str, most: int) -> str:
    """Return the first and the last words of a text, at most so many characters.

    Examples
    --------
    >>> cut_middle("Gespreid wonen en integratie", 24)
    'Gespreid … integratie'
    """
    if len(text) <= most:
        return text
    room = (most - 3) // 2
    head, tail = text[: room + 1].rpartition(" ")[0], text[-room - 1 :].partition(" ")[2]
    return f"{head or text[:room]} … {tail or text[-room:]}"

"""Walking a document that may be wrong anywhere: parts of an unexpected kind are passed over.

The form of the files is checked elsewhere; these walks let every other check look at all that
can be looked at, so that all faults are reported in one go.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from afweging.io.document import Document, Path

Part = dict[str, object]


def at(document: Document, path: Path) -> object:
    """Return the value at `path`, or None where there is nothing."""
    value = document.value
    for key in path:
        if isinstance(value, dict) and isinstance(key, str):
            value = value.get(key)
        elif isinstance(value, list) and isinstance(key, int) and key < len(value):
            value = value[key]
        else:
            return None
    return value


def parts(document: Document, *path: str | int) -> Iterator[tuple[Path, Part]]:
    """Yield path and contents of every mapping in the list at `path`."""
    found = at(document, path)
    for index, value in enumerate(found if isinstance(found, list) else []):
        if isinstance(value, dict):
            yield (*path, index), value


def nodes(document: Document, path: Path = ("tree",)) -> Iterator[tuple[Path, Part]]:
    """Yield path and contents of every node of the value tree, parents before children."""
    node = at(document, path)
    if isinstance(node, dict):
        yield path, node
        children = node.get("children")
        for index in range(len(children) if isinstance(children, list) else 0):
            yield from nodes(document, (*path, "children", index))


def is_leaf(node: Part) -> bool:
    """Return whether a node of the tree is a criterion."""
    return "children" not in node


def id_of(part: Part, key: str = "id") -> str | None:
    """Return the id that a part has, or names under `key`, as text; a bare 2030 is an id too."""
    found = part.get(key)
    return str(found) if isinstance(found, str) or type(found) is int else None


def ids(document: Document, *path: str | int) -> list[str]:
    """Return the ids of the mappings in the list at `path`, in order."""
    return [found for _, part in parts(document, *path) if (found := id_of(part)) is not None]


def known_sources(sources: Document) -> list[str] | None:
    """Return the ids of the sources, or None where the sources could not be read."""
    readable = isinstance(sources.value, dict) and isinstance(
        sources.value.get("sources", []), list
    )
    return ids(sources, "sources") if readable else None


def number(value: object) -> float | None:
    """Return `value` as a number, or None where it is none."""
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def mapping(value: object) -> dict[str, object]:
    """Return `value` where it is a mapping, else an empty one."""
    return value if isinstance(value, dict) else {}


def texts(value: object) -> list[tuple[int, str]]:
    """Return place and text of the ids in a list."""
    found = value if isinstance(value, list) else []
    return [
        (index, str(item))
        for index, item in enumerate(found)
        if isinstance(item, str) or type(item) is int
    ]

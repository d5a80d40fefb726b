"""A nested document of plain values that knows where each value stands.

Folder and workbook are both read to documents, so that one set of checks serves both.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from afweging.errors import Fault, Place

if TYPE_CHECKING:
    from collections.abc import Iterable

Key = str | int
Path = tuple[Key, ...]


@dataclass(slots=True)
class Document:
    """Plain dicts, lists and scalars under `value`, and the place of each under `places`."""

    value: object
    places: dict[Path, Place] = field(default_factory=dict)

    @property
    def unread(self) -> bool:
        """Whether nothing could be read; why has been noted already."""
        return self.value is None and not self.places

    def place(self, path: Iterable[Key]) -> Place:
        """Return the place of `path`, or of the nearest part of it that has one."""
        keys = tuple(path)
        while keys not in self.places and keys:
            keys = keys[:-1]
        return self.places.get(keys, Place())


class Faults(list[Fault]):
    """Faults gathered while reading; everything is read before anything is raised."""

    def add(
        self, code: str, place: Place | None = None, value: object = None, **facts: object
    ) -> None:
        """Note one fault."""
        self.append(Fault(code, place or Place(), value, facts))

"""How far each weight can go, as one plain document for canonical JSON."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from afweging.analysis.document import plain

if TYPE_CHECKING:
    from afweging.analysis.stability import Stability


def stability_document(found: Stability) -> dict[str, object]:
    """Return the intervals of all nodes as plain dicts, lists and numbers."""
    return {each.name: plain(getattr(found, each.name)) for each in fields(found)}

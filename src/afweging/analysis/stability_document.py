"""How far each weight can go, as one plain document for canonical JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afweging.analysis.document import plain

if TYPE_CHECKING:
    from afweging.analysis.stability import Stability


def stability_document(found: Stability) -> dict[str, object]:
    """Return the intervals of all nodes as plain dicts, lists and numbers."""
    return {
        "first": list(found.winners),
        "most_sensitive": list(found.most_sensitive),
        "most_sensitive_order": list(found.most_sensitive_order),
        "nodes": plain(found.nodes),
    }

"""What drives the answer as one plain document, for canonical JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afweging.analysis.document import plain

if TYPE_CHECKING:
    from afweging.analysis.drivers import Drivers, Found
    from afweging.analysis.together import Together


PARTS = ("contest", "effects", "together", "swings", "losses")


def drivers_document(found: Drivers) -> dict[str, object]:
    """Return what drives the answer as plain dicts, lists and numbers.

    All parts are None where one option takes part only.
    """
    parts = dict.fromkeys(PARTS) if found.found is None else _parts(found.found)
    return {"draws": found.draws, "seed": found.seed, **parts}


def _parts(found: Found) -> dict[str, object]:
    return {
        "contest": plain(found.contest),
        "effects": plain(found.effects),
        "together": _together(found.together),
        "swings": plain(found.swings),
        "losses": plain(found.losses),
    }


def _together(together: Together) -> dict[str, object]:
    return {
        "deviation": together.deviation,
        "evaluations": together.evaluations,
        "factors": [
            {
                "kind": each.factor.kind,
                "node": each.factor.node or None,
                "first_order": each.first,
                "total": each.total,
                "first_order_error": each.first_error,
                "total_error": each.total_error,
            }
            for each in together.factors
        ],
    }

"""Until when every option is enough, as one plain document for canonical JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afweging.analysis.adaptation import Adaptation, Stretch


def adaptation_document(found: Adaptation) -> dict[str, object]:
    """Return what was found as plain dicts, lists and numbers.

    `failing` is the share of the weight of the regions, per requirement, scenario, horizon and
    option.
    """
    return {
        "empty": found.empty,
        "horizons": list(found.horizons),
        "screened_out": list(found.screened_out),
        "all": _per_option(found, found.overall),
        "requirements": {
            name: _per_option(found, [s for s in found.by_requirement if s.requirement == name])
            for name in found.requirements
            if found.empty is None
        },
        "failing": {
            name: _failing(found, table)
            for name, table in zip(found.requirements, found.failing.tolist(), strict=False)
        },
    }


def _per_option(found: Adaptation, stretches: Sequence[Stretch]) -> dict[str, object]:
    return {
        option: {
            each.scenario: _stretch(found, each) for each in stretches if each.option == option
        }
        for option in found.options
        if stretches
    }


def _stretch(found: Adaptation, each: Stretch) -> dict[str, object]:
    """Return one stretch; who can follow is said for all requirements together only."""
    then = {"then": list(each.then)} if each.requirement is None else {}
    return {
        "kind": each.kind,
        "meets": dict(zip(found.horizons, each.meets, strict=True)),
        "last": each.last,
        "first_failure": each.first_failure,
        "missed": list(each.missed),
        "regions": list(each.regions),
        **then,
    }


def _failing(found: Adaptation, table: list[list[list[float]]]) -> dict[str, object]:
    return {
        scenario: {
            horizon: dict(zip(found.options, shares, strict=True))
            for horizon, shares in zip(found.horizons, rows, strict=True)
        }
        for scenario, rows in zip(found.scenarios, table, strict=True)
    }

"""Charts: labelled results to SVG text, without a screen or a clock.

In a notebook, one function for each: they load on first use.

Examples
--------
>>> import afweging as afw
>>> result = afw.compare(afw.read_problem("scenarios/kantoor"))
>>> afw.charts.regret(result).caption
"Grootste spijt per optie over de scenario's: de achterstand op de beste"
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from afweging.charts.notebook import (
        NotebookChart,
        acceptability,
        flips,
        profiles,
        ranking,
        regret,
        rounds,
        scenarios,
        score_regret,
        stability,
        weight_space,
    )

__all__ = [
    "NotebookChart",
    "acceptability",
    "flips",
    "profiles",
    "ranking",
    "regret",
    "rounds",
    "scenarios",
    "score_regret",
    "stability",
    "weight_space",
]


def __getattr__(name: str) -> object:
    """Load a chart on first use: what draws one does not need the others."""
    if name not in __all__:
        msg = f"module 'afweging.charts' has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module("afweging.charts.notebook"), name)


def __dir__() -> list[str]:
    """Return the public names."""
    return list(__all__)

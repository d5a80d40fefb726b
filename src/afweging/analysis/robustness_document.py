"""How sure an answer is, as one plain document for canonical JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afweging.analysis.acceptability_document import acceptability_document
from afweging.analysis.adaptation_document import adaptation_document
from afweging.analysis.document import plain
from afweging.analysis.drivers_document import drivers_document
from afweging.analysis.flip_table_document import flip_table_document
from afweging.analysis.incomplete_weights_document import incomplete_weights_document
from afweging.analysis.scenario_robustness_document import scenario_robustness_document
from afweging.analysis.stability_document import stability_document
from afweging.analysis.weight_space_document import weight_space_document

if TYPE_CHECKING:
    from afweging.analysis.robustness import Robustness

FORMAT = "afweging-robustness/1"


def robustness_document(found: Robustness) -> dict[str, object]:
    """Return all parts as plain dicts, lists and numbers."""
    comparison = found.comparison
    return {
        "format": FORMAT,
        "problem": comparison.problem.id,
        "request": plain(comparison.request),
        "weights": found.weights,
        "ranking": plain(comparison.ranking),
        "flips": flip_table_document(found.flips),
        "stability": stability_document(found.stability),
        "weight_space": weight_space_document(found.weight_space),
        "incomplete_weights": incomplete_weights_document(comparison, found.incomplete_weights),
        "acceptability": acceptability_document(found.acceptability),
        "scenario_robustness": scenario_robustness_document(comparison, found.scenario_robustness),
        "adaptation": adaptation_document(found.adaptation),
        "drivers": drivers_document(found.drivers),
    }

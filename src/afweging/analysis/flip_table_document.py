"""How far every option is from the first place, as one plain document for canonical JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from afweging.analysis.flip_document import weight_flip_document

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from afweging.analysis.flip_table import FirstFlip, FlipTable

    FloatArray = NDArray[np.float64]


def flip_table_document(found: FlipTable) -> dict[str, object]:
    """Return the table as plain dicts, lists and numbers; None where no weights do it."""
    names = [each.option for each in found.options]
    return {
        "first": list(found.first),
        "options": {each.option: _option(each) for each in found.options},
        "lens_pairs": _pairs(names, found.lens_pairs),
        "criteria_pairs": _pairs(names, found.criteria_pairs),
    }


def _option(each: FirstFlip) -> dict[str, object]:
    return {
        "lenses": weight_flip_document(each.lenses),
        "criteria": weight_flip_document(each.criteria),
        "lens_answers": weight_flip_document(each.lens_answers),
        "criteria_answers": weight_flip_document(each.criteria_answers),
    }


def _pairs(names: list[str], moved: FloatArray) -> dict[str, dict[str, float | None]]:
    """Return per challenger and rival how much weight must move."""
    return {
        name: {
            other: None if np.isinf(moved[i, k]) else float(moved[i, k])
            for k, other in enumerate(names)
            if k != i
        }
        for i, name in enumerate(names)
    }

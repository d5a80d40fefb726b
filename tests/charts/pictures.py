"""Maps of weights of small problems, as parsed SVG, for tests of what is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import numpy as np

from afweging.analysis.compare import compare
from afweging.analysis.weight_map import find_weight_map
from afweging.analysis.weight_space import find_weight_space
from afweging.charts.weight_map import weight_map_svg
from afweging.wording import Words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from afweging.analysis.weight_map import WeightMap
    from afweging.analysis.weight_sets import WeightSetKind
    from afweging.analysis.weight_space import WeightSpace
    from afweging.model.problem import DecisionProblem
    from afweging.model.result import Comparison, Request
    from afweging.wording import Language

    FloatArray = NDArray[np.float64]

SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True, slots=True)
class Picture:
    """A map, from problem to picture."""

    comparison: Comparison
    space: WeightSpace
    found: WeightMap
    text: str
    root: ET.Element

    def all(self, name: str) -> list[ET.Element]:
        """Return all elements with a name that are drawn, in their order."""
        return [
            each
            for part in self.root
            for each in part.iter(f"{SVG}{name}")
            if part.tag != f"{SVG}defs"
        ]

    def texts(self) -> list[str]:
        """Return all text that is drawn."""
        return [each.text or "" for each in self.all("text")]


def draw(
    problem: DecisionProblem,
    *,
    language: Language = "nl",
    request: Request | None = None,
    weights: WeightSetKind = "lenses",
) -> Picture:
    """Return the map of a problem."""
    comparison = compare(problem, request)
    space = find_weight_space(comparison, weights=weights)
    text = weight_map_svg(comparison, space, Words(language))
    root = ET.fromstring(text.encode("utf-8"))  # noqa: S314 - made here
    return Picture(comparison, space, find_weight_map(space), text, root)


def corners_of(polygon: ET.Element) -> FloatArray:
    """Return the corners of a polygon on paper, (P, 2)."""
    pairs = (polygon.get("points") or "").split()
    return np.array([[float(each) for each in pair.split(",")] for pair in pairs])


def area_of(corners: FloatArray) -> float:
    """Return the area of a polygon on paper."""
    x, y = corners.T
    return abs(float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y))) / 2

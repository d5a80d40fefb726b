"""The value tree: weights that add up, fixed scales, sound value functions."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from afweging.io.walk import id_of, is_leaf, mapping, nodes, number, parts

if TYPE_CHECKING:
    from afweging.io.document import Document, Faults, Path
    from afweging.io.walk import Part

SUM_TOLERANCE = 1e-6


def adds_up(total: float) -> bool:
    """Return whether weights that add up to `total` are whole: 1 or 100."""
    return abs(total - 1) <= SUM_TOLERANCE or abs(total - 100) <= 100 * SUM_TOLERANCE


def check_tree(document: Document, faults: Faults) -> None:
    """Note every fault in the meaning of the value tree."""
    for path, node in nodes(document):
        if is_leaf(node):
            _check_criterion(document, path, node, faults)
        else:
            _check_local_weights(document, path, node, faults)


def _check_local_weights(document: Document, path: Path, node: Part, faults: Faults) -> None:
    weights = [number(child.get("weight")) for _, child in parts(document, *path, "children")]
    given = [weight for weight in weights if weight is not None]
    if weights and len(given) == len(weights) and not adds_up(sum(given)):
        place = document.place((*path, "children"))
        faults.add("weights-sum", place, sum(given), group=id_of(node) or "")


def _check_criterion(document: Document, path: Path, node: Part, faults: Faults) -> None:
    shape = mapping(node.get("value_function")).get("shape", "linear")
    if shape == "ordinal":
        _check_classes(document, path, node, faults)
    elif _check_scale(document, path, node, faults):
        if shape == "piecewise":
            _check_points(document, path, node, faults)
        elif shape == "exponential":
            _check_midvalue(document, path, node, faults)


def _check_scale(document: Document, path: Path, node: Part, faults: Faults) -> bool:
    """Note a scale that is missing, flat or upside down; return whether it is sound."""
    worst, best = number(node.get("worst")), number(node.get("best"))
    name = id_of(node) or ""
    for end in ("worst", "best"):
        place = document.place((*path, end))
        # a number that could not be read has its fault already
        if node.get(end) is None and place not in {fault.place for fault in faults}:
            faults.add("scale-missing", place, None, criterion=name, end=end)
    if worst is None or best is None:
        return False
    direction = node.get("direction", "max")
    if worst == best:
        faults.add("scale-flat", document.place((*path, "best")), best, criterion=name)
    elif (direction == "max" and best < worst) or (direction == "min" and best > worst):
        place = document.place((*path, "best"))
        faults.add("scale-direction", place, best, criterion=name, worst=worst, best=best)
    else:
        return True
    return False


def _check_points(document: Document, path: Path, node: Part, faults: Faults) -> None:
    place = document.place((*path, "value_function", "points"))
    points = mapping(node["value_function"]).get("points")
    pairs = [
        (number(pair[0]), number(pair[1]))
        for pair in (points if isinstance(points, list) else [])
        if isinstance(pair, list) and len(pair) == 2
    ]
    known = [(x, v) for x, v in pairs if x is not None and v is not None]
    name = id_of(node) or ""
    if len(known) < 2:
        return
    for x, v in known:
        if not 0 <= v <= 1:
            faults.add("points-value", place, v, criterion=name, x=x)
    if any(after[0] <= before[0] for before, after in pairwise(known)):
        faults.add("points-order", place, None, criterion=name)
        return
    for end, expected in (("worst", 0.0), ("best", 1.0)):
        reference = number(node[end])
        if reference is None or dict(known).get(reference) != expected:
            faults.add(
                "points-reference", place, reference, criterion=name, end=end, expected=expected
            )


def _check_midvalue(document: Document, path: Path, node: Part, faults: Faults) -> None:
    worst, best = number(node["worst"]), number(node["best"])
    middle = number(mapping(node["value_function"]).get("midvalue"))
    if worst is None or best is None or middle is None:
        return
    share = (middle - worst) / (best - worst)
    # closer to an end than 1 in 1000 the curve is a step, and its bend cannot be solved for
    if not 0.001 <= share <= 0.999:
        place = document.place((*path, "value_function", "midvalue"))
        faults.add("midvalue-outside", place, middle, worst=worst, best=best)


def _check_classes(document: Document, path: Path, node: Part, faults: Faults) -> None:
    for end in ("worst", "best"):
        if end in node:
            faults.add("ordinal-scale", document.place((*path, end)), node[end], end=end)
    if node.get("direction", "max") != "max":
        faults.add("ordinal-direction", document.place((*path, "direction")), node["direction"])
    values = [
        number(part.get("value")) for _, part in parts(document, *path, "value_function", "classes")
    ]
    if len(values) > 1 and None not in values and (values[0], values[-1]) != (0.0, 1.0):
        place = document.place((*path, "value_function", "classes"))
        faults.add("ordinal-ends", place, values[0] if values[0] != 0 else values[-1])

"""Names that must be unique, and names that must exist."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from afweging.io.check_tree import adds_up
from afweging.io.walk import (
    id_of,
    ids,
    is_leaf,
    known_sources,
    mapping,
    nodes,
    number,
    parts,
    texts,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from afweging.io.document import Document, Faults, Path
    from afweging.io.walk import Part

LISTS = (
    "options",
    "scenarios",
    "regions",
    "horizons",
    "requirements",
    "region_weights",
    "horizon_weights",
    "scenario_likelihoods",
    "portfolios",
    "chain_stages",
    "perspectives",
)
AXES = {
    "region_weights": "regions",
    "horizon_weights": "horizons",
    "scenario_likelihoods": "scenarios",
}


def check_unique(document: Document, found: Iterable[tuple[Path, Part]], faults: Faults) -> None:
    """Note every id that stands twice among `found`."""
    seen: set[str] = set()
    for path, part in found:
        name = id_of(part)
        if name is not None and name in seen:
            faults.add("id-twice", document.place((*path, "id")), name)
        seen.add(name or "")


def check_known(
    document: Document,
    path: Path,
    name: object,
    known: Iterable[str] | None,
    faults: Faults,
    what: str,
) -> None:
    """Note `name` at `path` where it is given and not among `known`; `what` is its kind.

    Where `known` is None nothing can be said, and nothing is.
    """
    if known is None:
        return
    choices = list(known)
    if not (isinstance(name, str) or type(name) is int) or str(name) in choices:
        return
    near = get_close_matches(str(name), choices, n=1)
    faults.add(
        "id-unknown", document.place(path), str(name), what=what, near=near[0] if near else None
    )


def check_problem_references(document: Document, sources: Document, faults: Faults) -> None:
    """Note every repeated and every unknown id in the problem."""
    for name in LISTS:
        check_unique(document, parts(document, name), faults)
    check_unique(document, nodes(document), faults)
    source_ids = known_sources(sources)
    _check_criteria(document, source_ids, faults)
    _check_options(document, source_ids, faults)
    _check_requirements(document, source_ids, faults)
    for path, part in parts(document, "portfolios"):
        check_known(document, (*path, "source"), part.get("source"), source_ids, faults, "source")
    for name, axis in AXES.items():
        for path, part in parts(document, name):
            _check_case_weights(document, path, part, axis, source_ids, faults)
            if name == "scenario_likelihoods":
                _check_likelihood_sum(document, path, part, faults)


def _check_criteria(document: Document, sources: list[str] | None, faults: Faults) -> None:
    known = {
        "source": sources,
        "chain_stage": ids(document, "chain_stages"),
        "perspective": ids(document, "perspectives"),
    }
    for path, node in nodes(document):
        if not is_leaf(node):
            continue
        for field, choices in known.items():
            check_known(document, (*path, field), node.get(field), choices, faults, field)
        classes = parts(document, *path, "value_function", "classes")
        check_unique(document, classes, faults)


def _check_options(document: Document, sources: list[str] | None, faults: Faults) -> None:
    options, portfolios = ids(document, "options"), ids(document, "portfolios")
    references = 0
    for path, option in parts(document, "options"):
        check_known(document, (*path, "source"), option.get("source"), sources, faults, "source")
        for index, lead in texts(option.get("lead")):
            check_known(document, (*path, "lead", index), lead, portfolios, faults, "portfolio")
        for field in ("excludes", "requires", "parts"):
            for index, other in texts(option.get(field)):
                spot = (*path, field, index)
                check_known(document, spot, other, options, faults, "option")
                if other == id_of(option):
                    faults.add("option-itself", document.place(spot), other, field=field)
        references += option.get("reference") is True
        if references > 1 and option.get("reference") is True:
            faults.add("reference-twice", document.place((*path, "reference")), id_of(option))


def _check_requirements(document: Document, sources: list[str] | None, faults: Faults) -> None:
    leaves = {id_of(node) or "": node for _, node in nodes(document) if is_leaf(node)}
    for path, part in parts(document, "requirements"):
        check_known(document, (*path, "source"), part.get("source"), sources, faults, "source")
        name = part.get("criterion")
        check_known(document, (*path, "criterion"), name, leaves, faults, "criterion")
        node = leaves.get(str(name), {})
        function = mapping(node.get("value_function"))
        spot, threshold = (*path, "threshold"), part.get("threshold")
        if function.get("shape") == "ordinal":
            classes = [id_of(mapping(item)) or "" for item in _items(function.get("classes"))]
            shown = str(threshold) if isinstance(threshold, float) else threshold
            check_known(document, spot, shown, classes, faults, "class")
        elif node and isinstance(threshold, str):
            faults.add(
                "field-kind", document.place(spot), threshold, field="threshold", kind="number"
            )


def _items(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _check_case_weights(
    document: Document, path: Path, part: Part, axis: str, sources: list[str] | None, faults: Faults
) -> None:
    members, weights = ids(document, axis), mapping(part.get("weights"))
    for name, weight in weights.items():
        spot = (*path, "weights", name)
        check_known(document, spot, name, members, faults, axis)
        source = mapping(weight).get("source")
        check_known(document, (*spot, "source"), source, sources, faults, "source")
    for name in members if weights else ():
        if name not in weights:
            faults.add("case-weight-missing", document.place((*path, "weights")), name, what=axis)
    values = [number(mapping(weight).get("value")) for weight in weights.values()]
    if values and all(value == 0 for value in values):
        faults.add("case-weights-zero", document.place((*path, "weights")), 0)


def _check_likelihood_sum(document: Document, path: Path, part: Part, faults: Faults) -> None:
    weights = mapping(part.get("weights"))
    values = [number(mapping(weight).get("value")) for weight in weights.values()]
    given = [value for value in values if value is not None]
    if given and len(given) == len(values) and not adds_up(sum(given)):
        place = document.place((*path, "weights"))
        faults.add("weights-sum", place, sum(given), group=id_of(part) or "")


def check_sources(document: Document, faults: Faults) -> None:
    """Note every repeated source and every unknown source that one is based on."""
    check_unique(document, parts(document, "sources"), faults)
    known = ids(document, "sources")
    for path, part in parts(document, "sources"):
        for index, other in texts(part.get("based_on")):
            check_known(document, (*path, "based_on", index), other, known, faults, "source")
        if part.get("kind") == "not_found" and "figure" in part:
            faults.add("source-not-found-figure", document.place((*path, "figure")), id_of(part))

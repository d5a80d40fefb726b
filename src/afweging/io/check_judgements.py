"""The judgements of a profile: whole, about siblings, of a kind that the method takes.

Whether answers can hold together is found where weights are computed from them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from afweging.io.check_best_worst import check_best_worst
from afweging.io.check_references import check_known
from afweging.io.walk import at, id_of, is_leaf, mapping, nodes, number, parts
from afweging.model.preference import JUDGEMENT_METHODS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from afweging.io.document import Document, Faults, Path
    from afweging.io.walk import Part

    Found = tuple[Path, Part]

STEPS = ("first_from", "first_to", "second_from", "second_to")
NEEDED: Mapping[str, tuple[str, ...]] = {
    "ratio": ("second",),
    "order": ("second",),
    "share": (),
    "trade-off": ("second", *STEPS),
    "best": (),
    "worst": (),
}
ALLOWED: Mapping[str, tuple[str, ...]] = {
    **NEEDED,
    "ratio": ("second", "times", "low", "high"),
    "share": ("low", "high"),
}
NUMBERS = ("times", "low", "high", *STEPS)
FIELDS = ("second", *NUMBERS)
EXACT = ("ahp", "bwm")  # methods whose ratios are numbers, not bounds
MOST = 1000.0  # times that one swing counts as much as another, own choice: beyond, it is a slip
RECIPROCAL_TOLERANCE = 1e-6  # of the product of two judgements on one pair


def check_judgements(profiles: Document, path: Path, problem: Document, faults: Faults) -> None:
    """Note every fault in the judgements of the profile at `path`."""
    found = list(parts(profiles, *path, "judgements"))
    parents, before = _parents(problem), len(faults)
    method = mapping(at(profiles, path)).get("method")
    for each in found:
        _check_kind(profiles, each, method, faults)
        _check_names(profiles, each, parents, faults)
        _check_fields(profiles, each, faults)
        _check_numbers(profiles, each, faults)
        _check_steps(profiles, each, problem, faults)
    if len(faults) > before or not all(_is_readable(part, parents) for _, part in found):
        return  # what the answers say together is not clear yet
    for group, inside in _by_group(found, parents).items():
        _check_twice(profiles, inside, faults)
        siblings = [name for name, parent in parents.items() if parent == group]
        _check_group(profiles, path, group, inside, siblings, faults)


def _is_readable(part: Part, parents: Mapping[str, str]) -> bool:
    """Return whether the fields of a judgement are of their kind; its form is checked elsewhere."""
    numbers = (part.get(field) for field in NUMBERS)
    return (
        str(part.get("kind")) in NEEDED
        and id_of(part, "first") in parents
        and (part.get("second") is None or id_of(part, "second") is not None)
        and all(value is None or number(value) is not None for value in numbers)
    )


def _parents(problem: Document) -> dict[str, str]:
    """Return the group that every node of the value tree but the root stands in."""
    found: dict[str, str] = {}
    for path, node in nodes(problem):
        if not is_leaf(node):
            for _, child in parts(problem, *path, "children"):
                found[id_of(child) or ""] = id_of(node) or ""
    return found


def _check_kind(profiles: Document, each: Found, method: object, faults: Faults) -> None:
    path, part = each
    kind, kinds = str(part.get("kind")), JUDGEMENT_METHODS.get(str(method), ("trade-off",))
    if not isinstance(method, str) or kind not in NEEDED:
        return
    if kind not in kinds:
        place = profiles.place((*path, "kind"))
        faults.add("judgement-kind", place, kind, method=method, choices=kinds)
    bounded = part.get("low") is not None or part.get("high") is not None
    if kind == "ratio" and method in EXACT and bounded and part.get("times") is None:
        faults.add("judgement-exact", profiles.place(path), None, method=method)


def _check_names(
    profiles: Document, each: Found, parents: Mapping[str, str], faults: Faults
) -> None:
    """Note a name that is no part of the tree, a pair of one, and a pair of different groups."""
    path, part = each
    first, second = (id_of(part, key) for key in ("first", "second"))
    for key, name in (("first", first), ("second", second)):
        check_known(profiles, (*path, key), name, parents, faults, "node")
    if first is None or second is None or not {first, second} <= set(parents):
        return
    place = profiles.place((*path, "second"))
    if first == second:
        faults.add("judgement-itself", place, first)
    elif parents[first] != parents[second]:
        facts = {"first": first, "group": parents[first], "other": parents[second]}
        faults.add("judgement-siblings", place, second, **facts)


def _check_fields(profiles: Document, each: Found, faults: Faults) -> None:
    """Note the fields that a kind of judgement needs and has not, or has and cannot use."""
    path, part = each
    kind = str(part.get("kind"))
    if kind not in NEEDED:
        return
    for field in FIELDS:
        value, place = part.get(field), profiles.place((*path, field))
        if value is None and field in NEEDED[kind]:
            faults.add("judgement-field-missing", place, None, field=field, kind_of=kind)
        elif value is not None and field not in ALLOWED[kind]:
            faults.add("judgement-field-unused", place, value, field=field, kind_of=kind)
    given = {field for field in ("times", "low", "high") if part.get(field) is not None}
    if kind == "ratio" and given not in ({"times"}, {"low"}, {"high"}, {"low", "high"}):
        faults.add("judgement-ratio", profiles.place(path))
    if kind == "share" and not given:
        faults.add("judgement-share", profiles.place(path))


def _check_numbers(profiles: Document, each: Found, faults: Faults) -> None:
    """Note ratios and shares beyond what they can be, and bounds the wrong way round."""
    path, part = each
    numbers = {key: number(part.get(key)) for key in ("times", "low", "high")}
    share = part.get("kind") == "share"
    for key, value in numbers.items():
        if value is None:
            continue
        if share and not 0 <= value <= 100:
            faults.add("judgement-percent", profiles.place((*path, key)), value)
        elif not share and not 1 / MOST <= value <= MOST:
            faults.add("judgement-times", profiles.place((*path, key)), value)
    low, high = numbers["low"], numbers["high"]
    if low is not None and high is not None and low > high:
        faults.add("judgement-bounds", profiles.place((*path, "low")), low, high=high)


def _check_steps(profiles: Document, each: Found, problem: Document, faults: Faults) -> None:
    """Note trade-offs that leave the scale of a criterion, go backwards, or are about a group."""
    path, part = each
    if part.get("kind") != "trade-off":
        return
    scales = {id_of(node) or "": node for _, node in nodes(problem)}
    for key in ("first", "second"):
        name = id_of(part, key)
        if name not in scales:
            continue
        worst, best = (number(scales[name].get(end)) for end in ("worst", "best"))
        shape = mapping(scales[name].get("value_function")).get("shape")
        if shape == "ordinal" or not is_leaf(scales[name]):
            faults.add("judgement-no-scale", profiles.place((*path, key)), name)
        if worst is None or best is None:  # that has been noted where the scale stands
            continue
        ends = [number(part.get(f"{key}_{end}")) for end in ("from", "to")]
        _check_step(profiles, (*path, f"{key}_from"), ends, (worst, best), faults, name)


def _check_step(
    profiles: Document,
    path: Path,
    ends: Sequence[float | None],
    scale: tuple[float, float],
    faults: Faults,
    name: str,
) -> None:
    start, end = ends
    if start is None or end is None:
        return
    place, (worst, best) = profiles.place(path), scale
    if not all(min(scale) <= level <= max(scale) for level in (start, end)):
        facts = {"end": end, "criterion": name, "worst": worst, "best": best}
        faults.add("judgement-off-scale", place, start, **facts)
    elif (end - start) * (best - worst) <= 0:
        faults.add("judgement-backwards", place, start, end=end, criterion=name)


def _by_group(found: Iterable[Found], parents: Mapping[str, str]) -> dict[str, list[Found]]:
    groups: dict[str, list[Found]] = {}
    for path, part in found:
        groups.setdefault(parents[id_of(part, "first") or ""], []).append((path, part))
    return groups


def _check_twice(profiles: Document, inside: Iterable[Found], faults: Faults) -> None:
    """Note ratios that are given twice for one pair: as such, or not as each other's inverse."""
    seen: dict[tuple[str, str], float] = {}
    for path, part in inside:
        times = number(part.get("times"))
        if times is None:
            continue
        first, second = (id_of(part, key) or "" for key in ("first", "second"))
        place = profiles.place((*path, "times"))
        facts = {"first": first, "second": second}
        if (first, second) in seen:
            faults.add("judgement-twice", place, times, **facts)
        elif abs(seen.get((second, first), 1 / times) * times - 1) > RECIPROCAL_TOLERANCE:
            inverse = 1 / seen[second, first]
            faults.add("judgement-reciprocal", place, times, expected=inverse, **facts)
        seen[first, second] = times


def _check_group(
    profiles: Document,
    path: Path,
    group: str,
    inside: list[Found],
    siblings: list[str],
    faults: Faults,
) -> None:
    """Note what keeps the judgements about one group from giving weights."""
    profile = mapping(at(profiles, path))
    method = profile.get("method")
    weights = mapping(profile.get("weights"))
    if not isinstance(method, str):
        return
    if method not in JUDGEMENT_METHODS:
        if group not in weights:
            place = profiles.place(inside[0][0])
            faults.add("judgement-without-weights", place, group, method=method)
        _check_zero(profiles, inside, mapping(weights.get(group)), faults)
        return
    if group in weights:
        place = profiles.place((*path, "weights", group))
        faults.add("judgement-and-weights", place, group, method=method)
    if method == "bwm":
        check_best_worst(profiles, inside, group, siblings, faults)
    elif method == "ahp" and len(missing := _unconnected(inside, siblings)) > 0:
        place = profiles.place(inside[0][0])
        faults.add("judgement-unconnected", place, group, missing=tuple(missing))


def _check_zero(profiles: Document, inside: Iterable[Found], weights: Part, faults: Faults) -> None:
    """Note trade-offs with a swing that has no weight."""
    for path, part in inside:
        for key in ("first", "second"):
            if number(weights.get(id_of(part, key) or "")) == 0:
                faults.add("judgement-zero", profiles.place((*path, key)), id_of(part, key))


def _unconnected(inside: Iterable[Found], siblings: Sequence[str]) -> list[str]:
    """Return the siblings that no chain of comparisons connects to the first one compared."""
    pairs = [{id_of(part, "first"), id_of(part, "second")} for _, part in inside]
    reached = set(pairs[0])
    for _ in siblings:
        for pair in pairs:
            reached |= pair if pair & reached else set()
    return [name for name in siblings if name not in reached]

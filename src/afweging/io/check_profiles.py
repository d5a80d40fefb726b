"""Preference profiles against the value tree: every group whole, every range current."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afweging.io.check_judgements import check_judgements
from afweging.io.check_references import check_known, check_unique
from afweging.io.check_tree import adds_up
from afweging.io.document import Document, Faults
from afweging.io.walk import at, id_of, ids, is_leaf, known_sources, mapping, nodes, number, parts
from afweging.methods.ranking import is_ranking
from afweging.model.preference import RANK_METHODS

if TYPE_CHECKING:
    from afweging.io.document import Path
    from afweging.io.walk import Part

ASKED = ("weights", "judgements", "ranges", "rescale", "report")  # what asking again replaces


def check_profiles(
    profiles: Document, problem: Document, sources: Document, faults: Faults
) -> None:
    """Note every fault in the profiles, given the problem and the sources."""
    check_unique(profiles, parts(profiles, "profiles"), faults)
    if problem.unread:
        return
    children = {
        id_of(node) or "": ids(problem, *path, "children")
        for path, node in nodes(problem)
        if not is_leaf(node)
    }
    known = known_sources(sources)
    for path, part in parts(profiles, "profiles"):
        check_known(profiles, (*path, "source"), part.get("source"), known, faults, "source")
        for group, weights in mapping(part.get("weights")).items():
            spot = (*path, "weights", group)
            check_known(profiles, spot, group, children, faults, "group")
            if group in children:
                _check_group(profiles, spot, mapping(weights), children[group], faults)
                _check_numbers(profiles, spot, mapping(weights), part.get("method"), faults)
        check_judgements(profiles, path, problem, faults)
        _check_ranges(profiles, path, problem, faults)


def _check_group(
    profiles: Document, path: Path, weights: dict[str, object], children: list[str], faults: Faults
) -> None:
    for name in weights:
        check_known(profiles, (*path, name), name, children, faults, "child")
    for name in children:
        if name not in weights:
            faults.add("profile-child-missing", profiles.place(path), name, group=path[-1])


def _check_numbers(
    profiles: Document, path: Path, weights: dict[str, object], method: object, faults: Faults
) -> None:
    """Note numbers that are no weights, swings or ranks, according to the method."""
    given = [found for weight in weights.values() if (found := number(weight)) is not None]
    if not given or len(given) < len(weights):
        return
    place, group = profiles.place(path), path[-1]
    if method == "swing":
        if max(given) != 100:
            faults.add("profile-swing", place, max(given), group=group)
    elif method in RANK_METHODS:
        if not is_ranking(given):
            shown = ", ".join(f"{rank:g}" for rank in given)
            faults.add("profile-ranks", place, shown, group=group)
    elif not adds_up(sum(given)):
        faults.add("weights-sum", place, sum(given), group=group)


def without_outdated(profiles: Document, problem: Document) -> Document:
    """Return the profiles, those for other ranges than of now as if they were not asked yet."""
    whole = mapping(profiles.value)
    found = whole.get("profiles")
    if not isinstance(found, list):
        return profiles
    kept = list(found)
    for path, part in parts(profiles, "profiles"):
        faults = Faults()
        _check_ranges(profiles, path, problem, faults)
        if {"weight-stale", "weight-outdated"} & {fault.code for fault in faults}:
            kept[int(path[-1])] = {k: v for k, v in part.items() if k not in ASKED}
    return Document({**whole, "profiles": kept}, profiles.places)


def _check_ranges(profiles: Document, path: Path, problem: Document, faults: Faults) -> None:
    """Note weights that were given for another range than the scale has now: they are stale."""
    scales = {id_of(node) or "": node for _, node in nodes(problem) if is_leaf(node)}
    part = mapping(at(profiles, path))
    for name, ends in mapping(part.get("ranges")).items():
        spot = (*path, "ranges", name)
        check_known(profiles, spot, name, scales, faults, "criterion")
        for end in ("worst", "best") if name in scales else ():
            given, now = number(mapping(ends).get(end)), number(scales[name].get(end))
            if given is None or now is None or given == now:
                continue
            exact = _rescalable(mapping(ends), scales[name])
            if not (exact and part.get("rescale") is True):
                faults.add(
                    "weight-stale" if exact else "weight-outdated",
                    profiles.place((*spot, end)),
                    given,
                    criterion=name,
                    end=end,
                    now=now,
                    profile=id_of(part) or "",
                )


def _rescalable(given: Part, scale: Part) -> bool:
    """Return whether weights for the range given can be rescaled exactly to the scale of now.

    The two ranges have to run the same way. On an exponential value function the old range has to
    lie within the new one; what the function was beyond its own scale is not known.
    """
    ends = [number(each.get(end)) for each in (given, scale) for end in ("worst", "best")]
    if any(end is None for end in ends):
        return False
    old_worst, old_best, worst, best = (float(end or 0.0) for end in ends)
    if (old_best - old_worst) * (best - worst) <= 0:
        return False
    shape = mapping(scale.get("value_function")).get("shape", "linear")
    low, high = min(worst, best), max(worst, best)
    inside = all(low <= end <= high for end in (old_worst, old_best))
    return shape == "linear" or (shape == "exponential" and inside)

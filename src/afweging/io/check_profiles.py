"""Preference profiles against the value tree: every group whole, every range current."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afweging.io.check_references import check_known, check_unique
from afweging.io.check_tree import adds_up
from afweging.io.walk import at, id_of, ids, is_leaf, known_sources, mapping, nodes, number, parts
from afweging.model.preference import RANK_METHODS

if TYPE_CHECKING:
    from afweging.io.document import Document, Faults, Path


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
        if not _is_ranking(given):
            shown = ", ".join(f"{rank:g}" for rank in given)
            faults.add("profile-ranks", place, shown, group=group)
    elif not adds_up(sum(given)):
        faults.add("weights-sum", place, sum(given), group=group)


def _is_ranking(given: list[float]) -> bool:
    """Return whether the numbers are competition ranks: 1, 2, 2, 4."""
    return all(rank == 1 + sum(other < rank for other in given) for rank in given)


def _check_ranges(profiles: Document, path: Path, problem: Document, faults: Faults) -> None:
    """Note weights that were given for another range than the scale has now: they are stale."""
    scales = {id_of(node) or "": node for _, node in nodes(problem) if is_leaf(node)}
    part = mapping(at(profiles, path))
    for name, ends in mapping(part.get("ranges")).items():
        spot = (*path, "ranges", name)
        check_known(profiles, spot, name, scales, faults, "criterion")
        for end in ("worst", "best") if name in scales else ():
            given, now = number(mapping(ends).get(end)), number(scales[name].get(end))
            if given is not None and now is not None and given != now:
                faults.add(
                    "weight-stale",
                    profiles.place((*spot, end)),
                    given,
                    criterion=name,
                    end=end,
                    now=now,
                    profile=id_of(part) or "",
                )

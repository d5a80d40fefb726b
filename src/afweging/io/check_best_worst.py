"""The answers of the best-worst method in one group: one best, one worst, each child compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afweging.io.walk import id_of, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afweging.io.document import Document, Faults, Path
    from afweging.io.walk import Part

    Found = tuple[Path, Part]

LEAST, MOST = 1.0, 9.0  # of an answer


def check_best_worst(
    profiles: Document, inside: Sequence[Found], group: str, siblings: list[str], faults: Faults
) -> None:
    """Note every fault in the best-worst answers about one group."""
    place = profiles.place(inside[0][0])
    named = {kind: _named(inside, kind) for kind in ("best", "worst")}
    for kind, found in named.items():
        if len(found) != 1:
            faults.add(f"bwm-{kind}", place, len(found), group=group)
    if any(len(found) != 1 for found in named.values()):
        return
    best, worst = named["best"][0], named["worst"][0]
    if best == worst:
        faults.add("bwm-same", place, best, group=group)
        return
    _check_answers(profiles, inside, best, worst, faults)
    answered = {pair for pair, _, _ in _answers(inside)}
    for pair in _wanted(siblings, best, worst):
        if pair not in answered:
            facts = {"first": pair[0], "second": pair[1]}
            faults.add("bwm-missing", place, group, **facts)


def _named(inside: Sequence[Found], kind: str) -> list[str]:
    return [id_of(p, "first") or "" for _, p in inside if p.get("kind") == kind]


def _answers(inside: Sequence[Found]) -> list[tuple[tuple[str, str], float, Path]]:
    """Return pair, number of times and path of every ratio."""
    return [
        (
            (id_of(part, "first") or "", id_of(part, "second") or ""),
            number(part.get("times")) or 0.0,
            path,
        )
        for path, part in inside
        if part.get("kind") == "ratio"
    ]


def _wanted(siblings: Sequence[str], best: str, worst: str) -> list[tuple[str, str]]:
    """Return the comparisons to make: the best with all others, and the others with the worst."""
    from_best = [(best, name) for name in siblings if name != best]
    return from_best + [(name, worst) for name in siblings if name not in (best, worst)]


def _check_answers(
    profiles: Document, inside: Sequence[Found], best: str, worst: str, faults: Faults
) -> None:
    """Note answers off the scale, between others than asked, or above that of best to worst."""
    answers = _answers(inside)
    widest = next((times for pair, times, _ in answers if pair == (best, worst)), MOST)
    for (first, second), times, path in answers:
        place, facts = profiles.place((*path, "times")), {"first": first, "second": second}
        if best != first and worst != second:
            faults.add("bwm-pair", place, times, **facts, best=best, worst=worst)
        elif not LEAST <= times <= MOST:
            faults.add("bwm-scale", place, times, **facts)
        elif times > widest:
            faults.add("bwm-beyond", place, times, **facts, best=best, worst=worst, widest=widest)

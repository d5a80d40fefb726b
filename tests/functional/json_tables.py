"""What docs/json.md says of the documents in JSON, as rows that a test can hold them against."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from afweging.model.criterion import Group

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from afweging.model.problem import DecisionProblem

    Path_ = tuple[str | int, ...]  # of keys, and places in lists
    Ids = Mapping[str, frozenset[str]]

PAGE = Path(__file__).resolve().parents[2] / "docs" / "json.md"
COMMON = "In each document"
SECTIONS = {
    "afweging-robustness/1": "Robustness",
    "afweging-flip/1": "Flip",
    "afweging-second-opinion/1": "Second opinion",
}
NEAR = 1e-9  # bounds and sums are met but for rounding
_RANGES = {
    "0..1": (0.0, 1.0),
    "-1..1": (-1.0, 1.0),
    ">= 0": (0.0, float("inf")),
    "number": (float("-inf"), float("inf")),
}
_WHOLE = {"count": 0, "rank": 1}
_PLAIN = {"true or false": bool, "text": str}


@dataclass(frozen=True, slots=True)
class Row:
    """One path of the page, without alternatives: what may stand there, and whether it is null."""

    tokens: tuple[str, ...]
    value: str
    null: str

    @property
    def path(self) -> str:
        """The path as on the page."""
        return ".".join(self.tokens).replace(".[]", "[]")

    @property
    def total_over(self) -> int | None:
        """The place of the token over which the numbers add up to 1."""
        found = re.search(r"adds up to 1 over `(.+?)`", self.value)
        if found is None:
            return None
        return max(i for i, token in enumerate(self.tokens) if token == found[1])

    def matches(self, path: Path_, ids: Ids) -> bool:
        """Whether this row is about a path."""
        return len(path) == len(self.tokens) and self.starts(path, ids)

    def starts(self, path: Path_, ids: Ids) -> bool:
        """Whether this row is about a path, or about what is under it."""
        return len(path) <= len(self.tokens) and all(map(_fits(ids), path, self.tokens))

    def allows(self, value: object, ids: Ids) -> bool:
        """Whether a value may stand there."""
        if value is None:
            return bool(self.null)
        told = self.value.split(", adds up")[0]
        if told == "object":
            return isinstance(value, dict | list)
        return any(_allowed(each, value, ids) for each in _split(told))


def _fits(ids: Ids) -> Callable[[str | int, str], bool]:
    def fits(key: str | int, part: str) -> bool:
        if isinstance(key, int) or part == "[]":
            return part == "[]" and isinstance(key, int)
        return key in ids[part[1:-1]] if part.startswith("<") else key == part

    return fits


def _split(told: str) -> list[str]:
    return [told] if told in _PLAIN else told.split(" or ")


def _allowed(told: str, value: object, ids: Ids) -> bool:
    if told in _PLAIN:
        return isinstance(value, _PLAIN[told])
    if told.startswith("one of "):
        return value in re.findall(r"`(.+?)`", told)
    if told in _WHOLE:
        return isinstance(value, int) and not isinstance(value, bool) and value >= _WHOLE[told]
    if told in _RANGES:
        low, high = _RANGES[told]
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        return low - NEAR <= value <= high + NEAR
    return value in ids[told]


@cache
def rows(form: str) -> tuple[Row, ...]:
    """Return the rows about a format: those about each document, and its own."""
    parts = re.split(r"^## ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    own = [part for part in parts if part.startswith((COMMON, SECTIONS[form]))]
    return tuple(row for part in own for line in part.splitlines() for row in _rows(line))


@cache
def _nearby(form: str, length: int, key: str | int) -> tuple[Row, ...]:
    """Return the rows of so many tokens that start with a key: few, to look through them fast."""
    return tuple(row for row in rows(form) if (len(row.tokens), row.tokens[0]) == (length, key))


def row_at(form: str, path: Path_, ids: Ids) -> Row | None:
    """Return the one row about a path, or None where there is none."""
    near = _nearby(form, len(path), path[0]) if path else ()
    found = [row for row in near if row.matches(path, ids)]
    if len(found) > 1:
        raise ValueError(f"{path} is on the page more than once")
    return found[0] if found else None


def _rows(line: str) -> Iterator[Row]:
    if not line.startswith("| `"):
        return
    path, _, value, null = (cell.strip() for cell in line.strip("|").split("|"))
    for each in _alternatives(path.strip("`")):
        yield Row(tuple(each.replace("[]", ".[]").split(".")), value, null)


def _alternatives(path: str) -> list[str]:
    """Return the paths that one with alternatives in braces stands for."""
    found = re.search(r"\{(.+?)\}", path)
    if found is None:
        return [path]
    ends = path[: found.start()], path[found.end() :]
    return [each for part in found[1].split(",") for each in _alternatives(part.join(ends))]


def known_ids(problem: DecisionProblem) -> Ids:
    """Return the ids that each name in angle brackets stands for."""
    groups = tuple(_groups(problem.tree))
    axes = (problem.scenarios, problem.regions, problem.horizons)
    cases = (f"{s.id} / {r.id} / {h.id}" for s in axes[0] for r in axes[1] for h in axes[2])
    criteria = {criterion.id for criterion in problem.criteria}
    named = {
        "option": problem.alternatives,
        "lens": problem.tree.children,
        "scenario": axes[0],
        "region": axes[1],
        "horizon": axes[2],
        "requirement": problem.requirements,
        "profile": problem.profiles,
        "source": problem.sources,
    }
    return {
        **{kind: frozenset(part.id for part in parts) for kind, parts in named.items()},
        "criterion": frozenset(criteria),
        "node": frozenset(criteria.union(group.id for group in groups)),
        "case": frozenset(cases),
        "method": listed("A method is"),
        "measure": listed("`<measure>` is"),
    }


def _groups(group: Group) -> Iterator[Group]:
    yield group
    for child in group.children:
        if isinstance(child, Group):
            yield from _groups(child)


@cache
def listed(start: str) -> frozenset[str]:
    """Return the names in the sentence of the page that starts so."""
    text = PAGE.read_text(encoding="utf-8")
    sentence = re.split(r"\.\s", text[text.index(start) + len(start) :], maxsplit=1)[0]
    return frozenset(re.findall(r"`(.+?)`", sentence))


def nodes(value: object, path: Path_ = ()) -> Iterator[tuple[Path_, object]]:
    """Yield each path of a document and what stands there, parents before what is in them."""
    yield path, value
    parts: Sequence[tuple[str | int, object]] = ()
    if isinstance(value, dict):
        parts = list(value.items())
    elif isinstance(value, list):
        parts = list(enumerate(value))
    for key, part in parts:
        yield from nodes(part, (*path, key))

"""Criteria, their value functions, and the value tree that weighs them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from afweging.model.provenance import Evidence
    from afweging.model.text import Text


@dataclass(frozen=True, slots=True)
class Linear:
    """Value rises in a straight line from the worst to the best reference."""


@dataclass(frozen=True, slots=True)
class PiecewiseLinear:
    """Value is interpolated between points (x in the unit of the criterion, value in [0, 1]).

    The points need not be monotone; they stand in ascending order of x.
    """

    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Exponential:
    """Value bends so that it is 0.5 at `midvalue`, in the unit of the criterion."""

    midvalue: float


@dataclass(frozen=True, slots=True)
class OrdinalClass:
    """One class of an ordinal criterion and its value in [0, 1]."""

    id: str
    name: Text
    value: float


@dataclass(frozen=True, slots=True)
class Ordinal:
    """Value is looked up by class; the classes stand from worst to best."""

    classes: tuple[OrdinalClass, ...]


ValueFunction = Linear | PiecewiseLinear | Exponential | Ordinal


@dataclass(frozen=True, slots=True)
class Criterion:
    """A leaf of the value tree, with its fixed scale.

    `weight` is the local weight among its siblings, as given. `worst` and `best` are the
    reference levels in `unit` whose swing the weight stands for; for an ordinal criterion
    they are the places of the first and the last class, 0 and n - 1.
    """

    id: str
    name: Text
    weight: float
    unit: Text
    direction: Literal["min", "max"]
    worst: float
    best: float
    value_function: ValueFunction
    outside: Literal["error", "clip"]
    evidence: Evidence
    source: str | None = None
    chain_stage: str | None = None
    perspective: str | None = None
    description: Text | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """An inner node of the value tree: a lens, a group within one, or the root."""

    id: str
    name: Text
    weight: float
    children: tuple[Group | Criterion, ...]
    description: Text | None = None


def criteria_under(node: Group | Criterion) -> Iterator[Criterion]:
    """Yield the criteria under `node`, in the order of the tree."""
    if isinstance(node, Criterion):
        yield node
        return
    for child in node.children:
        yield from criteria_under(child)


def groups_under(node: Group | Criterion) -> Iterator[Group]:
    """Yield `node` and the groups under it, parents before children."""
    if isinstance(node, Criterion):
        return
    yield node
    for child in node.children:
        yield from groups_under(child)

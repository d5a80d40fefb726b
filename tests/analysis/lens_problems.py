"""Random problems with as many lenses as asked, for tests about weights on the lenses."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from tests.analysis.random_problems import leaf, plain_problem, text

from afweging.model.criterion import Criterion, Group
from afweging.model.preference import Judgement, Profile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from afweging.model.preference import Origin
    from afweging.model.problem import DecisionProblem

    FloatArray = NDArray[np.float64]

LENSES = "ABCDEF"


def lens_problem(
    values: Sequence[Sequence[float]],
    *,
    weights: Sequence[float] | None = None,
    profiles: Sequence[Profile] = (),
) -> DecisionProblem:
    """Return a problem with one scenario in which each lens is one criterion from 0 to 1."""
    count = len(values[0])
    children = tuple(
        leaf(name, weight) for name, weight in zip(LENSES, weights or [1.0] * count, strict=False)
    )
    return replace(plain_problem([values], children), profiles=tuple(profiles))


def random_lens_problem(
    seed: int, *, lenses: int, options: int = 4, profiles: int = 3
) -> DecisionProblem:
    """Return a problem with two scenarios, lenses of two criteria or one, and profiles."""
    rng = np.random.default_rng(seed)
    children: list[Group | Criterion] = []
    for place in range(lenses):
        name, weight = LENSES[place], float(rng.uniform(1, 4))
        if place % 2:
            children.append(leaf(name, weight))
            continue
        inside = tuple(leaf(f"{name}{k}", float(rng.uniform(1, 3))) for k in (1, 2))
        children.append(Group(name, text(name), weight, inside))
    count = lenses + (lenses + 1) // 2
    mode = rng.random((2, options, count)).round(3).tolist()
    problem = plain_problem(mode, tuple(children))
    made = tuple(_profile(rng, problem.tree, place) for place in range(profiles))
    return replace(problem, profiles=made)


def _profile(rng: np.random.Generator, tree: Group, place: int) -> Profile:
    """Return weights of someone on the lenses, and on the first lens."""
    groups = [tree, *(child for child in tree.children[:1] if isinstance(child, Group))]
    weights = tuple(
        (group.id, tuple((child.id, float(rng.uniform(5, 60))) for child in group.children))
        for group in groups
    )
    origin: Origin = "about" if place % 2 else "own"
    return Profile(f"P{place}", text(f"P{place}"), origin, "assumed", "expert", weights)


def ordered(names: str, *, name: str = "volgorde") -> Profile:
    """Return someone who said of each lens that it counts at least as much as the next one."""
    return said(*(Judgement("order", *pair) for pair in pairwise(names)), name=name)


def said(*judgements: Judgement, name: str = "uitspraken") -> Profile:
    """Return someone who made statements."""
    return Profile(name, text(name), "own", "statements", "expert", (), judgements=judgements)

"""Two parties with a dispute: random ones, small ones by hand, and ones with a known cause."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from tests.analysis.random_problems import (
    Shape,
    draw,
    leaf,
    plain_problem,
    random_problem,
    table_effects,
    text,
    with_mode,
)

from afweging.analysis.disagreement import Dispute, Party, disagree
from afweging.model.preference import Profile

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from afweging.model.preference import Origin
    from afweging.model.problem import DecisionProblem

    FloatArray = NDArray[np.float64]

OPTIONS = ("O1", "O2")
KINDS = ("shared", "own", "groups", "facts")


def person(name: str, weights: Mapping[str, float], origin: Origin = "own") -> Profile:
    """Return a profile with weights on everything right under the root."""
    return Profile(
        id=name,
        name=text(name),
        origin=origin,
        method="assumed",
        evidence="assumption",
        weights=(("doel", tuple(weights.items())),),
    )


# --- random -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Random:
    """Two random parties, and their dispute about the first two options."""

    first: Party
    second: Party
    dispute: Dispute


def own_estimates(problem: DecisionProblem, seed: int) -> DecisionProblem:
    """Return the problem as another party fills it in: about half of the effects are others."""
    rng = np.random.default_rng(seed)
    mode = problem.effects.mode.copy()
    for place in np.argwhere(rng.random(mode.shape) < 0.5).tolist():
        mode[tuple(place)] = draw(rng, problem.criteria[place[-1]])
    return with_mode(problem, mode)


def random_dispute(seed: int, kind: str) -> Random:
    """Return two parties that depend on `seed` and one of `KINDS` alone."""
    problem = random_problem(seed, Shape(profiles=5))
    other = problem if kind == "shared" else own_estimates(problem, seed + 1)
    one, two = {
        "shared": (("P1",), ("P2",)),
        "own": (("P3",), ("P2",)),
        "groups": (("P1", "P2", "P4"), ("P5", "P3")),
        "facts": (("P4",), ("P4",)),
    }[kind]
    first, second = Party(problem, one), Party(other, two)
    return Random(first, second, disagree(first, second, OPTIONS))


# --- by hand ------------------------------------------------------------------------------------


def by_hand(
    effects: Sequence[Sequence[Sequence[float]]],
    weights: tuple[Sequence[float], Sequence[float]],
    others: Sequence[Sequence[Sequence[float]]] | None = None,
    *,
    origin: Origin = "own",
) -> Dispute:
    """Return the dispute of P1 and P2 about O1 and O2 on criteria with scales from 0 to 1.

    `effects` and `others` are (scenario, option, criterion); without `others` they are shared.
    """
    names = [f"C{c + 1}" for c in range(len(weights[0]))]
    problem = plain_problem(effects, tuple(leaf(name) for name in names))
    profiles = tuple(
        person(f"P{p + 1}", dict(zip(names, row, strict=True)), origin)
        for p, row in enumerate(weights)
    )
    problem = replace(problem, profiles=profiles)
    other = problem
    if others is not None:
        other = replace(problem, effects=table_effects(np.array(others, dtype=float)))
    return disagree(Party(problem, ("P1",)), Party(other, ("P2",)), OPTIONS)


# --- with a known cause -------------------------------------------------------------------------

PEOPLE = range(8, 16)


def known_cause(rng: np.random.Generator, cause: str) -> Dispute:
    """Return the dispute of two groups that differ by design in `values` or in `facts` alone.

    Weights scatter within a group, and estimates differ a little between the groups.
    """
    leaning = rng.permutation(np.array([0.55, 0.15, 0.15, 0.15]))
    expected = rng.permutation(np.array([0.7, -0.6, 0.2, -0.3]))
    other_leaning, other_expected = leaning.copy(), expected.copy()
    if cause == "values":
        most = int(leaning.argmax())
        far = np.flatnonzero(np.abs(expected - expected[most]) > 0.4)
        target = int(rng.choice(far))
        other_leaning[[most, target]] = leaning[[target, most]]
    else:
        place = int(rng.integers(0, 4))
        other_expected[place] -= 0.9 * np.sign(expected[place])
    first = _filled_in(rng, leaning, expected)
    second = _filled_in(rng, other_leaning, other_expected)
    return disagree(first, second, OPTIONS)


def _filled_in(rng: np.random.Generator, leaning: FloatArray, expected: FloatArray) -> Party:
    """Return a group around the same weights, and its estimates for two options in two worlds."""
    names = [f"C{c + 1}" for c in range(len(leaning))]
    scales = ((0.0, 100.0), (40.0, 0.0), (2.0, 3.0), (0.0, 1e6))
    children = tuple(
        leaf(name, worst=worst, best=best)
        for name, (worst, best) in zip(names, scales, strict=True)
    )
    share = np.stack([0.5 + expected / 2, 0.5 - expected / 2])  # (2, C)
    shares = np.clip(share + rng.normal(0, 0.03, (2, *share.shape)), 0, 1)  # (S, 2, C)
    worst, best = (np.array(end) for end in zip(*scales, strict=True))
    problem = plain_problem((worst + shares * (best - worst)).tolist(), children)
    people = rng.dirichlet(60 * leaning, int(rng.choice(PEOPLE)))
    profiles = tuple(
        person(f"P{p + 1}", dict(zip(names, row, strict=True)))
        for p, row in enumerate(people.tolist())
    )
    return Party(replace(problem, profiles=profiles), tuple(each.id for each in profiles))

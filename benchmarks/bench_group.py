"""2,000 profiles made into group measures: aggregation, spread, Kemeny and clusters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from benchmarks.timing import median_seconds

from afweging.methods.clusters import find_groups
from afweging.methods.rank_aggregation import kemeny
from afweging.methods.ranking import rank_scores
from afweging.methods.weight_spread import (
    aggregate_priorities,
    ahp_consensus,
    measure_spread,
    share_choice,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

PEOPLE = 2_000
ALTERNATIVES = 8
LIMIT = 0.250  # seconds
CENTRES = np.array([[0.6, 0.2, 0.1, 0.1], [0.1, 0.6, 0.1, 0.2], [0.15, 0.15, 0.5, 0.2]])


def _profiles(groups: int) -> NDArray[np.float64]:
    """Return weights of 2,000 people on four lenses, in one cloud or in separate ones."""
    rng = np.random.default_rng(11)
    if groups == 1:
        return rng.dirichlet([4.0, 3.0, 2.0, 2.0], PEOPLE)
    alike = rng.integers(0, groups, PEOPLE)
    return np.stack([rng.dirichlet(60 * CENTRES[group]) for group in alike])


def _total_seconds(weights: NDArray[np.float64]) -> float:
    """Return the time of all parts together, and print each."""
    values = np.random.default_rng(12).uniform(0, 1, (ALTERNATIVES, weights.shape[1]))
    scores = weights @ values.T
    parts: dict[str, Callable[[], object]] = {
        "aggregation": lambda: aggregate_priorities(weights),
        "spread": lambda: (
            measure_spread(weights),
            ahp_consensus(weights),
            share_choice(scores, scores.mean(axis=0)),
        ),
        "Kemeny": lambda: kemeny(rank_scores(scores)),
        "clusters": lambda: find_groups(weights, rng=np.random.default_rng(13)),
    }
    seconds = {name: median_seconds(part) for name, part in parts.items()}
    total = sum(seconds.values())
    shown = ", ".join(f"{name} {1000 * time:.0f}" for name, time in seconds.items())
    print(f"\n{shown}; in all {1000 * total:.0f} ms (limit {1000 * LIMIT:.0f})")
    return total


def bench_a_public_round_in_one_cloud() -> None:
    """2,000 profiles without groups: all measures within 250 ms."""
    assert _total_seconds(_profiles(1)) <= LIMIT


def bench_a_public_round_in_three_groups() -> None:
    """2,000 profiles in three groups, which are resampled too: all measures within 250 ms."""
    weights = _profiles(3)
    found = find_groups(weights, rng=np.random.default_rng(13))
    assert found is not None
    assert len(found.sizes) == 3
    assert _total_seconds(weights) <= LIMIT

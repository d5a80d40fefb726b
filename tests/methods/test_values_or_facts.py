from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from afweging.methods.values_or_facts import (
    Disagreement,
    split_disagreement,
    split_group_disagreement,
)

FloatArray = NDArray[np.float64]
Side = tuple[FloatArray, FloatArray]


def _group(rng: np.random.Generator, weights: FloatArray, effects: FloatArray) -> Side:
    """Return eight to fifteen people around the same weights and the same effects."""
    people = int(rng.integers(8, 16))
    noise = rng.normal(0, 0.03, (people, len(effects)))
    return rng.dirichlet(60 * weights, people), effects + noise


def _random_split(seed: int, one: int = 3, other: int = 4) -> tuple[Side, Side, Disagreement]:
    """Return two random groups and the split of their disagreement."""
    rng = np.random.default_rng(seed)
    first = rng.dirichlet(np.ones(4), one), rng.uniform(-1, 1, (one, 4))
    second = rng.dirichlet(np.ones(4), other), rng.uniform(-1, 1, (other, 4))
    return first, second, split_group_disagreement(first, second)


@settings(max_examples=50, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_parts_add_up(seed: int) -> None:
    """Values and facts add up to the difference between the leads, as do their criteria."""
    _, _, split = _random_split(seed)
    assert split.values + split.facts == pytest.approx(split.first_lead - split.second_lead)
    assert split.values_by_criterion.sum() == pytest.approx(split.values)
    assert split.facts_by_criterion.sum() == pytest.approx(split.facts)


@pytest.mark.parametrize("seed", range(10))
def test_group_split_is_the_mean_over_pairs(seed: int) -> None:
    """The closed form for groups equals the mean of the splits of all pairs of people."""
    first, second, split = _random_split(seed)
    pairs = [
        split_disagreement((first[0][p], first[1][p]), (second[0][q], second[1][q]))
        for p in range(3)
        for q in range(4)
    ]
    assert split.values == pytest.approx(np.mean([pair.values for pair in pairs]), abs=1e-14)
    assert split.facts == pytest.approx(np.mean([pair.facts for pair in pairs]), abs=1e-14)
    by_criterion = np.mean([pair.values_by_criterion for pair in pairs], axis=0)
    assert split.values_by_criterion == pytest.approx(by_criterion, abs=1e-14)


def test_split_is_the_shapley_value() -> None:
    """Each part is the mean of what changing that factor does first and last."""
    first = (np.array([0.7, 0.2, 0.1]), np.array([0.5, -0.4, 0.1]))
    second = (np.array([0.1, 0.6, 0.3]), np.array([0.2, -0.7, 0.3]))
    lead = [[float(w @ x) for x in (first[1], second[1])] for w in (first[0], second[0])]
    split = split_disagreement(first, second)
    values = ((lead[0][0] - lead[1][0]) + (lead[0][1] - lead[1][1])) / 2
    facts = ((lead[0][0] - lead[0][1]) + (lead[1][0] - lead[1][1])) / 2
    assert split.values == pytest.approx(values)
    assert split.facts == pytest.approx(facts)
    assert split.opposed


def test_same_weights_leave_nothing_to_values() -> None:
    """People with equal weights disagree on facts alone, and people with equal facts on values."""
    one, two = np.array([0.5, 0.3, 0.2]), np.array([0.1, 0.3, 0.6])
    facts = split_disagreement((one, two), (one, -two))
    assert (facts.values, facts.kind, facts.discuss_values) == (0, "facts", ())
    effects = np.array([0.4, 0.1, -0.5])
    values = split_disagreement((one, effects), (two, effects))
    assert (values.facts, values.kind, values.discuss_facts) == (0, "values", ())


def test_what_to_discuss_first() -> None:
    """The criterion that pushes a part furthest in its direction comes first; ties are both."""
    weights = np.array([0.4, 0.2, 0.4])
    expects = np.array([0.5, 0.9, 0.5])
    split = split_disagreement((weights, expects), (weights, np.array([0.1, 0.9, 0.1])))
    assert split.discuss_facts == (0, 2)
    other = split_disagreement((weights, expects), (weights, np.array([0.7, 0.9, 0.1])))
    assert other.discuss_facts == (2,)


def test_no_disagreement_has_no_kind() -> None:
    """The same weights and effects leave nothing to explain; equal sizes are both."""
    side = (np.array([0.5, 0.5]), np.array([0.3, -0.1]))
    nothing = split_disagreement(side, side)
    assert (nothing.kind, nothing.opposed) == (None, False)
    both = split_disagreement(side, (np.array([0.25, 0.75]), np.array([0.2, -0.2])))
    assert (round(both.values, 9), round(both.facts, 9), both.kind) == (0.1, 0.1, "both")


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_turning_it_round_turns_the_sign(seed: int) -> None:
    """Changing sides turns every part round; the order of people within a side changes no bit."""
    first, second, split = _random_split(seed, 5, 6)
    turned = split_group_disagreement(second, first)
    assert turned.values == pytest.approx(-split.values, abs=1e-14)
    assert turned.facts == pytest.approx(-split.facts, abs=1e-14)
    crowd = np.random.default_rng(seed).permutation(5)
    moved = split_group_disagreement((first[0][crowd], first[1][crowd]), second)
    assert (moved.values, moved.facts) == (split.values, split.facts)


def _known_cause(rng: np.random.Generator, cause: str) -> Disagreement:
    """Return the split for groups that share one thing, and differ on the other by design."""
    leaning = rng.permutation(np.array([0.55, 0.15, 0.15, 0.15]))
    effects = rng.permutation(np.array([0.7, -0.6, 0.2, -0.3])) + rng.normal(0, 0.1, 4)
    if cause == "values":
        most, least = leaning.argmax(), rng.permutation(4)
        other = leaning.copy()
        target = next(j for j in least if abs(effects[j] - effects[most]) > 0.4)
        other[[most, target]] = leaning[[target, most]]
        return split_group_disagreement(_group(rng, leaning, effects), _group(rng, other, effects))
    expected = effects.copy()
    expected[rng.integers(0, 4)] -= 0.9
    return split_group_disagreement(_group(rng, leaning, effects), _group(rng, leaning, expected))


@pytest.mark.parametrize("cause", ["values", "facts"])
def test_known_causes_are_found(cause: str) -> None:
    """Groups that differ by design in values, or in facts, are classified right 95 times of 100."""
    rng = np.random.default_rng(2026)
    assert sum(_known_cause(rng, cause).kind == cause for _ in range(100)) >= 95

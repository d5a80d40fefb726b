from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.session.rooms import LENSES, SCENARIOS, small_model

from afweging.analysis.session.arrays import SessionModel
from afweging.analysis.session.outcome import (
    group_outcomes,
    nearest_flip,
    outcome,
    profile_ends,
    regrets,
    reweighted,
    what_if,
)
from afweging.methods.clusters import Grouping

few = settings(max_examples=30, deadline=None)


def random_weights(seed: int, count: int) -> Any:  # noqa: ANN401 - an array of any shape
    """Return weights of people."""
    return np.random.default_rng(seed).dirichlet(np.ones(len(LENSES)), count)


@few
@given(seed=st.integers(0, 10**6), people=st.integers(0, 20), options=st.integers(1, 6))
def test_the_ranking_is_that_of_the_weighted_sums(seed: int, people: int, options: int) -> None:
    """Scores, ranks, what lenses add, choices and their share follow from plain sums."""
    model = small_model(options, seed % 7)
    weights = random_weights(seed, 1)[0]
    own = random_weights(seed + 1, people)
    found = outcome(model, weights, people=own, scenario=SCENARIOS[1] if seed % 2 else None)
    values = model.by_scenario[1] if seed % 2 else model.values
    scores = [sum(v * w for v, w in zip(row, weights, strict=True)) for row in values]
    rows: Any = found["options"]
    for a, row in enumerate(rows):
        assert row["score"] == pytest.approx(scores[a], abs=1e-6)
        assert row["rank"] == 1 + sum(other > scores[a] + 1e-9 for other in scores)
        assert sum(row["lenses"]) == pytest.approx(scores[a], abs=1e-5)
        assert ("low" in row) == (people >= 5)
    assert found["first"] == [model.options[int(np.argmax(scores))]]
    if people < 5:
        assert "choices" not in found
        return
    best = [int(np.argmax(values @ each)) for each in own]
    assert found["choices"] == [best.count(a) for a in range(options)]
    assert found["same"] == pytest.approx(
        sum(b == int(np.argmax(scores)) for b in best) / people, abs=1e-6
    )


@few
@given(seed=st.integers(0, 10**6))
def test_the_nearest_flip_ties_and_nothing_nearer_does(seed: int) -> None:
    """At the weights found the two tie, and random weights that are nearer keep the leader."""
    model = small_model(5, seed % 11)
    weights = random_weights(seed, 1)[0]
    flip: Any = nearest_flip(model, weights)
    scores = model.values @ weights
    leader = int(np.argmax(scores))
    draws = random_weights(seed + 5, 4000)
    away = np.abs(draws - weights).sum(axis=1) / 2
    flipped = (draws @ model.values.T).argmax(axis=1) != leader
    if flip is None:
        assert not flipped.any()
        return
    at = model.values @ np.array(flip["weights"])
    names = list(model.options)
    assert at[names.index(flip["challenger"])] == pytest.approx(at[leader], abs=1e-5)
    moved = np.abs(np.array(flip["weights"]) - weights).sum() / 2
    assert flip["moved"] == pytest.approx(moved, abs=1e-5)
    assert not (flipped & (away < flip["moved"] - 1e-6)).any()


@few
@given(seed=st.integers(0, 10**6))
def test_regret_is_what_is_lost_by_not_having_the_best(seed: int) -> None:
    """Per scenario, best score less own score; the option with the least greatest regret."""
    model = small_model(4, seed % 5)
    weights = random_weights(seed, 1)[0]
    found: Any = regrets(model, weights)
    for g in range(len(SCENARIOS)):
        scores = model.by_scenario[g] @ weights
        assert found["regret"][g] == pytest.approx(list(scores.max() - scores), abs=1e-6)
        assert found["first"][g] == [model.options[int(scores.argmax())]]
    most = np.array(found["regret"]).max(axis=0)
    assert found["most"] == pytest.approx(list(most))
    assert found["least_regret"] == [model.options[int(most.argmin())]]


@few
@given(seed=st.integers(0, 10**6), weight=st.floats(0, 1), lens=st.sampled_from(LENSES))
def test_a_what_if_keeps_the_proportions_of_the_others(seed: int, weight: float, lens: str) -> None:
    """The lens has its new weight, the ratios between the others stay, and the sum is 1."""
    before, place = random_weights(seed, 1)[0], LENSES.index(lens)
    found: Any = what_if(small_model(), before, lens=lens, weight=weight)
    after = np.array(found["exact"])
    assert after.sum() == pytest.approx(1)
    assert after[place] == weight
    others = np.delete(after, place) * (1 - before[place])
    assert others == pytest.approx(np.delete(before, place) * (1 - weight))
    assert found["outcome"] == outcome(small_model(), after)
    assert found["regret"] == regrets(small_model(), after)


def test_weights_at_the_ends() -> None:
    """All weight on one lens comes back to equal shares of the others; one lens keeps all."""
    assert reweighted(np.array([1.0, 0.0, 0.0]), 0, 0.4).tolist() == [0.4, 0.3, 0.3]
    assert reweighted(np.array([1.0]), 0, 0.4).tolist() == [1.0]
    with pytest.raises(ValueError, match="from 0 to 1"):
        reweighted(np.array([0.5, 0.5]), 0, 1.5)
    with pytest.raises(ValueError, match="not in tuple"):
        what_if(small_model(), np.full(4, 0.25), lens="weg", weight=0.1)


def test_a_tie_is_no_flip() -> None:
    """Where two are first there is nothing to flip; both are named, and both count as chosen."""
    values = np.array([[0.5, 0.5, 0.5, 0.5], [0.5, 0.5, 0.5, 0.5], [0.1, 0.2, 0.3, 0.4]])
    model = SessionModel(("A", "B", "C"), LENSES, ("x",), (), values, values[None], np.ones((0, 3)))
    weights = np.full(4, 0.25)
    found = outcome(model, weights, people=np.tile(weights, (6, 1)))
    assert found["first"] == ["A", "B"]
    assert found["flip"] is None
    assert found["choices"] == [6, 6, 0]
    assert nearest_flip(model, weights, scenario="x") is None
    ahead = SessionModel(
        ("A", "C"), LENSES, ("x",), (), values[1:], values[None, 1:], np.ones((0, 2))
    )
    assert nearest_flip(ahead, weights) is None


def test_profiles_have_their_best_and_worst() -> None:
    """For each profile of the problem, by its own scores."""
    model = small_model()
    rows: Any = profile_ends(model)["profiles"]
    for row, scores in zip(rows, model.profile_scores, strict=True):
        assert row["best"] == [model.options[int(scores.argmax())]]
        assert row["worst"] == [model.options[int(scores.argmin())]]
    assert profile_ends(small_model(5, 1, 50))["more"] == 10


def test_groups_have_their_own_ranking() -> None:
    """A group's weights are the mean of its members."""
    people = random_weights(3, 11)
    members = np.array([0] * 6 + [1] * 5)
    found: Any = group_outcomes(small_model(), people, Grouping(members, (6, 5), (1.0, 1.0), 9.0))
    for place, part in enumerate((people[:6], people[6:])):
        mean = part.mean(axis=0)
        scores = small_model().values @ mean
        assert found[place]["weights"] == pytest.approx(list(mean), abs=1e-6)
        assert found[place]["ranks"][int(scores.argmax())] == 1
        assert found[place]["n"] == len(part)

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import combinations, pairwise

import numpy as np
import pytest
from tests.analysis.random_problems import Shape, random_problem, text, with_mode

import afweging as afw
from afweging.analysis.compare import compare
from afweging.analysis.flips import FlipAnswer, answer_rows, find_flips, lens_values
from afweging.errors import RequestError
from afweging.model.preference import Judgement, Profile
from afweging.model.result import Comparison, Request

TIE = 1e-9


@cache
def _brabant() -> Comparison:
    return compare(afw.read_problem("scenarios/brabant"))


@cache
def _found(seed: int) -> list[tuple[Comparison, FlipAnswer]]:
    """Return what flips every pair of admissible options of a random problem without gaps."""
    problem = replace(random_problem(seed, Shape()), requirements=())
    comparison = compare(problem)
    names = [alternative.id for alternative in problem.alternatives]
    return [(comparison, find_flips(comparison, a, b)) for a, b in combinations(names, 2)]


def _means(comparison: Comparison, found: FlipAnswer) -> tuple[np.ndarray, int, int]:
    names = [alternative.id for alternative in comparison.problem.alternatives]
    means = comparison.scores.means.low
    return means, names.index(found.leader), names.index(found.challenger)


@pytest.mark.parametrize("seed", range(6))
def test_the_shifted_weights_tie_and_less_does_not(seed: int) -> None:
    """With the weights after, the two tie; at 99 % of the way the leader is still ahead."""
    for comparison, found in _found(seed):
        means, a, b = _means(comparison, found)
        for flip, values in (
            (found.criteria, means),
            (found.lenses, lens_values(comparison, means)),
        ):
            if flip.after is None or flip.moved is None:
                continue
            gain = values[b] - values[a]
            assert flip.after.sum() == pytest.approx(1)
            assert gain @ flip.after >= -TIE
            if found.lead > 1e-6:
                assert gain @ flip.after == pytest.approx(0, abs=TIE)
                nearly = flip.before + 0.99 * (flip.after - flip.before)
                assert gain @ nearly < -TIE / 10
            assert np.abs(flip.after - flip.before).sum() / 2 == pytest.approx(flip.moved, abs=TIE)


@pytest.mark.parametrize("seed", range(6))
def test_the_two_tie_in_every_measure(seed: int) -> None:
    """Least largest change and straight line: level at the weights, not at 99 % of the way."""
    for comparison, found in _found(seed):
        means, a, b = _means(comparison, found)
        for flip, values in (
            (found.criteria, means),
            (found.lenses, lens_values(comparison, means)),
        ):
            gain = values[b] - values[a]
            for nearest in (flip.largest, flip.straight):
                assert (nearest is None) == (flip.moved is None)
                if nearest is None:
                    continue
                assert nearest.after.sum() == pytest.approx(1)
                assert nearest.after.min() >= 0
                assert nearest.bound == pytest.approx(nearest.distance, abs=TIE)
                if found.lead > 1e-6:
                    assert gain @ nearest.after == pytest.approx(0, abs=TIE)
                    nearly = flip.before + 0.99 * (nearest.after - flip.before)
                    assert gain @ nearly < -TIE / 10


@pytest.mark.parametrize("seed", range(6))
def test_the_bound_proves_that_nothing_smaller_does(seed: int) -> None:
    """The lower bound equals the move, and moving among lenses never beats moving among all."""
    for _, found in _found(seed):
        for flip in (found.lenses, found.criteria, found.first_lenses, found.first_criteria):
            assert (flip.moved is None) == (flip.bound is None)
            if flip.moved is not None:
                assert flip.bound == pytest.approx(flip.moved, abs=TIE)
        if found.lenses.moved is not None:
            assert found.criteria.moved is not None
            assert found.criteria.moved <= found.lenses.moved + TIE


@pytest.mark.parametrize("seed", range(6))
def test_first_of_all_is_first_of_all(seed: int) -> None:
    """With the weights for the first place no option is ahead of the challenger."""
    for comparison, found in _found(seed):
        means, _, b = _means(comparison, found)
        flip = found.first_criteria
        for weights in (
            flip.after,
            flip.largest and flip.largest.after,
            flip.straight and flip.straight.after,
        ):
            if weights is not None:
                scores = means @ weights
                assert scores[b] >= scores.max() - TIE


@pytest.mark.parametrize("seed", range(6))
def test_never_is_never(seed: int) -> None:
    """Where no weights do it, none of many drawn weights brings the challenger level."""
    drawn = np.random.default_rng(seed).dirichlet(np.ones(6), 2000)
    for comparison, found in _found(seed):
        if found.criteria.after is None:
            means, a, b = _means(comparison, found)
            gains = drawn[:, : means.shape[1]] / drawn[:, : means.shape[1]].sum(
                axis=1, keepdims=True
            )
            assert (gains @ (means[b] - means[a])).max() < 0


def test_another_estimate_does_exactly_what_it_says() -> None:
    """With the shift in every case, compared again, the two tie; 1 % less does not."""
    problem = replace(_brabant().problem, requirements=())
    comparison = compare(problem)
    found = find_flips(comparison, "O7", "O4")
    assert found.estimates
    names = [alternative.id for alternative in problem.alternatives]
    criteria = [criterion.id for criterion in problem.criteria]
    for each in (found.estimates[0], found.estimates[-1]):
        for part, lead in ((1.0, 0.0), (0.99, 0.01 * found.lead)):
            mode = problem.effects.mode.copy()
            shift = part * (each.at - each.now)
            mode[:, names.index(each.option), criteria.index(each.criterion)] += shift
            scores = compare(with_mode(problem, mode)).scores.expected.low
            difference = scores[names.index(found.leader)] - scores[names.index(found.challenger)]
            assert difference == pytest.approx(lead, abs=1e-9)


def test_other_likelihoods_tie_when_compared_again() -> None:
    """With the likelihoods after, the comparison itself gives both the same score."""
    found = find_flips(_brabant(), "O7", "O4")
    flip = found.likelihoods
    assert flip is not None
    assert flip.after is not None
    stated = tuple(zip(flip.nodes, flip.after.tolist(), strict=True))
    again = compare(_brabant().problem, Request(likelihoods=stated))
    names = [alternative.id for alternative in again.problem.alternatives]
    scores = dict(zip(names, again.scores.expected.low.tolist(), strict=True))
    assert scores["O7"] == pytest.approx(scores["O4"], abs=1e-8)


def test_answers_narrow_what_may_move() -> None:
    """Among weights that fit someone's order of the lenses the move is no smaller, and fits."""
    order = ("M", "W", "A", "E")
    judged = tuple(Judgement("order", *pair) for pair in pairwise(order))
    profile = Profile("p", text("p"), "own", "statements", "expert", (), judgements=judged)
    problem = replace(_brabant().problem, profiles=(profile,), requirements=())
    comparison = compare(problem, Request(profile="p"))
    ranked = comparison.ranking
    found = find_flips(comparison, ranked[0].id, ranked[1].id)
    rows = answer_rows(comparison)
    assert rows is not None
    assert (rows @ comparison.weights.criteria >= -TIE).all()
    if found.answers is not None and found.answers.after is not None:
        assert (rows @ found.answers.after >= -1e-8).all()
        assert found.answers.moved is not None
        assert found.criteria.moved is not None
        assert found.answers.moved >= found.criteria.moved - TIE


def test_the_one_that_is_behind_is_the_challenger() -> None:
    """Whatever the order of the names, the answer is the same."""
    one, other = (find_flips(_brabant(), *pair) for pair in (("O7", "O4"), ("O4", "O7")))
    assert (one.leader, one.challenger) == (other.leader, other.challenger) == ("O7", "O4")
    assert one.lenses.moved == other.lenses.moved


@pytest.mark.parametrize(
    ("first", "second", "codes"),
    [
        ("O7", "O9", ["unknown-name"]),
        ("O7", "O7", ["same-option"]),
        ("O1", "X", ["unknown-name", "unknown-name"]),
    ],
)
def test_options_that_cannot_be_asked_about_are_refused(
    first: str, second: str, codes: list[str]
) -> None:
    """Unknown options, one that is screened out, and an option against itself."""
    with pytest.raises(RequestError) as caught:
        find_flips(_brabant(), first, second)
    assert [fault.code for fault in caught.value.faults] == codes

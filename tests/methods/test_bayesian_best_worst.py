from __future__ import annotations

import math

import numpy as np
import pytest

from afweging.methods.bayesian_best_worst import (
    CENTRE_PRIOR,
    SPREAD_RATE,
    SPREAD_SHAPE,
    credal_ranking,
    group_posterior,
    log_gamma,
)
from afweging.methods.best_worst import BestWorst, answers, linear_weights

TRUE = np.array([0.15, 0.4, 0.1, 0.35])


def _group(seed: int, *, people: int, likeness: float) -> BestWorst:
    """Return the answers, in whole numbers, of people whose weights scatter around TRUE."""
    rng = np.random.default_rng(seed)
    weights = np.maximum(rng.dirichlet(TRUE * likeness, people), 0.02)
    best, worst = weights.argmax(axis=1), weights.argmin(axis=1)
    rows = np.arange(people)
    from_best = np.clip(np.rint(weights[rows, best][:, None] / weights), 1, 9)
    span = from_best[rows, worst]
    to_worst = np.clip(np.rint(weights / weights[rows, worst][:, None]), 1, span[:, None])
    to_worst[rows, best] = span
    return answers(from_best, to_worst, best=best, worst=worst)


def test_known_weights_are_found() -> None:
    """A group around known weights gets these weights, with their order nearly certain."""
    found = group_posterior(
        _group(1, people=30, likeness=200), rng=np.random.default_rng(2), draws=500, warm_up=300
    )
    assert found.converged
    assert found.weights == pytest.approx(TRUE, abs=0.02)
    assert found.weights.sum() == pytest.approx(1)
    ahead = credal_ranking(found)
    # 0.40 and 0.35 are near enough to leave some doubt, the others are not
    assert 0.6 < ahead[1, 3] < 0.95
    assert min(ahead[3, 0], ahead[0, 2]) > 0.99
    off_diagonal = ~np.eye(4, dtype=bool)
    assert (ahead + ahead.T)[off_diagonal] == pytest.approx(1)


def test_more_people_leave_less_doubt() -> None:
    """The weights of a larger group are known more precisely."""
    spread = [
        group_posterior(
            _group(1, people=people, likeness=100), rng=np.random.default_rng(2), draws=300
        )
        .draws.std(axis=(0, 1))
        .mean()
        for people in (4, 24)
    ]
    assert spread[1] < 0.6 * spread[0]


def test_the_same_seed_gives_the_same_draws() -> None:
    """Draws follow from the generator alone; another seed gives other draws, near the same mean."""
    given = _group(3, people=5, likeness=100)
    one, two, three = (
        group_posterior(given, rng=np.random.default_rng(seed), draws=400) for seed in (7, 7, 8)
    )
    assert (one.draws == two.draws).all()
    assert (one.personal == two.personal).all()
    assert (one.draws != three.draws).any()
    assert one.weights == pytest.approx(three.weights, abs=0.01)


def test_permuting_criteria_permutes_the_group() -> None:
    """In another order of criteria each gets the same weight, up to what sampling leaves open."""
    given = _group(4, people=8, likeness=100)
    order = np.array([2, 0, 3, 1])
    turned = answers(
        given.best_to_others[:, order],
        given.others_to_worst[:, order],
        best=order.argsort()[given.best],
        worst=order.argsort()[given.worst],
    )
    one = group_posterior(given, rng=np.random.default_rng(1), draws=600)
    two = group_posterior(turned, rng=np.random.default_rng(2), draws=600)
    assert two.weights == pytest.approx(one.weights[order], abs=0.01)


def test_people_are_drawn_towards_the_group() -> None:
    """One who differs from nine alike ends between the own weights and those of the group."""
    alike = ([1.0, 2.0, 6.0], [6.0, 3.0, 1.0], 0, 2)
    other = ([6.0, 2.0, 1.0], [1.0, 3.0, 6.0], 2, 0)
    rows = [alike] * 9 + [other]
    given = answers(
        *([row[k] for row in rows] for k in (0, 1)), best=[0] * 9 + [2], worst=[2] * 9 + [0]
    )
    found = group_posterior(given, rng=np.random.default_rng(1), draws=500)
    own = linear_weights(given).weights[-1]
    assert found.weights[0] > found.personal[-1][0] > own[0]
    assert found.personal.sum(axis=1) == pytest.approx(np.ones(10))


def test_two_criteria_against_the_integral() -> None:
    """For three people and two criteria, mean and spread are those of numerical integration."""
    given = answers(
        [[1, 3], [1, 5], [2, 1]], [[3, 1], [5, 1], [1, 2]], best=[0, 0, 1], worst=[1, 1, 0]
    )
    centre, density = _integrated(given)
    mean = float((density * centre).sum())
    spread = math.sqrt(float((density * (centre - mean) ** 2).sum()))
    found = group_posterior(given, rng=np.random.default_rng(5), draws=1500)
    assert found.converged
    assert found.weights[0] == pytest.approx(mean, abs=0.008)
    assert found.draws[..., 0].std() == pytest.approx(spread, rel=0.05)


def _integrated(given: BestWorst) -> tuple[np.ndarray, np.ndarray]:
    """Return a grid of w*_1 and its posterior, people's weights and gamma integrated out."""
    log_spread = np.linspace(np.log(0.02), np.log(400), 90)[:, None, None]
    odds = np.linspace(-8, 8, 121)[None, :, None]
    own = 1 / (1 + np.exp(-np.linspace(-14, 14, 501)))[None, None, :]
    gamma, centre = np.exp(log_spread), 1 / (1 + np.exp(-odds))
    alpha, beta = gamma * centre, gamma * (1 - centre)
    scale = log_gamma(gamma) - log_gamma(alpha) - log_gamma(beta)  # (90, 121, 1)
    prior = scale + alpha * np.log(own) + beta * np.log1p(-own)
    # in log gamma and in the log odds of w*_1: with the change of variables
    total = SPREAD_SHAPE * log_spread - SPREAD_RATE * gamma
    total = (total + CENTRE_PRIOR * (np.log(centre) + np.log1p(-centre)))[..., 0]
    for best, worst in zip(given.best_to_others, given.others_to_worst, strict=True):
        tilt = worst - best
        answered = tilt[0] * np.log(own) + tilt[1] * np.log1p(-own)
        answered = answered - best.sum() * np.log(1 / own + 1 / (1 - own))
        each = prior + answered
        top = each.max(axis=-1, keepdims=True)
        total = total + top[..., 0] + np.log(np.exp(each - top).sum(axis=-1))
    density = np.exp(total - total.max()).sum(axis=0)
    return centre[0, :, 0], density / density.sum()


def test_log_gamma_is_that_of_the_library() -> None:
    """The logarithm of the gamma function agrees with the standard library from 1e-8 to 1e6."""
    x = np.logspace(-8, 6, 200)
    expected = [math.lgamma(each) for each in x]
    assert log_gamma(x) == pytest.approx(expected, rel=1e-10, abs=1e-10)


def test_one_person_without_a_group_is_refused() -> None:
    """The answers of a group have a row for each person."""
    with pytest.raises(ValueError, match="the group"):
        group_posterior(answers([1, 2], [2, 1], best=0, worst=1), rng=np.random.default_rng(1))

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.analysis.effect_oracle import values
from tests.analysis.random_problems import leaf, plain_problem, random_problem

import afweging as afw
from afweging.analysis.compare import compare
from afweging.analysis.discovery import FEWEST, Subject, find_losses
from afweging.model.criterion import Group, criteria_under
from afweging.model.result import Request

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afweging.analysis.discovery import Losses
    from afweging.model.problem import DecisionProblem
    from afweging.model.result import Comparison

FloatArray = np.ndarray
AXES = ("scenario", "region", "horizon")


def _losses(comparison: Comparison, a: int, b: int, *, draws: int = 4096) -> Losses:
    return find_losses(comparison, a, b, draws=draws, rng=np.random.default_rng(5))


def _estimates(
    problem: DecisionProblem,
    low: FloatArray | Sequence[object],
    high: FloatArray | Sequence[object],
) -> Comparison:
    effects = replace(problem.effects, low=np.array(low, dtype=float))
    return compare(replace(problem, effects=replace(effects, high=np.array(high, dtype=float))))


@cache
def _found(seed: int) -> tuple[Comparison, Losses]:
    problem = replace(random_problem(seed), requirements=())
    comparison = compare(problem, Request(region_weights="banen", likelihood_set="kansen"))
    order = np.argsort(-comparison.scores.expected.low)
    return comparison, _losses(comparison, int(order[0]), int(order[1]))


class Simulation:
    """Draws of our own: cases, weights of the lenses and levels, and in which of them `a` loses."""

    def __init__(self, comparison: Comparison, a: int, *, draws: int = 8000) -> None:
        rng = np.random.default_rng(77)
        problem, cases = comparison.problem, comparison.cases
        self.comparison = comparison
        self.case = rng.choice(len(comparison.weights.cases), draws, p=comparison.weights.cases)
        lenses = rng.exponential(size=(draws, len(problem.tree.children)))
        self.lenses = lenses / lenses.sum(axis=1, keepdims=True)
        shape = (draws, len(problem.alternatives), len(problem.criteria))
        self.levels = rng.random(shape)
        drawn = np.empty(shape)
        for s in range(len(cases.labels)):
            here = self.case == s
            for o, c in np.ndindex(shape[1:]):
                drawn[here, o, c] = values(comparison, s, o, c, self.levels[here, o, c])
        names = [criterion.id for criterion in problem.criteria]
        weight = np.zeros((draws, shape[2]))
        tree_weights = dict(zip(names, comparison.weights.criteria.tolist(), strict=True))
        for k, lens in enumerate(problem.tree.children):
            inside = [criterion.id for criterion in criteria_under(lens)]
            total = sum(tree_weights[name] for name in inside)
            for name in inside:
                share = tree_weights[name] / total
                weight[:, names.index(name)] = self.lenses[:, k] * share
        scores = np.einsum("nac,nc->na", drawn, weight)
        scores[:, ~np.array(comparison.admissible)] = -np.inf
        self.lost = (scores.max(axis=1) - scores[:, a]) > 1e-9

    def described(self, losses: Losses) -> np.ndarray:
        """Return which draws all limits of the description hold for."""
        problem, labels = self.comparison.problem, self.comparison.cases.labels
        options = [alternative.id for alternative in problem.alternatives]
        names = [criterion.id for criterion in problem.criteria]
        lenses = [lens.id for lens in problem.tree.children]
        held = np.ones(len(self.lost), dtype=bool)
        for limit in losses.limits:
            subject = limit.subject
            if subject.kind == "case":
                axis = AXES.index(subject.node)
                held &= np.array([labels[s][axis] in limit.among for s in self.case])
                continue
            if subject.kind == "lens":
                column = self.lenses[:, lenses.index(subject.node)]
            else:
                place = options.index(subject.option or ""), names.index(subject.node)
                column = self.levels[:, place[0], place[1]]
            held &= column >= (-np.inf if limit.low is None else limit.low)
            held &= column <= (np.inf if limit.high is None else limit.high)
        return held


@pytest.mark.parametrize("seed", range(6))
def test_a_description_holds_in_a_simulation_of_our_own(seed: int) -> None:
    """Base, mass, coverage and density within what chance allows."""
    comparison, losses = _found(seed)
    order = np.argsort(-comparison.scores.expected.low)
    simulation = Simulation(comparison, int(order[0]))
    base = simulation.lost.mean()
    assert losses.lost / losses.draws == pytest.approx(base, abs=0.035)
    assert losses.base == pytest.approx(base, abs=0.05)
    if losses.outcome != "found":
        assert losses.limits == ()
        assert losses.coverage is losses.density is losses.mass is losses.chance is None
        return
    held = simulation.described(losses)
    hits = (held & simulation.lost).sum()
    assert losses.mass == pytest.approx(held.mean(), abs=0.05)
    assert losses.coverage == pytest.approx(hits / simulation.lost.sum(), abs=0.12)
    assert losses.density == pytest.approx(hits / held.sum(), abs=0.12)
    assert hits / held.sum() > base


def test_some_random_problems_have_a_description() -> None:
    """The test above is not about nothing."""
    assert sum(_found(seed)[1].outcome == "found" for seed in range(6)) >= 3


def test_a_planted_circumstance_is_found() -> None:
    """O1 loses in scenario S2 when lens a has more than half of the weight, and only then."""
    mode = [[[0.9, 0.9], [0.1, 0.1]], [[0.0, 1.0], [1.0, 0.0]]]
    losses = _losses(compare(plain_problem(mode, (leaf("a"), leaf("b")))), 0, 1)
    assert losses.outcome == "found"
    assert losses.base == pytest.approx(0.25, abs=0.04)
    by_kind = {limit.subject.kind: limit for limit in losses.limits}
    assert len(losses.limits) == 2
    assert by_kind["case"].among == ("S2",)
    lens = by_kind["lens"]
    share = lens.low if lens.subject.node == "a" else 1 - (lens.high or 0)
    assert share == pytest.approx(0.5, abs=0.03)
    assert losses.coverage == pytest.approx(1, abs=0.05)
    assert losses.density == pytest.approx(1, abs=0.05)
    assert all(limit.quasi_p < 1e-6 for limit in losses.limits)
    assert losses.chance is not None
    assert losses.chance < 1e-6


def test_an_estimate_that_disappoints_is_named() -> None:
    """O1 is uncertain, and loses in the lowest 32 % of what is likely."""
    comparison = _estimates(
        plain_problem([[[0.5], [0.4]]], (leaf("a"),)), [[[0.0], [0.4]]], [[[1.0], [0.4]]]
    )
    losses = _losses(comparison, 0, 1)
    (limit,) = losses.limits
    assert limit.subject == Subject("effect", "a", "O1")
    assert limit.low is None
    assert limit.high == pytest.approx(2 * 0.4**2, abs=0.02)
    assert losses.density == pytest.approx(1, abs=0.05)


def test_few_losses_are_not_explained() -> None:
    """Below fifty in the half that is searched; the number is told all the same."""
    comparison = _estimates(
        plain_problem([[[0.5], [0.1]]], (leaf("a"),)), [[[0.0], [0.1]]], [[[1.0], [0.1]]]
    )
    losses = _losses(comparison, 0, 1, draws=2000)  # 2 % of the draws
    assert losses.outcome == "few"
    assert 0 < losses.lost < 2 * FEWEST
    assert losses.limits == ()
    assert _losses(comparison, 0, 1, draws=10_000).outcome == "found"


def test_an_option_that_nearly_always_loses_has_no_special_circumstance() -> None:
    """The other way round: hardly any draw in which it is first."""
    comparison = compare(plain_problem([[[0.1], [0.9]]], (leaf("a"),)))
    losses = _losses(comparison, 0, 1)
    assert (losses.outcome, losses.lost) == ("most", 4096)


def test_a_tie_is_no_loss() -> None:
    """Sure clones never lose from each other."""
    comparison = compare(plain_problem([[[0.4, 0.2], [0.4, 0.2]]], (leaf("a"), leaf("b"))))
    losses = _losses(comparison, 0, 1)
    assert (losses.outcome, losses.lost, losses.base) == ("few", 0, 0)


def test_losses_from_a_third_option_have_no_description() -> None:
    """What is not among the limits, here how O3 turns out, is not guessed at."""
    problem = plain_problem([[[0.6], [0.5], [0.5]]], (leaf("a"),))
    low, high = [[[0.59], [0.5], [0.0]]], [[[0.61], [0.5], [1.0]]]
    losses = _losses(_estimates(problem, low, high), 0, 1)
    assert losses.lost > 4096 // 5
    assert losses.outcome in {"none", "unconfirmed"}


def test_an_option_that_is_screened_out_is_no_rival() -> None:
    """O3 would win, but does not take part."""
    problem = plain_problem([[[0.9], [0.8], [1.0]]], (leaf("a"),))
    comparison = replace(compare(problem), admissible=(True, True, False))
    assert _losses(comparison, 0, 1).lost == 0
    assert _losses(compare(problem), 0, 1).lost == 4096


def test_weightless_and_sure_estimates_are_no_limits() -> None:
    """A criterion without weight in its lens cannot be why an option loses."""
    children = (
        Group("l1", leaf("l1").name, 1.0, (leaf("a", 1.0), leaf("z", 0.0))),
        leaf("b"),
    )
    problem = plain_problem([[[0.5, 0.5, 0.6], [0.5, 0.5, 0.4]]], children)
    spread = np.array([[[0.4, 0.5, 0.0], [0.4, 0.5, 0.0]]])
    mode = problem.effects.mode
    losses = _losses(_estimates(problem, mode - spread, mode + spread), 0, 1)
    assert losses.outcome == "found"
    assert {limit.subject.node for limit in losses.limits} <= {"a", "l1", "b"}


def test_brabant_is_described_on_draws_that_were_held_out() -> None:
    """The whole problem, in the simulation of our own."""
    comparison = compare(afw.read_problem("scenarios/brabant"))
    losses = _losses(comparison, 6, 7)
    assert losses.outcome == "found"
    assert losses.draws == 2 * losses.held_out == 4096
    simulation = Simulation(comparison, 6, draws=4000)
    held = simulation.described(losses)
    assert simulation.lost.mean() == pytest.approx(losses.base, abs=0.05)
    assert simulation.lost[held].mean() == pytest.approx(losses.density, abs=0.06)
    assert held[simulation.lost].mean() == pytest.approx(losses.coverage, abs=0.06)

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from scipy.optimize import linprog  # type: ignore[import-untyped]

import afweging as afw
from afweging.analysis.coalitions import (
    Coalition,
    OptionAmendment,
    amendments,
    coalitions,
)
from afweging.analysis.group import GroupAnalysis, analyse_group
from afweging.analysis.screening import admissible_options
from afweging.model.problem import DecisionProblem, Effects


@cache
def _group() -> GroupAnalysis:
    return analyse_group(afw.read_problem("scenarios/brabant"))


@cache
def _coalitions() -> tuple[Coalition, ...]:
    return coalitions(_group())


@cache
def _amendments(share: float) -> tuple[OptionAmendment, ...]:
    return amendments(_group(), share=share)


def _amended(each: OptionAmendment, part: float) -> DecisionProblem:
    """Return the problem with a part of the amendment carried out in every case."""
    problem = _group().comparison.problem
    a = [o.id for o in problem.alternatives].index(each.option)
    c = [criterion.id for criterion in problem.criteria].index(each.criterion)
    changed = {}
    for name in ("low", "mode", "high"):
        array = getattr(problem.effects, name).copy()
        array[:, a, c] += part * each.shift
        changed[name] = array
    rest = {k: getattr(problem.effects, k).copy() for k in ("present", "evidence", "source")}
    return replace(problem, effects=Effects(**changed, **rest))


def _choosing(problem: DecisionProblem, option: str) -> set[str]:
    """Return the profiles that put the option first; requirements stand as they were."""
    group = _group()
    found = analyse_group(replace(problem, requirements=()))
    allowed = admissible_options(group.comparison)
    options = [o.id for o in problem.alternatives]
    places = [options.index(name) for name in allowed]
    scores = found.comparison.scores.means.low[places] @ group.panel.T
    own = scores[allowed.index(option)]
    return {
        p
        for p, mine, best in zip(group.profiles, own, scores.max(axis=0), strict=True)
        if mine >= best - 1e-9
    }


def test_every_profile_stands_behind_one_option() -> None:
    """The coalitions of all options together hold each profile once: there are no ties here."""
    supporters = [name for each in _coalitions() for name in each.supporters]
    assert sorted(supporters) == sorted(_group().profiles)


def test_the_largest_coalition_comes_first() -> None:
    """O7 has five profiles behind it and stands first."""
    assert (_coalitions()[0].option, len(_coalitions()[0].supporters)) == ("O7", 5)


@pytest.mark.parametrize("option", ["O3", "O8", "O2"])
def test_the_distance_to_joining_is_that_of_an_independent_linear_program(option: str) -> None:
    """The share of weight that moves equals the optimum of a program written another way."""
    group = _group()
    allowed = admissible_options(group.comparison)
    values = group.comparison.scores.means.low[np.array(group.comparison.admissible)]
    gains = values[allowed.index(option)] - values
    each = next(found for found in _coalitions() if found.option == option)
    for joining in each.others[:4]:
        weights = group.panel[group.profiles.index(joining.profile)]
        n = len(weights)
        # variables: new weights, then the absolute change of each
        result = linprog(
            np.r_[np.zeros(n), np.full(n, 0.5)],
            A_ub=np.block(
                [
                    [-gains, np.zeros((len(gains), n))],
                    [np.eye(n), -np.eye(n)],
                    [-np.eye(n), -np.eye(n)],
                ]
            ),
            b_ub=np.r_[np.zeros(len(gains)), weights, -weights],
            A_eq=np.r_[np.ones(n), np.zeros(n)][None, :],
            b_eq=[1.0],
            method="highs",
        )
        assert joining.moved == pytest.approx(result.fun, abs=1e-7)


@pytest.mark.parametrize("share", [0.5, 2 / 3])
def test_an_amendment_does_exactly_what_it_says(share: float) -> None:
    """Carried out in the effects and compared again, the profiles named choose the option."""
    assert _amendments(share)
    for each in _amendments(share):
        assert _choosing(_amended(each, 1 + 1e-9), each.option) >= set(each.accepting)
        assert len(each.accepting) >= share * len(_group().profiles)


def test_one_per_cent_less_does_not_do_it() -> None:
    """With 99 per cent of the amendment fewer than half of the profiles choose the option."""
    for each in _amendments(0.5):
        assert len(_choosing(_amended(each, 0.99), each.option)) < 6


def test_an_option_that_is_accepted_as_it_is_needs_no_amendment() -> None:
    """When a tenth of the profiles is enough, O7 with five of twelve is not in the list."""
    assert "O7" not in {each.option for each in _amendments(0.1)}


def test_an_amendment_stays_on_the_scale() -> None:
    """In no case does the amended effect pass the references of its criterion."""
    for each in _amendments(0.5):
        problem = _amended(each, 1)
        c = [criterion.id for criterion in problem.criteria].index(each.criterion)
        a = [o.id for o in problem.alternatives].index(each.option)
        low, high = sorted((problem.criteria[c].worst, problem.criteria[c].best))
        effects = problem.effects.mode[:, a, c]
        assert low - 1e-9 <= effects.min()
        assert effects.max() <= high + 1e-9

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq  # type: ignore[import-untyped]
from tests.analysis.random_problems import Shape, leaf, plain_problem, random_problem, text

from afweging.analysis.compare import compare
from afweging.analysis.rescaling import changed_ranges, rescaled, stretch_of
from afweging.analysis.values import value_of
from afweging.analysis.weights import local_weights
from afweging.model.criterion import (
    Criterion,
    Exponential,
    Group,
    Linear,
    criteria_under,
    groups_under,
)
from afweging.model.preference import Judgement, Profile, SwingRange
from afweging.model.result import Request

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from afweging.model.problem import DecisionProblem

    FloatArray = NDArray[np.float64]

LINEAR = Shape(options=4, scenarios=2, regions=1, horizons=1, linear=True, requirements=0)
GROUPS = ("doel", "wonen", "kern", "werken")
SEEDS = st.integers(0, 10_000)
SPOKEN = st.sets(st.sampled_from(GROUPS), min_size=1)
many = settings(max_examples=80, deadline=None)


def _with_scales(tree: Group, rng: np.random.Generator) -> Group:
    """Return the tree with every scale stretched at both ends, by as much as four times in all."""
    children: list[Group | Criterion] = []
    for child in tree.children:
        if isinstance(child, Group):
            children.append(_with_scales(child, rng))
            continue
        span = child.best - child.worst
        below, above = rng.uniform(0, 1.5, 2)
        ends = {"worst": child.worst - below * span, "best": child.best + above * span}
        children.append(replace(child, **ends))
    return replace(tree, children=tuple(children))


def _with_weights(tree: Group, weights: Mapping[str, float]) -> Group:
    """Return the tree with other weights for the nodes that are named."""
    children = tuple(
        replace(
            _with_weights(child, weights) if isinstance(child, Group) else child,
            weight=weights.get(child.id, child.weight),
        )
        for child in tree.children
    )
    return replace(tree, children=children)


def _ranges(tree: Group) -> tuple[SwingRange, ...]:
    return tuple(SwingRange(each.id, each.worst, each.best) for each in criteria_under(tree))


def _spans(tree: Group) -> dict[str, float]:
    return {each.id: each.best - each.worst for each in criteria_under(tree)}


def _profile(tree: Group, spoken: set[str], rng: np.random.Generator) -> Profile:
    """Return a profile that gives weights in some groups, for scales that no longer are."""
    weights = tuple(
        (each.id, tuple((child.id, float(rng.uniform(5, 60))) for child in each.children))
        for each in groups_under(tree)
        if each.id in spoken
    )
    return Profile("p", text("p"), "own", "points", "expert", weights, _ranges(tree), rescale=True)


def _meant(
    node: Group | Criterion,
    profile: Profile,
    shrink: Mapping[str, float],
    found: dict[str, float],
) -> float:
    """Fill in the local weights that mean on the old scales what they now mean; return the swing.

    The swing of a node is the worth of its old range, in units of its value on the scales of now.
    Where the profile speaks its numbers are for the old scales, elsewhere the tree is for the new.
    """
    if isinstance(node, Criterion):
        return shrink[node.id]
    swings = {child.id: _meant(child, profile, shrink, found) for child in node.children}
    given_so = dict(dict(profile.weights).get(node.id, ()))
    total = sum(given_so.values()) or sum(child.weight for child in node.children)
    for child in node.children:
        if given_so:
            found[child.id] = given_so[child.id] / total
        else:
            found[child.id] = child.weight / total * swings[child.id]
    if given_so:
        return 1 / sum(found[name] / swing for name, swing in swings.items())
    return sum(found[child.id] for child in node.children)


def _scores(problem: DecisionProblem, tree: Group, profile: Profile) -> FloatArray:
    changed = replace(problem, tree=tree, profiles=(profile,))
    return compare(changed, Request(profile="p")).scores.expected.low


@many
@given(SEEDS, SPOKEN)
def test_rescaling_keeps_the_proportions_of_all_differences(seed: int, spoken: set[str]) -> None:
    """All options differ as before, but for one factor; also where the profile is partly silent."""
    rng = np.random.default_rng(seed)
    problem = random_problem(seed, LINEAR)
    old, now = _with_scales(problem.tree, rng), _with_scales(problem.tree, rng)
    profile = _profile(old, spoken, rng)
    new_spans = _spans(now)
    shrink = {name: span / new_spans[name] for name, span in _spans(old).items()}
    meant: dict[str, float] = {}
    _meant(now, profile, shrink, meant)
    as_given = replace(profile, ranges=(), rescale=False)
    before = _scores(problem, _with_weights(old, meant), as_given)
    after = _scores(problem, now, profile)
    gaps = [scores[:, None] - scores[None, :] for scores in (before, after)]
    place = np.unravel_index(np.abs(gaps[0]).argmax(), gaps[0].shape)
    assert gaps[1] / gaps[1][place] == pytest.approx(gaps[0] / gaps[0][place], abs=1e-9)
    assert gaps[1][place] / gaps[0][place] > 0


@many
@given(SEEDS, SPOKEN)
def test_without_a_change_rescaling_changes_nothing(seed: int, spoken: set[str]) -> None:
    """Weights for the ranges of now stay as they are, to the last bits."""
    rng = np.random.default_rng(seed)
    tree = random_problem(seed, LINEAR).tree
    profile = _profile(tree, spoken, rng)
    assert changed_ranges(tree, profile) == ()
    as_given = local_weights(tree, replace(profile, rescale=False))
    assert local_weights(tree, profile) == pytest.approx(as_given, rel=1e-14)


@many
@given(SEEDS)
def test_two_steps_of_rescaling_are_one(seed: int) -> None:
    """From the first scales to the second and on to the third is as from the first to the third."""
    rng = np.random.default_rng(seed)
    first, second, third = (_with_scales(random_problem(seed, LINEAR).tree, rng) for _ in range(3))
    profile = _profile(first, set(GROUPS), rng)
    halfway = local_weights(second, profile)
    weights = tuple(
        (each.id, tuple((child.id, 100 * halfway[child.id]) for child in each.children))
        for each in groups_under(second)
    )
    onward = replace(profile, weights=weights, ranges=_ranges(second))
    assert local_weights(third, onward) == pytest.approx(local_weights(third, profile), rel=1e-9)


@many
@given(SEEDS, SPOKEN)
def test_there_and_back_gives_the_weights_as_given(seed: int, spoken: set[str]) -> None:
    """Rescaled weights add up to 1 in every group, and groups that stand alone stay the tree's."""
    rng = np.random.default_rng(seed)
    tree = random_problem(seed, LINEAR).tree
    old, now = _with_scales(tree, rng), _with_scales(tree, rng)
    profile = _profile(old, spoken, rng)
    found, silent = local_weights(now, profile), local_weights(now, None)
    for each in groups_under(now):
        names = [child.id for child in each.children]
        assert sum(found[name] for name in names) == pytest.approx(1)
        if each.id not in spoken:
            assert [found[name] for name in names] == [silent[name] for name in names]
    again = replace(profile, ranges=_ranges(now), rescale=True)
    there = tuple(
        (group, tuple((name, found[name]) for name, _ in given_so))
        for group, given_so in profile.weights
    )
    if spoken == set(GROUPS):
        back = local_weights(old, replace(again, weights=there))
        assert back == pytest.approx(local_weights(old, profile), rel=1e-9)


def test_judgements_speak_about_their_group() -> None:
    """Weights that follow from judgements are for the old ranges, as numbers are."""
    inner = Group("g", text("g"), 30, (leaf("a", 3, worst=0, best=4), leaf("b", 1)))
    tree = Group("doel", text("doel"), 1, (inner, leaf("c", 70)))
    old = (SwingRange("a", 0.0, 2.0),)
    said = (Judgement("ratio", "a", "b", 3.0),)
    profile = Profile("p", text("p"), "own", "ahp", "expert", (), old, said, rescale=True)
    # within g: 0.75 x 2 against 0.25; g itself is not spoken about, so it keeps 0.3
    expected = {"g": 0.3, "c": 0.7, "a": 6 / 7, "b": 1 / 7}
    assert local_weights(tree, profile) == pytest.approx(expected)


def test_a_group_that_is_spoken_about_only_above_counts_for_its_swing() -> None:
    """Where the inner weights are the tree's, the group counts for the old swing of it."""
    inner = Group("g", text("g"), 30, (leaf("a", 3, worst=0, best=4), leaf("b", 1)))
    tree = Group("doel", text("doel"), 1, (inner, leaf("c", 70)))
    numbers = (("doel", (("g", 60.0), ("c", 40.0))),)
    old = (SwingRange("a", 0.0, 2.0),)
    profile = Profile("p", text("p"), "own", "points", "expert", numbers, old, rescale=True)
    # the old swing of g is 0.75 / 2 + 0.25 = 0.625 of that of now
    expected = {"g": 0.6 / 0.625 / (0.6 / 0.625 + 0.4), "c": 0.4 / (0.6 / 0.625 + 0.4)}
    assert local_weights(tree, profile) == pytest.approx(expected | {"a": 0.75, "b": 0.25})


# --- one scale ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "old", "expected"),
    [
        ((900, 500), (800, 600), 2.0),
        ((10, 40), (10, 70), 0.5),
        ((0, 3), (-6, -2), 0.75),
        ((-5, -10), (5, -15), 0.25),
    ],
)
def test_the_stretch_of_a_straight_scale(
    now: tuple[float, float], old: tuple[float, float], expected: float
) -> None:
    """On a straight scale a swing is worth its length, also where old and new are apart."""
    criterion = leaf("a", worst=now[0], best=now[1], function=Linear())
    assert stretch_of(criterion, SwingRange("a", *old)) == pytest.approx(expected)


@many
@given(
    st.floats(0.15, 0.85),
    st.floats(0, 0.4),
    st.floats(0.6, 1),
    st.booleans(),
)
def test_an_exponential_scale_keeps_its_curve(
    middle: float,
    low: float,
    high: float,
    turned: bool,  # noqa: FBT001
) -> None:
    """With the same curve on the old range all differences keep their proportions."""
    ends = (90.0, 10.0) if turned else (10.0, 90.0)
    now = leaf("a", 1, worst=ends[0], best=ends[1], function=Exponential(_at(ends, middle)))
    worst, best = _at(ends, low), _at(ends, high)
    halfway = (_value(now, worst) + _value(now, best)) / 2
    midvalue = brentq(lambda x: _value(now, x) - halfway, *sorted((worst, best)), xtol=1e-13)
    old = replace(now, worst=worst, best=best, value_function=Exponential(midvalue))
    other = leaf("b", 1, worst=0, best=8)
    levels = [[_at((worst, best), share), 8 * share**2] for share in (0.1, 0.35, 0.8)]
    numbers = (("doel", (("a", 55.0), ("b", 45.0))),)
    profile = Profile("p", text("p"), "own", "points", "expert", numbers)
    asked = replace(profile, ranges=(SwingRange("a", worst, best),), rescale=True)
    problem = plain_problem([levels], (now, other))
    before = _scores(problem, replace(problem.tree, children=(old, other)), profile)
    after = _scores(problem, problem.tree, asked)
    gaps = [scores[1:] - scores[0] for scores in (before, after)]
    assert gaps[1] / gaps[1][1] == pytest.approx(gaps[0] / gaps[0][1], abs=1e-6)


def _at(ends: tuple[float, float], share: float) -> float:
    return ends[0] + share * (ends[1] - ends[0])


def _value(criterion: Criterion, level: float) -> float:
    return float(value_of(criterion, np.array([level]))[0])


def test_only_changed_ranges_are_named() -> None:
    """A range that is what the scale is now has not changed; one with another end has."""
    tree = Group("doel", text("doel"), 1, (leaf("a", worst=8, best=2), leaf("b"), leaf("c")))
    ranges = (SwingRange("c", 0, 0.5), SwingRange("a", 8, 2), SwingRange("b", -1, 1))
    profile = Profile("p", text("p"), "own", "points", "expert", (), ranges)
    assert changed_ranges(tree, profile) == (ranges[0], ranges[2])


@many
@given(SEEDS, SPOKEN)
def test_a_part_of_the_tree_has_its_own_weights(seed: int, spoken: set[str]) -> None:
    """Below a lens the weights are the same whether the whole tree is looked at or the lens."""
    rng = np.random.default_rng(seed)
    problem = random_problem(seed, LINEAR)
    profile = _profile(_with_scales(problem.tree, rng), spoken, rng)
    whole = local_weights(problem.tree, profile)
    for lens in groups_under(problem.tree):
        part = local_weights(lens, profile)
        assert part == pytest.approx({name: whole[name] for name in part}, rel=1e-12)


def test_what_was_given_is_left_as_it_was() -> None:
    """Rescaling returns new weights and changes none of those it was given."""
    tree = Group("doel", text("doel"), 1, (leaf("a", 40, worst=0, best=3), leaf("b", 60)))
    numbers = (("doel", (("a", 40.0), ("b", 60.0))),)
    old = (SwingRange("a", 0, 1),)
    profile = Profile("p", text("p"), "own", "points", "expert", numbers, old, rescale=True)
    local = {"a": 0.4, "b": 0.6}
    assert rescaled(tree, profile, local) == pytest.approx({"a": 2 / 3, "b": 1 / 3})
    assert local == {"a": 0.4, "b": 0.6}

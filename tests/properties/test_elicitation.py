"""Laws of weights from answers that hold for every group, method and person."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog  # type: ignore[import-untyped]
from tests.analysis.random_problems import leaf, text
from tests.analysis.test_answered_profile import EXACT, true_answers
from tests.analysis.test_questionnaire import PERSON, converse, flat
from tests.analysis.test_undecided import random_statements

from afweging.analysis.answered_profile import profile_of
from afweging.analysis.answers import answers_about
from afweging.analysis.elicitation import elicit_group
from afweging.analysis.questionnaire import METHODS, script_of
from afweging.model.criterion import Group
from afweging.model.preference import Judgement, Profile

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from afweging.analysis.elicitation import Elicited

    FloatArray = NDArray[np.float64]

SEEDS = st.integers(0, 10_000)
WAYS = st.sampled_from([*METHODS, "statements"])
some = settings(max_examples=80, deadline=None)


def _profile(way: str, seed: int, tree: Group) -> Profile:
    """Return what a random person says about the tree, by questions or by statements."""
    rng = np.random.default_rng(seed)
    if way == "statements":
        return random_statements(rng, tree)
    script = script_of(tree, way)  # type: ignore[arg-type]
    answers, _ = converse(script, rng)
    return profile_of(script, answers, PERSON)


def _found(profile: Profile, tree: Group) -> Elicited:
    return elicit_group(answers_about(profile, tree))


def _permuted(tree: Group, order: list[int]) -> Group:
    return replace(tree, children=tuple(tree.children[place] for place in order))


@some
@given(WAYS, SEEDS, st.integers(2, 6))
@example("swing", 639, 3)  # two swings have 100, and the check goes against the points
def test_the_order_of_the_parts_permutes_the_weights(way: str, seed: int, count: int) -> None:
    """Weights, factor and the set that fits belong to the parts, wherever they stand."""
    tree, rng = flat(count), np.random.default_rng(seed)
    profile, order = _profile(way, seed, tree), rng.permutation(count).tolist()
    one, other = _found(profile, tree), _found(profile, _permuted(tree, order))
    assert other.weights == pytest.approx(one.weights[order], abs=1e-9)
    assert other.factor == pytest.approx(one.factor, rel=1e-9)
    assert len(other.points) == len(one.points)
    moved = one.points[:, order]
    distances = np.abs(moved[:, None, :] - other.points[None, :, :]).max(axis=2)
    assert distances.min(axis=1).max() < 1e-7
    if one.consistency is not None:
        assert other.consistency is not None
        assert other.consistency.value == pytest.approx(one.consistency.value, abs=1e-9)


def _renamed_judgement(each: Judgement, names: Mapping[str, str]) -> Judgement:
    second = None if each.second is None else names[each.second]
    return replace(each, first=names[each.first], second=second)


@some
@given(WAYS, SEEDS, st.integers(2, 6))
def test_other_ids_change_nothing(way: str, seed: int, count: int) -> None:
    """Weights, factor, set and consistency are the same to the last bit under other ids."""
    tree = flat(count)
    profile = _profile(way, seed, tree)
    names = dict(zip("abcdef", ("Z9", "k.1", "M-2", "a_b", "0", "qq"), strict=True))
    turned = replace(
        tree, id="top", children=tuple(replace(c, id=names[c.id]) for c in tree.children)
    )
    weights = tuple(("top", tuple((names[n], w) for n, w in own)) for _, own in profile.weights)
    judged = tuple(_renamed_judgement(each, names) for each in profile.judgements)
    other = _found(replace(profile, weights=weights, judgements=judged), turned)
    one = _found(profile, tree)
    assert other.weights.tolist() == one.weights.tolist()
    assert other.points.tolist() == one.points.tolist()
    assert other.factor == one.factor
    first, second = one.consistency, other.consistency
    assert (first is None) == (second is None)
    if first is not None and second is not None:
        assert (first.value, first.limit, first.passes) == (
            second.value,
            second.limit,
            second.passes,
        )
        assert (first.worst, first.repairs) == (second.worst, second.repairs)


def _mixes(points: FloatArray, weights: FloatArray) -> float:
    """Return how far weights are, at their farthest, from a mix of the points."""
    count, size = points.shape
    left = np.vstack([np.hstack([points.T, -np.ones((size, 1))])])
    right = np.vstack([np.hstack([-points.T, -np.ones((size, 1))])])
    solved = linprog(
        np.append(np.zeros(count), 1.0),
        A_ub=np.vstack([left, right]),
        b_ub=np.concatenate([weights, -weights]),
        A_eq=np.append(np.ones(count), 0.0)[None, :],
        b_eq=[1.0],
    )
    assert solved.status == 0
    return float(solved.fun)


@some
@given(WAYS, SEEDS, st.integers(2, 5))
def test_the_weights_used_are_among_those_that_fit(way: str, seed: int, count: int) -> None:
    """They hold to every row, add up to 1, and are a mix of the extreme points."""
    tree = flat(count)
    found = _found(_profile(way, seed, tree), tree)
    assert found.weights.sum() == pytest.approx(1.0)
    assert found.weights.min() >= 0
    assert (found.rows @ found.weights >= -1e-7).all()
    assert _mixes(found.points, found.weights) < 1e-6


@some
@given(WAYS, SEEDS, st.integers(2, 6))
def test_all_that_fit_keep_to_the_answers(way: str, seed: int, count: int) -> None:
    """At each extreme point no exact ratio is off by more than the weights used are, at most."""
    tree = flat(count)
    found = _found(_profile(way, seed, tree), tree)
    assert found.factor >= 1
    for point in found.points:
        assert point.sum() == pytest.approx(1.0)
        assert (found.rows @ point >= -1e-6 * np.abs(found.rows).max(axis=1)).all()


@some
@given(st.sampled_from(EXACT), st.lists(st.floats(1, 8), min_size=2, max_size=6))
def test_consistent_answers_leave_one_set_of_weights(method: str, sizes: list[float]) -> None:
    """The factor is 1 for answers that come from weights, and nothing else fits them."""
    tree = flat(len(sizes))
    script = script_of(tree, method)  # type: ignore[arg-type]
    answers = true_answers(script, dict(zip("abcdef", sizes, strict=False)))
    found = _found(profile_of(script, answers, PERSON), tree)
    assert found.factor == pytest.approx(1.0, abs=1e-6)
    spread = found.points.max(axis=0) - found.points.min(axis=0)
    assert spread.max() < 1e-6


@some
@given(SEEDS, st.integers(2, 6), st.floats(1.01, 3))
def test_a_wider_interval_never_shrinks_what_fits(seed: int, count: int, wider: float) -> None:
    """All weights that fit the answers fit them when one interval becomes wider."""
    tree, rng = flat(count), np.random.default_rng(seed)
    names = [child.id for child in tree.children]
    sizes = dict(zip(names, rng.uniform(1, 6, count).tolist(), strict=True))
    judged = []
    for _ in range(3):
        first, second = rng.permutation(names)[:2].tolist()
        times = sizes[first] / sizes[second]
        low, high = times * float(rng.uniform(0.5, 1)), times * float(rng.uniform(1, 2))
        judged.append(Judgement("ratio", first, second, low=low, high=high))
    judged.append(Judgement("share", names[0], low=5.0, high=95.0))
    place = int(rng.integers(3))
    widened = list(judged)
    each = judged[place]
    widened[place] = replace(each, low=(each.low or 0) / wider, high=(each.high or 0) * wider)
    narrow, wide = (
        _found(
            Profile("p", text("p"), "own", "statements", "expert", (), judgements=tuple(j)), tree
        )
        for j in (judged, widened)
    )
    assert (narrow.points @ wide.rows.T >= -1e-7).all()
    assert narrow.points.max(axis=0) == pytest.approx(
        np.minimum(narrow.points.max(axis=0), wide.points.max(axis=0)), abs=1e-7
    )
    assert (narrow.points.min(axis=0) >= wide.points.min(axis=0) - 1e-7).all()


@some
@given(SEEDS, st.integers(2, 5))
def test_one_more_statement_never_widens_what_fits(seed: int, count: int) -> None:
    """What fits the answers and one more fits the answers."""
    tree = flat(count)
    rng = np.random.default_rng(seed)
    profile = _profile("statements", seed, tree)
    fewer = replace(profile, judgements=profile.judgements[1:])
    if not fewer.judgements:
        fewer = replace(fewer, judgements=(Judgement("share", "a", low=0.0),))
        profile = replace(profile, judgements=(*profile.judgements, *fewer.judgements))
    more, less = _found(profile, tree), _found(fewer, tree)
    assert (more.points @ less.rows.T >= -1e-7).all()
    direction = rng.normal(size=count)
    assert (more.points @ direction).max() <= (less.points @ direction).max() + 1e-7


def test_a_group_among_the_parts_is_weighed_as_one() -> None:
    """Answers about a group with groups in it give weights to its parts alone."""
    inner = Group("g", text("g"), 60.0, (leaf("x"), leaf("y")))
    tree = Group("doel", text("doel"), 1.0, (leaf("a"), inner, leaf("c")))
    profile = _profile("swing", 4, tree)
    found = _found(profile, tree)
    assert found.answers.children == ("a", "g", "c")
    numbers = dict(dict(profile.weights)["doel"])
    total = sum(numbers.values())
    assert found.weights == pytest.approx([numbers[name] / total for name in ("a", "g", "c")])

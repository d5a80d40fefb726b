from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from tests.analysis.lens_problems import lens_problem, ordered, random_lens_problem, said
from tests.analysis.random_problems import text

import afweging as afw
from afweging.analysis.compare import compare
from afweging.analysis.weight_map import WeightMap, find_weight_map
from afweging.analysis.weight_space import WeightSpace, find_weight_space
from afweging.errors import RequestError
from afweging.model.preference import Judgement, Profile
from afweging.model.result import Request

FloatArray = NDArray[np.float64]

SEEDS = st.integers(0, 10**6)
LADDERS = [
    tuple((start + step * k) / 100 for k in range(4))
    for start, step in product((5, 10, 15, 20), (10, 15, 20, 25))
    if start + 3 * step <= 90
]


def _map(seed: int, lenses: int, *, profiles: int = 3) -> tuple[WeightSpace, WeightMap]:
    problem = random_lens_problem(seed, lenses=lenses, options=5, profiles=profiles)
    space = find_weight_space(compare(problem))
    return space, find_weight_map(space)


def _corners(space: WeightSpace, found: WeightMap, at: float | None) -> FloatArray:
    """Return the weights of all lenses in each corner of a slice, (m, L)."""
    rows = []
    for corner in found.corners:
        row = [0.0] * len(space.lenses)
        row[space.lenses.index(corner)] = 1 - (at or 0.0)
        if found.fixed is not None and at is not None:
            row[space.lenses.index(found.fixed)] = at
        rows.append(row)
    return np.array(rows)


@settings(max_examples=20, deadline=None)
@given(seed=SEEDS, lenses=st.integers(2, 4))
def test_each_region_has_its_share_of_the_slice(seed: int, lenses: int) -> None:
    """The part of a slice in which an option is first is that among draws with the same weight."""
    space, found = _map(seed, lenses)
    draws = np.random.default_rng(seed).dirichlet(np.ones(len(found.corners)), size=20_000)
    assert len(found.slices) == (4 if lenses == 4 else 1)
    for drawn in found.slices:
        weights = draws @ _corners(space, found, drawn.at)
        first = (weights @ space.values.T).argmax(axis=1)
        shares = {region.options[0]: region.share for region in drawn.regions}
        assert sum(shares.values()) == pytest.approx(1, abs=1e-9)
        for k, option in enumerate(space.options):
            share = (first == k).mean()
            assert shares.get(option, 0.0) == pytest.approx(share, abs=5.5 * 0.5 / np.sqrt(20_000))


@settings(max_examples=20, deadline=None)
@given(seed=SEEDS, lenses=st.integers(2, 4), profiles=st.integers(0, 6))
def test_dots_are_where_they_are_said_to_be(seed: int, lenses: int, profiles: int) -> None:
    """At the nearest slice, with the exact proportions, and with who is first there."""
    space, found = _map(seed, lenses, profiles=profiles)
    standings = (space.now, *space.panel)
    assert [dot.standing for dot in found.dots] == list(standings)
    for dot, standing in zip(found.dots, standings, strict=True):
        at = found.slices[dot.slice].at
        there = dot.place @ _corners(space, found, at)
        assert there.sum() == pytest.approx(1)
        scores = space.values @ there
        assert dot.drawn == (space.options[int(scores.argmax())],)
        if at is None:
            assert there == pytest.approx(standing.weights)
            continue
        fixed = space.lenses.index(found.fixed or "")
        far = [abs((drawn.at or 0.0) - standing.weights[fixed]) for drawn in found.slices]
        assert far[dot.slice] == pytest.approx(min(far))
        others = np.delete(standing.weights, fixed) / (1 - standing.weights[fixed])
        assert dot.place == pytest.approx(others)


@settings(max_examples=20, deadline=None)
@given(seed=SEEDS, profiles=st.integers(0, 6))
def test_no_other_slices_are_nearer_on_average(seed: int, profiles: int) -> None:
    """Of all lenses and all evenly spaced weights these have the dots nearest to a slice."""
    space, found = _map(seed, 4, profiles=profiles)
    weights = np.array([each.weights for each in (space.now, *space.panel)])

    def far(lens: int, levels: tuple[float, ...]) -> float:
        apart = [min(abs(level - w) for level in levels) for w in weights[:, lens]]
        return float(np.mean(apart))

    fixed = space.lenses.index(found.fixed or "")
    mine = far(fixed, tuple(drawn.at or 0.0 for drawn in found.slices))
    least = min(far(lens, levels) for lens in range(4) for levels in LADDERS)
    assert mine == pytest.approx(least, abs=1e-8)


def test_brabant_is_sliced_near_its_profiles() -> None:
    """No profile weighs the fixed lens more than 10 points from its slice."""
    space = find_weight_space(compare(afw.read_problem("scenarios/brabant")))
    found = find_weight_map(space)
    assert found.fixed is not None
    fixed = space.lenses.index(found.fixed)
    for dot in found.dots:
        at = found.slices[dot.slice].at or 0.0
        assert abs(at - dot.standing.weights[fixed]) <= 0.1


def test_the_order_of_the_lenses_does_not_matter() -> None:
    """Another order of the lenses fixes the same lens at the same weights."""
    problem = random_lens_problem(4, lenses=4)
    order = [2, 0, 3, 1]
    tree = replace(problem.tree, children=tuple(problem.tree.children[k] for k in order))
    names = [criterion.id for criterion in problem.criteria]
    turned = replace(problem, tree=tree)
    places = [names.index(criterion.id) for criterion in turned.criteria]
    mode = problem.effects.mode[:, :, places]
    effects = replace(
        problem.effects,
        low=mode,
        mode=mode,
        high=mode,
        present=problem.effects.present[:, :, places],
        evidence=problem.effects.evidence[:, :, places],
        source=problem.effects.source[:, :, places],
    )
    first = find_weight_map(find_weight_space(compare(problem)))
    second = find_weight_map(find_weight_space(compare(replace(turned, effects=effects))))
    assert first.fixed == second.fixed
    for one, other in zip(first.slices, second.slices, strict=True):
        assert one.at == other.at
        shares = [{r.options: round(r.share, 12) for r in each.regions} for each in (one, other)]
        assert shares[0] == shares[1]


def test_the_set_that_fits_is_outlined() -> None:
    """Of three lenses in order, the corners are those of that order; all of it lies inside."""
    problem = random_lens_problem(3, lenses=3)
    problem = replace(problem, profiles=(ordered("ABC"),))
    found = find_weight_map(find_weight_space(compare(problem, Request(profile="volgorde"))))
    around = found.slices[0].fitting
    assert around is not None
    expected = {(1.0, 0.0, 0.0), (0.5, 0.5, 0.0), (0.333333, 0.333333, 0.333333)}
    assert {tuple(row) for row in around.round(5).tolist()} == {
        tuple(round(each, 5) for each in row) for row in expected
    }


def test_a_slice_without_weights_that_fit_has_no_outline() -> None:
    """Where the fixed lens has other weights than its slice, nothing is outlined there."""
    profile = said(Judgement("share", "D", low=30.0, high=40.0))
    problem = replace(random_lens_problem(5, lenses=4), profiles=(profile,))
    space = find_weight_space(compare(problem, Request(profile=profile.id)))
    found = find_weight_map(space)
    for drawn in found.slices:
        inside = found.fixed != "D" or 0.3 <= (drawn.at or 0.0) <= 0.4
        assert (drawn.fitting is not None) == inside


def test_all_weight_on_the_fixed_lens() -> None:
    """The proportions of nothing are level; the dot is said to be elsewhere than it is drawn."""
    values = [[1.0, 0.0, 0.0, 0.2], [0.0, 1.0, 0.5, 0.0], [0.0, 0.0, 0.9, 0.1]]
    numbers = (("A", 85.0), ("B", 5.0), ("C", 5.0), ("D", 5.0))
    all_on = (("A", 100.0), ("B", 0.0), ("C", 0.0), ("D", 0.0))
    profiles = [
        Profile(name, text(name), "own", "assumed", "expert", (("doel", given),))
        for name, given in (("p", numbers), ("q", all_on))
    ]
    problem = lens_problem(values, weights=[80, 10, 5, 5], profiles=profiles)
    found = find_weight_map(find_weight_space(compare(problem)))
    for dot in found.dots:
        assert dot.place.sum() == pytest.approx(1)
        assert np.isfinite(dot.place).all()
    if found.fixed == "A":
        assert found.dots[2].place == pytest.approx([1 / 3, 1 / 3, 1 / 3])


def test_identical_options_share_a_region() -> None:
    """Copies have one region with both names; one option has the whole slice."""
    space = find_weight_space(compare(lens_problem([[1, 0, 0], [0, 1, 1], [1, 0, 0]])))
    regions = find_weight_map(space).slices[0].regions
    assert [region.options for region in regions] == [("O1", "O3"), ("O2",)]
    alone = find_weight_map(find_weight_space(compare(lens_problem([[0.4, 0.1, 0.3]]))))
    assert [region.share for region in alone.slices[0].regions] == [pytest.approx(1)]


@pytest.mark.parametrize("lenses", [1, 5, 6])
def test_other_numbers_of_lenses_have_no_map(lenses: int) -> None:
    """One lens is no space, and five have no picture."""
    problem = lens_problem([[0.2], [0.7]]) if lenses == 1 else random_lens_problem(1, lenses=lenses)
    with pytest.raises(RequestError) as refused:
        find_weight_map(find_weight_space(compare(problem)))
    (fault,) = refused.value.faults
    assert (fault.code, fault.value) == ("map-lenses", lenses)

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.futures import UNEQUAL, WIDE, brabant, timeline, varied, without_requirements
from tests.analysis.random_problems import Shape, random_problem, text

from afweging.analysis.adaptation import Stretch, find_adaptation
from afweging.analysis.compare import compare
from afweging.errors import RequestError
from afweging.model.problem import CaseWeight, CaseWeightSet
from afweging.model.result import Request

if TYPE_CHECKING:
    from afweging.model.problem import DecisionProblem

SEEDS = st.integers(0, 10**6)


def _only(problem: DecisionProblem, request: Request | None = None) -> Stretch:
    found = find_adaptation(compare(problem, request))
    return found.overall[0]


@pytest.mark.parametrize("seed", range(8))
def test_every_stretch_equals_a_loop(seed: int) -> None:
    """Per option and scenario, for all requirements together and for each."""
    comparison, futures = varied(seed)
    asked = futures.problem.requirements
    found = find_adaptation(comparison)
    assert found.empty is None
    assert found.options == tuple(futures.oracle.options)
    assert set(found.screened_out) == set(futures.oracle.options) - set(futures.options)
    order = product([None, *asked], found.options, found.scenarios)
    every = [*found.overall, *found.by_requirement]
    for each, (one, option, scenario) in zip(every, order, strict=True):
        needs = list(asked) if one is None else [one]
        meets = futures.enough(scenario, option, needs)
        assert (each.option, each.scenario) == (option, scenario)
        assert each.requirement == (None if one is None else one.id)
        assert list(each.meets) == meets
        first = meets.index(False) if False in meets else len(meets)
        assert each.last == (futures.horizons[first - 1] if first else None)
        assert each.kind == _kind(meets)
        if first == len(meets):
            assert (each.first_failure, each.missed, each.regions, each.then) == (None, (), (), ())
            continue
        horizon = futures.horizons[first]
        assert each.first_failure == horizon
        missed = [q for q in needs if not futures.enough(scenario, option, [q])[first]]
        assert list(each.missed) == [q.id for q in missed]
        assert list(each.regions) == [
            region
            for region in futures.regions
            if any(futures.misses(q, (scenario, region, horizon), option) for q in missed)
        ]
        after = [
            other
            for other in futures.options
            if all(futures.enough(scenario, other, list(asked))[first:])
        ]
        assert list(each.then) == (after if one is None else [])


def _kind(meets: list[bool]) -> str:
    """Return the kind of a stretch by looking at its pattern as text."""
    pattern = "".join("y" if each else "n" for each in meets)
    if "n" not in pattern:
        return "always"
    if "y" not in pattern:
        return "never"
    if pattern.startswith("n"):
        return "later"
    return "returns" if "ny" in pattern else "until"


@pytest.mark.parametrize("seed", range(4))
def test_the_share_of_the_regions_equals_a_loop(seed: int) -> None:
    """Where an option misses a requirement, by the weight of the regions."""
    comparison, futures = varied(seed)
    found = find_adaptation(comparison)
    places = product(futures.problem.requirements, found.scenarios, found.horizons, found.options)
    for share, place in zip(found.failing.ravel().tolist(), places, strict=True):
        assert share == pytest.approx(futures.failing(*place))
    assert not found.failing.flags.writeable


@pytest.mark.parametrize(
    ("effects", "kind", "last", "first"),
    [
        ([0.5, 0.5, 0.6], "always", "H3", None),
        ([0.9, 0.4, 0.4], "until", "H1", "H2"),
        ([0.9, 0.9, 0.4], "until", "H2", "H3"),
        ([0.9, 0.4, 0.9], "returns", "H1", "H2"),
        ([0.4, 0.9, 0.9], "later", None, "H1"),
        ([0.4, 0.9, 0.4], "later", None, "H1"),
        ([0.4, 0.4, 0.4], "never", None, "H1"),
    ],
)
def test_the_answer_is_a_pair_of_horizons(
    effects: list[float], kind: str, last: str | None, first: str | None
) -> None:
    """The last horizon at which it is enough, and the first at which it is not."""
    found = _only(timeline(effects, [0.9, 0.9, 0.9]))
    assert (found.kind, found.last, found.first_failure) == (kind, last, first)
    assert found.then == (() if first is None else ("O2",))


@pytest.mark.parametrize(
    ("tolerated", "kind"), [(0.0, "never"), (0.3, "never"), (0.5, "until"), (0.7, "always")]
)
def test_a_share_of_the_regions_may_fail(tolerated: float, kind: str) -> None:
    """One of three regions fails at the first horizon, two at the second."""
    problem = timeline([0.9, 0.9, 0.4, 0.9, 0.4, 0.4], regions=3, tolerated=tolerated)
    assert _only(problem).kind == kind


def test_the_tolerated_share_is_by_the_weight_of_the_regions() -> None:
    """Exactly the tolerated share is still tolerated, and it is that of the regions in use."""
    problem = timeline([0.9, 0.4, 0.4, 0.4], regions=2, tolerated=0.5)
    assert (_only(problem).kind, _only(problem).last) == ("until", "H1")
    assert _only(problem).regions == ("R1", "R2")
    alone = Request(regions=("R1",))
    assert _only(problem, alone).regions == ("R1",)
    assert _only(problem, Request(regions=("R2",))).kind == "never"


def test_regions_without_weight_do_not_matter() -> None:
    """A region that weighs nothing ends nothing, and is not named where others fail."""
    problem = timeline([0.9, 0.4, 0.4, 0.4], regions=2)
    weights = (CaseWeight("R1", 1.0), CaseWeight("R2", 0.0))
    problem = replace(problem, region_weights=(CaseWeightSet("een", text("een"), weights),))
    found = _only(problem, Request(region_weights="een"))
    assert (found.kind, found.last, found.regions) == ("until", "H1", ("R1",))


def test_horizons_stand_in_the_order_of_the_problem() -> None:
    """Also when they are asked in another order, or some are left out."""
    problem = timeline([0.9, 0.4, 0.4])
    found = find_adaptation(compare(problem, Request(horizons=("H3", "H1"))))
    assert found.horizons == ("H1", "H3")
    (one,) = found.overall
    assert (one.last, one.first_failure) == ("H1", "H3")


def test_options_that_do_not_take_part_are_no_way_on() -> None:
    """An option that is screened out has a stretch of its own, but does not follow another."""
    comparison = brabant()
    found = find_adaptation(comparison)
    assert found.screened_out == ("O1", "O5")
    assert {each.option for each in found.overall} == set(found.options)
    assert not any(set(each.then) & {"O1", "O5"} for each in found.overall)


def test_brabant() -> None:
    """Under SC1 O7 is enough in 2030 and no longer in 2040, O4 and O8 until 2040."""
    found = {(each.option, each.scenario): each for each in find_adaptation(brabant()).overall}
    assert found["O7", "SC1"].kind == "until"
    assert (found["O7", "SC1"].last, found["O7", "SC1"].first_failure) == ("2030", "2040")
    assert found["O7", "SC1"].missed == ("veilig_bed",)
    for option in ("O4", "O8"):
        assert (found[option, "SC1"].last, found[option, "SC1"].first_failure) == ("2040", "2050")
    assert {each.kind for key, each in found.items() if key[1] != "SC1"} == {"always"}


@settings(max_examples=20, deadline=None)
@given(seed=SEEDS)
def test_more_tolerance_never_ends_sooner(seed: int) -> None:
    """With a larger tolerated share an option is enough wherever it was."""
    problem = random_problem(seed, WIDE)
    wider = replace(
        problem,
        requirements=tuple(replace(q, tolerated_share=0.6) for q in problem.requirements),
    )
    one, other = (find_adaptation(compare(each, UNEQUAL)) for each in (problem, wider))
    for each, more in zip(one.overall, other.overall, strict=True):
        assert all(now or not before for before, now in zip(each.meets, more.meets, strict=True))


@settings(max_examples=20, deadline=None)
@given(seed=SEEDS)
def test_all_together_is_the_least_of_each(seed: int) -> None:
    """All requirements are met where each is."""
    found = find_adaptation(compare(random_problem(seed, WIDE), UNEQUAL))
    for each in found.overall:
        parts = [
            part.meets
            for part in found.by_requirement
            if (part.option, part.scenario) == (each.option, each.scenario)
        ]
        assert list(each.meets) == [all(row) for row in zip(*parts, strict=True)]


def test_one_horizon_or_no_requirement_has_no_until() -> None:
    """There is nothing to find, and the record says why."""
    one = find_adaptation(compare(random_problem(1, Shape(horizons=1))))
    assert (one.empty, one.overall, one.by_requirement) == ("one-horizon", (), ())
    assert one.failing.size == 0
    bare = find_adaptation(compare(without_requirements(random_problem(1, Shape()))))
    assert (bare.empty, bare.overall, bare.requirements) == ("no-requirements", (), ())
    both = without_requirements(random_problem(1, Shape(horizons=1)))
    assert find_adaptation(compare(both)).empty == "one-horizon"


def test_missing_effects_are_refused() -> None:
    """Whether a gap meets a requirement is not known."""
    with pytest.raises(RequestError):
        find_adaptation(compare(random_problem(3, Shape(gaps=2))))

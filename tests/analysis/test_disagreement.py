from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.analysis.disputes import (
    KINDS,
    OPTIONS,
    by_hand,
    known_cause,
    person,
    random_dispute,
)
from tests.analysis.random_problems import Shape, leaf, permuted, random_problem, text

from afweging.analysis.compare import compare
from afweging.analysis.disagreement import Party, disagree
from afweging.errors import Place, RequestError
from afweging.model.criterion import Exponential, Group, Ordinal, OrdinalClass
from afweging.model.problem import DecisionProblem, Label
from afweging.model.result import Request

SMALL = Shape(options=3, profiles=2, scenarios=2, regions=1, horizons=1)
BASE = random_problem(1, SMALL)
HERE, THERE = Place("mijn"), Place("jouw")


def _lead(problem: DecisionProblem, party: Party) -> float:
    """Return the mean lead of O1 over O2 by the weights of a party and the effects of `problem`."""
    swapped = replace(problem, profiles=party.problem.profiles)
    panel = compare(swapped).scores.panel.low
    ids = [profile.id for profile in swapped.profiles]
    leads = [panel[ids.index(name), 0] - panel[ids.index(name), 1] for name in party.profiles]
    return float(np.mean(leads))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", range(5))
def test_parts_are_what_changing_one_thing_does(seed: int, kind: str) -> None:
    """Each part is the mean effect of swapping weights, or effects, in the comparison itself."""
    found = random_dispute(seed, kind)
    one, two, split = found.first, found.second, found.dispute.split
    lead = [[_lead(effects.problem, weights) for effects in (one, two)] for weights in (one, two)]
    assert split.first_lead == pytest.approx(lead[0][0], abs=1e-12)
    assert split.second_lead == pytest.approx(lead[1][1], abs=1e-12)
    values = (lead[0][0] - lead[1][0] + lead[0][1] - lead[1][1]) / 2
    facts = (lead[0][0] - lead[0][1] + lead[1][0] - lead[1][1]) / 2
    assert split.values == pytest.approx(values, abs=1e-12)
    assert split.facts == pytest.approx(facts, abs=1e-12)


@pytest.mark.parametrize("seed", range(5))
def test_the_order_in_the_other_problem_makes_no_difference(seed: int) -> None:
    """Criteria, options and cases of the second party may stand in another order."""
    found = random_dispute(seed, "groups")
    turned, _ = permuted(found.second.problem, np.random.default_rng(seed))
    moved = disagree(found.first, replace(found.second, problem=turned), OPTIONS)
    assert np.array_equal(moved.second.weights, found.dispute.second.weights)
    assert np.array_equal(moved.second.effects, found.dispute.second.effects)
    assert np.array_equal(moved.second.reach, found.dispute.second.reach)
    assert moved.split.facts == found.dispute.split.facts
    assert moved.same_cases


def test_the_raw_effects_are_kept() -> None:
    """Both parties' mean effects of A and B, and the ends over the cases, in natural units."""
    mine = [[[0.2, 0.4], [0.6, 0.1]], [[0.6, 0.4], [0.8, 0.1]]]
    yours = [[[0.1, 0.4], [0.6, 0.9]], [[0.3, 0.4], [0.8, 0.9]]]
    found = by_hand(mine, ([3, 1], [1, 3]), yours)
    assert found.first.effects.tolist() == pytest.approx(np.array([[0.4, 0.4], [0.7, 0.1]]))
    assert found.second.effects.tolist() == pytest.approx(np.array([[0.2, 0.4], [0.7, 0.9]]))
    assert found.second.reach[:, 0, 0].tolist() == [0.1, 0.3]
    assert found.first.leads.tolist() == pytest.approx([0.75 * -0.3 + 0.25 * 0.3])
    assert (found.shared, found.split.discuss_facts) == (False, (1,))


def test_one_problem_leaves_only_values() -> None:
    """Parties with the same estimates can differ in weights alone; naming one twice is once."""
    found = disagree(Party(BASE, ("P1", "P1")), Party(BASE, ("P2",)), OPTIONS)
    assert found.first.profiles == ("P1",)
    assert (found.shared, found.split.facts, found.split.discuss_facts) == (True, 0, ())


def test_cases_that_are_not_counted_say_nothing() -> None:
    """A scenario with likelihood 0 widens no reach; other weights of the cases are noticed."""
    mine = random_problem(3, Shape(scenarios=2, regions=2, horizons=1))
    one = Request(likelihoods=(("S1", 0.0), ("S2", 1.0)))
    found = disagree(Party(mine, ("P1",)), Party(mine, ("P2",)), OPTIONS, one)
    assert np.array_equal(found.first.reach.min(axis=0), mine.effects.mode[2:, :2].min(axis=0))
    sets = mine.region_weights[0]
    first, *others = sets.weights
    heavier = replace(sets, weights=(replace(first, value=9.0), *others))
    yours = replace(mine, region_weights=(heavier,))
    jobs = Request(region_weights="banen")
    assert not disagree(Party(mine, ("P1",)), Party(yours, ("P1",)), OPTIONS, jobs).same_cases
    assert disagree(Party(mine, ("P1",)), Party(yours, ("P1",)), OPTIONS).same_cases


# --- what does not go ---------------------------------------------------------------------------


def _faults(
    second: Party,
    *,
    first: Party | None = None,
    options: tuple[str, str] = OPTIONS,
    request: Request | None = None,
) -> list[tuple[str, str | None, object]]:
    mine = first or Party(BASE, ("P1",), HERE)
    with pytest.raises(RequestError) as raised:
        disagree(mine, second, options, request)
    return [(fault.code, fault.place.file, fault.value) for fault in raised.value.faults]


def test_unknown_names_are_reported_together() -> None:
    """Unknown options and profiles of both parties come in one go, each with its place."""
    assert _faults(
        Party(BASE, ("P9",), THERE), first=Party(BASE, ("P8", "P1"), HERE), options=("O7", "O1")
    ) == [
        ("unknown-name", "mijn", "O7"),
        ("unknown-name", "mijn", "P8"),
        ("unknown-name", "jouw", "P9"),
    ]
    found = _faults(Party(BASE, ("P1",), THERE), options=("O2", "O2"))
    assert found == [("same-option", None, "O2")]
    found = _faults(Party(BASE, ("P1",), THERE), options=("O7", "O7"))
    assert found == [("unknown-name", "mijn", "O7")]


def test_a_profile_that_was_not_asked_yet_is_refused() -> None:
    """Weights that were not given are not guessed."""
    asked = replace(person("P3", {}), weights=())
    silent = replace(BASE, profiles=(*BASE.profiles, asked))
    found = _faults(Party(silent, ("P3", "P2"), THERE))
    assert found == [("profile-without-weights", "jouw", "P3")]


def test_an_unknown_case_has_its_place() -> None:
    """What the request names and the first party lacks is a fault of the first problem."""
    found = _faults(Party(BASE, ("P1",), THERE), request=Request(scenarios=("S9",)))
    assert found == [("unknown-name", "mijn", "S9")]


def _with_criteria(problem: DecisionProblem, **changes: object) -> DecisionProblem:
    """Return the problem with some fields of its last criterion changed."""
    *first, last = problem.tree.children
    children = (*first, replace(last, **changes))  # type: ignore[arg-type]
    return replace(problem, tree=replace(problem.tree, children=children))


def test_every_mismatch_is_reported() -> None:
    """Another criterion, another option, another scenario: all of them in one go."""
    last = BASE.tree.children[-1].id
    other = _with_criteria(BASE, id="C9")
    options = tuple(replace(o, id="O4") if o.id == "O2" else o for o in other.alternatives)
    scenarios = (BASE.scenarios[0], Label("S7", text("S7")))
    other = replace(other, alternatives=options, scenarios=scenarios, profiles=())
    other = replace(other, profiles=(person("P1", {c.id: 1.0 for c in other.tree.children}),))
    assert _faults(Party(other, ("P1",), THERE)) == [
        ("party-lacks", "jouw", "O2"),
        ("party-lacks", "jouw", last),
        ("party-adds", "jouw", "C9"),
        ("party-lacks", "jouw", "S2"),
        ("party-adds", "jouw", "S7"),
    ]


def test_only_what_is_compared_has_to_match() -> None:
    """A third option, and a scenario that is not asked for, may differ."""
    options = tuple(replace(o, id="O4") if o.id == "O3" else o for o in BASE.alternatives)
    scenarios = (BASE.scenarios[0], Label("S7", text("S7")))
    other = replace(BASE, alternatives=options, scenarios=scenarios)
    request = Request(scenarios=("S1",))
    found = disagree(Party(BASE, ("P1",)), Party(other, ("P1",)), OPTIONS, request)
    assert not found.shared
    asked = Request(scenarios=("S2",))
    assert _faults(Party(other, ("P1",), THERE), request=asked) == [("party-lacks", "jouw", "S2")]


def _one_criterion(**changes: object) -> DecisionProblem:
    criterion = replace(leaf("C1", worst=0.0, best=10.0), **changes)  # type: ignore[arg-type]
    problem = by_hand([[[0.2], [0.6]]], ([1], [1])).first.comparison.problem
    return replace(problem, tree=Group("doel", text("doel"), 1.0, (criterion,)))


def _classes(*values: float) -> Ordinal:
    return Ordinal(tuple(OrdinalClass(f"k{v}", text(f"k{v}"), v) for v in values))


def test_scales_have_to_be_the_same() -> None:
    """Every end, direction and value function that differs is named, names are not."""
    mine = _one_criterion()
    party = Party(mine, ("P1",), HERE)

    def faults(**changes: object) -> list[tuple[str, str | None, object]]:
        return _faults(Party(_one_criterion(**changes), ("P1",), THERE), first=party)

    assert faults(best=12.0) == [("party-scale", "jouw", 12.0)]
    assert faults(direction="min", worst=10.0, best=0.0) == [
        ("party-scale", "jouw", "min"),
        ("party-scale", "jouw", 10.0),
        ("party-scale", "jouw", 0.0),
    ]
    bent = Exponential(4.0)
    assert faults(value_function=bent) == [("party-value-function", "jouw", "C1")]
    renamed = _one_criterion(name=text("anders"), unit=text("stuks"))
    assert disagree(party, Party(renamed, ("P2",)), OPTIONS).split.kind is None


def test_classes_have_to_be_the_same() -> None:
    """Classes match by id and value; another number of classes is one fault, not four."""
    mine = _one_criterion(value_function=_classes(0, 0.4, 1), worst=0.0, best=2.0)
    mine = replace(mine, effects=replace(mine.effects, mode=np.array([[[2.0], [1.0]]])))
    yours = _one_criterion(value_function=_classes(0, 0.4, 0.7, 1), worst=0.0, best=3.0)
    found = _faults(Party(yours, ("P1",), THERE), first=Party(mine, ("P1",), HERE))
    assert found == [("party-value-function", "jouw", "C1")]
    named = tuple(replace(c, name=text("x")) for c in _classes(0, 0.4, 1).classes)
    same = replace(mine, tree=_renamed(mine, named))
    assert not disagree(Party(mine, ("P1",)), Party(same, ("P2",)), OPTIONS).split.opposed


def _renamed(problem: DecisionProblem, classes: tuple[OrdinalClass, ...]) -> Group:
    """Return the value tree with the classes of its only criterion renamed."""
    (criterion,) = problem.criteria
    return replace(problem.tree, children=(replace(criterion, value_function=Ordinal(classes)),))


def test_a_gap_on_either_option_is_refused() -> None:
    """Missing effects of A or B are counted per option; those of another option do not matter."""
    mode = BASE.effects.mode.copy()
    mode[0, 2, 1] = np.nan
    third = replace(BASE, effects=replace(BASE.effects, mode=mode.copy()))
    assert disagree(Party(third, ("P1",)), Party(third, ("P2",)), OPTIONS).shared
    mode[:, 1, 3] = np.nan
    mode[0, 1, 0] = np.nan
    gaps = replace(BASE, effects=replace(BASE.effects, mode=mode))
    found = _faults(Party(gaps, ("P2",), THERE))
    assert found == [("party-needs-effects", "jouw", "O2")]
    alone = _faults(Party(gaps, ("P2",)), first=Party(gaps, ("P1",)))
    assert alone == [("party-needs-effects", None, "O2")]


# --- known causes -------------------------------------------------------------------------------


@pytest.mark.parametrize("cause", ["values", "facts"])
def test_known_causes_are_found(cause: str) -> None:
    """Groups that differ by design in values, or in facts, are classified right 95 times of 100."""
    rng = np.random.default_rng(2026)
    assert sum(known_cause(rng, cause).split.kind == cause for _ in range(100)) >= 95

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy.optimize import linprog  # type: ignore[import-untyped]
from tests.analysis.random_problems import (
    Shape,
    leaf,
    permuted,
    plain_problem,
    random_problem,
    table_effects,
    text,
)

import afweging as afw
from afweging.analysis.compare import compare
from afweging.analysis.flip_table import FlipTable, find_flip_table
from afweging.analysis.flips import answer_rows, find_flips, lens_values
from afweging.errors import RequestError
from afweging.methods.weight_relations import potential_optimality
from afweging.model.criterion import Group
from afweging.model.preference import Judgement, Profile
from afweging.model.result import Request

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from afweging.model.result import Comparison

    FloatArray = NDArray[np.float64]

ORDER = ("M", "W", "A", "E")


@cache
def _brabant() -> Comparison:
    return compare(replace(afw.read_problem("scenarios/brabant"), requirements=()))


@cache
def _judged() -> Comparison:
    """Return Brabant weighed by someone who put the lenses in an order."""
    judged = tuple(Judgement("order", *pair) for pair in pairwise(ORDER))
    profile = Profile("p", text("p"), "own", "statements", "expert", (), judgements=judged)
    problem = replace(_brabant().problem, profiles=(profile,))
    return compare(problem, Request(profile="p"))


@cache
def _random(seed: int) -> Comparison:
    return compare(random_problem(seed, Shape(options=5)))


def _comparisons() -> list[Comparison]:
    return [_brabant(), _judged(), *(_random(seed) for seed in range(3))]


@cache
def _table(place: int) -> FlipTable:
    return find_flip_table(_comparisons()[place])


def _moved(gains: FloatArray, weights: FloatArray, rows: FloatArray) -> float:
    """Return the least share of weight that moves, by a program of its own; inf where none."""
    count = len(weights)
    asked = np.vstack([gains, rows])
    found = linprog(
        np.ones(2 * count),
        A_ub=np.hstack([-asked, asked]),
        b_ub=asked @ weights,
        A_eq=np.repeat([[1.0, -1.0]], count, axis=1),
        b_eq=[0.0],
        bounds=[(0, None)] * count + [(0, float(w)) for w in weights],
        options={"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10},
    )
    return np.inf if found.status == 2 else float(found.fun) / 2


def _values(comparison: Comparison) -> tuple[FloatArray, FloatArray]:
    """Return the values of the options that take part, over the lenses and the criteria."""
    means = comparison.scores.means.low[np.array(comparison.admissible)]
    return lens_values(comparison, means), means


@pytest.mark.parametrize("place", range(5))
def test_the_first_place_is_as_far_as_an_independent_program_says(place: int) -> None:
    """Over lenses and criteria, for every option; never where it cannot be first."""
    comparison, found = _comparisons()[place], _table(place)
    weights = comparison.weights
    for values, before, part in zip(
        _values(comparison),
        (weights.lenses, weights.criteria),
        ("lenses", "criteria"),
        strict=True,
    ):
        margins, _ = potential_optimality(values)
        for i, each in enumerate(found.options):
            flip = getattr(each, part)
            gains = values[i] - np.delete(values, i, axis=0)
            expected = _moved(gains, before, np.empty((0, len(before))))
            assert (flip.moved is None) == (margins[i] < -1e-9)
            assert (np.inf if flip.moved is None else flip.moved) == pytest.approx(
                expected, abs=1e-9
            )


def test_answers_keep_their_order() -> None:
    """Within an order of the lenses: as far as a program says, no nearer, and the order holds."""
    comparison, found = _judged(), _table(1)
    lenses, means = _values(comparison)
    rows, weights = answer_rows(comparison), comparison.weights
    assert rows is not None
    ids = [lens.id for lens in comparison.problem.tree.children]
    order = np.zeros((3, 4))
    for row, (more, less) in zip(order, pairwise(ORDER), strict=True):
        row[ids.index(more)], row[ids.index(less)] = 1.0, -1.0
    for i, each in enumerate(found.options):
        over_lenses, over_criteria = (v[i] - np.delete(v, i, axis=0) for v in (lenses, means))
        assert each.lens_answers is not None
        assert each.criteria_answers is not None
        for flip, free, expected in (
            (each.lens_answers, each.lenses, _moved(over_lenses, weights.lenses, order)),
            (each.criteria_answers, each.criteria, _moved(over_criteria, weights.criteria, rows)),
        ):
            moved = np.inf if flip.moved is None else flip.moved
            assert moved == pytest.approx(expected, abs=1e-8)
            assert moved >= (np.inf if free.moved is None else free.moved) - 1e-9
        if each.lens_answers.after is not None:
            assert (order @ each.lens_answers.after >= -1e-9).all()


@pytest.mark.parametrize("place", range(5))
def test_pairs_are_what_the_flip_of_two_options_says(place: int) -> None:
    """One way the answer of find_flips, the other way 0; infinite where that is never."""
    comparison, found = _comparisons()[place], _table(place)
    names = [each.option for each in found.options]
    for pairs in (found.lens_pairs, found.criteria_pairs):
        assert pairs.shape == (len(names), len(names))
        assert not np.diag(pairs).any()
    for i, k in zip(*np.triu_indices(len(names), 1), strict=True):
        flip = find_flips(comparison, names[i], names[k])
        rows = (i, k) if flip.challenger == names[i] else (k, i)
        for pairs, part in ((found.lens_pairs, flip.lenses), (found.criteria_pairs, flip.criteria)):
            expected = np.inf if part.moved is None else part.moved
            assert pairs[rows] == pytest.approx(expected, abs=1e-9)
            assert pairs[rows[::-1]] == 0


@pytest.mark.parametrize("place", range(5))
def test_the_first_are_0_away_and_nobody_passes_without_each(place: int) -> None:
    """Who is first needs nothing; to be first takes at least what the hardest rival takes."""
    found = _table(place)
    for i, each in enumerate(found.options):
        for flip, pairs in ((each.lenses, found.lens_pairs), (each.criteria, found.criteria_pairs)):
            if each.option in found.first:
                assert flip.moved == pytest.approx(0, abs=1e-9)
            elif flip.moved is not None:
                assert flip.moved >= pairs[i].max() - 1e-9


def test_only_options_that_meet_the_requirements_take_part() -> None:
    """Brabant with its requirements has six of eight options left."""
    comparison = compare(afw.read_problem("scenarios/brabant"))
    found = find_flip_table(comparison)
    assert [each.option for each in found.options] == ["O2", "O3", "O4", "O6", "O7", "O8"]
    assert found.lens_pairs.shape == (6, 6)
    assert all(each.lens_answers is None for each in found.options)


def test_missing_effects_are_refused() -> None:
    """What is not known is not guessed."""
    with pytest.raises(RequestError):
        find_flip_table(compare(random_problem(0, Shape(gaps=2))))


def _moved_by_name(found: FlipTable) -> dict[tuple[str, str], float]:
    """Return how far each option is from the first place and from each other one, by name."""
    names = [each.option for each in found.options]
    told = {}
    for i, each in enumerate(found.options):
        for part in ("lenses", "criteria"):
            flip = getattr(each, part)
            told[each.option, part] = np.inf if flip.moved is None else flip.moved
            for name, nearest in (("largest", flip.largest), ("straight", flip.straight)):
                told[each.option, part + name] = np.inf if nearest is None else nearest.distance
        for k, other in enumerate(names):
            told[each.option, other] = found.lens_pairs[i, k]
            told[each.option, other + "C"] = found.criteria_pairs[i, k]
    return told


@pytest.mark.parametrize("seed", range(3))
def test_another_order_of_everything_changes_nothing(seed: int) -> None:
    """Options, criteria, lenses, scenarios, regions and horizons in another order."""
    problem = random_problem(seed, Shape(options=5))
    turned, _ = permuted(problem, np.random.default_rng(seed))
    one, other = (_moved_by_name(find_flip_table(compare(each))) for each in (problem, turned))
    assert one.keys() == other.keys()
    assert list(one.values()) == pytest.approx([other[key] for key in one], abs=1e-9)


@pytest.mark.parametrize("seed", range(3))
def test_a_copy_of_an_option_is_as_far_and_changes_no_other(seed: int) -> None:
    """The copy has the distances of the first option, and none of the others moves."""
    plain = replace(random_problem(seed, Shape(options=4)), requirements=())
    mode = np.concatenate([plain.effects.mode, plain.effects.mode[:, :1]], axis=1)
    copied = replace(
        plain,
        alternatives=(*plain.alternatives, replace(plain.alternatives[0], id="O9")),
        effects=table_effects(mode),
    )
    one, other = (_moved_by_name(find_flip_table(compare(each))) for each in (plain, copied))
    for key, moved in one.items():
        assert other[key] == pytest.approx(moved, abs=1e-9)
        copy = (key[0].replace("O1", "O9"), key[1].replace("O1", "O9"))
        assert other[copy] == pytest.approx(moved, abs=1e-9)


def test_degenerate_tables() -> None:
    """One option, one criterion, one lens, options that are the same, and all weight on one."""
    one = leaf("a", worst=0, best=10)
    alone = find_flip_table(compare(plain_problem([[[6.0]]], (one,))))
    assert alone.first == ("O1",)
    assert alone.options[0].lenses.moved == 0
    found = find_flip_table(compare(plain_problem([[[6.0], [4.0], [6.0]]], (one,))))
    assert found.first == ("O1", "O3")
    assert [each.criteria.moved for each in found.options] == [0, None, 0]
    assert found.criteria_pairs.tolist() == [[0, 0, 0], [np.inf, 0, np.inf], [0, 0, 0]]
    lens = Group("l", text("l"), 1.0, (leaf("a", 1.0, best=10), leaf("b", 0.0, best=10)))
    spread = find_flip_table(compare(plain_problem([[[6.0, 1.0], [4.0, 3.0]]], (lens,))))
    assert spread.options[1].lenses.moved is None
    assert spread.options[1].criteria.moved == pytest.approx(0.5)

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import permutations

import numpy as np
import pytest

import afweging as afw
from afweging.analysis.group import GroupAnalysis, analyse_group


@cache
def _group() -> GroupAnalysis:
    return analyse_group(afw.read_problem("scenarios/brabant"))


def _first_choices() -> dict[str, str]:
    """Return the winner of every profile, by plain loops over the mean values."""
    group = _group()
    options = [o.id for o in group.comparison.problem.alternatives]
    allowed = [o for o, yes in zip(options, group.comparison.admissible, strict=True) if yes]
    values = group.comparison.scores.means.low
    choices = {}
    for profile, weights in zip(group.profiles, group.panel, strict=True):
        scores = {
            o: sum(w * v for w, v in zip(weights, values[options.index(o)], strict=True))
            for o in allowed
        }
        choices[profile] = max(scores, key=lambda o: scores[o])
    return choices


def test_a_neutral_starting_point_is_nobody() -> None:
    """Of the 13 Brabant profiles the equal weights are left out of the group."""
    assert len(_group().profiles) == 12
    assert "gelijk" not in _group().profiles


def test_every_profile_keeps_its_own_choice() -> None:
    """No minority is averaged away: each profile's own first option is in the result."""
    assert {p: own[0] for p, own in zip(_group().profiles, _group().choices.own, strict=True)} == (
        _first_choices()
    )


def test_the_group_chooses_by_its_mean_weights() -> None:
    """The choice of the group is that of the mean weights, and its share counts like minds."""
    group = _group()
    scores = group.comparison.scores.means.low @ group.panel.mean(axis=0)
    scores[~np.array(group.comparison.admissible)] = -1
    options = [o.id for o in group.comparison.problem.alternatives]
    winner = options[int(scores.argmax())]
    same = [p for p, choice in _first_choices().items() if choice == winner]
    assert group.choices.arithmetic == (winner,)
    assert group.choices.same == tuple(same)
    assert group.choices.share == pytest.approx(len(same) / 12)


def test_the_lens_weights_are_those_of_the_profiles() -> None:
    """The employers give the four lenses 40, 35, 20 and 5 per cent."""
    row = _group().lens_weights[_group().profiles.index("werkgevers")]
    assert row == pytest.approx([0.40, 0.35, 0.20, 0.05])


def test_the_kemeny_order_reverses_the_fewest_pairs() -> None:
    """No other order of the six admissible options disagrees with fewer pairs."""
    voting = _group().voting
    assert voting.orders is not None

    def reversed_pairs(order: tuple[int, ...]) -> int:
        pairs = [(a, b) for i, a in enumerate(order) for b in order[i + 1 :]]
        return sum(int((voting.ranks[:, a] > voting.ranks[:, b]).sum()) for a, b in pairs)

    least = min(reversed_pairs(order) for order in permutations(range(len(voting.options))))
    assert voting.orders.distance == least


def test_the_order_of_the_profiles_makes_no_difference() -> None:
    """Profiles in reverse give the same group, to the last bit."""
    problem = _group().comparison.problem
    other = analyse_group(replace(problem, profiles=problem.profiles[::-1]))
    assert other.choices.arithmetic == _group().choices.arithmetic
    assert other.consensus == _group().consensus
    assert other.spread.total_variance == _group().spread.total_variance
    assert (other.voting.borda == _group().voting.borda).all()


def test_one_voice_is_no_group() -> None:
    """With a single profile that is somebody's there is nothing to compare."""
    problem = _group().comparison.problem
    with pytest.raises(afw.RequestError) as caught:
        analyse_group(replace(problem, profiles=problem.profiles[:2]))
    assert [(fault.code, fault.value) for fault in caught.value.faults] == [("too-few-profiles", 1)]


def test_missing_effects_are_asked_for_first() -> None:
    """A group is not analysed on bounds: the gap is reported instead."""
    problem = afw.read_problem("scenarios/leervoorbeeld")
    voiced = tuple(replace(profile, origin="own") for profile in problem.profiles)
    with pytest.raises(afw.RequestError) as caught:
        analyse_group(replace(problem, profiles=voiced))
    assert caught.value.faults[0].code == "group-needs-effects"

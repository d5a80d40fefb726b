from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.analysis.session.records import led, record
from tests.live.running import brabant

from afweging.analysis.compare import compare
from afweging.analysis.session.borrow import WHICH, profile_id, weights_in, with_session
from afweging.errors import RequestError
from afweging.io.canonical import problem_digest
from afweging.model.criterion import criteria_under
from afweging.model.result import Request


def test_the_weights_of_a_session_are_compared_with() -> None:
    """The lenses weigh as the group froze them; within a lens the weights of the tree hold."""
    room = led("closed", 12)
    problem = with_session(brabant()[0], record())
    found = compare(problem, Request(profile=profile_id("group")))
    frozen = room.state.frozen
    assert frozen is not None
    assert np.allclose(found.weights.lenses, frozen.weights, atol=1e-15)
    tree = compare(problem).weights
    sizes = [len(tuple(criteria_under(lens))) for lens in problem.tree.children]
    members, own = np.repeat(tree.lenses, sizes), np.repeat(found.weights.lenses, sizes)
    assert np.allclose(found.weights.criteria / own, tree.criteria / members)


def test_a_round_has_the_mean_of_its_people() -> None:
    """Computed by hand from the points that were given."""
    room = led("closed", 12)
    for number in (1, 2):
        rows = [each.swings for each in room.state.round(number).submissions.values()]
        by_hand = np.mean([np.array(row) / sum(row) for row in rows if row], axis=0)
        found = weights_in(record(), WHICH[number])
        assert found is not None
        assert np.allclose(found, by_hand, atol=1e-12)


def test_the_problem_stays_what_it_is() -> None:
    """Its digest, its panel and its files do not change by what it borrows."""
    problem = brabant()[0]
    borrowed = with_session(problem, record())
    assert problem_digest(borrowed) == problem_digest(problem)
    assert borrowed.panel == problem.panel
    assert [each.id for each in borrowed.borrowed] == [profile_id(which) for which in WHICH]


def test_a_small_room_has_weights_of_the_group_only() -> None:
    """The mean of a round of fewer than five is not there to ask."""
    borrowed = with_session(brabant()[0], record("closed", 4)).borrowed
    assert [each.id for each in borrowed] == [profile_id("group")]


def test_other_lenses_are_refused() -> None:
    """The session is then about another problem."""
    other = replace(record(), lenses=("a", "b", "c", "d"))
    with pytest.raises(RequestError, match="session-other-problem"):
        with_session(brabant()[0], other)


def test_a_draft_says_so_in_its_name() -> None:
    """Before the weights are frozen, in both languages."""
    (name,) = (each.name for each in with_session(brabant()[0], record("discuss")).borrowed[:1])
    assert "concept" in name.in_language("nl")
    assert "draft" in name.in_language("en")

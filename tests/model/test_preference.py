from __future__ import annotations

from dataclasses import replace

import pytest
from tests.analysis.random_problems import random_problem, text

from afweging.model.preference import JUDGEMENT_METHODS, RANK_METHODS, Judgement, Profile

ORDER = Judgement("order", "a", "b")
SILENT = Profile("p", text("p"), "own", "statements", "expert", ())


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        (SILENT, False),
        (replace(SILENT, rescale=True, report=text("verslag"), source="F1"), False),
        (replace(SILENT, judgements=(ORDER,)), True),
        (replace(SILENT, weights=(("g", (("a", 60.0), ("b", 40.0))),)), True),
        (replace(SILENT, weights=(("g", (("a", 0.0), ("b", 100.0))),), judgements=(ORDER,)), True),
    ],
)
def test_a_profile_has_weights_when_anything_was_given(profile: Profile, *, expected: bool) -> None:
    """Weights or judgements were given; a date, a source or a report is no weight."""
    assert profile.has_weights is expected


def test_the_panel_is_who_has_weights() -> None:
    """Profiles without weights take no part; the others keep their order."""
    problem = random_problem(3)
    first, second, third = problem.profiles
    waiting = replace(second, weights=())
    mixed = replace(problem, profiles=(third, waiting, first))
    assert mixed.panel == (third, first)
    assert problem.panel == problem.profiles
    assert replace(problem, profiles=(waiting,)).panel == ()


def test_no_method_is_of_two_kinds() -> None:
    """A method takes ranks or judgements; each kind of judgement belongs to some method."""
    assert set(RANK_METHODS).isdisjoint(JUDGEMENT_METHODS)
    kinds = {kind for taken in JUDGEMENT_METHODS.values() for kind in taken}
    assert kinds == {"ratio", "order", "share", "trade-off", "best", "worst"}

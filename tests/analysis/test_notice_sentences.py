from __future__ import annotations

from dataclasses import replace

import pytest
from tests.analysis.random_problems import leaf, plain_problem, text

from afweging.analysis.compare import compare
from afweging.analysis.notice_sentences import notices, some_notices
from afweging.model.preference import Profile, SwingRange
from afweging.wording import LANGUAGES, Language, Words

CRITERIA = (leaf("a", 60, worst=0, best=10), leaf("b", 40, worst=100, best=0))
PROBLEM = plain_problem([[[1, 10], [2, 90]]], CRITERIA)
WEIGHTS = ((PROBLEM.tree.id, (("a", 30.0), ("b", 70.0))),)
OLD = Profile(
    *("o", text("Oud"), "own", "points", "expert", WEIGHTS),
    ranges=(SwingRange("a", 0, 20), SwingRange("b", 100, 0)),
    rescale=True,
)
WAITING = Profile("w", text("Wachtend"), "own", "swing", "expert", ())


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_was_not_asked_is_named(language: Language) -> None:
    """The profile without weights is named, and no other."""
    problem = replace(PROBLEM, profiles=(OLD, WAITING))
    found = compare(problem)
    (awaited,) = [each for each in found.notices if each.code == "awaited"]
    (line,) = some_notices(found, [awaited], Words(language))
    assert "Wachtend" in line
    assert "Oud" not in line


@pytest.mark.parametrize("language", LANGUAGES)
def test_rescaled_weights_are_never_silent(language: Language) -> None:
    """The profile and the criterion whose scale changed are named; the unchanged one is not."""
    problem = replace(PROBLEM, profiles=(OLD, WAITING))
    (line,) = [each for each in notices(compare(problem), Words(language)) if "Oud" in each]
    names = {c.id: c.name.in_language(language) for c in problem.criteria}
    assert f" {names['a']}" in line
    assert f" {names['b']}" not in line

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.analysis.random_problems import random_problem, stated_uniform, text

from afweging.analysis.outline import outline, threshold_text
from afweging.analysis.weights import local_weights
from afweging.model.criterion import Ordinal
from afweging.model.problem import Requirement
from afweging.wording import Words


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_tree_shows_every_node_with_its_local_weight(language: str) -> None:
    """Every node stands at its depth with its share among its siblings."""
    problem, words = random_problem(3), Words("nl" if language == "nl" else "en")
    lines = outline(problem, "tree", words)
    local = local_weights(problem.tree, None)
    shown = {line.split()[0]: (depth, line) for depth, line in lines if "-na" in line.split()[1]}
    assert shown["doel"][0] == 0
    assert [shown[name][0] for name in ("wonen", "kern", "C2", "C4", "C6")] == [1, 2, 3, 2, 1]
    for name, weight in local.items():
        assert words.format_field(weight, "share") in shown[name][1]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_profiles_show_the_weights_of_their_lenses(language: str) -> None:
    """Each profile has a line with the share of every lens under its own numbers."""
    problem, words = random_problem(3), Words("nl" if language == "nl" else "en")
    lines = [line for depth, line in outline(problem, "profiles", words) if depth == 1]
    for profile, line in zip(problem.profiles, lines, strict=True):
        local = local_weights(problem.tree, profile)
        ending = "naam" if language == "nl" else "name"
        for lens in problem.tree.children:
            share = words.format_field(local[lens.id], "share")
            assert f"{lens.id}-{ending} {share}" in line


@pytest.mark.parametrize("part", ["tree", "options", "scenarios", "profiles", "requirements"])
def test_every_part_has_lines(part: str) -> None:
    """Each part of a problem is told in lines with a depth."""
    lines = outline(random_problem(3), part, Words("en"))  # type: ignore[arg-type]
    assert lines
    assert all(depth >= 0 and line for depth, line in lines)


def test_thresholds_say_at_least_or_at_most() -> None:
    """A threshold is a minimum where more is better, a maximum where less is, or a class."""
    problem, words = random_problem(3), Words("en")
    for criterion in problem.criteria:
        need = Requirement("E", text("eis"), criterion.id, 2.0, "expert")
        told = threshold_text(replace(problem, requirements=(need,)), need, words)
        if isinstance(criterion.value_function, Ordinal):
            assert told == f"eis-name: {criterion.id}-name is at least {criterion.id}k2-name."
        else:
            limit = "at least" if criterion.best > criterion.worst else "at most"
            assert told == f"eis-name: {criterion.id}-name is {limit} 2 unit {criterion.id}."


def test_a_source_of_estimates_that_err_together_says_so() -> None:
    """The line stands under the source that declares it, and under no other."""
    problem, words = random_problem(3), Words("nl")
    first, *others = problem.sources
    declared = replace(problem, sources=(replace(first, correlated=True), *others))
    lines = [line for _, line in outline(declared, "sources", words)]
    assert lines.count(words.text("cli.show.correlated")) == 1
    assert words.text("cli.show.correlated") not in [
        line for _, line in outline(problem, "sources", words)
    ]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_source_of_uniform_estimates_says_so(language: str) -> None:
    """The line stands under the source that states it; a triangle is not mentioned."""
    problem, words = random_problem(3), Words("nl" if language == "nl" else "en")
    plain, stated = (outline(p, "sources", words) for p in (problem, stated_uniform(problem, 0)))
    added = [line for line in stated if line not in plain]
    assert added == [(1, words.text("cli.show.uniform"))]

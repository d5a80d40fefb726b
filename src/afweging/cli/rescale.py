"""Rescaling the weights of profiles to the scales of now, and what that changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from afweging.analysis.compare import find_profile
from afweging.analysis.naming import names_of
from afweging.analysis.rescaling import changed_ranges
from afweging.analysis.weights import local_weights
from afweging.cli.console import console, show_line
from afweging.io.problem_file import read_problem
from afweging.io.profile_file import add_profiles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afweging.model.preference import Profile
    from afweging.model.problem import DecisionProblem
    from afweging.wording import Words


def rescale_profiles(path: str, chosen: Sequence[str], words: Words) -> None:
    """Mark profiles for rescaling, all that need it or the chosen ones, and show the change."""
    problem = read_problem(path, stale="keep")
    screen = console()
    asked = [find_profile(problem, name) for name in chosen] or list(problem.panel)
    found = [
        replace(each, rescale=True)
        for each in asked
        if each is not None and not each.rescale and changed_ranges(problem.tree, each)
    ]
    if not found:
        show_line(screen, words.text("weigh.rescale.nothing"))
        return
    add_profiles(problem, found, Path(path))
    for profile in found:
        for line in rescaled_lines(problem, profile, words):
            show_line(screen, line)


def rescaled_lines(problem: DecisionProblem, profile: Profile, words: Words) -> list[str]:
    """Return which scales changed, and the weights of the lenses and criteria before and after."""
    names = names_of(problem, words.language)
    before = local_weights(problem.tree, replace(profile, rescale=False))
    after = local_weights(problem.tree, profile)
    changed = [names.criterion(each.criterion) for each in changed_ranges(problem.tree, profile)]
    who = names.profile[profile.id]
    told = [words.text("weigh.rescale.done", profile=who, criteria=changed)]
    for node, weight in before.items():
        if abs(after[node] - weight) > 5e-4:  # what one decimal of a percentage can show
            facts = {"name": names.criterion(node), "before": weight, "after": after[node]}
            told.append(f"- {words.text('weigh.rescale.change', **facts)}")
    return told

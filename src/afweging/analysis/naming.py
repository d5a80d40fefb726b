"""Names that a reader recognises, by id, in one language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from afweging.model.criterion import Ordinal, groups_under

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from afweging.model.criterion import Criterion
    from afweging.model.problem import DecisionProblem
    from afweging.model.text import Language, Text
    from afweging.wording import Words


LONGEST_CODE = 4  # characters; a longer id is a word that says what the name says


@dataclass(frozen=True, slots=True)
class Names:
    """Names and units of the parts of one problem, by id."""

    of: Mapping[str, str]
    unit: Mapping[str, str]
    profile: Mapping[str, str]

    def option(self, name: str) -> str:
        """Return the name of an option, led by its id where that is a short code: O7 Handhaving."""
        text = self.of[f"option {name}"]
        return f"{name} {text}" if self.is_code(name) and name != text else text

    def short(self, name: str) -> str:
        """Return the id of an option where that is a short code, else its name."""
        return name if self.is_code(name) else self.option(name)

    @staticmethod
    def is_code(name: str) -> bool:
        """Return whether an id is a short code such as O7, and not a word."""
        return len(name) <= LONGEST_CODE and not name.islower()

    def criterion(self, name: str) -> str:
        """Return the name of a criterion or a group of criteria."""
        return self.of[f"node {name}"]

    def case(self, axis: str, name: str) -> str:
        """Return the name of a scenario, region or horizon."""
        return self.of[f"{axis} {name}"]


def names_of(problem: DecisionProblem, language: Language) -> Names:
    """Return the names of the parts of `problem` in `language`."""
    found: dict[str, str] = {}
    groups: Mapping[str, Iterable[object]] = {
        "option": problem.alternatives,
        "scenario": problem.scenarios,
        "region": problem.regions,
        "horizon": problem.horizons,
        "requirement": problem.requirements,
        "perspective": problem.perspectives,
        "region-weights": problem.region_weights,
        "horizon-weights": problem.horizon_weights,
        "node": (*groups_under(problem.tree), *problem.criteria),
    }
    for kind, parts in groups.items():
        for part in parts:
            name: Text = part.name  # type: ignore[attr-defined]
            found[f"{kind} {part.id}"] = name.in_language(language)  # type: ignore[attr-defined]
    return Names(
        of=found,
        unit={c.id: c.unit.in_language(language) for c in problem.criteria},
        profile={
            p.id: p.name.in_language(language) for p in (*problem.profiles, *problem.borrowed)
        },
    )


def short_names(problem: DecisionProblem, words: Words, options: Iterable[str]) -> list[str]:
    """Return the ids of options where those are short codes, else their names."""
    names = names_of(problem, words.language)
    return [names.short(name) for name in options]


def profile_names(problem: DecisionProblem, words: Words, profiles: Iterable[str]) -> list[str]:
    """Return names of profiles; weights written about a group carry their mark everywhere."""
    names = names_of(problem, words.language)
    about = {profile.id for profile in problem.profiles if profile.origin == "about"}
    return [names.profile[name] + (" (*)" if name in about else "") for name in profiles]


def level_name(criterion: Criterion, level: float, language: Language) -> str | None:
    """Return the name of a class of an ordinal criterion; None for a number."""
    if isinstance(criterion.value_function, Ordinal):
        return criterion.value_function.classes[int(level)].name.in_language(language)
    return None

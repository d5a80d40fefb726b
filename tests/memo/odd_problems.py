"""Random problems whose names hold all that could mean something to a format of a document."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

from tests.analysis.random_problems import Shape, random_problem

from afweging.model.criterion import Group
from afweging.model.text import Text

if TYPE_CHECKING:
    from afweging.model.problem import DecisionProblem, Label

LONG = 120  # letters of the longest names
PIECES = (
    "Łódź, Kraków, żółć i pięść",
    "#let x = *1* _2_ $x^2$",
    "@bron <label> `code` \\ // /* ~ --- ...",
    "<b>&amp; \"aanhaling\" 'enkel'</b>",
    "]]> <!-- --> <w:t> &#x41; %PDF <?xml?>",
    "=1+1 +31 -2 @som 'tekst",
    "1. eerste - tweede = kop",
    "{{title}} {0} %s $(x) ${x}",
    "12,5 % van € 1.000 in 2026",
    "plaats 1: O3",
    "naar-rechts → ≥ ± × − „quotes” ’s",
    "žluťoučký kůň, Ðe ñandú, ßtraße, œuvre",
    "Ελληνικά и Русский",
    "een\u00a0harde\u00a0spatie en een zacht\u00adkoppelteken",
    "woord" * 9,
    "Gewone naam van een optie",
)


def odd_name(random: Random, mark: str) -> str:
    """Return a name of pieces, short or of 120 letters; `mark` keeps names apart."""
    name = " ".join([*random.sample(PIECES, random.choice((1, 1, 2))), mark])
    if random.random() < 0.25:
        name = (name + " " + " ".join(random.sample(PIECES, 6)))[: LONG - len(mark) - 1]
        name = f"{name.rstrip()} {mark}"
    return name


def odd_problem(seed: int) -> DecisionProblem:
    """Return a problem that depends on `seed` alone: 1 to 12 options, ties, gaps, odd names."""
    random = Random(seed)  # noqa: S311 - no secrets
    options = 1 + seed % 12
    shape = Shape(
        options=options,
        scenarios=random.choice((1, 2, 3, 4)),
        regions=random.choice((1, 2)),
        horizons=random.choice((1, 2)),
        gaps=random.choice((0, 0, 1, 3)),
        clones=min(options - 1, random.choice((0, 0, 1, 2))),
        profiles=random.choice((0, 1, 3, 6)),
        requirements=random.choice((0, 0, 1, 2)),
        linear=random.random() < 0.5,
    )
    return with_odd_names(_as_filed(random_problem(seed, shape)), random)


def _as_filed(problem: DecisionProblem) -> DecisionProblem:
    """Return the problem as a file can hold it: weights of one group add up to 100."""
    return replace(
        problem,
        tree=_summed(problem.tree),
        region_weights=(),
        horizon_weights=(),
        scenario_likelihoods=(),
        profiles=tuple(
            replace(
                each,
                weights=tuple((group, _hundred(given)) for group, given in each.weights)
                if each.method == "assumed"
                else each.weights,
            )
            for each in problem.profiles
        ),
    )


def _hundred(given: tuple[tuple[str, float], ...]) -> tuple[tuple[str, float], ...]:
    total = sum(weight for _, weight in given)
    return tuple((name, 100 * weight / total) for name, weight in given)


def _summed(group: Group) -> Group:
    total = sum(child.weight for child in group.children)
    children = tuple(
        replace(
            _summed(child) if isinstance(child, Group) else child,
            weight=100 * child.weight / total,
        )
        for child in group.children
    )
    return replace(group, children=children)


def with_odd_names(problem: DecisionProblem, random: Random) -> DecisionProblem:
    """Return the problem with other names, units and titles; its ids and numbers stay."""

    def named(mark: str) -> Text:
        return Text(odd_name(random, mark), odd_name(random, mark))

    def labels(axis: tuple[Label, ...]) -> tuple[Label, ...]:
        return tuple(replace(each, name=named(each.id)) for each in axis)

    return replace(
        problem,
        title=named("titel"),
        description=Text(" ".join(PIECES), " ".join(reversed(PIECES))),
        tree=_renamed(problem.tree, random),
        alternatives=tuple(
            replace(
                each,
                name=named(each.id),
                description=named(f"uitleg {each.id}") if random.random() < 0.5 else None,
                fte=random.choice((None, 2.5, 12.0)),
                euro_per_year=random.choice((None, 250_000.0, 1_234_567.0)),
            )
            for each in problem.alternatives
        ),
        scenarios=labels(problem.scenarios),
        regions=labels(problem.regions),
        horizons=labels(problem.horizons),
        perspectives=labels(problem.perspectives),
        sources=tuple(
            replace(each, title=named(each.id), publisher=random.choice(PIECES))
            for each in problem.sources
        ),
        profiles=tuple(replace(each, name=named(each.id)) for each in problem.profiles),
        requirements=tuple(replace(each, name=named(each.id)) for each in problem.requirements),
    )


def _renamed(group: Group, random: Random) -> Group:
    children = tuple(
        _renamed(child, random)
        if isinstance(child, Group)
        else replace(child, name=Text(odd_name(random, child.id)), unit=_unit(random))
        for child in group.children
    )
    return replace(group, name=Text(odd_name(random, group.id)), children=children)


def _unit(random: Random) -> Text:
    return Text(random.choice(("€ per jaar", "% <van> 'alles'", "#ha", "km²", "*punten*")))

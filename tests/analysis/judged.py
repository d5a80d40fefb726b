"""Profiles of people who were asked about one group, for tests of what follows from answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.analysis.random_problems import leaf, text

from afweging.analysis.answers import answers_about
from afweging.analysis.elicitation import elicit_group
from afweging.model.criterion import Group
from afweging.model.preference import Judgement, Profile

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from afweging.analysis.elicitation import Elicited

    FloatArray = NDArray[np.float64]


def names(count: int) -> tuple[str, ...]:
    """Return the ids of so many criteria: a, b, c, ..."""
    return tuple("abcdefghijklmnop"[:count])


def group(children: Sequence[str]) -> Group:
    """Return a tree of one group, with weights that no profile here gives."""
    weights = range(1, len(children) + 1)
    made = tuple(leaf(name, weight) for name, weight in zip(children, weights, strict=True))
    return Group("doel", text("doel"), 1.0, made)


def profile(
    method: str, judgements: Iterable[Judgement] = (), numbers: Sequence[float] = ()
) -> Profile:
    """Return a profile that speaks about the root: by judgements, by numbers, or by both."""
    given = tuple(zip(names(len(numbers)), numbers, strict=True))
    weights = (("doel", given),) if given else ()
    return Profile("p", text("p"), "own", method, "expert", weights, judgements=tuple(judgements))


def asked(
    count: int, method: str, judgements: Iterable[Judgement] = (), numbers: Sequence[float] = ()
) -> Elicited:
    """Return what follows from answers about so many criteria."""
    return elicit_group(answers_about(profile(method, judgements, numbers), group(names(count))))


def ratio(first: str, second: str, times: float) -> Judgement:
    """Return the answer that one swing counts so many times as much as another."""
    return Judgement("ratio", first, second, times)


def comparisons(matrix: FloatArray) -> list[Judgement]:
    """Return the judgements of a comparison matrix on the pairs i < j."""
    known = names(len(matrix))
    return [
        ratio(known[i], known[j], float(matrix[i, j]))
        for i in range(len(known))
        for j in range(i + 1, len(known))
    ]


def best_worst(
    best_to_others: Sequence[float], others_to_worst: Sequence[float], *, best: int, worst: int
) -> list[Judgement]:
    """Return the judgements of the best-worst method."""
    known = names(len(best_to_others))
    return [
        Judgement("best", known[best]),
        Judgement("worst", known[worst]),
        *(
            ratio(known[best], known[j], float(times))
            for j, times in enumerate(best_to_others)
            if j != best
        ),
        *(
            ratio(known[j], known[worst], float(times))
            for j, times in enumerate(others_to_worst)
            if j not in (best, worst)
        ),
    ]

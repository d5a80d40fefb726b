"""What a page needs to compute with other weights on the lenses, as the live session does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from afweging.analysis.compare import find_profile
from afweging.analysis.flips import lens_values
from afweging.analysis.naming import names_of
from afweging.analysis.session.arrays import model_document, session_model
from afweging.analysis.weights import local_weights
from afweging.model.criterion import groups_under
from afweging.wording import texts_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from afweging.model.result import Comparison
    from afweging.wording import Words

    FloatArray = NDArray[np.float64]

Refusal = Literal["gaps", "one_lens"]
MOST_CASES = 200  # that can be chosen one by one


def refusal_of(comparison: Comparison) -> Refusal | None:
    """Return why weights cannot be moved, None where they can."""
    if comparison.gaps:
        return "gaps"
    return "one_lens" if len(comparison.problem.tree.children) == 1 else None


def case_values(comparison: Comparison) -> FloatArray:
    """Return what the options that take part are worth in each lens and case, shape (S, A, L).

    Nothing, with shape (0, A, L), where the cases are the scenarios, or too many to choose from.
    """
    allowed = np.array(comparison.admissible)
    count = len(comparison.weights.cases)
    if count == len(comparison.cases.ids["scenario"]) or count > MOST_CASES:
        return np.empty((0, int(allowed.sum()), len(comparison.problem.tree.children)))
    values = comparison.scores.values.low  # (S, A, C)
    return np.stack([lens_values(comparison, case[allowed]) for case in values])


def what_if_document(comparison: Comparison, words: Words) -> dict[str, object] | None:
    """Return the numbers, names and words for the page; None where weights cannot be moved.

    Numbers are as they are found, and a page that adds them up in the same order finds the same.
    """
    if refusal_of(comparison) is not None:
        return None
    problem = comparison.problem
    names = names_of(problem, words.language)
    model = session_model(comparison)
    cases = case_values(comparison)
    lenses = {lens.id: lens.name.in_language(words.language) for lens in problem.tree.children}
    return model_document(model) | {
        "by_case": cases.tolist(),
        "weights": comparison.weights.lenses.tolist(),
        "names": {
            "options": [names.option(name) for name in model.options],
            "short": [names.short(name) for name in model.options],
            "lenses": [lenses[name] for name in model.lenses],
            "scenarios": [names.case("scenario", name) for name in model.scenarios],
            "cases": _case_names(comparison, words)[: len(cases)],
        },
        "profile": _profile(comparison),
    }


def _case_names(comparison: Comparison, words: Words) -> list[str]:
    """Return the name of each case, without what is the same in all."""
    names, cases = names_of(comparison.problem, words.language), comparison.cases
    axes = [axis for axis in cases.ids if len(cases.ids[axis]) > 1]
    return [
        " · ".join(names.case(axis, label[list(cases.ids).index(axis)]) for axis in axes)
        for label in cases.labels
    ]


def _profile(comparison: Comparison) -> dict[str, object]:
    """Return what a profile with other weights says besides: the weights within the lenses.

    Only where a profile is in use; without one they are those of the tree, and need not be said.
    """
    problem = comparison.problem
    profile = find_profile(problem, comparison.request.profile)
    root, *inner = groups_under(problem.tree)
    local: Mapping[str, float] = {} if profile is None else local_weights(problem.tree, profile)
    within = [
        {"id": group.id, "weights": [[child.id, local[child.id]] for child in group.children]}
        for group in inner
        if profile is not None
    ]
    taken = {each.id for each in problem.profiles}
    free = (f"what_if{k}" for k in range(1, len(taken) + 2))
    return {
        "id": next(name for name in free if name not in taken),
        "root": root.id,
        "within": within,
    }


def page_words(words: Words) -> Mapping[str, object]:
    """Return the texts that the page fills in by itself."""
    return {**texts_of(words.language, "report")["page"], "and": words.text("units.and")}

"""What the pages say of the decision problem itself: names, swings in real units, sources.

Plain data in one language, made once per language. Weights and scores are not in it; only, per
option and lens, whether it does better or worse there than the options do on average.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from afweging.analysis.naming import names_of
from afweging.analysis.session.texts import clean
from afweging.live.voice import Voice
from afweging.model.criterion import Ordinal, criteria_under

if TYPE_CHECKING:
    from collections.abc import Mapping

    from afweging.analysis.naming import Names
    from afweging.analysis.session.arrays import SessionModel
    from afweging.model.criterion import Criterion, Group
    from afweging.model.problem import DecisionProblem
    from afweging.model.text import Text
    from afweging.wording import Language, Words

Content = dict[str, object]
STEPS = (-0.1, -0.02, 0.02, 0.1)  # of value between worst and best: what counts as a difference


def participant_content(problem: DecisionProblem, words: Words) -> Content:
    """Return what a participant reads before giving weights.

    `lenses` hold their `swings`: per criterion the worst and the best consequence with its unit,
    the mark of its evidence and the title of its source. In a language that is not one of ours,
    numbers and marks are in that language, and the problem itself in the one under `language`.
    """
    language = _language(words)
    names = names_of(problem, language)
    return {
        "language": language,
        "title": _said(problem.title, words),
        "question": _said(problem.description, words),
        "date": problem.date,
        "options": [
            {"id": each.id, "name": names.option(each.id), "text": _said(each.description, words)}
            for each in problem.alternatives
        ],
        "lenses": [_lens(problem, lens, names, words) for lens in problem.tree.children],
        "scenarios": [
            {
                "id": each.id,
                "name": names.case("scenario", each.id),
                "text": _said(each.description, words),
            }
            for each in problem.scenarios
        ],
    }


def room_content(problem: DecisionProblem, model: SessionModel, words: Words) -> Content:
    """Return what the projector and the console need of the problem to name what they show.

    On top of `participant_content`: `names` from id to name per kind, and `table`, which says per
    option that meets the requirements how it does on each lens over all scenarios beside the mean
    of these options, from -2 (much worse) to 2 (much better).
    """
    content = participant_content(problem, words)
    names = names_of(problem, words.language)
    return content | {
        "names": {
            "options": {each.id: names.option(each.id) for each in problem.alternatives},
            "lenses": {lens.id: names.criterion(lens.id) for lens in problem.tree.children},
            "scenarios": {each.id: names.case("scenario", each.id) for each in problem.scenarios},
            "profiles": dict(names.profile),
        },
        "unasked": [each.id for each in problem.profiles if not each.has_weights],
        "about": [each.id for each in problem.profiles if each.origin == "about"],
        "table": _table(model),
    }


def _table(model: SessionModel) -> dict[str, dict[str, int]]:
    steps = np.digitize(model.values - model.values.mean(axis=0), STEPS) - 2  # (A, L)
    return {
        option: dict(zip(model.lenses, row, strict=True))
        for option, row in zip(model.options, steps.tolist(), strict=True)
    }


def _said(text: Text | None, words: Words) -> str:
    """Return a text of the problem on one line; empty where there is none."""
    return "" if text is None else clean(text.in_language(_language(words)))


def _language(words: Words) -> Language:
    """Return the language in which the problem itself is named."""
    return words.problem if isinstance(words, Voice) else words.language


def _lens(problem: DecisionProblem, lens: Group | Criterion, names: Names, words: Words) -> Content:
    return {
        "id": lens.id,
        "name": names.criterion(lens.id),
        "text": _said(lens.description, words),
        "swings": [_swing(problem, each, names, words) for each in criteria_under(lens)],
    }


def _swing(problem: DecisionProblem, criterion: Criterion, names: Names, words: Words) -> Content:
    titles: Mapping[str, str] = {s.id: _said(s.title, words) for s in problem.sources}
    worst, best = _ends(criterion, words)
    return {
        "id": criterion.id,
        "name": names.criterion(criterion.id),
        "text": _said(criterion.description, words),
        "worst": worst,
        "best": best,
        "classes": isinstance(criterion.value_function, Ordinal),
        "unit": "" if isinstance(criterion.value_function, Ordinal) else names.unit[criterion.id],
        "evidence": words.text(f"cli.mark.{criterion.evidence}"),
        "source": titles.get(criterion.source or "", ""),
    }


def _ends(criterion: Criterion, words: Words) -> tuple[str, str]:
    """Return the worst and the best level as people read them: a number or a class."""
    if isinstance(criterion.value_function, Ordinal):
        classes = criterion.value_function.classes
        return _said(classes[0].name, words), _said(classes[-1].name, words)
    worst, best = (
        words.format_field(float(level), "number") for level in (criterion.worst, criterion.best)
    )
    return worst, best

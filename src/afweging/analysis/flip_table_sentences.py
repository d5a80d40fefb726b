"""How far every option is from the first place, in sentences and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from afweging.analysis.flip_sentences import moves_between
from afweging.analysis.naming import names_of, profile_names
from afweging.analysis.word_table import WordTable
from afweging.methods.ranking import SCORE_TOLERANCE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from afweging.analysis.flip_table import FirstFlip, FlipTable
    from afweging.analysis.naming import Names
    from afweging.analysis.weight_flips import WeightFlip
    from afweging.model.result import Comparison
    from afweging.wording import Words

    FloatArray = NDArray[np.float64]
    Part = Callable[[FirstFlip], WeightFlip | None]


def sentences(comparison: Comparison, found: FlipTable, words: Words) -> list[str]:
    """Return who comes nearest to the first place, who can never have it, and the proof."""
    names = names_of(comparison.problem, words.language)
    first = [names.option(name) for name in found.first]
    told = [] if len(first) < 2 else [words.text("fliptable.first.tied", options=first)]
    if len(first) == len(found.options):
        return told or [words.text("fliptable.first.alone", option=first[0])]
    if _one_layer(comparison):
        told += _asked(comparison, found, "only", words)
    else:
        told += _asked(comparison, found, "lenses", words)
        told += _asked(comparison, found, "criteria", words)
    return [
        *told,
        *_asked(comparison, found, "answers", words),
        words.text("fliptable.proof"),
    ]


PARTS: Mapping[str, Part] = {
    "only": lambda each: each.criteria,
    "lenses": lambda each: each.lenses,
    "criteria": lambda each: each.criteria,
    "answers": lambda each: each.criteria_answers,
}


def _one_layer(comparison: Comparison) -> bool:
    """Return whether weights on lenses are all weights, or none: one lens, or no layer below."""
    lenses = len(comparison.problem.tree.children)
    return lenses in {1, len(comparison.problem.criteria)}


def _asked(comparison: Comparison, found: FlipTable, key: str, words: Words) -> list[str]:
    """Return who comes nearest to the first place, and who never comes there."""
    names = names_of(comparison.problem, words.language)
    behind = [each for each in found.options if each.option not in found.first]
    flips = [(each.option, flip) for each in behind if (flip := PARTS[key](each)) is not None]
    if not flips:
        return []
    facts: dict[str, object] = {"first": [names.option(name) for name in found.first]}
    if profile := comparison.request.profile:
        facts["profile"] = profile_names(comparison.problem, words, [profile])[0]
    never = [names.option(name) for name, flip in flips if flip.moved is None]
    if len(never) == len(flips):
        return [words.text(f"fliptable.{key}.never_all", **facts)]
    told = [_nearest(flips, names, key, facts, words)]
    if never:
        one = "never_one" if len(never) == 1 else "never"
        told.append(words.text(f"fliptable.{key}.{one}", options=never, **facts))
    elif key == "criteria" and any(each.lenses.moved is None for each in behind):
        told.append(words.text("fliptable.criteria.never_none"))
    return told


def _nearest(
    flips: list[tuple[str, WeightFlip]],
    names: Names,
    key: str,
    facts: dict[str, object],
    words: Words,
) -> str:
    """Return which option needs the least weight to move; all of them where several do."""
    able = [(name, flip, flip.moved) for name, flip in flips if flip.moved is not None]
    least = min(moved for _, _, moved in able)
    near = [(name, flip) for name, flip, moved in able if moved <= least + SCORE_TOLERANCE]
    shown = [names.option(name) for name, _ in near]
    if len(near) > 1:
        return words.text(f"fliptable.{key}.nearest_many", options=shown, moved=least, **facts)
    moves = moves_between(near[0][1], names.criterion, words)
    return words.text(
        f"fliptable.{key}.nearest", option=shown[0], moved=least, moves=moves, **facts
    )


def tables(comparison: Comparison, found: FlipTable, words: Words) -> list[WordTable]:
    """Return how far every option is from the first place, and from every other option."""
    told = [_first_table(comparison, found, words)]
    if len(found.options) > 1:
        if not _one_layer(comparison):
            told.append(_pairs_table(comparison, found, found.lens_pairs, "lens_pairs", words))
        told.append(_pairs_table(comparison, found, found.criteria_pairs, "criteria_pairs", words))
    return told


def _first_table(comparison: Comparison, found: FlipTable, words: Words) -> WordTable:
    names = names_of(comparison.problem, words.language)
    columns = ["criteria"] if _one_layer(comparison) else ["lenses", "criteria"]
    if found.options[0].criteria_answers is not None:
        columns += [name for name in ("lens_answers", "criteria_answers") if _shown(name, columns)]
    rows = [
        (
            names.option(each.option),
            *(_cell(each.option in found.first, getattr(each, name), words) for name in columns),
        )
        for each in _ranked(comparison, found)
    ]
    heads = [words.text(f"fliptable.head.{name}") for name in ("option", *columns)]
    return WordTable(words.text("fliptable.title.first"), tuple(heads), tuple(rows))


def _shown(name: str, columns: list[str]) -> bool:
    return name == "criteria_answers" or "lenses" in columns


def _ranked(comparison: Comparison, found: FlipTable) -> list[FirstFlip]:
    by_name = {each.option: each for each in found.options}
    return [by_name[line.id] for line in comparison.ranking if line.id in by_name]


def _cell(first: bool, flip: WeightFlip, words: Words) -> str:  # noqa: FBT001
    if first:
        return words.text("fliptable.cell.first")
    return _share(np.inf if flip.moved is None else flip.moved, words)


def _share(moved: float, words: Words) -> str:
    if np.isinf(moved):
        return words.text("fliptable.cell.never")
    return words.format_field(float(moved), "share1")


def _pairs_table(
    comparison: Comparison, found: FlipTable, moved: FloatArray, key: str, words: Words
) -> WordTable:
    """Return what each option of a row needs to draw level with each option of a column."""
    names = names_of(comparison.problem, words.language)
    place = {each.option: i for i, each in enumerate(found.options)}
    order = [each.option for each in _ranked(comparison, found)]
    heads = [names.short(name) for name in order]
    rows = []
    for name in order:
        cells = [moved[place[name], place[other]] for other in order]
        rows.append((names.option(name), *(_pair_cell(float(each), words) for each in cells)))
    title = words.text(f"fliptable.title.{key}")
    return WordTable(title, (words.text("fliptable.head.option"), *heads), tuple(rows))


def _pair_cell(moved: float, words: Words) -> str:
    return _share(moved, words) if moved > 0 else words.text("fliptable.cell.level")

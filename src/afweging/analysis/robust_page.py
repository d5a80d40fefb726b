"""How sure an answer is as a page: a heading, sentences and tables per part, in one language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from afweging.analysis import (
    acceptability_sentences,
    adaptation_sentences,
    drivers_sentences,
    flip_table_sentences,
    incomplete_weights_sentences,
    robust_sentences,
    scenario_robustness_sentences,
    stability_sentences,
    weight_space_sentences,
)

if TYPE_CHECKING:
    from afweging.analysis.robustness import Robustness
    from afweging.analysis.word_table import WordTable
    from afweging.wording import Words


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a page."""

    title: str
    lines: tuple[str, ...]
    tables: tuple[WordTable, ...]


def title(found: Robustness, words: Words) -> str:
    """Return what the page is about."""
    name = found.comparison.problem.title.in_language(words.language)
    return words.text("robust.title.what", title=name)


def sections(found: Robustness, words: Words) -> list[Section]:
    """Return the parts of the page, the answer first; a part without anything is left out."""
    comparison = found.comparison
    parts = (
        ("flips", flip_table_sentences, found.flips),
        ("stability", stability_sentences, found.stability),
        ("space", weight_space_sentences, found.space),
        ("incomplete", incomplete_weights_sentences, found.incomplete),
        ("acceptability", acceptability_sentences, found.acceptability),
        ("futures", scenario_robustness_sentences, found.futures),
        ("adaptation", adaptation_sentences, found.adaptation),
        ("drivers", drivers_sentences, found.drivers),
    )
    told = [
        Section(
            words.text("robust.section.answer"),
            tuple(robust_sentences.answer(found, words)),
            (robust_sentences.overview(found, words),),
        )
    ]
    for name, module, part in parts:
        lines = module.sentences(comparison, part, words)
        tables = module.tables(comparison, part, words)
        if lines or tables:
            heading = words.text(f"robust.section.{name}")
            told.append(Section(heading, (*lines, *_marks(found, lines, words)), tuple(tables)))
    return told


def _marks(found: Robustness, lines: list[str], words: Words) -> list[str]:
    """Return what the mark (*) says, where a line has it."""
    marked = any("(*)" in line for line in lines)
    about = any(profile.origin == "about" for profile in found.comparison.problem.panel)
    return [words.text("group.notice.about")] if marked and about else []

"""How sure an answer is as a page: a heading, sentences and tables per part, in one language."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
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
from afweging.analysis.naming import names_of, profile_names

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from afweging.analysis.robustness import Robustness
    from afweging.analysis.word_table import WordTable
    from afweging.wording import Words

# sentences of each part on a page in brief; the answer is whole
IN_BRIEF: Mapping[str, int] = {
    "flips": 4,
    "stability": 1,
    "space": 1,
    "incomplete": 2,
    "acceptability": 1,
    "futures": 1,
    "adaptation": 2,
    "drivers": 3,
}


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a page; `name` is the part, `title` what stands above it."""

    name: str
    title: str
    lines: tuple[str, ...]
    tables: tuple[WordTable, ...]


def title(found: Robustness, words: Words) -> str:
    """Return what the page is about."""
    name = found.comparison.problem.title.in_language(words.language)
    return words.text("robust.title.what", title=name)


def basis(found: Robustness, words: Words) -> list[str]:
    """Return whose weights the answer has, where they are those of a profile."""
    profile = found.comparison.request.profile
    if profile is None:
        return []
    (name,) = profile_names(found.comparison.problem, words, [profile])
    told = [words.text("compare.title.weights", profile=name)]
    return [*told, *_marks(found, told, words)]


def sections(found: Robustness, words: Words) -> list[Section]:
    """Return the parts of the page, the answer first; a part without anything is left out."""
    comparison = found.comparison
    parts = (
        ("flips", flip_table_sentences, found.flips),
        ("stability", stability_sentences, found.stability),
        ("space", weight_space_sentences, found.weight_space),
        ("incomplete", incomplete_weights_sentences, found.incomplete_weights),
        ("acceptability", acceptability_sentences, found.acceptability),
        ("futures", scenario_robustness_sentences, found.scenario_robustness),
        ("adaptation", adaptation_sentences, found.adaptation),
        ("drivers", drivers_sentences, found.drivers),
    )
    told = [
        Section(
            name="answer",
            title=words.text("robust.section.answer"),
            lines=tuple(robust_sentences.answer(found, words)),
            tables=(robust_sentences.overview(found, words),),
        )
    ]
    for name, module, part in parts:
        lines = module.sentences(comparison, part, words)
        tables = module.tables(comparison, part, words)
        if lines or tables:
            heading = words.text(f"robust.section.{name}")
            marks = _marks(found, lines, words)
            told.append(Section(name, heading, (*lines, *marks), tuple(tables)))
    return told


def in_brief(found: Robustness, words: Words) -> list[Section]:
    """Return the parts of the page with the sentences that matter most.

    The answer is whole. What it says is not said again, a part without anything left is left out,
    and an option with a code is named in full once, and by its code after that. Tables stay.
    """
    answer, *others = sections(found, words)
    told = [answer]
    for section in others:
        lines = [line for line in section.lines if not any(line in said for said in answer.lines)]
        kept = lines[: IN_BRIEF[section.name]]
        if kept:
            told.append(replace(section, lines=(*kept, *_marks(found, kept, words))))
    return _named_once(found, told, words)


def _named_once(found: Robustness, told: Sequence[Section], words: Words) -> list[Section]:
    """Return the parts with the name of each option after its first by its code."""
    names = names_of(found.comparison.problem, words.language)
    codes = {
        names.option(each.id): each.id
        for each in found.comparison.problem.alternatives
        if names.is_code(each.id)
    }
    named: set[str] = set()
    return [
        replace(each, lines=tuple(_coded(line, codes, named) for line in each.lines))
        for each in told
    ]


def _coded(line: str, codes: Mapping[str, str], named: set[str]) -> str:
    """Return a line with every name that is in `named`, or was there before, by its code."""
    for name, code in codes.items():
        parts = re.split(rf"(?<!\w){re.escape(name)}(?!\w)", line)
        if len(parts) == 1:
            continue
        first, *rest = parts
        line = f"{first}{code if name in named else name}{code.join(rest)}"
        named.add(name)
    return line


def _marks(found: Robustness, lines: Sequence[str], words: Words) -> list[str]:
    """Return what the mark (*) says, where a line has it."""
    marked = any("(*)" in line for line in lines)
    about = any(profile.origin == "about" for profile in found.comparison.problem.panel)
    return [words.text("group.notice.about")] if marked and about else []

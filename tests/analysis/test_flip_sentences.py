from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import pytest

import afweging as afw
from afweging.analysis import flip_sentences
from afweging.analysis.compare import compare
from afweging.analysis.flips import FlipAnswer, WeightFlip, find_flips
from afweging.wording import LANGUAGES, Language, Words

if TYPE_CHECKING:
    from afweging.model.result import Comparison


@cache
def _brabant() -> Comparison:
    return compare(afw.read_problem("scenarios/brabant"))


@cache
def _pair(first: str, second: str) -> FlipAnswer:
    return find_flips(_brabant(), first, second)


def _percentages(line: str, language: Language) -> list[float]:
    found = re.findall(r"(\d+[.,]\d+)\s?%", line)
    return [float(n.replace(",", ".") if language == "nl" else n) for n in found]


def _expected(flip: WeightFlip) -> list[float]:
    """Return the move and, from the largest change on, before and after of what changes."""
    assert flip.after is not None
    assert flip.moved is not None
    rows = sorted(
        zip(flip.before.tolist(), flip.after.tolist(), strict=True),
        key=lambda row: -abs(row[1] - row[0]),
    )
    seen = [100 * weight for row in rows if abs(row[1] - row[0]) > 5e-4 for weight in row]
    return [100 * flip.moved, *seen]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("pair", [("O7", "O4"), ("O7", "O8"), ("O4", "O6")])
def test_every_percentage_is_that_of_the_flip(pair: tuple[str, str], language: Language) -> None:
    """The move, and each weight before and after, in every sentence about weights."""
    found = _pair(*pair)
    lines = flip_sentences.weights(_brabant(), found, Words(language))
    for line, flip in zip(lines, (found.lenses, found.criteria), strict=False):
        assert _percentages(line, language) == pytest.approx(_expected(flip), abs=0.051)
    if len(lines) == 5:
        for line, flip in zip(lines[2:], (found.first_lenses, found.first_criteria), strict=False):
            assert _percentages(line, language) == pytest.approx(_expected(flip), abs=0.051)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_can_never_be_is_said(language: Language) -> None:
    """No weights on the lenses bring O2 level with O7, and no likelihoods either."""
    found = _pair("O7", "O2")
    assert found.lenses.moved is None
    words = Words(language)
    lines = flip_sentences.weights(_brabant(), found, words)
    never = "nooit" if language == "nl" else "never"
    assert never in lines[0]
    (line,) = flip_sentences.likelihoods(_brabant(), found, words)
    assert _percentages(line, language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_estimate_names_now_and_then(language: Language) -> None:
    """Five estimates at most, each with the level now and the level at which the two tie."""
    found, words = _pair("O7", "O4"), Words(language)
    lines = flip_sentences.estimates(_brabant(), found, words)
    assert len(lines) == 7
    for line, each in zip(lines, found.estimates[:5], strict=False):
        at, now = (words.format_field(level, "2") for level in (each.at, each.now))
        assert at in line
        assert now in line
    assert str(len(found.estimates) - 5) in lines[5]


@pytest.mark.parametrize("language", LANGUAGES)
def test_scenarios_count_alike_until_told_otherwise(language: Language) -> None:
    """Without likelihoods that is said before what would have to move."""
    found, words = _pair("O7", "O4"), Words(language)
    first, second = flip_sentences.likelihoods(_brabant(), found, words)
    assert first == words.text("flip.likelihoods.equal")
    assert found.likelihoods is not None
    assert _percentages(second, language) == pytest.approx(_expected(found.likelihoods), abs=0.051)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lead_of_now_comes_first(language: Language) -> None:
    """Who is ahead, and by how much."""
    found, words = _pair("O4", "O7"), Words(language)
    line = flip_sentences.now(_brabant(), found, words)
    assert words.format_field(found.lead, "gap") in line
    assert line.index("O7") < line.index("O4")
    assert line.split()[0] in flip_sentences.heading(_brabant(), found, words)

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from tests.analysis.random_problems import random_problem, stated_uniform

from afweging.analysis.compare import compare
from afweging.analysis.effect_spread import (
    NO_SPREAD,
    Spread,
    count_uniform,
    spread_evenly,
    spread_sentences,
)
from afweging.wording import LANGUAGES, Language, Words


def test_an_effect_has_the_distribution_of_its_source() -> None:
    """In the shape asked; what has no source is triangular, also where all sources are uniform."""
    problem = random_problem(1)
    places = np.array([[0, 1, 2], [-1, 1, -1]], dtype=np.int32)
    assert not spread_evenly(problem, places).any()
    one = spread_evenly(stated_uniform(problem, 1), places)
    assert one.tolist() == [[False, True, False], [False, True, False]]
    every = spread_evenly(stated_uniform(problem, 0, 1, 2), places)
    assert every.tolist() == [[True, True, True], [False, True, False]]
    without = replace(problem, sources=())
    assert not spread_evenly(without, np.full((2, 2), -1, dtype=np.int32)).any()


@pytest.mark.parametrize("seed", range(3))
def test_estimates_are_counted_by_their_uncertain_cases(seed: int) -> None:
    """Uniform in all of them, or in some of them."""
    comparison = compare(stated_uniform(random_problem(seed), 0, 2))
    effects = comparison.problem.effects
    expected = [0, 0]
    pairs = []
    for a, c in np.ndindex(effects.low.shape[1:]):
        unsure = np.flatnonzero(effects.low[:, a, c] < effects.high[:, a, c])
        if len(unsure):
            pairs.append((a, c))
            even = [effects.source[s, a, c] in {0, 2} for s in unsure]
            expected[0] += all(even)
            expected[1] += any(even) and not all(even)
    assert count_uniform(comparison, pairs) == tuple(expected)
    assert sum(expected) > 0
    assert count_uniform(compare(random_problem(seed)), pairs) == NO_SPREAD


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_has_the_counts(language: Language) -> None:
    """Nothing without uniform estimates; what holds for the others only where there are others."""
    words = Words(language)
    rest = words.text("estimates.spread.rest")
    assert spread_sentences(NO_SPREAD, 5, words) == []
    (every,) = spread_sentences(Spread(5, 0), 5, words)
    (mixed,) = spread_sentences(Spread(2, 1), 5, words, what="lead")
    assert re.findall(r"\d+", every) == ["5", "5"]
    assert re.findall(r"\d+", mixed) == ["2", "5", "1"]
    assert rest not in every
    assert mixed.endswith(rest)
    assert words.text("estimates.spread.drawn") in every
    assert words.text("estimates.spread.lead") in mixed

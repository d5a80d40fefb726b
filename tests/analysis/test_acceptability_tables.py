from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.analysis.drawn import Drawn, wilson
from tests.analysis.random_problems import Shape, leaf, plain_problem, random_problem

import afweging as afw
from afweging.analysis.acceptability import find_acceptability
from afweging.analysis.acceptability_tables import percent, tables
from afweging.analysis.compare import compare
from afweging.analysis.naming import names_of
from afweging.analysis.weights import members
from afweging.wording import LANGUAGES, Language, Words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from afweging.analysis.word_table import WordTable
    from afweging.model.result import Comparison

    FloatArray = NDArray[np.float64]

DRAWS = 300
SEEDS = [0, 2, 5, 8]


@cache
def _comparison(seed: int) -> Comparison:
    if seed == 0:
        return compare(afw.read_problem("scenarios/brabant"))
    return compare(random_problem(seed, Shape(options=5, scenarios=2, regions=2, horizons=1)))


@cache
def _tables(seed: int, language: Language) -> dict[str, WordTable]:
    comparison, words = _comparison(seed), Words(language)
    found = find_acceptability(comparison, draws=DRAWS)
    assert found.confidence is not None
    names = ("first", "ranks", "winning", "lenses", "criteria", "cross", "cases")
    shown = tables(comparison, found, words)
    assert [table.title for table in shown] == [
        words.text(f"acceptability.table.{name}") for name in names
    ]
    return dict(zip(names, shown, strict=True))


@cache
def _oracle(seed: int) -> Drawn:
    return Drawn(_comparison(seed), draws=DRAWS)


def _numbers(cell: str, language: Language) -> list[float]:
    found = re.findall(r"\d+(?:[.,]\d+)?", cell)
    return [float(n.replace(",", ".") if language == "nl" else n) for n in found]


def _expected(share: float, draws: int | None = DRAWS) -> list[float]:
    """Return a share and its interval in per cent, nothing where it is undefined."""
    if np.isnan(share):
        return []
    numbers = [share] if draws is None else [share, *wilson(share, draws)]
    return [100.0 if x >= 1 else min(100 * x, 99.9) for x in numbers]


def _places(seed: int, language: Language, rows: tuple[tuple[str, ...], ...]) -> list[int]:
    """Return which option each row is about."""
    names = names_of(_comparison(seed).problem, language)
    full = [names.option(name) for name in _oracle(seed).options]
    return [full.index(row[0]) for row in rows]


def _check(cell: str, expected: list[float], language: Language) -> None:
    assert _numbers(cell, language) == pytest.approx(expected, abs=0.051), cell


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("seed", SEEDS)
def test_first_places_stand_beside_their_margin(seed: int, language: Language) -> None:
    """First place, the same with known effects, confidence, and all places together."""
    table, oracle = _tables(seed, language)["first"], _oracle(seed)
    central = find_acceptability(_comparison(seed), draws=DRAWS).drawn.central_weights
    cross = oracle.cross(central)
    count = len(oracle.options)
    roc = np.array([sum(1 / t for t in range(r, count + 1)) for r in range(1, count + 1)])
    order = _places(seed, language, table.rows)
    first = (oracle.ranks == 1).mean(axis=0)
    assert list(first[order]) == sorted(first, reverse=True)
    for a, (_, drawn, likely, factor, holistic) in zip(order, table.rows, strict=True):
        _check(drawn, _expected(float(first[a])), language)
        _check(likely, _expected(float((oracle.likely[:, a] == 1).mean())), language)
        _check(factor, _expected(float(cross[a, a])), language)
        together = float(oracle.shares()[a] @ (roc / roc[0]))
        assert _numbers(holistic, language) == pytest.approx([together], abs=0.0051)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("seed", SEEDS)
def test_every_rank_stands_beside_its_margin(seed: int, language: Language) -> None:
    """Each cell of the rank table and of the pairwise table."""
    ranks, winning = (_tables(seed, language)[name] for name in ("ranks", "winning"))
    oracle = _oracle(seed)
    shares = oracle.shares()
    order = _places(seed, language, ranks.rows)
    assert ranks.heads[1:] == tuple(str(r + 1) for r in range(len(order)))
    for a, row in zip(order, ranks.rows, strict=True):
        for r, cell in enumerate(row[1:]):
            _check(cell, _expected(float(shares[a, r])), language)
    scores = oracle.scores(oracle.values, oracle.weights)
    assert _places(seed, language, winning.rows) == order
    assert list(winning.heads[1:]) == [oracle.options[a] for a in order]
    for a, row in zip(order, winning.rows, strict=True):
        for b, cell in zip(order, row[1:], strict=True):
            ahead = np.nan if a == b else float((scores[:, a] > scores[:, b] + 1e-9).mean())
            _check(cell, _expected(ahead), language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("seed", SEEDS)
def test_central_weights_and_who_is_first_with_them(seed: int, language: Language) -> None:
    """By lens, by criterion, and crosswise; a dash where an option is never first."""
    shown, oracle = _tables(seed, language), _oracle(seed)
    tree = _comparison(seed).problem.tree
    central = oracle.central()
    lenses = central @ members(tree, tree.children).T
    order = _places(seed, language, shown["lenses"].rows)
    for a, row in zip(order, shown["lenses"].rows, strict=True):
        for place, cell in enumerate(row[1:]):
            _check(cell, _expected(float(lenses[a, place]), None), language)
    for c, row in enumerate(shown["criteria"].rows):
        assert row[0] == _comparison(seed).problem.criteria[c].name.in_language(language)
        for a, cell in zip(order, row[1:], strict=True):
            _check(cell, _expected(float(central[a, c]), None), language)
    exact = find_acceptability(_comparison(seed), draws=DRAWS).drawn.central_weights
    cross = oracle.cross(exact)
    for a, row in zip(order, shown["cross"].rows, strict=True):
        for k, cell in zip(order, row[1:], strict=True):
            _check(cell, _expected(float(cross[a, k])), language)
            assert (cell == "–") == bool(np.isnan(cross[a, k]))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("seed", SEEDS)
def test_cases_are_summed_up(seed: int, language: Language) -> None:
    """In how many cases each option leads, and its least and greatest share over them."""
    table, oracle = _tables(seed, language)["cases"], _oracle(seed)
    cases = range(len(_comparison(seed).cases.rows))
    shares = np.array([oracle.case_first(case) for case in cases])
    leads = (shares >= shares.max(axis=1, keepdims=True) - 1e-12).sum(axis=0)
    for a, row in zip(_places(seed, language, table.rows), table.rows, strict=True):
        assert _numbers(row[1], language) == [leads[a]]
        for cell, end in zip(row[2:], (shares[:, a].min(), shares[:, a].max()), strict=True):
            _check(cell, _expected(float(end), None), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_exact_has_no_margin(language: Language) -> None:
    """Participants that are counted once."""
    comparison = _comparison(0)
    found = find_acceptability(comparison, weights="panel", effects=False)
    first, ranks, winning, *_ = tables(comparison, found, Words(language))
    cells = [cell for table in (first, ranks, winning) for row in table.rows for cell in row[1:]]
    assert all("(" not in cell for cell in cells)
    assert len(first.heads) == 3


def test_tables_of_nothing_are_left_out() -> None:
    """One option and one criterion have first places and ranks only."""
    single = compare(plain_problem([[[0.2]]], (leaf("c"),)))
    assert len(tables(single, find_acceptability(single), Words("nl"))) == 2


@pytest.mark.parametrize(("share", "shown"), [(0.0, 0), (0.5, 50), (0.99999, 99.9), (1.0, 100)])
def test_almost_all_is_not_all(share: float, shown: float) -> None:
    """A share just below one is not rounded to it."""
    assert percent(share) == pytest.approx(shown)

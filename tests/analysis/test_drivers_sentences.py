from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.analysis.lead_oracle import effect_shares, factor_shares
from tests.analysis.random_problems import (
    leaf,
    plain_problem,
    random_problem,
    stated_uniform,
    table_effects,
    text,
)

import afweging as afw
from afweging.analysis.compare import compare
from afweging.analysis.drivers import Drivers, find_drivers
from afweging.analysis.drivers_sentences import sentences, tables
from afweging.analysis.naming import names_of
from afweging.analysis.stability import find_stability
from afweging.model.provenance import Source
from afweging.model.result import Request
from afweging.wording import LANGUAGES, Language, Words

if TYPE_CHECKING:
    from afweging.analysis.drivers import Found
    from afweging.analysis.word_table import WordTable
    from afweging.model.result import Comparison

SEEDS = range(5)
PLACES = {"effects": 0, "spread": 1, "losses": 2, "together": 4, "swing": 5, "turning": 6}


@cache
def _told(seed: int) -> tuple[Comparison, Drivers]:
    """Return a random problem, or brabant for -1, and what drives its answer."""
    if seed < 0:
        comparison = compare(afw.read_problem("scenarios/brabant"))
        return comparison, find_drivers(comparison)
    problem = replace(random_problem(seed), requirements=())
    comparison = compare(problem, Request(likelihood_set="kansen", region_weights="banen"))
    return comparison, find_drivers(comparison, draws=4096, seed=seed)


def _found(seed: int) -> tuple[Comparison, Found, int, int]:
    comparison, drivers = _told(seed)
    assert drivers.found is not None
    options = [alternative.id for alternative in comparison.problem.alternatives]
    scores = comparison.scores.expected.low.copy()
    a = int(scores.argmax())
    scores[a] = -1
    assert options[a] == drivers.found.contest.winner
    return comparison, drivers.found, a, int(scores.argmax())


@cache
def _shares(seed: int) -> tuple[np.ndarray, float, float]:
    comparison, _, a, b = _found(seed)
    return effect_shares(comparison, a, b)


def _line(seed: int, language: Language, what: str) -> str:
    lines = sentences(*_told(seed), Words(language))
    assert len(lines) == 7
    return lines[PLACES[what]]


def _number(text: str, language: Language) -> float:
    plain = text.replace("−", "-")
    swap = {"nl": str.maketrans(",.", ".,"), "en": str.maketrans("", "")}
    return float(plain.translate(swap[language]).replace(",", ""))


def _percentages(line: str, language: Language) -> list[float]:
    return [_number(n, language) for n in re.findall(r"(\d+(?:[.,]\d+)?)\s%", line)]


def _numbers(line: str, language: Language) -> list[float]:
    """Return the numbers with decimals that are no percentages."""
    found = re.findall(r"−?\d+[.,]\d+(?!\d|\s%)", line)
    return [_number(n, language) for n in found]


def _near(shown: float, exact: float) -> bool:
    """Whether a number shown in two digits at least may stand for one."""
    return shown == pytest.approx(exact, rel=0.06, abs=1e-9 + 0.005 * (abs(exact) >= 0.1))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("seed", [-1, *SEEDS])
def test_the_estimate_named_first_has_the_largest_share(seed: int, language: Language) -> None:
    """And its share, and those of the next two, are the variances of a dense table."""
    comparison, _, a, b = _found(seed)
    line, names = _line(seed, language, "effects"), names_of(comparison.problem, language)
    shares, mean, deviation = _shares(seed)
    both = shares.sum(axis=0)
    order = np.argsort(-both)[:3]
    assert _percentages(line, language) == pytest.approx((100 * both[order]).tolist(), abs=0.6)
    for c, share in zip(order, _percentages(line, language), strict=True):
        name = names.criterion(comparison.problem.criteria[c].id)
        assert name in line
        near = [p for p in 100 * both if abs(p - share) < 0.6]
        assert len(near) > 1 or re.search(rf"{name} \({share:g}\D", line.replace(",", "."))
    spread = _line(seed, language, "spread")
    expected = comparison.scores.expected.low
    lead = float(expected[a] - expected[b])
    turned = mean < 0
    shown = _numbers(spread, language)
    exact = (lead, -mean if turned else mean, deviation)
    assert all(_near(x, y) for x, y in zip(shown, exact, strict=True))
    assert spread.startswith(("Let op", "Note")) == turned


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("seed", [-1, *SEEDS])
def test_shares_of_all_at_a_time_are_those_of_exact_moments(seed: int, language: Language) -> None:
    """The largest total index, within what the draws allow, is of the factor named first."""
    comparison, found, a, b = _found(seed)
    line, names = _line(seed, language, "together"), names_of(comparison.problem, language)
    exact = factor_shares(comparison, a, b)
    shown = _percentages(line, language)
    assert len(shown) == 3
    for each, percent in zip(found.together.factors, shown, strict=False):
        assert percent == pytest.approx(100 * exact[each.factor][1], abs=5)
        if each.factor.node and each.factor.kind != "lenses":
            assert names.criterion(each.factor.node) in line
    assert shown[0] > 100 * max(total for _, total in exact.values()) - 5
    assert shown == sorted(shown, reverse=True)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("seed", [-1, *SEEDS])
def test_the_widest_swing_and_the_turning_ones_are_told(seed: int, language: Language) -> None:
    """Both ends of the first, and how many things put the runner-up ahead."""
    comparison, found, _, _ = _found(seed)
    words, names = Words(language), names_of(comparison.problem, language)
    line = _line(seed, language, "swing")
    widest = max(found.swings, key=lambda swing: swing.high - swing.low)
    ends = [words.format_field(end, "gap") for end in (widest.low, widest.high)]
    places = [line.index(end) for end in ends]
    assert places == sorted(places)
    if widest.kind in {"effects", "lens"}:
        assert names.criterion(widest.node) in line
    else:
        assert names.case(widest.kind, str(widest.low_at)) in line
        assert names.case(widest.kind, str(widest.high_at)) in line
    turning = [swing for swing in found.swings if swing.low < -1e-9]
    line = _line(seed, language, "turning")
    if len(turning) > 1:
        assert line.startswith(f"{len(turning)} ")
    if turning:
        assert f" {len(found.swings)} " in line
    else:
        assert line.startswith(("Geen van de", "Not one of the"))
    lenses = any(swing.kind == "lens" for swing in found.swings)
    assert line.endswith(words.text("drivers.swings.range")) == lenses


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_turns_within_what_was_looked_at_only(language: Language) -> None:
    """More weight on comfort puts Elton first, but not within one and a half times its weight."""
    comparison, words = compare(afw.read_problem("scenarios/kantoor")), Words(language)
    comfort = next(each for each in find_stability(comparison).nodes if each.node == "comfort")
    assert comfort.above == ("elton",)
    found = find_drivers(comparison, draws=64)
    assert found.found is not None
    names = names_of(comparison.problem, language)
    none = words.text(
        "drivers.swings.reverse_none",
        all=len(found.found.swings),
        winner=names.option("addison"),
        runner_up=names.option("elton"),
    )
    told = sentences(comparison, found, words)
    assert f"{none} {words.text('drivers.swings.range')}" in told


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("seed", [-1, *SEEDS])
def test_the_circumstances_of_a_loss_are_told_with_what_they_hold(
    seed: int, language: Language
) -> None:
    """Every limit, the coverage, the density and the base, in this order."""
    comparison, found, _, _ = _found(seed)
    line, names = _line(seed, language, "losses"), names_of(comparison.problem, language)
    losses = found.losses
    if losses.outcome != "found":
        whole = (losses.lost, losses.draws)
        digits = re.sub(r"(?<=\d)[.,](?=\d{3})", "", line)
        assert tuple(int(n) for n in re.findall(r"(?<![A-Z])\b\d+", digits)) == whole
        return
    exact = [losses.coverage, losses.density, losses.base]
    mainly = (losses.coverage or 0) >= 0.5 and (losses.density or 0) >= 1.25 * losses.base
    assert bool(re.search("vooral|mainly", line)) == mainly
    shown = _percentages(line, language)
    assert shown[-3:] == pytest.approx([100 * (x or 0) for x in exact], abs=0.51)
    ends = []
    for limit in losses.limits:
        subject = limit.subject
        if subject.kind == "case":
            assert all(names.case(subject.node, name) in line for name in limit.among)
            continue
        assert names.criterion(subject.node) in line
        if subject.kind == "lens":
            ends.append(limit.low if limit.high is None else limit.high)
        else:
            ends.append(1 - limit.low if limit.low is not None else limit.high)
    assert shown[:-3] == pytest.approx([100 * (end or 0) for end in ends], abs=0.51)


def _tables(seed: int, language: Language) -> list[WordTable]:
    return tables(*_told(seed), Words(language))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("seed", [-1, *SEEDS])
def test_tables_hold_the_shares_and_the_ends(seed: int, language: Language) -> None:
    """Every cell: shares by a dense table, indices by exact moments, ends as found."""
    comparison, found, a, b = _found(seed)
    names, words = names_of(comparison.problem, language), Words(language)
    effects, together, swings, *rest = _tables(seed, language)
    shares, _, _ = _shares(seed)
    place = {names.criterion(c.id): i for i, c in enumerate(comparison.problem.criteria)}
    assert len(effects.rows) == (shares.sum(axis=0) > 0).sum()
    for name, *cells in effects.rows:
        column = 100 * shares[:, place[name]]
        shown = [_number(cell.removesuffix("\u00a0%"), language) for cell in cells]
        assert shown == pytest.approx([*column, column.sum()], abs=0.3)
    exact = factor_shares(comparison, a, b)
    for each, (_, *cells) in zip(found.together.factors, together.rows, strict=True):
        shown = [_number(cell.removesuffix("\u00a0%"), language) for cell in cells]
        first, total = exact[each.factor]
        assert shown[:2] == pytest.approx([100 * first, 100 * total], abs=5)
        assert shown[2] == pytest.approx(100 * each.total_error, abs=0.06)
    for swing, row in zip(found.swings, swings.rows, strict=True):
        assert row[3:] == tuple(words.format_field(x, "gap") for x in (swing.low, swing.high))
        if swing.kind == "lens":
            at = [_number(cell.removesuffix("\u00a0%"), language) for cell in row[1:3]]
            weights = [swing.low_at, swing.high_at]
            assert at == pytest.approx([100 * float(w or 0) for w in weights], abs=0.006)
    assert len(rest) == (found.losses.outcome == "found")
    for table in rest:
        assert len(table.rows) == len(found.losses.limits)


@pytest.mark.parametrize("language", LANGUAGES)
def test_sure_problems_say_that_nothing_depends(language: Language) -> None:
    """One option, one criterion without doubt, and clones: a sentence, and no number made up."""
    words = Words(language)
    alone = compare(plain_problem([[[0.4]]], (leaf("a"),)))
    found = find_drivers(alone, draws=64)
    assert sentences(alone, found, words) == [words.text("drivers.alone")]
    assert tables(alone, found, words) == []
    sure = compare(plain_problem([[[0.9], [0.2]]], (leaf("a"),)))
    found = find_drivers(sure, draws=256)
    lines = sentences(sure, found, words)
    pair = {"winner": "O1", "runner_up": "O2"}
    assert lines[1] == words.text("drivers.losses.few", **pair, lost=0, draws=256)
    assert lines[3] == words.text("drivers.together.none", **pair)
    assert lines[4] == words.text("drivers.swings.none", **pair)
    assert tables(sure, found, words) == []
    clones = compare(plain_problem([[[0.9], [0.9], [0.9]]], (leaf("a"),)))
    line = sentences(clones, find_drivers(clones, draws=256), words)[0]
    assert all(name in line for name in ("O1", "O2", "O3"))
    second = compare(plain_problem([[[0.9], [0.2], [0.2]]], (leaf("a"),)))
    line = sentences(second, find_drivers(second, draws=256), words)[0]
    assert line.index("O2") < line.index("O3") < line.index("O1")


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_estimate_or_one_thing_is_all(language: Language) -> None:
    """Where only one thing is uncertain the lead depends on that alone."""
    words = Words(language)
    problem = plain_problem([[[0.5], [0.4]]], (leaf("a"),))
    low, high = np.array([[[0.3], [0.4]]]), np.array([[[0.9], [0.4]]])
    comparison = compare(replace(problem, effects=replace(problem.effects, low=low, high=high)))
    found = find_drivers(comparison, draws=256)
    lines = sentences(comparison, found, words)
    name = names_of(problem, language).criterion("a")
    assert name in lines[0]
    assert "%" not in lines[0]
    assert lines[4] == words.text(
        "drivers.together.only", what=words.text("drivers.together.effects", criterion=name)
    )
    assert lines[6] == words.text(
        "drivers.swings.reverse_one",
        all=1,
        runner_up="O2",
        winner="O1",
        what=words.text("drivers.swings.effects", criterion=name),
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_rival_that_turns_out_well_is_named(language: Language) -> None:
    """O1 loses when O2 is in the highest 42 % of what is likely: 0.5 squared over 0.6."""
    words = Words(language)
    problem = plain_problem([[[0.5], [0.4]]], (leaf("a"),))
    low, high = np.array([[[0.5], [0.0]]]), np.array([[[0.5], [1.0]]])
    comparison = compare(replace(problem, effects=replace(problem.effects, low=low, high=high)))
    found = find_drivers(comparison)
    assert found.found is not None
    (limit,) = found.found.losses.limits
    assert limit.low is not None
    assert limit.low == pytest.approx(1 - 0.5**2 / 0.6, abs=0.02)
    line = sentences(comparison, found, words)[2]
    name = names_of(problem, language).criterion("a")
    said = words.text("drivers.losses.effect_low", criterion=name, option="O2", at=1 - limit.low)
    assert said in line
    assert 40 <= _percentages(said, language)[0] <= 44


def test_both_languages_say_the_same_number_of_things() -> None:
    """Sentence by sentence and table by table."""
    for seed in (-1, *SEEDS):
        dutch, english = (sentences(*_told(seed), Words(each)) for each in LANGUAGES)
        assert len(dutch) == len(english)
        shapes = [
            [(len(table.heads), len(table.rows)) for table in _tables(seed, each)]
            for each in LANGUAGES
        ]
        assert shapes[0] == shapes[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_uniform_estimates_behind_the_lead_are_counted(language: Language) -> None:
    """Shares, mean and deviation are those of U(low, high), the triangle beside it its own."""
    mode = np.array([[[0.7, 0.6], [0.5, 0.4]]])
    low, high = mode - np.array([0.3, 0.2]), mode + 0.2
    source = np.array([[[0, 1], [0, -1]]], dtype=np.int32)
    effects = table_effects(mode, low=low, high=high, source=source)
    sources = (Source("even", "expert", text("even")), Source("piek", "expert", text("piek")))
    problem = plain_problem(mode.tolist(), (leaf("a", 3.0), leaf("b", 1.0)))
    problem = stated_uniform(replace(problem, effects=effects, sources=sources), 0)
    comparison = compare(problem)
    drivers = find_drivers(comparison, draws=64)
    assert drivers.found is not None
    parts = np.array([0.75**2 * 0.5**2 / 12] * 2 + [0.25**2 * 0.4**2 / 24] * 2)
    found = drivers.found.effects
    assert found.deviation == pytest.approx(np.sqrt(parts.sum()), rel=1e-12)
    shares = [each.share for each in found.shares]
    assert shares == pytest.approx(parts / parts.sum(), rel=1e-12)
    assert found.mean == pytest.approx(0.75 * 0.2 + 0.25 * 0.2)
    words = Words(language)
    what = words.text("estimates.spread.lead")
    expected = words.text("estimates.spread.uniform", what=what, count=2, total=4)
    rest = words.text("estimates.spread.rest")
    assert sentences(comparison, drivers, words)[2] == f"{expected} {rest}"

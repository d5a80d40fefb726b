from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, get_args

import numpy as np
import pytest
from tests.analysis import opinion_oracle as oracle
from tests.analysis.random_problems import Shape, leaf, plain_problem, random_problem

import afweging as afw
from afweging.analysis.compare import compare
from afweging.analysis.naming import names_of
from afweging.analysis.opinion import RefusalCode
from afweging.analysis.second_opinion import second_opinion
from afweging.analysis.second_opinion_sentences import heading, reasons, sentences, tables
from afweging.wording import LANGUAGES, Language, Words

if TYPE_CHECKING:
    from afweging.analysis.opinion import MethodOpinion, Reversal, SecondOpinion
    from afweging.analysis.word_table import WordTable
    from afweging.model.result import Comparison

PROBLEMS = ("brabant", "kantoor", "1", "2", "3", "ties")
VERBS = {"nl": r"kiest|kiezen|zet|zetten", "en": r"chooses|choose|puts|put"}
TOGETHER = {"nl": " samen bovenaan", "en": " first together"}


@cache
def _found(name: str) -> tuple[Comparison, SecondOpinion]:
    if name.isdigit():
        comparison = compare(random_problem(int(name), Shape(options=5)))
    elif name == "ties":
        x = [[[0.2, 0.8], [0.8, 0.2], [0.3, 0.3]]]
        comparison = compare(plain_problem(x, (leaf("a"), leaf("b", worst=1.0, best=0.0))))
    else:
        comparison = compare(afw.read_problem(f"scenarios/{name}"))
    return comparison, second_opinion(comparison)


def _names(methods: list[MethodOpinion], words: Words) -> str:
    return words.join([words.text(f"opinion.method.{each.method}") for each in methods])


def _options(comparison: Comparison, words: Words, options: list[str]) -> str:
    names = names_of(comparison.problem, words.language)
    return words.join([names.option(name) for name in options])


def _first(found: SecondOpinion, method: MethodOpinion) -> tuple[str, ...]:
    return tuple(o for o, r in zip(found.options, method.ranks, strict=True) if r == 1)


def _voices(found: SecondOpinion) -> list[MethodOpinion]:
    return [m for m in found.methods if m.refusal is None and m.same_as is None]


def _short(comparison: Comparison, found: SecondOpinion, language: Language) -> dict[str, str]:
    names = names_of(comparison.problem, language)
    return {o: o if names.is_code(o) else names.option(o) for o in found.options}


def _split(choice: str, language: Language) -> tuple[str, str]:
    """Return the methods and the options of one choice."""
    methods, options = re.split(rf" (?:{VERBS[language]}) ", choice, maxsplit=1)
    return methods, options.removesuffix(TOGETHER[language])


def _number(text: str, language: Language) -> float:
    plain = text.replace("−", "-")
    return float(plain.replace(",", ".") if language == "nl" else plain)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PROBLEMS)
def test_the_answer_counts_the_methods_that_agree(name: str, language: Language) -> None:
    """How many of how many, our first options by name, and who chooses what instead."""
    comparison, found = _found(name)
    words = Words(language)
    told = sentences(comparison, found, words)
    voices = _voices(found)
    agree = [m for m in voices if set(_first(found, m)) == set(found.ours.first)]
    assert _options(comparison, words, list(found.ours.first)) in told[0]
    start = re.split(r" zet| put", told[0])[0]
    counts = [int(number) for number in re.findall(r"\d+", start)]
    mixed = 0 < len(agree) < len(voices)
    assert counts == ([len(agree)] if mixed else []) + [len(voices)]
    differ = [m for m in voices if m not in agree]
    if differ:
        groups: dict[tuple[str, ...], list[MethodOpinion]] = {}
        for each in differ:
            groups.setdefault(_first(found, each), []).append(each)
        parts = {_split(part, language) for part in told[1].removesuffix(".").split("; ")}
        assert parts == {
            (_names(of, words), _options(comparison, words, list(first)))
            for first, of in groups.items()
        }
    assert told[2 if differ else 1] == words.text("opinion.informs")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PROBLEMS)
def test_numbers_in_sentences_are_those_of_the_methods(name: str, language: Language) -> None:
    """The lead, and the greatest and least tau with whom they belong to."""
    comparison, found = _found(name)
    words = Words(language)
    told = sentences(comparison, found, words)
    scores = np.sort(comparison.scores.expected.low[np.array(comparison.admissible)])[::-1]
    lead = float(scores[0] - scores[1])
    lines = [line for line in told if words.format_field(lead, "gap") + " h" in line]
    assert len(lines) == (lead > 1e-9)
    voices = _voices(found)
    ours = oracle.ranks(comparison.scores.expected.low[np.array(comparison.admissible)])
    taus = {m.method: oracle.tau_b(ours, list(m.ranks)) for m in voices}
    known = {name: tau for name, tau in taus.items() if tau is not None}
    (line,) = [line for line in told if "(tau " in line]
    shown = [_number(n, language) for n in re.findall(r"\(tau (−?\d[.,]\d\d)\)", line)]
    most, least = max(known.values()), min(known.values())
    assert shown == pytest.approx([most, least][: len(shown)], abs=0.0051)
    if len(shown) == 2:
        for end in (most, least):
            of = [m for m in voices if abs(known.get(m.method, 9) - end) < 1e-9]
            assert _names(of, words) in line


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PROBLEMS)
def test_sensitive_checks_and_stopped_methods_are_all_named(name: str, language: Language) -> None:
    """Each method is a voice, a check, or named with why it stopped; VIKOR's set is named."""
    comparison, found = _found(name)
    words = Words(language)
    told = sentences(comparison, found, words)
    moved = [m for m in found.others if m.stability.left_out]
    key = "opinion.sensitive_one" if len(moved) == 1 else "opinion.sensitive_many"
    expected = words.text(key, methods=[words.text(f"opinion.method.{m.method}") for m in moved])
    assert (expected in told) == bool(moved)
    assert (words.text("opinion.steady") in told) == (not moved)
    assert words.text("opinion.ours_steady") in told
    stopped = [m for m in found.methods if m.refusal is not None]
    for each in stopped:
        cannot = {"nl": "hier niet rekenen: ", "en": "cannot run here: "}[language]
        (line,) = [
            line
            for line in told
            if cannot in line and words.text(f"opinion.method.{each.method}") in line
        ]
        assert each.refusal is not None
        criterion = each.refusal.criterion
        if criterion is not None:
            assert names_of(comparison.problem, language).criterion(criterion) in line
    checks = [m for m in found.methods if m.refusal is None and m.same_as == "ours"]
    assert any(line.startswith(_names(checks, words)) for line in told)
    (vikor,) = [m for m in found.methods if m.method == "vikor"]
    shown = _options(comparison, words, list(vikor.compromise))
    assert any("VIKOR" in line and shown in line for line in told)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PROBLEMS)
def test_a_reason_is_given_for_each_voice_with_another_order(name: str, language: Language) -> None:
    """One line each, with what it puts first and what it looks at."""
    comparison, found = _found(name)
    words = Words(language)
    lines = reasons(comparison, found, words)
    differ = [m for m in found.others if m.ranks != found.ours.ranks]
    assert len(lines) == len(differ)
    for line, each in zip(lines, differ, strict=True):
        assert line.startswith(words.text(f"opinion.method.{each.method}"))
        assert words.text(f"opinion.why.{each.method}") in line
        short = _short(comparison, found, language)
        assert words.join([short[option] for option in each.first]) in line


def _tables(
    name: str, language: Language
) -> tuple[tuple[WordTable, ...], list[MethodOpinion], dict[str, str]]:
    comparison, found = _found(name)
    every = [found.ours, *found.methods]
    made = tuple(tables(comparison, found, Words(language)))
    return made, every, _short(comparison, found, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PROBLEMS)
def test_the_first_table_holds_firsts_pairs_and_tau(name: str, language: Language) -> None:
    """Of every method; of one that stopped, that it cannot run."""
    (agreement, _, _), every, short = _tables(name, language)
    words = Words(language)
    for (label, first, pairs, tau), each in zip(agreement.rows, every, strict=True):
        assert label.startswith(words.text(f"opinion.method.{each.method}"))
        assert ("(" in label) == (each.same_as is not None)
        if each.refusal is not None:
            assert (first, pairs, tau) == (words.text("opinion.table.refused"), "–", "–")
            continue
        assert first == words.join([short[o] for o in each.first])
        assert int(pairs.split(":")[0]) == len(each.turned)
        shown = re.findall(r"[:,] ([^,…]+)", pairs)
        assert shown == [f"{short[a]}–{short[b]}" for a, b in each.turned[:6]]
        if each.agreement is not None:
            assert _number(tau, language) == pytest.approx(each.agreement, abs=0.0051)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PROBLEMS)
def test_the_second_table_holds_whole_orders(name: str, language: Language) -> None:
    """Every option once, in the order of its rank, ties with an equals sign."""
    (_, orders, _), every, short = _tables(name, language)
    back = {label: option for option, label in short.items()}
    ran = [each for each in every if each.refusal is None]
    for (_, order), each in zip(orders.rows, ran, strict=True):
        ranks = dict(zip(short, each.ranks, strict=True))
        groups = [[back[o] for o in part.split(" = ")] for part in order.split(" > ")]
        read = {o: 1 + sum(map(len, groups[:i])) for i, group in enumerate(groups) for o in group}
        assert read == ranks


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PROBLEMS)
def test_the_third_table_holds_what_changes_who_is_first(name: str, language: Language) -> None:
    """With one option less, one twice, and one worse."""
    (_, _, firm), every, short = _tables(name, language)
    ran = [each.stability for each in every if each.refusal is None]
    for (_, left_out, copied, worsened), each in zip(firm.rows, ran, strict=True):
        _check_changes(left_out, each.left_out, short, Words(language))
        _check_changes(copied, each.copied, short, Words(language))
        numbers = [int(n) for n in re.findall(r"\d+", worsened)]
        assert numbers == ([each.kept, each.worsened] if each.worsened else [])


def _check_changes(
    cell: str, changes: tuple[Reversal, ...], short: dict[str, str], words: Words
) -> None:
    parts = [] if cell == words.text("opinion.stability.same") else cell.split("; ")
    for part, change in zip(parts, changes, strict=True):
        assert short[change.option] in part.split(":")[0]
        if change.first:
            assert part.endswith(": " + words.join([short[o] for o in change.first]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_few_voices_are_told_in_whole_sentences(language: Language) -> None:
    """One option, no voice at all, one voice that agrees, one that does not, all, and none."""
    comparison, found = _found("brabant")
    words = Words(language)
    agree = next(m for m in found.others if m in found.agreeing)
    differ = [m for m in found.others if m.first == ("O8",)]

    def answer(methods: tuple[MethodOpinion, ...]) -> str:
        return sentences(comparison, replace(found, methods=methods), words)[0]

    ours = _options(comparison, words, ["O7"])
    facts = {"first": [ours], "agreeing": 0}
    assert answer(()) == words.text("opinion.answer.nobody", first=[ours])
    for key, one in (("only_yes", agree), ("only_no", differ[0])):
        method = words.text(f"opinion.method.{one.method}")
        assert answer((one,)) == words.text(
            f"opinion.answer.{key}", method=method, total=1, **facts
        )
    assert answer((agree, agree)) == words.text("opinion.answer.all", total=2, **facts)
    assert answer((differ[0], differ[1])) == words.text("opinion.answer.none", total=2, **facts)
    assert answer((agree, *differ[:2])) == words.text("opinion.answer.some_one", total=3, **facts)
    single = compare(plain_problem([[[0.4]]], (leaf("a"),)))
    told = sentences(single, second_opinion(single), words)
    name = names_of(single.problem, language).option("O1")
    assert told == [
        words.text("opinion.answer.single", option=name),
        words.text("opinion.informs"),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_heading_says_which_numbers_the_methods_got(language: Language) -> None:
    """Values on fixed scales, or effects in their own units."""
    comparison, found = _found("brabant")
    words = Words(language)
    title = comparison.problem.title.in_language(language)
    one = heading(comparison, found, words)
    two = heading(comparison, replace(found, basis="effects"), words)
    assert one != two
    note = words.text("opinion.own_units")
    assert note not in sentences(comparison, found, words)
    assert note in sentences(comparison, replace(found, basis="effects"), words)
    assert one.startswith(title)
    assert two.startswith(title)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_why_a_method_stops_has_words(language: Language) -> None:
    """Also those that no problem here shows; one option is said in the answer itself."""
    words = Words(language)
    codes = set(get_args(RefusalCode)) - {"one-option"}
    texts = {words.text(f"opinion.refusal.{code}", criterion="C") for code in codes}
    assert len(texts) == len(codes)

"""Whole texts, word for word, with numbers worked out by hand.

Rent (huur) is worth x / 10 with weight 0.6, nuisance (hinder) is worth 1 - x / 100 with weight 0.4.
That numbers hold on larger problems is shown in test_sentences.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.analysis.random_problems import leaf, plain_problem, table_effects, text

from afweging.analysis import sentences
from afweging.analysis.compare import compare
from afweging.analysis.explain import explain
from afweging.analysis.explanation_sentences import explanation_sentences
from afweging.model.problem import DecisionProblem, Requirement
from afweging.model.result import Request
from afweging.wording import Words

NAN = float("nan")
CRITERIA = (leaf("huur", 60, worst=0, best=10), leaf("hinder", 40, worst=100, best=0))
NEED = Requirement("E", text("eis"), "hinder", 50.0, "expert", 0.0)

# O1: 0.64 and 0.56, mean 0.60; O2: 0.58 and 0.66, mean 0.62; O3: 0.16 and 0.14
TWO_WORLDS = [[[8.0, 60.0], [5.0, 30.0], [2.0, 90.0]], [[4.0, 20.0], [7.0, 40.0], [2.0, 95.0]]]
ENGLISH = """\
O2 O2-name scores above O1 O1-name: 0.620 against 0.600, a difference of 0.020.

Because:
- hinder-name: 35.00 against 40.00 unit hinder, contributes 0.020

No criterion speaks for O1 O1-name.

What tips it:
- If the weight of hinder-name goes from 40.0 % to 0.0 % (the others in proportion), both score \
the same.
- If the weight of huur-name goes from 60.0 % to 100.0 % (the others in proportion), both score \
the same.
- If O2 O2-name reaches 5.67 unit huur on average on huur-name instead of 6.00, both score the same.

Even if all uncertain estimates disappoint for O2 O2-name and please for O1 O1-name, O2 O2-name \
stays higher (difference 0.020).
In 50 % of the cases O2 O2-name scores higher."""
DUTCH = """\
O2 O2-naam scoort hoger dan O1 O1-naam: 0,620 tegen 0,600, een verschil van 0,020.

Want:
- hinder-naam: 35,00 tegen 40,00 eenheid hinder, draagt 0,020 bij

Geen enkel criterium pleit voor O1 O1-naam.

Wat het kantelt:
- Als het gewicht van hinder-naam van 40,0 % naar 0,0 % gaat (de andere in verhouding), scoren \
beide gelijk.
- Als het gewicht van huur-naam van 60,0 % naar 100,0 % gaat (de andere in verhouding), scoren \
beide gelijk.
- Als O2 O2-naam bij huur-naam gemiddeld 5,67 eenheid huur haalt in plaats van 6,00, scoren beide \
gelijk.

Ook als alle onzekere schattingen voor O2 O2-naam tegenvallen en voor O1 O1-naam meevallen, blijft \
O2 O2-naam hoger (verschil 0,020).
In 50 % van de gevallen scoort O2 O2-naam hoger."""


def _told(problem: DecisionProblem, language: str, request: Request | None = None) -> str:
    found = compare(problem, request)
    words = Words("nl" if language == "nl" else "en")
    lines = explanation_sentences(found, explain(found, "O1", "O2"), words)
    return "\n".join(lines).replace("\xa0", " ")


def _headline(problem: DecisionProblem, request: Request | None = None) -> str:
    told = sentences.headline(compare(problem, request), Words("en"))
    return "\n".join(told).replace("\xa0", " ")


@pytest.mark.parametrize(("language", "expected"), [("en", ENGLISH), ("nl", DUTCH)])
def test_a_whole_explanation(language: str, expected: str) -> None:
    """The full text in both languages, every number by hand."""
    assert _told(plain_problem(TWO_WORLDS, CRITERIA), language) == expected


def test_a_whole_headline() -> None:
    """First place, share, nearest tip, regret and what is assumed of the scenarios."""
    told = _headline(plain_problem(TWO_WORLDS, CRITERIA))
    assert told.splitlines() == [
        "O2 O2-name comes first with a score of 0.620 (from 0 to 1). O1 O1-name follows at 0.020.",
        "O2 O2-name comes first in 50 % of the cases.",
        (
            "The nearest tipping point: if the weight of hinder-name goes from 40.0 % to 0.0 %, "
            "O1 O1-name scores the same."
        ),
        (
            "Those who want the greatest regret to be small choose O2 O2-name too: "
            "that regret is 0.060, "
            "in S1-name."
        ),
        (
            "No likelihoods are given for the scenarios. The mean counts every scenario equally; "
            "that is no forecast."
        ),
    ]


def test_likelihoods_make_shares_of_the_weight() -> None:
    """With likelihoods a share of the weight is not told as a share of the cases."""
    request = Request(likelihoods=(("S1", 0.2), ("S2", 0.8)))
    told = _headline(plain_problem(TWO_WORLDS, CRITERIA), request)
    assert "O2 O2-name comes first in cases that hold 80 % of the weight." in told
    assert told.endswith("Likelihoods of the scenarios: S1-name 20 % and S2-name 80 %.")
    told = _told(plain_problem(TWO_WORLDS, CRITERIA), "nl", request)
    assert told.endswith(
        "O2 O2-naam scoort hoger in gevallen die samen 80 % van het gewicht hebben."
    )


def test_a_tie_is_told_as_a_tie() -> None:
    """Equal options are level, also when estimates turn out; nothing tips them."""
    problem = plain_problem([[[8.0, 60.0], [8.0, 60.0], [2.0, 90.0]]], CRITERIA)
    assert _told(problem, "en").split("\n\n") == [
        "O1 O1-name and O2 O2-name score the same: 0.640.",
        "No criterion speaks for O1 O1-name.",
        "No criterion speaks for O2 O2-name.",
        (
            "If all uncertain estimates disappoint for O1 O1-name and please for O2 O2-name, both "
            "score the same."
        ),
    ]
    assert _headline(problem) == (
        "O1 O1-name and O2 O2-name share the first place with a score of 0.640 (from 0 to 1)."
    )


def test_second_places_are_all_named() -> None:
    """Two options that follow at the same distance are both named."""
    problem = plain_problem([[[8.0, 60.0], [2.0, 90.0], [2.0, 90.0]]], CRITERIA)
    first = _headline(problem).splitlines()[0]
    assert first.endswith("O2 O2-name and O3 O3-name follow, all at 0.48.")


def test_a_gap_that_hides_the_order() -> None:
    """Where a gap could turn the order the difference is told between its bounds, and no more."""
    problem = plain_problem([[[8.0, 60.0], [NAN, 30.0], [2.0, 90.0]]], CRITERIA)
    assert _told(problem, "en").split("\n\n")[:4] == [
        (
            "Who scores higher depends on missing effects: O1 O1-name minus O2 O2-name lies "
            "between −0.240 and 0.360."
        ),
        "Of what is known, no criterion speaks for O1 O1-name.",
        "Despite:\n- hinder-name: 60.00 against 30.00 unit hinder, contributes −0.12",
        "Unknown: huur-name (effect is missing).",
    ]
    assert _headline(problem).splitlines() == [
        (
            "Who comes first depends on effects that are missing: O1 O1-name and O2 O2-name can be "
            "first."
        ),
        "Missing effects: 1, for O2 O2-name. Fill these in first: they decide who comes first.",
    ]


def test_a_gap_that_cannot_turn_the_order() -> None:
    """Where no completion turns the order, that is what is told."""
    problem = plain_problem([[[9.0, 10.0], [NAN, 80.0], [2.0, 90.0]]], CRITERIA)
    assert _told(problem, "en").startswith(
        "O1 O1-name scores above O2 O2-name, whatever the missing effects are: the difference lies "
        "between 0.22 and 0.82."
    )
    assert _headline(problem).splitlines()[0] == (
        "O1 O1-name comes first with a score of 0.900 (from 0 to 1). Every other option stays at "
        "least 0.22 below."
    )


def test_the_last_option_left() -> None:
    """The only option that is not screened out is called that, and boasts of nothing."""
    problem = replace(plain_problem(TWO_WORLDS, CRITERIA), requirements=(NEED,))
    assert _headline(problem).splitlines()[0] == (
        "O2 O2-name is the only option left; its score is 0.620 (from 0 to 1)."
    )
    assert len(_headline(problem).splitlines()) == 2
    told = sentences.requirements(compare(problem), Words("en"))
    assert [line.replace("\xa0", " ") for line in told] == [
        "eis-name: hinder-name is at most 50 unit hinder.",
        (
            "O1 O1-name is screened out: eis-name is not met in 1 of the 2 cases (50 % "
            "of the weight; at most 0 % is tolerated)."
        ),
        (
            "O3 O3-name is screened out: eis-name is not met in 2 of the 2 cases (100 % "
            "of the weight; at most 0 % is tolerated)."
        ),
        "The other options meet all requirements.",
    ]


def test_estimates_that_turn_the_order() -> None:
    """Estimates that could turn the order are told with the difference at their worst."""
    problem = plain_problem([[[8.0, 60.0], [7.0, 60.0]]], CRITERIA)
    mode = problem.effects.mode
    wide = table_effects(mode, low=mode - 1, high=mode + 1)
    told = _told(replace(problem, effects=wide), "en")
    # at worst 0.6 * (0.7 - 0.8) + 0.4 * (0.39 - 0.41)
    assert told.endswith("O2 O2-name scores higher (difference −0.068).")

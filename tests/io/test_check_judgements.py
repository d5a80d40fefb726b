from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.faulty import JUDGEMENTS_CASES, LICHT_STEP, RUST_STEP, asked
from tests.folders import SMALL, Case, check_case, faults_in, found, params, write

from afweging.io.problem_file import read_problem

if TYPE_CHECKING:
    from pathlib import Path

TRADE_OFF = f"{{kind: trade-off, {RUST_STEP}, {LICHT_STEP}}}"


@pytest.mark.parametrize("case", params(JUDGEMENTS_CASES))
def test_a_fault_in_a_judgement_is_named_with_its_place(case: Case, tmp_path: Path) -> None:
    """A judgement that says nothing clear is named with line and column."""
    check_case(case, tmp_path)


SOUND = (
    asked(
        "comparisons-of-four-that-form-a-chain",
        "ahp",
        "{kind: ratio, first: rust, second: licht, times: 3}\n"
        "{kind: ratio, first: groen, second: kosten, times: 0.25}\n"
        "{kind: ratio, first: kosten, second: rust, times: 2}",
    ),
    asked(
        "a-pair-both-ways-as-inverses",
        "ahp",
        "{kind: ratio, first: bomen, second: sfeer, times: 3}\n"
        "{kind: ratio, first: sfeer, second: bomen, times: 0.33333333}",
    ),
    asked(
        "judgements-on-one-group-and-weights-of-another",
        "ahp",
        "{kind: ratio, first: bomen, second: sfeer, times: 3}",
        weights="{doel: {groen: 40, rust: 25, licht: 5, kosten: 30}}",
    ),
    asked(
        "judgements-on-two-groups",
        "statements",
        "{kind: order, first: bomen, second: sfeer}\n{kind: best, first: kosten}",
    ),
    asked("no-more-than-low", "statements", "{kind: ratio, first: rust, second: licht, low: 2}"),
    asked("no-more-than-high", "statements", "{kind: share, first: rust, high: 35}"),
    asked("bounds-that-are-equal", "statements", "{kind: share, first: rust, low: 35, high: 35}"),
    asked(
        "the-widest-ratio", "statements", "{kind: ratio, first: rust, second: licht, low: 0.001}"
    ),
    asked(
        "a-bound-beside-a-number",
        "statements",
        "{kind: ratio, first: rust, second: licht, times: 3}\n"
        "{kind: ratio, first: rust, second: licht, low: 2, high: 4}",
    ),
    asked("steps-on-scales-that-fall-and-rise", "statements", TRADE_OFF),
    asked(
        "a-check-beside-swings",
        "swing",
        TRADE_OFF,
        weights="{doel: {groen: 40, rust: 100, licht: 5, kosten: 0}}",
    ),
    asked(
        "a-check-beside-ranks",
        "rank-sum",
        TRADE_OFF,
        weights="{doel: {groen: 4, rust: 2, licht: 3, kosten: 1}}",
    ),
    asked(
        "a-check-beside-a-method-of-ones-own",
        "hoogendoorn",
        TRADE_OFF,
        weights="{doel: {groen: 40, rust: 25, licht: 5, kosten: 30}}",
    ),
)


@pytest.mark.parametrize("case", params(SOUND))
def test_what_can_give_weights_is_no_fault(case: Case, tmp_path: Path) -> None:
    """Answers that are incomplete, or wide, or about some groups only are read as they stand."""
    (profile,) = read_problem(write(tmp_path, case.files)).profiles
    assert len(profile.judgements) == case.new.count("{kind:")


@pytest.mark.parametrize(
    ("method", "judgement", "code"),
    [
        ("ahp", "{kind: ratio, first: 3.5, second: rust, times: 2}", "field-kind"),
        ("ahp", "{kind: ratio, first: [rust], second: groen, times: 2}", "field-kind"),
        ("ahp", "{kind: ratio, first: true, second: groen, times: 2}", "field-kind"),
        ("ahp", "{kind: ratio, first: groen, second: [rust], times: 2}", "field-kind"),
        ("ahp", "{kind: ratio, first: groen, second: rust, times: veel}", "field-kind"),
        ("ahp", "{kind: [ratio], first: groen, second: rust, times: 2}", "field-choice"),
        ("ahp", "{kind: beter, first: groen, second: rust, times: 2}", "field-choice"),
        ("ahp", "{first: groen, second: rust, times: 2}", "field-missing"),
        ("[ahp]", "{kind: ratio, first: groen, second: rust, times: 2}", "field-kind"),
        ("statements", "groen voor rust", "field-kind"),
        ("statements", "null", "field-kind"),
    ],
)
def test_what_is_no_judgement_gives_one_fault(
    method: str, judgement: str, code: str, tmp_path: Path
) -> None:
    """A field of another kind is named once, and nothing is said about what follows from it."""
    assert [fault[0] for fault in found(faults_in(_folder(tmp_path, method, judgement)))] == [code]


def _folder(folder: Path, method: str, judgement: str) -> Path:
    return write(folder, asked("", method, judgement).files)


def test_a_step_on_a_scale_that_is_not_there_is_one_fault(tmp_path: Path) -> None:
    """Where a scale lacks its worst end, the scale is named and not the step on it."""
    files = asked("", "statements", TRADE_OFF).files
    files["problem.yaml"] = files["problem.yaml"].replace("worst: 70, best", "best")
    expected = [("scale-missing", "problem.yaml", 34, 7)]
    assert found(faults_in(write(tmp_path, files))) == expected


def test_every_unknown_name_is_named(tmp_path: Path) -> None:
    """Two judgements with an unknown name are two faults; nothing is said about their group."""
    profile = SMALL["profiles.yaml"].replace(
        "{kind: ratio, first: groen, second: kosten, low: 1.5}",
        "{kind: order, first: gron, second: kosten}\n      - {kind: best, first: 2030}",
    )
    files = {**SMALL, "profiles.yaml": profile}
    expected = [
        ("id-unknown", "profiles.yaml", 33, 30),
        ("id-unknown", "profiles.yaml", 34, 29),
    ]
    assert found(faults_in(write(tmp_path, files))) == expected

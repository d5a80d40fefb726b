"""Small problems with one thing wrong each: what is changed, and every fault that must follow.

A group of cases belongs to the module of `io` that finds the faults; the functional tests run all
of them through the command line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.folders import EFFECTS, PROBLEM, PROFILES, SOURCES, Case

if TYPE_CHECKING:
    from tests.folders import Found

P, E, R, S = "problem.yaml", "effects.csv", "profiles.yaml", "sources.yaml"

LAST = "hof,nat,kosten,310,350,440,derived,\n"
HEADING = EFFECTS.splitlines(keepends=True)[0]
WITHOUT_EVIDENCE = "".join(
    ",".join(part for place, part in enumerate(line.split(",")) if place != 6)
    for line in EFFECTS.splitlines(keepends=True)
)
WITHOUT_SCENARIO = "".join(
    ",".join(part for place, part in enumerate(line.split(",")) if place != 1)
    for line in EFFECTS.splitlines(keepends=True)
)

BOMEN_AGAIN = """\
        - {id: bomen, name: Bos, weight: 0, unit: x, worst: 2, best: 40, evidence: expert}
"""
BUREAU_AGAIN = """\
  - id: bureau
    name: Het weer
    weights: {droog: {value: 1}, nat: {value: 0}}
"""

JUDGEMENT = "{kind: ratio, first: groen, second: kosten, low: 1.5}"
KOSTEN = "      kosten: {worst: 900, best: 100}\n"
WIDE = PROBLEM.replace(
    "    - id: kosten\n",
    """\
    - {id: rust, name: Rust, weight: 0, unit: dB, worst: 70, best: 45, direction: min,
       evidence: expert}
    - {id: licht, name: Licht, weight: 0, unit: uur, worst: 1, best: 9, evidence: expert}
    - id: kosten
""",
)
RUST_STEP = "first: rust, first_from: 70, first_to: 60"
LICHT_STEP = "second: licht, second_from: 2, second_to: 4"
EXTREMES = "{kind: best, first: rust}\n{kind: worst, first: licht}"
BEST_ANSWERS = """\
{kind: ratio, first: rust, second: groen, times: 3}
{kind: ratio, first: rust, second: kosten, times: 2}
{kind: ratio, first: rust, second: licht, times: 6}"""
WORST_ANSWERS = """\
{kind: ratio, first: groen, second: licht, times: 2}
{kind: ratio, first: kosten, second: licht, times: 4}"""

YAML_CASES = (
    Case("not-yaml", P, "id: doel", "id: [doel", (("yaml-syntax", P, 6, 7),)),
    Case("tab", P, "  id: doel", "\tid: doel", (("yaml-syntax", P, 5, 1),)),
    Case(
        "escape-beyond-the-last-character",
        P,
        "name: Park",
        'name: "\\UFFFFFFFF"',
        (("yaml-syntax", P, None, None),),
    ),
    Case("second-document", P, "", "---\nid: twee\ntitle: 3\n", (("yaml-documents", P, 75, 1),)),
    Case("alias", P, "name: Markt", "name: *plein", (("yaml-alias", P, 45, 11),)),
    Case("anchor", P, "name: Markt", "name: &plein Markt", (("yaml-alias", P, 45, 11),)),
    Case("anchored-list", P, "lead: [ruimte]", "lead: &x [ruimte]", (("yaml-alias", P, 49, 11),)),
    Case(
        "tag", P, "name: Markt", "name: !!python/object:os.system Markt", (("yaml-tag", P, 45, 11),)
    ),
    Case("tag-of-a-list", P, "lead: [ruimte]", "lead: !!set [ruimte]", (("yaml-tag", P, 49, 11),)),
    Case(
        "too-deep",
        P,
        "name: Markt",
        "name: " + "[" * 50 + "]" * 50,
        (("yaml-too-deep", P, 45, 48),),
    ),
    Case(
        "duplicate-key",
        P,
        "    name: Markt",
        "    name: Plein\n    name: Markt",
        (("yaml-duplicate-key", P, 46, 5),),
    ),
    Case(
        "key-that-is-a-list",
        P,
        "    name: Markt",
        "    name: Markt\n    ? [a, b]\n    : c",
        (
            ("yaml-key", P, 46, 7),
            ("field-unknown", P, 47, 7),
        ),
    ),
    Case(
        "control-character", P, "name: Markt", "name: Ma\x07rkt", (("yaml-character", P, 45, 13),)
    ),
    Case(
        "half-a-character",
        P,
        "name: Markt",
        'name: "Ma\\ud800rkt"',
        (("yaml-character", P, 45, 11),),
    ),
    Case("infinity", P, "worst: 900", "worst: .inf", (("number-not-finite", P, 39, 14),)),
    Case("not-a-number", P, "worst: 900", "worst: .NaN", (("number-not-finite", P, 39, 14),)),
    Case(
        "too-large-a-number", P, "worst: 900", "worst: 1e999", (("number-not-finite", P, 39, 14),)
    ),
    Case(
        "endless-digits",
        P,
        "worst: 900",
        "worst: " + "9" * 400,
        (("number-not-finite", P, 39, 14),),
    ),
    Case("decimal-comma", P, "fte: 0.5", "fte: 0,5", (("number-comma-in-yaml", P, 50, 10),)),
    Case(
        "point-read-two-ways",
        P,
        "euro_per_year: 60000",
        "euro_per_year: 600.000",
        (("number-ambiguous", P, 51, 20),),
    ),
    Case(
        "comma-read-two-ways",
        P,
        "euro_per_year: 60000",
        "euro_per_year: 600,000",
        (("number-ambiguous", P, 51, 20),),
    ),
)


FORM_CASES = (
    Case("missing-field", P, "    name: Park\n", "", (("field-missing", P, 47, 5),)),
    Case("unknown-field", P, "    fte: 0.5", "    ftes: 0.5", (("field-unknown", P, 50, 11),)),
    Case(
        "unknown-field-like-nothing",
        P,
        "    fte: 0.5",
        "    zwaartekracht: 0.5",
        (("field-unknown", P, 50, 20),),
    ),
    Case(
        "unknown-field-at-the-top",
        P,
        "date: 2026-11",
        "dato: 2026-11",
        (("field-unknown", P, 3, 7),),
    ),
    Case("text-for-a-number", P, "fte: 0.5", "fte: half", (("field-kind", P, 50, 10),)),
    Case("list-for-a-number", P, "fte: 0.5", "fte: [0.5]", (("field-kind", P, 50, 10),)),
    Case("yes-for-a-number", P, "fte: 0.5", "fte: true", (("field-kind", P, 50, 10),)),
    Case("code-for-a-number", P, "weight: 60", "weight: 060", (("field-kind", P, 10, 15),)),
    Case("number-for-a-text", P, "name: Park", "name: 12", (("field-kind", P, 48, 11),)),
    Case("list-for-a-text", P, "name: Park", "name: [Park]", (("field-kind", P, 48, 11),)),
    Case("text-for-a-list", P, "lead: [ruimte]", "lead: ruimte", (("field-kind", P, 49, 11),)),
    Case(
        "text-for-a-part",
        P,
        "  - {id: aanleg, name: Aanleg}",
        "  - aanleg",
        (
            ("id-unknown", P, 21, 24),
            ("field-kind", P, 72, 5),
        ),
    ),
    Case(
        "number-for-yes-or-no", P, "reference: true", "reference: 1", (("field-kind", P, 46, 16),)
    ),
    Case(
        "negative-weight",
        P,
        "weight: 75",
        "weight: -75",
        (
            ("weights-sum", P, 12, 9),
            ("field-too-small", P, 14, 19),
        ),
    ),
    Case(
        "negative-money",
        P,
        "euro_per_year: 60000",
        "euro_per_year: -1",
        (("field-too-small", P, 51, 20),),
    ),
    Case("class-value-above-one", P, "value: 0.3", "value: 3", (("field-too-large", P, 31, 51),)),
    Case(
        "unknown-direction", P, "direction: min", "direction: down", (("field-choice", P, 38, 18),)
    ),
    Case(
        "unknown-evidence",
        P,
        "evidence: derived",
        "evidence: guess",
        (("field-choice", P, 42, 17),),
    ),
    Case(
        "unknown-shape", P, "shape: exponential", "shape: exponent", (("field-choice", P, 41, 31),)
    ),
    Case(
        "missing-shape",
        P,
        "{shape: exponential, midvalue: 600}",
        "{midvalue: 600}",
        (("field-missing", P, 41, 23),),
    ),
    Case(
        "unknown-role",
        P,
        "[verbinden, uitvoeren]",
        "[verbinden, toekijken]",
        (("field-choice", P, 55, 24),),
    ),
    Case("id-with-a-space", P, "id: pleinkeuze", "id: plein keuze", (("id-form", P, 1, 5),)),
    Case("id-too-long", P, "id: pleinkeuze", "id: " + "p" * 61, (("text-too-long", P, 1, 5),)),
    Case("no-date", P, "date: 2026-11", "date: november", (("day-form", P, 3, 7),)),
    Case("empty-text", P, "name: Park", 'name: ""', (("text-empty", P, 48, 11),)),
    Case(
        "too-long-a-text", P, "name: Park", "name: " + "p" * 5001, (("text-too-long", P, 48, 11),)
    ),
    Case("point-of-three", P, "[10, 0.6]", "[10, 0,6]", (("list-too-long", P, 18, 63),)),
    Case("point-of-one", P, "[10, 0.6]", "[10]", (("list-length", P, 18, 63),)),
    Case(
        "decimal-of-the-table",
        P,
        "date: 2026-11",
        "effects_decimal: [point]",
        (("field-choice", P, 3, 18),),
    ),
    Case("list-for-the-whole", S, SOURCES, "- telling\n- kaart\n", (("field-kind", S, 1, 1),)),
    Case(
        "threshold-that-is-a-list",
        P,
        "threshold: 3",
        "threshold: [3]",
        (("field-kind", P, 61, 66),),
    ),
    Case(
        "weight-of-a-case-as-a-number",
        P,
        "nat: {value: 65, evidence: expert}",
        "nat: 65",
        (("field-kind", P, 68, 12),),
    ),
    Case(
        "unknown-kind-of-source", S, "kind: primary", "kind: prima", (("field-choice", S, 3, 11),)
    ),
    Case("profile-without-origin", R, "    origin: about\n", "", (("field-missing", R, 2, 5),)),
)


TREE_CASES = (
    Case("weights-of-a-group", P, "weight: 25", "weight: 35", (("weights-sum", P, 12, 9),)),
    Case("weights-of-the-root", P, "weight: 60", "weight: 0.6", (("weights-sum", P, 8, 5),)),
    Case("no-worst", P, "          worst: 2\n", "", (("scale-missing", P, 12, 11),)),
    Case(
        "empty-best",
        P,
        "          best: 40\n",
        "          best:\n",
        (("scale-missing", P, 18, 11),),
    ),
    Case(
        "flat-scale",
        P,
        "          worst: 2\n",
        "          worst: 40\n",
        (
            ("scale-flat", P, 17, 17),
            ("weight-outdated", R, 11, 22),
        ),
    ),
    Case(
        "scale-against-direction",
        P,
        "      direction: min\n",
        "",
        (("scale-direction", P, 39, 13),),
    ),
    Case("point-above-one", P, "[10, 0.6]", "[10, 1.6]", (("points-value", P, 18, 54),)),
    Case(
        "points-out-of-order",
        P,
        "[[2, 0], [10, 0.6]",
        "[[10, 0.6], [2, 0]",
        (("points-order", P, 18, 54),),
    ),
    Case(
        "no-point-for-worst",
        P,
        "[[2, 0], [10, 0.6]",
        "[[3, 0], [10, 0.6]",
        (("points-reference", P, 18, 54),),
    ),
    Case("point-for-best-below-one", P, "[40, 1]", "[40, 0.9]", (("points-reference", P, 18, 54),)),
    Case(
        "midvalue-outside", P, "midvalue: 600", "midvalue: 950", (("midvalue-outside", P, 41, 54),)
    ),
    Case(
        "midvalue-at-the-end",
        P,
        "midvalue: 600",
        "midvalue: 100",
        (("midvalue-outside", P, 41, 54),),
    ),
    Case(
        "scale-of-classes",
        P,
        "          unit: oordeel\n",
        "          unit: oordeel\n          worst: 0\n",
        (("ordinal-scale", P, 27, 18),),
    ),
    Case(
        "direction-of-classes",
        P,
        "          unit: oordeel\n",
        "          unit: oordeel\n          direction: min\n",
        (("ordinal-direction", P, 27, 22),),
    ),
    Case(
        "first-class-above-zero",
        P,
        "{id: kaal, name: kaal, value: 0}",
        "{id: kaal, name: kaal, value: 0.1}",
        (("ordinal-ends", P, 30, 15),),
    ),
    Case(
        "last-class-below-one",
        P,
        "{id: fijn, name: fijn, value: 1}",
        "{id: fijn, name: fijn, value: 0.9}",
        (("ordinal-ends", P, 30, 15),),
    ),
)


REFERENCES_CASES = (
    Case(
        "scenario-twice",
        P,
        "  - {id: nat, name: Nat}",
        "  - {id: nat, name: Nat}\n  - {id: nat, name: Natter}",
        (("id-twice", P, 60, 10),),
    ),
    Case(
        "criterion-twice",
        P,
        "        - id: sfeer\n",
        BOMEN_AGAIN + "        - id: sfeer\n",
        (("id-twice", P, 23, 16),),
    ),
    Case(
        "class-twice",
        P,
        "              - {id: fijn,",
        "              - {id: kaal, name: kaal, value: 0.5}\n              - {id: fijn,",
        (("id-twice", P, 32, 22),),
    ),
    Case(
        "weight-set-twice",
        P,
        "portfolios:",
        BUREAU_AGAIN + "portfolios:",
        (("id-twice", P, 69, 9),),
    ),
    Case(
        "unknown-source-of-a-criterion",
        P,
        "          source: telling\n",
        "          source: teling\n",
        (("id-unknown", P, 20, 19),),
    ),
    Case(
        "unknown-stage",
        P,
        "chain_stage: aanleg",
        "chain_stage: aanlag",
        (("id-unknown", P, 21, 24),),
    ),
    Case(
        "unknown-perspective",
        P,
        "perspective: buurt",
        "perspective: buur",
        (("id-unknown", P, 22, 24),),
    ),
    Case("unknown-portfolio", P, "lead: [ruimte]", "lead: [ruimtes]", (("id-unknown", P, 49, 12),)),
    Case(
        "unknown-excluded-option",
        P,
        "excludes: [hof]",
        "excludes: [hofje, zee]",
        (
            ("id-unknown", P, 52, 16),
            ("id-unknown", P, 52, 23),
        ),
    ),
    Case(
        "unknown-required-option",
        P,
        "requires: [markt]",
        "requires: [mark]",
        (("id-unknown", P, 56, 16),),
    ),
    Case(
        "unknown-part", P, "    excludes: [hof]", "    parts: [parc]", (("id-unknown", P, 52, 13),)
    ),
    Case(
        "option-that-excludes-itself",
        P,
        "excludes: [hof]",
        "excludes: [park]",
        (("option-itself", P, 52, 16),),
    ),
    Case(
        "option-that-requires-itself",
        P,
        "requires: [markt]",
        "requires: [markt, hof]",
        (("option-itself", P, 56, 23),),
    ),
    Case(
        "second-reference",
        P,
        "    lead: [ruimte]\n",
        "    lead: [ruimte]\n    reference: true\n",
        (("reference-twice", P, 50, 16),),
    ),
    Case(
        "unknown-criterion-of-a-requirement",
        P,
        "criterion: bomen",
        "criterion: boom",
        (("id-unknown", P, 61, 48),),
    ),
    Case(
        "threshold-of-no-class",
        P,
        "threshold: gewoon",
        "threshold: gewon",
        (("id-unknown", P, 62, 63),),
    ),
    Case(
        "threshold-between-classes",
        P,
        "threshold: gewoon",
        "threshold: 1.5",
        (("id-unknown", P, 62, 63),),
    ),
    Case(
        "threshold-that-is-a-class",
        P,
        "threshold: 3",
        "threshold: gewoon",
        (("field-kind", P, 61, 66),),
    ),
    Case(
        "unknown-source-of-a-requirement",
        P,
        "criterion: bomen, threshold: 3",
        "criterion: bomen, source: kar, threshold: 3",
        (("id-unknown", P, 61, 63),),
    ),
    Case(
        "unknown-source-of-an-option",
        P,
        "    fte: 0.5",
        "    source: kar",
        (("id-unknown", P, 50, 13),),
    ),
    Case(
        "unknown-source-of-a-portfolio",
        P,
        "2026-05-27, source: telling",
        "2026-05-27, source: tellng",
        (("id-unknown", P, 70, 85),),
    ),
    Case(
        "weights-of-an-unknown-case",
        P,
        "      nat: {value: 65",
        "      nad: {value: 65",
        (
            ("case-weight-missing", P, 67, 7),
            ("id-unknown", P, 68, 12),
        ),
    ),
    Case(
        "unknown-source-of-a-weight",
        P,
        "source: telling}\n      nat",
        "source: teling}\n      nat",
        (("id-unknown", P, 67, 52),),
    ),
    Case(
        "weight-of-no-case",
        P,
        "      nat: {value: 65, evidence: expert}\n",
        "",
        (
            ("case-weight-missing", P, 67, 7),
            ("weights-sum", P, 67, 7),
        ),
    ),
    Case(
        "likelihoods-that-do-not-add-up", P, "value: 65", "value: 60", (("weights-sum", P, 67, 7),)
    ),
    Case(
        "weights-all-zero",
        P,
        "value: 35, evidence: expert, source: telling}\n      nat: {value: 65",
        "value: 0}\n      nat: {value: 0",
        (
            ("case-weights-zero", P, 67, 7),
            ("weights-sum", P, 67, 7),
        ),
    ),
    Case(
        "source-twice",
        S,
        "id: kaart",
        "id: telling",
        (
            ("id-unknown", S, 5, 16),
            ("id-twice", S, 6, 9),
        ),
    ),
    Case(
        "unknown-basis-of-a-source",
        S,
        "based_on: [kaart]",
        "based_on: [kart]",
        (("id-unknown", S, 5, 16),),
    ),
    Case(
        "figure-that-was-not-found",
        S,
        "title: Kaart van het plein",
        "title: Kaart van het plein\n    figure: 12 bomen",
        (("source-not-found-figure", S, 9, 13),),
    ),
)


PROFILES_CASES = (
    Case("profile-twice", R, "id: raad", "id: buurt", (("id-twice", R, 13, 9),)),
    Case(
        "unknown-group",
        R,
        "      groen: {bomen: 55, sfeer: 45}",
        "      groem: {bomen: 55, sfeer: 45}",
        (("id-unknown", R, 9, 14),),
    ),
    Case(
        "unknown-child",
        R,
        "{bomen: 55, sfeer: 45}",
        "{bomen: 55, sfeer: 25, sfeerr: 20}",
        (("id-unknown", R, 9, 45),),
    ),
    Case(
        "missing-child",
        R,
        "{bomen: 55, sfeer: 45}",
        "{bomen: 100}",
        (("profile-child-missing", R, 9, 14),),
    ),
    Case(
        "weights-that-do-not-add-up",
        R,
        "{bomen: 55, sfeer: 45}",
        "{bomen: 55, sfeer: 54}",
        (("weights-sum", R, 9, 14),),
    ),
    Case(
        "largest-swing-not-hundred",
        R,
        "{groen: 70, kosten: 100}",
        "{groen: 70, kosten: 90}",
        (("profile-swing", R, 19, 13),),
    ),
    Case(
        "no-ranking",
        R,
        "{bomen: 2, sfeer: 1}",
        "{bomen: 3, sfeer: 1}",
        (("profile-ranks", R, 26, 14),),
    ),
    Case(
        "stale-worst",
        R,
        f"{KOSTEN}    rescale: true\n",
        "      kosten: {worst: 850, best: 100}\n",
        (("weight-stale", R, 35, 23),),
    ),
    Case(
        "stale-best",
        R,
        f"{KOSTEN}    rescale: true\n",
        "      kosten: {worst: 900, best: 250}\n    rescale: false\n",
        (("weight-stale", R, 35, 34),),
    ),
    Case(
        "old-range-on-pieces",
        R,
        "worst: 2, best: 40",
        "worst: 2, best: 30",
        (("weight-outdated", R, 11, 31),),
    ),
    Case(
        "old-range-turned-round",
        R,
        KOSTEN,
        "      kosten: {worst: 100, best: 900}\n",
        (
            ("weight-outdated", R, 35, 23),
            ("weight-outdated", R, 35, 34),
        ),
    ),
    Case(
        "old-range-beyond-an-exponential-scale",
        R,
        KOSTEN,
        "      kosten: {worst: 950, best: 100}\n",
        (("weight-outdated", R, 35, 23),),
    ),
    Case(
        "old-range-on-pieces-to-be-rescaled",
        R,
        KOSTEN,
        "      bomen: {worst: 3, best: 40}\n",
        (("weight-outdated", R, 35, 22),),
    ),
    Case(
        "range-of-an-unknown-criterion",
        R,
        "      bomen: {worst: 2",
        "      boomen: {worst: 2",
        (("id-unknown", R, 11, 15),),
    ),
    Case("unknown-source", R, "source: telling", "source: teling", (("id-unknown", R, 12, 13),)),
)


def _judged(name: str, judgements: str, *faults: Found) -> Case:
    """Return a case with other judgements in the profile of the method statements."""
    return Case(name, R, JUDGEMENT, judgements, faults)


def asked(name: str, method: str, judgements: str, *faults: Found, weights: str = "{}") -> Case:
    """Return a case with one profile, its judgements from line 9 on, and four parts at the root."""
    answers = "".join(f"      - {line}\n" for line in judgements.splitlines())
    profile = f"""\
profiles:
  - id: vriend
    name: Vriend
    origin: own
    evidence: expert
    method: {method}
    weights: {weights}
    judgements:
{answers}"""
    return Case(name, R, PROFILES, profile, faults, more=((P, WIDE),))


JUDGEMENTS_CASES = (
    _judged(
        "judgement-without-first",
        "{kind: ratio, second: kosten, low: 1.5}",
        ("field-missing", R, 33, 9),
    ),
    _judged(
        "judgement-about-the-root",
        "{kind: share, first: doel, low: 20}",
        ("id-unknown", R, 33, 30),
    ),
    _judged(
        "judgement-about-the-unknown",
        "{kind: order, first: groen, second: kostn}",
        ("id-unknown", R, 33, 45),
    ),
    _judged(
        "compared-with-itself",
        "{kind: order, first: groen, second: groen}",
        ("judgement-itself", R, 33, 45),
    ),
    _judged(
        "compared-across-groups",
        "{kind: order, first: bomen, second: kosten}",
        ("judgement-siblings", R, 33, 45),
    ),
    _judged(
        "order-without-second",
        "{kind: order, first: groen}",
        ("judgement-field-missing", R, 33, 9),
    ),
    _judged(
        "order-with-times",
        "{kind: order, first: groen, second: kosten, times: 2}",
        ("judgement-field-unused", R, 33, 60),
    ),
    _judged(
        "best-of-two",
        "{kind: best, first: groen, second: kosten}",
        ("judgement-field-unused", R, 33, 44),
    ),
    _judged(
        "ratio-of-nothing",
        "{kind: ratio, first: groen, second: kosten}",
        ("judgement-ratio", R, 33, 9),
    ),
    _judged(
        "ratio-exact-and-bounded",
        "{kind: ratio, first: groen, second: kosten, times: 2, low: 1.5}",
        ("judgement-ratio", R, 33, 9),
    ),
    _judged("share-of-nothing", "{kind: share, first: groen}", ("judgement-share", R, 33, 9)),
    _judged(
        "share-above-the-whole",
        "{kind: share, first: groen, low: 30, high: 101}",
        ("judgement-percent", R, 33, 52),
    ),
    _judged(
        "share-below-nothing",
        "{kind: share, first: groen, low: -1, high: 40}",
        ("judgement-percent", R, 33, 42),
    ),
    _judged(
        "ratio-of-zero",
        "{kind: ratio, first: groen, second: kosten, times: 0}",
        ("judgement-times", R, 33, 60),
    ),
    _judged(
        "ratio-beyond-belief",
        "{kind: ratio, first: groen, second: kosten, low: 2, high: 2000}",
        ("judgement-times", R, 33, 67),
    ),
    _judged(
        "bounds-the-wrong-way-round",
        "{kind: ratio, first: groen, second: kosten, low: 3, high: 2}",
        ("judgement-bounds", R, 33, 58),
    ),
    _judged(
        "trade-off-with-a-group-and-off-the-scale",
        "{kind: trade-off, first: groen, first_from: 2, first_to: 3,"
        " second: kosten, second_from: 950, second_to: 800}",
        ("judgement-no-scale", R, 33, 34),
        ("judgement-off-scale", R, 33, 98),
    ),
    _judged(
        "trade-off-with-classes",
        "{kind: trade-off, first: bomen, first_from: 2, first_to: 10,"
        " second: sfeer, second_from: 0, second_to: 1}",
        ("judgement-no-scale", R, 33, 78),
    ),
    _judged(
        "trade-off-backwards",
        "{kind: trade-off, first: groen, first_from: 2, first_to: 3,"
        " second: kosten, second_from: 700, second_to: 800}",
        ("judgement-no-scale", R, 33, 34),
        ("judgement-backwards", R, 33, 98),
    ),
    _judged(
        "trade-off-without-a-level",
        "{kind: trade-off, first: bomen, first_from: 2,"
        " second: sfeer, second_from: 0, second_to: 1}",
        ("judgement-field-missing", R, 33, 9),
        ("judgement-no-scale", R, 33, 64),
    ),
    _judged(
        "ratio-twice",
        "{kind: ratio, first: groen, second: kosten, times: 2}\n"
        "      - {kind: ratio, first: groen, second: kosten, times: 2.5}",
        ("judgement-twice", R, 34, 60),
    ),
    _judged(
        "ratio-and-another-inverse",
        "{kind: ratio, first: groen, second: kosten, times: 3}\n"
        "      - {kind: ratio, first: kosten, second: groen, times: 0.33}",
        ("judgement-reciprocal", R, 34, 60),
    ),
    Case(
        "judgements-beside-weights",
        R,
        f"      - {JUDGEMENT}\n",
        f"      - {JUDGEMENT}\n    weights:\n      doel: {{groen: 55, kosten: 45}}\n",
        (("judgement-and-weights", R, 35, 13),),
    ),
    asked(
        "order-with-ahp",
        "ahp",
        "{kind: order, first: groen, second: kosten}",
        ("judgement-kind", R, 9, 16),
    ),
    asked(
        "share-beside-swings",
        "swing",
        "{kind: share, first: bomen, low: 40}",
        ("judgement-kind", R, 9, 16),
        weights="{groen: {bomen: 100, sfeer: 40}}",
    ),
    asked(
        "bounds-with-ahp",
        "ahp",
        "{kind: ratio, first: groen, second: kosten, low: 2}",
        ("judgement-exact", R, 9, 9),
    ),
    asked(
        "bounds-with-best-and-worst",
        "bwm",
        "{kind: ratio, first: groen, second: kosten, low: 2, high: 3}",
        ("judgement-exact", R, 9, 9),
    ),
    asked(
        "two-parts-that-are-not-compared",
        "ahp",
        "{kind: ratio, first: rust, second: licht, times: 3}",
        ("judgement-unconnected", R, 9, 9),
    ),
    asked(
        "two-pairs-that-are-not-connected",
        "ahp",
        "{kind: ratio, first: rust, second: licht, times: 3}\n"
        "{kind: ratio, first: groen, second: kosten, times: 2}",
        ("judgement-unconnected", R, 9, 9),
    ),
    asked(
        "check-beside-no-weights",
        "swing",
        f"{{kind: trade-off, {RUST_STEP}, {LICHT_STEP}}}",
        ("judgement-without-weights", R, 9, 9),
        weights="{groen: {bomen: 100, sfeer: 40}}",
    ),
    asked(
        "check-beside-weight-zero",
        "points",
        f"{{kind: trade-off, {RUST_STEP}, {LICHT_STEP}}}",
        ("judgement-zero", R, 9, 34),
        weights="{doel: {groen: 25, rust: 0, licht: 30, kosten: 45}}",
    ),
    asked(
        "step-beyond-the-scale",
        "statements",
        f"{{kind: trade-off, first: rust, first_from: 70, first_to: 40, {LICHT_STEP}}}",
        ("judgement-off-scale", R, 9, 52),
    ),
    asked(
        "step-of-nothing",
        "statements",
        f"{{kind: trade-off, first: rust, first_from: 60, first_to: 60, {LICHT_STEP}}}",
        ("judgement-backwards", R, 9, 52),
    ),
)


BEST_WORST_CASES = (
    asked(
        "no-heaviest",
        "bwm",
        f"{{kind: worst, first: licht}}\n{BEST_ANSWERS}",
        ("bwm-best", R, 9, 9),
    ),
    asked(
        "two-lightest",
        "bwm",
        f"{EXTREMES}\n{{kind: worst, first: groen}}",
        ("bwm-worst", R, 9, 9),
    ),
    asked(
        "heaviest-and-lightest",
        "bwm",
        "{kind: best, first: rust}\n{kind: worst, first: rust}",
        ("bwm-same", R, 9, 9),
    ),
    asked(
        "best-worst-answers-missing",
        "bwm",
        f"{EXTREMES}\n{BEST_ANSWERS}\n{{kind: ratio, first: groen, second: licht, times: 2}}",
        ("bwm-missing", R, 9, 9),
    ),
    asked(
        "best-worst-answer-too-many",
        "bwm",
        f"{EXTREMES}\n{BEST_ANSWERS}\n{WORST_ANSWERS}\n"
        "{kind: ratio, first: groen, second: kosten, times: 2}",
        ("bwm-pair", R, 16, 60),
    ),
    asked(
        "best-worst-answer-the-wrong-way-round",
        "bwm",
        f"{EXTREMES}\n{BEST_ANSWERS}\n{WORST_ANSWERS}".replace(
            "first: rust, second: groen, times: 3", "first: groen, second: rust, times: 0.5"
        ),
        ("bwm-missing", R, 9, 9),
        ("bwm-pair", R, 11, 58),
    ),
    asked(
        "best-worst-answer-below-one",
        "bwm",
        f"{EXTREMES}\n{BEST_ANSWERS}\n{WORST_ANSWERS}".replace("times: 3", "times: 0.8"),
        ("bwm-scale", R, 11, 58),
    ),
    asked(
        "best-worst-answer-above-the-widest",
        "bwm",
        f"{EXTREMES}\n{BEST_ANSWERS}\n{WORST_ANSWERS}".replace("times: 3", "times: 7"),
        ("bwm-beyond", R, 11, 58),
    ),
)


TABLE_CASES = (
    Case("unknown-column", E, "low,mode,high", "laag,mode,high", (("column-unknown", E, 1, 4),)),
    Case("double-column", E, "low,mode,high", "mode,mode,high", (("column-twice", E, 1, 5),)),
    Case("missing-column", E, EFFECTS, WITHOUT_EVIDENCE, (("column-missing", E, 1, None),)),
    Case("missing-axis", E, EFFECTS, WITHOUT_SCENARIO, (("column-missing", E, 1, None),)),
    Case("only-a-heading", E, EFFECTS, HEADING, (("table-empty", E, None, None),)),
    Case("short-row", E, LAST, "hof,nat,kosten,310,350,440\n", (("row-width", E, 19, None),)),
    Case(
        "long-row", E, LAST, "hof,nat,kosten,310,350,440,derived,,\n", (("row-width", E, 19, None),)
    ),
    Case(
        "decimal-comma-between-commas",
        E,
        LAST,
        "hof,nat,kosten,310,350,5,440,derived,\n",
        (("row-width", E, 19, None),),
    ),
    Case("line-of-spaces", E, LAST, f"   \n{LAST}", (("row-width", E, 19, None),)),
    Case(
        "quote-that-is-not-closed",
        E,
        LAST,
        'hof,nat,kosten,310,350,440,derived,"telling\n',
        (("table-syntax", E, 19, None),),
    ),
    Case(
        "quote-within-a-field",
        E,
        LAST,
        'hof,nat,"kos"ten,310,350,440,derived,\n',
        (("table-syntax", E, 19, None),),
    ),
    Case(
        "line-break-in-quotes",
        E,
        LAST,
        '"hof\n",nat,"kos\nten",310,350,440,derived,\n',
        (("id-unknown", E, 19, 3),),
    ),
    Case(
        "endless-field",
        E,
        LAST,
        "h" * 140_000 + ",nat,kosten,310,350,440,derived,\n",
        (("table-syntax", E, 19, None),),
    ),
    Case(
        "carriage-return-in-a-row",
        E,
        "hof,nat,kosten,310",
        "hof,nat,kosten\r,310",
        (
            ("row-width", E, 19, None),
            ("row-width", E, 20, None),
        ),
    ),
)


EFFECTS_CASES = (
    Case("unknown-option", E, "hof,nat,kosten", "hoff,nat,kosten", (("id-unknown", E, 19, 1),)),
    Case("unknown-scenario", E, "hof,nat,kosten", "hof,nad,kosten", (("id-unknown", E, 19, 2),)),
    Case("unknown-criterion", E, "hof,nat,kosten", "hof,nat,kostn", (("id-unknown", E, 19, 3),)),
    Case(
        "unknown-criterion-with-a-class",
        E,
        "hof,nat,sfeer",
        "hof,nat,sfer",
        (("id-unknown", E, 18, 3),),
    ),
    Case(
        "unknown-source",
        E,
        "11,13,17,measured,telling",
        "11,13,17,measured,teling",
        (("id-unknown", E, 17, 8),),
    ),
    Case("effect-twice", E, "", LAST, (("effect-twice", E, 20, 1),)),
    Case("unknown-evidence", E, "440,derived", "440,guess", (("evidence-unknown", E, 19, 7),)),
    Case("missing-evidence", E, "440,derived", "440,", (("evidence-missing", E, 19, 7),)),
    Case("low-above-mode", E, "310,350,440", "360,350,440", (("estimates-order", E, 19, 5),)),
    Case("mode-above-high", E, "310,350,440", "310,450,440", (("estimates-order", E, 19, 5),)),
    Case(
        "classes-out-of-order",
        E,
        "hof,droog,sfeer,kaal,gewoon,fijn",
        "hof,droog,sfeer,fijn,gewoon,fijn",
        (("estimates-order", E, 15, 5),),
    ),
    Case(
        "no-mode",
        E,
        "310,350,440",
        "310,,440",
        (
            ("mode-missing", E, 19, 4),
            ("mode-missing", E, 19, 6),
        ),
    ),
    Case(
        "unknown-class",
        E,
        "hof,droog,sfeer,kaal,gewoon,fijn",
        "hof,droog,sfeer,kaal,gewoon,fijne",
        (("class-unknown", E, 15, 6),),
    ),
    Case("out-of-scale", E, "310,350,440", "310,350,901.5", (("effect-outside", E, 19, 6),)),
    Case(
        "comma-and-point-in-one-file",
        E,
        "310,350,440",
        '310,"350,5",440',
        (("number-mixed-decimals", E, 19, 5),),
    ),
    Case(
        "days-of-a-spreadsheet",
        E,
        "310,350,440",
        "310,350,45010",
        (("number-date-serial", E, 19, 6),),
    ),
    Case("formula-equals", E, "310,350,440", "310,=1+2,440", (("number-formula", E, 19, 5),)),
    Case("formula-plus", E, "310,350,440", "310,+A1,440", (("number-formula", E, 19, 5),)),
    Case("formula-at", E, "310,350,440", "310,@SUM(A1),440", (("number-formula", E, 19, 5),)),
    Case("formula-minus", E, "310,350,440", "310,-A1,440", (("number-formula", E, 19, 5),)),
    Case("not-a-number", E, "310,350,440", "310,NaN,440", (("number-not-finite", E, 19, 5),)),
    Case("no-value", E, "310,350,440", "310,#N/A,440", (("number-not-finite", E, 19, 5),)),
    Case("no-value-in-dutch", E, "310,350,440", "310,#N/B,440", (("number-not-finite", E, 19, 5),)),
    Case("error-in-dutch", E, "310,350,440", "310,#VERW!,440", (("number-not-finite", E, 19, 5),)),
    Case("infinity", E, "310,350,440", "310,infinity,440", (("number-not-finite", E, 19, 5),)),
    Case("too-large", E, "310,350,440", "310,1e999,440", (("number-not-finite", E, 19, 5),)),
    Case("date", E, "310,350,440", "310,05-03-2025,440", (("number-date", E, 19, 5),)),
    Case("date-in-dutch", E, "310,350,440", "310,5-mrt,440", (("number-date", E, 19, 5),)),
    Case(
        "point-read-two-ways", E, "310,350,440", "310,1.234,440", (("number-ambiguous", E, 19, 5),)
    ),
    Case(
        "comma-read-two-ways",
        E,
        "310,350,440",
        '310,"1,234",440',
        (("number-ambiguous", E, 19, 5),),
    ),
    Case("grouped", E, "310,350,440", "310,1.234.567,440", (("number-grouped", E, 19, 5),)),
    Case(
        "grouped-with-decimals",
        E,
        "310,350,440",
        '310,"1.234,5",440',
        (("number-grouped", E, 19, 5),),
    ),
    Case("words", E, "310,350,440", "310,veel,440", (("number-invalid", E, 19, 5),)),
    Case("per-cent", E, "310,350,440", "310,5%,440", (("number-invalid", E, 19, 5),)),
    Case("typographic-minus", E, "310,350,440", "310,−5,440", (("number-invalid", E, 19, 5),)),
)

CASES = (
    *YAML_CASES,
    *FORM_CASES,
    *TREE_CASES,
    *REFERENCES_CASES,
    *PROFILES_CASES,
    *JUDGEMENTS_CASES,
    *BEST_WORST_CASES,
    *TABLE_CASES,
    *EFFECTS_CASES,
)

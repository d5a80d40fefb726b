"""The decision problems in scenarios/, read from disk as a user would."""

from __future__ import annotations

import csv
import importlib.util
import os
import re
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from ruamel.yaml import YAML

from afweging.io.problem_folder import read_folder
from afweging.model.criterion import Exponential, Linear, Ordinal, PiecewiseLinear
from afweging.model.provenance import EVIDENCE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from afweging.model.problem import DecisionProblem

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
BRABANT = SCENARIOS / "brabant"
MAKER = BRABANT / "make_effects.py"
ASSUMPTIONS = sorted((BRABANT / "assumptions").glob("*.csv"))
PARTS_OF_O8 = ("O3", "O5", "O6", "O7")
SAMPLE = [
    "O3 SC1 AM26 2040 W1",
    "O1 SC2 AM28 2050 E1",
    "O4 SC2 AM28 2050 E1",
    "O4 SC1 AM25 2030 E2",
    "O7 SC3 AM32 2030 A1",
    "O7 SC4 AM27 2050 A4",
    "O7 SC1 AM26 2050 W1",
    "O6 SC1 AM26 2050 W4",
    "O5 SC3 AM28 2030 E3",
    "O2 SC2 AM25 2050 A1",
    "O8 SC4 AM32 2030 M5",
    "O3 SC1 AM28 2050 W3",
]


@pytest.fixture(scope="module")
def brabant() -> DecisionProblem:
    """Return the Brabant problem, read by the package itself."""
    return read_folder(BRABANT)


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    """Return the script that makes the effects, as a module."""
    spec = importlib.util.spec_from_file_location("make_effects", MAKER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up by name
    spec.loader.exec_module(module)
    return module


def rows_of(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def yaml_of(path: Path) -> dict[str, list[dict[str, object]]]:
    """Return a YAML file as plain values."""
    content: dict[str, list[dict[str, object]]] = YAML(typ="safe", pure=True).load(
        path.read_text(encoding="utf-8")
    )
    return content


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the script as a user does."""
    return subprocess.run(
        [sys.executable, str(MAKER), *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )


def values_under(key: str, part: object) -> Iterator[str]:
    """Yield every text under `key`, anywhere in nested values; lists of texts one by one."""
    if isinstance(part, dict):
        for name, value in part.items():
            if name == key:
                yield from [value] if isinstance(value, str) else value
            else:
                yield from values_under(key, value)
    elif isinstance(part, list):
        for value in part:
            yield from values_under(key, value)


# the problem of Brabant ---------------------------------------------------------------------------


def test_brabant_has_the_size_that_its_readme_promises(brabant: DecisionProblem) -> None:
    """4 lenses, 18 criteria, 8 options, 4 scenarios, 5 regions, 3 years, 13 weighing profiles."""
    assert [len(lens.children) for lens in brabant.tree.children] == [4, 4, 5, 5]  # type: ignore[union-attr]
    assert len(brabant.criteria) == 18
    assert [option.id for option in brabant.alternatives] == [f"O{n}" for n in range(1, 9)]
    assert [scenario.id for scenario in brabant.scenarios] == ["SC1", "SC2", "SC3", "SC4"]
    assert {region.id for region in brabant.regions} == {"AM25", "AM26", "AM27", "AM28", "AM32"}
    assert [horizon.id for horizon in brabant.horizons] == ["2030", "2040", "2050"]
    assert len(brabant.panel) == 13
    assert len(brabant.profiles) == 14
    assert len(brabant.cases) == 60


def test_brabant_has_an_effect_in_every_cell(brabant: DecisionProblem) -> None:
    """The table holds 60 cases x 8 options x 18 criteria = 8,640 rows and no gap."""
    assert len(rows_of(BRABANT / "effects.csv")) == 8640
    assert brabant.effects.mode.shape == (60, 8, 18)
    assert not np.isnan(brabant.effects.mode).any()
    assert (brabant.effects.low <= brabant.effects.mode).all()
    assert (brabant.effects.mode <= brabant.effects.high).all()


def test_six_criteria_carry_the_perspective_of_the_migrants(brabant: DecisionProblem) -> None:
    """A3, A4, W2, W5, M4 and M5 say how labour migrants themselves fare."""
    found = [c.id for c in brabant.criteria if c.perspective == "migrants"]
    assert found == ["A3", "A4", "W2", "W5", "M4", "M5"]


def test_the_present_course_is_the_reference_and_takes_no_step(
    brabant: DecisionProblem, maker: ModuleType
) -> None:
    """O1 is the reference; in each of its cells the option itself does nothing."""
    assert [option.id for option in brabant.alternatives if option.reference] == ["O1"]
    tables = maker.read_tables()
    steps = {maker.chain_of(tables, c).step_part for c in maker.cells(tables) if c.option == "O1"}
    assert steps == {Decimal(0)}


def test_packages_exclusions_and_needs_are_declared(brabant: DecisionProblem) -> None:
    """O8 is made of O3, O5, O6 and O7; O6 needs O7; O2 excludes O3."""
    options = {option.id: option for option in brabant.alternatives}
    assert options["O8"].parts == PARTS_OF_O8
    assert options["O6"].requires == ("O7",)
    assert options["O2"].excludes == ("O3",)


def test_only_tightness_has_a_best_point_inside_its_scale(brabant: DecisionProblem) -> None:
    """A1 is best at 1 and worse on both sides; no other criterion is given a bend."""
    bent = {
        c.id: c.value_function.points
        for c in brabant.criteria
        if isinstance(c.value_function, PiecewiseLinear)
    }
    straight = [c.id for c in brabant.criteria if isinstance(c.value_function, Linear)]
    assert list(bent) == ["A1"]
    assert len(straight) == 17
    peak, value = max(bent["A1"], key=lambda point: point[1])
    assert [peak, value] == [1, 1]
    assert max(bent["A1"][0][1], bent["A1"][-1][1]) < value


def test_options_differ_on_every_criterion_and_seldom_meet_the_bounds(
    brabant: DecisionProblem,
) -> None:
    """Each criterion tells options apart, and at most a tenth of its cells lie on a reference."""
    mode = brabant.effects.mode
    ends = np.array([(c.worst, c.best) for c in brabant.criteria])
    at_end = (mode == ends[:, 0]) | (mode == ends[:, 1])
    assert (np.ptp(mode, axis=1).max(axis=0) > 0).all()
    assert at_end.mean(axis=(0, 1)).max() <= 0.1


def test_each_minimum_is_failed_by_some_and_met_by_several(brabant: DecisionProblem) -> None:
    """No requirement is idle: O1 fails it somewhere, and at least three options are let through."""
    places = {c.id: place for place, c in enumerate(brabant.criteria)}
    assert {r.criterion for r in brabant.requirements} == {"A4", "M5", "W1"}
    for requirement in brabant.requirements:
        levels = brabant.effects.mode[:, :, places[requirement.criterion]]
        failed = (levels > requirement.threshold).mean(axis=0)  # all three: less is better
        assert 0 < failed[0] < 1
        assert (failed <= requirement.tolerated_share).sum() >= 3


def test_no_scenario_has_a_likelihood(brabant: DecisionProblem) -> None:
    """Likelihoods are for the user to give."""
    assert brabant.scenario_likelihoods == ()


def test_jobs_have_no_weight_where_none_was_found(brabant: DecisionProblem) -> None:
    """The weights by jobs stay empty in four regions, each with a source that says so."""
    kinds = {source.id: source.kind for source in brabant.sources}
    jobs = next(weights for weights in brabant.region_weights if weights.id == "jobs")
    empty = [weight for weight in jobs.weights if weight.value is None]
    assert [weight.id for weight in empty] == ["AM25", "AM26", "AM27", "AM28"]
    assert {kinds[str(weight.source)] for weight in empty} == {"not_found"}


def test_portfolios_are_dated_and_name_nobody(brabant: DecisionProblem) -> None:
    """Every portfolio has a first year and no holder."""
    assert all(portfolio.valid_from for portfolio in brabant.portfolios)
    assert {portfolio.holder for portfolio in brabant.portfolios} == {None}


def test_the_migrants_own_weights_are_awaited_and_not_guessed(brabant: DecisionProblem) -> None:
    """One profile, that of the migrants themselves, holds nothing and takes no part."""
    (waiting,) = [profile for profile in brabant.profiles if not profile.has_weights]
    assert (waiting.id, waiting.origin) == ("arbeidsmigranten_zelf", "own")
    assert waiting not in brabant.panel


def test_profiles_are_about_groups_and_follow_one_rule(brabant: DecisionProblem) -> None:
    """Only equal weights are neutral; within a lens the weights follow the stated pattern."""
    origins = Counter(profile.origin for profile in brabant.panel)
    assert origins == {"neutral": 1, "about": 12}
    patterns = {
        tuple(sorted((weight for _, weight in weights), reverse=True))
        for profile in brabant.profiles
        for group, weights in profile.weights
        if group != brabant.tree.id
    }
    assert patterns == {
        (40, 20, 20, 20),
        (35, 35, 15, 15),
        (40, 15, 15, 15, 15),
        (35, 35, 10, 10, 10),
        (26, 26, 26, 11, 11),
    }


# sources and assumptions --------------------------------------------------------------------------


def test_every_source_that_is_named_exists() -> None:
    """Problem, profiles, effects and assumptions name no source that is not in sources.yaml."""
    sources = yaml_of(BRABANT / "sources.yaml")
    known = {source["id"] for source in sources["sources"]}
    named = set(
        chain(
            values_under("source", yaml_of(BRABANT / "problem.yaml")),
            values_under("source", yaml_of(BRABANT / "profiles.yaml")),
            values_under("based_on", sources),
            (row["source"] for row in rows_of(BRABANT / "effects.csv")),
            (row["source"] for path in ASSUMPTIONS for row in rows_of(path)),
        )
    )
    assert named - known == set()


def test_all_numbered_facts_are_there(brabant: DecisionProblem) -> None:
    """F1 to F56 all stand in sources.yaml."""
    assert {f"F{n}" for n in range(1, 57)} <= {source.id for source in brabant.sources}


def test_what_was_not_found_has_no_figure(brabant: DecisionProblem) -> None:
    """A source of kind not_found carries no figure, and the count in Midden-Brabant is one."""
    missing = {source.id: source.figure for source in brabant.sources if source.kind == "not_found"}
    assert "F11" in missing
    assert set(missing.values()) == {None}


@pytest.mark.parametrize("path", ASSUMPTIONS, ids=lambda path: path.stem)
def test_every_assumption_has_a_mark_a_source_and_a_reason(path: Path) -> None:
    """No row of a table stands without evidence mark, source and reason."""
    for row in rows_of(path):
        assert row["evidence"] in EVIDENCE
        assert row["source"]
        assert row["reason"]


def test_the_tables_use_the_ranges_of_the_problem(brabant: DecisionProblem) -> None:
    """scale.csv repeats worst and best of problem.yaml, so that a step means the same in both."""
    table = {
        row["criterion"]: (float(row["worst"]), float(row["best"]))
        for row in rows_of(BRABANT / "assumptions" / "scale.csv")
    }
    assert table == {c.id: (c.worst, c.best) for c in brabant.criteria}


def test_every_start_and_range_and_option_has_a_source(brabant: DecisionProblem) -> None:
    """No criterion, option, requirement or profile is without a source."""
    assert all(criterion.source for criterion in brabant.criteria)
    assert all(option.source for option in brabant.alternatives)
    assert all(requirement.source for requirement in brabant.requirements)
    assert all(profile.source for profile in brabant.panel)


def test_everything_to_read_is_in_two_languages(brabant: DecisionProblem) -> None:
    """Names of criteria, options, scenarios, regions and titles of sources are in English too."""
    labels = (*brabant.scenarios, *brabant.regions, *brabant.horizons, *brabant.chain_stages)
    assert all(label.name.en for label in labels)
    assert all(criterion.name.en and criterion.unit.en for criterion in brabant.criteria)
    assert all(option.name.en for option in brabant.alternatives)
    assert all(source.title.en for source in brabant.sources)


# the script that makes the effects ----------------------------------------------------------------


def test_effects_are_what_the_tables_give(maker: ModuleType) -> None:
    """Making effects.csv anew gives the same bytes: no row was changed by hand."""
    assert maker.effects_bytes(maker.read_tables()) == (BRABANT / "effects.csv").read_bytes()


def test_effects_hold_no_number_that_reads_in_two_ways() -> None:
    """No effect looks like 1.234, which could be a thousand and some."""
    doubtful = re.compile(r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}")
    rows = rows_of(BRABANT / "effects.csv")
    assert not [
        row for row in rows for end in ("low", "mode", "high") if doubtful.fullmatch(row[end])
    ]


def test_check_says_that_the_effects_are_up_to_date() -> None:
    """--check ends with 0 and one sentence."""
    result = run("--check")
    assert (result.returncode, result.stderr) == (0, "")
    assert "past bij de tabellen" in result.stdout


def test_check_refuses_effects_that_were_changed_by_hand(
    maker: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One changed byte: exit code 1 and a sentence that says what to do."""
    copy = tmp_path / "effects.csv"
    copy.write_bytes((BRABANT / "effects.csv").read_bytes().replace(b",58,", b",59,", 1))
    assert maker.check(maker.read_tables(), copy) == 1
    assert "Draai make_effects.py" in capsys.readouterr().err


def test_explain_refuses_a_cell_that_does_not_exist() -> None:
    """An unknown cell ends with 2 and an example of a good one."""
    result = run("--explain", "O9", "SC1", "AM26", "2040", "W1")
    assert (result.returncode, result.stdout) == (2, "")
    assert "O3 SC1 AM26 2040 W1" in result.stderr


def number(text: str) -> Decimal:
    """Return a number in Dutch notation."""
    return Decimal(text.replace(",", "."))


def line_after(key: str, text: str) -> str:
    """Return what stands after `key` on the line that starts with it."""
    found = re.search(rf"^{key} ?(.*)$", text, re.MULTILINE)
    assert found is not None
    return found[1]


def moves_in(text: str) -> list[Decimal]:
    """Return what each driver does, worked out from the numbers on its line."""
    line = re.compile(
        r"van (?P<start>\S+) naar (?P<level>\S+) = (?P<moved>\S+?)"
        r"(?: x (?P<region>\S+) voor de regio)?; x (?P<per_unit>\S+) = (?P<amount>\S+)"
    )
    amounts = []
    for found in line.finditer(text):
        moved = number(found["level"]) - number(found["start"])
        assert number(found["moved"]) == moved
        amount = moved * number(found["region"] or "1") * number(found["per_unit"])
        assert number(found["amount"]) == amount
        amounts.append(amount)
    return amounts


def step_in(text: str) -> Decimal:
    """Return what the option does, worked out from the numbers on its line."""
    line = re.search(r"^ +\S+ = (\S+) % van (\S+); rijpheid (\S+) %(.*)$", text, re.MULTILINE)
    assert line is not None
    step = number(line[1]) / 100 * number(line[2]) * number(line[3]) / 100
    for share in re.findall(r"werking (\S+) %", line[4]):
        step *= number(share) / 100
    return step


@pytest.mark.parametrize("cell", SAMPLE)
def test_explained_numbers_add_up_to_the_cell(
    cell: str, maker: ModuleType, brabant: DecisionProblem
) -> None:
    """Start, drivers, step, bounds and margin as printed give the effect as stored."""
    option, scenario, region, horizon, criterion = cell.split()
    text = maker.explain(maker.read_tables(), maker.Cell(*cell.split()))
    shift, step = sum(moves_in(text), Decimal(0)), step_in(text)
    assert number(line_after("Verschuiving:", text)) == shift
    assert number(line_after("Stap:", text)) == step
    total = number(line_after("Uitgangswaarde:", text)) + shift + step
    assert number(line_after("Som:", text)) == total
    floor, ceiling, mode = re.split(" tot |: ", line_after("Begrensd op", text))
    middle = min(max(total, number(floor)), number(ceiling))
    assert number(mode) == middle
    margin = (abs(step) + abs(shift)) / 2
    assert number(line_after("Marge:", text)) == margin
    case = brabant.cases.index((scenario, region, horizon))
    column = [c.id for c in brabant.criteria].index(criterion)
    place = (case, int(option[1]) - 1, column)
    low, high = max(middle - margin, number(floor)), min(middle + margin, number(ceiling))
    for expected, stored in zip(
        (low, middle, high),
        (brabant.effects.low, brabant.effects.mode, brabant.effects.high),
        strict=True,
    ):
        assert stored[place] == pytest.approx(float(expected), abs=0.0051)


# the small problems -------------------------------------------------------------------------------


def test_office_example_gives_the_published_scores() -> None:
    """Goodwin and Wright (2004), chapter 3: Addison Square 80.8 down to Filton Village 20.9."""
    office = read_folder(SCENARIOS / "kantoor")
    weights = np.array([c.weight for c in office.criteria])
    assert weights.tolist() == [32, 26, 23, 10, 6, 3]
    assert len(office.cases) == 1
    scores = office.effects.mode[0] @ weights / 100  # (A, C) @ (C,) -> (A,)
    assert scores == pytest.approx([80.8, 39.4, 47.4, 52.3, 64.8, 20.9, 60.2], abs=0.05)


def test_teaching_problem_shows_every_feature() -> None:
    """All shapes, clipping, a minimum, one declared gap, likelihoods and two profiles."""
    problem = read_folder(SCENARIOS / "leervoorbeeld")
    shapes = {type(c.value_function) for c in problem.criteria}
    assert shapes == {Linear, PiecewiseLinear, Exponential, Ordinal}
    assert "clip" in {c.outside for c in problem.criteria}
    gap = np.isnan(problem.effects.mode)
    assert gap.sum() == 1
    assert problem.effects.present.all()
    assert len(problem.scenario_likelihoods) == 1
    assert len(problem.profiles) == 2
    assert len(problem.requirements) == 1


def test_one_option_of_the_teaching_problem_shuts_people_out() -> None:
    """The desk in the school is below the minimum for access everywhere, the others nowhere."""
    problem = read_folder(SCENARIOS / "leervoorbeeld")
    column = [c.id for c in problem.criteria].index("toegang")
    below = problem.effects.mode[:, :, column] < problem.requirements[0].threshold
    assert below.all(axis=0).tolist() == [False, True, False, False]
    assert below.any(axis=0).tolist() == [False, True, False, False]

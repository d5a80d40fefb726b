from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.folders import SMALL, write

from afweging.errors import ProblemFileError
from afweging.io.assemble import THE_ONLY
from afweging.io.canonical import problem_digest
from afweging.io.problem_file import read_problem
from afweging.model.criterion import Exponential, Linear, Ordinal, PiecewiseLinear
from afweging.model.preference import Judgement, SwingRange
from afweging.model.text import Text
from afweging.wording import LANGUAGES, Words
from afweging.wording.faults import fault_text

if TYPE_CHECKING:
    from pathlib import Path


def test_every_part_stands_in_its_record(tmp_path: Path) -> None:
    """What the four files say stands in the records of the model, in their order."""
    problem = read_problem(write(tmp_path, SMALL))
    assert (problem.id, problem.date) == ("pleinkeuze", "2026-11")
    assert (problem.title.nl, problem.title.en) == ("Welk plein?", "Which square?")
    assert [c.id for c in problem.criteria] == ["bomen", "sfeer", "kosten"]
    assert [type(c.value_function) for c in problem.criteria] == [
        PiecewiseLinear,
        Ordinal,
        Exponential,
    ]
    assert [(c.worst, c.best) for c in problem.criteria] == [(2, 40), (0, 2), (900, 100)]
    assert [a.id for a in problem.alternatives if a.reference] == ["markt"]
    park = problem.alternatives[1]
    assert (park.lead, park.fte, park.euro_per_year) == (("ruimte",), 0.5, 60000.0)
    assert [(r.id, r.threshold) for r in problem.requirements] == [
        ("groen_genoeg", 3.0),
        ("niet_kaal", 1.0),
    ]
    assert [p.method for p in problem.profiles] == ["assumed", "swing", "rank-sum", "statements"]
    assert problem.profiles[0].weights[1] == ("groen", (("bomen", 55.0), ("sfeer", 45.0)))
    resident = problem.profiles[3]
    assert resident.judgements == (Judgement("ratio", "groen", "kosten", low=1.5),)
    assert resident.ranges == (SwingRange("kosten", 900.0, 100.0),)
    assert (resident.weights, resident.rescale) == ((), True)
    assert resident.report == Text("In een kwartier gevraagd")
    assert problem.sources[0].based_on == ("kaart",)


def test_an_axis_that_is_left_out_has_one_case(tmp_path: Path) -> None:
    """Without regions and horizons there is one of each, for all."""
    problem = read_problem(write(tmp_path, SMALL))
    assert problem.regions == problem.horizons == (THE_ONLY,)
    assert problem.cases == (("droog", "all", "all"), ("nat", "all", "all"))


def test_a_bare_number_is_an_id(tmp_path: Path) -> None:
    """An id such as 2030, or the code 0758, needs no quotes and keeps its zero."""
    files = dict(SMALL)
    for name, code in (("markt", "2030"), ("hof", "0758")):
        for file in ("problem.yaml", "effects.csv"):
            text = files[file].replace(f"id: {name}\n", f"id: {code}\n")
            files[file] = text.replace(f"[{name}]", f"[{code}]").replace(f"{name},", f"{code},")
    problem = read_problem(write(tmp_path, files))
    assert [a.id for a in problem.alternatives] == ["2030", "park", "0758"]
    assert problem.alternatives[1].excludes == ("0758",)


def test_a_value_function_that_is_left_out_is_a_straight_line(tmp_path: Path) -> None:
    """Without a value function, value rises in a straight line."""
    text = SMALL["problem.yaml"].replace(
        "      value_function: {shape: exponential, midvalue: 600}\n", ""
    )
    problem = read_problem(write(tmp_path, {**SMALL, "problem.yaml": text}))
    assert problem.criteria[2].value_function == Linear()


def test_a_source_may_say_that_its_estimates_err_together(tmp_path: Path) -> None:
    """Only where it says so; it counts for the source itself, not for what rests on it."""
    said = SMALL["sources.yaml"].replace("kind: primary", "kind: primary\n    correlated: true")
    problem = read_problem(write(tmp_path, {**SMALL, "sources.yaml": said}))
    assert [source.correlated for source in problem.sources] == [True, False]


def test_a_source_may_state_the_distribution_of_its_estimates(tmp_path: Path) -> None:
    """Uniform; a triangle is what holds otherwise, and stating it changes nothing."""
    digests = []
    for stated in ("uniform", "triangular", None):
        line = f"kind: primary\n    distribution: {stated}" if stated else "kind: primary"
        said = SMALL["sources.yaml"].replace("kind: primary", line)
        place = tmp_path / str(stated)
        place.mkdir()
        problem = read_problem(write(place, {**SMALL, "sources.yaml": said}))
        expected = [stated or "triangular", "triangular"]
        assert [source.distribution for source in problem.sources] == expected
        digests.append(problem_digest(problem))
    assert digests[1] == digests[2] != digests[0]


def test_another_distribution_is_refused(tmp_path: Path) -> None:
    """With its place, and the words that are allowed."""
    said = SMALL["sources.yaml"].replace("kind: primary", "kind: primary\n    distribution: normal")
    with pytest.raises(ProblemFileError) as caught:
        read_problem(write(tmp_path, {**SMALL, "sources.yaml": said}))
    (fault,) = caught.value.faults
    assert (fault.place.file, fault.place.line) == ("sources.yaml", 4)
    for language in LANGUAGES:
        told = fault_text(Words(language), fault)
        for part in ("normal", "triangular", "uniform"):
            assert part in told

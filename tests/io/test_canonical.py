from __future__ import annotations

import json
import re
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from tests.folders import EFFECTS, SMALL, write

from afweging.io.canonical import canonical_json, problem_digest
from afweging.io.problem_file import read_problem
from afweging.io.problem_folder import read_folder
from afweging.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from afweging.model.problem import DecisionProblem

few = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> DecisionProblem:
    """Return the small problem."""
    return read_problem(write(tmp_path_factory.mktemp("small"), SMALL))


def _shuffled(value: object, draw: st.DrawFn, *, classes: bool = False) -> object:
    """Return a document with its lists of parts, and its mappings, in another order."""
    if isinstance(value, dict):
        keys = draw(st.permutations(list(value)))
        return {key: _shuffled(value[key], draw, classes=key == "classes") for key in keys}
    if isinstance(value, list) and all(isinstance(item, dict) for item in value) and not classes:
        return [_shuffled(item, draw) for item in draw(st.permutations(value))]
    return value


@st.composite
def permutations(draw: st.DrawFn) -> dict[str, str]:
    """Return the small problem with parts, keys and rows in another order."""
    files = {}
    for name, text in SMALL.items():
        if name.endswith(".yaml"):
            plain = YAML(typ="safe", pure=True).load(text.replace("2026-05-27", '"2026-05-27"'))
            files[name] = _as_it_stands(_shuffled(plain, draw))
    head, *rows = EFFECTS.splitlines(keepends=True)
    files["effects.csv"] = head + "".join(draw(st.permutations(rows)))
    return files


def _as_it_stands(value: object) -> str:
    """Return a document as JSON, which is YAML too, in the order that it has."""
    return json.dumps(value, ensure_ascii=False)


@few
@given(permutations())
def test_order_makes_no_difference(files: dict[str, str]) -> None:
    """Options, criteria, cases, profiles, sources and rows in any order have one digest."""
    with TemporaryDirectory() as place:
        expected = problem_digest(read_folder(write(Path(place) / "een", SMALL)))
        assert problem_digest(read_folder(write(Path(place) / "twee", files))) == expected


@few
@given(st.sampled_from(range(3)), st.integers(0, 17), st.sampled_from(["low", "mode", "high"]))
def test_every_effect_counts(step: int, cell: int, name: str) -> None:
    """The digest is another one when a single estimate is a hair different."""
    with TemporaryDirectory() as place:
        problem = read_folder(write(Path(place), SMALL))
    block = getattr(problem.effects, name).copy()
    block.ravel()[cell] = [np.nextafter(block.ravel()[cell], np.inf), np.nan, -1.0][step]
    other = replace(problem, effects=replace(problem.effects, **{name: block}))
    assert problem_digest(other) != problem_digest(problem)


def _neighbours(value: object) -> Iterator[Any]:  # noqa: C901 - a branch for each kind
    """Yield `value` with each single text, number or truth in it changed."""
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, float | int):
        yield value + 0.5
    elif isinstance(value, str):
        yield f"{value}x"
    elif isinstance(value, Text):
        yield Text(f"{value.nl}x", value.en)
        yield Text(value.nl, f"{value.en or ''}x")
    elif isinstance(value, tuple):
        for place, item in enumerate(value):
            yield from ((*value[:place], new, *value[place + 1 :]) for new in _neighbours(item))
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from (
                replace(value, **{field.name: new})
                for new in _neighbours(getattr(value, field.name))
            )


# numbers that follow from the classes of an ordinal criterion, and the weight of the root
FOLLOW = re.compile(r"Criterion\(id='sfeer'.*(worst=0\.5|best=2\.5)|weight=1\.5, children=\(Group")


def test_every_text_and_number_counts(small: DecisionProblem) -> None:
    """The digest is another one when any single text or number of any part is changed."""
    digest = problem_digest(small)
    ids = {"tree", "effects", "alternatives", "scenarios"}  # an id there renames effects too
    changed = 0
    for field in fields(small):
        if field.name in ids:
            continue
        for new in _neighbours(getattr(small, field.name)):
            if field.name == "requirements" and "x'" in repr([r.criterion for r in new]):
                continue  # a requirement of no criterion cannot be written
            if field.name == "requirements" and new[1].threshold not in {0.0, 1.0, 2.0}:
                continue  # between two classes there is nothing
            changed += 1
            assert problem_digest(replace(small, **{field.name: new})) != digest, (field.name, new)
    assert changed > 80


def test_every_text_and_number_of_the_tree_and_the_axes_counts(small: DecisionProblem) -> None:
    """The digest is another one when a name, weight, scale, value or cost is changed."""
    digest = problem_digest(small)
    for field in ("alternatives", "scenarios"):
        for new in _neighbours(getattr(small, field)):
            assert problem_digest(replace(small, **{field: new})) != digest, (field, new)
    for child in range(2):
        for new in _neighbours(small.tree.children[child]):
            if FOLLOW.search(repr(new)) or "sfeerx" in repr(new):
                continue
            children = (*small.tree.children[:child], new, *small.tree.children[child + 1 :])
            other = replace(small, tree=replace(small.tree, children=children))
            if {c.id for c in other.criteria} == {c.id for c in small.criteria}:
                assert problem_digest(other) != digest, new


def test_the_order_of_classes_counts(tmp_path: Path, small: DecisionProblem) -> None:
    """Classes stand from worst to best: in another order it is another problem."""
    text = SMALL["problem.yaml"]
    lines = text.splitlines(keepends=True)
    first = next(i for i, line in enumerate(lines) if "id: gewoon" in line)
    middle = "              - {id: zozo, name: zozo, value: 0.3}\n"
    one = "".join([*lines[:first], middle, *lines[first:]])
    two = "".join([*lines[: first + 1], middle, *lines[first + 1 :]])
    digests = {
        problem_digest(read_problem(write(tmp_path / name, {**SMALL, "problem.yaml": text})))
        for name, text in (("een", one), ("twee", two))
    }
    assert len({*digests, problem_digest(small)}) == 3


def test_an_absent_row_is_not_an_empty_one(tmp_path: Path) -> None:
    """A gap that is declared and a row that is missing are two different problems."""
    empty = EFFECTS.replace("310,350,440,derived", ",,,")
    absent = EFFECTS.replace("hof,nat,kosten,310,350,440,derived,\n", "")
    digests = [
        problem_digest(read_problem(write(tmp_path / str(n), {**SMALL, "effects.csv": text})))
        for n, text in enumerate((EFFECTS, empty, absent))
    ]
    assert len(set(digests)) == 3


def test_canonical_json_is_one_form() -> None:
    """Keys are sorted, text is composed, numbers are shortest; numpy's numbers are numbers."""
    one = canonical_json({"b": np.float64(0.5), "a": ["e\u0301", np.int64(3), True, None, 1e21]})
    assert one == '{"a":["é",3,true,null,1e+21],"b":0.5}'.encode()


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_canonical_json_holds_no_number_that_is_none(number: float) -> None:
    """NaN and infinity are refused: that would be a bug, and not a user's."""
    with pytest.raises(ValueError, match="not representable"):
        canonical_json({"a": number})

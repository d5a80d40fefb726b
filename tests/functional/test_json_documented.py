from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest
from tests.functional.commands import run
from tests.functional.json_documents import documents
from tests.functional.json_tables import NEAR, SECTIONS, listed, nodes, row_at, rows

from afweging.analysis import discovery, measures, opinion, robustness, weight_sets
from afweging.analysis.adaptation import Empty, Kind
from afweging.methods.robustness_metrics import METRICS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.functional.json_documents import Written
    from tests.functional.json_tables import Path_, Row

ROOT = Path(__file__).resolve().parents[2]
FORMATS = tuple(SECTIONS)


def _of(form: str) -> list[Written]:
    return [each for each in documents() if each.form == form]


def _row(each: Written, path: Path_) -> Row | None:
    return row_at(each.form, path, each.ids)


def _ends(each: Written) -> Iterator[tuple[Path_, object]]:
    """Yield what has nothing under it that is not empty."""
    for path, value in nodes(each.content):
        if value is None or not isinstance(value, dict | list):
            yield path, value


@pytest.mark.parametrize("form", FORMATS)
def test_every_path_is_on_the_page_with_what_may_stand_there(form: str) -> None:
    """No key, id, number, code or null is in a document that the page does not allow there."""
    for each in _of(form):
        for path, value in _ends(each):
            row = _row(each, path)
            assert row is not None, path
            assert row.allows(value, each.ids), (path, value, row.value, row.null)


@pytest.mark.parametrize("form", FORMATS)
def test_every_list_and_group_is_on_the_page(form: str) -> None:
    """Also those without contents."""
    for each in _of(form):
        for path, value in nodes(each.content):
            if isinstance(value, dict | list):
                under = (*path, 0) if isinstance(value, list) else path
                found = (row for row in rows(form) if row.starts(under, each.ids))
                assert any(len(row.tokens) > len(path) for row in found), path


def test_every_path_of_the_page_is_in_a_document() -> None:
    """And so is every null; what is always null, or always empty, says so."""
    found: dict[Row, set[bool]] = defaultdict(set)
    for each in documents():
        for path, value in nodes(each.content):
            row = _row(each, path)
            if row is not None:
                found[row].add(value is None)
    told = {row for form in FORMATS for row in rows(form)}
    always = {row for row in told if row.null.startswith("always")}
    assert sorted(row.path for row in told - always if False not in found[row]) == []
    assert sorted(row.path for row in always if False in found[row]) == []
    nullable = {row for row in told if row.null and row.null != "always empty"}
    assert sorted(row.path for row in nullable if True not in found[row]) == []


@pytest.mark.parametrize("form", FORMATS)
def test_every_group_has_all_its_keys(form: str) -> None:
    """What the page names is there, be it null: no key comes and goes."""
    for each in _of(form):
        for path, value in nodes(each.content):
            if isinstance(value, dict):
                under = [row for row in rows(form) if row.starts(path, each.ids)]
                keys = {row.tokens[len(path)] for row in under if len(row.tokens) > len(path)}
                named = {key for key in keys if not key.startswith("<")}
                assert named <= value.keys(), path


@pytest.mark.parametrize("form", FORMATS[:2])
def test_what_adds_up_to_one_does(form: str) -> None:
    """Over the ids or the list that the page names."""
    for each in _of(form):
        totals: dict[Path_, float] = defaultdict(float)
        for path, value in _ends(each):
            row = _row(each, path)
            if row is not None and (place := row.total_over) is not None:
                assert isinstance(value, int | float)
                totals[(*path[:place], "", *path[place + 1 :])] += value
        assert totals
        for path, total in totals.items():
            assert total == pytest.approx(1.0, abs=NEAR * 10), path


@pytest.mark.parametrize(
    "arguments",
    [
        ("robust", "scenarios/kantoor", "--draws", "100"),
        ("flip", "scenarios/kantoor", "addison", "bilton"),
        ("second-opinion", "scenarios/kantoor"),
    ],
)
def test_the_commands_write_these_documents(
    arguments: tuple[str, ...], capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """On one line, with the same keys at the top."""
    outcome = run(capsysbinary, *arguments, "--json")
    assert (outcome.code, outcome.raw.count(b"\n"), outcome.raw[-1:]) == (0, 1, b"\n")
    document = json.loads(outcome.raw)
    known = next(each for each in documents() if each.form == document["format"])
    assert document.keys() == known.content.keys()
    assert document["versions"].keys() == known.content["versions"].keys()  # type: ignore[attr-defined]
    assert re.fullmatch(r"[0-9a-f]{64}", document["digest"])


@pytest.mark.parametrize(
    ("form", "path", "codes"),
    [
        ("afweging-robustness/1", "weights", robustness.WEIGHTS),
        ("afweging-robustness/1", "incomplete_weights.weights", weight_sets.KINDS),
        ("afweging-robustness/1", "adaptation.empty", get_args(Empty)),
        ("afweging-robustness/1", "adaptation.all.<option>.<scenario>.kind", get_args(Kind)),
        ("afweging-robustness/1", "drivers.losses.outcome", get_args(discovery.Outcome)),
        (
            "afweging-robustness/1",
            "scenario_robustness.measures.cases.by_measure.<measure>.refused",
            get_args(measures.Refusal),
        ),
        ("afweging-second-opinion/1", "methods[].refusal.code", get_args(opinion.RefusalCode)),
    ],
)
def test_every_code_is_on_the_page(form: str, path: str, codes: tuple[str, ...]) -> None:
    """The lists of codes are those of the library, in the same order."""
    row = next(row for row in rows(form) if row.path == path)
    assert tuple(re.findall(r"`(.+?)`", row.value)) == codes


def test_every_measure_and_method_is_on_the_page() -> None:
    """Those of the library, and of a document that has them all."""
    assert listed("`<measure>` is") == METRICS.keys()
    told = next(each.content["methods"] for each in documents() if "methods" in each.content)
    assert isinstance(told, list)
    assert listed("A method is") == {"ours", *(method["method"] for method in told)}


@pytest.mark.parametrize("page", ["README.md", "docs/guide.md", "docs/handleiding.md"])
def test_the_page_is_linked(page: str) -> None:
    """From where a reader of both languages starts."""
    text = (ROOT / page).read_text(encoding="utf-8")
    assert text.count("json.md)") == (2 if page == "README.md" else 1)

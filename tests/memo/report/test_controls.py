from __future__ import annotations

from typing import cast

import pytest
from tests.memo.matters import brabant
from tests.memo.report.made import MATTERS, ODD, odd_matter

from afweging.io.markup import read_html
from afweging.memo.report.controls import tools, what_if_controls
from afweging.memo.report.what_if import what_if_document
from afweging.wording import Words


@pytest.mark.parametrize("name", MATTERS)
def test_every_lens_has_a_slider_and_a_field_with_a_name(name: str) -> None:
    """From 0 to 100, with a button for less and one for more, each naming its lens."""
    matter = MATTERS[name]()
    model = what_if_document(matter.comparison, matter.words)
    assert model is not None
    root = read_html(what_if_controls(model, matter.words).encode())
    lenses = [each.name.in_language("nl") for each in matter.comparison.problem.tree.children]
    rows = [each for each in root.all("div") if "data-lens" in each.attributes]
    assert len(rows) == len(lenses)
    for row, lens in zip(rows, lenses, strict=True):
        fields = row.all("input")
        assert [each.attributes["type"] for each in fields] == ["range", "text"]
        slider, field = (each.attributes for each in fields)
        assert (slider["min"], slider["max"]) == ("0", "100")
        assert (field["aria-valuemin"], field["aria-valuemax"]) == ("0", "100")
        named = [each.attributes["aria-label"] for each in (*fields, *row.all("button"))]
        assert len(set(named)) == 4
        assert all(lens in each for each in named)


def test_all_cases_one_scenario_or_one_case_can_be_chosen() -> None:
    """By name; the mean over all comes first."""
    model = what_if_document(brabant().comparison, brabant().words)
    assert model is not None
    root = read_html(what_if_controls(model, brabant().words).encode())
    values = [each.attributes["value"] for each in root.all("option")]
    scenarios = len(brabant().comparison.cases.ids["scenario"])
    assert values == [
        "all",
        *(f"scenario {g}" for g in range(scenarios)),
        *(f"case {s}" for s in range(60)),
    ]
    names = cast("dict[str, list[str]]", model["names"])
    texts = [each.text() for each in root.all("option")][1:]
    assert texts == [*names["scenarios"], *names["cases"]]


def test_one_scenario_leaves_nothing_to_choose() -> None:
    """Then there is no choice."""
    matter = MATTERS["one scenario"]()
    model = what_if_document(matter.comparison, matter.words)
    assert model is not None
    assert read_html(what_if_controls(model, matter.words).encode()).all("select") == []


def test_odd_names_are_text() -> None:
    """No name can end an attribute or an element."""
    model = what_if_document(odd_matter().comparison, odd_matter().words)
    assert model is not None
    root = read_html(what_if_controls(model, odd_matter().words).encode())
    assert root.all("script") + root.all("b") == []
    shown = [each.text() for each in root.all("span") if "name" in each.attributes.get("class", "")]
    assert shown == [f"{ODD[k]}{k}" for k in range(len(shown))]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_tools_are_buttons_with_words(language: str) -> None:
    """A way past them, and three buttons."""
    root = read_html(tools(Words("nl" if language == "nl" else "en")).encode())
    assert [each.attributes["href"] for each in root.all("a")] == ["#main"]
    assert [each.attributes["id"] for each in root.all("button")] == [
        "open-all",
        "close-all",
        "print",
    ]
    assert all(each.text() for each in root.all("button"))

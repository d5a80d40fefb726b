from __future__ import annotations

import base64
import hashlib
import json
import re
import tomllib
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.live.browsing import LAPTOP, browser, open_face
from tests.memo.report.made import report

import afweging
from afweging.charts.svg import NAMESPACE
from afweging.io.markup import read_html
from afweging.memo.report.page import script_text, style_text
from afweging.wording.numbers import write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def shown() -> Iterator[Browser]:
    """Return a browser for all tests here."""
    with browser() as found:
        yield found


# --- what is in the file ------------------------------------------------------------------------


def test_the_policy_allows_the_own_script_and_style_alone() -> None:
    """By their digests, which are recomputed here; nothing else can run or be fetched."""
    root = read_html(report())
    (policy,) = [
        each.attributes["content"]
        for each in root.all("meta")
        if each.attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    (style,), scripts = root.all("style"), root.all("script")
    (script,) = [each for each in scripts if each.attributes.get("type") == "module"]
    said = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    for name, element in (("script-src", script), ("style-src", style)):
        digest = base64.b64encode(hashlib.sha256(element.text().encode()).digest()).decode()
        assert said[name] == f"'sha256-{digest}'"
    assert said["default-src"] == "'none'"
    assert "unsafe" not in policy
    assert [each.attributes["type"] for each in scripts] == [
        "application/json",
        "module",
        "application/gzip;base64",
    ]


def test_no_address_no_handler_and_no_style_of_an_element() -> None:
    """Pictures are in the page; nothing in it is fetched, and nothing evades the policy."""
    root = read_html(report())
    for element in root.walk():
        names = set(element.attributes)
        assert not {name for name in names if name.startswith("on")} | names & {"style", "action"}
        assert element.attributes.get("src", "data:").startswith("data:")
        assert element.attributes.get("href", "#").startswith("#")
    code = (script_text() + style_text()).replace(NAMESPACE, "")
    assert re.findall(r"https?:|url\(|@import|fetch|eval|innerHTML", code) == []


def test_every_text_of_the_page_is_used_and_none_is_missing() -> None:
    """What the script asks for is in the wording, and nothing else is carried along."""
    folder = Path(afweging.__file__).parent / "wording"
    for language in ("nl", "en"):
        said = tomllib.loads((folder / language / "report.toml").read_text("utf-8"))["page"]
        script = script_text()
        assert [key for key in said if not re.search(rf"\b{key}\b", script)] == []
        asked = re.findall(r'fill\("(\w+)"', script) + re.findall(r"data\.words\.(\w+)", script)
        assert set(asked) - {"and"} <= set(said)


def test_the_colours_are_those_of_the_live_pages() -> None:
    """Every token of the style sheet has the value that it has there, light and dark."""
    theme = (resources.files("afweging.live") / "static/theme.css").read_text("utf-8")
    token = re.compile(r"^ +(--[\w-]+): (.*);$", re.MULTILINE)
    theirs, own = token.findall(theme), token.findall(style_text())
    assert len(own) > 40
    assert own == [(name, value) for name, value in theirs if "console" not in name]


def test_ids_are_there_once() -> None:
    """Also those in templates, which the script puts in the page."""
    ids = [each.attributes["id"] for each in read_html(report()).walk() if "id" in each.attributes]
    assert sorted(ids) == sorted(set(ids))


# --- numbers ------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["nl", "en"])
def test_numbers_are_written_as_the_program_writes_them(language: str, shown: Browser) -> None:
    """Thousands of numbers in each form, halves and powers of ten among them."""
    rng = np.random.default_rng(5)
    powers = 10.0 ** np.arange(-12, 1)
    values = [
        *rng.uniform(0, 1, 2000).tolist(),
        *(10.0 ** rng.uniform(-12, 0, 1000)).tolist(),
        *((np.arange(200) + 0.5) / 1000).tolist(),
        *((np.arange(200) + 0.5) / 10_000).tolist(),
        *(np.arange(65) / 64).tolist(),
        *powers.tolist(),
        *np.nextafter(powers, 0).tolist(),
        *np.nextafter(powers, 1).tolist(),
        *(-rng.uniform(0, 1, 300)).tolist(),
        *[0.0, -0.0, -1e-9, 0.9999, 0.99949, 0.9995, 0.999999999, 1 - 1e-12, 1.0],
    ]
    forms = ["3", "4", "gap", "share1", "number"]
    cases = [[value, form] for value in values for form in forms]
    cases += [[float(value), "number"] for value in (7, 999, 1000, 1234567)]
    source = (resources.files("afweging.memo.report") / "static/numbers.js").read_text("utf-8")
    data = json.dumps({"language": language, "words": {"and": "en"}})
    face = open_face(shown, "about:blank", LAPTOP)
    run = f"(cases) => {{ const data = {data}; {source}; return cases.map((c) => format(...c)); }}"
    found = face.page.evaluate(run, cases)
    expected = [write(value, form, language) for value, form in cases]
    differ = [(c, f, e) for c, f, e in zip(cases, found, expected, strict=True) if f != e]
    assert differ == []
    face.page.context.close()

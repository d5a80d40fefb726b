"""Every frame of the wall measured in a real browser: nothing is cut, small, or over another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.live import hard, scenes
from tests.live.browsing import SMALL_WALL, WALL
from tests.live.browsing import browser as start_browser
from tests.live.measuring import faults_of, stage_for

from afweging.live import pages
from afweging.live.join_sheet import qr_image
from afweging.wording import Language, Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from playwright.sync_api import Browser, Page, ViewportSize

ADDRESS = "https://afweging.provincie.example:8765"
JOIN = {"url": ADDRESS, "code": "ACD346", "qr": qr_image(f"{ADDRESS}/j/ACD346")}
# pixels of the smallest letter: 28 at 1080 lines; as large a part of a smaller screen
SIZES = [pytest.param(WALL, 28.0, id="1920x1080"), pytest.param(SMALL_WALL, 15.0, id="1024x768")]

HARD: tuple[tuple[str, bool, Language, int], ...] = (
    # mode, whether options have a code, language, how many options
    ("sealed", True, "en", 7),
    ("sealed", False, "nl", 6),
    ("open", False, "nl", 7),
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return a browser for all tests of this module."""
    with start_browser() as found:
        yield found


def faults_in(
    page: Page,
    view: Mapping[str, Any],
    content: Mapping[str, Any],
    language: Language,
    least: float,
) -> list[str]:
    """Return what is wrong with a frame, and with its table where it has one."""
    html = pages.projector_frame(view, Words(language), content=content, join=JOIN)
    found = faults_of(page, html, least=least)
    if 'class="twin"' in html:
        found += [f"T {each}" for each in faults_of(page, html, least=least, tables=True)]
    return found


@pytest.mark.parametrize(("size", "least"), SIZES)
def test_a_hard_session_fits_on_the_wall(
    size: ViewportSize, least: float, browser: Browser
) -> None:
    """Seven options, names of over sixty characters, five scenarios, sixty people, six reasons."""
    page, wrong = stage_for(browser, size), {}
    for mode, codes, language, options in HARD:
        content = hard.content(codes=codes, options=options)
        for name, view in hard.every_wall(mode, options):
            if found := faults_in(page, view, content, language, least):
                wrong[f"{mode} {name} {codes} {language} {options}"] = found
    assert wrong == {}


@pytest.mark.parametrize(("people", "size", "least"), [(12, WALL, 28.0), (3, SMALL_WALL, 15.0)])
def test_the_example_fits_on_the_wall(
    people: int, size: ViewportSize, least: float, browser: Browser
) -> None:
    """Brabant in every stage and on every panel, with few people and with a dozen."""
    page, wrong = stage_for(browser, size), {}
    for mode in ("sealed", "open"):
        for found in scenes.every_room(mode, people):
            view = scenes.wall(found) | {"log_hash": "0f" * 32}
            if faults := faults_in(page, view, scenes.content("nl"), "nl", least):
                wrong[f"{mode} {view['stage']} {view['panel']}"] = faults
    assert wrong == {}


def test_what_is_wrong_is_found(browser: Browser) -> None:
    """The measure itself sees text that is small, cut off, outside, or over other text."""
    page = stage_for(browser, WALL)
    frame = (
        '<div class="wall"><header><h1>Kop</h1></header><div class="wall-body">{}</div>'
        "<footer>Voet</footer></div>"
    )
    cases = {
        "small": "<p><small>klein</small></p>",
        "outside": f"<p>{'woord' * 200}</p>",
        "overlap": '<svg width="400" height="60"><text y="40" class="a">een</text>'
        '<text y="42" class="b">twee</text></svg>',
    }
    assert faults_of(page, frame.format("<p>goed</p>"), least=20) == []
    for kind, part in cases.items():
        found = faults_of(page, frame.format(part), least=24)
        assert any(each.startswith(kind) for each in found), (kind, found)


def test_every_chart_has_a_sentence_and_a_table_twin() -> None:
    """What is drawn is said, and stands in a table behind the key T; tables are tables already."""
    charts, tables = set(), set()
    for mode in ("sealed", "open"):
        for _, view in hard.every_wall(mode):
            html = pages.projector_frame(view, Words("nl"), content=hard.content())
            if "<svg" in html:
                charts.add(view["panel"])
                assert 'class="sentence"' in html, view["panel"]
                assert 'class="twin"' in html, view["panel"]
            elif "<table" in html:
                tables.add(view["panel"])
                assert 'class="sentence"' in html, view["panel"]
    assert charts == {"progress", "spread", "outcome", "groups", "shift"}
    assert tables - charts == {"options", "ranges", "regret", "profiles"}

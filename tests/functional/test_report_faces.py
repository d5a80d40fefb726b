from __future__ import annotations

import os
from itertools import product
from typing import TYPE_CHECKING

import pytest
from tests.analysis.random_problems import Shape
from tests.live.browsing import PHONE, TOO_WIDE, WALL, browser, open_face
from tests.memo.matters import random_matter
from tests.memo.report.made import odd_matter, report, report_of, written

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page, ViewportSize

    from afweging.wording import Language

LAPTOP: ViewportSize = {"width": 1366, "height": 768}
SIZES = {"phone": PHONE, "laptop": LAPTOP, "wall": WALL}
# every size with every look takes minutes: AFWEGING_FACES=all
ALL = list(product(SIZES, ("light", "dark"), ("nl", "en")))
SOME = [("phone", "light", "nl"), ("laptop", "dark", "en"), ("wall", "light", "nl")]
IS_LONG = os.environ.get("AFWEGING_FACES") == "all"


@pytest.fixture(scope="module")
def shown() -> Iterator[Browser]:
    """Return a browser for all tests here."""
    with browser() as found:
        yield found


def _open_all(page: Page) -> None:
    """Open all that folds; on a phone the button is in what folds itself."""
    if page.locator("#contents details").get_attribute("open") is None:
        page.click("#contents summary")
    page.click("#open-all")


def _content(language: Language) -> bytes:
    """Return Brabant, or in the short run a problem of which less is to be looked at."""
    return report(language) if IS_LONG else report_of(random_matter(3, Shape(options=3), language))


@pytest.mark.parametrize(("size", "scheme", "language"), ALL if IS_LONG else SOME)
def test_everybody_can_use_it(
    size: str, scheme: str, language: Language, shown: Browser, tmp_path: Path
) -> None:
    """No violation of WCAG, no request, nothing wider than the window, targets large enough.

    With all that folds open, and in the long run closed as well.
    """
    address = written(tmp_path, _content(language))
    face = open_face(shown, address, SIZES[size], color_scheme=scheme, reduced_motion="reduce")
    face.page.wait_for_selector("#found-ranking")
    if IS_LONG:
        face.check(f"{size} {scheme} {language}")
    _open_all(face.page)
    face.page.locator(".slider button").first.click()
    face.check(f"{size} {scheme} {language}, open")
    face.check_targets(24)
    face.page.context.close()


def test_odd_names_fit_a_phone(shown: Browser, tmp_path: Path) -> None:
    """Twelve options with names of 120 letters, and of letters that mean something to HTML."""
    face = open_face(shown, written(tmp_path, report_of(odd_matter())), PHONE)
    face.page.on("dialog", lambda dialog: face.faults.append(dialog.message))
    face.page.wait_for_selector("#found-ranking")
    _open_all(face.page)
    assert face.page.evaluate(TOO_WIDE) <= 0
    assert face.faults == []
    face.page.context.close()


def test_missing_effects_leave_a_page_without_sliders(shown: Browser, tmp_path: Path) -> None:
    """It says why, and all else works."""
    matter = random_matter(6, Shape(gaps=2))
    face = open_face(shown, written(tmp_path, report_of(matter)), PHONE)
    assert face.page.locator("#contents a").count() > 10
    assert face.page.locator(".slider").count() == 0
    assert "Er ontbreken effecten, bij" in face.page.locator("main").inner_text()
    assert face.page.evaluate(TOO_WIDE) <= 0
    assert face.faults == []
    face.page.context.close()

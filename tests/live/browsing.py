"""A browser for tests: Debian's Chromium, the four faces, and what must hold on every page."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import (
        Browser,
        BrowserContext,
        ConsoleMessage,
        Page,
        Request,
        ViewportSize,
    )

WALL: ViewportSize = {"width": 1920, "height": 1080}
SMALL_WALL: ViewportSize = {"width": 1024, "height": 768}
LAPTOP: ViewportSize = {"width": 1366, "height": 768}
PHONE: ViewportSize = {"width": 360, "height": 740}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = Axe()
PATIENCE = 10_000  # milliseconds

SCRIPT = AXE.axe_script
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
LOST = """() => {
  const found = [];
  for (const part of document.querySelectorAll('main *')) {
    if (part.closest('.unseen, .scroll, .preview, .skip, svg, select')) continue;
    const box = part.getBoundingClientRect();
    if (!box.width) continue;
    const hides = ['hidden', 'clip'].includes(getComputedStyle(part).overflowX);
    if (box.right > innerWidth + 1 || (hides && part.scrollWidth > part.clientWidth + 1))
      found.push(part.outerHTML.slice(0, 80));
  }
  return found;
}"""
MOVES = """() => matchMedia('(prefers-reduced-motion: reduce)').matches
  ? document.getAnimations().length : 0"""
CUT = """() => {
  const wall = document.querySelector('.wall');
  if (!wall || wall.classList.contains('blank')) return [];
  const bottom = wall.querySelector('footer').getBoundingClientRect();
  const found = [];
  for (const part of wall.querySelectorAll('header *, .wall-body *')) {
    if (part.closest('.twin') && !document.body.classList.contains('tables')) continue;
    if (part.closest('svg, .unseen')) continue;
    const box = part.getBoundingClientRect();
    if (!box.width && !box.height) continue;
    if (box.bottom > bottom.top + 1 || box.right > innerWidth + 1 || box.top < -1)
      found.push(part.tagName + '.' + part.className + ': ' + part.textContent.slice(0, 40));
  }
  return found;
}"""
SMALL_TEXT = """() => {
  const found = [];
  const walk = document.createTreeWalker(document.querySelector('.wall'), NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const part = walk.currentNode.parentElement;
    if (!walk.currentNode.textContent.trim() || part.closest('.unseen, svg')) continue;
    if (!part.getClientRects().length) continue;
    const size = parseFloat(getComputedStyle(part).fontSize);
    if (size < 27.99) found.push([walk.currentNode.textContent.trim().slice(0, 40), size]);
  }
  return found;
}"""
SMALL_TARGETS = """(most) => {
  const found = [];
  const touched = 'a[href], button, input, select, textarea, summary';
  for (const each of document.querySelectorAll(touched)) {
    if (!each.getClientRects().length || each.type === 'hidden' || each.closest('.skip')) continue;
    if (each.matches('p a, .skip')) continue;  // a link in a sentence is as high as its line
    let least = most;
    const box = each.getBoundingClientRect();
    if (['radio', 'checkbox'].includes(each.type)) least = 24;  // its label is touched as well
    if (box.width < least - 0.5 || box.height < least - 0.5)
      found.push([each.outerHTML.slice(0, 80), box.width, box.height]);
  }
  return found;
}"""


def chromium() -> str:
    """Return the path of Chromium; without it the test is skipped, and in CI it fails."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail("chromium is missing")
        pytest.skip("chromium is missing; on Debian: apt-get install chromium")
    return found


@contextmanager
def browser() -> Iterator[Browser]:
    """Start a browser without a window."""
    path = chromium()
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield found
        found.close()


@dataclass
class Face:
    """One page in a browser of its own, with all that went wrong in it."""

    page: Page
    origin: str
    language: str = ""  # in which somebody joins; that of the room where it is empty
    faults: list[str] = field(default_factory=list)
    requests: int = 0

    def __post_init__(self) -> None:
        self.page.set_default_timeout(PATIENCE)
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        # also those of windows that a page would open
        self.page.context.on("request", self._asked)

    def _said(self, message: ConsoleMessage) -> None:
        # a page that is told "no" by the server says so itself; the browser repeats it
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            self.faults.append(f"{message.type}: {message.text}")

    def _asked(self, request: Request) -> None:
        self.requests += 1
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob"} and parts.netloc != self.origin:
            self.faults.append(f"request to {request.url}")

    def check(self, where: str) -> None:
        """Look for violations of WCAG in light and dark, faults, motion, and too wide content."""
        said = self._violations({"type": "tag", "values": TAGS})
        self.page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        said += self._violations({"type": "rule", "values": ["color-contrast"]})
        self.page.emulate_media(color_scheme="light", reduced_motion="reduce")
        assert said == [], (where, said)
        assert self.page.evaluate(MOVES) == 0, where
        assert self.faults == [], (where, self.faults)
        assert self.page.evaluate(TOO_WIDE) <= 0, where

    def _violations(self, rules: dict[str, Any]) -> list[str]:
        # the preview on the console is what stands on the wall, which is looked at by itself
        context = {"include": [["html"]], "exclude": [[".preview > *"]]}
        options = {"runOnly": rules, "resultTypes": ["violations"]}
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(SCRIPT)
        found = self.page.evaluate("given => axe.run(...given)", [context, options])
        return [_violation(each) for each in found["violations"]]

    def check_narrow(self, width: int, where: str) -> None:
        """Look for what is lost or scrolls sideways in a narrower window, as by zooming in."""
        size = self.page.viewport_size
        assert size is not None
        self.page.set_viewport_size({"width": width, "height": size["height"]})
        assert self.page.evaluate(TOO_WIDE) <= 0, (where, width)
        lost = self.page.evaluate(LOST)
        assert lost == [], (where, width, lost)
        self.page.set_viewport_size(size)

    def check_wall(self, where: str) -> None:
        """Look for what is cut off, scrolls or is too small to read from the back row."""
        cut = self.page.evaluate(CUT)
        assert cut == [], (where, cut)
        assert self.page.evaluate("document.documentElement.scrollHeight <= innerHeight"), where
        if self.page.viewport_size == WALL:
            small = self.page.evaluate(SMALL_TEXT)
            assert small == [], (where, small)

    def check_targets(self, least: int) -> None:
        """Look for what is too small to touch."""
        small = self.page.evaluate(SMALL_TARGETS, least)
        assert small == [], small


def _violation(found: dict[str, Any]) -> str:
    node = found["nodes"][0]
    return f"{found['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"


def open_face(
    browser: Browser,
    url: str,
    size: ViewportSize,
    *,
    context: BrowserContext | None = None,
    **options: Any,  # noqa: ANN401 - those of a context
) -> Face:
    """Open a page in a context of its own, with a window of this size; by itself nothing moves."""
    options.setdefault("reduced_motion", "reduce")
    context = context or browser.new_context(viewport=size, **options)
    face = Face(context.new_page(), urlsplit(url).netloc)
    face.page.goto(url)
    return face

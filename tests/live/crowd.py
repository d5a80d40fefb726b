"""Twelve people on phones, a facilitator at the console and a wall, all of them in a browser.

They come in through the links that the program prints, and do all by what is on their pages.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect
from tests.live.browsing import LAPTOP, PHONE, WALL, Face, open_face
from tests.live.leading import REASONS, swings

from afweging.wording import Words

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext
    from tests.functional.live_server import Program

LOCALES = {"nl": "nl-NL", "en": "en-GB"}
BACK = 30_000  # milliseconds for a phone to find the server again, on a busy machine
GIVE = """([points, reason]) => {
  const find = (selector) => document.querySelector(selector);
  const press = (selector) => find(selector).click();
  if (find('#s-bars').hidden) {
    press('#ranges-next button');
    press(`#biggest-${points.indexOf(100) + 1}`);
    press('#s-biggest .main');
  }
  for (const bar of document.querySelectorAll('.bar')) {
    const place = Number(bar.dataset.place);
    if (points[place] === 100) continue;
    const field = bar.querySelector('input[type="text"]');
    field.value = points[place];
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }
  press('#s-bars .main');
  press('#s-checks .main');
  find('#reason').value = reason;
  find('#reason').dispatchEvent(new Event('input', { bubbles: true }));
  press('#send');
}"""


@dataclass
class Phone:
    """A participant: what they typed, and what the page gave them for it."""

    face: Face
    seat: int
    given: dict[int, tuple[float, ...]] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)
    receipts: list[str] = field(default_factory=list)
    said: tuple[str, str] = ("", "")
    offline: bool = False

    def fill(self, round_: int) -> None:
        """Fill in all but the last of the points by hand, and stop there."""
        page, points = self.face.page, swings(self.seat, round_)
        page.locator("#ranges-next button").click()
        page.locator(f"#biggest-{points.index(100) + 1}").check()
        page.locator("#s-biggest .main").click()
        for place in self.asked(round_)[:-1]:
            self.entry(place).fill(f"{points[place]:.0f}")

    def finish(self, round_: int, reason: str = "") -> None:
        """Fill in the last of the points and send all of them."""
        self.complete(round_, reason)
        self.face.page.locator("#send").click()
        self.take_receipt(round_, reason)

    def complete(self, round_: int, reason: str = "") -> None:
        """Fill in the last of the points and go on to what is sent."""
        page, points = self.face.page, swings(self.seat, round_)
        last = self.asked(round_)[-1]
        self.entry(last).fill(f"{points[last]:.0f}")
        page.locator("#s-bars .main").click()
        page.locator("#s-checks .main").click()
        page.locator("#reason").fill(reason)

    def lose_connection(self, reason: str) -> None:
        """Fill in all of round 1, and send it while the connection is gone."""
        self.fill(1)
        self.complete(1, reason)
        self.face.page.context.set_offline(True)
        self.offline = True
        self.face.page.locator("#send").click()
        expect(self.face.page.locator("#error")).to_be_visible()
        expect(self.face.page.locator("#link")).to_have_attribute("data-state", "offline")

    def find_connection(self, reason: str) -> None:
        """Come back: what waited is sent by itself."""
        self.face.page.context.set_offline(False)
        self.offline = False
        self.take_receipt(1, reason)

    def asked(self, round_: int) -> list[int]:
        """Return the lenses for which points are asked: all but the biggest swing."""
        points = swings(self.seat, round_)
        return [place for place, point in enumerate(points) if point != 100]

    def entry(self, place: int) -> Any:  # noqa: ANN401 - a locator
        """Return the field for the points of a lens."""
        return self.face.page.locator(f'.bar[data-place="{place}"] input[type="text"]')

    def give(self, round_: int, reason: str = "") -> None:
        """Give weights in one go."""
        if round_ == 2:
            self.face.page.locator("#second-change").click()
        self.face.page.evaluate(GIVE, [swings(self.seat, round_), reason])
        self.take_receipt(round_, reason)

    def keep(self) -> None:
        """Keep the weights of round 1."""
        self.face.page.locator("#second-keep").click()
        self.take_receipt(2)
        self.given[2] = self.given[1]

    def take_receipt(self, round_: int, reason: str = "") -> None:
        """Read the receipt: what was sent is stored then."""
        code = self.face.page.locator("#receipt-code")
        expect(code).to_be_visible(timeout=BACK)
        expect(code).to_have_text(re.compile(r"^\w{8}$"), timeout=BACK)
        self.given[round_] = tuple(swings(self.seat, round_))
        self.receipts.append(code.text_content() or "")
        self.reasons += [reason] if reason else []

    def endorse(self, choice: str, text: str = "") -> None:
        """Support the decision, with a remark, or not."""
        page = self.face.page
        page.locator(f"#endorse-{choice}").check()
        if text:
            page.locator("#endorse-text").fill(text)
        page.locator("#endorse-send").click()
        code = page.locator("#endorse-code")
        expect(code).to_have_text(re.compile(r"^\w{8}$"))
        self.receipts.append(code.text_content() or "")
        self.said = (choice, text)

    def is_online(self) -> None:
        """Wait until the page has a line to the server."""
        expect(self.face.page.locator("#link")).to_have_attribute(
            "data-state", "online", timeout=BACK
        )


@dataclass
class Lead:
    """The facilitator, at the console."""

    face: Face
    words: Words

    def stage(self, stage: str) -> None:
        """Wait until the session is at a stage."""
        expect(self.face.page.locator("#stage")).to_have_text(
            self.words.text(f"session.stage.{stage}"), timeout=BACK
        )

    def next(self, stage: str) -> None:
        """Go on to the next stage, which is this one."""
        button = self.face.page.locator("#next")
        expect(button).to_contain_text(self.words.text(f"session.stage.{stage}"))
        button.click()
        self.stage(stage)

    def seal(self, number: int) -> None:
        """Close a round once the console knows of enough answers; wait until it is committed."""
        expect(self.face.page.locator("#next-reason")).to_have_count(0)
        self.next(f"r{number}_sealed")
        expect(self.face.page.locator(".barrier")).to_have_count(0)

    def press(self, id_: str) -> None:
        """Press a button."""
        self.face.page.locator(f"#{id_}").click()

    def panel(self, name: str) -> None:
        """Show a panel on the wall."""
        button = self.face.page.locator(f"#panel-{name}")
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")

    def word(self, key: str) -> str:
        """Return a text of the console."""
        return self.words.text(f"live_console.{key}")

    def submit(self, key: str) -> None:
        """Press the button with this text."""
        self.face.page.get_by_role("button", name=self.word(key)).click()

    def quote_all(self) -> None:
        """Put every reason on the wall."""
        new = self.face.page.locator("[id^=quote-]")
        while left := new.count():
            new.first.click()
            expect(new).to_have_count(left - 1)

    def freeze(self) -> None:
        """Freeze the weights in two steps."""
        self.press("freeze-ask")
        self.press("freeze-do")
        self.stage("frozen")

    def decide(self, text: str, conditions: tuple[str, ...]) -> None:
        """Write the decision, and go on to it."""
        page = self.face.page
        page.locator("#decision-text").fill(text)
        page.locator("#decision-conditions").fill("\n".join(conditions))
        self.submit("decision.save")
        expect(page.locator(".barrier")).to_have_count(0)
        self.next("decided")

    def export(self) -> dict[str, Any]:
        """Make the export, and return what the browser saved of it."""
        self.press("export")
        with self.face.page.expect_download() as saved:
            self.press("export-link")
        path = saved.value.path()
        found: dict[str, Any] = json.loads(Path(path).read_bytes())
        return found


@dataclass
class Crowd:
    """Everybody in one session."""

    browser: Browser
    program: Program
    language: str
    lead: Lead
    wall: Face
    phones: list[Phone] = field(default_factory=list)
    others: list[Face] = field(default_factory=list)

    @property
    def faces(self) -> list[Face]:
        """All pages that were open."""
        return [self.lead.face, self.wall, *(each.face for each in self.phones), *self.others]

    def context(self) -> BrowserContext:
        """Return a phone of its own."""
        return self.browser.new_context(
            viewport=PHONE, has_touch=True, locale=LOCALES[self.language]
        )

    def join(self, *, types_code: bool = False, role: str = "") -> Phone:
        """Let somebody join: by the QR code, or by typing address and code."""
        seat = len(self.phones) + 1
        path = "/" if types_code else f"/j/{self.program.code}"
        face = open_face(self.browser, f"{self.program.base}{path}", PHONE, context=self.context())
        page = face.page
        expect(page.locator("html")).to_have_attribute("lang", self.language)
        if types_code:
            page.locator("#code").fill(self.program.code.lower())
        if role:
            page.locator("#role").select_option(role)
        page.locator("form button.main").click()
        expect(page.locator("#seat")).to_contain_text(str(seat))
        self.phones.append(Phone(face, seat))
        return self.phones[-1]

    def second_device(self, phone: Phone) -> None:
        """Let somebody go on with another device; the first one says so and stops."""
        former, context = phone.face, self.context()
        context.add_cookies(former.page.context.cookies())  # type: ignore[arg-type]
        phone.face = open_face(
            self.browser, f"{self.program.base}/deelnemer", PHONE, context=context
        )
        expect(phone.face.page.locator("#seat")).to_contain_text(str(phone.seat))
        expect(former.page.locator("#s-elsewhere")).to_be_visible()
        self.others.append(former)

    def move_seat(self, phone: Phone) -> None:
        """Give a seat to another device, by a link that the console makes."""
        former, page = phone.face, self.lead.face.page
        page.locator("#manage summary").click()
        page.locator("#replace-seat").fill(str(phone.seat))
        self.lead.submit("seats.replace")
        said = page.locator("#new-link")
        expect(said).to_contain_text("/plaats/")
        link = (said.text_content() or "").split()[-1]
        phone.face = open_face(self.browser, link, PHONE, context=self.context())
        expect(phone.face.page.locator("#seat")).to_contain_text(str(phone.seat))
        expect(former.page.locator("#s-elsewhere")).to_be_visible()
        self.others.append(former)

    def reason(self, phone: Phone) -> str:
        """Return what every other person says, and nothing for the rest."""
        return REASONS[phone.seat // 2 % len(REASONS)] if phone.seat % 2 else ""


def open_crowd(browser: Browser, program: Program, language: str) -> Crowd:
    """Open the console and the wall by the links that were printed."""
    options: dict[str, Any] = {"locale": LOCALES[language], "reduced_motion": "no-preference"}
    console = open_face(browser, program.link("regie"), LAPTOP, **options)
    console.page.locator("#stage").wait_for()
    wall = open_face(browser, program.link("scherm"), WALL, **options)
    wall.page.locator(".wall footer").wait_for()
    lead = Lead(console, Words(language))  # type: ignore[arg-type]
    return Crowd(browser, program, language, lead, wall)

"""A whole session without a mouse: a participant, the facilitator and the wall."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from tests.live.browsing import LAPTOP, PHONE, WALL, Face, open_face
from tests.live.browsing import browser as start_browser
from tests.live.leading import REASONS, give
from tests.live.running import running, wait_until

from afweging.wording import Words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser
    from tests.live.running import Running

WORDS = Words("nl")
MOST_TABS = 150
AT = """(wanted) => {
  const at = document.activeElement;
  if (at === document.body) return { on: '', there: false, seen: true };
  const box = at.getBoundingClientRect();
  const style = getComputedStyle(at);
  const drawn = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  const marked = drawn || at.matches('h1, h2');  // the page puts the focus there on a new screen
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return { on: at.outerHTML.slice(0, 100), there: at.matches(wanted), seen: marked && inside };
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return a browser for all tests of this module."""
    with start_browser() as found:
        yield found


@dataclass
class Keys:
    """The keyboard on one page; wherever Tab comes, one sees where that is."""

    face: Face

    def at(self, selector: str) -> Any:  # noqa: ANN401 - facts from the page
        """Return what has the focus, and whether that is the wanted element and can be seen."""
        return self.face.page.evaluate(AT, selector)

    def to(self, selector: str) -> None:
        """Press Tab until an element has the focus."""
        if self.at(selector)["there"]:
            return
        for _ in range(MOST_TABS):
            self.face.page.keyboard.press("Tab")
            found = self.at(selector)
            assert found["seen"], found["on"]
            if found["there"]:
                return
        raise AssertionError(f"Tab does not reach {selector}")

    def press(self, selector: str, key: str = "Enter") -> None:
        """Go to an element and press a key there."""
        self.to(selector)
        self.face.page.keyboard.press(key)

    def type(self, selector: str, text: str) -> None:
        """Go to a field and type in it."""
        self.to(selector)
        self.face.page.keyboard.type(text)

    def shows(self, selector: str) -> None:
        """Wait for what the last key led to; the focus is still somewhere on the page."""
        expect(self.face.page.locator(selector)).to_be_visible()
        assert self.at("*")["on"], selector


@dataclass
class Console(Keys):
    """The keyboard of the facilitator."""

    def stage(self, stage: str) -> None:
        """Wait until the session is at a stage, and the focus is somewhere on the page."""
        expect(self.face.page.locator("#stage")).to_have_text(WORDS.text(f"session.stage.{stage}"))
        assert self.at("*")["on"], stage

    def next(self, *stages: str) -> None:
        """Go on with NEXT, stage by stage."""
        for stage in stages:
            self.press("#next")
            self.stage(stage)

    def first(self, selector: str) -> str:
        """Return the id of the first of several elements."""
        return f"#{self.face.page.locator(selector).first.get_attribute('id')}"

    def gone(self, selector: str) -> None:
        """Press a button that is not there any more afterwards."""
        self.press(selector)
        expect(self.face.page.locator(selector)).to_have_count(0)
        assert self.at("*")["on"], selector


def test_a_whole_session_goes_by_the_keyboard_alone(browser: Browser, tmp_path: Path) -> None:
    """From joining to the receipt, from the lobby to the close, and the key T on the wall."""
    with running(tmp_path / "proef.afwsessie", rounds=1, quorum=2) as server:
        console = Console(open_face(browser, f"{server.base}/regie/{server.console}", LAPTOP))
        wall = open_face(browser, f"{server.base}/scherm/{server.wall}", WALL)
        console.next("lobby")
        phone = Keys(open_face(browser, f"{server.base}/?lang=nl", PHONE))
        join(server, phone)
        people = server.people(5)
        console.next("explain")
        phone.shows("#s-ranges")
        phone.press(".unclear", "Space")
        wait_until(lambda: server.room.state.unclear)
        phone.shows("#s-ranges")
        console.next("r1_open")
        weigh(phone)
        give(people)
        for stage in ("r1_sealed", "reveal1"):
            expect(console.face.page.locator(".barrier")).to_have_count(0)
            console.next(stage)
        for lens in server.room.state.setup.lenses:
            console.gone(f"#reveal-{lens}")
        console.next("discuss")
        phone.press("#spread-toggle")
        phone.shows("#spread-table")
        console.gone(console.first("[id^=quote-]"))
        console.press("#panel-outcome")
        wall.page.locator(".panel-outcome").wait_for()
        for shown in (".twin", ".chart"):
            wall.page.keyboard.press("t")
            expect(wall.page.locator(shown)).to_be_visible()
        feel(phone)
        decide(console)
        phone.press("#endorse-endorse", "ArrowDown")
        phone.type("#endorse-text", "Graag een tussenstand.")
        phone.press("#endorse-send")
        phone.shows("#endorse-code")
        finish(console)
        phone.shows("#end-receipts")
        phone.to("#end-download")
        assert phone.face.faults == console.face.faults == wall.faults == []
    said = server.room.state.endorsements[1]
    assert (said.choice, said.text) == ("remark", "Graag een tussenstand.")


def join(server: Running, phone: Keys) -> None:
    """Take a seat by typing the code."""
    phone.type("#code", server.code)
    phone.press("form button.main")
    expect(phone.face.page.locator("#s-wait")).to_be_visible()


def weigh(phone: Keys) -> None:
    """Give weights, with the last of the points by its buttons, and a reason."""
    phone.press("#ranges-next button")
    phone.to('input[name="biggest"]')
    phone.face.page.keyboard.press("ArrowDown")
    phone.press("#s-biggest .main")
    for place, value in ((0, "60"), (2, "45")):
        phone.type(f'[data-place="{place}"] input[type="text"]', value)
    phone.press('[data-place="3"] [data-step="5"]', "Space")
    phone.press("#s-bars .main")
    phone.press("#check-0-a", "Space")
    phone.press("#s-checks .main")
    phone.type("#reason", REASONS[0])
    phone.press("#send")
    phone.shows("#receipt-code")


def feel(phone: Keys) -> None:
    """Say that the outcome does not feel right, and why."""
    phone.press('[data-mood="uneasy"]')
    phone.type("#mood-text", "Dit klopt niet.")
    phone.press("#mood-send")
    expect(phone.face.page.locator("#mood-why")).to_be_hidden()
    phone.shows("#mood-done")


def decide(console: Console) -> None:
    """Freeze the weights in two steps, and write the decision."""
    console.gone("#freeze-ask")
    console.press("#freeze-do")
    console.stage("frozen")
    console.type("#decision-text", "Wij kiezen.")
    console.press('form[data-kind="set_decision"] button')
    expect(console.face.page.locator(".barrier")).to_have_count(0)
    console.next("decided")


def finish(console: Console) -> None:
    """Make the export, close, and purge."""
    console.press("#export")
    console.shows("#export-link")
    console.next("closed")
    console.type("#purge-reason", "proef")
    console.press("#purge-sure", "Space")
    console.press('form[data-kind="purge"] button')
    console.stage("purged")

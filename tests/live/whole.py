"""A whole session as it goes in a room, with what has to be shown of it, step by step."""

from __future__ import annotations

import re
import signal
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx
from playwright.sync_api import expect
from tests.functional.live_server import Program, program
from tests.live import reckoning as by_hand
from tests.live.crowd import BACK, Crowd, Phone
from tests.live.leading import CONDITIONS, DECISION, ROLES
from tests.live.reckoning import Reckoning, Weights, weights_of
from tests.live.running import PATIENCE, wait_until

from afweging.analysis.session.views import view_hash

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import ExitStack
    from pathlib import Path

PEOPLE = 12
ENDS = ("endorse", "endorse", "remark", "dissent")
ROWS = """() => [...document.querySelectorAll(
  '.twin table:first-child tbody tr, .regret tbody tr')].map(
  (row) => [...row.cells].map((cell) => cell.textContent.trim()))"""
LONGEST = "Math.max(0, ...document.getAnimations().map((each) => each.effect.getTiming().duration))"
SHOWS = """([html, place]) => {
  const fresh = document.createElement('template');
  fresh.innerHTML = html;
  const shown = document.querySelector(`${place} .wall`);
  return shown?.textContent === fresh.content.querySelector('.wall').textContent;
}"""


@dataclass
class Host:
    """The program on one port with one log, that is stopped and started again."""

    stack: ExitStack
    log: Path
    options: tuple[str, ...]
    port: int = 0

    def start(self) -> Program:
        """Start the program, on the port that it had before."""
        found = self.stack.enter_context(program(self.log, "--port", str(self.port), *self.options))
        self.port = found.port
        return found

    def restart(self, crowd: Crowd, how: signal.Signals) -> None:
        """Stop or kill the program, start it again, and wait until everybody is back."""
        code = crowd.program.code
        stopped = crowd.program.stop(how)
        assert stopped[0] == (0 if how == signal.SIGTERM else -signal.SIGKILL)
        assert "Traceback" not in stopped[2]
        expect(crowd.wall.page.locator("#reconnecting")).to_be_visible()
        crowd.program = self.start()
        assert crowd.program.code == code
        for phone in crowd.phones:
            if not phone.offline:
                phone.is_online()
        expect(crowd.wall.page.locator("#reconnecting")).to_be_hidden(timeout=BACK)
        expect(crowd.lead.face.page.locator("#offline")).to_be_hidden(timeout=BACK)


def is_shown(text: str, value: float) -> bool:
    """Return whether a number in a text is this one, a share as a percentage, when rounded."""
    found = re.search(r"[-−]?\d+(?:[.,](\d+))?", text)
    assert found is not None, text
    number = float(found[0].replace("−", "-").replace(",", "."))
    return abs(number - 100 * value) <= 0.5 * 10.0 ** -len(found[1] or "") + 1e-6


def holds(cells: Sequence[str], values: Sequence[float]) -> None:
    """Check that every cell shows the value of its place."""
    wrong = [pair for pair in zip(cells, values, strict=True) if not is_shown(*pair)]
    assert wrong == []


@dataclass
class Session:
    """One session under way, with what has to be shown of it."""

    crowd: Crowd
    host: Host
    reckoning: Reckoning
    frames: dict[int, str] = field(default_factory=dict)
    quoted: list[str] = field(default_factory=list)
    commitments: dict[int, str] = field(default_factory=dict)

    def people(self, round_: int = 1) -> list[Weights]:
        """Return the weights that were typed in a round."""
        return [weights_of(each.given[round_]) for each in self.crowd.phones]

    # --- the wall ---------------------------------------------------------------------------------

    def look(self, where: str) -> None:
        """Check that the wall shows what the server says, and fits; note the frame."""
        address = self.crowd.wall.page.url.replace("/scherm/", "/api/scherm/")
        view: dict[str, Any] = httpx.get(f"{address}/snapshot", timeout=PATIENCE).json()
        wait_until(lambda: self.crowd.wall.page.evaluate(SHOWS, [view["html"], "#frame"]))
        assert self.crowd.wall.page.evaluate(LONGEST) <= 300
        seen = {name: part for name, part in view.items() if name not in {"html", "state"}}
        self.frames[view["seq"]] = view_hash(seen)
        self.crowd.wall.check_wall(where)

    def panel(self, name: str) -> list[list[str]]:
        """Put a panel on the wall and return its table."""
        button = self.crowd.lead.face.page.locator(f"#panel-{name}")
        if button.get_attribute("aria-pressed") != "true":
            self.crowd.lead.panel(name)
        self.look(name)
        found: list[list[str]] = self.crowd.wall.page.evaluate(ROWS)
        return found

    def said(self) -> str:
        """Return the sentences on the wall."""
        return " ".join(self.crowd.wall.page.locator(".wall .sentence").all_text_contents())

    def check_outcome(self, weights: Weights, people: Sequence[Weights]) -> None:
        """Check the ranking on the wall and all that stands beside it."""
        hand, language = self.reckoning, self.crowd.language
        rows = self.panel("outcome")
        order, choices = hand.order(weights), hand.choices(people)
        own = [hand.scores(each) for each in people]
        for rank, (option, row) in enumerate(zip(order, rows, strict=True), start=1):
            assert row[0].startswith(f"{rank}. ")
            assert hand.names[option][language] in row[0]
            values = hand.values[None][option]
            parts = [w * v for w, v in zip(weights, values, strict=True)]
            holds([row[1], *row[4:]], [hand.scores(weights)[option], *parts])
            low, _, high = by_hand.quartiles([(each[option],) for each in own], 0)
            holds(row[2].split("–"), [low, high])
            assert row[3] == str(choices[option])
        legend = self.crowd.wall.page.locator(".legend b").all_text_contents()
        holds(legend, weights)
        challenger, moved = hand.flip(weights)
        said = self.said()
        assert hand.names[challenger][language] in said
        shares = re.findall(r"\d+(?:[.,]\d+)?(?=\s?%)", said)
        assert is_shown(shares[0], moved), (said, moved)
        assert is_shown(shares[-1], choices[order[0]] / len(people)), said

    def check_regret(self, weights: Weights) -> None:
        """Check every regret on the wall."""
        hand = self.reckoning
        found = hand.regret(weights)
        for option, row in zip(hand.options, self.panel("regret"), strict=True):
            cells = ["0" if cell in {"beste", "best"} else cell for cell in row[1:]]
            holds(cells, [*found[option].values(), max(found[option].values())])

    def check_spread(self, people: Sequence[Weights]) -> None:
        """Check where the weights lie, on the wall and on a phone."""
        rows = self.panel("spread")
        for lens, row in enumerate(rows):
            holds(row[1:], by_hand.quartiles(people, lens))
        shares = re.findall(r"\d+(?:[.,]\d+)?(?=\s?%)", self.said())
        assert is_shown(shares[-1], by_hand.disagreement(people))
        phone = self.crowd.phones[4]
        own = people[4]
        for lens in range(len(rows)):
            line = phone.face.page.locator(f'#spread-table tr[data-place="{lens}"] td')
            holds(line.all_text_contents(), [own[lens], *by_hand.quartiles(people, lens)])

    def check_shift(self) -> None:
        """Check how people moved from round 1 to round 2."""
        before, after = self.people(1), self.people(2)
        pairs = zip(by_hand.medians(before), by_hand.medians(after), strict=True)
        for row, pair in zip(self.panel("shift"), pairs, strict=True):
            holds(row[1:], pair)
        shares = re.findall(r"\d+(?:[.,]\d+)?(?=\s?%)", self.said())
        assert is_shown(shares[0], by_hand.moved(before, after))
        assert is_shown(shares[1], abs(by_hand.anchoring(before, after)))

    # --- what happens in a room -------------------------------------------------------------------

    def come_in(self) -> None:
        """Let eleven people in, two of whom type the code, and explain."""
        self.look("draft")
        self.crowd.lead.next("lobby")
        for seat in range(1, PEOPLE):
            self.crowd.join(types_code=seat % 6 == 2, role=ROLES[seat % 2])
        joined = self.crowd.lead.face.page.locator("#seats-title")
        expect(joined).to_contain_text(str(PEOPLE - 1))
        self.look("lobby")
        self.crowd.lead.next("explain")
        for name in ("question", "options", "ranges"):
            self.panel(name)

    def give(self, how: signal.Signals, *, by_link: bool) -> None:
        """Let all give weights in round 1, while everything happens to them that can."""
        crowd = self.crowd
        first, second, third, *rest = crowd.phones
        first.fill(1)
        late = crowd.join()
        self.load_again(first)
        first.finish(1, crowd.reason(first))
        if by_link:
            crowd.move_seat(second)
        else:
            crowd.second_device(second)
        third.lose_connection(crowd.reason(third))
        self.host.restart(crowd, how)
        third.find_connection(crowd.reason(third))
        for phone in (second, *rest, late):
            phone.give(1, crowd.reason(phone))
        wait_until(lambda: self.count("submitted") == PEOPLE)

    def load_again(self, phone: Phone) -> None:
        """Load a page again in the middle of giving: what was filled in is still there."""
        before = [phone.entry(place).input_value() for place in phone.asked(1)]
        assert before[-1] == ""
        assert all(before[:-1])
        phone.face.page.reload()
        phone.face.page.locator("#s-bars").wait_for()
        assert [phone.entry(place).input_value() for place in phone.asked(1)] == before

    def count(self, name: str) -> int:
        """Return a number that the server counts for the console."""
        return int(self.crowd.program.facilitator().view[name])

    def try_out(self, lens: int, share: float, base: Weights) -> Weights:
        """Move a lens on the console, check what follows, and return the weights."""
        page, hand = self.crowd.lead.face.page, self.reckoning
        rest = 1 - base[lens]
        new = tuple(
            share if at == lens else each * (1 - share) / rest for at, each in enumerate(base)
        )
        page.locator(f"#whatif-{lens + 1}").fill(f"{100 * share:.0f}")
        found = page.locator("#whatif-found table").first
        rows = found.locator("tbody tr")
        name = hand.names[hand.order(new)[0]][self.crowd.language]
        expect(rows.first).to_contain_text(name)
        regret = hand.regret(new)
        for option, row in zip(hand.order(new), rows.all(), strict=True):
            score = hand.scores(new)[option]
            holds(row.locator("td").all_text_contents(), [score, max(regret[option].values())])
        challenger, moved = hand.flip(new)
        said = page.locator("#whatif-found .flip").text_content() or ""
        assert is_shown(said, moved)
        assert hand.names[challenger][self.crowd.language] in said
        return new

    def quote(self) -> None:
        """Put all reasons on the wall; it shows six of them at most."""
        self.crowd.lead.quote_all()
        self.quoted = sorted(each for phone in self.crowd.phones for each in phone.reasons)
        self.panel("reasons")
        cards = self.crowd.wall.page.locator(".cards .card > p:first-child").all_text_contents()
        assert len(cards) == min(6, len(self.quoted))
        assert all(any(each in card for each in self.quoted) for card in cards)

    def end(self) -> dict[str, Any]:
        """Decide, endorse, export and close; return the export that the browser saved."""
        crowd = self.crowd
        crowd.lead.decide(DECISION, CONDITIONS)
        for phone in crowd.phones:
            choice = ENDS[phone.seat % 4]
            phone.endorse(choice, "" if choice == "endorse" else f"Let op {phone.seat}.")
        expect(crowd.wall.page.locator(".endorsements b").first).to_have_text("6")
        self.look("decided")
        assert crowd.wall.page.locator(".endorsements b").all_text_contents() == ["6", "3", "3"]
        assert crowd.wall.page.locator(".decision .text").text_content() == DECISION
        export = crowd.lead.export()
        crowd.lead.next("closed")
        self.look("closed")
        for phone in crowd.phones:
            phone.face.page.locator("#s-end").wait_for()
            shown = phone.face.page.locator("#end-receipts dd:visible").all_text_contents()
            assert shown == phone.receipts
        return export

    def faults(self) -> list[str]:
        """Return what went wrong on any page."""
        assert all(face.requests for face in self.crowd.faces)
        return [fault for face in self.crowd.faces for fault in face.faults]

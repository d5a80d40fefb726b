"""Whole sessions with twelve people, one of them on a phone in a browser, and a look at each state.

`look` is called with a name for every state; it makes a picture, or checks what is shown.
"""

from __future__ import annotations

from itertools import cycle
from typing import TYPE_CHECKING

from tests.live.running import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.live.browsing import Face
    from tests.live.running import Facilitator, Person, Running

    Look = Callable[[str], None]

ROLES = ("staten", "college")
REASONS = (
    "Zonder woningen kunnen we niemand fatsoenlijk ontvangen.",
    "Werkgevers moeten meebetalen aan huisvesting en taal, anders betaalt de buurt.",
    "De economie is breder dan logistiek: kijk naar wat er over tien jaar nodig is.",
    (
        "Handhaving komt eerst; anders is elk ander plan papier. Mensen worden nu uitgebuit en "
        "durven niets te zeggen, en dat weten wij al jaren."
    ),
    "Samenleven is meer dan overlast.",
    "Kleine gemeenten dragen nu te veel.",
)
DECISION = (
    "Wij kiezen voor gespreid wonen, met handhaving in de hele keten als voorwaarde. Het college "
    "werkt dit uit in een programma en komt binnen zes maanden terug met een voorstel voor de "
    "verdeling over de regio's."
)
CONDITIONS = (
    "Geen nieuwe locatie zonder beheerplan.",
    "Elk jaar een meting onder de migranten zelf.",
)
POINTS = (60, 45, 20)


def swings(seat: int, round_: int = 1) -> list[float]:
    """Return points that differ per person, and less so in round 2."""
    base = [(37 * seat + 29 * lens) % 70 + 20 for lens in range(4)]
    if round_ == 2:
        base = [(each + 60) // 2 for each in base]
    base[seat % 4 if seat % 3 else 2] = 100
    return [float(each) for each in base]


def give(people: Sequence[Person], round_: int = 1) -> None:
    """Let people give weights, every other one with a reason in round 1."""
    reasons = cycle(REASONS)
    for seat, person in enumerate(people, start=2):
        reason = next(reasons) if round_ == 1 and seat % 2 else ""
        person.submit(*swings(seat, round_), round_=round_, reason=reason)


def first_page(server: Running, phone: Face) -> str:
    """Return what the code on the wall leads to, in the language of who scans it."""
    language = phone.language or server.room.state.setup.language
    return f"{server.house.join_url}?lang={language}"


def join(server: Running, phone: Face) -> None:
    """Scan the code with the phone, and take a seat."""
    phone.page.goto(first_page(server, phone))
    phone.page.locator("form button.main").click()
    phone.page.locator("#s-wait").wait_for()


def company(server: Running) -> list[Person]:
    """Let eleven people join, in two roles."""
    roles = cycle(ROLES if server.room.state.setup.roles else ("",))
    return [server.person(role=next(roles)) for _ in range(11)]


def panels(leader: Facilitator, look: Look) -> None:
    """Look at every panel of this stage, the one that is on the wall first."""
    view = leader.view
    look(f"{view['stage']}-{view['panel']}")
    for name in view["panels"]:
        if name != view["panel"]:
            leader.do("show_panel", panel=name)
            look(f"{view['stage']}-{name}")


def fill_points(face: Face, values: Sequence[int]) -> None:
    """Fill in the points that are asked for."""
    fields = face.page.locator('#s-bars input[type="text"]:visible')
    for at, value in enumerate(values):
        fields.nth(at).fill(str(value))


def give_on_phone(face: Face, look: Look) -> None:
    """Give weights on the phone, step by step."""
    page = face.page
    page.locator("#ranges-next button").click()
    look("r1_open-biggest")
    page.locator("#biggest-2").check()
    page.locator("#s-biggest .main").click()
    look("r1_open-bars-empty")
    fill_points(face, POINTS)
    look("r1_open-bars")
    page.locator("#s-bars .main").click()
    page.locator("#check-0-b").check()
    page.locator("#check-1-e").check()
    look("r1_open-checks")
    page.locator("#s-checks .main").click()
    page.locator("#reason").fill("Wonen bepaalt of de rest lukt.")
    look("r1_open-confirm")
    page.locator("#send").click()
    page.locator("#receipt-code").wait_for()


# --- two rounds -----------------------------------------------------------------------------------


def sealed(server: Running, phone: Face, look: Look) -> None:
    """Lead a whole sealed session."""
    leader = server.facilitator()
    people = _begin(server, leader, phone, look)
    _first_round(leader, people, phone, look)
    _discuss(leader, phone, look)
    _second_round(leader, people, phone, look)
    panels(leader, look)
    end(leader, people, phone, look)


def _begin(server: Running, leader: Facilitator, phone: Face, look: Look) -> list[Person]:
    look("draft")
    leader.next()
    phone.page.goto(first_page(server, phone))
    look("join")
    join(server, phone)
    people = company(server)
    leader.do("add_proxy", role=None)
    look("lobby")
    leader.next()
    panels(leader, look)
    lenses = leader.view["setup"]["lenses"]
    for lens in lenses[1:]:
        leader.do("choose_lens", lens=lens)
        look(f"explain-ranges-{lens}")
    people[3].ask("not_understood", lens=lenses[0])
    return people


def _first_round(leader: Facilitator, people: list[Person], phone: Face, look: Look) -> None:
    leader.next()
    phone.page.locator("#ranges-next").wait_for()
    look("r1_open")
    give_on_phone(phone, look)
    give(people)
    look("r1_open-given")
    leader.seal()
    look("r1_sealed")


def _discuss(leader: Facilitator, phone: Face, look: Look) -> None:
    leader.next()
    look("reveal1-closed")
    lenses = leader.view["setup"]["lenses"]
    for lens in lenses:
        leader.do("reveal_lens", lens=lens)
    look("reveal1-open")
    leader.do("choose_lens", lens=lenses[2])
    for reason in leader.view["reasons"]:
        leader.do("moderate", reason=reason["code"], action="quote")
    leader.do("moderate", reason=leader.view["reasons"][0]["code"], action="pin")
    leader.next()
    panels(leader, look)
    leader.do("choose_scenario", scenario=leader.view["setup"]["scenarios"][1])
    leader.do("show_panel", panel="outcome")
    phone.page.locator('[data-mood="uneasy"]').click()
    phone.page.locator("#mood-why").wait_for()
    look("discuss-uneasy")
    leader.do("choose_scenario", scenario=None)


def _second_round(leader: Facilitator, people: list[Person], phone: Face, look: Look) -> None:
    page = phone.page
    leader.next()
    page.locator("#s-second").wait_for()
    look("r2_open")
    page.locator("#second-change").click()
    fill_points(phone, (40, 80, 55))
    look("r2_open-bars")
    page.locator("#s-bars .main").click()
    page.locator("#s-checks .main").click()
    look("r2_open-confirm")
    page.locator("#send").click()
    page.locator("#receipt-code").wait_for()
    give(people, 2)
    leader.seal()
    look("r2_sealed")
    leader.next()


# --- an open session ------------------------------------------------------------------------------


def opened(server: Running, phone: Face, look: Look) -> None:
    """Lead a whole open session."""
    leader = server.facilitator()
    leader.next()
    join(server, phone)
    people = company(server)
    look("lobby")
    leader.next()
    leader.next()
    phone.page.locator("#ranges-next").wait_for()
    look("r1_open-first")
    give_on_phone(phone, lambda _: None)
    give(people)
    panels(leader, look)
    leader.do("set_table", weights=[0.4, 0.3, 0.2, 0.1])
    look("r1_open-table")
    leader.next()
    look("discuss")
    for action in ("pause", "resume", "blank", "unblank"):
        leader.do("overlay", action=action)
        look(action)
    end(leader, people, phone, look)


def end(leader: Facilitator, people: Sequence[Person], phone: Face, look: Look) -> None:
    """Freeze, decide, endorse, close and purge."""
    page = phone.page
    leader.do("ask_freeze")
    look("freeze-asked")
    leader.do("freeze", digest=leader.view["asked"])
    panels(leader, look)
    leader.do("set_decision", text=DECISION, conditions=CONDITIONS)
    leader.next()
    page.locator("#decision-text:not(:empty)").wait_for()
    look("decided")
    for at, person in enumerate(people):
        choice = ("endorse", "endorse", "remark", "dissent")[at % 4]
        text = "" if choice == "endorse" else "Let op de kleine gemeenten."
        person.ask("endorse", choice=choice, text=text, key=f"endorse-{at}")
    page.locator("#endorse-remark").check()
    page.locator("#endorse-text").fill("Graag een tussenstand na drie maanden.")
    look("decided-remark")
    page.locator("#endorse-send").click()
    page.locator("#endorse-done").wait_for()
    panels(leader, look)
    leader.do("mark_exported")
    leader.next()
    page.locator("#s-end").wait_for()
    look("closed")
    leader.do("purge", reason="proef")
    wait_until(lambda: leader.view["stage"] == "purged")
    look("purged")


MODES: dict[str, Callable[[Running, Face, Look], None]] = {"sealed": sealed, "open": opened}

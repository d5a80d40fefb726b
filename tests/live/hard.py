"""A session that is hard to show: seven options, five scenarios, sixty people, long names."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from tests.analysis.session.rooms import Room, clock, new_room

from afweging.analysis.session.arrays import SessionModel
from afweging.analysis.session.console import console_view
from afweging.analysis.session.facilitator import setup_document
from afweging.analysis.session.moves import panels
from afweging.analysis.session.views import projector_view
from afweging.model import session_command as ask

if TYPE_CHECKING:
    from collections.abc import Iterator

OPTIONS = tuple(f"O{number}" for number in range(1, 8))
FIRSTS = ("Eerst", "Vooral", "Alleen", "Ook", "Later", "Nooit", "Overal")
LENSES = ("E", "A", "W", "M")
SCENARIOS = tuple(f"SC{number}" for number in range(1, 6))
PROFILES = tuple(f"P{number}" for number in range(1, 15))
PEOPLE = 60
ROLES = ("staten", "college", "raad", "maatschappelijke organisaties")
PLAN = "grootschalige huisvesting bij werklocaties in de regio met beheer"  # 64 characters
SIDE = "regionale economie, vestigingsklimaat en ruimte voor bedrijven"  # 62
WORLD = "doorgroei van arbeidsintensief werk bij een krappe arbeidsmarkt"  # 63
WHO = "Gedeputeerde voor economie, kennis, talent en internationale zaken"  # 66
REASON = (
    "Handhaving komt eerst, want anders is elk ander plan papier: mensen worden nu uitgebuit en "
    "durven niets te zeggen, en dat weten we al jaren."
)  # 140 characters
DECISION = "Wij kiezen voor gespreid wonen met handhaving in de hele keten als voorwaarde. " * 25
CONDITIONS = tuple(f"Voorwaarde {number}: {PLAN}, en elk jaar een meting." for number in range(10))


@cache
def model(options: int = len(OPTIONS)) -> SessionModel:
    """Return a random model in which options lie close together."""
    rng = np.random.default_rng(7)
    by_scenario = rng.uniform(0.2, 0.9, (len(SCENARIOS), options, len(LENSES)))
    return SessionModel(
        options=OPTIONS[:options],
        lenses=LENSES,
        scenarios=SCENARIOS,
        profiles=PROFILES,
        values=by_scenario.mean(axis=0),
        by_scenario=by_scenario,
        profile_scores=rng.uniform(0, 1, (len(PROFILES), options)),
    )


def content(*, codes: bool = True, options: int = len(OPTIONS)) -> dict[str, Any]:
    """Return what pages say of the problem, in names of more than sixty characters.

    `codes` puts a code before the name of an option.
    """
    firsts = OPTIONS if codes else FIRSTS
    names = {each: f"{firsts[n]} {PLAN}" for n, each in enumerate(OPTIONS[:options])}
    return {
        "language": "nl",
        "title": "Arbeidsmigratie in Noord-Brabant: welke opties houden in alle toekomsten stand?",
        "question": "Welke opties houden stand, en voor wie? " * 30,
        "date": "2026-06-01",
        "options": [{"id": each, "name": name, "text": ""} for each, name in names.items()],
        "lenses": [_lens(n, lens) for n, lens in enumerate(LENSES)],
        "scenarios": [
            {"id": each, "name": _world(n), "text": ""} for n, each in enumerate(SCENARIOS)
        ],
        "names": {
            "options": names,
            "lenses": {lens: _side(n) for n, lens in enumerate(LENSES)},
            "scenarios": {each: _world(n) for n, each in enumerate(SCENARIOS)},
            "profiles": {each: f"{WHO} {n + 1}" for n, each in enumerate(PROFILES)},
        },
        "unasked": [],
        "about": list(PROFILES[:6]),
        "table": {
            option: {lens: (a + c) % 5 - 2 for c, lens in enumerate(LENSES)}
            for a, option in enumerate(OPTIONS[:options])
        },
    }


def _side(number: int) -> str:
    return f"{('Brede', 'Sterke', 'Eerlijke', 'Zuinige')[number]} {SIDE}"


def _world(number: int) -> str:
    return f"{('Sterke', 'Trage', 'Late', 'Korte', 'Grillige')[number]} {WORLD}"


def _lens(number: int, lens: str) -> dict[str, Any]:
    swing = {
        "name": "Aantal goede, betaalbare en gespreide plaatsen om te wonen voor wie hier werkt",
        "text": "",
        "worst": "1.250.000",
        "best": "2.500.000",
        "unit": "euro per arbeidsmigrant per jaar",
        "evidence": "expertoordeel",
        "classes": False,
        "source": "Monitor arbeidsmigratie van de provincie, met de bereiken van alle gemeenten",
    }
    classes = {
        "classes": True,
        "unit": "",
        "worst": "bijna nergens op orde",
        "best": "overal op orde",
    }
    swings = [swing | {"id": f"{lens}{n}"} | (classes if n == 2 else {}) for n in range(6)]
    text = "Of mensen in beeld zijn, prettig samenleven en niet in de knel komen, ook later."
    return {"id": lens, "name": _side(number), "text": text, "swings": swings}


def wall(found: Room, options: int = len(OPTIONS)) -> dict[str, Any]:
    """Return what the wall shows of a session."""
    return projector_view(found.state, model(options)) | {"log_hash": "ab12cd34" * 8}


def console(found: Room) -> dict[str, Any]:
    """Return what the console shows of a session, with what the server adds."""
    added = {"online": PEOPLE, "delay": 12.5, "setup": setup_document(found.state.setup)}
    return console_view(found.state, at=clock(9000)) | added | {"log_hash": "ab12cd34" * 8}


def every_wall(
    mode: str = "sealed", options: int = len(OPTIONS)
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield a name and the view of every state of a session with every panel on the wall."""
    found = new_room(
        lenses=LENSES, scenarios=SCENARIOS, mode=mode, roles=ROLES, expected=65, quorum=30
    )
    yield from _panels(found, options)
    while found.state.stage != "closed":
        _play(found)
        yield from _panels(found, options)


def _panels(found: Room, options: int) -> Iterator[tuple[str, dict[str, Any]]]:
    stage = found.state.stage
    if found.state.setup.mode == "sealed" and stage == "reveal1":
        yield f"{stage}-closed", wall(found, options)
        for lens in LENSES:
            found.do(ask.RevealLens(lens))
        found.do(ask.ChooseLens("W"))
        for reason in sorted(found.state.reasons.values(), key=lambda each: each.code)[:7]:
            found.do(ask.Moderate(reason.code, "quote"))
            found.do(ask.Moderate(reason.code, "pin"))
    for panel in panels(found.state.setup, stage):
        if panel != found.state.panel:
            found.do(ask.ShowPanel(panel))
        yield f"{stage}-{panel}", wall(found, options)
    if stage == "discuss":
        found.do(ask.ShowPanel("outcome"))
        found.do(ask.ChooseScenario("SC4"))
        yield f"{stage}-scenario", wall(found, options)
        found.do(ask.ChooseScenario(None))


def _play(found: Room) -> None:
    """Do what a stage is for, and go on."""
    state = found.state
    match state.stage:
        case "lobby":
            for seat in range(PEOPLE):
                found.join(1, role=ROLES[seat % len(ROLES)])
            found.next()
        case "r1_open" | "r2_open":
            _give(found, 1 if state.stage == "r1_open" else 2)
            found.next("klaar") if state.setup.mode == "open" else found.seal()
        case "reveal2" | "discuss" if _freezes(found):
            found.freeze()
        case "frozen":
            found.do(ask.SetDecision(DECISION[:2000], CONDITIONS))
            found.next()
        case "decided":
            for seat in range(1, PEOPLE + 1):
                found.do(ask.Endorse(seat, "endorse", f"key-steun-{seat}", f"{seat:032x}"))
            found.do(ask.MarkExported("0" * 64))
            found.next()
        case _:
            found.next()


def _freezes(found: Room) -> bool:
    return found.state.stage == "reveal2" or found.state.setup.mode == "open"


def _give(found: Room, number: int) -> None:
    """Let people give weights of three kinds, closer together in round 2."""
    rng = np.random.default_rng(number)
    for seat in range(1, PEOPLE + 1):
        points = rng.integers(5, 45 if number == 1 else 55, len(LENSES)).astype(float)
        points[seat % 3] = 100.0
        reason = REASON if number == 1 and seat <= 12 else ""
        found.submit(seat, *points.tolist(), round_=number, reason=reason)

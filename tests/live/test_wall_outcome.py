from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.live.running import brabant
from tests.live.scenes import content, on_wall

from afweging.analysis.compare import compare
from afweging.analysis.session.arrays import session_model
from afweging.analysis.session.outcome import profile_ends
from afweging.live import pages
from afweging.live.content import room_content
from afweging.live.wall_outcome import groups, outcome, outcome_sentences, profiles, regret
from afweging.wording import Words

NAMES: dict[str, Any] = {
    "names": {"options": {"a": "Alfa", "b": "Beta"}, "scenarios": {}, "lenses": {}},
    "lenses": [{"id": "w", "name": "wonen"}, {"id": "e", "name": "werk"}],
}


def found(**changes: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return an outcome of two options on two lenses."""
    options = [
        {"id": "a", "rank": 1, "score": 0.6, "lenses": [0.4, 0.2]},
        {"id": "b", "rank": 2, "score": 0.5, "lenses": [0.2, 0.3]},
    ]
    flip = {"leader": "a", "challenger": "b", "moved": 0.125, "weights": [0.375, 0.625]}
    base = {"options": options, "first": ["a"], "weights": [0.5, 0.5], "flip": flip}
    return base | {"scenario": None} | changes


def test_the_sentences_say_why_and_when_it_flips() -> None:
    """Who is first, by which lens and despite which, and the nearest change of weights."""
    why, flip = outcome_sentences(found(), NAMES, Words("nl"))
    assert why == "Alfa staat boven Beta, vooral door wonen, ondanks werk."
    assert flip == (
        "Dat kantelt als 12,5\u00a0% van het gewicht verschuift: wonen van 50,0\u00a0% naar "
        "37,5\u00a0% en werk van 50,0\u00a0% naar 62,5\u00a0%. Dan haalt Beta haar in."
    )


def test_a_tie_is_said_and_nothing_flips() -> None:
    """Options that are first together are named together."""
    said = outcome_sentences(found(first=["a", "b"], flip=None), NAMES, Words("nl"))
    assert said == ["Alfa en Beta staan samen bovenaan."]


def test_a_leader_that_nothing_overtakes_is_said_so() -> None:
    """Where no weights let another option catch up, that is the sentence."""
    said = outcome_sentences(found(flip=None), NAMES, Words("en"))
    assert said[1] == "No other division of the weights puts another option first."


def test_the_share_of_people_who_agree_is_said() -> None:
    """Who would choose the same option with their own weights."""
    said = outcome_sentences(found(same=0.25), NAMES, Words("nl"))
    assert said[2] == "25\u00a0% van de mensen kiest met de eigen gewichten ook Alfa."


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_table_says_what_the_bars_say(language: str) -> None:
    """Rows stand by rank, with score, band, choices and the part of every lens."""
    view, words = on_wall("outcome", "discuss"), Words(language)  # type: ignore[arg-type]
    facts = outcome(view, content(language), words)
    by_rank = sorted(view["content"]["options"], key=lambda each: each["rank"])
    assert len(facts["rows"]) == len(facts["table"]["rows"]) == len(by_rank)
    for row, option in zip(facts["table"]["rows"], by_rank, strict=True):
        parts = [words.format_field(100 * each, "1") for each in option["lenses"]]
        assert row[0].startswith(f"{option['rank']}. ")
        assert row[1] == words.format_field(100 * option["score"], "1")
        assert row[-4:] == parts
    assert sum(row["choices"] for row in facts["rows"]) >= 12


def test_regret_shades_the_best_and_names_the_most_robust() -> None:
    """The best option of a scenario has no shade; the least greatest regret is in the sentence."""
    view, words = on_wall("regret", "discuss"), Words("nl")
    facts, seen = regret(view, content("nl"), words), view["content"]
    for at, option in enumerate(seen["options"]):
        cells = facts["rows"][at]["cells"]
        assert [cell["first"] for cell in cells] == [option in first for first in seen["first"]]
        assert all((cell["shade"] == 0) == cell["first"] for cell in cells)
    always = set(seen["first"][0]).intersection(*seen["first"])
    least = words.format_field(100 * min(seen["most"]), "1")
    assert always or least in facts["sentences"][1]


def test_profiles_have_their_ends_under_the_option() -> None:
    """Best and worst stand in the column of the option; codes have their names below."""
    view = on_wall("profiles", "discuss")
    facts, options = profiles(view, content("nl"), Words("nl")), list(content("nl")["table"])
    asked = [row for row in facts["rows"] if row["ends"] is not None]
    for row, seen in zip(asked, view["content"]["profiles"], strict=True):
        best = [option for option, end in zip(options, row["ends"], strict=True) if end == "best"]
        assert best == seen["best"]
    assert facts["columns"][1:] == options
    assert [code for code, _ in facts["legend"]] == options


def test_who_was_not_asked_is_not_left_out() -> None:
    """The migrants' own row says that they were not asked; what others wrote for them is marked."""
    problem, _ = brabant()
    view = on_wall("profiles", "discuss")
    facts = profiles(view, content("nl"), Words("nl"))
    unasked = [row["name"] for row in facts["rows"] if row["ends"] is None]
    assert unasked == ["Arbeidsmigranten zelf"]
    about = {each.name.in_language("nl") for each in problem.profiles if each.origin == "about"}
    marked = {row["name"].removesuffix("*") for row in facts["rows"] if row["name"][-1] == "*"}
    assert marked == about
    html = pages.projector_frame(view, Words("nl"), content=content("nl"))
    assert "nog niet gevraagd" in html
    assert "* niet door de groep zelf opgesteld." in html


def test_migrants_have_their_own_best_and_worst_once_they_gave_weights() -> None:
    """With weights of their own the row holds what is best and worst by an own sum."""
    problem, _ = brabant()
    own = {each.id: each for each in problem.profiles}
    weights = own["arbeidsmigranten"].weights
    asked = replace(own["arbeidsmigranten_zelf"], weights=weights)
    changed = tuple(asked if each.id == asked.id else each for each in problem.profiles)
    given = replace(problem, profiles=changed)
    model = session_model(compare(given))
    view = {"content": profile_ends(model)}
    facts = profiles(view, room_content(given, model, Words("nl")), Words("nl"))
    rows = {row["name"].removesuffix("*"): row["ends"] for row in facts["rows"]}
    said = rows["Arbeidsmigranten zelf"]
    twin = next(ends for name, ends in rows.items() if name.startswith("Arbeidsmigranten (beeld"))
    assert said == twin
    scores = model.profile_scores[model.profiles.index("arbeidsmigranten_zelf")]
    assert said[int(scores.argmax())] == "best"
    assert said[int(scores.argmin())] == "worst"
    assert None not in rows.values()


def test_groups_are_shown_with_what_they_choose() -> None:
    """Each group has its size, its weights and its choice; without groups that is said."""
    few = groups(on_wall("groups", "discuss", 5), content("nl"), Words("nl"))
    assert few["cards"] == []
    view = on_wall("groups", "discuss")
    options, lenses = list(content("nl")["table"]), content("nl")["lenses"]
    weights = [1 / len(lenses)] * len(lenses)
    made = [
        {"n": 7, "weights": weights, "first": options[:1], "ranks": []},
        {"n": 5, "weights": weights, "first": options[1:2], "ranks": []},
    ]
    facts = groups(view | {"content": {"groups": made}}, content("nl"), Words("nl"))
    assert [card["name"] for card in facts["cards"]] == ["Groep A: 7 mensen", "Groep B: 5 mensen"]
    assert "niet hetzelfde" in facts["sentences"][0]
    assert len(facts["table"]["rows"]) == len(lenses) + 1

from __future__ import annotations

import pytest
from tests.live.scenes import content, every_room, on_wall, room, wall

from afweging.live.wall_panels import LINE, cut, panel_facts
from afweging.model import session_command as ask
from afweging.wording import Words


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("mode", ["sealed", "open"])
def test_every_panel_has_a_title_and_a_chart_has_a_table(mode: str, language: str) -> None:
    """Whatever stands on the wall has a title; what is drawn has a sentence and a table."""
    words = Words(language)  # type: ignore[arg-type]
    for each in every_room(mode):
        view = wall(each)
        facts = panel_facts(view, content(language), words)
        assert facts["title"]
        if view["panel"] in {"progress", "spread", "outcome", "shift"}:
            assert facts["sentences"]
            empty = view["panel"] == "outcome" and not view["content"]
            assert empty or facts["table"]["rows"]


@pytest.mark.parametrize("people", [5, 7, 8, 12])
def test_the_spread_says_what_the_view_holds(people: int) -> None:
    """The sentence is about the lens in front, with the numbers of the view."""
    view = on_wall("spread", "discuss", people)
    words, found = Words("nl"), view["content"]
    facts = panel_facts(view, content("nl"), words)
    front = next(lens for lens in found["lenses"] if lens["lens"] == found["lens"])
    ends = ("lower", "upper") if people >= 8 else ("least", "most")
    for name in (ends[0], "median", ends[1]):
        assert words.format_field(front[name], "share") in facts["sentences"][0]
    dots = sum(len(row.get("dots", ())) for row in facts["rows"])
    assert dots == (4 * people if people >= 8 else 0)


def test_fewer_than_five_people_are_not_shown() -> None:
    """With four people there is a word about it and no number."""
    facts = panel_facts(on_wall("spread", "discuss", 4), content("nl"), Words("nl"))
    assert [row["kind"] for row in facts["rows"]] == ["hidden"] * 4
    assert "vijf" in facts["sentences"][0]


def test_progress_counts_and_shows_the_commitment() -> None:
    """While the round is open only a count; once it is sealed its hash in groups of eight."""
    words = Words("nl")
    view = wall(room("r1_sealed"))
    facts = panel_facts(view, content("nl"), words)
    assert "".join(facts["commitment"]) == view["content"]["commitment"]
    assert {len(part) for part in facts["commitment"]} == {8}
    assert "12" in facts["sentences"][0]
    opened = panel_facts(wall(room("r1_open")), content("nl"), words)
    assert opened["commitment"] == []
    assert opened["ring"] == "0 100"


def test_the_shift_says_who_moved_and_how_far() -> None:
    """Medians of both rounds stand in the table; the way to the middle in a sentence."""
    view, words = on_wall("shift", "reveal2"), Words("nl")
    facts, found = panel_facts(view, content("nl"), words), view["content"]["shift"]
    assert [row[1] for row in facts["table"]["rows"]] == [
        words.format_field(each, "share") for each in found["first"]
    ]
    assert words.format_field(abs(found["anchoring"]), "share") in " ".join(facts["sentences"])


def test_too_few_people_in_both_rounds_is_said() -> None:
    """With four people there is no shift to show."""
    facts = panel_facts(on_wall("shift", "reveal2", 4), content("nl"), Words("nl"))
    assert facts["rows"] == []
    assert facts["sentences"]


def test_a_long_decision_is_cut_and_says_where_the_rest_is() -> None:
    """Two thousand characters do not fit the wall: what fits is shown, and the phone has all."""
    found = room("frozen")
    conditions = tuple(f"Voorwaarde {at} " + "met veel woorden " * 9 for at in range(10))
    found.do(ask.SetDecision("Wij kiezen dit. " * 120, conditions))
    found.next()
    facts = panel_facts(wall(found), content("nl"), Words("nl"))
    lines = -(-len(facts["text"]) // LINE) + sum(
        -(-len(each) // LINE) for each in facts["conditions"]
    )
    assert facts["rest"]
    assert 4 <= lines <= 17


@pytest.mark.parametrize("text", ["", "kort", "a" * 500, "Zin. " * 100])
def test_cutting_keeps_whole_sentences_and_room(text: str) -> None:
    """A cut text is a beginning of the text and is no longer than there is room."""
    found = cut(text, 2)
    assert len(found) <= 2 * LINE + 2
    assert text.startswith(found.removesuffix("…").rstrip())

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.analysis.session.records import endorsed, exported, led, record, told
from tests.memo.matters import brabant

from afweging.analysis.session.publish import publishable
from afweging.memo.matter import Matter
from afweging.memo.page import Page
from afweging.memo.session_parts import session

if TYPE_CHECKING:
    from afweging.memo.blocks import Block
    from afweging.model.session_record import SessionRecord


def blocks(found: SessionRecord | None) -> list[Block]:
    """Return the part about a session."""
    whole, page = brabant(), Page()
    about = None if found is None else told(found)
    session(page, Matter(whole.comparison, whole.robust, whole.words, about))
    return page.blocks


def test_without_a_session_there_is_nothing() -> None:
    """The part stays empty."""
    assert blocks(None) == []


def test_a_whole_session_has_all_parts() -> None:
    """A figure with its words and numbers, who chose what, the group, and the decision."""
    made = endorsed(led("decided", 12), ["endorse", "remark", "dissent"])
    found = blocks(publishable(exported(made), quoted=None))
    heads = [block.lines[0] for block in found if block.kind == "heading"]
    assert heads == [
        "Van ronde 1 naar ronde 2",
        "Wie zou wat kiezen?",
        "De gewichten van de groep",
        "Groepen met gelijke gewichten",
        "De minderheid",
        "Het besluit in de sessie",
    ]
    (figure,) = [block for block in found if block.kind == "figure"]
    assert all(figure.lines)
    lists = [line for block in found if block.kind == "list" for line in block.lines]
    assert "mits" in lists
    assert any("tekst 2" in line for line in lists)
    assert any("tekst 3" in line for line in lists)


@pytest.mark.parametrize("stage", ["r1_open", "discuss", "frozen"])
@pytest.mark.parametrize("mode", ["sealed", "open"])
def test_every_stage_can_be_told(stage: str, mode: str) -> None:
    """Also before anything was shown, and in an open session, which has no commitment."""
    found = blocks(record(stage, 12, mode))
    text = "\n".join(line for block in found for line in block.lines)
    assert ("nog niet vastgesteld" in text) is (stage != "frozen")
    assert ("is bij het sluiten vastgelegd" in text) is (mode == "sealed" and stage != "r1_open")


def test_few_people_are_not_told_of() -> None:
    """Of three people: that they were three, what the group chose, and the decision."""
    found = blocks(record("closed", 3))
    assert not [block for block in found if block.kind == "figure"]
    heads = [block.lines[0] for block in found if block.kind == "heading"]
    assert heads == ["De gewichten van de groep", "Het besluit in de sessie"]

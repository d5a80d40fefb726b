from __future__ import annotations

import pytest
from tests.analysis.session.records import record, told
from tests.live.running import brabant

from afweging.analysis.session.told import tell_session
from afweging.wording import Words


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_session_is_told_with_what_it_came_to(language: str) -> None:
    """Over all cases of the problem, in the words of a language."""
    found = record("closed", 6)
    words = Words("en" if language == "en" else "nl")
    session = tell_session(brabant()[0], found, words)
    assert session.record is found
    assert session.results == told(found).results
    assert session.say("shift.heading") == words.text("session_result.shift.heading")

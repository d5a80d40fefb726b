from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from tests.analysis.session.records import exported, led, record
from tests.live.running import brabant

from afweging.analysis.session.panels import panel_content
from afweging.analysis.session.publish import publishable
from afweging.analysis.session.results import session_results
from afweging.model.session_record import RoundRecord, SessionRecord

CAMPS = [(100, 20, 20, 10), (10, 100, 20, 30)]


def results(found: SessionRecord) -> Any:  # noqa: ANN401
    """Return what a session about Brabant comes to."""
    return session_results(found, brabant()[1])


def camps(first: int, second: int) -> SessionRecord:
    """Return a session of two camps that moved towards each other in round 2."""
    rows = [CAMPS[0]] * first + [CAMPS[1]] * second
    moved = [tuple(0.5 * (a + 100 * (a == 100)) + 5 * (a < 100) for a in row) for row in rows]
    return publishable(exported(led("closed", len(rows), rows, moved)))


def test_scores_and_ranks_follow_from_the_swings() -> None:
    """Mean weights, scores and ranks of each round as computed by hand from the points."""
    room, model = led("closed", 12), brabant()[1]
    for found in results(record())["rounds"]:
        given = room.state.round(found["round"]).submissions.values()
        mean = np.mean([np.array(g.swings) / sum(g.swings) for g in given if g.swings], axis=0)
        scores = [float(sum(row * mean)) for row in model.values]
        assert found["mean"] == pytest.approx(mean, abs=1e-6)
        assert found["scores"] == pytest.approx(scores, abs=1e-6)
        order = sorted(range(len(scores)), key=lambda a: -scores[a])
        assert [found["ranks"][a] for a in order] == list(range(1, len(scores) + 1))
        assert found["first"] == [model.options[order[0]]]
        assert found["confirmed"] is True


def test_choices_are_counted_one_by_one() -> None:
    """Each person chooses what scores highest with the own weights; small counts are not told."""
    model, found = brabant()[1], results(camps(7, 5))
    chosen = Counter(
        model.options[int(np.argmax(model.values @ (np.array(row) / sum(row))))]
        for row in [CAMPS[0]] * 7 + [CAMPS[1]] * 5
    )
    said = found["rounds"][0]["choices"]
    assert {name: count for name, count in said["counts"].items() if count} == chosen
    assert said["n"] == 12
    hidden = results(camps(9, 3))["rounds"][0]["choices"]
    assert len(chosen) == 1 or set(hidden["counts"].values()) == {None}


def test_how_people_moved_is_that_of_the_wall() -> None:
    """The record gives what the projector showed, though it knows no seats."""
    room = led("reveal2", 12)
    shown = panel_content(room.state, brabant()[1])
    assert room.state.panel == "shift"
    assert results(publishable(exported(room)))["shift"] == shown["shift"]


def test_the_weights_of_the_group_are_checked() -> None:
    """They are the mean of the last round, or it says that they are not."""
    found = record()
    assert results(found)["group"]["follows"] is True
    assert found.group is not None
    other = replace(found.group, weights=(0.4, 0.3, 0.2, 0.1))
    assert results(replace(found, group=other))["group"]["follows"] is False
    adopted = replace(other, source="adopted")
    assert results(replace(found, group=adopted))["group"]["follows"] is None


def test_one_point_more_is_no_longer_what_was_committed() -> None:
    """The commitment of the round, and the digest of the record, tell."""
    found = record()
    one = found.rounds[0]
    rows = ((one.swings[0][0] + 1, *one.swings[0][1:]), *one.swings[1:])
    changed = replace(found, rounds=(replace(one, swings=rows), *found.rounds[1:]))
    assert results(changed)["rounds"][0]["confirmed"] is False
    assert results(changed)["digest"] != results(found)["digest"]


@pytest.mark.parametrize("people", [1, 4])
def test_of_few_people_only_their_number_is_told(people: int) -> None:
    """No spread, no choices, no shift, no groups, no minority."""
    found = results(record("closed", people))
    assert [set(each) for each in found["rounds"]] == [{"round", "n", "confirmed"}] * 2
    assert found["rounds"][0]["confirmed"] is None
    assert (found["shift"], found["groups"], found["minority"]) == (None, [], None)


def test_the_minority_loses_what_it_loses() -> None:
    """The mean, over those for whom another option is better, of what they give up."""
    model, found = brabant()[1], camps(7, 5)
    assert found.group is not None
    first = int(np.argmax(model.values @ np.array(found.group.weights)))
    last = found.round(2)
    assert last is not None
    own = np.array([model.values @ (np.array(row) / sum(row)) for row in last.swings])
    losses = own.max(axis=1) - own[:, first]
    said = results(found)["minority"]
    worse = losses[losses > 1e-9]
    assert said["first"] == model.options[first]
    if 0 < len(worse) < 5 or 0 < len(losses) - len(worse) < 5:
        assert said["count"] is None
    else:
        assert said["count"] == len(worse)
        mean = worse.mean() if len(worse) else 0
        assert said.get("mean_loss", 0) == pytest.approx(mean, abs=1e-6)


def test_a_group_is_stable_and_of_five() -> None:
    """Two camps of six, far apart, are found; three people are never a group."""
    found = results(camps(6, 6))["groups"]
    assert sorted(each["n"] for each in found) == [6, 6]
    assert all(each["n"] >= 5 for each in results(camps(9, 3))["groups"])


def test_a_round_without_a_commitment_is_not_confirmed() -> None:
    """An open session has none."""
    found = record()
    bare = RoundRecord(1, found.rounds[0].n, found.rounds[0].swings)
    assert results(replace(found, rounds=(bare,)))["rounds"][0]["confirmed"] is None

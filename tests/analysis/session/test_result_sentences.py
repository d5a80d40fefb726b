from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.analysis.session.records import endorsed, exported, led, record, told
from tests.live.running import brabant

from afweging.analysis.session import result_sentences as tell
from afweging.analysis.session.publish import publishable
from afweging.model import session_command as ask
from afweging.wording.numbers import write

if TYPE_CHECKING:
    from afweging.wording import Language

LANGUAGES: list[Language] = ["nl", "en"]
A, B = (100, 20, 20, 10), (10, 100, 20, 30)


def figures(text: str, language: str) -> list[float]:
    """Return the numbers in a sentence."""
    plain = text.replace("\u00a0", " ").replace("−", "-")
    if language == "nl":
        plain = plain.replace(",", ".")
    return [float(each) for each in re.findall(r"(?<![\w.])-?\d+(?:\.\d+)?", plain)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_it_was_held(language: Language) -> None:
    """The day in words, the seats and the receipts; a draft says that it is one."""
    lines = tell.held(told(record(), language))
    assert "1 juni 2026" in lines[0] or "1 June 2026" in lines[0]
    assert [24.0 in figures(line, language) for line in lines].count(True) == 1
    draft = tell.held(told(record("discuss"), language))
    assert len(draft) == len(lines) + 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_distance_between_two_people(language: Language) -> None:
    """The mean over all pairs of half the sum of the differences, counted one by one."""
    found = record()
    for line, each in zip(tell.rounds(told(found, language)), found.rounds, strict=True):
        rows = [np.array(row) / sum(row) for row in each.swings]
        pairs = [(a, b) for k, a in enumerate(rows) for b in rows[k + 1 :]]
        distance = np.mean([abs(a - b).sum() / 2 for a, b in pairs])
        assert write(float(distance), "share1", language) in line
        assert figures(line, language)[:2] == [each.number, 12.0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_few_people_it_says_so(language: Language) -> None:
    """Their number, and that no more is told; nothing of choices, shift or minority."""
    for people in (1, 4):
        found = told(record("closed", people), language)
        assert all(
            set(figures(line, language)) == {float(k), float(people)}
            for k, line in enumerate(tell.rounds(found), start=1)
        )
        assert (tell.choices(found), tell.shift(found), tell.minority(found)) == ([], [], [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_would_choose_what(language: Language) -> None:
    """Counted by hand per person; a table says the same."""
    rows = [A] * 7 + [B] * 5
    room, model = led("closed", 12, rows, rows), brabant()[1]
    found = told(publishable(exported(room)), language)
    best = [model.options[int(np.argmax(model.values @ (np.array(r) / sum(r))))] for r in rows]
    for number, line in enumerate(tell.choices(found), start=1):
        assert float(number) in figures(line, language)
        for option in set(best):
            name = found.names.option(option)
            expected = f"{name} ({best.count(option)})" if len(set(best)) > 1 else name
            assert expected in line
    table = {row[0]: row[1:] for row in tell.choice_table(found).rows}
    for option in model.options:
        assert table[found.names.option(option)][0] == str(best.count(option))


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_people_moved(language: Language) -> None:
    """The mean move, how many moved, and the share of the distance to the median given up."""
    room = led("closed", 12, [A] * 7 + [B] * 5, [A] * 7 + [(40, 100, 30, 30)] * 5)
    rows = [
        np.array([np.array(r) / sum(r) for r in given])
        for given in ([A] * 7 + [B] * 5, [A] * 7 + [(40, 100, 30, 30)] * 5)
    ]
    middle = np.median(rows[0], axis=0)
    moved = float(np.mean(abs(rows[1] - rows[0]).sum(axis=1) / 2))
    before, after = (float(abs(each - middle).sum()) for each in rows)
    lines = tell.shift(told(publishable(exported(room)), language))
    assert write(moved, "share1", language) in lines[0]
    assert 5.0 in figures(lines[1], language)
    assert write(abs(1 - after / before), "share1", language) in lines[2]
    few = led("closed", 12, [A] * 7 + [B] * 5, [A] * 7 + [B] * 4 + [(40, 100, 30, 30)])
    hidden = tell.shift(told(publishable(exported(few)), language))[1]
    assert figures(hidden, language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_group_chose(language: Language) -> None:
    """Its source, its first option with the score, and the flip; an adopted one has its reason."""
    model, found = brabant()[1], told(record(), language)
    lines = tell.group(found)
    assert found.record.group is not None
    scores = model.values @ np.array(found.record.group.weights)
    assert found.names.option(model.options[int(np.argmax(scores))]) in lines[1]
    assert write(float(scores.max()), "3", language) in lines[1]
    room = led("reveal2", 12)
    room.do(ask.Adopt((0.4, 0.3, 0.2, 0.1), "een proef"))
    adopted = tell.group(told(publishable(exported(room)), language))
    assert "een proef" in adopted[1]


def test_a_mean_that_is_none_is_told() -> None:
    """Weights that are called the mean of a round and are not."""
    from dataclasses import replace

    found = record()
    assert found.group is not None
    other = replace(found, group=replace(found.group, weights=(0.4, 0.3, 0.2, 0.1)))
    assert "niet het gemiddelde" in tell.group(told(other))[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_commitments_are_told_with_whether_they_hold(language: Language) -> None:
    """The hash of each round and of the log; changed weights do not fit."""
    from dataclasses import replace

    found = record()
    lines = tell.hashes(told(found, language))
    for line, each in zip(lines, found.rounds, strict=False):
        assert line.endswith(str(each.commitment))
    assert lines[-1].endswith(found.log_hash)
    one = found.rounds[0]
    changed = replace(one, swings=((1.0, 2.0, 3.0, 100.0), *one.swings[1:]))
    wrong = tell.hashes(told(replace(found, rounds=(changed, found.rounds[1])), language))
    assert wrong[0] != lines[0]
    assert wrong[1] == lines[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_decision_and_who_stands_behind_it(language: Language) -> None:
    """All counts where each is large enough, else none from which a small one follows."""
    open_room = endorsed(led("decided", 12), ["endorse"] * 7 + ["dissent"] * 5)
    lines = tell.decision(told(publishable(exported(open_room)), language))
    assert "Wij kiezen." in lines[0]
    assert figures(lines[1], language) == [12.0]
    assert figures(lines[2], language) == [7.0, 0.0, 5.0]
    small = endorsed(led("decided", 12), ["endorse"] * 9 + ["remark", "remark", "dissent"])
    found = told(publishable(exported(small), quoted=None), language)
    assert figures(tell.decision(found)[2], language) == []
    assert len(tell.remarks(found)) == 3
    assert tell.left_out(found) == []
    (line,) = tell.left_out(told(publishable(exported(small)), language))
    assert figures(line, language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_groups_are_told_with_who_is_first_for_them(language: Language) -> None:
    """Two camps of six; a table has their mean weights, as computed by hand."""
    room, model = led("closed", 12, [A] * 6 + [B] * 6, [A] * 6 + [B] * 6), brabant()[1]
    found = told(publishable(exported(room)), language)
    lines, table = tell.groups(found), tell.group_weights_table(found)
    assert len(lines) == 3
    means = {tuple(np.array(row) / sum(row)) for row in (A, B)}
    for mean in means:
        column = [write(float(each), "weight", language) for each in mean]
        place = [[row[k] for row in table.rows] for k in (1, 2)].index(column)
        first = model.options[int(np.argmax(model.values @ np.array(mean)))]
        assert found.names.option(first) in lines[1 + place]


def test_quotes_are_those_of_the_room() -> None:
    """Each with its round."""
    room = led("reveal1", 12, [A] * 7 + [B] * 5)
    room.do(ask.Moderate(room.state.reasons[min(room.state.reasons)].code, "quote"))
    lines = tell.quotes(told(publishable(exported(room))))
    assert lines == ["Ronde 1: reden 1"]


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [([0.2, 0.8], [0.3, 0.7], 0), ([0.2, 0.8], [0.2, 0.5], 1), ([0.5, 0.5], [0.5, 0.5], None)],
)
def test_the_lens_that_moved_most(
    before: list[float], after: list[float], place: int | None
) -> None:
    """The first of those that moved most; None where none did."""
    assert tell.lens_moved_most(before, after) == place

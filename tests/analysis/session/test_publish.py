from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.analysis.session.records import endorsed, exported, led

from afweging.analysis.session.publish import GONE, counts_shown, publishable
from afweging.model.session_record import Quote, SessionRecord

ADDRESSES = [
    "jan.jansen@brabant.nl",
    "192.168.1.44",
    "2001:db8:85a3:0:0:8a2e:370:7334",
    "06-12345678",
    "+31 6 1234 5678",
    "073 681 2812",
    "https://voorbeeld.nl/jan",
    "www.voorbeeld.nl",
    "f" * 64,
]
PLAIN = ["8.000 plaatsen in 2030", "om 12:30 uur", "12,5 % en 1.000.000 euro", "artikel 7.2.1"]


def _quoting(*texts: str) -> SessionRecord:
    return replace(
        exported(led("closed", 6)), quotes=tuple(Quote(1, t, uneasy=False) for t in texts)
    )


def test_addresses_leave_every_text() -> None:
    """Of mail, machines, telephones and the web, and tokens; numbers of the matter stay."""
    found = publishable(_quoting(*(f"Vraag {each}." for each in ADDRESSES), *PLAIN))
    texts = [each.text for each in found.quotes]
    assert texts[len(ADDRESSES) :] == PLAIN
    for text, address in zip(texts, ADDRESSES, strict=False):
        assert GONE in text
        assert address[:6] not in text
    assert found.omitted == len(ADDRESSES)


def test_names_leave_every_text() -> None:
    """The whole name and each part of it, in any case; not where it is part of a word."""
    made = replace(
        _quoting("Zegt JANSEN, met Pietje.", "Janseniaans"),
        decision="Pietje Jansen besluit.",
        conditions=("Pietje tekent.",),
    )
    found = publishable(made, names=["Pietje Jansen"])
    assert [each.text for each in found.quotes] == [f"Zegt {GONE}, met {GONE}.", "Janseniaans"]
    assert (found.decision, found.conditions) == (f"{GONE} besluit.", (f"{GONE} tekent.",))
    assert found.omitted == 4


def test_a_small_round_keeps_only_its_size() -> None:
    """Of fewer than five people no weights and no salt: a commitment could be guessed with it."""
    small = publishable(exported(led("closed", 4)))
    assert [(each.n, each.swings, each.salt) for each in small.rounds] == [(4, (), None)] * 2
    assert small.rounds[0].commitment is not None
    assert small.pairs == ()
    large = publishable(exported(led("closed", 5)))
    assert [len(each.swings) for each in large.rounds] == [5, 5]


def test_remarks_are_quoted_only_on_request() -> None:
    """None of its own accord, all, or those with these numbers; that there are others is said."""
    made = exported(endorsed(led("decided", 6), ["endorse", "remark", "dissent", "remark"]))
    texts = [each.text for each in made.remarks]
    assert publishable(made).remarks == ()
    assert publishable(made).unquoted is True
    assert [each.text for each in publishable(made, quoted=None).remarks] == texts
    assert publishable(made, quoted=None).unquoted is False
    some = publishable(made, quoted=[3, 1, 3])
    assert [each.text for each in some.remarks] == [texts[0], texts[2]]
    assert some.unquoted is True
    with pytest.raises(IndexError):
        publishable(made, quoted=[4])


@given(st.lists(st.integers(0, 20), min_size=1, max_size=8))
def test_no_count_tells_of_one_to_four_people(sizes: list[int]) -> None:
    """Neither a count, nor what is left when all counts that are shown are taken off the total."""
    parts = {str(k): size for k, size in enumerate(sizes)}
    found = counts_shown(parts, sum(sizes))
    shown = {name: count for name, count in found.items() if count is not None}
    assert all(count == parts[name] for name, count in shown.items())
    assert all(count == 0 or count >= 5 for count in shown.values())
    rest = sum(sizes) - sum(shown.values())
    assert rest == 0 or rest >= 5 or not shown
    if rest == 0:
        assert None not in found.values() or sum(sizes) == 0

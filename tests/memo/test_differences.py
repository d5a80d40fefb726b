from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afweging.io.visible import Seen
from afweging.memo.differences import Comparer, Difference, figures, squeezed
from afweging.memo.printed import Printed, Spot

NAMES = ("Park", "Park in het dorp", "Hof")
COMPARER = Comparer(NAMES, ["Vingerafdruk", "abc123"])
LONG = "Een alinea die lang genoeg is om te herkennen: 12,5 % van 4."


def _wanted(*texts: str) -> list[Printed]:
    return [Printed(text, Spot("Kop")) for text in texts]


def _cells(*texts: str) -> list[Printed]:
    return [Printed(text, Spot("Kop", "Tabel", "Park", "score"), cell=True) for text in texts]


def _kinds(wanted: list[Printed], *seen: str) -> list[tuple[str, str | None, str | None]]:
    found = COMPARER.compare(wanted, [Seen(text) for text in seen])
    return [(each.kind, each.expected, each.found) for each in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Score (0,577), in 2026.", ["0,577", "2026"]),
        ("−0,5 en ∞ of €\u00a01.234", ["−0,5", "∞", "€", "1.234"]),
        ("½ of x² of SC1", ["½", "x²", "SC1"]),
        ("geen enkel getal – hier", []),
    ],
)
def test_figures_are_words_with_a_number(text: str, expected: list[str]) -> None:
    """Signs count, punctuation around does not, a dash is none."""
    assert figures(text) == expected


@pytest.mark.parametrize(
    "seen",
    [
        ("De score is 72,5\u00a0%.", "Hof"),
        ("De score is\n72,5 %.", "Hof"),
        ("De sco-\nre is 72,5 %.", "H\u00adof"),
        ("De score", "is 72,5 %. Hof"),
        ("Vingerafdruk", "De score is 72,5 %.", "abc123", "Hof"),
    ],
)
def test_the_setting_of_text_makes_no_difference(seen: tuple[str, ...]) -> None:
    """Spaces, breaks, hyphens in words, other pieces, and what may stand there as well."""
    assert _kinds(_wanted("De score is 72,5 %.", "Hof"), *seen) == []


@pytest.mark.parametrize(
    ("seen", "kind"),
    [
        ("De score van Hof is 72,6 %.", "figure"),
        ("De score van Hof is 725 %.", "figure"),
        ("De score van Hof is −72,5 %.", "figure"),
        ("De score van Hof is 72,5 ‰.", "figure"),
        ("De score van Hof is 72,5.", "figure"),
        ("De score van Park is 72,5 %.", "figure"),
        ("De score van Hof is 72,5 % of 3.", "figure"),
        ("De score van Hof is hoog.", "figure"),
        ("De uitkomst van Hof is 72,5 %.", "prose"),
        ("De score van Hof is 72,5 %, hoor.", "prose"),
    ],
)
def test_a_figure_is_told_from_prose(seen: str, kind: str) -> None:
    """A digit, a sign, a name: changed, added or left out."""
    found = COMPARER.compare(_wanted("De score van Hof is 72,5 %."), [Seen(seen, page=3)])
    assert [(each.kind, each.spot) for each in found] == [(kind, Spot("Kop", page=3))]


def test_what_no_font_could_draw_is_no_figure() -> None:
    """A sign that is not in the fonts may stand for a letter, and never for a number."""
    assert _kinds(_wanted("a", "Plan 日本 12", "b"), "a", "Plan \ufffd\ufffd 12", "b") == []
    assert (
        _kinds(_wanted("a", "Plan 34 12", "b"), "a", "Plan \ufffd\ufffd 12", "b")[0][0] == "figure"
    )
    assert _kinds(_cells("日 1"), "\ufffd 2")[0][0] == "figure"


def test_what_differs_is_shown_with_words_around_it() -> None:
    """Not the whole of a long text."""
    line = "een twee drie vier vijf zes 72,5 zeven acht negen tien elf"
    ((_, expected, found),) = _kinds(_wanted(line), line.replace("72,5", "73"))
    assert expected == "vier vijf zes 72,5 zeven acht negen"
    assert found == "vier vijf zes 73 zeven acht negen"


def test_every_cell_of_a_table_counts() -> None:
    """A word in a cell was computed too; so was its being empty."""
    assert _kinds(_cells("ja", "0,5"), "nee", "0,5") == [("figure", "ja", "nee")]
    assert _kinds(_cells("0,5", "0,7"), "0,7", "0,5")[0][0] == "figure"
    assert _kinds(_cells("0,5", ""), "0,5", "9") == [("figure", None, "9")]
    assert _kinds(_cells("0,5"))[0] == ("figure", "0,5", None)


def test_a_text_that_moved_is_prose_but_a_cell_is_not() -> None:
    """A word processor may put a caption below; nobody may change two numbers about."""
    moved = _kinds(_wanted(LONG, "Hof", "x y", "z 3"), "Hof", "x y", "z 3", LONG)
    assert {kind for kind, _, _ in moved} == {"prose"}
    twice = _kinds(_wanted(LONG, LONG, "Hof"), "Hof", LONG)
    assert "figure" in {kind for kind, _, _ in twice}


def test_lost_and_added_text() -> None:
    """An author may add a paragraph without figures, and may not leave out one with them."""
    assert _kinds(_wanted("Hof 1", "a"), "Hof 1", "Nog een zin.", "a") == [
        ("prose", None, "Nog een zin.")
    ]
    assert _kinds(_wanted("x", "In 2026 kost het 3.", "y"), "x", "y") == [
        ("figure", "In 2026 kost het 3.", None)
    ]
    assert _kinds(_wanted("Kop 1"), "Kop 1", "Nieuw: 4.") == [("figure", None, "Nieuw: 4.")]
    assert _kinds([], "Nieuw: 4.") == [("figure", None, "Nieuw: 4.")]


def test_pieces_that_do_not_pair_up_are_compared_by_words() -> None:
    """Two paragraphs made one, with a changed number: that number is told, and no more."""
    found = _kinds(
        _wanted("Eerst 12,5 punt.", "Dan 3 punt.", "Hof"), "Eerst 12,6 punt. Dan 3 punt."
    )
    assert ("figure", "12,5", "12,6") in found


words = st.sampled_from(["score", "12,5", "Park", "van", "−3", "7 %", "Hof", "is"])
texts = st.lists(st.lists(words, min_size=1, max_size=6).map(" ".join), min_size=1, max_size=12)


@settings(max_examples=200, deadline=None)
@given(texts)
def test_a_text_does_not_differ_from_itself(lines: list[str]) -> None:
    """Nor from the same text in one piece."""
    assert _kinds(_wanted(*lines), *lines) == []
    assert _kinds(_wanted(*lines), " ".join(lines)) == []


@settings(max_examples=300, deadline=None)
@given(texts, st.data())
def test_no_single_changed_digit_is_missed(lines: list[str], data: st.DataObject) -> None:
    """Wherever it stands, some figure is reported."""
    places = [(k, m) for k, line in enumerate(lines) for m, c in enumerate(line) if c.isdigit()]
    if not places:
        return
    k, m = data.draw(st.sampled_from(places))
    digit = data.draw(st.sampled_from([c for c in "0123456789" if c != lines[k][m]]))
    changed = [*lines]
    changed[k] = lines[k][:m] + digit + lines[k][m + 1 :]
    for seen in (changed, [" ".join(changed)]):
        assert "figure" in {kind for kind, _, _ in _kinds(_wanted(*lines), *seen)}


def test_a_difference_is_a_record() -> None:
    """Equal where all of it is equal."""
    assert Difference("prose", Spot(), "a", "b") == Difference("prose", Spot(), "a", "b")
    assert squeezed("O7-plan 2026-11 beleids-optie") == "O7-plan2026-11beleidsoptie"

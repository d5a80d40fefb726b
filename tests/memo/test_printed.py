from __future__ import annotations

import pytest

from afweging.errors import DossierError
from afweging.memo.blocks import Block, MemoText
from afweging.memo.printed import (
    Printed,
    Spot,
    picture_words,
    printed_alternatives,
    printed_body,
    printed_pictures,
)

SVG = '<svg xmlns="http://www.w3.org/2000/svg"><title>t</title><text>a</text><text>0,5</text></svg>'
TEXT = MemoText(
    "nl",
    "memo",
    "Welk plein?",
    "2026-11-25",
    concept=False,
    blocks=(
        Block("paragraph", "a.1", lines=("Vooraf.",)),
        Block("heading", "b.1", level=1, lines=("Rangorde",)),
        Block("list", "b.2", lines=("een", "twee")),
        Block("table", "b.3", lines=("Scores",), heads=("optie", "score"), rows=(("Park", "0,5"),)),
        Block("figure", "b.4", lines=("Balken", "Park is 0,5"), svg=SVG),
    ),
)


def test_the_body_has_all_but_alternative_texts() -> None:
    """Every line and cell in the order of the blocks, each with its place."""
    table = Spot("Rangorde", "Scores")
    assert printed_body(TEXT) == [
        Printed("Welk plein?", Spot("Welk plein?")),
        Printed("Vooraf.", Spot("Welk plein?")),
        Printed("Rangorde", Spot("Rangorde")),
        Printed("een", Spot("Rangorde")),
        Printed("twee", Spot("Rangorde")),
        Printed("Scores", table),
        Printed("optie", Spot("Rangorde", "Scores", column="optie"), cell=True),
        Printed("score", Spot("Rangorde", "Scores", column="score"), cell=True),
        Printed("Park", Spot("Rangorde", "Scores", "Park", "optie"), cell=True),
        Printed("0,5", Spot("Rangorde", "Scores", "Park", "score"), cell=True),
        Printed("Balken", Spot("Rangorde", "Balken")),
    ]


def test_figures_have_an_alternative_text_and_a_drawing() -> None:
    """Under the heading and the caption that they stand at."""
    spot = Spot("Rangorde", "Balken")
    assert printed_alternatives(TEXT) == [Printed("Park is 0,5", spot)]
    assert printed_pictures(TEXT) == [(SVG, spot)]
    assert picture_words(SVG) == ["a", "0,5"]
    with pytest.raises(DossierError):
        picture_words("<svg>")

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afweging.analysis.session.texts import clean, odd_code, odd_swings, odd_weights, too_long
from afweging.model.canonical import canonical_json


@given(st.text(alphabet=st.characters(codec=None), max_size=60))
def test_clean_text_can_be_stored_and_shown(text: str) -> None:
    """Whatever comes in, what is left is one printable line that cleaning leaves as it is."""
    found = clean(text)
    assert found == clean(found)
    assert found.isprintable()
    canonical_json(found)
    assert "  " not in found


def test_lines_may_stay() -> None:
    """In a decision line ends are kept."""
    assert clean(" a \n\n b\tc ", lines="keep") == "a\n\nb c"
    assert clean("e\u0301") == "é"


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("key", "a-B_0" * 3, "met spatie"),
        ("salt", "0" * 32, "0" * 31),
        ("token", "a" * 64, "A" * 64),
        ("digest", "0" * 64, ""),
        ("language", "pl", "nl_NL"),
    ],
)
def test_codes_have_a_form(name: str, good: str, bad: str) -> None:
    """A code of another form is refused by its name."""
    assert odd_code(**{name: good}) is None
    refusal = odd_code(**{name: bad})
    assert refusal is not None
    assert refusal.facts == {"name": name}


def test_points_and_weights() -> None:
    """One per lens; points with a hundred, weights that add up to 1."""
    assert odd_swings((100, 0, 99.5), lenses=3) is None
    assert odd_weights((0.2, 0.3, 0.5), lenses=3) is None
    for wrong in ((0.5, 0.6), (1.5, -0.5), (float("nan"), 1.0), (True, False)):
        found = odd_weights(wrong, lenses=2)
        assert found is not None
        assert found.code == "weights-sum"
    assert too_long("x" * 140, 140) is None
    assert too_long("x" * 141, 140) is not None

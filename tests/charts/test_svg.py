from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from afweging.charts.svg import element, label, lines, number, path_of, picture, width_of, wrap

AWKWARD = ['een "woord" & <teken>', "a\x07b", "\ud800", "\U0001f600", "'x", "a\nb", ""]


def _picture(text: str) -> str:
    return picture(
        label(text, 1, 2, size=10),
        *[lines([text], 1, 2, size=10)],
        element("g", aria_label=text),
        title=text,
        description=text,
        language="nl",
        size=(100, 50),
    )


@pytest.mark.parametrize("text", AWKWARD)
def test_whatever_is_written_the_picture_is_well_formed(text: str) -> None:
    """Signs of XML are escaped, and characters that XML cannot hold are replaced."""
    root = ET.fromstring(_picture(text).encode("utf-8"))  # noqa: S314 - made here
    expected = text.replace("\x07", "\ufffd").replace("\ud800", "\ufffd")
    title = root.find("{http://www.w3.org/2000/svg}title")
    assert title is not None
    assert (title.text or "") == expected


def test_a_picture_can_be_read_aloud() -> None:
    """It is an image with a title, a description and a language."""
    root = ET.fromstring(_picture("x"))  # noqa: S314 - made here
    assert root.get("role") == "img"
    assert root.get("lang") == "nl"
    assert (root.get("aria-labelledby") or "").split() == ["afw-title", "afw-desc"]


@pytest.mark.parametrize(
    ("value", "expected"), [(1.005, "1"), (-0.004, "0"), (1200.0, "1200"), (0.5, "0.5")]
)
def test_numbers_are_short(value: float, expected: str) -> None:
    """Two decimals at most, no minus before nothing."""
    assert number(value) == expected


def test_lines_fit_their_width() -> None:
    """No line is estimated to be wider than asked, also when a word does not fit."""
    text = "Maatschappelijke ondersteuningsvoorzieningen en een kort woord"
    for width in (60, 120, 300):
        parts = wrap(text, width, 16)
        assert all(width_of(part, 16) <= width for part in parts)
        assert "".join(parts).replace(" ", "") == text.replace(" ", "")


def test_corners_of_a_polygon() -> None:
    """Pairs of numbers with a space between."""
    assert path_of([(0.0, 1.0), (2.25, 3.5)]) == "0,1 2.25,3.5"

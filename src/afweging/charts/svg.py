"""Elements of an SVG picture as text: well-formed, and the same bytes for the same input.

Knows how elements, numbers and lines of text are written; nothing about what they show.
"""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NAMESPACE = "http://www.w3.org/2000/svg"
INK = "#1a1a1a"
PAPER = "#ffffff"
WIDE = 0.56  # of the size of the letters: the mean width of one; own choice, on the safe side
BOLD = 1.15  # how much wider bold letters are
# not allowed in XML 1.0, whatever the escape
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def number(value: float) -> str:
    """Return a number with two decimals at most, and no minus before nothing.

    Examples
    --------
    >>> number(12.3456), number(40.0), number(-0.001)
    ('12.35', '40', '0')
    """
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def element(name: str, *inside: str, **attributes: str | float) -> str:
    """Return one element; `_` in the name of an attribute stands for `-`.

    `inside` is SVG already: elements, or text from `words`.

    Examples
    --------
    >>> element("circle", r=5, stroke_width=1.5)
    '<circle r="5" stroke-width="1.5"/>'
    """
    told = "".join(
        f" {key.strip('_').replace('_', '-')}"
        f"={quoteattr(words(value) if isinstance(value, str) else number(value), ESCAPED)}"
        for key, value in attributes.items()
    )
    return f"<{name}{told}>{''.join(inside)}</{name}>" if inside else f"<{name}{told}/>"


ESCAPED = {"\n": " ", "\r": " ", "\t": " "}


def words(text: str) -> str:
    """Return text without the characters that XML cannot hold."""
    return FORBIDDEN.sub("\ufffd", text)


def prose(text: str) -> str:
    r"""Return text as the inside of an element.

    Examples
    --------
    >>> prose("meer < minder & \x07")
    'meer &lt; minder &amp; �'
    """
    return escape(words(text))


def label(text: str, x: float, y: float, *, size: float, **attributes: str | float) -> str:
    """Return one line of text, with a rim of paper so that it reads on any colour."""
    rim: dict[str, str | float] = {
        "paint_order": "stroke",
        "stroke": PAPER,
        "stroke_width": size / 5,
        "stroke_linejoin": "round",
    }
    return element("text", prose(text), x=x, y=y, font_size=size, **rim, **attributes)


def lines(
    texts: Sequence[str], x: float, y: float, *, size: float, **attributes: str | float
) -> str:
    """Return lines of text under each other; the first has its base at y."""
    return "".join(
        element("text", prose(text), x=x, y=y + leading(size) * k, font_size=size, **attributes)
        for k, text in enumerate(texts)
    )


def leading(size: float) -> float:
    """Return the distance between lines."""
    return 1.25 * size


def width_of(text: str, size: float) -> float:
    """Return about how wide a line is."""
    return WIDE * size * len(text)


def wrap(text: str, width: float, size: float) -> list[str]:
    """Return the lines of a text that fit a width; a word that does not fit is broken.

    Examples
    --------
    >>> wrap("Regionale arbeidsmarkt", 130, 16)
    ['Regionale', 'arbeidsmarkt']
    """
    fits = max(1, int(width / (WIDE * size)))
    return textwrap.wrap(text, fits, break_on_hyphens=False) or [""]


def path_of(points: Iterable[Sequence[float]]) -> str:
    """Return the corners of a polygon as its attribute.

    Examples
    --------
    >>> path_of([(0, 0), (10.5, 0)])
    '0,0 10.5,0'
    """
    return " ".join(f"{number(x)},{number(y)}" for x, y in points)


def picture(
    *inside: str, title: str, description: str, language: str, size: tuple[float, float]
) -> str:
    """Return a whole picture that scales to any width; title and description can be read aloud."""
    width, height = size
    attributes = {
        "xmlns": NAMESPACE,
        "viewBox": f"0 0 {number(width)} {number(height)}",
        "role": "img",
        "aria-labelledby": "afw-title afw-desc",
        "lang": language,
        "font-family": "'Segoe UI', Roboto, 'Helvetica Neue', 'Liberation Sans', Arial, sans-serif",
        "fill": INK,
    }
    head = (
        element("title", prose(title), id="afw-title"),
        element("desc", prose(description), id="afw-desc"),
        element("rect", width=width, height=height, fill=PAPER),
    )
    return element("svg", "\n", *(f"{part}\n" for part in (*head, *inside)), **attributes) + "\n"

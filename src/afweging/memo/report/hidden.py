"""What a report holds and does not show: its script, the numbers it computes with, its controls.

A check of what is shown does not see these, and a reader does see what they lead to. They are made
anew and compared, by the same version of the program.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from afweging.io.dossier import NAME
from afweging.io.markup import read_html
from afweging.memo.differences import Difference
from afweging.memo.matter import Matter
from afweging.memo.pictures import first_piece
from afweging.memo.printed import Spot
from afweging.memo.report.make import text_and_page
from afweging.wording import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from afweging.analysis.robustness import Robustness
    from afweging.io.markup import Element
    from afweging.memo.blocks import MemoText
    from afweging.model.result import Comparison


def hidden_differences(
    content: bytes, text: MemoText, comparison: Comparison, robust: Robustness | None
) -> list[Difference]:
    """Return where the page in `content` holds something else than the same page made anew."""
    matter = Matter(comparison, robust, Words("en" if text.language == "en" else "nl"))
    _, made = text_and_page(matter, day=date.fromisoformat(text.date))
    expected, found = (hidden_parts(page) for page in (made("").encode("utf-8"), content))
    spot = Spot(heading=matter.words.text("report.parts.report_what_if"))
    return [
        Difference("figure", spot, *first_piece(one, other))
        for one, other in zip(expected, found, strict=True)
        if one != other
    ]


def hidden_parts(content: bytes) -> tuple[str, ...]:
    """Return scripts, numbers to sort by, controls, and the head of a page, each as one text."""
    root = read_html(content)
    scripts = [each for each in root.all("script") if each.attributes.get("id") != NAME]
    shown, head = ([p for e in root.all(name) for p in e.walk()] for name in ("template", "head"))
    return (
        "\n".join(f"{_attributes(each)} {each.text()}" for each in scripts),
        "\n".join(each for element in root.walk() for each in _values(element)),
        *("\n".join(map(_whole, elements)) for elements in (shown, head)),
    )


def _values(element: Element) -> Iterator[str]:
    if "data-value" in element.attributes:
        yield f"{element.attributes['data-value']} {element.text()}"


def _attributes(element: Element) -> str:
    return " ".join(f'{name}="{value}"' for name, value in sorted(element.attributes.items()))


def _whole(element: Element) -> str:
    own = "".join(part for part in element.parts if isinstance(part, str))
    return f"{element.name} {_attributes(element)} {own}"

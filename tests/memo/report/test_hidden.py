from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from tests.analysis.random_problems import Shape
from tests.memo.matters import random_matter
from tests.memo.report.made import DAY, report_of

from afweging.memo.report.hidden import hidden_differences, hidden_parts
from afweging.memo.report.make import text_and_page

if TYPE_CHECKING:
    from afweging.memo.differences import Difference


@cache
def _report() -> bytes:
    return report_of(random_matter(3, Shape()))


def _differences(content: bytes) -> list[Difference]:
    matter = random_matter(3, Shape())
    text, _ = text_and_page(matter, day=DAY)
    return hidden_differences(content, text, matter.comparison, matter.robust)


def test_a_report_as_it_was_made_has_none() -> None:
    """Its dossier and fingerprint do not count: these are checked in their own way."""
    assert _differences(_report()) == []


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        (b"const TOLERANCE = 1e-9", b"const TOLERANCE = 1e-1", "1e-1"),
        (b'"weights": [0.', b'"weights": [1.', "[1."),
        (b'data-value="0.', b'data-value="7.', "7."),
        (b'data-lens="0"', b'data-lens="1"', 'data-lens="1"'),
        (b"size: 1.0625rem", b"size: 1.0125rem", "1.01"),
        (b"default-src ", b"default-src https: ", "http"),
        (b"</main>", b"<script>alert(1)</script></main>", "alert"),
        (b'"less": ', b'"less": ', ""),
    ],
    ids=["script", "weights", "sorted by", "control", "style", "policy", "script more", "nothing"],
)
def test_what_is_not_shown_cannot_be_changed(before: bytes, after: bytes, found: str) -> None:
    """One difference, a figure, under the heading of the what-if, with what stands there now."""
    changed = _report().replace(before, after, 1)
    assert (changed != _report()) == bool(found)
    differences = _differences(changed)
    if not found:
        assert differences == []
        return
    (difference,) = differences
    assert difference.kind == "figure"
    assert difference.spot.heading == "Wat als de gewichten anders zijn?"
    assert found[:3] in (difference.found or "")


def test_the_parts_are_all_that_is_not_shown() -> None:
    """The scripts but the dossier, the numbers of cells, templates, and the head."""
    scripts, values, controls, head = hidden_parts(_report())
    assert "afweging-dossier/1" not in scripts
    assert "orderedSum" in scripts
    assert values.count("\n") > 100
    assert "what-if" in controls
    assert "Content-Security-Policy" in head

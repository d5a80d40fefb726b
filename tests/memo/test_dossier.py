from __future__ import annotations

import pytest

import afweging as afw
from afweging.io.dossier import Settings, dossier_bytes, read_dossier
from afweging.memo.blocks import Block, MemoText
from afweging.memo.dossier import make_dossier, text_of, versions

TEXT = MemoText(
    "en",
    "poster",
    "Which square?",
    "2026-11-25",
    concept=True,
    blocks=(
        Block("heading", "a.1", level=2, lines=("Ranking",)),
        Block("table", "a.2", lines=("T",), heads=("x", "y"), rows=(("1", "2"), ("", "ż"))),
        Block("figure", "a.3", lines=("F", "alt"), svg="<svg/>", left=0),
    ),
)


def _made() -> dict[str, object]:
    problem = afw.read_problem("scenarios/kantoor")
    return make_dossier(problem, afw.Request(), Settings(), TEXT, {"score": 0.5})


def test_the_text_comes_back_as_it_was() -> None:
    """Every block of it, through the bytes of the dossier."""
    assert text_of(read_dossier(dossier_bytes(_made()))) == TEXT


def test_the_versions_are_those_that_count() -> None:
    """The program, Python, and the packages that numbers and words depend on."""
    found = versions()
    assert found["afweging"] == afw.__version__
    assert {"numpy", "scipy", "babel", "python"} <= found.keys()


def test_a_table_that_cannot_be_is_refused() -> None:
    """A row with a cell too many."""
    said = read_dossier(dossier_bytes(_made()))
    said["text"]["blocks"][1]["rows"][0].append("3")  # type: ignore[index]
    with pytest.raises(ValueError, match="cell"):
        text_of(said)

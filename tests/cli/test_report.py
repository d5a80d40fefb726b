from __future__ import annotations

import io
import re
from functools import cache

import pytest
from rich.cells import cell_len
from rich.console import Console

import afweging as afw
from afweging.cli.report import Report
from afweging.wording import Words


@cache
def _comparison(name: str) -> afw.Comparison:
    return afw.compare(afw.read_problem(f"scenarios/{name}"))


def _report(
    name: str, *, width: int, language: str = "nl", details: bool = False, encoding: str = "utf-8"
) -> str:
    """Return the report as text, as a terminal of that width and encoding would get it."""
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors="replace")
    console = Console(file=stream, width=width, highlight=False)
    Report(_comparison(name), Words(language), console).show(details=details)  # type: ignore[arg-type]
    stream.seek(0)
    return stream.read()


@pytest.mark.parametrize("name", ["brabant", "leervoorbeeld", "kantoor"])
@pytest.mark.parametrize("width", [80, 140])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_line_is_wider_than_the_terminal(name: str, width: int, language: str) -> None:
    """At 80 and at 140 columns every line fits, with and without details."""
    for details in (False, True):
        lines = _report(name, width=width, language=language, details=details).splitlines()
        assert max(cell_len(line) for line in lines) <= width


@pytest.mark.parametrize("width", [80, 140])
def test_every_option_and_every_scenario_is_in_the_tables(width: int) -> None:
    """No column or row falls off: each option has a score in each of the four scenarios."""
    shown = _report("brabant", width=width)
    table = shown[shown.index("Score per scenario") : shown.index("Hoe vast staat dit?")]
    rows = [line for line in table.splitlines() if re.match(r"O\d ", line)]
    assert [row[:2] for row in rows] == ["O7", "O8", "O3", "O4", "O6", "O2", "O5", "O1"]
    assert all(len(re.findall(r"\b0,\d{3}\b", row)) == 4 for row in rows)


def test_the_answer_comes_first() -> None:
    """The first sentence after the title names the winner and its score."""
    lines = _report("brabant", width=140).splitlines()
    assert lines[4].startswith("O7 Handhaving en bescherming in de hele keten staat bovenaan")


def test_the_bars_follow_the_contributions() -> None:
    """On the lens of societal impact the longest bar is that of the option that gains most."""
    shown = _report("brabant", width=140)
    table = shown[shown.index("Rangorde") : shown.index("Ondergrenzen")]
    rows = [line for line in table.splitlines() if re.match(r"[\d–] +O\d ", line)]
    bars = {row.split()[1]: len(row.rstrip().split()[-1]) for row in rows}
    assert max(bars, key=lambda name: bars[name]) == "O7"


def test_columns_that_are_too_narrow_for_words_show_ids_with_a_legend() -> None:
    """At 80 columns the lenses stand as E, A, W and M, and a line says what they are."""
    narrow, wide = _report("brabant", width=80), _report("brabant", width=140)
    assert "E = Regionale economie; A = Regionale arbeidsmarkt" in narrow
    assert "E = Regionale economie" not in wide


def test_a_terminal_without_unicode_gets_plain_signs() -> None:
    """In an encoding without blocks the bars are hashes and the rules hyphens."""
    shown = _report("brabant", width=80, encoding="ascii")
    assert "####" in shown
    assert "█" not in shown
    assert "Rangorde -----" in shown


def test_a_screened_option_keeps_its_score_but_has_no_rank() -> None:
    """O1 stands under the ranking with its score and a dash."""
    table = _report("brabant", width=140)
    assert re.search(r"^– +O1 Huidige inzet voortzetten +0,503", table, flags=re.MULTILINE)


def test_a_gap_shows_as_a_range() -> None:
    """An option that lacks an effect gets two scores in place of one."""
    assert re.search(r"Bus en loket in de +0,675–0,698", _report("leervoorbeeld", width=80))


def test_details_add_a_table_per_criterion() -> None:
    """With details every criterion stands with its weight and what each option gains on it."""
    shown = _report("brabant", width=140, details=True)
    table = shown[shown.index("Bijdrage per criterium") : shown.index("Score per regio")]
    assert len(re.findall(r"^[EAWM]\d .* (5|6,25)\xa0% ", table, flags=re.MULTILINE)) == 18


def test_the_dutch_report_writes_commas_and_the_english_points() -> None:
    """Decimals follow the language."""
    assert "0,577" in _report("brabant", width=140)
    assert "0.577" in _report("brabant", width=140, language="en")

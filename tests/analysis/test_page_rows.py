from __future__ import annotations

import pytest
from tests.analysis.test_robustness import found

from afweging.analysis import robust_page
from afweging.analysis.page_rows import page_rows
from afweging.analysis.robust_page import Section
from afweging.analysis.word_table import WordTable
from afweging.wording import LANGUAGES, Language, Words


def _rows(cells: list[str], language: Language) -> list[object]:
    heads = ("optie", *(str(place) for place in range(len(cells))))
    table = WordTable("Titel", heads, (("O1", *cells),))
    section = Section("space", "Deel", (), (table,))
    return [row[4:] for row in page_rows([section], Words(language))]


def test_a_figure_is_a_number_with_its_unit() -> None:
    """Percentages lose their sign, minus signs become plain ones; words stay words."""
    cells = ["39,4\u00a0%", "−0,013", "1.234", "12", "nooit", "28,9 (28,2–29,5)", "1–6", "–"]
    assert _rows(cells, "nl") == [
        (39.4, "%"),
        (-0.013, ""),
        (1234, ""),
        (12, ""),
        ("nooit", ""),
        ("28,9 (28,2–29,5)", ""),
        ("1–6", ""),
        ("–", ""),
    ]
    assert _rows(["39.4\u00a0%", "1,234.5", "< 0.1\u00a0%"], "en") == [
        (39.4, "%"),
        (1234.5, ""),
        ("< 0.1 %", ""),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_cell_of_every_table_has_one_row(language: Language) -> None:
    """A part, a table, a row and a column name one figure, and no more than one."""
    sections = robust_page.sections(found(1), Words(language))
    rows = list(page_rows(sections, Words(language)))
    assert len({row[:4] for row in rows}) == len(rows)
    titles = {table.title for section in sections for table in section.tables if table.rows}
    assert {row[1] for row in rows} == titles
    assert all(all(row[:4]) for row in rows)


def test_rows_that_share_a_name_have_more_words_to_it() -> None:
    """Two requirements of one option are two rows with their own names."""
    table = WordTable(
        "Titel", ("optie", "ondergrens", "mag"), (("O1", "a", "1"), ("O1", "b", "2")), left=2
    )
    rows = list(page_rows([Section("space", "Deel", (), (table,))], Words("nl")))
    assert [row[2:] for row in rows] == [("O1, a", "mag", 1, ""), ("O1, b", "mag", 2, "")]

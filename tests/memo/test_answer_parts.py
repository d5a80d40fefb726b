from __future__ import annotations

import numpy as np
import pytest
from tests.analysis.random_problems import Shape
from tests.memo.matters import brabant, random_matter

from afweging.memo import answer_parts
from afweging.memo.page import Page
from afweging.wording import LANGUAGES, Language


@pytest.mark.parametrize("language", LANGUAGES)
def test_effects_are_means_over_the_cases_in_their_unit(language: Language) -> None:
    """Three digits of the mean effect of the first, the second and the reference option."""
    page, matter = Page(), brabant(language)
    answer_parts.tradeoffs(page, matter)
    comparison = matter.comparison
    problem = comparison.problem
    tables = [block for block in page.blocks if block.kind == "table"]
    assert len(tables) == len(problem.tree.children)
    rows = {row[0]: row[1:] for table in tables for row in table.rows}
    weights = comparison.weights.cases
    mean = np.einsum("s,sac->ac", weights, problem.effects.mode[comparison.cases.rows])
    assert tables[0].heads[3:] == ("O7", "O8", "O1")
    for c, criterion in enumerate(problem.criteria):
        unit, _, *cells = rows[matter.names.criterion(criterion.id)]
        assert unit == matter.names.unit[criterion.id]
        for name, cell in zip(("O7", "O8", "O1"), cells, strict=True):
            plain = cell.replace(".", "").replace(",", ".") if language == "nl" else cell
            exact = float(mean[matter.place(name), c])
            digit = 10 ** (np.floor(np.log10(abs(exact))) - 2)
            assert float(plain.replace("\u2212", "-").replace(",", "")) == pytest.approx(
                exact, abs=0.501 * digit
            )


@pytest.mark.parametrize("language", LANGUAGES)
def test_options_have_their_costs_and_whether_they_meet(language: Language) -> None:
    """The table holds every option of the problem, screened out or not."""
    page, matter = Page(), brabant(language)
    answer_parts.options(page, matter)
    table = next(block for block in page.blocks if block.kind == "table")
    yes, no = {"nl": ("ja", "nee"), "en": ("yes", "no")}[language]
    for option, row in zip(matter.comparison.problem.alternatives, table.rows, strict=True):
        assert row[0] == matter.names.option(option.id)
        assert row[3] == matter.words.format_field(option.euro_per_year, "money")
        assert row[4] == (yes if option.id in matter.ranked else no)


def test_costs_are_of_those_that_take_part() -> None:
    """Each option that takes part has its costs in euro; unknown costs are said to be so."""
    page, matter = Page(), brabant()
    answer_parts.finance(page, matter)
    assert len(page.blocks[0].lines) == len(matter.ranked)
    assert "€\u00a04.000.000 per jaar" in page.blocks[0].lines[4]
    empty = Page()
    answer_parts.finance(empty, random_matter(1, Shape()))
    assert empty.blocks[0].lines[0].startswith("Van de opties die meedoen")


def test_with_one_scenario_there_is_no_regret() -> None:
    """Nothing is compared between scenarios where there is one."""
    page = Page()
    answer_parts.scenarios(page, random_matter(4, Shape(scenarios=1)))
    assert [block.kind for block in page.blocks if block.kind in {"figure", "table"}] == []


def test_lines_with_a_dash_become_a_list() -> None:
    """Why the first is above the second: sentences and lists, no dashes in front."""
    page = Page()
    answer_parts.ranking(page, brabant())
    lists = [block for block in page.blocks if block.kind == "list"]
    assert len(lists) == 3
    assert not any(line.startswith("- ") for block in lists for line in block.lines)

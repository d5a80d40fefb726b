from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.analysis.random_problems import Shape
from tests.memo.matters import brabant, random_matter

from afweging.memo import ground_parts
from afweging.memo.page import Page
from afweging.wording import LANGUAGES, Language

if TYPE_CHECKING:
    from afweging.memo.matter import Matter


def _number(text: str, language: Language) -> float:
    plain = text.replace("\u00a0%", "")
    plain = plain.replace(".", "").replace(",", ".") if language == "nl" else plain.replace(",", "")
    return float(plain)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("large", [False, True])
def test_scores_can_be_redone_by_hand(language: Language, *, large: bool) -> None:
    """Weight times value, summed as printed, is the printed score up to rounding."""
    matter = brabant(language) if large else random_matter(2, Shape(options=9), language)
    page = Page()
    ground_parts.appendix(page, matter)
    tables = [block for block in page.blocks if block.kind == "table"][:-1]
    columns = [head for table in tables for head in table.heads[2:]]
    assert len(columns) == len(matter.comparison.ranking)
    for table in tables:
        *rows, total = table.rows
        weights = [_number(row[1], language) / 100 for row in rows]
        assert sum(weights) == pytest.approx(1, abs=1e-4 * len(rows))
        for c in range(2, len(table.heads)):
            score = sum(w * _number(row[c], language) for w, row in zip(weights, rows, strict=True))
            assert score == pytest.approx(_number(total[c], language), abs=1.5e-4 * len(rows))


def test_case_weights_add_up() -> None:
    """The weights of scenarios, of regions and of horizons are each all of the weight."""
    page = Page()
    ground_parts.appendix(page, brabant())
    sums: dict[str, float] = {}
    for axis, _, weight in page.blocks[-1].rows:
        sums[axis] = sums.get(axis, 0) + _number(weight, "nl")
    assert sums == pytest.approx({"scenario": 100, "regio": 100, "horizon": 100}, abs=0.02)


def test_every_source_that_is_used_is_listed() -> None:
    """Sources of effects, criteria, options and requirements, each once, in their order."""
    page, matter = Page(), brabant()
    ground_parts.evidence(page, matter)
    listed = [row[0] for row in page.blocks[-1].rows]
    problem = matter.comparison.problem
    used = {problem.sources[k].id for k in set(problem.effects.source.flat) if k >= 0}
    parts = (*problem.criteria, *problem.alternatives, *problem.requirements)
    used |= {source for part in parts if (source := getattr(part, "source", None))}
    assert listed == [source.id for source in problem.sources if source.id in used]
    kinds = page.blocks[-2].rows
    assert sum(int(row[1]) for row in kinds) == len(problem.sources)


def test_the_method_says_the_draws_and_the_seed() -> None:
    """The numbers of the method are those that were used; without draws none are told."""
    page = Page()
    ground_parts.method(page, brabant())
    told = " ".join(block.lines[0] for block in page.blocks)
    for fact in ("criteria: 18", "lenzen (4)", "gevallen: 60", "400 keer", "startgetal 1"):
        assert fact in told
    gaps = Page()
    matter: Matter = random_matter(3, Shape(gaps=2))
    ground_parts.method(gaps, matter)
    assert "getrokken" not in " ".join(block.lines[0] for block in gaps.blocks)

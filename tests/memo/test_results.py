from __future__ import annotations

from tests.analysis.random_problems import Shape, random_problem
from tests.memo.matters import FEW, brabant, random_matter

from afweging.io.canonical import canonical_json
from afweging.memo.results import find, results_document
from afweging.model.result import Request


def test_results_are_the_same_each_time() -> None:
    """What is found again from the same input has the same canonical bytes."""
    problem = random_problem(4)
    first, again = (
        canonical_json(results_document(*find(problem, Request(), FEW))) for _ in range(2)
    )
    assert first == again


def test_the_first_is_explained_against_every_other() -> None:
    """Each option that takes part has its explanation, and each perspective its scores."""
    matter = brabant()
    found = results_document(matter.comparison, matter.robust)
    explanations = found["explanations"]
    assert isinstance(explanations, list)
    others = [each["second"] for each in explanations]
    assert others == matter.ranked[1:] == ["O8", "O3", "O4", "O6", "O2"]
    perspectives = found["perspectives"]
    assert isinstance(perspectives, list)
    assert [each["worst"] for each in perspectives] == [["O2"]]


def test_with_missing_effects_there_is_no_robustness() -> None:
    """How sure an answer is cannot be said yet; the comparison is there all the same."""
    matter = random_matter(3, Shape(gaps=2))
    assert matter.comparison.gaps
    assert matter.robust is None
    assert results_document(matter.comparison, None)["robustness"] is None

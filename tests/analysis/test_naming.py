from __future__ import annotations

from tests.analysis.random_problems import leaf, plain_problem, random_problem

from afweging.analysis.naming import level_name, names_of, short_names
from afweging.model.criterion import Ordinal
from afweging.wording import Words


def test_short_codes_lead_the_name() -> None:
    """An option is called by its code and name; a word for an id is not repeated."""
    problem = plain_problem(
        [[[0.1], [0.2], [0.3]]], (leaf("a"),), options=["O7", "handhaving", "o7"]
    )
    names = names_of(problem, "nl")
    assert names.option("O7") == "O7 O7-naam"
    assert names.option("handhaving") == "handhaving-naam"
    assert names.option("o7") == "o7-naam"
    assert short_names(problem, Words("nl"), ["O7", "handhaving"]) == ["O7", "handhaving-naam"]


def test_names_follow_the_language() -> None:
    """Lenses, criteria, cases, units and profiles are named in the language asked."""
    problem = random_problem(1)
    for language, ending in (("nl", "naam"), ("en", "name")):
        names = names_of(problem, language)  # type: ignore[arg-type]
        assert names.criterion("kern") == f"kern-{ending}"
        assert names.criterion("C6") == f"C6-{ending}"
        assert names.case("region", "R2") == f"R2-{ending}"
        assert names.profile["P1"] == f"P1-{ending}"
        assert names.unit["C1"] == ("eenheid C1" if language == "nl" else "unit C1")


def test_a_level_of_classes_has_the_name_of_its_class() -> None:
    """Only a level on a scale of classes has a name."""
    for criterion in random_problem(1).criteria:
        shown = level_name(criterion, 2.0, "en")
        classes = isinstance(criterion.value_function, Ordinal)
        assert shown == (f"{criterion.id}k2-name" if classes else None)

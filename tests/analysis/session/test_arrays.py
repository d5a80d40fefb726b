from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.analysis.random_problems import Shape, random_problem

from afweging.analysis.compare import compare
from afweging.analysis.session.arrays import model_document, session_model
from afweging.analysis.session.outcome import score
from afweging.errors import RequestError
from afweging.io.problem_file import read_problem
from afweging.model.canonical import canonical_json

BRABANT = Path(__file__).resolve().parents[3] / "scenarios" / "brabant"


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10**6), options=st.integers(1, 5), scenarios=st.integers(1, 4))
def test_the_weights_of_the_problem_give_its_own_scores(
    seed: int, options: int, scenarios: int
) -> None:
    """Scores over all cases and per scenario are those of the comparison, for options that meet."""
    shape = Shape(options=options, scenarios=scenarios)
    comparison = compare(random_problem(seed, shape))
    model = session_model(comparison)
    allowed = np.array(comparison.admissible)
    lenses = comparison.weights.lenses
    expected = comparison.scores.expected.low[allowed]
    assert score(model.values, lenses) == pytest.approx(expected, abs=1e-12)
    by_scenario = comparison.scores.axes["scenario"].low[:, allowed]
    assert score(model.by_scenario, np.tile(lenses, (scenarios, 1))) == pytest.approx(
        by_scenario, abs=1e-12
    )
    assert len(model.options) == allowed.sum() == model.profile_scores.shape[1]
    assert not model.values.flags.writeable


def test_brabant() -> None:
    """The problem of the region: four lenses, own profiles only, and a document for the page."""
    comparison = compare(read_problem(str(BRABANT)))
    model = session_model(comparison)
    neutral = {p.id for p in comparison.problem.panel if p.origin == "neutral"}
    assert neutral
    assert not neutral & set(model.profiles)
    assert len(model.lenses) == 4
    document = model_document(model)
    assert len(canonical_json(document)) < 20_000
    assert np.array(document["by_scenario"]).shape == model.by_scenario.shape
    assert (model.in_scenario(model.scenarios[1]) == model.by_scenario[1]).all()


def test_missing_effects_are_refused() -> None:
    """A room does not weigh numbers that depend on gaps."""
    with pytest.raises(RequestError):
        session_model(compare(random_problem(3, Shape(gaps=4))))

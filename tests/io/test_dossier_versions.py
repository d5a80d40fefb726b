from __future__ import annotations

import pytest

from afweging.io.dossier import VERSION
from afweging.io.dossier_versions import STEPS, brought_up

Dossier = dict[str, object]


def _named(old: Dossier) -> Dossier:
    """Rename a part, as a new form might."""
    return {**{key: old[key] for key in old if key != "old"}, "new": old["old"]}


def _wrapped(old: Dossier) -> Dossier:
    return {**old, "new": [old["new"]]}


def test_steps_follow_each_other() -> None:
    """From any form that there was; the original is not changed."""
    first: Dossier = {"format": "afweging-dossier/1", "old": 7}
    steps = {1: _named, 2: _wrapped}
    assert brought_up(first, 1, target=3, steps=steps) == {**_named(first), "new": [7]}
    assert brought_up({"new": 7}, 2, target=3, steps=steps) == {"new": [7]}
    assert brought_up(first, 3, target=3, steps=steps) == first
    assert first == {"format": "afweging-dossier/1", "old": 7}


def test_what_no_step_can_read_is_one_error() -> None:
    """A form without a step, and a dossier that is not of the form that it says."""
    with pytest.raises(ValueError, match="no step"):
        brought_up({}, 1, target=3, steps={2: _wrapped})
    with pytest.raises(ValueError, match="no dossier"):
        brought_up({}, 1, target=2, steps={1: _named})


def test_every_form_before_this_one_has_its_step() -> None:
    """Who raises the version writes the step."""
    assert set(STEPS) == set(range(1, VERSION))

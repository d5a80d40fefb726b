"""Dossiers of earlier forms, brought to the form of now: one step from each form to the next.

A memo is verified years later, by a program whose dossiers have another form. Who changes the
form adds a step here and raises the version; the steps before it stay as they are.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Dossier = dict[str, object]
    Steps = Mapping[int, Callable[[Dossier], Dossier]]

STEPS: Steps = MappingProxyType({})  # by the form that a step starts from; form 1 is the first


def brought_up(dossier: Dossier, start: int, *, target: int, steps: Steps = STEPS) -> Dossier:
    """Return a dossier of form `start` in form `target`; what it says its form is stays as it was.

    Raises
    ------
    ValueError
        When no steps lead from one form to the other, or the dossier is not of its form.

    Examples
    --------
    >>> steps = {1: lambda old: {**old, "session": None}, 2: lambda old: {**old, "set": []}}
    >>> brought_up({"a": 1}, 1, target=3, steps=steps)
    {'a': 1, 'session': None, 'set': []}
    """
    found = dossier
    for form in range(start, target):
        if form not in steps:
            raise ValueError(f"no step from form {form}")
        try:
            found = steps[form](found)
        except (AttributeError, IndexError, KeyError, TypeError) as error:
            raise ValueError(f"no dossier of form {form}") from error
    return found

"""The weights of a session as a profile to compare with, beside those of the problem."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from afweging.analysis.session.spread import LEAST_SHOWN
from afweging.analysis.session.weights import swing_weights
from afweging.errors import Fault, RequestError
from afweging.methods.aggregation import ordered_sum
from afweging.methods.weighting import normalise
from afweging.model.criterion import criteria_under
from afweging.model.preference import Profile, SwingRange
from afweging.model.text import Text
from afweging.wording import LANGUAGES, Words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from afweging.model.problem import DecisionProblem
    from afweging.model.session_record import RoundRecord, SessionRecord

    FloatArray = NDArray[np.float64]

Which = Literal["group", "round1", "round2"]
WHICH: tuple[Which, ...] = ("group", "round1", "round2")
PREFIX = "session:"  # no profile of a problem can have a colon in its id


def profile_id(which: Which) -> str:
    """Return the name under which the weights of a session are asked."""
    return f"{PREFIX}{which}"


def with_session(problem: DecisionProblem, record: SessionRecord) -> DecisionProblem:
    """Return the problem with the weights of a session to compare with.

    What nobody gave, or too few people to show, is not there.

    Raises
    ------
    RequestError
        When the lenses of the session are not those of the problem.
    """
    lenses = tuple(lens.id for lens in problem.tree.children)
    if lenses != record.lenses:
        raise RequestError([Fault("session-other-problem", value=record.problem)])
    found = {which: weights_in(record, which) for which in WHICH}
    borrowed = [
        _profile(problem, record, which, weights)
        for which, weights in found.items()
        if weights is not None
    ]
    return replace(problem, borrowed=tuple(borrowed))


def weights_in(record: SessionRecord, which: Which) -> tuple[float, ...] | None:
    """Return weights on the lenses, adding up to 1; None where there are none.

    Those of the group are what the session itself says; those of a round are the mean over the
    people, from five people on.
    """
    if which == "group":
        return None if record.group is None else record.group.weights
    found = record.round(1 if which == "round1" else 2)
    people = None if found is None else people_weights(record, found)
    return None if people is None else tuple(mean_weights(people).tolist())


def people_weights(record: SessionRecord, found: RoundRecord) -> FloatArray | None:
    """Return the weights that people gave in a round, (P, L), rows ascending; None below five."""
    if len(found.swings) < LEAST_SHOWN:
        return None
    rows = swing_weights(found.swings, lenses=len(record.lenses))
    return rows[sorted(range(len(rows)), key=lambda place: rows[place].tolist())]


def mean_weights(people: FloatArray) -> FloatArray:
    """Return the mean weights of people as a session computes them, shape (L,)."""
    return normalise(ordered_sum(people, axis=0))


def _name(record: SessionRecord, which: Which) -> Text:
    """Return what the weights are called in both languages."""
    key = f"{which}_concept" if which == "group" and record.concept else which
    found = record.round(1 if which == "round1" else 2)
    facts = {"session": record.session, "n": 0 if found is None else found.n}
    nl, en = (Words(language).text(f"session_result.name.{key}", **facts) for language in LANGUAGES)
    return Text(nl, en)


def _profile(
    problem: DecisionProblem, record: SessionRecord, which: Which, weights: tuple[float, ...]
) -> Profile:
    """Return weights as a profile; people saw the range of every criterion when they gave them."""
    lenses = tuple(zip(record.lenses, weights, strict=True))
    return Profile(
        id=profile_id(which),
        name=_name(record, which),
        origin="own",
        method="session",
        evidence="expert",
        weights=((problem.tree.id, lenses),),
        ranges=tuple(SwingRange(c.id, c.worst, c.best) for c in criteria_under(problem.tree)),
        date=record.day,
    )

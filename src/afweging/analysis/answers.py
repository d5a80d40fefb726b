"""The answers of one profile about one group of the value tree, as arrays over its children.

An answer is a ratio between two swings, exact or within bounds, or a bound on one. The numbers of
a profile that gives weights, points or ranks are answers too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from afweging.analysis.values import value_of
from afweging.errors import Fault, PreferenceError
from afweging.model.criterion import Criterion
from afweging.model.preference import RANK_METHODS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from afweging.model.criterion import Group
    from afweging.model.preference import Judgement, Profile

    FloatArray = NDArray[np.float64]

HARDLY = 1e-6  # share of a group that a swing has at least if it can be compared with another


@dataclass(frozen=True, slots=True)
class Ratio:
    """How many times as much `first` counts as `second`, exactly; both places of children."""

    first: int
    second: int
    times: float


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """What a profile says about one group: numbers per child as given, or judgements.

    `children` are the ids of the parts of the group, in the order of the tree.
    """

    profile: Profile
    group: Group
    numbers: tuple[float, ...]
    judgements: tuple[Judgement, ...]

    @property
    def children(self) -> tuple[str, ...]:
        """The ids of the parts of the group, in the order of the tree."""
        return tuple(child.id for child in self.group.children)

    @property
    def given(self) -> bool:
        """Whether the profile says anything about the group."""
        return bool(self.numbers or self.judgements)

    @property
    def ranks(self) -> bool:
        """Whether the numbers are ranks, 1 for the largest swing."""
        return bool(self.numbers) and self.profile.method in RANK_METHODS

    def place(self, child: str) -> int:
        """Return the place of a child among its siblings."""
        return self.children.index(child)


def answers_about(profile: Profile, group: Group) -> Answers:
    """Return what `profile` says about the children of `group`; nothing where it is silent."""
    own = dict(dict(profile.weights).get(group.id, ()))
    children = [child.id for child in group.children]
    about = tuple(each for each in profile.judgements if each.first in children)
    return Answers(profile, group, tuple(own[name] for name in children if own), about)


def pair_matrix(answers: Answers) -> FloatArray:
    """Return the comparison matrix of the exact ratios, shape (n, n), NaN where none was given."""
    matrix = np.full((len(answers.children), len(answers.children)), np.nan)
    np.fill_diagonal(matrix, 1.0)
    for each in judged_ratios(answers):
        matrix[each.first, each.second] = each.times
        matrix[each.second, each.first] = 1 / each.times
    return matrix


def exact_ratios(answers: Answers) -> tuple[Ratio, ...]:
    """Return every exact ratio that was said: of numbers to the largest, and of judgements.

    Where several numbers are the largest, all others are held beside each of them: no order of
    the children decides.
    """
    return (*_ratios_of_numbers(answers), *judged_ratios(answers))


def _ratios_of_numbers(answers: Answers) -> Iterator[Ratio]:
    if not answers.numbers or answers.ranks:
        return
    numbers = answers.numbers
    largest = [place for place, number in enumerate(numbers) if number == max(numbers)]
    for top in largest:
        for place, number in enumerate(numbers):
            if number > 0 and (place > top or place not in largest):
                yield Ratio(top, place, numbers[top] / number)


def judged_ratios(answers: Answers) -> tuple[Ratio, ...]:
    """Return the ratios that judgements give exactly, trade-offs included."""
    found = []
    for each in answers.judgements:
        times = gain_ratio(answers, each) if each.kind == "trade-off" else each.times
        if times is not None and each.second is not None:
            found.append(Ratio(answers.place(each.first), answers.place(each.second), times))
    return tuple(found)


def gain_ratio(answers: Answers, judgement: Judgement) -> float:
    """Return how many times as much `first` counts as `second` by a trade-off answer.

    Equal worth means w_first g_first = w_second g_second, with g the gain in value of each step.

    Raises
    ------
    PreferenceError
        When a step gains nothing by the value function.
    """
    gains, faults = [], []
    for key in ("first", "second"):
        start, end = (getattr(judgement, f"{key}_{part}") for part in ("from", "to"))
        criterion = answers.group.children[answers.place(getattr(judgement, key))]
        gain = step_gain(criterion, start, end) if isinstance(criterion, Criterion) else 0.0
        gains.append(gain)
        if gain <= 0:
            facts = {"profile": answers.profile.id, "start": start, "end": end}
            faults.append(Fault("answers-no-gain", value=criterion.id, facts=facts))
    if faults:
        raise PreferenceError(faults)
    return gains[1] / gains[0]


def step_gain(criterion: Criterion, start: float, end: float) -> float:
    """Return the gain in value of one step on a criterion, levels in its unit."""
    low, high = value_of(criterion, np.array([start, end])).tolist()
    return float(high - low)


def hard_rows(answers: Answers) -> list[FloatArray]:
    """Return per judgement the rows of shape (m, n) that hold exactly: rows @ w >= 0."""
    return [_judgement_rows(answers, each) for each in answers.judgements]


def _judgement_rows(answers: Answers, each: Judgement) -> FloatArray:
    count, first = len(answers.children), answers.place(each.first)
    second = None if each.second is None else answers.place(each.second)
    if each.kind == "share":
        return share_rows(first, each.low or 0.0, 100.0 if each.high is None else each.high, count)
    if each.kind in ("best", "worst"):
        sign = 1.0 if each.kind == "best" else -1.0
        others = [other for other in range(count) if other != first]
        rows = [sign * _difference(first, other, count) for other in others]
        return np.array(rows).reshape(-1, count)  # (0, 1) for an only child
    if second is None:  # pragma: no cover - refused when the profile was read
        raise ValueError(each)
    if each.kind == "order":
        return _difference(first, second, count)[None, :]
    times = gain_ratio(answers, each) if each.kind == "trade-off" else each.times
    low, high = (times, times) if times is not None else (each.low, each.high)
    return ratio_rows(first, second, low, high, count)


def _difference(first: int, second: int, count: int) -> FloatArray:
    row = np.zeros(count)
    row[first], row[second] = 1.0, -1.0
    return row


def ratio_rows(
    first: int, second: int, low: float | None, high: float | None, count: int
) -> FloatArray:
    """Return the rows of low <= w_first / w_second <= high, a bound that is None left out.

    Examples
    --------
    >>> ratio_rows(0, 2, 2.0, 4.0, 3)
    array([[ 1.,  0., -2.],
           [-1.,  0.,  4.]])
    """
    rows = []
    for bound, sign in ((low, 1.0), (high, -1.0)):
        if bound is not None:
            row = np.zeros(count)
            row[first], row[second] = sign, -sign * bound
            rows.append(row)
    return np.array(rows).reshape(-1, count)


def share_rows(first: int, low: float, high: float, count: int) -> FloatArray:
    """Return the rows of a weight from low to high per cent of the whole.

    Examples
    --------
    >>> share_rows(0, 20.0, 60.0, 2)
    array([[ 0.8, -0.2],
           [-0.4,  0.6]])
    """
    one = np.zeros(count)
    one[first] = 1.0
    return np.vstack([one - low / 100, high / 100 - one])


def compared_rows(answers: Answers) -> FloatArray:
    """Return the rows that give what is compared by ratio some weight: 0 has no ratio to 0."""
    count = len(answers.children)
    compared = {
        answers.place(name)
        for each in answers.judgements
        if each.kind in ("ratio", "trade-off")
        for name in (each.first, each.second)
        if name is not None
    }
    rows = [share_rows(place, 100 * HARDLY, 100.0, count)[0] for place in sorted(compared)]
    return np.array(rows).reshape(-1, count)


def rank_rows(answers: Answers) -> FloatArray:
    """Return the rows that put the children in the order of their ranks; equal ranks are equal."""
    ranks, count = np.array(answers.numbers), len(answers.children)
    rows = [
        _difference(first, second, count)
        for first in range(count)
        for second in range(count)
        if first != second and ranks[first] <= ranks[second]
    ]
    return np.array(rows).reshape(-1, count)

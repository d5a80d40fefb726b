"""What someone's answers leave open: which options can still be first, and what to ask next.

Answers are constraints on weights, so that giving weights and testing them are one model. Whether
an option is ahead for all weights that fit is exact; shares of those weights come from a sample.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from afweging.analysis.elicitation import elicit, too_many
from afweging.analysis.rescaling import changed_ranges
from afweging.analysis.screening import admissible_options
from afweging.analysis.weight_sets import answered_set
from afweging.analysis.weights import multiply_along_paths
from afweging.methods.aggregation import ordered_sum, weighted_sum
from afweging.methods.ranking import SCORE_TOLERANCE
from afweging.methods.weight_set import TOLERANCE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from afweging.analysis.elicitation import Elicited
    from afweging.model.preference import Profile
    from afweging.model.result import Comparison

    FloatArray = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]

DRAWS = 2000
RATIOS = (1.0, 1.5, 2.0, 3.0, 5.0)  # "at least so many times" that can be asked
NEARLY = 1e-6  # answers that hold within such a factor hold exactly
RARE = 0.02  # an answer that fits fewer of the weights is hardly a question


@dataclass(frozen=True, slots=True)
class NextQuestion:
    """Whether `first` counts at least `times` as much as `second`, and what the answer would do.

    `yes` and `no` are the shares of the weights that then fit in which the leading option is
    ahead of the runner-up; `likely` is the share of the weights that fit now and say yes.
    """

    group: str
    first: str
    second: str
    times: float
    likely: float
    yes: float
    no: float


@dataclass(frozen=True, slots=True)
class Undecided:
    """What the answers of one profile leave open.

    `shares` holds per option the share of the fitting weights for which it is first, largest
    first, none left out that occurs; ties count for each of the tied. `first` has the largest
    share. `second` is, by share, the next option that is ahead of it for some weights that fit;
    where there is none, `settled`, simply the next. `low` and `high` bound the lead of `first` over
    `second`, exactly. `question` is None where nothing that can be asked would tell the two apart
    better.
    """

    shares: tuple[tuple[str, float], ...]
    first: str
    second: str
    low: float
    high: float
    settled: bool
    question: NextQuestion | None
    draws: int
    seed: int


def undecided(
    comparison: Comparison, profile: Profile, *, draws: int = DRAWS, seed: int = 1
) -> Undecided | None:
    """Return what the answers of `profile` leave open about the options compared.

    None where there is nothing to say: the answers fix the weights, effects are missing, fewer
    than two options take part, the weights were given for other ranges, or a group has so many
    parts that not all weights that fit were listed.
    """
    tree = comparison.problem.tree
    allowed = np.array(comparison.admissible)
    if comparison.gaps or allowed.sum() < 2 or changed_ranges(tree, profile):
        return None
    elicited = elicit(tree, profile)
    found = {each.answers.group.id: each for each in elicited}
    if all(len(each.points) < 2 for each in found.values()) or any(map(_is_cut, found.values())):
        return None
    names = admissible_options(comparison)
    values = comparison.scores.means.low[allowed]
    fitting = answered_set(tree, elicited)
    local = fitting.draw_local(draws, np.random.default_rng(seed))
    weights = multiply_along_paths(tree, local)
    scores = weighted_sum(values[None], weights[:, None, :])  # (K, A)
    first = scores >= scores.max(axis=1, keepdims=True) - SCORE_TOLERANCE
    share = first.mean(axis=0)
    order = sorted(range(len(names)), key=lambda a: (-share[a], -scores[:, a].mean(), names[a]))
    one, *others = order
    low, high = fitting.score_bounds(values[one] - values)  # (A,)
    rivals = [k for k in others if low[k] < -SCORE_TOLERANCE]
    two = (rivals or others)[0]
    ahead = scores[:, one] >= scores[:, two] - SCORE_TOLERANCE
    return Undecided(
        shares=tuple((names[a], float(share[a])) for a in order if share[a] > 0),
        first=names[one],
        second=names[two],
        low=float(low[two]),
        high=float(high[two]),
        settled=not rivals,
        question=_best_question(found, local, ahead),
        draws=draws,
        seed=seed,
    )


def _is_cut(each: Elicited) -> bool:
    """Return whether more weights can fit the answers about a group than are listed."""
    bounds = each.answers.profile.method == "statements" and not each.answers.numbers
    return too_many(each.answers) and (bounds or each.factor > 1 + NEARLY)


def _best_question(
    found: Mapping[str, Elicited], local: Mapping[str, FloatArray], ahead: BoolArray
) -> NextQuestion | None:
    """Return the question whose answer tells most about who of two is ahead, in bits."""
    best, most = None, 1e-3
    for question, says_yes in _candidates(found, local):
        likely = float(says_yes.mean())
        yes, no = float(ahead[says_yes].mean()), float(ahead[~says_yes].mean())
        gain = _bits(float(ahead.mean())) - likely * _bits(yes) - (1 - likely) * _bits(no)
        if gain > most + 1e-9:
            most = gain
            best = NextQuestion(*question, likely=likely, yes=yes, no=no)
    return best


def _candidates(
    found: Mapping[str, Elicited], local: Mapping[str, FloatArray]
) -> Iterator[tuple[tuple[str, str, str, float], BoolArray]]:
    """Yield what can be asked about two parts of a group, and which draws say yes to it.

    What all weights that fit agree about is no question: on its edge draws differ by rounding.
    """
    for group, each in found.items():
        children = tuple(zip(each.answers.children, each.points.T, strict=True))
        for (first, one), (second, two), times in product(children, children, RATIOS):
            margins = one - times * two  # (V,)
            if first != second and margins.min() < -TOLERANCE and margins.max() > TOLERANCE:
                says_yes = local[first] >= times * local[second]
                if RARE <= says_yes.mean() <= 1 - RARE:
                    yield (group, first, second, times), says_yes


def _bits(share: float) -> float:
    """Return the uncertainty of a yes-or-no, in bits: 1 at one half, 0 at none and all."""
    if share <= 0 or share >= 1:
        return 0.0
    parts = np.array([share, 1 - share])
    return float(-ordered_sum(parts * np.log2(parts)))

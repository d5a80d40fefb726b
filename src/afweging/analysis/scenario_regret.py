"""Against whom regret is measured, how it changes without an option, and what less of it costs.

Regret per scenario and per case is that of the comparison; only options that meet the
requirements take part. A scenario without weight does count in the greatest regret.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from afweging.analysis.screening import admissible_options
from afweging.methods.aggregation import ordered_sum
from afweging.methods.ranking import SCORE_TOLERANCE, leaders
from afweging.methods.robustness import regret, worst_states
from afweging.model.result import Regret, Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from afweging.model.result import Axis, Comparison

    FloatArray = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class GroupRegret:
    """Regret per region or per horizon: `regret` has shape (groups, options)."""

    axis: Axis
    groups: tuple[str, ...]
    regret: FloatArray
    greatest: tuple[Regret, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """Where the regret of the others is measured against one option: where its score is highest.

    Options that tie set the bar together, and it counts for each. `share` is by weight of all
    cases, `within` by weight of the cases of each scenario.
    """

    option: str
    scenarios: tuple[str, ...]
    cases: int
    share: float
    within: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Drop:
    """What becomes of the greatest regret over the scenarios when one option is not there.

    `greatest` is in the order of `options`, None for the option itself; `least` has the least of
    these. `reverses` says that the choice changes although who was chosen is still there.
    """

    option: str
    greatest: tuple[float | None, ...]
    least: tuple[str, ...]
    reverses: bool


@dataclass(frozen=True, slots=True)
class Trade:
    """The expected score and the greatest regret over the scenarios of one option.

    `scenarios` are those of the greatest regret. `dominated_by` are the options that have no
    lower score and no greater regret, and one of the two better.
    """

    option: str
    expected: float
    regret: float
    scenarios: tuple[str, ...]
    dominated_by: tuple[str, ...]


def _taking_part(comparison: Comparison, scores: FloatArray) -> FloatArray:
    """Return the columns of the options that meet the requirements."""
    return np.asarray(scores[..., np.array(comparison.admissible)])


def group_regret(comparison: Comparison, axis: Axis) -> GroupRegret:
    """Return the regret per region or per horizon, among the options that take part."""
    options = admissible_options(comparison)
    scores = _taking_part(comparison, comparison.scores.axes[axis].low)
    groups = comparison.cases.ids[axis]
    found = regret(scores, scores)[0]
    found.setflags(write=False)
    where, most = worst_states(found, found, lowest=False), found.max(axis=0)
    greatest = tuple(
        Regret(option, Span(float(most[a]), float(most[a])), _named(groups, where[:, a]))
        for a, option in enumerate(options)
    )
    return GroupRegret(axis, groups, found, greatest)


def bars(comparison: Comparison) -> tuple[Bar, ...]:
    """Return where each option has the highest score, those that never have it included."""
    options = admissible_options(comparison)
    scores = _taking_part(comparison, comparison.scores.cases.low)
    first, _ = leaders(scores, scores)  # (S, A)
    cases, setters = comparison.cases, comparison.first.axes["scenario"]
    shares = ordered_sum(np.where(first, comparison.weights.cases[:, None], 0.0), axis=0)
    within = np.multiply.outer(cases.weights["region"], cases.weights["horizon"]).ravel()
    parts = np.where(first.reshape(len(setters), len(within), -1), within[None, :, None], 0.0)
    per_scenario = ordered_sum(parts, axis=1)  # (scenarios, A)
    return tuple(
        Bar(
            option=option,
            scenarios=tuple(each.of for each in setters if option in each.alternatives),
            cases=int(first[:, a].sum()),
            share=min(float(shares[a]), 1.0),  # rounding
            within=tuple(np.minimum(per_scenario[:, a], 1.0).tolist()),
        )
        for a, option in enumerate(options)
    )


def least_regret(comparison: Comparison) -> tuple[str, ...]:
    """Return who has the least greatest regret over the scenarios; several where they tie."""
    greatest = [each.span.low for each in comparison.regret.over_scenarios]
    return _least(admissible_options(comparison), np.array(greatest))


def drops(comparison: Comparison) -> tuple[Drop, ...]:
    """Return what becomes of the greatest regret without each option; nothing for one option."""
    options = admissible_options(comparison)
    scores = _taking_part(comparison, comparison.scores.axes["scenario"].low)
    if len(options) == 1:
        return ()
    least = least_regret(comparison)
    return tuple(_drop(options, scores, a, least) for a in range(len(options)))


def _drop(options: tuple[str, ...], scores: FloatArray, a: int, least: tuple[str, ...]) -> Drop:
    others = np.delete(scores, a, axis=1)
    greatest = regret(others, others)[0].max(axis=0)
    left = options[:a] + options[a + 1 :]
    chosen = _least(left, greatest)
    stay = tuple(name for name in least if name != options[a])
    listed: list[float | None] = list(greatest.tolist())
    listed.insert(a, None)
    return Drop(options[a], tuple(listed), chosen, reverses=bool(stay) and chosen != stay)


def _least(options: tuple[str, ...], numbers: FloatArray) -> tuple[str, ...]:
    return _named(options, numbers <= numbers.min() + SCORE_TOLERANCE)


def trades(comparison: Comparison) -> tuple[Trade, ...]:
    """Return expected score against greatest regret, the highest score first."""
    options = admissible_options(comparison)
    greatest = {each.alternative: each for each in comparison.regret.over_scenarios}
    expected = _taking_part(comparison, comparison.scores.expected.low)
    regrets = np.array([greatest[option].span.low for option in options])
    gain = np.stack([expected[None, :] - expected[:, None], regrets[:, None] - regrets[None, :]])
    never_worse = np.all(gain >= -SCORE_TOLERANCE, axis=0)  # (2, A, A) -> (A, A), of the second
    better: BoolArray = np.asarray(never_worse & np.any(gain > SCORE_TOLERANCE, axis=0))
    found = [
        Trade(
            option=option,
            expected=float(expected[a]),
            regret=float(regrets[a]),
            scenarios=greatest[option].states,
            dominated_by=_named(options, better[a]),
        )
        for a, option in enumerate(options)
    ]
    return tuple(sorted(found, key=lambda trade: -trade.expected))


def _named(names: tuple[str, ...], chosen: BoolArray) -> tuple[str, ...]:
    return tuple(name for name, each in zip(names, chosen, strict=True) if each)

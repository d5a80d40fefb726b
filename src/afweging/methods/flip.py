"""The smallest change that lets one alternative catch up with others, with its certificate.

Changes of all weights together within W, the weights w >= 0 that keep their sum and have
rows @ w >= 0 (see `weight_set`). Being level counts.
Knows nothing about names.

The certificate is weak duality. Pulls of 0 or more on gains, rows and weights make a force
f = pulls @ [gains; rows; I], and f @ w' >= 0 for every w' in W without a negative gain. So a
change has to gain -f @ w, and one of size 1 gains at most the reach of f: no change is smaller
than the quotient, whatever a solver did.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from afweging.methods.aggregation import ordered_sum
from afweging.methods.conflict import is_feasible
from afweging.methods.minimal_change import NOTHING, change_to_beat
from afweging.methods.ranking import SCORE_TOLERANCE
from afweging.methods.weight_set import TOLERANCE

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    Rows = FloatArray | None
    Found = tuple[FloatArray, FloatArray]  # weights, and the pulls that prove them


ROUNDS = 5
SOLVER = {
    "presolve": False,  # it finds that nothing fits where the set of weights is thin
    "primal_feasibility_tolerance": 1e-10,
    "dual_feasibility_tolerance": 1e-10,
}


@dataclass(frozen=True, slots=True, eq=False)
class Flip:
    """The nearest weights that fit and let the challenger catch up.

    Attributes
    ----------
    weights : ndarray of shape (C,)
    distance : float
        How far they are from the weights of now, in the measure of the function.
    bound : float
        No weights that fit as exactly are nearer; below the distance where rounding decides.
    binding : tuple of int
        The rows of gains that are level at the new weights, within the tolerance of scores.
    """

    weights: FloatArray
    distance: float
    bound: float
    binding: tuple[int, ...]

    def __post_init__(self) -> None:
        self.weights.setflags(write=False)


@dataclass(frozen=True, slots=True, eq=False)
class Never:
    """The proof that for all weights that fit some gain is negative.

    Attributes
    ----------
    multipliers : ndarray of shape (m + r,), 0 or more
        One for each row of gains, adding up to 1, then one for each other row.
    most : float
        The largest entry of multipliers @ [gains; rows], below 0: so is a mean of the gains then.
    """

    multipliers: FloatArray
    most: float

    def __post_init__(self) -> None:
        self.multipliers.setflags(write=False)


class _Measure(NamedTuple):
    solve: Callable[[FloatArray, FloatArray], Found]
    size: Callable[[FloatArray], float]
    reach: Callable[[FloatArray], float]  # the most f @ d for a d of size 1 that adds up to 0


def flip_l1(gains: FloatArray, weights: FloatArray, *, rows: Rows = None) -> Flip | Never:
    """Return the weights with the least weight moved for which no gain is negative.

    The distance is half the L1 norm, the share of all weight that moves. With one gain and no
    rows criteria that do equally well share the change; else one of several may come back.

    Parameters
    ----------
    gains : ndarray of shape (m, C)
        Value of the challenger less that of each rival, per criterion.
    weights : ndarray of shape (C,)
        The weights of now, adding up to 1. They need not fit the rows.
    rows : ndarray of shape (r, C), optional
        The weights that fit have rows @ w >= 0; by default all do.

    References
    ----------
    Ríos Insua and French (1991), A framework for sensitivity analysis in discrete multi-objective
    decision-making, EJOR 54(2). Bound and proof of `Never`: own choice, linear duality.

    Examples
    --------
    >>> gains, weights = np.array([[-0.6, 0.5, -0.1]]), np.array([0.6, 0.2, 0.2])
    >>> flip = flip_l1(gains, weights)
    >>> flip.weights.round(4), round(flip.distance, 4), round(flip.bound, 4), flip.binding
    (array([0.3455, 0.4545, 0.2   ]), 0.2545, 0.2545, (0,))
    >>> flip_l1(gains, weights, rows=np.array([[1.0, -1.0, 0.0]])).most < 0  # never
    True
    """
    if len(gains) == 1 and (rows is None or not len(rows)):
        _check(gains, weights, rows)
        return _flip_one(gains[0], weights)
    return _flip(gains, weights, rows, _L1)


def flip_linf(gains: FloatArray, weights: FloatArray, *, rows: Rows = None) -> Flip | Never:
    """Return the weights for which no gain is negative and the largest change of any is least.

    The distance is the L-infinity norm: no weight changes by more. With one gain and no rows
    criteria that do equally well change alike as far as they can; else one of several may come
    back.

    Parameters
    ----------
    gains, weights, rows : as for `flip_l1`

    References
    ----------
    As `flip_l1`, with the L-infinity norm; closed form for one gain: own derivation.

    Examples
    --------
    >>> flip = flip_linf(np.array([[-0.6, 0.5, -0.1, 0.4]]), np.array([0.6, 0.2, 0.2, 0.0]))
    >>> flip.weights.round(4), round(flip.distance, 4), round(flip.bound, 4)
    (array([0.425, 0.375, 0.025, 0.175]), 0.175, 0.175)
    """
    return _flip(gains, weights, rows, _LINF)


def flip_l2(gains: FloatArray, weights: FloatArray, *, rows: Rows = None) -> Flip | Never:
    """Return the nearest weights, in a straight line, for which no gain is negative.

    The distance is the L2 norm. No other weights are as near.

    Parameters
    ----------
    gains, weights, rows : as for `flip_l1`

    References
    ----------
    As `flip_l1`, with the L2 norm. Lawson and Hanson (1974), Solving Least Squares Problems,
    chapter 23: least distance programming.

    Examples
    --------
    >>> flip = flip_l2(np.array([[-0.6, 0.5, -0.1]]), np.array([0.6, 0.2, 0.2]))
    >>> flip.weights.round(4), round(flip.distance, 4), round(flip.bound, 4)
    (array([0.3538, 0.4615, 0.1846]), 0.3595, 0.3595)
    """
    return _flip(gains, weights, rows, _L2)


def _check(gains: FloatArray, weights: FloatArray, rows: Rows) -> FloatArray:
    """Return the rows, of shape (r, C), after a check of everything."""
    asked = np.empty((0, len(weights))) if rows is None else rows
    if gains.ndim != 2 or not gains.shape[1] == asked.shape[1] == len(weights) > 0:
        raise ValueError("gains and rows have a column for each weight")
    if not all(np.isfinite(each).all() for each in (gains, asked, weights)):
        raise ValueError("a gain, a row or a weight is not a number")
    if (weights < 0).any() or abs(weights.sum() - 1) > TOLERANCE:
        raise ValueError("weights are 0 or more and add up to 1")
    return asked


def _flip_one(gain: FloatArray, weights: FloatArray) -> Flip | Never:
    """Return the flip for one gain and no rows; the best pull is 1 / (largest gain - another)."""
    rivals = np.stack([gain, np.zeros_like(gain)])
    change = change_to_beat(rivals, weights, challenger=0, rival=1)
    if change is None:
        return Never(np.ones(1), float(gain.max()))
    steps = gain.max() - gain
    forces = gain / steps[steps > NOTHING, None]  # (pulls, C)
    forces = np.maximum(forces, forces.max(axis=1, keepdims=True) - 1)
    bound = float((-ordered_sum(forces * weights)).max(initial=0.0))
    new = np.maximum(change.weights, 0.0)  # rounding may leave -1e-17
    return Flip(new, change.moved, bound, _level(gain[None, :], new))


def _flip(gains: FloatArray, weights: FloatArray, rows: Rows, measure: _Measure) -> Flip | Never:
    asked = _check(gains, weights, rows)
    kept = (asked @ weights >= -TOLERANCE * _sizes(asked)[:, 0]).all()
    if kept and (gains @ weights >= -NOTHING).all():
        return Flip(weights.copy(), 0.0, 0.0, _level(gains, weights))
    if not len(asked) and gains.max(axis=1).min() < -NOTHING:
        return _beaten(gains)
    system = _unit(np.vstack([gains, asked]))
    found, pulls = measure.solve(system, weights)
    new = _fitting(system, found, weights)
    if new is None:
        return _never(gains, asked, weights)
    bound = _bound(system, weights, new - weights, pulls, measure)
    return Flip(new, measure.size(new - weights), bound, _level(gains, new))


def _bound(
    system: FloatArray, weights: FloatArray, change: FloatArray, pulls: FloatArray, by: _Measure
) -> float:
    """Return what the pulls prove: no change that fits as exactly as this one is smaller."""
    bounds = np.vstack([system, np.eye(len(weights))])
    force, left = pulls @ bounds, pulls @ np.maximum(-(bounds @ (weights + change)), 0.0)
    short, reach = -float(ordered_sum(force * weights) + left), by.reach(force)
    return short / reach if short > 0 and reach > 0 else 0.0


def _beaten(gains: FloatArray) -> Never:
    """Return the proof for gains of which one is negative whatever the weights."""
    greatest = gains.max(axis=1)
    one = int(np.argmin(greatest))
    return Never(np.eye(len(gains))[one], float(greatest[one]))


def _unit(rows: FloatArray) -> FloatArray:
    """Return the rows with largest entry 1 or -1; those that hold rounding only ask nothing."""
    sizes = _sizes(rows)
    return np.where(np.abs(rows).max(axis=1, initial=0.0, keepdims=True) > NOTHING, rows, 0) / sizes


def _sizes(rows: FloatArray) -> FloatArray:
    """Return the largest entry of each row, of shape (m, 1); 1 for rows of nothing."""
    size = np.abs(rows).max(axis=1, initial=0.0, keepdims=True)
    return np.where(size > NOTHING, size, 1.0)


def _level(gains: FloatArray, weights: FloatArray) -> tuple[int, ...]:
    return tuple(np.flatnonzero(np.abs(gains @ weights) <= SCORE_TOLERANCE).tolist())


def _fitting(system: FloatArray, found: FloatArray, weights: FloatArray) -> FloatArray | None:
    """Return what was found if it fits, else the nearest to that, or to the weights; or None."""
    total = weights.sum()
    new = np.maximum(found, 0.0)
    for start in (new + (total - new.sum()) / len(new), weights):
        if _fits(system, new, total):
            return new
        new = np.maximum(_nearest(system, start)[0], 0.0)
    return new if _fits(system, new, total) else None


def _fits(system: FloatArray, weights: FloatArray, total: float) -> bool:
    return bool((system @ weights >= -NOTHING).all()) and abs(weights.sum() - total) <= NOTHING


def _program(system: FloatArray, weights: FloatArray, sizes: FloatArray) -> Found:
    """Return the weights for which |w' - w| <= sizes @ u and the sum of u is least, if found."""
    from scipy.optimize import linprog  # type: ignore[import-untyped]  # noqa: PLC0415

    (m, count), k = system.shape, sizes.shape[1]
    eye, none = np.eye(count), np.zeros((m, k))
    result = linprog(
        np.repeat([0.0, 1.0], [count, k]),  # w' of shape (C,), then u of shape (K,)
        A_ub=np.block([[-system, none], [eye, -sizes], [-eye, -sizes]]),
        b_ub=np.concatenate([np.zeros(m), weights, -weights]),
        A_eq=np.repeat([[1.0, 0.0]], [count, k], axis=1),
        b_eq=[weights.sum()],
        options=SOLVER,
    )
    if result.status != 0:
        return weights, np.zeros(m + count)
    pulls = np.append(-result.ineqlin.marginals[:m], result.lower.marginals[:count])
    return result.x[:count], np.maximum(pulls, 0.0)


def _even(gain: FloatArray, weights: FloatArray) -> Found:
    """Return the weights with the least largest change for which one gain is not negative.

    With no change above t, and at price p on weight, what is gained is at most
    room_p(t) = sum_c t max(0, gain_c - p) + min(t, w_c) max(0, p - gain_c), in straight lines
    between the weights. The least of these over the prices p = gain_j is what can be gained.
    """
    missing = -float(ordered_sum(gain * weights))
    above = np.maximum(gain - gain[:, None], 0.0)  # (prices, C)
    below = np.maximum(gain[:, None] - gain, 0.0)
    knots = np.concatenate([[0.0], np.sort(weights), [1.0]])  # values of t, (T,)
    given = np.minimum(knots[:, None], weights)[None] * below[:, None, :]  # (prices, T, C)
    room = knots * ordered_sum(above)[:, None] + ordered_sum(given)  # (prices, T)
    steps = [float(np.interp(min(missing, most[-1]), *_rising(most, knots))) for most in room]
    j = int(np.argmax(steps))
    change = _step(gain - gain[j], weights, steps[j])
    pulls = np.append(1.0, np.where(weights < steps[j], below[j], 0.0))
    return weights + change, pulls


def _rising(room: FloatArray, knots: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return room and knots up to where the room, which never falls, has all it will have."""
    end = int(np.argmax(room >= room[-1] - NOTHING)) + 1
    return room[:end], knots[:end]


def _step(gain: FloatArray, weights: FloatArray, size: float) -> FloatArray:
    """Return the change, none above the size, that gains most; gains of 0 close the sum."""
    giving = np.minimum(weights, size)
    level = np.abs(gain) <= NOTHING
    change = np.where(level, 0.0, np.where(gain > 0, size, -giving))
    rest = -float(ordered_sum(change))
    part = np.where(level, giving if rest < 0 else 1.0, 0.0)
    total = float(ordered_sum(part))
    return change + (rest * part / total if total > 0 else 0.0)


def _nearest(system: FloatArray, weights: FloatArray) -> Found:
    """Return the weights that are nearest in a straight line; where none fit, only pulls.

    The pulls, 0 or more, have the least norm of [pulls @ lines, 1 - pulls @ missing]: 0 only
    where no weights fit. They say which bounds hold the weights back, and the nearest point on
    these is computed anew. The first round is in units of 1, the others of the distance itself,
    until the pulls prove that nothing is nearer; else the round that proves most comes back.
    """
    from scipy.optimize import nnls  # noqa: PLC0415

    bounds, target = np.vstack([system, np.eye(len(weights))]), np.eye(len(weights) + 1)[-1]
    lines, missing = bounds - bounds.mean(axis=1, keepdims=True), -(bounds @ weights)
    scale, most, best = 1.0, -1.0, (weights, np.zeros(len(bounds)))
    for _ in range(ROUNDS):
        pulls = np.asarray(nnls(np.vstack([lines.T, missing / scale]), target)[0])
        step = np.asarray(np.linalg.lstsq(lines[pulls > 0], missing[pulls > 0])[0])
        fits = bool((bounds @ (weights + step) >= -NOTHING).all())
        proved = _bound(system, weights, step, pulls, _L2) if fits else -1.0
        if proved >= most:
            most, best = proved, (weights + step, pulls)
        if fits and proved >= _L2.size(step) - NOTHING:
            break
        scale = min(max(float(np.linalg.norm(step) or missing.max()), NOTHING), 1.0)
    return best


def _never(gains: FloatArray, asked: FloatArray, weights: FloatArray) -> Never:
    """Return the proof that some gain is always negative, checked for the rows as they are."""
    if not is_feasible(asked, count=len(weights)):
        raise ValueError("no weights fit the rows")
    every = np.vstack([gains, asked])
    pulls = _nearest(_unit(every), weights)[1]
    multipliers = pulls[: len(every)] / _sizes(every)[:, 0]
    multipliers /= multipliers[: len(gains)].sum() or 1.0
    most = float((multipliers @ every).max())
    if most >= 0:
        raise RuntimeError(f"neither a flip nor a proof that there is none: {most}")
    return Never(multipliers, most)


_L1 = _Measure(
    solve=lambda system, weights: _program(system, weights, np.eye(len(weights))),
    size=lambda change: float(ordered_sum(np.abs(change)) / 2),
    reach=lambda force: float(np.ptp(force)),
)
_LINF = _Measure(
    solve=lambda system, weights: (
        _even(system[0], weights)
        if len(system) == 1
        else _program(system, weights, np.ones((len(weights), 1)))
    ),
    size=lambda change: float(np.abs(change).max()),
    reach=lambda force: float(ordered_sum(np.abs(force - np.median(force)))),
)
_L2 = _Measure(
    solve=_nearest,
    size=lambda change: float(np.linalg.norm(change)),
    reach=lambda force: float(np.linalg.norm(force - force.mean())),
)

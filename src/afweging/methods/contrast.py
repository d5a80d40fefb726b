"""Weights that only the spread of the data gives: a contrast to what people find, no preference.

A criterion on which the alternatives hardly differ gets little weight here, however much it
matters to anyone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from afweging.methods.aggregation import correlations, ordered_sum

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]

FLAT = 1e-12  # of a range, relative to the largest number in the column


def entropy_weights(effects: FloatArray) -> FloatArray | None:
    """Return weights in proportion to 1 minus the entropy of each column.

    The variant: shares p_ij = x_ij / sum_i x_ij of the effects themselves, whatever their
    direction, and e_j = -sum_i p_ij ln p_ij / ln A, with 0 ln 0 = 0. So it depends on where the
    zero of each scale is.

    Parameters
    ----------
    effects : ndarray of shape (A, C), 0 or more, in the unit of each criterion

    Returns
    -------
    ndarray of shape (C,) or None
        A constant column gets 0; None where all columns are constant.

    References
    ----------
    Hwang and Yoon (1981), Multiple Attribute Decision Making, section 4.2 (Zeleny 1974).

    Examples
    --------
    >>> entropy_weights(np.array([[10.0, 5.0, 3.0], [10.0, 5.0, 3.0], [20.0, 5.0, 1.0]])).round(3)
    array([0.384, 0.   , 0.616])
    """
    if (_checked(effects) < 0).any():
        raise ValueError("entropy weights need effects of 0 or more")
    varies = _varies(effects)
    total = ordered_sum(effects, axis=0)
    share = effects / np.where(total > 0, total, 1.0)
    logs = np.log(np.where(share > 0, share, 1.0))
    entropy = -ordered_sum(share * logs, axis=0) / np.log(max(len(effects), 2))
    return _normalised(np.where(varies, np.maximum(1 - entropy, 0.0), 0.0))


def critic_weights(effects: FloatArray, *, higher_is_better: BoolArray) -> FloatArray | None:
    """Return weights in proportion to spread times conflict, s_j sum_k (1 - r_jk).

    The effects are first put on [0, 1], from the worst to the best that occurs; s is the standard
    deviation and r the Pearson correlation. Constant columns take no part, so that they change
    nothing for the others.

    Parameters
    ----------
    effects : ndarray of shape (A, C), in the unit of each criterion
    higher_is_better : ndarray of shape (C,)

    Returns
    -------
    ndarray of shape (C,) or None
        A constant column gets 0; None where no two columns that vary differ in direction or shape.

    References
    ----------
    Diakoulaki, Mavrotas and Papayannakis (1995), Determining objective weights in multiple
    criteria problems: the CRITIC method, Computers and Operations Research 22(7).

    Examples
    --------
    >>> effects = np.array([[61.0, 1.08, 4.33], [20.7, 0.26, 4.34], [9.0, 3.29, 1.65]])
    >>> critic_weights(effects, higher_is_better=np.array([True, True, True])).round(3)
    array([0.232, 0.439, 0.328])
    """
    if higher_is_better.shape != _checked(effects).shape[1:]:
        raise ValueError("every criterion has a direction")
    varies = _varies(effects)
    if not varies.any():
        return None
    low, span = effects.min(axis=0), np.where(varies, np.ptp(effects, axis=0), 1.0)
    upward = (effects - low) / span
    values = np.where(higher_is_better, upward, 1 - upward)[:, varies]
    deviation = values - ordered_sum(values, axis=0) / len(values)
    spread = np.sqrt(ordered_sum(deviation**2, axis=0) / len(values))
    conflict = ordered_sum(np.maximum(1 - correlations(values), 0.0))
    weights = np.zeros(len(varies))
    weights[varies] = spread * np.where(conflict > FLAT, conflict, 0.0)
    return _normalised(weights)


def _varies(effects: FloatArray) -> BoolArray:
    """Return per column whether it is more than constant with rounding."""
    scale = np.abs(effects).max(axis=0)
    return np.asarray(np.ptp(effects, axis=0) > FLAT * scale, dtype=np.bool_)


def _normalised(weights: FloatArray) -> FloatArray | None:
    total = float(ordered_sum(weights))
    return weights / total if total > 0 else None


def _checked(effects: FloatArray) -> FloatArray:
    if effects.ndim != 2 or 0 in effects.shape or not np.isfinite(effects).all():
        raise ValueError("effects are numbers of shape (A, C)")
    return effects

"""At which weight two alternatives change places. Closed form for the additive model."""

from __future__ import annotations

TOLERANCE = 1e-9  # of weights and of differences in value


def tipping_weight(difference: float, part: float, weight: float) -> float | None:
    """Return the weight of one part at which two alternatives tie, the others in proportion.

    With the weight of the part at t and all others scaled by (1 - t) / (1 - weight), the
    difference between the two is t * part + (1 - t) * rest.

    Parameters
    ----------
    difference : float
        Difference in score now.
    part : float
        Difference in value on the part itself, in [-1, 1].
    weight : float
        Weight of the part now, in [0, 1).

    Returns
    -------
    float or None
        The weight in [0, 1] at which the difference is 0; None where no weight makes it 0, where
        every weight does, or where the part has all the weight already (its rescaling is then
        undefined).

    References
    ----------
    Mareschal (1988), Weight stability intervals in multicriteria decision aid, EJOR 33(1).

    Examples
    --------
    >>> round(tipping_weight(0.1, -0.4, 0.25), 4)
    0.4
    """
    if weight >= 1 - TOLERANCE:
        return None
    rest = (difference - weight * part) / (1 - weight)
    if abs(rest - part) <= TOLERANCE:
        return None
    tip = rest / (rest - part)
    return min(max(tip, 0.0), 1.0) if -TOLERANCE <= tip <= 1 + TOLERANCE else None

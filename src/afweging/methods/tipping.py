"""At which share of a change something has tipped."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

HALVINGS = 40  # 2 ** -40 is below 1e-12


def tipping_share(tipped: Callable[[float], bool]) -> tuple[float, float]:
    """Return the least share at which it has tipped, and the greatest seen at which it has not.

    Found by halving, to 1e-12: once tipped it has to stay so for every larger share.

    Parameters
    ----------
    tipped : callable
        Whether a share in [0, 1] is enough; True for 1.

    Returns
    -------
    tuple of float
        Both 0 where a share of 0 is enough.

    References
    ----------
    Own choice.

    Examples
    --------
    >>> share, bound = tipping_share(lambda share: share**2 >= 0.25)
    >>> round(share, 9), 0 < share - bound < 1e-12
    (0.5, True)
    """
    if tipped(0.0):
        return 0.0, 0.0
    below, enough = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (below + enough) / 2
        below, enough = (below, middle) if tipped(middle) else (middle, enough)
    return enough, below

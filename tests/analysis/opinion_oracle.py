"""The formulae of other methods as their authors wrote them, written anew with plain numpy.

`x` is (A, C), `up` (C,) says of which criteria more is better, `w` (C,) adds up to 1. Every
function returns scores of shape (A,), higher is better.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from afweging.methods.ranking import SCORE_TOLERANCE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]
    BoolArray = NDArray[np.bool_]
    Method = Callable[[FloatArray, BoolArray, FloatArray], FloatArray]


def ranks(scores: FloatArray) -> list[int]:
    """Return competition ranks; what differs by rounding only ties."""
    return [1 + sum(b > a + SCORE_TOLERANCE for b in scores) for a in scores]


def tau_b(first: list[int], second: list[int]) -> float | None:
    """Return Kendall's tau-b, pair by pair."""
    together = apart = only_first = only_second = 0
    for i in range(len(first)):
        for k in range(i):
            a, b = first[i] - first[k], second[i] - second[k]
            together += a * b > 0
            apart += a * b < 0
            only_first += a != 0 and b == 0
            only_second += a == 0 and b != 0
    moved = together + apart
    size = ((moved + only_first) * (moved + only_second)) ** 0.5
    return (together - apart) / size if size else None


def best_share(x: FloatArray, up: BoolArray) -> FloatArray:
    """Return x / max where more is better, min / x where less is."""
    return np.asarray(np.where(up, x / x.max(axis=0), x.min(axis=0) / x))


def between(x: FloatArray, up: BoolArray) -> FloatArray:
    """Return the place between least and greatest, 1 is best; 0 where all are the same."""
    low, high = x.min(axis=0), x.max(axis=0)
    span = np.where(high > low, high - low, 1.0)
    return np.where(high > low, np.where(up, x - low, high - x) / span, 0.0)


def _signed(up: BoolArray) -> FloatArray:
    return np.where(up, 1.0, -1.0)


def weighted_sum(x: FloatArray, up: BoolArray, w: FloatArray) -> FloatArray:
    """Return sum w x."""
    assert up.all()
    return np.asarray((x * w).sum(axis=1))


def weighted_product(x: FloatArray, up: BoolArray, w: FloatArray) -> FloatArray:
    """Return the logarithm of the product of x ** w."""
    assert up.all()
    return np.asarray((np.log10(x) * w).sum(axis=1))


def waspas(x: FloatArray, up: BoolArray, w: FloatArray) -> FloatArray:
    """Zavadskas and others (2012): half the sum, half the product."""
    return np.asarray(0.5 * weighted_sum(x, up, w) + 0.5 * np.prod(x**w, axis=1))


def topsis(x: FloatArray, up: BoolArray, w: FloatArray) -> FloatArray:
    """Hwang and Yoon (1981): d- / (d+ + d-)."""
    v = x * w * _signed(up)
    plus = np.sqrt(((v - v.max(axis=0)) ** 2).sum(axis=1))
    minus = np.sqrt(((v - v.min(axis=0)) ** 2).sum(axis=1))
    return np.asarray(minus / (plus + minus))


def vikor_parts(
    x: FloatArray, up: BoolArray, w: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Opricovic and Tzeng (2004): S, R and Q with v = 0.5; lower is better."""
    low, high = x.min(axis=0), x.max(axis=0)
    moving = high > low
    far = w[moving] * (1 - between(x, up)[:, moving])
    s, r = (far.sum(axis=1), far.max(axis=1)) if moving.any() else np.zeros((2, len(x)))
    parts = [(p - p.min()) / (p.max() - p.min()) if p.max() > p.min() else 0 * p for p in (s, r)]
    return s, r, 0.5 * parts[0] + 0.5 * parts[1]


def vikor(x: FloatArray, up: BoolArray, w: FloatArray) -> FloatArray:
    """Return -Q."""
    return -vikor_parts(x, up, w)[2]


def multimoora(x: FloatArray, up: BoolArray, w: FloatArray) -> FloatArray:
    """Brauers and Zavadskas (2010): pairs won in two of three orders, without a tie in any."""
    signed = _signed(up)
    ratio = (x * w * signed).sum(axis=1)
    reference = np.where(up, x.max(axis=0), x.min(axis=0))
    far = -np.abs(w * (x - reference)).max(axis=1)
    form = (np.log(x) * signed).sum(axis=1)
    three = [ranks(scores) for scores in (ratio, far, form)]
    points = np.zeros(len(x))
    for i in range(len(x)):
        for k in range(len(x)):
            wins = [order[i] < order[k] for order in three]
            tied = any(order[i] == order[k] for order in three)
            points[i] += sum(wins) >= 2 and not tied
    return points


def copras(x: FloatArray, up: BoolArray, w: FloatArray) -> FloatArray:
    """Zavadskas and others (1994): Q = S+ + sum S- / (S- sum 1 / S-)."""
    plus, minus = (x * w * up).sum(axis=1), (x * w * ~up).sum(axis=1)
    return np.asarray(plus + minus.sum() / (minus * (1 / minus).sum()))


def ram(x: FloatArray, up: BoolArray, w: FloatArray) -> FloatArray:
    """Sotoudeh-Anvari (2023): the (2 + S-)th root of 2 + S+."""
    plus, minus = (x * w * up).sum(axis=1), (x * w * ~up).sum(axis=1)
    return np.asarray((2 + plus) ** (1 / (2 + minus)))


def edas(x: FloatArray, up: BoolArray, w: FloatArray) -> FloatArray:
    """Keshavarz Ghorabaee and others (2015): distance above and below the mean."""
    mean = x.mean(axis=0)
    ahead = (x - mean) / mean * _signed(up)
    above, below = (np.maximum(0, sign * ahead) @ w for sign in (1, -1))
    above = above / above.max() if above.max() > 0 else above
    below = below / below.max() if below.max() > 0 else below
    return np.asarray((above + 1 - below) / 2)


def mabac(x: FloatArray, up: BoolArray, w: FloatArray) -> FloatArray:
    """Pamucar and Cirovic (2015): distance to the geometric mean of w (n + 1)."""
    assert up.all()
    v = w * (x + 1)
    return np.asarray((v - np.prod(v, axis=0) ** (1 / len(x))).sum(axis=1))


def mairca(x: FloatArray, up: BoolArray, w: FloatArray) -> FloatArray:
    """Pamucar and others (2014): minus the total gap, 1 / A times sum w (1 - place)."""
    moving = x.max(axis=0) > x.min(axis=0)
    return np.asarray(-((1 - between(x, up)[:, moving]) @ w[moving]) / len(x))


def codas(x: FloatArray, up: BoolArray, w: FloatArray) -> FloatArray:
    """Keshavarz Ghorabaee and others (2016): distances to the worst point, tau = 0.02."""
    assert up.all()
    v = x * w
    far = v - v.min(axis=0)
    straight, blocks = np.sqrt((far**2).sum(axis=1)), np.abs(far).sum(axis=1)
    d, t = (each[:, None] - each[None, :] for each in (straight, blocks))
    return np.asarray((d + (np.abs(d) >= 0.02) * t).sum(axis=1))


DIRECT: Mapping[str, Method] = {
    "weighted_sum": weighted_sum,
    "aras": weighted_sum,
    "mabac": mabac,
    "weighted_product": weighted_product,
    "waspas": waspas,
    "topsis": topsis,
    "vikor": vikor,
    "multimoora": multimoora,
    "copras": copras,
    "ram": ram,
    "edas": edas,
    "mairca": mairca,
    "codas": codas,
}


def textbook(method: str, x: FloatArray, up: BoolArray, w: FloatArray) -> FloatArray:
    """Return the scores of a method on effects, normalised as it was published."""
    every = np.ones(len(w), dtype=bool)
    if method in {"weighted_sum", "weighted_product", "waspas", "codas"}:
        return DIRECT[method](best_share(x, up), every, w)
    if method == "aras":
        turned = np.where(up, x, 1 / x)
        return DIRECT[method](turned / turned.sum(axis=0), every, w)
    if method == "mabac":
        return DIRECT[method](between(x, up), every, w)
    if method in {"topsis", "multimoora"}:
        return DIRECT[method](x / np.sqrt((x**2).sum(axis=0)), up, w)
    if method in {"copras", "ram"}:
        return DIRECT[method](x / x.sum(axis=0), up, w)
    return DIRECT[method](x, up, w)


def electre2(x: FloatArray, up: BoolArray, w: FloatArray) -> list[int]:
    """Roy and Bertier (1971), as in Gomez and others (2004): the mean of two distillations."""
    count, span = len(x), (x.max(axis=0) - x.min(axis=0)).max()
    ahead = (x[:, None, :] - x[None, :, :]) * _signed(up)  # (A, A, C)
    agree = ((ahead >= -1e-12) * w).sum(axis=2)
    against = np.maximum(0, -ahead).max(axis=2) / span
    more = agree > agree.T + 1e-10
    strong = more & (
        ((agree >= 0.65 - 1e-9) & (against <= 0.65 + 1e-9))
        | ((agree >= 0.5 - 1e-9) & (against <= 0.35 + 1e-9))
    )
    weak = more & ~strong & (agree >= 0.35 - 1e-9) & (against <= 0.65 + 1e-9)

    def distil(over: BoolArray) -> list[int]:
        place, left, level = [0] * count, list(range(count)), 1
        while left:
            top = [i for i in left if not any(over[k, i] for k in left)] or left
            for i in top:
                place[i] = level
            left, level = [i for i in left if i not in top], level + 1
        return place

    down, turned = distil(strong | weak), distil((strong | weak).T)
    back = [max(turned) + 1 - place for place in turned]
    return ranks(-np.array([a + b for a, b in zip(down, back, strict=True)], dtype=float) / 2)

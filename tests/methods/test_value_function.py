from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.optimize import brentq  # type: ignore[import-untyped]

from afweging.methods.value_function import (
    curvature,
    exponential,
    lookup,
    piecewise_linear,
    position,
)

MIDPOINTS = [0.001, 0.0015, 0.02, 0.3, 0.4999, 0.5, 0.5 + 1e-12, 0.51, 0.7, 0.98, 0.999]


def test_position_of_a_cost_falls() -> None:
    """Where less is better, the worst reference is the larger one and still gets 0."""
    found = position(np.array([1500.0, 900.0, 0.0, 1800.0]), worst=1500, best=0)
    assert found.tolist() == pytest.approx([0, 0.4, 1, -0.2])


def test_position_has_no_negative_zero() -> None:
    """The worst reference gets 0, not -0, also where the scale falls."""
    assert math.copysign(1, position(np.array([40.0]), worst=40, best=-2)[0]) == 1


def test_piecewise_value_may_rise_and_fall() -> None:
    """Between points the value is on the line, beyond the ends it is that of the end."""
    points = [(1.0, 0.2), (3.0, 1.0), (7.0, 0.0)]
    found = piecewise_linear(np.array([0.0, 1.5, 3.0, 6.0, 9.0]), points=points)
    assert found.tolist() == pytest.approx([0.2, 0.4, 1.0, 0.25, 0.0])


@pytest.mark.parametrize("midpoint", MIDPOINTS)
@pytest.mark.parametrize(("worst", "best"), [(-3.0, 17.0), (1500.0, 0.0)])
def test_exponential_is_half_at_the_midvalue(midpoint: float, worst: float, best: float) -> None:
    """The value is 0.5 at the midvalue, 0 at worst, 1 at best, and rises all the way."""
    middle = worst + midpoint * (best - worst)
    levels = worst + np.linspace(0, 1, 401) * (best - worst)
    levels[-1] = best
    found = exponential(levels, worst=worst, best=best, midvalue=middle)
    half = exponential(np.array([middle]), worst=worst, best=best, midvalue=middle)[0]
    assert half == pytest.approx(0.5, abs=1e-9)
    assert found[0] == 0
    assert found[-1] == pytest.approx(1, abs=1e-15)
    assert found.max() <= 1 + 1e-15
    assert (np.diff(found) >= 0).all()


@pytest.mark.parametrize("midpoint", [0.001, 0.0371, 0.25, 0.45, 0.55, 0.81, 0.999])
def test_curvature_is_the_root(midpoint: float) -> None:
    """The curvature is the root that scipy's brentq finds for the same equation."""

    def miss(c: float) -> float:
        return math.expm1(-c * midpoint) / math.expm1(-c) - 0.5

    ends = (1e-6, 699.0) if midpoint < 0.5 else (-699.0, -1e-6)
    root = brentq(miss, *ends, xtol=1e-13, rtol=1e-14)
    assert curvature(midpoint) == pytest.approx(root, rel=1e-9)


def test_curvature_mirrors() -> None:
    """A midpoint as far above the middle bends as much the other way."""
    assert curvature(0.2) == pytest.approx(-curvature(0.8), rel=1e-12)


@pytest.mark.parametrize("midpoint", [0.0, 0.0009, 0.9991, 1.0, math.nan])
def test_curvature_refuses_a_step(midpoint: float) -> None:
    """A midpoint at or near an end is refused, not answered with a number."""
    with pytest.raises(ValueError, match="midpoint"):
        curvature(midpoint)


def test_lookup_gives_the_value_of_the_class() -> None:
    """Every class has its own value, in the order of the classes."""
    found = lookup(np.array([[2.0, 0.0], [1.0, 2.0]]), values=[0, 0.3, 1])
    assert found.tolist() == [[1, 0], [0.3, 1]]

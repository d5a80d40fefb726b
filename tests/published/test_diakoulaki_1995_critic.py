"""Pharmaceutical firms: CRITIC weights of three financial criteria.

Diakoulaki, D., Mavrotas, G. and Papayannakis, L. (1995). Determining objective weights in multiple
criteria problems: the CRITIC method. Computers and Operations Research 22(7), 763-770. The paper
prints two decimals; eight are those that scikit-criteria asserts for the same table.
"""

from __future__ import annotations

import numpy as np
import pytest

from afweging.methods.contrast import critic_weights

# profitability, market share, productivity; a row per firm
FIRMS = np.array(
    [
        [61.0, 1.08, 4.33],
        [20.7, 0.26, 4.34],
        [16.3, 1.98, 2.53],
        [9.0, 3.29, 1.65],
        [5.4, 2.77, 2.33],
        [4.0, 4.12, 1.21],
        [-6.1, 3.52, 2.10],
        [-34.6, 3.31, 0.98],
    ]
)


def test_published_weights() -> None:
    """The weights, 0.20, 0.48 and 0.32, to eight decimals; a loss is a number like any other."""
    found = critic_weights(FIRMS, higher_is_better=np.ones(3, dtype=bool))
    assert found is not None
    assert found == pytest.approx([0.20222554, 0.48090173, 0.31687273], abs=1e-8)


def test_a_cost_is_turned_round_first() -> None:
    """The same criterion written as a cost, with its sign turned, gets the same weight."""
    signs = np.array([1, -1, 1])
    found = critic_weights(FIRMS * signs, higher_is_better=signs > 0)
    assert found is not None
    assert found == pytest.approx([0.20222554, 0.48090173, 0.31687273], abs=1e-8)

"""Four alternatives, two criteria: SMAA-2 indices that can be worked out exactly.

Constructed case; definitions of Lahdelma, R. and Salminen, P. (2001), SMAA-2: stochastic
multicriteria acceptability analysis for group decision making, Operations Research 49(3), 444-454,
and Tervonen, T. and Lahdelma, R. (2007), Implementing stochastic multicriteria acceptability
analysis, EJOR 178, 500-513.

With w the weight of the first criterion A scores w, B 1 - w, C 0.4 and D 0.5 + 0.2 w. The lines
meet at w = 0.4 (A, C), 5/12 (B, D), 0.5 (A, B), 0.6 (B, C) and 5/8 (A, D), so that every share is a
sum of lengths between these. C is never first: its central weights do not exist.
"""

from __future__ import annotations

import numpy as np
import pytest

from afweging.methods.acceptability import tally_cases, tally_confidence
from afweging.methods.sampling import uniform_weights
from afweging.methods.weight_space import first_shares, rank_shares, share_ahead

VALUES = np.array([[1.0, 0.0], [0.0, 1.0], [0.4, 0.4], [0.7, 0.5]])
RANK_SHARES = np.array(
    [
        [0.375, 0.125, 0.1, 0.4],
        [5 / 12, 1 / 12, 0.1, 0.4],
        [0, 0, 0.8, 0.2],
        [5 / 24, 19 / 24, 0, 0],
    ]
)
WINNING = np.array(
    [
        [0, 0.5, 0.6, 0.375],
        [0.5, 0, 0.6, 5 / 12],
        [0.4, 0.4, 0, 0],
        [0.625, 7 / 12, 1, 0],
    ]
)
NONE = float("nan")
CENTRAL = np.array([[0.8125, 0.1875], [5 / 24, 19 / 24], [NONE, NONE], [25 / 48, 23 / 48]])


def test_exact_shares() -> None:
    """Volumes give rank acceptability, central weights and pairwise winning to the last digits."""
    assert rank_shares(VALUES) == pytest.approx(RANK_SHARES, abs=1e-12)
    assert first_shares(VALUES).shares == pytest.approx(RANK_SHARES[:, 0], abs=1e-12)
    assert first_shares(VALUES).central == pytest.approx(CENTRAL, abs=1e-12, nan_ok=True)
    assert share_ahead(VALUES[:, None] - VALUES[None]) == pytest.approx(WINNING, abs=1e-12)


def test_drawn_shares() -> None:
    """A hundred thousand draws come as near as such draws do; rows and columns add up to 1."""
    weights = uniform_weights(2, draws=100_000, rng=np.random.default_rng(2001))
    found = tally_cases(VALUES[None], weights)[0]
    assert found.rank_shares == pytest.approx(RANK_SHARES, abs=0.01)
    assert found.rank_shares.sum(axis=0) == pytest.approx(1)
    assert found.rank_shares.sum(axis=1) == pytest.approx(1)
    assert found.central_weights == pytest.approx(CENTRAL, abs=0.015, nan_ok=True)
    assert found.winning_shares == pytest.approx(WINNING, abs=0.01)
    assert found.ahead_counts[3, 2] == found.draws  # D above C, always


def test_confidence_factors() -> None:
    """For known effects those with central weights are first with them; C has no factor."""
    found = tally_confidence(VALUES[None], CENTRAL)
    assert found.factors == pytest.approx([1, 1, NONE, 1], nan_ok=True)

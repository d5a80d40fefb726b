"""Five criteria for the best job: eigenvector weights and their consistency.

Saaty, T.L. (2008). Decision making with the analytic hierarchy process. International Journal of
Services Sciences 1(1), 83-98, the comparison of the criteria of the best job. Weights are
published to three decimals; eigenvalue, index and further decimals were computed from the matrix.
"""

from __future__ import annotations

import numpy as np
import pytest

from afweging.methods.pairwise import (
    consistency_index,
    consistency_ratio,
    eigenvector_weights,
    geometric_mean_weights,
    principal_eigenvalue,
)
from afweging.methods.pairwise_repair import repairs

# flexibility, opportunities, security, reputation, salary
MATRIX = np.array(
    [
        [1, 1 / 4, 1 / 6, 1 / 4, 1 / 8],
        [4, 1, 1 / 3, 3, 1 / 7],
        [6, 3, 1, 4, 1 / 2],
        [4, 1 / 3, 1 / 4, 1, 1 / 7],
        [8, 7, 2, 7, 1],
    ]
)


def test_published_weights() -> None:
    """The weights as printed, and as computed to ten decimals."""
    found = eigenvector_weights(MATRIX)
    assert found == pytest.approx([0.036, 0.122, 0.262, 0.075, 0.506], abs=0.0006)
    expected = [0.0360501036, 0.1219027062, 0.2618926185, 0.0745528610, 0.5056017107]
    assert found == pytest.approx(expected, abs=1e-9)


def test_geometric_means() -> None:
    """The geometric means of the rows differ in the third decimal."""
    expected = [0.0351085448, 0.1185434228, 0.2714848334, 0.0721175914, 0.5027456077]
    assert geometric_mean_weights(MATRIX) == pytest.approx(expected, abs=1e-9)


def test_consistency() -> None:
    """The eigenvalue is 5.326 and the index 0.0816; over 1.12, the index Saaty uses, 0.0728."""
    assert principal_eigenvalue(MATRIX) == pytest.approx(5.3262809234, abs=1e-9)
    assert consistency_index(MATRIX) == pytest.approx(0.0815702309, abs=1e-9)
    assert consistency_index(MATRIX) / 1.12 == pytest.approx(0.0728305633, abs=1e-9)


def test_judgements_pass() -> None:
    """With the random index of Alonso and Lamata, 1.1086, the ratio passes too; no repair."""
    assert consistency_ratio(MATRIX) == pytest.approx(0.0815702309 / 1.1086, abs=1e-9)
    assert repairs(MATRIX) == ()

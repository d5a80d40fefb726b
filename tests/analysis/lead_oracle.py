"""What drives the lead of one option over another, by moments alone: no draws, no quadrature."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from afweging.analysis.effect_draws import even_levels, mean_values_at, scenario_values_at
from afweging.analysis.together import Factor
from afweging.model.criterion import Criterion

if TYPE_CHECKING:
    from afweging.model.criterion import Group
    from afweging.model.result import Comparison

    FloatArray = np.ndarray


def weight_moments(node: Group | Criterion) -> tuple[FloatArray, FloatArray]:
    """Return mean and second moments of the weights under a node, all sets equally likely.

    Local weights of n children are Dirichlet(1, ..., 1): E w_i = 1/n, E w_i w_j = (1 + d) / n(n+1).
    """
    if isinstance(node, Criterion):
        return np.ones(1), np.ones((1, 1))
    parts = [weight_moments(child) for child in node.children]
    n = len(parts)
    mean = np.concatenate([part[0] / n for part in parts])
    blocks = [
        [
            (2 * second if i == j else np.outer(first, other)) / (n * (n + 1))
            for j, (other, _) in enumerate(parts)
        ]
        for i, (first, second) in enumerate(parts)
    ]
    return mean, np.block(blocks)


def effect_shares(comparison: Comparison, a: int, b: int) -> tuple[FloatArray, float, float]:
    """Return the shares (2, C) of the variance at fixed weights, and the mean and deviation."""
    drawn = mean_values_at(comparison, even_levels(8000))[:, [a, b]]  # (U, 2, C)
    weights = comparison.weights.criteria
    terms = drawn.var(axis=0) * weights**2
    mean = (drawn[:, 0] - drawn[:, 1]).mean(axis=0) @ weights
    total = terms.sum()
    return terms / (total or 1.0), float(mean), float(np.sqrt(total))


def factor_shares(comparison: Comparison, a: int, b: int) -> dict[Factor, tuple[float, float]]:
    """Return first-order and total index of every factor when all vary together."""
    tree, share = comparison.problem.tree, comparison.cases.weights["scenario"]
    drawn = scenario_values_at(comparison, even_levels(1000), (a, b))  # (U, G, 2, C)
    level = drawn.mean(axis=0)
    gap = level[:, 0] - level[:, 1]  # (G, C)
    spread = share @ drawn.var(axis=0).sum(axis=1)  # (C,)
    overall = np.einsum("g,ugoc->uoc", share, drawn).var(axis=0).sum(axis=0)  # (C,)
    mean, second = weight_moments(tree)
    squares = np.einsum("g,gc,gd->cd", share, gap, gap) + np.diag(spread)  # E d_c d_c'
    centre = share @ gap  # E d_c
    settled = np.outer(centre, centre) + np.diag(overall)  # the same, the scenario averaged out
    variance = float((second * squares).sum() - (mean @ centre) ** 2)
    by_scenario = gap @ mean
    found = {
        Factor("scenario", ""): (
            share @ by_scenario**2 - (share @ by_scenario) ** 2,
            (second * (squares - settled)).sum(),
        )
    }
    for c, criterion in enumerate(comparison.problem.criteria):
        found[Factor("effects", criterion.id)] = (
            mean[c] ** 2 * overall[c],
            second[c, c] * spread[c],
        )
    found |= _weights(tree, gap, share, squares)
    return {
        factor: (float(first) / variance, float(total) / variance)
        for factor, (first, total) in found.items()
    }


def _weights(
    tree: Group, gap: FloatArray, share: FloatArray, squares: FloatArray
) -> dict[Factor, tuple[float, float]]:
    """Return the variances, first-order and total, of the weights of and within the lenses."""
    n, found = len(tree.children), {}
    products, centres, start = np.zeros((n, n)), np.zeros(n), 0
    inner = []  # the lead in each lens per scenario, at mean weights
    for k, lens in enumerate(tree.children):
        weight, moments = weight_moments(lens)
        here = slice(start, start + len(weight))
        start += len(weight)
        centre, around = (share @ gap)[here], moments - np.outer(weight, weight)
        within = (around * squares[here, here]).sum()
        found[Factor("within", lens.id)] = (
            centre @ around @ centre / n**2,
            2 / (n * (n + 1)) * within,
        )
        inner.append(gap[:, here] @ weight)
        products[k, k] = (moments * squares[here, here]).sum()
        centres[k] = centre @ weight
    for i in range(n):
        for j in range(n):
            if i != j:
                products[i, j] = share @ (inner[i] * inner[j])
    spread = (np.eye(n) + 1) / (n * (n + 1)) - 1 / n**2
    found[Factor("lenses", tree.id)] = (
        centres @ spread @ centres,
        (spread * products).sum(),
    )
    return found

"""The weights of a group from the best-worst answers of its members, with their uncertainty.

The model of Mohammadi and Rezaei (2020), Bayesian best-worst method: a probabilistic group
decision making model, Omega 96: answers are counts,

    a_B^k ~ Multinomial(in proportion to 1 / w^k),    a_W^k ~ Multinomial(w^k),
    w^k ~ Dirichlet(gamma w*),    w* ~ Dirichlet(0.01, ..., 0.01),    gamma ~ Gamma(0.1, 0.1),

with shape and rate. w* are the weights of the group. Its premise is one group around one centre:
two camps give a centre in which nobody may recognise themselves.

The sampler is our own. Two gamma variables per person make the weights of that person
independent given them, each with log-concave density; those are renewed by independence
Metropolis around the mode. gamma w* is renewed one logarithm at a time, then as a whole, and
then each w*_j together with the w^k_j of all people: in a group that agrees, neither moves alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from afweging.methods.best_worst import linear_weights
from afweging.methods.convergence import (
    EFFECTIVE_SIZE_LIMIT,
    R_HAT_LIMIT,
    effective_sample_size,
    split_r_hat,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from afweging.methods.best_worst import BestWorst

    FloatArray = NDArray[np.float64]

CENTRE_PRIOR = 0.01  # of each w*
SPREAD_SHAPE, SPREAD_RATE = 0.1, 0.1  # of gamma
TAILS = 4.0  # degrees of freedom of the Student proposal for a weight
GOOD_ACCEPTANCE = 0.44  # of a random walk in one dimension


@dataclass(frozen=True, slots=True, eq=False)
class GroupPosterior:
    """What the answers say about the weights of the group and of its members.

    Attributes
    ----------
    draws : ndarray of shape (M, T, n)
        Draws of w*, T from each of M chains.
    personal : ndarray of shape (P, n)
        The mean weights of each person, drawn towards the group.
    """

    draws: FloatArray
    personal: FloatArray

    @property
    def weights(self) -> FloatArray:
        """The mean of w*, shape (n,)."""
        return np.asarray(self.draws.mean(axis=(0, 1)), dtype=np.float64)

    @property
    def r_hat(self) -> FloatArray:
        """The split R-hat of each weight of the group, shape (n,)."""
        return split_r_hat(self.draws)

    @property
    def effective_size(self) -> FloatArray:
        """The number of independent draws of each weight of the group, shape (n,)."""
        return effective_sample_size(self.draws)

    @property
    def converged(self) -> bool:
        """Whether every weight has R-hat of at most 1.01 and is worth 400 draws or more."""
        agree = (self.r_hat <= R_HAT_LIMIT).all()
        return bool(agree and (self.effective_size >= EFFECTIVE_SIZE_LIMIT).all())


def group_posterior(
    given: BestWorst,
    *,
    rng: np.random.Generator,
    chains: int = 8,
    draws: int = 1000,
    warm_up: int = 500,
) -> GroupPosterior:
    """Return draws of the weights of the group, the same for the same state of `rng`.

    Parameters
    ----------
    given : BestWorst
        The answers of P people on n criteria, arrays of shape (P, n).
    rng : Generator
    chains, draws, warm_up : int
        M chains side by side, T draws from each after a warm-up that sets the steps.

    References
    ----------
    Mohammadi and Rezaei (2020), Omega 96.

    Examples
    --------
    >>> from afweging.methods.best_worst import answers
    >>> given = answers([[2, 1, 8], [3, 1, 9]], [[4, 8, 1], [3, 9, 1]], best=[1, 1], worst=[2, 2])
    >>> found = group_posterior(given, rng=np.random.default_rng(1), draws=200, warm_up=100)
    >>> credal_ranking(found).round(1)[1]
    array([0.9, 0. , 1. ])
    """
    if given.best_to_others.ndim != 2:
        raise ValueError("the group has answers of shape (P, n)")
    sampler = _Sampler(given, rng, chains)
    for step in range(warm_up):
        sampler.sweep(gain=1 / np.sqrt(step + 1))
    kept = np.empty((chains, draws, given.best_to_others.shape[1]))
    personal = np.zeros(given.best_to_others.shape)
    for step in range(draws):
        sampler.sweep(gain=0.0)
        kept[:, step] = sampler.centre
        personal += np.exp(sampler.logs).mean(axis=0) / draws
    return GroupPosterior(kept, personal)


def credal_ranking(found: GroupPosterior) -> FloatArray:
    """Return at [i, j] the probability that the group gives i more weight than j; 0 for i = j.

    References
    ----------
    Mohammadi and Rezaei (2020), Omega 96, definition of credal ordering.

    Examples
    --------
    >>> draws = np.array([[[0.6, 0.4], [0.3, 0.7], [0.8, 0.2], [0.9, 0.1]]])
    >>> credal_ranking(GroupPosterior(draws, draws[:, 0]))
    array([[0.  , 0.75],
           [0.25, 0.  ]])
    """
    ahead = found.draws[..., :, None] > found.draws[..., None, :]  # (M, T, n, n)
    return np.asarray(ahead.mean(axis=(0, 1)), dtype=np.float64)


def log_gamma(x: FloatArray) -> FloatArray:
    """Return the logarithm of the gamma function for x > 0, by Stirling's series at x + 8.

    Examples
    --------
    >>> np.exp(log_gamma(np.array([3.0, 5.0]))).round(6)
    array([ 2., 24.])
    """
    product = x * (x + 1) * (x + 2) * (x + 3) * (x + 4) * (x + 5) * (x + 6) * (x + 7)
    y = x + 8
    square = 1 / (y * y)
    series = (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680))) / y
    half_log = 0.5 * np.log(2 * np.pi)
    return np.asarray((y - 0.5) * np.log(y) - y + half_log + series - np.log(product))


class _Sampler:
    """M chains side by side: log weights of P people (M, P, n), and log gamma w* (M, n)."""

    def __init__(self, given: BestWorst, rng: np.random.Generator, chains: int) -> None:
        self.rng = rng
        self.tilt = given.others_to_worst - given.best_to_others  # (P, n)
        self.from_best = given.best_to_others.sum(axis=-1)  # (P,)
        self.to_worst = given.others_to_worst.sum(axis=-1)  # (P,)
        start = np.log(linear_weights(given).weights)
        people, size = start.shape
        # chains start apart, so that agreement says something
        self.logs = _log_shares(start + rng.normal(0, 0.5, (chains, people, size)))
        spread = rng.normal(np.log(20.0), 1.0, (chains, 1))
        self.centre_logs = self.logs.mean(axis=1) + spread
        self.steps = np.full(size + 1, 0.3)
        self.shifts = np.full(size, 0.1)

    @property
    def centre(self) -> FloatArray:
        """The weights of the group in each chain, shape (M, n)."""
        return np.exp(_log_shares(self.centre_logs))

    def sweep(self, *, gain: float) -> None:
        """Renew everything once; a positive gain moves the steps towards a good acceptance."""
        self._renew_people()
        self._renew_centre(gain)
        self._shift_all(gain)

    def _renew_people(self) -> None:
        """Renew the weights of every person, given gamma w*.

        With v = w V and V ~ Gamma(gamma), v are independent gammas before the answers; s and t
        turn the two normalising sums of the multinomials into products over criteria.
        """
        alpha = np.exp(self.centre_logs)[:, None, :]  # (M, 1, n)
        shape = self.logs.shape[:2]
        size = np.broadcast_to(alpha.sum(axis=-1), shape)
        total = np.maximum(self.rng.standard_gamma(size), 1e-300)
        v = np.exp(self.logs) * total[..., None]
        s = self.rng.standard_gamma(np.broadcast_to(self.to_worst, shape)) / total
        t = self.rng.standard_gamma(np.broadcast_to(self.from_best, shape)) / (1 / v).sum(axis=-1)
        # in x = log v the density is exp(power x - rise e^x - fall e^-x)
        new = self._log_concave(np.log(v), alpha + self.tilt, 1 + s[..., None], t[..., None])
        self.logs = _log_shares(new)

    def _log_concave(
        self, x: FloatArray, power: FloatArray, rise: FloatArray, fall: FloatArray
    ) -> FloatArray:
        """Return x after an independence step for density exp(power x - rise e^x - fall e^-x)."""
        root = np.sqrt(power**2 + 4 * rise * fall)  # minus the curvature at the mode
        above = np.where(power > 0, power + root, 4 * rise * fall / (root + np.abs(power)))
        mode = np.log(above / (2 * rise))
        at_rise, at_fall = rise * np.exp(mode), fall * np.exp(-mode)

        def excess(z: FloatArray) -> FloatArray:
            """Return log density over proposal, at z from the mode."""
            near = np.clip(z, -300.0, 300.0)
            density = power * z - at_rise * np.exp(near) - at_fall * np.exp(-near)
            return np.asarray(density + (TAILS + 1) / 2 * np.log1p(root * z * z / TAILS))

        old = x - mode
        new = self.rng.standard_t(TAILS, x.shape) / np.sqrt(root)
        accepted = np.log(1 - self.rng.random(x.shape)) < excess(new) - excess(old)
        return mode + np.where(accepted, new, old)

    def _renew_centre(self, gain: float) -> None:
        """Renew gamma w* one logarithm at a time, then gamma alone, given everyone's weights."""
        evidence = self.logs.sum(axis=1)  # (M, n)
        size = evidence.shape[1]
        directions = np.vstack([np.eye(size), np.ones(size)])
        noise = self.rng.normal(size=(size + 1, len(evidence), 1))
        height = np.log(1 - self.rng.random((size + 1, len(evidence))))
        now = self._centre_density(self.centre_logs, evidence)
        for at, direction in enumerate(directions):
            proposed = self.centre_logs + self.steps[at] * noise[at] * direction
            then = self._centre_density(proposed, evidence)
            accepted = height[at] < then - now
            self.centre_logs = np.where(accepted[:, None], proposed, self.centre_logs)
            now = np.where(accepted, then, now)
            self.steps[at] *= np.exp(gain * (accepted.mean() - GOOD_ACCEPTANCE))

    def _shift_all(self, gain: float) -> None:
        """Move the logarithm of one w*_j and of that weight of all people by the same amount."""
        chains, _, size = self.logs.shape
        noise = self.rng.normal(size=(size, chains))
        height = np.log(1 - self.rng.random((size, chains)))
        now = self._joint_density(self.centre_logs, self.logs)
        for at in range(size):
            step = np.zeros((chains, size))
            step[:, at] = self.shifts[at] * noise[at]
            centre = self.centre_logs + step
            logs = _log_shares(self.logs + step[:, None, :])
            then = self._joint_density(centre, logs)
            accepted = height[at] < then - now
            self.centre_logs = np.where(accepted[:, None], centre, self.centre_logs)
            self.logs = np.where(accepted[:, None, None], logs, self.logs)
            now = np.where(accepted, then, now)
            self.shifts[at] *= np.exp(gain * (accepted.mean() - GOOD_ACCEPTANCE))

    def _joint_density(self, centre_logs: FloatArray, logs: FloatArray) -> FloatArray:
        """Return the log density of everything, shape (M,), in log-ratios, up to a constant."""
        answered = np.einsum("mpn,pn->m", logs, self.tilt)
        answered -= np.log(np.exp(-logs).sum(axis=-1)) @ self.from_best
        return np.asarray(answered + self._centre_density(centre_logs, logs.sum(axis=1)))

    def _centre_density(self, logs: FloatArray, evidence: FloatArray) -> FloatArray:
        """Return the log density of log gamma w*, shape (M,), up to a constant.

        The priors of gamma and w* and the change of variables together give
        w*-prior sum log alpha + (shape - n w*-prior) log gamma - rate gamma.
        """
        alpha = np.exp(logs)
        gamma = alpha.sum(axis=-1)
        people, size = len(self.tilt), logs.shape[-1]
        likelihood = people * (log_gamma(gamma) - log_gamma(alpha).sum(axis=-1))
        likelihood = likelihood + (alpha * evidence).sum(axis=-1)
        power = SPREAD_SHAPE - size * CENTRE_PRIOR
        prior = CENTRE_PRIOR * logs.sum(axis=-1) + power * np.log(gamma) - SPREAD_RATE * gamma
        return np.asarray(likelihood + prior)


def _log_shares(logs: FloatArray) -> FloatArray:
    """Return logarithms shifted so that the numbers along the last axis add up to 1."""
    shifted = logs - logs.max(axis=-1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)))

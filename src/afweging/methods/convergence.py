"""Whether chains of a sampler agree, and how many independent draws they are worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    FloatArray = NDArray[np.float64]

# Vehtari, Gelman, Simpson, Carpenter and Burkner (2021), Rank-normalization, folding, and
# localization: an improved R-hat for assessing convergence of MCMC, Bayesian Analysis 16(2)
R_HAT_LIMIT = 1.01
EFFECTIVE_SIZE_LIMIT = 400.0


def split_r_hat(draws: FloatArray) -> FloatArray:
    """Return the potential scale reduction of chains cut in two: 1 where all halves agree.

    Parameters
    ----------
    draws : ndarray of shape (M, T, ...), T draws of M chains, T at least 4

    Returns
    -------
    ndarray of shape (...); 1 for a quantity that is the same in all draws

    References
    ----------
    Gelman et al. (2013), Bayesian Data Analysis, third edition, section 11.4.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> same, apart = rng.normal(size=(4, 500)), rng.normal(size=(4, 500)) + np.arange(4)[:, None]
    >>> float(split_r_hat(same).round(2)), float(split_r_hat(apart).round(1))
    (1.0, 1.5)
    """
    halves = _halves(draws)
    within, total = _variances(halves)
    flat = within <= 0
    return np.asarray(np.where(flat, 1.0, np.sqrt(total / np.where(flat, 1.0, within))))


def effective_sample_size(draws: FloatArray) -> FloatArray:
    """Return how many independent draws give the mean as precisely as these do.

    The sum of the autocorrelations is cut by the initial monotone sequence of Geyer (1992).

    Parameters
    ----------
    draws : ndarray of shape (M, T, ...), T draws of M chains, T at least 4

    Returns
    -------
    ndarray of shape (...); M T for a quantity that is the same in all draws

    References
    ----------
    Gelman et al. (2013), Bayesian Data Analysis, third edition, section 11.5.

    Examples
    --------
    >>> walk = np.random.default_rng(1).normal(size=(4, 1000)).cumsum(axis=1)
    >>> bool(effective_sample_size(walk) < 20)
    True
    """
    halves = _halves(draws)
    chains, length = halves.shape[:2]
    within, total = _variances(halves)
    flat = within <= 0
    covariance = _autocovariance(halves).mean(axis=0)  # (T, ...), chains averaged
    correlation = 1 - (within - covariance * length / (length - 1)) / np.where(flat, 1.0, total)
    correlation[0] = 1.0
    pairs = correlation[: length // 2 * 2].reshape(length // 2, 2, *within.shape).sum(axis=1)
    positive = np.minimum.accumulate(np.maximum(pairs, 0.0), axis=0)
    time = np.maximum(2 * positive.sum(axis=0) - 1, 1 / np.log10(chains * length))
    return np.asarray(np.where(flat, chains * length, chains * length / time))


def _halves(draws: FloatArray) -> FloatArray:
    """Return each chain as two, shape (2 M, T // 2, ...)."""
    length = draws.shape[1] // 2
    if length < 2:
        raise ValueError("convergence needs four draws per chain or more")
    return np.concatenate([draws[:, :length], draws[:, -length:]])


def _variances(chains: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the variance within chains, and the estimate that adds what is between them."""
    length = chains.shape[1]
    within = chains.var(axis=1, ddof=1).mean(axis=0)
    between = chains.mean(axis=1).var(axis=0, ddof=1)
    return np.asarray(within), np.asarray(within * (length - 1) / length + between)


def _autocovariance(chains: FloatArray) -> FloatArray:
    """Return the autocovariance of each chain at lags 0 to T - 1, along axis 1."""
    length = chains.shape[1]
    centred = chains - chains.mean(axis=1, keepdims=True)
    spectrum = np.fft.rfft(centred, n=2 * length, axis=1)
    power = np.fft.irfft(spectrum * np.conj(spectrum), n=2 * length, axis=1)
    return np.asarray(power[:, :length] / length, dtype=np.float64)

"""Group means drawn towards the grand mean by how little they rest on, and the limits of chance for a funnel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
NODES = 2001
"""Points of the quadrature for the probability of being best."""


@dataclass(frozen=True, eq=False)
class Shrunk:
    """Empirical-Bayes estimates of group means.

    Attributes
    ----------
    centre
        The grand mean: of groups, each weighed by its precision.
    sigma, tau
        Spread of stations within groups (pooled), and of the groups' own means beyond chance.
    means, spreads
        Shape (groups,): posterior means and standard deviations.
    trust
        Shape (groups,), from 0 to 1: how much a group's own mean weighs; the rest is the grand mean's.
    best
        Shape (groups,): the probability of having the highest mean.
    """

    centre: float
    sigma: float
    tau: float
    means: Floats
    spreads: Floats
    trust: Floats
    best: Floats


def shrink(means: Floats, counts: Floats, sigma: float) -> Shrunk:
    """Shrink the means of groups towards their grand mean.

    A normal mean of normal stations: mean_j ~ N(theta_j, sigma² / n_j) and theta_j ~ N(centre, tau²), with tau² by
    Paule and Mandel, so that it needs no guess to start from. The posterior spread holds the uncertainty of the centre,
    not that of sigma and tau.

    Parameters
    ----------
    means, counts
        Shape (groups,), two groups or more.
    sigma
        Pooled standard deviation of stations within groups.

    References
    ----------
    Paule & Mandel (1982), Consensus values and weighting factors. Efron & Morris (1975), Data analysis using Stein's
    estimator and its generalizations. Spiegelhalter (2005), Funnel plots for comparing institutional performance.

    Examples
    --------
    >>> found = shrink(np.array([92.0, 80.0, 78.0]), np.array([3.0, 40.0, 40.0]), 12.0)
    >>> found.means[0] < 92
    np.True_
    """
    own = sigma**2 / counts
    tau2 = _between(means, own)
    spread = own + tau2
    if tau2 == 0 and sigma == 0:
        weights = counts
        trust = np.ones(len(means))
    else:
        weights = 1 / spread
        trust = tau2 / spread
    centre = float((weights * means).sum() / weights.sum())
    shrunk = trust * means + (1 - trust) * centre
    of_centre = 1 / float(weights.sum()) if sigma or tau2 else 0.0
    spreads = np.sqrt(trust * own + (1 - trust) ** 2 * of_centre)
    return Shrunk(centre, sigma, float(np.sqrt(tau2)), shrunk, spreads, trust, best(shrunk, spreads))


def _between(means: Floats, own: Floats) -> float:
    """The variance of the groups' own means, by Paule and Mandel; 0 where chance explains all."""
    if not own.any():
        return float(means.var(ddof=1))

    def excess(tau2: float) -> float:
        weights = 1 / (own + tau2)
        centre = (weights * means).sum() / weights.sum()
        return float((weights * (means - centre) ** 2).sum()) - (len(means) - 1)

    if excess(0.0) <= 0:
        return 0.0
    low, high = 0.0, float(own.max() + means.var(ddof=1) * len(means))
    while excess(high) > 0:
        high *= 2
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if excess(middle) > 0 else (low, middle)
    return (low + high) / 2


def best(means: Floats, spreads: Floats) -> Floats:
    """The probability that each of several independent normals is the highest; equal certain ones share it.

    Parameters
    ----------
    means, spreads
        Shape (groups,).

    Returns
    -------
    ndarray
        Shape (groups,), summing to 1.

    Examples
    --------
    >>> best(np.array([1.0, 1.0]), np.array([2.0, 2.0])).round(6).tolist()
    [0.5, 0.5]
    """
    from scipy.special import ndtr

    if not spreads.any():
        first = means == means.max()
        return np.asarray(first / first.sum())
    spreads = np.maximum(spreads, spreads.max() * 1e-3)
    reach = 8 * spreads
    found = np.empty(len(means))
    for j, (middle, spread) in enumerate(zip(means.tolist(), spreads.tolist(), strict=True)):
        x = np.linspace(middle - reach[j], middle + reach[j], NODES)
        below = ndtr((x[:, None] - means[None, :]) / spreads[None, :])
        below[:, j] = np.exp(-(((x - middle) / spread) ** 2) / 2)
        found[j] = below.prod(axis=1).sum() / spread * (x[1] - x[0])
    return np.asarray(found / found.sum(), dtype=np.float64)

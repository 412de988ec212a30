"""Kappas: agreement on categories beyond what chance gives, for two raters or several."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal, TypeAlias

import numpy as np

from stationeval.analysis.agreement_matrix import Floats, Ints, Label, labels, positions
from stationeval.analysis.agreement_results import Coefficient, bootstrap, checked_confidence
from stationeval.errors import InputError, Problem

Weights: TypeAlias = Literal["linear", "quadratic"]
WEIGHTS: tuple[Weights, ...] = ("linear", "quadratic")


def cohen_kappa(ratings: Any, *, boot: int = 0, seed: int | None = None, confidence: float = 0.95) -> Coefficient:
    """Cohen's kappa of two raters: κ = (p_o − p_e) / (1 − p_e).

    p_o is the share of units in one category for both raters, p_e = Σ_c p_1c p_2c what their own shares would give by
    chance.

    Parameters
    ----------
    ratings
        Shape (units, 2): categories as numbers or text; units with a missing rating are left out.
    boot, seed, confidence
        As for `krippendorff_alpha`.

    Raises
    ------
    InputError
        If there are not two raters, too few units, or both raters give one and the same category throughout.

    References
    ----------
    Cohen, J. (1960). Educational and Psychological Measurement 20, 37-46.

    Examples
    --------
    >>> cohen_kappa([["优", "优"], ["优", "良"], ["良", "良"], ["良", "良"]]).value
    0.5
    """
    codes, names = labels(ratings)
    kept = _complete(codes, two=True)

    def kappa(counts: Ints) -> float | None:
        n = int(counts.sum())
        alike = int(counts[kept[:, 0] == kept[:, 1]].sum())
        first, second = (np.bincount(kept[:, j], counts, minlength=len(names)) for j in (0, 1))
        chance = int(first @ second)
        return (n * alike - chance) / (n * n - chance) if n * n > chance else None

    return _coefficient("Cohen κ", kappa, kept, len(codes), boot, seed, confidence)


def weighted_kappa(
    ratings: Any,
    *,
    weights: Weights = "quadratic",
    categories: Sequence[Label] | None = None,
    boot: int = 0,
    seed: int | None = None,
    confidence: float = 0.95,
) -> Coefficient:
    """Weighted kappa of two raters: κ_w = 1 − Σ d(x_1u, x_2u) / n over its expectation Σ_u Σ_v d(x_1u, x_2v) / n².

    d is |a − b| (`linear`) or (a − b)² (`quadratic`), so that near misses count little. For numbers the distance is
    that of the numbers, for words that of their places in `categories`; a category nobody used changes nothing.

    Parameters
    ----------
    ratings
        Shape (units, 2); units with a missing rating are left out.
    weights
        How a distance counts.
    categories
        Of ratings in words: the words from low to high.
    boot, seed, confidence
        As for `krippendorff_alpha`.

    Raises
    ------
    InputError
        As `cohen_kappa`; if words come without their order.

    References
    ----------
    Cohen, J. (1968). Psychological Bulletin 70, 213-220. Fleiss, J. L. & Cohen, J. (1973). Educational and
    Psychological Measurement 33, 613-619 (quadratic weights and the ICC).

    Examples
    --------
    >>> round(weighted_kappa([[1, 1], [2, 3], [3, 3], [4, 5], [5, 5]]).value, 3)
    0.909
    """
    if weights not in WEIGHTS:
        raise InputError([Problem("analysis-choice", value=weights, values={"name": "weights", "known": WEIGHTS})])
    values = positions(ratings, categories)
    kept = values[~_lacking(np.isnan(values), two=True)]
    scale = max(float(np.abs(kept).max()), np.finfo(np.float64).tiny)
    distance = _linear if weights == "linear" else _quadratic

    def kappa(counts: Ints) -> float | None:
        found, expected = distance(kept[:, 0] / scale, kept[:, 1] / scale, counts)
        return 1.0 - found / expected if expected > 0 else None

    name = f"Cohen κ ({weights})"
    return _coefficient(name, kappa, kept, len(values), boot, seed, confidence)


def fleiss_kappa(ratings: Any, *, boot: int = 0, seed: int | None = None, confidence: float = 0.95) -> Coefficient:
    """Fleiss' kappa of several raters, who need not be the same for each unit.

    κ = (P̄ − P_e) / (1 − P_e) with P̄ = Σ_u Σ_c n_uc (n_uc − 1) / (N m (m − 1)), P_e = Σ_c p_c², n_uc ratings of unit u
    in category c, m a unit.

    Parameters
    ----------
    ratings
        Shape (units, m): categories as numbers or text; units with a missing rating are left out.
    boot, seed, confidence
        As for `krippendorff_alpha`.

    Raises
    ------
    InputError
        If there are fewer than two raters or units, or all ratings are one category.

    References
    ----------
    Fleiss, J. L. (1971). Psychological Bulletin 76, 378-382.

    Examples
    --------
    >>> round(fleiss_kappa([["优", "优", "优"], ["优", "良", "良"], ["良", "良", "良"]]).value, 2)
    0.55
    """
    codes, names = labels(ratings)
    kept = _complete(codes, two=False)
    units, m = kept.shape
    table = np.bincount((np.arange(units)[:, None] * len(names) + kept).ravel(), minlength=units * len(names)).reshape(
        units, len(names)
    )
    alike = (table**2).sum(axis=1) - m

    def kappa(counts: Ints) -> float | None:
        n = int(counts.sum()) * m
        agreeing, pairs = int(counts @ alike), n * (m - 1)
        chance = sum(total * total for total in (counts @ table).tolist())
        return (agreeing * n * n - chance * pairs) / (pairs * (n * n - chance)) if n * n > chance else None

    return _coefficient("Fleiss κ", kappa, kept, len(codes), boot, seed, confidence)


def _lacking(missing: Any, *, two: bool) -> Any:
    """Which units lack a rating."""
    raters = missing.shape[1]
    if two and raters > 2:
        raise InputError([Problem("agreement-two-raters", values={"found": raters})])
    if raters < 2:
        raise InputError([Problem("agreement-too-few-raters")])
    gone = missing.any(axis=1)
    if len(gone) - int(gone.sum()) < 2:
        found = {"found": len(gone) - int(gone.sum()), "needs": 2}
        raise InputError([Problem("agreement-too-few-units", values=found)])
    return gone


def _complete(codes: Ints, *, two: bool) -> Ints:
    kept: Ints = codes[~_lacking(codes < 0, two=two)]
    return kept


def _coefficient(
    name: str,
    kappa: Callable[[Ints], float | None],
    kept: Ints | Floats,
    units: int,
    boot: int,
    seed: int | None,
    confidence: float,
) -> Coefficient:
    checked_confidence(confidence)
    value = kappa(np.ones(len(kept), dtype=np.int64))
    if value is None:
        raise InputError([Problem("agreement-constant")])
    interval = bootstrap(kappa, np.arange(len(kept)), boot=boot, seed=seed, confidence=confidence)
    return Coefficient(
        name=name,
        family="kappa",
        value=value,
        low=interval.low,
        high=interval.high,
        confidence=confidence,
        units=len(kept),
        raters=kept.shape[1],
        ratings=kept.size,
        left_out=units - len(kept),
        boot=boot,
        undefined=interval.undefined,
        seed=seed if boot else None,
    )


def _linear(first: Floats, second: Floats, counts: Ints) -> tuple[float, float]:
    """Mean |a − b|, found and expected; the latter from the two distribution functions, in linear memory."""
    n = counts.sum()
    values, codes = np.unique(np.concatenate((first, second)), return_inverse=True)
    below = [np.cumsum(np.bincount(part, counts, minlength=len(values)))[:-1] / n for part in np.split(codes, 2)]
    a, b = below
    return float(counts @ np.abs(first - second) / n), float(np.diff(values) @ (a * (1 - b) + b * (1 - a)))


def _quadratic(first: Floats, second: Floats, counts: Ints) -> tuple[float, float]:
    """Mean (a − b)², found and expected: the variances and the squared difference of means."""
    n = counts.sum()
    one, two = counts @ first / n, counts @ second / n
    spread = counts @ (first - one) ** 2 + counts @ (second - two) ** 2
    expected = float(spread / n + (one - two) ** 2)
    seen = counts > 0
    alike = float(np.ptp(np.concatenate((first[seen], second[seen])))) == 0
    return float(counts @ (first - second) ** 2 / n), 0.0 if alike else expected

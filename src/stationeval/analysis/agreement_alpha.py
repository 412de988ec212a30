"""Krippendorff's alpha, nominal to ratio, with ratings missing anywhere; memory grows with the ratings only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np

from stationeval.analysis.agreement_matrix import Floats, Ints, Label, labels, positions
from stationeval.analysis.agreement_results import Coefficient, Interval, bootstrap, checked_confidence
from stationeval.errors import InputError, Problem

Metric: TypeAlias = Literal["nominal", "ordinal", "interval", "ratio"]
METRICS: tuple[Metric, ...] = ("nominal", "ordinal", "interval", "ratio")

MOST_VALUES = 2000
"""The ratio metric compares every two different values, so that there must not be too many."""


def krippendorff_alpha(
    ratings: Any,
    *,
    metric: Metric = "interval",
    categories: Sequence[Label] | None = None,
    boot: int = 0,
    seed: int | None = None,
    confidence: float = 0.95,
) -> Coefficient:
    """Krippendorff's alpha: 1 less the disagreement within units over that between any two ratings.

    α = 1 − D_o / D_e with D_o = (1/n) Σ_u Σ_{i≠j} δ²(x_ui, x_uj) / (m_u − 1) and D_e = Σ_{i≠j} δ²(x_i, x_j) / (n(n−1)),
    over the n ratings of units with m_u ≥ 2. δ² is 0 or 1 (nominal), (a − b)² (interval), (a − b)² / (a + b)²
    (ratio); the ordinal δ² is the squared difference of midranks among the n ratings.

    Parameters
    ----------
    ratings
        Shape (units, raters): lists, an array or a frame. None and NaN are missing; which column holds a rating does
        not matter.
    metric
        What a difference between two ratings means.
    categories
        Of ratings in words: the words from low to high.
    boot, seed
        Resamples of units for an interval, and the seed of them, which is then required; 0 is a seed.
    confidence
        Of the interval.

    Returns
    -------
    Coefficient
        With the number of units that had fewer than two ratings as `left_out`.

    Raises
    ------
    InputError
        If no unit has two ratings, all ratings are equal (alpha is 0/0), or a cell is no rating.

    References
    ----------
    Krippendorff, K. (2011). Computing Krippendorff's Alpha-Reliability. University of Pennsylvania. Krippendorff, K.
    (2004). Content Analysis, 2nd ed. Sage, ch. 11.

    Examples
    --------
    >>> krippendorff_alpha([[8, 8, None], [6, 7, 6], [9, 9, 10]]).value
    0.8823529411764706
    """
    if metric not in METRICS:
        raise InputError([Problem("analysis-choice", value=metric, values={"name": "metric", "known": METRICS})])
    checked_confidence(confidence)
    if metric == "nominal":
        codes, _ = labels(ratings, categories)
        values, present = codes.astype(np.float64), codes >= 0
    else:
        values = positions(ratings, categories)
        present = ~np.isnan(values)
    unit, _ = np.nonzero(present)
    marks = Marks.of(values[present], unit, len(values), metric)
    interval = bootstrap(marks.alpha, np.arange(len(marks.sizes)), boot=boot, seed=seed, confidence=confidence)
    return marks.coefficient(
        interval,
        raters=int(present.any(axis=0).sum()),
        left_out=len(values) - len(marks.sizes),
        boot=boot,
        seed=seed,
        confidence=confidence,
    )


@dataclass(frozen=True, eq=False)
class Marks:
    """Pairable ratings, ordered by unit.

    Attributes
    ----------
    values
        The different values, sorted.
    codes, unit
        Of each rating: which value, and which unit from 0.
    sizes
        Ratings of each unit, at least 2.
    kept
        The units as they were numbered before those with fewer than 2 ratings were left out.
    alpha
        Alpha where each unit counts so many times; None where nothing varies.
    """

    values: Floats
    codes: Ints
    unit: Ints
    sizes: Ints
    kept: Ints
    metric: Metric
    alpha: Callable[[Ints], float | None]

    @classmethod
    def of(cls, values: Floats, unit: Ints, units: int, metric: Metric) -> Marks:
        """Ratings with their units.

        Raises
        ------
        InputError
            If no unit has two, nothing varies, or the metric does not fit.
        """
        sizes = np.bincount(unit, minlength=units)
        pairable = sizes[unit] >= 2
        if not pairable.any():
            raise InputError([Problem("agreement-too-few-raters")])
        order = np.argsort(unit[pairable], kind="stable")
        kept, at = np.unique(unit[pairable][order], return_inverse=True)
        distinct, codes = np.unique(values[pairable][order], return_inverse=True)
        if len(distinct) < 2:
            raise InputError([Problem("agreement-constant", value=float(values[0]))])
        if metric == "ratio" and distinct[0] < 0:
            raise InputError([Problem("agreement-below-zero", value=float(distinct[0]))])
        if metric == "ratio" and len(distinct) > MOST_VALUES:
            counts = {"found": len(distinct), "most": MOST_VALUES}
            raise InputError([Problem("agreement-too-many-values", values=counts)])
        make = {"nominal": _nominal, "ordinal": _ordinal, "interval": _interval, "ratio": _ratio}[metric]
        alpha = make(distinct, codes, at, sizes[kept])
        return cls(distinct, codes, at, sizes[kept], kept, metric, alpha)

    def coefficient(
        self,
        interval: Interval,
        *,
        raters: int,
        left_out: int,
        boot: int,
        seed: int | None,
        confidence: float,
    ) -> Coefficient:
        """Alpha of the ratings, with an interval that was found for it."""
        value = self.alpha(np.ones(len(self.sizes), dtype=np.int64))
        if value is None:
            raise InputError([Problem("agreement-constant")])
        return Coefficient(
            name=f"Krippendorff α ({self.metric})",
            family="alpha",
            value=value,
            low=interval.low,
            high=interval.high,
            confidence=confidence,
            units=len(self.sizes),
            raters=raters,
            ratings=len(self.codes),
            left_out=left_out,
            boot=boot,
            undefined=interval.undefined,
            seed=seed if boot else None,
        )


def _within(scores: Floats, codes: Ints, unit: Ints, sizes: Ints) -> Floats:
    """Σ_{i≠j} (s_i − s_j)² / (m − 1) of each unit, shape (units,); exactly 0 where its ratings are equal."""
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    apart = scores[codes] - scores[codes][starts][unit]
    square = np.bincount(unit, apart**2) - np.bincount(unit, apart) ** 2 / sizes
    return 2.0 * sizes / (sizes - 1) * np.maximum(square, 0.0)


def _on_scores(scores: Floats, within: Floats, totals: Floats, counts: Ints) -> float:
    """Alpha where a difference is that of scores: the expected one is twice the variance."""
    n = totals.sum()
    centred = scores - totals @ scores / n
    return float(1.0 - (counts @ within / n) / (2.0 * (totals @ centred**2) / (n - 1)))


def _totals(codes: Ints, unit: Ints, counts: Ints, size: int) -> Floats:
    return np.bincount(codes, counts[unit].astype(np.float64), minlength=size).astype(np.float64)


def _interval(values: Floats, codes: Ints, unit: Ints, sizes: Ints) -> Callable[[Ints], float | None]:
    scores = (values - values[0]) / (values[-1] - values[0])
    within = _within(scores, codes, unit, sizes)

    def alpha(counts: Ints) -> float | None:
        totals = _totals(codes, unit, counts, len(values))
        return _on_scores(scores, within, totals, counts) if np.count_nonzero(totals) > 1 else None

    return alpha


def _ordinal(values: Floats, codes: Ints, unit: Ints, sizes: Ints) -> Callable[[Ints], float | None]:
    def alpha(counts: Ints) -> float | None:
        totals = _totals(codes, unit, counts, len(values))
        if np.count_nonzero(totals) < 2:
            return None
        midranks = np.cumsum(totals) - totals / 2
        return _on_scores(midranks, _within(midranks, codes, unit, sizes), totals, counts)

    return alpha


def _nominal(values: Floats, codes: Ints, unit: Ints, sizes: Ints) -> Callable[[Ints], float | None]:
    pairs, repeats = np.unique(unit * len(values) + codes, return_counts=True)
    alike = np.bincount(pairs // len(values), repeats.astype(np.float64) ** 2)
    within = (sizes.astype(np.float64) ** 2 - alike) / (sizes - 1)

    def alpha(counts: Ints) -> float | None:
        totals = _totals(codes, unit, counts, len(values))
        n = totals.sum()
        apart = n**2 - totals @ totals
        return float(1.0 - (counts @ within) * (n - 1) / apart) if apart else None

    return alpha


def _ratio(values: Floats, codes: Ints, unit: Ints, sizes: Ints) -> Callable[[Ints], float | None]:
    whole = values[:, None] + values
    delta = ((values[:, None] - values) / np.where(whole == 0, 1.0, whole)) ** 2
    within = np.empty(len(sizes))
    ends = np.cumsum(sizes)
    for u, (start, end) in enumerate(zip(ends - sizes, ends, strict=True)):
        seen, times = np.unique(codes[start:end], return_counts=True)
        within[u] = times @ delta[np.ix_(seen, seen)] @ times / (sizes[u] - 1)

    def alpha(counts: Ints) -> float | None:
        totals = _totals(codes, unit, counts, len(values))
        if np.count_nonzero(totals) < 2:
            return None
        return float(1.0 - (counts @ within) * (totals.sum() - 1) / (totals @ delta @ totals))

    return alpha

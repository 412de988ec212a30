"""Intraclass correlations: the six forms with F tests and confidence intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from stationeval.analysis.agreement_matrix import Floats, complete, numbers
from stationeval.analysis.agreement_results import checked_confidence, word
from stationeval.errors import InputError, Problem
from stationeval.evaluation.listing import ResultTable

FORMS = ("ICC(1,1)", "ICC(A,1)", "ICC(C,1)", "ICC(1,k)", "ICC(A,k)", "ICC(C,k)")


def icc(ratings: Any, *, confidence: float = 0.95) -> ResultTable:
    """Intraclass correlations in six forms: how much of the variance of ratings is that between units.

    With n units, k raters and the mean squares of units R, raters C, residual E and within units W:

    | form | Shrout & Fleiss | value | F, df |
    |---|---|---|---|
    | ICC(1,1) | ICC(1,1) | (R − W) / (R + (k−1) W) | R/W; n−1, n(k−1) |
    | ICC(A,1) | ICC(2,1) | (R − E) / (R + (k−1) E + k (C − E)/n) | R/E; n−1, (n−1)(k−1) |
    | ICC(C,1) | ICC(3,1) | (R − E) / (R + (k−1) E) | R/E; n−1, (n−1)(k−1) |
    | ICC(1,k), ICC(A,k), ICC(C,k) | ICC(1,k), (2,k), (3,k) | the same of the mean of k raters | as above |

    `A` is absolute agreement (a severe rater counts as disagreement), `C` consistency (severity does not count), `1`
    one rater, `k` the mean of all. Intervals are those of McGraw & Wong, Table 7.

    Parameters
    ----------
    ratings
        Shape (units, raters); units with a missing rating are left out, and the notes say how many.
    confidence
        Of the intervals.

    Returns
    -------
    ResultTable
        Six rows: `form`, `shrout_fleiss`, `icc`, `low`, `high`, `f`, `df1`, `df2`, `p`, `reading`, `units`, `raters`.
        A form that is 0/0 or whose variance estimate is negative, and F where nothing is left over, are None.

    Raises
    ------
    InputError
        If fewer than two raters or complete units are left, or all ratings are equal.

    References
    ----------
    Shrout, P. E. & Fleiss, J. L. (1979). Psychological Bulletin 86, 420-428. McGraw, K. O. & Wong, S. P. (1996).
    Psychological Methods 1, 30-46 (with the corrections of 1, 390).

    Examples
    --------
    >>> found = icc([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]])
    >>> [round(value, 2) for value in found["icc"]]
    [0.17, 0.29, 0.71, 0.44, 0.62, 0.91]
    """
    values = numbers(ratings)
    kept = complete(values)
    squares = MeanSquares.of(kept)
    rows = [_row(form, squares, checked_confidence(confidence)) for form in FORMS]
    columns: dict[str, Sequence[Any]] = {name: tuple(row[name] for row in rows) for name in rows[0]}
    notes: tuple[Problem, ...] = ()
    if len(kept) < len(values):
        lost = {"count": len(values) - len(kept)}
        notes = (Problem("agreement-units-left-out", values=lost, severity="note"),)
    return ResultTable("icc", columns, f"icc {confidence:g}", notes)


@dataclass(frozen=True, slots=True)
class MeanSquares:
    """The two-way analysis of variance of complete ratings."""

    n: int
    k: int
    units: float
    raters: float
    residual: float
    within: float

    @classmethod
    def of(cls, x: Floats) -> MeanSquares:
        """Mean squares; what is no more than rounding of the ratings themselves is 0.

        Raises
        ------
        InputError
            If all ratings are equal.
        """
        n, k = x.shape
        noise = (4 * np.finfo(np.float64).eps * float(np.abs(x).max())) ** 2 * x.size
        if float(np.ptp(x)) == 0:
            raise InputError([Problem("agreement-constant", value=float(x[0, 0]))])
        x = x - x.mean()
        unit, rater = x.mean(axis=1, keepdims=True), x.mean(axis=0, keepdims=True)

        def square(apart: Floats, times: int = 1) -> float:
            total = float((apart**2).sum()) * times
            return total if total > noise else 0.0

        between, columns, left = square(unit, k), square(rater, n), square(x - unit - rater)
        return cls(
            n,
            k,
            between / (n - 1),
            columns / (k - 1),
            left / ((n - 1) * (k - 1)),
            (columns + left) / (n * (k - 1)),
        )


def single_absolute(x: Floats, confidence: float) -> tuple[float | None, float | None, float | None, float | None]:
    """ICC(A,1) with its interval, and ICC(A,k), of complete ratings."""
    squares = MeanSquares.of(x)
    one = _row("ICC(A,1)", squares, confidence)
    return one["icc"], one["low"], one["high"], _row("ICC(A,k)", squares, confidence)["icc"]


def _row(form: str, s: MeanSquares, confidence: float) -> dict[str, Any]:
    kind, mean = form[4], form[6] == "k"
    noise, df2 = (s.within, s.n * (s.k - 1)) if kind == "1" else (s.residual, (s.n - 1) * (s.k - 1))
    df1, many = s.n - 1, s.k if mean else 1
    shift = (s.raters - s.residual) / s.n if kind == "A" else 0.0
    value = _over(s.units - noise, s.units + (s.k / many - 1) * noise + s.k / many * shift)
    f = _over(s.units, noise)
    low, high = _absolute(s, confidence, mean=mean) if kind == "A" else _bounds(s, noise, df2, confidence, many)
    if value is None:
        low = high = None
    from scipy import stats

    shrout = {"1": "1", "A": "2", "C": "3"}[kind]
    return {
        "form": form,
        "shrout_fleiss": f"ICC({shrout},{'k' if mean else '1'})",
        "icc": value,
        "low": low,
        "high": high,
        "f": f,
        "df1": df1,
        "df2": df2,
        "p": None if f is None else float(stats.f.sf(f, df1, df2)),
        "reading": None if value is None else word("icc", value),
        "units": s.n,
        "raters": s.k,
    }


def _over(a: float, b: float) -> float | None:
    return a / b if b > 0 else None


def _bounds(s: MeanSquares, noise: float, df2: int, confidence: float, many: int) -> tuple[float | None, float | None]:
    """Bounds of the one-way and of the consistency forms, from those of F."""
    from scipy import stats

    if noise == 0:
        return 1.0, 1.0
    upper, df1, f = (1 + confidence) / 2, s.n - 1, s.units / noise
    ends = f / float(stats.f.ppf(upper, df1, df2)), f * float(stats.f.ppf(upper, df2, df1))
    low, high = (_over(end - 1, end + s.k / many - 1) for end in ends)
    return low, high


def _absolute(s: MeanSquares, confidence: float, *, mean: bool) -> tuple[float | None, float | None]:
    """Bounds of absolute agreement, with Satterthwaite's degrees of freedom."""
    from scipy import stats

    n, k = s.n, s.k
    rho = _over(s.units - s.residual, s.units + (k - 1) * s.residual + k * (s.raters - s.residual) / n)
    if rho is None:
        return None, None
    if rho >= 1:
        return 1.0, 1.0
    a = k * rho / (n * (1 - rho))
    b = 1 + a * (n - 1)
    spread = (a * s.raters) ** 2 / (k - 1) + (b * s.residual) ** 2 / ((n - 1) * (k - 1))
    df = _over((a * s.raters + b * s.residual) ** 2, spread)
    if not df:
        return None, None
    upper = (1 + confidence) / 2
    below, above = float(stats.f.ppf(upper, n - 1, df)), float(stats.f.ppf(upper, df, n - 1))
    if not np.isfinite(below) or not np.isfinite(above):
        return None, None
    rest = k * s.raters + (k * n - k - n) * s.residual
    low = _over(n * (s.units - below * s.residual), below * rest + n * s.units)
    high = _over(n * (above * s.units - s.residual), rest + n * above * s.units)
    return (_of_mean(low, k), _of_mean(high, k)) if mean else (low, high)


def _of_mean(value: float | None, k: int) -> float | None:
    """Spearman-Brown: the reliability of the mean of k raters from that of one."""
    return None if value is None else _over(k * value, 1 + (k - 1) * value)

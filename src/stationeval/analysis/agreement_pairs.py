"""Kendall's W of several raters' orders, and limits of agreement between every two raters."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import numpy as np

from stationeval.analysis.agreement_matrix import Floats, complete, numbers
from stationeval.analysis.agreement_results import Coefficient, checked_confidence
from stationeval.errors import InputError, Problem
from stationeval.evaluation.listing import ResultTable


def kendall_w(ratings: Any) -> Coefficient:
    """Kendall's coefficient of concordance, corrected for ties: how alike the raters order the units.

    W = 12 Σ_u (R_u − R̄)² / (m² (n³ − n) − m Σ_j T_j) with R_u the sum of a unit's midranks over m raters, T_j =
    Σ (t³ − t) over the groups of t tied units of rater j. Test: χ² = m (n − 1) W, df = n − 1, near enough for n > 7.
    No interval: units drawn twice would tie with themselves.

    Parameters
    ----------
    ratings
        Shape (units, raters): marks or ranks; units with a missing rating are left out, as `left_out` says.

    Raises
    ------
    InputError
        If there are fewer than two raters or complete units, or no rater tells units apart.

    References
    ----------
    Kendall, M. G. & Babington Smith, B. (1939). Annals of Mathematical Statistics 10, 275-287. Siegel, S. & Castellan,
    N. J. (1988). Nonparametric Statistics, 2nd ed. McGraw-Hill, ch. 9.

    Examples
    --------
    >>> kendall_w([[7, 8], [9, 9], [5, 8]]).value
    0.9285714285714286
    """
    from scipy import stats

    values = numbers(ratings)
    kept = complete(values)
    value = concordance(kept)
    if value is None:
        raise InputError([Problem("agreement-constant")])
    n, m = kept.shape
    statistic = m * (n - 1) * value
    return Coefficient(
        name="Kendall W",
        family="w",
        value=value,
        units=n,
        raters=m,
        ratings=kept.size,
        left_out=len(values) - n,
        statistic=statistic,
        df=n - 1,
        p=float(stats.chi2.sf(statistic, n - 1)),
    )


def concordance(x: Floats) -> float | None:
    """W of complete ratings; None where every rater ties every unit."""
    from scipy import stats

    n, m = x.shape
    doubled = np.rint(2 * stats.rankdata(x, axis=0)).astype(np.int64)
    ties = sum(t**3 - t for j in range(m) for t in np.bincount(doubled[:, j]).tolist())
    whole = m * m * (n**3 - n) - m * ties
    apart = sum((int(total) - m * (n + 1)) ** 2 for total in doubled.sum(axis=1))
    return 3 * apart / whole if whole else None


def bland_altman(ratings: Any, *, names: Sequence[str] | None = None, confidence: float = 0.95) -> ResultTable:
    """Limits of agreement between every two raters.

    Of the differences d = first − second over the n units both rated: bias d̄, limits d̄ ± z s, with intervals
    d̄ ± t s/√n and, for a limit, ± t s √(1/n + z²/(2(n − 1))); z is 1.96 at 0.95, t has n − 1 degrees of freedom.

    Parameters
    ----------
    ratings
        Shape (units, raters).
    names
        The raters; by default `1`, `2`, ….
    confidence
        Of the limits and of the intervals.

    Returns
    -------
    ResultTable
        A row a pair: `first`, `second`, `units`, `bias`, `bias_low`, `bias_high`, `sd`, and `lower`, `upper` with
        `_low` and `_high` each. A pair with fewer than two units in common has None.

    Raises
    ------
    InputError
        If no two raters have two units in common.

    References
    ----------
    Bland, J. M. & Altman, D. G. (1986). Lancet 327, 307-310; (1999). Statistical Methods in Medical Research 8,
    135-160.

    Examples
    --------
    >>> found = bland_altman([[8, 7], [9, 9], [6, 4], [7, 8]], names=["甲", "乙"])
    >>> found["bias"], round(found["lower"][0], 2), round(found["upper"][0], 2)
    ((0.5,), -2.03, 3.03)
    """
    values, confidence = numbers(ratings), checked_confidence(confidence)
    raters = values.shape[1]
    called = [str(j + 1) for j in range(raters)] if names is None else [str(name) for name in names]
    if len(set(called)) != raters or len(called) != raters:
        raise InputError([Problem("agreement-names", values={"found": len(called), "raters": raters})])
    if raters < 2:
        raise InputError([Problem("agreement-too-few-raters")])
    rows = [
        {"first": called[i], "second": called[j], **_limits(values[:, i] - values[:, j], confidence)}
        for i, j in combinations(range(raters), 2)
    ]
    most = max(row["units"] for row in rows)
    if most < 2:
        raise InputError([Problem("agreement-too-few-units", values={"found": most, "needs": 2})])
    columns = {name: tuple(row[name] for row in rows) for name in rows[0]}
    return ResultTable("bland-altman", columns, f"bland-altman {confidence:g}")


def _limits(differences: Floats, confidence: float) -> dict[str, Any]:
    from scipy import stats

    d = differences[~np.isnan(differences)]
    n = len(d)
    names = (
        "bias",
        "bias_low",
        "bias_high",
        "sd",
        "lower",
        "lower_low",
        "lower_high",
        "upper",
        "upper_low",
        "upper_high",
    )
    if n < 2:
        return {"units": n, **dict.fromkeys(names)}
    z, t = float(stats.norm.ppf((1 + confidence) / 2)), float(stats.t.ppf((1 + confidence) / 2, n - 1))
    bias, sd = float(d.mean()), float(d.std(ddof=1))
    around_bias, around_limit = t * sd / n**0.5, t * sd * (1 / n + z * z / (2 * (n - 1))) ** 0.5
    found = [bias, bias - around_bias, bias + around_bias, sd]
    for limit in (bias - z * sd, bias + z * sd):
        found += [limit, limit - around_limit, limit + around_limit]
    return {"units": n, **dict(zip(names, found, strict=True))}

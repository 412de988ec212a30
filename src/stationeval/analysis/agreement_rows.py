"""The tables of an agreement study: coefficients by indicator, raters one by one, and which wording fails."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from stationeval.analysis.agreement_alpha import Marks as Pairable
from stationeval.analysis.agreement_alpha import Metric
from stationeval.analysis.agreement_effects import Moves, Severity
from stationeval.analysis.agreement_icc import single_absolute
from stationeval.analysis.agreement_matrix import Floats
from stationeval.analysis.agreement_pairs import concordance
from stationeval.analysis.agreement_results import bootstrap, word
from stationeval.analysis.agreement_table import Long, Marks
from stationeval.errors import InputError, Place, Problem
from stationeval.messages import say

RELIABLE, TENTATIVE = 0.8, 0.667
"""Krippendorff's cut-offs (2004, p. 241)."""

CLOSE = 0.05
"""Raters are close where what is left after severity is within a twentieth of the scale: a convention of ours."""

FINDINGS = (
    "found-wording",
    "found-severity",
    "found-cannot-tell",
    "found-stations-alike",
    "found-tentative",
    "found-alike",
)
"""What can be found of a wording, the most pressing first."""


def columns(rows: Sequence[Mapping[str, Any]]) -> dict[str, Sequence[Any]]:
    """Rows as columns."""
    return {name: tuple(row[name] for row in rows) for name in rows[0]}


def coefficients(
    long: Long, metric: Metric, *, boot: int, seed: int, confidence: float, notes: list[Problem]
) -> Iterator[dict[str, Any]]:
    """A row for each rated input and the whole, by all raters and by each of several groups that rates a unit twice."""
    several = long.shared_groups if len(long.groups) > 1 else ()
    for name in (*long.inputs, None):
        zh, en = (
            say("agreement-overall", lang) if name is None else long.label(name).say(lang) for lang in ("zh", "en")
        )
        for group in (None, *several):
            marks = long.marks(name, group)
            place = Place(input=zh if group is None else f"{zh} {group}")
            row: dict[str, Any] = {
                "input": "overall" if name is None else name,
                "label": zh,
                "label_en": en,
                "rater_group": group,
                "units": len(np.unique(marks.unit)),
                "raters": len(np.unique(marks.rater)) if long.named else None,
                "ratings": len(marks.values),
            }
            yield (
                row
                | _alpha(long, marks, metric, boot, seed, confidence, notes, place)
                | _orders(long, marks, confidence)
            )


def _alpha(
    long: Long,
    marks: Marks,
    metric: Metric,
    boot: int,
    seed: int,
    confidence: float,
    notes: list[Problem],
    place: Place,
) -> dict[str, Any]:
    found: dict[str, Any] = dict.fromkeys(("alpha", "alpha_low", "alpha_high", "reading"))
    try:
        pairable = Pairable.of(marks.values, marks.unit, len(long.station), metric)
    except InputError as error:
        notes += [replace(one, place=place, severity="note") for one in error.problems]
        return found
    _, clusters = np.unique(long.station[pairable.kept], return_inverse=True)
    interval = bootstrap(pairable.alpha, clusters, boot=boot, seed=seed, confidence=confidence)
    value = pairable.alpha(np.ones(len(pairable.sizes), dtype=np.int64))
    if interval.undefined:
        said = {"label": place.input, "undefined": interval.undefined}
        notes.append(Problem("agreement-boot-undefined", place, values=said, severity="note"))
    reading = None if value is None else word("alpha", value)
    return {"alpha": value, "alpha_low": interval.low, "alpha_high": interval.high, "reading": reading}


def _orders(long: Long, marks: Marks, confidence: float) -> dict[str, Any]:
    """ICC and W over the units that every rater rated; None where raters are unnamed or too few units are complete."""
    names = ("complete", "icc", "icc_low", "icc_high", "icc_mean", "icc_reading", "w", "w_reading")
    found: dict[str, Any] = dict.fromkeys(names)
    if not long.named or not len(marks.values):
        return found
    units, u = np.unique(marks.unit, return_inverse=True)
    raters, r = np.unique(marks.rater, return_inverse=True)
    grid: Floats = np.full((len(units), len(raters)), np.nan)
    grid[u, r] = marks.values
    grid = grid[~np.isnan(grid).any(axis=1)]
    found["complete"] = len(grid)
    if min(grid.shape) < 2 or float(np.ptp(grid)) == 0:
        return found
    one, low, high, mean = single_absolute(grid, confidence)
    w = concordance(grid)
    return found | {
        "icc": one,
        "icc_low": low,
        "icc_high": high,
        "icc_mean": mean,
        "icc_reading": None if one is None else word("icc", one),
        "w": w,
        "w_reading": None if w is None else word("w", w),
    }


def raters(long: Long, fit: Severity | None, moves: Moves | None, confidence: float) -> Iterator[dict[str, Any]]:
    """A row a rater: severity overall, and what leaving the rater out does to ranks."""
    from scipy import stats

    given = np.bincount(
        long.rater[~np.isnan(np.stack(list(long.inputs.values()))).all(axis=0)], minlength=len(long.raters)
    )
    t = float(stats.t.ppf((1 + confidence) / 2, fit.df)) if fit is not None and fit.df > 0 else np.nan
    for r, who in enumerate(long.raters):
        deviation = None if fit is None else _plain(fit.effects[r])
        around = None if fit is None else _plain(t * fit.errors[r])
        low = None if deviation is None or around is None else deviation - around
        high = None if deviation is None or around is None else deviation + around
        yield {
            "rater_group": who.group,
            "rater": who.name,
            "ratings": int(given[r]),
            "deviation": deviation,
            "low": low,
            "high": high,
            "reading": _severe(low, high),
            **_moved(r, moves),
        }


def _severe(low: float | None, high: float | None) -> str | None:
    """Lenient or severe where the interval leaves 0 out."""
    if low is None or high is None:
        return None
    return "rater-lenient" if low > 1e-12 else "rater-severe" if high < -1e-12 else None


def _moved(rater: int, moves: Moves | None) -> dict[str, Any]:
    moved = None if moves is None else moves.moved(rater)
    if moves is None or moved is None:
        return dict.fromkeys(("moved", "farthest", "farthest_station"))
    at = int(np.argmax(np.abs(moved)))
    count = int(np.count_nonzero(moved))
    return {
        "moved": count,
        "farthest": int(moved[at]),
        "farthest_station": moves.base.stations[at] if count else None,
    }


def _plain(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def warnings(long: Long, fits: Mapping[str | None, Severity]) -> list[dict[str, Any]]:
    """A row for each rated input, the most pressing first: severity, or a wording read differently.

    Alpha here is always that for intervals, before and after each rater's effect is taken away.
    """
    rows = []
    for name in long.inputs:
        marks, fit, (_, width) = long.marks(name), fits.get(name), long.ranges[name]
        alpha = _interval_alpha(long, marks, marks.values)
        linked = None if fit is None or np.isnan(fit.effects).all() else fit
        after = None if linked is None else _interval_alpha(long, marks, np.round(linked.adjusted / width, 12))
        rest = None if linked is None or linked.residual is None else float(linked.residual**0.5) / width
        constant = len(marks.values) > 1 and float(np.ptp(marks.values)) == 0
        rows.append(
            {
                "input": name,
                "label": long.label(name).say(),
                "label_en": long.label(name).say(lang="en"),
                "finding": "found-stations-alike" if constant else finding(alpha, after, rest),
                "alpha": alpha,
                "alpha_after_severity": after,
                "severity_spread": None if linked is None else _spread(linked.effects) / width,
                "rest_spread": rest,
            }
        )
    return sorted(
        rows, key=lambda row: (FINDINGS.index(str(row["finding"])), 2.0 if row["alpha"] is None else row["alpha"])
    )


def finding(alpha: float | None, after: float | None, rest: float | None) -> str:
    """What low agreement comes from.

    Parameters
    ----------
    alpha, after
        Alpha, and alpha once each rater's severity is taken away.
    rest
        Standard deviation of what is left then, as a share of the scale.

    Examples
    --------
    >>> finding(0.4, 0.9, 0.1), finding(0.4, 0.45, 0.2), finding(0.4, 0.45, 0.02)
    ('found-severity', 'found-wording', 'found-stations-alike')
    """
    if alpha is None:
        return "found-cannot-tell"
    if alpha >= TENTATIVE:
        return "found-alike" if alpha >= RELIABLE else "found-tentative"
    if after is None or rest is None:
        return "found-cannot-tell"
    if after >= TENTATIVE:
        return "found-severity"
    return "found-wording" if rest > CLOSE else "found-stations-alike"


def _interval_alpha(long: Long, marks: Marks, values: Floats) -> float | None:
    try:
        pairable = Pairable.of(values, marks.unit, len(long.station), "interval")
    except InputError:
        return None
    return pairable.alpha(np.ones(len(pairable.sizes), dtype=np.int64))


def _spread(effects: Floats) -> float:
    return float(np.nanstd(effects, ddof=1)) if np.count_nonzero(~np.isnan(effects)) > 1 else 0.0

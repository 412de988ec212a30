"""What years do to stations: do they draw together, do the weak catch up, who changes places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal, TypeAlias

import numpy as np

from stationeval.analysis.comparison import checked_level
from stationeval.analysis.groups import Unit, checked_unit, totals_of
from stationeval.analysis.groups_inequality import gini, mean, variance
from stationeval.errors import InputError, Problem
from stationeval.evaluation.listing import ResultTable
from stationeval.evaluation.results import Scores

Scale: TypeAlias = Literal["difference", "log"]
LEAST = 4
"""A slope and its spread need two degrees of freedom."""


@dataclass(frozen=True)
class Convergence:
    """Whether stations draw together. Made by `convergence`.

    Attributes
    ----------
    sigma
        One row a year: `year`, `stations`, `mean`, `sd`, `variation` (sd over mean), `gini`. Sigma convergence is an sd
        or a variation that falls.
    slope, low, high, p
        Beta convergence: by how much a station grows more a year for each point (or log point) that it began with,
        with its t interval. Below 0 the weak catch up. None where it cannot be told.
    half_life
        After how many years half of a gap is closed at this pace; None where gaps do not close.
    common
        The stations that stand in every year; all numbers are of these.
    notes
        What is worth saying; that luck alone makes the slope negative always is.
    """

    sigma: ResultTable
    slope: float | None
    low: float | None
    high: float | None
    p: float | None
    half_life: float | None
    common: tuple[str, ...]
    notes: tuple[Problem, ...]

    def to_frame(self) -> Any:
        """The years as a fresh pandas frame."""
        return self.sigma.to_frame()

    def to_dict(self) -> dict[str, Any]:
        """Everything ready for JSON."""
        beta = {name: getattr(self, name) for name in ("slope", "low", "high", "p", "half_life")}
        return {"sigma": self.sigma.to_dict(), "beta": beta, "notes": [note.to_dict() for note in self.notes]}

    def _repr_html_(self) -> str:
        return self.sigma._repr_html_()


def convergence(
    years: Mapping[int, Scores], *, unit: Unit = "points", scale: Scale = "difference", level: float = 0.95
) -> Convergence:
    """Sigma and beta convergence of the stations that stand in every year.

    Parameters
    ----------
    years
        Two or more evaluations by year: `{2021: first, 2022: second}`, in any order.
    unit
        `points`, or `rate` for shares of each framework's full marks.
    scale
        Growth as a `difference` a year, or of the `log`arithm, which needs every total above 0.
    level
        The level of the interval of the slope.

    Raises
    ------
    InputError
        If there are fewer than two years or common stations, or a total of 0 has no logarithm.

    References
    ----------
    Barro & Sala-i-Martin (1992), Convergence, Journal of Political Economy 100. Quah (1993), Galton's fallacy and tests
    of the convergence hypothesis, Scandinavian Journal of Economics 95.

    Examples
    --------
    >>> import stationeval as se
    >>> first, second = (
    ...     se.score(se.testing.random_stations("mof-self-evaluation", 9, seed=k), "mof-self-evaluation")
    ...     for k in (1, 2)
    ... )
    >>> found = convergence({2021: first, 2022: second})
    >>> found.sigma["year"], found.slope < 0
    ((2021, 2022), True)
    """
    checked_level(level)
    if scale not in ("difference", "log"):
        values = {"name": "scale", "known": ["difference", "log"]}
        raise InputError([Problem("analysis-choice", value=scale, values=values)])
    ordered, common, totals = _panel(years, unit)
    rows = [_year(year, values) for year, values in zip(ordered, totals, strict=True)]
    heads = ("year", "stations", "mean", "sd", "variation", "gini")
    signature = " | ".join(f"{year}: {years[year].signature}" for year in ordered)
    table = ResultTable("convergence", {h: tuple(r[k] for r in rows) for k, h in enumerate(heads)}, signature)
    start, end = (np.array([float(value) for value in values]) for values in (totals[0], totals[-1]))
    if scale == "log":
        if min(start.min(), end.min()) <= 0:
            raise InputError([Problem("convergence-no-logarithm")])
        start, end = np.log(start), np.log(end)
    notes = [Problem("convergence-luck", severity="note")]
    beta = _slope(start, (end - start) / (ordered[-1] - ordered[0]), level, notes)
    return Convergence(table, *beta, _half_life(beta[0], ordered[-1] - ordered[0]), common, tuple(notes))


def _panel(years: Mapping[int, Scores], unit: Unit) -> tuple[list[int], tuple[str, ...], list[list[Fraction]]]:
    """The years in order, the stations in all of them, and their totals."""
    if len(years) < 2:
        raise InputError([Problem("compare-needs-two", value=len(years))])
    checked_unit(unit, list(years.values()))
    ordered = sorted(years)
    common = tuple(name for name in years[ordered[0]].stations if all(name in each._index for each in years.values()))
    if len(common) < 2:
        raise InputError([Problem("years-few-common", value=len(common))])
    totals = []
    for year in ordered:
        every = totals_of(years[year], unit)
        totals.append([every[years[year].index(name)] for name in common])
    return ordered, common, totals


def _year(year: int, values: Sequence[Fraction]) -> tuple[Any, ...]:
    middle, n = mean(values), len(values)
    spread = float(variance({"": values}).total * n / (n - 1)) ** 0.5
    inequality = gini(values)
    return (
        year,
        n,
        float(middle),
        spread,
        spread / float(middle) if middle > 0 else None,
        None if inequality is None else float(inequality),
    )


Beta: TypeAlias = tuple[float | None, float | None, float | None, float | None]


def _slope(x: Any, y: Any, level: float, notes: list[Problem]) -> Beta:
    from scipy.special import stdtr, stdtrit

    n = len(x)
    away = x - x.mean()
    squares = float((away**2).sum())
    if n < LEAST or squares == 0:
        code = "convergence-few" if n < LEAST else "convergence-equal-start"
        notes.append(Problem(code, values={"stations": n}, severity="note"))
        return None, None, None, None
    slope = float((away * y).sum()) / squares
    left = y - y.mean() - slope * away
    error = float(np.sqrt((left**2).sum() / (n - 2) / squares))
    half = float(stdtrit(n - 2, (1 + level) / 2)) * error
    p = (1.0 if slope == 0 else 0.0) if error == 0 else 2 * float(stdtr(n - 2, -abs(slope / error)))
    return slope, slope - half, slope + half, p


def _half_life(slope: float | None, years: int) -> float | None:
    """From the slope over so many years: 1 + slope × years is what is left of a gap."""
    if slope is None or slope >= 0:
        return None
    left = 1 + slope * years
    return years * float(np.log(0.5) / np.log(left)) if left > 0 else None


@dataclass(frozen=True)
class Mobility:
    """Who changes places from one evaluation to another. Made by `mobility`.

    Attributes
    ----------
    table
        One row a class then and a class now: `before`, `after`, `stations`, `share` (of those that were in the class).
        Class 1 is the best.
    matrix
        Shape (classes, classes), counts.
    index
        Prais' and Shorrocks' index, exact: 0 where all stay in their class, 1 where classes then say nothing of
        classes now. None where a class was empty.
    mean_places
        How many places a station moved on average, among the common ones.
    """

    table: ResultTable
    matrix: tuple[tuple[int, ...], ...]
    index: Fraction | None
    mean_places: Fraction

    def to_frame(self) -> Any:
        """The transitions as a fresh pandas frame."""
        return self.table.to_frame()

    def to_dict(self) -> dict[str, Any]:
        """Everything ready for JSON."""
        index = None if self.index is None else float(self.index)
        return {**self.table.to_dict(), "index": index, "mean_places": float(self.mean_places)}

    def _repr_html_(self) -> str:
        return self.table._repr_html_()


def mobility(before: Scores, after: Scores, *, classes: int = 4) -> Mobility:
    """How stations move between classes of rank from one evaluation to another.

    The stations that both have are cut into classes of equal size by their place; stations that tie are in the same,
    better class.

    Parameters
    ----------
    before, after
        From `score`.
    classes
        How many: 4 for quarters.

    Raises
    ------
    InputError
        If there are fewer common stations than classes, or fewer than two classes.

    References
    ----------
    Shorrocks (1978), The measurement of mobility, Econometrica 46.

    Examples
    --------
    >>> import stationeval as se
    >>> rows = se.testing.random_stations("mof-self-evaluation", 9, seed=1)
    >>> scores = se.score(rows, "mof-self-evaluation")
    >>> mobility(scores, scores, classes=2).index
    Fraction(0, 1)
    """
    common = [name for name in before.stations if name in after._index]
    if type(classes) is not int or not 2 <= classes <= len(common):
        values = {"classes": classes, "common": len(common)}
        raise InputError([Problem("mobility-classes", value=classes, values=values)])
    n = len(common)
    places = []
    for scores in (before, after):
        ranks = np.array([scores.ranks[scores.index(name)] for name in common])
        places.append(np.searchsorted(np.sort(ranks), ranks))
    codes = [each * classes // n for each in places]
    counts = np.zeros((classes, classes), dtype=np.int64)
    np.add.at(counts, (codes[0], codes[1]), 1)
    sums = counts.sum(axis=1)
    stays = [Fraction(int(counts[k, k]), int(sums[k])) for k in range(classes) if sums[k]]
    rows = [
        (i + 1, j + 1, int(counts[i, j]), float(counts[i, j] / sums[i]) if sums[i] else None)
        for i in range(classes)
        for j in range(classes)
    ]
    heads = ("before", "after", "stations", "share")
    signature = f"{before.signature} | {after.signature}"
    return Mobility(
        ResultTable("mobility", {head: tuple(row[k] for row in rows) for k, head in enumerate(heads)}, signature),
        tuple(tuple(row) for row in counts.tolist()),
        (classes - sum(stays, Fraction(0))) / (classes - 1) if len(stays) == classes else None,
        Fraction(int(np.abs(places[0] - places[1]).sum()), n),
    )

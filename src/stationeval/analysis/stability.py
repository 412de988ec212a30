"""How far one weight may move before a rank or a grade changes, and which stations stand near a cut-off."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from stationeval.analysis.grades import Grader, grader_of
from stationeval.analysis.polytope import Floats, Ints
from stationeval.analysis.rates import Level, Rates, Where, rates_of
from stationeval.analysis.results import Made, made
from stationeval.evaluation.listing import ResultTable
from stationeval.evaluation.plan import known
from stationeval.evaluation.results import Scores

EVEN = 1e-12
"""Totals and slopes this near are the same."""


@dataclass(frozen=True, slots=True)
class Change:
    """The first change that moving one weight brings.

    Attributes
    ----------
    by
        How far the weight moves, as a share of the whole; negative where it falls.
    station, other
        Whose rank or grade changes, and with whom it draws level; None for a grade.
    grade
        The grade that it changes to; None for a rank.
    """

    by: float
    station: str
    other: str | None = None
    grade: str | None = None


@dataclass(frozen=True, eq=False)
class Stability:
    """How stable ranks and grades are. Made by `stability`.

    Attributes
    ----------
    changes
        For each weight (by name) the first change of a rank when it falls and when it rises, then of a grade; None
        where nothing changes down to 0 or up to 1.
    tied
        Pairs of neighbours that are level now: the least move of a weight may part them.
    """

    stations: tuple[str, ...]
    names: tuple[str, ...]
    weights: Floats
    changes: dict[str, tuple[Change | None, Change | None, Change | None, Change | None]]
    tied: tuple[tuple[str, str], ...]
    cutoffs: ResultTable
    made: Made

    @cached_property
    def table(self) -> ResultTable:
        """One row a weight: how far it may fall and rise before a rank, and before a grade changes, and whose."""
        columns: dict[str, Any] = {"weight": self.names, "share": self.weights}
        for k, (kind, way) in enumerate((a, b) for a in ("rank", "grade") for b in ("fall", "rise")):
            found = [self.changes[name][k] for name in self.names]
            columns[f"{kind}_{way}"] = [None if one is None else abs(one.by) for one in found]
            columns[f"{kind}_{way}_station"] = [None if one is None else one.station for one in found]
            other = "other" if kind == "rank" else "grade"
            columns[f"{kind}_{way}_{other}"] = [None if one is None else getattr(one, other) for one in found]
        return self.made.table("stability", columns)

    def near(self, margin: float) -> tuple[str, ...]:
        """The stations within so many points of a cut-off, above or below it."""
        found = self.cutoffs.columns
        sides = zip(found["station"], found["points_to_lose"], found["points_to_gain"], strict=True)
        return tuple(name for name, *both in sides if any(side is not None and side <= margin for side in both))

    def to_frame(self) -> Any:
        """The table as a fresh pandas frame."""
        return self.table.to_frame()

    def to_dict(self) -> dict[str, Any]:
        """Ready for JSON."""
        return {**self.table.to_dict(), "cutoffs": self.cutoffs.to_dict()["rows"], "made": self.made.to_dict()}

    def _repr_html_(self) -> str:
        return self.table._repr_html_()


def stability(data: Scores | Any, *, level: Level = "indicator", weights: Where = ()) -> Stability:
    """How far each weight may move, the others keeping their proportions, before a rank or a grade changes.

    A total is a line in one weight: T(δ) = (w + δ) r + (1 - w - δ) o, with r the station's rate of the indicator and o
    its mean rate of the others at their weights. Ranks first change where two neighbours draw level, grades where a
    line meets a cut-off; both are solved, not searched. Ranks are those of totals before rounding; a grade's cut-off
    is where rounding lifts a total to it. Bonus, deductions and vetoes stay as they are; quotas are not looked at.

    Parameters
    ----------
    data
        `Scores`, or plain rates.
    level
        Of scores: weights of `indicator`s or `dimension`s.
    weights
        Of plain rates: constraints whose middle is the starting point, `"a == 0.5"`; by default equal weights.

    Returns
    -------
    Stability
        A table of weights, and `cutoffs`: each station's total, grade, and points to the cut-offs around it.

    References
    ----------
    Triantaphyllou, E., Sánchez, A. (1997). A sensitivity analysis approach for some deterministic multi-criteria
    decision-making methods. Decision Sciences 28.

    Examples
    --------
    >>> found = stability([[0.9, 0.2], [0.5, 0.7]])
    >>> [round(x, 4) if x else x for x in (found.table["rank_fall"][0], found.table["rank_rise"][0])]
    [None, 0.0556]
    """
    rates = rates_of(data, level=level, release="none" if isinstance(data, Scores) else "assumed", where=weights)
    grader = None if rates.scores is None else grader_of(rates.scores)
    values, w = rates.whole, rates.weights / rates.weights.sum()
    totals = values @ w
    order = np.lexsort((np.arange(len(totals)), -totals))
    changes: dict[str, tuple[Change | None, Change | None, Change | None, Change | None]] = {}
    for i, name in enumerate(rates.names):
        if w[i] >= 1.0 - EVEN:
            changes[name] = (None, None, None, None)
            continue
        slope = (values[:, i] - totals) / (1.0 - w[i])
        ends = (-w[i], 1.0 - w[i])
        ranks = _rank_changes(rates, totals, slope, order, ends)
        grades = _grade_changes(rates, grader, totals, slope, ends)
        changes[name] = (ranks[0], ranks[1], grades[0], grades[1])
    gaps = -np.diff(totals[order])
    tied = [(rates.stations[order[k]], rates.stations[order[k + 1]]) for k in np.flatnonzero(gaps <= EVEN).tolist()]
    how = made(rates, "closed form, before rounding of totals")
    return Stability(
        rates.stations, rates.names, w, changes, tuple(tied), _cutoffs(rates, grader, how), how
    )  # fmt: skip


def _rank_changes(
    rates: Rates, totals: Floats, slope: Floats, order: Ints, ends: tuple[float, float]
) -> tuple[Change | None, Change | None]:
    """The first time two neighbours draw level, or level ones part, when the weight falls and when it rises."""
    upper, lower = order[:-1], order[1:]
    gap, closing = totals[upper] - totals[lower], slope[lower] - slope[upper]
    found: list[Change | None] = []
    for end in ends:
        sign = 1.0 if end > 0 else -1.0
        with np.errstate(divide="ignore", invalid="ignore"):
            by = np.where(sign * closing > EVEN, gap / (sign * closing), np.inf)
        by = np.where((gap <= EVEN) & (np.abs(closing) > EVEN), 0.0, by)
        k = int(np.argmin(by)) if len(by) else 0
        if not len(by) or by[k] > abs(end) + EVEN:
            found.append(None)
            continue
        found.append(Change(sign * float(by[k]), rates.stations[lower[k]], rates.stations[upper[k]]))
    return found[0], found[1]


def _lines(grader: Grader) -> tuple[list[str], Floats]:
    """The names of the grades with a lower bound and the least total that rounds to it, best first."""
    unit = Fraction(10) ** grader.places
    names, lines = [], []
    for name, grade in grader.grades.items():
        if grade.at_least is not None:
            edge = known(grade.at_least) * unit
            names.append(name)
            lines.append(float((-(-edge.numerator // edge.denominator) - Fraction(1, 2)) / unit))
    return names, np.array(lines)


def _grade_changes(
    rates: Rates, grader: Grader | None, totals: Floats, slope: Floats, ends: tuple[float, float]
) -> tuple[Change | None, Change | None]:
    if grader is None:
        return None, None
    names, lines = _lines(grader)
    places = list(grader.names)
    if not names:
        return None, None
    edges = lines / rates.scale
    open_ = np.array([places.index(name) for name in names]) >= grader.floor[:, None]
    open_ &= grader.most[:, None] >= np.ceil(lines * 10.0**grader.places)
    gap = edges - totals[:, None]
    above = gap <= EVEN
    found: list[Change | None] = []
    for end in ends:
        sign = 1.0 if end > 0 else -1.0
        speed = sign * np.broadcast_to(slope[:, None], gap.shape)
        with np.errstate(divide="ignore", invalid="ignore"):
            by = np.where(np.where(above, speed < -EVEN, speed > EVEN) & open_, gap / speed, np.inf)
        s, g = (int(k) for k in np.unravel_index(int(np.argmin(by)), by.shape))
        if by[s, g] > abs(end) + EVEN:
            found.append(None)
            continue
        grade = places[places.index(names[g]) + 1] if above[s, g] else names[g]
        found.append(Change(sign * max(float(by[s, g]), 0.0), rates.stations[s], grade=grade))
    return found[0], found[1]


def _cutoffs(rates: Rates, grader: Grader | None, how: Made) -> ResultTable:
    """Stations with the points that part them from the grades around them, nearest first."""
    heads = ("station", "total", "grade", "points_to_lose", "grade_below", "points_to_gain", "grade_above")
    rows: list[tuple[Any, ...]] = []
    scores = rates.scores
    if scores is not None and grader is not None and scores.grades is not None:
        names = list(grader.names)
        unit = 10**grader.places
        bounds = [-(-(b := known(g.at_least) * unit).numerator // b.denominator) if g.at_least is not None else None
                  for g in grader.grades.values()]  # fmt: skip
        for s, station in enumerate(scores.stations):
            units, code = int(scores.standings.units[s]), int(scores.standings.earned[s])
            own, better = bounds[code], bounds[code - 1] if code else None
            lose = None if own is None else (units - own + 1) / unit
            gain = None if better is None else (better - units) / unit
            below = None if own is None else names[code + 1]
            above = None if better is None else names[code - 1]
            rows.append((station, scores.totals[s], scores.grades[s], lose, below, gain, above))
        rows.sort(key=lambda row: min(each for each in (row[3], row[5], float("inf")) if each is not None))
    return how.table("cut-offs", {head: [row[i] for row in rows] for i, head in enumerate(heads)})

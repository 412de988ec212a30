"""Totals of one framework on the scale of another, from the stations that both evaluated."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from stationeval.analysis.comparison import full_marks
from stationeval.errors import InputError, Problem
from stationeval.evaluation.listing import ResultTable
from stationeval.evaluation.results import Scores

Floats: TypeAlias = npt.NDArray[np.float64]
Method: TypeAlias = Literal["linear", "equipercentile"]
METHODS = ("linear", "equipercentile")
FEWEST, FEW = 3, 30
ALIKE = 0.866
"""Below this correlation, totals of the one say less than half of the uncertainty of the other away (Dorans 2004)."""


@dataclass(frozen=True)
class Linking:
    """Totals of `a` on the scale of `b`. Made by `link`.

    Attributes
    ----------
    method
        `linear` or `equipercentile`.
    table
        One row a station of `a`: `station`, `total`, `linked`, `low` and `high` (the range of `linked` when any one
        common station is left out), `inside` (whether the total lies where common stations do), `other` (the
        station's own total in `b`, None where it has none).
    common
        How many stations the link rests on.
    correlation
        Pearson's, of the common stations' totals.
    error
        The root mean square difference of `linked` and `other` over the common stations, in points of `b`.
    notes
        The limits of the link; read them before using it.
    """

    method: Method
    table: ResultTable
    common: int
    correlation: float
    error: float
    notes: tuple[Problem, ...]
    _link: _Link

    def of(self, total: float | Fraction) -> float:
        """A total of `a` on the scale of `b`.

        Raises
        ------
        InputError
            If it is not between 0 and the most that the link knows of.
        """
        value = float(total)
        if not self._link.low <= value <= self._link.high:
            values = {"low": self._link.low, "high": self._link.high}
            raise InputError([Problem("link-outside", value=total, values=values)])
        return float(self._link(np.array([value]))[0])

    def to_frame(self) -> Any:
        """The stations as a fresh pandas frame."""
        return self.table.to_frame()

    def to_dict(self) -> dict[str, Any]:
        """Everything ready for JSON."""
        return {
            **self.table.to_dict(),
            "method": self.method,
            "common": self.common,
            "correlation": self.correlation,
            "error": self.error,
        }

    def _repr_html_(self) -> str:
        return self.table._repr_html_()


def link(a: Scores, b: Scores, *, method: Method) -> Linking:
    """Put totals of one evaluation on the scale of another, by the stations that both have.

    This links; it does not equate: a linked total says where a station would stand in `b` among stations like the
    common ones, not what `b` would have found. Its limits are notes of the result.

    Parameters
    ----------
    a, b
        From `score`; under frameworks with any full marks.
    method
        `linear`: the same distance from the mean in standard deviations, within 0 and b's full marks. `equipercentile`:
        the same percentile rank, a straight line between the observed ones, and from 0 to 0 and full marks to full
        marks at the ends.

    Returns
    -------
    Linking
        A row for each station of `a`.

    Raises
    ------
    InputError
        If fewer than three stations are common, or their totals on one side are all equal.

    References
    ----------
    Kolen & Brennan (2014), Test Equating, Scaling, and Linking, 3rd ed., ch. 2. Dorans (2004), Equating, concordance,
    and expectation, Applied Psychological Measurement 28.

    Examples
    --------
    >>> import stationeval as se
    >>> rows = se.testing.random_stations("mof-self-evaluation", 9, seed=1)
    >>> scores = se.score(rows, "mof-self-evaluation")
    >>> found = link(scores, scores, method="linear")
    >>> round(found.of(80), 9)
    80.0
    """
    if method not in METHODS:
        raise InputError([Problem("analysis-choice", value=method, values={"name": "method", "known": list(METHODS)})])
    names = [name for name in a.stations if name in b._index]
    x = np.array([float(a.totals[a.index(name)]) for name in names])
    y = np.array([float(b.totals[b.index(name)]) for name in names])
    problems = []
    if len(names) < FEWEST:
        problems.append(Problem("link-few-common", value=len(names), values={"fewest": FEWEST}))
    elif np.ptp(x) == 0 or np.ptp(y) == 0:
        problems.append(Problem("link-all-equal"))
    if problems:
        raise InputError(problems)
    own = np.array([float(total) for total in a.totals])
    ends = (max(float(full_marks(a)), float(own.max())), max(float(full_marks(b)), float(y.max())))
    made = _Link.of(x, y, ends, method)
    linked = made(own)
    low, high = linked, linked
    for k in range(len(x)):
        other = _without(x, y, k, ends, method)
        if other is not None:
            again = other(own)
            low, high = np.minimum(low, again), np.maximum(high, again)
    inside = (own >= x.min()) & (own <= x.max())
    columns: dict[str, Sequence[Any]] = {
        "station": a.stations,
        "total": tuple(a.totals),
        "linked": tuple(linked.tolist()),
        "low": tuple(low.tolist()),
        "high": tuple(high.tolist()),
        "inside": tuple(inside.tolist()),
        "other": tuple(b.totals[b.index(name)] if name in b._index else None for name in a.stations),
    }
    correlation = float(np.clip(np.corrcoef(x, y)[0, 1], -1, 1))
    notes = tuple(_limits(a, b, len(names), correlation, int((~inside).sum())))
    table = ResultTable("linking", columns, f"{a.signature} → {b.signature} {method}", notes)
    error = float(np.sqrt(((made(x) - y) ** 2).mean()))
    return Linking(method, table, len(names), correlation, error, notes, made)


def _limits(a: Scores, b: Scores, common: int, correlation: float, outside: int) -> list[Problem]:
    """What a reader must know before using the link."""
    notes = [Problem("link-no-equating", severity="note")]
    if common < FEW:
        notes.append(Problem("link-few", values={"common": common, "few": FEW}, severity="note"))
    if correlation < ALIKE:
        values = {"correlation": f"{correlation:.2f}", "alike": ALIKE}
        notes.append(Problem("link-unlike", values=values, severity="note"))
    if outside:
        notes.append(Problem("link-beyond", values={"stations": outside}, severity="note"))
    return notes


@dataclass(frozen=True, eq=False)
class _Link:
    """A rising line from one scale to another, known between `low` and `high`."""

    low: float
    high: float
    knots: tuple[Floats, Floats]

    def __call__(self, values: Floats) -> Floats:
        return np.interp(values, *self.knots)

    @classmethod
    def of(cls, x: Floats, y: Floats, ends: tuple[float, float], method: Method) -> _Link:
        knots = _line(x, y, ends) if method == "linear" else _percentiles(x, y, ends)
        return cls(0.0, ends[0], knots)


def _without(
    x: Floats, y: Floats, k: int, ends: tuple[float, float], method: Method
) -> Callable[[Floats], Floats] | None:
    """The link without one station; None where nothing is left to link by."""
    left, right = np.delete(x, k), np.delete(y, k)
    return _Link.of(left, right, ends, method) if np.ptp(left) and np.ptp(right) else None


def _line(x: Floats, y: Floats, ends: tuple[float, float]) -> tuple[Floats, Floats]:
    """Mean to mean and sd to sd, cut off at 0 and full marks."""
    slope = y.std() / x.std()
    start = y.mean() - slope * x.mean()
    corners = [0.0, ends[0], *(((edge - start) / slope) for edge in (0.0, ends[1]))]
    places = np.unique([place for place in corners if 0 <= place <= ends[0]])
    return places, np.clip(start + slope * places, 0.0, ends[1])


def _percentiles(x: Floats, y: Floats, ends: tuple[float, float]) -> tuple[Floats, Floats]:
    """Percentile rank to percentile rank, each line through the middles of its steps, 0 and full marks."""
    (from_x, ranks_x), (from_y, ranks_y) = _ranks(x, ends[0]), _ranks(y, ends[1])
    ranks = np.union1d(ranks_x, ranks_y)
    ranks = ranks[(ranks >= ranks_x[0]) & (ranks <= ranks_x[-1])]
    return np.interp(ranks, ranks_x, from_x), np.interp(ranks, ranks_y, from_y)


def _ranks(values: Floats, end: float) -> tuple[Floats, Floats]:
    """Totals and their percentile ranks, strictly rising in both."""
    places, counts = np.unique(values, return_counts=True)
    ranks = (np.cumsum(counts) - counts / 2) / len(values)
    if places[0] > 0:
        places, ranks = np.append(0.0, places), np.append(0.0, ranks)
    if places[-1] < end:
        places, ranks = np.append(places, end), np.append(ranks, 1.0)
    return places, ranks

"""Groups of stations: means with intervals, what lies between and within, and who is good beyond luck."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from typing import Any, Literal, TypeAlias

import numpy as np

from stationeval.analysis.comparison import checked_level, full_marks
from stationeval.analysis.groups_inequality import Split, gini, mean, theil, variance
from stationeval.analysis.groups_shrinkage import Floats, Shrunk, shrink
from stationeval.errors import InputError, Place, Problem
from stationeval.evaluation.curves import ZERO
from stationeval.evaluation.listing import ResultTable
from stationeval.evaluation.results import Scores

Unit: TypeAlias = Literal["points", "rate"]
LIMITS = (0.95, 0.998)
"""The two pairs of lines of a funnel."""
SIDES = ("within", "above", "below")


@dataclass(frozen=True)
class Groups:
    """Stations by county, province or any other group. Made by `groups`.

    Attributes
    ----------
    by, unit, level
        The column, `points` or `rate`, and the level of the intervals.
    table
        One row a group: `group`, `stations`, `mean`, `sd`, `low`, `high` (t interval of the mean from the group alone),
        `gini`, `rank` (by the mean), `shrunk`, `shrunk_low`, `shrunk_high`, `trust` (how much the group's own mean
        weighs in it), `shrunk_rank`, `best` (probability of the highest mean), `funnel` (`within` what chance explains
        at 95 %, `above` or `below`). None where it cannot be told; the notes say why.
    variance
        Exact; of all stations, between and within groups.
    theil
        Theil's T; None where all totals are 0.
    gini
        Of all stations, exact; None where all totals are 0.
    centre
        The mean of all stations, exact.
    shrunk
        What the shrunken means rest on; None where they cannot be told.
    """

    by: str
    unit: Unit
    level: float
    table: ResultTable
    variance: Split
    theil: Split | None
    gini: Fraction | None
    centre: Fraction
    shrunk: Shrunk | None

    @property
    def notes(self) -> tuple[Problem, ...]:
        """Why something cannot be told, and what is worth saying."""
        return self.table.notes

    def funnel(self) -> ResultTable:
        """The limits of chance around the mean of all, by how many stations a group has, for a funnel plot.

        Raises
        ------
        InputError
            If the spread within groups cannot be told.
        """
        if self.shrunk is None:
            raise InputError([Problem("groups-no-spread", values={"by": self.by})])
        most = max(self.table["stations"])
        counts = np.unique(np.geomspace(1, max(most * 1.15, 2), 60).round(2))
        columns: dict[str, Sequence[Any]] = {"stations": tuple(counts.tolist())}
        for limit in LIMITS:
            away = _quantile(limit) * self.shrunk.sigma / np.sqrt(counts)
            name = f"{limit * 100:g}"
            columns[f"low_{name}"] = tuple((float(self.centre) - away).tolist())
            columns[f"high_{name}"] = tuple((float(self.centre) + away).tolist())
        return ResultTable("groups-funnel", columns, self.table.signature)

    def to_frame(self) -> Any:
        """The groups as a fresh pandas frame."""
        return self.table.to_frame()

    def to_dict(self) -> dict[str, Any]:
        """Everything ready for JSON."""
        splits = {"variance": self.variance, "theil": self.theil}
        return {
            **self.table.to_dict(),
            **{
                name: None
                if one is None
                else {part: float(getattr(one, part)) for part in ("total", "between", "within")}
                for name, one in splits.items()
            },
            "gini": None if self.gini is None else float(self.gini),
            "centre": float(self.centre),
            "sigma": None if self.shrunk is None else self.shrunk.sigma,
            "tau": None if self.shrunk is None else self.shrunk.tau,
        }

    def _repr_html_(self) -> str:
        return self.table._repr_html_()


def groups(
    scores: Scores | Mapping[str, Scores], *, by: str | None = None, unit: Unit = "points", level: float = 0.95
) -> Groups:
    """Means of groups of stations, inequality between and within them, and who stands out beyond chance.

    A county with 3 stations has a high mean by luck more easily than one with 30: the shrunken mean draws each towards
    the mean of all by how little it rests on, `best` says how probably it has the highest, and the funnel which means
    chance alone would not explain.

    Parameters
    ----------
    scores
        From `score`, with `by`; or several by name, each a group: `{"浙江": one, "湖南": other}`.
    by
        A column read with `keep`.
    unit
        `points`, or `rate` for shares of each framework's full marks.
    level
        The level of the intervals.

    Returns
    -------
    Groups
        One row a group, and the inequality of all.

    Raises
    ------
    InputError
        If a station has no group, `by` is missing or out of place, or full marks differ and `unit` is `points`.

    References
    ----------
    As in `stationeval.analysis.groups_inequality` and `stationeval.analysis.groups_shrinkage`.

    Examples
    --------
    >>> import stationeval as se
    >>> rows = se.testing.random_stations("mof-self-evaluation", 12, seed=1)
    >>> rows = [{**row, "county": "甲县" if k < 3 else "乙县"} for k, row in enumerate(rows)]
    >>> found = groups(se.score(rows, "mof-self-evaluation", keep=("county",)), by="county")
    >>> found.table["stations"], found.variance.total == found.variance.between + found.variance.within
    ((3, 9), True)
    """
    checked_level(level)
    parts = _parts(scores, by, unit)
    notes: list[Problem] = []
    table, shrunk = _table(parts, by or "group", level, notes)
    signature = (
        scores.signature
        if isinstance(scores, Scores)
        else " | ".join(f"{name}: {each.signature}" for name, each in scores.items())
    )
    every = [value for values in parts.values() for value in values]
    inequality = theil(parts)
    if inequality is None:
        notes.append(Problem("groups-all-zero", severity="note"))
    named = ResultTable("groups", table, f"{signature} by:{by} unit:{unit} level:{level}", tuple(notes))
    return Groups(by or "group", unit, level, named, variance(parts), inequality, gini(every), mean(every), shrunk)


def totals_of(scores: Scores, unit: Unit) -> list[Fraction]:
    """The published totals, exactly, in points or as shares of full marks."""
    scale = full_marks(scores) if unit == "rate" else Fraction(1)
    if not scale:
        raise InputError([Problem("decompose-no-full-marks")])
    return [Fraction(total) / scale for total in scores.totals]


def checked_unit(unit: str, every: Sequence[Scores]) -> None:
    """Whether a unit is one, and points of several frameworks can stand beside each other.

    Raises
    ------
    InputError
        If not.
    """
    if unit not in ("points", "rate"):
        raise InputError([Problem("analysis-choice", value=unit, values={"name": "unit", "known": ["points", "rate"]})])
    marks = sorted({full_marks(scores) for scores in every})
    if unit == "points" and len(marks) > 1:
        raise InputError([Problem("full-marks-differ", values={"marks": marks})])


def _parts(scores: Scores | Mapping[str, Scores], by: str | None, unit: Unit) -> dict[str, list[Fraction]]:
    """The totals of each group."""
    if not isinstance(scores, Scores):
        if by is not None or not scores:
            raise InputError([Problem("groups-by-out-of-place" if scores else "groups-nothing", value=by)])
        checked_unit(unit, list(scores.values()))
        return {name: totals_of(each, unit) for name, each in scores.items()}
    if by is None:
        raise InputError([Problem("groups-by-needed", values={"kept": list(scores.data.table.kept)})])
    checked_unit(unit, [scores])
    names = scores.group(by)
    lacking = [station for station, name in zip(scores.stations, names, strict=True) if name is None]
    if lacking:
        raise InputError(
            Problem("group-empty", Place(station=station, input=by), values={"by": by}) for station in lacking
        )
    found: dict[str, list[Fraction]] = {}
    for name, total in zip(names, totals_of(scores, unit), strict=True):
        found.setdefault(name, []).append(total)
    return found


def _table(
    parts: Mapping[str, Sequence[Fraction]], by: str, level: float, notes: list[Problem]
) -> tuple[dict[str, Sequence[Any]], Shrunk | None]:
    from scipy.special import stdtrit

    counts = np.array([len(values) for values in parts.values()], dtype=np.float64)
    means = np.array([float(mean(values)) for values in parts.values()])
    spreads = [_sd(values) for values in parts.values()]
    halves = [
        None if sd is None else float(stdtrit(n - 1, (1 + level) / 2)) * sd / n**0.5
        for sd, n in zip(spreads, counts.tolist(), strict=True)
    ]
    columns: dict[str, Sequence[Any]] = {
        "group": tuple(parts),
        "stations": tuple(len(values) for values in parts.values()),
        "mean": tuple(means.tolist()),
        "sd": tuple(spreads),
        "low": tuple(None if h is None else m - h for m, h in zip(means.tolist(), halves, strict=True)),
        "high": tuple(None if h is None else m + h for m, h in zip(means.tolist(), halves, strict=True)),
        "gini": tuple(None if (g := gini(values)) is None else float(g) for values in parts.values()),
        "rank": _places([mean(values) for values in parts.values()]),
    }
    alone = [name for name, values in parts.items() if len(values) == 1]
    if alone:
        notes.append(Problem("groups-alone", values={"groups": alone}, severity="note"))
    shrunk = _shrunk(parts, means, counts, by, notes)
    columns |= _shrunk_columns(parts, shrunk, means, counts, level)
    return columns, shrunk


def _sd(values: Sequence[Fraction]) -> float | None:
    if len(values) < 2:
        return None
    middle = mean(values)
    squares = sum(((value - middle) ** 2 for value in values), ZERO)
    return sqrt(squares / (len(values) - 1))


def _shrunk(
    parts: Mapping[str, Sequence[Fraction]], means: Floats, counts: Floats, by: str, notes: list[Problem]
) -> Shrunk | None:
    free = int(counts.sum()) - len(parts)
    if len(parts) < 2 or free < 1:
        code = "groups-only-one" if len(parts) < 2 else "groups-no-spread"
        notes.append(Problem(code, values={"by": by}, severity="note"))
        return None
    if len(parts) < 5:
        notes.append(Problem("groups-few", values={"by": by, "groups": len(parts)}, severity="note"))
    within = sum(((value - mean(values)) ** 2 for values in parts.values() for value in values), ZERO)
    return shrink(means, counts, float(within / free) ** 0.5)


def _shrunk_columns(
    parts: Mapping[str, Sequence[Fraction]], shrunk: Shrunk | None, means: Floats, counts: Floats, level: float
) -> dict[str, Sequence[Any]]:
    heads = ("shrunk", "shrunk_low", "shrunk_high", "trust", "shrunk_rank", "best", "funnel")
    if shrunk is None:
        return dict.fromkeys(heads, (None,) * len(parts))
    away = _quantile(level) * shrunk.spreads
    centre = float(mean([value for values in parts.values() for value in values]))
    limit = _quantile(LIMITS[0]) * shrunk.sigma / np.sqrt(counts)
    side = np.where(means > centre + limit, 1, np.where(means < centre - limit, 2, 0))
    cells: tuple[Sequence[Any], ...] = (
        tuple(shrunk.means.tolist()),
        tuple((shrunk.means - away).tolist()),
        tuple((shrunk.means + away).tolist()),
        tuple(shrunk.trust.tolist()),
        _places(shrunk.means.tolist()),
        tuple(shrunk.best.tolist()),
        tuple(SIDES[k] for k in side.tolist()),
    )
    return dict(zip(heads, cells, strict=True))


def _places(values: Sequence[Any]) -> tuple[int, ...]:
    return tuple(1 + sum(other > value for other in values) for value in values)


def _quantile(level: float) -> float:
    """How many standard deviations hold the middle `level` of a normal."""
    from scipy.special import ndtri

    return float(ndtri((1 + level) / 2))

"""What each rater does: severity by an additive model, and the ranks without each in turn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np

from stationeval.analysis.agreement_matrix import Floats, Ints
from stationeval.analysis.agreement_table import Long, Marks
from stationeval.errors import IncompleteFramework, InputError, NotInFramework, Problem
from stationeval.evaluation.checking import scored
from stationeval.evaluation.intake import Column
from stationeval.evaluation.plan import known
from stationeval.evaluation.prepare import Data, plan_for, read, with_groups
from stationeval.evaluation.raters import trim
from stationeval.evaluation.results import Scores
from stationeval.evaluation.tables import Table
from stationeval.framework.documents import Trim
from stationeval.framework.framework import Framework
from stationeval.framework.values import Unknown


@dataclass(frozen=True, eq=False)
class Severity:
    """Least squares of mark = unit + rater + rest.

    Attributes
    ----------
    effects
        Shape (raters,): from the mean of the raters that one is linked with; NaN for who shares no unit with anyone.
    errors
        Shape (raters,): standard errors; NaN where nothing is left to estimate them from.
    df, residual
        Degrees of freedom and mean square of the rest.
    parts
        How many sets of raters there are that share no unit with each other.
    adjusted
        Shape (ratings,): the marks with their rater's effect taken away.
    """

    effects: Floats
    errors: Floats
    df: int
    residual: float | None
    parts: int
    adjusted: Floats


def severity(marks: Marks, raters: int) -> Severity:
    """How far each rater marks above or below the others, whichever units each of them rated.

    Of complete ratings the effect is the rater's mean less the mean of all.

    References
    ----------
    Braun, H. I. (1988). Understanding scoring reliability: experiments in calibrating essay readers. Journal of
    Educational Statistics 13, 1-18.
    """
    from scipy import sparse
    from scipy.sparse import csgraph

    units, at = np.unique(marks.unit, return_inverse=True)
    sizes = np.bincount(at).astype(np.float64)
    centre = float(marks.values.mean())
    values = marks.values - centre
    apart = values - (np.bincount(at, values) / sizes)[at]
    seen = sparse.csr_array((np.ones(len(values)), (at, marks.rater)), shape=(len(units), raters))
    shared = (seen.T @ sparse.diags_array(1 / sizes) @ seen).toarray()
    counts = np.bincount(marks.rater, minlength=raters).astype(np.float64)
    normal = np.diag(counts) - shared
    linked = np.count_nonzero(shared > 0, axis=1) > 1
    inverse = np.linalg.pinv(normal, rcond=1e-10, hermitian=True)
    effects = inverse @ np.bincount(marks.rater, apart, minlength=raters)
    own = effects[marks.rater]
    rest = apart - (own - (np.bincount(at, own) / sizes)[at])
    between = shared[np.ix_(linked, linked)] > 0
    parts = int(csgraph.connected_components(between, directed=False)[0]) if linked.any() else 0
    alone = int(np.count_nonzero(counts[~linked]))
    df = len(values) - len(units) - int(np.count_nonzero(counts)) + parts + alone
    left = float(rest @ rest)
    residual = None if df < 1 else left / df if left > (1e-14 * len(values)) ** 2 else 0.0
    errors = np.sqrt(np.maximum(np.diag(inverse), 0.0) * (np.nan if residual is None else residual))
    return Severity(
        np.where(linked, effects, np.nan),
        np.where(linked, errors, np.nan),
        df,
        residual,
        parts,
        marks.values - own,
    )


@dataclass(frozen=True, eq=False)
class Moves:
    """Ranks with everybody, and without each rater in turn.

    Attributes
    ----------
    base
        The scores with everybody.
    without
        By rater; None where some station has no rating left.
    """

    base: Scores
    without: Mapping[int, Scores | None]

    def moved(self, rater: int) -> Ints | None:
        """Places gained (above 0) or lost by each station when a rater is left out, shape (stations,)."""
        scores = self.without[rater]
        if scores is None:
            return None
        ranks: Ints = np.array(self.base.ranks, dtype=np.int64) - np.array(scores.ranks, dtype=np.int64)
        return ranks

    def columns(self, long: Long) -> dict[str, Sequence[Any]]:
        """One row for each rater left out and each station."""
        rows: list[tuple[Any, ...]] = []
        for r, scores in self.without.items():
            if scores is None:
                continue
            who = long.raters[r]
            both = zip(self.base.totals, scores.totals, self.base.ranks, scores.ranks, strict=True)
            for station, (total, less, rank, then) in zip(self.base.stations, both, strict=True):
                rows.append((who.group, who.name, station, total, less, rank, then, rank - then))
        head = ("rater_group", "rater", "station", "total", "total_without", "rank", "rank_without", "moved")
        return dict(zip(head, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(head, ())


def without_each(long: Long, data: Any) -> tuple[Moves | None, tuple[Problem, ...]]:
    """Score with everybody and without each rater; a note where that cannot be.

    Raises
    ------
    InputError
        With every problem in `data` where it was given.
    """
    if not long.named:
        return None, ()
    fw, notes = long.framework, list[Problem]()
    try:
        plan_for(fw)
    except (IncompleteFramework, NotInFramework):
        return None, (Problem("agreement-not-scored", severity="note"),)
    given = read(_stations(long) if data is None else data, fw, keep=with_groups((), fw)).table
    pool = Pool.of(long, given)
    try:
        base = scored(pool.data(None))
    except InputError:
        if data is not None:
            raise
        return None, (Problem("agreement-needs-data", severity="note"),)
    if not fw.doc.raters:
        notes.append(Problem("agreement-plain-means", severity="note"))
    found: dict[int, Scores | None] = {}
    for r, who in enumerate(long.raters):
        try:
            found[r] = scored(pool.data(r))
        except InputError:
            found[r] = None
            notes.append(Problem("agreement-cannot-leave-out", values={"rater": str(who)}, severity="note"))
    return Moves(base, found), tuple(notes)


def _stations(long: Long) -> list[dict[str, str]]:
    """The stations alone, for a framework that asks for nothing but ratings."""
    stations = list(dict.fromkeys(long.table.stations))
    if long.table.rounds is None:
        rounds = list(_rounds(long.framework))
    else:
        rounds = [list(_rounds(long.framework))[code] for code in np.unique(long.table.rounds).tolist()]
    if not rounds:
        return [{"station": station} for station in stations]
    return [{"station": station, "round": name} for station in stations for name in rounds]


def _rounds(framework: Framework) -> Mapping[str, Any]:
    return {} if isinstance(framework.doc.rounds, Unknown) else framework.doc.rounds


Cell: TypeAlias = tuple[int, str]
"""A row of the station table and a group of raters."""


@dataclass(frozen=True, eq=False)
class Pool:
    """Exact ratings by row of the station table, group and rater, combined as the framework says.

    Attributes
    ----------
    marks
        By input, then by cell: the rater and the mark of each rating.
    whole
        By input, then by cell: the mean with everybody, the highest and lowest dropped where the framework says so.
    """

    long: Long
    given: Table
    groups: Mapping[str, tuple[Fraction, Trim | None]]
    marks: Mapping[str, Mapping[Cell, Sequence[tuple[int, Fraction]]]]
    whole: Mapping[str, Mapping[Cell, Fraction]]

    @classmethod
    def of(cls, long: Long, given: Table) -> Pool:
        """The ratings of a study, for the rows of a station table; a plain mean where nobody weighs raters."""
        ratings, weighed = long.table, known(long.framework.doc.raters)
        groups = {name: (known(one.weight), one.trim) for name, one in weighed.items()} or {"": (Fraction(1), None)}
        apart = ratings.rounds is not None and given.rounds is not None
        rows: dict[tuple[str, int], list[int]] = {}
        for i, station in enumerate(given.stations):
            rows.setdefault((station, int(known(given.rounds)[i]) if apart else -1), []).append(i)
        marks: dict[str, dict[Cell, list[tuple[int, Fraction]]]] = {name: {} for name in ratings.columns}
        raters = long.rater.tolist()
        for k, station in enumerate(ratings.stations):
            group = long.raters[raters[k]].group if weighed else ""
            at = rows.get((station, int(known(ratings.rounds)[k]) if apart else -1), ())
            for name, column in ratings.columns.items():
                if at and (mark := column.exact(k)) is not None:
                    for i in at:
                        marks[name].setdefault((i, group), []).append((raters[k], mark))
        whole = {
            name: {cell: _mean([mark for _, mark in each], groups[cell[1]][1]) for cell, each in cells.items()}
            for name, cells in marks.items()
        }
        return cls(long, given, groups, marks, whole)

    def data(self, without: int | None) -> Data:
        """What to score: the stations with their marks, those of one rater left out."""
        codes: list[int] = [] if self.long.table.rounds is None else np.unique(self.long.table.rounds).tolist()
        alone = list(_rounds(self.long.framework))[codes[0]] if len(codes) == 1 else None
        columns = {name: self._column(name, without) for name in self.marks}
        table = replace(self.given, columns={**self.given.columns, **columns})
        return Data(self.long.framework, table, None, alone)

    def _column(self, name: str, without: int | None) -> Column:
        means: dict[Cell, Fraction | None] = dict(self.whole[name])
        for cell, each in self.marks[name].items():
            kept = [mark for rater, mark in each if rater != without]
            if len(kept) < len(each):
                means[cell] = _mean(kept, self.groups[cell[1]][1]) if kept else None
        exact: dict[int, Fraction] = {}
        for i in range(len(self.given.stations)):
            parts = [means.get((i, group)) for group in self.groups]
            if None not in parts:
                weights = (weight for weight, _ in self.groups.values())
                exact[i] = sum((w * known(part) for w, part in zip(weights, parts, strict=True)), Fraction(0))
        values = np.array([float(exact.get(i, np.nan)) for i in range(len(self.given.stations))])
        return Column(name, values, np.isnan(values), exact)


def _mean(marks: Sequence[Fraction], rule: Trim | None) -> Fraction:
    kept, _ = trim(marks, rule)
    return sum(kept, Fraction(0)) / len(kept)

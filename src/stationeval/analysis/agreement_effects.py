"""What each rater does: severity by an additive model, and the ranks without each in turn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from stationeval.analysis.agreement_matrix import Floats, Ints
from stationeval.analysis.agreement_table import Long, Marks
from stationeval.errors import IncompleteFramework, InputError, NotInFramework, Problem
from stationeval.evaluation.checking import scored
from stationeval.evaluation.prepare import Data, plan_for, read, with_groups
from stationeval.evaluation.results import Scores
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
        How many sets of raters there are that share no unit.
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
    present = counts > 0
    parts = csgraph.connected_components(shared[np.ix_(present, present)] > 0, directed=False)[0]
    df = len(values) - len(units) - int(present.sum()) + int(parts)
    left = float(rest @ rest)
    residual = None if df < 1 else left / df if left > (1e-14 * len(values)) ** 2 else 0.0
    errors = np.sqrt(np.maximum(np.diag(inverse), 0.0) * (np.nan if residual is None else residual))
    return Severity(
        np.where(linked, effects, np.nan),
        np.where(linked, errors, np.nan),
        df,
        residual,
        len(set(_parts(shared, linked))),
        marks.values - own,
    )


def _parts(shared: Floats, linked: Any) -> Sequence[int]:
    from scipy.sparse import csgraph

    if not linked.any():
        return ()
    found: Ints = csgraph.connected_components(shared[np.ix_(linked, linked)] > 0, directed=False)[1]
    return found.tolist()


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
        return dict(zip(head, zip(*rows, strict=True), strict=True)) if rows else {name: () for name in head}


def without_each(long: Long, data: Any) -> tuple[Moves | None, tuple[Problem, ...]]:
    """Score with everybody and without each rater; a note where that cannot be.

    Raises
    ------
    InputError
        With every problem in `data` where it was given.
    """
    if not long.named:
        return None, ()
    try:
        plan_for(long.framework)
    except (IncompleteFramework, NotInFramework):
        return None, (Problem("agreement-not-scored", severity="note"),)
    keep = with_groups((), long.framework)
    given = read(_stations(long) if data is None else data, long.framework, keep=keep)
    try:
        base = scored(Data(long.framework, given.table, long.table, None))
    except InputError:
        if data is not None:
            raise
        return None, (Problem("agreement-needs-data", severity="note"),)
    found: dict[int, Scores | None] = {}
    notes = []
    for r, who in enumerate(long.raters):
        try:
            found[r] = scored(Data(long.framework, given.table, long.without(r), None))
        except InputError:
            found[r] = None
            notes.append(Problem("agreement-cannot-leave-out", values={"rater": str(who)}, severity="note"))
    return Moves(base, found), tuple(notes)


def _stations(long: Long) -> list[dict[str, str]]:
    """The stations alone, for a framework that asks for nothing but ratings."""
    rounds = {} if isinstance(long.framework.doc.rounds, Unknown) else long.framework.doc.rounds
    stations = list(dict.fromkeys(long.table.stations))
    if not rounds:
        return [{"station": station} for station in stations]
    return [{"station": station, "round": name} for station in stations for name in rounds]

"""Which ranks a station can hold, and which pairs are settled, under every admissible weighting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from stationeval.analysis.extremes import extreme
from stationeval.analysis.polytope import TIE, Floats, Ints, Polytope
from stationeval.analysis.rates import Level, Rates, Release, Where, rates_of
from stationeval.analysis.results import Made, made
from stationeval.evaluation.listing import ResultTable
from stationeval.evaluation.results import Scores

Bools = npt.NDArray[np.bool_]

EXACT_TO = 30
"""Up to so many stations the exact ranks are worked out unasked."""

STEPS = 12
"""How long the search for extreme weights goes on for each end of a station's range."""

PROGRAMMES = 20_000
"""How many linear programmes are spent on pairs at most; what is left keeps a sound, wider bound."""


@dataclass(frozen=True, eq=False)
class RankRanges:
    """The best and worst rank of each station over all admissible weights. Made by `rank_ranges`.

    A rank is 1 + the number of stations above; stations within a millionth of full marks of one another are level.

    Attributes
    ----------
    best, worst
        Ranks that are attained by some admissible weights.
    best_bound, worst_bound
        No admissible weights give a better, or a worse, one. Equal to the attained one where that is exact.
    rank
        At the weights of the framework (of plain rates: equal weights, or the middle of the admissible).
    """

    stations: tuple[str, ...]
    rank: Ints
    best: Ints
    worst: Ints
    best_bound: Ints
    worst_bound: Ints
    made: Made

    @property
    def exact(self) -> Bools:
        """Where both ends are proved exact, shape (stations,)."""
        return np.asarray((self.best == self.best_bound) & (self.worst == self.worst_bound))

    @cached_property
    def table(self) -> ResultTable:
        """One row a station."""
        columns = {
            "station": self.stations, "rank": self.rank, "best": self.best, "worst": self.worst,
            "best_bound": self.best_bound, "worst_bound": self.worst_bound, "exact": self.exact,
        }  # fmt: skip
        return self.made.table("rank-ranges", columns)

    def to_frame(self) -> Any:
        """The table as a fresh pandas frame."""
        return self.table.to_frame()

    def to_dict(self) -> dict[str, Any]:
        """Ready for JSON."""
        return {**self.table.to_dict(), "made": self.made.to_dict()}

    def _repr_html_(self) -> str:
        return self.table._repr_html_()


def rank_ranges(
    data: Scores | Any,
    *,
    where: Where = (),
    level: Level = "indicator",
    release: Release = "assumed",
    exact: bool | Sequence[str] | None = None,
) -> RankRanges:
    """The best and worst rank of each station over every admissible weighting.

    Sound bounds come first: from pairs that are settled under all weights, and from ranks attained at many admissible
    weights. Where they leave a doubt and `exact` asks for it, a mixed-integer programme settles the end.

    Parameters
    ----------
    data
        `Scores`, or plain rates (see `where`).
    where
        Constraints on weights as shares of the whole, in words: `"S1 >= S2"`, `"0.1 <= S1 <= 0.3"`,
        `"standard == 0.25"`.
    level
        Of scores: weights of `indicator`s, or of `dimension`s.
    release
        Of scores: open are the weights that no document fixes (`assumed`), `all`, or `none`.
    exact
        True, False, or the stations to settle exactly; by default all where there are at most 30.

    Returns
    -------
    RankRanges
        With a column that says which ranks are exact.

    Raises
    ------
    InputError
        If a rate is no number, or no weights are admissible: names a smallest set of constraints that contradict.

    References
    ----------
    Kadziński, M., Greco, S., Słowiński, R. (2012). Extreme ranking analysis in robust ordinal regression. Omega 40.

    Examples
    --------
    >>> found = rank_ranges([[1.0, 0.0], [0.0, 1.0], [0.6, 0.6]])
    >>> found.best.tolist(), found.worst.tolist(), found.exact.all()
    ([1, 1, 1], [3, 3, 2], np.True_)
    """
    rates = rates_of(data, level=level, release=release, where=where)
    wanted = _wanted(rates, exact)
    least, settled = _leads(rates)
    always, possibly = least > TIE, ~(least.T >= -TIE)
    np.fill_diagonal(always, val=False)
    np.fill_diagonal(possibly, val=False)
    sure, most = always.sum(axis=0), possibly.sum(axis=0)
    best, worst = _attained(rates)
    best_bound, worst_bound = 1 + sure, 1 + most
    programmes = 0
    for s in wanted:
        leads = rates.whole - rates.whole[s]
        open_ = possibly[:, s] & ~always[:, s]
        for end, bounds, attained in (("best", best_bound, best), ("worst", worst_bound, worst)):
            if bounds[s] == attained[s]:
                continue
            programmes += 1
            found = extreme(rates.polytope, leads, open_, int(sure[s]), "best" if end == "best" else "worst")
            pick = min if end == "best" else max
            attained[s] = pick(int(attained[s]), 1 + found.attained)
            bounds[s] = 1 + found.bound
    np.minimum(best_bound, best, out=best_bound)
    np.maximum(worst_bound, worst, out=worst_bound)
    pairs = "closed form" if rates.polytope.closed_form else "linear programmes" if settled else "bounds only"
    method = f"pairs by {pairs}; {len(rates.polytope.extremes)}+ weights tried; {programmes} mixed-integer programmes"
    rank = 1 + (rates.whole @ rates.weights - (rates.whole @ rates.weights)[:, None] > TIE).sum(axis=1)
    return RankRanges(rates.stations, rank, best, worst, best_bound, worst_bound, made(rates, method))


def _wanted(rates: Rates, exact: bool | Sequence[str] | None) -> Sequence[int]:
    if isinstance(exact, bool | None):
        return range(len(rates)) if exact or (exact is None and len(rates) <= EXACT_TO) else ()
    return [rates.place(station) for station in ([exact] if isinstance(exact, str) else exact)]


def _leads(rates: Rates) -> tuple[Floats, bool]:
    """A sound lower bound of each lead of a (row) over b (column), shape (n, n); whether it is the least itself."""
    whole, polytope, n = rates.whole, rates.polytope, len(rates)
    least = np.empty((n, n))
    if polytope.closed_form:
        for b in range(n):
            least[:, b] = polytope.least(whole - whole[b])
        return least, True
    around = Polytope(polytope.names)
    for b in range(n):
        least[:, b] = around.least(whole - whole[b])
    tried = polytope.extremes @ whole.T
    seen = np.full((n, n), np.inf)
    for values in tried:
        np.minimum(seen, values[:, None] - values, out=seen)
    open_ = np.argwhere((least < -TIE) & (seen >= -TIE) | (least <= TIE) & (seen > TIE))
    least = np.where(seen < -TIE, np.minimum(seen, least), least)
    for a, b in open_[:PROGRAMMES].tolist():
        if a != b:
            least[a, b] = float(polytope.least((whole[a] - whole[b])[None])[0])
    return least, len(open_) <= PROGRAMMES


def _attained(rates: Rates) -> tuple[Ints, Ints]:
    """The best and worst rank of each station at many admissible weights."""
    whole, polytope = rates.whole, rates.polytope
    middle = whole.mean(axis=0)
    few = polytope.closed_form or len(rates) <= 100
    ends = [polytope.argument(sign * row) for row in whole - middle for sign in (1.0, -1.0)] if few else []
    corners = np.vstack([polytope.extremes, *(end[None] for end in ends)])
    tried = np.vstack([rates.weights[None], polytope.centre[None], corners, (corners + polytope.centre) / 2])
    tried = tried[polytope.holds(tried)]
    best = np.full(len(rates), len(rates), dtype=np.int64)
    worst = np.ones(len(rates), dtype=np.int64)
    for values in tried @ whole.T:
        ordered = np.sort(values)
        rank = 1 + len(values) - np.searchsorted(ordered, values + TIE, side="right")
        np.minimum(best, rank, out=best)
        np.maximum(worst, rank, out=worst)
    if polytope.closed_form:
        for s in range(len(rates)):
            best[s] = min(int(best[s]), 1 + _search(polytope, whole - whole[s], best=True))
            worst[s] = max(int(worst[s]), 1 + _search(polytope, whole - whole[s], best=False))
    return best, worst


def _search(polytope: Polytope, leads: Floats, *, best: bool) -> int:
    """How many stations are above at the best (or worst) weights that a short conditional-gradient search finds."""
    weights = polytope.centre
    sign, spread = 1.0 if best else -1.0, float(np.std(leads @ weights))
    counts: list[int] = []
    for step in range(STEPS):
        lead = leads @ weights
        counts.append(int((lead > TIE).sum()))
        close = np.exp(-np.square(lead / (spread / (1 + step) + TIE)))
        corner = polytope.argument(sign * (close @ leads))
        weights = weights + (corner - weights) / (2 + step)
    return min(counts) if best else max(counts)


@dataclass(frozen=True, eq=False)
class Preference:
    """Which pairs are settled whatever the admissible weights. Made by `preference`.

    Attributes
    ----------
    least, greatest
        Shape (stations, stations): the least and the greatest lead of a (row) over b (column), as a share of full
        marks.
    """

    stations: tuple[str, ...]
    least: Floats
    greatest: Floats
    made: Made

    @property
    def necessary(self) -> Bools:
        """Where a (row) is at least level with b (column) under every admissible weighting, and above under some."""
        return np.asarray((self.least >= -TIE) & (self.greatest > TIE))

    @property
    def possible(self) -> Bools:
        """Where a (row) is above b (column) under some admissible weighting."""
        return np.asarray(self.greatest > TIE)

    @cached_property
    def table(self) -> ResultTable:
        """One row an ordered pair of different stations."""
        n = len(self.stations)
        a, b = np.nonzero(~np.eye(n, dtype=np.bool_))
        columns = {
            "station": [self.stations[i] for i in a], "other": [self.stations[i] for i in b],
            "least_lead": self.least[a, b], "greatest_lead": self.greatest[a, b],
            "necessary": self.necessary[a, b], "possible": self.possible[a, b],
        }  # fmt: skip
        return self.made.table("preference", columns)

    def to_frame(self) -> Any:
        """The table as a fresh pandas frame."""
        return self.table.to_frame()

    def to_dict(self) -> dict[str, Any]:
        """Ready for JSON."""
        return {**self.table.to_dict(), "made": self.made.to_dict()}

    def _repr_html_(self) -> str:
        return self.table._repr_html_()


def preference(
    data: Scores | Any,
    *,
    where: Where = (),
    level: Level = "indicator",
    release: Release = "assumed",
) -> Preference:
    """Necessary and possible preference between every two stations, with the least and the greatest lead.

    Parameters
    ----------
    data, where, level, release
        As for `rank_ranges`.

    Returns
    -------
    Preference
        Leads are exact: in closed form on simplices that are bounded, ordered or parted in groups, by one linear
        programme a pair elsewhere.

    References
    ----------
    Greco, S., Mousseau, V., Słowiński, R. (2008). Ordinal regression revisited: multiple criteria ranking using a set
    of additive value functions. European Journal of Operational Research 191.

    Examples
    --------
    >>> found = preference([[0.9, 0.5], [0.6, 0.5], [0.2, 0.8]], where="weight1 >= weight2")
    >>> found.necessary.tolist()
    [[False, True, True], [False, False, True], [False, False, False]]
    """
    rates = rates_of(data, level=level, release=release, where=where)
    whole, n = rates.whole, len(rates)
    least = np.zeros((n, n))
    for b in range(n):
        least[:, b] = rates.polytope.least(whole - whole[b])
    np.fill_diagonal(least, 0.0)
    method = "closed form" if rates.polytope.closed_form else "linear programmes"
    return Preference(rates.stations, least, -least.T, made(rates, method))

"""How likely each rank and grade is when weights are drawn evenly from all admissible ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from stationeval.analysis.counting import Counter, blocks, count_ranks, groups_of, scaled
from stationeval.analysis.grades import Grader, grader_of
from stationeval.analysis.polytope import Floats, Ints
from stationeval.analysis.rates import Level, Rates, Release, Where, rates_of
from stationeval.analysis.results import Made, checked_draws, made
from stationeval.analysis.sampling import sample
from stationeval.analysis.uncertainty import Errors, drawn_rates
from stationeval.errors import InputError, Problem
from stationeval.evaluation.listing import ResultTable
from stationeval.evaluation.results import Scores

LEVEL = 1e-12
"""Two drawn values this near are level."""

PAIRS = 300
"""Up to so many stations the table of all pairs is made."""

FEW = 64
"""Up to so many stations the weights that put each first are summed as one product."""

KEPT = 40_000_000
"""How many drawn values may be kept where inputs are drawn too."""


@dataclass(frozen=True, eq=False)
class Acceptability:
    """Shares of draws. Made by `acceptability`.

    Attributes
    ----------
    counts
        Shape (stations, stations): in how many draws a station (row) held a rank (column, from 1).
    grade_counts
        Shape (stations, grades), best grade first; None of plain rates and where the framework has no grades.
    grades
        The names of the grades.
    central
        For each station that is ever first, the mean of the weights that make it so, shape (k,).
    names
        The weights.
    """

    stations: tuple[str, ...]
    names: tuple[str, ...]
    counts: Ints
    grades: tuple[str, ...]
    grade_counts: Ints | None
    central: Mapping[str, Floats]
    made: Made
    _values: _Values

    @property
    def draws(self) -> int:
        """How many draws there were."""
        return self._values.draws

    @property
    def ranks(self) -> Floats:
        """The probability of each rank, shape (stations, ranks); every row sums to 1."""
        return self.counts / self.draws

    @property
    def ranks_error(self) -> Floats:
        """The standard errors of `ranks`."""
        return _error(self.ranks, self.draws)

    @cached_property
    def expected(self) -> Floats:
        """The expected rank, shape (stations,)."""
        return np.asarray(self.ranks @ np.arange(1.0, len(self.stations) + 1.0))

    @property
    def expected_error(self) -> Floats:
        """The standard errors of the expected ranks."""
        places = np.arange(1.0, len(self.stations) + 1.0)
        return np.asarray(np.sqrt(np.maximum(self.ranks @ places**2 - self.expected**2, 0.0) / self.draws))

    @property
    def grade_shares(self) -> Floats | None:
        """The probability of each grade, shape (stations, grades)."""
        return None if self.grade_counts is None else self.grade_counts / self.draws

    def above(self, station: str, other: str) -> float:
        """The probability that one station is above another; level draws count for neither."""
        a, b = (self._place(name) for name in (station, other))
        return float(self._values.above(a, np.array([b]))[0]) / self.draws

    @cached_property
    def pairs(self) -> Floats:
        """The probability that a (row) is above b (column), shape (stations, stations).

        Raises
        ------
        InputError
            If there are more than 300 stations: ask `above` for single pairs.
        """
        n = len(self.stations)
        if n > PAIRS:
            raise InputError([Problem("analysis-too-many", values={"most": PAIRS})])
        return np.array([self._values.above(a, np.arange(n)) for a in range(n)]) / self.draws

    def _place(self, station: str) -> int:
        if station not in self.stations:
            raise InputError([Problem("analysis-no-station", value=station, values={"station": station})])
        return self.stations.index(station)

    @cached_property
    def table(self) -> ResultTable:
        """One row a station: expected rank, how often first, grades with their standard errors."""
        columns: dict[str, Any] = {
            "station": self.stations,
            "expected_rank": self.expected,
            "expected_rank_error": self.expected_error,
            "first": self.ranks[:, 0],
            "first_error": self.ranks_error[:, 0],
        }
        shares = self.grade_shares
        if shares is not None:
            for g, name in enumerate(self.grades):
                columns |= {name: shares[:, g], f"{name}_error": _error(shares, self.draws)[:, g]}
        return self.made.table("acceptability", columns)

    @cached_property
    def rank_table(self) -> ResultTable:
        """One row a station and rank that it held in some draw."""
        s, r = np.nonzero(self.counts)
        columns = {
            "station": [self.stations[i] for i in s],
            "rank": r + 1,
            "share": self.ranks[s, r],
            "error": self.ranks_error[s, r],
        }
        return self.made.table("rank-acceptability", columns)

    @cached_property
    def central_table(self) -> ResultTable:
        """One row a station that is ever first and weight: the mean of the weights that make it first."""
        rows = [(station, name, float(w)) for station, ws in self.central.items()
                for name, w in zip(self.names, ws, strict=True)]  # fmt: skip
        heads = ("station", "weight", "share")
        return self.made.table("central-weights", {h: [row[i] for row in rows] for i, h in enumerate(heads)})

    def to_frame(self) -> Any:
        """The table as a fresh pandas frame."""
        return self.table.to_frame()

    def to_dict(self) -> dict[str, Any]:
        """Ready for JSON."""
        ranks = self.rank_table.to_dict()["rows"]
        return {**self.table.to_dict(), "ranks": ranks, "made": self.made.to_dict()}

    def _repr_html_(self) -> str:
        return self.table._repr_html_()


@dataclass(frozen=True, eq=False)
class _Values:
    """What was drawn: weights, or where inputs were drawn too every value, shape (draws, stations)."""

    draws: int
    weights: Floats
    whole: Floats
    drawn: Floats | None = None

    def above(self, a: int, others: Ints) -> Ints:
        """In how many draws one station is above each of others."""
        found = np.zeros(len(others), dtype=np.int64)
        leads = self.whole[a] - self.whole[others]
        for part in blocks(self.draws, len(others)):
            if self.drawn is None:
                lead = self.weights[part] @ leads.T
            else:
                lead = self.drawn[part, a, None] - self.drawn[part][:, others]
            found += (lead > LEVEL).sum(axis=0)
        return found


def _error(shares: Floats, draws: int) -> Floats:
    return np.asarray(np.sqrt(shares * (1.0 - shares) / draws))


def acceptability(
    data: Scores | Any,
    *,
    draws: int,
    seed: int,
    where: Where = (),
    level: Level = "indicator",
    release: Release = "assumed",
    errors: Errors | None = None,
) -> Acceptability:
    """The probability of each rank and grade over weights drawn evenly from all admissible ones.

    Parameters
    ----------
    data, where, level, release
        As for `rank_ranges`.
    draws
        How many.
    seed
        A whole number; 0 is a seed. The same seed gives the same result with any number of threads.
    errors
        Of scores: inputs that are not sure, drawn along with the weights: `{"user_satisfaction": {"answers": 120}}`
        (a share of its maximum from 120 answers), `{"deviation": 3, "raters": 5}`, `{"rounded_to": 10}`.

    Returns
    -------
    Acceptability
        With standard errors; where weights come from a walk (see `made.method`) these are a little too small.

    Raises
    ------
    InputError
        If a rate, constraint, seed, number of draws or error cannot be used.

    References
    ----------
    Lahdelma, R., Salminen, P. (2001). SMAA-2: stochastic multicriteria acceptability analysis for group decision
    making. Operations Research 49.

    Examples
    --------
    >>> found = acceptability([[1.0, 0.0], [0.0, 1.0], [0.6, 0.6]], draws=10_000, seed=0)
    >>> [round(share, 1) for share in found.ranks[2].tolist()]
    [0.2, 0.8, 0.0]
    """
    draws = checked_draws(draws)
    rates = rates_of(data, level=level, release=release, where=where)
    drawn = sample(rates.polytope, draws, seed=seed)
    grader = None if rates.scores is None else grader_of(rates.scores)
    if errors:
        return _with_errors(rates, drawn.weights, f"{drawn.method}; inputs drawn", seed, errors, grader)
    groups = groups_of(rates.whole, rates.polytope)
    sums = _Firsts(len(groups.first), drawn.weights)
    whole = rates.whole[groups.first]
    counter = count_ranks(drawn.weights, whole, groups.sizes, sums.add)
    grade_counts = None
    if grader is not None:
        totals = ((part, drawn.weights[part] @ rates.whole.T * rates.scale) for part in blocks(draws, len(rates)))
        grade_counts = _grades(grader, totals, len(rates))
    central = sums.central([rates.stations[i] for i in groups.first])
    for s, station in enumerate(rates.stations):
        twin = rates.stations[int(groups.first[groups.group[s]])]
        if twin in central:
            central[station] = central[twin]
    return _made(
        rates, counter.table[groups.group], grader, grade_counts, central,
        made(rates, drawn.method, seed=seed, draws=draws), _Values(draws, drawn.weights, rates.whole),
    )  # fmt: skip


def _made(
    rates: Rates,
    counts: Ints,
    grader: Grader | None,
    grade_counts: Ints | None,
    central: Mapping[str, Floats],
    how: Made,
    values: _Values,
) -> Acceptability:
    names = () if grader is None else grader.names
    ordered = {station: central[station] for station in rates.stations if station in central}
    return Acceptability(rates.stations, rates.names, counts, names, grade_counts, ordered, how, values)


class _Firsts:
    """The sums of the weights that put each group first."""

    def __init__(self, groups: int, weights: Floats) -> None:
        self.weights = weights
        self.times = np.zeros(groups, dtype=np.int64)
        self.sums = np.zeros((groups, weights.shape[1]))

    def add(self, part: slice, first: Ints) -> None:
        self.times += np.bincount(first, minlength=len(self.times))
        if len(self.times) <= FEW:
            held = first[:, None] == np.arange(len(self.times))
            self.sums += held.T.astype(np.float64) @ self.weights[part]
            return
        for k in range(self.sums.shape[1]):
            self.sums[:, k] += np.bincount(first, self.weights[part, k], minlength=len(self.times))

    def central(self, names: list[str]) -> dict[str, Floats]:
        return {name: self.sums[g] / self.times[g] for g, name in enumerate(names) if self.times[g]}


def _grades(grader: Grader, totals: Iterator[tuple[slice, Floats]], n: int) -> Ints:
    counts = np.zeros((n, len(grader.names)), dtype=np.int64)
    for _, block in totals:
        codes = grader.codes(grader.units(block))
        for g in range(counts.shape[1]):
            counts[:, g] += (codes == g).sum(axis=0)
    return counts


def _with_errors(
    rates: Rates, weights: Floats, method: str, seed: int, errors: Errors, grader: Grader | None
) -> Acceptability:
    """The same with inputs drawn too: no two stations are level for sure then."""
    draws, n = len(weights), len(rates)
    if draws * n > KEPT:
        raise InputError([Problem("draws-needed", value=draws, values={"most": KEPT // n})])
    values = np.empty((draws, n))
    for part, drawn in drawn_rates(rates, errors, draws, seed):
        values[part] = np.einsum("bk,bnk->bn", weights[part], drawn) + rates.offset
    slope, start = scaled(float(values.min()), float(values.max()))
    counter = Counter(np.ones(n, dtype=np.int64))
    sums = _Firsts(n, weights)
    for part in blocks(draws, n):
        sums.add(part, counter.add(values[part] * slope + start))
    grade_counts = None
    if grader is not None:
        grade_counts = _grades(grader, ((part, values[part] * rates.scale) for part in blocks(draws, n)), n)
    how = made(rates, method, seed=seed, draws=draws)
    central = sums.central(list(rates.stations))
    return _made(rates, counter.table, grader, grade_counts, central, how, _Values(draws, weights, rates.whole, values))

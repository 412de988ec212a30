"""Several evaluations side by side: ranks, how alike the rankings are, grades against grades, who moved most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from html import escape
from itertools import combinations
from typing import Any

import numpy as np

from stationeval.analysis.comparison_similarity import FEWEST, MEASURES, similarity
from stationeval.analysis.results import checked_draws
from stationeval.analysis.sampling import generator
from stationeval.errors import InputError, Problem
from stationeval.evaluation.listing import ResultTable
from stationeval.evaluation.plan import known
from stationeval.evaluation.results import Scores


@dataclass(frozen=True)
class Comparison:
    """Several evaluations compared. Made by `compare`.

    Attributes
    ----------
    summary
        One row an evaluation: `evaluation`, `framework`, `stations`, `full_marks`, `mean`, `rate` (mean over full
        marks), `lowest`, `highest`.
    ranks
        One row a station of any of them: for each evaluation `<name>: rank` and `<name>: total`; None where it was not
        evaluated.
    similarity
        One row a pair and measure: `a`, `b`, `common` (stations in both), `measure`, `value`, `low`, `high`, `draws`
        (that had a value). `value` is None where nothing can be said; a note says why.
    grades
        One row a pair and two grades: `a`, `b`, `grade_a`, `grade_b`, `stations`, zeros too.
    movers
        One row a pair and common station, who moved most first: `a`, `b`, `station`, `rank_a`, `rank_b` (among the
        common stations), `places` (up is positive), `total_a`, `total_b`.
    """

    summary: ResultTable
    ranks: ResultTable
    similarity: ResultTable
    grades: ResultTable
    movers: ResultTable

    @property
    def notes(self) -> tuple[Problem, ...]:
        """What is worth saying of the comparison."""
        return self.similarity.notes

    def tables(self) -> tuple[ResultTable, ...]:
        """All its tables."""
        return (self.summary, self.ranks, self.similarity, self.grades, self.movers)

    def to_frame(self) -> Any:
        """The table of similarity as a fresh pandas frame; the other tables have their own."""
        return self.similarity.to_frame()

    def to_dict(self) -> dict[str, Any]:
        """All tables, ready for JSON."""
        return {table.name.removeprefix("compare-"): table.to_dict() for table in self.tables()}

    def _repr_html_(self) -> str:
        return "".join(f"<h4>{escape(table.name)}</h4>{table._repr_html_()}" for table in self.tables())


def compare(evaluations: Mapping[str, Scores], *, seed: int, draws: int = 1000, level: float = 0.95) -> Comparison:
    """Compare several evaluations of the same or of different stations.

    Similarity and movers look at the stations that both of a pair have. Totals are compared only through their order,
    so that frameworks may differ in full marks.

    Parameters
    ----------
    evaluations
        Two or more, by name: `{"2021": first, "2022": second}`. The earlier of a pair is the reference of WS.
    seed
        Of the bootstrap; 0 is a seed.
    draws
        How often the stations are drawn again.
    level
        The level of the intervals.

    Returns
    -------
    Comparison
        Tables of ranks, similarity, grades and movers.

    Raises
    ------
    InputError
        If there are fewer than two evaluations, or `draws` or `level` cannot be.

    Examples
    --------
    >>> import stationeval as se
    >>> rows = se.testing.random_stations("mof-self-evaluation", 12, seed=1)
    >>> first = se.score(rows, "mof-self-evaluation")
    >>> comparison = compare({"一": first, "二": first}, seed=0, draws=50)
    >>> [(row["measure"], row["value"]) for row in comparison.similarity][:2]
    [('kendall_tau_b', 1.0), ('spearman', 1.0)]
    """
    if len(evaluations) < 2:
        raise InputError([Problem("compare-needs-two", value=len(evaluations))])
    checked_draws(draws)
    checked_level(level)
    generator(seed)
    signature = " | ".join(f"{name}: {scores.signature}" for name, scores in evaluations.items())
    drawn = f"{signature} seed:{seed} draws:{draws} level:{level}"
    pairs = [_Pair(a, b, evaluations[a], evaluations[b]) for a, b in combinations(evaluations, 2)]
    notes: list[Problem] = []
    alike = [row for pair in pairs for row in pair.similarity(draws, seed, level, notes)]
    return Comparison(
        _table("compare-summary", SUMMARY, [_summary(*item) for item in evaluations.items()], signature),
        _ranks(evaluations, signature),
        _table("compare-similarity", SIMILARITY, alike, drawn, notes),
        _table("compare-grades", GRADES, [row for pair in pairs for row in pair.grades()], signature),
        _table("compare-movers", MOVERS, [row for pair in pairs for row in pair.movers()], signature),
    )


SUMMARY = ("evaluation", "framework", "stations", "full_marks", "mean", "rate", "lowest", "highest")
SIMILARITY = ("a", "b", "common", "measure", "value", "low", "high", "draws")
GRADES = ("a", "b", "grade_a", "grade_b", "stations")
MOVERS = ("a", "b", "station", "rank_a", "rank_b", "places", "total_a", "total_b")
Row = tuple[Any, ...]


def checked_level(level: float) -> float:
    """The level of an interval.

    Raises
    ------
    InputError
        If it does not lie between 0 and 1.
    """
    if not 0 < level < 1:
        raise InputError([Problem("level-not-possible", value=level)])
    return level


@dataclass(frozen=True)
class _Pair:
    a: str
    b: str
    first: Scores
    second: Scores

    @property
    def common(self) -> list[tuple[int, int]]:
        """The places of the stations that both have, in the order of the first."""
        return [
            (s, self.second._index[name]) for s, name in enumerate(self.first.stations) if name in self.second._index
        ]

    def similarity(self, draws: int, seed: int, level: float, notes: list[Problem]) -> Iterator[Row]:
        common = self.common
        x = np.array([self.first.standings.units[s] for s, _ in common], dtype=np.float64)
        y = np.array([self.second.standings.units[t] for _, t in common], dtype=np.float64)
        found = similarity(x, y, draws=draws, seed=seed, level=level)
        if found is None:
            few = len(common) < FEWEST
            values = {"a": self.a, "b": self.b, "common": len(common)}
            code = "compare-too-few" if few else "compare-all-equal"
            notes.append(Problem(code, values=values, severity="note"))
        for measure in MEASURES:
            one = None if found is None else found[measure]
            cells = (None, None, None, 0) if one is None else (one.value, one.low, one.high, one.usable)
            yield self.a, self.b, len(common), measure, *cells

    def grades(self) -> Iterator[Row]:
        first, second = self.first.grades, self.second.grades
        if first is None or second is None:
            return
        counts = Counter((first[s], second[t]) for s, t in self.common)
        for one in known(self.first.framework.doc.grades):
            for other in known(self.second.framework.doc.grades):
                yield self.a, self.b, one, other, counts[one, other]

    def movers(self) -> list[Row]:
        common = self.common
        ranks = (
            [
                _places([scores.ranks[k] for k in each])
                for scores, each in zip((self.first, self.second), zip(*common, strict=True), strict=True)
            ]
            if common
            else [[], []]
        )
        rows = [
            (self.a, self.b, self.first.stations[s], p, q, p - q, self.first.totals[s], self.second.totals[t])
            for (s, t), p, q in zip(common, *ranks, strict=True)
        ]
        return sorted(rows, key=lambda row: (-abs(row[5]), row[2]))


def _places(ranks: Sequence[int]) -> list[int]:
    """Places from 1 among some stations, by the places that they have among all."""
    ordered = np.sort(ranks)
    return list((np.searchsorted(ordered, ranks) + 1).tolist())


def full_marks(scores: Scores) -> Fraction:
    """What the base can earn over all rounds, exactly."""
    return scores.plan.root.points * sum(scores.data.standing.weights, Fraction(0))


def _summary(name: str, scores: Scores) -> Row:
    totals: list[Decimal] = list(scores.totals)
    mean = sum(map(Fraction, totals), Fraction(0)) / len(totals)
    full = full_marks(scores)
    fw = scores.framework.signature
    return name, fw, len(totals), float(full), float(mean), float(mean / full), min(totals), max(totals)


def _ranks(evaluations: Mapping[str, Scores], signature: str) -> ResultTable:
    stations = tuple(dict.fromkeys(name for scores in evaluations.values() for name in scores.stations))
    columns: dict[str, Sequence[Any]] = {"station": stations}
    for name, scores in evaluations.items():
        at = [scores._index.get(station) for station in stations]
        ranks, totals = list(scores.ranks), list(scores.totals)
        columns[f"{name}: rank"] = tuple(None if s is None else ranks[s] for s in at)
        columns[f"{name}: total"] = tuple(None if s is None else totals[s] for s in at)
    return ResultTable("compare-ranks", columns, signature)


def _table(
    name: str, heads: Sequence[str], rows: Sequence[Row], signature: str, notes: Sequence[Problem] = ()
) -> ResultTable:
    columns = {head: tuple(row[k] for row in rows) for k, head in enumerate(heads)}
    return ResultTable(name, columns, signature, tuple(notes))

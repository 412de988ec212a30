"""What each station may be paid, and what it may cost, when weights are drawn from all admissible ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from stationeval.analysis.counting import blocks
from stationeval.analysis.grades import grader_of
from stationeval.analysis.polytope import Floats, Ints
from stationeval.analysis.rates import Level, Release, Where, rates_of
from stationeval.analysis.results import Made, checked_draws, made
from stationeval.analysis.sampling import sample
from stationeval.analysis.uncertainty import Errors, drawn_rates
from stationeval.errors import InputError, Place, Problem
from stationeval.evaluation import evaluate
from stationeval.evaluation import subsidy as money
from stationeval.evaluation.listing import ResultTable
from stationeval.evaluation.plan import known
from stationeval.evaluation.prepare import require
from stationeval.evaluation.results import Scores
from stationeval.exact import exact, to_decimal

QUANTILES = (0.05, 0.5, 0.95)


@dataclass(frozen=True, eq=False)
class SubsidyAtRisk:
    """What is paid over draws of weights, in yuan. Made by `subsidy_at_risk`.

    Attributes
    ----------
    now
        What each station is paid at the weights of the framework, in fen.
    paid
        Shape (draws, stations), in fen.
    """

    stations: tuple[str, ...]
    now: Ints
    paid: Ints
    made: Made

    @property
    def budget(self) -> Ints:
        """What all stations together are paid in each draw, in fen, shape (draws,)."""
        return np.asarray(self.paid.sum(axis=1))

    @property
    def kept(self) -> Floats:
        """The probability that a station is paid at least what it is now, shape (stations,)."""
        return np.asarray((self.paid >= self.now).mean(axis=0))

    @cached_property
    def table(self) -> ResultTable:
        """One row a station, and one, without a name, for all of them together."""
        every = np.column_stack([self.paid, self.budget])
        now = np.append(self.now, self.now.sum())
        draws = len(self.paid)
        columns: dict[str, Sequence[Any]] = {"station": (*self.stations, None), "now": _yuan(now)}
        columns["mean"] = every.mean(axis=0) / 100
        columns["mean_error"] = every.std(axis=0) / 100 / np.sqrt(draws)
        for share, row in zip(QUANTILES, _quantiles(every), strict=True):
            columns[f"q{round(share * 100):02d}"] = _yuan(row)
        for name, held in (("nothing", every == 0), ("less", every < now), ("more", every > now)):
            columns[name] = held.mean(axis=0)
        return self.made.table("subsidy-at-risk", columns)

    @cached_property
    def amounts(self) -> ResultTable:
        """One row a station and amount that it is paid in some draw, with the share of draws and its standard error."""
        rows: list[tuple[str, Decimal, float, float]] = []
        draws = len(self.paid)
        for s, station in enumerate(self.stations):
            values, counts = np.unique(self.paid[:, s], return_counts=True)
            for value, count in zip(values.tolist(), counts.tolist(), strict=True):
                share = count / draws
                rows.append((station, to_decimal(value, 2), share, float(np.sqrt(share * (1 - share) / draws))))
        heads = ("station", "amount", "share", "error")
        return self.made.table("subsidy-amounts", {h: [row[i] for row in rows] for i, h in enumerate(heads)})

    def to_frame(self) -> Any:
        """The table as a fresh pandas frame."""
        return self.table.to_frame()

    def to_dict(self) -> dict[str, Any]:
        """Ready for JSON."""
        return {**self.table.to_dict(), "amounts": self.amounts.to_dict()["rows"], "made": self.made.to_dict()}

    def _repr_html_(self) -> str:
        return self.table._repr_html_()


def _yuan(fen: Ints) -> tuple[Decimal, ...]:
    return tuple(to_decimal(int(each), 2) for each in fen)


def _quantiles(every: Ints) -> Ints:
    return np.asarray(np.quantile(every, QUANTILES, axis=0, method="inverted_cdf").astype(np.int64))


def subsidy_at_risk(
    scores: Scores,
    *,
    draws: int,
    seed: int,
    where: Where = (),
    level: Level = "indicator",
    release: Release = "assumed",
    errors: Errors | None = None,
    pool: Decimal | int | str | None = None,
) -> SubsidyAtRisk:
    """The distribution of each station's subsidy, and of the budget, over all admissible weights.

    What a grade pays is worked out once a grade, exactly; each draw then only looks up the grades that it gives. A
    pool is shared anew, exactly, for every different set of claims.

    Parameters
    ----------
    scores
        From `score`, of a framework with a subsidy.
    draws, seed, where, level, release, errors
        As for `acceptability`.
    pool
        As for `subsidy`.

    Returns
    -------
    SubsidyAtRisk
        In yuan; with the amounts at the framework's own weights beside them.

    Raises
    ------
    NotInFramework, IncompleteFramework
        If there is no subsidy, or it cannot be worked out.
    InputError
        If a draw entitles a station to money that is computed from an input it lacks.

    Examples
    --------
    >>> import stationeval as se
    >>> fw = se.load("haining-sppe@2021+reading")
    >>> scores = se.score(se.testing.random_stations(fw, 4, seed=1), fw)
    >>> found = subsidy_at_risk(scores, draws=200, seed=0)
    >>> found.table.columns["station"][-1] is None, len(found.budget)
    (True, 200)
    """
    draws = checked_draws(draws)
    require(scores.framework, "subsidy")
    rates = rates_of(scores, level=level, release=release, where=where)
    drawn = sample(rates.polytope, draws, seed=seed)
    n, grader = len(scores), grader_of(scores)
    codes = np.zeros((draws, n), dtype=np.int64)
    units = np.zeros((draws, n), dtype=np.int64)
    values = drawn_rates(rates, errors, draws, seed) if errors else ((part, rates.values) for part in blocks(draws, n))
    for part, block in values:
        weights = drawn.weights[part]
        base = np.einsum("bk,bnk->bn", weights, block) if errors else weights @ block.T
        totals = (base + rates.offset) * rates.scale
        if grader is not None:
            units[part] = grader.units(totals)
            codes[part] = grader.codes(units[part])
        else:
            units[part] = np.floor(np.maximum(totals, 0.0) * 10.0**scores.places + 0.5)
    count = 1 if grader is None else len(grader.names)
    claims = _claims(scores, [codes == g for g in range(count)], graded=grader is not None)
    claimed = claims[codes, np.arange(n)]
    section = known(scores.framework.doc.subsidy)
    amount = exact(pool) if pool is not None else None if section.pool is None else section.pool.amount
    paid = claimed if amount is None else _shared(scores, known(amount), claimed, units)
    now = [int(Fraction(each) * 100) for each in evaluate.subsidy(scores, pool=pool)["amount"]]
    how = made(rates, drawn.method + ("; inputs drawn" if errors else ""), seed=seed, draws=draws)
    return SubsidyAtRisk(scores.stations, np.array(now, dtype=np.int64), paid, how)


def _claims(scores: Scores, occurs: Sequence[np.ndarray[Any, np.dtype[np.bool_]]], *, graded: bool) -> Ints:
    """What each grade entitles each station to, in fen, shape (grades, stations)."""
    document, n = scores.framework.doc, len(scores)
    section = known(document.subsidy)
    standing, sources = evaluate._standing(scores), scores.data.standing.sources(scores.data.sources)
    unit = section.rounding.unit
    found = np.zeros((len(occurs), n), dtype=np.int64)
    problems: list[Problem] = []
    for g, held in enumerate(occurs):
        if graded:
            standing = replace(standing, grade_codes=np.full(n, g, dtype=np.int64))
        for component in known(section.components).values():
            payment = money.payment(component, standing, sources, document.inputs, unit, n)
            for name, mask in payment.lacking.items():
                for s in np.flatnonzero(mask & held.any(axis=0)).tolist():
                    place = Place(station=scores.stations[s], input=name)
                    label = document.inputs[name].label.say()
                    problems.append(Problem("missing-payment-input", place, values={"label": label}))
            found[g] += payment.units * int(unit * 100)
    if problems:
        raise InputError(problems)
    return found


def _shared(scores: Scores, pool: Fraction, claimed: Ints, units: Ints) -> Ints:
    """A pool shared in each draw; each different case once."""
    sharing = known(scores.framework.doc.subsidy).pool
    how = "pro_rata" if sharing is None else sharing.share
    cases = claimed if how == "pro_rata" else np.concatenate([claimed, units], axis=1)
    different, which = np.unique(cases, axis=0, return_inverse=True)
    n = len(scores)
    shared = [
        money.share_pool(pool, [Fraction(c, 100) for c in row[:n]], how, row[n:] or [0] * n, scores.stations)
        for row in different.tolist()
    ]
    return np.asarray(np.array(shared, dtype=np.int64)[which.reshape(-1)])

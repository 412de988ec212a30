"""The functions people call: check, score, rank, grade, gates, tiers, subsidy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from stationeval.errors import InputError, Place, Problem, Report
from stationeval.evaluation import subsidy as money
from stationeval.evaluation.checking import checked, scored
from stationeval.evaluation.listing import ResultTable, Values
from stationeval.evaluation.plan import known
from stationeval.evaluation.prepare import (
    plan_for,
    read,
    refuse,
    require,
    with_absent,
    with_groups,
)
from stationeval.evaluation.results import Scores, notes_on_gates, notes_on_quotas, states_in_words
from stationeval.exact import exact
from stationeval.framework.framework import Framework
from stationeval.framework.registry import load

FrameworkLike: TypeAlias = Framework | str | Path
"""A framework, its id, or a file."""


def framework_of(framework: FrameworkLike) -> Framework:
    """The framework itself: a `str` is an id, a `Path` a file."""
    return framework if isinstance(framework, Framework) else load(framework)


def check(
    data: Any,
    framework: FrameworkLike,
    *,
    ratings: Any = None,
    round: str | None = None,  # noqa: A002  (the field's term)
    keep: Sequence[str] = (),
    stations: Sequence[str] | None = None,
    sheet: str | None = None,
) -> Report:
    """Every problem in the data that would stop `score`, and every note; never raises for a bad cell.

    Parameters
    ----------
    data, framework, ratings, round, keep, stations, sheet
        As for `score`.

    Returns
    -------
    Report
        Problems with row or cell, value, code, why and hint.
    """
    fw = framework_of(framework)
    read_as = read(data, fw, ratings=ratings, round=round, keep=with_groups(keep, fw), stations=stations, sheet=sheet)
    return checked(read_as)


def score(
    data: Any,
    framework: FrameworkLike,
    *,
    ratings: Any = None,
    round: str | None = None,  # noqa: A002  (the field's term)
    keep: Sequence[str] = (),
    stations: Sequence[str] | None = None,
    sheet: str | None = None,
) -> Scores:
    """Score stations under a framework, exactly as paper arithmetic would.

    Parameters
    ----------
    data
        One row a station (and round): a pandas, polars or pyarrow frame, a DuckDB relation, records, or a path to a
        workbook, CSV, JSON or Parquet file. Columns are headed by input id or Chinese label, in any order.
    framework
        A framework, an id such as `"haining-sppe@2021+reading"`, or a `Path`.
    ratings
        Single ratings, one row a rater and station: `station`, `rater_group` and the rated inputs.
    round
        Score this round alone.
    keep
        Further columns to carry along, for groups: `keep=("county",)`.
    stations
        The stations expected: any other is refused, and any that lacks is named.
    sheet
        The sheet of a workbook, where several would do.

    Returns
    -------
    Scores
        Totals, grades, ranks and everything below them.

    Raises
    ------
    InputError
        With every problem in the data; nothing is computed.
    IncompleteFramework
        If points, rules or weights are unknown: lists them. Choose a completion.
    NotInFramework
        If the framework defines no score.

    Examples
    --------
    >>> import stationeval as se
    >>> fw = se.load("mof-self-evaluation")
    >>> scores = se.score([se.testing.full_marks(fw) | {"station": "甲镇"}], fw)
    >>> scores.totals
    (Decimal('100.00'),)
    """
    fw = framework_of(framework)
    plan_for(fw)
    return scored(
        read(data, fw, ratings=ratings, round=round, keep=with_groups(keep, fw), stations=stations, sheet=sheet)
    )


def rank(scores: Scores, *, within: str | None = None) -> ResultTable:
    """Places from 1, ties as the framework says, among all stations or within groups.

    Parameters
    ----------
    scores
        From `score`; `within` names a column read with `keep`.
    """
    columns: dict[str, Sequence[Any]] = {"station": scores.stations}
    if within is not None:
        columns[within] = scores.group(within)
    columns |= {"total": scores.totals, "rank": scores.ranked(within)}
    return ResultTable("rank", columns, scores.signature, kind=scores.data.table.kind)


def grade(scores: Scores) -> ResultTable:
    """Grades, with the grade by points alone, vetoes and quotas beside them.

    Raises
    ------
    NotInFramework
        If the framework has no grades.
    """
    require(scores.framework, "grades")
    names = tuple(known(scores.framework.doc.grades))
    standings = scores.standings
    columns: dict[str, Sequence[Any]] = {
        "station": scores.stations,
        "total": scores.totals,
        "earned": Values(standings.earned, names=names),
        "vetoes": standings.vetoes(),
        "grade": Values(standings.grades, names=names),
    }
    notes = tuple(notes_on_quotas(scores))
    return ResultTable("grade", columns, scores.signature, notes, kind=scores.data.table.kind)


def gates(data: Any, framework: FrameworkLike, *, stations: Sequence[str] | None = None) -> ResultTable:
    """The state of every entry condition: `met`, `not met` or `cannot tell`. Needs no points to be known.

    Raises
    ------
    InputError
        With every problem in the data.
    NotInFramework
        If the framework has no gates.
    """
    scores = unscored(data, framework, "gates", stations=stations)
    columns = {name: states_in_words(states) for name, states in scores.gates.items()}
    return ResultTable(
        "gates",
        {"station": scores.stations, **columns},
        scores.signature,
        tuple(notes_on_gates(scores)),
        scores.data.table.kind,
    )


def tiers(data: Any, framework: FrameworkLike, *, stations: Sequence[str] | None = None) -> ResultTable:
    """The highest tier whose conditions all hold (None where not even the lowest does), and the state of each.

    Raises
    ------
    InputError
        With every problem in the data.
    IncompleteFramework
        If what a tier requires is unknown.
    NotInFramework
        If the framework has no tiers.
    """
    scores = unscored(data, framework, "tiers", stations=stations)
    levels, states = scores.tiers
    names = (None, *scores.framework.doc.tiers)
    columns: dict[str, Sequence[Any]] = {
        "station": scores.stations,
        "tier": Values(levels + 1, names=names),
    }
    columns |= {name: states_in_words(state) for name, state in states.items()}
    return ResultTable("tiers", columns, scores.signature, kind=scores.data.table.kind)


def unscored(data: Any, framework: FrameworkLike, ability: str, *, stations: Sequence[str] | None = None) -> Scores:
    """Data read for an ability that needs no points; what a `Scores` gives beside totals can be asked of it."""
    fw = framework_of(framework)
    require(fw, ability)
    read_as = read(data, fw, stations=stations)
    refuse(read_as.table.report)
    return Scores(read_as, read_as.table.report)


def subsidy(
    scores: Scores | Any,
    framework: FrameworkLike | None = None,
    *,
    pool: Decimal | int | str | None = None,
) -> ResultTable:
    """What each station is paid, in yuan, exact.

    Parameters
    ----------
    scores
        From `score`; or data, with `framework`, where the subsidy rests on no score.
    pool
        A fixed sum in yuan to share, where the framework says how; default: the framework's own.

    Returns
    -------
    ResultTable
        `station`, `state` (`met`, `not met`, `cannot tell`: of the conditions), one column a component, `amount`.

    Raises
    ------
    InputError
        If a station that is entitled to money lacks an input it is computed from, or an amount has too many digits.
    IncompleteFramework, NotInFramework
        If an amount, rate or condition is unknown, or there is no subsidy.
    """
    if not isinstance(scores, Scores):
        if framework is None:
            raise TypeError("subsidy(data) needs a framework")
        scores = unscored(scores, framework, "subsidy")
    require(scores.framework, "subsidy")
    document = scores.framework.doc
    standing = _standing(scores)
    section = known(document.subsidy)
    unit, n = section.rounding.unit, len(scores)
    asked = [name for component in known(section.components).values() for name in money.asked(component)]
    sources = with_absent(scores.data.standing.sources(scores.data.sources), asked, n)
    paid: dict[str, money.Payment] = {}
    for name, component in known(section.components).items():
        try:
            paid[name] = money.payment(component, standing, sources, document.inputs, unit, n)
        except OverflowError:
            raise InputError([Problem("too-large-to-pay", Place(path=("subsidy", "components", name)))]) from None
    refuse(Report(tuple(_lacking(scores, paid))))
    most = np.sum([one.units.astype(np.float64) for one in paid.values()], axis=0).max(initial=0.0)
    if float(most) * max(float(unit), 1.0) >= 2.0**62:
        raise InputError([Problem("too-large-to-pay", Place(path=("subsidy",)))])
    claims = np.zeros(n, dtype=np.int64)
    for one in paid.values():
        claims += one.units
    columns: dict[str, Sequence[Any]] = {"station": scores.stations}
    columns["state"] = states_in_words(np.max([one.states for one in paid.values()], axis=0))
    columns |= {name: money.amounts(one.units, unit) for name, one in paid.items()}
    sharing = section.pool
    amount = exact(pool) if pool is not None else None if sharing is None else sharing.amount
    if amount is None:
        columns["amount"] = money.amounts(claims, unit)
    else:
        how = "pro_rata" if sharing is None else sharing.share
        ranks_on = scores.standings.units.tolist() if "score" in scores.framework.answers else [0] * n
        fen = money.share_pool(known(amount), [c * unit for c in claims.tolist()], how, ranks_on, scores.stations)
        columns["claim"] = money.amounts(claims, unit)
        columns["amount"] = Values(np.array(fen, dtype=np.int64), places=2)
    return ResultTable("subsidy", columns, scores.signature, kind=scores.data.table.kind)


def _standing(scores: Scores) -> money.Standing:
    document = scores.framework.doc
    graded = "score" in scores.framework.answers and scores.grades is not None
    levels, states = scores.tiers if document.tiers else (None, {})
    return money.Standing(
        grades=list(known(document.grades)) if graded else (),
        grade_codes=scores.standings.grades if graded else None,
        tiers=list(document.tiers),
        tier_levels=levels,
        tier_states=states,
        gates=lambda name: scores.gates[name],
    )


def _lacking(scores: Scores, paid: dict[str, money.Payment]) -> Iterator[Problem]:
    for one in paid.values():
        for name, mask in one.lacking.items():
            label = scores.framework.doc.inputs[name].label.say()
            for s in np.flatnonzero(mask).tolist():
                place = scores.data.place(int(scores.data.standing.last[s]), name)
                yield Problem("missing-payment-input", place, values={"label": label})

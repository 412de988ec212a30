"""What a framework asks of a place rather than a station: coverage targets, shares of funds, a contest over rounds."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from stationeval.evaluation.columns import Sources
from stationeval.evaluation.eligibility import States, condition_states
from stationeval.evaluation.evaluate import FrameworkLike, framework_of, unscored
from stationeval.evaluation.listing import ResultTable
from stationeval.evaluation.plan import known
from stationeval.evaluation.prepare import Data, require
from stationeval.evaluation.results import Scores, states_in_words
from stationeval.evaluation.subsidy import FEN, amounts, in_units, product
from stationeval.framework.documents import Condition, Funding, Target
from stationeval.framework.values import Unknown


def targets(data: Any, framework: FrameworkLike) -> ResultTable:
    """Coverage against plan: for each place and target `met`, `not met` or `cannot tell`.

    Parameters
    ----------
    data
        One row a place, with the inputs that the targets name (what stands, and what it is a share of).
    framework
        A framework with `targets`.

    Returns
    -------
    ResultTable
        One row a place and target: `station`, `target`, `label`, `by` (None where the source lost the year), `share` or
        `count` asked, `achieved` (exact share or count, None where it cannot be told), `state`.

    Raises
    ------
    InputError, NotInFramework
        For bad data; where the framework has no targets.
    """
    fw = framework_of(framework)
    scores = unscored(data, fw, "targets")
    sources = scores.data.standing.sources(scores.data.sources)
    rows = [
        (station, name, target, word, _achieved(target, sources, s))
        for name, target in fw.doc.targets.items()
        for s, (station, word) in enumerate(
            zip(scores.stations, states_in_words(_target_states(target, scores, sources)), strict=True)
        )
    ]
    columns: dict[str, Sequence[Any]] = {
        "station": tuple(row[0] for row in rows),
        "target": tuple(row[1] for row in rows),
        "label": tuple(row[2].label.say() for row in rows),
        "by": tuple(None if isinstance(row[2].by, Unknown) else row[2].by for row in rows),
        "share": tuple(_number(row[2].share) for row in rows),
        "count": tuple(_number(row[2].count) for row in rows),
        "achieved": tuple(row[4] for row in rows),
        "state": tuple(row[3] for row in rows),
    }
    return ResultTable("targets", columns, scores.signature, kind=scores.data.table.kind)


def _number(value: Fraction | Unknown | None) -> Fraction | None:
    return None if isinstance(value, Unknown) else value


def _target_states(target: Target, scores: Scores, sources: Sources) -> States:
    asked = target.count if target.share is None else target.share
    condition = Condition(
        input=target.achieved or "", at_least=asked, times=None if target.share is None else target.whole
    )
    return condition_states(condition, sources, scores.framework.doc.inputs, len(scores))


def _achieved(target: Target, sources: Sources, s: int) -> Fraction | None:
    value = _cell(sources, target.achieved, s)
    if target.share is None or target.whole is None:
        return value
    whole = _cell(sources, target.whole, s)
    return value / whole if value is not None and whole else None


def _cell(sources: Sources, name: str | None, s: int) -> Fraction | None:
    source = sources.get(name or "")
    if source is None or (source.missing is not None and source.missing[s]):
        return None
    return source.exact(s)


def funding(data: Any, framework: FrameworkLike) -> ResultTable:
    """Shares of named funds: what each share comes to, and whether what was spent keeps to it.

    Bases differ between places (救助专项经费, 上年度总支出, …); each row names its own, because shares of different
    bases must not be compared.

    Returns
    -------
    ResultTable
        One row a place and share: `station`, `funding`, `label`, `kind` (`set`, `at_most`, `at_least`, `observed`),
        `share`, `base` (in words), `amount` (Decimal yuan, to the fen; None where the base is not given), `state`
        (`met`, `not met`, `cannot tell`: of the amount spent, where that is given).

    Raises
    ------
    InputError, NotInFramework
        For bad data; where the framework names no share of funds.
    """
    fw = framework_of(framework)
    scores = unscored(data, fw, "funding")
    sources = scores.data.standing.sources(scores.data.sources)
    columns: dict[str, list[Any]] = {
        name: [] for name in ("station", "funding", "label", "kind", "share", "base", "amount", "state")
    }
    for name, one in fw.doc.funding.items():
        due = _due(one, sources, len(scores))
        states = states_in_words(_funding_states(one, scores, sources))
        for station, amount, state in zip(scores.stations, due, states, strict=True):
            cells = (station, name, one.label.say(), one.kind, _number(one.share), one.base.say(), amount, state)
            for column, cell in zip(columns.values(), cells, strict=True):
                column.append(cell)
    made = {name: tuple(cells) for name, cells in columns.items()}
    return ResultTable("funding", made, scores.signature, kind=scores.data.table.kind)


def _due(one: Funding, sources: Sources, n: int) -> Sequence[Any]:
    source = sources.get(one.input or "")
    if source is None or isinstance(one.share, Unknown):
        return [None] * n
    units = in_units(product(known(one.share), [source], (None,), n), FEN)
    gone = np.zeros(n, dtype=np.bool_) if source.missing is None else source.missing
    return [None if gone[s] else amount for s, amount in enumerate(amounts(units, FEN))]


def _funding_states(one: Funding, scores: Scores, sources: Sources) -> States:
    condition = Condition(
        input=one.actual or "",
        times=one.input or "",
        at_most=one.share if one.kind == "at_most" else None,
        at_least=None if one.kind == "at_most" else one.share,
    )
    return condition_states(condition, sources, scores.framework.doc.inputs, len(scores))


def contest(scores: Scores) -> ResultTable:
    """A contest over rounds: each round's totals and places, the year's, and who is honoured.

    Returns
    -------
    ResultTable
        One row a station and round, then the year: `station`, `round` (None for the year), `label`, `total`, `rank`,
        `honoured` (among the first of that round or of the year; who ties at the last place is honoured too).

    Raises
    ------
    NotInFramework
        If the framework is no contest.
    """
    require(scores.framework, "contest")
    document = scores.framework.doc
    honours = known(document.contest).honours
    top = 0 if honours is None or isinstance(honours.top, Unknown) else honours.top
    data = scores.data
    columns: dict[str, list[Any]] = {name: [] for name in ("station", "round", "label", "total", "rank", "honoured")}
    rounds = [(name, one.label.say()) for name, one in known(document.rounds).items()]
    for name, label in (*rounds, (None, "全年")):
        part = scores if name is None else Scores(Data(data.framework, data.table, data.ratings, name), scores.checked)
        counts = honours is not None and (honours.of == "year") == (name is None)
        for station, total, rank in zip(part.stations, part.totals, part.ranks, strict=True):
            cells = (station, name, label, total, rank, counts and rank <= top)
            for column, cell in zip(columns.values(), cells, strict=True):
                column.append(cell)
    made = {name: tuple(cells) for name, cells in columns.items()}
    return ResultTable("contest", made, scores.signature, kind=data.table.kind)

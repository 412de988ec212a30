"""What a framework asks of the data: which columns, which rows make a station, what is missing. Nothing is computed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from stationeval.errors import IncompleteFramework, InputError, NotInFramework, Place, Problem, Report
from stationeval.evaluation import raters, tables
from stationeval.evaluation.columns import Source, Sources, derived
from stationeval.evaluation.curves import ZERO
from stationeval.evaluation.eligibility import CANNOT_TELL, NOT_MET, condition_states
from stationeval.evaluation.headers import Headers
from stationeval.evaluation.intake import Column
from stationeval.evaluation.plan import Plan, known, plan_of
from stationeval.evaluation.tables import Table
from stationeval.evaluation.totals import Rows, Standing
from stationeval.exact import decimal_text
from stationeval.framework import documents as d
from stationeval.framework.framework import Framework
from stationeval.framework.values import Unknown
from stationeval.messages import near

MOST = 10_000
"""How many cells of one kind are named singly; the report says how many more there are."""


@dataclass(frozen=True)
class Data:
    """A table read for one framework: its cells checked, its stations known."""

    framework: Framework
    table: Table
    ratings: Table | None
    round: str | None

    @cached_property
    def sources(self) -> Sources:
        """Every input that the table holds, and what is derived from them."""
        document = self.framework.doc
        found: dict[str, Source] = {name: _source(column) for name, column in self.table.columns.items()}
        if self.ratings is not None:
            rated, _ = raters.aggregate(self.ratings, self.table, document)
            found |= rated
        for name, spec in document.derive.items():
            if all(part in found for part in spec.of):
                found[name] = derived(spec, found)
        return found

    @cached_property
    def standing(self) -> Standing:
        """Which rows make up each station."""
        rounds = self.rounds
        rows = self._rows
        if len(rounds) == 1:
            return Standing((rows,), (Fraction(1),), len(self.table.stations))
        order = list(dict.fromkeys(self.table.stations[i] for i in rows.tolist()))
        at = {station: k for k, station in enumerate(order)}
        codes = known(self.table.rounds)
        places = {name: np.full(len(order), -1, dtype=np.int64) for name in rounds}
        names = list(rounds)
        for i in rows.tolist():
            places[names[codes[i]]][at[self.table.stations[i]]] = i
        return Standing(tuple(places.values()), tuple(rounds.values()), len(self.table.stations))

    @cached_property
    def stations(self) -> tuple[str, ...]:
        """The stations, in the order they came."""
        if self.standing.plain:
            return self.table.stations
        return tuple(self.table.stations[i] for i in self.standing.last.tolist())

    @cached_property
    def _rows(self) -> Rows:
        codes = self.table.rounds
        if self.round is None or codes is None:
            return np.arange(len(self.table.stations))
        return np.flatnonzero(codes == list(self._declared).index(self.round))

    @cached_property
    def _declared(self) -> Mapping[str, d.Round]:
        rounds = self.framework.doc.rounds
        return {} if isinstance(rounds, Unknown) else rounds

    @cached_property
    def rounds(self) -> Mapping[str, Fraction]:
        """The rounds scored, with their weights; one alone weighs 1."""
        if not self._declared or self.table.rounds is None or self.round is not None:
            return {self.round or "": Fraction(1)}
        contest = self.framework.doc.contest is not None
        return {
            name: Fraction(1)
            if one.weight is None and contest
            else one.weight
            if isinstance(one.weight, Fraction)
            else ZERO
            for name, one in self._declared.items()
        }

    def groups(self, names: Sequence[str]) -> Mapping[str | None, Sequence[object]]:
        """Which rows a relative rule compares: those of one round, and of one group where it names a column."""
        rounds = [0] * len(self.table.stations) if self.table.rounds is None else self.table.rounds.tolist()
        found: dict[str | None, Sequence[object]] = {None: rounds}
        for name in names:
            found[name] = list(zip(rounds, self.table.kept[name], strict=True))
        return found

    def place(self, row: int, name: str) -> Place:
        """Where a cell stands."""
        return self.table.place(row, name)


def read(
    data: Any,
    framework: Framework,
    *,
    ratings: Any = None,
    round: str | None = None,  # noqa: A002  (the field's term)
    keep: Sequence[str] = (),
    stations: Sequence[str] | None = None,
    sheet: str | None = None,
) -> Data:
    """Read data for a framework; problems stand in the tables' reports."""
    document = framework.doc
    rounds = {} if isinstance(document.rounds, Unknown) else document.rounds
    labels = {name: one.label for name, one in rounds.items()}
    table = tables.read_table(
        data,
        document.inputs,
        rounds=labels or None,
        keep=tuple(keep),
        stations=stations,
        sheet=sheet,
        headers=_headers(framework, tuple(keep)),
    )
    rated = None if ratings is None else raters.read(ratings, document, labels, table.stations)
    return Data(framework, table, rated, round)


def with_groups(keep: Sequence[str], framework: Framework) -> tuple[str, ...]:
    """The columns to carry along: those asked for, and those within which relative rules compare."""
    within = plan_of(framework).groups if "score" in framework.answers else ()
    return tuple(dict.fromkeys((*keep, *within)))


@lru_cache(maxsize=64)
def _headers(framework: Framework, keep: tuple[str, ...]) -> Headers:
    """What the headers of a table for this framework mean; gathered once."""
    rounds = framework.doc.rounds
    labels = {} if isinstance(rounds, Unknown) else {name: one.label for name, one in rounds.items()}
    return Headers.of(framework.doc.inputs, rounds=labels or None, keep=keep)


def check_rows(data: Data) -> Iterator[Problem]:
    """Whether every station has the rounds it needs."""
    rounds = data._declared
    if data.round is not None and data.round not in rounds:
        yield Problem("round-unknown", value=data.round, values={"round": data.round, "rounds": list(rounds)})
        return
    if rounds and data.table.rounds is None and data.round is None:
        yield Problem("rounds-expected", values={"rounds": [one.label.say() for one in rounds.values()]})
        return
    for name, rows in zip(data.rounds, data.standing.rows, strict=True):
        for k in np.flatnonzero(rows < 0).tolist():
            station = _station_names(data)[k]
            label = rounds[name].label.say()
            yield Problem("round-missing", Place(station=station), values={"station": station, "round": label})


def _station_names(data: Data) -> Sequence[str]:
    return list(dict.fromkeys(data.table.stations[i] for i in data._rows.tolist()))


def check_needs(data: Data, plan: Plan) -> Iterator[Problem]:
    """Whether every cell that scoring needs is there."""
    document = data.framework.doc
    last = data.standing.last
    every = np.concatenate(data.standing.rows)
    asked: dict[str, list[Rows]] = {}
    lenient: dict[str, str] = {}
    for leaf in plan.leaves():
        once = leaf.path[0] in ("bonus", "deductions")
        rows = last if once else every
        for condition in leaf.applies:
            states = condition_states(condition, data.sources, document.inputs, len(data.table.stations))
            for name in _plain(_asked_by(condition), document):
                asked.setdefault(name, []).append(rows[states[rows] == CANNOT_TELL])
            rows = rows[states[rows] != NOT_MET]
        for name in _plain(leaf.inputs, document):
            if leaf.missing == "error":
                asked.setdefault(name, []).append(rows)
            else:
                lenient[name] = leaf.missing
    for veto in known(document.vetoes).values():
        states = condition_states(veto.when, data.sources, document.inputs, len(data.table.stations))
        for name in _plain(_asked_by(veto.when), document):
            asked.setdefault(name, []).append(last[states[last] == CANNOT_TELL])
    for name, rows_of in asked.items():
        yield from _lacking(data, name, rows_of)
    for name, policy in lenient.items():
        if name not in data.sources and name not in asked:
            yield Problem(
                "column-absent-note",
                Place(input=name),
                values={"label": _label(document, name), "policy": policy},
                severity="note",
            )


def _asked_by(condition: d.Condition) -> Iterator[str]:
    """Every input that a condition looks at."""
    one: d.Condition | None = condition
    while one is not None:
        yield from (one.input,) if one.times is None else (one.input, one.times)
        one = one.when


def _plain(names: Iterable[str], document: d.Document) -> Iterator[str]:
    """Inputs as they stand in the table: of a derived one, what it is made from."""
    for name in names:
        if name in document.derive:
            yield from document.derive[name].of
        else:
            yield name


def _lacking(data: Data, name: str, rows_of: Sequence[Rows]) -> Iterator[Problem]:
    document = data.framework.doc
    if not any(len(rows) for rows in rows_of):
        return
    values = {"label": _label(document, name), "input": name}
    source = data.sources.get(name)
    if source is None:
        yield Problem("column-absent", Place(input=name), values=values)
        return
    if source.missing is not None and source.missing.any():
        rows = np.unique(np.concatenate(rows_of))
        for i in rows[source.missing[rows]][:MOST].tolist():
            yield Problem("missing-value", data.place(i, name), values=values)


def check_once(data: Data, names: Sequence[str]) -> Iterator[Problem]:
    """Whether what is used once a year is the same in every round; a note where it is not."""
    for name in names:
        column = data.table.columns.get(name)
        if column is None or len(data.standing.rows) == 1:
            continue
        *earlier, last = data.standing.rows
        apart = np.zeros(len(last), dtype=np.bool_)
        for rows in earlier:
            apart |= column.values[rows] != column.values[last]
        for i in last[apart].tolist():
            said = {column.exact(i)} | {column.exact(int(rows[last == i][0])) for rows in earlier}
            if len(said - {None}) > 1:
                values = {"label": _label(data.framework.doc, name), "value": _written(column, i)}
                yield Problem("round-disagrees", data.place(i, name), values=values, severity="note")


def _written(column: Column, i: int) -> str:
    value = column.exact(i)
    return "—" if value is None else decimal_text(value)


def _label(document: d.Document, name: str) -> str:
    spec = document.inputs.get(name) or document.derive.get(name)
    return name if spec is None else spec.label.say()


def _source(column: Column) -> Source:
    def cell(i: int) -> Fraction:
        value = column.exact(i)
        return ZERO if value is None else Fraction(value)

    return Source(column.values, column.missing, cell, crisp=not column.overrides)


def absent(n: int) -> Source:
    """A column nobody filled in."""
    return Source(np.full(n, np.nan), np.ones(n, dtype=np.bool_), lambda _i: ZERO, crisp=True)


def with_absent(sources: Sources, names: Sequence[str], n: int) -> Sources:
    """The sources, with an empty column for each name the table does not have."""
    lacking = {name: absent(n) for name in names if name not in sources}
    return {**sources, **lacking} if lacking else sources


def require(framework: Framework, ability: str) -> None:
    """Refuse what the framework does not define, or cannot answer yet.

    Raises
    ------
    NotInFramework
        If it has no such section.
    IncompleteFramework
        If what the answer needs is unknown; lists all of it.
    """
    if ability in framework.answers:
        return
    if ability not in framework.defines:
        answers = list(framework.answers)
        values = {"framework": framework.signature, "ability": ability, "answers": answers}
        raise NotInFramework([Problem("not-defined", values=values)])
    blocking = framework.blocking(ability)
    if blocking:
        raise IncompleteFramework(
            Problem(
                "unknown-blocks",
                Place(path=(one.path,)),
                values={"ability": ability, "path": one.path, "why": one.why},
            )
            for one in blocking
        )


def plan_for(framework: Framework) -> Plan:
    """The plan of a framework that can be scored."""
    require(framework, "score")
    return plan_of(framework)


def refuse(report: Report) -> None:
    """Stop where the report has errors.

    Raises
    ------
    InputError
        With the whole report, notes included.
    """
    if not report.ok:
        raise InputError(report)


def no_such_station(station: str, stations: Sequence[str]) -> KeyError:
    """The error for a station that has no result."""
    guess = near(station, list(stations))
    problem = Problem("no-such-station", values={"station": station, "near": guess or ""})
    return KeyError(problem.why() + (f" → {guess}" if guess else ""))

"""The long table of single ratings made into marks: which unit, which rater, which group, on which input."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from stationeval.analysis.agreement_matrix import Floats, Ints
from stationeval.errors import NotInFramework, Problem, Report
from stationeval.evaluation import tables
from stationeval.evaluation.plan import plan_of
from stationeval.evaluation.prepare import refuse
from stationeval.evaluation.raters import GROUP, rated_inputs
from stationeval.evaluation.tables import Table
from stationeval.framework.framework import Framework
from stationeval.framework.rules import Rating
from stationeval.framework.values import Text, Unknown

RATER = "rater"

MOST_RATERS = 200
"""With more raters than this they are compared by group, and nobody is left out in turn."""


@dataclass(frozen=True, slots=True, order=True)
class Who:
    """A rater of a group; a whole group where `name` is None."""

    group: str
    name: str | None = None

    def __str__(self) -> str:
        return self.group if self.name is None else f"{self.group} {self.name}".strip()


@dataclass(frozen=True, eq=False)
class Marks:
    """Marks on one input, or overall; shapes (ratings,)."""

    values: Floats
    unit: Ints
    rater: Ints


@dataclass(frozen=True, eq=False)
class Long:
    """Single ratings, a row each.

    Attributes
    ----------
    table
        The ratings as read, with `rater` where there is one.
    inputs
        The rated inputs that the table holds: marks as given, shape (rows,), NaN where missing.
    ranges
        Of each input: its least mark and the width of its scale.
    unit, station
        Shape (rows,) and (units,): the unit (a station in a round) of a row, the station of a unit.
    raters, rater
        The raters, sorted, and that of each row; whole groups where raters are unnamed or too many.
    named
        Whether `raters` are persons, each with one row a unit.
    """

    framework: Framework
    table: Table
    inputs: Mapping[str, Floats]
    ranges: Mapping[str, tuple[float, float]]
    unit: Ints
    station: Ints
    raters: tuple[Who, ...]
    rater: Ints
    named: bool
    notes: tuple[Problem, ...]

    def label(self, name: str) -> Text:
        """The label of an input."""
        return self.framework.doc.inputs[name].label

    def marks(self, name: str | None, group: str | None = None) -> Marks:
        """Marks on an input (overall where None), by all raters or those of a group."""
        values = self.overall[0] if name is None else self.inputs[name]
        rows = ~np.isnan(values)
        if group is not None:
            rows &= np.array([who.group == group for who in self.raters], dtype=np.bool_)[self.rater]
        return Marks(values[rows], self.unit[rows], self.rater[rows])

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups of raters that rated."""
        return tuple(dict.fromkeys(who.group for who in self.raters))

    @property
    def shared_groups(self) -> tuple[str, ...]:
        """The groups with two ratings of some unit."""
        member = np.array([self.groups.index(who.group) for who in self.raters], dtype=np.int64)[self.rater]
        units = [self.unit[member == g] for g in range(len(self.groups))]
        return tuple(
            group for group, rated in zip(self.groups, units, strict=True) if len(np.unique(rated)) < len(rated)
        )

    @cached_property
    def overall(self) -> tuple[Floats, tuple[Problem, ...]]:
        """Each row's mean share of the scale over all rated inputs, weighed by points; NaN where any is missing."""
        points = _points(self.framework, tuple(self.inputs))
        notes: tuple[Problem, ...] = ()
        if points is None:
            points = [1.0] * len(self.inputs)
            if len(points) > 1:
                notes = (Problem("agreement-equal-weights", severity="note"),)
        whole = np.zeros(len(self.unit))
        for weight, (name, values) in zip(points, self.inputs.items(), strict=True):
            low, width = self.ranges[name]
            whole += weight / sum(points) * (values - low) / width
        return np.round(whole, 12), notes


def read_long(ratings: Any, framework: Framework, *, stations: Sequence[str] | None = None) -> Long:
    """Read single ratings for a framework.

    Raises
    ------
    NotInFramework
        If raters rate nothing in it.
    InputError
        With every problem in the table.
    """
    document = framework.doc
    inputs = rated_inputs(document)
    if not inputs:
        said = {"framework": framework.signature}
        raise NotInFramework([Problem("agreement-nothing-rated", values=said)])
    rounds = {} if isinstance(document.rounds, Unknown) else document.rounds
    table = tables.read_table(
        ratings,
        inputs,
        rounds={name: one.label for name, one in rounds.items()} or None,
        keep=(GROUP, RATER),
        stations=None if stations is None else sorted(set(stations)),
        repeated=True,
    )
    known_groups = {} if isinstance(document.raters, Unknown) else document.raters
    optional = {RATER} if known_groups else {RATER, GROUP}
    problems = [
        one for one in table.report if not (one.code == "column-not-found" and one.values["header"] in optional)
    ]
    if not problems_stop(problems) and not table.columns:
        labels = [spec.label.say() for spec in inputs.values()]
        problems.append(Problem("agreement-no-rated-column", values={"labels": labels}))
    refuse(Report(tuple(problems)))
    by_name = {label: name for name, one in known_groups.items() for label in (name, one.label.zh, one.label.en)}
    who: list[Who] = []
    for i in range(len(table.stations)):
        written = (table.kept[GROUP][i] or "") if GROUP in table.kept else ""
        group = by_name.get(written) if known_groups else written
        if group is None:
            strange = {"raters": written, "known": [one.label.say() for one in known_groups.values()]}
            problems.append(Problem("rater-group-unknown", table.place(i, GROUP), written, strange))
        name = table.kept[RATER][i] if RATER in table.kept else None
        if RATER in table.kept and not name:
            problems.append(Problem("agreement-rater-empty", table.place(i, RATER)))
        who.append(Who(group or "", name))
    units = _units(table)
    named = RATER in table.kept
    if named:
        problems += _twice(table, units, who)
    refuse(Report(tuple(problems)))
    notes = [one for one in problems if one.severity == "note"]
    persons = len(set(who))
    if not named:
        notes.append(Problem("agreement-raters-unnamed", severity="note"))
    elif persons > MOST_RATERS:
        many = {"found": persons, "most": MOST_RATERS}
        notes.append(Problem("agreement-raters-many", values=many, severity="note"))
        named, who = False, [Who(one.group) for one in who]
    raters = tuple(sorted(set(who)))
    place = {one: k for k, one in enumerate(raters)}
    order = {unit: k for k, unit in enumerate(dict.fromkeys(units))}
    names = {station: k for k, station in enumerate(dict.fromkeys(station for station, _ in order))}
    ranges = {name: _range(inputs[name].min, inputs[name].max, table, name) for name in table.columns}
    return Long(
        framework,
        table,
        {name: _raw(table, name) for name in table.columns},
        ranges,
        np.array([order[unit] for unit in units], dtype=np.int64),
        np.array([names[station] for station, _ in order], dtype=np.int64),
        raters,
        np.array([place[one] for one in who], dtype=np.int64),
        named,
        tuple(notes),
    )


def problems_stop(problems: Sequence[Problem]) -> bool:
    """Whether any of them is an error."""
    return any(one.severity == "error" for one in problems)


def _units(table: Table) -> list[tuple[str, int]]:
    codes = [-1] * len(table.stations) if table.rounds is None else table.rounds.tolist()
    return list(zip(table.stations, codes, strict=True))


def _twice(table: Table, units: Sequence[tuple[str, int]], who: Sequence[Who]) -> list[Problem]:
    first: dict[tuple[tuple[str, int], Who], int] = {}
    return [
        Problem("agreement-rated-twice", table.place(i, RATER), one.name, {"first": str(table.place(seen, RATER))})
        for i, (unit, one) in enumerate(zip(units, who, strict=True))
        if (seen := first.setdefault((unit, one), i)) != i
    ]


def _given(table: Table, name: str) -> tuple[Floats, npt.NDArray[np.bool_]]:
    column = table.columns[name]
    values = column.values.astype(np.float64)
    return values, np.isnan(values) if column.missing is None else column.missing


def _range(low: object, high: object, table: Table, name: str) -> tuple[float, float]:
    """The least mark and the width of a scale; of the marks given where the scale is not known."""
    if isinstance(low, Fraction) and isinstance(high, Fraction) and high > low:
        return float(low), float(high - low)
    values, missing = _given(table, name)
    kept = values[~missing]
    return (float(kept.min()), float(np.ptp(kept)) or 1.0) if len(kept) else (0.0, 1.0)


def _raw(table: Table, name: str) -> Floats:
    values, missing = _given(table, name)
    return np.where(missing, np.nan, values)


def _points(framework: Framework, names: Sequence[str]) -> list[float] | None:
    """The points that the framework gives for each rated input; None where it does not say for all."""
    if "score" not in framework.answers:
        return None
    points, plan = dict.fromkeys(names, Fraction(0)), plan_of(framework)
    for leaf in (*plan.root.leaves(), *plan.bonus):
        if isinstance(leaf.rule, Rating) and leaf.rule.input in points:
            points[leaf.rule.input] += leaf.points
    return [float(one) for one in points.values()] if all(points.values()) else None

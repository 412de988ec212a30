"""Scores: what an evaluation gave, frozen, with every level down to the cell it came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np

from stationeval.errors import InputError, Place, Problem, Report
from stationeval.evaluation import grading
from stationeval.evaluation.curves import ZERO
from stationeval.evaluation.eligibility import CANNOT_TELL, NOT_MET, WORDS, States, gate_states, tier_levels
from stationeval.evaluation.exactly import Floats
from stationeval.evaluation.listing import ResultTable, Values, html_table
from stationeval.evaluation.plan import Branch, Leaf, Plan, known, plan_of
from stationeval.evaluation.prepare import Data, no_such_station, with_absent
from stationeval.evaluation.scoring import Engine, Measure
from stationeval.evaluation.totals import Totals, totals
from stationeval.framework.documents import Consequence
from stationeval.framework.framework import Framework

if TYPE_CHECKING:
    from stationeval.evaluation.difference import Difference
    from stationeval.evaluation.explanation import Explanation
    from stationeval.evaluation.gaps import Gaps

Level: TypeAlias = Literal["station", "dimension", "indicator", "item"]


@dataclass(frozen=True, eq=False)
class Scores:
    """The scores of stations under one framework.

    Frozen and picklable; equal where framework, stations and inputs are equal. Made by `score`.

    Attributes
    ----------
    data
        The table as read, with its report.
    checked
        What was read safely but is worth saying.
    """

    data: Data
    checked: Report

    # ---- identity ---------------------------------------------------------------------------------------------

    @property
    def framework(self) -> Framework:
        """The framework, resolved."""
        return self.data.framework

    @property
    def stations(self) -> tuple[str, ...]:
        """The stations, in the order they came."""
        return self.data.stations

    @property
    def signature(self) -> str:
        """What made these scores: framework, edition, revision, completions, and the hash of it all."""
        alone = f" round:{self.data.round}" if self.data.round else ""
        return f"{self.framework.signature} sha256:{self.framework.sha256}{alone}"

    @cached_property
    def report(self) -> Report:
        """What was read safely but is worth saying, and what the evaluation has to say of its results."""
        return self.checked + Report((*notes_on_quotas(self), *notes_on_gates(self)))

    def __len__(self) -> int:
        return len(self.stations)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Scores) and self._identity == other._identity

    def __hash__(self) -> int:
        return hash((self.signature, self.stations))

    @cached_property
    def _identity(self) -> tuple[object, ...]:
        cells = {
            name: tuple(column.exact(i) for i in range(len(self.data.table.stations)))
            for name, column in self.data.table.columns.items()
        }
        rounds = None if self.data.table.rounds is None else tuple(self.data.table.rounds.tolist())
        return (self.signature, self.data.table.stations, rounds, cells, self.standings.units.tolist())

    def __getstate__(self) -> dict[str, Any]:
        data = self.data
        return {"data": Data(data.framework, data.table, data.ratings, data.round), "checked": self.checked}

    def __setstate__(self, state: dict[str, Any]) -> None:
        for name, value in state.items():
            object.__setattr__(self, name, value)

    # ---- what it stands on ------------------------------------------------------------------------------------

    @cached_property
    def plan(self) -> Plan:
        """The tree of points."""
        return plan_of(self.framework)

    @cached_property
    def engine(self) -> Engine:
        """The arithmetic, over the rows of the table."""
        document = self.framework.doc
        n = len(self.data.table.stations)
        asked = [name for leaf in self.plan.leaves() for name in leaf.inputs]
        return Engine(
            self.plan,
            with_absent(self.data.sources, asked, n),
            n,
            rounding=document.policies.rounding,
            inputs=document.inputs,
            groups=self.data.groups(self.plan.groups),
        )

    @cached_property
    def levels(self) -> Totals:
        """Dimensions, base, bonus, deductions and total of every station, with their error bounds."""
        return totals(self.engine, self.data.standing)

    @property
    def places(self) -> int:
        """Decimal places of a total."""
        return self.framework.doc.policies.rounding.total

    @cached_property
    def standings(self) -> grading.Standings:
        """Totals after vetoes, grades before and after vetoes and quotas."""
        sources = self.data.standing.sources(self.data.sources)
        return grading.standings(self.framework.doc, self.levels.units(self.places), self.places, sources)

    # ---- what people ask --------------------------------------------------------------------------------------

    @cached_property
    def totals(self) -> Sequence[Decimal]:
        """The totals, exact, in the order of the stations."""
        return Values(self.standings.units, places=self.places)

    @cached_property
    def grades(self) -> Sequence[str] | None:
        """The grades after vetoes and quotas; None where the framework has none."""
        names = tuple(known(self.framework.doc.grades))
        return Values(self.standings.grades, names=names) if names else None

    @cached_property
    def ranks(self) -> Sequence[int]:
        """Places from 1 among all stations."""
        return self.ranked(None)

    def ranked(self, within: str | None) -> Sequence[int]:
        """Places from 1, among all stations or within the groups of a kept column."""
        ties = self.framework.doc.policies.ties
        groups = None
        if within is not None:
            _, groups = np.unique(np.array(self.group(within), dtype=str), return_inverse=True)
        breakers = [self._breaker(name) for name in ties.break_by]
        places = grading.ranks(
            self.standings.units, method=ties.method, breakers=breakers, groups=groups, names=self.stations
        )
        return Values(places)

    def _breaker(self, name: str) -> Measure:
        node = self.node(name)
        if node.path in self.levels.dimensions:
            return self.levels.dimensions[node.path]
        if isinstance(node, Leaf):
            return self.data.standing.of(self.engine.leaf(node))
        raise KeyError(name)

    def group(self, name: str) -> tuple[Any, ...]:
        """A kept column, one value a station (from its last round).

        Raises
        ------
        InputError
            If the column was not read with `keep`.
        """
        if name not in self.data.table.kept:
            raise InputError([Problem("group-absent", Place(input=name), values={"group": name})])
        column = self.data.table.kept[name]
        return tuple(column[i] for i in self.data.standing.last.tolist())

    def node(self, name: str) -> Branch | Leaf:
        """A dimension, indicator, bonus or deduction by its id.

        Raises
        ------
        KeyError
            If the framework has none of that id.
        """
        for node in (*self.plan.root.nodes(), *self.plan.bonus, *self.plan.deductions):
            if node.id == name:
                return node
        raise KeyError(name)

    def points(self, name: str) -> Floats:
        """The points of a dimension or indicator for every station, as floats, shape (stations,).

        They are within the proven bound of the exact value; `exact_points` gives that for one station.
        """
        node = self.node(name)
        if isinstance(node, Leaf) and node.path[0] in ("bonus", "deductions"):
            return self.levels.item(node).quantity.values
        if node.path in self.levels.dimensions:
            return self.levels.dimensions[node.path].quantity.values
        by_row = self.engine.node(node)
        values = np.zeros(len(self.stations))
        for rows, weight in zip(self.data.standing.rows, self.data.standing.weights, strict=True):
            values += by_row[rows] * float(weight)
        return values

    def exact_points(self, name: str, station: str) -> Fraction:
        """The points of a node at one station, exactly, over the rounds."""
        s, node = self.index(station), self.node(name)
        if isinstance(node, Leaf) and node.path[0] in ("bonus", "deductions"):
            return self.levels.item(node).quantity.exact(s)
        standing = self.data.standing
        pairs = zip(standing.rows, standing.weights, strict=True)
        return sum((w * (self.engine.exact_node(node, int(rows[s])) or ZERO) for rows, w in pairs), ZERO)

    def index(self, station: str) -> int:
        """The place of a station among `stations`.

        Raises
        ------
        KeyError
            If there is none of that name; the message names the nearest.
        """
        try:
            return self._index[station]
        except KeyError:
            raise no_such_station(station, self.stations) from None

    @cached_property
    def _index(self) -> Mapping[str, int]:
        return {station: s for s, station in enumerate(self.stations)}

    @cached_property
    def gates(self) -> Mapping[str, States]:
        """The state of every gate for every station: 2 met, 1 cannot tell, 0 not met."""
        document = self.framework.doc
        sources = self.data.standing.sources(self.data.sources)
        return {
            name: gate_states(gate, sources, document.inputs, len(self.stations))
            for name, gate in document.gates.items()
        }

    @cached_property
    def tiers(self) -> tuple[np.ndarray[Any, np.dtype[np.int64]], Mapping[str, States]]:
        """The tier of every station (its place, -1 for none), and the state of every tier."""
        document = self.framework.doc
        sources = self.data.standing.sources(self.data.sources)
        return tier_levels(document.tiers, sources, document.inputs, len(self.stations))

    def vetoes(self, station: str) -> tuple[str, ...]:
        """The vetoes that hold for a station, whether or not they change anything."""
        s = self.index(station)
        return tuple(name for name, where in self.standings.vetoed.items() if where[s])

    def consequences(self, station: str) -> tuple[Consequence, ...]:
        """What follows from a station's grade, vetoes and gates; those only in words are not computed."""
        s = self.index(station)
        grade = None if self.grades is None else self.grades[s]
        held = set(self.vetoes(station))
        return tuple(
            one
            for one in self.framework.doc.consequences
            if (one.when.grade is not None and one.when.grade == grade)
            or (one.when.veto is not None and one.when.veto in held)
            or (one.when.gate_not_met is not None and self.gates[one.when.gate_not_met][s] == NOT_MET)
        )

    # ---- tables -----------------------------------------------------------------------------------------------

    def table(self, *, level: Level = "station") -> ResultTable:
        """The scores as a table of results, one row a station (and dimension, indicator or item)."""
        columns = self._station_columns() if level == "station" else self._node_columns(level)
        return ResultTable(f"scores-{level}", columns, self.signature, self.report.notes, self.data.table.kind)

    def to_frame(self, *, level: Level = "station") -> Any:
        """The scores as a fresh pandas frame; `attrs["signature"]` names what made it."""
        return self.table(level=level).to_frame()

    def to_native(self, *, level: Level = "station") -> Any:
        """The scores as the kind of frame that the data came in."""
        return self.table(level=level).to_native()

    def _station_columns(self) -> dict[str, Sequence[Any]]:
        columns: dict[str, Sequence[Any]] = {"station": self.stations}
        columns |= {name: self.group(name) for name in self.data.table.kept}
        for child in self.plan.root.children:
            columns[child.id] = Values(self.levels.dimensions[child.path].quantity.values)
        if self.levels.bonus is not None:
            columns["bonus"] = Values(self.levels.bonus.quantity.values)
        if self.levels.deductions is not None:
            columns["deductions"] = Values(self.levels.deductions.quantity.values)
        columns["total"] = Values(self.standings.units / 10.0**self.places)
        if self.grades is not None:
            columns["grade"] = self.grades
        columns["rank"] = self.ranks
        if self.standings.vetoed:
            columns["vetoes"] = tuple("、".join(names) for names in self.standings.vetoes())
        return columns

    def _node_columns(self, level: Level) -> dict[str, Sequence[Any]]:
        nodes = list(self._nodes(level))
        n = len(self)
        stations = [station for station in self.stations for _ in nodes]
        values = np.stack([self.points(node.id) for _, node in nodes], axis=1) if nodes else np.empty((n, 0))
        labels = self._labels
        columns: dict[str, Sequence[Any]] = {
            "station": tuple(stations),
            "dimension": tuple(dimension for dimension, _ in nodes) * n,
        }
        if level != "dimension":
            columns[level] = tuple(node.id for _, node in nodes) * n
        columns["label"] = tuple(labels[node.path] for _, node in nodes) * n
        columns["points"] = Values(values.ravel())
        columns["full_marks"] = tuple(float(node.points) for _, node in nodes) * n
        return columns

    def _nodes(self, level: Level) -> Iterator[tuple[str, Branch | Leaf]]:
        """Dimension id and node: the dimensions, their children, or the leaves with bonus and deduction items."""
        for child in self.plan.root.children:
            if level == "dimension" or isinstance(child, Leaf):
                yield child.id, child
            else:
                yield from ((child.id, node) for node in (child.children if level == "indicator" else child.leaves()))
        if level == "item":
            yield from (("bonus", leaf) for leaf in self.plan.bonus)
            yield from (("deductions", leaf) for leaf in self.plan.deductions)

    @cached_property
    def _labels(self) -> Mapping[tuple[str, ...], str]:
        return dict(_labels(self.framework))

    def to_dict(self) -> dict[str, Any]:
        """Everything a system needs, ready for JSON; see `docs/schema/scores-1.json`. Exact numbers are text."""
        from stationeval.evaluation.exchange import scores_to_dict

        return scores_to_dict(self)

    @classmethod
    def from_dict(cls, document: Mapping[str, Any], *, framework: Framework | None = None) -> Scores:
        """Scores from what `to_dict` gave, computed again; raises where they do not come out the same."""
        from stationeval.evaluation.exchange import scores_from_dict

        return scores_from_dict(document, framework)

    # ---- why, and what if -------------------------------------------------------------------------------------

    def explain(self, station: str) -> Explanation:
        """Why a station has its result: from the total down to cells and clauses."""
        from stationeval.evaluation.explain import explain

        return explain(self, station)

    def gaps(self, station: str | None = None) -> Gaps:
        """Points lost at a station (or at all), most first, and what input would regain them."""
        from stationeval.evaluation.gaps import gaps

        return gaps(self, station)

    def what_if(self, station: str, *, round: str | None = None, **changes: Any) -> Scores:  # noqa: A002
        """Scores in which some inputs of a station are other than they were, in its last round or the one named."""
        from stationeval.evaluation.whatif import what_if

        return what_if(self, station, changes=changes, round=round)

    def diff(self, other: Scores) -> Difference:
        """What changed from these scores to others, and why."""
        from stationeval.evaluation.diff import diff

        return diff(self, other)

    def provenance(self) -> ResultTable:
        """Every value of the framework with what it rests on."""
        from stationeval.evaluation.grounds import provenance

        return provenance(self)

    @property
    def assumed_share(self) -> Fraction:
        """How much of the base's full marks rests on something assumed, from 0 to 1."""
        from stationeval.evaluation.grounds import assumed_share

        return assumed_share(self)

    def save(self, path: str | FilePath, *, overwrite: bool = False) -> FilePath:
        """Keep these scores as a bundle that `verify` checks and computes again."""
        from stationeval.evaluation.bundle import save

        return save(self, path, overwrite=overwrite)

    def _repr_html_(self) -> str:
        table = self.table()
        rows = [list(row.values()) for row in table]
        return html_table(list(table.columns), rows, caption=self.signature)


def _labels(framework: Framework) -> Iterator[tuple[tuple[str, ...], str]]:
    document = framework.doc
    stack: list[tuple[tuple[str, ...], Mapping[str, Any]]] = [(("dimensions",), known(document.dimensions))]
    while stack:
        path, nodes = stack.pop()
        for name, node in nodes.items():
            yield (*path, name), node.label.say()
            if node.indicators is not None:
                stack.append(((*path, name, "indicators"), known(node.indicators)))
    for section, extra in (("bonus", document.bonus), ("deductions", document.deductions)):
        if extra is not None:
            for name, item in known(extra.items).items():
                yield (section, "items", name), item.label.say()


def states_in_words(states: States) -> Values:
    """Met, not met or cannot tell, for each station."""
    return Values(states, names=WORDS)


def notes_on_gates(scores: Scores) -> Iterator[Problem]:
    """A note for each gate that cannot tell, naming the first stations."""
    for name, states in scores.gates.items():
        unsure = np.flatnonzero(states == CANNOT_TELL)
        if len(unsure):
            first = [scores.stations[s] for s in unsure[:3].tolist()]
            values = {
                "gate": scores.framework.doc.gates[name].label.say(),
                "count": len(unsure),
                "stations": [*first, "…"] if len(unsure) > len(first) else first,
            }
            yield Problem("gate-cannot-tell", Place(path=("gates", name)), values=values, severity="note")


def notes_on_quotas(scores: Scores) -> Iterator[Problem]:
    """A note for each station that a quota moved down."""
    units = scores.standings.units
    kept = scores.standings.grades
    names = list(known(scores.framework.doc.grades))
    for s, grade in scores.standings.crowded.items():
        inside = units[kept == names.index(grade)]
        tied = not len(inside) or int(units[s]) >= int(inside.min())
        values = {"station": scores.stations[s], "grade": grade}
        code = "quota-tie" if tied else "quota-over"
        yield Problem(code, Place(station=scores.stations[s]), values=values, severity="note")

"""What the analyses stand on: how far each station achieves each indicator, and which weights are admissible."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations
from typing import Any, Literal, TypeAlias

import numpy as np

from stationeval.analysis.constraints import Constraint, constraints
from stationeval.analysis.polytope import Floats, Polytope
from stationeval.errors import InputError, Place, Problem
from stationeval.evaluation.headers import STATIONS
from stationeval.evaluation.plan import Branch, Leaf, known
from stationeval.evaluation.results import Scores
from stationeval.evaluation.tables import read_table
from stationeval.framework.documents import Input, Node
from stationeval.framework.framework import Framework, assemble
from stationeval.framework.values import Text

Level: TypeAlias = Literal["indicator", "dimension"]
Release: TypeAlias = Literal["assumed", "all", "none"]
Where: TypeAlias = str | Sequence[str]

LEVELS = ("indicator", "dimension")
RELEASES = ("assumed", "all", "none")
MOST_STATIONS = 3000
MOST_WEIGHTS = 1000


@dataclass(frozen=True, eq=False)
class Rates:
    """Stations, what share of each indicator (or dimension) they achieve, and the weights that are admissible.

    Attributes
    ----------
    values
        Shape (stations, k), from 0 to 1.
    offset
        Shape (stations,): bonus less deductions, as a share of full marks; no weight changes it.
    weights
        Shape (k,): those of the framework as completed; of plain rates, equal ones or the middle of the admissible.
    scale
        Full marks of the whole; 1 of plain rates.
    scores
        What the rates were taken from, if from scores.
    notes
        What is worth saying of them.
    """

    stations: tuple[str, ...]
    names: tuple[str, ...]
    values: Floats
    offset: Floats
    weights: Floats
    polytope: Polytope
    scale: float
    signature: str
    scores: Scores | None = None
    notes: tuple[Problem, ...] = ()

    def __len__(self) -> int:
        return len(self.stations)

    @property
    def whole(self) -> Floats:
        """What a station earns at weights w, as `whole @ w`, because weights sum to 1; shape (stations, k)."""
        return self.values + self.offset[:, None]

    def place(self, station: str) -> int:
        """The place of a station.

        Raises
        ------
        InputError
            If there is none of that name.
        """
        if station not in self.stations:
            raise InputError([Problem("analysis-no-station", value=station, values={"station": station})])
        return self.stations.index(station)


def rates_of(
    data: Scores | Any, *, level: Level = "indicator", release: Release = "assumed", where: Where = ()
) -> Rates:
    """Rates and admissible weights, from scores or from a plain table of rates.

    Parameters
    ----------
    data
        `Scores`; or rates as an array (stations × k), a frame, records or a dict of columns, with a station column if
        there is one.
    level
        Of scores: the weights of `indicator`s, or of `dimension`s alone, what is inside them staying as it is.
    release
        Of scores, which weights are open: `assumed` those that no document fixes (within the bounds that it gives),
        `all` every one, `none` no one.
    where
        Further constraints on the weights as shares of the whole, see `constraints`.

    Raises
    ------
    InputError
        If a rate is no finite number, a constraint cannot be read, or no weights meet them all.
    """
    for value, allowed, name in ((level, LEVELS, "level"), (release, RELEASES, "release")):
        if value not in allowed:
            raise InputError([Problem("analysis-choice", value=value, values={"name": name, "known": allowed})])
    found = _of_scores(data, level, release, where) if isinstance(data, Scores) else _of_table(data, where)
    if len(found) > MOST_STATIONS:
        raise InputError([Problem("analysis-too-many", values={"most": MOST_STATIONS})])
    return found


# ---- plain rates ------------------------------------------------------------------------------------------------


def _of_table(data: Any, where: Where) -> Rates:
    stations, names, values = _numbers(data)
    if values.ndim != 2 or 0 in values.shape or values.shape[1] > MOST_WEIGHTS:
        raise InputError([Problem("rates-shape", value=values.shape)])
    problems = [
        Problem("rate-not-a-number", Place(row=int(s), input=names[i], station=stations[s]), float(values[s, i]))
        for s, i in np.argwhere(~np.isfinite(values) | (np.abs(values) > 1e12))[:100]
    ]
    if len(set(stations)) < len(stations):
        problems.append(Problem("rates-station-twice"))
    if problems:
        raise InputError(problems)
    polytope = Polytope(names, constraints(where, {name: (i,) for i, name in enumerate(names)}))
    equal = np.full(len(names), 1 / len(names))
    weights = equal if polytope.holds(equal[None])[0] else polytope.centre
    zeros = np.zeros(len(stations))
    return Rates(
        stations, names, values, zeros, weights, polytope, 1.0, "rates", notes=tuple(_notes(stations, names, values))
    )


def _numbers(data: Any) -> tuple[tuple[str, ...], tuple[str, ...], Floats]:
    if isinstance(data, np.ndarray) or (isinstance(data, Sequence) and data and isinstance(data[0], Sequence)):
        try:
            values = np.asarray(data, dtype=np.float64)
        except (TypeError, ValueError):
            raise InputError([Problem("rates-shape")]) from None
        if values.ndim != 2:
            return (), (), values
        return _counted("station", values.shape[0]), _counted("weight", values.shape[1]), values
    names = tuple(str(name) for name in _headers(data) if str(name) not in STATIONS)
    rows = {name: Input(type="number", label=Text(zh=name)) for name in names}
    named = len(names) < len(list(_headers(data)))
    table = read_table(data if named else _with_stations(data), rows)
    if not table.report.ok:
        raise InputError(table.report)
    absent = [Problem("rate-missing", table.place(int(i), name)) for name, column in table.columns.items()
              if column.missing is not None for i in np.flatnonzero(column.missing)]  # fmt: skip
    if absent:
        raise InputError(absent)
    values = np.stack([table.columns[name].values.astype(np.float64) for name in names], axis=1)
    return table.stations, names, values


def _headers(data: Any) -> Sequence[Any]:
    frame: Any = data
    if isinstance(data, Mapping):
        return list(data)
    if isinstance(data, Sequence) and data and isinstance(data[0], Mapping):
        return list(data[0])
    if hasattr(frame, "columns"):
        return list(frame.column_names if hasattr(frame, "column_names") else frame.columns)
    raise InputError([Problem("rates-shape")])


def _with_stations(data: Any) -> Any:
    """The same table with stations counted, where none are named."""
    if isinstance(data, Mapping):
        return {"station": _counted("station", len(next(iter(data.values()), ()))), **data}
    if isinstance(data, Sequence):
        return [{"station": name, **row} for name, row in zip(_counted("station", len(data)), data, strict=True)]
    columns = {str(name): [float(x) for x in data[name]] for name in _headers(data)}
    index = getattr(data, "index", None)
    names = _counted("station", len(data)) if index is None else tuple(str(each) for each in index)
    return {"station": list(names), **columns}


def _counted(what: str, n: int) -> tuple[str, ...]:
    return tuple(f"{what}{i}" for i in range(1, n + 1))


def _notes(stations: Sequence[str], names: Sequence[str], values: Floats) -> Iterator[Problem]:
    if len(stations) == 1:
        yield Problem("analysis-one-station", Place(station=stations[0]), severity="note")
        return
    for i in np.flatnonzero(np.ptp(values, axis=0) == 0.0).tolist():
        yield Problem("analysis-constant", Place(input=names[i]), values={"name": names[i]}, severity="note")


# ---- scores -----------------------------------------------------------------------------------------------------


def _of_scores(scores: Scores, level: Level, release: Release, where: Where) -> Rates:
    nodes = level_nodes(scores, level)
    whole, rounds = scores.plan.root.points, sum(scores.data.standing.weights, Fraction(0))
    if not whole or not rounds:
        raise InputError([Problem("weights-nothing")])
    problems = list(_left_out(scores, nodes))
    if problems:
        raise InputError(problems)
    values = np.zeros((len(scores), len(nodes)))
    for i, node in enumerate(nodes):
        if node.points:
            values[:, i] = scores.points(node.id) / float(node.points * rounds)
    offset = np.zeros(len(scores))
    for extra, sign in ((scores.levels.bonus, 1), (scores.levels.deductions, -1)):
        if extra is not None:
            offset += sign * extra.quantity.values / float(whole * rounds)
    names = tuple(node.id for node in nodes)
    members = _members(scores, nodes)
    named = {path[-1]: places for path, places in members.items()}
    stated = tuple(_stated(scores, members, release))
    polytope = Polytope(names, (*stated, *constraints(where, named)))
    weights = np.array([float(node.points / whole) for node in nodes])
    notes = tuple(_notes(scores.stations, names, values))
    signature = f"{scores.signature} level:{level} release:{release}"
    scale = float(whole * rounds)
    return Rates(scores.stations, names, values, offset, weights, polytope, scale, signature, scores, notes)


def level_nodes(scores: Scores, level: Level) -> tuple[Branch | Leaf, ...]:
    """The dimensions, or what is right inside them (a dimension without indicators stands for itself)."""
    if level == "dimension":
        return scores.plan.root.children
    inside = (one.children if isinstance(one, Branch) else (one,) for one in scores.plan.root.children)
    return tuple(node for children in inside for node in children)


def _left_out(scores: Scores, nodes: Sequence[Branch | Leaf]) -> Iterator[Problem]:
    """Nodes that do not count at some station: its total is then no sum of weights times rates."""
    for node in nodes:
        leaves = [node] if isinstance(node, Leaf) else list(node.leaves())
        out = np.logical_and.reduce([scores.engine.left_out(leaf) for leaf in leaves])
        rows = np.unique(np.concatenate(scores.data.standing.rows))
        first = rows[out[rows]]
        if len(first):
            station = scores.data.table.stations[int(first[0])]
            yield Problem(
                "analysis-left-out", Place(station=station, input=node.id), values={"name": node.id, "station": station}
            )


def _members(scores: Scores, nodes: Sequence[Branch | Leaf]) -> dict[tuple[str, ...], tuple[int, ...]]:
    """For each dimension and weighed node the weights that it stands for."""
    found: dict[tuple[str, ...], tuple[int, ...]] = {}
    for one in scores.plan.root.children:
        found[one.path] = tuple(i for i, node in enumerate(nodes) if node.path[:2] == one.path)
    return found | {node.path: (i,) for i, node in enumerate(nodes)}


def _stated(
    scores: Scores, members: Mapping[tuple[str, ...], tuple[int, ...]], release: Release
) -> Iterator[Constraint]:
    """What the framework says of the weights."""
    if release == "all":
        return
    framework, document = scores.framework, scores.framework.doc
    fixed = {value.path for value in framework.provenance() if release == "none" or value.status == "documented"}
    between = _between(framework)
    yield from _siblings(known(document.dimensions), ("dimensions",), scores, members, fixed, between)
    for name, node in known(document.dimensions).items():
        if node.indicators is not None and len(next(p for p in members if p == ("dimensions", name))):
            path = ("dimensions", name, "indicators")
            if any(each[:3] == path for each in members):
                yield from _siblings(known(node.indicators), path, scores, members, fixed, between)


def _between(framework: Framework) -> Mapping[str, tuple[Fraction, Fraction]]:
    """The bounds that the framework gives for what it leaves unknown."""
    base = assemble(framework._chain)
    return {one.path: (Fraction(one.between[0]), Fraction(one.between[1])) for one in base.unknowns() if one.between}


def _siblings(
    nodes: Mapping[str, Node],
    path: tuple[str, ...],
    scores: Scores,
    members: Mapping[tuple[str, ...], tuple[int, ...]],
    fixed: set[str],
    between: Mapping[str, tuple[Fraction, Fraction]],
) -> Iterator[Constraint]:
    whole = scores.plan.root.points
    weighed: dict[str, tuple[Fraction, Fraction]] = {}
    for name, node in nodes.items():
        here = (*path, name)
        said = "weight" if node.points is None else "points"
        dotted = ".".join((*here, said))
        value = node.weight if node.points is None else node.points
        if not isinstance(value, Fraction):
            continue
        low, high = (value, value) if dotted in fixed else between.get(dotted, (None, None))
        if low is None or high is None:
            continue
        if said == "weight":
            weighed[name] = (low, high)
        else:
            yield _constraint([(members[here], Fraction(1))], low / whole, high / whole, dotted)
    if len(weighed) == len(nodes) and all(low == high for low, high in weighed.values()) and _parent_fixed(path, fixed):
        above = whole if len(path) == 1 else known_points(scores, path[:2])
        total = sum((low for low, _ in weighed.values()), Fraction(0))
        for name, (low, _) in weighed.items():
            share = low / total * above / whole
            yield _constraint([(members[(*path, name)], Fraction(1))], share, share, ".".join((*path, name, "weight")))
        return
    for a, b in permutations(weighed, 2):
        (low, _), (_, high) = weighed[a], weighed[b]
        text = f"{'.'.join((*path, a, 'weight'))} / {b}"
        yield _constraint([(members[(*path, a)], high), (members[(*path, b)], -low)], Fraction(0), None, text)


def _parent_fixed(path: tuple[str, ...], fixed: set[str]) -> bool:
    return len(path) == 1 or f"{path[0]}.{path[1]}.points" in fixed


def known_points(scores: Scores, path: tuple[str, ...]) -> Fraction:
    """The full marks of a dimension."""
    return next(node.points for node in scores.plan.root.children if node.path == path)


def _constraint(
    terms: Sequence[tuple[Sequence[int], Fraction]], low: Fraction, high: Fraction | None, text: str
) -> Constraint:
    coefficients: dict[int, Fraction] = {}
    for places, factor in terms:
        for i in places:
            coefficients[i] = coefficients.get(i, Fraction(0)) + factor
    return Constraint({i: value for i, value in coefficients.items() if value}, low, high, text)

"""The two sides of a difference: which stations, what each part puts into their totals, and that under another rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

from stationeval.errors import IncompleteFramework, InputError, NotInFramework, Place, Problem
from stationeval.evaluation.breakdown import breakdown
from stationeval.evaluation.cells import NUMERIC
from stationeval.evaluation.curves import ZERO
from stationeval.evaluation.evaluate import score
from stationeval.evaluation.explanation import CHANGES
from stationeval.evaluation.phrases import both_languages
from stationeval.evaluation.readings import CHANGED, label_of
from stationeval.evaluation.results import Scores
from stationeval.evaluation.tables import Table
from stationeval.framework.documents import Input
from stationeval.framework.framework import Framework
from stationeval.framework.values import Text, Unknown

Key: TypeAlias = tuple[tuple[str, ...], str]
"""The path of an indicator or item, and the kind of a change by a rule, else empty."""

Shares: TypeAlias = dict[Key, Fraction]
WHOLE = {"total-rounding": "decompose-total-rounding", "veto": "decompose-veto"}
EXTRAS = {"bonus": "decompose-bonus", "deductions": "decompose-deductions", "": "decompose-whole"}


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a difference.

    Attributes
    ----------
    name
        The station or group; empty where it is all stations.
    signature
        What scored it.
    stations
        Whose mean it is.
    total
        Their published total, or the mean of these, exactly, in the unit of the decomposition.
    """

    name: str
    signature: str
    stations: tuple[str, ...]
    total: Fraction = ZERO


def sides(a: Scores, b: Scores, between: str | tuple[str, str] | None, by: str | None) -> tuple[Side, Side]:
    """Who is compared.

    Raises
    ------
    InputError
        If nobody would be, a side with itself, or a group does not exist.
    KeyError
        If there is no such station.
    """
    if between is None and by is not None:
        raise InputError([Problem("decompose-groups-unnamed", values={"by": by, "groups": sorted(_groups(a, by))})])
    names = (between, between) if isinstance(between, str) else ("", "") if between is None else tuple(between)
    if len(names) != 2:
        raise InputError([Problem("decompose-between", value=between)])
    if a is b and names[0] == names[1]:
        raise InputError([Problem("decompose-same", value=between)])
    pair = [_side(scores, name, by, whole=between is None) for scores, name in zip((a, b), names, strict=True)]
    return pair[0], pair[1]


def _side(scores: Scores, name: str, by: str | None, *, whole: bool) -> Side:
    if whole:
        return Side("", scores.signature, scores.stations)
    if by is None:
        return Side(name, scores.signature, (scores.stations[scores.index(name)],))
    groups = _groups(scores, by)
    if name not in groups:
        values = {"by": by, "group": name, "groups": sorted(groups)}
        raise InputError([Problem("decompose-no-group", Place(input=by), name, values)])
    return Side(name, scores.signature, tuple(groups[name]))


def _groups(scores: Scores, by: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for station, group in zip(scores.stations, scores.group(by), strict=True):
        if group is not None:
            found.setdefault(group, []).append(station)
    return found


def shares(scores: Scores, side: Side, scale: Fraction) -> Shares:
    """What each part puts into the side's published total, exactly, over `scale`; they sum to it."""
    found: Shares = {}
    unit = 10**scores.places
    rounded = scores.levels.units(scores.places)
    part_of = 1 / (len(side.stations) * scale)
    for station in side.stations:
        s = scores.index(station)
        whole = breakdown(scores, s)
        before, after = Fraction(int(rounded[s]), unit), Fraction(int(scores.standings.units[s]), unit)
        rows: list[tuple[Key, Fraction]] = [
            ((one.path, one.kind if one.kind in CHANGES else ""), points) for one, points in whole.shares()
        ]
        rows += [(((), "total-rounding"), before - whole.points), (((), "veto"), after - before)]
        for key, points in rows:
            if points or not key[1]:
                found[key] = found.get(key, ZERO) + points * part_of
    return found


def label(key: Key, frameworks: Iterable[Framework]) -> Text:
    """What a part is called, by the first of the frameworks that has it."""
    path, kind = key
    if kind:
        return both_languages(WHOLE.get(kind) or CHANGED[kind])
    for framework in frameworks:
        try:
            return label_of(framework.doc, path)
        except (KeyError, TypeError):
            continue
    return Text(zh=path[-1])


def dimension(key: Key) -> str:
    """The dimension that a part belongs to; `bonus`, `deductions`, or empty."""
    path = key[0]
    return "" if not path else path[1] if path[0] == "dimensions" else path[0]


# ---- the same data under another framework ----------------------------------------------------------------------


def under(scores: Scores, framework: Framework) -> Scores:
    """The data of an evaluation scored under another framework.

    An input goes over where both frameworks mean the same by it: its id, type, unit and choices agree.

    Raises
    ------
    InputError, IncompleteFramework, NotInFramework
        If the other framework needs what these data do not say, or cannot score.
    """
    alike, unlike = _carried(scores.framework, framework)
    data = scores.data
    rated = None if data.ratings is None else _columns(data.ratings, scores.framework, alike)
    try:
        return score(
            _columns(data.table, scores.framework, alike),
            framework,
            ratings=rated,
            round=data.round,
            keep=tuple(data.table.kept),
        )
    except InputError as error:
        raise InputError((*unlike, *error.problems)) from None


def _carried(ours: Framework, theirs: Framework) -> tuple[dict[str, Input], list[Problem]]:
    alike: dict[str, Input] = {}
    unlike = []
    for name, spec in ours.doc.inputs.items():
        other = theirs.doc.inputs.get(name)
        if other is None:
            continue
        if (spec.type, spec.unit, spec.choices) == (other.type, other.unit, other.choices):
            alike[name] = spec
        else:
            unlike.append(Problem("decompose-input-differs", Place(input=name), values={"label": spec.label.say()}))
    return alike, unlike


def _columns(table: Table, framework: Framework, inputs: Mapping[str, Input]) -> dict[str, list[Any]]:
    columns: dict[str, list[Any]] = {"station": list(table.stations)}
    rounds = framework.doc.rounds
    if table.rounds is not None and not isinstance(rounds, Unknown):
        names = list(rounds)
        columns["round"] = [names[code] for code in table.rounds.tolist()]
    columns |= {name: list(cells) for name, cells in table.kept.items()}
    for name in table.columns:
        if name in inputs:
            columns[name] = list(_cells(table, name, inputs[name]))
    return columns


def _cells(table: Table, name: str, spec: Input) -> Iterator[Any]:
    column = table.columns[name]
    for i in range(len(table.stations)):
        if column.missing is not None and column.missing[i]:
            yield None
        elif spec.type in NUMERIC:
            yield column.exact(i)
        elif spec.type == "choice":
            yield spec.choices[int(column.values[i])]
        else:
            yield bool(column.values[i]) if spec.type == "boolean" else str(column.values[i])


def told(error: InputError | IncompleteFramework | NotInFramework) -> list[str]:
    """What stood in the way, in words: at most three reasons, and how many more."""
    every = list(dict.fromkeys(f"{problem.place} {problem.why()}".strip() for problem in error.report.errors))
    return [*every[:3], *([f"+{len(every) - 3}"] if len(every) > 3 else [])]

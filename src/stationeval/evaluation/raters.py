"""Single ratings made into one number a station: trimmed inside each group of raters, weighed between groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from stationeval.errors import Problem
from stationeval.evaluation import tables
from stationeval.evaluation.columns import Source
from stationeval.evaluation.curves import ZERO
from stationeval.evaluation.plan import known
from stationeval.evaluation.tables import Table
from stationeval.framework import documents as d
from stationeval.framework.values import Text

GROUP = "rater_group"


def rated_inputs(document: d.Document) -> Mapping[str, d.Input]:
    """The inputs that raters rate."""
    return {name: spec for name, spec in document.inputs.items() if spec.type == "rating"}


def read(data: Any, document: d.Document, rounds: Mapping[str, Text], stations: Sequence[str]) -> Table:
    """Read a table of single ratings: station, round where there are rounds, `rater_group`, and the rated inputs."""
    return tables.read_table(
        data,
        rated_inputs(document),
        rounds=rounds or None,
        keep=(GROUP,),
        stations=sorted(set(stations)),
        repeated=True,
    )


def aggregate(ratings: Table, table: Table, document: d.Document) -> tuple[dict[str, Source], list[Problem]]:
    """One exact rating for each row of the station table and each rated input, with what is wrong or worth saying."""
    problems: list[Problem] = []
    groups = known(document.raters)
    if GROUP not in ratings.kept:
        return {}, [Problem("rater-group-absent")]
    by_name = {label: name for name, group in groups.items() for label in (name, group.label.zh, group.label.en)}
    cells: dict[tuple[str, int, str], list[int]] = {}
    for i, station in enumerate(ratings.stations):
        written = str(ratings.kept[GROUP][i]).strip()
        group = by_name.get(written)
        if group is None:
            place = ratings.place(i, GROUP)
            values = {"raters": written, "known": [g.label.say() for g in groups.values()]}
            problems.append(Problem("rater-group-unknown", place, written, values))
            continue
        code = -1 if ratings.rounds is None else int(ratings.rounds[i])
        cells.setdefault((station, code, group), []).append(i)
    found: dict[str, Source] = {}
    for name in rated_inputs(document):
        if name in ratings.columns:
            found[name] = _weighed(name, ratings, table, document, cells, problems)
    return found, problems


def _weighed(
    name: str,
    ratings: Table,
    table: Table,
    document: d.Document,
    cells: Mapping[tuple[str, int, str], Sequence[int]],
    problems: list[Problem],
) -> Source:
    column, label = ratings.columns[name], document.inputs[name].label.say()
    values: list[Fraction] = []
    for i, station in enumerate(table.stations):
        code = -1 if ratings.rounds is None or table.rounds is None else int(table.rounds[i])
        whole = ZERO
        for group, spec in known(document.raters).items():
            given = [column.exact(k) for k in cells.get((station, code, group), ())]
            marks = [Fraction(mark) for mark in given if mark is not None]
            says = {"station": station, "label": label, "raters": spec.label.say()}
            if not marks:
                problems.append(Problem("rating-missing", table.place(i, name), values=says))
                continue
            kept, trimmed = trim(marks, spec.trim)
            if spec.trim is not None and not trimmed:
                more = {"count": len(marks), "needs": spec.trim.needs}
                problems.append(
                    Problem("too-few-ratings", table.place(i, name), values={**says, **more}, severity="note")
                )
            whole += known(spec.weight) * sum(kept, ZERO) / len(kept)
        values.append(whole)
    return Source(np.array([float(v) for v in values]), None, values.__getitem__)


def trim(marks: Sequence[Fraction], rule: d.Trim | None) -> tuple[Sequence[Fraction], bool]:
    """去掉最高分和最低分: what is left, and whether anything was dropped; too few ratings are left whole."""
    if rule is None:
        return marks, False
    if len(marks) < max(rule.needs, rule.drop_highest + rule.drop_lowest + 1):
        return marks, False
    ordered = sorted(marks)
    return ordered[rule.drop_lowest : len(ordered) - rule.drop_highest], True

"""The same evaluation with some inputs of one station changed, for the question what would have been."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np

from stationeval.errors import InputError, Place, Problem, Report
from stationeval.evaluation import raters
from stationeval.evaluation.cells import NUMERIC, Value, read_cell
from stationeval.evaluation.checking import scored
from stationeval.evaluation.intake import Column
from stationeval.evaluation.phrases import said, shown
from stationeval.evaluation.prepare import Data
from stationeval.evaluation.readings import datum
from stationeval.evaluation.results import Scores
from stationeval.framework.documents import Input
from stationeval.messages import near


def what_if(
    scores: Scores,
    station: str,
    *,
    changes: Mapping[str, Any],
    round: str | None = None,  # noqa: A002  (the field's term)
) -> Scores:
    """Scores in which some inputs of one station are other than they were; the rest is as it was.

    Ranks, grades with quotas and relative rules are worked out anew for all. A note in the report of the result names
    each change, so that it cannot pass for an evaluation.

    Parameters
    ----------
    scores
        From `score`; it stays as it is.
    station
        Whose inputs change.
    changes
        Values by input id, read as a cell of a table is; None empties a cell.
    round
        The round to change; by default the last.

    Returns
    -------
    Scores
        New scores, equal in everything that does not depend on the change.

    Raises
    ------
    KeyError
        If there is no such station.
    InputError
        With every input that does not exist and every value that cannot be.

    Examples
    --------
    >>> import stationeval as se
    >>> from stationeval.testing import full_marks
    >>> fw = se.load("mof-self-evaluation")
    >>> row = {**full_marks(fw), "station": "甲镇", "spent": 96, "budget": 100}
    >>> scores = se.score([row], fw)
    >>> scores.what_if("甲镇", spent=98).totals
    (Decimal('99.80'),)
    """
    row = _row(scores, station, round)
    problems: list[Problem] = []
    columns = dict(scores.data.table.columns)
    for name, raw in changes.items():
        problem = _refused(scores, name, station)
        if problem is not None:
            problems.append(problem)
            continue
        spec = scores.framework.doc.inputs[name]
        cell = read_cell(raw, spec)
        place = Place(station=station, input=name)
        if cell.problem is not None:
            problems.append(Problem(cell.problem, place, raw, cell.values))
            continue
        columns[name] = _changed(columns.get(name), name, spec, row, cell.value, len(scores.data.table.stations))
        problems.append(_note(scores, name, row, station, cell.value))
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        raise InputError(errors)
    data = scores.data
    table = replace(data.table, columns=columns, report=data.table.report + Report(tuple(problems)))
    return scored(Data(data.framework, table, data.ratings, data.round))


def _row(scores: Scores, station: str, wanted: str | None) -> int:
    s = scores.index(station)
    rounds = list(scores.data.rounds)
    if wanted is None:
        return int(scores.data.standing.last[s])
    if wanted not in rounds:
        raise InputError([Problem("round-unknown", value=wanted, values={"round": wanted, "rounds": rounds})])
    return int(scores.data.standing.rows[rounds.index(wanted)][s])


def _refused(scores: Scores, name: str, station: str) -> Problem | None:
    """Why an input cannot be changed."""
    document = scores.framework.doc
    place = Place(station=station, input=name)
    if name in document.derive:
        made = document.derive[name]
        return Problem("what-if-derived", place, values={"label": made.label.say(), "parts": list(made.of)})
    if name not in document.inputs:
        guess = near(name, list(document.inputs))
        return Problem("what-if-unknown", place, values={"input": name, "near": guess or "—"})
    if scores.data.ratings is not None and name in raters.rated_inputs(document):
        return Problem("what-if-rated", place, values={"label": document.inputs[name].label.say()})
    return None


def _note(scores: Scores, name: str, row: int, station: str, value: Value) -> Problem:
    read = datum(scores, name, row)
    then = shown(value if value is None or isinstance(value, bool | Fraction) else str(value), read.unit)
    values = {"station": station, "label": read.label.say(), "was": said(read.shown, "zh"), "then": said(then, "zh")}
    return Problem("what-if", Place(station=station, input=name), values=values, severity="note")


def _changed(column: Column | None, name: str, spec: Input, row: int, value: Value, n: int) -> Column:
    """A copy of a column with one cell changed."""
    if column is None:
        column = _empty(name, spec, n)
    values = column.values.copy()
    missing = np.zeros(n, dtype=np.bool_) if column.missing is None else column.missing.copy()
    overrides = {i: each for i, each in column.overrides.items() if i != row}
    missing[row] = value is None
    if spec.type in NUMERIC:
        number = None if value is None else Fraction(value)  # type: ignore[arg-type]  # a numeric cell is a number
        stored = float("nan") if number is None else float(number)
        if values.dtype.kind != "f":
            values = values.astype(np.float64)
        values[row] = stored
        if number is not None and Fraction(repr(stored)) != number:
            overrides[row] = number
    elif value is None:
        values[row] = {"boolean": False, "choice": -1}.get(spec.type, "")
    else:
        values[row] = spec.choices.index(str(value)) if spec.type == "choice" else value
        if spec.type in ("date", "text"):
            values[row] = str(value)
    return Column(name, values, missing if missing.any() else None, overrides)


def _empty(name: str, spec: Input, n: int) -> Column:
    """A column that the table did not have."""
    missing = np.ones(n, dtype=np.bool_)
    if spec.type in NUMERIC:
        return Column(name, np.full(n, np.nan), missing)
    if spec.type == "boolean":
        return Column(name, np.zeros(n, dtype=np.bool_), missing)
    if spec.type == "choice":
        return Column(name, np.full(n, -1, dtype=np.int64), missing)
    return Column(name, np.full(n, "", dtype=object), missing)

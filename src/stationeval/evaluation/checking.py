"""Between reading and scoring: everything that is wrong with the data, or worth saying of them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from stationeval.errors import Place, Problem, Report
from stationeval.evaluation import raters
from stationeval.evaluation.plan import known
from stationeval.evaluation.prepare import Data, check_needs, check_once, check_rows, plan_for, refuse
from stationeval.evaluation.results import Scores
from stationeval.framework.rules import Relative
from stationeval.framework.values import Unknown


def checked(data: Data) -> Report:
    """Everything that is wrong with data, or worth saying of them, for one framework."""
    problems = list(data.table.report.problems)
    document = data.framework.doc
    if data.ratings is not None:
        problems += data.ratings.report.problems
        problems += raters.aggregate(data.ratings, data.table, document)[1]
    rows = list(check_rows(data)) if data.table.stations else []
    problems += rows
    if data.table.stations and not rows and "score" in data.framework.answers:
        plan = plan_for(data.framework)
        problems += check_needs(data, plan)
        once = {name for leaf in (*plan.bonus, *plan.deductions) for name in leaf.inputs}
        once |= {veto.when.input for veto in known(document.vetoes).values()}
        problems += check_once(data, sorted(once))
        problems += _standing_notes(data)
    return Report(tuple(problems))


def scored(data: Data) -> Scores:
    """Score data that are read already: checked, evaluated, and refused where any station has no total.

    Raises
    ------
    InputError
        With every problem in the data; nothing is computed.
    IncompleteFramework, NotInFramework
        If the framework cannot score.
    """
    plan_for(data.framework)
    report = checked(data)
    refuse(report)
    scores = Scores(data, report)
    refuse(Report((*_without_total(scores), *_beyond_digits(scores))))
    return scores


def _standing_notes(data: Data) -> Iterator[Problem]:
    """What is true of this framework with any data, and worth saying beside the result."""
    document = data.framework.doc
    for leaf in plan_for(data.framework).leaves():
        if isinstance(leaf.rule, Relative):
            yield Problem("relative-rule", Place(path=leaf.path), values={"label": leaf.id}, severity="note")
    if data.ratings is None and not isinstance(document.raters, Unknown) and document.raters:
        for name, spec in raters.rated_inputs(document).items():
            if name in data.table.columns:
                label = {"label": spec.label.say()}
                yield Problem("ratings-aggregated", Place(input=name), values=label, severity="note")


def _beyond_digits(scores: Scores) -> Iterator[Problem]:
    """Totals with more digits than are counted: only a bonus without a limit gives them."""
    unit = 10.0**scores.places
    if scores.plan.greatest * 10**scores.places < 2**52:
        return
    for s in np.flatnonzero(scores.levels.total.quantity.values * unit >= 2.0**52).tolist():
        place = scores.data.place(int(scores.data.standing.last[s]), "station")
        yield Problem("total-too-large-here", place, values={"station": scores.stations[s]})


def _without_total(scores: Scores) -> Iterator[Problem]:
    """Rows in which everything is left out."""
    engine, plan = scores.engine, scores.plan
    gone = np.zeros(engine.n, dtype=np.bool_)
    for rows in scores.data.standing.rows:
        gone[rows] = True
    for leaf in plan.root.leaves():
        gone &= engine.left_out(leaf)
        if not gone.any():
            return
    for i in np.flatnonzero(gone).tolist():
        station = scores.data.table.stations[i]
        yield Problem("nothing-applies", scores.data.place(i, "station"), values={"station": station})

"""Scores from data that are read already: changed in a cell, or restored from a file."""

from __future__ import annotations

from stationeval.errors import Report
from stationeval.evaluation import evaluate
from stationeval.evaluation.prepare import Data, plan_for, refuse
from stationeval.evaluation.results import Scores


def rescore(data: Data) -> Scores:
    """Score data with the checks that `score` makes.

    Raises
    ------
    InputError
        With every problem in the data; nothing is computed.
    IncompleteFramework, NotInFramework
        If the framework cannot score.
    """
    plan_for(data.framework)
    report = evaluate._checked(data)
    refuse(report)
    scores = Scores(data, report)
    refuse(Report((*evaluate._without_total(scores), *evaluate._beyond_digits(scores))))
    return scores

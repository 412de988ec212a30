"""Grades of many drawn totals at once, as the framework would give them: rounding, vetoes, lower bounds, quotas."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from stationeval.analysis.polytope import Floats, Ints
from stationeval.evaluation import grading
from stationeval.evaluation.plan import known
from stationeval.evaluation.results import Scores
from stationeval.framework.documents import Grade

NUDGE = 1e-9
"""What a half that floats miss by is given back, in units of the last place."""


@dataclass(frozen=True, eq=False)
class Grader:
    """What of a framework decides grades, gathered once.

    Attributes
    ----------
    most
        Shape (stations,): the units that a veto leaves at most.
    floor
        Shape (stations,): the best grade that a veto leaves, as its place in the list.
    """

    grades: dict[str, Grade]
    places: int
    most: Ints
    floor: Ints
    quotas: bool

    @property
    def names(self) -> tuple[str, ...]:
        """The grades, best first."""
        return tuple(self.grades)

    def units(self, totals: Floats) -> Ints:
        """Totals in units of the last place, halves up, never below 0, after vetoes; shape as given."""
        units = np.floor(np.maximum(totals, 0.0) * 10.0**self.places + (0.5 + NUDGE)).astype(np.int64)
        return np.minimum(units, self.most)

    def codes(self, units: Ints) -> Ints:
        """The place of each grade in the list, shape (draws, stations)."""
        codes = np.maximum(grading.grade_codes(self.grades, units, self.places), self.floor)
        if self.quotas:
            for row, one in zip(codes, units, strict=True):
                grading._quotas(self.grades, row, one)
        return codes


def grader_of(scores: Scores) -> Grader | None:
    """What decides the grades of these scores; None where the framework has none."""
    document = scores.framework.doc
    grades = dict(known(document.grades))
    if not grades:
        return None
    names = list(grades)
    most = np.full(len(scores), np.iinfo(np.int64).max)
    floor = np.zeros(len(scores), dtype=np.int64)
    for name, where in scores.standings.vetoed.items():
        effect = known(known(document.vetoes)[name].effect)
        if effect.total is not None:
            most[where] = np.minimum(most[where], int(effect.total * 10**scores.places))
        for grade in (effect.grade, effect.grade_at_most):
            if grade is not None:
                floor[where] = np.maximum(floor[where], names.index(grade))
    quotas = any(grade.quota is not None for grade in grades.values())
    return Grader(grades, scores.places, most, floor, quotas)

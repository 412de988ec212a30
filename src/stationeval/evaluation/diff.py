"""Compares two evaluations: which stations, which data, which values of the framework, and what each is worth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

from stationeval.errors import IncompleteFramework, InputError
from stationeval.evaluation.breakdown import breakdown
from stationeval.evaluation.curves import ZERO
from stationeval.evaluation.difference import Changed, Difference, StationDifference
from stationeval.evaluation.evaluate import subsidy
from stationeval.evaluation.explanation import CHANGES
from stationeval.evaluation.intake import Column
from stationeval.evaluation.phrases import Saying, both_languages, plainly
from stationeval.evaluation.readings import STATES, datum, label_of
from stationeval.evaluation.results import Scores
from stationeval.framework.canonical import same
from stationeval.framework.rules import Relative
from stationeval.framework.values import Text

LABELS = {
    "left-out": "explain-change-left-out",
    "rounding": "explain-change-rounding",
    "cap": "explain-change-cap",
    "floor": "explain-change-floor",
}


def diff(before: Scores, after: Scores) -> Difference:
    """What changed from one evaluation to another, and why.

    The changes of points sum exactly to the change of the total before rounding.

    Parameters
    ----------
    before, after
        From `score`; of the same framework or of two, with stations in any order.

    Returns
    -------
    Difference
        Stations added and gone, values of the framework that differ, and for each station that differs its totals,
        grades, ranks and subsidies with the data and indicators that changed.
    """
    return _Comparison(before, after).difference()


class _Comparison:
    def __init__(self, before: Scores, after: Scores) -> None:
        self.before, self.after = before, after
        self.framework = tuple(_framework(before, after))
        self.amounts = (_amounts(before), _amounts(after))

    def difference(self) -> Difference:
        old, new = set(self.before.stations), set(self.after.stations)
        return Difference(
            before=self.before.signature,
            after=self.after.signature,
            added=tuple(name for name in self.after.stations if name not in old),
            removed=tuple(name for name in self.before.stations if name not in new),
            framework=self.framework,
            stations=tuple(self.stations()),
        )

    def stations(self) -> Iterator[StationDifference]:
        inputs = self.inputs()
        moved = self.framework or any(isinstance(leaf.rule, Relative) for leaf in self.after.plan.leaves())
        for t, name in enumerate(self.after.stations):
            if name not in self.before._index:
                continue
            s = self.before.index(name)
            if moved or name in inputs or self.outcome(s, t):
                one = self.station(name, s, t, tuple(inputs.get(name, ())))
                if one.inputs or one.points or one.gates or self.outcome(s, t):
                    yield one

    def outcome(self, s: int, t: int) -> bool:
        """Whether a station's result differs."""
        before, after = self.before, self.after
        return (
            before.totals[s] != after.totals[t]
            or before.ranks[s] != after.ranks[t]
            or _grade(before, s) != _grade(after, t)
            or _amount(self.amounts[0], s) != _amount(self.amounts[1], t)
        )

    def station(self, name: str, s: int, t: int, inputs: tuple[Changed, ...]) -> StationDifference:
        before, after = self.before, self.after
        old, new = breakdown(before, s), breakdown(after, t)
        shares = [_shares(part) for part in (old, new)]
        points = [
            Changed(key[-1] if key[0] in CHANGES else key[1][-1], self.label(key), was, now)
            for key in dict.fromkeys((*shares[0], *shares[1]))
            if (was := shares[0].get(key)) != (now := shares[1].get(key)) and (was or ZERO) != (now or ZERO)
        ]
        amounts = (_amount(self.amounts[0], s), _amount(self.amounts[1], t))
        return StationDifference(
            station=name,
            total=(before.totals[s], after.totals[t]),
            exact=(old.points, new.points),
            grade=(_grade(before, s), _grade(after, t)),
            rank=(before.ranks[s], after.ranks[t]),
            amount=None if amounts[0] is None or amounts[1] is None else (amounts[0], amounts[1]),
            inputs=inputs,
            points=tuple(points),
            gates=tuple(self.gates(s, t)),
        )

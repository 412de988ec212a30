"""Compares two evaluations: which stations, which data, which values of the framework, and what each is worth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

import numpy as np

from stationeval.errors import IncompleteFramework, InputError
from stationeval.evaluation.breakdown import Part, breakdown
from stationeval.evaluation.columns import Source
from stationeval.evaluation.curves import ZERO
from stationeval.evaluation.difference import Changed, Difference, StationDifference
from stationeval.evaluation.eligibility import WORDS
from stationeval.evaluation.evaluate import subsidy
from stationeval.evaluation.exactly import Bools
from stationeval.evaluation.explanation import CHANGES
from stationeval.evaluation.phrases import Saying, both_languages, plainly
from stationeval.evaluation.plan import known
from stationeval.evaluation.readings import CHANGED, STATES, datum, label_of
from stationeval.evaluation.results import Scores
from stationeval.evaluation.totals import Rows
from stationeval.framework.canonical import same
from stationeval.framework.rules import Relative
from stationeval.framework.values import Text


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

    Examples
    --------
    >>> import stationeval as se
    >>> from stationeval.testing import full_marks
    >>> fw = se.load("mof-self-evaluation")
    >>> row = {**full_marks(fw), "station": "甲镇", "spent": 96, "budget": 100}
    >>> scores = se.score([row], fw)
    >>> difference = scores.diff(scores.what_if("甲镇", spent=98))
    >>> [(one.name, str(one.change)) for one in difference.station("甲镇").points]
    [('budget_execution', '1/5')]
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
            Changed(kind or path[-1], self.label(path, kind), was, now)
            for path, kind in dict.fromkeys((*shares[0], *shares[1]))
            if (was := shares[0].get((path, kind), ZERO)) != (now := shares[1].get((path, kind), ZERO))
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

    def label(self, path: tuple[str, ...], kind: str) -> Text:
        """What an indicator, an item or a change by a rule is called, by the later framework where it has it."""
        if kind:
            return both_languages(CHANGED[kind])
        for scores in (self.after, self.before):
            if any(leaf.path == path for leaf in scores.plan.leaves()):
                return label_of(scores.framework.doc, path)
        return Text(zh=path[-1])

    def gates(self, s: int, t: int) -> Iterator[Changed]:
        for name, states in self.after.gates.items():
            if name not in self.before.gates:
                continue
            was, now = int(self.before.gates[name][s]), int(states[t])
            if was != now:
                words = (Saying(STATES[was]), Saying(STATES[now]))
                yield Changed(name, self.after.framework.doc.gates[name].label, WORDS[was], WORDS[now], None, words)

    def inputs(self) -> Mapping[str, list[Changed]]:
        """The data that differ, by station; whole columns are compared at once."""
        before, after = self.before, self.after
        common = [name for name in after.stations if name in before._index]
        s = np.array([before.index(name) for name in common], dtype=np.int64)
        t = np.array([after.index(name) for name in common], dtype=np.int64)
        found: dict[str, list[Changed]] = {}
        rounds = list(before.data.rounds)
        several = len(after.data.rounds) > 1
        for round_, rows in zip(after.data.rounds, after.data.standing.rows, strict=True):
            if round_ not in rounds:
                continue
            label = (round_, known(after.framework.doc.rounds)[round_].label) if several else None
            old, new = before.data.standing.rows[rounds.index(round_)][s], rows[t]
            for name, spec in after.framework.doc.inputs.items():
                if name not in before.framework.doc.inputs:
                    continue
                for k in np.flatnonzero(self.suspects(name, old, new)).tolist():
                    was, now = datum(before, name, int(old[k])), datum(after, name, int(new[k]))
                    if was.value != now.value:
                        words = (was.shown, now.shown)
                        one = Changed(name, spec.label, was.value, now.value, label, words)
                        found.setdefault(common[k], []).append(one)
        return found

    def suspects(self, name: str, old: Rows, new: Rows) -> Bools:
        """Where two columns may differ: surely everywhere that they do."""
        one, other = self.before.data.sources.get(name), self.after.data.sources.get(name)
        gone, left = _missing(one, old), _missing(other, new)
        if one is None or other is None:
            return gone ^ left
        if not (one.crisp and other.crisp) or self.framework:
            return ~(gone & left)
        unlike: Bools = np.asarray(one.values[old] != other.values[new], dtype=np.bool_)
        return (gone ^ left) | (~gone & ~left & unlike)


def _missing(source: Source | None, rows: Rows) -> Bools:
    if source is None:
        return np.ones(len(rows), dtype=np.bool_)
    return np.zeros(len(rows), dtype=np.bool_) if source.missing is None else source.missing[rows]


def _shares(part: Part) -> dict[tuple[tuple[str, ...], str], Fraction]:
    """What each indicator, item and change by a rule puts into the total."""
    found: dict[tuple[tuple[str, ...], str], Fraction] = {}
    for one, points in part.shares():
        key = (one.path, one.kind if one.kind in CHANGES else "")
        found[key] = found.get(key, ZERO) + points
    return found


def _grade(scores: Scores, s: int) -> str | None:
    return None if scores.grades is None else scores.grades[s]


def _amounts(scores: Scores) -> Sequence[Decimal] | None:
    """The subsidies, where they can be computed."""
    if "subsidy" not in scores.framework.answers:
        return None
    try:
        return subsidy(scores)["amount"]
    except (InputError, IncompleteFramework):
        return None


def _amount(amounts: Sequence[Decimal] | None, s: int) -> Decimal | None:
    return None if amounts is None else amounts[s]


def _framework(before: Scores, after: Scores) -> Iterator[Changed]:
    """The values that differ between two frameworks, in the order of the later one."""
    if before.framework == after.framework:
        return
    old = {value.path: value.value for value in before.framework.provenance()}
    new = {value.path: value.value for value in after.framework.provenance()}
    for path in dict.fromkeys((*new, *old)):
        was, now = old.get(path), new.get(path)
        if path not in old or path not in new or not same(was, now):
            yield Changed(path, Text(zh=path), was, now, None, (plainly(was), plainly(now)))

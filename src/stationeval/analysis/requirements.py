"""What it would take: the least change of inputs that reaches a grade, a rank or a tier, checked exactly."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import ceil, floor
from typing import Any

import numpy as np

from stationeval.analysis.movable import Limits, Move, Station, asked_by
from stationeval.analysis.programme import Line
from stationeval.analysis.results import Made
from stationeval.errors import InputError, Place, Problem
from stationeval.evaluation import grading
from stationeval.evaluation.eligibility import NOT_MET, condition_states
from stationeval.evaluation.listing import ResultTable
from stationeval.evaluation.plan import known
from stationeval.evaluation.prepare import require
from stationeval.evaluation.results import Scores
from stationeval.exact import decimal_text, exact
from stationeval.framework import documents as d

MARGINS = (0.0, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2)
"""By how many units of the total's last place the programme aims higher where the exact result just fell short."""


@dataclass(frozen=True, eq=False)
class Requirement:
    """The least change that reaches a target. Made by `what_would_it_take`.

    Attributes
    ----------
    station, target
        Who, and what for: `("grade", "优秀")`, `("rank", "3")` or `("tier", …)`.
    reached
        Whether any allowed change reaches it; if not, `changes` is empty and `why` says what stands against it.
    changes
        By input: what it is and what it would have to be.
    cost
        Of all changes together: by default 1 for an input that goes the whole way of its rules.
    total
        The exact total after the changes (before them, where the target is not reached); None for a tier.
    most
        Where the target is not reached: about the most that allowed changes could make of the total.
    held
        Inputs that stayed as they are, with the reason: `divisor` (a ratio divides by it), `relative`, `condition`
        (a veto or a rule's applicability asks for it), `missing`, `kind`, `asked` (by limits or costs).
    scores
        The scores after the changes: the target is checked on them, exactly.
    """

    station: str
    target: tuple[str, str]
    reached: bool
    why: str | None
    changes: Mapping[str, tuple[Any, Any]]
    cost: float
    total: Decimal | None
    most: float | None
    held: Mapping[str, str]
    scores: Scores
    made: Made

    @cached_property
    def table(self) -> ResultTable:
        """One row a changed input."""
        labels = self.scores.framework.doc.inputs
        rows = [(name, labels[name].label.say(), now, then) for name, (now, then) in self.changes.items()]
        heads = ("input", "label", "now", "needed")
        return self.made.table("what-would-it-take", {head: [row[i] for row in rows] for i, head in enumerate(heads)})

    def to_frame(self) -> Any:
        """The table as a fresh pandas frame."""
        return self.table.to_frame()

    def to_dict(self) -> dict[str, Any]:
        """Ready for JSON."""
        return {
            **self.table.to_dict(), "station": self.station, "target": list(self.target), "reached": self.reached,
            "why": self.why, "cost": self.cost, "total": None if self.total is None else str(self.total),
            "most": self.most, "held": dict(self.held), "made": self.made.to_dict(),
        }  # fmt: skip

    def _repr_html_(self) -> str:
        return self.table._repr_html_()


def what_would_it_take(
    scores: Scores,
    station: str,
    *,
    grade: str | None = None,
    rank: int | None = None,
    tier: str | None = None,
    costs: Mapping[str, Any] | None = None,
    limits: Limits | None = None,
    round: str | None = None,  # noqa: A002  (the field's term)
) -> Requirement:
    """The least change of a station's inputs that reaches a grade, a rank, or a tier.

    A mixed-integer programme over the rules' piecewise-linear curves with their roundings; whole numbers, choices and
    ticks stay what they are. The answer is scored again, exactly, before it is given. Other stations stay as they are.
    What a ratio divides by, what a veto or a condition asks, and relative inputs are held: the least is among changes
    of all others.

    Parameters
    ----------
    scores
        From `score`.
    station
        Whose inputs change.
    grade, rank, tier
        Exactly one: at least this grade or tier, at most this rank.
    costs
        What a unit of each input costs; only inputs named here change. By default every input may, and costs 1 for the
        whole way of its rules.
    limits
        `{"floor_area": (200, 320), "turnover_rate": None}`: from where to where an input may go; None: not at all.
    round
        The round that changes; by default the last.

    Returns
    -------
    Requirement
        With the new scores; where it is out of reach, why, and the most that could be made of the total.

    Raises
    ------
    InputError
        If not exactly one target is given, or it does not exist.
    KeyError
        If there is no such station.

    Examples
    --------
    >>> import stationeval as se
    >>> fw = se.load("mof-self-evaluation")
    >>> row = {**se.testing.full_marks(fw), "station": "甲镇", "spent": 40, "budget": 100}
    >>> scores = se.score([row], fw)
    >>> found = what_would_it_take(scores, "甲镇", grade=scores.grades[0], costs={"spent": 1})
    >>> found.reached, found.cost
    (True, 0.0)
    """
    chosen = [(kind, value) for kind, value in (("grade", grade), ("rank", rank), ("tier", tier)) if value is not None]
    if len(chosen) != 1:
        raise InputError([Problem("target-needed")])
    kind, value = chosen[0]
    s = scores.index(station)
    rounds = list(scores.data.rounds)
    if round is not None and round not in rounds:
        raise InputError([Problem("round-unknown", value=round, values={"round": round, "rounds": rounds})])
    turn = len(rounds) - 1 if round is None else rounds.index(round)
    row = int(scores.data.standing.rows[turn][s])
    one = Station(scores, row, limits or {}, costs)
    goal = _Goal(scores, station, s, kind, str(value), round)
    if kind == "tier":
        return _tier(goal, one, str(value))
    return _points(goal, one, turn, kind, value)


@dataclass(frozen=True)
class _Goal:
    scores: Scores
    station: str
    s: int
    kind: str
    name: str
    round: str | None

    def answer(self, one: Station, x: Any, holds: Callable[[Scores], bool]) -> Requirement | None:
        """What a solved programme says, if it holds when scored again."""
        changes: dict[str, tuple[Any, Any]] = {}
        cost = 0.0
        for name, move in one.moves.items():
            then = _value(move, float(x[move.value]))
            if then != move.now:
                changes[name] = (_shown(move, move.now), _shown(move, then))
                cost += one.programme.cost[move.up] * abs(float(then - move.now))
        given = {name: then for name, (_, then) in changes.items()}
        after = self.scores.what_if(self.station, round=self.round, **given) if changes else self.scores
        if not holds(after):
            return None
        total = None if self.kind == "tier" else after.totals[self.s]
        return self.make(one, after, changes=changes, cost=cost, total=total)

    def make(
        self,
        one: Station,
        after: Scores,
        *,
        why: str | None = None,
        changes: Mapping[str, tuple[Any, Any]] | None = None,
        cost: float = 0.0,
        total: Decimal | None = None,
        most: float | None = None,
    ) -> Requirement:
        method = "mixed-integer programme, scored again exactly"
        made = Made(self.scores.signature, method)
        target = (self.kind, self.name)
        return Requirement(
            self.station, target, why is None, why, changes or {}, cost, total, most, one.held, after, made
        )


# ---- grade and rank ---------------------------------------------------------------------------------------------


def _points(goal: _Goal, one: Station, turn: int, kind: str, value: Any) -> Requirement:
    scores, s = goal.scores, goal.s
    holds = _holds(scores, s, kind, value)
    now = int(scores.levels.units(scores.places)[s])
    if holds(now):
        return goal.make(one, scores, total=scores.totals[s])
    most = int(scores.plan.greatest * 10**scores.places) + 1
    if not holds(most):
        return goal.make(one, scores, why="blocked", total=scores.totals[s])
    low, high = now, most
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    total = _total(scores, s, one, turn)
    unit = 10.0**scores.places

    def reached(after: Scores) -> bool:
        found = after.standings.grades if kind == "grade" else after.ranks
        wanted = list(known(scores.framework.doc.grades)).index(value) if kind == "grade" else int(value)
        return int(found[s]) <= wanted

    for margin in MARGINS:
        programme = one.programme
        programme.row(total, low=(high - 0.5 + margin) / unit)
        x = programme.solve()
        if x is None:
            programme.rows.pop()
            best = programme.solve(cost=Line().plus(total, -1.0))
            peak = None if best is None else total.constant + sum(v * best[k] for k, v in total.terms.items())
            return goal.make(one, scores, why="out-of-reach", total=scores.totals[s], most=peak)
        answer = goal.answer(one, x, reached)
        programme.rows.pop()
        if answer is not None:
            return answer
    return goal.make(one, scores, why="undecided", total=scores.totals[s])


def _holds(scores: Scores, s: int, kind: str, value: Any) -> Callable[[int], bool]:
    """Whether a total, in units, gives a station its target while the others keep theirs."""
    document = scores.framework.doc
    sources = scores.data.standing.sources(scores.data.sources)
    others = scores.levels.units(scores.places)
    names: list[str] = []
    if kind == "grade":
        require(scores.framework, "grades")
        names = list(known(document.grades))
        if value not in names:
            raise InputError([Problem("target-unknown", value=value, values={"known": names})])
    elif isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= len(scores):
        raise InputError([Problem("target-unknown", value=value, values={"known": [f"1–{len(scores)}"]})])
    ties = document.policies.ties
    strict = ties.method == "ordinal" or bool(ties.break_by)

    def holds(units: int) -> bool:
        changed = others.copy()
        changed[s] = units
        found = grading.standings(document, changed, scores.places, sources)
        if kind == "grade":
            return bool(found.grades[s] <= names.index(str(value)))
        rest = np.delete(found.units, s)
        above = rest[rest >= found.units[s]] if strict else rest[rest > found.units[s]]
        return 1 + (len(np.unique(above)) if ties.method == "dense" else len(above)) <= int(value)

    return holds


def _total(scores: Scores, s: int, one: Station, turn: int) -> Line:
    """The total as a line of the programme."""
    standing, plan = scores.data.standing, scores.plan
    last = one.row == int(standing.last[s])
    leaves = [*plan.root.leaves(), *((*plan.bonus, *plan.deductions) if last else ())]
    one.prepare(one.wanted(iter(leaves)))
    total = Line().plus(one.node(plan.root), float(standing.weights[turn]))
    fixed = sum(
        (w * scores.engine.exact_base(int(rows[s]))
         for k, (w, rows) in enumerate(zip(standing.weights, standing.rows, strict=True)) if k != turn),
        Fraction(0),
    )  # fmt: skip
    total = total.plus(Line(float(fixed)))
    if last:
        total = total.plus(one.items(plan.bonus, plan.bonus_cap, bonus=True))
        return total.plus(one.items(plan.deductions, plan.deductions_cap, bonus=False), -1.0)
    for extra, sign in ((scores.levels.bonus, 1.0), (scores.levels.deductions, -1.0)):
        if extra is not None:
            total = total.plus(Line(float(extra.quantity.exact(s))), sign)
    return total


# ---- tier -------------------------------------------------------------------------------------------------------


def _tier(goal: _Goal, one: Station, value: str) -> Requirement:
    scores, s = goal.scores, goal.s
    require(scores.framework, "tiers")
    tiers = scores.framework.doc.tiers
    if value not in tiers:
        raise InputError([Problem("target-unknown", value=value, values={"known": list(tiers)})])
    place = list(tiers).index(value)

    def reached(after: Scores) -> bool:
        return int(after.tiers[0][s]) >= place

    if reached(scores):
        return goal.make(one, scores)
    conditions: list[d.Condition] = []
    name: str | None = value
    while name is not None:
        conditions += known(tiers[name].requires)
        name = tiers[name].includes
    sources = scores.data.sources
    wanted: dict[str, set[Fraction]] = {}
    rows: list[tuple[str, Fraction | None, Fraction | None]] = []
    for condition in conditions:
        for asked in (condition.times, *(asked_by(condition.when) if condition.when else ())):
            if asked is not None:
                one.held.setdefault(asked, "condition")
        if condition.when is not None:
            state = condition_states(condition.when, sources, scores.framework.doc.inputs, scores.engine.n)[one.row]
            if state == NOT_MET:
                continue
        if condition.input not in sources or one.held.get(condition.input) == "missing":
            raise InputError([Problem("requirement-missing", Place(station=goal.station, input=condition.input))])
        rows += _bounds(one, condition)
    for asked, low, high in rows:
        for part, factor in one.parts(asked)[1].items():
            here = one.now(asked)
            turns = wanted.setdefault(part, set())
            turns |= {one.now(part) + (edge - here) / factor for edge in (low, high) if edge is not None}
    one.prepare(wanted)
    for asked, low, high in rows:
        ends = (-np.inf if low is None else float(low), np.inf if high is None else float(high))
        one.programme.row(one.line(asked), *ends)
    x = one.programme.solve()
    found = None if x is None else goal.answer(one, x, reached)
    return found or goal.make(one, scores, why="out-of-reach" if x is None else "undecided")


def _bounds(one: Station, condition: d.Condition) -> list[tuple[str, Fraction | None, Fraction | None]]:
    """A condition as an input between two ends."""
    name = condition.input
    spec = one.scores.framework.doc.inputs.get(name)
    times = Fraction(1) if condition.times is None else one.now(condition.times)
    if condition.equals is not None or condition.one_of is not None:
        names = condition.one_of if condition.one_of is not None else [condition.equals]
        if spec is not None and spec.type == "choice":
            codes = [Fraction(spec.choices.index(str(each))) for each in names]
        else:
            codes = [exact(int(each) if isinstance(each, bool) else each) for each in names]  # type: ignore[arg-type]
        nearest = min(codes, key=lambda code: abs(code - one.now(name)))
        return [(name, nearest, nearest)]
    whole = spec is not None and spec.type == "integer"
    step = Fraction(1) if whole else Fraction(1, 10 ** (spec.places if spec is not None and spec.places else 4))
    found: list[tuple[str, Fraction | None, Fraction | None]] = []
    for bound, strict, upper in (
        (condition.at_least, False, False),
        (condition.more_than, True, False),
        (condition.at_most, False, True),
        (condition.less_than, True, True),
    ):
        if bound is not None:
            edge = known(bound) * times
            if strict:
                edge = (
                    Fraction(ceil(edge) - 1 if upper else floor(edge) + 1) if whole else edge + step * (1 - 2 * upper)
                )
            found.append((name, None, edge) if upper else (name, edge, None))
    return found


# ---- values -----------------------------------------------------------------------------------------------------


def _value(move: Move, x: float) -> Fraction:
    """A solved number as one that a cell may hold: whole where it must be, else with few digits, past the need."""
    if move.spec.type in ("integer", "boolean", "choice"):
        return Fraction(round(x))
    if abs(x - float(move.now)) <= 1e-7 * max(1.0, abs(x)):
        return move.now
    most = 6 if move.spec.places is None else move.spec.places
    for places in range(most + 1):
        near = Fraction(round(x * 10**places), 10**places)
        if abs(float(near) - x) <= 1e-7 * max(1.0, abs(x)):
            return near
    places = min(most, 4)
    turn = ceil if x > float(move.now) else floor
    return Fraction(turn(x * 10**places), 10**places)


def _shown(move: Move, value: Fraction) -> Any:
    match move.spec.type:
        case "boolean":
            return bool(value)
        case "choice":
            return move.spec.choices[int(value)]
        case "integer":
            return int(value)
        case _:
            return Decimal(decimal_text(value, 6)).normalize() + 0 if value.denominator > 1 else int(value)

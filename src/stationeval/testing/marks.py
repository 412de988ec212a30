"""A row of inputs that earns every point, and one that earns none: found by trying the turning points together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import partial
from typing import Any

import numpy as np

from stationeval.errors import FrameworkError, Place, Problem
from stationeval.evaluation.columns import Source, derived
from stationeval.evaluation.eligibility import MET, condition_states
from stationeval.evaluation.evaluate import FrameworkLike, framework_of
from stationeval.evaluation.plan import Leaf, Plan, plan_of
from stationeval.evaluation.scoring import Engine
from stationeval.exact import finite_places, to_decimal
from stationeval.framework.documents import Condition, Document, Input
from stationeval.framework.framework import Framework
from stationeval.framework.rules import Count
from stationeval.testing.edges import Edges, asked_by, conditions, edges

ZERO = Fraction(0)
BUDGET = 50_000
"""How many combinations of shared inputs are tried before giving up."""

Cells = dict[str, Fraction]


def full_marks(framework: FrameworkLike) -> dict[str, Any]:
    """A row of inputs that earns every point of the base and the bonus, loses none, and meets no veto.

    Where a gate or tier asks for more than the points do, the row has it too, as far as the points allow.

    Parameters
    ----------
    framework
        One that can be scored: a framework, an id, or a `Path`.

    Returns
    -------
    dict
        By input id: int, Decimal, bool or text, on the turning points of the rules. The same row does for every round.

    Raises
    ------
    FrameworkError
        If no value of a shared input earns full marks of all the indicators that read it; names them.

    Examples
    --------
    >>> row = full_marks("mof-self-evaluation")
    >>> row["output_achievement"]
    100
    """
    search = _Search(framework_of(framework), best=True)
    row = search.row()
    short = [leaf for leaf in search.base if search.points(leaf) != leaf.points]
    if short:
        raise FrameworkError(
            Problem("full-marks-not-together", Place(path=leaf.path), values={"inputs": list(leaf.inputs)})
            for leaf in short
        )
    return row


def zero_marks(framework: FrameworkLike) -> dict[str, Any]:
    """A row of inputs that earns nothing, or as little as the rules give (a `start`, a `floor`), and loses nothing.

    A `relative` rule gives full marks to a station that stands alone.

    Parameters
    ----------
    framework
        One that can be scored: a framework, an id, or a `Path`.

    Returns
    -------
    dict
        By input id: int, Decimal, bool or text.

    Examples
    --------
    >>> zero_marks("mof-self-evaluation")["output_achievement"]
    0
    """
    return _Search(framework_of(framework), best=False).row()


@dataclass(frozen=True, slots=True)
class _Want:
    """Something that depends on some inputs: what it is worth, and the most that can be hoped for."""

    inputs: frozenset[str]
    about: Leaf | Condition
    weight: Fraction
    most: Fraction


@dataclass
class _Search:
    """The best (or worst) values of a framework's inputs, group by group of those that share a rule."""

    framework: Framework
    best: bool
    cells: Cells = field(default_factory=dict)

    def __post_init__(self) -> None:
        document = self.document = self.framework.doc
        self.turns = _spread(document, edges(document))
        self.cells |= {name: _options(spec, self.turns, name, {})[0] for name, spec in document.inputs.items()}
        plan = plan_of(self.framework)
        self.base = [replace(leaf, applies=()) for leaf in plan.root.leaves()]
        self.extras = [(leaf, _worth(leaf, plan)) for leaf in plan.bonus]
        self.losses = list(plan.deductions)
        self.engine = self._engine(plan)
        self.wants = list(self._wants())

    def _engine(self, plan: Plan) -> Engine:
        sources = {name: _source(self.cells, name) for name in self.document.inputs}
        sources |= {name: derived(spec, sources) for name, spec in self.document.derive.items()}
        flat = replace(plan, root=replace(plan.root, children=tuple(self.base)))
        return Engine(
            flat,
            sources,
            1,
            rounding=self.document.policies.rounding,
            inputs=self.document.inputs,
            groups=dict.fromkeys((None, *flat.groups), ("",)),
        )

    def points(self, leaf: Leaf) -> Fraction:
        """What a leaf earns with the cells as they are, before rounding."""
        return self.engine.exact_leaf(leaf, 0, rounded=False) or ZERO

    def _wants(self) -> Iterator[_Want]:
        sign = 1 if self.best else -1
        for leaf in self.base:
            yield self._leaf(leaf, Fraction(sign), leaf.points if self.best else ZERO)
        for leaf, worth in self.extras:
            if worth:
                yield self._leaf(leaf, sign / worth, Fraction(1) if self.best else ZERO)
        for leaf in self.losses:
            yield self._leaf(leaf, Fraction(-1), ZERO)
        document = self.document
        vetoed = [veto.when for veto in document.vetoes.values()] if isinstance(document.vetoes, dict) else []
        for condition in conditions(document):
            veto = any(condition is one for one in vetoed)
            if veto or (self.best and condition.when is None):
                weight = Fraction(-(10**6)) if veto else Fraction(1, 10**6)
                yield _Want(self._plain(asked_by(condition)), condition, weight, max(weight, ZERO))

    def _leaf(self, leaf: Leaf, weight: Fraction, most: Fraction) -> _Want:
        return _Want(self._plain(leaf.inputs), leaf, weight, most)

    def _plain(self, names: Iterable[str]) -> frozenset[str]:
        derive = self.document.derive
        return frozenset(part for name in names for part in (derive[name].of if name in derive else (name,)))

    def _value(self, want: _Want) -> Fraction:
        if isinstance(want.about, Leaf):
            return want.weight * self.points(want.about)
        sources = {
            name: Source(np.array([float(cell)]), None, partial(_cell, self.cells, name), crisp=False)
            for name, cell in self.cells.items()
        }
        for name, spec in self.document.derive.items():
            sources[name] = derived(spec, sources)
        met = condition_states(want.about, sources, self.document.inputs, 1)[0] == MET
        return want.weight if met else ZERO

    def row(self) -> dict[str, Any]:
        """The row found."""
        for names in self._groups():
            self._settle(names)
        written = {name: _written(self.cells[name], spec) for name, spec in self.document.inputs.items()}
        return {name: value for name, value in written.items() if value is not None}

    def _groups(self) -> list[list[str]]:
        """Inputs that share a rule or condition, each group in the order in which values are chosen."""
        groups = [{name} for name in self.document.inputs]
        for want in self.wants:
            joined = [group for group in groups if group & want.inputs]
            groups = [group for group in groups if not group & want.inputs] + [set().union(*joined)]
        order = list(self.document.inputs)
        return [sorted(group, key=lambda name: (self._depth(name), order.index(name))) for group in groups]

    def _depth(self, name: str, seen: frozenset[str] = frozenset()) -> int:
        others = [other for other, _ in self.turns.multiples.get(name, ()) if other not in seen]
        return max((1 + self._depth(other, seen | {name}) for other in others), default=0)

    def _settle(self, names: list[str]) -> None:
        """Choose the values of one group: depth first, leaving off where what is left cannot do better."""
        wants = [want for want in self.wants if want.inputs & set(names)]
        ready = [
            [w for w in wants if w.inputs <= set(names[: k + 1]) and not w.inputs <= set(names[:k])]
            for k in range(len(names))
        ]
        hope = [sum((w.most for later in ready[k + 1 :] for w in later), ZERO) for k in range(len(names))]
        ideal = sum((want.most for want in wants), ZERO)
        best: tuple[Fraction, Cells] | None = None
        tried = 0

        def choose(k: int, so_far: Fraction) -> None:
            nonlocal best, tried
            if k == len(names):
                if best is None or so_far > best[0]:
                    best = (so_far, {name: self.cells[name] for name in names})
                return
            name = names[k]
            for value in _options(self.document.inputs[name], self.turns, name, self.cells):
                if tried > BUDGET or (best is not None and best[0] == ideal):
                    return
                tried += 1
                self.cells[name] = value
                now = so_far + sum((self._value(want) for want in ready[k]), ZERO)
                if best is None or now + hope[k] > best[0]:
                    choose(k + 1, now)

        choose(0, ZERO)
        if best is not None:
            self.cells.update(best[1])


def _cell(cells: Cells, name: str, _i: int) -> Fraction:
    return cells[name]


def _source(cells: Cells, name: str) -> Source:
    """An input as it stands in the cells at the moment it is asked."""
    return Source(np.array([float(cells[name])]), None, partial(_cell, cells, name))


def _worth(leaf: Leaf, plan: Plan) -> Fraction | None:
    """The most that a bonus item is good for; None where there is no end to it."""
    caps = [] if plan.bonus_cap is None else [plan.bonus_cap]
    endless = isinstance(leaf.rule, Count) and leaf.points >= 10**12
    return min([*caps, *([] if endless else [leaf.points])], default=None)


def _spread(document: Document, found: Edges) -> Edges:
    """Turning points of derived inputs as turning points of what they are made from."""
    for name, spec in document.derive.items():
        turns = found.values.get(name, [])
        for k, part in enumerate(spec.of):
            if spec.kind == "ratio":
                if k == 0:
                    found.multiples.setdefault(part, []).extend((spec.of[1], turn) for turn in turns)
            else:
                found.values.setdefault(part, []).extend(turns)
    return found


def _options(spec: Input, turns: Edges, name: str, cells: Mapping[str, Fraction]) -> list[Fraction]:
    """The values of an input that are worth trying: its turning points, just beside them, and its ends."""
    if spec.type == "boolean":
        return [Fraction(1), ZERO]
    if spec.type == "choice":
        return [Fraction(k) for k in range(len(spec.choices))]
    if spec.type in ("text", "date"):
        return [ZERO]
    at = [*turns.values.get(name, ())]
    at += [factor * cells[other] for other, factor in turns.multiples.get(name, ()) if other in cells]
    step = Fraction(1, 10 ** (0 if spec.type == "integer" else 2 if spec.places is None else spec.places))
    near = [turn for turn in at if _fits(turn, step)]
    near += [Fraction(turn // step) * step + k * step for turn in at for k in (1, 0, -1, 2)]
    ends = [end for end in (spec.min, spec.max) if isinstance(end, Fraction)]
    above = [spec.more_than + step] if isinstance(spec.more_than, Fraction) else []
    tried = dict.fromkeys([*near, *ends, *above, Fraction(1), ZERO])
    return [value for value in tried if _inside(value, spec)] or [ZERO]


def _fits(value: Fraction, step: Fraction) -> bool:
    return (value / step).denominator == 1 or (step < 1 and (finite_places(value) or 99) <= 15)


def _inside(value: Fraction, spec: Input) -> bool:
    low, high, above = spec.min, spec.max, spec.more_than
    return (
        not (isinstance(low, Fraction) and value < low)
        and not (isinstance(high, Fraction) and value > high)
        and not (isinstance(above, Fraction) and value <= above)
        and not (spec.type == "integer" and value.denominator != 1)
        and abs(value) < 10**15
    )


def _written(value: Fraction, spec: Input) -> Any:
    if spec.type == "boolean":
        return bool(value)
    if spec.type == "choice":
        return spec.choices[int(value)]
    if spec.type in ("text", "date"):
        return None
    places = finite_places(value) or 0
    return int(value) if value.denominator == 1 else to_decimal(int(value * 10**places), places)

"""Which inputs of a station may move, from where to where, and what its points are as a programme in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np

from stationeval.analysis.programme import Line, Programme
from stationeval.errors import InputError, Place, Problem
from stationeval.evaluation import raters
from stationeval.evaluation.cells import LARGEST
from stationeval.evaluation.columns import argument
from stationeval.evaluation.plan import Argument, Branch, Leaf, Term, known
from stationeval.evaluation.results import Scores
from stationeval.exact import exact
from stationeval.framework import documents as d

Limits = Mapping[str, tuple[Any, Any] | None]
MOVABLE = ("integer", "number", "money", "rating", "boolean", "choice")
CANDIDATES = 400
"""Where points fall with 1 / input, which is no straight line, so many values of the input are tried."""

FAR = Fraction(10**9)


@dataclass(frozen=True, slots=True)
class Move:
    """One input in a programme: its value, how far up and down it goes, and its type."""

    name: str
    spec: d.Input
    now: Fraction
    value: int
    up: int
    down: int


@dataclass
class Station:
    """One row of a station as a programme: which inputs move, and its points."""

    scores: Scores
    row: int
    limits: Limits
    costs: Mapping[str, Any] | None
    programme: Programme = field(default_factory=Programme)
    moves: dict[str, Move] = field(default_factory=dict)
    held: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        document = self.scores.framework.doc
        asked: set[str] = set(self.limits) | set(self.costs or {})
        problems = [
            Problem("what-if-unknown", Place(input=name), values={"input": name, "near": "—"})
            for name in sorted(asked)
            if name not in document.inputs
        ]
        if problems:
            raise InputError(problems)
        self.held = dict(self._held())

    # ---- which may move ------------------------------------------------------------------------------------------

    def _held(self) -> Iterator[tuple[str, str]]:
        """Inputs that stay as they are, with why."""
        document, plan = self.scores.framework.doc, self.scores.plan
        rated = raters.rated_inputs(document) if self.scores.data.ratings is not None else {}
        for name, spec in document.inputs.items():
            source = self.scores.data.sources.get(name)
            if spec.type not in MOVABLE or name in rated:
                yield name, "kind"
            elif source is None or (source.missing is not None and bool(source.missing[self.row])):
                yield name, "missing"
            elif (name in self.limits and self.limits[name] is None) or (self.costs and name not in self.costs):
                yield name, "asked"
        for leaf in plan.leaves():
            for term in leaf.terms:
                spec_ = term.argument
                for name in (*self._parts(spec_.of), *(spec_.inputs if spec_.relative else ())):
                    yield name, "relative" if spec_.relative else "divisor"
            for condition in leaf.applies:
                yield from ((name, "condition") for name in asked_by(condition))
        for veto in known(document.vetoes).values():
            yield from ((name, "condition") for name in asked_by(veto.when))
        for made in document.derive.values():
            if made.kind == "ratio":
                yield made.of[1], "divisor"

    def _parts(self, name: str | None) -> tuple[str, ...]:
        if name is None:
            return ()
        made = self.scores.framework.doc.derive.get(name)
        return (name,) if made is None else tuple(made.of)

    def now(self, name: str) -> Fraction:
        """What an input, or what is derived from inputs, is."""
        return self.scores.data.sources[name].exact(self.row)

    # ---- inputs as lines ------------------------------------------------------------------------------------------

    def parts(self, name: str) -> tuple[Fraction, dict[str, Fraction]]:
        """An input or a derived one as constant and coefficients of the inputs that may move."""
        made = self.scores.framework.doc.derive.get(name)
        if made is None:
            return (self.now(name), {}) if name in self.held else (Fraction(0), {name: Fraction(1)})
        pairs = [self.parts(part) for part in made.of]
        match made.kind:
            case "difference":
                factors = [Fraction(1), Fraction(-1)]
            case "sum":
                factors = [Fraction(1)] * len(pairs)
            case "ratio":
                if not self.now(made.of[1]):
                    return self.now(name), {}
                factors = [1 / self.now(made.of[1])]
            case _:
                factors = [Fraction(1, len(pairs))] * len(pairs)
        constant, terms = Fraction(0), dict[str, Fraction]()
        for factor, (own, inner) in zip(factors, pairs, strict=False):
            constant += factor * own
            for key, value in inner.items():
                terms[key] = terms.get(key, Fraction(0)) + factor * value
        return constant, terms

    def prepare(self, wanted: Mapping[str, set[Fraction]]) -> None:
        """Make a variable of every input that may move and that something is wanted of."""
        for name, targets in wanted.items():
            spec, now = self.scores.framework.doc.inputs[name], self.now(name)
            low, high, gap = self._domain(name, spec, now, targets)
            whole = spec.type in ("integer", "boolean", "choice")
            share = 1.0 / gap if self.costs is None else float(exact(self.costs[name]))
            at = self.programme.variable(float(low), float(high), whole=whole)
            up = self.programme.variable(0.0, float(high - low) + 1.0, cost=share)
            down = self.programme.variable(0.0, float(high - low) + 1.0, cost=share)
            self.programme.row(Line(-float(now), {at: 1.0, up: -1.0, down: 1.0}), 0.0, 0.0)
            self.moves[name] = Move(name, spec, now, at, up, down)

    def _domain(
        self, name: str, spec: d.Input, now: Fraction, targets: set[Fraction]
    ) -> tuple[Fraction, Fraction, float]:
        """From where to where an input may go, and the whole way of its rules."""
        if spec.type in ("boolean", "choice"):
            last = Fraction(1 if spec.type == "boolean" else len(spec.choices) - 1)
            low, high, gap = Fraction(0), last, float(last) or 1.0
        else:
            step = Fraction(1) if spec.type == "integer" else Fraction(1, 10**spec.places) if spec.places else None
            least, most = min(targets | {now}), max(targets | {now})
            beyond = step or (most - least) / 1000
            low, high = least - beyond, most + beyond
            low = max(low, spec.min) if isinstance(spec.min, Fraction) else low
            high = min(high, spec.max) if isinstance(spec.max, Fraction) else high
            if isinstance(spec.more_than, Fraction):
                low = max(low, spec.more_than + beyond)
            gap = float(max(targets | {now}) - min(targets | {now})) or 1.0
        limit = self.limits.get(name)
        if limit is not None:
            ends = [self._limit(spec, end) for end in limit]
            low = low if ends[0] is None else max(low, ends[0])
            high = high if ends[1] is None else min(high, ends[1])
        low, high = max(low, -Fraction(LARGEST)), min(high, Fraction(LARGEST))
        if low > high:
            low = high = now
        if spec.type == "integer":
            low, high = Fraction(-(-low.numerator // low.denominator)), Fraction(high.numerator // high.denominator)
        return low, high, gap

    @staticmethod
    def _limit(spec: d.Input, end: Any) -> Fraction | None:
        if end is None:
            return None
        if spec.type == "choice" and end in spec.choices:
            return Fraction(spec.choices.index(end))
        try:
            return exact(int(end) if isinstance(end, bool) else end)
        except (TypeError, ValueError):
            raise InputError([Problem("limit-unreadable", value=end)]) from None

    def line(self, name: str, factor: Fraction = Fraction(1)) -> Line:
        """An input, or what is derived from inputs, as a line of the programme."""
        constant, terms = self.parts(name)
        own = {self.moves[key].value: float(value * factor) for key, value in terms.items() if key in self.moves}
        still = sum((self.now(key) * value for key, value in terms.items() if key not in self.moves), Fraction(0))
        return Line(float((constant + still) * factor), own)

    # ---- points ---------------------------------------------------------------------------------------------------

    def wanted(self, leaves: Iterator[Leaf]) -> dict[str, set[Fraction]]:
        """For each input that may move, the values at which some rule turns."""
        found: dict[str, set[Fraction]] = {}
        for leaf in leaves:
            if self.scores.engine.exact_leaf(leaf, self.row) is None:
                continue
            for term in leaf.terms:
                self._turns(term, found)
        return found

    def _turns(self, term: Term, found: dict[str, set[Fraction]]) -> None:
        spec = term.argument
        if spec.relative is not None:
            return
        if len(spec.inputs) > 1:
            for name in spec.inputs:
                if name not in self.held:
                    found.setdefault(name, set()).add(Fraction(1))
            return
        of = Fraction(1) if spec.of is None else self.now(spec.of)
        name = next(iter(spec.inputs))
        constant, terms = self.parts(name)
        here = constant + sum((self.now(name) * value for name, value in terms.items()), Fraction(0))
        edges = [edge for edge in term.curve.edges() if abs(edge) < FAR] or [Fraction(0)]
        if of == 0:
            return
        asked = [of / edge for edge in edges if edge > 0] if spec.inverse else [edge * of for edge in edges]
        for name, factor in terms.items():
            turns = found.setdefault(name, set())
            turns |= {self.now(name) + (value - here) / factor for value in asked}

    def leaf(self, leaf: Leaf) -> Line:
        """The points of a leaf."""
        own = self.scores.engine.exact_leaf(leaf, self.row)
        if own is None:
            return Line()
        points = Line()
        absent, _ = self.scores.engine._absent[leaf.path]
        if absent is not None and absent[self.row]:
            return points
        for term in leaf.terms:
            points = points.plus(self._term(term))
        return self._rounded(points, self.scores.engine.rounding.indicator)

    def _term(self, term: Term) -> Line:
        spec = term.argument
        moving = [name for part in spec.inputs for name in self.parts(part)[1] if name in self.moves]
        if spec.relative is not None or not moving:
            return Line(float(self._still(term)))
        if len(spec.inputs) > 1:
            every = self.programme.variable(0.0, 1.0, whole=True)
            for name in spec.inputs:
                self.programme.row(self.line(name).plus(Line(0.0, {every: 1.0}), -1.0), low=0.0)
            rise = term.curve.exact(Fraction(1)) - term.curve.exact(Fraction(0))
            return Line(float(term.curve.exact(Fraction(0))), {every: float(rise)})
        of = Fraction(1) if spec.of is None else self.now(spec.of)
        if of == 0:
            return Line(float(self._still(term)))
        if spec.inverse:
            return self._inverse(term, of)
        name = next(iter(spec.inputs))
        return self.programme.curve(term.curve, self.line(name, 1 / of))

    def _inverse(self, term: Term, of: Fraction) -> Line:
        """Points that fall with of / input: the best of many values, each a piece of its own."""
        name = term.argument.inputs[0]
        line = self.line(name)
        low, high = self.programme.reach(line)
        first, last = Fraction(low).limit_denominator(10**6), Fraction(high).limit_denominator(10**6)
        whole = all(self.moves[key].spec.type == "integer" for key in self.parts(name)[1] if key in self.moves)
        count = int(last - first) if whole and last - first <= CANDIDATES else CANDIDATES
        values = {first + (last - first) * k / max(count, 1) for k in range(count + 1)}
        values |= {of / edge for edge in term.curve.edges() if edge > 0 and first <= of / edge <= last}
        ordered = sorted(values)
        best = term.curve.edges()[-1]
        points = [term.curve.exact(of / x) if x > 0 else term.curve.exact(best) for x in ordered]
        steps = [(float(x), float(y), 0.0, float(p)) for (x, y), p in zip(pairwise(ordered), points[1:], strict=True)]
        ends = [(float(x), float(x), 0.0, float(p)) for x, p in zip(ordered, points, strict=True)]
        return self.programme.pieces([*ends, *([] if whole else steps)], line, low, max(high - low, 1e-9))

    def _still(self, term: Term) -> Fraction:
        """The points of a term that does not move."""
        spec: Argument = term.argument
        source = argument(spec, self.scores.data.sources, self.scores.data.groups(self.scores.plan.groups))
        x = source.exact(self.row)
        if spec.of is not None:
            of = self.now(spec.of)
            if of == 0:
                return spec.when_zero or Fraction(0)
            x = x / of
        if spec.inverse:
            return term.curve.exact(1 / x if x > 0 else max(term.curve.edges()))
        return term.curve.exact(x)

    def _rounded(self, points: Line, places: Any) -> Line:
        """The same rounded: a whole number of last places within half of one; a half may go either way here."""
        if places == "none":
            return points
        unit = 10.0**places
        low, high = self.programme.reach(points)
        whole = self.programme.variable(np.floor(low * unit), np.ceil(high * unit) + 1.0, whole=True)
        half = (0.5 + 1e-7) / unit
        self.programme.row(points.plus(Line(0.0, {whole: 1.0 / unit}), -1.0), -half, half)
        return Line(0.0, {whole: 1.0 / unit})

    def node(self, node: Branch | Leaf) -> Line:
        """The points of a node, as the engine joins them."""
        if isinstance(node, Leaf):
            points = self.leaf(node)
        else:
            engine = self.scores.engine
            present = [child for child in node.children if engine.exact_node(child, self.row) is not None]
            points = Line()
            for child in present:
                points = points.plus(self.node(child))
            available = sum((child.points for child in present), Fraction(0))
            if len(present) < len(node.children) and available:
                points = Line().plus(points, float(node.points / available))
        if node.path[:-1] == ("dimensions",):
            return self._rounded(points, self.scores.engine.rounding.dimension)
        return points

    def items(self, items: tuple[Leaf, ...], cap: Fraction | None, *, bonus: bool) -> Line:
        """Bonus, or deductions, at most their cap."""
        whole = Line()
        for leaf in items:
            whole = whole.plus(self.leaf(leaf))
        if cap is None or not items:
            return whole
        _, high = self.programme.reach(whole)
        capped = self.programme.variable(-1e9, float(cap))
        if bonus:
            self.programme.row(whole.plus(Line(0.0, {capped: 1.0}), -1.0), low=0.0)
        else:
            full = self.programme.variable(0.0, 1.0, whole=True)
            room = max(high, float(cap), 1.0)
            self.programme.row(Line(0.0, {capped: 1.0, full: room}).plus(whole, -1.0), low=0.0)
            self.programme.row(Line(0.0, {capped: 1.0, full: -float(cap)}), low=0.0)
        return Line(0.0, {capped: 1.0})


def asked_by(condition: d.Condition) -> Iterator[str]:
    """Every input that a condition looks at."""
    one: d.Condition | None = condition
    while one is not None:
        yield from (one.input,) if one.times is None else (one.input, one.times)
        one = one.when

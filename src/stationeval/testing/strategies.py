"""Hypothesis strategies: small frameworks with everything in them, and tables that sit on their edges."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeAlias

from hypothesis import strategies as st

from stationeval.exact import decimal_text, finite_places
from stationeval.framework.documents import Condition, Document, Input, Node
from stationeval.framework.rules import KINDS, rule_inputs
from stationeval.testing.edges import edges, items

Tree: TypeAlias = dict[str, Any]
Draw: TypeAlias = Callable[[st.SearchStrategy[Any]], Any]

HUGE = 10**15 - 1
NUMBERS: Mapping[str, Tree] = {
    "plain": {"type": "number", "min": 0},
    "other": {"type": "number", "min": 0},
    "signed": {"type": "number"},
    "percent": {"type": "number", "unit": "%", "min": 0, "max": 100},
    "whole": {"type": "integer", "min": 0},
    "persons": {"type": "integer", "min": 0, "max": 40},
    "budget": {"type": "money", "unit": "元", "more_than": 0},
    "spent": {"type": "money", "unit": "元", "min": 0},
}
DIVISORS = ("budget", "plain", "whole")
FLAGS = ("flag", "sign", "seal")
CHOICES = ("full", "part", "none")
RATED: Mapping[str, Tree] = {
    "marked": {"type": "rating", "min": 0, "max": 10},
    "judged": {"type": "rating", "min": 1, "max": 5},
}
COUNTY = "county"
DICTIONARY: Mapping[str, Tree] = {
    **NUMBERS,
    **{name: {"type": "boolean"} for name in FLAGS},
    "state": {"type": "choice", "choices": list(CHOICES)},
    COUNTY: {"type": "choice", "choices": ["east", "west"]},
    **RATED,
}


def decimals(low: int, high: int, *, places: int = 2) -> st.SearchStrategy[Decimal]:
    """Plain decimals from `low` to `high` with at most so many places."""
    unit = 10**places
    return st.integers(low * unit, high * unit).map(lambda n: Decimal(n).scaleb(-places).normalize() + 0)


POSITIVE = st.one_of(
    st.integers(1, 12),
    decimals(0, 30).filter(bool),
    st.sampled_from([Decimal("0.005"), Decimal("0.3"), 3, 7, 100, 99999, Decimal("0.000001")]),
)


@dataclass(slots=True)
class _Maker:
    """Draws one document; remembers which names are taken."""

    draw: Draw
    kinds: tuple[str, ...]
    rising: bool
    derived: dict[str, Tree] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def name(self, letter: str) -> str:
        self.counts[letter] = self.counts.get(letter, 0) + 1
        return f"{letter}{self.counts[letter]}"

    def yes(self, times_in_ten: int = 5) -> bool:
        return bool(self.draw(st.integers(0, 9)) >= 10 - times_in_ten)

    def of(self, *options: Any) -> Any:
        return self.draw(st.sampled_from(options))

    # ---- rules ------------------------------------------------------------------------------------------------

    def number(self) -> str:
        return str(self.of(*NUMBERS, *self.derived))

    def rule(self, full: Any, *, marked: bool) -> Tree:
        """A rule that gives at most `full`; with `marked`, on a scale of its own, of which `full` is then any."""
        kind = self.of(*self.kinds)
        own = kind in ("bands", "linear", "checklist", "lookup", "count", "deduct")
        tree: Tree = {"kind": kind}
        if own and (marked or self.yes(2)):
            full = tree["out_of"] = self.of(1, 3, 10, 100, Decimal("2.5"))
        return tree | getattr(self, f"_{kind}")(full)

    def _x(self) -> Tree:
        if self.rising or not self.yes(4):
            return {"input": self.number()}
        of = self.of(*DIVISORS)
        name = self.of(*(each for each in NUMBERS if each != of))
        zero = {} if of == "budget" else {"when_zero": self.of("full", "zero")}
        return {"input": name, "of": of, **zero}

    def _ratio(self, _full: Any) -> Tree:
        x = self._x()
        tree = {**x, "target": self._within(x)}
        if not self.rising and self.yes(3):
            tree["direction"] = "lower"
        if self.yes(3):
            tree["floor"] = self.of(Decimal("0.5"), Decimal("0.6"), Decimal("0.333"))
        return tree

    def _share(self, full: Any) -> Decimal:
        """Part of the points, not on a round number only."""
        part = self.of("0", "0.1", "0.25", "0.5", "0.6", "0.75", "0.999", "1")
        return Decimal(full) * Decimal(part)

    def _down(self, full: Any, count: int) -> list[Decimal]:
        return sorted((self._share(full) for _ in range(count)), reverse=True)

    def _within(self, x: Tree) -> Any:
        """A positive number that the argument of a rule or condition can reach and pass."""
        most = NUMBERS.get(x["input"], {}).get("max")
        value = self.draw(POSITIVE)
        return value if most is None or "of" in x else min(value, most - 1)

    def _steps(self, x: Tree, count: int) -> list[Any]:
        most = NUMBERS.get(x["input"], {}).get("max", HUGE)
        if "of" in x or x["input"] in ("signed", *self.derived):
            steps = st.one_of(st.integers(-2, 20), decimals(-2, 100, places=3), st.sampled_from([HUGE, 60, 90]))
        else:
            steps = st.one_of(st.integers(1, 20), decimals(1, min(most, 100), places=3), st.sampled_from([25, most]))
        return sorted(self.draw(st.lists(steps, min_size=count, max_size=count, unique_by=Decimal)))

    def _bands(self, full: Any) -> Tree:
        x = self._x()
        steps = self._steps(x, self.of(1, 2, 3))[::-1]
        most = NUMBERS.get(x["input"], {}).get("max")
        points = [full, *self._down(full, len(steps))]
        written = [
            {"at_least" if step == most else self.of("at_least", "more_than"): step, "points": own}
            for step, own in zip(steps, points, strict=False)
        ]
        if steps[-1] != most and self.yes(2):
            written[-1] = {"at_least": steps[-1], "points": points[len(steps) - 1]}
            written.insert(-1, {"more_than": steps[-1], "points": points[len(steps) - 1]})
        return {**x, "bands": [*written, {"otherwise": points[-1]}]}

    def _linear(self, full: Any) -> Tree:
        x = self._x()
        steps = self._steps(x, self.of(2, 3, 4))
        points = [*self._down(full, len(steps) - 1)[::-1], full]
        if not self.rising and self.yes(3):
            points.reverse()
        return {**x, "knots": [[at, y] for at, y in zip(steps, points, strict=True)]}

    def _checklist(self, full: Any) -> Tree:
        flags = FLAGS[: self.of(1, 2, 3)]
        first = [self._share(full) / 4 for _ in flags[1:]]
        last = full - sum(first)
        tree: Tree = {"items": dict(zip(flags, [*first, last], strict=True))}
        return tree | ({"all_or_nothing": True} if self.yes(3) else {})

    def _lookup(self, full: Any) -> Tree:
        points = [full, *self._down(full, 2)]
        return {"input": "state", "map": dict(zip(CHOICES, points, strict=True))}

    def _each(self, full: Any) -> Any:
        return self.of(Decimal("0.005"), Decimal("0.5"), 1, Decimal("0.333"), Decimal(full) / 4)

    def _count(self, full: Any) -> Tree:
        tree = {"input": self.of("whole", "spent", "plain"), "points_each": self._each(full)}
        return tree | ({"start": self._share(full) / 4} if self.yes(3) else {})

    def _deduct(self, full: Any) -> Tree:
        tree = {"input": self.of("whole", "persons", "plain"), "points_each": self._each(full)}
        return tree | ({"floor": self._share(full) / 2} if self.yes(3) else {})

    def _rating(self, _full: Any) -> Tree:
        return {"input": self.of(*RATED)}

    def _relative(self, _full: Any) -> Tree:
        tree = {"input": self.number(), "method": self.of("minmax", "rank", "percentile", "zscore")}
        if self.yes(3):
            tree["direction"] = "lower"
        return tree | ({"within": COUNTY} if self.yes(3) else {})

    # ---- conditions -------------------------------------------------------------------------------------------

    def condition(self, *, unknown: bool = False, depth: int = 1) -> Tree:
        kind = self.of("number", "number", "flag", "choice")
        if kind == "flag":
            tree: Tree = {"input": self.of(*FLAGS), "equals": self.of(True, False)}
        elif kind == "choice":
            wanted = self.of({"equals": "full"}, {"one_of": ["full", "part"]}, {"one_of": ["none"]})
            tree = {"input": "state", **wanted}
        else:
            tree = {"input": self.number()}
            pairs = [(low, high) for low in _BOUNDS[:2] for high in _BOUNDS[2:]]
            kinds = self.of(*((bound,) for bound in _BOUNDS), *pairs)
            tree |= {bound: self._bound(unknown, tree) for bound in kinds}
            if len(kinds) == 2 and isinstance(low := tree[kinds[0]], int | Decimal):
                tree[kinds[1]] = low + 1
            if self.yes(2):
                tree["times"] = self.of(*(name for name in ("whole", "persons") if name != tree["input"]))
        if depth and self.yes(2):
            tree["when"] = self.condition(unknown=unknown, depth=depth - 1)
        return tree

    def _bound(self, unknown: bool, x: Tree) -> Any:
        if not unknown or not self.yes(4):
            return self._within(x)
        low, high = sorted([self._within(x), self._within(x)])
        return {"unknown": "lost-in-source", **({"between": [low, high]} if self.yes(7) else {})}

    # ---- the tree of points -----------------------------------------------------------------------------------

    def nodes(self, letter: str, *, weights: bool, depth: int) -> tuple[Tree, Any]:
        """Siblings and, where they have points, their sum."""
        found: Tree = {}
        whole: Any = 0
        for _ in range(self.of(1, 2, 3)):
            name = self.name(letter)
            found[name], points = self.node(weights=weights, depth=depth)
            whole += points
        return found, whole

    def node(self, *, weights: bool, depth: int) -> tuple[Tree, Any]:
        tree: Tree = {"label": {"en": "A node"}}
        points = self.draw(POSITIVE)
        tree["weight" if weights else "points"] = points
        if depth and self.yes(6):
            weighed = weights or self.yes(3)
            tree["indicators"], whole = self.nodes("x", weights=weighed, depth=depth - 1)
            if not weighed:
                tree["points"] = points = whole
        else:
            tree["rule"] = self.rule(points, marked=weights)
        if self.yes(2):
            tree["missing"] = self.of("error", "zero", "exclude")
        if not self.rising and self.yes(1):
            tree["applies"] = self.condition(depth=0)
        return tree, points

    def extra(self, letter: str) -> Tree:
        found: Tree = {}
        for _ in range(self.of(1, 2)):
            points = self.draw(POSITIVE)
            rule = self.rule(points, marked=False)
            free = "out_of" not in rule and rule["kind"] in ("bands", "linear", "checklist", "lookup", "count")
            free &= "when_zero" not in rule
            own = {} if free and self.yes(4) else {"points": points}
            found[self.name(letter)] = {"label": {"en": "An item"}, "rule": rule, **own}
        return {"items": found} | ({"cap": self.draw(POSITIVE)} if self.yes(6) else {})

    # ---- what follows -----------------------------------------------------------------------------------------

    def grades(self, whole: Any) -> Tree:
        parts = st.sampled_from(["0", "0.2", "0.35", "0.5", "0.6", "0.8", "0.9", "1"]).map(Decimal)
        bounds = self.draw(st.lists(parts, min_size=1, max_size=3, unique=True))
        found: Tree = {f"g{i}": {"at_least": part * whole} for i, part in enumerate(sorted(bounds, reverse=True))}
        for grade in found.values():
            if self.yes(3):
                grade["quota"] = self.of(Decimal("0.2"), Decimal("0.34"), Decimal("0.5"), 0)
        return found | {"rest": {"otherwise": True}}

    def vetoes(self, grades: Tree) -> Tree:
        effects = [{"total": 0}, {"total": 10}]
        effects += [{kind: name} for kind in ("grade", "grade_at_most") for name in grades]
        return {
            self.name("v"): {
                "label": {"en": "A veto"},
                "when": self.condition(depth=0),
                "effect": self.of(*effects),
            }
            for _ in range(self.of(1, 2))
        }

    def rounds(self) -> tuple[Tree, bool]:
        weights = self.of((None, None), ("0.5", "0.5"), ("0.3", "0.7"), ("0.333", "0.333", "0.334"))
        found: Tree = {
            f"q{i}": {"label": {"en": f"Round {i}"}} | ({"weight": Decimal(w)} if w else {})
            for i, w in enumerate(weights, start=1)
        }
        return found, weights[0] is None

    def gates(self) -> Tree:
        return {
            self.name("e"): {
                "label": {"en": "A gate"},
                "requires": {"unknown": "not-published"}
                if self.yes(1)
                else [self.condition(unknown=True) for _ in range(self.of(1, 2))],
            }
            for _ in range(self.of(1, 2, 3))
        }

    def tiers(self) -> Tree:
        found: Tree = {}
        below = None
        for _ in range(self.of(1, 2, 3)):
            name = self.name("t")
            requires = [self.condition(unknown=self.yes(2)) for _ in range(self.of(1, 2))]
            found[name] = {"label": {"en": "A tier"}, "requires": requires}
            if below is not None and self.yes(7):
                found[name]["includes"] = below
            below = name
        return found

    def subsidy(self, tree: Tree) -> Tree:
        kinds = ["rate", "flat", "per_person_month"]
        kinds += ["by_grade"] if tree.get("grades") else []
        kinds += ["by_tier"] if tree.get("tiers") else []
        components: Tree = {}
        for _ in range(self.of(1, 2, 3)):
            components[self.name("c")] = self._component(self.of(*kinds), tree)
        found: Tree = {"components": components, "rounding": {"unit": self.of(1, Decimal("0.01"), 100)}}
        if self.yes(6):
            share = self.of("pro_rata", "by_score", "by_rank")
            found["pool"] = {"share": share, "amount": self.draw(decimals(0, 5000))}
        return found

    def _component(self, kind: str, tree: Tree) -> Tree:
        amount = st.one_of(decimals(0, 90000), st.sampled_from([300000, Decimal("0.005"), 150]))
        found: Tree = {"kind": kind}
        if kind == "rate":
            found |= {"base": self.of("spent", "plain"), "rate": self.of(Decimal("0.4"), Decimal("0.333"), 1)}
            found |= {"factor": "other"} if self.yes(3) else {}
        elif kind == "flat":
            found["amount"] = self.draw(amount)
        elif kind == "per_person_month":
            found |= {"rate": self.draw(amount), "persons": "persons", "months": "whole"}
            found |= {"max_months": 12} if self.yes() else {}
        else:
            names = list(tree["grades" if kind == "by_grade" else "tiers"])
            amounts = sorted((self.draw(amount) for _ in names), reverse=kind == "by_grade")
            found["amounts"] = dict(zip(names, amounts, strict=True))
        if self.yes(4):
            found["cap"] = self.draw(amount)
        if self.yes(5) and (when := self._when(tree)):
            found["when"] = when
        return found

    def _when(self, tree: Tree) -> Tree:
        found: Tree = {}
        if tree.get("grades") and self.yes():
            found["grade_at_least"] = self.of(*tree["grades"])
        if tree.get("tiers") and self.yes(3):
            found["tier_at_least"] = self.of(*tree["tiers"])
        if tree.get("gates") and self.yes(3):
            found["gates"] = [self.of(*tree["gates"])]
        if self.yes(3):
            found["inputs"] = [self.condition(depth=0)]
        return found


_BOUNDS = ("at_least", "more_than", "at_most", "less_than")


@st.composite
def documents(draw: Draw, *, kinds: tuple[str, ...] = KINDS, rising: bool = False, full: bool = True) -> Tree:
    """Small valid frameworks as plain trees: any shape of tree, rule, policy, grade, round, tier and payment.

    Parameters
    ----------
    kinds
        The kinds of rule to use.
    rising
        Only rules under which a higher number never earns less, and nothing that depends on a number otherwise: no
        `applies`, no vetoes, no deductions. `kinds` must be without `deduct` and `relative`.
    full
        With gates, tiers and subsidy; otherwise points, grades and ranks alone.

    Returns
    -------
    strategy of dict
        Each validates as a framework and can be scored.
    """
    make = _Maker(draw, kinds, rising)
    tree: Tree = {**HEAD, "inputs": {}}
    if not rising and make.yes(4):
        make.derived = _derived(make)
    weights = make.yes(3)
    tree["dimensions"], whole = make.nodes("d", weights=weights, depth=make.of(0, 1, 2))
    whole = make.of(100, 150, 1000) if weights else whole
    if weights or make.yes():
        tree["total"] = whole
    if make.yes(3):
        tree["bonus"] = make.extra("b")
    if not rising and make.yes(3):
        tree["deductions"] = make.extra("m")
    if make.yes(7):
        tree["grades"] = make.grades(whole)
    if not rising and tree.get("grades") and make.yes(3):
        tree["vetoes"] = make.vetoes(tree["grades"])
    if make.yes(2):
        tree["rounds"], contest = make.rounds()
        tree |= {"contest": {"annual": "sum"}} if contest else {}
    if full and make.yes(5):
        tree["gates"] = make.gates()
    if full and make.yes(4):
        tree["tiers"] = make.tiers()
    if full and make.yes(6):
        tree["subsidy"] = make.subsidy(tree)
    tree["policies"] = _policies(make, list(tree["dimensions"]))
    used = set(_names(tree)) | set(_names(make.derived))
    tree["derive"] = {name: spec for name, spec in make.derived.items() if name in used}
    used = set(_names(tree))
    tree["inputs"] = {n: {"label": {"en": n}, **spec} for n, spec in DICTIONARY.items() if n in used}
    return tree


HEAD: Mapping[str, Any] = {
    "schema": 1,
    "id": "simulated",
    "edition": "2021",
    "revision": 1,
    "label": {"zh": "模拟框架", "en": "A simulated framework"},
    "jurisdiction": {"code": "330481", "label": {"zh": "模拟"}},
    "issuer": {"zh": "模拟", "en": "Nobody: simulated"},
    "effective": {"from": "2021-01-01"},
    "licence": "CC0-1.0",
    "maturity": "draft",
    "history": [{"revision": 1, "on": "2021-01-01", "why": {"en": "Simulated"}}],
    "sources": {},
    "basis": {"status": "assumed"},
}


def _derived(make: _Maker) -> dict[str, Tree]:
    options = {
        "summed": {"kind": "sum", "of": ["plain", "spent"]},
        "averaged": {"kind": "mean", "of": ["plain", "other", "percent"]},
        "lacking": {"kind": "difference", "of": ["plain", "spent"]},
        "used": {"kind": "ratio", "of": ["spent", "budget"]},
        "relieved": {"kind": "ratio", "of": ["spent", "plain"], "when_zero": 1},
        "ticked": {"kind": "share_true", "of": ["flag", "sign", "seal"]},
    }
    names = make.draw(st.lists(st.sampled_from(sorted(options)), min_size=1, max_size=2, unique=True))
    return {name: {"label": {"en": name}, **options[name]} for name in names}


def _policies(make: _Maker, dimensions: list[str]) -> Tree:
    rounding: Tree = {"total": make.of(0, 1, 2, 3)}
    for level in ("indicator", "dimension"):
        if make.yes(4):
            rounding[level] = make.of(0, 1, 2)
    ties: Tree = {"method": make.of("competition", "dense", "ordinal")}
    if make.yes(3):
        ties["break_by"] = make.draw(st.permutations(dimensions))[: make.of(1, 2)]
    return {"missing": make.of("error", "zero", "exclude"), "rounding": rounding, "ties": ties}


def _names(tree: Any) -> Iterator[str]:
    """Every text and key in a plain tree."""
    if isinstance(tree, dict):
        yield from tree
        for each in tree.values():
            yield from _names(each)
    elif isinstance(tree, list):
        for each in tree:
            yield from _names(each)
    elif isinstance(tree, str):
        yield tree


# ---- tables ---------------------------------------------------------------------------------------------------


@st.composite
def tables(
    draw: Draw, document: Document, *, min_stations: int = 1, max_stations: int = 6, missing: bool = True
) -> list[Tree]:
    """Rows for a framework: on its edges and just beside them, tied, huge, tiny, and missing where that is allowed.

    Parameters
    ----------
    document
        A framework that can be scored.
    min_stations, max_stations
        How many stations.
    missing
        Whether values that may be missing sometimes are.

    Returns
    -------
    strategy of list of dict
        `station`, `round` where the framework has rounds, and every input as int, Decimal, float, bool, text or None.
    """
    turns = edges(document)
    multiples = turns.multiples
    values = {name: _cells(turns.values.get(name, []), spec) for name, spec in document.inputs.items()}
    needed = required(document)
    rounds = list(document.rounds) if isinstance(document.rounds, dict) else []
    rows: list[Tree] = []
    for number in range(draw(st.integers(min_stations, max_stations))):
        alike = rows and draw(st.integers(0, 3)) == 0
        model = draw(st.sampled_from(rows)) if alike else None
        for round_ in rounds or [None]:
            row: Tree = {"station": f"s{number}"} | ({"round": round_} if round_ else {})
            for name, strategy in values.items():
                if model is not None and draw(st.integers(0, 9)) > 0:
                    row[name] = model[name]
                elif missing and name not in needed and draw(st.integers(0, 5)) == 0:
                    row[name] = None
                else:
                    row[name] = draw(strategy)
            for name, pairs in multiples.items():
                if name in document.inputs and draw(st.booleans()):
                    _put_multiple(row, name, draw(st.sampled_from(pairs)), document.inputs[name])
            rows.append(row)
    return draw(st.permutations(rows)) if not rounds else rows


def _put_multiple(row: Tree, name: str, pair: tuple[str, Fraction], spec: Input) -> None:
    other = row.get(pair[0])
    if row[name] is None or other is None:
        return
    value = Fraction(other) * pair[1]
    if _allowed(value, spec):
        row[name] = _written(value)


def required(document: Document) -> set[str]:
    """The inputs that may not be missing: what points need under the policy `error`, and what money is paid on."""
    asked: set[str] = {COUNTY}
    default = document.policies.missing

    def below(nodes: Any, policy: str) -> None:
        for node in nodes.values():
            here = node.missing or policy
            asked.update(_asked_by(node.applies))
            if isinstance(node, Node) and isinstance(node.indicators, dict):
                below(node.indicators, here)
            elif here == "error":
                asked.update(rule_inputs(node.rule))

    if isinstance(document.dimensions, dict):
        below(document.dimensions, default)
    if default != "zero":
        for scored in (*items(document, "bonus"), *items(document, "deductions")):
            asked.update(rule_inputs(scored.rule))
    if isinstance(document.vetoes, dict):
        for veto in document.vetoes.values():
            asked.update(_asked_by(veto.when))
    subsidy = document.subsidy
    if subsidy is not None and isinstance(subsidy.components, dict):
        for component in subsidy.components.values():
            names = (getattr(component, part, None) for part in ("base", "factor", "persons", "months"))
            asked.update(name for name in names if name is not None)
    for name, spec in document.derive.items():
        if name in asked:
            asked.update(spec.of)
    return asked


def _asked_by(condition: Condition | None) -> Iterator[str]:
    while condition is not None:
        yield condition.input
        if condition.times is not None:
            yield condition.times
        condition = condition.when


def _cells(turns: list[Fraction], spec: Input) -> st.SearchStrategy[Any]:
    if spec.type == "boolean":
        return st.booleans()
    if spec.type == "choice":
        return st.sampled_from(spec.choices)
    ends = [end for end in (spec.min, spec.max, spec.more_than) if isinstance(end, Fraction)]
    beside = [Fraction(0), Fraction(1, 10**9), Fraction(1, 2), Fraction(1), Fraction(1, 1000)]
    tried = [turn + sign * step for turn in (*turns, *ends, Fraction(0)) for step in beside for sign in (1, -1)]
    tried += [Fraction(1, 10**15), Fraction(HUGE), Fraction(HUGE, 7).limit_denominator(1)]
    plain: list[Any] = [_written(value) for value in sorted(set(tried)) if _allowed(value, spec)]
    whole = st.integers(0, 40).filter(lambda n: _allowed(Fraction(n), spec))
    options: list[st.SearchStrategy[Any]] = [whole]
    if plain:
        options = [st.sampled_from(plain), st.sampled_from(plain), whole]
    if spec.type != "integer":
        options.append(decimals(0, 120, places=3).filter(lambda n: _allowed(Fraction(n), spec)))
        options.append(st.floats(0.001, 1e6).filter(lambda x: _allowed(Fraction(repr(x)), spec)))
    return st.one_of(options)


def _allowed(value: Fraction, spec: Input) -> bool:
    if abs(value) > HUGE or (places := finite_places(value)) is None or places > (spec.places or 15):
        return False
    if spec.type == "integer" and value.denominator != 1:
        return False
    if isinstance(spec.min, Fraction) and value < spec.min:
        return False
    if isinstance(spec.max, Fraction) and value > spec.max:
        return False
    return not (isinstance(spec.more_than, Fraction) and value <= spec.more_than)


def _written(value: Fraction) -> int | Decimal:
    return value.numerator if value.denominator == 1 else Decimal(decimal_text(value))


__all__ = ["documents", "tables"]

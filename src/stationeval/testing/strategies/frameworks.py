"""Whole frameworks as plain trees, small and with everything in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from stationeval.framework.rules import KINDS
from stationeval.testing.strategies.drawing import DICTIONARY, POSITIVE, Draw, Drawing, Tree, decimals
from stationeval.testing.strategies.rules import rule


@st.composite
def documents(
    draw: Draw,
    *,
    kinds: tuple[str, ...] = KINDS,
    rising: bool = False,
    full: bool = True,
    paid: bool = False,
    gated: bool = False,
) -> Tree:
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
    paid, gated
        With a subsidy, with gates in every one.

    Returns
    -------
    strategy of dict
        Each validates as a framework and can be scored.
    """
    make = Drawing(draw, kinds, rising)
    tree: Tree = {**HEAD, "inputs": {}}
    if not rising and make.yes(4):
        make.derived = _derived(make)
    weights = make.yes(3)
    tree["dimensions"], whole = _nodes(make, "d", weights=weights, depth=make.of(0, 1, 2))
    whole = make.of(100, 150, 1000) if weights else whole
    if weights or make.yes():
        tree["total"] = whole
    if make.yes(3):
        tree["bonus"] = _extra(make, "b")
    if not rising and make.yes(3):
        tree["deductions"] = _extra(make, "m")
    if make.yes(7):
        tree["grades"] = _grades(make, whole)
    if not rising and tree.get("grades") and make.yes(3):
        tree["vetoes"] = _vetoes(make, tree["grades"])
    if make.yes(2):
        tree["rounds"], contest = _rounds(make)
        tree |= {"contest": {"annual": "sum"}} if contest else {}
    if gated or (full and make.yes(5)):
        tree["gates"] = _gates(make)
    if full and make.yes(4):
        tree["tiers"] = _tiers(make)
    if paid or (full and make.yes(6)):
        tree["subsidy"] = _subsidy(make, tree)
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


def _derived(make: Drawing) -> dict[str, Tree]:
    options: dict[str, Tree] = {
        "summed": {"kind": "sum", "of": ["plain", "spent"]},
        "averaged": {"kind": "mean", "of": ["plain", "other", "percent"]},
        "lacking": {"kind": "difference", "of": ["plain", "spent"]},
        "used": {"kind": "ratio", "of": ["spent", "budget"]},
        "relieved": {"kind": "ratio", "of": ["spent", "plain"], "when_zero": 1},
        "ticked": {"kind": "share_true", "of": ["flag", "sign", "seal"]},
    }
    names = make.draw(st.lists(st.sampled_from(sorted(options)), min_size=1, max_size=2, unique=True))
    return {name: {"label": {"en": name}, **options[name]} for name in names}


def _policies(make: Drawing, dimensions: list[str]) -> Tree:
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


def _nodes(make: Drawing, letter: str, *, weights: bool, depth: int) -> tuple[Tree, Any]:
    """Siblings and, where they have points, their sum."""
    found: Tree = {}
    whole: Any = 0
    for _ in range(make.of(1, 2, 3)):
        name = make.name(letter)
        found[name], points = _node(make, weights=weights, depth=depth)
        whole += points
    return found, whole


def _node(make: Drawing, *, weights: bool, depth: int) -> tuple[Tree, Any]:
    tree: Tree = {"label": {"en": "A node"}}
    points = make.draw(POSITIVE)
    tree["weight" if weights else "points"] = points
    if depth and make.yes(6):
        weighed = weights or make.yes(3)
        tree["indicators"], whole = _nodes(make, "x", weights=weighed, depth=depth - 1)
        if not weighed:
            tree["points"] = points = whole
    else:
        tree["rule"] = rule(make, points, marked=weights)
    if make.yes(2):
        tree["missing"] = make.of("error", "zero", "exclude")
    if not make.rising and make.yes(1):
        tree["applies"] = make.condition(depth=0)
    return tree, points


def _extra(make: Drawing, letter: str) -> Tree:
    found: Tree = {}
    for _ in range(make.of(1, 2)):
        points = make.draw(POSITIVE)
        written = rule(make, points, marked=False)
        free = "out_of" not in written and written["kind"] in ("bands", "linear", "checklist", "lookup", "count")
        free &= "when_zero" not in written
        own = {} if free and make.yes(4) else {"points": points}
        found[make.name(letter)] = {"label": {"en": "An item"}, "rule": written, **own}
    return {"items": found} | ({"cap": make.draw(POSITIVE)} if make.yes(6) else {})


def _grades(make: Drawing, whole: Any) -> Tree:
    parts = st.sampled_from(["0", "0.2", "0.35", "0.5", "0.6", "0.8", "0.9", "1"]).map(Decimal)
    bounds = make.draw(st.lists(parts, min_size=1, max_size=3, unique=True))
    found: Tree = {f"g{i}": {"at_least": part * whole} for i, part in enumerate(sorted(bounds, reverse=True))}
    for grade in found.values():
        if make.yes(3):
            grade["quota"] = make.of(Decimal("0.2"), Decimal("0.34"), Decimal("0.5"), 0)
    return found | {"rest": {"otherwise": True}}


def _vetoes(make: Drawing, grades: Tree) -> Tree:
    effects: list[Tree] = [{"total": 0}, {"total": 10}]
    effects += [{kind: name} for kind in ("grade", "grade_at_most") for name in grades]
    return {
        make.name("v"): {
            "label": {"en": "A veto"},
            "when": make.condition(depth=0),
            "effect": make.of(*effects),
        }
        for _ in range(make.of(1, 2))
    }


def _rounds(make: Drawing) -> tuple[Tree, bool]:
    weights = make.of((None, None), ("0.5", "0.5"), ("0.3", "0.7"), ("0.333", "0.333", "0.334"))
    found: Tree = {}
    for i, weight in enumerate(weights, start=1):
        found[f"q{i}"] = {"label": {"en": f"Round {i}"}, **({"weight": Decimal(weight)} if weight else {})}
    return found, weights[0] is None


def _gates(make: Drawing) -> Tree:
    return {
        make.name("e"): {
            "label": {"en": "A gate"},
            "requires": {"unknown": "not-published"}
            if make.yes(1)
            else [make.condition(unknown=True) for _ in range(make.of(1, 2))],
        }
        for _ in range(make.of(1, 2, 3))
    }


def _tiers(make: Drawing) -> Tree:
    found: Tree = {}
    below = None
    for _ in range(make.of(1, 2, 3)):
        name = make.name("t")
        requires = [make.condition(unknown=make.yes(2)) for _ in range(make.of(1, 2))]
        found[name] = {"label": {"en": "A tier"}, "requires": requires}
        if below is not None and make.yes(7):
            found[name]["includes"] = below
        below = name
    return found


def _subsidy(make: Drawing, tree: Tree) -> Tree:
    kinds = ["rate", "flat", "per_person_month"]
    kinds += ["by_grade"] if tree.get("grades") else []
    kinds += ["by_tier"] if tree.get("tiers") else []
    components: Tree = {}
    for _ in range(make.of(1, 2, 3)):
        components[make.name("c")] = _component(make, make.of(*kinds), tree)
    found: Tree = {"components": components, "rounding": {"unit": make.of(1, Decimal("0.01"), 100)}}
    if make.yes(6):
        share = make.of("pro_rata", "by_score", "by_rank")
        found["pool"] = {"share": share, "amount": make.draw(decimals(0, 5000))}
    return found


def _component(make: Drawing, kind: str, tree: Tree) -> Tree:
    amount = st.one_of(decimals(0, 90000), st.sampled_from([300000, Decimal("0.005"), 150]))
    found: Tree = {"kind": kind}
    if kind == "rate":
        found |= {"base": make.of("spent", "plain"), "rate": make.of(Decimal("0.4"), Decimal("0.333"), 1)}
        found |= {"factor": "other"} if make.yes(3) else {}
    elif kind == "flat":
        found["amount"] = make.draw(amount)
    elif kind == "per_person_month":
        found |= {"rate": make.draw(amount), "persons": "persons", "months": "whole"}
        found |= {"max_months": 12} if make.yes() else {}
    else:
        names = list(tree["grades" if kind == "by_grade" else "tiers"])
        amounts = sorted((make.draw(amount) for _ in names), reverse=kind == "by_grade")
        found["amounts"] = dict(zip(names, amounts, strict=True))
    if make.yes(4):
        found["cap"] = make.draw(amount)
    if make.yes(5) and (when := _when(make, tree)):
        found["when"] = when
    return found


def _when(make: Drawing, tree: Tree) -> Tree:
    found: Tree = {}
    if tree.get("grades") and make.yes():
        found["grade_at_least"] = make.of(*tree["grades"])
    if tree.get("tiers") and make.yes(3):
        found["tier_at_least"] = make.of(*tree["tiers"])
    if tree.get("gates") and make.yes(3):
        found["gates"] = [make.of(*tree["gates"])]
    if make.yes(3):
        found["inputs"] = [make.condition(depth=0)]
    return found

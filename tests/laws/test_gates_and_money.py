"""Gates that cannot tell, ratings by several raters, and money that sums exactly."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st
from tests.laws.both import Rows, Tree, attempt, evaluations, exactly, framework, law, scored

import stationeval as se
from stationeval.testing.strategies import HEAD, POSITIVE, decimals

STATES = ("not met", "cannot tell", "met")
NAMES = ("plain", "other", "spent")


@st.composite
def gated(draw: Callable[[Any], Any]) -> Tree:
    """A framework of gates alone, each asking for at least so much, some of it unknown."""
    bound = st.one_of(
        POSITIVE,
        st.just({"unknown": "not-found"}),
        st.tuples(POSITIVE, POSITIVE).map(lambda ends: {"unknown": "lost-in-source", "between": sorted(ends)}),
    )
    kinds = st.sampled_from(["at_least", "more_than"])
    condition = st.builds(lambda name, kind, value: {"input": name, kind: value}, st.sampled_from(NAMES), kinds, bound)
    gates = {
        f"e{i}": {"label": {"en": "A gate"}, "requires": draw(st.lists(condition, min_size=1, max_size=3))}
        for i in range(draw(st.integers(1, 3)))
    }
    inputs = {name: {"type": "number", "label": {"en": name}} for name in NAMES}
    return {**HEAD, "inputs": inputs, "gates": gates}


@law(150)
@given(gated(), st.data())
def test_a_gate_never_gets_better_when_a_known_value_gets_worse(tree: Tree, data: st.DataObject) -> None:
    """With a known number lowered, a gate that asks for at least so much stays or falls; "cannot tell" never turns "met"."""
    turns = [Fraction(value) for value in _numbers(tree["gates"])]
    cells = st.one_of(st.none(), st.integers(0, 20), st.sampled_from([0, *turns]))
    row = {"station": "s0", **{name: data.draw(cells) for name in NAMES}}
    able = [name for name in NAMES if row[name] is not None]
    assume(able)
    name = data.draw(st.sampled_from(able))
    less = data.draw(st.sampled_from([Fraction(1, 10**9), Fraction(1, 2), Fraction(1), Fraction(10**6)]))
    fw = framework(tree)
    before = se.gates([row], fw).row("s0")
    after = se.gates([{**row, name: Fraction(row[name]) - less}], fw).row("s0")
    assert all(STATES.index(after[gate]) <= STATES.index(before[gate]) for gate in tree["gates"])


@law(120)
@given(decimals(0, 40, places=3), decimals(1, 900, places=2), st.sampled_from([-1, 0, 1]))
def test_a_bound_that_is_a_multiple_of_another_input_is_compared_exactly(
    bound: Decimal, other: Decimal, side: int
) -> None:
    """So many for each: a number on that multiple, or a billionth beside it, is never taken for the other side."""
    kinds = {"at_least": side >= 0, "more_than": side > 0, "at_most": side <= 0, "less_than": side < 0}
    inputs = {name: {"type": "number", "label": {"en": name}} for name in ("plain", "other")}
    gates = {
        kind: {"label": {"en": "A gate"}, "requires": [{"input": "plain", kind: bound, "times": "other"}]}
        for kind in kinds
    }
    row = {"station": "s0", "other": other, "plain": bound * other + side * Decimal("0.000000001")}
    found = se.gates([row], framework({**HEAD, "inputs": inputs, "gates": gates})).row("s0")
    assert {kind: found[kind] == "met" for kind in kinds} == kinds


def _numbers(tree: Any) -> list[Any]:
    if isinstance(tree, dict):
        return [number for value in tree.values() for number in _numbers(value)]
    if isinstance(tree, list):
        return [number for value in tree for number in _numbers(value)]
    return [tree] if isinstance(tree, int | Decimal) else []


@law(80)
@given(evaluations(paid=True), st.one_of(st.none(), decimals(0, 90000)))
def test_a_subsidy_never_exceeds_its_cap_and_a_pool_sums_exactly(pair: tuple[Tree, Rows], pool: Decimal | None) -> None:
    """No component pays more than its cap, and what a pool pays is the pool (or all claims, where they fit) to the fen."""
    tree, rows = pair
    scores = scored(tree, rows)
    assume(scores is not None)
    assert scores is not None
    paid, codes = attempt(lambda: se.subsidy(scores, pool=pool))
    assert codes <= {"too-large-to-pay"}
    if paid is None:
        return
    for name, component in tree["subsidy"]["components"].items():
        assert all(0 <= amount <= component.get("cap", amount) for amount in paid[name])
        assert all(Fraction(amount) % Fraction(tree["subsidy"]["rounding"]["unit"]) == 0 for amount in paid[name])
    claims = [sum(Fraction(paid[name][s]) for name in tree["subsidy"]["components"]) for s in range(len(paid))]
    sharing = tree["subsidy"].get("pool", {})
    whole = sharing.get("amount") if pool is None else pool
    amounts = [Fraction(amount) for amount in paid["amount"]]
    if whole is None:
        assert amounts == claims
        return
    fits = sharing.get("share", "pro_rata") == "pro_rata" and sum(claims) <= whole
    claiming = [total for total, claim in zip(scores.totals, claims, strict=True) if claim]
    nobody = not claiming or (sharing.get("share") == "by_score" and not any(claiming))
    assert sum(amounts) == (sum(claims) if fits else 0 if nobody else Fraction(whole))
    assert all(amount >= 0 and (amount * 100).denominator == 1 for amount in amounts)
    assert all(amount == 0 for amount, claim in zip(amounts, claims, strict=True) if claim == 0)


@st.composite
def rated(draw: Callable[[Any], Any]) -> tuple[Tree, Rows]:
    """A framework with two groups of raters, trimmed or not, and single ratings of two stations."""
    share = draw(st.sampled_from(["0.5", "0.3", "0.75"]))
    weights = {"experts": Decimal(share), "users": 1 - Decimal(share)}
    raters: Tree = {name: {"label": {"en": name}, "weight": weight} for name, weight in weights.items()}
    for one in raters.values():
        if draw(st.booleans()):
            high, low = draw(st.integers(0, 2)), draw(st.integers(0, 2))
            needs = draw(st.integers(high + low + 1, high + low + 3))
            one["trim"] = {"drop_highest": high, "drop_lowest": low, "needs": needs}
    marks = st.one_of(st.integers(0, 10), decimals(0, 10), st.floats(0, 10).map(lambda x: round(x, 6)))
    ratings = [
        {"station": station, "rater_group": name, "mark": mark}
        for station in ("s0", "s1")
        for name in raters
        for mark in draw(st.lists(marks, min_size=1, max_size=7))
    ]
    tree: Tree = {
        **HEAD,
        "inputs": {"mark": {"type": "rating", "min": 0, "max": 10, "label": {"en": "A mark"}}},
        "raters": raters,
        "dimensions": {"d1": {"label": {"en": "Rated"}, "points": 100, "rule": {"kind": "rating", "input": "mark"}}},
    }
    return tree, draw(st.permutations(ratings))


@law(80)
@given(rated())
def test_a_rating_is_the_weighted_mean_of_each_groups_trimmed_marks(pair: tuple[Tree, Rows]) -> None:
    """Highest and lowest dropped once there are enough, each group's mean weighed, all exact and in any order of rows."""
    tree, ratings = pair
    scores = se.score([{"station": "s0"}, {"station": "s1"}], framework(tree), ratings=ratings)
    for station in scores.stations:
        wanted = Fraction(0)
        for name, group in tree["raters"].items():
            given_ = (row for row in ratings if (row["station"], row["rater_group"]) == (station, name))
            marks = sorted(exactly(row["mark"]) for row in given_)
            trim = group.get("trim", {"drop_highest": 0, "drop_lowest": 0, "needs": 0})
            if len(marks) >= trim["needs"]:
                marks = marks[trim["drop_lowest"] : len(marks) - trim["drop_highest"]]
            wanted += Fraction(group["weight"]) * sum(marks, Fraction(0)) / len(marks)
        assert scores.exact_points("d1", station) == 10 * wanted

"""The engine, which computes in floats, against the reference, which computes in nothing but fractions."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from hypothesis import event, given
from tests.laws.both import Rows, Tree, answers, evaluations, exact_rows, framework, law, scored
from tests.reference import nothing_applies, reference

import stationeval as se
from stationeval.evaluation.scoring import Measure

TOO_LARGE = 10**14
"""Yuan; the engine refuses to pay more than fits 64 bits of fen."""


@law(300)
@given(evaluations())
def test_engine_and_reference_agree_value_for_value(pair: tuple[Tree, Rows]) -> None:
    """Totals, grades, ranks, gates, tiers and money equal the all-fractions reference, to the last digit."""
    tree, rows = pair
    scores = scored(tree, rows)
    fw = framework(tree)
    wanted = reference(fw.doc, exact_rows(rows))
    if scores is None:
        event("no total")
        most = max(wanted["total"].values()) * 10**fw.doc.policies.rounding.total
        assert nothing_applies(fw.doc, exact_rows(rows)) or most > 10**15
        return
    assert not nothing_applies(fw.doc, exact_rows(rows))
    assert list(scores.stations) == wanted["stations"]
    for station, found in answers(scores, rows).items():
        assert Fraction(found["total"]) == wanted["total"][station]
        assert found["rank"] == wanted["rank"][station]
        if scores.grades is not None:
            assert found["grade"] == wanted["grade"][station]
        assert list(scores.vetoes(station)) == wanted["vetoes"][station]
        if "gates" in found:
            assert found["gates"] == wanted["gates"][station]
        if "tiers" in found:
            assert found["tiers"]["tier"] == wanted["tier"][station]
        if "subsidy" in found:
            paid, parts = found["subsidy"], wanted["components"][station]
            assert {name: Fraction(paid[name]) for name in parts} == parts
            assert Fraction(paid["amount"]) == wanted.get("paid", wanted["amount"])[station]
        elif "subsidy" in fw.answers:
            assert max(wanted["amount"].values()) > TOO_LARGE


@law(120)
@given(evaluations(kinds=("bands", "ratio"), full=False, missing=False))
def test_engine_and_reference_agree_where_ratios_stand_on_their_edges(pair: tuple[Tree, Rows]) -> None:
    """One input divided by another, exactly at a threshold, earns what its exact value earns."""
    tree, rows = pair
    scores = scored(tree, rows)
    if scores is not None:
        wanted = reference(scores.framework.doc, exact_rows(rows))["total"]
        assert {s: Fraction(total) for s, total in zip(scores.stations, scores.totals, strict=True)} == wanted


@law(60)
@given(evaluations(kinds=("rating",), gated=True))
def test_engine_and_reference_agree_on_gates_and_tiers(pair: tuple[Tree, Rows]) -> None:
    """A number against a bound, a multiple of another number, an unknown bound: the same of three answers."""
    tree, rows = pair
    fw = framework(tree)
    wanted = reference(fw.doc, exact_rows(rows))
    for ability, ask in (("gates", se.gates), ("tiers", se.tiers)):
        for row in ask(rows, fw) if ability in fw.answers else ():
            if ability == "gates":
                assert {gate: row[gate] for gate in fw.doc.gates} == wanted["gates"][row["station"]]
            else:
                assert row["tier"] == wanted["tier"][row["station"]]


@law(160)
@given(evaluations(full=False))
def test_every_exact_point_is_the_references_and_every_float_within_its_bound(pair: tuple[Tree, Rows]) -> None:
    """What a breakdown shows of each leaf and dimension is exact, and what a frame shows is within the bound."""
    tree, rows = pair
    scores = scored(tree, rows)
    if scores is None:
        return
    wanted = reference(scores.framework.doc, exact_rows(rows))
    for leaf in scores.plan.root.leaves():
        measure = scores.engine.leaf(leaf)
        for i, row in enumerate(rows):
            exact = wanted["points"][row.get("round")][row["station"]].get(leaf.id)
            assert scores.engine.exact_leaf(leaf, i) == exact
            assert _within(measure, i, exact or Fraction(0))
    for s, station in enumerate(scores.stations):
        for name, points in wanted["dimensions"][station].items():
            assert scores.exact_points(name, station) == points
            assert _within(scores.levels.dimensions["dimensions", name], s, points)
        assert _within(scores.levels.base, s, wanted["base"][station])
        for section in ("bonus", "deductions"):
            part = getattr(scores.levels, section)
            assert wanted[section][station] == 0 if part is None else _within(part, s, wanted[section][station])


def _within(measure: Measure, i: int, exact: Fraction) -> bool:
    """Whether a float is as near to its exact value as it claims, and its own exact value is the right one."""
    quantity = measure.quantity
    bound = float(np.broadcast_to(quantity.bound, quantity.values.shape)[i])
    near = not np.isfinite(bound) or abs(Fraction(float(quantity.values[i])) - exact) <= Fraction(bound)
    return near and quantity.exact(i) == exact


@law(60)
@given(evaluations(full=False, max_stations=3))
def test_one_round_alone_is_what_a_framework_of_that_round_gives(pair: tuple[Tree, Rows]) -> None:
    """Scoring one round by name equals scoring its rows under the same framework without rounds."""
    tree, rows = pair
    if "rounds" not in tree or scored(tree, rows) is None:
        return
    name = next(iter(tree["rounds"]))
    alone = {key: value for key, value in tree.items() if key not in ("rounds", "contest")}
    part = [{key: cell for key, cell in row.items() if key != "round"} for row in rows if row["round"] == name]
    one = se.score(rows, framework(tree), round=name)
    other = se.score(part, framework(alone))
    assert (one.stations, one.totals) == (other.stations, other.totals)
    assert (one.grades, one.ranks) == (other.grades, other.ranks)

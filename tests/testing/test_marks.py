"""Rows that earn everything and nothing, under shipped frameworks and under any."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import event, given
from tests.laws.both import Tree, attempt, framework, law

import stationeval as se
from stationeval.testing import full_marks, zero_marks
from stationeval.testing.strategies import documents

SCORED = ("haining-contest+reading", "haining-sppe+reading", "mof-self-evaluation")


def alone(fw: se.Framework, row: dict[str, Any]) -> se.Scores:
    """The scores of one station with the same inputs in every round."""
    rounds = list(fw.doc.rounds) if isinstance(fw.doc.rounds, dict) else []
    return se.score([{"station": "s0", **row, **({"round": name} if name else {})} for name in rounds or [None]], fw)


@pytest.mark.parametrize("name", SCORED)
def test_full_marks_earn_the_total_and_the_best_grade(name: str) -> None:
    fw = se.load(name)
    scores = alone(fw, full_marks(fw))
    assert Fraction(scores.totals[0]) == scores.plan.greatest
    if scores.grades is not None:
        assert scores.grades[0] == next(iter(fw.doc.grades))


@pytest.mark.parametrize("name", SCORED)
def test_zero_marks_earn_nothing(name: str) -> None:
    fw = se.load(name)
    scores = alone(fw, zero_marks(fw))
    assert all(scores.exact_points(leaf.id, "s0") == 0 for leaf in scores.plan.root.leaves())
    assert scores.totals[0] == 0


def test_full_marks_meet_the_gates_as_far_as_can_be_told() -> None:
    fw = se.load("haining-sppe+reading")
    found = se.gates([{"station": "s0", **full_marks(fw)}], fw).row("s0")
    assert set(found.values()) <= {"s0", "met", "cannot tell"}
    assert found["staffing"] == "met"


@law(40)
@given(documents(full=False))
def test_full_marks_earn_every_leaf_or_name_what_cannot_be_had_together(tree: Tree) -> None:
    fw = framework(tree)
    row, codes = attempt(lambda: full_marks(fw))
    assert codes <= {"full-marks-not-together"}
    if row is None:
        event("not together")
        return
    scores, codes = attempt(lambda: alone(fw, row))
    assert codes <= {"nothing-applies"}
    if scores is None:
        event("nothing applies")
        return
    rows = range(len(scores.data.table.stations))
    for leaf in scores.plan.root.leaves():
        assert all(scores.engine.exact_leaf(leaf, i, rounded=False) in (leaf.points, None) for i in rows)


@law(25)
@given(documents(full=False))
def test_zero_marks_are_read_and_never_beat_full_marks(tree: Tree) -> None:
    fw = framework(tree)
    full, without = attempt(lambda: alone(fw, full_marks(fw)))
    none, refused = attempt(lambda: alone(fw, zero_marks(fw)))
    assert without | refused <= {"full-marks-not-together", "nothing-applies"}
    if full is None or none is None:
        return
    assert none.levels.base.quantity.exact(0) <= full.levels.base.quantity.exact(0)


def test_what_cannot_be_had_together_is_named() -> None:
    label = {"label": {"en": "A node"}}
    rule = {"kind": "ratio", "input": "a", "target": 10}
    fw = framework(
        {
            **se.load("mof-self-evaluation").tree,
            "inputs": {"a": {"type": "number", "min": 0, "label": {"en": "a"}}},
            "total": 20,
            "facts": [],
            "grades": {},
            "dimensions": {
                "up": {**label, "points": 10, "rule": rule},
                "down": {**label, "points": 10, "rule": {**rule, "target": 5, "direction": "lower"}},
            },
        }
    )
    with pytest.raises(se.FrameworkError) as caught:
        full_marks(fw)
    (problem,) = caught.value.problems
    assert problem.code == "full-marks-not-together"
    assert problem.place.path in (("dimensions", "up"), ("dimensions", "down"))
    assert "a" in problem.why("en")

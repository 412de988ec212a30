"""What the laws share: how many examples, a tree as a framework, a table as exact rows, engine beside reference."""

from __future__ import annotations

import os
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

import stationeval as se
from stationeval.framework.documents import Document
from stationeval.framework.framework import Framework, assemble
from stationeval.framework.merge import Given
from stationeval.testing.strategies import documents, tables

T = TypeVar("T")
Tree = dict[str, Any]
Rows = list[dict[str, Any]]

THOROUGH = {"dev": 1, "ci": 1, "deep": 40}[os.environ.get("STATIONEVAL_LAWS", "dev")]
"""`STATIONEVAL_LAWS=deep` runs forty times as many examples."""


def law(examples: int) -> Callable[[Any], Any]:
    """The settings of a law: so many examples, as large as they come."""
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    phases = (Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink)
    return settings(max_examples=examples * THOROUGH, suppress_health_check=slow, phases=phases)


def framework(tree: Tree) -> Framework:
    """A plain tree as a framework, by the way that a file goes."""
    return assemble((Given("simulated.yaml", tree),))


def exactly(value: Any) -> Any:
    """A cell as the reference reads it: what was written, never a binary float."""
    if isinstance(value, float):
        return Fraction(repr(value))
    return Fraction(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else value


def exact_rows(rows: Rows) -> Rows:
    """All cells of a table as the reference reads them."""
    return [{name: exactly(value) for name, value in row.items()} for row in rows]


@st.composite
def evaluations(draw: Callable[[Any], Any], **options: Any) -> tuple[Tree, Rows]:
    """A framework's tree and a table for it."""
    sizes = {key: options.pop(key) for key in ("min_stations", "max_stations", "missing") if key in options}
    tree = draw(documents(**options))
    return tree, draw(tables(Document.model_validate(tree), **sizes))


def attempt(ask: Callable[[], T]) -> tuple[T | None, set[str]]:
    """An answer, or the codes of the errors that came instead."""
    try:
        return ask(), set()
    except se.StationevalError as error:
        return None, {problem.code for problem in error.report.errors}


UNSCORED = {"nothing-applies", "total-too-large-here"}
"""Why a table of good cells may have no scores: all is left out, or a bonus without a limit has no end."""


def scored(tree: Tree, rows: Rows) -> se.Scores | None:
    """The engine's scores; None where it says that a station has no total that can be counted."""
    scores, codes = attempt(lambda: se.score(rows, framework(tree)))
    assert codes <= UNSCORED
    return scores


def answers(scores: se.Scores, rows: Rows) -> dict[str, dict[str, Any]]:
    """All that the engine answers, by station: total, grade, rank, gates, tier, money."""
    fw = scores.framework
    found: dict[str, dict[str, Any]] = {
        station: {"total": scores.totals[s], "grade": scores.grades and scores.grades[s], "rank": scores.ranks[s]}
        for s, station in enumerate(scores.stations)
    }
    asked: dict[str, Callable[[], se.ResultTable]] = {
        "gates": lambda: se.gates(rows, fw),
        "tiers": lambda: se.tiers(rows, fw),
        "subsidy": lambda: se.subsidy(scores),
    }
    for ability, ask in asked.items():
        if ability in fw.answers:
            table, codes = attempt(ask)
            assert codes <= {"too-large-to-pay"}
            for station in scores.stations if table is not None else ():
                found[station][ability] = {name: cell for name, cell in table.row(station).items() if name != "station"}
    return found

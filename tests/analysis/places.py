"""Small frameworks and stations for comparing places: two dimensions, a bonus, a veto, two editions."""

from __future__ import annotations

from functools import cache
from typing import Any

from hypothesis import strategies as st
from tests.laws.both import framework

import stationeval as se
from stationeval.framework.framework import Framework

INPUTS = ("a", "b", "c")


@cache
def usual(points: tuple[int, int, int] = (40, 30, 30), target: int = 10) -> Framework:
    """`yardstick`, made once."""
    return yardstick(points, target=target)


def yardstick(
    points: tuple[int, int, int] = (40, 30, 30), *, target: int = 10, veto: bool = False, **changes: Any
) -> Framework:
    """Three indicators in two dimensions, each a ratio to a target; a bonus of at most 5."""
    number = {"type": "number", "min": 0, "max": 100}
    inputs = {name: {**number, "label": {"zh": f"输入{name}"}} for name in (*INPUTS, "extra")}
    inputs |= {"fraud": {"type": "boolean", "label": {"zh": "造假"}}}
    rules = [{"kind": "ratio", "input": name, "target": target} for name in INPUTS]
    tree = {
        "schema": 1,
        "id": "demo",
        "edition": "2021",
        "revision": 1,
        "label": {"zh": "示例"},
        "jurisdiction": {"code": "330481", "label": {"zh": "某市"}},
        "issuer": {"zh": "某局"},
        "effective": {"from": "2021-01-01"},
        "licence": "CC0-1.0",
        "maturity": "draft",
        "sources": {},
        "basis": {"status": "assumed", "note": {"zh": "示例"}},
        "inputs": inputs,
        "total": sum(points),
        "policies": {"missing": "zero", "rounding": {"total": 2}},
        "dimensions": {
            "site": {
                "label": {"zh": "场地"},
                "points": points[0] + points[1],
                "indicators": {
                    "S1": {"label": {"zh": "甲项"}, "points": points[0], "rule": rules[0]},
                    "S2": {"label": {"zh": "乙项"}, "points": points[1], "rule": rules[1]},
                },
            },
            "work": {"label": {"zh": "工作"}, "points": points[2], "indicators": {
                "W1": {"label": {"zh": "丙项"}, "points": points[2], "rule": rules[2]}}},
        },
        "bonus": {"cap": 5, "items": {"B1": {"label": {"zh": "表彰"}, "rule": {
            "kind": "count", "input": "extra", "points_each": 1}}}},
        "grades": {"优秀": {"at_least": sum(points) * 4 // 5}, "合格": {"at_least": sum(points) * 3 // 5}, "不合格": {"otherwise": True}},
        **({"vetoes": {"fraud": {"label": {"zh": "造假"}, "when": {"input": "fraud", "equals": True},
                                 "effect": {"total": 0}}}} if veto else {}),
        **changes,
    }  # fmt: skip
    return framework({name: value for name, value in tree.items() if value is not None})


def stations(values: list[tuple[Any, ...]], **more: Any) -> list[dict[str, Any]]:
    """One row a station, `站1` and on: its values of a, b, c (and county)."""
    return [
        {
            "station": f"站{k}",
            "extra": k % 7,
            "fraud": False,
            **dict(zip((*INPUTS, "county"), row, strict=False)),
            **more,
        }
        for k, row in enumerate(values, 1)
    ]


def scored(values: list[tuple[Any, ...]], fw: Framework | None = None) -> se.Scores:
    """Scores of such stations; county is kept where it is given."""
    keep = ("county",) if values and len(values[0]) > len(INPUTS) else ()
    return se.score(stations(values), fw or usual(), keep=keep)


frameworks = st.builds(usual, st.sampled_from([(40, 30, 30), (10, 60, 30), (7, 11, 13)]), st.sampled_from([3, 10]))
cells = st.integers(0, 1200).map(lambda k: k / 100)
rows = st.tuples(cells, cells, cells)
grouped = st.tuples(cells, cells, cells, st.sampled_from(["甲县", "乙县", "丙县"]))

"""Whatever is damaged in a framework, its amendment or its completion, the answer is a report."""

from __future__ import annotations

from copy import deepcopy
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.framework.small import TREE

from stationeval.errors import Path
from stationeval.framework.build import build
from stationeval.framework.framework import assemble
from stationeval.framework.merge import Given
from stationeval.framework.paths import at

AMENDMENT: dict[str, Any] = {
    "schema": 1,
    "extends": "small@2021#1",
    "edition": "2023",
    "revision": 1,
    "effective": {"from": "2023-01-01"},
    "sources": {"order": {"kind": "notice", "title": {"zh": "新"}}},
    "basis": {"status": "documented", "cite": "order"},
    "changes": [
        {"set": "bonus.cap", "was": 10, "to": 9},
        {"add": "inputs.remark", "to": {"type": "text", "label": {"zh": "备注"}}},
        {"remove": "consequences", "was": TREE["consequences"]},
    ],
}
COMPLETION: dict[str, Any] = {
    "schema": 1,
    "completes": "small@2021#1",
    "name": "test",
    "author": "",
    "rationale": {"zh": "试"},
    "basis": {"status": "assumed"},
    "inputs": {"new": {"type": "integer", "label": {"zh": "新"}}},
    "fills": {"contest": {"annual": "sum"}, "gates.staffing.facet": {"to": "staff", "basis": {"status": "inferred"}}},
}
JUNK = [
    None, 0, -1, Decimal("0.5"), 10**30, "", "text", "1.0", True, [], {}, [1], [[0, 1]], ["a"], {"a": 1}, {"kind": "bands"},
    {"unknown": "not-published"}, {"unknown": "lost"}, {"status": "documented"}, {"to": 1}, {"fields": {"a": "assumed"}},
]  # fmt: skip


def paths(value: Any, path: Path = ()) -> list[Path]:
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(inner for step, each in steps for inner in paths(each, (*path, step)))]


def damaged(draw: st.DrawFn, tree: dict[str, Any]) -> dict[str, Any]:
    tree = deepcopy(tree)
    for _ in range(draw(st.integers(0, 3))):
        path = draw(st.sampled_from(paths(tree)[1:] or [("schema",)]))
        owner, junk = at(tree, path[:-1]), deepcopy(draw(st.sampled_from(JUNK)))
        how = draw(st.sampled_from(["replace", "remove", "add"]))
        if how == "remove" and path != ("schema",):
            del owner[path[-1]]
        elif how == "add" and isinstance(owner, dict):
            owner["added"] = junk
        else:
            owner[path[-1]] = junk
    return tree


@st.composite
def documents(draw: st.DrawFn) -> tuple[list[Given], list[Given]]:
    chain = [Given("base", damaged(draw, TREE))]
    if draw(st.booleans()):
        chain.append(Given("amendment", damaged(draw, AMENDMENT)))
    fillings = [Given("completion", damaged(draw, COMPLETION))] if draw(st.booleans()) else []
    return chain, fillings


@given(documents())
@settings(max_examples=150)
def test_damage_gives_a_report_and_never_anything_else(given: tuple[list[Given], list[Given]]) -> None:
    chain, fillings = given
    built = build(chain, fillings)
    names = {layer.name for layer in (*chain, *fillings)}
    for problem in built.report:
        assert problem.place.file in names
        assert problem.why("zh")
        assert problem.why("en")
    if built.report.ok:
        fw = assemble(tuple(chain), tuple(fillings))
        assert fw.provenance()
        assert sum(fw.shares().values()) in (0, 1)

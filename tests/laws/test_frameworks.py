"""What happens to values on their way: completed, written out, read again, asked what they rest on."""

from __future__ import annotations

from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.laws.both import Tree, framework, law

import stationeval as se
from stationeval.framework.canonical import canonical
from stationeval.framework.source import read_source
from stationeval.testing.strategies import documents

SECTIONS = ["dimensions", "bonus", "deductions", "grades", "vetoes", "gates", "tiers", "subsidy", "policies", "rounds"]
DOCUMENTED = {"sources": {"text": {"kind": "rule", "title": {"en": "A simulated text"}}}}
DOCUMENTED["basis"] = {"status": "documented", "cite": "text"}  # type: ignore[dict-item]


def numbers(tree: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of what an issuer may leave unknown: points and weights of nodes, and targets of their rules."""
    found: list[tuple[Any, ...]] = []
    for name, node in tree.items():
        here = (*path, name)
        found += [(*here, key) for key in ("points", "weight") if key in node]
        if "indicators" in node:
            found += numbers(node["indicators"], (*here, "indicators"))
        elif "target" in node["rule"]:
            found.append((*here, "rule", "target"))
    return found


def taken(tree: Tree, path: tuple[Any, ...], value: Any) -> Any:
    """Put a value at a path; what stood there."""
    for step in path[:-1]:
        tree = tree[step]
    before, tree[path[-1]] = tree[path[-1]], value
    return before


@law(60)
@given(documents(), st.data())
def test_a_completion_changes_no_documented_value(tree: Tree, data: st.DataObject) -> None:
    """Filling what is unknown gives back the whole, and leaves every documented value what and as documented as it was."""
    published = deepcopy(tree) | DOCUMENTED
    paths = [("dimensions", *path) for path in numbers(tree["dimensions"])]
    gone = data.draw(st.lists(st.sampled_from(paths), min_size=1, max_size=4, unique=True))
    filling = {".".join(path): taken(published, path, {"unknown": "not-published"}) for path in gone}
    fw = framework(published)
    whole = fw.complete(filling)
    before = {value.path: value for value in fw.provenance() if value.status == "documented"}
    after = {value.path: value for value in whole.provenance()}
    for path, value in before.items():
        assert (after[path].value, after[path].status, after[path].cite) == (value.value, value.status, value.cite)
    assert all(after[path].status == "assumed" for path in filling)
    assert whole.doc.dimensions == framework(tree | DOCUMENTED).doc.dimensions or _differ_by_basis_only(whole, tree)


def _differ_by_basis_only(whole: se.Framework, tree: Tree) -> bool:
    return _without_basis(whole.tree["dimensions"]) == _without_basis(framework(tree | DOCUMENTED).tree["dimensions"])


def _without_basis(tree: Any) -> Any:
    return (
        {key: _without_basis(value) for key, value in tree.items() if key != "basis"}
        if isinstance(tree, dict)
        else tree
    )


@law(40)
@given(documents(full=False), st.data())
def test_a_completion_that_would_change_a_known_value_is_refused(tree: Tree, data: st.DataObject) -> None:
    """Whatever known number a completion tries to change, it is told so, at that path."""
    paths = [("dimensions", *path) for path in numbers(tree["dimensions"])]
    path = data.draw(st.sampled_from(paths))
    value = taken(deepcopy(tree), path, None)
    with pytest.raises(se.CompletionError) as caught:
        framework(tree).complete({".".join(path): Decimal(value) + 1})
    assert any(".".join(path) in str(problem.place) for problem in caught.value.problems)


@law(60)
@given(documents())
def test_dump_then_load_is_identity(tree: Tree) -> None:
    """A framework written out and read again is equal, has the same hash, and is written the same."""
    fw = framework(tree)
    text = fw.to_yaml()
    read = read_source(text, name="simulated.yaml").tree
    assert canonical(read) == canonical(fw.tree)
    again = framework(read)
    assert again == fw
    assert again.doc == fw.doc
    assert again.to_yaml() == text


@law(60)
@given(documents(), st.data())
def test_each_leaf_value_has_a_status(tree: Tree, data: st.DataObject) -> None:
    """Every number, word and choice of a framework is documented, inferred, assumed or unknown, and none is left out."""
    tree = deepcopy(tree)
    paths = [("dimensions", *path) for path in numbers(tree["dimensions"])]
    for path in data.draw(st.lists(st.sampled_from(paths), max_size=3, unique=True)):
        taken(tree, path, {"unknown": "lost-in-source"})
    fw = framework(tree)
    statuses = {value.path: value.status for value in fw.provenance()}
    assert set(statuses.values()) <= {"documented", "inferred", "assumed", "unknown"}
    for section in SECTIONS:
        for path in _leaves(tree.get(section, {}), section):
            assert any(path == known or path.startswith((f"{known}.", f"{known}[")) for known in statuses), path
    unknown = {value.path for value in fw.unknowns()}
    assert {path for path, status in statuses.items() if status == "unknown"} == unknown
    assume(unknown)
    assert sum(fw.shares().values()) == 1


def _leaves(tree: Any, path: str) -> list[str]:
    if isinstance(tree, dict):
        return [leaf for key, value in tree.items() for leaf in _leaves(value, f"{path}.{key}")]
    if isinstance(tree, list):
        return [leaf for i, value in enumerate(tree) for leaf in _leaves(value, f"{path}[{i}]")]
    return [path]

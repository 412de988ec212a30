"""A dotted path leads where a person meant it to, or says where it stopped."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stationeval.errors import dotted
from stationeval.framework.paths import at, find, present, within

TREE = {
    "tiers": {"1.0": {"requires": [{"at_least": 6}]}, "1": 2},
    "points": {"unknown": "not-published"},
    "a": [[1, 2]],
}


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("tiers.1.0.requires[0].at_least", ("tiers", "1.0", "requires", 0, "at_least")),
        ("tiers.1", ("tiers", "1")),
        ("a[0][1]", ("a", 0, 1)),
        ("points", ("points",)),
    ],
)
def test_what_is_there_is_found(text: str, path: tuple[str | int, ...]) -> None:
    found = find(TREE, text)
    assert (found.path, found.there) == (path, True)
    assert dotted(path) == text


@pytest.mark.parametrize(
    ("text", "path"),
    [("tiers.2.0", ("tiers", "2.0")), ("tiers.1.0.label", ("tiers", "1.0", "label")), ("total", ("total",))],
)
def test_a_new_key_has_a_path_although_nothing_is_there(text: str, path: tuple[str, ...]) -> None:
    found = find(TREE, text)
    assert (found.path, found.there) == (path, False)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("teirs.1.0", "teirs"),
        ("tiers.3.x.y", "3"),
        ("a[1]", "a[1]"),
        ("points.between", "between"),
        ("a[0].b", "b"),
        ("", ""),
    ],
)
def test_a_path_that_leads_nowhere_says_where_it_stopped(text: str, missing: str) -> None:
    found = find(TREE, text)
    assert found.path is None
    assert found.missing == missing


def test_a_path_of_a_million_steps_is_refused_quickly() -> None:
    assert find(TREE, ".".join(["tiers"] * 1_000_000)).path is None


ids = st.from_regex(r"[a-z]{1,4}", fullmatch=True)
trees = st.recursive(
    st.integers(), lambda inner: st.dictionaries(ids, inner, min_size=1) | st.lists(inner, min_size=1), max_leaves=12
)


def steps_of(tree: object) -> list[tuple[str | int, ...]]:
    pairs = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [(), *((step, *rest) for step, each in pairs for rest in steps_of(each))]


@given(st.dictionaries(ids, trees, min_size=1))
def test_every_path_of_a_tree_is_found_by_its_own_name(tree: dict[str, object]) -> None:
    for path in steps_of(tree)[1:]:
        assert find(tree, dotted(path)).path == path
        assert present(tree, path)
        assert within(path, path[:1])
    assert at(tree, ("nowhere-at-all",)) is None
    assert not present(tree, ("nowhere-at-all",))

"""A framework as a flat table: what fits a column stands in it, the rest as rows of path and value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from stationeval.errors import Path
from stationeval.framework.canonical import copied
from stationeval.framework.official import cells, paths
from stationeval.framework.official.flat_columns import INPUTS, NODES, PART_WORDS, STEPS, UNKNOWN_RULE, Column
from stationeval.framework.paths import at, present
from stationeval.framework.values import is_unknown


@dataclass
class FlatTable:
    """The three tables of a framework, each row a cell for each of its columns.

    Attributes
    ----------
    nodes, inputs
        By the columns `NODES` and `INPUTS`.
    levels
        How deep each row of `nodes` is, from 0.
    rest
        Path and value of everything else.
    """

    nodes: list[list[Any]] = field(default_factory=list)
    inputs: list[list[Any]] = field(default_factory=list)
    levels: list[int] = field(default_factory=list)
    rest: list[tuple[str, Any]] = field(default_factory=list)


def flat_table(tree: Mapping[str, Any]) -> FlatTable:
    """Lay out the plain tree of a framework.

    Raises
    ------
    ValueError
        If a text is longer than a cell can be.
    """
    left = copied(dict(tree))
    table = FlatTable()
    for part, path in (
        ("dimensions", ("dimensions",)),
        ("bonus", ("bonus", "items")),
        ("deductions", ("deductions", "items")),
    ):
        _siblings(left, part, path, None, table)
    inputs = left.get("inputs")
    for name, spec in list(inputs.items()) if isinstance(inputs, dict) else ():
        if isinstance(spec, dict) and cells.write_text(name) is not None:
            table.inputs.append([name if column.key == "code" else _taken(spec, column) for column in INPUTS])
            _leave(left, ("inputs", name))
    table.rest = [(paths.write_path(path), value) for path, value in paths.rows(left) if path]
    return table


def _siblings(
    left: dict[str, Any], part: str, path: Path, parent: str | None, table: FlatTable, depth: int = 0
) -> None:
    nodes = at(left, path)
    if not isinstance(nodes, dict) or is_unknown(nodes):
        return
    for name, node in list(nodes.items()):
        if not isinstance(node, dict) or cells.write_text(name) is None:
            continue
        placed = {"part": PART_WORDS["write"](part), "code": name, "parent": parent}
        inner = [*_inner(node)]
        table.nodes.append([placed[column.key] if column.key in placed else _cell(node, column) for column in NODES])
        table.levels.append(depth)
        for key in inner:
            _siblings(left, part, (*path, name, key), name, table, depth + 1)
        _leave(left, (*path, name))


def _inner(node: Mapping[str, Any]) -> Iterator[str]:
    indicators = node.get("indicators")
    if isinstance(indicators, dict) and indicators and not is_unknown(indicators):
        yield "indicators"


def _cell(node: dict[str, Any], column: Column) -> Any:
    if column.key == "kind" and is_unknown(node.get("rule")):
        return _taken(node, UNKNOWN_RULE)
    if column.key == "steps":
        found = [_taken(node, steps) for steps in STEPS.values() if present(node, steps.path)]
        return found[0] if found else None
    if column.key == "kind" and not isinstance(at(node, ("rule", "kind")), str):
        return None
    return _taken(node, column)


def _taken(tree: dict[str, Any], column: Column) -> Any:
    """The cell of a column, its value taken out of the tree; None where it must stay there."""
    cell = column.cell(tree)
    if cell is not None:
        path = column.path
        del at(tree, path[:-1])[path[-1]]
        while len(path) > 1 and at(tree, path[:-1]) == {}:
            path = path[:-1]
            del at(tree, path[:-1])[path[-1]]
    return cell


def _leave(left: dict[str, Any], path: Path) -> None:
    """Forget a node of which nothing is left, and the section with its last one."""
    while path and at(left, path) == {}:
        owner = at(left, path[:-1])
        del owner[path[-1]]
        path = path[:-1]

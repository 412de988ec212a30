"""What each node of the tree is worth: points as written, or compiled exactly from weights."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TypeAlias

from stationeval.errors import Path
from stationeval.framework.documents import Document, Node
from stationeval.framework.values import Maybe, Unknown

Points: TypeAlias = Mapping[Path, Fraction]


def full_marks(document: Document) -> Points:
    """The points of the whole (path `()`) and of every node; what cannot be known is not in it.

    Returns
    -------
    mapping of path to Fraction
        A weight becomes its share of the points above it; a node without points of its own has the sum of those
        inside it.
    """
    found: dict[Path, Fraction] = {}
    total = document.total if isinstance(document.total, Fraction) else None
    if isinstance(document.dimensions, dict):
        inside = _children(document.dimensions, ("dimensions",), total, found)
        total = inside if total is None else total
    if total is not None:
        found[()] = total
    return found


def _children(
    nodes: Mapping[str, Node], path: Path, parent: Fraction | None, found: dict[Path, Fraction]
) -> Fraction | None:
    """Put the points of siblings and of what is inside them into `found`; their sum where all are known."""
    weights = [node.weight for node in nodes.values() if node.weight is not None]
    known = [weight for weight in weights if isinstance(weight, Fraction)]
    whole = sum(known, Fraction(0)) if len(known) == len(nodes) else None
    values: list[Fraction | None] = []
    for name, node in nodes.items():
        points = number(node.points)
        if points is None and parent is not None and whole and isinstance(node.weight, Fraction):
            points = parent * node.weight / whole
        if isinstance(node.indicators, dict):
            inner = _children(node.indicators, (*path, name, "indicators"), points, found)
            points = inner if points is None and node.points is None and node.weight is None else points
        if points is not None:
            found[(*path, name)] = points
        values.append(points)
    return None if any(value is None for value in values) else sum((v or Fraction(0) for v in values), Fraction(0))


def number(value: Maybe[Fraction] | None) -> Fraction | None:
    """A number that is there and known."""
    return None if value is None or isinstance(value, Unknown) else value

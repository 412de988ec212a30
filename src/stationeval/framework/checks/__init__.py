"""Everything in a framework that is at odds with itself, all at once, each with its place."""

from __future__ import annotations

from collections.abc import Iterator

from stationeval.errors import Problem
from stationeval.framework.checks import basis, names, rules, sections, tree
from stationeval.framework.checks.context import Context


def check(context: Context) -> Iterator[Problem]:
    """Every problem and note that the whole list of checks finds."""
    for part in (tree, rules, names, sections, basis):
        yield from part.check(context)


__all__ = ["Context", "check"]

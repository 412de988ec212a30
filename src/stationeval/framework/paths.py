"""Dotted id paths as people write them (`gates.premises.requires[0].at_least`), found in a plain tree."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import Any

from stationeval.errors import Path
from stationeval.framework.vocabulary import inside

_INDICES = re.compile(r"(?P<key>.*?)(?P<indices>(?:\[\d{1,6}\])*)\Z", re.DOTALL)
MOST_STEPS = 64
_MOST_NAMES = 200
_NUMBERED = re.compile(r"\d+(\.\d+)+\Z")


@dataclass(frozen=True, slots=True)
class Found:
    """Where a written path leads.

    `path` is complete where something stands there, or where its last step is a new key of the mapping at `parent`;
    otherwise it is `None`, `missing` is the first step that leads nowhere and `known` what stands beside it.
    """

    path: Path | None
    there: bool
    parent: Path
    missing: str | None = None
    known: tuple[str, ...] = ()


def find(tree: Any, text: str) -> Found:
    """Follow a dotted path; a key that has dots itself (`tiers.1.0`) is found as what is there.

    Examples
    --------
    >>> find({"tiers": {"1.0": {"requires": [{"at_least": 6}]}}}, "tiers.1.0.requires[0].at_least").path
    ('tiers', '1.0', 'requires', 0, 'at_least')
    >>> find({"dimensions": {"standard": {}}}, "dimensions.standrad.points").missing
    'standrad'
    """
    words = text.split(".", MOST_STEPS)
    path: Path = ()
    value = tree
    while words:
        taken = _step(value, words)
        if taken is None:
            return _nowhere(value, path, words)
        steps, count = taken
        for step in steps:
            value = inside(value, step)
        path, words = (*path, *steps), words[count:]
    return Found(path, there=True, parent=path[:-1])


def _step(value: Any, words: list[str]) -> tuple[Path, int] | None:
    if not isinstance(value, dict):
        return None
    for count in range(len(words), 0, -1):
        whole = ".".join(words[:count])
        if whole in value:
            return (whole,), count
        match = _INDICES.match(whole)
        if match and match["indices"] and match["key"] in value:
            steps: Path = (match["key"], *(int(n) for n in re.findall(r"\d+", match["indices"])))
            reached = value
            for step in steps:
                reached = inside(reached, step)
            if reached is not None:
                return steps, count
    return None


def _nowhere(value: Any, path: Path, words: list[str]) -> Found:
    rest = ".".join(words)
    known = tuple(map(str, islice(value, _MOST_NAMES))) if isinstance(value, dict) else ()
    plain = "[" not in rest and rest != "" and (len(words) == 1 or _NUMBERED.match(rest) is not None)
    if isinstance(value, dict) and plain and "unknown" not in value:
        return Found((*path, rest), there=False, parent=path, missing=rest, known=known)
    return Found(None, there=False, parent=path, missing=words[0], known=known)


def at(tree: Any, path: Path) -> Any:
    """What stands at a path, or `None`."""
    for step in path:
        tree = inside(tree, step)
    return tree


def present(tree: Any, path: Path) -> bool:
    """Whether something stands at a path, be it empty."""
    owner = at(tree, path[:-1])
    if not path:
        return True
    if isinstance(owner, list):
        return isinstance(path[-1], int) and path[-1] < len(owner)
    return isinstance(owner, dict) and path[-1] in owner


def within(inner: Path, outer: Path) -> bool:
    """Whether a path is another or lies inside it."""
    return inner[: len(outer)] == outer

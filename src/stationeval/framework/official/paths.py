"""Paths in a cell: dotted, with names that have dots or blanks of their own in quotes; trees as rows and back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from stationeval.errors import Path
from stationeval.framework.official.cells import write_value

_PLAIN = re.compile(r'[^\s."\'\[\]]+\Z')
_STEP = re.compile(r'(?:^|\.)(?:"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<plain>[^\s."\'\[\]]+))|\[(?P<index>[0-9]{1,6})\]')
MOST_STEPS = 64


def write_path(path: Path) -> str:
    """A path as text.

    Examples
    --------
    >>> write_path(("tiers", "1.0", "requires", 0))
    'tiers."1.0".requires[0]'
    """
    text = ""
    for step in path:
        if isinstance(step, int):
            text += f"[{step}]"
        else:
            name = step if _PLAIN.match(step) else json.dumps(step, ensure_ascii=False)
            text += f".{name}" if text else name
    return text


def read_path(text: str) -> Path | None:
    """The steps of a path; None where it is none."""
    steps: list[str | int] = []
    at = 0
    while at < len(text):
        found = _STEP.match(text, at)
        if found is None or len(steps) > MOST_STEPS or (found["index"] is not None and not steps):
            return None
        if found["quoted"] is not None:
            try:
                steps.append(json.loads(f'"{found["quoted"]}"'))
            except json.JSONDecodeError:
                return None
        else:
            steps.append(found["plain"] if found["index"] is None else int(found["index"]))
        at = found.end()
    return tuple(steps) or None


def rows(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every value of a tree that one cell can hold, with its path; the inside of what one cannot.

    Examples
    --------
    >>> list(rows({"a": {"b": 1, "c": ["x", "y"]}, "d": [{"e": "f"}]}))
    [(('a', 'b'), 1), (('a', 'c'), '[x, y]'), (('d', 0, 'e'), 'f')]
    """
    inside: Iterator[tuple[Any, Any]] | None = None
    if isinstance(value, Mapping) and value:
        inside = iter(value.items())
    elif isinstance(value, list) and value and any(isinstance(each, Mapping | list) for each in value):
        inside = iter(enumerate(value))
    if inside is None:
        cell = write_value(value)
        if cell is not None:
            yield path, cell
            return
        if not isinstance(value, list):
            raise ValueError(f"no cell holds this text of {len(str(value))} characters")
        inside = iter(enumerate(value))
    for step, each in inside:
        yield from rows(each, (*path, step))


class _Numbered(dict[int, Any]):
    """A list while it is put together from numbered rows."""


def put(tree: dict[str, Any], path: Path, value: Any) -> bool:
    """Put a value at a path, making what leads there; False where something else stands there or in the way."""
    owner: Any = tree
    for step, following in pairwise(path):
        if isinstance(step, int) != isinstance(owner, _Numbered):
            return False
        if step not in owner:
            owner[step] = _Numbered() if isinstance(following, int) else {}
        owner = owner[step]
        if not isinstance(owner, dict):
            return False
    if isinstance(path[-1], int) != isinstance(owner, _Numbered) or path[-1] in owner:
        return False
    owner[path[-1]] = value
    return True


def finished(value: Any) -> Any:
    """A tree with its numbered rows as lists, in the order of their numbers."""
    if isinstance(value, _Numbered):
        return [finished(value[number]) for number in sorted(value)]
    if isinstance(value, dict):
        return {key: finished(each) for key, each in value.items()}
    return value

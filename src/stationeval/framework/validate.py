"""A plain tree against the vocabulary: the typed part, or every fault in the library's own words, placed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, Generic, NamedTuple, TypeAlias

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from typing_extensions import TypeVar

from stationeval.errors import Path, Place, Problem
from stationeval.framework.canonical import copied
from stationeval.framework.documents import Document
from stationeval.framework.paths import at
from stationeval.framework.values import CODE, DATE, DURATION, ID, Part
from stationeval.framework.vocabulary import keys, part_of, shape_at

P = TypeVar("P", bound=Part)

Locate: TypeAlias = Callable[[Path, bool], Place]
"""Where a path of the tree stands in its file; with `True`, where its key does."""

_TYPES = {
    "string_type": "expected-text",
    "int_type": "expected-integer",
    "int_from_float": "expected-integer",
    "bool_type": "expected-boolean",
    "dict_type": "expected-mapping",
    "model_type": "expected-mapping",
    "model_attributes_type": "expected-mapping",
    "list_type": "expected-list",
    "tuple_type": "expected-list",
}
_PATTERNS = {
    CODE: "bad-jurisdiction-code",
    DATE: "not-a-date",
    DURATION: "bad-duration",
    ID: "not-an-id",
}
_OWN = frozenset({"expected-number", "no-text", "bounds-crossed"})
_STAND_INS: Mapping[str, Any] = {
    "schema": 1,
    "id": "unnamed",
    "edition": "",
    "revision": 1,
    "label": {"zh": ""},
    "jurisdiction": {"code": "100000", "label": {"zh": ""}},
    "issuer": {"zh": ""},
    "effective": {"from": "2000-01-01"},
    "licence": "",
    "basis": {"status": "assumed"},
    "sources": {},
}
_ROUNDS = 40
MOST_PROBLEMS = 1_000
_MOST_TO_RECOVER = 200
_MOST_NAMES = 200


class Fault(NamedTuple):
    """A fault before it is placed: the path it is at, and whether its key is meant."""

    code: str
    path: Path
    of_key: bool = False
    value: Any = None
    values: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Checked(Generic[P]):
    """What came of a tree.

    Attributes
    ----------
    part : Part or None
        The typed document; for a framework with faults what is left of it without them.
    holes : tuple of paths
        What had to be left out for that.
    kept : mapping
        Of a list from which entries were left out, the numbers that those in it had before.
    """

    part: P | None
    problems: tuple[Problem, ...]
    holes: tuple[Path, ...] = ()
    kept: Mapping[Path, list[int]] = field(default_factory=dict)


def nearest(name: str, known: Iterable[str]) -> list[str]:
    """The known names most like a name; where none is, the first dozen of all."""
    names = [str(each) for each in known][:_MOST_NAMES]
    return get_close_matches(name, names, n=3, cutoff=0.6) or names[:12] or ["—"]


def validate(tree: Any, part: type[P], locate: Locate) -> Checked[P]:
    """Check a tree against a part of the vocabulary.

    Parameters
    ----------
    tree : plain tree
        As read from a file or merged.
    part : type
        The document that it should be.
    locate : callable
        From path and whether the key is meant to a place.

    Returns
    -------
    Checked
        For a framework, `part` is also there when something is wrong: without what is.
    """
    done, errors = _attempt(tree, part)
    nulls = [Fault("null-value", path) for path in _nulls(tree)] if part.__name__ != "CasesDocument" else []
    if done is not None and not nulls:
        return Checked(done, ())
    faults = [*_faults(errors, tree, part), *nulls]
    problems = tuple(Problem(f.code, locate(f.path, f.of_key), f.value, f.values) for f in faults[:MOST_PROBLEMS])
    if len(faults) > MOST_PROBLEMS:
        more = {"more": len(faults) - MOST_PROBLEMS}
        problems = (*problems, Problem("too-many-problems", locate((), False), None, more))
    if part is not Document or not isinstance(tree, dict) or len(faults) > _MOST_TO_RECOVER:
        return Checked(None, problems)
    recovered, holes, kept = _recover(copied(tree), faults, part)
    return Checked(recovered, problems, holes, kept)


def _attempt(tree: Any, part: type[P]) -> tuple[P | None, list[ErrorDetails]]:
    try:
        return part.model_validate(tree), []
    except ValidationError as error:
        return None, error.errors(include_url=False, include_input=False)


def _nulls(value: Any, path: Path = ()) -> Iterator[Path]:
    if value is None:
        yield path
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _nulls(each, (*path, key))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from _nulls(each, (*path, index))


def _faults(errors: list[ErrorDetails], tree: Any, part: type[Part]) -> list[Fault]:
    at_path: dict[tuple[Path, str], list[Fault]] = {}
    for error in errors:
        fault = _fault(error, tree, part)
        if at(tree, fault.path) is None and fault.code != "missing-key" and fault.path:
            continue
        name = fault.values["key"] if fault.code == "missing-key" else ""
        at_path.setdefault((fault.path, name), []).append(fault)
    return [_one_of(several) for several in at_path.values()]


def _one_of(several: list[Fault]) -> Fault:
    """Of the complaints of all the members of a union about one value, the one that helps."""
    first = several[0]
    if len(several) == 1:
        return first
    closed = next((fault for fault in several if fault.code == "not-one-of"), None)
    return closed or first._replace(code="expected-plain-value", values={})


def tree_path(loc: tuple[str | int, ...], tree: Any, *, missing: bool) -> Path:
    """The path in the tree that a validator's location means: without the tags of unions."""
    path: list[str | int] = []
    value, tagged = tree, False
    for step in loc:
        if isinstance(step, str) and step.startswith("="):
            continue
        if isinstance(value, dict):
            if not tagged and value.get("kind") == step:
                tagged = True
            elif step in value:
                path.append(step)
                value, tagged = value[step], False
            else:
                if missing:
                    path.append(step)
                break
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            path.append(step)
            value, tagged = value[step], False
        else:
            break
    return tuple(path)


def _fault(error: ErrorDetails, tree: Any, part: type[Part]) -> Fault:
    kind, context = error["type"], error.get("ctx") or {}
    path = tree_path(error["loc"], tree, missing=kind == "missing")
    value = at(tree, path)
    shown = value if not isinstance(value, dict | list) else None
    if kind == "missing":
        return Fault("missing-key", path[:-1], True, None, {"key": str(path[-1])})
    if kind == "extra_forbidden":
        owner = part_of(shape_at(tree, path[:-1], document=part), at(tree, path[:-1]))
        name = str(path[-1])
        near = nearest(name, keys(owner) if owner else ())
        return Fault("unknown-key", path, True, name, {"key": name, "near": near})
    if error["loc"] and error["loc"][-1] == "[key]":
        name = str(path[-1])
        return Fault("unknown-key", path, True, name, {"key": name, "near": nearest(name, _words(context))})
    if kind == "union_tag_not_found":
        return Fault("missing-key", path, True, None, {"key": "kind"})
    if kind == "union_tag_invalid":
        tag = str(context.get("tag"))
        return Fault("not-one-of", (*path, "kind"), False, tag, {"near": nearest(tag, _words(context))})
    if kind == "literal_error":
        return Fault("not-one-of", path, False, shown, {"near": nearest(str(value), _words(context))})
    if kind == "string_pattern_mismatch":
        return Fault(_PATTERNS.get(str(context.get("pattern")), "not-allowed"), path, False, shown)
    if kind in ("too_short", "too_long"):
        few = kind == "too_short"
        limit = context.get("min_length" if few else "max_length")
        return Fault("too-few-entries" if few else "too-many-entries", path, False, None, {"limit": limit})
    if kind in ("greater_than_equal", "less_than_equal"):
        low = kind == "greater_than_equal"
        limit = context.get("ge" if low else "le")
        return Fault("number-too-small" if low else "number-too-large", path, False, shown, {"limit": limit})
    if kind in _OWN:
        return Fault(kind, path, False, shown)
    return Fault(_TYPES.get(kind, "not-allowed"), path, False, shown)


def _words(context: Mapping[str, Any]) -> list[str]:
    written = str(context.get("expected_tags") or context.get("expected") or "")
    return re.findall(r"'([^']*)'", written) or [written]


def _recover(
    tree: dict[str, Any], faults: list[Fault], part: type[P]
) -> tuple[P | None, tuple[Path, ...], dict[Path, list[int]]]:
    """The part that is left when everything faulty is taken out, what was, and the old numbers of list entries."""
    holes: dict[Path, None] = {}
    kept: dict[Path, list[int]] = {}
    for _ in range(_ROUNDS):
        for path in sorted({fault.path for fault in faults}, key=_last_first, reverse=True):
            holes[original(path, kept)] = None
            _take_out(tree, path, kept)
        for key, stand_in in _STAND_INS.items():
            if key not in tree:
                holes[(key,)] = None
                tree[key] = copied(stand_in)
        done, errors = _attempt(tree, part)
        if done is not None:
            return done, tuple(holes), kept
        faults = _faults(errors, tree, part)
    return None, tuple(holes), kept


def _last_first(path: Path) -> tuple[tuple[str, int], ...]:
    """An order in which what is inside comes after what is around it, and later list entries after earlier ones."""
    return tuple((step, 0) if isinstance(step, str) else ("", step) for step in path)


def original(path: Path, kept: Mapping[Path, list[int]]) -> Path:
    """The path that a value had before entries were taken out of lists."""
    was: Path = ()
    for step in path:
        numbers = kept.get(was)
        was = (*was, step if numbers is None or not isinstance(step, int) else numbers[step])
    return was


def _take_out(tree: dict[str, Any], path: Path, kept: dict[Path, list[int]]) -> None:
    owner = at(tree, path[:-1])
    if isinstance(owner, dict) and path:
        owner.pop(path[-1], None)
    elif isinstance(owner, list) and isinstance(path[-1], int) and path[-1] < len(owner):
        numbers = kept.setdefault(original(path[:-1], kept), list(range(len(owner))))
        del owner[path[-1]], numbers[path[-1]]

"""A plain tree against the vocabulary: the typed part, or every fault in the library's own words, placed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Generic, NamedTuple, TypeAlias

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from typing_extensions import TypeVar

from stationeval.errors import Path, Place, Problem
from stationeval.framework.canonical import copied
from stationeval.framework.documents import Document
from stationeval.framework.paths import at
from stationeval.framework.values import Part
from stationeval.framework.vocabulary import annotation_at, keys, needed, part_of

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
    r"^[1-9]\d{5}$": "bad-jurisdiction-code",
    r"^P(\d+Y)?(\d+M)?(\d+D)?$": "bad-duration",
    r"^[a-z][a-z0-9-]*$": "not-an-id",
}
_OWN = frozenset({"expected-number", "not-a-date", "not-an-id", "no-text", "bounds-crossed"})
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


class Fault(NamedTuple):
    """A fault before it is placed: the path it is at, and whether its key is meant."""

    code: str
    path: Path
    of_key: bool = False
    value: Any = None
    values: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Checked(Generic[P]):
    """What came of a tree. `holes` are the paths that had to be left out for `part` to be there at all."""

    part: P | None
    problems: tuple[Problem, ...]
    holes: tuple[Path, ...] = ()


def nearest(name: str, known: Iterable[str]) -> list[str]:
    """The known names most like a name; where none is, the first dozen of all."""
    names = [str(each) for each in known]
    return get_close_matches(name, names, n=3, cutoff=0.6) or names[:12]


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
    problems = tuple(Problem(f.code, locate(f.path, f.of_key), f.value, f.values) for f in faults)
    if part is not Document or not isinstance(tree, dict):
        return Checked(None, problems)
    recovered, holes = _recover(copied(tree), faults, part)
    return Checked(recovered, problems, holes)


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
        owner = part_of(annotation_at(tree, path[:-1], document=part), at(tree, path[:-1]))
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


def _recover(tree: dict[str, Any], faults: list[Fault], part: type[P]) -> tuple[P | None, tuple[Path, ...]]:
    """The part that is left when everything faulty is taken out, and what was."""
    holes: list[Path] = []
    for _ in range(_ROUNDS):
        for fault in sorted(faults, key=lambda fault: len(fault.path)):
            cut = _outside_lists(fault.path)
            if cut:
                _take_out(tree, cut)
                holes.append(cut)
            if not cut or cut[0] in needed(part):
                key = str(cut[0]) if cut else str(fault.values.get("key"))
                if key not in tree and key in _STAND_INS:
                    tree[key] = copied(_STAND_INS[key])
                    holes.append((key,))
        done, errors = _attempt(tree, part)
        if done is not None:
            return done, tuple(dict.fromkeys(holes))
        faults = _faults(errors, tree, part)
    return None, tuple(dict.fromkeys(holes))


def _outside_lists(path: Path) -> Path:
    first = next((i for i, step in enumerate(path) if isinstance(step, int)), len(path))
    return path[:first]


def _take_out(tree: dict[str, Any], path: Path) -> None:
    owner = at(tree, path[:-1])
    if isinstance(owner, dict):
        owner.pop(path[-1], None)

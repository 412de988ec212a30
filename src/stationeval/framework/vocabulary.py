"""What the format allows at a place in a plain tree: which part, which keys, which nodes carry a basis."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from stationeval.errors import Path
from stationeval.framework.documents import Document
from stationeval.framework.values import Part, Unknown

BOOKKEEPING = frozenset(
    {
        "schema",
        "id",
        "revision",
        "licence",
        "maturity",
        "checked",
        "history",
        "completions",
        "sources",
        "basis",
        "facts",
    }
)
"""Top-level keys that say something of the file, not of what an issuer published."""

HEAD = BOOKKEEPING | {"edition", "label", "jurisdiction", "issuer", "effective", "period", "supersedes"}
"""Top-level keys that describe a framework as a whole."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What may stand at a place: parts, a map of entries, a list of items, or anything plain."""

    parts: tuple[type[Part], ...] = ()
    entries: Any = None
    items: Any = None


@cache
def shape(annotation: Any) -> Shape:
    """The shape that a type allows; `Annotated`, unions and `None` are looked through."""
    parts: list[type[Part]] = []
    entries: Any = None
    items: Any = None
    for each in _members(annotation):
        origin = get_origin(each)
        if origin is dict:
            entries = get_args(each)[1]
        elif origin in (list, tuple):
            items = get_args(each)[0]
        elif isinstance(each, type) and issubclass(each, Part):
            parts.append(each)
    return Shape(tuple(parts), entries, items)


def _members(annotation: Any) -> Iterator[Any]:
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _members(get_args(annotation)[0])
    elif origin in (Union, UnionType):
        for each in get_args(annotation):
            yield from _members(each)
    elif annotation is not NoneType:
        yield annotation


@cache
def keys(part: type[Part]) -> dict[str, Any]:
    """The keys of a part, as written, and the type of each."""
    return {field.alias or name: field.annotation for name, field in part.model_fields.items()}


@cache
def needed(part: type[Part]) -> tuple[str, ...]:
    """The keys that a part cannot do without."""
    return tuple(field.alias or name for name, field in part.model_fields.items() if field.is_required())


def part_of(annotation: Any, value: Any) -> type[Part] | None:
    """The part that a mapping is meant to be: by `unknown`, by `kind`, by its verb, or the only one there is."""
    if not isinstance(value, dict):
        return None
    here = shape(annotation)
    if "unknown" in value and Unknown in here.parts:
        return Unknown
    able = [part for part in here.parts if part is not Unknown]
    if len(able) == 1 and here.entries is None:
        return able[0]
    for part in able:
        allowed = keys(part)
        if "kind" in allowed:
            if value.get("kind") in get_args(allowed["kind"]):
                return part
        elif needed(part)[0] in value:
            return part
    return None


def child(annotation: Any, value: Any, step: str | int) -> Any:
    """The type of what stands one step inside a value; `None` where the format knows no such place."""
    if isinstance(value, list):
        return shape(annotation).items
    part = part_of(annotation, value)
    return keys(part).get(str(step)) if part else shape(annotation).entries


def annotation_at(tree: Any, path: Path, *, document: type[Part] = Document) -> Any:
    """The type of the place at a path."""
    annotation: Any = document
    value = tree
    for step in path:
        annotation = child(annotation, value, step)
        if annotation is None:
            return None
        value = inside(value, step)
    return annotation


def inside(value: Any, step: str | int) -> Any:
    """What stands one step inside a plain value, or `None`."""
    if isinstance(value, dict):
        return value.get(step)
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return value[step]
    return None


def carries_basis(part: type[Part] | None) -> bool:
    """Whether a part is a node: something that a basis may stand on."""
    return part is not None and "basis" in part.model_fields


@cache
def leads_to_nodes(annotation: Any) -> bool:
    """Whether a place is a node or holds nodes at any depth."""
    return _leads(annotation, frozenset())


def _leads(annotation: Any, seen: frozenset[type[Part]]) -> bool:
    here = shape(annotation)
    for part in here.parts:
        if carries_basis(part):
            return True
        if part not in seen and any(_leads(each, seen | {part}) for each in keys(part).values()):
            return True
    return any(each is not None and _leads(each, seen) for each in (here.entries, here.items))


def nodes(annotation: Any, value: Any, path: Path = ()) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Every node at a place and inside it, outer first, with its path."""
    if annotation is None or not isinstance(value, dict | list) or not leads_to_nodes(annotation):
        return
    if isinstance(value, dict) and carries_basis(part_of(annotation, value)):
        yield path, value
    steps = value.items() if isinstance(value, dict) else enumerate(value)
    for step, each in steps:
        if step != "basis":
            yield from nodes(child(annotation, value, step), each, (*path, step))


def choices(annotation: Any) -> tuple[Any, ...]:
    """The words that a place allows, where it is a closed list."""
    return tuple(word for each in _members(annotation) if get_origin(each) is Literal for word in get_args(each))

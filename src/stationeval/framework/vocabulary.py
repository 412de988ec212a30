"""What the format allows at a place in a plain tree: which part, which keys, which nodes carry a basis."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

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
    }
)
"""Top-level keys that say something of the file, not of what an issuer published."""

HEAD = BOOKKEEPING | {
    "edition",
    "label",
    "jurisdiction",
    "issuer",
    "effective",
    "period",
    "supersedes",
    "facts",
}
"""Top-level keys that describe a framework as a whole."""


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """What may stand at a place: parts, a map of entries, a list of items, or anything plain."""

    parts: tuple[type[Part], ...] = ()
    entries: Shape | None = None
    items: Shape | None = None


@cache
def shape(annotation: Any) -> Shape:
    """The shape that a type allows; `Annotated`, unions and `None` are looked through."""
    parts: list[type[Part]] = []
    entries: Shape | None = None
    items: Shape | None = None
    for each in _members(annotation):
        origin = get_origin(each)
        if origin is dict:
            entries = shape(get_args(each)[1])
        elif origin in (list, tuple):
            items = shape(get_args(each)[0])
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
def keys(part: type[Part]) -> dict[str, Shape]:
    """The keys of a part, as written, and the shape of each."""
    found: dict[str, Shape] = {}
    for name, field in part.model_fields.items():
        annotation: Any = field.annotation
        found[field.alias or name] = shape(annotation)
    return found


@cache
def needed(part: type[Part]) -> tuple[str, ...]:
    """The keys that a part cannot do without."""
    return tuple(field.alias or name for name, field in part.model_fields.items() if field.is_required())


@cache
def _kinds(part: type[Part]) -> tuple[str, ...]:
    kind = part.model_fields.get("kind")
    return () if kind is None else get_args(kind.annotation)


def part_of(here: Shape | None, value: Any) -> type[Part] | None:
    """The part that a mapping is meant to be: by `unknown`, by `kind`, by its verb, or the only one there is."""
    if here is None or not isinstance(value, dict):
        return None
    if "unknown" in value and Unknown in here.parts:
        return Unknown
    able = [part for part in here.parts if part is not Unknown]
    if len(able) == 1 and here.entries is None:
        return able[0]
    for part in able:
        if value.get("kind") in _kinds(part) if _kinds(part) else needed(part)[0] in value:
            return part
    return None


def child(here: Shape | None, value: Any, step: str | int) -> Shape | None:
    """The shape of what stands one step inside a value; `None` where the format knows no such place."""
    if here is None or isinstance(value, list):
        return None if here is None else here.items
    part = part_of(here, value)
    return here.entries if part is None else keys(part).get(str(step))


def shape_at(tree: Any, path: Path, *, document: type[Part] = Document) -> Shape | None:
    """The shape of the place at a path; of what is not there yet as well, where there is only one it can be."""
    here: Shape | None = shape(document)
    value = tree
    for step in path:
        here = child(here, {} if value is None else value, step)
        value = inside(value, step)
    return here


def inside(value: Any, step: str | int) -> Any:
    """What stands one step inside a plain value, or `None`."""
    if isinstance(value, dict):
        return value.get(step)
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return value[step]
    return None


@cache
def carries_basis(part: type[Part] | None) -> bool:
    """Whether a part is a node: something that a basis may stand on."""
    return part is not None and "basis" in part.model_fields


@cache
def leads_to_nodes(here: Shape) -> bool:
    """Whether a place is a node or holds nodes at any depth."""
    return _leads(here, frozenset())


def _leads(here: Shape, seen: frozenset[type[Part]]) -> bool:
    for part in here.parts:
        if carries_basis(part):
            return True
        if part not in seen and any(_leads(each, seen | {part}) for each in keys(part).values()):
            return True
    return any(each is not None and _leads(each, seen) for each in (here.entries, here.items))


def nodes(here: Shape | None, value: Any, path: Path = ()) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Every node at a place and inside it, outer first, with its path."""
    if here is None or not isinstance(value, dict | list) or not leads_to_nodes(here):
        return
    part = part_of(here, value)
    if isinstance(value, dict) and carries_basis(part):
        yield path, value
    for step, each in value.items() if isinstance(value, dict) else enumerate(value):
        if step != "basis" and isinstance(each, dict | list):
            yield from nodes(child(here, value, step), each, (*path, step))

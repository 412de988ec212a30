"""Every value of a framework with what it rests on: status, source, place in it, words quoted, file and line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from stationeval.errors import Path, Place, dotted
from stationeval.framework.canonical import is_number
from stationeval.framework.documents import Document
from stationeval.framework.paths import at, find, within
from stationeval.framework.values import Text, Unknown, is_unknown
from stationeval.framework.vocabulary import BOOKKEEPING, HEAD, Shape, carries_basis, child, keys, part_of

STATUSES = ("documented", "inferred", "assumed", "unknown")
DESCRIBING = HEAD | {"inputs", "derive"}
"""Sections that decide no result by themselves."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value and what it rests on.

    Attributes
    ----------
    path : str
        Dotted, as a completion or an amendment would name it.
    value : object
        Plain: a number, text, true or false, a list of those, two-language text, or `{unknown: …}`.
    status : str
        `documented`, `inferred`, `assumed` or `unknown`.
    cite : str or None
        The id of the source.
    facts : tuple of str
        Rows of the fact table that ships beside the frameworks.
    locator, quote : str or None
        The place in the source, and its words.
    file, line : str and int, or None
        Where the value is written.
    """

    path: str
    value: Any
    status: str
    cite: str | None
    facts: tuple[str, ...]
    locator: str | None
    quote: str | None
    file: str | None
    line: int | None


@dataclass(frozen=True, slots=True)
class UnknownValue:
    """A value that the issuer did not publish or that did not reach us."""

    path: str
    why: str
    between: tuple[Any, Any] | None = None
    reading: Any = None
    note: str | None = None


def leaves(tree: dict[str, Any]) -> Iterator[tuple[Path, Any, Path]]:
    """Every leaf value outside the bookkeeping, with its path and that of the node whose basis covers it."""
    for key, value in tree.items():
        if key not in BOOKKEEPING:
            yield from _leaves(keys(Document).get(key), value, (key,), ())


def _leaves(here: Shape | None, value: Any, path: Path, owner: Path) -> Iterator[tuple[Path, Any, Path]]:
    part = part_of(here, value)
    if part in (Text, Unknown) or _plain(value):
        yield path, value, owner
        return
    inner = path if carries_basis(part) else owner
    for step, each in value.items() if isinstance(value, dict) else enumerate(value):
        if step != "basis":
            yield from _leaves(child(here, value, step), each, (*path, step), inner)


def _plain(value: Any) -> bool:
    """A scalar, or a list of nothing but scalars."""
    if isinstance(value, list):
        return not any(isinstance(each, dict | list) for each in value)
    return not isinstance(value, dict)


def ground(tree: dict[str, Any], path: Path, owner: Path) -> dict[str, Any]:
    """What the value at a path rests on: its field's ground, its node's basis, or the basis of the file."""
    node = at(tree, owner) or {}
    basis = node.get("basis")
    if basis is None:
        return {key: each for key, each in tree["basis"].items() if key != "fields"}
    best: tuple[int, Any] = (0, None)
    for name, special in basis.get("fields", {}).items():
        steps = find(node, name).path
        if steps and within(path, (*owner, *steps)) and len(steps) > best[0]:
            best = (len(steps), special)
    if isinstance(best[1], dict):
        return dict(best[1])
    plain = {key: each for key, each in basis.items() if key != "fields"}
    if best[1] is None:
        return plain
    return {"status": "assumed"} if best[1] == "assumed" else {**plain, "status": best[1]}


def values(tree: dict[str, Any], locate: Callable[[Path], Place]) -> Iterator[Value]:
    """Every value of a checked tree with what it rests on."""
    for path, value, owner in leaves(tree):
        rests = ground(tree, path, owner)
        place = locate(path)
        quote = rests.get("quote") or {}
        yield Value(
            path=dotted(path),
            value=value,
            status="unknown" if is_unknown(value) else str(rests.get("status")),
            cite=rests.get("cite"),
            facts=tuple(rests.get("facts", ())),
            locator=rests.get("locator"),
            quote=quote.get("zh") or quote.get("en"),
            file=place.file,
            line=place.line,
        )


def unknowns(tree: dict[str, Any]) -> Iterator[tuple[Path, UnknownValue]]:
    """Every unknown value outside the bookkeeping, in order."""
    for path, value, _ in leaves(tree):
        if is_unknown(value):
            bounds = value.get("between")
            note = value.get("note") or {}
            yield (
                path,
                UnknownValue(
                    path=dotted(path),
                    why=value["unknown"],
                    between=(bounds[0], bounds[1]) if bounds and all(map(is_number, bounds)) else None,
                    reading=value.get("reading"),
                    note=note.get("zh") or note.get("en"),
                ),
            )

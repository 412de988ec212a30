"""What values rest on: cites that resolve, documented with a source, dates that exist, a history that is complete."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from stationeval.errors import Path, Problem
from stationeval.framework.checks.context import Context
from stationeval.framework.documents import Document
from stationeval.framework.paths import find
from stationeval.framework.validate import nearest
from stationeval.framework.vocabulary import child, nodes, shape, shape_at


def check(context: Context) -> Iterator[Problem]:
    """All that can be wrong with sources, basis, dates and history."""
    for path, node in nodes(shape(Document), context.tree):
        basis = node.get("basis")
        if isinstance(basis, dict) and context.whole((*path, "basis")):
            yield from _ground(context, basis, (*path, "basis"))
            yield from _fields(context, node, path)
    yield from _dates(context)
    yield from _history(context)
    if context.document.maturity == "draft" and context.whole(("maturity",)):
        where: Path = ("maturity",) if "maturity" in context.tree else ("revision",)
        yield context.say("draft", where, severity="note", id=context.document.id)


def _ground(context: Context, ground: Mapping[str, Any], path: Path) -> Iterator[Problem]:
    cite = ground.get("cite")
    if cite is not None:
        yield from context.refer(cite, (*path, "cite"), "sources", code="no-such-source")
    elif ground.get("status") == "documented":
        yield context.say("documented-without-cite", (*path, "status"))


def _fields(context: Context, node: Mapping[str, Any], path: Path) -> Iterator[Problem]:
    """Each field that a basis names must be one of the node's own values."""
    basis = node["basis"]
    here = shape_at(context.tree, path)
    for name, special in basis.get("fields", {}).items():
        place = (*path, "basis", "fields", name)
        found = find(node, name)
        known = [str(key) for key in node if key != "basis"]
        if not found.there or found.path is None:
            near = nearest(found.missing or name, found.known or known)
            yield context.say("no-such-field", place, of_key=True, value=name, name=name, near=near)
            continue
        inner = here
        value: Any = node
        for step in found.path:
            inner, value = child(inner, value, step), value[step]
        if any(nodes(inner, value)):
            yield context.say("field-is-node", place, of_key=True, value=name, name=name)
        if isinstance(special, dict):
            yield from _ground(context, special, place)
        elif special == "documented" and "cite" not in basis:
            yield context.say("documented-without-cite", place)


def _dates(context: Context) -> Iterator[Problem]:
    document = context.document
    days: list[tuple[Path, str | None]] = [
        (("effective", "from"), document.effective.from_),
        (("effective", "to"), document.effective.to),
        (("checked",), document.checked),
        *((("history", i, "on"), line.on) for i, line in enumerate(document.history)),
        *((("sources", name, "accessed"), source.accessed) for name, source in document.sources.items()),
    ]
    for path, day in days:
        if day is not None and not _exists(day):
            yield context.say("no-such-day", path)
    start, end = document.effective.from_, document.effective.to
    if end is not None and end < start:
        yield context.say("effective-crossed", ("effective", "to"), start=start)


def _exists(day: str) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True


def _history(context: Context) -> Iterator[Problem]:
    """A line for each revision, in order; the first needs none."""
    document = context.document
    if not context.whole(("history",)) or not context.whole(("revision",)):
        return
    lines = [line.revision for line in document.history]
    wanted = list(range(1, document.revision + 1))
    if lines != wanted and (lines or document.revision > 1):
        left = [each for each in wanted if each not in lines]
        place: Path = ("history",) if lines else ("revision",)
        yield context.say("history-incomplete", place, of_key=bool(lines), revision=document.revision, left=left)

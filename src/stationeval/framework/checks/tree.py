"""The tree of points: sums, weights, what a node must have and may not have, ids, claims about the whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from stationeval.errors import Path, Problem
from stationeval.exact import decimal_text
from stationeval.framework.checks.context import Context
from stationeval.framework.documents import Claim, Node
from stationeval.framework.paths import within
from stationeval.framework.points import number

LARGEST = 2**53
_DEEP = frozenset({"level_3", "level_4"})


def check(context: Context) -> Iterator[Problem]:
    """All that can be wrong with the tree of points."""
    document = context.document
    if isinstance(document.dimensions, dict):
        yield from _siblings(context, document.dimensions, ("dimensions",), ())
        yield from _total(context)
    for path, node in context.nodes.items():
        yield from _node(context, node, path)
        if isinstance(node.indicators, dict):
            yield from _siblings(context, node.indicators, (*path, "indicators"), path)
    for path, item in context.items.items():
        yield from _positive(context, item.points, (*path, "points"))
    yield from _unique_ids(context)
    for index, claim in enumerate(document.facts):
        yield from _claim(context, claim, ("facts", index))


def _node(context: Context, node: Node, path: Path) -> Iterator[Problem]:
    if node.points is not None and node.weight is not None:
        yield context.say("points-and-weight", path, of_key=True, value=path[-1])
    yield from _positive(context, node.points, (*path, "points"))
    yield from _positive(context, node.weight, (*path, "weight"))
    if node.indicators is not None and node.rule is not None:
        yield context.say("rule-and-indicators", path, of_key=True, value=path[-1])
    if not context.whole(path):
        return
    if node.indicators is None and node.rule is None:
        yield context.say("neither-rule-nor-indicators", path, of_key=True, value=path[-1])
    if node.indicators == {}:
        yield context.say("no-indicators", (*path, "indicators"))
    if node.rule is not None and node.points is None and node.weight is None:
        yield context.say("no-points", path, of_key=True, value=path[-1])


def _positive(context: Context, value: Any, path: Path) -> Iterator[Problem]:
    if isinstance(value, Fraction) and value <= 0:
        yield context.say("not-positive", path)


def _siblings(context: Context, nodes: Mapping[str, Node], path: Path, parent: Path) -> Iterator[Problem]:
    weighted = [name for name, node in nodes.items() if node.weight is not None]
    pointed = [name for name, node in nodes.items() if node.points is not None]
    if set(weighted) & set(pointed):
        return
    if weighted and pointed:
        first = weighted[0] if len(weighted) <= len(pointed) else pointed[0]
        yield context.say("points-beside-weights", (*path, first), of_key=True, value=first)
        return
    if not _comparable(context, nodes, path):
        return
    worth = context.points.get(parent)
    if weighted and not parent and context.document.total is None:
        yield context.say("no-total", path, of_key=True, value=None)
    if weighted and parent:
        owner = context.nodes[parent]
        if owner.points is None and owner.weight is None:
            yield context.say("no-points", parent, of_key=True, value=parent[-1])
    known = [context.points[(*path, name)] for name in nodes if (*path, name) in context.points]
    written = context.document.total if not parent else worth
    if weighted or not nodes or not isinstance(written, Fraction):
        return
    amount = sum(known, Fraction(0))
    complete = len(known) == len(nodes)
    if amount > written or (complete and amount != written):
        place: Path = (*parent, "points") if parent else ("total",)
        later = sorted(each for each in context.laid if within(each, path)) if place not in context.laid else []
        where = later[0] if later else place
        sums, points = decimal_text(amount), decimal_text(written)
        yield context.say("points-do-not-add-up", where, of_key=bool(later), sum=sums, points=points)


def _comparable(context: Context, nodes: Mapping[str, Node], path: Path) -> bool:
    """Whether nothing is missing of what siblings are worth, be what is inside them as it may."""
    if context.whole(path):
        return True
    if any(within(path, hole) or hole[:-1] == path for hole in context.holes) or context.cut(path):
        return False
    lost = {(*path, name, key) for name in nodes for key in ("points", "weight")} & set(context.holes)
    return not lost and all(node.points is not None or node.weight is not None for node in nodes.values())


def _total(context: Context) -> Iterator[Problem]:
    yield from _positive(context, context.document.total, ("total",))
    extra = context.document.bonus
    total = context.points.get((), Fraction(0))
    if extra is not None:
        total += number(extra.cap) or Fraction(0)
    rounding = context.document.policies.rounding
    places = max(each for each in (rounding.indicator, rounding.dimension, rounding.total) if each != "none")
    if total * 10**places >= LARGEST:
        yield context.say("total-too-large", ("total",), places=places)


def _unique_ids(context: Context) -> Iterator[Problem]:
    seen: dict[str, Path] = {}
    for path in (*context.nodes, *context.items):
        name = str(path[-1])
        if name in seen:
            first = context.locate(seen[name], True).line
            yield context.say("id-twice", path, of_key=True, value=name, name=name, first=first)
        seen.setdefault(name, path)
    for section in ("dimensions", "inputs", "derive", "grades", "tiers", "gates", "vetoes", "rounds", "raters"):
        for name in context.names(section) or ():
            if name != name.strip() or not name or set(name) & set("[]"):
                yield context.say("bad-key", (section, name), of_key=True, value=name)


def _claim(context: Context, claim: Claim, path: Path) -> Iterator[Problem]:
    """What a source says of the whole, against what is there: the same where all is known, never more.

    A completion need not go down to every level that the source counts; that it does not is a note.
    """
    if not isinstance(claim.equals, Fraction):
        return
    counted = _counted(context, claim.claim)
    if counted is None:
        return
    found, complete, section = counted
    if not (found > claim.equals or (complete and found != claim.equals)):
        return
    later = sorted(each for each in context.laid if each[0] == section)
    there = decimal_text(found)
    said: dict[str, Any] = {"claim": claim.claim, "equals": decimal_text(claim.equals), "found": there}
    if context.document.completions and not found and claim.claim in _DEEP:
        yield context.say("claim-not-met", (*path, "equals"), severity="note", **said)
        return
    place: Path = later[0] if later else (*path, "equals")
    yield context.say("claim-not-met", place, of_key=bool(later), value=there, **said)


def _count_total(context: Context) -> tuple[Fraction, bool, str] | None:
    total = context.document.total
    if isinstance(total, Fraction):
        return total, True, "total"
    whole = context.points.get(()) if context.whole(("dimensions",)) else None
    return None if whole is None else (whole, True, "dimensions")


def _count_level(context: Context, depth: int) -> tuple[Fraction, bool, str] | None:
    """How many nodes there are on a level, and whether no list above or on it is unknown."""
    if context.document.dimensions is None:
        return None
    names, complete = context.levels[depth - 1]
    return Fraction(len(names)), complete, "dimensions"


def _count_domains(context: Context) -> tuple[Fraction, bool, str] | None:
    catalogue = context.document.catalogue
    if catalogue is None or not context.whole(("catalogue",)):
        return None
    domains = catalogue.domains if isinstance(catalogue.domains, dict) else {}
    return Fraction(len(domains)), catalogue.complete and isinstance(catalogue.domains, dict), "catalogue"


def _count_items(context: Context) -> tuple[Fraction, bool, str] | None:
    catalogue = context.document.catalogue
    if catalogue is None or not context.whole(("catalogue",)):
        return None
    domains = list(catalogue.domains.values()) if isinstance(catalogue.domains, dict) else []
    known = [domain.items for domain in domains if isinstance(domain.items, dict)]
    complete = catalogue.complete and isinstance(catalogue.domains, dict) and len(known) == len(domains)
    return Fraction(sum(map(len, known))), complete, "catalogue"


def _count_section(context: Context, section: str) -> tuple[Fraction, bool, str] | None:
    names = context.names(section)
    return (Fraction(len(names)), True, section) if names else None


def _counted(context: Context, what: str) -> tuple[Fraction, bool, str] | None:
    """How many there are, whether that is all, and the section they are in."""
    match what:
        case "total":
            return _count_total(context)
        case "dimensions" | "indicators" | "level_3" | "level_4":
            return _count_level(context, ("dimensions", "indicators", "level_3", "level_4").index(what) + 1)
        case "domains":
            return _count_domains(context)
        case "items":
            return _count_items(context)
        case _:
            return _count_section(context, what)

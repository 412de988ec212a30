"""Frameworks laid side by side: what each place looks at, asks, pays and follows up, known or bounded."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal, TypeAlias

from stationeval.errors import NotInFramework, Problem
from stationeval.evaluation.evaluate import FrameworkLike, framework_of
from stationeval.evaluation.listing import ResultTable
from stationeval.exact import decimal_text
from stationeval.framework import documents as d
from stationeval.framework.abilities import ABILITIES
from stationeval.framework.folders import built_in
from stationeval.framework.framework import Framework
from stationeval.framework.values import Text, Unknown
from stationeval.messages import Language, say

Stage: TypeAlias = Literal["input", "process", "output", "effect"]
STAGES: tuple[Stage, ...] = ("input", "process", "output", "effect")

STAGE_OF: Mapping[str, Stage] = {
    "site": "input",
    "staff": "input",
    "funds": "input",
    "management": "process",
    "service": "process",
    "innovation": "process",
    "output": "output",
    "satisfaction": "effect",
    "effect": "effect",
}
"""Where a facet stands in the logic model of input, process, output, effect."""

LABELS: Mapping[str, str] = {
    "place": "aspect-place",
    "answers": "aspect-answers",
    "total": "aspect-total",
    "dimensions": "aspect-dimensions",
    "indicators": "aspect-indicators",
    "facets": "aspect-facets",
    "share_input": "aspect-share-input",
    "share_process": "aspect-share-process",
    "share_output": "aspect-share-output",
    "share_effect": "aspect-share-effect",
    "gates": "aspect-gates",
    "staffing": "aspect-staffing",
    "frequencies": "aspect-frequencies",
    "evaluators": "aspect-evaluators",
    "rounds": "aspect-rounds",
    "grades": "aspect-grades",
    "tiers": "aspect-tiers",
    "money": "aspect-money",
    "funding": "aspect-funding",
    "targets": "aspect-targets",
    "consequences": "aspect-consequences",
    "unknowns": "aspect-unknowns",
}
FACETS: Mapping[str, str] = {
    "site": "facet-site",
    "staff": "facet-staff",
    "funds": "facet-funds",
    "management": "facet-management",
    "service": "facet-service",
    "output": "facet-output",
    "satisfaction": "facet-satisfaction",
    "effect": "facet-effect",
    "innovation": "facet-innovation",
}
PERIODS: Mapping[str, str] = {
    "week": "per-week",
    "month": "per-month",
    "quarter": "per-quarter",
    "half_year": "per-half-year",
    "year": "per-year",
}

Interval: TypeAlias = tuple[Fraction, Fraction]
ANYTHING: Interval = (Fraction(0), Fraction(1))


def stage_shares(framework: FrameworkLike) -> Mapping[Stage, Interval]:
    """How much of a framework's points go to inputs, process, output and effect: the least and the most it can be.

    A node without a facet, or whose points are not published, may hold anything that is still open; where all points
    and facets are known the two bounds meet.

    Examples
    --------
    >>> low, high = stage_shares("mof-self-evaluation")["output"]
    >>> low == high
    True
    """
    document = framework_of(framework).doc
    dimensions = document.dimensions
    if dimensions is None or isinstance(dimensions, Unknown):
        return dict.fromkeys(STAGES, ANYTHING)
    total = document.total if isinstance(document.total, Fraction) else None
    return {stage: _children(dimensions.values(), total, stage) for stage in STAGES}


def _children(nodes: Iterable[d.Node], whole: Fraction | None, stage: Stage) -> Interval:
    nodes = list(nodes)
    own = [_share_of(node, stage) for node in nodes]
    worth = [_worth(node, nodes) for node in nodes]
    fixed = [share for share in worth if share is not None]
    if whole is None and len(fixed) == len(nodes):
        whole = sum(fixed, Fraction(0))
    if not nodes:
        return ANYTHING
    if whole is None or whole == 0 or not fixed:
        return min(low for low, _ in own), max(high for _, high in own)
    open_ = [bounds for bounds, share in zip(own, worth, strict=True) if share is None]
    rest = whole - sum(fixed, Fraction(0)) if open_ else Fraction(0)
    low = sum((share * bounds[0] for bounds, share in zip(own, worth, strict=True) if share is not None), Fraction(0))
    high = sum((share * bounds[1] for bounds, share in zip(own, worth, strict=True) if share is not None), Fraction(0))
    if open_:
        low += rest * min(bounds[0] for bounds in open_)
        high += rest * max(bounds[1] for bounds in open_)
    return low / whole, high / whole


def _worth(node: d.Node, siblings: Sequence[d.Node]) -> Fraction | None:
    """The node's points, or its weight where all siblings have weights; None where it is not known."""
    if isinstance(node.points, Fraction):
        return node.points
    weighed = all(isinstance(one.weight, Fraction) for one in siblings)
    return node.weight if weighed and isinstance(node.weight, Fraction) else None


def _share_of(node: d.Node, stage: Stage) -> Interval:
    if isinstance(node.indicators, dict):
        whole = node.points if isinstance(node.points, Fraction) else None
        weighed = all(isinstance(one.weight, Fraction) for one in node.indicators.values())
        return _children(node.indicators.values(), None if weighed else whole, stage)
    if node.facet is None:
        return ANYTHING
    return (Fraction(1), Fraction(1)) if STAGE_OF[node.facet] == stage else (Fraction(0), Fraction(0))


def compare_frameworks(frameworks: Sequence[FrameworkLike], *, lang: Language = "zh") -> ResultTable:
    """Frameworks side by side: one row an aspect, one column a framework.

    Parameters
    ----------
    frameworks
        Ids, files or frameworks, at least one.
    lang
        The language of labels and cells.

    Returns
    -------
    ResultTable
        Rows: place, what it answers, total, counts of dimensions and indicators, facets, shares of points by stage
        (with bounds where they are not published), gates, staffing minima, frequencies, evaluators, rounds, grades,
        money, shares of funds, targets, consequences, unknowns. An empty cell means that the source says nothing.

    Examples
    --------
    >>> table = compare_frameworks(["haining-sppe", "mof-self-evaluation"], lang="en")
    >>> table.columns["aspect"][:2]
    ('place', 'answers')
    """
    loaded = [framework_of(one) for one in frameworks]
    cells = [dict(_aspects(fw, lang)) for fw in loaded]
    aspects = tuple(cells[0]) if cells else ()
    columns: dict[str, Sequence[Any]] = {
        "aspect": aspects,
        "label": tuple(say(LABELS[name], lang) for name in aspects),
    }
    for fw, column in zip(loaded, cells, strict=True):
        columns[fw.signature] = tuple(column[name] for name in aspects)
    return ResultTable("frameworks", columns, " | ".join(fw.signature for fw in loaded))


def _aspects(fw: Framework, lang: Language) -> Iterator[tuple[str, str]]:
    document = fw.doc
    yield "place", document.jurisdiction.label.say(lang)
    yield "answers", _join((say(ABILITIES[name], lang) for name in fw.answers), lang)
    yield "total", _number(document.total)
    nodes = document.dimensions if isinstance(document.dimensions, dict) else {}
    yield "dimensions", _join((node.label.say(lang) for node in nodes.values()), lang)
    claims = {claim.claim: claim.equals for claim in document.facts}
    counted = [n for node in nodes.values() if isinstance(node.indicators, dict) for n in node.indicators]
    yield "indicators", str(len(counted)) if counted else _number(claims.get("indicators"))
    facets = dict.fromkeys(facet for facet in _facets(document) if facet)
    yield "facets", _join((say(FACETS[facet], lang) for facet in facets), lang)
    shares = stage_shares(fw) if document.dimensions is not None else {}
    for stage in STAGES:
        yield f"share_{stage}", _interval(shares[stage]) if stage in shares else ""
    yield "gates", _join((gate.label.say(lang) for gate in document.gates.values()), lang)
    yield "staffing", _join(_staffing(document, lang), lang)
    yield "frequencies", _join(_frequencies(document, lang), lang)
    raters = document.raters if isinstance(document.raters, dict) else {}
    yield "evaluators", _join((_with(r.label, r.weight, lang) for r in raters.values()), lang)
    rounds = document.rounds if isinstance(document.rounds, dict) else {}
    yield "rounds", _join((_with(r.label, r.weight, lang) for r in rounds.values()), lang)
    grades = document.grades if isinstance(document.grades, dict) else {}
    yield "grades", _join((_grade(name, grade) for name, grade in grades.items()), lang)
    yield "tiers", _join((tier.label.say(lang) for tier in document.tiers.values()), lang)
    yield "money", _join(_money(document, lang), lang)
    yield (
        "funding",
        _join((f"{one.base.say(lang)} {_percent(one.share)}" for one in document.funding.values()), lang),
    )
    yield "targets", _join((target.label.say(lang) for target in document.targets.values()), lang)
    yield "consequences", _join(dict.fromkeys(one.label.say(lang) for one in document.consequences), lang)
    yield "unknowns", str(len(fw.unknowns()))


def _facets(document: d.Document) -> Iterator[str | None]:
    stack = list(document.dimensions.values()) if isinstance(document.dimensions, dict) else []
    while stack:
        node = stack.pop(0)
        yield node.facet
        if isinstance(node.indicators, dict):
            stack[:0] = node.indicators.values()
    yield from (gate.facet for gate in document.gates.values())


def _staffing(document: d.Document, lang: Language) -> Iterator[str]:
    """What the gates of staff ask at least."""
    for gate in document.gates.values():
        if gate.facet != "staff" or isinstance(gate.requires, Unknown):
            continue
        for one in gate.requires:
            if one.at_least is not None:
                asked = document.inputs[one.input]
                times = "" if one.times is None else f" × {document.inputs[one.times].label.say(lang)}"
                yield f"{asked.label.say(lang)} ≥ {_number(one.at_least)}{times}"


def _frequencies(document: d.Document, lang: Language) -> Iterator[str]:
    domains = document.catalogue.domains if document.catalogue is not None else {}
    for domain in domains.values() if isinstance(domains, dict) else ():
        for item in domain.items.values() if isinstance(domain.items, dict) else ():
            if item.per is not None:
                yield f"{item.label.say(lang)} {_number(item.min)}{item.unit or ''}/{say(PERIODS[item.per], lang)}"


def _money(document: d.Document, lang: Language) -> Iterator[str]:
    components = document.subsidy.components if document.subsidy is not None else {}
    for name, one in components.items() if isinstance(components, dict) else ():
        label = one.label.say(lang) if one.label is not None else name
        cap = "" if one.cap is None else f" ≤ {_number(one.cap)}"
        match one:
            case d.RateComponent():
                yield f"{label} {_percent(one.rate)}{cap}"
            case d.FlatComponent():
                yield f"{label} {_number(one.amount)}{cap}"
            case d.GradeComponent() | d.TierComponent():
                yield f"{label} " + " / ".join(f"{key} {_number(v)}" for key, v in one.amounts.items()) + cap
            case d.PersonMonthComponent():
                most = "" if one.max_months is None else f" ≤ {_number(one.max_months)}"
                yield f"{label} {_number(one.rate)}/{say('per-person-month', lang)}{most}{cap}"


def _with(label: Text, weight: Fraction | Unknown | None, lang: Language) -> str:
    return label.say(lang) if weight is None else f"{label.say(lang)} {_percent(weight)}"


def _grade(name: str, grade: d.Grade) -> str:
    return name if grade.at_least is None else f"{name} ≥ {_number(grade.at_least)}"


def _join(words: Iterable[str], lang: Language) -> str:
    return ("、" if lang == "zh" else "; ").join(words)


def _number(value: Fraction | Unknown | None) -> str:
    if isinstance(value, Unknown):
        low_high = "" if value.between is None else "–".join(decimal_text(edge) for edge in value.between)
        return f"?{low_high}"
    return "" if value is None else decimal_text(value)


def _percent(value: Fraction | Unknown) -> str:
    return "?" if isinstance(value, Unknown) else decimal_text(value * 100) + "%"


def _interval(bounds: Interval) -> str:
    low, high = (decimal_text(edge * 100, 1) for edge in bounds)
    return f"{low}%" if bounds[0] == bounds[1] else f"{low}–{high}%"


@dataclass(frozen=True, slots=True)
class Link:
    """One line of a crosswalk: an indicator (or dimension) of one framework and what it answers to in another."""

    a_id: str
    b_id: str
    relation: Literal["same", "part", "whole", "related"]
    note: Text


TURNED = {"same": "same", "part": "whole", "related": "related"}


def crosswalk(a: FrameworkLike, b: FrameworkLike) -> ResultTable:
    """Which indicators of two frameworks look at the same, at a part, or at something related.

    Returns
    -------
    ResultTable
        `a_id`, `a_label`, `b_id`, `b_label`, `relation` (`same`; `part`: a is part of b; `whole`: b is part of a;
        `related`), `note`; first the mapped ones, then those of either side that nothing answers to (the other None).

    Raises
    ------
    NotInFramework
        If no crosswalk of the two is checked in.
    """
    first, second = framework_of(a), framework_of(b)
    links = _links(first.id, second.id)
    labels_a, labels_b = _node_labels(first), _node_labels(second)
    rows: list[tuple[str | None, str | None, str | None, str]] = [
        (one.a_id, one.b_id, one.relation, one.note.say()) for one in links
    ]
    rows += [(name, None, None, "") for name in labels_a if name not in {one.a_id for one in links}]
    rows += [(None, name, None, "") for name in labels_b if name not in {one.b_id for one in links}]
    columns: dict[str, Sequence[Any]] = {
        "a_id": tuple(row[0] for row in rows),
        "a_label": tuple(labels_a.get(row[0] or "") for row in rows),
        "b_id": tuple(row[1] for row in rows),
        "b_label": tuple(labels_b.get(row[1] or "") for row in rows),
        "relation": tuple(row[2] for row in rows),
        "note": tuple(row[3] for row in rows),
    }
    return ResultTable("crosswalk", columns, f"{first.signature} | {second.signature}")


def _links(a: str, b: str) -> list[Link]:
    folder = built_in().root / "crosswalks"
    for left, right in ((a, b), (b, a)):
        path = folder / f"{left}--{right}.csv"
        if not path.is_file():
            continue
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        turn = (left, right) != (a, b)
        return [
            Link(
                row["b_id"] if turn else row["a_id"],
                row["a_id"] if turn else row["b_id"],
                TURNED[row["relation"]] if turn else row["relation"],  # type: ignore[arg-type]  # a test holds them
                Text(zh=row["note_zh"], en=row["note_en"]),
            )
            for row in rows
        ]
    known = sorted(path.stem for path in folder.glob("*.csv")) if folder.is_dir() else []
    raise NotInFramework([Problem("no-crosswalk", values={"a": a, "b": b, "known": known})])


def _node_labels(fw: Framework) -> dict[str, str]:
    found: dict[str, str] = {}
    stack = list(fw.doc.dimensions.items()) if isinstance(fw.doc.dimensions, dict) else []
    while stack:
        name, node = stack.pop(0)
        found[name] = node.label.say()
        if isinstance(node.indicators, dict):
            stack[:0] = node.indicators.items()
    return found

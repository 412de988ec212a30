"""The parts of a framework's page: one function a section, each a block of Markdown, empty where there is nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from stationeval.errors import Path
from stationeval.evaluation.side_by_side import ANYTHING, stage_shares
from stationeval.framework import documents as d
from stationeval.framework.values import Unknown
from stationeval.report import pictures
from stationeval.report.describing import CLAIMS
from stationeval.report.grounds import WORDS
from stationeval.report.markdown import blocks, text
from stationeval.report.view import View, figure


def sections(view: View) -> dict[str, list[str]]:
    """Everything that decides a result, by the code of its heading, in the order of the format."""
    parts = {
        "page-points": points(view),
        "head-bonus": extra(view, "bonus"),
        "head-deductions": extra(view, "deductions"),
        "sheet-gates": gates(view),
        "head-vetoes": vetoes(view),
        "show-rounds": rounds(view),
        "page-raters": raters(view),
        "page-policies": policies(view),
        "show-grades": grades(view),
        "show-tiers": tiers(view),
        "page-subsidy": subsidy(view),
        "ability-funding": funding(view),
        "ability-targets": targets(view),
        "ability-catalogue": catalogue(view),
        "ability-contest": contest(view),
        "explain-section-consequence": consequences(view),
        "page-claims": claims(view),
    }
    return {heading: lines for heading, lines in parts.items() if lines}


def _missing(view: View, what: Any) -> list[str]:
    """The sentence of a section that is wholly unknown."""
    return [f"**{text(view.words.unknown(what))}**"] if isinstance(what, Unknown) else []


def points(view: View) -> list[str]:
    """The tree with its points and rules."""
    dimensions = view.document.dimensions
    if dimensions is None:
        return []
    if isinstance(dimensions, Unknown):
        return _missing(view, dimensions)
    total = view.framework.points.get(())
    worth = view.words.points(view.document.total if total is None else total)
    whole = (f"**{view.say('page-total')}**", f"**{text(worth)}**", "", "", view.standing.cell((), "total"))
    rows = (whole, *_nodes(view, dimensions, ("dimensions",), 0))
    drawn = pictures.draw_comparison([view.framework], lang=view.lang)
    heads = ("head-indicator", "explain-field-points", "page-facet", "explain-field-rule", "head-status")
    told = any(bounds != ANYTHING for bounds in stage_shares(view.framework).values())
    return blocks(
        view.table(heads, rows, right=[1]),
        figure(drawn) if told else [],
        figure(pictures.curves(view.framework, view.lang)),
    )


def _nodes(view: View, nodes: Mapping[str, d.Node], path: Path, depth: int) -> Iterator[tuple[str, ...]]:
    words = view.words
    for name, node in nodes.items():
        here = (*path, name)
        worth = view.framework.points.get(here)
        own = node.points if node.weight is None else node.weight
        label = view.named(name, node.label.say(view.lang))
        said = [words.rule(node.rule, worth)]
        if node.applies is not None:
            said.append(words.say("page-applies", condition=words.condition(node.applies)))
        if node.missing is not None:
            said.append(words.say("page-missing", policy=words.say(WORDS[node.missing])))
        yield (
            "&emsp;" * depth + (f"**{label}**" if depth == 0 and node.indicators is not None else label),
            text(words.points(own if worth is None else worth)),
            view.facet(node.facet),
            text(words.clauses(said)),
            view.standing.cell(here),
        )
        if isinstance(node.indicators, Unknown):
            inside = words.say("show-inside", what=words.unknown(node.indicators))
            yield "&emsp;" * (depth + 1) + f"*{text(inside)}*", "", "", "", ""
        elif node.indicators is not None:
            yield from _nodes(view, node.indicators, (*here, "indicators"), depth + 1)


def extra(view: View, section: str) -> list[str]:
    """加分项 or 扣分项."""
    one: d.Extra | None = getattr(view.document, section)
    if one is None:
        return []
    words = view.words
    label = "" if one.label is None else one.label.say(view.lang)
    cap = "" if one.cap is None else words.say("page-cap", cap=words.value(one.cap))
    head = [text(words.clauses([label, cap])), view.standing.cell((section,))]
    rows = (
        (
            view.named(name, item.label.say(view.lang)),
            text(words.points(item.points)),
            text(words.rule(item.rule, item.points if isinstance(item.points, Fraction) else None)),
            view.standing.cell((section, "items", name)),
        )
        for name, item in (one.items.items() if isinstance(one.items, dict) else ())
    )
    heads = ("head-indicator", "explain-field-points", "explain-field-rule", "head-status")
    return blocks(
        ["<br>".join(part for part in head if part)], _missing(view, one.items), view.table(heads, rows, right=[1])
    )


def gates(view: View) -> list[str]:
    """准入条件."""
    rows = (
        (
            view.named(name, gate.label.say(view.lang)),
            view.facet(gate.facet),
            text(view.words.conditions(gate.requires)),
            view.standing.cell(("gates", name)),
        )
        for name, gate in view.document.gates.items()
    )
    return view.table(("sheet-gates", "page-facet", "page-required", "head-status"), rows)


def vetoes(view: View) -> list[str]:
    """一票否决."""
    found = view.document.vetoes
    if isinstance(found, Unknown):
        return _missing(view, found)
    rows = (
        (
            view.named(name, veto.label.say(view.lang)),
            text(view.words.condition(veto.when)),
            text(view.words.effect(veto.effect)),
            view.standing.cell(("vetoes", name)),
        )
        for name, veto in found.items()
    )
    return view.table(("head-vetoes", "explain-field-when", "explain-field-effect", "head-status"), rows)


def rounds(view: View) -> list[str]:
    """The rounds and their weights."""
    return _weighed(view, view.document.rounds, "rounds", "show-rounds")


def raters(view: View) -> list[str]:
    """The groups of raters, their shares, and how their ratings are trimmed."""
    return _weighed(view, view.document.raters, "raters", "page-raters")


def _weighed(
    view: View, found: Mapping[str, d.Round] | Mapping[str, d.Rater] | Unknown, section: str, head: str
) -> list[str]:
    if isinstance(found, Unknown):
        return _missing(view, found)

    def trimmed(one: d.Round | d.Rater) -> str:
        trim = one.trim if isinstance(one, d.Rater) else None
        if trim is None:
            return ""
        return view.say("page-trims", high=trim.drop_highest, low=trim.drop_lowest, needs=trim.needs)

    rows = (
        (
            view.named(name, one.label.say(view.lang)),
            "" if one.weight is None else text(view.words.value(one.weight, percent=True)),
            trimmed(one),
            view.standing.cell((section, name)),
        )
        for name, one in found.items()
    )
    return view.table((head, "explain-field-weight", "page-trim", "head-status"), rows)


def policies(view: View) -> list[str]:
    """What is done with missing values, digits and ties."""
    if view.document.dimensions is None:
        return []
    one, say = view.document.policies, view.words.say
    rounding = one.rounding
    digits = view.words.clauses(
        say(
            "page-digits",
            what=say(code),
            places=say("word-none") if places == "none" else say("page-places", places=places),
        )
        for code, places in (
            ("head-indicator", rounding.indicator),
            ("head-dimension", rounding.dimension),
            ("head-total", rounding.total),
        )
    )
    ties = say(WORDS[one.ties.method])
    if one.ties.break_by:
        ties = view.words.clauses([ties, say("page-break-by", names=one.ties.break_by)])
    rows: list[tuple[str, str, str]] = []
    for head, said, field in (
        ("explain-field-missing", say(WORDS[one.missing]), "missing"),
        ("explain-field-rounding", digits, "rounding"),
        ("field-method", ties, "ties"),
    ):
        cell = view.standing.cell(("policies",), field) or view.say("page-default")
        above = bool(rows) and cell == view.standing.cell(("policies",), "missing")
        rows.append((view.title(head), text(said), view.say("page-as-above") if above else cell))
    return view.table(("page-what", "page-content", "head-status"), rows)


def grades(view: View) -> list[str]:
    """The grades by their lower bounds, best first."""
    found = view.document.grades
    if isinstance(found, Unknown):
        return _missing(view, found)

    def bound(grade: d.Grade) -> str:
        if grade.at_least is None:
            return view.words.say("field-otherwise")
        return f"≥ {view.words.value(grade.at_least)}"

    rows = (
        (
            view.named(name, None if grade.label is None else grade.label.say(view.lang)),
            text(bound(grade)),
            "" if grade.quota is None else text(view.words.value(grade.quota, percent=True)),
            "" if grade.written is None else text(grade.written),
            view.standing.cell(("grades", name)),
        )
        for name, grade in found.items()
    )
    return view.table(("head-grade", "head-total", "field-quota", "page-written", "head-status"), rows)


def tiers(view: View) -> list[str]:
    """The service levels, lowest first."""
    rows = (
        (
            view.named(name, tier.label.say(view.lang)),
            text(view.words.conditions(tier.requires)),
            "" if tier.includes is None else text(view.words.tier(tier.includes)),
            view.standing.cell(("tiers", name)),
        )
        for name, tier in view.document.tiers.items()
    )
    return view.table(("show-tiers", "page-required", "page-includes", "head-status"), rows)


def subsidy(view: View) -> list[str]:
    """What a station is paid, in words and as a picture."""
    one = view.document.subsidy
    if one is None:
        return []
    words = view.words
    unit = words.say("page-paid-in", unit=words.value(one.rounding.unit))
    whole = view.standing.cell(("subsidy",), "currency", "rounding", "components") or view.say("page-default")
    rows = [
        (
            view.named(name, None if part.label is None else part.label.say(view.lang)),
            text(words.component(part)),
            text(words.when(part.when)),
            view.standing.cell(("subsidy", "components", name)),
        )
        for name, part in (one.components.items() if isinstance(one.components, dict) else ())
    ]
    if one.pool is not None:
        rows.append((view.say("page-pool"), text(words.pool(one.pool)), "", view.standing.cell(("subsidy", "pool"))))
    rows.append((view.title("explain-field-rounding"), text(unit), "", whole))
    drawn = pictures.money(view.document, view.lang)
    return blocks(
        _missing(view, one.components),
        view.table(("page-component", "page-amount", "head-condition", "head-status"), rows),
        *(figure(svg) for svg in drawn),
    )


def funding(view: View) -> list[str]:
    """Shares of named bases."""
    rows = (
        (
            view.named(name, one.label.say(view.lang)),
            text(view.words.funding(one)),
            view.standing.cell(("funding", name)),
        )
        for name, one in view.document.funding.items()
    )
    return view.table(("page-what", "explain-field-share", "head-status"), rows)


def targets(view: View) -> list[str]:
    """Coverage targets by their years."""
    rows = (
        (
            view.named(name, one.label.say(view.lang)),
            text(view.words.value(one.by)),
            text(view.words.target(one)),
            view.standing.cell(("targets", name)),
        )
        for name, one in view.document.targets.items()
    )
    return view.table(("page-what", "page-by", "explain-field-target", "head-status"), rows)


def catalogue(view: View) -> list[str]:
    """服务清单."""
    one = view.document.catalogue
    if one is None:
        return []
    words = view.words
    declared = [f"{words.say(CLAIMS[name])} {words.value(count)}" for name, count in one.declared.items()]
    said = words.say("page-complete" if one.complete else "page-incomplete")
    if declared:
        said = words.clauses([said, words.say("page-declares", what=declared)])
    domains = one.domains if isinstance(one.domains, dict) else {}
    counts = [len(domain.items) for domain in domains.values() if isinstance(domain.items, dict)]
    if domains:
        said = words.clauses([said, words.say("page-encoded", domains=len(domains), items=sum(counts))])
    head = [
        part for part in (text(said), view.standing.cell(("catalogue",), "complete", "declared", "domains")) if part
    ]
    rows = _services(view, domains)
    heads = ("page-service", "page-required", "head-status")
    return blocks(["<br>".join(head)], _missing(view, one.domains), view.table(heads, rows))


def _services(view: View, domains: Mapping[str, d.Domain]) -> Iterator[tuple[str, str, str]]:
    for name, domain in domains.items():
        here: Path = ("catalogue", "domains", name)
        label = view.named(name, domain.label.say(view.lang))
        yield f"**{label}**", "", view.standing.cell(here)
        if isinstance(domain.items, Unknown):
            yield f"&emsp;*{text(view.words.say('page-services', what=view.words.unknown(domain.items)))}*", "", ""
            continue
        for item_name, item in domain.items.items():
            yield (
                f"&emsp;{view.named(item_name, item.label.say(view.lang))}",
                text(view.words.service(item)),
                view.standing.cell((*here, "items", item_name)),
            )


def contest(view: View) -> list[str]:
    """赛马: how rounds add up, who is honoured."""
    one = view.document.contest
    if one is None:
        return []
    said = [view.words.say("page-annual-sum")]
    if one.honours is not None:
        label = "" if one.honours.label is None else one.honours.label.say(view.lang)
        code_ = "page-honours-round" if one.honours.of == "round" else "page-honours-year"
        said.append(view.words.say(code_, top=view.words.value(one.honours.top), label=label))
    cell = view.standing.cell(("contest",))
    return [f"{text(view.words.clauses(said))}<br>{cell}"]


def consequences(view: View) -> list[str]:
    """What follows from a result."""
    rows = (
        (
            text(view.words.follows(one.when)),
            text(one.label.say(view.lang)),
            text(view.words.terms(one)),
            view.standing.cell(("consequences", k)),
        )
        for k, one in enumerate(view.document.consequences)
    )
    return view.table(("page-when", "page-follows", "page-terms", "head-status"), rows)


def claims(view: View) -> list[str]:
    """What a source says of the whole."""
    rows = (
        (
            view.title(CLAIMS[one.claim]),
            text(view.words.value(one.equals)),
            view.standing.cell(("facts", k)),
        )
        for k, one in enumerate(view.document.facts)
    )
    return view.table(("page-what", "head-value", "head-status"), rows, right=[1])

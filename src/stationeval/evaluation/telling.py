"""An explanation told: as lines of text, as plain values for JSON, as nested HTML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from html import escape
from itertools import groupby
from typing import Any

from stationeval.evaluation.curves import ZERO
from stationeval.evaluation.explanation import CHANGES, Clause, Datum, Explanation, Finding, Node
from stationeval.evaluation.phrases import (
    BRACKETS,
    CLAUSES,
    COLON,
    LIST,
    Joined,
    Phrase,
    Saying,
    figure,
    fixed,
    said,
)
from stationeval.exact import decimal_text
from stationeval.messages import Language

HEADINGS = {
    "rounding": "explain-section-rounding",
    "veto": "explain-section-veto",
    "grade": "explain-section-grade",
    "rank": "explain-section-rank",
    "gate": "explain-section-gate",
    "tier": "explain-section-tier",
    "consequence": "explain-section-consequence",
}
STATUSES = {"documented": "explain-documented", "inferred": "explain-inferred", "assumed": "explain-assumed"}
FIELDS = {
    "points": "explain-field-points",
    "weight": "explain-field-weight",
    "missing": "explain-field-missing",
    "applies": "explain-field-applies",
    "target": "explain-field-target",
    "floor": "explain-field-floor",
    "when_zero": "explain-field-when-zero",
    "direction": "explain-field-direction",
    "bands": "explain-field-bands",
    "knots": "explain-field-knots",
    "items": "explain-field-items",
    "map": "explain-field-map",
    "points_each": "explain-field-points-each",
    "start": "explain-field-start",
    "out_of": "explain-field-out-of",
    "method": "explain-field-method",
    "requires": "explain-field-requires",
    "when": "explain-field-when",
    "effect": "explain-field-effect",
    "at_least": "explain-field-at-least",
    "quota": "explain-field-quota",
    "cap": "explain-field-cap",
}


def to_text(explanation: Explanation, lang: Language) -> str:
    """The whole explanation as lines of text."""
    lines = [*_head(explanation, lang), ""]
    for node in explanation.root.nodes:
        lines += [*_lines(node, lang, 0), ""]
    for section, group in groupby(explanation.findings, key=lambda one: one.section):
        lines.append(Saying(HEADINGS[section]).text(lang))
        for one in group:
            lines += [f"  {line}" for line in _finding_lines(one, lang)]
    return "\n".join(lines).rstrip() + "\n"


def to_html(explanation: Explanation, lang: Language) -> str:
    """The whole explanation as nested `<details>`; every text escaped."""
    title, *below = (escape(line) for line in _head(explanation, lang))
    tree = "".join(_html(node, lang) for node in explanation.root.nodes)
    found = "".join(
        f"<details open><summary>{escape(Saying(HEADINGS[section]).text(lang))}</summary>"
        + "".join(f"<div>{_html_lines(_finding_lines(one, lang))}</div>" for one in group)
        + "</details>"
        for section, group in groupby(explanation.findings, key=lambda one: one.section)
    )
    return f"<div><strong>{title}</strong><div>{'<br>'.join(below)}</div>{tree}{found}</div>"


def to_dict(explanation: Explanation, lang: Language) -> dict[str, Any]:
    """The whole explanation as plain values; exact numbers as text."""
    return {
        "station": explanation.station,
        "framework": explanation.framework.say(lang),
        "signature": explanation.signature,
        "total": format(explanation.total, "f"),
        "grade": explanation.grade,
        "rank": explanation.rank,
        "stations": explanation.stations,
        "tree": _node_dict(explanation.root, lang),
        "findings": [_finding_dict(one, lang) for one in explanation.findings],
    }


def _head(explanation: Explanation, lang: Language) -> list[str]:
    values = {
        "station": explanation.station,
        "total": format(explanation.total, "f"),
        "full": figure(explanation.root.full or ZERO),
        "grade": explanation.grade or "",
        "rank": explanation.rank,
        "stations": explanation.stations,
    }
    made_by = {"framework": explanation.framework, "signature": explanation.signature}
    code = "explain-head-ungraded" if explanation.grade is None else "explain-head"
    return [Saying(code, values).text(lang), Saying("explain-made-by", made_by).text(lang)]


def _lines(node: Node, lang: Language, depth: int) -> list[str]:
    inside = [inner for inner in node.nodes if inner.kind != "round"]
    own = [f"  {line}" for line in _own_lines(node, lang)]
    lines = ["  " * depth + line for line in (_title(node, lang), *own)]
    return lines + [line for inner in inside for line in _lines(inner, lang, depth + 1)]


def _own_lines(node: Node, lang: Language) -> list[str]:
    rounds = [inner for inner in node.nodes if inner.kind == "round"]
    said_of = _rounds(rounds, lang) if rounds else [_reasons([node], lang)]
    return [*(line for lines in said_of for line in lines), *_clause_lines(node.clauses, lang)]


def _title(node: Node, lang: Language) -> str:
    label = node.label.say(lang)
    if node.kind in CHANGES:
        sign = "+" if node.points > 0 else ""
        return Saying("explain-change", {"label": label, "points": sign + fixed(node.points)}).text(lang)
    named = label if node.kind in ("dimension", "bonus", "deductions") else f"{node.id} {label}"
    values = {"label": named, "points": fixed(node.points), "full": fixed(node.full or ZERO)}
    title = Saying("explain-taken" if node.path[0] == "deductions" else "explain-earned", values).text(lang)
    parts = [
        f"{inner.label.say(lang)} {fixed(inner.points)} × {figure(inner.weight)}"
        for inner in node.nodes
        if inner.kind == "round"
    ]
    return f"{title} = {' + '.join(parts)}" if parts else title


def _rounds(rounds: Sequence[Node], lang: Language) -> Iterator[list[str]]:
    """The rounds one by one; those with the same reasons are told once."""
    for _, group in groupby(rounds, key=lambda node: [phrase.text(lang) for phrase in node.words]):
        alike = list(group)
        first, *more = _reasons(alike, lang) or [""]
        yield [LIST[lang].join(node.label.say(lang) for node in alike) + COLON[lang] + first, *more]


def _reasons(alike: Sequence[Node], lang: Language) -> list[str]:
    """The words and data of nodes that read the same."""
    return [*(phrase.text(lang) for phrase in alike[0].words), *_data_lines([node.data for node in alike], lang)]


def _data_lines(columns: Sequence[Sequence[Datum]], lang: Language) -> list[str]:
    """What derived values were made from, and in which cells the data stand."""
    made: list[str] = []
    cells: list[str] = []
    for alike in zip(*columns, strict=True):
        one = alike[0]
        if one.made is not None:
            made.append(one.made.text(lang))
        where = LIST[lang].join(dict.fromkeys(text for each in alike if (text := _where(each, lang))))
        if where:
            value = Joined((one.label, " ", one.shown)).text(lang)
            cells.append(BRACKETS[lang].format(value, where))
    data = [Saying("explain-data", {"data": CLAUSES[lang].join(cells)}).text(lang)] if cells else []
    return [*made, *data]


def _where(datum: Datum, lang: Language) -> str:
    """The cell: its sheet and address, or the row of the data counted from 0."""
    place = datum.place
    if place is None or (place.cell is None and place.row is None):
        return ""
    if place.cell is not None:
        return f"{place.sheet}!{place.cell}" if place.sheet else place.cell
    return Saying("explain-row", {"row": place.row}).text(lang)


def _clause_lines(clauses: Sequence[Clause], lang: Language) -> list[str]:
    if not clauses:
        return []
    return [Saying("explain-basis", {"basis": CLAUSES[lang].join(_clause(one, lang) for one in clauses)}).text(lang)]


def _clause(clause: Clause, lang: Language) -> str:
    said_of: tuple[tuple[str, Any], ...] = (
        ("explain-title", clause.title),
        ("explain-locator", clause.locator),
        ("explain-facts", LIST[lang].join(clause.facts) or None),
        ("explain-quote", clause.quote),
    )
    where = [Saying(code, {"it": it}) for code, it in said_of if it is not None]
    values = {
        "status": Saying(STATUSES[clause.status]),
        "fields": _field_names(clause.fields),
        "where": Joined(tuple(where), {"zh": "，", "en": ", "}),
    }
    return Saying("explain-clause" if where else "explain-clause-bare", values).text(lang)


def _field_names(paths: Sequence[str]) -> list[Phrase]:
    """The values in words; what is none of the known ones is called the rule."""
    names: dict[str, None] = {}
    for path in paths:
        first, *rest = path.replace("[", ".").split(".")
        names[FIELDS.get(rest[0] if first == "rule" and rest else first, "explain-field-rule")] = None
    return [Saying(name) for name in names]


def _finding_lines(one: Finding, lang: Language) -> list[str]:
    words = [phrase.text(lang) for phrase in one.words]
    if one.section not in ("rounding", "grade", "rank"):
        words = [
            f"{one.label.say(lang)}{COLON[lang]}{said(one.outcome, lang)}",
            *(f"  {line}" for line in words),
        ]
    detail = [*_data_lines([one.data], lang), *_clause_lines(one.clauses, lang)]
    return [*words, *(f"  {line}" for line in detail)]


def _node_dict(node: Node, lang: Language) -> dict[str, Any]:
    return {
        "id": node.id,
        "kind": node.kind,
        "path": ".".join(node.path),
        "label": node.label.say(lang),
        "points": decimal_text(node.points),
        "full": None if node.full is None else decimal_text(node.full),
        "lost": decimal_text(node.lost),
        "weight": decimal_text(node.weight),
        "words": [phrase.text(lang) for phrase in node.words],
        "data": [_datum_dict(datum, lang) for datum in node.data],
        "clauses": [_clause_dict(clause, lang) for clause in node.clauses],
        "parts": [_node_dict(inner, lang) for inner in node.nodes],
    }


def _datum_dict(datum: Datum, lang: Language) -> dict[str, Any]:
    value = datum.value
    return {
        "id": datum.id,
        "label": datum.label.say(lang),
        "value": decimal_text(value) if isinstance(value, Fraction) else value,
        "unit": datum.unit,
        "place": None if datum.place is None else str(datum.place),
        "made": None if datum.made is None else datum.made.text(lang),
    }


def _clause_dict(clause: Clause, lang: Language) -> dict[str, Any]:
    return {
        "fields": list(clause.fields),
        "status": clause.status,
        "cite": clause.cite,
        "title": None if clause.title is None else clause.title.say(lang),
        "locator": clause.locator,
        "quote": clause.quote,
        "facts": list(clause.facts),
    }


def _finding_dict(one: Finding, lang: Language) -> dict[str, Any]:
    return {
        "section": one.section,
        "id": one.id,
        "label": one.label.say(lang),
        "outcome": said(one.outcome, lang),
        "changed": one.changed,
        "words": [phrase.text(lang) for phrase in one.words],
        "data": [_datum_dict(datum, lang) for datum in one.data],
        "clauses": [_clause_dict(clause, lang) for clause in one.clauses],
    }


def _html(node: Node, lang: Language) -> str:
    inside = _html_lines(_own_lines(node, lang))
    inside += "".join(_html(inner, lang) for inner in node.nodes if inner.kind != "round")
    return f"<details><summary>{escape(_title(node, lang))}</summary><div>{inside}</div></details>"


def _html_lines(lines: Sequence[str]) -> str:
    return "<br>".join(escape(line.strip()) for line in lines)

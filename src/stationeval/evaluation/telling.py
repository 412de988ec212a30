"""An explanation told: as lines of text, as plain values for JSON, as nested HTML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
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
STATUSES = {
    "documented": "status-documented",
    "inferred": "status-inferred",
    "assumed": "status-assumed",
    "unknown": "status-unknown",
}
FIELDS = {
    "total": "explain-field-total",
    "rounds": "explain-field-rounds",
    "rounding": "explain-field-rounding",
    "ties": "explain-field-ties",
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
    "method": "explain-field-method",
    "requires": "explain-field-requires",
    "when": "explain-field-when",
    "effect": "explain-field-effect",
    "at_least": "explain-field-at-least",
    "otherwise": "explain-field-at-least",
    "quota": "explain-field-quota",
    "cap": "explain-field-cap",
    "lasts": "explain-field-lasts",
    "share": "explain-field-share",
}


@dataclass(frozen=True, slots=True)
class _Voice:
    """The language that is spoken, and the number of each source in the list at the end."""

    lang: Language
    sources: Mapping[str, int]


def to_text(explanation: Explanation, lang: Language) -> str:
    """The whole explanation as lines of text."""
    voice = _voice(explanation, lang)
    lines = [*_head(explanation, lang), *_own_words(explanation.root, voice), ""]
    for node in explanation.root.nodes:
        lines += [*_lines(node, voice, 0), ""]
    for section, group in groupby(explanation.findings, key=lambda one: one.section):
        lines.append(Saying(HEADINGS[section]).text(lang))
        for one in group:
            lines += [f"  {line}" for line in _finding_lines(one, voice)]
    lines += [f"  {line}" if k else line for k, line in enumerate(_source_lines(explanation, voice))]
    return "\n".join(lines).rstrip() + "\n"


def to_html(explanation: Explanation, lang: Language) -> str:
    """The whole explanation as nested `<details>`; every text escaped."""
    voice = _voice(explanation, lang)
    title, *below = [*_head(explanation, lang), *_own_words(explanation.root, voice)]
    tree = "".join(_html(node, voice) for node in explanation.root.nodes)
    found = "".join(
        _folded(Saying(HEADINGS[section]).text(lang), [line for one in group for line in _finding_lines(one, voice)])
        for section, group in groupby(explanation.findings, key=lambda one: one.section)
    )
    sources = _source_lines(explanation, voice)
    found += _folded(sources[0], sources[1:]) if sources else ""
    return f"<div><strong>{escape(title)}</strong><div>{_html_lines(below)}</div>{tree}{found}</div>"


def _voice(explanation: Explanation, lang: Language) -> _Voice:
    cites = [clause.cite for clause in _clauses(explanation) if clause.cite is not None]
    return _Voice(lang, {cite: number for number, cite in enumerate(dict.fromkeys(cites), 1)})


def _clauses(explanation: Explanation) -> Iterator[Clause]:
    for node in explanation.root.all():
        yield from node.clauses
    for finding in explanation.findings:
        yield from finding.clauses


def _source_lines(explanation: Explanation, voice: _Voice) -> list[str]:
    """The sources by their numbers, under a heading."""
    titles = {clause.cite: clause.title for clause in _clauses(explanation) if clause.title is not None}
    numbered = [(_number(number, voice), titles.get(cite, cite)) for cite, number in voice.sources.items()]
    lines = [f"{number} {said(title, voice.lang)}" for number, title in numbered]
    return [Saying("explain-sources").text(voice.lang), *lines] if lines else []


def _number(number: int, voice: _Voice) -> str:
    return f"〔{number}〕" if voice.lang == "zh" else f"[{number}]"


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
        "grade": next((one.outcome for one in explanation.findings if one.section == "grade"), ""),
        "rank": explanation.rank,
        "stations": explanation.stations,
    }
    made_by = {"framework": explanation.framework, "signature": explanation.signature}
    code = "explain-head-ungraded" if explanation.grade is None else "explain-head"
    return [Saying(code, values).text(lang), Saying("explain-made-by", made_by).text(lang)]


def _lines(node: Node, voice: _Voice, depth: int) -> list[str]:
    inside = [inner for inner in node.nodes if inner.kind != "round"]
    own = [f"  {line}" for line in _own_lines(node, voice)]
    lines = ["  " * depth + line for line in (_title(node, voice), *own)]
    return lines + [line for inner in inside for line in _lines(inner, voice, depth + 1)]


def _own_words(node: Node, voice: _Voice) -> list[str]:
    return [*_reasons([node], voice), *_clause_lines(node.clauses, voice)]


def _own_lines(node: Node, voice: _Voice) -> list[str]:
    rounds = [inner for inner in node.nodes if inner.kind == "round"]
    if not rounds:
        return _own_words(node, voice)
    return [*(line for lines in _rounds(rounds, voice) for line in lines), *_clause_lines(node.clauses, voice)]


def _title(node: Node, voice: _Voice) -> str:
    label = node.label.say(voice.lang)
    if node.kind in CHANGES:
        sign = "+" if node.points > 0 else ""
        return Saying("explain-change", {"label": label, "points": sign + fixed(node.points)}).text(voice.lang)
    named = label if node.kind in ("dimension", "bonus", "deductions") else f"{node.id} {label}"
    values = {"label": named, "points": fixed(node.points)}
    code = "explain-taken" if node.path[0] == "deductions" else "explain-earned-endless"
    if code != "explain-taken" and node.full is not None:
        code, values["full"] = "explain-earned", fixed(node.full)
    title = Saying(code, values).text(voice.lang)
    parts = [
        f"{inner.label.say(voice.lang)} {fixed(inner.points)} × {figure(inner.weight)}"
        for inner in node.nodes
        if inner.kind == "round"
    ]
    return f"{title} = {' + '.join(parts)}" if parts else title


def _rounds(rounds: Sequence[Node], voice: _Voice) -> Iterator[list[str]]:
    """The rounds one by one; those with the same reasons are told once."""
    for _, group in groupby(rounds, key=lambda node: [phrase.text(voice.lang) for phrase in node.words]):
        alike = list(group)
        first, *more = _reasons(alike, voice) or [""]
        yield [LIST[voice.lang].join(node.label.say(voice.lang) for node in alike) + COLON[voice.lang] + first, *more]


def _reasons(alike: Sequence[Node], voice: _Voice) -> list[str]:
    """The words and data of nodes that read the same."""
    return [*(phrase.text(voice.lang) for phrase in alike[0].words), *_data_lines([node.data for node in alike], voice)]


def _data_lines(columns: Sequence[Sequence[Datum]], voice: _Voice) -> list[str]:
    """What derived values were made from, and in which cells the data stand."""
    made = [alike[0].made.text(voice.lang) for alike in zip(*columns, strict=True) if alike[0].made is not None]
    cells: list[str] = []
    for where, group in groupby(zip(*columns, strict=True), key=lambda alike: _where(alike, voice)):
        values = [Joined((alike[0].label, " ", alike[0].shown)).text(voice.lang) for alike in group]
        if where:
            cells.append(BRACKETS[voice.lang].format(LIST[voice.lang].join(values), where))
    data = [Saying("explain-data", {"data": CLAUSES[voice.lang].join(cells)}).text(voice.lang)] if cells else []
    return [*made, *data]


def _where(alike: Sequence[Datum], voice: _Voice) -> str:
    """The cells of one input: sheet and address, or the rows of the data counted from 0."""
    places = [datum.place for datum in alike if datum.place is not None]
    cells = [f"{place.sheet}!{place.cell}" if place.sheet else place.cell for place in places if place.cell]
    if cells:
        return LIST[voice.lang].join(cells)
    rows = [str(place.row) for place in places if place.row is not None]
    return Saying("explain-row", {"row": rows}).text(voice.lang) if rows else ""


def _clause_lines(clauses: Sequence[Clause], voice: _Voice) -> list[str]:
    if not clauses:
        return []
    basis = CLAUSES[voice.lang].join(_clause(one, voice) for one in clauses)
    return [Saying("explain-basis", {"basis": basis}).text(voice.lang)]


def _clause(clause: Clause, voice: _Voice) -> str:
    """Which values, their status, the source by its number, the place in it, the facts, the words."""
    where = [] if clause.cite is None else [_number(voice.sources[clause.cite], voice)]
    where += [] if clause.locator is None else [clause.locator]
    where += [LIST[voice.lang].join(clause.facts)] if clause.facts else []
    where += [] if clause.quote is None else [f"“{clause.quote}”"]
    fields = LIST[voice.lang].join(phrase.text(voice.lang) for phrase in _field_names(clause.fields))
    status = Saying(STATUSES[clause.status]).text(voice.lang)
    return f"{fields}{COLON[voice.lang]}" + (BRACKETS[voice.lang].format(status, " ".join(where)) if where else status)


def _field_names(paths: Sequence[str]) -> list[Phrase]:
    """The values in words; what is none of the known ones is called the rule."""
    names: dict[str, None] = {}
    for path in paths:
        first, *rest = path.replace("[", ".").split(".")
        names[FIELDS.get(rest[0] if first == "rule" and rest else first, "explain-field-rule")] = None
    return [Saying(name) for name in names]


def _finding_lines(one: Finding, voice: _Voice) -> list[str]:
    words = [phrase.text(voice.lang) for phrase in one.words]
    if one.section not in ("rounding", "grade", "rank"):
        words = [
            f"{one.label.say(voice.lang)}{COLON[voice.lang]}{said(one.outcome, voice.lang)}",
            *(f"  {line}" for line in words),
        ]
    detail = [*_data_lines([one.data], voice), *_clause_lines(one.clauses, voice)]
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


def _html(node: Node, voice: _Voice) -> str:
    inside = "".join(_html(inner, voice) for inner in node.nodes if inner.kind != "round")
    return _folded(_title(node, voice), _own_lines(node, voice), inside)


def _folded(summary: str, lines: Sequence[str], inside: str = "") -> str:
    return f"<details><summary>{escape(summary)}</summary><div>{_html_lines(lines)}{inside}</div></details>"


def _html_lines(lines: Sequence[str]) -> str:
    return "<br>".join(escape(line.strip()) for line in lines)

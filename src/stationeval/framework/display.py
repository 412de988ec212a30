"""A framework as a table for notebooks: the tree with its points, sources, and what is unknown. Everything escaped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from html import escape
from typing import TYPE_CHECKING, Any

from stationeval.errors import Path
from stationeval.exact import decimal_text, finite_places
from stationeval.framework.values import Unknown
from stationeval.messages import Language, say

if TYPE_CHECKING:
    from stationeval.framework.framework import Framework

MOST = 500


def html(framework: Framework, lang: Language = "zh") -> str:
    """The framework as a self-contained piece of HTML."""
    document = framework.doc
    unknown = framework.unknowns()
    parts = [
        f"<h3>{escape(framework.label(lang))}</h3>",
        f"<p><code>{escape(framework.signature)}</code> <code>sha256:{framework.sha256[:12]}</code></p>",
        _table(lang, ("fw-node", "fw-points"), list(_rows(document.dimensions, framework, ("dimensions",), 0, lang))),
        _table(
            lang,
            ("fw-source", "fw-title"),
            [(escape(name), escape(source.title.say(lang))) for name, source in document.sources.items()],
        ),
    ]
    if unknown:
        rows = [(escape(each.path), escape(say(each.why, lang))) for each in unknown[:MOST]]
        parts.append(f"<p>{escape(say('fw-unknowns', lang, count=len(unknown)))}</p>")
        parts.append(_table(lang, ("fw-path", "fw-why"), rows))
    return "".join(parts)


def _rows(nodes: Any, framework: Framework, path: Path, depth: int, lang: Language) -> Iterator[tuple[str, str]]:
    blanks = "&emsp;" * depth
    if isinstance(nodes, Unknown):
        yield f"{blanks}<i>{escape(say('unknown-value', lang))}</i>", ""
    if not isinstance(nodes, Mapping):
        return
    for name, node in nodes.items():
        points = framework.points.get((*path, name))
        shown = say("unknown-value", lang) if points is None else _points(points)
        yield f"{blanks}{escape(name)} {escape(node.label.say(lang))}", escape(shown)
        yield from _rows(node.indicators, framework, (*path, name, "indicators"), depth + 1, lang)


def _points(points: Fraction) -> str:
    return decimal_text(points) if finite_places(points) is not None else f"≈{decimal_text(points, 2)}"


def _table(lang: Language, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    head = "".join(f"<th>{escape(say(code, lang))}</th>" for code in heads)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><tr>{head}</tr>{body}</table>" if rows else ""

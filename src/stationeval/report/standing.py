"""What the values of one node of a framework rest on, in one cell: status, source, facts, words quoted, note."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from stationeval.errors import Path
from stationeval.evaluation.phrases import COLON
from stationeval.evaluation.telling import STATUSES
from stationeval.framework import provenance
from stationeval.framework.values import Text, is_unknown
from stationeval.framework.vocabulary import inside
from stationeval.report import markdown
from stationeval.report.describing import CLAIMS, Words
from stationeval.report.grounds import BOUNDS, NAMES

FIELDS: Mapping[str, str] = {
    **NAMES,
    "label": "page-name",
    "indicators": "page-inside",
    "requires": "explain-field-requires",
    "when": "explain-field-when",
    "amounts": "head-amount",
    "amount": "head-amount",
    "by": "page-by",
    "kind": "page-kind",
    "type": "page-kind",
    "achieved": "page-achieved",
    "whole": "page-whole",
    "input": "page-achieved",
    "actual": "page-achieved",
    "trim": "page-trim",
    "includes": "page-includes",
    "declared": "page-declared",
    "of": "page-of",
    "equals": "head-value",
    "count": "explain-field-target",
    "annual": "page-annual",
    "honours": "page-honours",
    "max": "page-range",
    "more_than": "page-range",
    "choices": "type-choice",
    "grade_at_least": "explain-field-when",
}
"""What the first step of a path inside a node is called."""

COMMON = 8
"""A note on so many nodes or more is told once, at the head."""

SILENT = frozenset({"unit", "facet", "written", "help", "evidence", "aliases", "places", "claim", "currency"})
"""Fields that are not worth a word on what they rest on."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words quoted from a source, with what rests on them."""

    words: str
    facts: tuple[str, ...]
    locator: str | None
    nodes: tuple[str, ...]


@dataclass(frozen=True)
class Standing:
    """What every value of a framework rests on, by the node that it belongs to."""

    words: Words
    tree: Mapping[str, Any]

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of each source, as the list of sources gives it."""
        return {name: k for k, name in enumerate(self.words.document.sources, 1)}

    @cached_property
    def _nodes(self) -> Mapping[Path, list[tuple[Path, str, Mapping[str, Any]]]]:
        """For each node its values: path inside the node, status, ground."""
        found: dict[Path, list[tuple[Path, str, Mapping[str, Any]]]] = {}
        tree = dict(self.tree)
        for path, value, owner in provenance.leaves(tree):
            rests = provenance.ground(tree, path, owner)
            status = "unknown" if is_unknown(value) else str(rests["status"])
            found.setdefault(owner, []).append((path[len(owner) :], status, rests))
        return found

    @cached_property
    def common(self) -> tuple[str, ...]:
        """The notes that stand on many nodes."""
        notes = [
            note
            for values in self._nodes.values()
            for note in dict.fromkeys(_said(rests.get("note"), self.words) for _, _, rests in values)
            if note
        ]
        return tuple(note for note in dict.fromkeys(notes) if notes.count(note) >= COMMON)

    def cell(self, node: Path, *fields: str) -> str:
        """What the values of a node rest on; of the named fields alone, where some are named."""
        values = [
            (inner, status, rests)
            for inner, status, rests in self._nodes.get(node, [])
            if (set(inner[:1]) & set(fields) if fields else not set(inner[:1]) & SILENT)
        ]
        if not values:
            return ""
        first, *rest = (self._statuses(values), *self._grounds(values))
        if rest and rest[0].startswith("〔"):
            first, rest = f"{first} {rest[0]}", rest[1:]
        return "<br>".join((first, *rest))

    def _statuses(self, values: Sequence[tuple[Path, str, Any]]) -> str:
        """`推断；假定：权重`: the status of most, then the others with what they are of."""
        statuses = [status for _, status, _ in values]
        known = [status for status in dict.fromkeys(statuses) if status != "unknown"]
        main = max(known, key=statuses.count, default="unknown")
        said = [self.words.say(STATUSES[main])]
        for status in dict.fromkeys(statuses):
            if status != main:
                names = dict.fromkeys(self._field(inner) for inner, own, _ in values if own == status)
                said.append(f"{self.words.say(STATUSES[status])}{COLON[self.words.lang]}{self.words.listed(names)}")
        return markdown.text(self.words.clauses(said))

    def _field(self, inner: Path) -> str:
        steps = [step for step in map(str, inner) if step != "rule"] if len(inner) > 1 else list(map(str, inner))
        code = FIELDS.get(steps[0])
        if code is None:
            code = "explain-field-rule" if inner[:1] == ("rule",) else "page-own"
        return self.words.say(code)

    def _grounds(self, values: Sequence[tuple[Path, str, Mapping[str, Any]]]) -> Iterator[str]:
        lines: dict[str, None] = {}
        for _, _, rests in values:
            where = self._where(rests)
            quote = _said(rests.get("quote"), self.words)
            if quote:
                where = f"「{markdown.text(quote)}」 {where}".rstrip()
            lines[where] = None
            note = _said(rests.get("note"), self.words)
            if note and note not in self.common:
                lines[f"*{markdown.text(self.words.say('page-note', note=note))}*"] = None
        yield from (line for line in lines if line)

    def _where(self, rests: Mapping[str, Any]) -> str:
        cite = str(rests.get("cite"))
        parts = [f"〔{self.numbers[cite]}〕"] if cite in self.numbers else []
        parts += [markdown.text(str(rests["locator"]))] if rests.get("locator") else []
        parts += [markdown.text(self.words.listed(rests.get("facts", ())))]
        return " ".join(part for part in parts if part)

    def quotes(self, source: str) -> list[Quote]:
        """Everything that is quoted from a source, once each, with the nodes that rest on it."""
        found: dict[tuple[str, tuple[str, ...], str | None], dict[str, None]] = {}
        for node, values in self._nodes.items():
            for inner, _, rests in values:
                words = _said(rests.get("quote"), self.words)
                if rests.get("cite") == source and words:
                    key = (words, tuple(rests.get("facts", ())), rests.get("locator"))
                    found.setdefault(key, {})[self.named(node or inner[:1])] = None
        return [Quote(words, facts, locator, tuple(nodes)) for (words, facts, locator), nodes in found.items()]

    def named(self, path: Path) -> str:
        """A place in the framework in words: the labels of the nodes it lies in, and the field."""
        here: Any = self.tree
        labels: list[str] = []
        rest: list[str] = []
        for step in path:
            here = inside(here, step)
            label = self._label(here)
            rest = [] if label else [*rest, str(step)]
            labels += [label] if label else []
        if rest and not labels:
            labels.append(self.words.say(TOP[rest[0]]) if rest[0] in TOP else rest[0])
            rest = rest[1:]
        field = [step for step in rest if step in FIELDS and step not in BOUNDS]
        labels += [self.words.say(FIELDS[field[-1]])] if field else [step for step in rest[-1:] if step not in BOUNDS]
        return " › ".join(labels)

    def _label(self, here: Any) -> str:
        """What a node is called; of a condition the input, of a claim what it counts."""
        if not isinstance(here, dict):
            return ""
        if isinstance(here.get("label"), dict):
            return Text(**here["label"]).say(self.words.lang)
        if here.get("claim") in CLAIMS:
            return self.words.say(CLAIMS[here["claim"]])
        return self.words.label(here["input"]) if "input" in here and "kind" not in here else ""


TOP: Mapping[str, str] = {
    "total": "page-total",
    "dimensions": "page-points",
    "bonus": "head-bonus",
    "deductions": "head-deductions",
    "gates": "sheet-gates",
    "vetoes": "head-vetoes",
    "rounds": "show-rounds",
    "raters": "page-raters",
    "policies": "page-policies",
    "grades": "show-grades",
    "tiers": "show-tiers",
    "subsidy": "page-subsidy",
    "funding": "ability-funding",
    "targets": "ability-targets",
    "catalogue": "ability-catalogue",
    "contest": "ability-contest",
    "consequences": "explain-section-consequence",
    "facts": "page-claims",
    "inputs": "page-inputs",
    "derive": "page-derived",
    "edition": "page-edition",
    "label": "page-name",
    "issuer": "page-issuer",
    "jurisdiction": "page-place",
    "effective": "page-effective",
    "period": "page-period",
}
"""What the sections are called."""


def _said(text: Mapping[str, Any] | None, words: Words) -> str:
    return "" if not text else Text(**text).say(words.lang)

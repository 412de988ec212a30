"""A flat table (code, parent, name, points, rule and its fields, input, source, quote) as the tree of a framework."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from stationeval.errors import Path, Place
from stationeval.framework.official import cells, paths
from stationeval.framework.official.drafting import SOURCE, Maker
from stationeval.framework.official.drafts import Draft, Table
from stationeval.framework.official.figures import read_amount
from stationeval.framework.official.flat_columns import (
    INPUTS,
    NODES,
    PART_WORDS,
    REST,
    STEPS,
    UNKNOWN_RULE,
    Column,
    head_of,
)
from stationeval.framework.official.headings import DEPTH
from stationeval.framework.official.page import Page, unreadable
from stationeval.framework.official.wording import Part
from stationeval.framework.paths import at
from stationeval.framework.values import is_unknown

_NEEDED = {
    "nodes": ({"code", "label", "parent"}, {"label", "kind", "points"}),
    "inputs": ({"code", "type"},),
    "rest": ({"path", "value"},),
}
_COLUMNS: dict[str, tuple[Column, ...]] = {"nodes": NODES, "inputs": INPUTS, "rest": REST}
_TYPES = {"count": "integer", "deduct": "integer", "checklist": "boolean", "lookup": "choice", "rating": "rating"}


@dataclass(frozen=True)
class FlatSheet:
    """A sheet of a flat table: what it holds, the row of its header, and where its columns are."""

    page: Page
    kind: str
    header: int
    columns: dict[str, int]
    unread: tuple[int, ...]


def find_flat(page: Page) -> FlatSheet | None:
    """What a sheet of a flat table holds; None where it is none."""
    for row in range(min(DEPTH, page.height)):
        texts = [page.text(row, column) for column in range(page.width)]
        for kind, columns in _COLUMNS.items():
            found: dict[str, int] = {}
            for column in columns:
                at_column = next((c for c, text in enumerate(texts) if text and head_of(column, text)), None)
                if at_column is not None and at_column not in found.values():
                    found[column.key] = at_column
            if any(needed <= found.keys() for needed in _NEEDED[kind]):
                unread = tuple(c for c, text in enumerate(texts) if text and c not in found.values())
                return FlatSheet(page, kind, row, found, unread)
    return None


@dataclass
class Flat:
    """What flat sheets say.

    Attributes
    ----------
    tree
        The framework as far as it is there.
    table
        Rows and problems, as those of a scoring sheet.
    made
        The rows that made a node, from 1.
    places
        The cell of every node.
    understood
        How many rules were understood from words.
    """

    tree: dict[str, Any] = field(default_factory=dict)
    table: Table = field(default_factory=Table)
    made: list[int] = field(default_factory=list)
    places: dict[Path, Place] = field(default_factory=dict)
    understood: int = 0


def read_flat(sheets: Sequence[FlatSheet]) -> Flat:
    """Read the sheets of a flat table, of which at least one holds nodes or rows of path and value."""
    reader = _Reader()
    by_kind = {sheet.kind: sheet for sheet in reversed(sheets)}
    for kind, read in (("inputs", reader.input), ("nodes", reader.node), ("rest", reader.value)):
        if kind in by_kind:
            reader.sheet(by_kind[kind], read)
    reader.flat.tree = paths.finished(reader.flat.tree)
    reader.complete()
    return reader.flat


@dataclass
class _Row:
    """A row of a sheet: its cells by the keys of the columns."""

    sheet: FlatSheet
    number: int

    def raw(self, key: str) -> Any:
        column = self.sheet.columns.get(key)
        return None if column is None else self.sheet.page.raw(self.number, column)

    def text(self, key: str) -> str:
        column = self.sheet.columns.get(key)
        return "" if column is None else self.sheet.page.text(self.number, column)

    def place(self, key: str) -> Place:
        return self.sheet.page.place(self.number, self.sheet.columns.get(key))

    def locator(self, key: str) -> str:
        column = self.sheet.columns.get(key, 0)
        return self.sheet.page.locator(self.number, column)


@dataclass
class _Reader:
    flat: Flat = field(default_factory=Flat)
    codes: dict[tuple[str, str], Path] = field(default_factory=dict)
    labels: dict[tuple[str, str], Path] = field(default_factory=dict)
    rows: dict[Path, _Row] = field(default_factory=dict)
    numbers: dict[Path, int] = field(default_factory=dict)

    def note(self, code: str, place: Place, value: Any = None, **values: Any) -> None:
        self.flat.table.note(code, place, value, **values)

    def sheet(self, sheet: FlatSheet, read: Any) -> None:
        """Read every row below the header, and say which columns are not read."""
        page = sheet.page
        for row in range(page.height):
            if row == sheet.header or not page.own(row):
                continue
            first = page.own(row)[0]
            if sheet.kind == "nodes":
                self.flat.table.rows.append(row + 1)
            if row < sheet.header:
                if sheet.kind == "nodes":
                    self.flat.table.title = self.flat.table.title or page.text(row, first)
                    self.note("table-title", page.place(row, first), page.text(row, first))
            else:
                read(_Row(sheet, row))
        for column in sheet.unread:
            if any(column in page.own(row) for row in range(sheet.header + 1, page.height)):
                self.note("table-column-unread", page.place(sheet.header, column), page.text(sheet.header, column))

    def cells(self, row: _Row, columns: Sequence[Column], tree: dict[str, Any]) -> None:
        """Put what the cells of a row say into its node or input."""
        for column in columns:
            if not column.path or column.key == "kind" or row.raw(column.key) is None:
                continue
            try:
                if unreadable(row.raw(column.key)):
                    raise cells.UnreadError(row.text(column.key))
                paths.put(tree, column.path, column.read(row.raw(column.key)))
            except cells.UnreadError:
                self.note("table-cell-unread", row.place(column.key), row.text(column.key), column=column.heads[0])
                if column.path in (("points",), ("weight",)):
                    tree[column.key] = {"unknown": "ambiguous"}
        if isinstance(basis := tree.get("basis"), dict):
            tree["basis"] = {"status": basis.get("status", "inferred"), **basis}

    # ---- inputs, and rows of path and value -------------------------------------------------------------------

    def input(self, row: _Row) -> None:
        name = row.text("code") or row.text("label")
        spec: dict[str, Any] = {}
        self.cells(row, INPUTS, spec)
        if not name or not paths.put(self.flat.tree, ("inputs", name), spec):
            self.note("table-code-twice" if name else "table-row-without-name", row.place("code"), name or None)

    def value(self, row: _Row) -> None:
        path = paths.read_path(row.text("path"))
        try:
            value = cells.read_value(row.raw("value"))
        except cells.UnreadError:
            value = row.text("value")
            self.note("table-value-as-text", row.place("value"), value)
        if path is None or not paths.put(self.flat.tree, path, value):
            self.note("table-path-unread", row.place("path"), row.text("path"))

    # ---- nodes ------------------------------------------------------------------------------------------------

    def node(self, row: _Row) -> None:
        part = "dimensions"
        if row.raw("part") is not None:
            try:
                part = PART_WORDS["read"](row.raw("part"))
            except cells.UnreadError:
                self.note("table-cell-unread", row.place("part"), row.text("part"), column="部分")
        where = self.where(row, part)
        if where is None:
            return
        code = row.text("code") or self.code(part, where)
        tree: dict[str, Any] = {}
        self.kind(row, tree)
        self.cells(row, NODES, tree)
        self.steps(row, tree)
        path = (*where, code)
        if not paths.put(self.flat.tree, path, tree):
            self.note("table-code-twice", row.place("code"), code)
            return
        self.flat.made.append(row.number + 1)
        self.flat.places[path] = row.place("label")
        self.rows[path] = row
        self.codes[part, code] = path
        self.labels.setdefault((part, row.text("label")), path)

    def where(self, row: _Row, part: str) -> Path | None:
        """The place of a row: below its parent, by code or by name."""
        parent = row.text("parent")
        if part != "dimensions":
            return (part, "items")
        if not parent:
            if not row.text("label") and not row.text("code"):
                self.note("table-row-without-name", row.sheet.page.place(row.number), row.text("quote") or None)
                return None
            return ("dimensions",)
        found = self.codes.get((part, parent)) or self.labels.get((part, parent))
        if found is None:
            self.note("table-no-parent", row.place("parent"), parent)
            return None
        return (*found, "indicators")

    def code(self, part: str, where: Path) -> str:
        """An id for a row that has none, from its place."""
        number = self.numbers[where] = self.numbers.get(where, 0) + 1
        parent = {"bonus": "plus-", "deductions": "minus-"}.get(part, "")
        parent = str(where[-2]) if part == "dimensions" and len(where) > 1 else parent
        name = f"{parent}{number}" if parent else chr(64 + min(number, 26))
        while (part, name) in self.codes:
            name += "x"
        return name

    def kind(self, row: _Row, tree: dict[str, Any]) -> None:
        if row.raw("kind") is None:
            return
        try:
            tree["rule"] = UNKNOWN_RULE.read(row.raw("kind"))
        except cells.UnreadError:
            if row.raw("quote") is not None:
                self.note("table-cell-unread", row.place("kind"), row.text("kind"), column="计分方式")
                tree["rule"] = {"unknown": "ambiguous"}

    def steps(self, row: _Row, tree: dict[str, Any]) -> None:
        if row.raw("steps") is None:
            return
        column = STEPS.get(str(at(tree, ("rule", "kind"))))
        try:
            if column is None:
                raise cells.UnreadError(row.text("steps"))
            paths.put(tree, column.path, column.read(row.raw("steps")))
        except cells.UnreadError:
            self.note("table-cell-unread", row.place("steps"), row.text("steps"), column="分档")

    # ---- what the table leaves open ---------------------------------------------------------------------------

    def complete(self) -> None:
        """Rules from words where a row has no kind, points that are not there, inputs that are only named."""
        inputs = self.flat.tree.get("inputs")
        known = dict(inputs) if isinstance(inputs, dict) and not is_unknown(inputs) else {}
        labels = {label: name for name, spec in known.items() if isinstance(label := at(spec, ("label", "zh")), str)}
        maker = Maker(self.flat.table, {code for _, code in self.codes}, {*known, *labels})
        for path, row in self.rows.items():
            node = at(self.flat.tree, path)
            part: Part = "base" if path[0] == "dimensions" else "bonus" if path[0] == "bonus" else "deductions"
            if "indicators" in node:
                continue
            if part == "base" and "points" not in node and "weight" not in node:
                node["points"] = {"unknown": "not-published"}
                self.note("table-no-points", row.place("label"), row.text("label"))
            if "rule" not in node:
                draft = Draft(row.text("label"), row.place("label"), row.locator("label"), row.number + 1)
                column = "weight" if "weight" in node else "points"
                if row.raw(column) is not None:
                    draft.amount = read_amount(row.raw(column), row.place(column), weights=column == "weight")
                said = "quote" if row.raw("quote") is not None or row.raw("kind") is None else "kind"
                draft.wording, draft.wording_place = row.text(said), row.place(said)
                node["rule"] = maker.rule(draft, str(path[-1]), part)
                basis: dict[str, Any] = {"status": "inferred", "cite": SOURCE, "locator": row.locator(said)}
                if said == "kind":
                    basis["quote"] = {"zh": draft.wording}
                node["basis"] = basis | (node["basis"] if isinstance(node.get("basis"), dict) else {})
            elif isinstance(node["rule"], dict):
                self._named(node, row, labels, known)
        self.flat.understood = maker.done.understood
        if isinstance(inputs, dict) or maker.inputs or known:
            self.flat.tree["inputs"] = {**known, **maker.inputs}

    def _named(self, node: dict[str, Any], row: _Row, labels: dict[str, str], known: dict[str, Any]) -> None:
        """Inputs that a rule names by their label, or that the table does not describe."""
        rule = node["rule"]
        derived = self.flat.tree.get("derive")
        there = known.keys() | (derived.keys() if isinstance(derived, dict) else set())

        def meant(text: str, kind: str) -> str:
            if text in there or text in labels:
                return labels.get(text, text) if text not in there else text
            stem = re.sub(r"[^a-z0-9]+", "_", str(row.text("code")).lower()).strip("_") or "input"
            name = text if re.fullmatch(r"[a-z][a-z0-9_]*", text) else f"{stem}_{len(known) + 1}"
            known[name] = {"type": kind, "label": {"zh": text}}
            if kind == "choice":
                known[name]["choices"] = list(rule.get("map", {}))
            if kind == "rating":
                known[name] |= {"min": 0, "max": node.get("points", 100)}
            if kind in ("integer", "number"):
                known[name]["min"] = 0
            labels[text] = name
            self.note("table-input-made", row.place("input"), text, name=name, kind=kind)
            return name

        kind = _TYPES.get(str(rule.get("kind")), "number")
        for key in ("input", "of"):
            if isinstance(rule.get(key), str):
                rule[key] = meant(rule[key], kind if key == "input" else "number")
        if rule.get("kind") == "checklist" and isinstance(rule.get("items"), dict):
            rule["items"] = {meant(text, "boolean"): points for text, points in rule["items"].items()}

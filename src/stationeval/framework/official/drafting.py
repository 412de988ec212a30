"""From drafts to the plain tree of a framework: ids, points, rules, inputs, and the cell that each rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from stationeval.errors import Path, Place
from stationeval.framework.official.drafts import Draft, Table
from stationeval.framework.official.figures import Amount, plain_number
from stationeval.framework.official.wording import Part, Understood, read_wording

SOURCE = "official-table"
"""The id of the table among the sources of what is made of it."""

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9.\-]{0,20}\Z")
_SAYS_NOTHING = frozenset(
    ["有", "是", "符合", "达标", "合格", "完成", "达到", "比率", "数值", "数量", "比例", "评定", "评分"]
) | {""}
_OWN_SCALE = frozenset({"bands", "checklist", "lookup"})
_SAYS_FULL = _OWN_SCALE | {"ratio"}
"""Kinds whose words say what full marks are; points that are taken off or added one by one do not."""


@dataclass
class Drafted:
    """What a table came to.

    Attributes
    ----------
    sections
        `total`, `dimensions`, `bonus`, `deductions`, `grades`, `inputs`, as far as the table has them.
    places
        The cell of every node, by its path.
    made
        The rows that made an indicator or item, from 1.
    understood
        How many rules were understood.
    """

    sections: dict[str, Any] = field(default_factory=dict)
    places: dict[Path, Place] = field(default_factory=dict)
    made: list[int] = field(default_factory=list)
    understood: int = 0


def draft_tree(table: Table, *, taken: Iterable[str] = (), words: Iterable[str] = ()) -> Drafted:
    """Make the tree of what was read.

    Parameters
    ----------
    table
        As read; what is not understood is added to its problems.
    taken
        Ids that are in use already.
    words
        Names and labels of inputs that are in use already.
    """
    return Maker(table, set(taken), set(words)).all()


@dataclass
class Maker:
    """Makes nodes, rules and inputs of drafts, and notes what it could not."""

    table: Table
    taken: set[str]
    words: set[str]
    done: Drafted = field(default_factory=Drafted)
    inputs: dict[str, dict[str, Any]] = field(default_factory=dict)

    def all(self) -> Drafted:
        """The tree of the whole table."""
        table, sections = self.table, self.done.sections
        base = table.parts["base"]
        weighed = bool(base) and all(draft.share is not None for draft in base)
        if table.total is not None and table.total.kind == "points":
            sections["total"] = plain_number(table.total.value)
        elif weighed:
            table.note("table-no-total", base[0].place)
            sections["total"] = {"unknown": "not-published"}
        if base:
            sections["dimensions"] = self.nodes(base, ("dimensions",), "")
        for part, letter in (("bonus", "plus"), ("deductions", "minus")):
            items = self.items("bonus" if part == "bonus" else "deductions", letter)
            if items is not None:
                sections[part] = items
        if table.grades:
            sections["grades"] = self.grades()
        sections["inputs"] = self.inputs
        return self.done

    # ---- nodes ------------------------------------------------------------------------------------------------

    def nodes(self, drafts: list[Draft], path: Path, parent: str) -> dict[str, Any]:
        """Siblings by their ids."""
        found: dict[str, Any] = {}
        for number, draft in enumerate(drafts, 1):
            name = self.name(draft, parent, number)
            here = (*path, name)
            self.done.places[here] = draft.place
            found[name] = self.node(draft, here, name)
        return found

    def name(self, draft: Draft, parent: str, number: int) -> str:
        """The table's own code where it can be an id, else one from the place in the tree: A, A1, A1-1."""
        if draft.code and _ID.match(draft.code) and draft.code not in self.taken:
            name = draft.code
        else:
            letters = chr(64 + number) if number <= 26 else f"A{chr(64 + (number - 1) % 26 + 1)}{(number - 1) // 26}"
            joint = "" if len(parent) == 1 else "-"
            first = f"{parent}{joint}{number}" if parent else letters
            name, more = first, 1
            while name in self.taken:
                more += 1
                name = f"{first}-{more}"
        self.taken.add(name)
        return name

    def node(self, draft: Draft, path: Path, name: str) -> dict[str, Any]:
        """A dimension or an indicator."""
        tree: dict[str, Any] = {"label": {"zh": draft.label}, **self.worth(draft)}
        if draft.children:
            tree["indicators"] = self.nodes(draft.children, (*path, "indicators"), name)
        else:
            self.done.made.append(draft.row)
            if draft.amount is None:
                tree["points"] = {"unknown": "not-published"}
                self.table.note("table-no-points", draft.place, draft.label)
            tree["rule"] = self.rule(draft, name, "base")
        return {**tree, "basis": self.basis(draft)}

    def worth(self, draft: Draft) -> dict[str, Any]:
        """Its points or its weight, where there is one."""
        amount = draft.amount
        if amount is None:
            return {} if draft.share is None else {"weight": plain_number(draft.share)}
        if amount.kind == "unknown":
            return {"points": {"unknown": amount.why}}
        return {amount.kind: plain_number(amount.value)}

    def basis(self, draft: Draft) -> dict[str, Any]:
        """The cell and the words that it rests on."""
        tree: dict[str, Any] = {"status": "inferred", "cite": SOURCE, "locator": draft.wording_locator or draft.locator}
        if draft.wording:
            tree["quote"] = {"zh": draft.wording}
        if draft.notes:
            tree["note"] = {"zh": "；".join(draft.notes)}
        return tree

    # ---- rules and inputs -------------------------------------------------------------------------------------

    def rule(self, draft: Draft, name: str, part: Part) -> dict[str, Any]:
        """The rule that the words of a draft mean, or why there is none."""
        if not draft.wording:
            self.table.note("table-no-rule", draft.place, draft.label)
            return {"unknown": "not-published"}
        found, scale = self.understood(draft, part)
        if found is None:
            self.table.note("table-rule-unread", draft.wording_place, draft.wording)
            return {"unknown": "ambiguous"}
        self.done.understood += 1
        for code in found.notes:
            self.table.note(code, draft.wording_place, draft.wording)
        names = {f"@{i}": self.input(draft, name, i, len(found.asked), found) for i in range(1, len(found.asked) + 1)}
        rule = {
            key: {names.get(inner, inner): each for inner, each in value.items()}
            if isinstance(value, dict)
            else names.get(value, value)
            if isinstance(value, str)
            else value
            for key, value in found.rule.items()
        }
        if scale is not None and rule["kind"] in _OWN_SCALE:
            rule["out_of"] = plain_number(scale)
        return rule

    def understood(self, draft: Draft, part: Part) -> tuple[Understood | None, Fraction | None]:
        """The rule that the words mean, and the scale of its points where a weight says what it is worth."""
        if draft.weight is None:
            return read_wording(draft.wording, full=draft.points, part=part), None
        for scale in (draft.weight, Fraction(100)):
            found = read_wording(draft.wording, full=scale, part=part)
            if found is not None and found.rule["kind"] in _SAYS_FULL:
                return found, scale
        return None, None

    def input(self, draft: Draft, name: str, number: int, count: int, found: Understood) -> str:
        """Put an input in the dictionary; its id."""
        asked = found.asked[number - 1]
        stem = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
        stem = stem if stem[:1].isalpha() else f"i{stem}"
        first = stem if count == 1 else f"{stem}_{number}"
        own, more = first, 1
        while own in self.words or own in self.inputs:
            more += 1
            own = f"{first}_{more}"
        spec = {**asked.spec, "label": {"zh": self.label(draft.label, asked.what, own)}, "help": {"zh": draft.wording}}
        if draft.evidence:
            spec["evidence"] = list(draft.evidence)
        self.inputs[own] = spec
        self.words.add(own)
        return own

    def label(self, indicator: str, what: str, name: str) -> str:
        """What the column of an input is called: by its own words where they say enough, and never like another."""
        what = what.strip("，,、:： ")
        options = [indicator] if what in _SAYS_NOTHING else []
        options += [what] if len(what) >= 4 and (indicator in what or what in indicator) else []
        options += [f"{indicator}：{what}", f"{indicator}：{what}（{name}）"]
        label = next(option for option in options if option not in self.words)
        self.words.add(label)
        return label

    # ---- what is added, what is deducted, grades --------------------------------------------------------------

    def items(self, part: Part, letter: str) -> dict[str, Any] | None:
        """What is added or deducted."""
        cap = self.table.caps.get(part)
        leaves = [(draft, outer) for outer in self.table.parts[part] for draft in outer.leaves()]
        if not leaves and cap is None:
            return None
        found: dict[str, Any] = {}
        for number, (draft, outer) in enumerate(leaves, 1):
            if draft is not outer:
                draft.label = f"{outer.label}：{draft.label}"
            name = self.name(draft, letter, number)
            self.done.places[part, "items", name] = draft.place
            self.done.made.append(draft.row)
            rule = self.rule(draft, name, part)
            points = draft.points or self.most(draft, part)
            tree: dict[str, Any] = {"label": {"zh": draft.label}, "rule": rule}
            if points is not None:
                tree["points"] = plain_number(points)
            found[name] = {**tree, "basis": self.basis(draft)}
        section: dict[str, Any] = {"items": found or {"unknown": "not-published"}}
        if isinstance(cap, Amount) and cap.kind == "points":
            section["cap"] = plain_number(cap.value)
        return section

    def most(self, draft: Draft, part: Part) -> Fraction | None:
        """The points that the words of an item call the most."""
        found = read_wording(draft.wording, full=None, part=part) if draft.wording else None
        return None if found is None else found.most

    def grades(self) -> dict[str, Any]:
        """The grades, each resting on the sentence that states them."""
        table = self.table
        basis = {
            "status": "inferred",
            "cite": SOURCE,
            "locator": table.grades_locator,
            "quote": {"zh": table.grades_words},
        }
        return {
            name: {"otherwise": True, "written": words, "basis": dict(basis)}
            if low is None
            else {"at_least": plain_number(low), "written": words, "basis": dict(basis)}
            for name, low, words in table.grades
        }

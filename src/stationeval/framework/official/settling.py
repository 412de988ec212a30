"""Once every row is read: whose points a cell states, which rows make one indicator, and whether the points add up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from stationeval.errors import Place, Problem
from stationeval.exact import decimal_text
from stationeval.framework.official.clauses import clauses
from stationeval.framework.official.drafts import Draft, Table
from stationeval.framework.official.figures import Amount
from stationeval.framework.official.page import Spot
from stationeval.framework.official.remarks import without_numbering

LONGEST_LABEL = 30
_POINTS = re.compile(r"[(:]?(?:的|者)?(?:得|计|记|给|加|扣)?[0-9.]+分.*|(?:不得分|得满分).*")


@dataclass(frozen=True, slots=True)
class Line:
    """What one row says of its indicator; `made` where the row is the one that named it."""

    row: int
    wording: str
    place: Place
    locator: str
    evidence: tuple[str, ...]
    notes: tuple[str, ...]
    made: bool


@dataclass(slots=True)
class Stated:
    """A cell of points: what it says, whose rows it stands beside, and which rows of an innermost one."""

    amount: Amount | None
    owners: list[Draft]
    rows: list[int] = field(default_factory=list)


def settle(
    table: Table,
    lines: Mapping[int, list[Line]],
    stated: Mapping[Spot, Stated],
    doubtful: Sequence[tuple[Draft, str, Amount]],
    sums: Sequence[tuple[str, Amount | None, int, list[Draft]]],
) -> None:
    """Give every draft its points and its words, and say where the numbers do not agree."""
    several = _whose(table, stated)
    for draft in [*_all(table)]:
        _words(table, draft, lines.get(id(draft), []), several.get(id(draft), []))
    for draft, label, amount in doubtful:
        inside = [child.worth for child in draft.children]
        if draft.amount is None and inside and None not in inside and sum(filter(None, inside)) == amount.value:
            draft.label, draft.amount = without_numbering(label)[0], amount
        else:
            table.note("table-number-in-label", draft.place, draft.label)
    for draft in _all(table):
        _adds_up(table, draft)
    _whole(table)
    for what, written, row, around in sums:
        _sum(table, what, written, row, around)


def _all(table: Table) -> Iterator[Draft]:
    def inside(draft: Draft) -> Iterator[Draft]:
        yield draft
        for child in draft.children:
            yield from inside(child)

    for drafts in table.parts.values():
        for draft in drafts:
            yield from inside(draft)


def _whose(table: Table, stated: Mapping[Spot, Stated]) -> dict[int, list[Stated]]:
    """Put the points where they belong; what is left are the cells that parts of one indicator have each."""
    leaves = {id(draft): frozenset(id(leaf) for leaf in draft.leaves()) for draft in _all(table)}
    byid = {id(draft): draft for draft in _all(table)}
    around = {each: name for name, each in reversed(leaves.items())}
    single: dict[int, list[Stated]] = {}
    for one in stated.values():
        if one.amount is None:
            continue
        under = frozenset().union(*(leaves[id(owner)] for owner in one.owners))
        if len(one.owners) > 1:
            one.owners = [byid[around[under]]] if under in around else []
            if not one.owners:
                table.note("table-points-shared", one.amount.place, decimal_text(one.amount.value))
                continue
        single.setdefault(id(one.owners[0]), []).append(one)
    for name, cells in single.items():
        draft = byid[name]
        if len(cells) > 1 and not draft.children:
            continue
        for one in cells:
            if draft.amount is not None and one.amount is not None and draft.amount.value != one.amount.value:
                table.note("table-two-points", one.amount.place, decimal_text(one.amount.value), label=draft.label)
            else:
                draft.amount = one.amount
    return {name: cells for name, cells in single.items() if len(cells) > 1 and not byid[name].children}


def _words(table: Table, draft: Draft, lines: Sequence[Line], parts: Sequence[Stated]) -> None:
    if draft.children:
        for line in lines:
            table.note(
                "table-group-row", Place(file=draft.place.file, sheet=draft.place.sheet, row=line.row + 1), draft.label
            )
            draft.notes += [text for text in (line.wording, *line.notes) if text]
        return
    if parts:
        _split(table, draft, lines, parts)
        return
    _join(table, draft, lines)


def _join(table: Table, draft: Draft, lines: Sequence[Line]) -> None:
    """Several rows of one indicator: their words one after the other, each once."""
    said: dict[str, Line] = {}
    for line in lines:
        if not line.made:
            table.note(
                "table-continued", Place(file=draft.place.file, sheet=draft.place.sheet, row=line.row + 1), draft.label
            )
        if line.wording:
            said.setdefault(line.wording, line)
    draft.wording = "\n".join(said)
    first = next(iter(said.values()), None)
    if first is not None:
        draft.wording_place, draft.wording_locator = first.place, first.locator
    draft.evidence = tuple(dict.fromkeys(one for line in lines for one in line.evidence))
    draft.notes += dict.fromkeys(text for line in lines for text in line.notes)


def _split(table: Table, draft: Draft, lines: Sequence[Line], parts: Sequence[Stated]) -> None:
    """An indicator whose rows have points each: the rows are indicators inside it, named by their first words."""
    starts = {min(part.rows): part for part in parts}
    groups: list[tuple[Stated | None, list[Line]]] = []
    for line in lines:
        if line.row in starts or not groups:
            groups.append((starts.get(line.row), []))
        groups[-1][1].append(line)
    for number, (part, own) in enumerate(groups, 1):
        first = own[0]
        label = _label(first.wording) or f"{draft.label}（{number}）"
        child = Draft(label, first.place, first.locator or draft.locator, first.row + 1)
        child.amount = None if part is None else part.amount
        _join(table, child, [replace(first, made=True), *own[1:]])
        table.note("table-label-from-words", first.place, label, label=draft.label)
        draft.children.append(child)


def _label(wording: str) -> str:
    """A name from the words of a rule: the beginning of its first sentence."""
    first = _POINTS.sub("", next(iter(clauses(wording)), ""))
    return first if len(first) <= LONGEST_LABEL else first[: LONGEST_LABEL - 1] + "…"


def _adds_up(table: Table, draft: Draft) -> None:
    if draft.amount is None or draft.amount.kind == "unknown" or not draft.children:
        return
    inside = [child.worth for child in draft.children]
    if None in inside:
        return
    found = sum(filter(None, inside), Fraction(0))
    weights = all(child.weight is not None for child in draft.children)
    if found != draft.amount.value and not (weights and found in (1, 100)):
        _differs(table, draft.amount, found, draft.label)


def _differs(table: Table, written: Amount, found: Fraction, label: str) -> None:
    values = {"label": label, "sum": decimal_text(found), "written": decimal_text(written.value)}
    table.problems.append(Problem("table-sum-differs", written.place, values["written"], values))


def _part_sum(drafts: Sequence[Draft]) -> Fraction | None:
    worth = [draft.worth for draft in drafts]
    return None if None in worth else sum(filter(None, worth), Fraction(0))


def _whole(table: Table) -> None:
    """The stated whole against the sum of the base, alone or with what can be added; percentages against 100."""
    base = table.parts["base"]
    found = _part_sum(base)
    if found is None or not base:
        return
    if all(draft.share is not None for draft in base):
        if found not in (1, 100):
            written = Amount("weight", Fraction(100), base[0].place)
            _differs(table, written, found, table.title or "")
        return
    if table.total is not None and table.total.kind == "points" and found != table.total.value:
        cap = table.caps.get("bonus")
        extra = _part_sum(table.parts["bonus"]) if cap is None else cap.value
        if extra and found + extra == table.total.value:
            table.total = None
            return
        _differs(table, table.total, found, table.title or "")


def _sum(table: Table, what: str, written: Amount | None, row: int, around: Sequence[Draft]) -> None:
    """A row that is a sum, against what stands above it."""
    kind, _, part = what.partition("-")
    drafts = table.parts["bonus" if part == "bonus" else "deductions" if part == "deductions" else "base"]
    whole = _part_sum(drafts)
    if written is None:
        return
    if kind == "whole" and part == "base" and table.total is None and whole in (None, written.value):
        table.total = written if written.kind == "points" else None
        return
    bonus = _part_sum(table.parts["bonus"])
    above = [_part_sum([draft for draft in drafts if draft.row <= row])]
    known = [each for each in (whole, *above, *(draft.worth for draft in around if draft.children)) if each is not None]
    known += [whole + bonus] if whole is not None and bonus else []
    known += [Fraction(100), Fraction(1)] if written.kind == "weight" and kind == "whole" else []
    if known and written.value not in known:
        _differs(table, written, known[-1] if kind == "part" else known[0], "")

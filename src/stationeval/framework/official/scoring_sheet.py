"""A scoring sheet with merged cells down its left, row by row, as drafts: every row is used or listed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction

from stationeval.framework.official.drafts import Draft, Table
from stationeval.framework.official.figures import Amount, points_in_label, read_amount
from stationeval.framework.official.headings import Columns
from stationeval.framework.official.page import Page, Spot, unreadable
from stationeval.framework.official.remarks import (
    Section,
    is_remark,
    read_grades,
    section_of,
    sum_of,
    whole_in,
    without_numbering,
)
from stationeval.framework.official.settling import Line, Stated, settle
from stationeval.framework.official.wording import Part


def read_scoring_sheet(page: Page, columns: Columns) -> Table:
    """Read a sheet whose header was found.

    Returns
    -------
    Table
        Its drafts, with a problem for every row and cell that is not in them.
    """
    reader = _Reader(page, columns)
    for row in range(page.height):
        if page.own(row) and not columns.top <= row <= columns.bottom:
            reader.table.rows.append(row + 1)
            reader.title(row) if row < columns.top else reader.line(row)
    reader.unread()
    settle(reader.table, reader.lines, reader.stated, reader.doubtful, reader.sums)
    return reader.table


@dataclass
class _Step:
    """A level of the row before: its words, the cell that has them, and the draft, which a mere heading has not."""

    text: str
    spot: Spot
    draft: Draft | None


@dataclass
class _Reader:
    page: Page
    columns: Columns
    table: Table = field(default_factory=Table)
    path: list[_Step | None] = field(default_factory=list)
    section: Draft | None = None
    part: Section = "base"
    group: Section | None = None
    last: Draft | None = None
    lines: dict[int, list[Line]] = field(default_factory=dict)
    stated: dict[Spot, Stated] = field(default_factory=dict)
    doubtful: list[tuple[Draft, str, Amount]] = field(default_factory=list)
    sums: list[tuple[str, Amount | None, int, list[Draft]]] = field(default_factory=list)

    def say(self, code: str, row: int, column: int | None = None, value: object = None) -> None:
        self.table.note(code, self.page.place(row, column), value)

    # ---- rows that are no indicator ---------------------------------------------------------------------------

    def title(self, row: int) -> None:
        column = self.page.own(row)[0]
        text = self.page.text(row, column)
        self.table.title = self.table.title or " ".join(text.split())
        if (whole := whole_in(text)) is not None and self.table.total is None:
            self.table.total = Amount("points", whole, self.page.place(row, column))
        self.say("table-title", row, column, text)

    def line(self, row: int) -> None:
        own = self.page.own(row)
        first = self.page.text(row, own[0])
        if row in self.page.grid.hidden_rows:
            self.say("table-row-hidden", row)
        if self._repeats_header(row):
            self.say("table-repeated-header", row)
        elif (said := sum_of(first)) is not None:
            self._sum(row, own[0], *said)
        elif len(own) == 1 and self._stands_alone(row, own[0]):
            self._alone(row, own[0], first)
        elif is_remark(first) and not any(c in own for c, _, _ in self.columns.points) and own[0] < 2 and len(own) < 3:
            self._remark(row, own[0], first)
        elif self.part == "vetoes":
            self.say("table-veto", row, own[0], " ".join(self.page.text(row, c) for c in own))
        else:
            self._indicator(row)

    def _repeats_header(self, row: int) -> bool:
        heads = [(c, text) for c, text in enumerate(self.columns.texts) if text]
        return sum(self.page.text(row, c) == text for c, text in heads) * 2 > len(heads)

    def _stands_alone(self, row: int, column: int) -> bool:
        """Whether a row is one cell across the table, or one before its first level."""
        spread = max((c for c in range(self.page.width) if self.page.origin(row, c) == (row, column)), default=column)
        if column < self.columns.levels[0] and spread == column:
            return True
        return column <= self.columns.levels[0] and spread > max(self.columns.levels[-1], column + 1)

    def _alone(self, row: int, column: int, text: str) -> None:
        kind = section_of(text)
        if kind is None and is_remark(text):
            self._remark(row, column, text)
            return
        self.path, self.last, self.section, self.group = [], None, None, None
        label, amount, sure = points_in_label(text, self.page.place(row, column))
        self.say("table-section", row, column, text)
        if kind == "whole":
            self.part = "base"
            self.table.total = self.table.total or amount
        elif kind is not None:
            self.part = kind
            if amount is not None and kind in ("bonus", "deductions"):
                self.table.caps[kind] = amount
        else:
            self.part = "base"
            self.section = self._draft(label if sure else text, row, column, None)
            self.section.amount = amount if sure else None
            if amount is not None and not sure:
                self.doubtful.append((self.section, label, amount))

    def _remark(self, row: int, column: int, text: str) -> None:
        if not self.table.grades and (grades := read_grades(re.sub(r"^\s*(?:备?注|说明)\s*[:：]", "", text))):
            self.table.grades = grades
            self.table.grades_locator = self.page.locator(row, column)
            self.table.grades_words = text
            self.say("table-grades", row, column, text)
        else:
            self.say("table-remark", row, column, text)

    def _sum(self, row: int, column: int, what: str, written: Fraction | None) -> None:
        place = self.page.place(row, column)
        amount = None if written is None else Amount("points", written, place)
        for c, weights, _ in self.columns.points:
            if self.page.origin(row, c) == (row, c):
                amount = read_amount(self.page.raw(row, c), self.page.place(row, c), weights=weights) or amount
        part = self.part if self.part in ("bonus", "deductions") else "base"
        around = [step.draft for step in self.path if step is not None and step.draft is not None]
        around += [self.section] if self.section is not None else []
        self.sums.append((f"{what}-{part}", amount, row, around))
        self.say("table-sum", row, column, self.page.text(row, column))

    # ---- indicators -------------------------------------------------------------------------------------------

    def _indicator(self, row: int) -> None:
        page, levels = self.page, self.columns.levels
        spots = [page.origin(row, column) for column in levels]
        texts = [
            "" if spot[1] != column and spot[1] in levels else page.text(row, column)
            for spot, column in zip(spots, levels, strict=True)
        ]
        deepest = max((depth for depth, text in enumerate(texts) if text), default=-1)
        if deepest < 0:
            self._nameless(row)
            return
        made = False
        for depth in range(deepest + 1):
            known = self.path[depth] if depth < len(self.path) else None
            if self.group == "vetoes" and (depth or not texts[0] or (known is not None and known.spot == spots[0])):
                self.say("table-veto", row, page.own(row)[0], " ".join(page.text(row, c) for c in page.own(row)))
                return
            if not texts[depth]:
                self.path += [None] * (depth + 1 - len(self.path))
                continue
            if known is not None and (
                known.spot == spots[depth]
                or (known.text == texts[depth] and depth < deepest and known.draft is not None)
            ):
                continue
            self.path = [*self.path[:depth], *[None] * (depth - len(self.path))]
            self.path.append(self._step(texts[depth], spots[depth], row, depth))
            made = made or depth == deepest
            if self._part() == "vetoes":
                self.say("table-veto", row, page.own(row)[0], " ".join(page.text(row, c) for c in page.own(row)))
                return
        self.path = self.path[: deepest + 1]
        step = self.path[deepest]
        if step is None or step.draft is None:
            self._cap_or_item(row, levels[deepest], texts[deepest])
        else:
            self.last = step.draft
            self._fill(step.draft, row, deepest, made=made)

    def _part(self) -> Section:
        return self.part if self.group is None else self.group

    def _step(self, text: str, spot: Spot, row: int, depth: int) -> _Step:
        """A new level: a draft below what stands to its left, or the heading of what is added, deducted or vetoed."""
        if not any(step is not None for step in self.path):
            kind = section_of(text)
            self.group = kind if kind in ("bonus", "deductions", "vetoes") else None
            if kind == "whole" or self.group is not None:
                _, amount, _ = points_in_label(text, self.page.place(*spot))
                if amount is not None and self.group in ("bonus", "deductions"):
                    self.table.caps[self.group] = amount
                return _Step(text, spot, None)
        parents = [step.draft for step in self.path if step is not None and step.draft is not None]
        label, amount, sure = points_in_label(text, self.page.place(*spot))
        outer = self.section if self.group is None else None
        draft = self._draft(label if sure else text, *spot, parents[-1] if parents else outer)
        if sure:
            draft.amount = amount
        elif amount is not None:
            self.doubtful.append((draft, label, amount))
        code = self.columns.code
        given = "" if code is None or depth + 1 < len(self.columns.levels) else self.page.text(row, code)
        if given and not given.isdigit() and not draft.code:
            draft.code = without_numbering(f"{given} x")[1]
        return _Step(text, spot, draft)

    def _draft(self, text: str, row: int, column: int, parent: Draft | None) -> Draft:
        label, code = without_numbering(text)
        draft = Draft(label, self.page.place(row, column), self.page.locator(row, column), row + 1, code)
        part: Part = "bonus" if self._part() == "bonus" else "deductions" if self._part() == "deductions" else "base"
        (self.table.parts[part] if parent is None else parent.children).append(draft)
        return draft

    def _cap_or_item(self, row: int, column: int, text: str) -> None:
        """A row that has only the heading of a section: its points cap the section, or it is an item by itself."""
        standard = " ".join(filter(None, (self.page.text(row, c) for c in self.columns.standard)))
        kind = self._part()
        if kind in ("bonus", "deductions") and standard:
            draft = self._draft(text, row, column, None)
            self.path[-1] = _Step(text, (row, column), draft)
            self.last = draft
            self._fill(draft, row, len(self.path) - 1, made=True)
            return
        for c, weights, _ in self.columns.points:
            amount = read_amount(self.page.raw(row, c), self.page.place(row, c), weights=weights)
            if amount is not None and kind in ("bonus", "deductions"):
                self.table.caps[kind] = amount
            elif amount is not None and self.table.total is None:
                self.table.total = amount
        self.say("table-section", row, column, text)

    def _nameless(self, row: int) -> None:
        words = [self.page.text(row, c) for c in self.columns.standard if self.page.origin(row, c) == (row, c)]
        points = [
            c for c, _, _ in self.columns.points if self.page.origin(row, c) == (row, c) and self.page.text(row, c)
        ]
        if self.last is None or not any(words) or (points and not self.columns.standard):
            self.say("table-row-without-name", row, self.page.own(row)[0], self.page.text(row, self.page.own(row)[0]))
            return
        self._fill(self.last, row, len(self.path) - 1, made=False)

    def _fill(self, draft: Draft, row: int, deepest: int, *, made: bool) -> None:
        """What the other columns of a row say of its indicator."""
        page = self.page
        cells = [c for c in self.columns.standard if page.text(row, c)]
        evidence = [
            one for c in self.columns.evidence for one in re.split(r"[；;、\n]+", page.text(row, c)) if one.strip()
        ]
        notes = [text for c in self.columns.note if (text := page.text(row, c))]
        spots = [page.origin(row, c) for c in cells]
        for column in (*self.columns.standard, *self.columns.evidence, *self.columns.note):
            if unreadable(page.raw(row, column)):
                self.say("table-error-cell", row, column, page.raw(row, column))
        line = Line(
            row,
            "；".join(page.text(*spot) for spot in spots),
            page.place(*spots[0]) if spots else page.place(row),
            page.locator(*spots[0]) if spots else "",
            tuple(one.strip() for one in evidence),
            tuple(notes),
            made,
        )
        self.lines.setdefault(id(draft), []).append(line)
        for column, weights, level in self.columns.points:
            spot = page.origin(row, column)
            raw = page.raw(row, column)
            if raw is None:
                continue
            step = self.path[min(level, deepest)] if level < deepest else self.path[deepest]
            owner = draft if step is None or step.draft is None or level >= deepest else step.draft
            if spot not in self.stated:
                amount = read_amount(raw, page.place(*spot), weights=weights)
                if amount is None:
                    code = "table-error-cell" if unreadable(raw) else "table-points-unread"
                    self.say(code, *spot, page.text(*spot))
                    amount = Amount("unknown", Fraction(0), page.place(*spot), "ambiguous")
                self.stated[spot] = Stated(amount, [])
            if owner not in self.stated[spot].owners:
                self.stated[spot].owners.append(owner)
            if owner is draft:
                self.stated[spot].rows.append(row)

    def unread(self) -> None:
        """Columns that have something in them and are not read."""
        read = {*self.columns.levels, *self.columns.standard, *self.columns.evidence, *self.columns.note}
        read |= {c for c, _, _ in self.columns.points} | (
            {self.columns.code} if self.columns.code is not None else set()
        )
        for column in range(self.page.width):
            if column in read or column in {self.page.origin(self.columns.bottom, c)[1] for c in read}:
                continue
            rows = [r for r in range(self.columns.bottom + 1, self.page.height) if column in self.page.own(r)[1:]]
            if rows:
                head = self.columns.texts[column] if column < len(self.columns.texts) else ""
                self.say("table-column-unread", self.columns.bottom, column, head or self.page.text(rows[0], column))

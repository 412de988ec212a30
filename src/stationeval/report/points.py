"""总表, 维度, 指标, 扣分: who is where, the points at every level, and where they were lost."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from stationeval.evaluation.exactly import Floats
from stationeval.evaluation.explanation import Clause
from stationeval.evaluation.gaps import gaps
from stationeval.evaluation.phrases import BRACKETS
from stationeval.evaluation.plan import Branch, known
from stationeval.evaluation.results import Scores
from stationeval.exact import decimal_text
from stationeval.report.contents import STATUSES, Contents
from stationeval.report.layout import Cell, Column, Live, Sheet
from stationeval.workbooks import column_letters as letters

MOST_EXPLAINED = 1_000
"""Stations whose lost points are listed one by one."""


def summary(contents: Contents) -> Sheet:
    """总表: rank, station, dimensions, total, grade, vetoes, money; best first."""
    scores, lang = contents.scores, contents.lang
    document, places = scores.framework.doc, scores.places
    table = scores.table()
    columns = [Column(contents.say("head-rank"), "integer"), Column(contents.say("head-station"))]
    cells: list[Sequence[Cell]] = [scores.ranks, scores.stations]
    for name in scores.data.table.kept:
        columns.append(Column(name))
        cells.append(scores.group(name))
    for child in scores.plan.root.children:
        full = decimal_text(child.points * weight_of_rounds(scores), 2).removesuffix(".00")
        header = BRACKETS[lang].format(f"{contents.labels[child.path]}\n", full)
        columns.append(Column(header, "points", contents.say("head-dimensions"), places))
        cells.append(table[child.id])
    for name, code in (("bonus", "head-bonus"), ("deductions", "head-deductions")):
        if name in table.columns:
            columns.append(Column(contents.say(code), "points", "", places))
            cells.append(table[name])
    columns.append(Column(contents.say("head-total"), "points", "", places))
    cells.append(scores.totals)
    if scores.grades is not None:
        columns.append(Column(contents.say("head-grade"), "grade"))
        cells.append([contents.grades[grade] for grade in scores.grades])
    if vetoes := known(document.vetoes):
        held = scores.standings.vetoes()
        columns.append(Column(contents.say("head-vetoes"), "long"))
        cells.append([contents.listed(vetoes[name].label.say(lang) for name in one) or None for one in held])
    if contents.money is not None:
        columns.append(Column(contents.say("head-money"), "money", "", contents.money_places))
        cells.append(contents.money["amount"])
    remarks = [contents.say("remark-unpaid", why=contents.unpaid[0].why(lang))] if contents.unpaid else []
    rows = sorted(zip(*cells, strict=True), key=lambda row: row[0])
    return Sheet(contents.say("sheet-summary"), columns, rows, remarks, frozen=2)


def weight_of_rounds(scores: Scores) -> Fraction:
    """What a point of an indicator counts over all rounds."""
    return sum(scores.data.standing.weights, Fraction(0))


def dimensions(contents: Contents) -> Sheet:
    """维度: points and share of full marks of every dimension, under full marks and means."""
    scores = contents.scores
    weight = weight_of_rounds(scores)
    columns = [Column(contents.say("head-station"))]
    cells: list[list[Cell]] = [list(scores.stations)]
    full: list[Cell] = [contents.say("head-full-marks")]
    mean: list[Cell] = [contents.say("head-mean")]
    for child in scores.plan.root.children:
        points, most, c = scores.points(child.id), float(child.points * weight), len(columns)
        label = contents.labels[child.path]
        columns += [Column(contents.say("head-points"), "points", label, scores.places)]
        columns += [Column(contents.say("head-share"), "share", label, 1)]
        shares = points / most if most else points * 0
        cells += [points.tolist(), [Live(f"={letters(c)}{{row}}/{letters(c)}${{top}}", x) for x in shares.tolist()]]
        full += [most, 1.0]
        mean += [_mean(c, points), _mean(c + 1, shares)]
    rows = [(*row, total) for row, total in zip(zip(*cells, strict=True), scores.totals, strict=True)]
    columns.append(Column(contents.say("head-total"), "points", "", scores.places))
    full.append(float(scores.plan.root.points * weight))
    mean.append(_mean(len(columns) - 1, np.array(scores.totals, dtype=float)))
    return Sheet(contents.say("sheet-dimensions"), columns, rows, _round_remark(contents), (full, mean))


def indicators(contents: Contents) -> Sheet:
    """指标: the points of every station in every indicator, bonus and deduction, under full marks and means."""
    scores = contents.scores
    plan, weight = scores.plan, weight_of_rounds(scores)
    extras = [(leaf, contents.say("head-bonus"), Fraction(1)) for leaf in plan.bonus]
    extras += [(leaf, contents.say("head-deductions"), Fraction(1)) for leaf in plan.deductions]
    inside = [
        (node, contents.labels[child.path], weight)
        for child in plan.root.children
        for node in (child.children if isinstance(child, Branch) else (child,))
    ]
    columns = [Column(contents.say("head-station"))]
    cells: list[list[Any]] = [list(scores.stations)]
    full: list[Cell] = [contents.say("head-full-marks")]
    mean: list[Cell] = [contents.say("head-mean")]
    for node, group, times in (*inside, *extras):
        points = scores.points(node.id)
        columns.append(Column(f"{node.id}\n{contents.labels[node.path]}", "points", group, scores.places))
        cells.append(points.tolist())
        full.append(float(node.points * times))
        mean.append(_mean(len(columns) - 1, points))
    rows = list(zip(*cells, strict=True))
    return Sheet(contents.say("sheet-indicators"), columns, rows, _round_remark(contents), (full, mean))


def lost(contents: Contents) -> Sheet:
    """扣分: what each station lost in each indicator, what would regain it, and the clause that it rests on."""
    scores, lang = contents.scores, contents.lang
    columns = [
        Column(contents.say("head-station")),
        Column(contents.say("head-dimension")),
        Column(contents.say("head-indicator")),
        Column(contents.say("head-round")),
        Column(contents.say("head-full-marks"), "points", "", scores.places),
        Column(contents.say("head-lost"), "points", "", scores.places),
        Column(contents.say("head-regain"), "long"),
        Column(contents.say("head-status"), "state"),
        Column(contents.say("head-clause"), "long"),
    ]
    name = contents.say("sheet-lost")
    if len(scores) > MOST_EXPLAINED:
        return Sheet(name, columns, [], [contents.say("remark-lost-many", limit=MOST_EXPLAINED)])
    rows: list[Sequence[Cell]] = [
        (
            gap.station,
            contents.labels.get(gap.path[:2], contents.say("head-deductions")),
            f"{gap.id} {gap.label.say(lang)}",
            contents.listed(label.say(lang) for _, label in gap.rounds) or None,
            gap.full,
            gap.lost,
            gap.regain(lang) or None,
            contents.say(STATUSES[gap.status]),
            contents.listed(dict.fromkeys(_ground(contents, clause) for clause in gap.clauses if clause.cite)) or None,
        )
        for gap in gaps(scores)
    ]
    rows.sort(key=lambda row: scores.index(str(row[0])))
    return Sheet(name, columns, rows, [contents.say("remark-lost")])


def _ground(contents: Contents, clause: Clause) -> str:
    """The words a rule rests on, or the facts, or the source."""
    if clause.quote:
        return f"“{clause.quote}”"
    return ", ".join(clause.facts) or (clause.cite or "" if clause.title is None else clause.title.say(contents.lang))


def _mean(c: int, values: Floats) -> Live:
    return Live(f"=AVERAGE({letters(c)}{{first}}:{letters(c)}{{last}})", float(values.mean()))


def _round_remark(contents: Contents) -> list[str]:
    """How the rounds weigh, where points are made of several."""
    data = contents.scores.data
    rounds = known(data.framework.doc.rounds)
    weights = data.standing.weights
    if len(weights) < 2:
        return []
    parts = [
        f"{one.label.say(contents.lang)} {decimal_text(weight * 100, 0)}%"
        for one, weight in zip(rounds.values(), weights, strict=True)
    ]
    return [contents.say("remark-rounds", parts=parts)]

"""补助: how each sum of money comes about, as formulas that live in the sheet, beside the exact sums."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from stationeval.evaluation.columns import Sources
from stationeval.evaluation.evaluate import _standing
from stationeval.evaluation.listing import ResultTable
from stationeval.evaluation.plan import known
from stationeval.evaluation.results import states_in_words
from stationeval.evaluation.subsidy import Standing, opened
from stationeval.exact import finite_places, round_half_up
from stationeval.framework import documents as d
from stationeval.report.contents import STATES, Contents
from stationeval.report.layout import Cell, Column, Kind, Live, Sheet
from stationeval.workbooks import column_letters as letters

FINEST = 9
DIGITS = 15
"""Significant digits of a number in a spreadsheet."""


@dataclass(frozen=True, slots=True)
class Factor:
    """A column that a component multiplies; `most` limits what counts of it."""

    column: Column
    values: Sequence[Fraction | None]
    most: Fraction | None = None


def payments(contents: Contents) -> Sheet:
    """For each component its factors, cap and condition, and the amount as a formula; then the exact sum."""
    scores, money = contents.scores, contents.money
    name = contents.say("sheet-money")
    columns: list[Column] = [Column(contents.say("head-station"))]
    if money is None:
        rows: list[Sequence[Cell]] = [[station] for station in scores.stations]
        return Sheet(
            name, columns, rows, [contents.say("remark-unpaid", why=why.why(contents.lang)) for why in contents.unpaid]
        )
    cells: list[Sequence[Cell]] = [scores.stations]
    if scores.grades is not None and "score" in scores.framework.answers:
        columns.append(Column(contents.say("head-grade"), "grade"))
        cells.append([contents.grades[grade] for grade in scores.grades])
    section = known(scores.framework.doc.subsidy)
    amounts: list[str] = []
    for component_id, component in known(section.components).items():
        group = component_id if component.label is None else component.label.say(contents.lang)
        for column, values in _component(contents, component_id, component, group, len(columns)):
            columns.append(column)
            cells.append(values)
        amounts.append(letters(len(columns) - 1))
    places = contents.money_places
    claims = money["claim"] if "claim" in money.columns else money["amount"]
    sums = "+".join(f"{letter}{{row}}" for letter in amounts)
    columns.append(Column(contents.say("head-sum"), "money", "", places, summed=True))
    cells.append([Live(f"={sums}", float(claim)) for claim in claims])
    at = letters(len(columns) - 1)
    exact = contents.say("head-claim" if "claim" in money.columns else "head-exact")
    columns.append(Column(exact, "money", "", places, summed=True))
    cells.append(claims)
    same, differs = contents.say("word-agrees"), contents.say("word-differs")
    columns.append(Column(contents.say("head-agrees"), "state"))
    cells.append(
        [Live(f'=IF({at}{{row}}={letters(len(columns) - 2)}{{row}},"{same}","{differs}")', same)] * len(scores)
    )
    if "claim" in money.columns:
        columns.append(Column(contents.say("head-shared"), "money", "", places, summed=True))
        cells.append(money["amount"])
    rows = list(zip(*cells, strict=True))
    whole = [_sum(c, rows) if column.summed else None for c, column in enumerate(columns)]
    return Sheet(
        name, columns, rows, list(_remarks(contents, section, money)), ([contents.say("head-all"), *whole[1:]],)
    )


def _sum(c: int, rows: Sequence[Sequence[Cell]]) -> Live:
    whole = Fraction(0)
    for row in rows:
        cell = row[c]
        value = cell.value if isinstance(cell, Live) else cell
        whole += Fraction(value) if isinstance(value, int | float | Decimal | Fraction) else 0
    return Live(f"=SUM({letters(c)}{{first}}:{letters(c)}{{last}})", float(whole))


def _remarks(contents: Contents, section: d.Subsidy, money: ResultTable) -> Iterator[str]:
    whole = sum(money["amount"], Decimal(0))
    yield contents.say(
        "remark-money", total=f"{whole:,}", unit=contents.say("unit-fen" if contents.money_places else "unit-yuan")
    )
    for component in known(section.components).values():
        basis = component.basis
        if basis is not None and basis.quote is not None:
            yield contents.say("remark-clause", quote=basis.quote.say(contents.lang))
        if basis is not None and basis.note is not None:
            yield contents.say("remark-note", note=basis.note.say(contents.lang))


def _component(
    contents: Contents, name: str, component: d.Component, group: str, start: int
) -> Iterator[tuple[Column, Sequence[Cell]]]:
    """The columns of one component, the amount last."""
    scores, money = contents.scores, known(contents.money)
    document = scores.framework.doc
    sources = scores.data.standing.sources(scores.data.sources)
    standing = _standing(scores)
    factors = list(_factors(contents, component, sources, standing, group))
    for factor in factors:
        yield factor.column, factor.values
    cap = None if component.cap is None else known(component.cap)
    if cap is not None:
        yield Column(contents.say("head-cap"), "money", group, finite_places(cap) or 0), [cap] * len(scores)
    words = states_in_words(opened(component.when, standing, sources, document.inputs, len(scores)))
    yield Column(contents.say("head-condition"), "state", group), [contents.say(STATES[word]) for word in words]
    unit = known(document.subsidy).rounding.unit
    digits = _digits(factors)
    formula = _formula(
        [letters(start + k) for k in range(len(factors) + (cap is not None) + 1)],
        factors,
        cap,
        unit,
        digits,
        contents.say("state-met"),
    )
    cells: list[Cell] = []
    for s, (amount, word) in enumerate(zip(money[name], words, strict=True)):
        agrees = word != "met" or _as_sheet(factors, s, cap, unit, digits) == Fraction(amount)
        cells.append(Live(formula, float(amount)) if agrees else amount)
    yield Column(contents.say("head-amount"), "money", group, contents.money_places, summed=True), cells


def _factors(
    contents: Contents, component: d.Component, sources: Sources, standing: Standing, group: str
) -> Iterator[Factor]:
    n = len(contents.scores)

    def of_input(name: str, most: Fraction | None = None) -> Factor:
        spec, source = contents.scores.framework.doc.inputs.get(name), sources[name]
        gone = source.missing
        label = name if spec is None else spec.label.say(contents.lang)
        values = [None if gone is not None and gone[s] else source.exact(s) for s in range(n)]
        places = max((finite_places(value) or 0 for value in values if value is not None), default=0)
        kind: Kind = "money" if spec is not None and spec.type == "money" else "number"
        return Factor(Column(label, kind, group, min(places, 2), summed=kind == "money"), values, most)

    def constant(code: str, values: Sequence[Fraction], *, share: bool = False) -> Factor:
        return Factor(Column(contents.say(code), "share" if share else "money", group, 0), values)

    match component:
        case d.RateComponent():
            yield of_input(component.base)
            yield constant("head-rate", [known(component.rate)] * n, share=True)
            if component.factor is not None:
                yield of_input(component.factor)
        case d.PersonMonthComponent():
            yield constant("head-standard", [known(component.rate)] * n)
            yield of_input(component.persons)
            yield of_input(component.months, None if component.max_months is None else known(component.max_months))
        case d.FlatComponent():
            yield constant("head-standard", [known(component.amount)] * n)
        case d.GradeComponent():
            by_name = {grade: known(value) for grade, value in component.amounts.items()}
            earned = contents.scores.grades or ()
            yield constant("head-standard", [by_name.get(grade, Fraction(0)) for grade in earned])
        case d.TierComponent():
            by_name = {tier: known(value) for tier, value in component.amounts.items()}
            levels = known(standing.tier_levels).tolist()
            names = [*standing.tiers, ""]
            yield constant("head-standard", [by_name.get(names[level], Fraction(0)) for level in levels])


def _digits(factors: Sequence[Factor]) -> int:
    """Decimal places that a product needs to be exact, as far as a spreadsheet can hold them."""
    needed, size = 0, Fraction(1)
    for factor in factors:
        there = [value for value in factor.values if value is not None]
        needed += max((places if (places := finite_places(v)) is not None else FINEST for v in there), default=0)
        size *= max((abs(v) for v in there), default=Fraction(1)) or 1
    return max(0, min(needed, FINEST, DIGITS - len(str(int(size)))))


def _formula(
    at: Sequence[str], factors: Sequence[Factor], cap: Fraction | None, unit: Fraction, digits: int, met: str
) -> str:
    """IF(condition, the least of product and cap in whole units, 0).

    The product is first rounded to the places that it can have: what binary floats add beyond them would tip a half.
    """
    product = "*".join(
        f"{letter}{{row}}" if factor.most is None else f"MIN({letter}{{row}},{_plain(factor.most)})"
        for letter, factor in zip(at, factors, strict=False)
    )
    amount = _round(f"ROUND({product},{digits})", unit)
    if cap is not None:
        amount = f"MIN({amount},{_down(f'{at[-2]}{{row}}', cap, unit)})"
    return f'=IF({at[-1]}{{row}}="{met}",{amount},0)'


def _round(text: str, unit: Fraction) -> str:
    places = finite_places(unit)
    if unit.numerator == 1 and unit.denominator == 10 ** (places or 0):
        return f"ROUND({text},{places})"
    return f"ROUND({text}/{_plain(unit)},0)*{_plain(unit)}"


def _down(text: str, cap: Fraction, unit: Fraction) -> str:
    """The cap in whole units."""
    return text if (cap / unit).denominator == 1 else f"INT({text}/{_plain(unit)})*{_plain(unit)}"


def _plain(value: Fraction) -> str:
    return repr(float(value)) if value.denominator != 1 else str(value.numerator)


def _as_sheet(factors: Sequence[Factor], s: int, cap: Fraction | None, unit: Fraction, digits: int) -> Fraction:
    """What a spreadsheet makes of the formula, in its binary floats."""
    product = 1.0
    for factor in factors:
        value = factor.values[s] or Fraction(0)
        product *= float(value if factor.most is None else min(value, factor.most))
    cleaned = Fraction(round_half_up(Fraction(repr(product)), digits), 10**digits)
    amount = round_half_up(cleaned / unit, 0) * unit
    return amount if cap is None else min(amount, (cap // unit) * unit)

"""Grades, tiers, vetoes, rounds, raters, money, targets, catalogue, contest, consequences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Any

from stationeval.errors import Path, Problem
from stationeval.exact import decimal_text
from stationeval.framework.checks.context import NUMERIC, Context
from stationeval.framework.checks.names import component_whens
from stationeval.framework.documents import (
    FlatComponent,
    GradeComponent,
    PersonMonthComponent,
    RateComponent,
    TierComponent,
)
from stationeval.framework.points import number
from stationeval.framework.validate import nearest
from stationeval.framework.values import Unknown


def check(context: Context) -> Iterator[Problem]:
    """All that can be wrong with the sections besides the tree of points."""
    for part in (_grades, _vetoes, _tiers, _rounds, _raters, _ties, _subsidy, _money_words, _catalogue, _outcomes):
        yield from part(context)


def _known(section: Any) -> Mapping[str, Any]:
    return section if isinstance(section, dict) else {}


def _grades(context: Context) -> Iterator[Problem]:
    grades = _known(context.document.grades)
    names = list(grades)
    most = context.points.get(())
    extra = context.document.bonus
    if most is not None and extra is not None:
        cap = number(extra.cap)
        most = None if cap is None else most + cap
    before: Fraction | None = None
    for index, (name, grade) in enumerate(grades.items()):
        path: Path = ("grades", name)
        yield from _share(context, grade.quota, (*path, "quota"))
        if (grade.at_least is None) == (grade.otherwise is None):
            if context.whole(path):
                yield context.say("grade-malformed", path, of_key=True, value=name)
            continue
        if grade.otherwise is not None:
            if index < len(names) - 1:
                yield context.say("grade-otherwise-not-last", (*path, "otherwise"), of_key=True, value=name)
            continue
        bound = number(grade.at_least)
        if bound is None:
            continue
        if before is not None and bound >= before:
            yield context.say("grades-out-of-order", (*path, "at_least"), above=decimal_text(before))
        elif bound < 0 or (most is not None and bound > most):
            limit = "—" if most is None else decimal_text(most)
            yield context.say("grade-out-of-reach", (*path, "at_least"), most=limit)
        before = bound
    if names and context.whole(("grades",)) and grades[names[-1]].otherwise is None:
        yield context.say("grade-otherwise-missing", ("grades",), of_key=True)


def _share(context: Context, value: Any, path: Path) -> Iterator[Problem]:
    """A share is written as 0.4, not as 40."""
    share = number(value)
    if share is not None and not 0 <= share <= 1:
        yield context.say("not-a-share", path)


def _vetoes(context: Context) -> Iterator[Problem]:
    for name, veto in _known(context.document.vetoes).items():
        if isinstance(veto.effect, Unknown):
            continue
        path: Path = ("vetoes", name, "effect")
        said = [key for key in ("grade", "grade_at_most", "total") if getattr(veto.effect, key) is not None]
        if len(said) != 1:
            yield context.say("effect-malformed", path, of_key=True)
        for key in ("grade", "grade_at_most"):
            grade = getattr(veto.effect, key)
            if grade is not None:
                yield from context.refer(grade, (*path, key), "grades", code="no-such-grade")


def _tiers(context: Context) -> Iterator[Problem]:
    names = list(context.document.tiers)
    for index, (name, tier) in enumerate(context.document.tiers.items()):
        if tier.includes is None:
            continue
        path: Path = ("tiers", name, "includes")
        lower = names[:index]
        if tier.includes in names[index:]:
            yield context.say("tier-not-lower", path, near=lower)
        else:
            yield from context.refer(tier.includes, path, "tiers", code="no-such-tier")


def _rounds(context: Context) -> Iterator[Problem]:
    rounds = _known(context.document.rounds)
    if context.document.contest is not None or not rounds:
        return
    if context.whole(("rounds",)):
        for name, each in rounds.items():
            if each.weight is None:
                yield context.say("round-without-weight", ("rounds", name), of_key=True, value=name)
    yield from _weights(context, rounds, "rounds")


def _raters(context: Context) -> Iterator[Problem]:
    raters = _known(context.document.raters)
    yield from _weights(context, raters, "raters")
    for name, rater in raters.items():
        trim = rater.trim
        if trim is not None and trim.needs <= trim.drop_highest + trim.drop_lowest:
            path: Path = ("raters", name, "trim")
            dropped = trim.drop_highest + trim.drop_lowest
            yield context.say("trim-drops-all", path, of_key=True, value=trim.needs, dropped=dropped)
    rated = any(spec.type == "rating" for spec in context.document.inputs.values())
    if raters and not rated and context.document.inputs and not context.holes:
        yield context.say("raters-rate-nothing", ("raters",), of_key=True, severity="note")


def _weights(context: Context, entries: Mapping[str, Any], section: str) -> Iterator[Problem]:
    """Shares of a whole: together 1, none of them nothing; of those known together never more."""
    known = {name: weight for name, each in entries.items() if (weight := number(each.weight)) is not None}
    for name, weight in known.items():
        if weight <= 0:
            yield context.say("not-positive", (section, name, "weight"))
    amount = sum(known.values(), Fraction(0))
    if not context.whole((section,)) or not known:
        return
    if amount > 1 or (len(known) == len(entries) and amount != 1):
        yield context.say("weights-not-one", (section,), of_key=True, value=decimal_text(amount), section=section)


def _ties(context: Context) -> Iterator[Problem]:
    ids = {name: None for names, _ in context.levels for name in names}
    complete = context.levels[-1][1]
    for index, name in enumerate(context.document.policies.ties.break_by):
        if complete and name not in ids:
            path: Path = ("policies", "ties", "break_by", index)
            yield context.say("no-such-node", path, name=name, near=nearest(name, ids))


def _subsidy(context: Context) -> Iterator[Problem]:
    subsidy = context.document.subsidy
    if subsidy is None:
        return
    for path, when in component_whens(context):
        for key, section in (("grade_at_least", "grades"), ("tier_at_least", "tiers")):
            name = getattr(when, key)
            if isinstance(name, str):
                code = "no-such-grade" if section == "grades" else "no-such-tier"
                yield from context.refer(name, (*path, key), section, code=code)
        for index, gate in enumerate(when.gates):
            yield from context.refer(gate, (*path, "gates", index), "gates", code="no-such-gate")
    for name, component in _known(subsidy.components).items():
        yield from _component(context, component, ("subsidy", "components", name))
    if subsidy.rounding.unit not in (1, Fraction(1, 100), Fraction(1, 10), 10, 100):
        yield context.say("odd-money-unit", ("subsidy", "rounding", "unit"))
    pool = subsidy.pool
    if pool is not None:
        yield from _not_negative(context, pool.amount, ("subsidy", "pool", "amount"))
        if pool.share != "pro_rata" and context.document.dimensions is None:
            yield context.say("pool-without-score", ("subsidy", "pool", "share"))


def _component(context: Context, component: Any, path: Path) -> Iterator[Problem]:
    yield from _not_negative(context, component.cap, (*path, "cap"))
    match component:
        case RateComponent():
            yield from context.refer_input(component.base, (*path, "base"), types=NUMERIC)
            if component.factor is not None:
                yield from context.refer_input(component.factor, (*path, "factor"), types=NUMERIC)
            yield from _not_negative(context, component.rate, (*path, "rate"))
        case FlatComponent():
            yield from _not_negative(context, component.amount, (*path, "amount"))
        case PersonMonthComponent():
            for key in ("persons", "months"):
                yield from context.refer_input(getattr(component, key), (*path, key), types=NUMERIC)
            yield from _not_negative(context, component.rate, (*path, "rate"))
        case GradeComponent() | TierComponent():
            section, code = ("grades", "no-such-grade") if component.kind == "by_grade" else ("tiers", "no-such-tier")
            for name, amount in component.amounts.items():
                yield from context.refer(name, (*path, "amounts", name), section, code=code, of_key=True)
                yield from _not_negative(context, amount, (*path, "amounts", name))
            if isinstance(component, TierComponent) and component.monotone is not None:
                yield from _rising(context, component, path)
        case _:
            pass


def _rising(context: Context, component: TierComponent, path: Path) -> Iterator[Problem]:
    amounts = [
        (name, amount) for name in context.document.tiers if (amount := number(component.amounts.get(name))) is not None
    ]
    for (_, lower), (name, higher) in pairwise(amounts):
        if higher <= lower:
            yield context.say("amounts-not-rising", (*path, "amounts", name), below=decimal_text(lower))


def _not_negative(context: Context, value: Any, path: Path) -> Iterator[Problem]:
    amount = number(value)
    if amount is not None and amount < 0:
        yield context.say("below-zero", path)


def _money_words(context: Context) -> Iterator[Problem]:
    """Shares of funds, targets and caps."""
    document = context.document
    for name, funding in document.funding.items():
        yield from _share(context, funding.share, ("funding", name, "share"))
        for key in ("input", "actual"):
            asked = getattr(funding, key)
            if asked is not None:
                yield from context.refer_input(asked, ("funding", name, key), types=NUMERIC)
    for name, target in document.targets.items():
        yield from _share(context, target.share, ("targets", name, "share"))
        for key in ("achieved", "whole"):
            asked = getattr(target, key)
            if asked is not None:
                yield from context.refer_input(asked, ("targets", name, key), types=NUMERIC)
        if (target.share is None) == (target.count is None) and context.whole(("targets", name)):
            yield context.say("target-malformed", ("targets", name), of_key=True, value=name)
    for section, extra in (("bonus", document.bonus), ("deductions", document.deductions)):
        if extra is not None:
            yield from _not_negative(context, extra.cap, (section, "cap"))


def _catalogue(context: Context) -> Iterator[Problem]:
    catalogue = context.document.catalogue
    if catalogue is None or not isinstance(catalogue.domains, dict):
        return
    domains = catalogue.domains
    for name, domain in domains.items():
        for item, spec in _known(domain.items).items():
            path: Path = ("catalogue", "domains", name, "items", item)
            if spec.for_each is not None:
                yield from context.refer_input(spec.for_each, (*path, "for_each"), types=NUMERIC)
            if spec.min is not None and (spec.unit is None or spec.per is None):
                yield context.say("item-without-period", path, of_key=True, value=item)
            yield from _not_negative(context, spec.min, (*path, "min"))
    known = all(isinstance(domain.items, dict) for domain in domains.values())
    counts = {"domains": len(domains), "items": sum(len(_known(domain.items)) for domain in domains.values())}
    for key, value in catalogue.declared.items():
        declared, found = number(value), counts.get(key)
        if declared is None or found is None or not context.whole(("catalogue",)):
            continue
        sure = catalogue.complete and (known or key == "domains")
        if found > declared or (sure and found != declared):
            yield context.say("declared-not-met", ("catalogue", "declared", key), found=found)


def _outcomes(context: Context) -> Iterator[Problem]:
    """The contest, and what follows from a result."""
    document = context.document
    if document.contest is not None:
        if document.rounds == {} and context.whole(("rounds",)):
            yield context.say("contest-without-rounds", ("contest",), of_key=True)
        honours = document.contest.honours
        top = None if honours is None else number(honours.top)
        if top is not None and (top < 1 or top.denominator != 1):
            yield context.say("not-a-count", ("contest", "honours", "top"))
    for index, consequence in enumerate(document.consequences):
        when, path = consequence.when, ("consequences", index, "when")
        said = [key for key in ("grade", "veto", "gate_not_met") if getattr(when, key) is not None]
        words = when.zh is not None or when.en is not None
        if len(said) + words != 1:
            yield context.say("consequence-malformed", path, of_key=True)
        sections = {"grade": "grades", "veto": "vetoes", "gate_not_met": "gates"}
        codes = {"grade": "no-such-grade", "veto": "no-such-veto", "gate_not_met": "no-such-gate"}
        for key in said:
            yield from context.refer(getattr(when, key), (*path, key), sections[key], code=codes[key])
        yield from _share(context, consequence.share, ("consequences", index, "share"))

"""What a framework says, in words: rules, conditions, money, services, without any data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from stationeval.evaluation.findings import DURATIONS
from stationeval.evaluation.phrases import BRACKETS, CLAUSES, LIST, figure
from stationeval.evaluation.wording import METHODS
from stationeval.exact import decimal_text
from stationeval.framework import documents as d
from stationeval.framework import rules
from stationeval.framework.values import Text, Unknown
from stationeval.messages import Language, say
from stationeval.report.grounds import WHYS, WORDS

BOUNDS = (("≥", "at_least"), (">", "more_than"), ("≤", "at_most"), ("<", "less_than"))
CLAIMS = {
    "total": "claim-total",
    "dimensions": "claim-dimensions",
    "indicators": "claim-indicators",
    "level_3": "claim-level-3",
    "level_4": "claim-level-4",
    "domains": "claim-domains",
    "items": "claim-items",
    "minor_items": "claim-minor-items",
    "gates": "claim-gates",
    "rounds": "claim-rounds",
    "raters": "claim-raters",
}
DERIVED = {
    "sum": "derived-sum",
    "mean": "derived-mean",
    "difference": "derived-difference",
    "ratio": "derived-ratio",
    "share_true": "derived-share-true",
}
FUNDING = {
    "set": "funding-set",
    "at_most": "funding-at-most",
    "at_least": "funding-at-least",
    "observed": "funding-observed",
}
POOLS = {"pro_rata": "pool-pro-rata", "by_score": "pool-by-score", "by_rank": "pool-by-rank"}
TYPES = {
    "integer": "type-integer",
    "number": "type-number",
    "boolean": "type-boolean",
    "choice": "type-choice",
    "rating": "type-rating",
    "money": "type-money",
    "date": "type-date",
    "text": "type-text",
}


@dataclass(frozen=True, slots=True)
class Words:
    """How the parts of one document are said in one language."""

    document: d.Document
    lang: Language

    def say(self, code: str, **values: Any) -> str:
        """A phrase by its code."""
        return say(code, self.lang, **values)

    def listed(self, items: Iterable[str]) -> str:
        """Several things after one another."""
        return LIST[self.lang].join(items)

    def clauses(self, items: Iterable[str]) -> str:
        """Several sentences after one another."""
        return CLAUSES[self.lang].join(item for item in items if item)

    def label(self, name: str) -> str:
        """What an input is called."""
        spec = self.document.inputs.get(name) or self.document.derive.get(name)
        return name if spec is None else spec.label.say(self.lang)

    def unit(self, name: str) -> str | None:
        """The unit of an input."""
        spec = self.document.inputs.get(name) or self.document.derive.get(name)
        return None if spec is None else spec.unit

    def grade(self, name: str) -> str:
        """What a grade is called."""
        grades = self.document.grades
        one = grades.get(name) if isinstance(grades, dict) else None
        return name if one is None or one.label is None else one.label.say(self.lang)

    def tier(self, name: str) -> str:
        """What a tier is called."""
        one = self.document.tiers.get(name)
        return name if one is None else one.label.say(self.lang)

    def gate(self, name: str) -> str:
        """What a gate is called."""
        one = self.document.gates.get(name)
        return name if one is None else one.label.say(self.lang)

    def unknown(self, value: Unknown) -> str:
        """Why a value is not known, within what it lies, and how it is read."""
        said = self.say(WHYS[value.unknown])
        if value.between is not None:
            low, high = map(decimal_text, value.between)
            said = self.say("page-between", why=said, low=low, high=high)
        if value.reading is not None:
            reading = decimal_text(value.reading) if isinstance(value.reading, Fraction) else value.reading
            said = self.say("page-reading", why=said, reading=reading)
        return said

    def value(self, value: Any, unit: str | None = None, *, percent: bool = False) -> str:
        """A number with its unit, a word, or why it is not known."""
        if isinstance(value, Unknown):
            return f"〔{self.unknown(value)}〕" if self.lang == "zh" else f"[{self.unknown(value)}]"
        if isinstance(value, bool):
            return self.say("word-yes" if value else "word-no")
        if isinstance(value, Fraction):
            return f"{decimal_text(value * 100)}%" if percent else measured(value, unit)
        return value.say(self.lang) if isinstance(value, Text) else str(value)

    def money(self, value: Fraction | Unknown) -> str:
        """A sum of money in full."""
        if isinstance(value, Unknown):
            return self.value(value)
        whole, dot, places = decimal_text(value).partition(".")
        return self.say("page-yuan", amount=f"{int(whole):,}{dot}{places}")

    def points(self, value: Fraction | Unknown | None) -> str:
        """Points in figures; a third with the sign that it goes on."""
        if not isinstance(value, Fraction):
            return "" if value is None else self.unknown(value)
        text = figure(value)
        return text if Fraction(text) == value else f"≈ {text}"

    def condition(self, one: d.Condition) -> str:
        """A condition as people write it: `志愿者人数 ≥ 5 × 全职社工人数`."""
        said, unit = self.label(one.input), self.unit(one.input)
        if one.equals is not None and one.equals is not True:
            said = self.say("condition-is", what=said, value=self.value(one.equals))
        if one.one_of is not None:
            said = self.say("condition-one-of", what=said, values=one.one_of)
        for sign, name in BOUNDS:
            bound = getattr(one, name)
            if bound is not None:
                times = "" if one.times is None else f" × {self.label(one.times)}"
                said += f" {sign} {self.value(bound, None if times else unit)}{times}"
        return said if one.when is None else self.say("show-when", condition=said, when=self.condition(one.when))

    def conditions(self, requires: Sequence[d.Condition] | Unknown) -> str:
        """All that must hold."""
        if isinstance(requires, Unknown):
            return self.unknown(requires)
        return self.clauses(self.condition(one) for one in requires)

    def effect(self, effect: d.Effect | Unknown) -> str:
        """What a veto does."""
        if isinstance(effect, Unknown):
            return self.unknown(effect)
        if effect.total is not None:
            return self.say("veto-total", total=decimal_text(effect.total))
        if effect.grade is not None:
            return self.say("veto-grade", grade=self.grade(effect.grade))
        return self.say("veto-grade-at-most", grade=self.grade(effect.grade_at_most or ""))

    def rule(self, rule: rules.Rule | Unknown | None, points: Fraction | None) -> str:
        """How points come from data."""
        if rule is None or isinstance(rule, Unknown):
            return "" if rule is None else self.unknown(rule)
        said = self._rule(rule)
        out_of: Fraction | None = getattr(rule, "out_of", None)
        if out_of is not None and out_of != points:
            said = self.say("says-out-of", words=said, out_of=decimal_text(out_of))
        when_zero, of = getattr(rule, "when_zero", None), getattr(rule, "of", None)
        if when_zero is not None and of is not None:
            code = "says-zero-full" if when_zero == "full" else "says-zero-none"
            said = self.say(code, words=said, of=self.label(of))
        return said

    def _rule(self, rule: rules.Rule) -> str:
        match rule:
            case rules.Checklist():
                return self._checklist(rule)
            case rules.Ratio():
                lower = rule.direction == "lower"
                target = self.value(rule.target, self._unit(rule))
                said = self.say("says-lower" if lower else "says-ratio", what=self._what(rule), target=target)
                return (
                    said
                    if rule.floor is None
                    else self.say("says-floor", words=said, floor=decimal_text(rule.floor * 100))
                )
            case rules.Bands():
                return self.say("says-bands", what=self._what(rule), bands=self.clauses(self._bands(rule)))
            case rules.Linear():
                unit = self._unit(rule)
                knots = [
                    self.say("says-knot", x=self.value(x, unit), points=self.value(points)) for x, points in rule.knots
                ]
                return self.say("says-linear", what=self._what(rule), knots=knots)
            case rules.Lookup():
                items = [self.say("says-item", what=name, points=self.value(each)) for name, each in rule.map.items()]
                return self.say("says-bands", what=self.label(rule.input), bands=self.listed(items))
            case rules.Count():
                code = "says-count-start" if rule.start else "says-count"
                return self._each(rule, code, start=decimal_text(rule.start))
            case rules.Deduct():
                return self._each(rule, "says-deduct", floor=decimal_text(rule.floor))
            case rules.Rating():
                spec = self.document.inputs.get(rule.input)
                low, high = ("", "") if spec is None else (self.value(spec.min), self.value(spec.max))
                return self.say("says-rating", what=self.label(rule.input), low=low, high=high)
            case rules.Relative():
                code = "says-relative-lower" if rule.direction == "lower" else "says-relative"
                method = self.say(METHODS[rule.method])
                if rule.within is not None:
                    method = self.say("rule-relative-within", method=method, group=rule.within)
                return self.say(code, what=self.label(rule.input), method=method)

    def _each(self, rule: rules.Count | rules.Deduct, code: str, **values: str) -> str:
        one = measured(Fraction(1), self.unit(rule.input))
        return self.say(code, what=self.label(rule.input), one=one, points=self.value(rule.points_each), **values)

    def _what(self, rule: rules.Ratio | rules.Bands | rules.Linear) -> str:
        own = self.label(rule.input)
        return own if rule.of is None else f"{own} ÷ {self.label(rule.of)}"

    def _unit(self, rule: rules.Ratio | rules.Bands | rules.Linear) -> str | None:
        return self.unit(rule.input) if rule.of is None else None

    def _bands(self, rule: rules.Bands) -> Iterator[str]:
        for band in rule.bands:
            inclusive = band.more_than is None
            edge = band.at_least if inclusive else band.more_than
            if edge is None:
                yield self.say("says-otherwise", points=self.value(band.otherwise))
            else:
                bound = self.say(
                    "bound-at-least" if inclusive else "bound-more-than", bound=self.value(edge, self._unit(rule))
                )
                yield self.say("says-item", what=bound, points=self.value(band.points))

    def _checklist(self, rule: rules.Checklist) -> str:
        labels, each = [self.label(name) for name in rule.items], list(rule.items.values())
        if rule.all_or_nothing:
            return self.say("says-checklist-all", items=labels)
        if len(set(map(repr, each))) == 1:
            return self.say("says-checklist", count=len(each), points=self.value(each[0]), items=labels)
        pairs = zip(labels, each, strict=True)
        return self.listed(self.say("says-item", what=label, points=self.value(one)) for label, one in pairs)

    def when(self, when: d.When | None) -> str:
        """What opens a component of the subsidy."""
        if when is None:
            return ""
        said: list[str] = []
        for code, line, name in (
            ("when-grade", when.grade_at_least, self.grade),
            ("when-tier", when.tier_at_least, self.tier),
        ):
            if line is not None:
                said.append(self.say(code, line=self.value(line) if isinstance(line, Unknown) else f"“{name(line)}”"))
        said += [self.say("when-gate", gate=self.gate(name)) for name in when.gates]
        said += [self.condition(one) for one in when.inputs]
        return self.clauses(said)

    def component(self, one: d.Component) -> str:
        """How a sum is worked out, and its cap."""
        match one:
            case d.RateComponent():
                said = f"{self.label(one.base)} × {self.value(one.rate, percent=True)}"
                said += "" if one.factor is None else f" × {self.label(one.factor)}"
            case d.FlatComponent():
                said = self.money(one.amount)
            case d.GradeComponent():
                said = self.listed(f"{self.grade(name)} {self.money(each)}" for name, each in one.amounts.items())
            case d.TierComponent():
                said = self.listed(f"{self.tier(name)} {self.money(each)}" for name, each in one.amounts.items())
                said += "" if one.monotone is None else self.say("says-increasing")
            case d.PersonMonthComponent():
                said = f"{self.money(one.rate)} × {self.label(one.persons)} × {self.label(one.months)}"
                if one.max_months is not None:
                    said = self.say("says-max-months", words=said, most=self.value(one.max_months))
        return said if one.cap is None else self.say("says-cap", words=said, cap=self.money(one.cap))

    def pool(self, pool: d.Pool) -> str:
        """How a fixed sum is shared."""
        said = self.say(POOLS[pool.share])
        return said if pool.amount is None else f"{self.money(pool.amount)}{CLAUSES[self.lang]}{said}"

    def funding(self, one: d.Funding) -> str:
        """A share of a base, with the base named."""
        share = self.value(one.share, percent=True)
        return self.say(FUNDING[one.kind], base=one.base.say(self.lang), share=share)

    def target(self, one: d.Target) -> str:
        """What is to be reached."""
        said = self.value(one.share, percent=True) if one.count is None else self.value(one.count)
        if one.achieved is not None:
            counted = self.label(one.achieved)
            counted += "" if one.whole is None else f" ÷ {self.label(one.whole)}"
            said = f"{counted} ≥ {said}"
        return said

    def service(self, item: d.CatalogueItem) -> str:
        """How much of a service is due, how often, for whom."""
        if item.min is None:
            return ""
        said = self.say("says-service", least=self.value(item.min, item.unit))
        if item.per is not None:
            said = self.say("says-per", words=said, per=self.say(WORDS[item.per]))
        return said if item.for_each is None else self.say("says-for-each", words=said, each=self.label(item.for_each))

    def follows(self, when: d.ConsequenceWhen) -> str:
        """What brings a consequence."""
        if when.grade is not None:
            return self.say("when-graded", grade=self.grade(when.grade))
        if when.veto is not None:
            vetoes = self.document.vetoes
            veto = vetoes.get(when.veto) if isinstance(vetoes, dict) else None
            return self.say("when-veto", veto=when.veto if veto is None else veto.label.say(self.lang))
        if when.gate_not_met is not None:
            return self.say("when-gate-not-met", gate=self.gate(when.gate_not_met))
        return Text(zh=when.zh, en=when.en).say(self.lang)

    def terms(self, one: d.Consequence) -> str:
        """For how long a consequence lasts, and its share."""
        said: list[str] = []
        if one.lasts is not None:
            found = re.findall(r"(\d+)([YMD])", one.lasts)
            said.append(self.say("consequence-lasts", lasts=[self.say(DURATIONS[u], count=n) for n, u in found]))
        if one.share is not None:
            said.append(self.say("page-share", share=self.value(one.share, percent=True)))
        return self.listed(said)

    def input_kind(self, spec: d.Input) -> str:
        """Type, unit and range of an input."""
        said = self.say(TYPES[spec.type])
        if spec.choices:
            said += f": {' / '.join(spec.choices)}" if self.lang == "en" else f"：{' / '.join(spec.choices)}"
        parts = [said] if spec.unit is None else [said, spec.unit]
        for sign, bound in (("≥", spec.min), (">", spec.more_than), ("≤", spec.max)):
            if bound is not None:
                parts.append(f"{sign} {self.value(bound)}")
        return self.listed(parts)

    def derived(self, spec: d.Derived) -> str:
        """How a derived input is made."""
        said = self.say(DERIVED[spec.kind], parts=[self.label(name) for name in spec.of])
        if spec.when_zero is not None:
            said = self.clauses([said, self.say("derived-when-zero", value=decimal_text(spec.when_zero))])
        return said if spec.unit is None else BRACKETS[self.lang].format(said, spec.unit)


def measured(value: Fraction, unit: str | None) -> str:
    """A number in full with its unit.

    Examples
    --------
    >>> measured(Fraction(6), "人"), measured(Fraction("0.12345"), None), measured(Fraction(96), "%")
    ('6 人', '0.12345', '96%')
    """
    space = "" if unit is None or unit == "%" else " "
    return f"{decimal_text(value)}{space}{unit or ''}"

"""What follows from one station's total, in the order of work: rounding, vetoes, grade, rank, gates, tier."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from stationeval.evaluation.eligibility import CANNOT_TELL, MET
from stationeval.evaluation.explanation import Finding
from stationeval.evaluation.phrases import Phrase, Saying, both_languages, figure
from stationeval.evaluation.plan import known
from stationeval.evaluation.readings import STATES, clauses_of, condition_of, conditions_of, datum, state_of
from stationeval.evaluation.results import Scores
from stationeval.exact import decimal_text, round_half_up
from stationeval.framework import documents as d
from stationeval.framework.values import Text

DURATIONS = {"Y": "duration-years", "M": "duration-months", "D": "duration-days"}


def findings(scores: Scores, s: int, before: Fraction) -> Iterator[Finding]:
    """What follows from the total of the station at place `s`, which is `before` before it is rounded."""
    at = _Station(scores, s)
    units = round_half_up(before, scores.places)
    yield at.rounding(before, units)
    yield from at.vetoes(units)
    if scores.grades is not None:
        yield at.grade()
    yield at.rank()
    yield from at.gates()
    yield from at.tiers()
    yield from at.consequences()


class _Station:
    def __init__(self, scores: Scores, s: int) -> None:
        self.scores, self.s = scores, s
        self.document = scores.framework.doc
        self.row = int(scores.data.standing.last[s])

    def rounding(self, before: Fraction, units: int) -> Finding:
        after = decimal_text(Fraction(units, 10**self.scores.places), self.scores.places)
        exactly = figure(before, 6)
        exactly += "" if Fraction(exactly) == before else "…"
        values = {"before": exactly, "places": self.scores.places, "after": after}
        words = Saying("finding-rounding" if Fraction(after) != before else "finding-no-rounding", values)
        clauses = clauses_of(self.scores, ("policies",), ("rounding",))
        label = both_languages("explain-section-rounding")
        return Finding("rounding", "rounding", label, after, (words,), clauses, changed=Fraction(after) != before)

    def vetoes(self, units: int) -> Iterator[Finding]:
        names = list(known(self.document.grades))
        earned = self.scores.standings.earned
        for name, veto in known(self.document.vetoes).items():
            state = state_of(self.scores, [veto.when], self.row)
            effect = known(veto.effect)
            changed = False
            words: list[Phrase] = [condition_of(self.scores, veto.when, self.row)]
            if effect.total is not None:
                changed = Fraction(units, 10**self.scores.places) > effect.total
                words.append(Saying("veto-total", {"total": figure(effect.total)}))
            grade = effect.grade or effect.grade_at_most
            if grade is not None:
                changed = int(earned[self.s]) < names.index(grade)
                code = "veto-grade" if effect.grade else "veto-grade-at-most"
                words.append(Saying(code, {"grade": self.graded(grade)}))
            outcome = Saying({MET: "veto-holds", CANNOT_TELL: "veto-cannot-tell"}.get(state, "veto-idle"))
            if state != MET:
                words, changed = words[:1], False
            elif not changed:
                words.append(Saying("veto-changes-nothing"))
            clauses = clauses_of(self.scores, ("vetoes", name), ("when", "effect"))
            data = (datum(self.scores, veto.when.input, self.row),)
            yield Finding("veto", name, veto.label, outcome, tuple(words), clauses, data, changed)

    def graded(self, name: str) -> Text:
        """A grade's label; by its id where it has none."""
        return known(self.document.grades)[name].label or Text(zh=name)

    def grade(self) -> Finding:
        grades = known(self.document.grades)
        names = list(grades)
        standings = self.scores.standings
        earned, final = int(standings.earned[self.s]), int(standings.grades[self.s])
        bounds = []
        for code, place in (("bound-at-least", earned), ("bound-less-than", earned - 1)):
            line = grades[names[place]].at_least if place >= 0 else None
            if isinstance(line, Fraction):
                bounds.append(Saying(code, {"bound": figure(line)}))
        total = format(self.scores.totals[self.s], "f")
        words = [Saying("finding-grade", {"total": total, "bounds": bounds, "grade": self.graded(names[earned])})]
        crowded = standings.crowded.get(self.s)
        vetoed = final if crowded is None else names.index(crowded)
        if vetoed != earned:
            words.append(Saying("finding-grade-vetoed", {"grade": self.graded(names[vetoed])}))
        if crowded is not None:
            then = self.graded(names[final])
            words.append(Saying("finding-quota-over", {"grade": self.graded(crowded), "then": then}))
        clauses = clauses_of(self.scores, ("grades", names[earned]), ("at_least", "otherwise", "quota"))
        return Finding(
            "grade",
            names[final],
            both_languages("explain-section-grade"),
            Saying("explain-grade", {"grade": self.graded(names[final])}),
            tuple(words),
            clauses,
            changed=earned != final,
        )

    def rank(self) -> Finding:
        ranks = self.scores.ranks
        others = list(ranks).count(ranks[self.s]) - 1
        values = {"rank": ranks[self.s], "stations": len(ranks), "others": others}
        words = Saying("finding-rank-tied" if others else "finding-rank", values)
        clauses = clauses_of(self.scores, ("policies",), ("ties",)) if others else ()
        label = both_languages("explain-section-rank")
        return Finding("rank", "rank", label, str(ranks[self.s]), (words,), clauses)

    def gates(self) -> Iterator[Finding]:
        for name, gate in self.document.gates.items():
            words = tuple(conditions_of(self.scores, gate.requires, self.row))
            state = CANNOT_TELL
            if isinstance(gate.requires, list):
                state = state_of(self.scores, gate.requires, self.row)
            clauses = clauses_of(self.scores, ("gates", name), ("requires",))
            yield Finding("gate", name, gate.label, Saying(STATES[state]), words, clauses)

    def tiers(self) -> Iterator[Finding]:
        if not self.document.tiers:
            return
        levels, states = self.scores.tiers
        place = int(levels[self.s])
        names = list(self.document.tiers)
        reached: Phrase = Saying("tier-none")
        if place >= 0:
            reached = Saying("tier-reached", {"tier": self.document.tiers[names[place]].label})
        label = both_languages("explain-section-tier")
        yield Finding("tier", names[place] if place >= 0 else "", label, reached)
        for name, tier in self.document.tiers.items():
            words = list(conditions_of(self.scores, tier.requires, self.row))
            if tier.includes is not None:
                words.append(Saying("tier-includes", {"tier": self.document.tiers[tier.includes].label}))
            clauses = clauses_of(self.scores, ("tiers", name), ("requires", "includes"))
            outcome = Saying(STATES[int(states[name][self.s])])
            yield Finding("tier", name, tier.label, outcome, tuple(words), clauses)

    def consequences(self) -> Iterator[Finding]:
        held = self.scores.consequences(self.scores.stations[self.s])
        for i, one in enumerate(self.document.consequences):
            said_only = one.when.zh is not None or one.when.en is not None
            if one not in held and not said_only:
                continue
            words = list(self.terms(one))
            clauses = clauses_of(self.scores, ("consequences", i), ("when", "lasts", "share"))
            outcome: Phrase = Saying("consequence-applies")
            if said_only:
                outcome = Saying("consequence-words", {"when": Text(zh=one.when.zh, en=one.when.en)})
            yield Finding("consequence", str(i), one.label, outcome, tuple(words), clauses, changed=not said_only)

    @staticmethod
    def terms(one: d.Consequence) -> Iterator[Phrase]:
        if one.lasts is not None:
            counts = [(DURATIONS[unit], count) for count, unit in re.findall(r"(\d+)([YMD])", one.lasts)]
            yield Saying("consequence-lasts", {"lasts": [Saying(code, {"count": count}) for code, count in counts]})
        if isinstance(one.share, Fraction):
            yield Saying("consequence-share", {"share": figure(one.share * 100)})

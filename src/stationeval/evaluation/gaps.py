"""Where points were lost, most first, and what input would regain each of them, by inverting the curves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor
from typing import Any

from stationeval.evaluation.breakdown import ONE
from stationeval.evaluation.cells import LARGEST
from stationeval.evaluation.curves import ZERO, Curve
from stationeval.evaluation.explanation import Clause, Datum
from stationeval.evaluation.listing import ResultTable
from stationeval.evaluation.phrases import BRACKETS, CLAUSES, COLON, LIST, Phrase, Saying, fixed, said, shown
from stationeval.evaluation.plan import Argument, Branch, Leaf, Term, known
from stationeval.evaluation.readings import OWN, clauses_of, datum, label_of
from stationeval.evaluation.results import Scores
from stationeval.exact import decimal_text, finite_places
from stationeval.framework import rules
from stationeval.framework.documents import Input
from stationeval.framework.values import Text
from stationeval.messages import Language

SIGNS = {
    ">=": ("bound-at-least", "≥ "),
    "<=": ("bound-at-most", "≤ "),
    ">": ("bound-more-than", "> "),
    "=": ("gap-become", ""),
}


@dataclass(frozen=True, slots=True)
class Need:
    """One input that would have to change.

    Attributes
    ----------
    datum
        The input as it is.
    value
        What would earn all the points of its term; None where no value of this input alone does, as `note` says.
    sign
        `>=`, `<=`, `>` or `=`: how the value bounds what will do.
    note
        Why no value can be named, or what the value depends on.
    """

    datum: Datum
    value: Fraction | bool | str | None
    sign: str = "="
    note: Phrase | None = None

    @property
    def shown(self) -> Phrase | str:
        """The value with its unit; where two decimal places do not hold it, the next that will do."""
        value = self.value
        if isinstance(value, Fraction) and (finite_places(value) or 9) > 4:
            value = Fraction((floor if self.sign == "<=" else ceil)(value * 100), 100)
        return shown(value, self.datum.unit)

    def text(self, lang: Language) -> str:
        """What it would take, in words."""
        if self.value is None:
            return "" if self.note is None else self.note.text(lang)
        needed = Saying(SIGNS[self.sign][0], {"bound": self.shown})
        words = Saying("gap-need", {"label": self.datum.label, "now": self.datum.shown, "needed": needed}).text(lang)
        return words if self.note is None else f"{words}{CLAUSES[lang]}{self.note.text(lang)}"


@dataclass(frozen=True, slots=True)
class Gap:
    """Points that one term of an indicator did not earn, and what would regain them.

    Attributes
    ----------
    station, rounds
        Whose they are, and in which rounds (ids with labels) where there are several; rounds that need the same
        stand together.
    id, path, label
        The indicator, or the item of deductions.
    lost, full
        What is missing, as it counts in the total, and what the indicator could count in all; of deductions None.
    needs
        The inputs that would have to change; several where an indicator gives all or nothing.
    clauses
        What the rule rests on.
    """

    station: str
    rounds: tuple[tuple[str, Text], ...]
    id: str
    path: tuple[str, ...]
    label: Text
    lost: Fraction
    full: Fraction | None
    needs: tuple[Need, ...]
    clauses: tuple[Clause, ...]

    @property
    def status(self) -> str:
        """The weakest ground among the values that decide it: `assumed` before `inferred` before `documented`."""
        weakest = ("unknown", "assumed", "inferred", "documented")
        return min((clause.status for clause in self.clauses), key=weakest.index, default="documented")

    def regain(self, lang: Language = "zh") -> str:
        """What would regain the points, in words."""
        return CLAUSES[lang].join(text for need in self.needs if (text := need.text(lang)))


@dataclass(frozen=True, slots=True)
class Gaps:
    """Lost points, most first. Made by `Scores.gaps`.

    Each gap alone: some inputs count in several indicators, so that regaining one may change another.

    Attributes
    ----------
    gaps
        In order of points lost, then of station and indicator.
    signature
        What made the scores.
    """

    gaps: tuple[Gap, ...]
    signature: str

    def __len__(self) -> int:
        return len(self.gaps)

    def __iter__(self) -> Iterator[Gap]:
        return iter(self.gaps)

    def __getitem__(self, place: int) -> Gap:
        return self.gaps[place]

    def table(self, lang: Language = "zh") -> ResultTable:
        """One row a gap; points as exact text, what would regain them in words."""
        rows = [_row(gap, lang) for gap in self.gaps]
        columns = {name: tuple(row[name] for row in rows) for name in COLUMNS}
        return ResultTable("gaps", columns, self.signature)

    def to_dict(self, lang: Language = "zh") -> list[dict[str, Any]]:
        """One plain row a gap, ready for JSON."""
        return [_row(gap, lang) for gap in self.gaps]

    def to_text(self, lang: Language = "zh") -> str:
        """One line a gap."""
        return "\n".join(_line(gap, lang) for gap in self.gaps) + ("\n" if self.gaps else "")

    def __str__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


COLUMNS = (
    "station", "rounds", "indicator", "label", "lost", "full_marks", "input", "now", "needed", "regain", "status",
    "clause",
)  # fmt: skip


def _row(gap: Gap, lang: Language) -> dict[str, Any]:
    clauses = [clause for clause in gap.clauses if clause.cite is not None]
    grounds = [" ".join(filter(None, (one.cite, one.locator, *one.facts, one.quote))) for one in clauses]
    return {
        "station": gap.station,
        "rounds": LIST[lang].join(name for name, _ in gap.rounds),
        "indicator": gap.id,
        "label": gap.label.say(lang),
        "lost": decimal_text(gap.lost),
        "full_marks": None if gap.full is None else decimal_text(gap.full),
        "input": LIST[lang].join(need.datum.id for need in gap.needs),
        "now": LIST[lang].join(str(said(need.datum.shown, lang)) for need in gap.needs),
        "needed": LIST[lang].join(_needed(need, lang) for need in gap.needs),
        "regain": gap.regain(lang),
        "status": gap.status,
        "clause": CLAUSES[lang].join(dict.fromkeys(grounds)),
    }


def _needed(need: Need, lang: Language) -> str:
    if need.value is None:
        return ""
    return f"{SIGNS[need.sign][1]}{said(need.shown, lang)}"


def _line(gap: Gap, lang: Language) -> str:
    named = f"{gap.id} {gap.label.say(lang)}"
    if gap.rounds:
        named = BRACKETS[lang].format(named, LIST[lang].join(label.say(lang) for _, label in gap.rounds))
    named = f"{gap.station}{COLON[lang]}{named}"
    values = {"lost": fixed(gap.lost), "regain": gap.regain(lang)}
    code = "gap-deducted"
    if gap.full is not None:
        code, values["full"] = "gap-lost", fixed(gap.full)
    return f"{named} {Saying(code, values).text(lang)}"


def gaps(scores: Scores, station: str | None = None) -> Gaps:
    """Points lost, most first, and what would regain them.

    Deductions are among them; what a bonus, a veto or a quota might add is not. Points are before any rounding of
    indicators and dimensions.

    Parameters
    ----------
    scores
        From `score`.
    station
        One station; by default all of them.

    Returns
    -------
    Gaps
        Rows with what was lost, exactly, and what input would earn it.

    Raises
    ------
    KeyError
        If there is no such station; the message names the nearest.

    Examples
    --------
    >>> import stationeval as se
    >>> from stationeval.testing import full_marks
    >>> fw = se.load("mof-self-evaluation")
    >>> row = {**full_marks(fw), "station": "甲镇", "spent": 96, "budget": 100}
    >>> scores = se.score([row], fw)
    >>> [(gap.id, str(gap.lost), gap.regain("en")) for gap in scores.gaps("甲镇")]
    [('budget_execution', '2/5', 'Spending in the year is 96 元; at least 100 元 regains it')]
    """
    places = range(len(scores)) if station is None else [scores.index(station)]
    clauses: dict[tuple[str, ...], tuple[Clause, ...]] = {}
    found = [gap for s in places for gap in _merged(_Station(scores, s, clauses).gaps())]
    found.sort(key=lambda gap: -gap.lost)
    return Gaps(tuple(found), scores.signature)


def _merged(found: Iterable[Gap]) -> Iterable[Gap]:
    """The gaps of one station; rounds in which the same input would have to become the same are one."""
    whole: dict[tuple[object, ...], Gap] = {}
    for gap in found:
        key = (gap.path, *((need.datum.id, need.datum.value, need.value, need.sign) for need in gap.needs))
        if key in whole:
            one = whole[key]
            gap = replace(  # noqa: PLW2901  (the two as one)
                one,
                rounds=one.rounds + gap.rounds,
                lost=one.lost + gap.lost,
                full=None if one.full is None or gap.full is None else one.full + gap.full,
            )
        whole[key] = gap
    return whole.values()


class _Station:
    def __init__(self, scores: Scores, s: int, found: dict[tuple[str, ...], tuple[Clause, ...]]) -> None:
        self.scores, self.s = scores, s
        self.document = scores.framework.doc
        self.clauses = found

    def gaps(self) -> Iterator[Gap]:
        standing = self.scores.data.standing
        several = len(standing.rows) > 1
        for name, rows, weight in zip(self.scores.data.rounds, standing.rows, standing.weights, strict=True):
            names = ((name, known(self.document.rounds)[name].label),) if several else ()
            yield from self.inside(self.scores.plan.root, int(rows[self.s]), weight, names)
        for leaf in self.scores.plan.deductions:
            yield from self.of_leaf(leaf, int(standing.last[self.s]), -ONE, ())

    def inside(
        self, node: Branch | Leaf, row: int, weight: Fraction, names: tuple[tuple[str, Text], ...]
    ) -> Iterator[Gap]:
        """The gaps of a node; where siblings are left out, what remains counts for more."""
        if isinstance(node, Leaf):
            yield from self.of_leaf(node, row, weight, names)
            return
        present = [child for child in node.children if self.scores.engine.exact_node(child, row) is not None]
        available = sum((child.points for child in present), ZERO)
        for child in present:
            yield from self.inside(child, row, weight * node.points / available, names)

    def of_leaf(self, leaf: Leaf, row: int, weight: Fraction, names: tuple[tuple[str, Text], ...]) -> Iterator[Gap]:
        """One gap a term: an item of a checklist is a gap of its own."""
        if not weight or self.scores.engine.exact_leaf(leaf, row) is None:
            return
        empty = any(datum(self.scores, each, row).value is None for each in leaf.inputs)
        for term, x, points in self.scores.engine.terms(leaf, row):
            # of deductions the least counts
            curve = term.curve if weight > 0 else term.curve.scaled(-ONE)
            earned = ZERO if empty else points if weight > 0 else -points
            lost = (curve.best() - earned) * abs(weight)
            if lost <= 0:
                continue
            yield Gap(
                station=self.scores.stations[self.s],
                rounds=names,
                id=leaf.id,
                path=leaf.path,
                label=label_of(self.document, leaf.path),
                lost=lost,
                full=leaf.points * weight if weight > 0 else None,
                needs=tuple(_needs(self.scores, leaf, replace(term, curve=curve), None if empty else x, row)),
                clauses=self.rests_on(leaf.path),
            )

    def rests_on(self, path: tuple[str, ...]) -> tuple[Clause, ...]:
        if path not in self.clauses:
            self.clauses[path] = clauses_of(self.scores, path, OWN)
        return self.clauses[path]


def _needs(scores: Scores, leaf: Leaf, term: Term, x: Fraction | None, row: int) -> Iterator[Need]:
    """What would have to change for a term to earn all it can."""
    argument = term.argument
    read = [datum(scores, name, row) for name in argument.inputs]
    if isinstance(leaf.rule, rules.Checklist):
        for one in read:
            if one.value is not True:
                yield Need(one, True)
        return
    (one,) = read
    if argument.relative is not None:
        yield Need(one, None, note=Saying("gap-relative", {"label": one.label}))
        return
    if not term.curve.edges():
        yield Need(one, None, note=Saying("gap-any", {"label": one.label}))
        return
    near = ZERO if x is None else x
    wanted = term.curve.reach(term.curve.best(), near)
    if wanted is None:
        return
    if argument.inverse and wanted <= 0:
        yield Need(one, None, note=Saying("gap-endless", {"label": one.label}))
        return
    sign = _sign(term.curve, wanted, x)
    if argument.of is not None:
        of = datum(scores, argument.of, row)
        if not isinstance(of.value, Fraction) or of.value == 0:
            yield Need(one, None, note=Saying("gap-divisor", {"of": of.label, "now": of.shown}))
            return
        yield _need(scores, one, of.value / wanted if argument.inverse else wanted * of.value, argument, sign)
        return
    yield _need(scores, one, 1 / wanted if argument.inverse else wanted, argument, sign)


def _sign(curve: Curve, wanted: Fraction, x: Fraction | None) -> str:
    """On which side of the wanted argument the points are."""
    if x is None:
        edges = curve.edges()
        rising = curve.exact(edges[-1] + 1) >= curve.exact(edges[0] - 1)
    else:
        rising = wanted >= x
    if not curve.is_open_at(wanted) or curve.exact(wanted) >= curve.best():
        return ">=" if rising else "<="
    return ">"


def _need(scores: Scores, read: Datum, value: Fraction, argument: Argument, sign: str) -> Need:
    """The value as the data dictionary would have it: a choice by name, a whole number, within its bounds."""
    spec = scores.framework.doc.inputs.get(read.id)
    if spec is not None and spec.type == "choice":
        return Need(read, spec.choices[int(value)])
    if spec is not None and spec.type == "boolean":
        return Need(read, value > 0)
    if argument.inverse:
        sign = {">=": "<=", "<=": ">="}.get(sign, sign)
    step = _step(scores, read)
    if step is not None:
        value, sign = _rounded(value / step, sign)
        value *= step
    beyond = _beyond(spec, value)
    note = None if beyond is None else Saying("gap-beyond", {"bound": shown(beyond, read.unit)})
    return Need(read, value, sign, note)


def _beyond(spec: Input | None, value: Fraction) -> Fraction | None:
    """The end of the range allowed, where a value lies outside it."""
    if spec is not None and isinstance(spec.max, Fraction) and value > spec.max:
        return spec.max
    if spec is not None and isinstance(spec.min, Fraction) and value < spec.min:
        return spec.min
    if spec is not None and isinstance(spec.more_than, Fraction) and value <= spec.more_than:
        return spec.more_than
    return None if abs(value) < LARGEST else Fraction(LARGEST if value > 0 else -LARGEST)


def _step(scores: Scores, read: Datum) -> Fraction | None:
    """The last place that a value may have."""
    document = scores.framework.doc
    if read.id in document.derive:
        made = document.derive[read.id]
        whole = made.kind in ("sum", "difference") and all(document.inputs[name].type == "integer" for name in made.of)
        return ONE if whole else None
    spec = document.inputs[read.id]
    if spec.type == "integer":
        return ONE
    return None if spec.places is None else Fraction(1, 10**spec.places)


def _rounded(value: Fraction, sign: str) -> tuple[Fraction, str]:
    """The nearest whole number that will do."""
    if sign == "<=":
        return Fraction(floor(value)), sign
    if sign == ">":
        return Fraction(floor(value) + 1), ">="
    return Fraction(ceil(value)), sign

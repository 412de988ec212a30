"""What a difference between two evaluations is, and how it is told: as text, as plain values, as a table."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from stationeval.evaluation.explanation import CHANGES
from stationeval.evaluation.listing import ResultTable, plain
from stationeval.evaluation.phrases import COLON, LIST, Phrase, Saying, fixed, said
from stationeval.exact import decimal_text
from stationeval.framework.values import Text
from stationeval.messages import Language


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that is other than it was.

    Attributes
    ----------
    name, label
        An input, indicator, gate or path of the framework, by its id and in words.
    before, after
        Exact numbers, text, states; None where it was not there.
    round
        Of an input, the round by id and label, where there are several.
    words
        Before and after, as they are told.
    """

    name: str
    label: Text
    before: Any
    after: Any
    round: tuple[str, Text] | None = None
    words: tuple[Phrase | str, Phrase | str] = ("", "")

    @property
    def change(self) -> Fraction:
        """After less before, of points; what was not there counts as nothing."""
        return Fraction(self.after or 0) - Fraction(self.before or 0)


@dataclass(frozen=True, slots=True)
class StationDifference:
    """How one station's result changed, and why.

    The changes of `points` sum to the change of `exact`, the total before it is rounded and before vetoes.

    Attributes
    ----------
    total, exact, grade, rank
        Before and after.
    amount
        The subsidy before and after; None where it cannot be computed.
    inputs
        The data that changed.
    points
        The indicators, items and changes by a rule (rounding, caps) whose part in the total changed.
    gates
        The entry conditions whose state changed.
    """

    station: str
    total: tuple[Decimal, Decimal]
    exact: tuple[Fraction, Fraction]
    grade: tuple[str | None, str | None]
    rank: tuple[int, int]
    amount: tuple[Decimal, Decimal] | None
    inputs: tuple[Changed, ...]
    points: tuple[Changed, ...]
    gates: tuple[Changed, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed between two evaluations, and why. Made by `Scores.diff`; true where anything differs.

    Attributes
    ----------
    before, after
        What made the two.
    added, removed
        Stations that only the later, or only the earlier one has.
    framework
        Values of the framework that differ.
    stations
        The stations whose result or data differ, in the order of the later evaluation.
    """

    before: str
    after: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    framework: tuple[Changed, ...]
    stations: tuple[StationDifference, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.framework or self.stations)

    def station(self, name: str) -> StationDifference:
        """The difference of one station.

        Raises
        ------
        KeyError
            If nothing differs there.
        """
        for one in self.stations:
            if one.station == name:
                return one
        raise KeyError(name)

    def table(self) -> ResultTable:
        """One row a station that differs: totals, grades, ranks, subsidies, and how many inputs changed."""
        rows = self.stations
        columns: dict[str, tuple[Any, ...]] = {
            "station": tuple(one.station for one in rows),
            "total_before": tuple(one.total[0] for one in rows),
            "total_after": tuple(one.total[1] for one in rows),
            "change": tuple(one.total[1] - one.total[0] for one in rows),
            "grade_before": tuple(one.grade[0] for one in rows),
            "grade_after": tuple(one.grade[1] for one in rows),
            "rank_before": tuple(one.rank[0] for one in rows),
            "rank_after": tuple(one.rank[1] for one in rows),
            "amount_before": tuple(None if one.amount is None else one.amount[0] for one in rows),
            "amount_after": tuple(None if one.amount is None else one.amount[1] for one in rows),
            "inputs_changed": tuple(len(one.inputs) for one in rows),
        }
        return ResultTable("diff", columns, self.after)

    def to_dict(self) -> dict[str, Any]:
        """Everything ready for JSON; exact numbers as text."""
        return {
            "before": self.before,
            "after": self.after,
            "added": list(self.added),
            "removed": list(self.removed),
            "framework": [_changed_dict(one) for one in self.framework],
            "stations": [_station_dict(one) for one in self.stations],
        }

    def to_text(self, lang: Language = "zh") -> str:
        """What changed, station by station, and why, as lines of text."""
        if not self:
            return Saying("diff-none").text(lang) + "\n"
        lines = [
            Saying("diff-head", {"stations": len(self.stations)}).text(lang),
            Saying("diff-before", {"signature": self.before}).text(lang),
            Saying("diff-after", {"signature": self.after}).text(lang),
        ]
        for code, names in (("diff-added", self.added), ("diff-removed", self.removed)):
            if names:
                lines.append(Saying(code, {"stations": LIST[lang].join(names)}).text(lang))
        if self.framework:
            lines.append(Saying("diff-framework", {"count": len(self.framework)}).text(lang))
            lines += [f"  {_arrow(one, lang)}" for one in self.framework]
        for one in self.stations:
            lines += ["", *_station_lines(one, lang)]
        return "\n".join(lines) + "\n"

    def __str__(self) -> str:
        return self.to_text()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def _arrow(one: Changed, lang: Language) -> str:
    before, after = (said(word, lang) for word in one.words)
    return f"{one.name}{COLON[lang]}{before} → {after}"


def _station_lines(one: StationDifference, lang: Language) -> list[str]:
    before, after = one.total
    rose = Saying(
        "diff-total" if before != after else "diff-total-same",
        {"before": format(before, "f"), "after": format(after, "f"), "change": _signed(Fraction(after - before))},
    )
    head = [rose.text(lang)]
    for code, pair in (("diff-grade", one.grade), ("diff-rank", one.rank), ("diff-amount", one.amount)):
        if pair is not None and pair[0] != pair[1]:
            shown = {"before": plain(pair[0]), "after": plain(pair[1])}
            head.append(Saying(code, shown).text(lang))
    separator = "，" if lang == "zh" else ", "
    lines = [f"{one.station}{COLON[lang]}{separator.join(head)}"]
    for each in one.inputs:
        values = {"label": each.label, "before": each.words[0], "after": each.words[1]}
        code = "diff-input"
        if each.round is not None:
            code, values["round"] = "diff-input-round", each.round[1]
        lines.append("  " + Saying(code, values).text(lang))
    for each in one.points:
        label = each.label.say(lang)
        named = label if each.name in CHANGES else f"{each.name} {label}"
        values = {
            "label": named,
            "before": fixed(each.before or Fraction(0)),
            "after": fixed(each.after or Fraction(0)),
            "change": _signed(each.change),
        }
        lines.append("  " + Saying("diff-points", values).text(lang))
    for each in one.gates:
        values = {"label": each.label, "before": each.words[0], "after": each.words[1]}
        lines.append("  " + Saying("diff-gate", values).text(lang))
    if before == after and one.rank[0] != one.rank[1]:
        lines.append("  " + Saying("diff-rank-by-others").text(lang))
    return lines


def _signed(change: Fraction) -> str:
    text = fixed(change)
    return text if text.startswith("-") else f"+{text}"


def _changed_dict(one: Changed) -> dict[str, Any]:
    found = {"name": one.name, "label": one.label.say(), "before": _exactly(one.before), "after": _exactly(one.after)}
    return found if one.round is None else {**found, "round": one.round[0]}


def _exactly(value: Any) -> Any:
    return decimal_text(value) if isinstance(value, Fraction) else plain(value)


def _station_dict(one: StationDifference) -> dict[str, Any]:
    return {
        "station": one.station,
        "total": [format(total, "f") for total in one.total],
        "exact": [decimal_text(value) for value in one.exact],
        "grade": list(one.grade),
        "rank": list(one.rank),
        "amount": None if one.amount is None else [format(amount, "f") for amount in one.amount],
        "inputs": [_changed_dict(each) for each in one.inputs],
        "points": [_changed_dict(each) for each in one.points],
        "gates": [_changed_dict(each) for each in one.gates],
    }

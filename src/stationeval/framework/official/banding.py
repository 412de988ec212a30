"""Wordings with thresholds, as bands without gap or overlap: `90%以上得5分，80%-90%得3分，其余不得分`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any, NamedTuple

from stationeval.framework.official.clauses import COUNTED, NUMBER, UNITS
from stationeval.framework.official.figures import plain_number

_UNIT = rf"(?P<unit>{UNITS}|分)?"
_GIVES = (
    r"(?:之间|范围内|区间)?(?:的|者|时|则|可|即|\))*(?:(?:得|计|记|给|加|评)?:?"
    rf"(?P<points>{NUMBER})分|(?P<full>(?:得|计|给)?满分)|(?P<zero>不得分))\Z"
)
_WHAT = r"(?P<what>[^0-9≥≤<>%]*?)"
_NOUN = r"(?P<noun>[^0-9≥≤<>%得计给记分满不]{0,12}?)"
_FROM = re.compile(rf"{_WHAT}≥(?P<low>{NUMBER}){_UNIT}(?:以上)?{_NOUN}{_GIVES}")
_UP = re.compile(rf"{_WHAT}(?P<low>{NUMBER}){_UNIT}以上{_NOUN}{_GIVES}")
_ABOVE = re.compile(rf"{_WHAT}>(?P<low>{NUMBER}){_UNIT}{_NOUN}{_GIVES}")
_RANGE = re.compile(rf"{_WHAT}(?P<low>{NUMBER})(?:{UNITS}|分)?-(?P<high>{NUMBER}){_UNIT}{_NOUN}{_GIVES}")
_TWO_SIDED = re.compile(
    rf"{_WHAT}≥(?P<low>{NUMBER})(?:{UNITS}|分)?(?:且|并|、)?<(?P<high>{NUMBER}){_UNIT}{_NOUN}{_GIVES}"
)
_BETWEEN = re.compile(
    rf"(?P<low>{NUMBER})(?:{UNITS}|分)?≤(?P<what>[^0-9≥≤<>%]+?)<(?P<high>{NUMBER}){_UNIT}(?P<noun>){_GIVES}"
)
_NOTHING = re.compile(rf"(?:没有|无|0{_UNIT})(?P<noun>[^0-9]{{0,10}}?){_GIVES}")
_EXACT = re.compile(rf"{_WHAT}(?P<low>{NUMBER})(?P<unit>{UNITS}){_NOUN}{_GIVES}")
_UNDER = re.compile(
    rf"{_WHAT}(?:<(?P<below>{NUMBER}){_UNIT}(?:以下)?|(?P<under>{NUMBER})(?P<unit2>{UNITS}|分)?以下){_NOUN}{_GIVES}"
)
_REST = re.compile(rf"(?:其余|其他|其它|否则|剩余|不满足|未达到|达不到|未达标|以下)(?P<noun>[^0-9]{{0,10}}?){_GIVES}")


class Banding(NamedTuple):
    """Bands as the format writes them, of what, in which unit, and whether a gap between two went to the lower."""

    bands: list[dict[str, Any]]
    what: str
    unit: str
    gap: bool


@dataclass(frozen=True, slots=True)
class _Step:
    low: Fraction
    open: bool
    high: Fraction | None
    points: Fraction


def read_bands(parts: Sequence[str], full: Fraction | None) -> Banding | None:
    """The bands that clauses mean; None unless they cover everything, once, with the best worth full marks.

    Examples
    --------
    >>> read_bands(["≥90%得5分", "80%-90%得3分", "其余不得分"], Fraction(5)).bands
    [{'at_least': 90, 'points': 5}, {'at_least': 80, 'points': 3}, {'otherwise': 0}]
    """
    steps: list[_Step] = []
    otherwise: tuple[Fraction | None, Fraction] | None = None
    units: set[str] = set()
    whats: list[str] = []
    for part in parts:
        if rest := _REST.match(part):
            if otherwise is not None:
                return None
            otherwise = (None, _points(rest, full))
            continue
        if (none := _NOTHING.match(part)) and otherwise is None:
            otherwise = (Fraction(0), _points(none, full))
            continue
        found = next((one for pattern in _ORDER if (one := pattern.match(part))), None)
        if found is None:
            return None
        said = found.groupdict()
        units |= {unit for unit in (said.get("unit"), said.get("unit2")) if unit}
        whats += [said["what"]] if said["what"] else []
        points = _points(found, full)
        if found.re is _UNDER:
            if otherwise is not None:
                return None
            otherwise = (Fraction(said["below"] or said["under"]), points)
        else:
            exact = found.re is _EXACT
            high = said.get("high") or (said["low"] if exact else None)
            steps.append(
                _Step(Fraction(said["low"]), found.re is _ABOVE, None if high is None else Fraction(high), points)
            )
    longest = max(whats, key=len, default="")
    if not steps or len(units) > 1 or any(not longest.endswith(what) for what in whats):
        return None
    unit = units.pop() if units else ""
    return _joined(sorted(steps, key=lambda step: -step.low), otherwise, full, longest, unit)


_ORDER = (_TWO_SIDED, _BETWEEN, _FROM, _UP, _ABOVE, _RANGE, _UNDER, _EXACT)


def _points(found: re.Match[str], full: Fraction | None) -> Fraction:
    if found["points"]:
        return Fraction(found["points"])
    return Fraction(0) if found["zero"] else Fraction(-1) if full is None else full


def _joined(
    steps: list[_Step], otherwise: tuple[Fraction | None, Fraction] | None, full: Fraction | None, what: str, unit: str
) -> Banding | None:
    whole = unit in COUNTED
    gap = False
    if otherwise is None and not steps[-1].low and len(steps) > 1:
        otherwise = (steps[-1].high, steps[-1].points)
        steps = steps[:-1]
    top = steps[0]
    if otherwise is None or (top.high is not None and not (unit in ("%", "分") and top.high == 100)):
        return None
    edges = [(step.high, step.points) for step in steps[1:]] + [otherwise]
    for above, (high, points) in zip(steps, edges, strict=True):
        if points >= above.points:
            return None
        if high is None or high == above.low:
            continue
        if high != above.low - 1:
            return None
        gap |= not whole
    if any(one.low == other.low for one, other in pairwise(steps)):
        return None
    if top.points < 0 or top.points != (full if full is not None else top.points):
        return None
    bands: list[dict[str, Any]] = [
        {"more_than" if step.open else "at_least": plain_number(step.low), "points": plain_number(step.points)}
        for step in steps
    ]
    return Banding([*bands, {"otherwise": plain_number(otherwise[1])}], what, unit, gap)

"""What a rule says in words, where it can only mean one thing: every clause must be understood, or none is used.

The pattern is always the same: a way of writing gives one of the nine kinds of rule with the inputs that it needs.
“以上” has the number in it (Civil Code, art. 1259), “超过” has not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from typing import Any, Literal, TypeAlias

from stationeval.framework.official.banding import read_bands
from stationeval.framework.official.clauses import COUNTED, NUMBER, UNITS, clauses, compares, without_preface
from stationeval.framework.official.figures import plain_number

Part: TypeAlias = Literal["base", "bonus", "deductions"]


@dataclass(frozen=True, slots=True)
class Asked:
    """An input that a rule needs: what it is called beside the indicator's name, and its entry in the dictionary."""

    what: str
    spec: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Understood:
    """What a wording means.

    Attributes
    ----------
    rule
        With `@1`, `@2` … for the inputs.
    asked
        The inputs, in that order.
    notes
        Codes of what was decided where the wording leaves a little open.
    most
        The points that the wording itself calls the most that can be had.
    """

    rule: dict[str, Any]
    asked: tuple[Asked, ...]
    notes: tuple[str, ...] = ()
    most: Fraction | None = None


@dataclass(frozen=True, slots=True)
class _Wording:
    """A wording in clauses, with the points it is worth and the part of the table it stands in."""

    clauses: list[str]
    preface: str
    full: Fraction | None
    part: Part
    rest: list[str] = field(default_factory=list)


_STOP = re.compile(
    r"(?:直至|直到|至|以)?(?:该项|本项|此项|分值)?扣(?:完|光)(?:该项|本项|此项)?(?:的)?(?:总?分值?|得分)?(?:为止|即止)?\Z"
    r"|扣至0分(?:为止)?\Z|(?:不|不得|不出现|不得出现|不计|不得扣为|该项不出?现?)负分\Z|不倒扣(?:分)?\Z|最低(?:得|为)?0分\Z"
)
_FULL_STOP = re.compile(
    r"(?:加|得|计)满(?:分)?为止\Z|以满分为限\Z|满分为止\Z|(?:最高)?(?:得|计)?(?:不超过)?满分\Z|(?:超过|>).{0,6}按满分计?\Z"
)
_NO_POINTS = r"(?:该项|本项|此项|则|均|一律|的|者)*不得分"
_NEGATED = re.compile(rf"(?:没有|没|无|未|否则|反之|反之则|否|不|缺|其余|其他).{{0,30}}?{_NO_POINTS}\Z")
_GIVES = rf"(?:的|者|则|可|即)*(?:得|计|记|给|加|评)?:?(?:(?P<points>{NUMBER})分|(?P<full>(?:得|计|给)?满分))"
_TICK = re.compile(rf"(?P<what>[^0-9≥≤<>%]{{1,60}}?)[(:]?{_GIVES}\)?\Z")
_ONE_TICK = re.compile(rf"(?P<what>[^≥≤<>%]{{0,80}}?)[(:]?{_GIVES}\)?\Z")
_NO_TICK = re.compile(r"每|扣|最[高多]|上限|酌情|视|综合|情况|比例|[0-9]-\Z|\A[0-9]")
_LEVEL = re.compile(
    rf"(?P<what>[^0-9≥≤<>%]{{1,14}}?)(?:(?:的|者)*(?:得|计|记|给|评)?:?(?P<points>{NUMBER})分|{_NO_POINTS})\Z"
)
_LEVEL_WORDS = re.compile(
    r"(?:很|较|比较|基本|完全|部分|非常|不)?(?:优秀?|良好?|中等?|好|差|一般|合格|达标|完善|健全|规范|齐全|完整|到位|满意)\Z"
)
_NEGATIVE = re.compile(r"(?:差|较差|很差|不.*|未.*|无.*|没有.*|其他|其余|否则)\Z")
_WHAT = r"[^0-9扣得加%]"
_DEDUCT = re.compile(
    rf"(?P<before>{_WHAT}{{0,40}}?)(?:(?:每|凡)|(?=(?:缺少?|漏)1))(?P<act>{_WHAT}{{0,12}}?)(?P<n>[0-9]+)?(?P<unit>{UNITS})?"
    rf"(?P<what>{_WHAT}{{0,24}}?)(?:扣除?|减|倒扣)(?P<points>{NUMBER})分\Z"
)
_COUNT = re.compile(
    rf"(?P<before>[^0-9扣%]{{0,40}}?)每(?P<act>[^0-9扣%]{{0,12}}?)(?P<n>[0-9]+)?(?P<unit>{UNITS})"
    rf"(?P<what>[^0-9扣%]{{0,24}}?)(?:可)?(?:得|加|计|记|给)(?P<points>{NUMBER})分\Z"
)
_CAP = re.compile(
    rf"(?:累计|合计|总分|总计|本项|该项)?(?:最高|最多|上限|至多|≤|满分)(?:可|得|加|扣|计|为|≤)*(?P<points>{NUMBER})分(?:为止|封顶)?\Z"
)
_CAP_TOO = re.compile(rf"(?:(?:加|扣|得)满|满)?(?P<points>{NUMBER})分(?:封顶|为限|为止)\Z")
_TARGET = re.compile(
    rf"(?P<what>{_WHAT}{{0,40}}?)≥(?P<target>{NUMBER})(?P<unit>{UNITS})(?:以上)?(?P<noun>[^0-9扣%得分]{{0,20}}?)(?:{_GIVES})?\Z"
)
_EACH_LESS = re.compile(rf"每(?:少|缺|低|减少|差|缺少|不足)(?P<n>[0-9]+)?(?P<unit>{UNITS})扣(?P<points>{NUMBER})分\Z")
_PROPORTION = re.compile(
    r"(?P<what>[^0-9≥≤<>%]{0,30}?)(?:按照?|依照?|以)(?P<base>[^0-9≥≤<>%]{0,12}?)(?:比例|达标率|完成率|率)(?:的)?(?:计算|折算|相应)?(?:得|计|给|赋|记|扣)分?\Z"
)
_TIMES = re.compile(
    rf"(?:得分|分值)=(?P<what>[^0-9=×*]{{1,30}})[×*](?P<full>该项分值|本项分值|分值|满分|标准分|权重|{NUMBER}分?)\Z"
)
_BELOW = re.compile(
    r"(?:未达到?|不足|低于|达不到|未完成|不达标|<|其余|其他|否则|以下)[^0-9]{0,10}?(?:的|者)?(?:按照?|依).{0,8}?比例(?:计算|折算|相应)?(?:得|计|给|扣|递减)分?\Z"
)
_RATED = re.compile(
    rf"(?:由|请)?(?:专家|评委|评审专家|评审组|考核组|评估组|评估专家|第三方|督导)[^0-9]{{0,20}}?(?:评分|打分|评定|赋分)\Z"
    rf"|(?:[^0-9]{{0,20}}?)(?:酌情|视情况?|综合)(?:考虑)?(?:得|给|计|赋|评|打)(?:0-(?P<most>{NUMBER}))?分\Z"
)
_ALL = re.compile(
    r"(?P<what>[^0-9]{0,40}?)(?:缺|有)(?:任何)?(?:1|一)(?:项|个|条)?(?:不符合|不达标|缺失)?(?:即|就|则|的)*不得分\Z"
)
_WORTH = re.compile(rf"(?:本项|该项|此项|共|总分|满分|基础分|基本分)(?:满分|共|总分|计|为)*(?P<points>{NUMBER})分\Z")


def read_wording(text: str, *, full: Fraction | None, part: Part = "base") -> Understood | None:
    """The rule that a wording means; None where it could mean another, or anything in it is not understood.

    Parameters
    ----------
    text
        The words of the table: `≥90%得5分，80%-90%得3分，其余不得分`.
    full
        The points of the indicator, where they are known.
    part
        Where it stands: in the base, or among the items that are added or deducted.

    Examples
    --------
    >>> read_wording("每缺1项扣2分，扣完为止", full=Fraction(10)).rule
    {'kind': 'deduct', 'input': '@1', 'points_each': 2}
    >>> read_wording("酌情扣分", full=Fraction(10)) is None
    True
    """
    said = clauses(text)
    said = [clause for clause in said if not (found := _WORTH.match(clause)) or Fraction(found["points"]) != full]
    preface, rest = without_preface(said)
    if not rest:
        return None
    wording = _Wording(rest, preface, full, part)
    for read in _READERS[part]:
        if (meant := read(wording)) is not None:
            return meant
    return None


def _counted(what: str, unit: str | None) -> Asked:
    """An input that counts: whole things, or an amount where the unit can be parted."""
    whole = unit is None or unit in COUNTED
    spec: dict[str, Any] = {"type": "integer" if whole else "number", "min": 0}
    if unit:
        spec["unit"] = unit
    return Asked(what, spec)


def _without(parts: Sequence[str], pattern: re.Pattern[str]) -> list[str]:
    return [part for part in parts if not pattern.match(part)]


def _deduct(wording: _Wording) -> Understood | None:
    """每缺1项扣2分，扣完为止."""
    parts = _without(wording.clauses, _STOP)
    caps = [cap for part in parts[1:] if (cap := _CAP.match(part) or _CAP_TOO.match(part))]
    if len(parts) != 1 + len(caps) or len(caps) > 1 or not (found := _DEDUCT.match(parts[0])):
        return None
    unit = found["unit"]
    if found["n"] not in (None, "1") or unit in ("%", "百分点", "个百分点") or not (unit or found["n"]):
        return None
    if compares(found["before"] + found["what"]):
        return None
    rule: dict[str, Any] = {"kind": "deduct", "input": "@1", "points_each": plain_number(Fraction(found["points"]))}
    if caps:
        most = Fraction(caps[0]["points"])
        if wording.full is None or most > wording.full:
            return None
        if most < wording.full:
            rule["floor"] = plain_number(wording.full - most)
    return Understood(rule, (_counted(_called(found, "数"), unit or "项"),))


def _called(found: re.Match[str], end: str) -> str:
    """What a counting input is called: `缺的项数`, `迟报次数`."""
    said = f"{found['before']}{found['act']}{found['what']}".rstrip("的")
    return f"{said}{found['unit'] or '项'}{end}"


def _less_than_target(wording: _Wording) -> Understood | None:
    """达到6人得满分，每少1人扣1分."""
    parts = _without(wording.clauses, _STOP)
    if len(parts) != 2 or wording.full is None:
        return None
    top, less = _TARGET.match(parts[0]), _EACH_LESS.match(parts[1])
    if not top or not less or less["n"] not in (None, "1") or not _same_unit(top["unit"], less["unit"]):
        return None
    if top["unit"] not in COUNTED or (top["points"] and Fraction(top["points"]) != wording.full):
        return None
    target, each = Fraction(top["target"]), Fraction(less["points"])
    if target.denominator != 1:
        return None
    knots = _falling(int(target), wording.full, each)
    asked = _counted(f"{top['what']}{top['noun']}" or "数量", top["unit"])
    return Understood({"kind": "linear", "input": "@1", "knots": knots}, (asked,))


def _falling(target: int, full: Fraction, each: Fraction) -> list[list[Any]]:
    """Full marks at a whole number, so many points less for each one below it, never under nothing."""
    steps = min(target, full // each)
    lowest, rest = target - steps, full - each * steps
    knots: list[list[Any]] = [[target, plain_number(full)]]
    if steps:
        knots.insert(0, [lowest, plain_number(rest)])
    if rest and lowest > 0:
        knots.insert(0, [lowest - 1, 0])
    return knots if len(knots) > 1 else [[target - 1, 0], *knots]


def _same_unit(one: str, other: str) -> bool:
    people = {"人", "名", "位"}
    return one == other or (one in people and other in people)


def _proportion(wording: _Wording) -> Understood | None:
    """按比例得分; 得分=完成率×分值; 达到6人得满分，不足的按比例得分."""
    parts = _without(wording.clauses, _FULL_STOP)
    if len(parts) == 2 and (top := _TARGET.match(parts[0])) and _BELOW.match(parts[1]):
        if top["points"] and Fraction(top["points"]) != wording.full:
            return None
        asked = _counted(f"{top['what']}{top['noun']}" or "数量", top["unit"])
        return Understood({"kind": "ratio", "input": "@1", "target": plain_number(Fraction(top["target"]))}, (asked,))
    if len(parts) != 1:
        return None
    if found := _TIMES.match(parts[0]):
        given = re.match(NUMBER, found["full"])
        if given and Fraction(given[0]) != wording.full:
            return None
        what = found["what"]
    elif found := _PROPORTION.match(parts[0]):
        base = found["base"].removeprefix("照")
        what = f"{found['what']}{base}比例"
    else:
        return None
    asked = Asked(what, {"type": "number", "unit": "%", "min": 0})
    return Understood({"kind": "ratio", "input": "@1", "target": 100}, (asked,), ("table-rule-percent",))


def _boolean(wording: _Wording) -> Understood | None:
    """有得3分，没有不得分."""
    if len(wording.clauses) == 1 and (found := _ALL.match(wording.clauses[0])):
        if wording.full is None:
            return None
        what = wording.preface or found["what"] or "全部符合"
        return _ticks_of([(what, wording.full)])
    if len(wording.clauses) != 2 or not _NEGATED.match(wording.clauses[1]) or compares(wording.clauses[1]):
        return None
    found = _ONE_TICK.match(wording.clauses[0])
    if not found or re.search(r"[0-9]", found["what"]) or found["what"].startswith("每"):
        return None
    points = wording.full if found["full"] else Fraction(found["points"])
    if points is None or points != (wording.full or points):
        return None
    return _ticks_of([(f"{wording.preface}{found['what']}", points)])


def _ticks_of(ticks: Sequence[tuple[str, Fraction]]) -> Understood:
    items = {f"@{i}": plain_number(points) for i, (_, points) in enumerate(ticks, 1)}
    asked = tuple(Asked(what.strip("的者、:"), {"type": "boolean"}) for what, _ in ticks)
    return Understood({"kind": "checklist", "items": items}, asked)


def _ticks(wording: _Wording) -> Understood | None:
    """有制度得1分；制度上墙得1分: what is ticked adds up to full marks."""
    parts = wording.clauses
    if len(parts) > 1 and _NEGATED.match(parts[-1]) and not compares(parts[-1]):
        parts = parts[:-1]
    found = [(_TICK if len(parts) > 1 else _ONE_TICK).match(part) for part in parts]
    ticks = [(one["what"], Fraction(one["points"])) for one in found if one and one["points"]]
    if len(ticks) < len(parts) or any(_NO_TICK.search(what) or not what for what, _ in ticks):
        return None
    if len(ticks) > 1 and any(_LEVEL_WORDS.match(what) for what, _ in ticks):
        return None
    whole = sum((points for _, points in ticks), Fraction(0))
    fits = wording.full is None or whole == wording.full or (wording.part == "bonus" and whole <= wording.full)
    return _ticks_of(ticks) if fits and all(points for _, points in ticks) else None


def _levels(wording: _Wording) -> Understood | None:
    """优秀得5分，良好得3分，较差不得分: one of several levels, the best worth full marks, the last nothing."""
    if not 2 <= len(wording.clauses) <= 8:
        return None
    found = [_LEVEL.match(part) for part in wording.clauses]
    levels = [(one["what"].strip("的者为、"), Fraction(one["points"] or 0)) for one in found if one]
    names, points = [name for name, _ in levels], [value for _, value in levels]
    if len(levels) < len(found) or len(set(names)) < len(names) or any(a <= b for a, b in pairwise(points)):
        return None
    if points[0] != (wording.full or points[0]) or not (points[-1] == 0 or _NEGATIVE.match(names[-1])):
        return None
    if any("每" in name or "扣" in name or not name for name in names):
        return None
    asked = Asked(wording.preface or "评定", {"type": "choice", "choices": names})
    return Understood({"kind": "lookup", "input": "@1", "map": {n: plain_number(v) for n, v in levels}}, (asked,))


def _count(wording: _Wording) -> Understood | None:
    """每开展1次得0.5分，最高5分."""
    parts = _without(wording.clauses, _FULL_STOP)
    caps = [found for part in parts[1:] if (found := _CAP.match(part) or _CAP_TOO.match(part))]
    pattern = _DEDUCT if wording.part == "deductions" else _COUNT
    if wording.part == "deductions":
        parts = _without(parts, _STOP)
    if len(parts) != 1 + len(caps) or len(caps) > 1 or not (found := pattern.match(parts[0])):
        return None
    if found["n"] not in (None, "1") or found["unit"] in (None, "%", "百分点", "个百分点"):
        return None
    most = Fraction(caps[0]["points"]) if caps else None
    if most is not None and wording.full is not None and most != wording.full:
        return None
    rule = {"kind": "count", "input": "@1", "points_each": plain_number(Fraction(found["points"]))}
    return Understood(rule, (_counted(_called(found, "数"), found["unit"]),), most=most)


def _rated(wording: _Wording) -> Understood | None:
    """由专家评分; 酌情得0-5分."""
    if len(wording.clauses) != 1 or wording.full is None or not (found := _RATED.match(wording.clauses[0])):
        return None
    if found["most"] and Fraction(found["most"]) != wording.full:
        return None
    asked = Asked("评分", {"type": "rating", "min": 0, "max": plain_number(wording.full)})
    return Understood({"kind": "rating", "input": "@1"}, (asked,))


_FOUND = re.compile(rf"(?P<what>[^0-9每]{{1,60}}?)(?:的|者|,)?(?:倒?扣除?|减)(?P<points>{NUMBER})分\Z")


def _found_out(wording: _Wording) -> Understood | None:
    """发现弄虚作假的扣10分: among the deductions."""
    found = [_FOUND.match(part) for part in wording.clauses]
    ticks = [(one["what"], Fraction(one["points"])) for one in found if one]
    whole = sum((points for _, points in ticks), Fraction(0))
    return _ticks_of(ticks) if len(ticks) == len(found) and whole <= (wording.full or whole) else None


def _bands(wording: _Wording) -> Understood | None:
    """≥90%得5分，80%-90%得3分，其余不得分."""
    found = read_bands(wording.clauses, wording.full)
    if found is None:
        return None
    percent = found.unit == "%"
    spec: dict[str, Any] = {"type": "integer" if found.unit in COUNTED else "number", "min": 0}
    spec |= {"unit": found.unit} if found.unit else {}
    notes = ("table-rule-gap",) if found.gap else ()
    what = found.what or wording.preface or ("比率" if percent else "数值")
    return Understood({"kind": "bands", "input": "@1", "bands": found.bands}, (Asked(what, spec),), notes)


Reader: TypeAlias = Callable[[_Wording], "Understood | None"]
_READERS: dict[Part, tuple[Reader, ...]] = {
    "base": (_less_than_target, _deduct, _proportion, _bands, _boolean, _rated, _levels, _ticks, _count),
    "bonus": (_bands, _boolean, _rated, _count, _ticks),
    "deductions": (_count, _found_out),
}

__all__ = ["Asked", "Part", "Understood", "read_wording"]

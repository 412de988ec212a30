"""The wording of a scoring rule as plain clauses: one way of writing each sign, number and comparison."""

from __future__ import annotations

import re

from stationeval.writing import chinese_numeral, half_width

NUMBER = r"[0-9]+(?:\.[0-9]+)?"
UNITS = (
    "个百分点|百分点|个小时|小时|个月|人次|户次|万元|平方米|个|项|人|名|位|次|条|处|份|起|例|类|种|家|户|场|篇|件|间|支|期"
    "|天|日|月|年|元|分钟|%"
)
COUNTED = frozenset("个项人名位次条处份起例类种家户场篇件间支期") | {"人次", "户次"}
"""Units of what can only be counted in whole numbers."""

_NUMERAL = re.compile(
    r"[一二三四五六七八九十两]+(?=分(?!之|为)|个|项|人|名|位|次|条|处|份|起|例|类|种|家|户|场|篇|件|间|支|天|日|月|年|小时)"
)
_NUMBERING = re.compile(
    r"(?m)(?:^|(?<=[;,。]))\s*(?:[（(]?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})(?:[)）、]|\.(?![0-9]))|[①-⑳])"
)
_HEADING = re.compile(r"(?m)^(?:组合分|程度分|比例分|分段分|计数分|扣分制|[评计]分(?:标准|方法|办法|细则)|标准):")
_SIGNS = (
    (r"大于或?等于|不低于|不少于|不小于|不得少于|不得低于|至少|>=|≧|≥", "≥"),
    (r"小于或?等于|不高于|不超过|不多于|不得超过|<=|≦|≤", "≤"),
    (r"大于|高于|超过|多于|>", ">"),
    (r"小于|低于|少于|不足(?=[0-9])|不到(?=[0-9])|不满(?=[0-9])|未满(?=[0-9])|未达到?(?=[0-9])|<", "<"),
    (rf"(?:达到|达|满)(?={NUMBER}(?:{UNITS}|分以上))", "≥"),
    (r"百分之([0-9.]+)", r"\1%"),
    (r"[((]含(?:本数)?[))]以上|及以上|以上[((]含(?:本数|[^()]{0,8})?[))]|含以上|或以上", "以上"),
    (r"[((]不含(?:本数)?[))]以下|以下[((]不含(?:本数|[^()]{0,8})?[))]", "以下"),
    (r"(?<=[0-9%人名次项个])[((]含[))]?(?=[-~—–至到])", ""),
    (rf"({NUMBER}(?:{UNITS})?)(?:[-~—–－]+|至|到)(?={NUMBER})", r"\1-"),
    (rf"(-{NUMBER}(?:{UNITS})?)[((]不含[))]", r"\1"),
    (r"零分", "0分"),
    (r"(?:得|计|给|记)全分", "得满分"),
    (r"(?:不予|不)(?:得|计|给|记|加)分|(?:得|计|记|给)0分", "不得分"),
)
_SIGN_PATTERNS = tuple((re.compile(pattern), sign) for pattern, sign in _SIGNS)
_SCORE_FIRST = re.compile(
    rf"(?:可|即)?(?:(?:得|计|记|给|加|扣|评)(?:{NUMBER}分|满分)|满分|不得分|每?扣{NUMBER}分|{NUMBER}分\Z)"
)
_SCORED = re.compile(rf"(?<![≥≤<>0-9.]){NUMBER}分(?!以上|以下|-)|满分|不得分|[扣得加减]分|按.*比例|酌情|评分|打分|[×*]")
_BOUND = re.compile(r"[≥≤<>%]|以上|以下|[0-9]-[0-9]")


def clauses(text: str) -> list[str]:
    """The clauses of a wording, in one way of writing; empty where there is nothing.

    A condition and its points that a comma parts stand together again.

    Examples
    --------
    >>> clauses("1.满意度达到９０％及以上，得5分；2.八十分以下不计分。")
    ['满意度≥90%以上得5分', '80分以下不得分']
    """
    whole = half_width(text).replace("\r", "\n")
    whole = re.sub(r"[ \t\u3000]+", "", whole)
    whole = _HEADING.sub("", _NUMBERING.sub("", whole))
    whole = _NUMERAL.sub(_digits, whole)
    for pattern, sign in _SIGN_PATTERNS:
        whole = pattern.sub(sign, whole)
    parts = [part.strip("、.:") for part in re.split(r"[;,。\n]|(?<=分)、", whole)]
    found: list[str] = []
    for part in filter(None, parts):
        if found and _SCORE_FIRST.match(part) and not _SCORED.search(found[-1]):
            found[-1] += part
        else:
            found.append(part)
    return found


def says_points(clause: str) -> bool:
    """Whether a clause says anything of points."""
    return _SCORED.search(clause) is not None


def compares(clause: str) -> bool:
    """Whether a clause compares with a number."""
    return _BOUND.search(clause) is not None


def without_preface(parts: list[str]) -> tuple[str, list[str]]:
    """What is said before the first clause that says something of points or compares, and the clauses from there on."""
    start = next((i for i, part in enumerate(parts) if says_points(part) or compares(part)), len(parts))
    return "，".join(parts[:start]), parts[start:]


def _digits(found: re.Match[str]) -> str:
    number = chinese_numeral(found[0])
    return found[0] if number is None else str(number)

"""Rows of a scoring sheet that are no indicator: titles, sections, sums, remarks, and the grades they may state."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise
from typing import Literal, TypeAlias

from stationeval.framework.official.clauses import NUMBER
from stationeval.framework.official.wording import Part
from stationeval.writing import half_width, name_key

Section: TypeAlias = Part | Literal["vetoes", "whole"]

_SUBTOTAL = re.compile(r"(?:本项|本部分|本大项|各项|.{0,8})?小计(?:得分|分值|分数)?:?")
_TOTAL = re.compile(r"(?:总计|总分值?|合计|共计|总得分|满分)(?:得分|分值|分数)?:?")
_TAIL = re.compile(rf"[(]?({NUMBER})?分?[)]?\Z")
_REMARK = re.compile(
    r"(?:注|备注|说明|填表|填报|制表|审核|评分人|评估人|考核人|评估组|考核组|专家签|签字|签名|日期|时间|单位|被评|受评|评估等级"
    r"|评价等级|考核等级|等级|等次|评定|本表|note|remark)"
)
_NUMBERING = re.compile(
    r"\A[(（]?(?:[一二三四五六七八九十]{1,3}|[0-9]{1,2}|[ivxIVX]{1,4})[)）]?(?:[、.．:：](?![0-9])|(?<=[)）]))\s*"
)
_CODE = re.compile(r"([A-Za-z]{1,2}[0-9]*(?:[.\-][0-9]+)*|[0-9]+(?:\.[0-9]+)+)[、.．:：\s]+(?=\S)")
_WHOLE = re.compile(rf"(?:满分|总分|共计|共|总计)[^0-9]{{0,4}}({NUMBER})分")
_UP = re.compile(
    rf"({NUMBER})分?(?:及|\(含(?:本数)?\)|含)?以上(?:\(含.{{0,8}}?\))?(?:的|者)?(?:为|是|评为|评定为|定为|确定为|:)?(\S{{1,8}})\Z"
)
_SPAN = re.compile(
    rf"({NUMBER})分?(?:\(含\))?[-~—–至到]+({NUMBER})分?(?:\((?:不)?含.{{0,4}}?\))?(?:之间)?(?:的|者)?(?:为|是|评为|评定为|定为|确定为|:)?(\S{{1,8}})\Z"
)
_DOWN = re.compile(
    rf"(?:({NUMBER})分?以下|(?:低于|不足|不满|未达到?|<)({NUMBER})分?)(?:\(不含.{{0,4}}?\))?(?:的|者)?(?:为|是|评为|评定为|定为|确定为|:)?(\S{{1,8}})\Z"
)
_NAME_FIRST = re.compile(rf"(\S{{1,6}}?)[(:]({NUMBER}分?.*?)\)?\Z")


def section_of(text: str) -> Section | None:
    """What the words of a section, or of a group, say that it holds; None where it is a group like any other.

    Examples
    --------
    >>> section_of("三、加分项（10分）"), section_of("一票否决事项"), section_of("一、规范建设")
    ('bonus', 'vetoes', None)
    """
    key = name_key(text)
    if "一票否决" in key or key.startswith(("否决", "veto")):
        return "vetoes"
    if re.search(r"加分(?!数)|附加分|奖励分|bonus", key):
        return "bonus"
    if re.search(r"扣分项|减分项|倒扣|扣减项|负面清单|扣分事项|deduction", key):
        return "deductions"
    bare = _NUMBERING.sub("", key, count=1)
    return "whole" if re.match(r"(?:基本|基础|必备|常规)(?:指标|项目?|分值?|部分|评分)(?:\W|[0-9]|\Z)", bare) else None


def sum_of(text: str) -> tuple[Literal["part", "whole"], Fraction | None] | None:
    """Whether a row is a sum, of a part or of the whole, with the number that its words give.

    Examples
    --------
    >>> sum_of("小计"), sum_of("合计（100分）"), sum_of("合计划分")
    (('part', None), ('whole', Fraction(100, 1)), None)
    """
    key = name_key(text)
    for pattern, what in ((_SUBTOTAL, "part"), (_TOTAL, "whole")):
        found = pattern.match(key)
        if found and (tail := _TAIL.match(key[found.end() :])):
            return ("part" if what == "part" else "whole"), Fraction(tail[1]) if tail[1] else None
    return None


def is_remark(text: str) -> bool:
    """Whether a row that says this alone explains the table instead of being in it."""
    key = name_key(text)
    return _REMARK.match(key) is not None or len(key) > 40 or key.endswith(("。", "；"))


def whole_in(text: str) -> Fraction | None:
    """The full marks that a title states: `（满分100分）`."""
    found = _WHOLE.search(half_width(text))
    return Fraction(found[1]) if found else None


def without_numbering(text: str) -> tuple[str, str]:
    """A name without the number before it, and the number where it can be an id.

    Examples
    --------
    >>> without_numbering("一、规范建设"), without_numbering("A1 场地"), without_numbering("1.2 人员")
    (('规范建设', ''), ('场地', 'A1'), ('人员', '1.2'))
    """
    text = " ".join(text.split())
    if (found := _CODE.match(text)) is not None:
        return text[found.end() :].strip(), found[1]
    return _NUMBERING.sub("", text, count=1).strip() or text, ""


def read_grades(text: str) -> list[tuple[str, Fraction | None, str]]:
    """The grades that a sentence states, best first, each with its lower bound (None for the last) and its words.

    Empty unless they cover everything without a hole.

    Examples
    --------
    >>> [(name, str(low)) for name, low, _ in read_grades("90分及以上为优秀，60-89分为合格，60分以下为不合格。")]
    [('优秀', '90'), ('合格', '60'), ('不合格', 'None')]
    """
    whole = "".join(half_width(text).split())
    parts = [part for part in re.split(r"[,;。、](?![^(]*\))|:(?=[^:]*[0-9])", whole) if re.search(r"[0-9]", part)]
    grades: list[tuple[str, Fraction | None, Fraction | None, str]] = []
    for part in parts:
        said = part
        if (turned := _NAME_FIRST.match(part)) is not None and not re.search(r"[0-9]", turned[1]):
            said = f"{turned[2]}:{turned[1]}"
        if found := _UP.match(said):
            grades.append((found[3 - 1], Fraction(found[1]), None, part))
        elif found := _SPAN.match(said):
            grades.append((found[3], Fraction(found[1]), Fraction(found[2]), part))
        elif found := _DOWN.match(said):
            grades.append((found[3], None, Fraction(found[1] or found[2]), part))
        else:
            return []
    grades = [
        (re.sub(r"[“”\"'《》]|等级\Z|等次\Z|档\Z", "", name), low, high, part) for name, low, high, part in grades
    ]
    if len(grades) < 2 or grades[-1][1] not in (None, 0) or len({name for name, *_ in grades}) < len(grades):
        return []
    for above, below in pairwise(grades):
        low, high = above[1], below[2]
        if (
            low is None
            or (high is not None and high not in (low, low - 1))
            or (below[1] is not None and below[1] >= low)
        ):
            return []
    last = len(grades) - 1
    return [(name, None if i == last else low, part) for i, (name, low, _, part) in enumerate(grades)]

"""Which column of a scoring sheet is which: levels, points, standard, evidence, and those left for the evaluator."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from stationeval.framework.official.page import Page
from stationeval.writing import name_key

DEPTH = 20
"""How many rows from the top the header is looked for."""

Role: TypeAlias = Literal["level", "points", "standard", "evidence", "note", "code", "blank"]

_LEVEL = re.compile(r"[一二三四五]级(?:评[价估]|考[核评])?(?:指标|项目|内容)")
_LISTS: Mapping[Role, str] = {
    "level": (
        "维度 类别 模块 板块 项目 指标 内容 要点 要素 观测点 考核点 指标名称 项目名称 指标内容 主要内容 具体内容 "
        "具体指标 "
        "评估维度 评价维度 考核维度 评估项目 评价项目 考核项目 考评项目 检查项目 评分项目 评估指标 评价指标 考核指标 "
        "考评指标 评审指标 评估内容 评价内容 考核内容 考评内容 检查内容 评审内容 评估要点 评价要点 考核要点 评价要素 "
        "加分项目 扣分项目 评分内容 评分要素 block item dimension indicator"
    ),
    "points": (
        "分值 分数 满分 满分值 标准分 标准分值 基准分 基本分 赋分 配分 总分 权重 分值权重 指标分值 分值比重 应得分 "
        "points weight score"
    ),
    "standard": (
        "评分标准 评分细则 评分办法 评分方法 评分说明 评分规则 评分依据 计分标准 计分方法 计分办法 计分规则 考核标准 "
        "考核办法 考核细则 评价标准 评估标准 评定标准 考评标准 考评细则 评审标准 打分标准 扣分标准 赋分标准 评价细则 "
        "评估细则 评分标准及方法 评分标准说明 标准 rule standard"
    ),
    "evidence": (
        "数据来源 佐证材料 证明材料 资料来源 查看资料 查阅资料 评估方式 评价方式 考核方式 考核方法 评估方法 检查方式 "
        "检查方法 信息来源 支撑材料 印证资料 材料清单 资料清单 评估依据 考核依据 evidence source"
    ),
    "note": "备注 说明 备注说明 指标说明 指标解释 指标内涵 填报说明 note remarks",
    "code": "序号 编号 指标编号 代码 no no. code",
    "blank": (
        "得分 自评得分 自评分 自评 复评 考评得分 评估得分 评价得分 实际得分 考核得分 实得分 评分 扣分 扣分原因 "
        "扣分情况 "
        "核定得分 完成情况 自评情况 得分情况 专家评分 考核组评分 评委评分"
    ),
}
_WORDS: Mapping[Role, frozenset[str]] = {role: frozenset(words.split()) for role, words in _LISTS.items()}
_IN_BRACKETS = re.compile(r"[(\[〔].*[)\]〕]\Z")


def role_of(text: str) -> Role | None:
    """What a header's words say that the column holds.

    Examples
    --------
    >>> role_of("二级指标"), role_of("分值（分）"), role_of("评分标准"), role_of("主任")
    ('level', 'points', 'standard', None)
    """
    key = name_key(text)
    if not key:
        return None
    bare = _IN_BRACKETS.sub("", key)
    if _LEVEL.match(key) and not key.endswith(("说明", "解释")):
        return "level"
    return next((role for role, words in _WORDS.items() if key in words or bare in words), None)


@dataclass(frozen=True)
class Columns:
    """Where the columns of a sheet are.

    Attributes
    ----------
    top, bottom
        The rows of the header, from 0.
    levels
        The columns of the levels, outermost first.
    points
        The columns of points, each with whether plain numbers in it are weights and the place of its level.
    standard, evidence, note, code
        The other columns that are read.
    """

    top: int
    bottom: int
    levels: tuple[int, ...]
    points: tuple[tuple[int, bool, int], ...]
    standard: tuple[int, ...]
    evidence: tuple[int, ...]
    note: tuple[int, ...]
    code: int | None
    texts: tuple[str, ...] = field(default=())

    @property
    def score(self) -> int:
        """How much of a scoring sheet was found."""
        return len(self.levels) + len(self.points) + len(self.standard)

    def better(self, other: Columns) -> bool:
        """Whether more was found than by another header, or as much in fewer rows."""
        return (self.score, self.top - self.bottom) > (other.score, other.top - other.bottom)


def find_columns(page: Page) -> Columns | None:
    """The header of a scoring sheet: at least a level, and points or a standard; None where there is none."""
    best: Columns | None = None
    for top in range(min(DEPTH, page.height)):
        for depth in (1, 2):
            if top + depth > page.height:
                continue
            found = _columns(page, top, depth)
            if found is not None and (best is None or found.better(best)):
                best = found
    return best


def _columns(page: Page, top: int, depth: int) -> Columns | None:
    texts = tuple(_heading(page, top, depth, column) for column in range(page.width))
    lower = [role_of(page.text(top + depth - 1, c)) for c in range(page.width)]
    if depth == 2 and not (any(lower) and len({page.text(top, c) for c in range(page.width)} - {""}) > 1):
        return None
    roles: dict[Role, list[int]] = {}
    for column, text in enumerate(texts):
        role = role_of(text)
        if role is not None and not (column and page.origin(top + depth - 1, column)[1] < column):
            roles.setdefault(role, []).append(column)
    levels = tuple(roles.get("level", ()))
    if not levels or not (roles.get("points") or roles.get("standard")):
        return None
    points = tuple(
        (column, _is_weight(texts[column]), max((i for i, level in enumerate(levels) if level < column), default=0))
        for column in roles.get("points", ())
    )
    code = roles.get("code")
    return Columns(
        top,
        top + depth - 1,
        levels,
        points,
        tuple(roles.get("standard", ())),
        tuple(roles.get("evidence", ())),
        tuple(roles.get("note", ())),
        code[0] if code else None,
        texts,
    )


def _heading(page: Page, top: int, depth: int, column: int) -> str:
    """The words at the head of a column; of two rows the lower one, where it says what the column is."""
    upper = page.text(top, column)
    lower = page.text(top + 1, column) if depth == 2 else ""
    if not lower or lower == upper:
        return upper
    return lower if role_of(lower) or not role_of(upper + lower) else upper + lower


def _is_weight(text: str) -> bool:
    key = name_key(text)
    return ("权重" in key or "weight" in key) and "分)" not in key and "分值" not in key

"""Scoring sheets as bureaus keep them, built here cell by cell; every number and name in them is made up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from examples.official_table.build import book, usual

Builder = Callable[[Path], Path]


def template(path: Path) -> Path:
    """The shape of an anonymous template in circulation: blocks with their points in brackets, sums of ticks, a graded item."""
    return book(
        path,
        {
            "评估指标": {
                "A1:D1": "社工服务项目服务评估指标",
                "A2": "评估项目",
                "B2": "评估内容",
                "C2": "分值",
                "D2": "评分标准",
                "A3:A6": "运作模式（8）",
                "B3:B5": "硬件设施(4)",
                "C3": 2,
                "D3": "组合分：有相应设施0.5分；有使用指引0.5分；规则上墙并执行1分",
                "C4": 1,
                "D4": "有消防设备0.5分；有演练和检测0.5分",
                "C5": 1,
                "D5": "功能室得到使用并有记录，损坏率不超过30%得1分",
                "B6": "服务形式",
                "C6": 4,
                "D6": "主要工作、服务对象和服务内容是否明确（程度分）",
            }
        },
    )


def weights(path: Path) -> Path:
    """Percentages as weights, a header of two rows, columns left for the evaluators, nothing merged down."""
    return book(
        path,
        {
            "说明": {"A1": "本表由考核组填写"},
            "考核表": {
                "A1:B1": "考核指标",
                "A2": "一级指标",
                "B2": "二级指标",
                "C1:C2": "权重",
                "D1:D2": "考核标准",
                "E1:F1": "得分",
                "E2": "自评",
                "F2": "考评",
                "A3": "队伍建设",
                "B3": "持证",
                "C3": 0.2,
                "D3": "持证率80%以上得100分，60%-80%得60分，60%以下不得分",
                "B4": "培训",
                "C4": 0.2,
                "D4": "每缺1次扣5分，扣完为止",
                "A5": "服务",
                "B5": "台账",
                "C5": 0.35,
                "D5": "齐全得35分，基本齐全得20分，不齐全不得分",
                "B6": "走访",
                "C6": 0.25,
                "D6": "按走访完成比例得分",
                "E6": 20,
                "A7": "合计",
                "C7": 1,
            },
        },
    )


def untidy(path: Path) -> Path:
    """Everything at once that goes wrong: sums that differ, unreadable points, vetoes, a formula error, stray rows."""
    return book(
        path,
        {
            "表1": {
                "A1": "序号",
                "B1": "考核项目",
                "C1": "考核内容",
                "D1": "标准分",
                "E1": "评分细则",
                "F1": "责任科室",
                "A2": 1,
                "B2": "基础管理（30分）",
                "C2": "制度",
                "D2": "10分",
                "E2": "每缺1项扣1分，扣完为止",
                "F2": "办公室",
                "A3": 2,
                "C3": "档案",
                "D3": "5-10分",
                "E3": "视情况而定",
                "A4": 3,
                "C4": "财务",
                "D4": "15",
                "E4": "专款专用得10分；账目清楚得5分",
                "B5": "小计",
                "D5": 28,
                "A6": 4,
                "B6": "服务质量(2021)",
                "C6": "探访",
                "D6": "40",
                "E6": "每月探访一次得满分",
                "E7": "缺一次的酌情处理",
                "A8": 5,
                "C8": "投诉处理",
                "D8": "30分",
                "A9": "序号",
                "B9": "考核项目",
                "C9": "考核内容",
                "D9": "标准分",
                "E9": "评分细则",
                "F9": "责任科室",
                "A10": 6,
                "D10": 3,
                "B11": "扣分项",
                "C11": "安全事故",
                "D11": "-10分",
                "E11": "每发生1起扣5分，最多扣10分",
                "B12": "一票否决",
                "C12": "弄虚作假",
                "B13": "总计",
                "D13": "100分",
                "A14": "填表人：",
            }
        },
    )


ALL: Mapping[str, Builder] = {"usual": usual, "template": template, "weights": weights, "untidy": untidy}

__all__ = ["ALL", "Builder", "book", "template", "untidy", "usual", "weights"]

"""Writes the example of a scoring sheet as bureaus keep them, 评分表.xlsx; every name and number in it is made up.

`python examples/official_table/build.py` writes it beside this file.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

Cells = Mapping[str, Any]


def book(path: Path, sheets: Mapping[str, Cells]) -> Path:
    """Write sheets given as {"A1": value, "A3:A7": merged value}."""
    options = {"strings_to_numbers": False, "strings_to_formulas": False}
    with xlsxwriter.Workbook(path, options) as workbook:
        workbook.set_properties({"created": datetime(2021, 1, 1)})  # noqa: DTZ001
        plain = workbook.add_format({"text_wrap": True, "valign": "vcenter", "border": 1})
        percent = workbook.add_format({"num_format": "0%", "valign": "vcenter", "border": 1})
        for name, cells in sheets.items():
            page = workbook.add_worksheet(name)
            page.set_column(0, 8, 14)
            for place, value in cells.items():
                if ":" in place:
                    page.merge_range(place, value, plain)
                else:
                    page.write(place, value, percent if isinstance(value, float) and 0 < value < 1 else plain)
    return path


def usual(path: Path) -> Path:
    """Three levels with points each, cells merged down the left, a total, a section of bonus, grades below."""
    heads = ["一级指标", "分值", "二级指标", "分值", "三级指标", "分值", "评分标准", "数据来源", "备注"]
    return book(
        path,
        {
            "评分表": {
                "A1:I1": "某市社会工作服务站评估评分表（2023年）",
                "A2:I2": "（满分100分）",
                **{f"{column}3": head for column, head in zip("ABCDEFGHI", heads, strict=True)},
                "A4:A8": "一、规范建设",
                "B4:B8": "40分",
                "C4:C6": "（一）场地",
                "D4:D6": "20",
                "E4": "功能室",
                "F4": "10分",
                "G4": "每缺1项扣2分，扣完为止",
                "H4": "现场查看",
                "E5": "标识",
                "F5": "4分",
                "G5": "有得4分，没有不得分",
                "H5": "现场查看",
                "E6": "面积",
                "F6": 6,
                "G6": "≥100平方米得6分，60-100平方米得3分，其余不得分",
                "H6": "产权证、租赁合同",
                "I6": "使用面积",
                "C7:C8": "（二）人员",
                "D7:D8": "20分",
                "E7": "专职社工",
                "F7": "12分",
                "G7": "达到6人得满分，每少1人扣2分",
                "E8": "持证率",
                "F8": "8分",
                "G8": "按比例得分",
                "A9:A11": "二、服务成效",
                "B9:B11": "60分",
                "C9:C10": "服务产出",
                "D9:D10": "40分",
                "E9": "探访",
                "F9": "20分",
                "G9": "≥90%得20分，80%-90%得15分，80%以下不得分",
                "H9": "服务档案",
                "E10": "个案",
                "F10": "20分",
                "G10": "按完成质量酌情扣分",
                "C11": "满意度",
                "D11": "20分",
                "E11": "服务对象满意度",
                "F11": "20分",
                "G11": "优秀得20分，良好得15分，较差不得分",
                "A12:E12": "合计",
                "F12": 100,
                "A13:I13": "三、加分项（10分）",
                "A14": "表彰",
                "G14": "每获得1次市级表彰加2分，最高10分",
                "A15:I15": "注：90分及以上为优秀，80-89分为良好，60-79分为合格，60分以下为不合格。",
            }
        },
    )


if __name__ == "__main__":
    print(usual(Path(__file__).with_name("评分表.xlsx")))

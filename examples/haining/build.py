"""Writes the example workbooks: Haining's 12 real towns with simulated values, in the state in which they are sent.

The names of the towns are the National Bureau of Statistics' (county 330481). Every value is simulated: no result of
any station is public. Run it from the root of the repository; the workbooks come out the same each time.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any

import xlsxwriter

import stationeval
from stationeval.datasets import townships

FRAMEWORK = "haining-sppe@2021+reading"
SOUND, FAULTY = "社工站数据采集表.xlsx", "社工站数据采集表-有错误.xlsx"
SIMULATED = "模拟数据:乡镇(街道)名称属实,表内数值全部为模拟,不代表任何社工站的真实情况"
LEVELS = dict(
    zip(
        [town.name for town in townships("330481")],
        [0.92, 0.88, 0.84, 0.76, 0.90, 0.81, 0.78, 0.68, 0.86, 0.55, 0.97, 0.74],
        strict=True,
    )
)
"""How well each station is simulated to do, from 0 to 1."""


@dataclass(frozen=True)
class Written:
    """A cell as a person wrote it: with a number format, or as a formula with the result that Excel saved."""

    value: Any
    format: str | None = None
    formula: str | None = None


Row = dict[str, Any]


def simulated(level: float, random: Random) -> tuple[Row, Row]:
    """A station's values at mid-term and at the end of the year."""

    def near(full: float, spread: float = 0.12) -> float:
        return full * max(0.0, min(1.0, level + spread * (random.random() - 0.6)))

    def has() -> bool:
        return random.random() < level**0.5 + 0.05

    staff = round(4 + 4 * level)
    planned = {"visits": 960, "cases": 24, "groups": 12, "activities": 48}
    steady: Row = {
        "full_time_staff": staff,
        "certified_staff": round(near(staff * 0.8)),
        "volunteers": round(near(staff * 5.5)),
        "operator_external": random.random() < 0.25,
        "floor_area": round(near(340, 0.3)),
        "actual_input": round(380_000 + 420_000 * random.random(), 2),
        "performance_factor": 1,
    }
    steady |= {"operator_grade": 4, "local_trainees": 3} if steady["operator_external"] else {}
    inputs = stationeval.load(FRAMEWORK).doc.inputs
    steady |= {name: has() for name, spec in inputs.items() if spec.type == "boolean" and name not in steady}
    rounds: list[Row] = []
    for part, better in ((0.5, 0.97), (1.0, 1.0)):
        changes, vacancies, reported = (round((1.2 - level) * n * random.random()) for n in (6, 4, 8))
        row = steady | {
            "staff_changes": changes,
            "filed_in_time": round(near(changes)),
            "vacancies": vacancies,
            "refilled_in_time": round(near(vacancies)),
            "high_risk_reported": reported + 2,
            "high_risk_visited": round(near(reported + 2)),
            "months_supervised": round(near(12)),
            "months_disclosed": round(near(12)),
            "staff_on_scale": round(near(staff)),
            "turnover_rate": round(5 + 50 * (1 - level) * (0.6 + random.random()), 1),
            "milestones_due": round(20 * part),
            "milestones_delivered": round(near(20 * part)),
            "workers_several_projects": round((1.05 - level) * 3 * random.random()),
            "key_visit_rate": round(near(100 * better), 1),
            "department_satisfaction": round(near(98 * better, 0.06), 1),
            "user_satisfaction": round(near(99 * better, 0.06), 1),
        }
        row |= {f"contest_q{quarter}": round(near(98, 0.1), 1) for quarter in (1, 2, 3, 4)}
        for kind, full in planned.items():
            row[f"{kind}_planned"] = round(full * part)
            row[f"{kind}_done"] = round(near(full * part * 1.04))
        rounds.append(row)
    return rounds[0], rounds[1]


def as_sent(rows: dict[tuple[str, str], Row]) -> None:
    """Write some cells as evaluators do; each can be read safely, with a note."""
    for (station, turn), changes in {
        ("硖石街道", "中期"): {"volunteers": "３９", "floor_area": "332平方米"},
        ("海洲街道", "末期"): {"actual_input": "￥612,480.50", "performance_factor": "1"},
        ("海昌街道", "末期"): {"operator_grade": "/", "local_trainees": "无数据"},
        ("海昌街道", "中期"): {"key_visit_rate": "９２．５％", "visits_done": "455次"},
        ("马桥街道", "末期"): {"months_supervised": "10 ", "zone_service": "√", "room_group": "×"},
        ("许村镇", "末期"): {"user_satisfaction": Written(0.955, "0.0%"), "visits_done": "1,004"},
        ("长安镇", "中期"): {"full_time_staff": "8人", "unified_logo": "有"},
        ("周王庙镇", "末期"): {"department_satisfaction": "88.5%", "turnover_rate": "12.5%"},
        ("斜桥镇", "末期"): {"high_risk_visited": Written(3, formula="=1+2"), "high_risk_reported": "3"},
        ("黄湾镇", "中期"): {"staff_changes": "２", "filed_in_time": "1"},
        ("盐官镇", "末期"): {"key_visit_rate": "100%", "cases_done": "25个"},
        ("袁花镇", "末期"): {"user_satisfaction": Written(0.89, "0%"), "turnover_rate": 0.9},
    }.items():
        rows[station, turn] |= changes


def with_faults(rows: dict[tuple[str, str], Row]) -> None:
    """Write cells that nobody can read for certain: each is listed with its place, and nothing is scored."""
    for (station, turn), changes in {
        ("海洲街道", "中期"): {"certified_staff": "四"},
        ("许村镇", "中期"): {"cases_done": "12、13"},
        ("长安镇", "末期"): {"groups_done": Written(datetime(2021, 10, 12), "m月d日")},  # noqa: DTZ001
        ("丁桥镇", "末期"): {"key_visit_rate": Written("#DIV/0!", formula="=0/0")},
        ("斜桥镇", "中期"): {"department_satisfaction": "120%"},
        ("黄湾镇", "末期"): {"zone_activity": "基本有", "months_disclosed": 10.5},
        ("盐官镇", "中期"): {"actual_input": "62万元"},
    }.items():
        rows[station, turn] |= changes


def write(path: Path, *, faulty: bool) -> None:
    """Write one workbook."""
    framework = stationeval.load(FRAMEWORK)
    random = Random(330481)
    rows: dict[tuple[str, str], Row] = {}
    for town, level in LEVELS.items():
        for turn, row in zip(("中期", "末期"), simulated(level, random), strict=True):
            rows[town, turn] = row
    as_sent(rows)
    if faulty:
        with_faults(rows)
    inputs = framework.doc.inputs
    headers = [f"{spec.label.zh}（{spec.unit}）" if spec.unit else f"{spec.label.zh}" for spec in inputs.values()]
    if faulty:
        headers[list(inputs).index("volunteers")] = "常态化自愿者人数（人）"
    with xlsxwriter.Workbook(path, {"strings_to_numbers": False}) as book:
        book.set_properties({"title": "社工站数据采集表", "comments": SIMULATED, "created": datetime(2021, 12, 31)})  # noqa: DTZ001
        _sheet(book, rows, headers, list(inputs), faulty=faulty)
        _about(book)


def _sheet(book: Any, rows: dict[tuple[str, str], Row], headers: list[str], names: list[str], *, faulty: bool) -> None:
    page = book.add_worksheet("数据采集表")
    centre = {"align": "center", "valign": "vcenter", "text_wrap": True}
    title = book.add_format(centre | {"bold": True, "font_size": 14})
    head = book.add_format(centre | {"bold": True, "bg_color": "#D9E2F3", "border": 1})
    warning = book.add_format({"font_color": "#C00000"})
    last = len(names) + 3
    page.merge_range(0, 0, 0, last, "海宁市社工站 SPPE 综合评价数据采集表(2021 年度)【模拟数据】", title)
    page.merge_range(1, 0, 1, last, SIMULATED, warning)
    page.write_row(2, 0, ["序号", "镇（街道）", "轮次", *headers, "备注"], head)
    page.set_row(2, 48)
    page.set_column(1, 2, 12)
    page.set_column(3, last, 11)
    page.freeze_panes(3, 3)
    at = 3
    remarks = {"黄湾镇": "站长空缺两个月", "盐官镇": "材料齐全"}
    for turn in ("中期", "末期"):
        chosen = [(town, row) for (town, when), row in rows.items() if when == turn]
        if faulty and turn == "末期":
            chosen.insert(4, chosen[2])
        for number, (town, row) in enumerate(chosen, start=1):
            spelt = "袁化镇" if faulty and (town, turn) == ("袁花镇", "末期") else town
            spelt = f" {spelt}" if town == "丁桥镇" else spelt
            page.write_row(at, 0, [number, spelt, turn])
            for column, name in enumerate(names, start=3):
                _cell(book, page, at, column, row.get(name))
            page.write(at, last, remarks.get(town) if turn == "末期" else None)
            at += 1
        at += 1
    page.write(at, 1, "合计")
    for name in ("visits_done", "cases_done", "groups_done", "activities_done"):
        whole = [row[name] for (_, when), row in rows.items() if when == "末期"]
        page.write_number(at, names.index(name) + 3, sum(value for value in whole if isinstance(value, int)))
    page.write(at + 1, 0, f"注:{SIMULATED}。")


def _cell(book: Any, page: Any, row: int, column: int, value: Any) -> None:
    if isinstance(value, bool):
        page.write_string(row, column, "是" if value else "否")
    elif isinstance(value, str):
        page.write_string(row, column, value)
    elif value is None:
        page.write_blank(row, column, None)
    elif not isinstance(value, Written):
        page.write_number(row, column, value)
    else:
        look = book.add_format({"num_format": value.format}) if value.format else None
        if value.formula:
            page.write_formula(row, column, value.formula, look, value.value)
        elif isinstance(value.value, date):
            page.write_datetime(row, column, value.value, look)
        else:
            page.write_number(row, column, value.value, look)


def _about(book: Any) -> None:
    page = book.add_worksheet("填写说明")
    page.set_column(0, 0, 100)
    for row, line in enumerate(
        [
            SIMULATED + "。",
            "镇(街道)名称来自国家统计局统计用区划(海宁市,330481)。",
            f"数据项来自框架 {FRAMEWORK}:这是对公开发言的一种解读,不是海宁市的评价表。",
            "每个社工站中期、末期各一行;没有的数据填“/”或留空。",
        ]
    ):
        page.write_string(row, 0, line)


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent
    write(folder / SOUND, faulty=False)
    write(folder / FAULTY, faulty=True)

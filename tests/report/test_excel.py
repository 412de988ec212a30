"""The workbook says what the scores say, in sheets that an evaluator can hand in, and holds no formula from data."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import stationeval as se
from stationeval.evaluation.results import Scores
from stationeval.report.export import export
from stationeval.testing import full_marks, random_stations

SHEETS = ["总表", "维度", "指标", "扣分", "补助", "准入", "问题", "依据"]


@pytest.fixture(scope="module")
def book(example: Scores, tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = export(example, tmp_path_factory.mktemp("workbook") / "结果.xlsx")
    return openpyxl.load_workbook(path)


def table(sheet: Any, first: str) -> tuple[list[Any], list[list[Any]]]:
    """Header and rows of a sheet, from the row whose first cell is as given."""
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    at = next(i for i, row in enumerate(rows) if row[0] == first)
    wide = sum(cell is not None for cell in rows[at])
    return rows[at][:wide], [row[:wide] for row in rows[at + 1 :]]


def test_the_sheets_are_those_an_evaluator_hands_in(book: Any) -> None:
    assert book.sheetnames == SHEETS


@pytest.mark.parametrize("name", SHEETS)
def test_every_sheet_is_titled_signed_warned_of_frozen_and_ready_to_print(
    name: str, book: Any, example: Scores
) -> None:
    sheet = book[name]
    head = [sheet.cell(row, 1).value for row in range(1, 5)]
    assert head[0] == f"海宁市社工站 SPPE 综合评价（2021 版） {name}"
    assert head[1] == example.signature
    assert head[2].startswith("模拟数据")
    assert head[3].startswith("本结果含假定值")
    assert sheet.freeze_panes is not None
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.paperSize == 9
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows is not None
    assert {cell.font.name for row in sheet.iter_rows() for cell in row if cell.value is not None} <= {"宋体", "黑体"}


def test_the_summary_has_rank_total_grade_and_money_of_every_station(book: Any, example: Scores) -> None:
    header, rows = table(book["总表"], "名次")
    assert header[-3:] == ["总分", "等级", "补助（元）"]
    said = {row[1]: (row[0], Decimal(str(round(row[-3], 9))), row[-2], row[-1]) for row in rows if row[1]}
    amounts = se.subsidy(example)["amount"]
    expected = zip(example.ranks, example.totals, example.grades or (), amounts, strict=True)
    assert said == dict(zip(example.stations, expected, strict=True))


def test_the_indicators_add_up_to_the_exact_total(book: Any, example: Scores) -> None:
    header, rows = table(book["指标"], "社工站")
    assert len(header) == 24
    assert [row[0] for row in rows] == ["满分", "平均", *example.stations]
    for row, total in zip(rows[2:], example.totals, strict=True):
        assert sum(row[1:]) == pytest.approx(float(total), abs=0.005)
    assert sum(rows[0][1:]) == pytest.approx(100)


def test_lost_points_and_total_make_full_marks(book: Any, example: Scores) -> None:
    header, rows = table(book["扣分"], "社工站")
    assert header[:6] == ["社工站", "维度", "指标", "轮次", "满分", "失分"]
    for station, total in zip(example.stations, example.totals, strict=True):
        lost = sum(row[5] for row in rows if row[0] == station)
        assert lost == pytest.approx(100 - float(total), abs=0.005)
    assert all(row[6] for row in rows), "every loss says what would regain it"


def test_gates_are_told_in_three_words(book: Any, example: Scores) -> None:
    header, rows = table(book["准入"], "社工站")
    assert header[1:-1] == [gate.label.say() for gate in example.framework.doc.gates.values()]
    assert {cell for row in rows for cell in row[1:]} == {"符合", "不符合", "无法判定"}
    assert all(row[4] == "无法判定" for row in rows), "the floor area that is required was lost in the source"


def test_every_note_stands_with_its_cell(book: Any, example: Scores) -> None:
    _, rows = table(book["问题"], "工作表")
    assert [row[7] for row in rows] == list(example.report.codes())
    cells = [problem.place.cell for problem in example.report if problem.place.cell]
    assert [row[1] for row in rows if row[1] in cells] == cells


def test_the_grounds_name_status_source_and_words(book: Any) -> None:
    _, rows = table(book["依据"], "所属")
    assert {row[2] for row in rows} == {"原文", "推断", "假定", "未知"}
    money = next(row for row in rows if row[0] == "市财政补助" and row[2] == "原文")
    assert "比例 0.4" in money[1]
    assert "上限 300000" in money[1]
    assert "给予40%的市财政补助" in money[4]


def test_grades_are_coloured_by_conditional_formats(book: Any) -> None:
    rules = [rule for area in book["总表"].conditional_formatting for rule in area.rules]
    assert {rule.formula[0] for rule in rules} == {'"优秀"', '"不合格"'}


def test_columns_are_wide_enough_for_names_in_chinese(book: Any) -> None:
    sheet = book["总表"]
    assert sheet.column_dimensions["B"].width >= 2 * len("周王庙镇")


@pytest.mark.parametrize("name", ['=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "\t=1"])
def test_text_from_data_is_never_a_formula(name: str, tmp_path: Path) -> None:
    framework = se.load("mof-self-evaluation")
    scores = se.score([full_marks(framework) | {"station": "甲镇", "county": name}], framework, keep=("county",))
    path = export(scores, tmp_path / "r.xlsx")
    sheet = openpyxl.load_workbook(path)["总表"]
    _, rows = table(sheet, "名次")
    (kept,) = scores.group("county")
    assert rows[0][2] == kept
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == kept)
    assert cell.data_type == "s"
    assert cell.quotePrefix == kept.startswith(("=", "+", "-", "@", "\t"))


def test_a_framework_without_money_or_gates_has_no_such_sheets(tmp_path: Path) -> None:
    scores = se.score(random_stations("mof-self-evaluation", 5, seed=1), "mof-self-evaluation")
    book = openpyxl.load_workbook(export(scores, tmp_path / "r.xlsx"))
    assert book.sheetnames == ["总表", "维度", "指标", "扣分", "问题", "依据"]


def test_where_no_money_can_be_computed_the_workbook_says_why(tmp_path: Path) -> None:
    framework = se.load("haining-sppe@2021+reading")
    row = full_marks(framework)
    rows = [row | {"station": "甲镇", "round": name} for name in framework.doc.rounds]
    rows += [row | {"station": "乙镇", "round": name, "actual_input": None} for name in framework.doc.rounds]
    scores = se.score(rows, framework)
    book = openpyxl.load_workbook(export(scores, tmp_path / "r.xlsx"))
    said = [cell.value for line in book["补助"].iter_rows() for cell in line if cell.value]
    assert any("补助未能计算" in str(one) for one in said)
    assert "补助（元）" not in table(book["总表"], "名次")[0]


def test_in_english_the_words_are_english(example: Scores, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(export(example, tmp_path / "r.xlsx", lang="en"))
    assert book.sheetnames == [
        "Summary", "Dimensions", "Indicators", "Lost points", "Subsidy", "Entry conditions", "Notes", "Provenance",
    ]  # fmt: skip
    header, _ = table(book["Summary"], "Rank")
    assert header[-3:] == ["Total", "Grade", "Subsidy (yuan)"]

"""Workbooks and text files as people send them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from stationeval.evaluation.tables import Table, read_table
from stationeval.framework.documents import Input
from stationeval.framework.values import Text

F = Fraction


def spec(kind: str, zh: str, **more: Any) -> Input:
    return Input(type=kind, label=Text(zh=zh), **more)


INPUTS = {
    "staff": spec("integer", "全职社工人数", unit="人", min=F(0)),
    "area": spec("number", "专用面积", unit="平方米", min=F(0)),
    "rate": spec("number", "探访率", unit="%", min=F(0), max=F(100)),
    "plan": spec("boolean", "有计划"),
}


def workbook(folder: Path, fill: Callable[[Worksheet], None], *, sheet: str = "数据") -> Path:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    fill(page)
    book.save(folder / "表.xlsx")
    return folder / "表.xlsx"


def rows(*lines: list[Any]) -> Callable[[Worksheet], None]:
    def fill(page: Worksheet) -> None:
        for line in lines:
            page.append(line)

    return fill


def found(table: Table) -> list[tuple[str, str | None]]:
    return [(p.code, p.place.cell) for p in table.report.errors]


def noted(table: Table) -> list[tuple[str, str | int | None]]:
    return [(p.code, p.place.cell or p.place.row) for p in table.report.notes]


def value(table: Table, station: str, name: str) -> Fraction | None:
    return table.columns[name].exact(table.stations.index(station))


HEADER = ["序号", "社工站", "全职社工人数（人）", "专用面积\n（㎡）", "探访率(%)", "有计划（是/否）", "备注"]


def as_sent(page: Worksheet) -> None:
    page.append(["海宁市社工站数据采集表(模拟数据)"])
    page.merge_cells("A1:G1")
    page.append(["填报单位:", None, "海宁市"])
    page.append(HEADER)
    page.append([None, None, "人", "㎡", "%", "是/否"])
    page.append([1, "盐官镇", "６", 320, "96%", "是", "已核"])
    page.append([])
    page.append([2, "袁花镇 ", 7, "280平方米", 0.955, "√"])
    page.cell(7, 5).number_format = "0.0%"
    page.append([3, "黄湾镇", "8", "1,200.5", 0.9, "否"])
    page.append(["合计", None, 21, 1800.5])
    page.append(["注：本表数据均为模拟"])
    page.row_dimensions[8].hidden = True


def test_a_collection_workbook_as_people_send_it_is_read_with_a_note_for_each_repair(tmp_path: Path) -> None:
    table = read_table(workbook(tmp_path, as_sent), INPUTS)
    assert found(table) == []
    assert table.stations == ("盐官镇", "袁花镇", "黄湾镇")
    assert [value(table, "盐官镇", name) for name in INPUTS] == [6, 320, 96, 1]
    assert [value(table, "袁花镇", name) for name in INPUTS] == [7, 280, F("95.5"), 1]
    assert [value(table, "黄湾镇", name) for name in INPUTS] == [8, F("1200.5"), F("0.9"), 0]
    assert noted(table) == [
        ("title-skipped", 1),
        ("title-skipped", 2),
        ("row-is-units", 4),
        ("row-is-blank", 6),
        ("row-hidden", 8),
        ("row-is-total", 9),
        ("row-is-remark", 10),
        ("column-ignored", "A3"),
        ("column-ignored", "G3"),
        ("full-width", "C5"),
        ("percent-sign", "E5"),
        ("name-repaired", "B7"),
        ("unit-suffix", "D7"),
        ("percent-format", "E7"),
        ("boolean-word", "F7"),
        ("number-as-text", "C8"),
        ("thousands", "D8"),
        ("share-not-percent", "E8"),
    ]


def test_what_cannot_be_read_is_listed_with_sheet_and_cell(tmp_path: Path) -> None:
    def fill(page: Worksheet) -> None:
        page.append(HEADER)
        page.append([1, "盐官镇", "四", "12、13", 96, "是"])
        page.append([2, "袁化镇", date(2021, 1, 2), 300, "=1/0", "也许"])
        page.append([3, "盐官镇", 6, 300, "#DIV/0!", "是"])
        page.cell(4, 5).data_type = "e"

    table = read_table(workbook(tmp_path, fill), INPUTS, stations=["盐官镇", "袁花镇"])
    assert found(table) == [
        ("chinese-numeral", "C2"),
        ("two-values", "D2"),
        ("station-near", "B3"),
        ("date-for-number", "C3"),
        ("formula-without-value", "E3"),
        ("cell-not-boolean", "F3"),
        ("station-twice", "B4"),
        ("error-cell", "E4"),
    ]
    worst = table.report.errors[-1]
    assert (worst.place.file, worst.place.sheet, str(worst.value)) == ("表.xlsx", "数据", "#DIV/0!")


def test_two_rows_of_headers_are_read_together(tmp_path: Path) -> None:
    def fill(page: Worksheet) -> None:
        page.append(["社工站", "人员", None, "场地"])
        page.append([None, "全职社工人数", "其他", "专用面积"])
        page.merge_cells("A1:A2")
        page.merge_cells("B1:C1")
        page.append(["盐官镇", 6, "x", 300])

    table = read_table(workbook(tmp_path, fill), INPUTS)
    assert (value(table, "盐官镇", "staff"), value(table, "盐官镇", "area")) == (6, 300)
    assert found(table) == []


def test_a_name_merged_over_rows_names_each_and_a_merged_value_is_refused(tmp_path: Path) -> None:
    def fill(page: Worksheet) -> None:
        page.append(["社工站", "轮次", "全职社工人数"])
        page.append(["盐官镇", "中期", 6])
        page.append([None, "末期"])
        page.merge_cells("A2:A3")
        page.merge_cells("C2:C3")

    rounds = {"midterm": Text(zh="中期"), "final": Text(zh="末期")}
    table = read_table(workbook(tmp_path, fill), INPUTS, rounds=rounds)
    assert table.stations == ("盐官镇", "盐官镇")
    assert found(table) == [("merged-cells", "C2")]
    assert ("merged-label", "A2") in noted(table)


def test_a_unit_of_another_size_in_the_header_is_refused(tmp_path: Path) -> None:
    table = read_table(workbook(tmp_path, rows(["社工站", "专用面积（亩）"], ["盐官镇", 3])), INPUTS)
    assert found(table) == [("unit-differs", "B1")]
    assert "area" not in table.columns


def two_sheets(folder: Path, second: list[Any]) -> Path:
    book = openpyxl.Workbook()
    one = book.active
    assert one is not None
    one.title = "中期"
    two = book.create_sheet("末期")
    for page, header in ((one, ["社工站", "全职社工人数"]), (two, second)):
        page.append(header)
        page.append(["盐官镇", 6])
    book.save(folder / "两表.xlsx")
    return folder / "两表.xlsx"


def test_the_sheet_that_matches_best_is_read_and_equals_are_asked_about(tmp_path: Path) -> None:
    better = read_table(two_sheets(tmp_path, ["社工站", "说明"]), INPUTS)
    assert better.place(0, "staff").sheet == "中期"
    assert [p.place.sheet for p in better.report.notes] == ["末期"]
    alike = two_sheets(tmp_path, ["社工站", "专用面积"])
    report = read_table(alike, INPUTS).report
    assert (report.codes(), report.problems[0].values["sheets"]) == (("sheets-alike",), ["中期", "末期"])
    assert read_table(alike, INPUTS, sheet="末期").place(0, "area").sheet == "末期"
    assert read_table(alike, INPUTS, sheet="期末").report.codes() == ("sheet-not-found",)


def write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


CSV = "社工站,全职社工人数,探访率\r\n盐官镇,6,96%\r\n"


@pytest.mark.parametrize(
    ("encoding", "said"),
    [("utf-8", []), ("utf-8-sig", []), ("gb18030", ["encoding-read"]), ("utf-16", ["encoding-read"])],
)
def test_text_in_usual_encodings_is_read(tmp_path: Path, encoding: str, said: list[str]) -> None:
    table = read_table(write(tmp_path / "数据.csv", CSV.encode(encoding)), INPUTS)
    assert (value(table, "盐官镇", "staff"), value(table, "盐官镇", "rate")) == (6, 96)
    assert [p.code for p in table.report] == [*said, "percent-sign"]
    assert table.place(0, "rate").cell == "C2"


def test_tabs_and_semicolons_separate_too(tmp_path: Path) -> None:
    for name, sign in (("a.tsv", "\t"), ("b.csv", ";"), ("c.txt", "\t")):
        table = read_table(write(tmp_path / name, CSV.replace(",", sign).encode()), INPUTS)
        assert value(table, "盐官镇", "staff") == 6


def test_a_comma_inside_a_number_cannot_shift_values_unnoticed(tmp_path: Path) -> None:
    path = write(tmp_path / "移位.csv", "社工站,专用面积,探访率\n盐官镇,1,200,96\n".encode())
    assert found(read_table(path, INPUTS))[0] == ("csv-extra-fields", None)

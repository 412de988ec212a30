"""Workbooks: what the quick reader hides is seen, and a hostile or damaged file is one problem."""

from __future__ import annotations

import zipfile
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from stationeval import workbooks
from stationeval.evaluation.tables import Table, read_table
from stationeval.framework.documents import Input
from stationeval.framework.values import Text
from stationeval.workbooks import ErrorValue, Percent, Uncomputed, column_letters, read_workbook

INPUTS = {
    "staff": Input(type="integer", label=Text(zh="全职社工人数"), min=Fraction(0)),
    "rate": Input(type="number", unit="%", label=Text(zh="探访率")),
}


def workbook(folder: Path) -> Path:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["社工站", "全职社工人数", "探访率"])
    page.append(["盐官镇", 6, 0.96])
    page.append(["袁花镇", "=3+3", "#N/A"])
    page["C2"].number_format = '0.0%;"低于" 0.0%'
    page["C3"].data_type = "e"
    page.merge_cells("D1:E2")
    page.row_dimensions[3].hidden = True
    book.create_sheet("说明").sheet_state = "hidden"
    book.save(folder / "表.xlsx")
    return folder / "表.xlsx"


def test_errors_percents_uncomputed_formulas_merges_and_hidden_parts_are_seen(tmp_path: Path) -> None:
    grid, other = read_workbook(workbook(tmp_path))
    assert [row[:3] for row in grid.rows[1:]] == [
        ["盐官镇", 6.0, Percent(0.96)],
        ["袁花镇", Uncomputed(), ErrorValue("#N/A")],
    ]
    assert (grid.merges, grid.hidden_rows, grid.hidden) == (((0, 3, 1, 4),), frozenset({2}), False)
    assert (other.name, other.hidden) == ("说明", True)


@given(st.integers(0, 16383))
def test_letters_of_columns_are_those_of_openpyxl(index: int) -> None:
    assert column_letters(index) == openpyxl.utils.get_column_letter(index + 1)


def test_formulas_with_a_result_are_read_and_errors_never_become_missing(tmp_path: Path) -> None:
    path = tmp_path / "公式.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        percent = book.add_format({"num_format": "0.00%"})
        page.write_row(0, 0, ["社工站", "全职社工人数", "探访率"])
        page.write_row(1, 0, ["盐官镇"])
        page.write_formula(1, 1, "=3+3", None, 6)
        page.write_formula(1, 2, "=24/25", percent, 0.96)
        page.write_row(2, 0, ["袁花镇"])
        page.write_formula(2, 1, "=1/0", None, "#DIV/0!")
    table = read_table(path, INPUTS)
    assert [table.columns[name].exact(0) for name in ("staff", "rate")] == [6, 96]
    assert [(p.code, p.place.cell) for p in table.report.errors] == [("error-cell", "B3")]


@settings(max_examples=60)
@given(st.data())
def test_a_workbook_with_changed_bytes_is_read_or_refused_without_an_exception(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("changed")
    with zipfile.ZipFile(workbook(folder)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    name = data.draw(st.sampled_from([name for name in parts if name.startswith("xl/")]))
    part = bytearray(parts[name])
    start = data.draw(st.integers(0, len(part) - 1))
    part[start : start + data.draw(st.integers(1, 9))] = data.draw(st.binary(max_size=4))
    with zipfile.ZipFile(folder / "changed.xlsx", "w") as archive:
        for each, content in parts.items():
            archive.writestr(each, bytes(part) if each == name else content)
    assert isinstance(read_table(folder / "changed.xlsx", INPUTS), Table)


def test_a_file_larger_than_the_limit_when_unpacked_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workbook(tmp_path)
    monkeypatch.setattr(workbooks, "MOST_BYTES", 100)
    assert read_table(path, INPUTS).report.codes() == ("data-too-large",)


def test_a_lone_cell_in_the_last_corner_of_a_sheet_does_not_fill_the_memory(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(workbook(tmp_path))
    book.worksheets[0]["XFD1048576"] = 1
    book.save(tmp_path / "远.xlsx")
    report = read_table(tmp_path / "远.xlsx", INPUTS).report
    assert report.codes() == ("sheet-too-large",)

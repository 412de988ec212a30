"""Station data in any form to the same checked columns."""

from __future__ import annotations

import csv
import json
import pickle
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import openpyxl
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from stationeval.evaluation.intake import BLOCK, MOST
from stationeval.evaluation.tables import Table, read_table, to_frame
from stationeval.framework.documents import Input
from stationeval.framework.values import Text

F = Fraction


def spec(kind: str, zh: str, **more: Any) -> Input:
    return Input(type=kind, label=Text(zh=zh), **more)


INPUTS = {
    "staff": spec("integer", "全职社工人数", unit="人", min=F(0), max=F(1000)),
    "area": spec("number", "专用面积", unit="平方米", min=F(0), aliases=("场地面积",)),
    "rate": spec("number", "探访率", unit="%", min=F(0), max=F(100)),
    "spent": spec("money", "已支出", unit="元", places=2),
    "plan": spec("boolean", "有计划"),
    "needs": spec("choice", "需求清单", choices=("完整", "部分", "无")),
}
ROUNDS = {"midterm": Text(zh="中期"), "final": Text(zh="末期")}

Rows = Sequence[dict[str, Any]]


def codes(table: Table) -> list[str]:
    return [problem.code for problem in table.report.errors]


def notes(table: Table) -> list[str]:
    return [problem.code for problem in table.report.notes]


def content(table: Table) -> dict[str, Any]:
    """All that a table says, value by value."""
    n = len(table.stations)
    values = {name: [column.exact(i) for i in range(n)] for name, column in table.columns.items()}
    return {"stations": table.stations, "values": values, "errors": codes(table)}


def by_station(table: Table) -> dict[str, dict[str, Fraction | None]]:
    return {
        station: {name: column.exact(i) for name, column in table.columns.items()}
        for i, station in enumerate(table.stations)
    }


cells = {
    "staff": st.none() | st.integers(0, 1000),
    "area": st.none() | st.decimals(0, 10**6, places=3).map(float),
    "rate": st.none() | st.decimals(2, 100, places=1).map(float),
    "spent": st.none() | st.decimals(-(10**9), 10**9, places=2).map(float),
    "plan": st.booleans(),
    "needs": st.none() | st.sampled_from(["完整", "部分", "无"]),
}
rows_of_stations = st.lists(st.fixed_dictionaries(cells), min_size=1, max_size=8).map(
    lambda rows: [{"station": f"第{i}站", **row} for i, row in enumerate(rows)]
)


def as_csv(rows: Rows, folder: Path) -> Path:
    path = folder / "data.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows([{k: format(v, "f") if isinstance(v, float) else v for k, v in row.items()} for row in rows])
    return path


def as_xlsx(rows: Rows, folder: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in ([*rows[0]], *([row[name] for name in rows[0]] for row in rows)):
        sheet.append(row)
    book.save(folder / "data.xlsx")
    return folder / "data.xlsx"


def as_json(rows: Rows, folder: Path) -> Path:
    path = folder / "data.json"
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    return path


def as_parquet(rows: Rows, folder: Path) -> Path:
    pq.write_table(as_arrow(rows), folder / "data.parquet")
    return folder / "data.parquet"


def as_arrow(rows: Rows) -> pa.Table:
    types = {"station": pa.string(), "staff": pa.int64(), "plan": pa.bool_(), "needs": pa.string()}
    columns = {k: pa.array([row[k] for row in rows], types.get(k, pa.float64())) for k in rows[0]}
    return pa.table(columns)


def as_duckdb(rows: Rows) -> duckdb.DuckDBPyRelation:
    return duckdb.connect().from_arrow(as_arrow(rows))


@settings(max_examples=40)
@given(rows_of_stations)
def test_the_same_data_read_alike_from_any_frame(rows: Rows) -> None:
    arrow = as_arrow(rows)
    ways = {
        "records": rows,
        "columns": {k: [row[k] for row in rows] for k in rows[0]},
        "pandas": pd.DataFrame(rows),
        "nullable": arrow.to_pandas(types_mapper={pa.int64(): pd.Int64Dtype(), pa.float64(): pd.Float64Dtype()}.get),
        "arrow-backed": arrow.to_pandas(types_mapper=pd.ArrowDtype),
        "categorical": pd.DataFrame(rows).astype({"station": "category", "needs": "category"}),
        "index": pd.DataFrame(rows).set_index("station"),
        "polars": pl.from_arrow(arrow),
        "lazy": pl.DataFrame(arrow).lazy(),
        "pyarrow": arrow,
        "duckdb": as_duckdb(rows),
    }
    read = {name: content(read_table(data, INPUTS)) for name, data in ways.items()}
    expected = {**read["records"], "errors": []}
    assert {name: got for name, got in read.items() if got != expected} == {}


@settings(max_examples=40)
@given(rows_of_stations)
def test_the_same_data_read_alike_from_any_file(tmp_path_factory: pytest.TempPathFactory, rows: Rows) -> None:
    folder = tmp_path_factory.mktemp("data")
    files = [write(rows, folder) for write in (as_csv, as_xlsx, as_json, as_parquet)]
    expected = content(read_table(rows, INPUTS))
    assert {path.name: content(read_table(path, INPUTS)) for path in files} == {path.name: expected for path in files}


@given(rows_of_stations, st.randoms(use_true_random=False))
def test_shuffling_rows_and_columns_shuffles_the_table_only(rows: Rows, random: Any) -> None:
    order = random.sample(list(rows[0]), len(rows[0]))
    shuffled = [{k: row[k] for k in order} for row in random.sample(list(rows), len(rows))]
    assert by_station(read_table(shuffled, INPUTS)) == by_station(read_table(rows, INPUTS))


anything = st.one_of(st.none(), st.text(max_size=6), st.integers(), st.floats(), st.booleans(), st.dates())


@given(st.lists(st.fixed_dictionaries({"station": anything, "staff": anything, "rate": anything, "备注": anything})))
@example([{"station": "甲", "staff": None, "rate": "\n", "备注": None}])
def test_every_problem_points_at_an_existing_cell(rows: Rows) -> None:
    table = read_table(rows, INPUTS, stations=["第0站"])
    for problem in table.report:
        assert problem.place.row is None or 0 <= problem.place.row < len(rows)
        assert problem.place.input in (None, "station", "staff", "rate", "备注")
        assert problem.why("zh")
        assert problem.why("en")


@given(st.lists(anything, max_size=6))
def test_an_error_leaves_no_value_behind(cells: list[object]) -> None:
    rows = [{"station": f"第{i}站", "staff": cell} for i, cell in enumerate(cells)]
    table = read_table(rows, INPUTS)
    for problem in table.report.errors:
        if problem.place.row is not None:
            assert table.columns["staff"].exact(problem.place.row) is None


def test_floats_are_not_copied_and_a_float_is_its_shortest_decimal() -> None:
    area = np.array([0.1, 12.345, 300.0])
    frame = pd.DataFrame({"station": ["甲", "乙", "丙"], "area": area})
    column = read_table(frame, INPUTS).columns["area"]
    assert np.shares_memory(column.values, frame["area"].to_numpy())
    assert [column.exact(i) for i in range(3)] == [F("0.1"), F("12.345"), 300]
    assert column.missing is None


def test_single_precision_is_the_decimal_that_it_prints() -> None:
    frame = pd.DataFrame({"station": ["甲", "乙"], "area": np.array([0.1, 16.7], dtype=np.float32)})
    column = read_table(frame, INPUTS).columns["area"]
    assert [column.exact(0), column.exact(1)] == [F("0.1"), F("16.7")]


def test_what_no_float_holds_keeps_its_exact_value() -> None:
    long = Decimal("123456789012.123456789")
    column = read_table([{"station": "甲", "area": long}, {"station": "乙", "area": Decimal("1.50")}], INPUTS).columns[
        "area"
    ]
    assert [column.exact(0), column.exact(1)] == [F(long), F("1.5")]
    assert list(column.overrides) == [0]


def test_a_bad_row_beyond_the_first_block_is_found() -> None:
    staff = np.full(BLOCK + 10, 6.0)
    staff[BLOCK + 3], staff[5] = 6.5, np.nan
    frame = pd.DataFrame({"station": np.arange(BLOCK + 10), "staff": staff})
    table = read_table(frame, INPUTS)
    assert [(p.code, p.place.row) for p in table.report] == [("fraction-for-integer", BLOCK + 3)]
    missing = table.columns["staff"].missing
    assert missing is not None
    assert np.flatnonzero(missing).tolist() == [5, BLOCK + 3]


def test_problems_past_the_limit_are_counted() -> None:
    frame = pd.DataFrame({"station": np.arange(MOST + 5), "staff": np.full(MOST + 5, -1)})
    report = read_table(frame, INPUTS).report
    assert len(report) == MOST + 1
    assert report.problems[-1].code == "more-errors"
    assert report.problems[-1].values["more"] == 5


@pytest.mark.parametrize(
    ("bound", "value", "ok"),
    [(F(1, 3), 0.3333333333333333, False), (F(1, 3), 0.3333333333333334, True), (F("0.1"), 0.1, True)],
)
def test_a_bound_that_no_float_holds_is_compared_exactly(bound: Fraction, value: float, ok: bool) -> None:
    inputs = {"x": spec("number", "比例", min=bound)}
    assert read_table(pd.DataFrame({"station": ["甲"], "x": [value]}), inputs).report.ok is ok


@pytest.mark.parametrize(
    ("values", "code"),
    [
        (pd.to_datetime(["2021-01-02"]), "date-for-number"),
        ([True], "boolean-for-number"),
        ([float("inf")], "cell-not-finite"),
        ([2**60], "too-large"),
        (np.array([2**64 - 1], dtype=np.uint64), "too-large"),
        (pd.to_timedelta([1], unit="s"), "date-for-number"),
        ([[1, 2]], "cell-not-a-value"),
        (["四"], "chinese-numeral"),
    ],
)
def test_a_column_of_the_wrong_kind_is_refused_cell_by_cell(values: Any, code: str) -> None:
    table = read_table(pd.DataFrame({"station": ["甲"], "staff": values}), INPUTS)
    assert [(p.code, p.place.row, p.place.input, p.place.station) for p in table.report] == [(code, 0, "staff", "甲")]


def test_an_empty_column_is_missing_throughout() -> None:
    for column in ([None, None], pd.array([pd.NA, pd.NA], dtype="Int64"), np.array([np.nan, np.nan])):
        table = read_table(pd.DataFrame({"station": ["甲", "乙"], "staff": column}), INPUTS)
        assert [table.columns["staff"].exact(i) for i in range(2)] == [None, None]
        assert table.report.ok


def test_texts_of_a_frame_are_noted_once_a_column() -> None:
    frame = pd.DataFrame({"station": ["甲", "乙", "丙"], "staff": ["6", "7", "8"], "rate": ["96%", "97%", "0.5"]})
    report = read_table(frame, INPUTS).report
    assert [(p.code, p.place.row, p.values.get("more")) for p in report.notes] == [
        ("number-as-text", 0, None),
        ("more-alike", 0, 2),
        ("percent-sign", 0, None),
        ("more-alike", 0, 1),
        ("share-not-percent", 2, None),
    ]


def test_headers_may_be_ids_labels_aliases_and_carry_their_unit() -> None:
    rows = [
        {
            "乡镇（街道）": "甲",
            "全职社工人数(人)": 6,
            "场地面积【㎡】": 300,
            "探访率 %": 96,
            "PLAN": True,
            "需求\n清单": "无",
        }
    ]
    table = read_table(rows, INPUTS)
    assert set(table.columns) == {"staff", "area", "rate", "plan", "needs"}
    assert table.report.problems == ()


def test_a_misspelt_header_is_an_error_only_while_its_input_is_absent() -> None:
    assert codes(read_table([{"station": "甲", "全职社工人教": 6}], INPUTS)) == ["column-near"]
    table = read_table([{"station": "甲", "全职社工人数": 6, "兼职社工人数": 2, "备注": "无"}], INPUTS)
    assert (codes(table), notes(table)) == ([], ["column-ignored", "column-ignored"])


def test_two_columns_of_one_input_are_refused() -> None:
    assert codes(read_table([{"station": "甲", "staff": 6, "全职社工人数": 7}], INPUTS)) == ["column-twice"]
    frame = pd.DataFrame([["甲", 6, 7]], columns=["station", "staff", "staff"])
    assert codes(read_table(frame, INPUTS)) == ["column-twice"]
    arrow = pa.Table.from_arrays([pa.array(["甲"]), pa.array([6]), pa.array([7])], names=["station", "staff", "staff"])
    assert codes(read_table(arrow, INPUTS)) == ["column-twice"]


def test_columns_of_several_levels_are_refused() -> None:
    frame = pd.DataFrame([["甲", 6]], columns=pd.MultiIndex.from_tuples([("a", "station"), ("b", "staff")]))
    assert codes(read_table(frame, INPUTS)) == ["columns-in-levels"]


def test_the_index_may_name_the_stations() -> None:
    named = pd.DataFrame({"staff": [6]}, index=pd.Index(["甲"], name="社工站"))
    unnamed = pd.DataFrame({"staff": [6]}, index=["甲"])
    both = pd.DataFrame({"staff": [6]}, index=pd.MultiIndex.from_tuples([("甲", "末期")], names=["station", "轮次"]))
    for frame in (named, unnamed, both):
        table = read_table(frame, INPUTS, rounds=ROUNDS)
        assert (table.stations, codes(table)) == (("甲",), [])
    assert codes(read_table(pd.DataFrame({"staff": [6]}), INPUTS)) == ["no-station-column"]


def test_rounds_are_read_by_id_or_label() -> None:
    rows = [{"station": "甲", "轮次": r, "staff": 6} for r in ("midterm", "末期")]
    table = read_table(rows, INPUTS, rounds=ROUNDS)
    assert table.rounds is not None
    assert table.rounds.tolist() == [0, 1]
    assert codes(read_table([{**rows[0], "轮次": "初期"}], INPUTS, rounds=ROUNDS)) == ["round-unknown"]
    assert codes(read_table([rows[0], rows[0]], INPUTS, rounds=ROUNDS)) == ["station-twice"]


def test_stations_are_each_once_named_and_those_expected() -> None:
    rows = [{"station": name, "staff": 6} for name in ("盐官镇", " 盐官镇 ", None, "袁化镇", "杭州")]
    report = read_table(rows, INPUTS, stations=["盐官镇", "袁花镇", "黄湾镇"]).report
    assert [(p.code, p.place.row) for p in report.errors] == [
        ("station-absent", None),
        ("station-twice", 1),
        ("station-empty", 2),
        ("station-near", 3),
        ("station-unexpected", 4),
    ]
    assert "袁花镇" in report.errors[3].hint()
    assert codes(read_table(rows[:2], INPUTS, repeated=True)) == []


def test_codes_of_stations_are_text_in_any_form() -> None:
    for code in (330481001, 330481001.0, "330481001", "３３０４８１００１", np.int64(330481001)):
        assert read_table([{"station": code, "staff": 6}], INPUTS).stations == ("330481001",)
        assert read_table(pd.DataFrame({"station": [code], "staff": [6]}), INPUTS).stations == ("330481001",)


def test_kept_columns_come_along_as_text() -> None:
    table = read_table([{"station": "甲", "county": 330481, "staff": 6}], INPUTS, keep=("county", "staff"))
    assert dict(table.kept) == {"county": ("330481",), "staff": ("6",)}
    assert codes(read_table([{"station": "甲"}], INPUTS, keep=("county",))) == ["column-not-found"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (5, "data-not-a-table"),
        ([1, 2], "data-not-a-table"),
        ({"station": "甲"}, "data-not-a-table"),
        ({"station": ["甲", "乙"], "staff": [1]}, "columns-uneven"),
        ([], "no-station-column"),
        (pd.DataFrame({"station": [], "staff": []}), "no-rows"),
        ("nowhere.xlsx", "data-not-found"),
        ("no\0where.xlsx", "data-not-found"),
    ],
)
def test_what_is_no_table_is_one_report(data: Any, code: str) -> None:
    assert codes(read_table(data, INPUTS))[0] == code


def test_a_table_can_be_pickled() -> None:
    table = read_table([{"station": "甲", "area": "12345678901.123456789"}], INPUTS)
    again = pickle.loads(pickle.dumps(table))
    assert content(again) == content(table)
    assert again.place(0, "area") == table.place(0, "area")


def test_a_place_names_row_input_and_station() -> None:
    table = read_table([{"station": "甲", "staff": 6}], INPUTS)
    place = table.place(0, "staff")
    assert (place.row, place.input, place.station) == (0, "staff", "甲")


@pytest.mark.parametrize("kind", ["pandas", "polars", "pyarrow", "duckdb", "records"])
def test_a_frame_of_the_callers_kind_holds_the_columns(kind: str) -> None:
    columns = {"station": ["甲", "乙"], "total": [92.5, None]}
    frame = to_frame(columns, kind=kind)
    expected = {
        "pandas": pd.DataFrame,
        "polars": pl.DataFrame,
        "pyarrow": pa.Table,
        "duckdb": pa.Table,
        "records": list,
    }
    assert isinstance(frame, expected[kind])
    assert read_table(frame, {}).stations == ("甲", "乙")

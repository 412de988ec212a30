"""Formulas of money come to the exact sums in a real spreadsheet program."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
import zipfile
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.framework.small import SMALL

import stationeval as se
from stationeval.evaluation.results import Scores
from stationeval.exact import round_half_up
from stationeval.report.export import export
from stationeval.report.layout import Column
from stationeval.report.payments import Factor, _as_sheet, _digits
from stationeval.testing import full_marks, random_stations

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
CACHED = re.compile(rb"(<f>[^<]*</f>)<v>[^<]*</v>")


def recomputed(path: Path, folder: Path) -> dict[str, list[list[str]]]:
    """What LibreOffice makes of the formulas of a workbook whose saved results are taken away."""
    if SOFFICE is None:
        pytest.skip("LibreOffice is not installed")
    bare = folder / "bare.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(bare, "w") as target:
        for name in source.namelist():
            target.writestr(name, CACHED.sub(rb"\1", source.read(name)))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    as_csv = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
    command = [SOFFICE, "--headless", profile, "--convert-to", as_csv, "--outdir", str(folder), str(bare)]
    subprocess.run(command, check=True, capture_output=True, timeout=110)
    sheets = {}
    for file in folder.glob("bare-*.csv"):
        with file.open(encoding="utf-8", newline="") as lines:
            sheets[file.stem.removeprefix("bare-")] = list(csv.reader(lines))
    return sheets


def number(text: str) -> float:
    return float(text.rstrip("%")) / (100 if text.endswith("%") else 1)


def paid_in(rows: list[list[str]]) -> dict[str, tuple[Decimal, str]]:
    """Sum and verdict of every station, from the sheet of money."""
    at = next(i for i, row in enumerate(rows) if row[0] == "社工站")
    header = rows[at]
    total, check = header.index("合计（元）"), header.index("核对")
    return {row[0]: (Decimal(row[total]), row[check]) for row in rows[at + 2 :] if row[0]}


@pytest.fixture(scope="module")
def close_calls() -> Scores:
    """Stations whose subsidies fall on a half, beside it, on the cap and beside it, and on odd cents."""
    framework = se.load("haining-sppe@2021+reading")
    row = full_marks(framework)
    cases = [
        (f"{base}", factor) for base in ("749999.99", "750000", "750000.01", "0", "0.01") for factor in ("1", "0.999")
    ]
    cases += [(f"{Decimal(k) * Decimal('2.5') + Decimal('1.25')}", "1") for k in range(275_000, 275_040)]
    cases += [(f"{Decimal(k) * 5 + Decimal('2.5')}", "0.5") for k in range(100_000, 100_020)]
    cases += [(f"{Decimal(k) * 3 + Decimal('0.07')}", "0.123456") for k in range(200_000, 200_040)]
    rows = [
        row | {"station": f"模拟{i:03d}", "round": name, "actual_input": base, "performance_factor": factor}
        for i, (base, factor) in enumerate(cases)
        for name in framework.doc.rounds
    ]
    return se.score(rows, framework)


def test_libreoffice_comes_to_the_exact_sums_of_close_calls(close_calls: Scores, tmp_path: Path) -> None:
    path = export(close_calls, tmp_path / "r.xlsx")
    exact = dict(zip(close_calls.stations, se.subsidy(close_calls)["amount"], strict=True))
    assert paid_in(recomputed(path, tmp_path)["补助"]) == {name: (sum_, "一致") for name, sum_ in exact.items()}


def test_libreoffice_comes_to_the_same_numbers_on_every_sheet_of_the_example(example: Scores, tmp_path: Path) -> None:
    path = export(example, tmp_path / "r.xlsx")
    sheets = recomputed(path, tmp_path)
    saved = openpyxl.load_workbook(path, data_only=True)
    live = 0
    for sheet in openpyxl.load_workbook(path):
        for line in sheet.iter_rows():
            for cell in line:
                if cell.data_type == "f":
                    live += 1
                    found = sheets[sheet.title][cell.row - 1][cell.column - 1]
                    expected = saved[sheet.title][cell.coordinate].value
                    assert found == expected if isinstance(expected, str) else number(found) == pytest.approx(expected)
    assert live > 100


def test_every_amount_of_the_example_is_a_formula(example: Scores, tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(export(example, tmp_path / "r.xlsx"))["补助"]
    formulas = [cell.value for line in sheet.iter_rows() for cell in line if cell.data_type == "f"]
    assert sum("MIN(ROUND(ROUND(" in formula for formula in formulas) == len(example)


def test_every_kind_of_component_and_a_pool_come_out_in_libreoffice(tmp_path: Path) -> None:
    (tmp_path / "small.yaml").write_text(SMALL, encoding="utf-8")
    scores = se.score(random_stations(tmp_path / "small.yaml", 30, seed=3), tmp_path / "small.yaml")
    money = se.subsidy(scores)
    rows = recomputed(export(scores, tmp_path / "r.xlsx"), tmp_path)["补助"]
    assert paid_in(rows) == {name: (sum_, "一致") for name, sum_ in zip(scores.stations, money["claim"], strict=True)}
    assert len({sum_ for sum_, _ in paid_in(rows).values()}) > 5
    header = next(row for row in rows if row[0] == "社工站")
    assert {"比例", "标准（元）", "人数", "面积", "封顶（元）", "应得（元）", "分配额（元）"} <= set(header)
    shared = header.index("分配额（元）")
    assert [Decimal(row[shared]) for row in rows if row[0] in scores.stations] == list(money["amount"])


cents = st.integers(0, 10**9).map(lambda n: Fraction(n, 100))
shares = st.integers(0, 1000).map(lambda n: Fraction(n, 1000))


@given(st.lists(st.tuples(cents, shares), min_size=1, max_size=20), shares, st.sampled_from([1, Fraction(1, 100)]))
def test_the_formula_in_binary_floats_comes_to_the_exact_sum(
    stations: list[tuple[Fraction, Fraction]], rate: Fraction, unit: Fraction
) -> None:
    cap = Fraction(300_000)
    column = Column("x")
    factors = [Factor(column, [one[k] for one in stations]) for k in (0, 1)]
    factors.append(Factor(column, [rate] * len(stations)))
    digits = _digits(factors)
    for s, (base, factor) in enumerate(stations):
        claim = min(base * factor * rate, cap)
        assert _as_sheet(factors, s, cap, Fraction(unit), digits) == round_half_up(claim / unit, 0) * unit

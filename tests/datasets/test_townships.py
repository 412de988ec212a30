"""The list of townships is the whole of the country's, and a code finds what lies in its division."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from stationeval.datasets import Township, haining, townships

HAINING = [
    "硖石街道", "海洲街道", "海昌街道", "马桥街道", "许村镇", "长安镇", "周王庙镇", "丁桥镇", "斜桥镇", "黄湾镇", "盐官镇", "袁花镇",
]  # fmt: skip


def test_haining_has_its_twelve_towns() -> None:
    found = townships("330481")
    assert [town.name for town in found] == HAINING
    assert {(town.county, town.prefecture, town.province) for town in found} == {("海宁市", "嘉兴市", "浙江省")}


def test_the_whole_list_is_sorted_and_every_township_has_its_divisions() -> None:
    whole = townships()
    assert len(whole) == 41_352
    assert [town.code for town in whole] == sorted({town.code for town in whole})
    assert all(town.name and town.county and town.prefecture and town.province for town in whole)


@pytest.mark.parametrize(("code", "same"), [("330000", "33"), ("330400", "3304")])
def test_a_code_of_six_digits_may_end_in_zeros(code: str, same: str) -> None:
    assert townships(code) == townships(same) != ()
    assert {town.code[: len(same)] for town in townships(code)} == {same}


def test_a_code_of_nine_digits_is_one_township() -> None:
    assert townships("330481110") == (Township("330481110", "盐官镇", "海宁市", "嘉兴市", "浙江省"),)


def test_a_division_that_is_not_there_has_no_townships() -> None:
    assert townships("999999") == ()


@pytest.mark.parametrize("code", ["", "3", "330", "33048", "海宁", "３３０４８１", "33.*", "330481110\n", "-30481"])
def test_what_is_no_code_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="not the code of a division"):
        townships(code)


def test_the_list_is_the_source_s(shared: Path) -> None:
    with (shared / "data" / "townships.csv").open(encoding="utf-8", newline="") as lines:
        published = {row["code"]: row["name"] for row in csv.DictReader(lines)}
    assert {town.code: town.name for town in townships()} == published


def test_the_example_stands_where_it_is_said_to(repo: Path) -> None:
    beside = repo / "examples" / "haining"
    names = sorted(path.name for path in beside.glob("*.xlsx"))
    assert names
    assert all((haining() / name).read_bytes() == (beside / name).read_bytes() for name in names)

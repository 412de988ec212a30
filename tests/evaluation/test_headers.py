"""Headers mean inputs by label, never by position."""

from __future__ import annotations

from fractions import Fraction

import pytest

from stationeval.evaluation.headers import Headers
from stationeval.framework.documents import Input
from stationeval.framework.values import Text

INPUTS = {
    "spent": Input(type="money", unit="元", label=Text(zh="已支出", en="Spent")),
    "planned": Input(type="integer", unit="个", label=Text(zh="个案数（计划）")),
    "done": Input(type="integer", unit="个", label=Text(zh="个案数"), aliases=("完成个案",)),
    "factor": Input(type="number", label=Text(zh="绩效系数"), max=Fraction(1)),
    "plan": Input(type="boolean", label=Text(zh="有计划")),
}
HEADERS = Headers.of(INPUTS, rounds={}, keep=("county",))


@pytest.mark.parametrize(
    ("header", "role", "name", "problem"),
    [
        ("已支出（元）", "input", "spent", None),
        ("已支出(人民币元)", "input", "spent", None),
        ("*已支出（必填）：", "input", "spent", None),
        ("SPENT", "input", "spent", None),
        ("个案数(计划)", "input", "planned", None),
        ("个案数(计划)（个）", "input", "planned", None),
        ("个案数【个】", "input", "done", None),
        ("完成个案", "input", "done", None),
        ("有计划(是/否)", "input", "plan", None),
        ("已支出（万元）", "input", "spent", "unit-differs"),
        ("个案数(完成)", "input", "done", "unit-differs"),
        ("绩效系数(%)", "input", "factor", "unit-differs"),
        ("乡镇（街道）", "station", "station", None),
        ("轮次", "round", "round", None),
        ("County", "keep", "county", None),
    ],
)
def test_a_header_is_known_by_id_label_or_alias(header: str, role: str, name: str, problem: str | None) -> None:
    found = HEADERS.find(header)
    assert found is not None
    assert (found.role, found.id, found.problem) == (role, name, problem)


@pytest.mark.parametrize("header", ["", "备注", "个案", "x" * 1000, "(", "支出"])
def test_an_unknown_header_means_nothing(header: str) -> None:
    assert HEADERS.find(header) is None


def test_a_label_of_two_inputs_is_ambiguous() -> None:
    twins = {name: Input(type="number", label=Text(zh="人数")) for name in ("a", "b")}
    found = Headers.of(twins).find("人数")
    assert found is not None
    assert (found.problem, found.values) == ("column-ambiguous", {"header": "人数", "ids": ["a", "b"]})

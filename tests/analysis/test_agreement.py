"""Agreement on a framework's indicators: what is found in marks whose making is known, and what is refused."""

from __future__ import annotations

import doctest
import json
import math
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest

import stationeval as se
from stationeval.analysis.agreement import Agreement
from stationeval.framework.framework import Framework, assemble
from stationeval.framework.source import read_source

Row = dict[str, Any]

RATED = """
schema: 1
id: rated-stations
edition: "1"
revision: 1
label: {zh: 评分示例, en: Rated}
jurisdiction: {code: "330481", label: {zh: 示例, en: Example}}
issuer: {zh: 示例, en: Nobody}
effective: {from: 2021-01-01}
licence: CC0-1.0
history: [{revision: 1, on: 2021-01-01, why: {zh: 示例, en: An example}}]
sources: {sample: {kind: notice, title: {zh: 示例文件, en: A sample}}}
basis: {status: documented, cite: sample, quote: {zh: 专家评分}}
inputs:
  clear: {type: rating, min: 0, max: 100, label: {zh: 清楚, en: Clear}}
  severe: {type: rating, min: 0, max: 10, label: {zh: 宽严, en: Severe}}
  vague: {type: rating, min: 0, max: 100, label: {zh: 含糊, en: Vague}}
  alike: {type: rating, min: 0, max: 100, label: {zh: 相近, en: Alike}}
raters:
  experts: {label: {zh: 专家, en: Experts}, weight: 0.7, trim: {drop_highest: 1, drop_lowest: 1, needs: 3}}
  users: {label: {zh: 用户, en: Users}, weight: 0.3}
total: 100
dimensions:
  rated:
    label: {zh: 评分, en: Rated}
    points: 100
    indicators:
      C: {label: {zh: 清楚, en: Clear}, points: 40, rule: {kind: rating, input: clear}}
      S: {label: {zh: 宽严, en: Severe}, points: 20, rule: {kind: rating, input: severe}}
      V: {label: {zh: 含糊, en: Vague}, points: 20, rule: {kind: rating, input: vague}}
      A: {label: {zh: 相近, en: Alike}, points: 20, rule: {kind: rating, input: alike}}
"""
INPUTS = ("clear", "severe", "vague", "alike")
STATIONS = [f"第{i}站" for i in range(15)]
PANEL = [("experts", "甲"), ("experts", "乙"), ("experts", "丙"), ("users", "丁"), ("users", "戊")]


STAFF = """
  staff: {type: integer, min: 0, max: 40, label: {zh: 人数, en: Staff}}
raters:"""
BONUS = "bonus: {cap: 5, items: {B: {label: {zh: 加分, en: Bonus}, rule: {kind: count, input: staff, points_each: 1}}}}"


def framework(text: str = RATED) -> Framework:
    return assemble((read_source(text, name="rated.yaml"),))


def simulated(stations: Sequence[str] = STATIONS, panel: Sequence[tuple[str, str]] = PANEL) -> list[Row]:
    """Marks with a known make: one input clear, one where raters differ in severity, one vague, one where stations are alike."""
    random = np.random.default_rng(3)
    true = random.normal(70, 9, len(stations))
    shift = dict(zip(panel, (0.0, -2.0, 2.5, 0.0, -0.5), strict=False))
    rows = []
    for group, rater in panel:
        for station, merit in zip(stations, true, strict=True):
            small, large = random.normal(0, 1.5, 2), random.normal(0, 16)
            marks = {
                "clear": merit + small[0],
                "severe": 5 + (merit - 70) / 12 + shift[group, rater] + small[1] / 15,
                "vague": 60 + 0.3 * (merit - 70) + large,
                "alike": 80 + small[1],
            }
            top = {"severe": 10}
            rounded = {name: float(np.clip(round(mark, 1), 0, top.get(name, 100))) for name, mark in marks.items()}
            rows.append({"station": station, "rater_group": group, "rater": rater, **rounded})
    return rows


@pytest.fixture(scope="module")
def found() -> Agreement:
    return se.agreement(simulated(), framework(), seed=0, boot=200)


def by(table: Any, **wanted: Any) -> Mapping[str, Any]:
    return next(row for row in table if all(row[name] == value for name, value in wanted.items()))


def test_the_warning_table_tells_wording_from_severity_and_from_stations_that_are_alike(found: Agreement) -> None:
    findings = dict(zip(found.warnings["input"], found.warnings["finding"], strict=True))
    assert findings == {
        "vague": "found-wording",
        "severe": "found-severity",
        "alike": "found-stations-alike",
        "clear": "found-alike",
    }
    assert list(findings) == ["vague", "severe", "alike", "clear"]
    row = by(found.warnings, input="severe")
    assert row["alpha"] < 0.667 <= row["alpha_after_severity"]


def test_a_row_is_what_the_single_statistics_give(found: Agreement) -> None:
    rows = simulated()
    grid = np.array([[row["clear"] for row in rows if row["rater"] == rater] for _, rater in PANEL]).T
    row = by(found.indicators, input="clear", rater_group=None)
    assert row["alpha"] == pytest.approx(se.krippendorff_alpha(grid).value, abs=1e-12)
    icc = se.icc(grid)
    assert row["icc"] == pytest.approx(icc["icc"][1])
    assert (row["icc_low"], row["icc_high"]) == pytest.approx((icc["low"][1], icc["high"][1]))
    assert row["icc_mean"] == pytest.approx(icc["icc"][4])
    assert row["w"] == pytest.approx(se.kendall_w(grid).value)
    assert (row["units"], row["raters"], row["ratings"], row["complete"]) == (15, 5, 75, 15)
    assert row["alpha_low"] < row["alpha"] < row["alpha_high"]
    experts = by(found.indicators, input="clear", rater_group="experts")
    assert experts["alpha"] == pytest.approx(se.krippendorff_alpha(grid[:, :3]).value, abs=1e-12)


def test_overall_weighs_the_inputs_by_their_points(found: Agreement) -> None:
    weights = {"clear": 0.4, "severe": 2.0, "vague": 0.2, "alike": 0.2}
    whole = [
        [sum(weights[name] * row[name] for name in INPUTS) for row in simulated() if row["rater"] == rater]
        for _, rater in PANEL
    ]
    row = by(found.indicators, input="overall", rater_group=None)
    assert row["alpha"] == pytest.approx(se.krippendorff_alpha(np.array(whole).T).value, abs=1e-9)


def test_severity_of_complete_ratings_is_the_raters_mean_less_that_of_all(found: Agreement) -> None:
    weights = {"clear": 0.4, "severe": 2.0, "vague": 0.2, "alike": 0.2}
    means = {
        rater: float(
            np.mean([sum(weights[name] * row[name] for name in INPUTS) for row in simulated() if row["rater"] == rater])
        )
        for _, rater in PANEL
    }
    for rater, mean in means.items():
        row = by(found.raters, rater=rater)
        assert row["deviation"] == pytest.approx((mean - np.mean(list(means.values()))) / 100, abs=1e-12)
        assert row["low"] < row["deviation"] < row["high"]
    assert by(found.raters, rater="乙")["reading"] == "rater-severe"


def test_severity_does_not_depend_on_whom_a_rater_meets() -> None:
    """Marks that are merit plus severity, each rater seeing other stations: the effects are exact."""
    effect = {"甲": 5, "乙": -5, "丙": 3, "丁": -3}
    seen = {"甲": (0, 1, 2), "乙": (2, 3, 4), "丙": (4, 5, 0), "丁": (1, 3, 5)}
    rows = [
        {"station": f"站{i}", "rater_group": "experts", "rater": rater, "clear": 40 + 7 * i + effect[rater]}
        for rater in seen
        for i in seen[rater]
    ]
    found = se.agreement(rows, framework(), seed=0, boot=0)
    assert dict(zip(found.raters["rater"], found.raters["deviation"], strict=True)) == {
        rater: pytest.approx(value / 100) for rater, value in effect.items()
    }
    assert by(found.warnings, input="clear")["alpha_after_severity"] == pytest.approx(1)


def test_raters_who_share_no_station_are_said_to_be_apart() -> None:
    rows = [row for row in simulated() if (row["rater"] in "甲乙") == (row["station"] in STATIONS[:7])]
    found = se.agreement(rows, framework(), seed=0, boot=0)
    assert "agreement-raters-apart" in [note.code for note in found.notes]


def test_leaving_a_rater_out_gives_the_ranks_of_a_table_without_that_rater(found: Agreement) -> None:
    fw = framework()
    stations = [{"station": station} for station in STATIONS]
    everybody = se.score(stations, fw, ratings=[{k: v for k, v in row.items() if k != "rater"} for row in simulated()])
    assert found.moves is not None
    for _, rater in PANEL:
        kept = [{k: v for k, v in row.items() if k != "rater"} for row in simulated() if row["rater"] != rater]
        less = se.score(stations, fw, ratings=kept)
        rows = [row for row in found.moves if row["rater"] == rater]
        assert [row["total_without"] for row in rows] == list(less.totals)
        assert [row["moved"] for row in rows] == [a - b for a, b in zip(everybody.ranks, less.ranks, strict=True)]
        summary = by(found.raters, rater=rater)
        assert summary["moved"] == sum(row["moved"] != 0 for row in rows)
        assert abs(summary["farthest"]) == max(abs(row["moved"]) for row in rows)


def test_the_only_rater_of_a_group_cannot_be_left_out() -> None:
    found = se.agreement(simulated(panel=PANEL[:4]), framework(), seed=0, boot=0)
    assert [(note.code, note.values["rater"]) for note in found.notes] == [("agreement-cannot-leave-out", "users 丁")]
    assert set(found.indicators["rater_group"]) == {None, "experts"}
    assert found.moves is not None
    assert "丁" not in found.moves["rater"]
    assert by(found.raters, rater="丁")["moved"] is None


def test_marks_of_unnamed_raters_still_have_an_alpha_and_groups_are_compared() -> None:
    rows = [{k: v for k, v in row.items() if k != "rater"} for row in simulated()]
    found = se.agreement(rows, framework(), seed=0, boot=0)
    named = se.agreement(simulated(), framework(), seed=0, boot=0)
    assert found.indicators["alpha"] == named.indicators["alpha"]
    assert set(found.indicators["icc"]) == {None}
    assert found.raters["rater_group"] == ("experts", "users")
    assert found.moves is None
    assert "agreement-raters-unnamed" in [note.code for note in found.notes]


def test_a_published_contest_is_scored_for_the_quarter_that_was_rated() -> None:
    """Haining's contest names no rater groups and asks for nothing but marks; these are simulated."""
    fw = se.load("haining-contest@2021+reading")
    aspects = [name for name, spec in fw.doc.inputs.items() if spec.type == "rating"]
    marks = {"甲": (90, 80, 70), "乙": (92, 79, 72), "丙": (60, 95, 71)}
    rows = [
        {"station": f"{s}镇", "round": "q1", "rater": rater, **dict.fromkeys(aspects, mark)}
        for rater, given in marks.items()
        for s, mark in enumerate(given)
    ]
    found = se.agreement(rows, fw, seed=0, boot=0)
    assert found.moves is not None
    row = by(found.moves, rater="丙", station="0镇")
    assert (row["total"], row["rank"]) == (Decimal("80.67"), 2)
    assert (row["total_without"], row["rank_without"], row["moved"]) == (Decimal("91.00"), 1, 1)
    assert "agreement-plain-means" in [note.code for note in found.notes]


def test_a_framework_that_asks_for_more_than_ratings_needs_the_table_of_stations() -> None:
    fw = framework(RATED.replace("\nraters:", STAFF) + BONUS)
    without = se.agreement(simulated(), fw, seed=0, boot=0)
    assert without.moves is None
    assert "agreement-needs-data" in [note.code for note in without.notes]
    data = [{"station": station, "staff": i % 4} for i, station in enumerate(STATIONS)]
    assert se.agreement(simulated(), fw, seed=0, boot=0, data=data).moves is not None
    with pytest.raises(se.InputError, match="人数"):
        se.agreement(simulated(), fw, seed=0, boot=0, data=[{"station": station} for station in STATIONS])


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame], ids=["pandas", "polars"])
def test_a_frame_gives_what_records_give(make: Callable[[list[Row]], Any], found: Agreement) -> None:
    again = se.agreement(make(simulated()), framework(), seed=0, boot=200)
    assert again.to_dict()["indicators"] == found.to_dict()["indicators"]
    assert isinstance(again.to_frame(), pd.DataFrame)


def test_the_order_of_the_rows_changes_nothing_but_the_resamples(found: Agreement) -> None:
    again = se.agreement(simulated()[::-1], framework(), seed=0, boot=0)
    for column in ("alpha", "icc", "w"):
        assert again.indicators[column] == pytest.approx(found.indicators[column], abs=1e-9)
    assert again.raters["deviation"] == pytest.approx(found.raters["deviation"], abs=1e-12)
    assert again.raters["moved"] == found.raters["moved"]


def test_results_go_into_json_html_and_both_languages(found: Agreement) -> None:
    text = json.dumps(found.to_dict(), allow_nan=False, ensure_ascii=False)
    assert json.loads(text)["signature"].startswith("rated-stations@1")
    assert "<table>" in found._repr_html_()
    assert "评委对这一条的理解不同" in found.to_text()
    assert "Krippendorff 2004" in found.to_text("en")
    assert "Vague: raters read the wording differently" in found.to_text("en")
    assert found.alphas("en")["label"] == ("Clear", "Severe", "Vague", "Alike", "all rated inputs")
    assert found.alphas()["value"] == tuple(row["alpha"] for row in found.indicators if row["rater_group"] is None)
    one = se.krippendorff_alpha([[1, 2], [3, 3], [5, 4]], boot=100, seed=0)
    assert json.dumps(one.to_dict(), allow_nan=False)
    assert one.to_frame()["units"].tolist() == [3]
    assert "α" in one._repr_html_()


@pytest.mark.parametrize("metric", ["nominal", "ordinal", "ratio"])
def test_any_metric_is_that_of_the_marks_as_given(metric: str) -> None:
    rows = simulated()
    grid = np.array([[row["severe"] for row in rows if row["rater"] == rater] for _, rater in PANEL]).T
    found = se.agreement(
        rows,
        framework(RATED.replace("severe: {type: rating, min: 0", "severe: {type: rating, min: -5")),
        seed=0,
        boot=0,
        metric=metric,
    )
    row = by(found.indicators, input="severe", rater_group=None)
    assert row["alpha"] == pytest.approx(se.krippendorff_alpha(grid, metric=metric).value, abs=1e-12)


@pytest.mark.parametrize(
    "raters",
    [
        "raters: {unknown: not-published}\n",
        "raters: {experts: {label: {zh: 专家}, weight: {unknown: not-published}}}\n",
    ],
)
def test_agreement_needs_no_weights_of_raters(raters: str) -> None:
    start, end = RATED.index("raters:"), RATED.index("total:")
    rows = [row for row in simulated() if row["rater_group"] == "experts"]
    found = se.agreement(rows, framework(RATED[:start] + raters + RATED[end:]), seed=0, boot=0)
    assert by(found.indicators, input="clear", rater_group=None)["alpha"] > 0.9
    assert found.moves is None
    assert "agreement-not-scored" in [note.code for note in found.notes]


def test_one_station_alone_has_no_interval() -> None:
    rows = [row for row in simulated() if row["station"] == STATIONS[0]]
    row = by(se.agreement(rows, framework(), seed=0, boot=100).indicators, input="clear", rater_group=None)
    assert (row["alpha_low"], row["alpha_high"], row["icc"]) == (None, None, None)


def test_the_examples_of_the_documentation_run() -> None:
    page = Path(__file__).parents[2] / "docs" / "agreement.md"
    failed, tried = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert (failed, tried > 5) == (0, True)


# ---- what is refused ------------------------------------------------------------------------------------------


def codes(call: Callable[[], Any]) -> list[str]:
    with pytest.raises(se.InputError) as caught:
        call()
    for problem in caught.value.problems:
        assert problem.why("zh")
        assert problem.why("en")
    return list(caught.value.report.codes())


STATISTICS = ["krippendorff_alpha", "icc", "fleiss_kappa", "cohen_kappa", "weighted_kappa", "kendall_w", "bland_altman"]


@pytest.mark.parametrize("name", STATISTICS)
@pytest.mark.parametrize(
    ("ratings", "expected"),
    [
        ([[1], [2]], "agreement-too-few-raters"),
        ([[None, None], [None, math.nan]], "agreement-all-missing"),
        ([[1, math.inf], [2, 3]], "agreement-infinite"),
        ([[1, 10**400], [2, 3]], "agreement-infinite"),
        ([[1, [2]], [2, 3]], "agreement-cell"),
        ([1, 2, 3], "agreement-not-a-table"),
        ([[1, 2], [3]], "agreement-not-a-table"),
        ([], "agreement-not-a-table"),
        ("abc", "agreement-not-a-table"),
        (None, "agreement-not-a-table"),
    ],
)
def test_what_is_no_table_of_ratings_is_refused(name: str, ratings: Any, expected: str) -> None:
    assert set(codes(lambda: getattr(se, name)(ratings))) == {expected}


@pytest.mark.parametrize("name", [name for name in STATISTICS if name != "bland_altman"])
def test_constant_ratings_have_no_coefficient(name: str) -> None:
    assert codes(lambda: getattr(se, name)([[3, 3], [3, 3], [3, 3]])) == ["agreement-constant"]


@pytest.mark.parametrize("name", [name for name in STATISTICS if name != "krippendorff_alpha"])
def test_one_complete_unit_is_too_few(name: str) -> None:
    assert codes(lambda: getattr(se, name)([[3, 4], [None, 3], [3, None]])) == ["agreement-too-few-units"]


def test_every_bad_cell_is_named_at_once() -> None:
    with pytest.raises(se.InputError) as caught:
        se.icc([[1, "x"], [True, 3], [2, 4]])
    assert [(p.place.row, p.place.input) for p in caught.value.problems] == [(0, "1"), (1, "0")]


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        (lambda: se.krippendorff_alpha([[1, 2], [3, 4]], metric="cubic"), "analysis-choice"),
        (lambda: se.krippendorff_alpha([[1, 2], [3, 4]], boot=100), "seed-needed"),
        (lambda: se.krippendorff_alpha([[1, 2], [3, 4]], boot=100, seed=-1), "seed-needed"),
        (lambda: se.krippendorff_alpha([[1, 2], [3, 4]], boot=-1, seed=0), "draws-needed"),
        (lambda: se.krippendorff_alpha([[1, 2], [3, 4]], confidence=1.5), "agreement-confidence"),
        (lambda: se.krippendorff_alpha([[-1, 2], [3, 4]], metric="ratio"), "agreement-below-zero"),
        (lambda: se.krippendorff_alpha([["优", "良"], ["良", "良"]]), "agreement-unordered"),
        (lambda: se.krippendorff_alpha([["优", 1], ["良", 2]], metric="nominal"), "agreement-mixed-labels"),
        (lambda: se.weighted_kappa([["优", "良"], ["良", "良"]]), "agreement-unordered"),
        (lambda: se.weighted_kappa([["优", "良"], ["良", "良"]], categories=["良"]), "agreement-category-unknown"),
        (lambda: se.weighted_kappa([[1, 2], [2, 2]], categories=[1, 2, 2]), "agreement-category-twice"),
        (lambda: se.weighted_kappa([[1, 2], [2, 2]], weights="cubic"), "analysis-choice"),
        (lambda: se.cohen_kappa([[1, 2, 3], [2, 2, 2]]), "agreement-two-raters"),
        (lambda: se.bland_altman([[1, 2], [2, 2]], names=["甲"]), "agreement-names"),
        (lambda: se.krippendorff_alpha([[i, i + 1] for i in range(3000)], metric="ratio"), "agreement-too-many-values"),
    ],
)
def test_arguments_that_do_not_fit_are_refused(call: Callable[[], Any], expected: str) -> None:
    assert codes(call) == [expected]


def test_words_have_the_order_they_are_given() -> None:
    rows = [["中", "中"], ["优", "良"], ["差", "中"], ["良", "优"]]
    places = {"差": 1, "中": 2, "良": 3, "优": 4}
    numbers = [[places[one] for one in row] for row in rows]
    for metric in ("ordinal", "interval"):
        named = se.krippendorff_alpha(rows, metric=metric, categories=list(places))
        assert named.value == pytest.approx(se.krippendorff_alpha(numbers, metric=metric).value)
    assert se.weighted_kappa(rows, categories=list(places)).value == pytest.approx(se.weighted_kappa(numbers).value)


def test_missing_ratings_may_be_none_nan_or_na() -> None:
    expected = se.krippendorff_alpha([[1, 2, None], [3, 3, 4]]).value
    nullable = pd.DataFrame({"a": [1, 3], "b": [2, 3], "c": pd.array([None, 4], dtype="Int64")})
    for ratings in (
        nullable,
        pl.DataFrame({"a": [1, 3], "b": [2, 3], "c": [None, 4]}),
        np.array([[1, 2, np.nan], [3, 3, 4]]),
    ):
        assert se.krippendorff_alpha(ratings).value == expected


def test_an_icc_that_is_not_defined_is_none() -> None:
    """Units alike, raters apart: between units there is no variance to speak of."""
    found = se.icc([[1, 5], [1, 5], [1, 5]])
    assert dict(zip(found["form"], found["icc"], strict=True)) == {
        "ICC(1,1)": -1.0, "ICC(A,1)": 0.0, "ICC(C,1)": None, "ICC(1,k)": None, "ICC(A,k)": 0.0, "ICC(C,k)": None,
    }  # fmt: skip
    for table in ([[1, 2], [2, 1]], [[1, 9], [9, 1], [5, 5]], [[0, 0, 0], [0, 0, 1]]):
        cells = [value for row in se.icc(table) for value in row.values() if isinstance(value, float)]
        assert all(math.isfinite(value) for value in cells)


def test_a_pair_of_raters_with_nothing_in_common_is_left_empty() -> None:
    found = se.bland_altman([[1, 2, None], [2, 4, None], [None, 3, 3], [None, 5, 4]])
    assert found["units"] == (2, 0, 2)
    assert found["bias"] == (-1.5, None, 0.5)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], "no-rows"),
        ([{"station": "一站", "rater_group": "strangers", "rater": "甲", "clear": 3}], "rater-group-unknown"),
        ([{"station": "一站", "rater": "甲", "clear": 3}], "column-not-found"),
        ([{"station": "一站", "rater_group": "experts", "rater": None, "clear": 3}], "agreement-rater-empty"),
        ([{"station": "一站", "rater_group": "experts", "rater": "甲"}], "agreement-no-rated-column"),
        ([{"station": "一站", "rater_group": "experts", "rater": "甲", "clear": 300}], "value-above-max"),
        ([{"station": "一站", "rater_group": "experts", "rater": "甲", "clear": 3}] * 2, "agreement-rated-twice"),
        ([{"station": f"{i}站", "rater_group": "experts", "rater": "甲", "clear": i} for i in range(5)], "agreement-too-few-raters"),
        ([{"station": f"{i}站", "rater_group": "experts", "rater": "甲", "clear": None} for i in range(5)], "agreement-too-few-raters"),
    ],
)  # fmt: skip
def test_a_table_of_ratings_that_cannot_be_used_is_refused(rows: list[Row], expected: str) -> None:
    assert expected in codes(lambda: se.agreement(rows, framework(), seed=0, boot=0))


def test_a_seed_is_required_even_without_resamples() -> None:
    assert codes(lambda: se.agreement(simulated(), framework(), seed=None, boot=0)) == ["seed-needed"]


def test_marks_that_are_all_the_same_are_a_note_not_a_number() -> None:
    rows = [{**row, "alike": 80} for row in simulated()]
    found = se.agreement(rows, framework(), seed=0, boot=50)
    assert by(found.indicators, input="alike", rater_group=None)["alpha"] is None
    assert by(found.warnings, input="alike")["finding"] == "found-stations-alike"
    assert ("agreement-constant", "相近") in [(note.code, note.place.input) for note in found.notes]


def test_a_framework_without_rated_inputs_has_no_raters_to_agree() -> None:
    with pytest.raises(se.NotInFramework):
        se.agreement([{"station": "一站"}], "mof-self-evaluation", seed=0)

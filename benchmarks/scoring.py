"""How fast exact scoring is, as ratios in one run to a float64 NumPy reference that skips exactness, checks and labels.

    python benchmarks/scoring.py            # prints the table, writes benchmarks/results/scoring.json

Simulated data: random inputs within each input's range, for Haining's reading (one round).
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

import stationeval as se

FRAMEWORK = "haining-sppe@2021+reading"
RESULTS = Path(__file__).parent / "results" / "scoring.json"


def stations(n: int, *, seed: int = 20211122) -> pd.DataFrame:
    """Simulated inputs of n stations, one round."""
    rng = np.random.default_rng(seed)
    fw = se.load(FRAMEWORK)
    columns: dict[str, Any] = {"station": [f"站点{i:07d}" for i in range(n)]}
    for name, spec in fw.doc.inputs.items():
        if spec.type == "boolean":
            columns[name] = rng.random(n) < 0.85
        elif spec.type == "integer":
            columns[name] = rng.integers(0, int(spec.max) + 1 if spec.max is not None else 40, n)
        elif spec.type == "money":
            columns[name] = rng.integers(10_000_000, 200_000_000, n) / 100
        else:
            top = float(spec.max) if spec.max is not None else 600.0
            columns[name] = np.round(rng.uniform(0.5 * top, top, n), 1)
    for part, whole in (
        ("certified_staff", "full_time_staff"),
        ("staff_on_scale", "full_time_staff"),
        ("filed_in_time", "staff_changes"),
        ("refilled_in_time", "vacancies"),
        ("milestones_delivered", "milestones_due"),
        ("high_risk_visited", "high_risk_reported"),
    ):
        columns[part] = np.minimum(columns[part], columns[whole])
    return pd.DataFrame(columns)


def reference(x: dict[str, np.ndarray[Any, Any]]) -> tuple[np.ndarray[Any, Any], ...]:
    """The same totals, ranks, grades and money in plain float64: no exactness, no checks, no labels."""
    seventh, sixth, fifth = 25 / 7, 25 / 6, 25 / 5

    def part(a: str, b: str, full: float, zero: float) -> np.ndarray[Any, Any]:
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(x[b] == 0, zero, full * np.minimum(1.0, x[a] / x[b]))

    def ticks(full: float, *names: str) -> np.ndarray[Any, Any]:
        total = x[names[0]].copy()
        for name in names[1:]:
            total += x[name]
        return total * (full / len(names))

    def capped(a: str, target: float, full: float) -> np.ndarray[Any, Any]:
        return full * np.minimum(1.0, x[a] / target)

    def rising(a: np.ndarray[Any, Any], low: float, high: float, full: float) -> np.ndarray[Any, Any]:
        return full * np.clip((a - low) / (high - low), 0.0, 1.0)

    with np.errstate(divide="ignore", invalid="ignore"):
        volunteers = np.where(
            x["full_time_staff"] == 0, 0.0, sixth * np.minimum(1.0, x["volunteers"] / x["full_time_staff"] / 5)
        )
    standard = (
        capped("floor_area", 300, seventh)
        + ticks(
            seventh,
            "zone_reception",
            "zone_meeting",
            "zone_errands",
            "zone_disclosure",
            "zone_service",
            "zone_activity",
        )
        + ticks(seventh, "room_casework", "room_group", "room_multipurpose")
        + ticks(seventh, "unified_name", "unified_logo", "unified_reception", "unified_projects")
        + capped("full_time_staff", 6, seventh)
        + capped("certified_staff", 4, seventh)
        + part("filed_in_time", "staff_changes", seventh, seventh)
    )
    professional = (
        volunteers
        + capped("months_supervised", 12, sixth)
        + part("staff_on_scale", "full_time_staff", sixth, 0.0)
        + rising(-x["turnover_rate"], -40, -10, sixth)
        + part("refilled_in_time", "vacancies", sixth, sixth)
        + capped("months_disclosed", 12, sixth)
    )
    contest = (x["contest_q1"] + x["contest_q2"] + x["contest_q3"] + x["contest_q4"]) / 4
    planning = (
        ticks(fifth, "needs_community", "needs_living", "needs_culture", "needs_charity")
        + ticks(
            fifth,
            "project_talent",
            "project_community",
            "project_social_work",
            "project_families",
            "project_elders",
            "project_children",
        )
        + rising(contest, 0, 100, fifth)
        + part("milestones_delivered", "milestones_due", fifth, fifth)
        + np.maximum(0.0, fifth - fifth / 4 * x["workers_several_projects"])
    )
    effect = (
        capped("key_visit_rate", 100, fifth)
        + part("high_risk_visited", "high_risk_reported", fifth, fifth)
        + rising(x["department_satisfaction"], 60, 95, fifth)
        + rising(x["user_satisfaction"], 60, 95, fifth)
        + part("visits_done", "visits_planned", fifth / 4, 0.0)
        + part("cases_done", "cases_planned", fifth / 4, 0.0)
        + part("groups_done", "groups_planned", fifth / 4, 0.0)
        + part("activities_done", "activities_planned", fifth / 4, 0.0)
    )
    total = np.floor((standard + professional + planning + effect) * 100 + 0.5) / 100
    order = np.argsort(-total, kind="stable")
    ordered = total[order]
    first = np.concatenate(([True], ordered[1:] != ordered[:-1]))
    rank = np.empty(len(total), dtype=np.int64)
    rank[order] = np.maximum.accumulate(np.where(first, np.arange(len(total)), 0)) + 1
    grade = 3 - np.searchsorted(np.array([60.0, 80.0, 90.0]), total, side="right")
    money = np.where(
        grade <= 1, np.floor(np.minimum(x["actual_input"] * 0.4 * x["performance_factor"], 300000) + 0.5), 0.0
    )
    return total, rank, grade, money


def evaluate(frame: pd.DataFrame, fw: se.Framework) -> Any:
    """Score, rank, grade and money, as a caller would ask for them."""
    scores = se.score(frame, fw, round="final")
    return scores, scores.standings, scores.ranks, se.subsidy(scores)


def median(call: Callable[[], Any], *, times: int) -> float:
    """Median seconds of a call, after one to warm up."""
    call()
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def compare(n: int, fw: se.Framework, *, times: int) -> dict[str, Any]:
    """One size: seconds of both, their ratio, that they agree, and the peak memory of ours against the input."""
    frame = stations(n)
    arrays = {name: frame[name].to_numpy().astype(np.float64) for name in frame.columns if name != "station"}
    ours = median(lambda: evaluate(frame, fw), times=times)
    theirs = median(lambda: reference(arrays), times=times)
    totals = np.array(se.score(frame, fw, round="final").standings.units) / 100
    apart = int((np.abs(totals - reference(arrays)[0]) > 0.011).sum())
    size = int(frame.memory_usage(deep=True).sum())
    tracemalloc.start()
    evaluate(frame, fw)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return {
        "what": f"{n:,} stations × 23 indicators: score, rank, grade, subsidy",
        "seconds": ours,
        "reference_seconds": theirs,
        "ratio": ours / theirs,
        "totals_apart_by_more_than_a_hundredth": apart,
        "totals_that_floats_round_wrongly": int((totals != reference(arrays)[0]).sum()),
        "peak_memory_over_input": peak / size,
    }


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="without the million")
    quick = parser.parse_args().quick
    fw = se.load(FRAMEWORK)
    rows = [compare(41_352, fw, times=9)]
    if not quick:
        rows.append(compare(1_000_000, fw, times=3))
    small = stations(12)
    rows.append({"what": "12 stations, warm", "seconds": median(lambda: evaluate(small, fw), times=50)})
    rows.append({"what": f"load {FRAMEWORK}, warm", "seconds": median(lambda: se.load(FRAMEWORK), times=20)})
    many = se.score(stations(2000), fw, round="final")
    exact = median(lambda: [many.engine.exact_base(i) for i in range(2000)], times=3)
    rows.append({"what": "2,000 stations, base totals in fractions only", "seconds": exact})
    rows[-1]["times_slower_than_ours_per_station"] = exact / 2000 / (rows[0]["seconds"] / 41_352)
    result = {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "machine": platform.machine(),
        "rows": rows,
    }
    for row in rows:
        print(row["what"])
        for name, value in row.items():
            if name != "what":
                print(f"    {name:42} {value:.4g}")
    if not quick:
        RESULTS.parent.mkdir(exist_ok=True)
        RESULTS.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
        print(f"written: {RESULTS}", file=sys.stderr)


if __name__ == "__main__":
    main()

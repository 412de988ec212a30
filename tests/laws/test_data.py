"""What happens to results when the data change: order, another station, a better value; and where problems point."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st
from tests.laws.both import UNSCORED, Rows, Tree, answers, attempt, evaluations, exactly, framework, law, scored

import stationeval as se
from stationeval.evaluation.scoring import BLOCK
from stationeval.exact import round_half_up
from stationeval.framework.documents import Document
from stationeval.framework.rules import KINDS
from stationeval.testing.strategies import documents, tables

ABSOLUTE = tuple(kind for kind in KINDS if kind != "relative")
RISING = ("ratio", "bands", "linear", "checklist", "lookup", "count", "rating")


@law(60)
@given(evaluations(min_stations=2), st.randoms(use_true_random=False))
def test_shuffling_rows_shuffles_results(pair: tuple[Tree, Rows], shuffler: Any) -> None:
    """Whatever the order of rows and columns, each station's answers are the same, and stations come as they came."""
    tree, rows = pair
    before = scored(tree, rows)
    mixed = [dict(shuffler.sample(list(row.items()), len(row))) for row in shuffler.sample(rows, len(rows))]
    after = scored(tree, mixed)
    assert (before is None) == (after is None)
    if before is not None and after is not None:
        assert answers(before, rows) == answers(after, mixed)
        assert after.stations == tuple(dict.fromkeys(row["station"] for row in mixed))


@law(60)
@given(evaluations(kinds=ABSOLUTE, full=False, min_stations=2))
def test_adding_a_station_changes_no_others_total(pair: tuple[Tree, Rows]) -> None:
    """Where no rule is relative, a station's total does not depend on which others are scored with it."""
    tree, rows = pair
    last = rows[-1]["station"]
    fewer, more = scored(tree, [row for row in rows if row["station"] != last]), scored(tree, rows)
    if more is not None:
        assert fewer is not None
        totals = dict(zip(more.stations, more.totals, strict=True))
        assert all(totals[s] == total for s, total in zip(fewer.stations, fewer.totals, strict=True))


@law(12)
@given(evaluations(kinds=ABSOLUTE, full=False, min_stations=2))
def test_a_long_table_gives_each_row_what_a_short_one_does(pair: tuple[Tree, Rows]) -> None:
    """Repeated past the size of the engine's blocks, a table gives every station the total it has in the short one."""
    tree, rows = pair
    tree = {key: value for key, value in tree.items() if key not in ("rounds", "contest")}
    rows = list({row["station"]: row for row in rows}.values())
    short = scored(tree, rows)
    assume(short is not None)
    many = [{**rows[i % len(rows)], "station": f"s{i}"} for i in range(BLOCK + len(rows))]
    long = scored(tree, many)
    assert short is not None
    assert long is not None
    assert all(total == short.totals[i % len(rows)] for i, total in enumerate(long.totals))


@law(40)
@given(evaluations(kinds=ABSOLUTE, full=False, min_stations=2, max_stations=8), st.data())
def test_ranks_within_a_group_are_the_ranks_of_the_group_alone(pair: tuple[Tree, Rows], data: st.DataObject) -> None:
    """A station's place in its town's list does not depend on other towns."""
    tree, rows = pair
    towns = {station: data.draw(st.sampled_from("甲乙")) for station in dict.fromkeys(row["station"] for row in rows)}
    rows = [{**row, "town": towns[row["station"]]} for row in rows]
    fw = framework(tree)
    scores, codes = attempt(lambda: se.score(rows, fw, keep=("town",)))
    assert codes <= UNSCORED
    assume(scores is not None)
    assert scores is not None
    within = dict(zip(scores.stations, se.rank(scores, within="town")["rank"], strict=True))
    for town in set(towns.values()):
        alone = se.score([row for row in rows if row["town"] == town], fw, keep=("town",))
        assert all(within[station] == rank for station, rank in zip(alone.stations, alone.ranks, strict=True))


@law(60)
@given(evaluations(kinds=RISING, rising=True, full=False, max_stations=2), st.data())
def test_raising_a_higher_is_better_input_never_lowers_a_total(pair: tuple[Tree, Rows], data: st.DataObject) -> None:
    """Under rules that only rise, a larger number (or another tick) never costs a station a point."""
    tree, rows = pair
    before = scored(tree, rows)
    i = data.draw(st.integers(0, len(rows) - 1))
    given_ = {name: value for name, value in rows[i].items() if name in tree["inputs"] and value is not None}
    able = [name for name in given_ if tree["inputs"][name]["type"] != "choice"]
    assume(before is not None and able)
    name = data.draw(st.sampled_from(able))
    better = [*rows]
    better[i] = {**rows[i], name: _larger(given_[name], tree["inputs"][name], data)}
    after = scored(tree, better)
    assert before is not None
    assert after is not None
    assert all(x <= y for x, y in zip(before.totals, after.totals, strict=True))


def _larger(value: Any, spec: Tree, data: st.DataObject) -> Any:
    if isinstance(value, bool):
        return True
    most = Fraction(spec.get("max", 10**15 - 1))
    step = data.draw(st.sampled_from(["0.000000001", "0.005", "1", "7.5", "1000", "1000000000000"]))
    up = min(exactly(value) + Fraction(step), most)
    return up.__ceil__() if spec["type"] == "integer" else up


@law(60)
@given(evaluations(full=False))
def test_totals_stay_within_their_bounds(pair: tuple[Tree, Rows]) -> None:
    """With only the total rounded, no total is below 0 or above full marks and the bonus together."""
    tree, rows = pair
    tree = {**tree, "policies": {**tree["policies"], "rounding": {"total": tree["policies"]["rounding"]["total"]}}}
    scores = scored(tree, rows)
    if scores is not None:
        most = round_half_up(scores.plan.greatest, scores.places)
        assert all(0 <= unit <= most for unit in scores.standings.units.tolist())


@law(50)
@given(documents(kinds=ABSOLUTE, full=False), st.data())
def test_scaling_all_points_and_cut_offs_together_changes_no_grade(tree: Tree, data: st.DataObject) -> None:
    """Ten times smaller points, cut-offs and units of rounding give the same grades and ranks, and a tenth of the totals."""
    rounding = tree["policies"]["rounding"]
    assume(all(int(places) < 6 for places in rounding.values()))
    rows = data.draw(tables(Document.model_validate(tree)))
    before, after = scored(tree, rows), scored(_tenth(tree), rows)
    assert (before is None) == (after is None)
    if before is not None and after is not None:
        assert (before.grades, before.ranks) == (after.grades, after.ranks)
        assert [total / 10 for total in before.totals] == list(after.totals)


def _tenth(tree: Tree) -> Tree:
    def tenth(value: Any) -> Any:
        return Decimal(value) / 10

    def rule(one: Tree) -> Tree:
        if "out_of" in one:
            return one
        found = {**one}
        if one["kind"] == "bands":
            found["bands"] = [
                {key: tenth(value) if key in ("points", "otherwise") else value for key, value in band.items()}
                for band in one["bands"]
            ]
        elif one["kind"] == "linear":
            found["knots"] = [[x, tenth(y)] for x, y in one["knots"]]
        elif one["kind"] in ("checklist", "lookup"):
            key = "items" if one["kind"] == "checklist" else "map"
            found[key] = {name: tenth(value) for name, value in one[key].items()}
        elif one["kind"] in ("count", "deduct"):
            found |= {key: tenth(one[key]) for key in ("points_each", "start", "floor") if key in one}
        return found

    def nodes(some: Tree) -> Tree:
        return {name: node(one) for name, one in some.items()}

    def node(one: Tree) -> Tree:
        changed: Tree = {"points": tenth(one["points"])} if "points" in one else {}
        changed |= {"rule": rule(one["rule"])} if "rule" in one else {}
        changed |= {"indicators": nodes(one["indicators"])} if "indicators" in one else {}
        return {**one, **changed}

    found = {**tree, "dimensions": nodes(tree["dimensions"])}
    if "total" in tree:
        found["total"] = tenth(tree["total"])
    for section in ("bonus", "deductions"):
        if section in tree:
            extra = tree[section]
            cap = {"cap": tenth(extra["cap"])} if "cap" in extra else {}
            found[section] = {**extra, "items": nodes(extra["items"]), **cap}
    if "grades" in tree:
        found["grades"] = {
            name: {**one, "at_least": tenth(one["at_least"])} if "at_least" in one else one
            for name, one in tree["grades"].items()
        }
    if "vetoes" in tree:
        found["vetoes"] = {
            name: {**one, "effect": {k: tenth(v) if k == "total" else v for k, v in one["effect"].items()}}
            for name, one in tree["vetoes"].items()
        }
    rounding = {level: places + 1 for level, places in tree["policies"]["rounding"].items()}
    found["policies"] = {**tree["policies"], "rounding": rounding}
    return found


JUNK: list[Any] = [
    "四", "3和4", "abc", "#DIV/0!", float("inf"), float("nan"), 10**20, "1e5", "-", "", "１２", "96%", [1], -1, 0.5, "=A1",
    True, "2021-01-01", Decimal("0.00000000000000000001"), "0x10", "是", "合计", object,
]  # fmt: skip


@law(60)
@given(evaluations(full=False, missing=False), st.data())
def test_each_problem_points_at_an_existing_cell(pair: tuple[Tree, Rows], data: st.DataObject) -> None:
    """With cells, stations and headers spoilt, every problem names a row and column that are there, and what stands in it."""
    tree, rows = pair
    rows = [dict(row) for row in rows]
    for _ in range(data.draw(st.integers(1, 4))):
        row = data.draw(st.sampled_from(rows))
        name = data.draw(st.sampled_from(list(row)))
        if data.draw(st.integers(0, 4)) == 0:
            for one in rows:
                one[data.draw(st.sampled_from(["extra", "pla in", "备注"]))] = one.pop(name, None)
        else:
            row[name] = data.draw(st.sampled_from(JUNK))
    fw = framework(tree)
    report = se.check(rows, fw)
    headers = {name for row in rows for name in row}
    for problem in report:
        place = problem.place
        if place.row is not None:
            assert 0 <= place.row < len(rows)
            if place.input is not None and problem.value is not None:
                assert str(problem.value) in map(str, rows[place.row].values())  # a header may be near, not equal
        if place.input is not None:
            assert place.input in headers or place.input in tree["inputs"] or place.input in ("station", "round")
        assert problem.why("zh")
        assert problem.why("en")
    scores, codes = attempt(lambda: se.score(rows, fw))
    assert codes == {problem.code for problem in report.errors} or codes <= UNSCORED
    assert (scores is None) == bool(codes)

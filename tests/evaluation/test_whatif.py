"""A what-if changes one station's inputs and nothing else, and says that it is one."""

from __future__ import annotations

import pytest
from tests.evaluation.explained import STATION, haining, nine_rules

import stationeval as se
from stationeval.testing import random_stations


def test_a_change_is_scored_as_if_it_had_been_in_the_data() -> None:
    changed = haining().what_if("斜桥镇", full_time_staff=9, floor_area="310.5", zone_errands="是", contest_q1=99)
    assert changed == haining(full_time_staff=9, floor_area="310.5", zone_errands=True, contest_q1=99)


def test_the_scores_it_starts_from_stay_as_they_are() -> None:
    scores = haining()
    scores.what_if("斜桥镇", floor_area=1, zone_errands=True)
    assert scores == haining()


def test_others_keep_their_totals_and_ranks_are_worked_out_anew() -> None:
    fw = se.load("haining-sppe@2021+reading")
    scores = se.score(random_stations(fw, 6, seed=5), fw)
    last = scores.stations[scores.ranks.index(6)]
    changed = scores.what_if(last, visits_done=0)
    for s, station in enumerate(scores.stations):
        assert station == last or scores.totals[s] == changed.totals[s]
    best = {gap.needs[0].datum.id: gap.needs[0].value for gap in scores.gaps(last) if gap.rounds[-1][0] == "final"}
    better = scores.what_if(last, **{name: value for name, value in best.items() if name in fw.doc.inputs})
    assert better.totals[scores.index(last)] > scores.totals[scores.index(last)]


def test_another_round_can_be_named() -> None:
    scores = haining()
    changed = scores.what_if("斜桥镇", round="midterm", full_time_staff=6)
    rows = scores.data.standing.rows
    column = changed.data.table.columns["full_time_staff"]
    assert [column.exact(int(row[1])) for row in rows] == [6, 7]
    with pytest.raises(se.InputError) as error:
        scores.what_if("斜桥镇", round="spring", full_time_staff=6)
    assert error.value.report.codes() == ("round-unknown",)


def test_every_bad_change_is_listed_at_once() -> None:
    with pytest.raises(se.InputError) as error:
        haining().what_if("斜桥镇", floor_are=3, full_time_staff="五", key_visit_rate=101, contest_mean=5)
    codes = error.value.report.codes()
    assert codes == ("what-if-unknown", "chinese-numeral", "value-above-max", "what-if-derived")
    assert "floor_area" in error.value.problems[0].hint()
    assert {problem.place.station for problem in error.value.problems} == {"斜桥镇"}


def test_a_value_that_scoring_needs_cannot_be_emptied() -> None:
    with pytest.raises(se.InputError) as error:
        haining().what_if("斜桥镇", floor_area=None)
    assert "missing-value" in error.value.report.codes()


def test_it_says_of_itself_that_it_is_no_evaluation() -> None:
    changed = haining().what_if("斜桥镇", floor_area=300)
    (note,) = [note for note in changed.report.notes if note.code == "what-if"]
    assert note.place.station == "斜桥镇"
    assert "270 平方米" in note.why("zh")
    assert "not data" in note.why("en")


def test_every_type_of_input_can_be_changed() -> None:
    scores = nine_rules()
    changed = scores.what_if("甲镇", level="好", plan=False, rate="95%", staff=5, training="0.1")
    assert changed == se.score(
        [{**STATION, "level": "好", "plan": False, "rate": 95, "staff": 5, "training": "0.1"}, *_others(scores)],
        scores.framework,
    )


def _others(scores: se.Scores) -> list[dict[str, object]]:
    """The rows of the other stations, as they were read."""
    inputs = scores.framework.doc.inputs
    rows: list[dict[str, object]] = []
    for i, station in enumerate(scores.stations[1:], 1):
        row: dict[str, object] = {"station": station}
        for name, column in scores.data.table.columns.items():
            value = column.exact(i)
            assert value is not None
            kind = inputs[name].type
            row[name] = (
                inputs[name].choices[int(value)] if kind == "choice" else bool(value) if kind == "boolean" else value
            )
        rows.append(row)
    return rows


def test_only_the_columns_that_change_are_copied() -> None:
    scores = haining()
    changed = scores.what_if("斜桥镇", floor_area=300)
    for name, column in scores.data.table.columns.items():
        assert (changed.data.table.columns[name] is column) == (name != "floor_area")

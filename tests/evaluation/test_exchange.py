"""Scores as JSON: the published schema holds, nothing is lost, and what does not come out again is refused."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from tests.evaluation.explained import STATION, every_rule, haining, nine_rules
from tests.laws.both import Rows, Tree, evaluations, law, scored

import stationeval as se
from stationeval.evaluation.exchange import to_json
from stationeval.evaluation.exchanged import schema_text
from stationeval.testing import full_marks, random_stations

SCHEMA = Path("docs/schema/scores-1.json")


def test_the_published_schema_is_the_one_that_the_models_make(repo: Path) -> None:
    published = (repo / SCHEMA).read_text(encoding="utf-8")
    assert published == schema_text(), "python -m stationeval.evaluation.exchanged docs/schema"
    jsonschema.Draft202012Validator.check_schema(json.loads(published))


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads(schema_text()))


@law(40)
@given(evaluations())
def test_written_and_read_back_scores_are_the_same(pair: tuple[Tree, Rows]) -> None:
    """`from_dict(to_dict)`, through the bytes of JSON, is identity, and the document is as its schema says."""
    scores = scored(*pair)
    if scores is None:
        return
    document = json.loads(to_json(scores.to_dict()))
    jsonschema.Draft202012Validator(json.loads(schema_text())).validate(document)
    again = se.Scores.from_dict(document, framework=scores.framework)
    assert again == scores
    assert again.to_dict() == document
    assert again.ranks == scores.ranks


def test_an_installed_framework_is_found_by_its_pin(validator: jsonschema.Draft202012Validator) -> None:
    fw = se.load("haining-sppe@2021+reading")
    scores = se.score(random_stations(fw, 4, seed=2), fw)
    document = scores.to_dict()
    validator.validate(document)
    assert se.Scores.from_dict(document) == scores


def test_cells_keep_their_places_and_notes(tmp_path: Path) -> None:
    fw = se.load("mof-self-evaluation")
    row = {**full_marks(fw), "station": "甲镇", "output_achievement": "９６％"}
    path = tmp_path / "data.csv"
    path.write_text(",".join(row) + "\n" + ",".join(map(str, row.values())) + "\n", encoding="utf-8")
    scores = se.score(path, fw)
    again = se.Scores.from_dict(json.loads(to_json(scores.to_dict())))
    assert again.explain("甲镇") == scores.explain("甲镇")
    assert [(note.code, note.place, note.why("zh")) for note in again.report.notes] == [
        (note.code, note.place, note.why("zh")) for note in scores.report.notes
    ]


def test_ratings_and_groups_come_back() -> None:
    fw = every_rule()
    row = {name: value for name, value in STATION.items() if name != "expert"}
    ratings = [{"station": "甲镇", "rater_group": "专家", "expert": mark} for mark in (8, 9, "9.5")]
    scores = se.score([{**row, "county": "海宁"}], fw, ratings=ratings, keep=("county",))
    again = se.Scores.from_dict(json.loads(to_json(scores.to_dict())), framework=fw)
    assert again.group("county") == ("海宁",)
    assert again.exact_points("i", "甲镇") == scores.exact_points("i", "甲镇")
    assert again.to_dict() == scores.to_dict()


def test_the_same_scores_are_the_same_bytes() -> None:
    assert to_json(haining().to_dict()) == to_json(haining().to_dict())
    assert b" " not in to_json({"a": [1, 2], "b": None})


def changed(document: dict[str, Any], path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    """A copy of a document with one value changed."""
    document = copy.deepcopy(document)
    inner: Any = document
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return document


@pytest.mark.parametrize(
    ("path", "value", "named"),
    [
        (("stations", 1, "total"), "85.78", "total"),
        (("stations", 1, "rank"), 1, "rank"),
        (("stations", 1, "grade"), "优秀", "grade"),
        (("stations", 1, "indicators", "S1"), "45/15", "indicators.S1"),
        (("stations", 1, "gates", "zones"), "met", "gates.zones"),
        (("signature",), "haining-sppe@2021#2+reading", "signature"),
    ],
)
def test_a_result_that_does_not_come_out_again_is_named(path: tuple[Any, ...], value: Any, named: str) -> None:
    document = changed(haining().to_dict(), path, value)
    with pytest.raises(se.InputError) as error:
        se.Scores.from_dict(document)
    (problem,) = error.value.problems
    assert problem.code == "exchange-result-differs"
    assert ".".join(map(str, problem.place.path)) == named
    assert problem.place.station == ("斜桥镇" if path[0] == "stations" else None)
    assert str(value) in problem.why("zh")


def test_changed_data_show_in_every_result_they_decide() -> None:
    document = changed(haining().to_dict(), ("data", "inputs", "floor_area", 3), "300")
    with pytest.raises(se.InputError) as error:
        se.Scores.from_dict(document)
    assert {str(p.place.path[-1]) for p in error.value.problems} == {"total", "exact", "standard", "S1"}
    assert {p.place.station for p in error.value.problems} == {"斜桥镇"}


def test_another_framework_is_refused() -> None:
    document = changed(haining().to_dict(), ("framework", "sha256"), "0" * 64)
    with pytest.raises(se.FrameworkError) as error:
        se.Scores.from_dict(document)
    assert error.value.report.codes() == ("exchange-framework-differs",)
    with pytest.raises(se.FrameworkError):
        se.Scores.from_dict(haining().to_dict(), framework=se.load("mof-self-evaluation"))
    with pytest.raises(se.FrameworkNotFound):
        se.Scores.from_dict(nine_rules().to_dict())


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("data", "inputs", "floor_area"), ["1"]),
        (("data", "inputs", "floor_area", 0), "1/0"),
        (("data", "inputs", "floor_area", 0), "many"),
        (("data", "inputs", "floor_area", 0), "1e999999999"),
        (("data", "inputs", "floor_area", 0), "-3"),
        (("data", "inputs", "full_time_staff", 0), "1.5"),
        (("data", "inputs", "zone_errands", 0), "maybe"),
        (("data", "inputs", "floor_area", 0), True),
        (("data", "inputs", "no_such_input"), ["1", "1", "1", "1"]),
        (("data", "stations"), ["盐官镇"]),
        (("data", "rounds", 0), "spring"),
        (("data", "stations", 0), 7),
        (("data", "notes"), [{"code": "x"}]),
        (("stations",), None),
        (("schema",), "scores-2"),
        (("extra",), 1),
        (("ratings",), []),
        (("stations", 0, "total"), "1e5"),
    ],
)
def test_what_is_malformed_is_refused_with_its_place(path: tuple[Any, ...], value: Any) -> None:
    document = changed(haining().to_dict(), path, value)
    with pytest.raises(se.InputError) as error:
        se.Scores.from_dict(json.loads(json.dumps(document)))
    assert error.value.problems
    assert all(problem.why("zh") and problem.why("en") for problem in error.value.problems)


@pytest.mark.parametrize("document", [None, [], "scores", {}, {"schema": "scores-1"}])
def test_what_is_no_document_is_refused(document: Any) -> None:
    with pytest.raises(se.InputError) as error:
        se.Scores.from_dict(document)
    assert set(error.value.report.codes()) == {"exchange-malformed"}

"""What was found in public beside the five source texts adds up, says who scores what, and is cited."""

from __future__ import annotations

import csv
from pathlib import Path

import stationeval as se
from stationeval.framework.documents import Document
from stationeval.framework.source import read_source

FOLDER = Path(__file__).resolve().parents[2] / "frameworks"
AWARDED = {"A+": 10, "A": 88, "A-": 44, "B+": 9, "B": 3}


def document(name: str) -> Document:
    return se.load(name).doc


def test_every_fact_that_was_found_in_public_is_cited_in_a_framework() -> None:
    with (FOLDER / "published.csv").open(encoding="utf-8", newline="") as file:
        facts = {row["fact"] for row in csv.DictReader(file)}
    files = [file for file in FOLDER.rglob("*.yaml") if not file.name.endswith(".cases.yaml")]
    values = [value for file in files for value in _texts(read_source(file, name=file.name).tree)]
    assert facts - set(values) == set()


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for each in value.values() for text in _texts(each)]
    if isinstance(value, list):
        return [text for each in value for text in _texts(each)]
    return [value] if isinstance(value, str) else []


def test_the_awards_of_shenzhens_154_centres_add_up() -> None:
    grades = [grade for grade, count in AWARDED.items() for _ in range(count)]
    rows = [{"station": str(i), "years_operating": 2, "centre_grade": grade} for i, grade in enumerate(grades)]
    assert len(rows) == 154
    assert sum(se.subsidy(rows, "shenzhen-awards").columns["amount"]) == 4_677_000


def test_guangzhous_evaluators_have_700_200_and_100_points_and_a_veto_of_unknown_effect() -> None:
    published = document("guangzhou-stations")
    assert [node.points for node in published.dimensions.values()] == [700, 200, 100]
    assert {(one.claim, one.equals) for one in published.facts} == {("indicators", 9), ("level_3", 25), ("level_4", 90)}
    assert published.vetoes["finance"].effect.unknown == "not-published"


def test_the_reading_of_guangzhou_keeps_the_nine_and_says_that_it_stops_there() -> None:
    reading = se.load("guangzhou-stations@2019+reading")
    nodes = [name for node in reading.doc.dimensions.values() for name in node.indicators]
    assert len(nodes) == 9
    noted = [(note.code, note.values["claim"]) for note in reading.report.notes if note.code == "claim-not-met"]
    assert noted == [("claim-not-met", "level_3"), ("claim-not-met", "level_4")]


def test_in_nansha_four_evaluators_score_thirteen_things() -> None:
    scored = {name: len(node.indicators) for name, node in document("nansha-projects").dimensions.items()}
    assert scored == {"third_party": 7, "town": 2, "committee": 2, "bureau": 2}


def test_as_written_950_is_in_two_of_anqings_bands() -> None:
    grades = document("anqing-organisations").grades
    assert [grades[name].written for name in ("5A", "4A")] == ["950以上", "901-950"]
    assert "950" in grades["5A"].basis.note.en


def test_the_two_variants_of_organisation_grades_begin_5a_at_950_and_at_900_of_1000() -> None:
    loaded = [document(name) for name in ("anqing-organisations", "chanhe-organisations")]
    assert [(one.total, one.grades["5A"].at_least) for one in loaded] == [(1000, 950), (1000, 900)]


def test_gansus_three_levels_of_government_pay_250000() -> None:
    paid = se.subsidy([{"station": "a", "provincial_demonstration": True}], "gansu-demonstration")
    assert paid.columns["amount"][0] == 250_000
    assert [paid.columns[name][0] for name in ("province", "prefecture", "county")] == [100_000, 50_000, 100_000]

"""A framework is frozen, equal by value, and knows of each value what it rests on."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from tests.framework.small import GONE, framework

from stationeval.errors import NotInFramework
from stationeval.framework.framework import Framework
from stationeval.framework.provenance import STATUSES, leaves
from stationeval.framework.registry import frameworks, load

UNKNOWN = {"unknown": "not-published", "reading": 7, "between": [5, 9], "note": {"zh": "看不清"}}
SITE = "dimensions.site.indicators"
SMALL = framework()
INSTALLED = [f"{e.id}@{e.edition}{name}" for e in frameworks() for name in ("", *(f"+{c}" for c in e.completions))]


@pytest.fixture(params=[*INSTALLED, "small"])
def fw(request: pytest.FixtureRequest) -> Framework:
    return SMALL if request.param == "small" else load(request.param)


def test_writing_and_reading_gives_an_equal_framework(fw: Framework, tmp_path: Path) -> None:
    path = tmp_path / "copy.yaml"
    path.write_text(fw.to_yaml(), encoding="utf-8")
    again = load(path)
    assert again == fw
    assert (again.sha256, again.signature) == (fw.sha256, fw.signature)
    assert again.tree == fw.tree
    one, other = (
        [(v.path, v.value, v.status, v.cite, v.facts, v.quote) for v in each.provenance()] for each in (fw, again)
    )
    assert one == other


def test_each_leaf_value_has_a_status_a_file_and_a_path_of_its_own(fw: Framework) -> None:
    values = fw.provenance()
    assert len(values) == len(list(leaves(fw.tree))) == len({value.path for value in values})
    for value in values:
        assert value.status in STATUSES
        assert value.file
        assert fw.status(value.path) == value.status
        assert value.cite is None or value.cite in fw.doc.sources


def test_the_shares_are_exact_and_sum_to_one(fw: Framework) -> None:
    shares = fw.shares()
    assert tuple(shares) == STATUSES
    assert sum(shares.values()) == 1
    assert all(isinstance(share, Fraction) for share in shares.values())


def test_it_survives_pickling_and_is_equal_by_value(fw: Framework) -> None:
    again = pickle.loads(pickle.dumps(fw))
    assert again == fw
    assert hash(again) == hash(fw)
    assert again.provenance() == fw.provenance()
    assert fw != framework(("total", GONE))
    assert fw != "small"


def test_it_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        SMALL.doc = None
    SMALL.tree["total"] = 3
    SMALL.to_dict()["grades"].clear()
    assert SMALL.doc.total == 100
    assert SMALL.tree["total"] == 100
    assert SMALL.tree["grades"]


def test_a_basis_covers_its_own_node_and_never_the_nodes_inside_it() -> None:
    basis = {"status": "assumed", "note": {"zh": "试"}}
    found = {v.path: v.status for v in framework(("dimensions.site.basis", basis)).provenance()}
    assert found["dimensions.site.points"] == "assumed"
    assert found[f"{SITE}.S1.points"] == "documented"
    assert found[f"{SITE}.S2.rule.input"] == "inferred"
    assert found[f"{SITE}.S2.points"] == "assumed"


def test_a_field_may_rest_on_something_else_than_its_node() -> None:
    fields: dict[str, Any] = {
        "requires[0].at_least": "assumed",
        "requires[1]": {"status": "inferred", "cite": "notice", "locator": "第二条"},
    }
    gate = {"status": "documented", "cite": "notice", "quote": {"zh": "原文"}, "fields": fields}
    found = {v.path: v for v in framework(("gates.staffing.basis", gate)).provenance()}
    assert (found["gates.staffing.label"].status, found["gates.staffing.label"].quote) == ("documented", "原文")
    assert found["gates.staffing.requires[0].input"].status == "documented"
    assumed = found["gates.staffing.requires[0].at_least"]
    assert (assumed.status, assumed.cite, assumed.quote) == ("assumed", None, None)
    assert (found["gates.staffing.requires[1].equals"].status, found["gates.staffing.requires[1].input"].locator) == (
        "inferred",
        "第二条",
    )


def test_an_unknown_value_tells_why_within_what_and_how_we_read_it() -> None:
    gap = framework(("bonus.cap", UNKNOWN)).unknowns()[0]
    assert (gap.path, gap.why, gap.between, gap.reading, gap.note) == (
        "bonus.cap",
        "not-published",
        (5, 9),
        7,
        "看不清",
    )
    assert framework(("bonus.cap", UNKNOWN)).status("bonus.cap") == "unknown"


def test_a_path_without_a_value_is_named_with_near_ones() -> None:
    with pytest.raises(NotInFramework) as caught:
        SMALL.status("dimensions.site.pionts")
    assert "points" in caught.value.problems[0].values["near"]


GAPS: list[tuple[str, str, set[str]]] = [
    ("dimensions", "dimensions", {"score", "grades", "subsidy"}),
    (f"{SITE}.S1.points", f"{SITE}.S1.points", {"score", "grades", "subsidy"}),
    (f"{SITE}.S2.rule.bands[1].points", f"{SITE}.S2.rule.bands[1].points", {"score", "grades", "subsidy"}),
    ("rounds.final.weight", "rounds.final.weight", {"score", "grades", "subsidy"}),
    ("raters.self.weight", "raters.self.weight", {"score", "grades", "subsidy"}),
    ("bonus.items", "bonus.items", {"score", "grades", "subsidy"}),
    ("vetoes", "vetoes", {"score", "grades", "subsidy"}),
    ("inputs.mark.max", "inputs.mark.max", {"score", "grades", "subsidy"}),
    ("vetoes.fraud.effect", "vetoes.fraud.effect", {"grades", "subsidy"}),
    ("grades", "grades", {"grades", "subsidy"}),
    ("grades.合格.at_least", "grades.合格.at_least", {"grades", "subsidy"}),
    ("subsidy.components.operating.rate", "subsidy.components.operating.rate", {"subsidy"}),
    ("tiers.1.0.requires", "tiers.1.0.requires", {"tiers", "subsidy"}),
    ("gates.staffing.requires", "gates.staffing.requires", {"gates"}),
    ("targets.cover.share", "targets.cover.share", {"targets"}),
    ("funding.levy.share", "funding.levy.share", {"funding"}),
    ("catalogue.domains", "catalogue.domains", {"catalogue"}),
    ("total", "total", set()),
    ("tiers.1.0.requires[0].at_least", "tiers.1.0.requires[0].at_least", set()),
    ("gates.staffing.requires[0].at_least", "gates.staffing.requires[0].at_least", set()),
    ("catalogue.domains.elderly.items.visit.min", "catalogue.domains.elderly.items.visit.min", set()),
]  # fmt: skip


@pytest.mark.parametrize(("at", "path", "blocked"), GAPS)
def test_an_unknown_value_blocks_what_cannot_be_answered_without_it(at: str, path: str, blocked: set[str]) -> None:
    fw = framework((at, {"unknown": "not-published"}))
    blocked = blocked | {"allowance"} if "subsidy" in blocked else blocked
    assert set(fw.defines) - set(fw.answers) == blocked
    assert {ability for ability in fw.defines if path in [u.path for u in fw.blocking(ability)]} == blocked


def test_an_unknown_total_blocks_only_what_is_weighted() -> None:
    weights = [
        ("dimensions.site.points", GONE),
        ("dimensions.work.points", GONE),
        ("dimensions.site.weight", 1),
        ("dimensions.work.weight", 1),
    ]
    lists = [(f"{SITE}", {"S1": {"label": {"zh": "一"}, "weight": 1, "rule": {"kind": "rating", "input": "mark"}}})]
    lists.append(
        (
            "dimensions.work.indicators",
            {"W1": {"label": {"zh": "一"}, "weight": 1, "rule": {"kind": "rating", "input": "mark"}}},
        )
    )
    fw = framework(*weights, *lists, ("total", {"unknown": "not-published"}), ("policies", GONE))
    assert [u.path for u in fw.blocking("score")] == ["total"]


def test_a_framework_answers_what_it_defines() -> None:
    assert (
        SMALL.defines
        == SMALL.answers
        == ("score", "grades", "gates", "tiers", "subsidy", "allowance", "funding", "targets", "catalogue")
    )
    with pytest.raises(NotInFramework):
        SMALL.blocking("contest")
    with pytest.raises(NotInFramework):
        SMALL.blocking("scroe")


def test_weights_become_points_exactly() -> None:
    rating = {"label": {"zh": "一"}, "weight": 1, "rule": {"kind": "rating", "input": "mark"}}
    fw = framework(
        (SITE, {"S1": rating, "S2": rating, "S3": rating, "S4": {**rating, "weight": 4}}),
        ("dimensions.site.points", 60),
    )
    assert fw.points[("dimensions", "site", "indicators", "S1")] == Fraction(60, 7)
    assert sum(fw.points[("dimensions", "site", "indicators", f"S{i}")] for i in (1, 2, 3, 4)) == 60


def test_the_table_for_notebooks_is_escaped_and_says_what_is_unknown() -> None:
    fw = framework(
        ("dimensions.site.label.zh", "<script>alert(1)</script>"),
        ("dimensions.work.indicators", {"unknown": "not-published"}),
    )
    html = fw._repr_html_()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "未公布" in html
    assert "dimensions.work.indicators" in html
    assert fw.signature in html
    assert repr(fw).startswith("<Framework small@2021#1")


def test_it_speaks_both_languages() -> None:
    assert (SMALL.label(), SMALL.label("en")) == ("小框架", "Small")

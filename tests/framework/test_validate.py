"""Every complaint of the validator is a problem in our own words at the right place of the tree."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from tests.framework.small import GONE, TREE, edited

from stationeval.errors import Path, Place, dotted
from stationeval.framework.documents import AmendmentDocument, CasesDocument, CompletionDocument, Document
from stationeval.framework.validate import Checked, nearest, original, tree_path, validate
from stationeval.framework.values import Part


def here(path: Path, key: bool) -> Place:
    return Place(file="key" if key else "value", path=path)


def checked(tree: Any, part: type[Part] = Document) -> Checked[Any]:
    return validate(tree, part, here)


def found(*changes: tuple[str, Any]) -> list[tuple[str, str, str]]:
    problems = checked(edited(*changes)).problems
    return [(p.code, dotted(p.place.path), str(p.place.file)) for p in problems]


S2 = "dimensions.site.indicators.S2"
KINDS: list[tuple[str, list[tuple[str, Any]], str, str]] = [
    ("missing-key", [("inputs.staff.label", GONE)], "inputs.staff", "key"),
    ("missing-key", [("label", GONE)], "", "key"),
    ("missing-key", [(f"{S2}.rule.kind", GONE)], f"{S2}.rule", "key"),
    ("missing-key", [("subsidy.components.operating.kind", GONE)], "subsidy.components.operating", "key"),
    ("unknown-key", [("inputs.staff.unti", "人")], "inputs.staff.unti", "key"),
    ("unknown-key", [("catalogue.declared.thing", 3)], "catalogue.declared.thing", "key"),
    ("null-value", [("bonus.cap", None)], "bonus.cap", "value"),
    ("expected-number", [("bonus.cap", "10")], "bonus.cap", "value"),
    ("expected-number", [("bonus.cap", True)], "bonus.cap", "value"),
    ("expected-number", [(f"{S2}.rule.bands[1].points", "8")], f"{S2}.rule.bands[1].points", "value"),
    ("expected-integer", [("revision", Decimal("1.5"))], "revision", "value"),
    ("expected-integer", [("revision", True)], "revision", "value"),
    ("expected-text", [("edition", 2021)], "edition", "value"),
    ("expected-boolean", [("catalogue.complete", "yes")], "catalogue.complete", "value"),
    ("expected-mapping", [("inputs", ["staff"])], "inputs", "value"),
    ("expected-mapping", [(S2, 3)], S2, "value"),
    ("expected-mapping", [(f"{S2}.rule", "bands")], f"{S2}.rule", "value"),
    ("expected-list", [("facts", {"claim": "total"})], "facts", "value"),
    ("expected-list", [("inputs.survey.choices", "好")], "inputs.survey.choices", "value"),
    ("expected-plain-value", [("gates.staffing.requires[1].equals", [1])], "gates.staffing.requires[1].equals", "value"),
    ("not-one-of", [("inputs.staff.type", "int")], "inputs.staff.type", "value"),
    ("not-one-of", [("schema", 2)], "schema", "value"),
    ("not-one-of", [(f"{S2}.rule.kind", "band")], f"{S2}.rule.kind", "value"),
    ("not-one-of", [("policies.rounding", {"indicator": "all"})], "policies.rounding.indicator", "value"),
    ("not-one-of", [(f"{S2}.points", {"unknown": "lost"})], f"{S2}.points.unknown", "value"),
    ("not-one-of", [(f"{S2}.basis.fields.points", "assume")], f"{S2}.basis.fields.points", "value"),
    ("bad-jurisdiction-code", [("jurisdiction.code", "３３０４８１")], "jurisdiction.code", "value"),
    ("bad-duration", [("consequences[1].lasts", "1 year")], "consequences[1].lasts", "value"),
    ("not-an-id", [("id", "Small")], "id", "value"),
    ("not-a-date", [("effective.from", "2021-1-1")], "effective.from", "value"),
    ("no-text", [("label", {})], "label", "value"),
    ("bounds-crossed", [(f"{S2}.points", {"unknown": "not-found", "between": [9, 1]})], f"{S2}.points", "value"),
    ("too-few-entries", [(f"{S2}.rule.bands", [{"otherwise": 0}])], f"{S2}.rule.bands", "value"),
    ("too-many-entries", [("dimensions.work.indicators.W3.rule.knots[0]", [0, 1, 2])], "dimensions.work.indicators.W3.rule.knots[0]", "value"),
    ("number-too-small", [("revision", 0)], "revision", "value"),
    ("number-too-large", [("policies.rounding", {"total": 9})], "policies.rounding.total", "value"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "changes", "path", "kind"), KINDS, ids=[f"{k[0]}-{i}" for i, k in enumerate(KINDS)])
def test_each_kind_of_complaint_has_its_code_and_its_place(
    code: str, changes: list[tuple[str, Any]], path: str, kind: str
) -> None:
    assert found(*changes) == [(code, path, kind)]


def test_all_complaints_come_at_once() -> None:
    changes = [change for _, changes, _, _ in KINDS[4:7] + KINDS[9:12] for change in changes]
    assert {code for code, _, _ in found(*changes)} == {
        "unknown-key",
        "null-value",
        "expected-number",
        "expected-integer",
    }


def test_a_misspelt_key_is_told_the_near_ones_that_are_allowed_there() -> None:
    (problem,) = checked(edited(("inputs.staff.unti", "人"))).problems
    assert problem.values["near"] == ["unit"]
    assert problem.values["key"] == "unti"


def test_no_word_of_the_validator_reaches_the_reader() -> None:
    for _, changes, _, _ in KINDS:
        for problem in checked(edited(*changes)).problems:
            text = problem.why("en") + problem.hint("en") + str(dict(problem.values))
            assert not any(word in text.lower() for word in ("pydantic", "input should", "ctx", "known]"))


def test_what_is_left_without_the_faults_is_still_a_document() -> None:
    result = checked(edited(("inputs.staff.type", "int"), ("label", GONE), (f"{S2}.rule.bands[1].points", "8")))
    assert result.part is not None
    assert "staff" not in result.part.inputs
    assert result.part.dimensions["site"].indicators.keys() == {"S1", "S2", "S3"}
    assert ("inputs", "staff", "type") in result.holes
    assert ("label",) in result.holes


def test_entries_left_in_a_list_keep_their_old_numbers() -> None:
    result = checked(edited(("consequences[0].lasts", "1 year"), ("consequences[0].label", GONE)))
    assert result.part is not None
    assert len(result.part.consequences) == 1
    assert original(("consequences", 0, "when"), dict(result.kept)) == ("consequences", 1, "when")


@pytest.mark.parametrize("tree", [None, 3, "text", [], {}, {"schema": 1}, {"dimensions": {"a": {"indicators": 3}}}])
def test_anything_at_all_is_checked_without_an_exception(tree: Any) -> None:
    for part in (Document, CompletionDocument, AmendmentDocument, CasesDocument):
        assert checked(tree, part).problems


def test_the_place_of_a_union_is_found_without_its_tags() -> None:
    tree = {"changes": [{"set": "a", "was": "x"}], "rule": {"kind": "bands", "bands": [{"points": "x"}]}}
    assert tree_path(("changes", 0, "=set", "was"), tree, missing=False) == ("changes", 0, "was")
    assert tree_path(("changes", 0, "=set", "to"), tree, missing=True) == ("changes", 0, "to")
    assert tree_path(("rule", "=known", "bands", "bands", 0, "points", "=known"), tree, missing=False) == (
        "rule",
        "bands",
        0,
        "points",
    )


def test_a_tree_without_faults_is_the_whole_document() -> None:
    result = checked(TREE)
    assert (result.problems, result.holes) == ((), ())
    assert result.part is not None


def test_where_no_name_is_near_all_are_named() -> None:
    assert nearest("zzz", ["alpha", "beta"]) == ["alpha", "beta"]
    assert nearest("alhpa", ["alpha", "beta"]) == ["alpha"]
    assert nearest("x", []) == ["—"]

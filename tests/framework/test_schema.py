"""The published schemas are those of the models, and real files pass them."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from tests.framework.small import TREE, edited, framework

from stationeval.framework.freeze import changed, current, main
from stationeval.framework.schema import DOCUMENTS, schema, texts
from stationeval.framework.source import read_source

REPO = Path(__file__).resolve().parents[2]
FILES = sorted((REPO / "frameworks").rglob("*.yaml"))


def kind(path: Path) -> str:
    if path.name.endswith(".cases.yaml"):
        return "cases"
    tree = read_source(path, name=path.name).tree
    return "amendment" if "extends" in tree else "completion" if "completes" in tree else "framework"


def test_the_schemas_checked_in_are_those_of_the_models() -> None:
    folder = REPO / "docs" / "schema"
    assert {
        path.name: path.read_text(encoding="utf-8") for path in folder.glob("*-1.json") if path.name in texts()
    } == texts(), "python -m stationeval.framework.schema docs/schema"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_each_is_a_schema_without_defaults_and_nulls(name: str) -> None:
    made = schema(name)
    jsonschema.Draft202012Validator.check_schema(made)
    text = json.dumps(made)
    assert '"default"' not in text
    assert '"null"' not in text


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_shipped_file_passes_the_schema_that_its_first_line_names(path: Path) -> None:
    first = path.read_text(encoding="utf-8").split("\n", 1)[0]
    named = (path.parent / first.removeprefix("# yaml-language-server: $schema=")).resolve()
    assert named == REPO / "docs" / "schema" / f"{kind(path)}-1.json"
    jsonschema.validate(read_source(path, name=path.name).tree, json.loads(named.read_text(encoding="utf-8")))


def test_a_framework_written_out_passes_the_schema() -> None:
    jsonschema.validate(framework().to_dict(), schema("framework"))


WRONG: list[tuple[str, Any]] = [
    ("edition", 2021),
    ("bonus.cap", "10"),
    ("inputs.staff.unti", "人"),
    ("inputs.staff.type", "int"),
    ("effective.from", "2021"),
    ("bonus.cap", {"unknown": "lost"}),
    ("dimensions.site.indicators.S2.rule.kind", "band"),
    ("basis.fields.edition", "perhaps"),
    ("bonus.cap", None),
]


@pytest.mark.parametrize(("path", "value"), WRONG)
def test_what_the_models_refuse_the_schema_refuses_too(path: str, value: Any) -> None:
    jsonschema.validate(TREE, schema("framework"))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(edited((path, value)), schema("framework"))


def test_no_shipped_value_changes_without_a_new_revision() -> None:
    frozen = json.loads((REPO / "frameworks" / "hashes.json").read_text(encoding="utf-8"))
    now = current()
    assert changed(frozen, now) == [], "raise the revision and write a line of history"
    assert sorted(now.keys() - frozen.keys()) == [], "python -m stationeval.framework.freeze frameworks/hashes.json"


def test_freezing_adds_what_is_new_and_refuses_what_has_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "hashes.json"
    assert main([str(path)]) == 0
    frozen = json.loads(path.read_text(encoding="utf-8"))
    assert frozen == current()
    signature = next(iter(frozen))
    path.write_text(json.dumps({"gone@2000#1": "0", signature: "0"}), encoding="utf-8")
    assert main([str(path)]) == 1
    assert signature in capsys.readouterr().err
    assert json.loads(path.read_text(encoding="utf-8")) == {"gone@2000#1": "0", signature: "0"}


def test_a_hash_changes_with_any_value_and_with_nothing_else() -> None:
    base = framework()
    assert framework(("subsidy.components.operating.rate", Decimal("0.4"))).sha256 == base.sha256
    for path, value in (("total", 100), ("label.zh", "小框架")):
        assert framework((path, value)).sha256 == base.sha256
    for path, value in (
        ("label.zh", "另一框架"),
        ("subsidy.components.operating.rate", Decimal("0.41")),
        ("grades.合格.quota", Decimal("0.5")),
    ):
        assert framework((path, value)).sha256 != base.sha256

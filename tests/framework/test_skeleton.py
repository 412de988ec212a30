"""A new framework begins without an error, with cases that pass."""

from __future__ import annotations

from pathlib import Path

import pytest

from stationeval.framework.registry import lint, load
from stationeval.framework.skeleton import skeleton
from stationeval.testing import check_framework


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("label", [None, "某市: “评估”办法 #1", "no"])
def test_a_new_framework_lints_and_its_cases_pass(lang: str, label: str | None, tmp_path: Path) -> None:
    made = skeleton("mou-shi", edition="2024", code="330481", place="海宁市", label=label, lang=lang)  # type: ignore[arg-type]
    (tmp_path / made.name).write_text(made.text, encoding="utf-8")
    (tmp_path / made.cases_name).write_text(made.cases, encoding="utf-8")
    assert lint(tmp_path / made.name).codes() == ("draft",)
    assert check_framework(tmp_path / made.name).ok
    framework = load(tmp_path / made.name)
    assert framework.signature == "mou-shi@2024#1"
    assert label is None or framework.label(lang) == label  # type: ignore[arg-type]
    assert {"score", "grades", "gates"} <= set(framework.answers)
    assert framework.shares()["documented"] == 0


def test_what_is_not_given_is_plainly_open(tmp_path: Path) -> None:
    made = skeleton("mou-shi")
    assert made.name == "draft.yaml"
    path = tmp_path / made.name
    path.write_text(made.text, encoding="utf-8")
    framework = load(path)
    assert framework.label() == framework.doc.issuer.zh == framework.doc.jurisdiction.label.zh == "待填"

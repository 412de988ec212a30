"""The cases beside each framework reach every grade, tier and veto, and every state of every gate that can occur."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from stationeval.framework.registry import load
from stationeval.framework.source import read_source

FOLDER = Path(__file__).resolve().parents[2] / "frameworks"
FILES = sorted(FOLDER.rglob("*.cases.yaml"))
STATES = {"met", "not met", "cannot tell"}


def shown(file: Path) -> str:
    return file.relative_to(FOLDER).as_posix()


def tree(file: Path) -> dict[str, Any]:
    return read_source(file, name=file.name).tree


def expected(*files: Path) -> dict[str, set[Any]]:
    """What is expected anywhere in some cases files, by key."""
    found: dict[str, set[Any]] = defaultdict(set)
    for file in files:
        for case in tree(file)["cases"]:
            for key, value in case["expect"].items():
                found[key].add(value)
    return found


def given(case: dict[str, Any]) -> list[dict[str, Any]]:
    """The inputs that a case names, of all rounds and of each."""
    flat = {**case.get("given", {}), **case.get("change", {})}
    return [{key: value for key, value in flat.items() if key != "rounds"}, *flat.get("rounds", {}).values()]


@pytest.mark.parametrize("file", FILES, ids=shown)
def test_every_grade_tier_and_veto_has_a_case(file: Path) -> None:
    framework = load(tree(file)["framework"])
    document = framework.doc
    found = expected(file)
    if "grades" in framework.answers:
        assert set(document.grades) <= found["grade"]
        vetoed = [inputs for case in tree(file)["cases"] for inputs in given(case)]
        for veto in document.vetoes.values():
            assert any(inputs.get(veto.when.input) == veto.when.equals for inputs in vetoed)
    tiers = [name for name, tier in document.tiers.items() if isinstance(tier.requires, list)]
    assert set(tiers) <= found["tier"]


@pytest.mark.parametrize("folder", sorted({file.parent for file in FILES}), ids=lambda folder: folder.name)
def test_every_state_of_every_gate_has_a_case(folder: Path) -> None:
    found = expected(*folder.glob("*.cases.yaml"))
    for name in load(folder.name).doc.gates:
        assert found[f"gates.{name}"] == STATES


@pytest.mark.parametrize("file", FILES, ids=shown)
def test_a_case_names_inputs_rounds_and_earlier_cases_that_there_are(file: Path) -> None:
    found = tree(file)
    document = load(found["framework"]).doc
    seen: set[str] = set()
    for case in found["cases"]:
        assert {name for inputs in given(case) for name in inputs} <= set(document.inputs)
        assert set(case.get("given", {}).get("rounds", {})) <= set(document.rounds)
        assert set(case.get("change", {}).get("rounds", {})) <= set(document.rounds)
        assert case["name"] not in seen
        assert {case["like"]} <= seen if "like" in case else "change" not in case
        seen.add(case["name"])


def test_every_framework_that_can_be_scored_or_gated_has_cases() -> None:
    for file in sorted(FOLDER.rglob("*.yaml")):
        if not file.name.endswith(".cases.yaml"):
            edition, _, name = file.stem.partition("+")
            framework = load(f"{file.parent.name}@{edition}+{name}" if name else f"{file.parent.name}@{edition}")
            if {"score", "gates", "tiers"} & set(framework.answers):
                assert file.with_name(f"{file.stem}.cases.yaml").exists()

"""Each shipped framework file is what its folder, its name and its first line say, and speaks both languages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from stationeval.framework.documents import CasesDocument, CompletionDocument, Document
from stationeval.framework.registry import lint
from stationeval.framework.source import read_source
from stationeval.framework.vocabulary import nodes, shape_at

FOLDER = Path(__file__).resolve().parents[2] / "frameworks"
FILES = sorted(FOLDER.rglob("*.yaml"))
KINDS = {"framework": Document, "completion": CompletionDocument, "cases": CasesDocument}


def kind(file: Path) -> str:
    if file.name.endswith(".cases.yaml"):
        return "cases"
    return "completion" if "+" in file.name else "framework"


def tree(file: Path) -> dict[str, Any]:
    return read_source(file, name=file.name).tree


def only(*kinds: str) -> list[Path]:
    return [file for file in FILES if kind(file) in kinds]


def shown(file: Path) -> str:
    return file.relative_to(FOLDER).as_posix()


def two_language_texts(value: Any, path: str = "") -> list[tuple[str, dict[str, str]]]:
    """Every text of ours; a quotation stays in the language of its source."""
    if isinstance(value, list):
        return [found for i, each in enumerate(value) for found in two_language_texts(each, f"{path}[{i}]")]
    if not isinstance(value, dict):
        return []
    if value and value.keys() <= {"zh", "en"}:
        return [(path, value)]
    ours = [(key, each) for key, each in value.items() if key != "quote"]
    return [found for key, each in ours for found in two_language_texts(each, f"{path}.{key}")]


def test_there_are_frameworks_to_test() -> None:
    ids = {file.parent.name for file in FILES}
    assert {"haining-sppe", "haining-contest", "hunan-levels", "chengdu-catalogue", "mof-self-evaluation"} <= ids


@pytest.mark.parametrize("file", FILES, ids=shown)
def test_a_file_is_the_document_that_its_name_says(file: Path) -> None:
    assert KINDS[kind(file)].model_validate(tree(file)).schema_ == 1


@pytest.mark.parametrize("file", FILES, ids=shown)
def test_the_first_line_names_the_schema_for_editors(file: Path) -> None:
    first = file.read_text(encoding="utf-8").split("\n", 1)[0]
    assert first == f"# yaml-language-server: $schema=../../docs/schema/{kind(file)}-1.json"


@pytest.mark.parametrize("file", only("framework"), ids=shown)
def test_a_framework_is_named_by_folder_and_edition(file: Path) -> None:
    found = tree(file)
    assert (found["id"], found["edition"]) == (file.parent.name, file.stem)
    assert found["revision"] == found["history"][-1]["revision"]


@pytest.mark.parametrize("file", only("completion", "cases"), ids=shown)
def test_a_companion_names_the_framework_beside_it(file: Path) -> None:
    found = tree(file)
    edition, _, name = file.name.removesuffix(".yaml").removesuffix(".cases").partition("+")
    pinned = f"{file.parent.name}@{edition}#{tree(file.parent / f'{edition}.yaml')['revision']}"
    if kind(file) == "completion":
        assert (found["completes"], found["name"]) == (pinned, name)
    else:
        assert found["framework"] == (f"{pinned}+{name}" if name else pinned)


@pytest.mark.parametrize("file", only("framework", "completion"), ids=shown)
def test_every_text_is_there_in_chinese_and_in_english(file: Path) -> None:
    texts = two_language_texts(tree(file))
    assert texts
    assert [path for path, text in texts if text.keys() != {"zh", "en"}] == []


@pytest.mark.parametrize("file", only("framework", "completion"), ids=shown)
def test_every_indicator_and_gate_has_a_facet_but_a_mark_of_the_whole(file: Path) -> None:
    found = tree(file)
    sections = {"gates": found.get("gates", {}), "dimensions": found.get("dimensions", {}), **found.get("fills", {})}
    bare = []
    for name, value in sections.items():
        if name == "gates" or name.startswith("dimensions"):
            steps = tuple(name.split("."))
            for path, node in nodes(shape_at({}, steps), value, steps):
                scored_inside = "indicators" in node
                mark_of_the_whole = path[0] == "dimensions" and path[:-1] == steps and len(value) == 1
                if "facet" not in node and not (scored_inside or mark_of_the_whole):
                    bare.append(path)
    assert bare == []


@pytest.mark.parametrize("file", only("framework", "completion"), ids=shown)
def test_lint_finds_no_error_in_a_framework_alone_or_completed(file: Path) -> None:
    edition, _, name = file.stem.partition("+")
    report = lint(f"{file.parent.name}@{edition}+{name}" if name else f"{file.parent.name}@{edition}")
    assert report.errors == (), report.to_text("en")


def test_the_reading_of_haining_has_the_23_indices_in_four_dimensions_of_25_points() -> None:
    fills = tree(FOLDER / "haining-sppe" / "2021+reading.yaml")["fills"]
    indices = {key: list(value) for key, value in fills.items() if key.endswith(".indicators")}
    assert {key: len(names) for key, names in indices.items()} == {
        "dimensions.standard.indicators": 7,
        "dimensions.professional.indicators": 6,
        "dimensions.planning.indicators": 5,
        "dimensions.effect.indicators": 5,
    }
    assert [fills[key.replace("indicators", "points")] for key in indices] == [25, 25, 25, 25]

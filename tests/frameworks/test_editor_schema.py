"""What an editor makes of real files: each finds its schema by its first line, and a slip is shown at its place."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

FOLDER = Path(__file__).resolve().parents[2] / "frameworks"
FILES = sorted(FOLDER.glob("*/*.yaml"))
POINTER = "# yaml-language-server: $schema="


@cache
def schema_of(path: Path) -> Path:
    """The schema that the first line of a file points to, from where the file stands."""
    first = path.read_text(encoding="utf-8").split("\n", 1)[0]
    assert first.startswith(POINTER), "the first line names no schema"
    named = first.removeprefix(POINTER)
    assert not Path(named).is_absolute()
    assert "://" not in named
    return (path.parent / named).resolve()


@cache
def validator(schema: Path) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads(schema.read_text(encoding="utf-8")))


def parsed(path: Path) -> Any:
    """The file as an editor reads it: plain YAML, a day as the text that it is written as."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_Editor)


class _Editor(yaml.SafeLoader):
    """YAML 1.2 as language servers read it: no days, no `yes` and `no`."""


_Editor.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":timestamp", ":bool"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Editor.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"(true|false)\Z"), list("tf"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_file_passes_the_schema_that_its_first_line_points_to(path: Path) -> None:
    schema = schema_of(path)
    assert schema.is_file()
    assert [f"{error.json_path}: {error.message}" for error in validator(schema).iter_errors(parsed(path))] == []


def rename(*path: Any, to: str) -> Callable[[Any], None]:
    """A key misspelt."""

    def change(tree: Any) -> None:
        owner = at(tree, path[:-1])
        owner[to] = owner.pop(path[-1])

    return change


def put(*path: Any, value: Any) -> Callable[[Any], None]:
    """A value that does not belong there."""

    def change(tree: Any) -> None:
        at(tree, path[:-1])[path[-1]] = value

    return change


def drop(*path: Any) -> Callable[[Any], None]:
    """A key forgotten."""

    def change(tree: Any) -> None:
        del at(tree, path[:-1])[path[-1]]

    return change


def at(tree: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        tree = tree[step]
    return tree


SPPE, READING, CASES = "haining-sppe/2021.yaml", "haining-sppe/2021+reading.yaml", "haining-sppe/2021.cases.yaml"
PLANTED = [
    (SPPE, put("edition", value=2021), ("edition",)),
    (SPPE, rename("issuer", to="isuer"), ()),
    (SPPE, put("inputs", "floor_area", "type", value="decimal"), ("inputs", "floor_area", "type")),
    (SPPE, rename("gates", "zones", "requires", 0, "equals", to="equal"), ("gates", "zones", "requires", 0)),
    (SPPE, put("dimensions", "effect", "points", value="25"), ("dimensions", "effect", "points")),
    (
        SPPE,
        put("dimensions", "effect", "points", "unknown", value="secret"),
        ("dimensions", "effect", "points", "unknown"),
    ),
    (SPPE, put("subsidy", "components", "operating", "kind", value="share"), ("subsidy", "components", "operating")),
    (
        SPPE,
        put("catalogue", "domains", "needs", "items", "categories", "per", value="day"),
        ("catalogue", "domains", "needs", "items", "categories", "per"),
    ),
    (SPPE, put("effective", "from", value="January"), ("effective", "from")),
    (SPPE, put("sources", "exchange-2021", "kind", value="blog"), ("sources", "exchange-2021", "kind")),
    (SPPE, drop("basis"), ()),
    (READING, drop("rationale"), ()),
    (READING, put("derive", "contest_mean", "kind", value="median"), ("derive", "contest_mean", "kind")),
    (CASES, drop("cases", 0, "expect"), ("cases", 0)),
    (CASES, put("cases", value=[]), ("cases",)),
]


@pytest.mark.parametrize(("file", "plant", "path"), PLANTED, ids=lambda each: each if isinstance(each, str) else None)
def test_a_slip_in_a_real_file_is_shown_where_it_is(
    file: str, plant: Callable[[Any], None], path: tuple[str | int, ...]
) -> None:
    tree = parsed(FOLDER / file)
    check = validator(schema_of(FOLDER / file))
    assert check.is_valid(tree)
    plant(tree)
    mark = jsonschema.exceptions.best_match(check.iter_errors(tree))
    assert mark is not None
    assert tuple(mark.absolute_path) == path, mark.message


@pytest.mark.parametrize("name", ["framework", "completion", "amendment", "cases"])
def test_a_schema_has_words_for_an_editor_to_show(name: str) -> None:
    schema = json.loads((FOLDER.parent / "docs" / "schema" / f"{name}-1.json").read_text(encoding="utf-8"))
    parts = [part for part in schema["$defs"].values() if part.get("type") == "object"]
    assert parts or name == "cases"
    assert [part["title"] for part in parts if not part.get("description")] == []
